//! What stands above rows and is theirs, put into them.

use super::headed::{SESSION, THERAPIST};
use super::row::Row;
use super::rows::Rows;
use crate::diagnostic::Place;
use crate::options::keys::{Key, Keys};
use std::io::Read;
use std::sync::Arc;

/// The keys that rows may stand under, of which a list has no column.
pub fn lacking<R: Read>(rows: &Rows<R>, keys: &Keys) -> Vec<Arc<Key>> {
    let Some(columns) = rows.columns() else { return Vec::new() };
    let is_lacking = |key: &&Arc<Key>| !columns.contains(&&*key.column) && rows.may_be_headed(&key.path);
    [SESSION, THERAPIST].iter().filter_map(|path| keys.at_path(path)).filter(is_lacking).cloned().collect()
}

/// Puts what stands above a row into it. Of one whose cells may be another's, nobody knows where it stands.
pub fn put(row: &mut Row, columns: &[&str], keys: &Keys) {
    if row.raw.broken {
        return;
    }
    for path in [SESSION, THERAPIST] {
        let Some((key, said)) = keys.at_path(path).zip(row.under.of(path).cloned()) else { continue };
        let cell = row.raw.place.cell.clone().map(|(number, _)| (number, (&*key.column).into()));
        row.raw.set(key, &said, Place { cell, ..row.raw.place.clone() });
        let at = columns.iter().position(|column| *column == key.column);
        let Some(at) = at else { continue };
        row.given.resize(row.given.len().max(at + 1), String::new());
        row.given.get_mut(at).into_iter().for_each(|cell| *cell = said.to_string());
    }
}
