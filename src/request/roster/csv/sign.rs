//! The sign between the cells of a list, told from its first lines.

use super::super::heading::{self, Name, Names};
use super::super::lines::line_ends;
use super::super::passed::ABOVE;
use super::super::{ROW, Reading, Source, unreadable};
use crate::diagnostic::{Faults, Place};
use crate::options::keys::Keys;
use std::io::{BufRead, Read};
use std::sync::Arc;

/// Signs between cells, with their names.
pub const SIGNS: [(u8, &str); 4] = [(b'|', "bar"), (b'\t', "tab"), (b';', "semicolon"), (b',', "comma")];

/// The start of a list.
pub struct Start {
    /// What was looked at to find the sign.
    pub bytes: Vec<u8>,
    pub sign: u8,
    /// Lines before these bytes.
    pub above: u64,
}

impl Start {
    /// Reads no more lines than it needs: a pipe is not waited on.
    pub fn read<R: Read>(
        source: &mut Source<R>,
        file: &Arc<str>,
        reading: &Reading,
    ) -> Result<Start, Faults> {
        let mut bytes = first_line(source, file)?;
        let named = named_sign(&bytes);
        let mut above = 0;
        if named.is_some() {
            above = line_ends(&bytes, &mut 0);
            bytes = first_line(source, file)?;
        }
        // A line `sep=` that somebody has left above a list with another sign is wrong.
        let is_right = |sign: &u8| best(&bytes, reading).0 < 2 || reading.known(&of_line(&bytes, *sign)) > 1;
        let sign = match named.filter(|sign| is_known(*sign) && is_right(sign)) {
            Some(sign) => sign,
            None => told(&mut bytes, source, file, reading)?,
        };
        Ok(Start { bytes, sign, above })
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }
}

/// The sign by which a line is a heading: the first line, or one below it that names all that is asked for. `bytes` grow by
/// the lines up to it.
fn told<R: Read>(
    bytes: &mut Vec<u8>,
    source: &mut Source<R>,
    file: &Arc<str>,
    reading: &Reading,
) -> Result<u8, Faults> {
    let own = sign(bytes, &reading.keys);
    if let Some(sign) = by(bytes, reading, |names| reading.is_whole_heading(names)) {
        return Ok(sign);
    }
    let mut most = best(bytes, reading);
    // More than one word of a title are no columns.
    if reading.map.is_none() && most.0 > 1 && reading.is_heading(&of_line(bytes, most.1)) {
        return Ok(most.1);
    }
    // Where a cell in quotes that is not closed begins: names may be broken over lines.
    let mut open = is_open(bytes).then_some(0);
    for _ in 0..ABOVE {
        let start = bytes.len();
        if start >= ROW {
            break;
        }
        let line = first_line(source, file)?;
        if line.is_empty() {
            break;
        }
        bytes.extend_from_slice(&line);
        let whole = bytes.get(open.unwrap_or(start)..).unwrap_or_default();
        for text in [&line, whole] {
            if let Some(sign) = by(text, reading, |names| reading.is_whole_heading(names)) {
                return Ok(sign);
            }
            let found = best(text, reading);
            most = if found.0 > most.0 { found } else { most };
        }
        open = match (open, is_open(&line)) {
            (None, true) => Some(start),
            (Some(_), true) => None,
            (open, false) => open,
        };
    }
    Ok(if reading.map.is_some() && most.0 > 0 { most.1 } else { own })
}

/// Whether a quote is left open.
fn is_open(line: &[u8]) -> bool {
    line.iter().filter(|byte| **byte == b'"').count() % 2 == 1
}

fn by(line: &[u8], reading: &Reading, is: impl Fn(&Names) -> bool) -> Option<u8> {
    let signs = SIGNS.iter().map(|(sign, _)| *sign).filter(|sign| is(&of_line(line, *sign)));
    signs.max_by_key(|sign| reading.known(&of_line(line, *sign)))
}

/// The sign by which most names are known, and how many.
fn best(line: &[u8], reading: &Reading) -> (usize, u8) {
    let all = SIGNS.iter().map(|(sign, _)| (reading.known(&of_line(line, *sign)), *sign));
    all.max_by_key(|(known, _)| *known).unwrap_or((0, b','))
}

/// How many columns a line names, by the sign by which most are known.
pub fn most_known(line: &[u8], reading: &Reading) -> usize {
    best(line, reading).0
}

/// The names in a line, as far as that is known before its quotes are.
fn of_line(line: &[u8], sign: u8) -> Names {
    let text = String::from_utf8_lossy(line.trim_ascii());
    let name = |name: &str| Name {
        text: name.trim_matches([' ', '"']).to_owned(),
        place: Place::default(),
        spot: String::new(),
    };
    Names::new(text.split(char::from(sign)).map(name).collect())
}

/// Everything up to the end of the first line that holds something.
pub fn first_line<R: Read>(source: &mut Source<R>, file: &Arc<str>) -> Result<Vec<u8>, Faults> {
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

fn is_known(sign: u8) -> bool {
    SIGNS.iter().any(|(known, _)| *known == sign)
}

/// The sign that a first line `sep=;` names, as some spreadsheets write it; it may be one that no roster has.
pub fn named_sign(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii_start();
    // Some programs write it in quotes.
    let line = match line.strip_prefix(b"\"") {
        Some(quoted) => quoted.trim_ascii_end().strip_suffix(b"\"")?,
        None => line,
    };
    let rest = line.get(..4).filter(|start| start.eq_ignore_ascii_case(b"sep=")).and(line.get(4..))?;
    let (sign, end) = rest.split_first()?;
    (end.trim_ascii().is_empty() && !sign.is_ascii_alphanumeric()).then_some(*sign)
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

pub fn sign_name(sign: u8) -> &'static str {
    SIGNS.iter().find(|(known, _)| *known == sign).map_or("comma", |(_, name)| name)
}
