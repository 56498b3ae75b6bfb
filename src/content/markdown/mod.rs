//! An author's Markdown → blocks and inlines.
//!
//! What a handout cannot show the same way on paper and on screen (raw HTML, code, rules, quotes, footnotes) is a
//! fault with its line, not a silent loss. Quotes, dashes and dots become typographic ones on the way.

mod blocks;
mod inlines;
mod lists;
mod pairs;

use crate::diagnostic::{Diagnostic, Faults, Hint, Place, Sink};
use crate::document::{Block, Inline, Picture, Text};
use crate::letter::is_letter_or_digit;
use crate::limits::BLOCKS;
use pulldown_cmark::{Event, OffsetIter, Options, Parser};
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;

/// Lists inside lists, callouts and each other, at most.
pub const DEPTH: usize = 4;
/// Marks inside each other within a line (strong, emphasis, links), at most.
pub const MARKS: usize = 4;

/// Faults of one text that are kept: finding a place takes time in proportion to the text.
const FAULTS: usize = 200;

/// Pictures by id, for figures.
pub type Pictures = BTreeMap<String, Arc<Picture>>;

/// The blocks of a section's text. `place` is where its first character stands.
///
/// Errors: all of them, each with its line; see the module.
pub fn parse(text: &str, place: &Place, pictures: &Pictures) -> Result<Vec<Block>, Faults> {
    let mut reader = Reader::new(text, place, pictures);
    let pieces = reader.blocks(0);
    let blocks = reader.pair(pieces);
    reader.finish(blocks)
}

/// The inlines of one line of text: a title, a word, a sign. Blank text is no inlines.
///
/// Errors: as [`parse`], and anything but one paragraph.
pub fn parse_inline(text: &str, place: &Place) -> Result<Text, Faults> {
    let text = text.trim();
    if is_plain(text) {
        return Ok(if text.is_empty() { Text::new() } else { vec![Inline::Text(text.to_owned())] });
    }
    let pictures = Pictures::new();
    let mut reader = Reader::new(text, place, &pictures);
    let mut pieces = reader.blocks(0).into_iter();
    let text = match (pieces.next().map(|piece| piece.block), pieces.next()) {
        (Some(Block::Paragraph(text)), None) => text,
        (None, _) => Text::new(),
        (Some(_), _) => {
            let hint = "text that starts with `#`, `-` or `1.` needs a `\\` before it";
            reader.fault(0, "not-one-line", "one line of text is wanted here", Some(hint.into()));
            Text::new()
        }
    };
    reader.finish(text)
}

/// Whether a text stands for itself, whatever Markdown could make of it. Most words and signs do, and there are a
/// hundred of them in a handout.
fn is_plain(text: &str) -> bool {
    let stands = |character: char| {
        is_letter_or_digit(character) || matches!(character, ' ' | ',' | '.' | '?' | ';' | '\u{a0}')
    };
    text.chars().all(stands)
        && !text.starts_with(|first: char| first.is_ascii_digit())
        && !text.contains("..")
        || text.is_empty()
}

/// A block and where it starts, in bytes of the text.
struct Piece {
    block: Block,
    mark: Option<Mark>,
    at: usize,
}

/// What a heading's class says: one half of a do/don't pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Do,
    Dont,
}

struct Reader<'t> {
    events: Peekable<OffsetIter<'t>>,
    text: &'t str,
    place: &'t Place,
    pictures: &'t Pictures,
    /// The level of the last heading; a section's title is level 2.
    level: u8,
    /// Marks that are open within a line.
    marks: usize,
    /// Blocks so far, and where the first one beyond [`BLOCKS`] starts.
    count: usize,
    beyond: usize,
    sink: Sink,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, place: &'t Place, pictures: &'t Pictures) -> Reader<'t> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_GFM
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_SMART_PUNCTUATION;
        let events = Parser::new_ext(text, options).into_offset_iter().peekable();
        Reader {
            events,
            text,
            place,
            pictures,
            level: 2,
            marks: 0,
            count: 0,
            beyond: 0,
            sink: Sink::default(),
        }
    }

    fn finish<T>(mut self, value: T) -> Result<T, Faults> {
        if self.count > BLOCKS.most {
            self.push(self.beyond, BLOCKS.fault("the text", self.count));
        }
        self.sink.finish(Some(value)).map(|report| report.value)
    }

    fn next(&mut self) -> Option<(Event<'t>, Range<usize>)> {
        self.events.next()
    }

    /// Passes over everything up to the end of the element whose start was just read.
    fn skip(&mut self) {
        let mut open = 1usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }

    fn fault(&mut self, at: usize, code: &'static str, message: impl Into<String>, hint: Option<Hint>) {
        let mut fault = Diagnostic::error(code, message);
        fault.hints.extend(hint);
        self.push(at, fault);
    }

    fn push(&mut self, at: usize, fault: Diagnostic) {
        if self.sink.len() < FAULTS {
            self.sink.push(fault.at(self.at(at)));
        }
    }

    /// A block that starts here.
    fn count(&mut self, at: usize) {
        self.count += 1;
        if self.count == BLOCKS.most + 1 {
            self.beyond = at;
        }
    }

    /// The place of a byte of the text.
    fn at(&self, at: usize) -> Place {
        let before = self.text.get(..at).unwrap_or(self.text);
        let newlines = u32::try_from(before.matches('\n').count()).unwrap_or(0);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        let column = u32::try_from(column).unwrap_or(0) + 1;
        let first_column = if newlines == 0 { self.place.column.max(1) - 1 } else { 0 };
        let excerpt = self.place.excerpt.clone().filter(|_| newlines == 0);
        if self.place.line == 0 {
            return self.place.clone();
        }
        Place {
            line: self.place.line + newlines,
            column: column + first_column,
            length: 0,
            excerpt,
            ..self.place.clone()
        }
    }
}
