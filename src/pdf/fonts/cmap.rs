//! ToUnicode maps (ISO 32000-1 9.10.3): what each code says when it is copied, searched or read aloud. And the map of
//! codes of one byte (9.7.5.4), which halves the text of a page: no standard map has any.

use super::CodeWidth;
use std::collections::BTreeMap;
use std::fmt::Write;

const HEAD: &str = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n\
    /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
    /CMapName/Adobe-Identity-UCS def/CMapType 2 def\n\
    1 begincodespacerange ";
const TAIL: &str = "endcmap CMapName currentdict/CMap defineresource pop end end";

/// The entries of the map of codes of one byte.
pub(super) const SHORT_ENTRIES: &str = "/Type/CMap/CMapName/Short-Identity-H\
    /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>";

/// Codes of one byte are the glyphs' numbers.
pub(super) const SHORT_CODES: &str = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n\
    /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>def\n\
    /CMapName/Short-Identity-H def/CMapType 1 def\n\
    1 begincodespacerange <00> <FF> endcodespacerange\n\
    1 begincidrange <00> <FF> 0 endcidrange\n\
    endcmap CMapName currentdict/CMap defineresource pop end end";

/// The standard lets at most a hundred mappings stand in one block.
const BLOCK: usize = 100;

/// Spaces stand between the codes because some checkers do not read on without.
///
/// Runs of codes whose characters follow each other are ranges; the rest, ligatures too, stand alone.
pub(super) fn to_unicode(codes: &BTreeMap<u16, &str>, width: CodeWidth) -> String {
    let mut lines: Vec<(u16, u16, &str)> = Vec::new();
    for (&code, &text) in codes {
        match lines.last_mut() {
            Some((first, last, start)) if follows((*first, *last, start), code, text) => *last = code,
            _ => lines.push((code, code, text)),
        }
    }
    let mut map = HEAD.to_owned();
    map.push_str(match width {
        CodeWidth::One => "<00> <FF>",
        CodeWidth::Two => "<0000> <FFFF>",
    });
    map.push_str(" endcodespacerange\n");
    for block in lines.chunks(BLOCK) {
        push_block(&mut map, block, width);
    }
    map.push_str(TAIL);
    map
}

fn follows((first, last, start): (u16, u16, &str), code: u16, text: &str) -> bool {
    // A range may only count in the last byte of its code and of its character.
    let single = |text: &str| Some(text.chars().next()? as u32).filter(|_| text.chars().count() == 1);
    let (Some(from), Some(to)) = (single(start), single(text)) else { return false };
    last.checked_add(1) == Some(code)
        && first >> 8 == code >> 8
        && from.checked_add(u32::from(code - first)) == Some(to)
        && from >> 8 == to >> 8
        && to <= 0xFFFF
}

fn push_block(map: &mut String, block: &[(u16, u16, &str)], width: CodeWidth) {
    // Writing to a String cannot fail.
    let _ = writeln!(map, "{} beginbfrange", block.len());
    for (first, last, text) in block {
        let _ = match width {
            CodeWidth::One => write!(map, "<{first:02X}> <{last:02X}> <"),
            CodeWidth::Two => write!(map, "<{first:04X}> <{last:04X}> <"),
        };
        for unit in text.encode_utf16() {
            let _ = write!(map, "{unit:04X}");
        }
        map.push_str(">\n");
    }
    map.push_str("endbfrange\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_order_are_one_range_and_a_ligature_stands_alone() {
        let codes = BTreeMap::from([(1, "a"), (2, "b"), (3, "ffi"), (4, "c"), (5, "\u{1F600}")]);
        let map = to_unicode(&codes, CodeWidth::Two);
        assert!(
            map.contains("4 beginbfrange\n<0001> <0002> <0061>\n<0003> <0003> <006600660069>\n"),
            "{map}"
        );
        assert!(map.contains("<0004> <0004> <0063>\n<0005> <0005> <D83DDE00>\n"), "{map}");
    }
}
