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
