//! Lines of a source, none of which is held beyond a row's length.

use super::{ROW, unreadable};
use crate::diagnostic::Faults;
use std::io::{BufRead, ErrorKind};
use std::sync::Arc;

/// What comes next of a source; empty at its end.
pub fn fill<'s>(source: &'s mut impl BufRead, file: &Arc<str>) -> Result<&'s [u8], Faults> {
    while let Err(error) = source.fill_buf() {
        if error.kind() != ErrorKind::Interrupted {
            return Err(unreadable(file, &error));
        }
    }
    source.fill_buf().map_err(|error| unreadable(file, &error))
}

/// How many lines end in some bytes: by a line feed, a carriage return, or both. `before`: the byte in front of them, then their last.
pub fn line_ends(bytes: &[u8], before: &mut u8) -> u64 {
    let mut ends = 0;
    for byte in bytes {
        ends += u64::from(*byte == b'\r' || *byte == b'\n' && *before != b'\r');
        *before = *byte;
    }
    ends
}

/// Passes over space; how many lines end in it.
pub fn skip_space(source: &mut impl BufRead, file: &Arc<str>) -> Result<u64, Faults> {
    let mut lines = 0;
    loop {
        let chunk = fill(source, file)?;
        let count = chunk.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        lines += chunk.iter().take(count).filter(|byte| **byte == b'\n').count() as u64;
        source.consume(count);
        if count == 0 {
            return Ok(lines);
        }
    }
}

/// A line without its end.
pub struct Line {
    /// From 1.
    pub number: u64,
    /// The first [`ROW`] bytes of it.
    pub bytes: Vec<u8>,
    pub too_long: bool,
}

pub struct Lines<S> {
    source: S,
    file: Arc<str>,
    number: u64,
}

impl<S: BufRead> Lines<S> {
    pub fn new(source: S, file: Arc<str>) -> Lines<S> {
        Lines::below(0, source, file)
    }

    /// Lines of a source whose first so many lines were read.
    pub fn below(above: u64, source: S, file: Arc<str>) -> Lines<S> {
        Lines { source, file, number: above }
    }

    /// The next line.
    pub fn next_line(&mut self) -> Result<Option<Line>, Faults> {
        let mut line = Line { number: self.number + 1, bytes: Vec::new(), too_long: false };
        let mut read_any = false;
        loop {
            let chunk = fill(&mut self.source, &self.file)?;
            if chunk.is_empty() {
                break;
            }
            read_any = true;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            let room = ROW - line.bytes.len();
            line.too_long |= part.len() > room;
            line.bytes.extend_from_slice(part.get(..room.min(part.len())).unwrap_or_default());
            let used = part.len() + usize::from(end.is_some());
            self.source.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !read_any {
            return Ok(None);
        }
        if line.bytes.last() == Some(&b'\r') {
            line.bytes.pop();
        }
        self.number += 1;
        Ok(Some(line))
    }
}
