//! How a roster's text is written down: UTF-8, with or without a byte order mark.

use super::{sheet, unreadable};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::limits::WORKBOOK;
use std::io::{Chain, Cursor, ErrorKind, Read};
use std::sync::Arc;

/// Bytes that are looked at, as far as they are there.
const HEAD: usize = 1 << 10;
/// Bytes by which an encoding is known. A pipe is not waited on for more: its rows come one by one.
const MARK: usize = 8;
/// How the files of office programs begin: compressed ones (also OpenDocument), and the older ones of Excel.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];

/// A source by what it begins with, whatever its name says.
pub enum Opened<R> {
    /// Without a byte order mark.
    Text(Chain<Cursor<Vec<u8>>, R>),
    /// All of it.
    Workbook(Vec<u8>),
}

/// # Errors
///
/// It cannot be read, is UTF-16, a workbook that is too long, or no text at all.
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
    // Programs that export "to Excel" write a web page and call it `.xls`.
    if head.trim_ascii_start().starts_with(b"<") {
        let fault = sheet::other_kind("a web page or an XML file with the name of a table");
        return Err(fault.at(Place::file(file.clone())).into());
    }
    if head.starts_with(b"%PDF-") || !is_utf_16(&head) && head.iter().any(|byte| is_no_text(*byte)) {
        let hint = "is it damaged, or of another kind? save the table as CSV UTF-8 once more";
        return fault("no-text", "this file holds no text", hint);
    }
    if is_utf_16(&head) {
        let fault = Diagnostic::error("not-utf-8", "the roster is no UTF-8 text: it looks like UTF-16");
        return Err(fault.at(Place::file(file.clone())).hint("save it as UTF-8 (\"CSV UTF-8\")").into());
    }
    if head.starts_with("\u{feff}".as_bytes()) {
        head.drain(..3);
    }
    Ok(Opened::Text(Cursor::new(head).chain(source)))
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

/// A text in UTF-16 has a mark, or an empty byte beside each plain letter.
fn is_utf_16(head: &[u8]) -> bool {
    let marked = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let start = head.get(..MARK).unwrap_or(head);
    let empty = |odd: usize| start.iter().skip(odd).step_by(2).all(|byte| *byte == 0);
    marked || start.len() > 1 && (empty(0) != empty(1))
}

/// Controls that stand in no text; a file of a disk that lost its power is full of the first.
fn is_no_text(byte: u8) -> bool {
    matches!(byte, 0..=6 | 0x0e..=0x1a | 0x1c..=0x1f)
}
