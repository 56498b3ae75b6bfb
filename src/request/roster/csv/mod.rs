//! CSV. `csv-core` splits the records; this holds at most one of them, and none that is longer than a row may be.

mod header;
mod mapped;
mod quotes;
mod record;
mod titles;

use super::heading::{self, Header, Role};
use super::spreadsheet::unguarded;
use super::unread::{self, UNREAD};
use super::western;
use super::{NOT_UTF_8, ROW, Reading, Row, Source, broken, empty, lacking, row_place, too_long, unreadable};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::options::Name;
use crate::options::keys::{Keys, Value};
use crate::request::raw::{RawRequest, is_file_id};
use mapped::Mapped;
use quotes::QuoteFault;
use record::Records;
use std::borrow::Cow;
use std::cell::Cell;
use std::io::{BufRead, BufReader, Chain, Cursor, Read};
use std::sync::Arc;

/// Columns of a header, at most.
const COLUMNS: usize = 64;
/// Signs between cells, with their names.
const SIGNS: [(u8, &str); 3] = [(b'\t', "tab"), (b';', "semicolon"), (b',', "comma")];

/// The header's bytes, which were looked at to find the sign between cells, and the rest.
type WithHeader<R> = BufReader<Chain<Cursor<Vec<u8>>, Source<R>>>;

pub struct Reader<R> {
    records: Records<WithHeader<R>>,
    file: Arc<str>,
    keys: Keys,
    sign: u8,
    header: Header,
    /// Of somebody else's list.
    mapped: Option<Mapped>,
    /// Whether the text has shown that it is UTF-8.
    is_utf_8: bool,
    /// Whether it was told that it is none.
    is_told: Cell<bool>,
    rows: u64,
}

impl<R: Read> Reader<R> {
    pub fn open(mut source: Source<R>, file: Arc<str>, reading: &Reading) -> Result<Reader<R>, Faults> {
        if reading.map.is_some() {
            return Reader::open_mapped(source, file, reading);
        }
        let keys = &reading.keys;
        let mut first = first_line(&mut source, &file)?;
        let (named, mut above) = (named_sign(&first), 0);
        if named.is_some() {
            above = first.iter().filter(|byte| **byte == b'\n').count() as u64;
            first = first_line(&mut source, &file)?;
        }
        let blank = first.iter().all(u8::is_ascii_whitespace);
        let sign = match named {
            Some(sign) => sign,
            None => {
                let own = sign(&first, keys);
                titles::sign(&mut first, &mut source, &file, reading)?.unwrap_or(own)
            }
        };
        let source = BufReader::with_capacity(ROW, Cursor::new(first).chain(source));
        let mut records = Records::new(source, file.clone(), sign, above + 1);
        if blank || !records.next()? {
            return Err(empty(&file).hint("its first row must name the columns").into());
        }
        let first = header::header(&records.record, sign, &file, keys, reading.naming);
        let header = match first {
            Err(_) if !titles::is_heading(&records.record, sign, reading) => {
                let below = titles::heading_below(&mut records, sign, &file, reading)?;
                below.map_or(first, Ok)?
            }
            first => first?,
        };
        Ok(Reader {
            records,
            file,
            keys: keys.clone(),
            sign,
            header,
            mapped: None,
            is_utf_8: reading.is_utf_8,
            is_told: Cell::new(false),
            rows: 0,
        })
    }

    pub fn sign(&self) -> u8 {
        self.sign
    }

    pub fn columns(&self) -> Vec<&str> {
        if let Some(mapped) = &self.mapped {
            return mapped.fields.columns();
        }
        let own = (!self.header.has_unread()).then_some(UNREAD);
        self.header.read().map(|column| &*column.name).chain(own).collect()
    }

    pub fn next_row(&mut self) -> Result<Option<Row>, Faults> {
        match self.mapped.is_some() {
            true => self.next_mapped(),
            false => self.next_of_all(),
        }
    }

    fn next_of_all(&mut self) -> Result<Option<Row>, Faults> {
        while self.records.next()? {
            self.look();
            let record = &self.records.record;
            let blank = record.cells().all(|cell| cell.iter().all(u8::is_ascii_whitespace));
            self.rows += 1;
            if !blank || record.is_unread() {
                return Ok(Some(self.row()));
            }
        }
        Ok(None)
    }

    fn row(&self) -> Row {
        let (number, record) = (self.rows, &self.records.record);
        let line = record.line;
        if record.is_unread() {
            let given = vec![String::new(); self.columns().len()];
            return broken(&self.file, number, line, given, self.unread());
        }
        let mut raw = RawRequest::new(self.place(number, line, lacking(&self.keys)));
        let mut given = Vec::with_capacity(self.header.columns.len() + 1);
        let mut unsure = false;
        for (column, cell) in self.header.columns.iter().zip(record.cells()) {
            let place = self.place(number, line, column.name.clone());
            let cell = self.typed(cell);
            let text = self.text(cell, &mut raw, &place);
            match (&column.role, &text) {
                (Role::Added, _) => continue,
                (Role::Unread, _) if cell.trim_ascii().is_empty() => {}
                (Role::Unread, _) => raw.faults.push(unread::fault().at(place)),
                (Role::Of(key), Some(text)) => raw.set(key, text, place),
                (Role::Of(key), None) => {
                    unsure = true;
                    raw.faults.push(no_utf_8().at(place));
                    raw.put_unread(key);
                }
            }
            given.push(text.map_or_else(|| String::from_utf8_lossy(cell).into_owned(), Cow::into_owned));
        }
        // Cells may stand under the wrong columns, or hold another row, so that what they say means nothing.
        if let Some(fault) = self.misplaced() {
            raw.faults.push(fault.at(row_place(&self.file, number, line)));
            raw.broken = true;
            self.join_surplus(&mut given);
        }
        self.check_quotes(&mut raw, number);
        given.resize(self.header.read().count(), String::new());
        if raw.broken || unsure {
            given.resize(self.columns().len(), String::new());
            self.put_text(&mut given);
        }
        Row { number, line, raw, given }
    }

    /// Whether the record in hand shows that the text is UTF-8.
    fn look(&mut self) {
        let raw = &self.records.record.raw;
        self.is_utf_8 |= !raw.is_ascii() && std::str::from_utf8(raw).is_ok();
    }

    /// The text of a cell; of a list that nothing shows to be UTF-8, also in the code page that most such lists have.
    fn text<'c>(&self, cell: &'c [u8], raw: &mut RawRequest, place: &Place) -> Option<Cow<'c, str>> {
        if let Ok(text) = std::str::from_utf8(cell) {
            return Some(text.into());
        }
        let text = western::read(cell).filter(|_| !self.is_utf_8)?;
        if !self.is_told.replace(true) {
            raw.faults.push(western::told().at(place.clone()));
        }
        Some(text.into())
    }

    fn check_quotes(&self, raw: &mut RawRequest, number: u64) {
        let record = &self.records.record;
        if let Some(fault) = quotes::check(&record.raw, self.sign, |line, inside| self.is_row(line, inside)) {
            let told = quotes::told(fault, self.sign, record.line, self.records.last_line());
            raw.faults.push(told.at(row_place(&self.file, number, record.line)));
            raw.broken = true;
        }
    }

    /// A cell as it was typed: a list of failed rows guards those that a spreadsheet would rewrite.
    fn typed<'c>(&self, cell: &'c [u8]) -> &'c [u8] {
        match std::str::from_utf8(cell) {
            Ok(text) if self.header.is_failed_rows() => unguarded(text).as_bytes(),
            _ => cell,
        }
    }

    /// Why a record is no row at all.
    fn unread(&self) -> Diagnostic {
        let record = &self.records.record;
        if !record.too_long {
            return self.too_many(format!("the row has more than {COLUMNS} cells"));
        }
        match quotes::check(&record.raw, self.sign, |_, _| false) {
            Some(fault @ QuoteFault::Open { .. }) => {
                let told = quotes::told(fault, self.sign, record.line, self.records.last_line());
                let message = format!("{}, and {}", too_long().message, told.message);
                Diagnostic { message, code: too_long().code, ..told }
            }
            _ => too_long(),
        }
    }

    /// Whether cells stand under the wrong columns. Empty ones behind the last column say nothing.
    fn misplaced(&self) -> Option<Diagnostic> {
        let (count, wanted) = (self.records.record.count, self.header.columns.len());
        let surplus = || self.records.record.cells().skip(wanted);
        if count < wanted {
            return Some(self.too_few(count, wanted));
        }
        if count > self.header.width || (count > wanted && wanted == self.header.width) {
            let message = format!("the row has {count} cells, the header names {wanted} columns");
            return Some(self.too_many(message));
        }
        surplus().any(|cell| !cell.trim_ascii().is_empty()).then(|| {
            let message = format!("a cell stands behind the last column: the header names {wanted} columns");
            self.too_many(message)
        })
    }

    fn too_few(&self, count: usize, wanted: usize) -> Diagnostic {
        let cells = if count == 1 { "cell" } else { "cells" };
        let message = format!("the row has {count} {cells}, the header names {wanted} columns");
        let name = sign_name(self.sign);
        let others = SIGNS.iter().filter(|(sign, _)| *sign != self.sign);
        let raw = &self.records.record.raw;
        let other = others
            .into_iter()
            .find(|(other, _)| count == 1 && raw.iter().filter(|byte| *byte == other).count() + 1 >= wanted);
        Diagnostic::error("wrong-cell-count", message).hint(match other {
            Some((_, other)) => format!("the header has a {name} between its cells, this row a {other}"),
            None => format!("an empty cell needs its {name} too"),
        })
    }

    fn too_many(&self, message: String) -> Diagnostic {
        let hint = format!("a cell that holds a {} must stand in quotes", sign_name(self.sign));
        Diagnostic::error("wrong-cell-count", message).hint(hint)
    }

    /// The row as it stands in the roster: its cells may be wrong though a list of failed rows makes them look right, so
    /// that the row is not made from there before somebody has looked at it.
    fn put_text(&self, given: &mut [String]) {
        let at = self.columns().iter().position(|column| *column == UNREAD);
        if let Some(cell) = at.and_then(|at| given.get_mut(at)) {
            *cell = String::from_utf8_lossy(self.records.record.raw.trim_ascii()).into_owned();
        }
    }

    /// Cells beyond the last column go into it, so that whoever mends the row has all of its words.
    fn join_surplus(&self, given: &mut [String]) {
        let Some(last) = given.last_mut() else { return };
        for cell in self.records.record.cells().skip(self.header.columns.len()) {
            last.push(char::from(self.sign));
            last.push_str(&String::from_utf8_lossy(cell));
        }
    }

    /// Whether a line inside a quoted cell looks like a row. It does when it has as many cells as the header names columns,
    /// something that can be an id under `id`, and a listed name under its column or a sign between cells without a space behind
    /// it; or when an id and a region stand as far apart as their columns, without spaces, anywhere in it. A note of several
    /// lines may have any number of commas, as long as a space follows them.
    fn is_row(&self, line: &[u8], inside: &[u8]) -> bool {
        let cells: Vec<&[u8]> = line.split(|byte| *byte == self.sign).collect();
        let header = &self.header;
        let Some((regions, names)) = self.telling() else { return false };
        let names_region = |cell: &[u8]| names_one(cell, &names);
        let is = |index: usize, fits: &dyn Fn(&[u8]) -> bool| cells.get(index).is_some_and(|cell| fits(cell));
        let counts = [header.width, header.columns.len(), header.without_added()];
        let Some(id) = header.index_of("id") else {
            // Rows without an id show less of themselves: a region beside another cell is enough.
            let is_beside =
                |at: usize| is(at, &is_unspaced) && (is(at + 1, &is_unspaced) || at + 1 == cells.len());
            return counts.contains(&cells.len())
                && (is(regions, &names_region) || !is_prose(inside, self.sign))
                || cells.len() > 1 && (0..cells.len()).any(|at| is(at, &names_region) && is_beside(at));
        };
        let is_whole = counts.contains(&cells.len()) && is(id, &is_id);
        let pair = |at: usize| {
            let region = (at + regions).checked_sub(id);
            region.is_some_and(|region| {
                [at, region].iter().all(|index| is(*index, &is_unspaced)) && is(region, &names_region)
            })
        };
        is_whole && (is(regions, &names_region) || !is_prose(inside, self.sign))
            || (0..cells.len()).any(|at| is(at, &is_id) && pair(at))
    }

    /// The column that tells a row by its names, with those: one that every row fills, if there is one of the kind.
    fn telling(&self) -> Option<(usize, Arc<[Name]>)> {
        let needed = self.keys.needed().iter().filter_map(|column| self.keys.of_column(column));
        let mut telling = needed.chain(self.keys.iter()).filter_map(|key| match &key.value {
            Value::Listed(names) => Some((self.header.index_of(&key.column)?, names.clone())),
            _ => None,
        });
        telling.next()
    }

    fn place(&self, row: u64, line: u64, column: Arc<str>) -> Place {
        let line = u32::try_from(line).unwrap_or(0);
        Place { line, cell: Some((row, column)), ..Place::file(self.file.clone()) }
    }
}

fn no_utf_8() -> Diagnostic {
    Diagnostic::error(NOT_UTF_8, "the cell is not UTF-8").hint("save the roster as CSV UTF-8")
}

fn is_id(cell: &[u8]) -> bool {
    std::str::from_utf8(cell).is_ok_and(|cell| is_file_id(unquoted(cell)))
}

fn is_unspaced(cell: &[u8]) -> bool {
    cell.first().is_some_and(|byte| !byte.is_ascii_whitespace())
}

/// Whether a cell holds one of these names.
fn names_one(cell: &[u8], names: &[Name]) -> bool {
    let cell = String::from_utf8_lossy(cell).to_ascii_lowercase();
    let area = |part: &str| unquoted(part).split(':').next().unwrap_or_default().trim().to_owned();
    cell.split([';', ',']).map(area).any(|part| names.iter().any(|name| **name == *part))
}

fn unquoted(cell: &str) -> &str {
    cell.trim_matches(|character: char| character == '"' || character.is_whitespace())
}

/// Whether a space follows each sign.
fn is_prose(text: &[u8], sign: u8) -> bool {
    text.split(|byte| *byte == sign).skip(1).all(|part| part.first().is_some_and(u8::is_ascii_whitespace))
}

/// Everything up to the end of the first line that holds something.
fn first_line<R: Read>(source: &mut Source<R>, file: &Arc<str>) -> Result<Vec<u8>, Faults> {
    let mut bytes = Vec::new();
    while bytes.len() < ROW && bytes.iter().all(u8::is_ascii_whitespace) {
        let room = (ROW - bytes.len()) as u64;
        let read = source.by_ref().take(room).read_until(b'\n', &mut bytes);
        if read.map_err(|error| unreadable(file, &error))? == 0 {
            break;
        }
    }
    Ok(bytes)
}

/// The sign that a first line `sep=;` names, as some spreadsheets write it.
fn named_sign(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii_start();
    // Some programs write it in quotes.
    let line = match line.strip_prefix(b"\"") {
        Some(quoted) => quoted.trim_ascii_end().strip_suffix(b"\"")?,
        None => line,
    };
    let rest = line.get(..4).filter(|start| start.eq_ignore_ascii_case(b"sep=")).and(line.get(4..))?;
    let (sign, end) = rest.split_first()?;
    (end.trim_ascii().is_empty() && SIGNS.iter().any(|(known, _)| known == sign)).then_some(*sign)
}

/// The sign between cells: the one by which the header names the most columns.
fn sign(header: &[u8], keys: &Keys) -> u8 {
    let header = String::from_utf8_lossy(header.trim_ascii());
    let known = |(sign, _): &&(u8, &str)| {
        let names = header.split(char::from(*sign)).map(|name| name.trim_matches([' ', '"']));
        names.filter(|name| heading::key_of(keys, name).is_some()).count()
    };
    // The last of equals is taken, and a roster of one column has no sign at all: the comma stands last.
    SIGNS.iter().max_by_key(known).map_or(b',', |(sign, _)| *sign)
}

/// The sign between the cells of a file of ours, by the start of it.
pub fn sign_of(start: &[u8]) -> u8 {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    // The columns that every roster has tell enough.
    sign(start.split(|byte| *byte == b'\n').next().unwrap_or_default(), &Keys::default())
}

fn sign_name(sign: u8) -> &'static str {
    SIGNS.iter().find(|(known, _)| *known == sign).map_or("comma", |(_, name)| name)
}
