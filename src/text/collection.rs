//! Collections (`.ttc`; OpenType 1.9, "Font collections"): several fonts in one file, which share tables. One of them is
//! taken out as a font file of its own, so that nothing behind this knows of collections.

use super::sfnt::{Unusable, u16_at, u32_at};
use std::borrow::Cow;

/// Bytes before the table records of a font, and those of a record.
const HEAD: usize = 12;
const RECORD: usize = 16;

/// A font of a collection; `None` when the file holds one font.
pub(super) fn font(file: &[u8], index: u32) -> Result<Option<Cow<'static, [u8]>>, Unusable> {
    if !file.starts_with(b"ttcf") {
        return match index {
            0 => Ok(None),
            _ => Err(Unusable::NotInCollection { index, fonts: 1 }),
        };
    }
    let fonts = u32_at(file, 8).ok_or(Unusable::NotAFont)?;
    if index >= fonts {
        return Err(Unusable::NotInCollection { index, fonts });
    }
    let at = u32_at(file, HEAD + 4 * index as usize).ok_or(Unusable::NotAFont)? as usize;
    let head = file.get(at..at.saturating_add(HEAD)).ok_or(Unusable::NotAFont)?;
    let count = usize::from(u16_at(head, 4).ok_or(Unusable::NotAFont)?);
    let records = file.get(at + HEAD..at + HEAD + RECORD * count).ok_or(Unusable::NotAFont)?;
    let mut single = [head, records].concat();
    for number in 0..count {
        let record = &records[RECORD * number..][..RECORD];
        let (Some(start), Some(length)) = (u32_at(record, 8), u32_at(record, 12)) else {
            return Err(Unusable::NotAFont);
        };
        let table = file.get(start as usize..).and_then(|rest| rest.get(..length as usize));
        let table = table
            .ok_or_else(|| Unusable::Truncated(String::from_utf8_lossy(&record[..4]).trim().to_owned()))?;
        // Tables may name the same bytes over and over; a font never holds more than its file.
        if single.len() + table.len() > file.len() + HEAD + RECORD * count {
            return Err(Unusable::Broken("ttcf"));
        }
        let place = u32::try_from(single.len()).map_err(|_| Unusable::NotAFont)?;
        single.extend_from_slice(table);
        single.resize(single.len().next_multiple_of(4), 0);
        single[HEAD + RECORD * number + 8..][..4].copy_from_slice(&place.to_be_bytes());
    }
    Ok(Some(Cow::Owned(single)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Face, FaceFile, samples};

    /// A collection of two fonts that share the tables of one file.
    fn collection(font: &[u8]) -> Vec<u8> {
        let head: u32 = 20;
        let mut file = b"ttcf\0\x01\0\0".to_vec();
        for number in [2, head, head] {
            file.extend_from_slice(&number.to_be_bytes());
        }
        let mut font = font.to_vec();
        let count = usize::from(u16_at(&font, 4).expect("a count"));
        for record in font[HEAD..HEAD + RECORD * count].chunks_mut(RECORD) {
            let start = u32_at(record, 8).expect("a place") + head;
            record[8..12].copy_from_slice(&start.to_be_bytes());
        }
        file.extend_from_slice(&font);
        file
    }

    fn face(data: Vec<u8>, index: u32) -> Result<Face, String> {
        let file = FaceFile { path: "fonts/all.ttc".into(), data: Cow::Owned(data), index, is_tried: false };
        Face::new(&file).map_err(|faults| faults.to_string())
    }

    #[test]
    fn each_font_of_a_collection_is_a_font() {
        let single = samples::files().regular.data;
        let alone = face(single.to_vec(), 0).expect("a font");
        for index in [0, 1] {
            let own = face(collection(&single), index).expect("a font");
            assert_eq!(own.glyph('A'), alone.glyph('A'));
            assert_eq!((own.ascent(), own.advance(7)), (alone.ascent(), alone.advance(7)));
        }
        assert!(face(collection(&single), 2).is_err() && face(single.to_vec(), 1).is_err());
    }

    #[test]
    fn a_collection_that_is_cut_or_names_its_bytes_over_and_over_is_refused() {
        let single = samples::files().regular.data;
        let whole = collection(&single);
        for length in [4, 11, 15, 30, whole.len() / 2] {
            assert!(face(whole[..length].to_vec(), 0).is_err(), "{length} bytes");
        }
        let mut greedy = whole.clone();
        let count = usize::from(u16_at(&greedy, 24).expect("a count"));
        let length = greedy.len() as u32;
        for record in greedy[32..32 + RECORD * count].chunks_mut(RECORD) {
            record[8..12].copy_from_slice(&0u32.to_be_bytes());
            record[12..16].copy_from_slice(&length.to_be_bytes());
        }
        assert!(font(&greedy, 0).is_err());
    }
}
