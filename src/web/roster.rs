//! Many sheets at once: a roster is read, each row checked, faulty cells mended in place, and all rows made into one
//! PDF. The table travels in the page itself, so that nothing of it stays here.

use super::faults::said;
use super::making::{Kind, Making};
use super::visit::Visit;
use crate::diagnostic::{Diagnostic, Faults};
use crate::options::Edition;
use crate::options::keys::Key;
use crate::request::roster::{Format, Roster, Row, UNREAD};
use crate::{Document, Request};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Rows that the page takes: a day's patients. More are a job for `aftercare batch`.
pub const MOST_ROWS: usize = 500;

/// A roster as text, whatever it was read from: the columns, and a text for each cell.
#[derive(Default)]
pub struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    /// What could not be read of a row and is not in its cells, in the page's words. The row is not made until somebody
    /// has mended it or says that its cells are right. It travels with the table.
    lost: BTreeMap<u64, Vec<String>>,
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
    /// What could not be read of it.
    pub lost: Vec<String>,
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
    pub fn read(site: &Visit<'_>, name: &str, bytes: &[u8]) -> Result<Table, Unread> {
        let format = Format::of(name).unwrap_or(Format::Csv);
        let roster = Roster::open(bytes, format, "roster").map_err(|faults| Unread::Faults(faults.0))?;
        let columns: Vec<String> = roster.columns().into_iter().map(str::to_owned).collect();
        let (mut rows, mut faults) = (Vec::new(), BTreeMap::new());
        for row in roster {
            if rows.len() == MOST_ROWS {
                return Err(Unread::TooManyRows);
            }
            let row = row.map_err(|faults| Unread::Faults(faults.0))?;
            let mut cells: Vec<String> = row.given.iter().map(|cell| one_line_end(cell)).collect();
            cells.resize(columns.len(), String::new());
            rows.push(cells);
            faults.insert(rows.len() as u64, row.raw.faults);
        }
        let mut table = Table { columns, rows, lost: BTreeMap::new() };
        table.lost = table.lost(site, faults);
        Ok(table)
    }

    /// Those faults of rows that the table does not show when it is read again.
    fn lost(
        &self,
        site: &Visit<'_>,
        mut faults: BTreeMap<u64, Vec<Diagnostic>>,
    ) -> BTreeMap<u64, Vec<String>> {
        for row in requests(&self.csv()).unwrap_or_default() {
            let again = |fault: &Diagnostic| row.raw.faults.iter().any(|other| other.code == fault.code);
            if let Some(faults) = faults.get_mut(&row.number) {
                faults.retain(|fault| !again(fault));
            }
        }
        faults.retain(|_, faults| !faults.is_empty());
        let words = |faults: Vec<Diagnostic>| {
            faults.iter().map(|fault| said(site, column_of(fault), fault)).collect::<Vec<_>>()
        };
        faults.into_iter().map(|(number, faults)| (number, words(faults))).collect()
    }

    /// Puts mended texts into cells; `name` is `cell.3.regions` for the third row's regions, `lost.3` for what could not
    /// be read of it, `right.3` when somebody says that its cells are right.
    pub fn mend<'a>(&mut self, edits: impl Iterator<Item = (&'a str, &'a str)>) {
        let mut right = BTreeSet::new();
        for (name, text) in edits {
            let mut parts = name.splitn(3, '.');
            let (kind, row) = (parts.next(), parts.next().and_then(|row| row.parse::<u64>().ok()));
            let Some(row) = row.filter(|row| (1..=self.rows.len() as u64).contains(row)) else { continue };
            match (kind, parts.next()) {
                (Some("cell"), Some(column)) if self.put(row, column, text) => drop(right.insert(row)),
                (Some("lost"), None) => self.lost.entry(row).or_default().push(text.to_owned()),
                (Some("right"), None) => drop(right.insert(row)),
                _ => {}
            }
        }
        self.lost.retain(|row, _| !right.contains(row));
    }

    /// Whether the cell is another now.
    fn put(&mut self, row: u64, column: &str, text: &str) -> bool {
        let index = usize::try_from(row).ok().and_then(|row| row.checked_sub(1));
        let column = self.columns.iter().position(|known| known == column);
        let cell = index.zip(column).and_then(|(index, column)| self.rows.get_mut(index)?.get_mut(column));
        let text = one_line_end(text);
        cell.filter(|cell| **cell != text).map(|cell| *cell = text).is_some()
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
        let mut faults: BTreeMap<u64, Vec<Diagnostic>> = requests(&csv)
            .unwrap_or_default()
            .iter()
            .map(|row| (row.number, faults_of(site, row)))
            .filter(|(_, faults)| !faults.is_empty())
            .collect();
        for number in self.lost.keys() {
            faults.entry(*number).or_default();
        }
        let faulty: Vec<FaultyRow> =
            faults.iter().map(|(number, faults)| self.faulty(site, *number, faults)).collect();
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
        // Only a row that has words left over has a place for them.
        let cells = cells.filter(|(column, text)| *column != UNREAD || !text.is_empty());
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
            lost: self.lost.get(&number).cloned().unwrap_or_default(),
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
            if self.lost.contains_key(&row.number) {
                continue;
            }
            if let Ok((request, document)) = meant(site, &row) {
                making.add(&request, &document)?;
            }
        }
        tell(rows.len(), rows.len());
        making.finish()
    }
}

/// Browsers send every line end of a form as two signs.
fn one_line_end(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn requests(csv: &str) -> Result<Vec<Row>, Faults> {
    let open = || Roster::open(csv.as_bytes(), Format::Csv, "roster");
    open()?.with_orders(open()?.orders()).collect()
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
