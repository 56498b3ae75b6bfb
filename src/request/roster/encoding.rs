//! How a roster's text is written down: UTF-8 or UTF-16, with or without a byte order mark; or it is a workbook.

use super::{sheet, unreadable};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::limits::WORKBOOK;
use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE};
use std::io::{self, Chain, Cursor, ErrorKind, Read};
use std::sync::Arc;

/// Bytes that are looked at, as far as they are there.
const HEAD: usize = 1 << 10;
/// Bytes by which an encoding is known. A pipe is not waited on for more: its rows come one by one.
const MARK: usize = 8;
/// In a list of two bytes a letter at least one byte of so many is empty.
const RARELY: usize = 32;
/// How the files of office programs begin: compressed ones (also OpenDocument), and the older ones of Excel.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];

/// How a Parquet file begins. Its table of contents stands at its end, and no program writes one of a length that would be held
/// as a whole.
pub const PARQUET: &[u8] = b"PAR1";
/// What to do about one that comes where it cannot be read.
const AS_TABLE: &str = if cfg!(feature = "parquet") {
    "give `aftercare batch` the file itself, by its name; or save the table as CSV UTF-8"
} else {
    "a program built with `--features parquet` reads it with `aftercare batch`; or save the table as CSV UTF-8"
};
/// How a calendar file begins.
const CALENDAR: &[u8] = b"BEGIN:VCALENDAR";

/// A source by what it begins with, whatever its name says.
pub enum Opened<R> {
    /// Without a byte order mark, in UTF-8 as far as it is not plainly something else. Whether it had a mark.
    Text(Text<R>, bool),
    /// All of it.
    Workbook(Vec<u8>),
}

/// # Errors
///
/// It cannot be read, is a workbook that is too long, or no text at all.
pub fn checked<R: Read>(mut source: R, file: &Arc<str>) -> Result<Opened<R>, Faults> {
    let mut head = vec![0; HEAD];
    let mut length = 0;
    while length < MARK {
        match source.read(head.get_mut(length..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(file, &error)),
        }
    }
    head.truncate(length);
    let fault = |code, message: &str, hint: &str| {
        Err(Diagnostic::error(code, message).at(Place::file(file.clone())).hint(hint).into())
    };
    if WORKBOOKS.iter().any(|start| head.starts_with(start)) {
        return workbook(head, source, file).map(Opened::Workbook);
    }
    if head.starts_with(PARQUET) {
        return fault("parquet", "this is a Parquet file", AS_TABLE);
    }
    // Programs that export "to Excel" write a web page and call it `.xls`.
    if head.trim_ascii_start().starts_with(b"<") {
        let fault = sheet::other_kind("a web page or an XML file with the name of a table");
        return Err(fault.at(Place::file(file.clone())).into());
    }
    if head.get(..CALENDAR.len()).is_some_and(|start| start.eq_ignore_ascii_case(CALENDAR)) {
        let hint = "take the list of that day from where the calendar was, as CSV";
        return fault("calendar", "this is a calendar, and no table", hint);
    }
    if head.starts_with(b"%PDF-") || !is_utf_16(&head) && head.iter().any(|byte| is_no_text(*byte)) {
        let hint = "is it damaged, or of another kind? save the table as CSV UTF-8 once more";
        return fault("no-text", "this file holds no text", hint);
    }
    if is_utf_16(&head) {
        let text = Transcoded::new(wide(&head), Cursor::new(head).chain(source));
        return Ok(Opened::Text(Text::Wide(Box::new(text)), true));
    }
    let is_marked = head.starts_with("\u{feff}".as_bytes());
    if is_marked {
        head.drain(..3);
    }
    Ok(Opened::Text(Text::Plain(Cursor::new(head).chain(source)), is_marked))
}

type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

pub enum Text<R> {
    Plain(Whole<R>),
    Wide(Box<Transcoded<Whole<R>>>),
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Text::Plain(text) => text.read(bytes),
            Text::Wide(text) => text.read(bytes),
        }
    }
}

/// Which UTF-16 it is: a plain letter's empty byte comes second in the one that most programs write.
fn wide(head: &[u8]) -> &'static Encoding {
    let is_big = match head {
        [0xfe, 0xff, ..] => true,
        [0xff, 0xfe, ..] => false,
        _ => empty(head, 0) > empty(head, 1),
    };
    if is_big { UTF_16BE } else { UTF_16LE }
}

/// How many bytes of every other one are empty.
fn empty(head: &[u8], from: usize) -> usize {
    head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count()
}

/// UTF-16 as UTF-8.
pub struct Transcoded<R> {
    source: R,
    decoder: Decoder,
    /// Bytes that were read and not decoded, up to `filled`.
    raw: Vec<u8>,
    filled: usize,
    text: Vec<u8>,
    /// How much of the text was given.
    given: usize,
    is_ended: bool,
}

impl<R: Read> Transcoded<R> {
    fn new(encoding: &'static Encoding, source: R) -> Transcoded<R> {
        let decoder = encoding.new_decoder_with_bom_removal();
        let (raw, text) = (vec![0; 8 << 10], Vec::new());
        Transcoded { source, decoder, raw, filled: 0, text, given: 0, is_ended: false }
    }

    fn more(&mut self) -> io::Result<()> {
        let room = self.raw.get_mut(self.filled..).unwrap_or_default();
        let read = self.source.read(room)?;
        self.is_ended = read == 0;
        self.filled += read;
        let raw = self.raw.get(..self.filled).unwrap_or_default();
        self.text.resize(self.decoder.max_utf8_buffer_length(raw.len()).unwrap_or(0), 0);
        let (_, taken, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, self.is_ended);
        self.text.truncate(written);
        self.given = 0;
        self.raw.copy_within(taken..self.filled, 0);
        self.filled -= taken;
        Ok(())
    }
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.is_ended {
            self.more()?;
        }
        let rest = self.text.get(self.given..).unwrap_or_default();
        let count = rest.len().min(bytes.len());
        bytes.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        self.given += count;
        Ok(count)
    }
}

/// A workbook is read as a whole: its table of contents stands at its end.
fn workbook<R: Read>(mut bytes: Vec<u8>, source: R, file: &Arc<str>) -> Result<Vec<u8>, Faults> {
    let room = (WORKBOOK + 1).saturating_sub(bytes.len()) as u64;
    source.take(room).read_to_end(&mut bytes).map_err(|error| unreadable(file, &error))?;
    match bytes.len() > WORKBOOK {
        true => Err(sheet::too_long_a_file().at(Place::file(file.clone())).into()),
        false => Ok(bytes),
    }
}

/// A text in UTF-16 has a mark, or an empty byte beside plain letters, and none where their own bytes stand. Names of other
/// alphabets may come first.
fn is_utf_16(head: &[u8]) -> bool {
    // In UTF-32, which begins alike, no table is written.
    if head.starts_with(&[0xff, 0xfe, 0, 0]) {
        return false;
    }
    let marked = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let start = head.get(..MARK).unwrap_or(head);
    let is_plain =
        |from: usize| start.len() > 1 && empty(start, from) == start.len().saturating_sub(from).div_ceil(2);
    let is_text = |end: usize| {
        let text = head
            .get(..end)
            .and_then(|part| wide(head).decode_without_bom_handling_and_without_replacement(part));
        text.is_some_and(|text| !text.chars().any(|sign| u8::try_from(sign).is_ok_and(is_no_text)))
    };
    // A letter of two parts may be cut at the end of what was read. What parts cells and lines is plain in every list; a stray byte
    // of a broken file is not that often.
    let (first, second) = (empty(head, 0), empty(head, 1));
    let is_often = first + second > 1 && (first + second) * RARELY >= head.len();
    let (even, has_one_kind) = (head.len() & !1, is_often && (first == 0) != (second == 0));
    marked || is_plain(0) != is_plain(1) || has_one_kind && (is_text(even) || is_text(even.saturating_sub(2)))
}

/// Controls that stand in no text; a file of a disk that lost its power is full of the first.
fn is_no_text(byte: u8) -> bool {
    matches!(byte, 0..=6 | 0x0e..=0x1a | 0x1c..=0x1f)
}
