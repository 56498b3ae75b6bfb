//! Workbooks: the first sheet that holds rows. A sheet is held as a whole, within bounds that are looked at before it is
//! read.

mod archive;
mod choice;
mod comments;
mod fault;
mod grids;
mod hidden;
mod ods;
mod rows;
mod struck;
mod table;
mod value;
mod workbook;
mod xls;

use super::fields::{Cell as Said, Fields};
use super::grid::Grid;
use super::headed::Headings;
use super::second::Second;
use super::spreadsheet::unguarded;
use super::{Passed, ROW, Reading, Row, broken_at, lacking, too_long};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::options::keys::{Key, Keys, Value};
use crate::request::RawRequest;
use choice::Chosen;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use table::{Cell, Kind, Table, letters};

pub use fault::{other_kind, too_long_a_file};

/// The sheets of a workbook that are shown, as tables of texts.
///
/// # Errors
///
/// It cannot be read.
pub fn grids(bytes: Vec<u8>, file: &Arc<str>) -> Result<Vec<Grid>, Faults> {
    apart(move || grids::grids(bytes)).map_err(|faults| located(faults, file))
}

/// Faults without a place are the file's.
fn located(mut faults: Faults, file: &Arc<str>) -> Faults {
    for fault in &mut faults.0 {
        fault.place.get_or_insert_with(|| Place::file(file.clone()));
    }
    faults
}

/// The name of the thread that reads workbooks. What panics in it is told as a damaged workbook.
pub const READER: &str = "workbook";

pub struct Reader {
    file: Arc<str>,
    keys: Keys,
    passed: Arc<Passed>,
    /// As messages call it.
    sheet: String,
    table: Table,
    fields: Fields,
    /// Whether it is a list of failed rows, whose cells are guarded.
    pub is_guarded: bool,
    /// The heading's row, from 0.
    heading: u32,
    /// The next cell of the table, and where the rows end.
    next: usize,
    end: usize,
    /// What somebody should know of how it was read.
    pub remarks: Vec<Diagnostic>,
    second: Second,
    /// The first row below another heading, from 0.
    moved: Option<u32>,
    /// Rows that only say what stands above them, from 0.
    left_out: BTreeSet<u32>,
    /// What rows say of those below them, from 0, wherever that changes.
    headings: Vec<(u32, Headings)>,
}

impl Reader {
    pub fn open(bytes: Vec<u8>, file: Arc<str>, reading: &Reading) -> Result<Reader, Faults> {
        let found = {
            let (file, reading) = (file.clone(), reading.clone());
            apart(move || choice::choose(bytes, &file, &reading))
        };
        let Chosen { sheet, table, fields, is_guarded, heading, mut remarks } =
            found.map_err(|faults| located(faults, &file))?;
        let next = table.rows().take_while(|row| rows::number(row) <= heading).map(<[Cell]>::len).sum();
        let mut reader = Reader {
            file,
            keys: reading.keys.clone(),
            passed: reading.passed.clone(),
            sheet,
            is_guarded,
            end: table.len(),
            table,
            fields,
            heading,
            next,
            remarks: Vec::new(),
            second: Second::default(),
            moved: None,
            left_out: BTreeSet::new(),
            headings: Vec::new(),
        };
        reader.look_for_second();
        reader.pass_over_totals();
        reader.pass_over_repeated();
        remarks.extend(reader.hidden_rows());
        remarks.extend(reader.struck_rows());
        remarks.extend(reader.rows_with_comments());
        reader.remarks = remarks;
        Ok(reader)
    }

    pub fn columns(&self) -> Vec<&str> {
        self.fields.columns()
    }

    /// How many rows are left.
    pub fn count(&self) -> u64 {
        let rows = self.table.rows_between(self.next, self.end);
        rows.filter(|cells| !self.left_out.contains(&rows::number(cells))).count() as u64
    }

    pub fn next_row(&mut self) -> Option<Row> {
        while self.next < self.end {
            let cells = self.table.row_at(self.next);
            self.next += cells.len();
            let cells = self.table.row_at(self.next - cells.len());
            if self.left_out.contains(&rows::number(cells)) {
                continue;
            }
            // Below another heading nobody knows which cell says that.
            if self.is_moved(rows::number(cells))
                || self.fields.wants(|column| self.cell(cells, column, None))
            {
                return Some(self.row(cells));
            }
            self.passed.add_unwanted();
        }
        None
    }

    /// From the first row on once more.
    pub fn rewind(&mut self) {
        let heading = self.heading;
        self.next = self.table.rows().take_while(|row| rows::number(row) <= heading).map(<[Cell]>::len).sum();
    }

    fn row(&self, cells: &[Cell]) -> Row {
        let row = rows::number(cells);
        let (number, line) = (u64::from(row - self.heading), u64::from(row) + 1);
        let place = |column: Arc<str>| Place { cell: Some((line, column)), ..Place::file(self.file.clone()) };
        if cells.iter().map(|cell| self.table.text(cell).len()).sum::<usize>() > ROW {
            let given = vec![String::new(); self.columns().len()];
            let broken = broken_at(place("".into()), number, line, given, too_long());
            return Row { under: self.above(row), ..broken };
        }
        let mut raw = RawRequest::new(place(lacking(&self.keys)));
        let given = self.fields.fill(&mut raw, place, |column, key| self.cell(cells, column, key), number);
        let mut given = self.with_nameless(cells, &mut raw, given);
        if let Some(fault) = self.second.fault().filter(|_| self.is_moved(row)) {
            raw.faults.push(fault.at(place("".into())));
            raw.broken = true;
            given.last_mut().into_iter().for_each(|unread| *unread = self.second.told(line));
        }
        Row { number, line, given, under: self.above(row), raw }
    }

    fn cell<'t>(&'t self, cells: &[Cell], column: usize, key: Option<&Key>) -> Said<'t> {
        let found = u32::try_from(column)
            .ok()
            .and_then(|column| cells.binary_search_by_key(&column, |cell| cell.column).ok());
        let Some(cell) = found.and_then(|at| cells.get(at)) else {
            return Said::Said(Cow::Borrowed(""));
        };
        let text = self.table.text(cell);
        match cell.kind {
            Kind::Error => Said::Wrong(Box::new(self.error(cell)), text.to_owned()),
            Kind::Unsaved => Said::Wrong(Box::new(self.unsaved(cell)), "?".to_owned()),
            Kind::Number if self.table.is_later && key.is_some_and(|key| key.value == Value::Time) => {
                Said::Said(value::of_1900(text))
            }
            Kind::Text if self.is_guarded => Said::Said(unguarded(text).into()),
            Kind::Text | Kind::Number => Said::Said(text.into()),
        }
    }

    fn named(&self, cell: &Cell) -> String {
        format!("cell {}{} of {}", letters(cell.column), cell.row + 1, self.sheet)
    }

    fn error(&self, cell: &Cell) -> Diagnostic {
        let message = format!("{} holds the error `{}`", self.named(cell), self.table.text(cell));
        Diagnostic::error("cell-error", message).hint("mend the formula there, or write what it should say")
    }

    fn unsaved(&self, cell: &Cell) -> Diagnostic {
        let message = format!("{} holds a formula whose result was not saved", self.named(cell));
        Diagnostic::error("cell-error", message)
            .hint("open the workbook in a spreadsheet and save it, or write what the cell should say")
    }

    /// Words that stand under no column's name belong to the row, and nobody knows as what.
    fn with_nameless(&self, cells: &[Cell], raw: &mut RawRequest, mut given: Vec<String>) -> Vec<String> {
        let place =
            Place { cell: raw.place.cell.clone().map(|(row, _)| (row, "".into())), ..raw.place.clone() };
        for cell in cells.iter().filter(|cell| !self.fields.has(cell.column as usize)) {
            let message = format!("{} stands under no column's name", self.named(cell));
            let fault = Diagnostic::error("nameless-column", message);
            raw.faults.push(fault.at(place.clone()).hint("give its column a name, or empty it"));
            if let Some(unread) = given.last_mut() {
                let between = if unread.is_empty() { "" } else { "; " };
                unread.push_str(&format!("{between}{}", self.table.text(cell)));
            }
        }
        given
    }
}

/// Reads in a thread of its own, so that what the reading of a damaged file breaks is told as that.
///
/// One at a time: what a workbook takes while it is read is bounded, and a server may be given many.
fn apart<T: Send + 'static>(read: impl FnOnce() -> Result<T, Faults> + Send + 'static) -> Result<T, Faults> {
    static ONE: Mutex<()> = Mutex::new(());
    let reading = std::thread::Builder::new().name(READER.to_owned()).spawn(|| {
        let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        read()
    });
    match reading {
        Ok(reading) => reading.join().unwrap_or_else(|_| Err(fault::damaged().into())),
        Err(error) => {
            let message = format!("this machine lets the run start no threads: {error}");
            Err(Diagnostic::error("unreadable-file", message).into())
        }
    }
}
