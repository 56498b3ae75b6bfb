//! The heading of a list, and the lines above it: what the list is called, and who printed it.

use super::super::heading::{Header, Names, planner};
use super::super::named::ASKED;
use super::super::passed::{ABOVE, Above};
use super::super::second::Second;
use super::super::time_alone::is_without_day;
use super::super::{Reading, fields::Fields, western};
use super::header::{self, names};
use super::record::{Record, Records};
use super::sign;
use crate::diagnostic::{Diagnostic, Faults, Place};
use std::io::BufRead;
use std::sync::Arc;

/// A heading with what is read by it.
pub struct Heading {
    pub header: Header,
    pub fields: Fields,
    /// What somebody should know of the rows above it.
    pub remarks: Vec<Diagnostic>,
    /// Its names, for one that may follow.
    pub second: Second,
}

/// Reads on to the heading: the first row that names all that is asked for.
///
/// # Errors
///
/// Why there is none; a row above it that may be a patient's.
pub fn heading<S: BufRead>(
    records: &mut Records<S>,
    sign: u8,
    file: &Arc<str>,
    reading: &Reading,
) -> Result<Heading, Faults> {
    let mut above = Above::default();
    let mut seen = Seen::default();
    let found = match reading.map.is_some() {
        true => mapped(records, sign, file, reading, (&mut above, &mut seen)),
        false => own(records, sign, file, reading, (&mut above, &mut seen)),
    };
    let (header, fields) = found.map_err(|faults| seen.told(file).map_or(faults, Faults::from))?;
    let width = header.columns.len();
    let remarks = above.told(records.noun(), width, file, |text| fields.is_value(text))?;
    // The heading is the record in hand.
    let names = names(&records.record, sign, &Place::default()).0;
    let second = Second::below(names.0.iter().map(|name| name.text.as_str()).enumerate());
    let second = second.under(above).reading(&fields, &reading.keys);
    Ok(Heading { header, fields, remarks: remarks.into_iter().collect(), second })
}

/// The heading of a roster whose columns have their own names. Where there is none, the first row says what is wrong.
fn own<S: BufRead>(
    records: &mut Records<S>,
    sign: u8,
    file: &Arc<str>,
    reading: &Reading,
    (above, seen): (&mut Above, &mut Seen),
) -> Result<(Header, Fields), Faults> {
    let mut first = None;
    for _ in 0..ABOVE {
        if !records.next()? {
            break;
        }
        let record = &records.record;
        let names = names(record, sign, &Place::default()).0;
        seen.look(record, &names, reading);
        let is_whole = reading.is_whole_heading(&names);
        match header::header(record, sign, file, &reading.keys, reading.naming) {
            Err(faults) if !is_whole => {
                first.get_or_insert(faults);
                add(above, record);
            }
            header => {
                let header = header?;
                let at: Vec<usize> = (0..header.columns.len()).collect();
                let fields = Fields::of(&header, &at);
                return Ok((header, fields));
            }
        }
    }
    Err(first.unwrap_or_else(|| super::empty(file).into()))
}

/// The heading of somebody else's list, or else the best of the rows, for what it lacks.
fn mapped<S: BufRead>(
    records: &mut Records<S>,
    sign: u8,
    file: &Arc<str>,
    reading: &Reading,
    (above, seen): (&mut Above, &mut Seen),
) -> Result<(Header, Fields), Faults> {
    let mut best: Option<(usize, (Names, usize, Place))> = None;
    for _ in 0..ABOVE {
        if !records.next()? {
            break;
        }
        let line = Place::line(file.clone(), u32::try_from(records.record.line).unwrap_or(0), 1);
        let (names, width) = names(&records.record, sign, &line);
        seen.look(&records.record, &names, reading);
        if reading.is_whole_heading(&names) {
            header::check_quotes(&records.record, sign, &line)?;
            return fields(reading, (names, width, line));
        }
        let known = reading.known(&names);
        if known > 0 && best.as_ref().is_none_or(|(most, _)| known > *most) {
            best = Some((known, (names, width, line)));
        }
        add(above, &records.record);
    }
    let Some((_, best)) = best else {
        let message = "no row of the roster names a column that is asked for";
        let fault = Diagnostic::error("no-header", message).at(Place::file(file.clone()));
        return Err(fault.hint(ASKED).into());
    };
    // Rows below it were read already, but what it lacks refuses the list.
    let found = fields(reading, best);
    debug_assert!(found.is_err(), "a heading that lacks nothing is a whole one");
    found
}

fn fields(
    reading: &Reading,
    (names, width, line): (Names, usize, Place),
) -> Result<(Header, Fields), Faults> {
    let at: Vec<usize> = (0..names.0.len()).collect();
    let (fields, header) = reading.fields(names, &at, width, &line)?;
    Ok((header, fields))
}

fn add(above: &mut Above, record: &Record) {
    let cells: Vec<_> = record.cells().map(western::or_lossy).collect();
    above.add(record.line, cells.iter().map(|cell| &**cell).enumerate());
}

/// What rows without a heading seem to be.
#[derive(Default)]
struct Seen {
    rows: usize,
    /// Rows of a report whose columns are parted by spaces alone.
    spaced: usize,
    /// Whether a row names therapists, and how many below it begin with a time.
    has_therapists: bool,
    times: usize,
    /// Whether a row names columns, and is no planner's.
    has_columns: bool,
    /// Whether a row is one cell in quotes that names them.
    is_quoted: bool,
}

impl Seen {
    fn look(&mut self, record: &Record, names: &Names, reading: &Reading) {
        let text = String::from_utf8_lossy(record.raw.trim_ascii());
        let gaps = text.trim().split("  ").filter(|part| !part.trim().is_empty()).count();
        self.rows += 1;
        self.spaced += usize::from(record.count <= FEW_CELLS && gaps > FEW_CELLS);
        let begins_with_time = names.0.first().is_some_and(|cell| is_without_day(&cell.text));
        self.times += usize::from(self.has_therapists && begins_with_time);
        self.has_therapists |= names.are_therapists(&reading.keys);
        self.has_columns |= reading.known(names) > 1;
        self.is_quoted |= record.count == 1
            && record.raw.trim_ascii().starts_with(b"\"")
            && record.cells().any(|cell| sign::most_known(cell, reading) > 1);
    }

    /// In place of what a heading lacks that is none.
    fn told(&self, file: &Arc<str>) -> Option<Diagnostic> {
        let place = Place::file(file.clone());
        if self.is_quoted {
            let message = "the quotes stand around whole lines, so that each line is one cell";
            let hint = "take away the quote at the start and at the end of each line, and write `\"\"` inside it as `\"`";
            return Some(Diagnostic::error("no-header", message).at(place).hint(hint));
        }
        if self.times > 1 && !self.has_columns {
            return Some(planner().at(place));
        }
        let message = "the columns of this list are parted by spaces alone";
        let fault = Diagnostic::error("spaced-columns", message).at(place);
        let hint = "save it as CSV or as a workbook where it comes from: a report for paper is no table";
        (self.spaced > 1 && self.spaced * 2 >= self.rows).then(|| fault.hint(hint))
    }
}

/// Cells of a row of such a report, at most: a name may hold a comma.
const FEW_CELLS: usize = 2;
