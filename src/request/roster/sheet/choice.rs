//! Which sheet of a workbook is the roster, and where its heading stands.

use super::fault::damaged;
use super::rows;
use super::table::{Cell, Table, letters};
use super::workbook::{Listed, Workbook};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::request::roster::Reading;
use crate::request::roster::fields::Fields;
use crate::request::roster::heading::{Name, Names, on_one_line, planner};
use crate::request::roster::named::ASKED;
use crate::request::roster::passed::{self, ABOVE, Above};
use crate::request::roster::time_alone::is_without_day;
use std::sync::Arc;

pub struct Chosen {
    /// As messages call it.
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
    let mut chosen = seen.chosen(file, reading)?;
    chosen.1.table.hidden = book.hidden(&chosen.0);
    chosen.1.table.struck = book.struck(&chosen.0);
    chosen.1.table.commented = book.commented(&chosen.0);
    Ok(chosen.1)
}

/// How much of a heading a row is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It names a column.
    Some,
    /// It names columns for the most part.
    Heading,
    /// It names all that is asked for, and has no faults.
    Whole,
}

/// A sheet that holds rows.
struct WithRows {
    rank: Rank,
    sheet: Listed,
    table: Table,
    heading: u32,
}

/// What the sheets are.
#[derive(Default)]
struct Seen {
    /// The first of those whose heading is the most of one.
    best: Option<WithRows>,
    /// The first that has anything in it, for what is wrong with it.
    other: Option<(Listed, Table)>,
    /// Others that hold rows, by their numbers.
    more: Vec<usize>,
    has_hidden: bool,
}

impl Seen {
    fn take(&mut self, sheet: Listed, table: Table, file: &Arc<str>, reading: &Reading) {
        let found = heading(&table, file, reading);
        let found = found.filter(|(_, row)| table.rows().any(|cells| rows::number(cells) > *row));
        match found {
            None if sheet.is_hidden => {}
            Some(_) if sheet.is_hidden => self.has_hidden = true,
            Some((rank, heading)) => self.rows(WithRows { rank, sheet, table, heading }),
            None if self.other.is_none() && !table.is_empty() => self.other = Some((sheet, table)),
            None => {}
        }
    }

    fn rows(&mut self, found: WithRows) {
        let number = found.sheet.number;
        match &mut self.best {
            Some(best) if best.rank >= found.rank => self.more.push(number),
            best => self.more.extend(best.replace(found).map(|earlier| earlier.sheet.number)),
        }
    }

    fn chosen(self, file: &Arc<str>, reading: &Reading) -> Result<(Listed, Chosen), Faults> {
        let mut remarks: Vec<Diagnostic> = self.several(file).into_iter().collect();
        let hidden = self.has_hidden.then_some("a hidden sheet holds rows: show it, if it is the roster");
        let refused = |fault: Diagnostic| {
            let fault = hidden.into_iter().fold(fault, Diagnostic::hint);
            Faults::from(fault.at(Place::file(file.clone())))
        };
        let found = self.best.map(|best| (best.sheet, best.table, best.heading)).or_else(|| {
            let (sheet, table) = self.other?;
            let row = heading(&table, file, reading).map(|(_, row)| row);
            let row = row.or_else(|| table.rows().next().map(rows::number))?;
            Some((sheet, table, row))
        });
        let Some((sheet, table, heading)) = found else {
            let message = "the workbook has no rows on a sheet that is shown";
            return Err(refused(Diagnostic::error("empty-roster", message)));
        };
        let cells = table.rows().find(|cells| rows::number(cells) == heading).ok_or_else(damaged)?;
        let (names, at) = names(&table, cells, file);
        let is_planner = || is_planner(&table, file, reading);
        if let Some(fault) = no_heading(&sheet, &names, reading) {
            return Err(refused(if is_planner() { planner() } else { fault }));
        }
        let is_guarded = names.is_failed_rows(&reading.keys);
        let fields = reading.fields(names, &at, at.len(), &place(file, heading, ""));
        let (fields, _) = fields.map_err(|faults| if is_planner() { refused(planner()) } else { faults })?;
        remarks.extend(above(&table, heading, at.len(), file, &fields)?);
        let sheet_shown = sheet.shown();
        Ok((sheet, Chosen { sheet: sheet_shown, table, fields, is_guarded, heading, remarks }))
    }

    /// Sheets with rows that are not read.
    fn several(&self, file: &Arc<str>) -> Option<Diagnostic> {
        let best = self.best.as_ref()?;
        let mut others = self.more.clone();
        others.sort_unstable();
        let others = (!others.is_empty()).then(|| numbered(&others));
        let hidden = self.has_hidden.then(|| "a hidden one".to_owned());
        let others: Vec<String> = others.into_iter().chain(hidden).collect();
        if others.is_empty() {
            return None;
        }
        let message = format!(
            "{} is read; there are rows on {} too, which are not",
            best.sheet.shown(),
            others.join(" and ")
        );
        let fault = Diagnostic::warning("several-sheets", message).at(Place::file(file.clone()));
        Some(fault.hint("move the sheet that you want to the front, or save each as a file of its own"))
    }
}

fn numbered(sheets: &[usize]) -> String {
    let listed = sheets.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    format!("sheet{} {listed}", if sheets.len() == 1 { "" } else { "s" })
}

/// Why the row that is most of a heading is none. Its cells are not shown: they may be a patient's.
fn no_heading(sheet: &Listed, names: &Names, reading: &Reading) -> Option<Diagnostic> {
    let sheet = sheet.shown();
    if reading.map.is_some() && reading.known(names) == 0 {
        let message = format!("no row of {sheet} names a column that is asked for");
        return Some(Diagnostic::error("no-header", message).hint(ASKED));
    }
    let has_columns = reading.map.as_ref().is_some_and(|map| map.has_columns);
    let is_heading = has_columns || reading.is_heading(names);
    (!is_heading).then(|| names.no_heading(&sheet, &reading.keys))
}

/// Whether a row names therapists, rows below it begin with a time, and none names columns.
fn is_planner(table: &Table, file: &Arc<str>, reading: &Reading) -> bool {
    if table.rows().take(ABOVE).any(|cells| reading.known(&names(table, cells, file).0) > 1) {
        return false;
    }
    let mut rows = table.rows().take(ABOVE);
    let has_therapists = rows.any(|cells| names(table, cells, file).0.are_therapists(&reading.keys));
    let begins_with_time =
        |cells: &&[Cell]| cells.first().is_some_and(|cell| is_without_day(table.text(cell)));
    has_therapists && rows.filter(begins_with_time).count() > 1
}

/// What is told of the rows above the heading.
fn above(
    table: &Table,
    heading: u32,
    width: usize,
    file: &Arc<str>,
    fields: &Fields,
) -> Result<Option<Diagnostic>, Diagnostic> {
    let mut above = Above::default();
    for cells in table.rows().take_while(|cells| rows::number(cells) < heading) {
        above.add(rows::shown_number(cells), rows::filled(table, cells).into_iter());
    }
    above.told(passed::ROW, width, file, |text| fields.is_value(text))
}

/// A row of the sheet, from 0, and a column's letter.
fn place(file: &Arc<str>, row: u32, column: &str) -> Place {
    Place { cell: Some((u64::from(row) + 1, column.into())), ..Place::file(file.clone()) }
}

/// The first row that names all that is asked for, or else the first of those that name the most columns.
fn heading(table: &Table, file: &Arc<str>, reading: &Reading) -> Option<(Rank, u32)> {
    let mut best: Option<(usize, Rank, u32)> = None;
    for cells in table.rows().take(ABOVE) {
        let (names, at) = names(table, cells, file);
        if reading.is_whole_heading(&names) {
            let row = rows::number(cells);
            // A sheet that sums up others names an area too, and things that nobody asks for.
            let is_sound = reading.fields(names, &at, at.len(), &place(file, row, "")).is_ok();
            return Some((if is_sound { Rank::Whole } else { Rank::Heading }, row));
        }
        let rank = match () {
            () if reading.is_heading(&names) => Rank::Heading,
            // Of a list of somebody else's, what is missing is told by its best row.
            () if reading.map.is_some() => Rank::Some,
            () => continue,
        };
        let known = reading.known(&names);
        if known > 0 && best.is_none_or(|(most, ..)| known > most) {
            best = Some((known, rank, rows::number(cells)));
        }
    }
    best.map(|(_, rank, row)| (rank, row))
}

/// The names in a row, and where they stand.
fn names(table: &Table, cells: &[Cell], file: &Arc<str>) -> (Names, Vec<usize>) {
    let name = |cell: &Cell| {
        let letters = letters(cell.column);
        // A name may be broken into lines, to make a column narrow.
        let text = on_one_line(table.text(cell));
        Name { text, place: place(file, cell.row, &letters), spot: format!("column {letters}") }
    };
    let at = cells.iter().map(|cell| cell.column as usize).collect();
    (Names::new(cells.iter().map(name).collect()), at)
}
