//! Which sheet of a workbook is the roster, and where its heading stands.

use super::fault::damaged;
use super::rows;
use super::table::{Cell, Table, letters};
use super::workbook::{Listed, Workbook};
use crate::diagnostic::{Diagnostic, Faults, Place, shown};
use crate::request::roster::Reading;
use crate::request::roster::fields::Fields;
use crate::request::roster::heading::{MAPPED, Name, Names, listed};
use crate::request::roster::map::ASKED;
use std::sync::Arc;

/// Rows in which the heading is looked for: titles and what a program says of itself stand above it.
const ABOVE: usize = 50;

pub struct Chosen {
    pub sheet: String,
    pub table: Table,
    pub fields: Fields,
    /// Whether cells stand as a list of failed rows guards them.
    pub is_guarded: bool,
    /// The heading's row, from 0.
    pub heading: u32,
    pub remarks: Vec<Diagnostic>,
}

/// The first sheet that is not hidden and has a heading with rows below it.
///
/// # Errors
///
/// There is none; its heading has faults; the workbook cannot be read.
pub fn choose(bytes: Vec<u8>, file: &Arc<str>, reading: &Reading) -> Result<Chosen, Faults> {
    let mut book = Workbook::open(bytes)?;
    let mut seen = Seen::default();
    for sheet in book.sheets() {
        let table = book.table(&sheet)?;
        seen.take(sheet, table, file, reading);
    }
    seen.chosen(file, reading)
}

/// What the sheets are.
#[derive(Default)]
struct Seen {
    /// The first that holds rows, with its heading.
    first: Option<(Listed, Table, u32)>,
    /// The first that has anything in it, for what is wrong with it.
    other: Option<(Listed, Table)>,
    /// Others that hold rows.
    more: Vec<String>,
    hidden: Vec<String>,
}

impl Seen {
    fn take(&mut self, sheet: Listed, table: Table, file: &Arc<str>, reading: &Reading) {
        let heading = heading(&table, file, reading);
        let has_rows = heading.is_some_and(|row| table.rows().any(|cells| rows::number(cells) > row));
        match heading {
            _ if sheet.is_hidden => self.hidden.extend(has_rows.then_some(sheet.name)),
            Some(row) if has_rows && self.first.is_none() => self.first = Some((sheet, table, row)),
            _ if has_rows => self.more.push(sheet.name),
            _ if self.other.is_none() && !table.is_empty() => self.other = Some((sheet, table)),
            _ => {}
        }
    }

    fn chosen(self, file: &Arc<str>, reading: &Reading) -> Result<Chosen, Faults> {
        let remarks: Vec<Diagnostic> = self.several(file).into_iter().collect();
        let hidden = self.hidden.first().map(|name| {
            format!("the hidden sheet `{}` holds rows: show it, if it is the roster", shown(name))
        });
        let found = self.first.or_else(|| {
            let (sheet, table) = self.other?;
            let row = heading(&table, file, reading).or_else(|| table.rows().next().map(rows::number))?;
            Some((sheet, table, row))
        });
        let Some((sheet, table, heading)) = found else {
            let fault =
                Diagnostic::error("empty-roster", "the workbook has no rows on a sheet that is shown");
            let fault = fault.at(Place::file(file.clone()));
            return Err(hidden.into_iter().fold(fault, Diagnostic::hint).into());
        };
        let line = place(file, heading, "");
        let cells = table.rows().find(|cells| rows::number(cells) == heading).ok_or_else(damaged)?;
        let (names, at) = names(&table, cells, file);
        if reading.map.is_some() && reading.known(&names) == 0 {
            let message =
                format!("no row of the sheet `{}` names a column that is asked for", shown(&sheet.name));
            let fault = Diagnostic::error("no-header", message).hint(ASKED);
            return Err(hidden
                .into_iter()
                .fold(fault, Diagnostic::hint)
                .at(Place::file(file.clone()))
                .into());
        }
        if reading.map.is_none() && !reading.is_heading(&names) {
            let keys = &reading.keys;
            let message =
                format!("no row of the sheet `{}` names the columns of a roster", shown(&sheet.name));
            let fault = names.meant(keys).fold(Diagnostic::error("no-header", message), Diagnostic::hint);
            let fault = fault
                .hint("one row must name the columns, above the patients' rows")
                .hint(format!("columns are {}", listed(keys)))
                .hint(MAPPED);
            return Err(hidden
                .into_iter()
                .fold(fault, Diagnostic::hint)
                .at(Place::file(file.clone()))
                .into());
        }
        let is_guarded = names.is_failed_rows(&reading.keys);
        let (fields, _) = reading.fields(names, &at, at.len(), &line)?;
        Ok(Chosen { sheet: sheet.name, table, fields, is_guarded, heading, remarks })
    }

    /// Sheets with rows that are not read.
    fn several(&self, file: &Arc<str>) -> Option<Diagnostic> {
        let (sheet, ..) = self.first.as_ref()?;
        let others: Vec<String> =
            self.more.iter().chain(&self.hidden).map(|name| format!("`{}`", shown(name))).collect();
        let message = match others.as_slice() {
            [] => return None,
            others => format!(
                "the sheet `{}` is read; there are rows on {} too, which are not",
                shown(&sheet.name),
                others.join(", ")
            ),
        };
        let fault = Diagnostic::warning("several-sheets", message).at(Place::file(file.clone()));
        Some(fault.hint("move the sheet that you want to the front, or save each as a file of its own"))
    }
}

/// A row of the sheet, from 0, and a column's letter.
fn place(file: &Arc<str>, row: u32, column: &str) -> Place {
    Place { cell: Some((u64::from(row) + 1, column.into())), ..Place::file(file.clone()) }
}

/// The row that names the most columns.
fn heading(table: &Table, file: &Arc<str>, reading: &Reading) -> Option<u32> {
    let known = |cells: &[Cell]| {
        let (names, _) = names(table, cells, file);
        // Of a list of somebody else's, what is missing is told by its best row.
        let counts = reading.is_heading(&names) || reading.map.is_some();
        (if counts { reading.known(&names) } else { 0 }, rows::number(cells))
    };
    let best = table.rows().take(ABOVE).map(known).filter(|(known, _)| *known > 0);
    // The first of equals.
    best.min_by_key(|(known, row)| (std::cmp::Reverse(*known), *row)).map(|(_, row)| row)
}

/// The names in a row, and where they stand.
fn names(table: &Table, cells: &[Cell], file: &Arc<str>) -> (Names, Vec<usize>) {
    let name = |cell: &Cell| {
        let letters = letters(cell.column);
        // A name may be broken into lines, to make a column narrow.
        let text = table.text(cell).split_whitespace().collect::<Vec<_>>().join(" ");
        Name { text, place: place(file, cell.row, &letters), spot: format!("column {letters}") }
    };
    let at = cells.iter().map(|cell| cell.column as usize).collect();
    (Names::new(cells.iter().map(name).collect()), at)
}
