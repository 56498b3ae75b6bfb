//! CSV. `csv-core` splits the records; this holds at most one of them, and none that is longer than a row may be.

mod grid;
mod header;
mod inner;
mod mapped;
mod passing;
mod quotes;
mod record;
mod sign;
mod spaced;
mod titles;

use super::headed::Headings;
use super::heading::{Header, Role};
use super::passed::LINE;
use super::second::Second;
use super::shard::{Shard, chosen, next_of};
use super::spreadsheet::{bare, unguarded};
use super::unread::{self, UNREAD};
use super::western;
use super::{NOT_UTF_8, Passed, ROW, Reading, Row, Source, broken, empty, lacking, too_long};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::options::keys::Keys;
use crate::request::RawRequest;
use mapped::Mapped;
use quotes::QuoteFault;
use record::Records;
use sign::{SIGNS, Start, sign_name};
use std::borrow::Cow;
use std::cell::Cell;
use std::io::{BufReader, Chain, Cursor, Read};
use std::sync::Arc;
use titles::Heading;

pub use grid::grid;
pub use sign::sign_of;

/// Cells of a row, at most: some spreadsheets save empty ones by the thousand.
const COLUMNS: usize = 4_096;

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
    /// Whether it has shown that it is no Western European text either.
    is_other: Cell<bool>,
    /// Whether it was told that it is none.
    is_told: Cell<bool>,
    rows: u64,
    /// Whether the record in hand says nothing that may stand above it.
    is_plain: bool,
    /// What somebody should know of how it is read.
    pub remarks: Vec<Diagnostic>,
    second: Second,
    passed: Arc<Passed>,
    /// What rows above say of those below them, and what they said before the record in hand ended some of it.
    under: Headings,
    above: Headings,
}

impl<R: Read> Reader<R> {
    pub fn open(mut source: Source<R>, file: Arc<str>, reading: &Reading) -> Result<Reader<R>, Faults> {
        let start = Start::read(&mut source, &file, reading)?;
        if start.is_blank() {
            return Err(empty(&file).hint("its first row must name the columns").into());
        }
        let Start { bytes, sign, above } = start;
        let source = BufReader::with_capacity(ROW, Cursor::new(bytes).chain(source));
        let is_of_objects = reading.map.as_ref().is_some_and(|map| map.is_of_objects);
        let mut records = Records::new(source, file.clone(), sign, above + 1).counted(is_of_objects);
        let Heading { header, fields, remarks, second } =
            titles::heading(&mut records, sign, &file, reading)?;
        let mapped = reading.map.is_some().then(|| Mapped::of(fields, reading, &second, records.noun()));
        let own = |cells: &[(usize, &str)]| passing::head(cells, &header, &reading.keys);
        let under = match mapped {
            Some(_) => Headings::default(),
            None => second.headings(LINE, &reading.passed, own),
        };
        Ok(Reader {
            records,
            file,
            keys: reading.keys.clone(),
            sign,
            header,
            mapped,
            remarks,
            second,
            passed: reading.passed.clone(),
            is_utf_8: reading.is_utf_8,
            is_other: Cell::new(false),
            is_told: Cell::new(false),
            rows: 0,
            is_plain: false,
            above: under.clone(),
            under,
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

    pub fn is_mapped(&self) -> bool {
        self.mapped.is_some()
    }

    /// The next row of a shard, or of all. Rows of other shards are passed over by their id alone; not those of somebody
    /// else's list, where what a row is depends on the rows around it.
    pub fn next_row(&mut self, shard: Option<Shard>) -> Result<Option<Row>, Faults> {
        if self.is_mapped() {
            return next_of(shard, || self.next_mapped());
        }
        while self.next_record()? {
            let row = chosen(shard, |shard| self.is_in(shard), || self.row());
            if row.is_some() {
                return Ok(row);
            }
        }
        Ok(None)
    }

    /// Reads on to the next record that is a row; `false` at the end.
    fn next_record(&mut self) -> Result<bool, Faults> {
        while self.records.next()? {
            self.look();
            let record = &self.records.record;
            let blank = record.cells().all(|cell| cell.iter().all(u8::is_ascii_whitespace));
            let (line, is_apart, is_said) = (record.line, record.is_apart, self.said_above().is_some());
            self.rows += 1;
            if blank || is_said || is_apart {
                self.under.end_time();
            }
            if is_said {
                self.passed.add_repeated(LINE, line);
                if let Some(head) = self.head() {
                    self.under.take_title(head, LINE, line);
                }
                continue;
            }
            if self.heads(line) {
                continue;
            }
            if !blank || self.records.record.is_unread() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn row(&self) -> Row {
        let (number, record) = (self.rows, &self.records.record);
        let line = record.line;
        if record.is_unread() {
            let given = vec![String::new(); self.columns().len()];
            let row = broken(&self.file, number, line, given, self.unread());
            return Row { under: self.above.clone(), ..row };
        }
        let mut raw = RawRequest::new(self.place(number, line, lacking(&self.keys)));
        let (mut given, unsure) = self.fill(&mut raw, number);
        // Cells may stand under the wrong columns, or hold another row, so that what they say means nothing.
        if let Some(fault) = self.misplaced() {
            raw.faults.push(fault.at(self.row_place(number)));
            raw.broken = true;
            self.join_surplus(&mut given);
        }
        self.check_quotes(&mut raw, number);
        self.check_heading(&mut raw, number);
        given.resize(self.header.read().count(), String::new());
        if raw.broken || unsure {
            given.resize(self.columns().len(), String::new());
            self.put_text(&mut given);
        }
        // Cells under the wrong names end nothing that stands above their own row.
        let under = if raw.broken { &self.above } else { &self.under };
        Row { number, line, raw, under: under.clone(), given }
    }

    /// Puts the cells into the row's request; gives them as they were read, and whether one could not be.
    fn fill(&self, raw: &mut RawRequest, number: u64) -> (Vec<String>, bool) {
        let record = &self.records.record;
        let mut given = Vec::with_capacity(self.header.columns.len() + 1);
        let mut unsure = false;
        for (column, cell) in self.header.columns.iter().zip(record.cells()) {
            let place = self.place(number, record.line, column.name.clone());
            let cell = self.typed(cell);
            let text = self.text(cell, raw, &place);
            match (&column.role, &text) {
                (Role::Added, _) => continue,
                (Role::Unread, _) if cell.trim_ascii().is_empty() => {}
                (Role::Unread, _) => raw.faults.push(unread::fault().at(place)),
                (Role::Of(key), Some(text)) => raw.set(key, text, place),
                (Role::Of(key), None) => {
                    unsure = true;
                    raw.faults.push(no_utf_8(cell).at(place));
                    raw.put_unread(key);
                }
            }
            given.push(text.map_or_else(|| String::from_utf8_lossy(cell).into_owned(), Cow::into_owned));
        }
        (given, unsure)
    }

    /// Whether the record in hand shows that the text is UTF-8, and whether it is another heading.
    fn look(&mut self) {
        let record = &self.records.record;
        self.is_utf_8 |= !record.raw.is_ascii() && std::str::from_utf8(&record.raw).is_ok();
        self.is_plain = self.rows > 0 && !self.second.may_repeat(record.cells());
        if self.is_plain {
            return;
        }
        let cells: Vec<_> = record.cells().map(western::or_lossy).collect();
        self.second.look(self.records.noun(), record.line, cells.iter().map(|cell| &**cell).enumerate());
    }

    /// Whether the record in hand only says what stands above it, and then whether it is the heading.
    fn said_above(&self) -> Option<bool> {
        let record = &self.records.record;
        if record.is_unread() || self.is_plain {
            return None;
        }
        let cells: Vec<Cow<'_, str>> = record.cells().map(western::or_lossy).collect();
        let filled: Vec<(usize, &str)> =
            cells.iter().map(|cell| cell.trim()).enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
        let is_said = self.second.is_said(&filled, self.rows == 0);
        is_said.then(|| self.second.is_heading(&filled))
    }

    /// The text of a cell; of a list that nothing shows to be UTF-8, also in the code page that most such lists have.
    fn text<'c>(&self, cell: &'c [u8], raw: &mut RawRequest, place: &Place) -> Option<Cow<'c, str>> {
        if let Ok(text) = std::str::from_utf8(cell) {
            return Some(text.into());
        }
        let text = self.western(cell)?;
        if !self.is_told.replace(true) {
            raw.faults.push(western::told().at(place.clone()));
        }
        Some(text.into())
    }

    /// The text of a cell that is no UTF-8, unless the list has shown that it is of no Western European code page.
    fn western(&self, cell: &[u8]) -> Option<String> {
        let text = western::read(cell).filter(|_| !self.is_utf_8 && !self.is_other.get());
        self.is_other.set(text.is_none());
        text
    }

    /// What is wrong with the quotes of the record in hand.
    fn quote_fault(&self) -> Option<QuoteFault> {
        // Whoever made a table of somebody's objects has quoted them right.
        if self.records.is_counted() {
            return None;
        }
        let rows = inner::Rows { header: &self.header, keys: &self.keys, sign: self.sign };
        quotes::check(&self.records.record.raw, self.sign, |line, inside| rows.is_row(line, inside))
    }

    fn check_quotes(&self, raw: &mut RawRequest, number: u64) {
        let record = &self.records.record;
        if let Some(fault) = self.quote_fault() {
            let told = quotes::told(fault, self.sign, record.line, self.records.last_line());
            raw.faults.push(told.at(self.row_place(number)));
            raw.broken = true;
        }
    }

    fn check_heading(&self, raw: &mut RawRequest, number: u64) {
        if let Some(fault) = self.second.fault() {
            raw.faults.push(fault.at(self.row_place(number)));
            raw.broken = true;
        }
    }

    /// A cell as it was typed: a list of failed rows guards those that a spreadsheet would rewrite, and so does many a program.
    fn typed<'c>(&self, cell: &'c [u8]) -> &'c [u8] {
        match std::str::from_utf8(cell) {
            Ok(text) if self.header.is_failed_rows => unguarded(text).as_bytes(),
            Ok(text) => bare(text).as_bytes(),
            Err(_) => cell,
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
        let name = sign_name(self.sign);
        Diagnostic::error("wrong-cell-count", message).hint(
            match spaced::begins_with_space(&self.records.record.raw, self.sign) {
                true => format!("no space may stand between a {name} and the quotes of a cell"),
                false => format!("a cell that holds a {name} must stand in quotes"),
            },
        )
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

    fn place(&self, row: u64, line: u64, column: Arc<str>) -> Place {
        // Lines of a table that somebody's objects were made are nobody's.
        let line = if self.records.is_counted() { 0 } else { u32::try_from(line).unwrap_or(0) };
        Place { line, cell: Some((row, column)), ..Place::file(self.file.clone()) }
    }

    /// The same without a column.
    fn row_place(&self, row: u64) -> Place {
        self.place(row, self.records.record.line, "".into())
    }
}

fn no_utf_8(cell: &[u8]) -> Diagnostic {
    let (message, hint) = match western::is_of_mac(cell) {
        true => (
            "the cell is not UTF-8, and seems to be of an older Mac",
            "open the list as `Western (Mac OS Roman)`, and save the roster as CSV UTF-8",
        ),
        false => ("the cell is not UTF-8", "save the roster as CSV UTF-8"),
    };
    Diagnostic::error(NOT_UTF_8, message).hint(hint)
}
