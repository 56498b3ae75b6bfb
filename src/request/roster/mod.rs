//! Rosters: one request a row, read one row at a time so that a million of them need no more memory than one.
//!
//! CSV (comma, semicolon or tab, told from the header), JSON Lines, and YAML lists all become [`Row`]s with the same
//! keys. A row that cannot be read is a row with faults; the rows after it are read all the same.

mod csv;
mod jsonl;
mod lines;
mod yaml;

use super::RawRequest;
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::options::keys::{KEYS, Key};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::{self, BufReader, Read};
use std::sync::Arc;

/// Bytes of one row, at most.
pub const ROW: usize = 64 << 10;

/// Columns that a list of failed rows carries and a roster may therefore have; nothing reads them.
pub const ADDED: [&str; 2] = ["line", "reason"];

/// How a roster is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    JsonLines,
    Yaml,
}

impl Format {
    /// By the ending of a file's name; `None` when it says nothing.
    pub fn of(path: &str) -> Option<Format> {
        let (_, ending) = path.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "tab" | "txt" => Some(Format::Csv),
            "jsonl" | "ndjson" | "json" => Some(Format::JsonLines),
            "yaml" | "yml" => Some(Format::Yaml),
            _ => None,
        }
    }
}

/// One row of a roster. Stands for one patient: its `Debug` hides what was typed.
#[derive(Clone, PartialEq)]
pub struct Row {
    /// From 1: the first record.
    pub number: u64,
    /// The line of the file on which it starts, from 1.
    pub line: u64,
    /// What was typed, with the row's faults.
    pub raw: RawRequest,
    /// The cells as they were given, in the order of [`Roster::columns`].
    pub given: Vec<String>,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("number", &self.number).field("line", &self.line).finish_non_exhaustive()
    }
}

/// Reads rows from anything that can be read once.
pub struct Roster<R> {
    rows: Rows<R>,
    ids: Ids,
    ended: bool,
}

enum Rows<R> {
    Csv(Box<csv::Reader<R>>),
    JsonLines(jsonl::Reader<R>),
    Yaml(yaml::Reader<R>),
}

impl<R: Read> Roster<R> {
    /// A roster whose header has been read and checked; `file` names it in messages.
    ///
    /// Errors: the source cannot be read, is not UTF-8, or its header has unknown, doubled or missing columns; all
    /// of them at once, before any row.
    pub fn open(source: R, format: Format, file: &str) -> Result<Roster<R>, Faults> {
        let source = BufReader::with_capacity(ROW, source);
        let file: Arc<str> = file.into();
        let rows = match format {
            Format::Csv => Rows::Csv(Box::new(csv::Reader::open(source, file)?)),
            Format::JsonLines => Rows::JsonLines(jsonl::Reader::open(source, file)?),
            Format::Yaml => Rows::Yaml(yaml::Reader::open(source, file)?),
        };
        Ok(Roster { rows, ids: Ids::default(), ended: false })
    }

    /// The columns of [`Row::given`]: those of the header, or every column that there is.
    pub fn columns(&self) -> Vec<&str> {
        match &self.rows {
            Rows::Csv(reader) => reader.columns(),
            Rows::JsonLines(_) | Rows::Yaml(_) => KEYS.iter().map(|key| key.column).collect(),
        }
    }
}

impl<R: Read> Iterator for Roster<R> {
    type Item = Result<Row, Faults>;

    /// The next row. `Err`: the source could not be read on; nothing comes after it.
    fn next(&mut self) -> Option<Result<Row, Faults>> {
        if self.ended {
            return None;
        }
        let next = match &mut self.rows {
            Rows::Csv(reader) => reader.next_row(),
            Rows::JsonLines(reader) => reader.next_row(),
            Rows::Yaml(reader) => reader.next_row(),
        };
        match next {
            Ok(row) => row.map(|mut row| {
                self.ids.check(&mut row);
                Ok(row)
            }),
            Err(faults) => {
                self.ended = true;
                Some(Err(faults))
            }
        }
    }
}

/// The ids met so far: 72 bits of a hash and the row for each, so that two of a million ids are taken for one once in
/// ten thousand million rosters. The first byte of the hash names a part, so that never the whole of them is copied to
/// make room; the other eight and the row are 12 bytes, so that a million ids take 28 MB, and while the parts grow
/// half as much again.
struct Ids {
    parts: Vec<HashMap<[u8; 8], u32>>,
}

impl Default for Ids {
    fn default() -> Ids {
        Ids { parts: (0..=u8::MAX).map(|_| HashMap::new()).collect() }
    }
}

impl Ids {
    /// An id names a file, and a file system may not tell capitals from small letters.
    fn check(&mut self, row: &mut Row) {
        if row.raw.broken {
            return;
        }
        let Some(id) = row.raw.one("id") else {
            if !row.raw.is_unread("id") {
                let place = Place { cell: Some((row.number, "id".into())), ..row.raw.place.clone() };
                let fault = Diagnostic::error("missing-key", "`id` is missing: it names the row's file");
                row.raw.faults.push(fault.at(place));
            }
            return;
        };
        let digest = Sha256::digest(id.value.trim().to_ascii_lowercase());
        let mut bytes = digest.into_iter();
        let part = bytes.next().unwrap_or_default();
        let mut hash = [0; 8];
        hash.iter_mut().zip(bytes).for_each(|(byte, from)| *byte = from);
        let number = u32::try_from(row.number).unwrap_or(u32::MAX);
        let rows = &mut self.parts[usize::from(part)];
        match rows.get(&hash) {
            None => drop(rows.insert(hash, number)),
            Some(first) => {
                let fault = Diagnostic::error("duplicate-id", format!("row {first} has the same `id`"));
                let fault =
                    fault.at(id.place.clone()).hint("capitals and small letters are the same in an id");
                row.raw.faults.push(fault);
            }
        }
    }
}

/// A row whose text could not be read at all.
fn broken(file: &Arc<str>, number: u64, line: u64, columns: usize, faults: impl Into<Faults>) -> Row {
    let place = row_place(file, number, line);
    let mut raw = RawRequest::new(place.clone());
    raw.faults = faults.into().0.into_iter().map(|fault| fault.at(place.clone())).collect();
    raw.broken = true;
    Row { number, line, raw, given: vec![String::new(); columns] }
}

/// Where a row stands, without a column.
fn row_place(file: &Arc<str>, number: u64, line: u64) -> Place {
    let line = u32::try_from(line).unwrap_or(0);
    Place { line, cell: Some((number, Arc::from(""))), ..Place::file(file.clone()) }
}

fn too_long() -> Diagnostic {
    Diagnostic::error("row-too-long", format!("the row is longer than {} KiB", ROW >> 10))
}

fn unreadable(file: &Arc<str>, error: &io::Error) -> Faults {
    let message = format!("the roster could not be read: {error}");
    Diagnostic::error("unreadable-file", message).at(Place::file(file.clone())).into()
}

/// Cells for the list of failed rows, from what was typed.
fn given(raw: &RawRequest) -> Vec<String> {
    let cell = |key: &Key| {
        let values = raw.list(key.path).unwrap_or_default().iter().map(|given| given.value.as_str());
        values.collect::<Vec<_>>().join("; ")
    };
    KEYS.iter().map(cell).collect()
}

/// Puts the row into every place of a request, with the column into those of its values.
fn number_places(raw: &mut RawRequest, number: u64) {
    for (key, given) in raw.given_mut() {
        given.place.cell = Some((number, key.column.into()));
    }
    for place in raw.faults.iter_mut().filter_map(|fault| fault.place.as_mut()) {
        place.cell = Some((number, Arc::from("")));
    }
    raw.place.cell = Some((number, "regions".into()));
}
