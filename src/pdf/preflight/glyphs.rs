//! How wide text is, by the widths that its font declares (ISO 32000-1 9.7.4.3).

use lopdf::{Dictionary, Document, Object};
use std::collections::{BTreeMap, BTreeSet};

/// Widths of a composite font, in thousandths of its size.
#[derive(Debug, Default)]
pub(super) struct Font {
    /// Whether a code is one byte, by a map of the file's own; two, as in the standard ones.
    short: bool,
    widths: BTreeMap<u16, f32>,
    usual: f32,
    /// Codes that say a space: no ink.
    blank: BTreeSet<u16>,
}

/// What an operator shows, in sizes of the font from where its pen is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shown {
    /// How far the pen goes.
    pub advance: f32,
    /// From the first letter to the last one; `None`: spaces alone.
    pub ink: Option<(f32, f32)>,
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
        let map = |key: &[u8]| {
            let map = font.get(key).ok().and_then(resolved).and_then(|map| map.as_stream().ok());
            let map = map.map(|map| map.decompressed_content().unwrap_or_else(|_| map.content.clone()));
            String::from_utf8_lossy(&map.unwrap_or_default()).into_owned()
        };
        Font { short: is_short(&map(b"Encoding")), widths, usual, blank: blanks(&map(b"ToUnicode")) }
    }
}

/// Whether the codes that a map takes are of one byte (ISO 32000-1 9.7.6.2).
fn is_short(map: &str) -> bool {
    let first = map.split("begincodespacerange").nth(1).and_then(|ranges| ranges.split(['<', '>']).nth(1));
    first.is_some_and(|code| code.trim().len() == 2)
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

/// Codes that a map to Unicode (ISO 32000-1 9.10.3) gives as a space, one by one or in a range.
fn blanks(map: &str) -> BTreeSet<u16> {
    let number = |hex: &str| u16::from_str_radix(hex.trim(), 16).ok();
    let entries = |begin: &'static str, end: &'static str| {
        map.split(begin).skip(1).filter_map(move |part| part.split(end).next()).flat_map(str::lines)
    };
    let tokens = |line: &str| -> Vec<Option<u16>> {
        line.split('<').skip(1).filter_map(|token| token.split('>').next()).map(number).collect()
    };
    let mut found = BTreeSet::new();
    for line in entries("beginbfchar", "endbfchar") {
        for pair in tokens(line).chunks_exact(2) {
            found.extend(pair[0].filter(|_| is_space(pair[1])));
        }
    }
    for line in entries("beginbfrange", "endbfrange").filter(|line| !line.contains('[')) {
        for range in tokens(line).chunks_exact(3) {
            let (Some(first), Some(last), Some(said)) = (range[0], range[1], range[2]) else { continue };
            let codes = (first..=last).zip(said..=u16::MAX);
            found.extend(codes.filter(|(_, said)| is_space(Some(*said))).map(|(code, _)| code));
        }
    }
    found
}

fn is_space(said: Option<u16>) -> bool {
    matches!(said, Some(0x20 | 0xA0))
}

/// What an operator shows.
pub(super) fn shown(font: &Font, operands: &[Object]) -> Shown {
    let mut all = Shown { advance: 0.0, ink: None };
    let mut show = |bytes: &[u8]| {
        for code in bytes.chunks_exact(if font.short { 1 } else { 2 }) {
            let code = code.iter().fold(0, |code, byte| code << 8 | u16::from(*byte));
            let from = all.advance;
            all.advance += font.widths.get(&code).copied().unwrap_or(font.usual) / 1000.0;
            if !font.blank.contains(&code) {
                all.ink = Some((all.ink.map_or(from, |(first, _)| first), all.advance));
            }
        }
        all.advance
    };
    let mut back = 0.0;
    match operands.last() {
        Some(Object::String(bytes, _)) => {
            show(bytes);
        }
        Some(Object::Array(parts)) => {
            for part in parts {
                match part {
                    Object::String(bytes, _) => {
                        show(bytes);
                    }
                    number => back += number.as_float().unwrap_or_default() / 1000.0,
                }
            }
        }
        _ => {}
    }
    let ink = all.ink.map(|(first, last)| (first, last - back));
    Shown { advance: all.advance - back, ink }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Stream, dictionary};

    #[test]
    fn widths_are_read_in_both_ways_of_writing_them() {
        let mut file = Document::with_version("1.6");
        let widths =
            vec![1.into(), Object::Array(vec![500.into(), 250.into()]), 7.into(), 9.into(), 100.into()];
        let below = file.add_object(dictionary! { "DW" => 600, "W" => widths });
        let said = b"1 beginbfchar\n<0001> <0020>\nendbfchar\n1 beginbfrange\n<0002><0004><0041>\nendbfrange"
            .to_vec();
        let said = file.add_object(Stream::new(dictionary! {}, said));
        let font = dictionary! { "DescendantFonts" => vec![below.into()], "ToUnicode" => said };
        let font = Font::read(&file, &font);
        let text = |codes: &[u8]| Object::string_literal(codes.to_vec());
        let of = |operand: Object| {
            let Shown { advance, ink } = shown(&font, &[operand]);
            let rounded = |size: f32| (size * 100.0).round() / 100.0;
            (rounded(advance), ink.map(|(first, last)| (rounded(first), rounded(last))))
        };
        // A space before and one behind are no ink.
        assert_eq!(of(text(&[0, 1, 0, 2, 0, 8, 0, 99, 0, 1])), (1.95, Some((0.5, 1.45))));
        assert_eq!(of(text(&[0, 1])), (0.5, None));
        let kerned = Object::Array(vec![text(&[0, 2]), 50.into(), text(&[0, 2])]);
        assert_eq!(of(kerned), (0.45, Some((0.0, 0.45))));
    }

    #[test]
    fn codes_have_as_many_bytes_as_their_map_says() {
        let mut file = Document::with_version("1.6");
        let below = file.add_object(dictionary! { "W" => vec![1.into(), Object::Array(vec![500.into()])] });
        let map = b"1 begincodespacerange <00> <FF> endcodespacerange".to_vec();
        let map = file.add_object(Stream::new(dictionary! {}, map));
        let mut font = dictionary! { "DescendantFonts" => vec![below.into()], "Encoding" => map };
        let advance = |font: &Dictionary| {
            shown(&Font::read(&file, font), &[Object::string_literal(vec![1, 1, 1, 1])]).advance
        };
        assert_eq!(advance(&font), 2.0);
        font.set("Encoding", "Identity-H");
        assert_eq!(advance(&font), 2.0, "two of the usual width");
        assert!(is_short("begincodespacerange\n<00> <FF>") && !is_short("begincodespacerange <0000> <FFFF>"));
    }

    #[test]
    fn spaces_are_found_in_a_range() {
        assert_eq!(blanks("beginbfrange\n<0001><0003><001F>\nendbfrange"), BTreeSet::from([2]));
        assert_eq!(blanks(""), BTreeSet::new());
    }
}
