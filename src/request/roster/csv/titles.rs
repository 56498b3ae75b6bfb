//! Lines above the heading: what a list is called, and who printed it.

use super::header::{self, names};
use super::record::{Record, Records};
use super::{SIGNS, Source, first_line};
use crate::diagnostic::{Faults, Place};
use crate::request::roster::heading::{Header, Name, Names};
use crate::request::roster::{ROW, Reading};
use std::io::{BufRead, Read};
use std::sync::Arc;

/// Rows in which the heading is looked for.
pub const ABOVE: usize = 50;

/// The sign by which a line below the first is a heading, with the lines up to it. `None`: the first line is one, or none is.
pub fn sign<R: Read>(
    first: &mut Vec<u8>,
    source: &mut Source<R>,
    file: &Arc<str>,
    reading: &Reading,
) -> Result<Option<u8>, Faults> {
    if SIGNS.iter().any(|(sign, _)| of_line(first, *sign).is_heading(&reading.keys)) {
        return Ok(None);
    }
    for _ in 0..ABOVE {
        if first.len() >= ROW {
            break;
        }
        let line = first_line(source, file)?;
        if line.is_empty() {
            break;
        }
        let sign = SIGNS.iter().find(|(sign, _)| is_whole(&of_line(&line, *sign), reading));
        first.extend(line);
        if let Some((sign, _)) = sign {
            return Ok(Some(*sign));
        }
    }
    Ok(None)
}

/// The names in a line, as far as that is known before its quotes are.
pub fn of_line(line: &[u8], sign: u8) -> Names {
    let text = String::from_utf8_lossy(line.trim_ascii());
    let name = |name: &str| Name {
        text: name.trim_matches([' ', '"']).to_owned(),
        place: Place::default(),
        spot: String::new(),
    };
    Names::new(text.split(char::from(sign)).map(name).collect())
}

/// Whether names are a heading, with all that each row must fill: nothing else is looked for below a first line.
fn is_whole(names: &Names, reading: &Reading) -> bool {
    names.is_heading(&reading.keys)
        && reading
            .keys
            .needed()
            .iter()
            .all(|needed| names.0.iter().any(|name| name.is(&reading.keys, needed)))
}

pub fn is_heading(record: &Record, sign: u8, reading: &Reading) -> bool {
    names(record, sign, &Place::default()).0.is_heading(&reading.keys)
}

/// Reads on to a heading below the first row, if there is one.
pub fn heading_below<S: BufRead>(
    records: &mut Records<S>,
    sign: u8,
    file: &Arc<str>,
    reading: &Reading,
) -> Result<Option<Header>, Faults> {
    for _ in 0..ABOVE {
        if !records.next()? {
            break;
        }
        if is_whole(&names(&records.record, sign, &Place::default()).0, reading) {
            return header::header(&records.record, sign, file, &reading.keys, reading.naming).map(Some);
        }
    }
    Ok(None)
}
