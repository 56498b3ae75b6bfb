//! Many sheets at once: a roster is read, each row checked, faulty cells mended in place, and all rows made into one
//! PDF. The table travels in the page itself, so that nothing of it stays here.

use super::site::Site;
use crate::batch::pad;
use crate::diagnostic::{Diagnostic, Faults};
use crate::request::roster::{Format, Roster, Row};
use serde::Serialize;
use std::collections::BTreeMap;

/// Rows that the page takes: a day's patients. More are a job for `aftercare batch`.
pub const MOST_ROWS: usize = 500;

/// A roster as text, whatever it was read from: the columns, and a text for each cell.
#[derive(Default)]
pub struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A table with what is wrong with it.
#[derive(Serialize)]
pub struct Checked {
    /// As CSV; the page sends it back.
    pub csv: String,
    pub columns: Vec<String>,
    /// How many rows there are, and how many can be made.
    pub rows: usize,
    pub good: usize,
    pub faulty: Vec<FaultyRow>,
}

#[derive(Serialize)]
pub struct FaultyRow {
    pub number: u64,
    pub cells: Vec<Cell>,
    /// Of the row as a whole.
    pub faults: Vec<String>,
}

#[derive(Serialize)]
pub struct Cell {
    pub column: String,
    pub text: String,
    pub faults: Vec<String>,
}

/// Why a file is no roster; or a roster that is too long for the page.
pub enum Unread {
    Faults(Vec<String>),
    TooManyRows,
}

impl Table {
    /// Reads a roster; `name` is its file's name, whose ending says how it is written.
    ///
    /// # Errors
    /// The faults of its header; more rows than the page takes.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Table, Unread> {
        let format = Format::of(name).unwrap_or(Format::Csv);
        let roster =
            Roster::open(bytes, format, "roster").map_err(|faults| Unread::Faults(sentences(&faults)))?;
        let columns: Vec<String> = roster.columns().into_iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for row in roster {
            if rows.len() == MOST_ROWS {
                return Err(Unread::TooManyRows);
            }
            let mut cells = row.map_err(|faults| Unread::Faults(sentences(&faults)))?.given;
            cells.resize(columns.len(), String::new());
            rows.push(cells);
        }
        Ok(Table { columns, rows })
    }

    /// Puts mended texts into cells; `name` is `cell.3.regions` for the third row's regions.
    pub fn mend<'a>(&mut self, edits: impl Iterator<Item = (&'a str, &'a str)>) {
        for (name, text) in edits {
            let mut parts = name.splitn(3, '.');
            let (Some("cell"), Some(row), Some(column)) = (parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            let index = row.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let column = self.columns.iter().position(|known| known == column);
            let cell =
                index.zip(column).and_then(|(index, column)| self.rows.get_mut(index)?.get_mut(column));
            if let Some(cell) = cell {
                text.clone_into(cell);
            }
        }
    }

    fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let records = std::iter::once(&self.columns).chain(&self.rows);
        for record in records {
            // Writing to memory cannot fail, and every record has a cell a column.
            let _ = writer.write_record(record);
        }
        writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// Every row with what is wrong with it.
    pub fn check(&self, site: &Site) -> Checked {
        let csv = self.csv();
        let faults = requests(&csv).map(|rows| {
            let checked = rows.iter().map(|row| (row.number, faults_of(site, row)));
            checked.filter(|(_, faults)| !faults.is_empty()).collect::<BTreeMap<_, _>>()
        });
        let faulty: Vec<FaultyRow> =
            faults.unwrap_or_default().iter().map(|(number, faults)| self.faulty(*number, faults)).collect();
        let rows = self.rows.len();
        Checked { csv, columns: self.columns.clone(), rows, good: rows - faulty.len(), faulty }
    }

    fn faulty(&self, number: u64, faults: &[Diagnostic]) -> FaultyRow {
        let of = |column: &str| -> Vec<String> {
            faults.iter().filter(|fault| column_of(fault) == column).map(sentence).collect()
        };
        let index = usize::try_from(number).unwrap_or(0).saturating_sub(1);
        let texts = self.rows.get(index).into_iter().flatten();
        let cells = self.columns.iter().zip(texts);
        let cells = cells.map(|(column, text)| Cell {
            column: column.clone(),
            text: text.clone(),
            faults: of(column),
        });
        let elsewhere =
            faults.iter().filter(|fault| !self.columns.iter().any(|column| column == column_of(fault)));
        FaultyRow { number, cells: cells.collect(), faults: elsewhere.map(sentence).collect() }
    }

    /// One PDF of every row that has no fault; each begins on a front side.
    ///
    /// # Errors
    /// What went wrong with a sheet that looked sound; a table without a sound row.
    pub fn pdf(&self, site: &Site) -> Result<Vec<u8>, Faults> {
        let engine = &site.engine;
        let mut collection = None;
        for row in requests(&self.csv())? {
            if !faults_of(site, &row).is_empty() {
                continue;
            }
            let request = engine.request(&row.raw, site.now())?.value;
            let document = engine.document(&request)?.value;
            let mut layout = engine.layout(&document, &request)?.value;
            pad(&mut layout);
            let writer = match &mut collection {
                Some(writer) => writer,
                None => collection.insert(engine.collection(Vec::new(), document.meta())?),
            };
            let name = request.id.as_deref().unwrap_or("sheet");
            writer.add_named(&layout, name).map_err(|error| fault(&error.to_string()))?;
        }
        let writer = collection.ok_or_else(|| fault("no row can be made"))?;
        writer.finish().map_err(|error| fault(&error.to_string()))
    }
}

fn fault(message: &str) -> Faults {
    Diagnostic::error("pdf", message).into()
}

fn requests(csv: &str) -> Result<Vec<Row>, Faults> {
    Roster::open(csv.as_bytes(), Format::Csv, "roster")?.collect()
}

fn faults_of(site: &Site, row: &Row) -> Vec<Diagnostic> {
    let made =
        site.engine.request(&row.raw, site.now()).and_then(|request| site.engine.document(&request.value));
    made.err().map(|faults| faults.0).unwrap_or_default()
}

fn column_of(fault: &Diagnostic) -> &str {
    fault.place.as_ref().and_then(|place| place.cell.as_ref()).map_or("", |(_, column)| column)
}

fn sentences(faults: &Faults) -> Vec<String> {
    faults.0.iter().map(sentence).collect()
}

fn sentence(fault: &Diagnostic) -> String {
    let hints = fault.hints.iter().map(|hint| short(hint));
    let parts = std::iter::once(fault.message.as_str()).chain(hints);
    parts.map(super::sheet::sentence).collect::<Vec<_>>().join(" ")
}

/// The nearest name is enough; the list of all that is allowed would fill the screen.
fn short(hint: &str) -> &str {
    hint.split_once("? allowed").map_or(hint, |(nearest, _)| nearest)
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}
