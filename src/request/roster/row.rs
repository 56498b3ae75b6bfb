//! A row, and what its readers make it of.

use super::headed::Headings;
use crate::diagnostic::{Faults, Place};
use crate::options::keys::{Key, Keys};
use crate::request::RawRequest;
use std::sync::Arc;

/// One row of a roster. Stands for one patient: its `Debug` hides what was typed.
#[derive(Clone, PartialEq)]
pub struct Row {
    /// From 1: the first record.
    pub number: u64,
    /// The line of the file on which it starts, from 1.
    pub line: u64,
    /// What was typed, with the row's faults.
    pub raw: RawRequest,
    /// What rows above it say of it.
    pub under: Headings,
    /// The cells as they were given, in the order of [`super::Roster::columns`].
    pub given: Vec<String>,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("number", &self.number).field("line", &self.line).finish_non_exhaustive()
    }
}

/// A row that could not be read at all; `given` is what there is of its text.
pub fn broken(file: &Arc<str>, number: u64, line: u64, given: Vec<String>, faults: impl Into<Faults>) -> Row {
    broken_at(row_place(file, number, line), number, line, given, faults)
}

pub fn broken_at(place: Place, number: u64, line: u64, given: Vec<String>, faults: impl Into<Faults>) -> Row {
    let mut raw = RawRequest::new(place.clone());
    raw.faults = faults.into().0.into_iter().map(|fault| fault.at(place.clone())).collect();
    raw.broken = true;
    Row { number, line, raw, under: Headings::default(), given }
}

/// Where a row stands, without a column.
pub fn row_place(file: &Arc<str>, number: u64, line: u64) -> Place {
    let line = u32::try_from(line).unwrap_or(0);
    Place { line, cell: Some((number, Arc::from(""))), ..Place::file(file.clone()) }
}

/// Cells for the list of failed rows, from what was typed; `unread` is what is not in it.
pub fn given(raw: &RawRequest, keys: &Keys, unread: String) -> Vec<String> {
    let cell = |key: &Arc<Key>| {
        let values = raw.list(&key.path).unwrap_or_default().iter().map(|given| given.value.as_str());
        values.collect::<Vec<_>>().join("; ")
    };
    keys.iter().map(cell).chain([unread]).collect()
}

/// The same of a row that has its text only.
pub fn text_only(text: &[u8], keys: &Keys) -> Vec<String> {
    given(&RawRequest::default(), keys, String::from_utf8_lossy(text.trim_ascii()).into_owned())
}

/// The column for what a row lacks.
pub fn lacking(keys: &Keys) -> Arc<str> {
    keys.needed().first().map_or("", |column| &**column).into()
}

/// Puts the row into every place of a request, with the column into those of its values.
pub fn number_places(raw: &mut RawRequest, keys: &Keys, number: u64) {
    for (key, given) in raw.given_mut(keys) {
        given.place.cell = Some((number, (&*key.column).into()));
    }
    for place in raw.faults.iter_mut().filter_map(|fault| fault.place.as_mut()) {
        place.cell = Some((number, Arc::from("")));
    }
    raw.place.cell = Some((number, lacking(keys)));
}
