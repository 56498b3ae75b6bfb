//! Lines inside a quoted cell: what looks like a row may be the next patient's.

use super::super::heading::Header;
use crate::options::Name;
use crate::options::keys::{Keys, Value};
use crate::request::raw::is_file_id;
use std::sync::Arc;

/// What rows of a list look like.
pub struct Rows<'r> {
    pub header: &'r Header,
    pub keys: &'r Keys,
    pub sign: u8,
}

impl Rows<'_> {
    /// Whether a line inside a quoted cell looks like a row. It does when it has as many cells as the header names columns,
    /// something that can be an id under `id`, and a listed name under its column or a sign between cells without a space behind
    /// it; or when an id and a region stand as far apart as their columns, without spaces, anywhere in it. A note of several
    /// lines may have any number of commas, as long as a space follows them.
    pub fn is_row(&self, line: &[u8], inside: &[u8]) -> bool {
        let cells: Vec<&[u8]> = line.split(|byte| *byte == self.sign).collect();
        let header = &self.header;
        let Some((regions, names)) = self.telling() else { return false };
        let names_region = |cell: &[u8]| names_one(cell, &names);
        let is = |index: usize, fits: &dyn Fn(&[u8]) -> bool| cells.get(index).is_some_and(|cell| fits(cell));
        let counts = [header.width, header.columns.len(), header.without_added()];
        let Some(id) = header.index_of("id") else {
            // Rows without an id show less of themselves: a region beside another cell is enough.
            let is_beside =
                |at: usize| is(at, &is_unspaced) && (is(at + 1, &is_unspaced) || at + 1 == cells.len());
            return counts.contains(&cells.len())
                && (is(regions, &names_region) || !is_prose(inside, self.sign))
                || cells.len() > 1 && (0..cells.len()).any(|at| is(at, &names_region) && is_beside(at));
        };
        let is_whole = counts.contains(&cells.len()) && is(id, &is_id);
        let pair = |at: usize| {
            let region = (at + regions).checked_sub(id);
            region.is_some_and(|region| {
                [at, region].iter().all(|index| is(*index, &is_unspaced)) && is(region, &names_region)
            })
        };
        is_whole && (is(regions, &names_region) || !is_prose(inside, self.sign))
            || (0..cells.len()).any(|at| is(at, &is_id) && pair(at))
    }

    /// The column that tells a row by its names, with those: one that every row fills, if there is one of the kind.
    fn telling(&self) -> Option<(usize, Arc<[Name]>)> {
        let needed = self.keys.needed().iter().filter_map(|column| self.keys.of_column(column));
        let mut telling = needed.chain(self.keys.iter()).filter_map(|key| match &key.value {
            Value::Listed(names) => Some((self.header.index_of(&key.column)?, names.clone())),
            _ => None,
        });
        telling.next()
    }
}

fn is_id(cell: &[u8]) -> bool {
    std::str::from_utf8(cell).is_ok_and(|cell| is_file_id(unquoted(cell)))
}

fn is_unspaced(cell: &[u8]) -> bool {
    cell.first().is_some_and(|byte| !byte.is_ascii_whitespace())
}

/// Whether a cell holds one of these names.
fn names_one(cell: &[u8], names: &[Name]) -> bool {
    let cell = String::from_utf8_lossy(cell).to_ascii_lowercase();
    let area = |part: &str| unquoted(part).split(':').next().unwrap_or_default().trim().to_owned();
    cell.split([';', ',']).map(area).any(|part| names.iter().any(|name| **name == *part))
}

fn unquoted(cell: &str) -> &str {
    cell.trim_matches(|character: char| character == '"' || character.is_whitespace())
}

/// Whether a space follows each sign.
fn is_prose(text: &[u8], sign: u8) -> bool {
    text.split(|byte| *byte == sign).skip(1).all(|part| part.first().is_some_and(u8::is_ascii_whitespace))
}
