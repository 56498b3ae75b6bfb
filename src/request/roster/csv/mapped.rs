//! Somebody else's list: titles above its heading, columns that are not read, rows that nobody wants, and totals below.

use super::header::names;
use super::record::Records;
use super::titles::{ABOVE, of_line};
use super::{Reader, SIGNS, Source, first_line, named_sign, no_utf_8};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::request::RawRequest;
use crate::request::roster::fields::{Cell, Fields};
use crate::request::roster::heading::Names;
use crate::request::roster::map::ASKED;
use crate::request::roster::western;
use crate::request::roster::{Passed, ROW, Reading, Row, broken, lacking, row_place};
use std::borrow::Cow;
use std::cell::Cell as StdCell;
use std::collections::VecDeque;
use std::io::{BufReader, Cursor, Read};
use std::sync::Arc;

/// Rows that may be totals, and wait for one that is none.
const WAITING: usize = 8;

pub struct Mapped {
    pub fields: Fields,
    passed: Arc<Passed>,
    /// Rows that were read and are to be given.
    ready: VecDeque<Row>,
    /// Rows that are totals if no other row comes.
    waiting: Vec<Row>,
    /// Whether the row before was empty.
    is_apart: bool,
}

impl<R: Read> Reader<R> {
    pub(super) fn open_mapped(
        mut source: Source<R>,
        file: Arc<str>,
        reading: &Reading,
    ) -> Result<Reader<R>, Faults> {
        let mut first = first_line(&mut source, &file)?;
        let (named, mut above) = (named_sign(&first), 0);
        if named.is_some() {
            above = first.iter().filter(|byte| **byte == b'\n').count() as u64;
            first = first_line(&mut source, &file)?;
        }
        let mut sign = named.or_else(|| sign_of(&first, reading));
        for _ in 0..ABOVE {
            if sign.is_some() || first.len() >= ROW {
                break;
            }
            let line = first_line(&mut source, &file)?;
            if line.is_empty() {
                break;
            }
            sign = sign_of(&line, reading);
            first.extend(line);
        }
        let sign = sign.unwrap_or(b',');
        let source = BufReader::with_capacity(ROW, Cursor::new(first).chain(source));
        let mut records = Records::new(source, file.clone(), sign, above + 1);
        let (names, width, line) = heading(&mut records, sign, &file, reading)?;
        let at: Vec<usize> = (0..names.0.len()).collect();
        let (fields, header) = reading.fields(names, &at, width, &line)?;
        let mapped = Mapped {
            fields,
            passed: reading.passed.clone(),
            ready: VecDeque::new(),
            waiting: Vec::new(),
            is_apart: false,
        };
        let keys = reading.keys.clone();
        Ok(Reader {
            records,
            file,
            keys,
            sign,
            header,
            mapped: Some(mapped),
            is_utf_8: reading.is_utf_8,
            is_told: StdCell::new(false),
            rows: 0,
        })
    }

    pub(super) fn next_mapped(&mut self) -> Result<Option<Row>, Faults> {
        loop {
            if let Some(row) = self.mapped.as_mut().and_then(|mapped| mapped.ready.pop_front()) {
                return Ok(Some(row));
            }
            let line = self.records.line;
            if !self.records.next()? {
                return Ok(self.mapped.as_mut().and_then(Mapped::end));
            }
            self.look();
            let skipped = self.records.record.line > line;
            let taken = self.mapped.as_ref().and_then(|mapped| self.taken(mapped, skipped));
            self.rows += 1;
            let Some(mapped) = &mut self.mapped else { return Ok(None) };
            mapped.is_apart = matches!(taken, Some(Taken::Empty));
            match taken {
                Some(Taken::Row(row)) => {
                    mapped.ready.extend(mapped.waiting.drain(..));
                    mapped.ready.push_back(*row);
                }
                Some(Taken::Total(row)) if mapped.waiting.len() < WAITING => mapped.waiting.push(*row),
                Some(Taken::Total(row)) => {
                    mapped.ready.extend(mapped.waiting.drain(..));
                    mapped.ready.push_back(*row);
                }
                Some(Taken::Unwanted) => mapped.passed.add_unwanted(),
                Some(Taken::Empty) | None => {}
            }
        }
    }

    /// What the record in hand is.
    fn taken(&self, mapped: &Mapped, is_apart: bool) -> Option<Taken> {
        let record = &self.records.record;
        let (number, line) = (self.rows + 1, record.line);
        if record.is_unread() {
            let given = vec![String::new(); self.columns().len()];
            let row = broken(&self.file, number, line, given, self.unread());
            return Some(Taken::Row(Box::new(row)));
        }
        let text = |cell| western_or_lossy(cell);
        let cells: Vec<Cow<'_, str>> = record.cells().map(text).collect();
        let filled: Vec<(usize, &str)> =
            cells.iter().map(|cell| cell.trim()).enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
        if filled.is_empty() {
            return Some(Taken::Empty);
        }
        let is_total = mapped.fields.is_total(&self.keys, &filled, mapped.is_apart || is_apart);
        let misplaced = self.misplaced();
        let text = |column: usize| cells.get(column).map_or("", |cell| cell.as_ref());
        if misplaced.is_none() && !mapped.fields.wants(|column| text(column).to_owned().into()) {
            return Some(Taken::Unwanted);
        }
        let row = Box::new(self.mapped_row(mapped, number, misplaced));
        Some(if is_total { Taken::Total(row) } else { Taken::Row(row) })
    }

    fn mapped_row(&self, mapped: &Mapped, number: u64, misplaced: Option<Diagnostic>) -> Row {
        let record = &self.records.record;
        let line = record.line;
        let cells: Vec<&[u8]> = record.cells().collect();
        let mut raw = RawRequest::new(self.place(number, line, lacking(&self.keys)));
        let mut noted = RawRequest::default();
        let texts: Vec<Option<Cow<'_, str>>> =
            cells.iter().map(|cell| self.text(self.typed(cell), &mut noted, &raw.place)).collect();
        raw.faults = noted.faults;
        let cell = |column: usize| match texts.get(column) {
            Some(Some(text)) => Cell::Said(text.as_ref().into()),
            Some(None) => Cell::Wrong(Box::new(no_utf_8()), "not UTF-8".to_owned()),
            None => Cell::Said("".into()),
        };
        let place = |column| self.place(number, line, column);
        let mut given = mapped.fields.fill(&mut raw, place, |column, _| cell(column), number);
        if let Some(fault) = misplaced {
            raw.faults.push(fault.at(row_place(&self.file, number, line)));
            raw.broken = true;
        }
        self.check_quotes(&mut raw, number);
        if raw.broken && mapped.fields.keeps_all() {
            self.put_text(&mut given);
        } else if raw.broken
            && let Some(unread) = given.last_mut()
        {
            // Its text holds columns that are not kept.
            *unread = format!("see line {line} of the list");
        }
        Row { number, line, raw, given }
    }
}

impl Mapped {
    /// At the end of the list, rows that wait are totals.
    fn end(&mut self) -> Option<Row> {
        self.passed.add_totals(self.waiting.len());
        self.waiting.clear();
        None
    }
}

/// What a cell says, for what its row is.
fn western_or_lossy(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => text.into(),
        Err(_) => western::read(cell).map_or_else(|| String::from_utf8_lossy(cell), Cow::Owned),
    }
}

enum Taken {
    Row(Box<Row>),
    Total(Box<Row>),
    Unwanted,
    Empty,
}

/// The sign by which a line is a heading.
fn sign_of(line: &[u8], reading: &Reading) -> Option<u8> {
    let is_heading = |sign: u8| reading.known(&of_line(line, sign));
    let best = SIGNS.iter().map(|(sign, _)| (is_heading(*sign), *sign)).max_by_key(|(known, _)| *known);
    best.filter(|(known, _)| *known > 0).map(|(_, sign)| sign)
}

/// Reads on to the heading: its names, how many cells it has, and where it stands. Where none is one, the best of the rows.
fn heading<S: std::io::BufRead>(
    records: &mut Records<S>,
    sign: u8,
    file: &Arc<str>,
    reading: &Reading,
) -> Result<(Names, usize, Place), Faults> {
    let mut best: Option<(usize, (Names, usize, Place))> = None;
    for _ in 0..ABOVE {
        if !records.next()? {
            break;
        }
        let line = Place::line(file.clone(), u32::try_from(records.record.line).unwrap_or(0), 1);
        let (names, width) = names(&records.record, sign, &line);
        if reading.is_heading(&names) {
            return Ok((names, width, line));
        }
        let known = reading.known(&names);
        if best.as_ref().is_none_or(|(most, _)| known > *most) {
            best = Some((known, (names, width, line)));
        }
    }
    match best {
        Some((1.., best)) => Ok(best),
        _ => {
            let fault =
                Diagnostic::error("no-header", "no row of the roster names a column that is asked for");
            Err(fault.at(Place::file(file.clone())).hint(ASKED).into())
        }
    }
}
