//! How wide text is, by the widths that its font declares (ISO 32000-1 9.7.4.3).

use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;

/// Widths of a font whose codes have two bytes, in thousandths of its size.
#[derive(Debug, Default)]
pub(super) struct Font {
    widths: BTreeMap<u16, f32>,
    usual: f32,
}

impl Font {
    /// Of a composite font; any other has no widths, and its text is where its pen is.
    pub fn read(file: &Document, font: &Dictionary) -> Font {
        let resolved = |object| file.dereference(object).ok().map(|(_, object)| object);
        let below = font.get(b"DescendantFonts").ok().and_then(resolved);
        let below = below.and_then(|fonts| resolved(fonts.as_array().ok()?.first()?)?.as_dict().ok());
        let Some(below) = below else { return Font::default() };
        let usual = below.get(b"DW").ok().and_then(resolved).and_then(|usual| usual.as_float().ok());
        let usual = usual.unwrap_or(1000.0);
        let mut widths = BTreeMap::new();
        if let Some(Object::Array(parts)) = below.get(b"W").ok().and_then(resolved) {
            listed(parts, &mut widths);
        }
        Font { widths, usual }
    }
}

/// `first [w w …]` or `first last w`, again and again.
fn listed(parts: &[Object], widths: &mut BTreeMap<u16, f32>) {
    let mut rest = parts;
    while let [first, second, after @ ..] = rest {
        let first = first.as_float().unwrap_or_default() as u16;
        match (second, after) {
            (Object::Array(all), after) => {
                let all = all.iter().map(|width| width.as_float().unwrap_or_default());
                widths.extend((first..=u16::MAX).zip(all));
                rest = after;
            }
            (last, [width, after @ ..]) => {
                let width = width.as_float().unwrap_or_default();
                let last = last.as_float().unwrap_or_default() as u16;
                widths.extend((first..=last).map(|code| (code, width)));
                rest = after;
            }
            _ => break,
        }
    }
}

/// How far the pen goes for what an operator shows, in sizes of the font.
pub(super) fn advance(font: &Font, operands: &[Object]) -> f32 {
    let shown = |bytes: &[u8]| -> f32 {
        let codes = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        codes.map(|code| font.widths.get(&code).copied().unwrap_or(font.usual)).sum()
    };
    let of = |operand: &Object| match operand {
        Object::String(bytes, _) => shown(bytes),
        Object::Array(parts) => parts
            .iter()
            .map(|part| match part {
                Object::String(bytes, _) => shown(bytes),
                number => -number.as_float().unwrap_or_default(),
            })
            .sum(),
        _ => 0.0,
    };
    operands.last().map_or(0.0, of) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    #[test]
    fn widths_are_read_in_both_ways_of_writing_them() {
        let mut file = Document::with_version("1.6");
        let widths =
            vec![1.into(), Object::Array(vec![500.into(), 250.into()]), 7.into(), 9.into(), 100.into()];
        let below = file.add_object(dictionary! { "DW" => 600, "W" => widths });
        let font = Font::read(&file, &dictionary! { "DescendantFonts" => vec![below.into()] });
        let text = |codes: &[u8]| Object::string_literal(codes.to_vec());
        assert_eq!(advance(&font, &[text(&[0, 1, 0, 2, 0, 8, 0, 99])]), 1.45);
        let kerned = Object::Array(vec![text(&[0, 1]), 50.into(), text(&[0, 2])]);
        assert_eq!(advance(&font, &[kerned]), 0.7);
    }
}
