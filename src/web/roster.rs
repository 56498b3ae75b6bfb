//! Many sheets at once: a roster is read, each row checked, faulty cells mended in place, and all rows made into one
//! PDF. The table travels in the page itself, so that nothing of it stays here.

use super::faults::said;
use super::making::{Kind, Making};
use super::visit::Visit;
use crate::diagnostic::{Diagnostic, Faults};
use crate::options::Edition;
use crate::options::keys::Key;
use crate::request::roster::{Format, Roster, Row};
use crate::{Document, Request};
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
    Faults(Vec<Diagnostic>),
    TooManyRows,
}

impl Table {
    /// Reads a roster; `name` is its file's name, whose ending says how it is written.
    ///
    /// # Errors
    /// The faults of its header; more rows than the page takes.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Table, Unread> {
        let format = Format::of(name).unwrap_or(Format::Csv);
        let roster = Roster::open(bytes, format, "roster").map_err(|faults| Unread::Faults(faults.0))?;
        let columns: Vec<String> = roster.columns().into_iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for row in roster {
            if rows.len() == MOST_ROWS {
                return Err(Unread::TooManyRows);
            }
            let mut cells = row.map_err(|faults| Unread::Faults(faults.0))?.given;
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
    pub fn check(&self, site: &Visit<'_>) -> Checked {
        let csv = self.csv();
        let faults = requests(&csv).map(|rows| {
            let checked = rows.iter().map(|row| (row.number, faults_of(site, row)));
            checked.filter(|(_, faults)| !faults.is_empty()).collect::<BTreeMap<_, _>>()
        });
        let faulty: Vec<FaultyRow> = faults
            .unwrap_or_default()
            .iter()
            .map(|(number, faults)| self.faulty(site, *number, faults))
            .collect();
        let rows = self.rows.len();
        Checked { csv, columns: self.columns.clone(), rows, good: rows - faulty.len(), faulty }
    }

    fn faulty(&self, site: &Visit<'_>, number: u64, faults: &[Diagnostic]) -> FaultyRow {
        let of = |column: &str| -> Vec<String> {
            let own = faults.iter().filter(|fault| column_of(fault) == column);
            own.map(|fault| said(site, column, fault)).collect()
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
        FaultyRow {
            number,
            cells: cells.collect(),
            faults: elsewhere.map(|fault| said(site, "", fault)).collect(),
        }
    }

    /// Every row that has no fault, made: one PDF in which each sheet begins on a front side, or an archive of single
    /// sheets. `tell` is told rows made and rows in all.
    ///
    /// # Errors
    /// What went wrong with a sheet that looked sound; a table without a sound row.
    pub fn make(
        &self,
        site: &Visit<'_>,
        kind: Kind,
        edition: Option<Edition>,
        tell: &dyn Fn(usize, usize),
    ) -> Result<Vec<u8>, Faults> {
        let rows = requests(&self.csv())?;
        let mut making = Making::new(&site.engine, kind);
        for (index, mut row) in rows.iter().cloned().enumerate() {
            tell(index, rows.len());
            if let (Some(edition), Some(key)) = (edition, Key::of_column("edition")) {
                let place = row.raw.place.clone();
                row.raw.set(key, edition.name(), place);
            }
            if let Ok((request, document)) = meant(site, &row) {
                making.add(&request, &document)?;
            }
        }
        tell(rows.len(), rows.len());
        making.finish()
    }
}

fn requests(csv: &str) -> Result<Vec<Row>, Faults> {
    Roster::open(csv.as_bytes(), Format::Csv, "roster")?.collect()
}

fn faults_of(site: &Visit<'_>, row: &Row) -> Vec<Diagnostic> {
    meant(site, row).err().map(|faults| faults.0).unwrap_or_default()
}

/// What a row asks for, and what its sheet says.
fn meant(site: &Visit<'_>, row: &Row) -> Result<(Request, Document), Faults> {
    let request = site.engine.request(&row.raw, site.now())?.value;
    let document = site.engine.document(&request)?.value;
    Ok((request, document))
}

fn column_of(fault: &Diagnostic) -> &str {
    fault.place.as_ref().and_then(|place| place.cell.as_ref()).map_or("", |(_, column)| column)
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}
