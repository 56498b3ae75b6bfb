//! One record of a CSV file, in buffers that are used again for the next.

use super::super::ROW;
use super::super::lines::{fill, line_ends};
use super::super::passed::{LINE, ROW as ROWS};
use super::{COLUMNS, spaced};
use crate::diagnostic::Faults;
use csv_core::{ReadRecordResult, ReaderBuilder};
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;

pub struct Record {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    length: usize,
    /// Cells of the record.
    pub count: usize,
    /// The record as it stands in the file; no more of it than a row may be long.
    pub raw: Vec<u8>,
    /// The last byte of it.
    last: u8,
    /// The line on which it starts, from 1.
    pub line: u64,
    /// Whether an empty line stands above it.
    pub is_apart: bool,
    pub too_long: bool,
    /// It has more cells than any header may name.
    pub too_many: bool,
}

impl Record {
    fn new() -> Record {
        Record {
            bytes: vec![0; ROW],
            ends: vec![0; COLUMNS + 1],
            length: 0,
            count: 0,
            raw: Vec::new(),
            last: 0,
            line: 0,
            is_apart: false,
            too_long: false,
            too_many: false,
        }
    }

    fn begin(&mut self, line: u64) {
        (self.length, self.count, self.line) = (0, 0, line);
        (self.too_long, self.too_many) = (false, false);
        self.raw.clear();
    }

    pub fn is_unread(&self) -> bool {
        self.too_long || self.too_many
    }

    pub fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.ends.get(..self.count).unwrap_or_default();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(ends).map(|(start, end)| self.bytes.get(start..*end).unwrap_or_default())
    }

    /// Cells in quotes may have spaces around them.
    fn close_up(&mut self, sign: u8) {
        if self.is_unread() || self.raw.len() >= ROW {
            return;
        }
        let Some(text) = spaced::closed_up(&self.raw, sign) else { return };
        let mut core = ReaderBuilder::new().delimiter(sign).build();
        let (_, _, length, count) = core.read_record(&text, &mut self.bytes, &mut self.ends);
        (self.length, self.count) = (length, count);
    }

    fn keep_raw(&mut self, bytes: &[u8]) {
        let room = ROW.saturating_sub(self.raw.len()).min(bytes.len());
        self.last = bytes.last().copied().unwrap_or(self.last);
        self.raw.extend_from_slice(bytes.get(..room).unwrap_or_default());
    }
}

/// Reads records off a source, one at a time.
pub struct Records<S> {
    source: S,
    file: Arc<str>,
    core: csv_core::Reader,
    sign: u8,
    pub record: Record,
    /// The line that is reached, from 1.
    pub line: u64,
    /// The byte in front of what comes next.
    before: u8,
    /// Of a list of objects that was made a table, the records so far: its lines are nobody's.
    counted: Option<u64>,
}

impl<R: Read> Records<BufReader<R>> {
    /// What of the source is in hand and not read yet.
    pub fn ahead(&self) -> &[u8] {
        self.source.buffer()
    }
}

impl<S: BufRead> Records<S> {
    /// `line`: that on which the source begins.
    pub fn new(source: S, file: Arc<str>, sign: u8, line: u64) -> Records<S> {
        let core = ReaderBuilder::new().delimiter(sign).build();
        Records { source, file, core, sign, record: Record::new(), line, before: 0, counted: None }
    }

    /// The same where records are told by their numbers, that of the heading being none.
    pub fn counted(self, is_counted: bool) -> Records<S> {
        Records { counted: is_counted.then_some(0), ..self }
    }

    pub fn is_counted(&self) -> bool {
        self.counted.is_some()
    }

    /// What records are told by.
    pub fn noun(&self) -> &'static str {
        if self.is_counted() { ROWS } else { LINE }
    }

    /// Reads the next record into the buffers; `false` at the end.
    pub fn next(&mut self) -> Result<bool, Faults> {
        let is_apart = self.skip_line_ends()?;
        let record = &mut self.record;
        record.begin(self.counted.unwrap_or(self.line));
        self.counted.iter_mut().for_each(|count| *count += 1);
        record.is_apart = is_apart;
        loop {
            let chunk = fill(&mut self.source, &self.file)?;
            let bytes = record.bytes.get_mut(record.length..).unwrap_or_default();
            let ends = record.ends.get_mut(record.count..).unwrap_or_default();
            let (result, read, written, cells) = self.core.read_record(chunk, bytes, ends);
            let taken = chunk.get(..read).unwrap_or_default();
            self.line += line_ends(taken, &mut self.before);
            record.keep_raw(taken);
            self.source.consume(read);
            record.length += written;
            record.count += cells;
            match result {
                ReadRecordResult::Record => {
                    record.close_up(self.sign);
                    return Ok(true);
                }
                ReadRecordResult::End => return Ok(false),
                ReadRecordResult::InputEmpty => {}
                // The rest of it is passed over in the same buffers.
                ReadRecordResult::OutputFull => {
                    (record.length, record.count, record.too_long) = (0, 0, true);
                }
                ReadRecordResult::OutputEndsFull => {
                    (record.length, record.count, record.too_many) = (0, 0, true);
                }
            }
        }
    }

    /// The last line of the record in hand.
    pub fn last_line(&self) -> u64 {
        if self.is_counted() {
            return self.record.line;
        }
        let is_ended = matches!(self.record.last, b'\r' | b'\n');
        (self.line - u64::from(is_ended)).max(self.record.line)
    }

    /// Passes over the line feed that a record's carriage return left behind, and over empty lines; whether there are any.
    fn skip_line_ends(&mut self) -> Result<bool, Faults> {
        if self.record.last == b'\r' && fill(&mut self.source, &self.file)?.first() == Some(&b'\n') {
            (self.record.last, self.before) = (b'\n', b'\n');
            self.source.consume(1);
        }
        let mut is_apart = false;
        loop {
            let chunk = fill(&mut self.source, &self.file)?;
            let count = chunk.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            self.line += line_ends(chunk.get(..count).unwrap_or_default(), &mut self.before);
            self.source.consume(count);
            if count == 0 {
                return Ok(is_apart);
            }
            is_apart = true;
        }
    }
}
