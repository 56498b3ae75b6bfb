//! CSV. `csv-core` splits the records; this holds at most one of them, and none that is longer than a row may be.

use super::lines::fill;
use super::unread::{self, UNREAD};
use super::{ADDED, ROW, Row, broken, row_place, too_long, unreadable};
use crate::diagnostic::{Diagnostic, Faults, Place, Sink, allowed, shown};
use crate::options::keys::{KEYS, Key};
use crate::request::RawRequest;
use csv_core::{ReadRecordResult, ReaderBuilder};
use std::io::{BufRead, BufReader, Chain, Cursor, Read};
use std::sync::Arc;

/// Columns of a header, at most.
const COLUMNS: usize = 64;
const DELIMITERS: [u8; 3] = *b"\t;,";
/// Columns without which no row can be a request.
const NEEDED: [&str; 2] = ["id", "regions"];

/// The header's bytes, which were looked at to find the delimiter, and the rest.
type Source<R> = BufReader<Chain<Cursor<Vec<u8>>, BufReader<R>>>;

pub struct Reader<R> {
    source: Source<R>,
    file: Arc<str>,
    core: csv_core::Reader,
    delimiter: u8,
    columns: Vec<(String, Column)>,
    /// Names of the columns, shared by the places of all rows.
    names: Vec<Arc<str>>,
    record: Record,
    /// Lines begun so far.
    line: u64,
    rows: u64,
}

/// What a column is for.
#[derive(Clone, Copy)]
enum Column {
    Of(&'static Key),
    /// Words of a row that failed before and is not mended.
    Unread,
    /// Nothing reads it.
    Added,
}

impl Column {
    fn named(name: &str) -> Option<Column> {
        let is = |other: &str| other.eq_ignore_ascii_case(name);
        match KEYS.iter().find(|key| is(key.column)) {
            Some(key) => Some(Column::Of(key)),
            None if is(UNREAD) => Some(Column::Unread),
            None => ADDED.into_iter().any(is).then_some(Column::Added),
        }
    }

    fn name(self, written: &str) -> &str {
        match self {
            Column::Of(key) => key.column,
            Column::Unread => UNREAD,
            Column::Added => written,
        }
    }
}

/// One record, in buffers that are used again for the next.
struct Record {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    length: usize,
    cells: usize,
    /// The line on which it starts, from 1.
    line: u64,
    too_long: bool,
    /// It has more cells than any header may name.
    too_many: bool,
}

impl Record {
    fn new() -> Record {
        Record {
            bytes: vec![0; ROW],
            ends: vec![0; COLUMNS + 1],
            length: 0,
            cells: 0,
            line: 0,
            too_long: false,
            too_many: false,
        }
    }

    fn is_unread(&self) -> bool {
        self.too_long || self.too_many
    }

    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.ends.get(..self.cells).unwrap_or_default();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(ends).map(|(start, end)| self.bytes.get(start..*end).unwrap_or_default())
    }
}

impl<R: Read> Reader<R> {
    pub fn open(mut source: BufReader<R>, file: Arc<str>) -> Result<Reader<R>, Faults> {
        let header = first_line(&mut source, &file)?;
        let delimiter = delimiter(&header);
        let source = BufReader::with_capacity(ROW, Cursor::new(header).chain(source));
        let core = ReaderBuilder::new().delimiter(delimiter).build();
        let (columns, names) = (Vec::new(), Vec::new());
        let mut reader =
            Reader { source, file, core, delimiter, columns, names, record: Record::new(), line: 1, rows: 0 };
        if !reader.next_record()? {
            let fault =
                Diagnostic::error("empty-roster", "the roster is empty: its first row must name the columns");
            return Err(fault.at(Place::file(reader.file.clone())).into());
        }
        reader.header()?;
        Ok(reader)
    }

    pub fn columns(&self) -> Vec<&str> {
        let read = self.columns.iter().filter(|(_, column)| !matches!(column, Column::Added));
        read.map(|(name, _)| name.as_str()).collect()
    }

    /// Reads the next record into the buffers; `false` at the end.
    fn next_record(&mut self) -> Result<bool, Faults> {
        self.skip_line_ends()?;
        let record = &mut self.record;
        (record.length, record.cells, record.line) = (0, 0, self.line);
        (record.too_long, record.too_many) = (false, false);
        loop {
            let chunk = fill(&mut self.source, &self.file)?;
            let bytes = record.bytes.get_mut(record.length..).unwrap_or_default();
            let ends = record.ends.get_mut(record.cells..).unwrap_or_default();
            let (result, read, written, cells) = self.core.read_record(chunk, bytes, ends);
            let lines = chunk.iter().take(read).filter(|byte| **byte == b'\n').count();
            self.line += lines as u64;
            self.source.consume(read);
            record.length += written;
            record.cells += cells;
            match result {
                ReadRecordResult::Record => return Ok(true),
                ReadRecordResult::End => return Ok(false),
                ReadRecordResult::InputEmpty => {}
                // The rest of it is passed over in the same buffers.
                ReadRecordResult::OutputFull => {
                    (record.length, record.cells, record.too_long) = (0, 0, true);
                }
                ReadRecordResult::OutputEndsFull => {
                    (record.length, record.cells, record.too_many) = (0, 0, true);
                }
            }
        }
    }

    /// Passes over empty lines, and over the line feed that a record's carriage return left behind.
    fn skip_line_ends(&mut self) -> Result<(), Faults> {
        loop {
            let chunk = fill(&mut self.source, &self.file)?;
            let count = chunk.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            self.line += chunk.iter().take(count).filter(|byte| **byte == b'\n').count() as u64;
            self.source.consume(count);
            if count == 0 {
                return Ok(());
            }
        }
    }

    /// Checks the header. A header that knows no column at all is most often a first row of patients, so that its
    /// words are not shown.
    fn header(&mut self) -> Result<(), Faults> {
        let line = self.record.line;
        let names: Vec<String> =
            self.record.cells().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
        let key = |name: &str| KEYS.iter().find(|key| key.column.eq_ignore_ascii_case(name));
        if self.record.is_unread() || !names.iter().any(|name| key(name).is_some()) {
            let fault = Diagnostic::error("no-header", "the first row names no column of a roster");
            let columns = KEYS.iter().map(|key| key.column).collect::<Vec<_>>().join("`, `");
            return Err(fault.at(self.place(line, "")).hint(format!("columns are `{columns}`")).into());
        }
        let mut sink = Sink::default();
        for (index, name) in names.iter().enumerate() {
            let earlier = names.iter().take(index).any(|other| other.eq_ignore_ascii_case(name));
            if earlier && !name.is_empty() {
                let fault = Diagnostic::error(
                    "duplicate-column",
                    format!("the column `{}` stands twice", shown(name)),
                );
                sink.push(fault.at(self.place(line, name)));
            } else if Column::named(name).is_none() {
                sink.push(self.unknown_column(line, name));
            }
        }
        for needed in
            NEEDED.iter().filter(|needed| !names.iter().any(|name| name.eq_ignore_ascii_case(needed)))
        {
            let fault = Diagnostic::error("missing-column", format!("the roster has no column `{needed}`"));
            sink.push(fault.at(self.place(line, "")));
        }
        let columns = names.iter().map(|name| {
            let column = Column::named(name).unwrap_or(Column::Added);
            (column.name(name).to_owned(), column)
        });
        self.columns = columns.collect();
        self.names = self.columns.iter().map(|(name, _)| name.as_str().into()).collect();
        sink.finish(Some(())).map(|_| ())
    }

    fn unknown_column(&self, line: u64, name: &str) -> Diagnostic {
        let message = match name {
            "" => "a column has no name".to_owned(),
            name => format!("unknown column `{}`", shown(name)),
        };
        let by_path = KEYS.iter().find(|key| key.path == name || key.flag == name);
        let hint = match by_path {
            Some(key) => format!("did you mean `{}`?", key.column),
            None => allowed(name, KEYS.iter().map(|key| key.column)),
        };
        Diagnostic::error("unknown-column", message).at(self.place(line, "")).hint(hint)
    }

    pub fn next_row(&mut self) -> Result<Option<Row>, Faults> {
        loop {
            if !self.next_record()? {
                return Ok(None);
            }
            let blank = self.record.cells().all(|cell| cell.iter().all(u8::is_ascii_whitespace));
            self.rows += 1;
            if !blank || self.record.is_unread() {
                return Ok(Some(self.row()));
            }
        }
    }

    fn row(&self) -> Row {
        let (number, line) = (self.rows, self.record.line);
        let wanted = self.columns.len();
        if self.record.is_unread() {
            let fault = match self.record.too_long {
                true => too_long().hint("is a quote not closed?"),
                false => wrong_count(format!("the row has more than {COLUMNS} cells")),
            };
            return broken(&self.file, number, line, vec![String::new(); self.columns().len()], fault);
        }
        let mut raw =
            RawRequest::new(Place { cell: Some((number, "regions".into())), ..self.place(line, "") });
        let mut given = Vec::with_capacity(wanted);
        for (((_, column), name), cell) in self.columns.iter().zip(&self.names).zip(self.record.cells()) {
            let place = Place { cell: Some((number, name.clone())), ..self.place(line, "") };
            let text = String::from_utf8_lossy(cell);
            match (column, std::str::from_utf8(cell)) {
                (Column::Added, _) => continue,
                (Column::Unread, _) if text.trim().is_empty() => {}
                (Column::Unread, _) => raw.faults.push(unread::fault().at(place)),
                (Column::Of(key), Ok(text)) => raw.set(key, text, place),
                (Column::Of(key), Err(_)) => {
                    let fault = Diagnostic::error("not-utf-8", "the cell is not UTF-8");
                    raw.faults.push(fault.at(place).hint("save the roster as UTF-8"));
                    raw.put_unread(key);
                }
            }
            given.push(text.into_owned());
        }
        if self.record.cells != wanted {
            let cells = self.record.cells;
            let message = format!("the row has {cells} cells, the header names {wanted} columns");
            raw.faults.push(wrong_count(message).at(row_place(&self.file, number, line)));
            // Cells may stand under the wrong columns, so that what they say means nothing.
            raw.broken = true;
            self.join_surplus(&mut given);
            given.resize(self.columns().len(), String::new());
        }
        Row { number, line, raw, given }
    }

    /// Cells beyond the last column go into it, so that whoever mends the row has all of its words.
    fn join_surplus(&self, given: &mut [String]) {
        let Some(last) = given.last_mut() else { return };
        for cell in self.record.cells().skip(self.columns.len()) {
            last.push(char::from(self.delimiter));
            last.push_str(&String::from_utf8_lossy(cell));
        }
    }

    fn place(&self, line: u64, column: &str) -> Place {
        let line = u32::try_from(line).unwrap_or(0);
        let cell = (!column.is_empty()).then(|| (0, Arc::from(column)));
        Place { line, cell, ..Place::file(self.file.clone()) }
    }
}

fn wrong_count(message: String) -> Diagnostic {
    let hint = "a cell that holds the sign between cells must stand in quotes";
    Diagnostic::error("wrong-cell-count", message).hint(hint)
}

/// Everything up to the end of the first line that holds something, without a byte order mark.
fn first_line<R: Read>(source: &mut BufReader<R>, file: &Arc<str>) -> Result<Vec<u8>, Faults> {
    let mut bytes = Vec::new();
    while bytes.len() < ROW && bytes.iter().all(u8::is_ascii_whitespace) {
        let room = (ROW - bytes.len()) as u64;
        let read = source.by_ref().take(room).read_until(b'\n', &mut bytes);
        if read.map_err(|error| unreadable(file, &error))? == 0 {
            break;
        }
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let fault =
            Diagnostic::error("not-utf-8", "the roster is UTF-16").at(Place::line(file.clone(), 1, 1));
        return Err(fault.hint("save it as UTF-8 (\"CSV UTF-8\")").into());
    }
    if bytes.starts_with("\u{feff}".as_bytes()) {
        bytes.drain(..3);
    }
    Ok(bytes)
}

/// The sign between cells: the one by which the header names the most columns.
fn delimiter(header: &[u8]) -> u8 {
    let header = String::from_utf8_lossy(header.trim_ascii());
    let known = |delimiter: &&u8| {
        let names = header
            .split(char::from(**delimiter))
            .map(|name| name.trim_matches([' ', '"']).to_ascii_lowercase());
        names.filter(|name| Key::of_column(name).is_some()).count()
    };
    // The last of equals is taken, and a roster of one column has no sign at all: the comma stands last.
    DELIMITERS.iter().max_by_key(known).copied().unwrap_or(b',')
}
