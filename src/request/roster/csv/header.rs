//! The first row of a CSV file, which names the columns.

use super::super::heading::{Header, MAPPED, Name, Names, key_of, listed};
use super::super::lines::line_ends;
use super::super::naming::Naming;
use super::super::western;
use super::quotes;
use super::record::Record;
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::options::keys::Keys;
use std::sync::Arc;

/// Checks the first row. One that names hardly any column is most often a row of patients, so that its words are not
/// shown.
pub fn header(
    record: &Record,
    sign: u8,
    file: &Arc<str>,
    keys: &Keys,
    naming: Naming,
) -> Result<Header, Faults> {
    let line = Place::line(file.clone(), u32::try_from(record.line).unwrap_or(0), 1);
    let (names, width) = names(record, sign, &line);
    if record.is_unread() || !names.is_heading(keys) {
        let known = names.known(keys);
        let fault = names.meant(keys).fold(no_header(keys, record, known), Diagnostic::hint);
        return Err(fault.at(line).into());
    }
    check_quotes(record, sign, &line)?;
    if sign == b'|' && record.raw.trim_ascii_start().starts_with(b"|") {
        return Err(barred().at(line).into());
    }
    names.checked(keys, naming, width, &line)
}

/// For the table of a wiki, whose lines begin with a bar too.
fn barred() -> Diagnostic {
    let message = "each line begins with a bar, as in the table of a wiki or of Markdown";
    Diagnostic::error("no-header", message)
        .hint("take away the bars at both ends of each line, and the line of dashes below the heading")
        .hint("or copy the table as it is shown into a spreadsheet, and save that")
}

/// # Errors
///
/// The quotes of a heading are not in order: what seems to be a name may then hold rows of patients.
pub fn check_quotes(record: &Record, sign: u8, line: &Place) -> Result<(), Diagnostic> {
    let Some(fault) = quotes::check(&record.raw, sign, |_, _| false) else { return Ok(()) };
    let last = record.line + line_ends(record.raw.trim_ascii_end(), &mut 0);
    Err(quotes::told(fault, sign, record.line, last).at(line.clone()))
}

/// The names with their places, and how many cells the row has.
pub fn names(record: &Record, sign: u8, line: &Place) -> (Names, usize) {
    let cells = record.cells().zip(starts(&record.raw, sign));
    let (mut above, mut column, mut seen) = (0, 1, 0);
    let name = |(cell, start): (&[u8], usize)| {
        for character in String::from_utf8_lossy(record.raw.get(seen..start).unwrap_or_default()).chars() {
            (above, column) = if character == '\n' { (above + 1, 1) } else { (above, column + 1) };
        }
        seen = start;
        let place = Place { line: line.line + above, column, ..line.clone() };
        let spot = format!("character {column} of the row");
        Name { text: western::or_lossy(cell).trim().to_owned(), place, spot }
    };
    let names: Vec<Name> = cells.map(name).collect();
    let width = names.len();
    (Names::new(names), width)
}

/// Where the cells of a record begin.
fn starts(record: &[u8], sign: u8) -> impl Iterator<Item = usize> {
    let mut quoted = false;
    let ends = record.iter().enumerate().filter(move |(_, byte)| {
        quoted ^= **byte == b'"';
        !quoted && **byte == sign
    });
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1))
}

fn no_header(keys: &Keys, record: &Record, known: usize) -> Diagnostic {
    let columns = format!("columns are {}", listed(keys));
    if known > 0 || record.is_unread() {
        let message = "the first row is no header: most of its cells name no column of a roster";
        return Diagnostic::error("no-header", message)
            .hint("the first row must name the columns, one name a cell")
            .hint(columns)
            .hint(MAPPED);
    }
    let message = "the first row names no column of a roster";
    let fault = Diagnostic::error("no-header", message);
    match other_sign(keys, record) {
        Some(sign) => fault.hint(format!(
            "its cells seem to have `{sign}` between them: save the roster with commas, semicolons or tabs"
        )),
        None => fault.hint("the first row must name the columns, one name a cell").hint(columns).hint(MAPPED),
    }
}

/// A sign between names that no roster has.
fn other_sign(keys: &Keys, record: &Record) -> Option<char> {
    let header = String::from_utf8_lossy(&record.raw).into_owned();
    [':', '/']
        .into_iter()
        .find(|sign| header.split(*sign).filter(|name| key_of(keys, name).is_some()).count() > 1)
}
