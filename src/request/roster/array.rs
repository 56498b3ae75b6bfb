//! A JSON array, read element by element, none of which is held beyond a row's length.

use super::ROW;
use super::lines::{Line, fill};
use crate::diagnostic::{Diagnostic, Faults, Place};
use std::io::BufRead;
use std::sync::Arc;

/// Elements of an array whose `[` has been read.
pub struct Elements<S> {
    source: S,
    file: Arc<str>,
    /// The line that is reached, from 1.
    line: u64,
    ended: bool,
}

/// Where a byte stands in an element.
#[derive(Default)]
struct Nesting {
    depth: u64,
    quoted: bool,
    escaped: bool,
}

impl Nesting {
    fn is_outside(&self) -> bool {
        self.depth == 0 && !self.quoted
    }

    fn pass(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.quoted => self.escaped = true,
            b'"' => self.quoted = !self.quoted,
            _ if self.quoted => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

impl<S: BufRead> Elements<S> {
    /// `line`: that of the `[`.
    pub fn new(source: S, file: Arc<str>, line: u64) -> Elements<S> {
        Elements { source, file, line, ended: false }
    }

    /// The text of the next element, which may run over several lines of the file.
    ///
    /// # Errors
    ///
    /// The source cannot be read; the array is not closed, or something stands behind its end.
    pub fn next_element(&mut self) -> Result<Option<Line>, Faults> {
        if self.ended {
            return Ok(None);
        }
        self.pass_over(b",")?;
        match self.peek()? {
            None => return Err(self.fault("the list is not closed: is the file cut off?", "end it with `]`")),
            Some(b']') => {
                self.ended = true;
                self.take();
                self.pass_over(b"")?;
                return match self.peek()? {
                    None => Ok(None),
                    Some(_) => Err(self.fault("something stands behind the end of the list", "take it out")),
                };
            }
            Some(_) => {}
        }
        let mut element = Line { number: self.line, bytes: Vec::new(), too_long: false };
        let mut nesting = Nesting::default();
        while let Some(byte) = self.peek()? {
            if nesting.is_outside() && matches!(byte, b',' | b']') {
                break;
            }
            nesting.pass(byte);
            element.too_long |= element.bytes.len() == ROW;
            if !element.too_long {
                element.bytes.push(byte);
            }
            self.take();
        }
        Ok(Some(element))
    }

    fn peek(&mut self) -> Result<Option<u8>, Faults> {
        Ok(fill(&mut self.source, &self.file)?.first().copied())
    }

    /// Passes over the byte that was looked at.
    fn take(&mut self) {
        let feed = self.source.fill_buf().is_ok_and(|chunk| chunk.first() == Some(&b'\n'));
        self.line += u64::from(feed);
        self.source.consume(1);
    }

    fn pass_over(&mut self, more: &[u8]) -> Result<(), Faults> {
        while self.peek()?.is_some_and(|byte| byte.is_ascii_whitespace() || more.contains(&byte)) {
            self.take();
        }
        Ok(())
    }

    fn fault(&self, message: &str, hint: &str) -> Faults {
        let place = Place::line(self.file.clone(), u32::try_from(self.line).unwrap_or(0), 0);
        Diagnostic::error("not-json", message).at(place).hint(hint).into()
    }
}
