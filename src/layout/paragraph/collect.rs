//! Collecting: inlines become one text with the looks of its parts.

use super::{ParagraphStyle, Span, Tongue};
use crate::brand::Colour;
use crate::document::{Inline, plain_text};
use crate::locale::{Direction, Language, numbers};
use crate::text::{FontSet, Weight, is_collapsible, is_isolate, is_joiner, is_no_break, is_undrawn};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// A paragraph's text as it prints: white space collapsed, no-break spaces made plain, marks that are never drawn
/// taken out; and what those said about breaking.
pub(super) struct Collected<'a> {
    fonts: &'a FontSet,
    pub(super) text: String,
    /// In order; each goes on from the end of the one before.
    pub(super) looks: Vec<LookRun<'a>>,
    /// Bytes before which a line must end. The text before it ends in a space.
    pub(super) forced: Vec<usize>,
    /// Where a zero-width space allowed a break.
    pub(super) allowed: Vec<usize>,
    /// Where a no-break space or hyphen or a word joiner forbade one.
    pub(super) glued: Vec<usize>,
    pub(super) spans: Vec<Span>,
    /// Marks of isolates, and the bytes before which they stood.
    pub(super) isolates: Vec<(usize, char)>,
    /// Which way its lines run.
    pub(super) direction: Direction,
    /// Words that stay with the number before them.
    pub(super) units: &'a [Box<str>],
    /// The size of the language's own letters, times that of the type.
    pub(super) letter_size: f32,
}

/// Marks around an isolate (UAX #9, 2.4).
const LEFT_TO_RIGHT: char = '\u{2066}';
const FIRST_STRONG: char = '\u{2068}';
const END_OF_ISOLATE: char = '\u{2069}';

pub(super) struct LookRun<'a> {
    pub(super) end: usize,
    pub(super) look: Look<'a>,
}

/// How a part of the text looks and what it belongs to.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Look<'a> {
    pub(super) weight: Weight,
    pub(super) italic: bool,
    pub(super) colour: Colour,
    pub(super) span: Option<u16>,
    pub(super) language: Option<&'a Language>,
}

pub(super) fn collect<'a>(
    fonts: &'a FontSet,
    text: &'a [Inline],
    style: &ParagraphStyle,
    tongue: &'a Tongue,
) -> Collected<'a> {
    let length = text.iter().map(|inline| if let Inline::Text(text) = inline { text.len() } else { 0 }).sum();
    let mut collected = Collected {
        fonts,
        text: String::with_capacity(length),
        looks: Vec::with_capacity(text.len()),
        forced: Vec::new(),
        allowed: Vec::new(),
        glued: Vec::new(),
        spans: Vec::new(),
        isolates: Vec::new(),
        direction: tongue.direction,
        units: &tongue.units,
        letter_size: tongue.letters.size,
    };
    let language = tongue.language.as_ref();
    let look = Look { weight: style.weight, italic: false, colour: style.colour, span: None, language };
    collected.add_all(text, style, look);
    collected.trim_end();
    collected.isolate_numbers();
    collected
}

impl<'a> Collected<'a> {
    fn add_all(&mut self, text: &'a [Inline], style: &ParagraphStyle, look: Look<'a>) {
        for inline in text {
            match inline {
                Inline::Text(characters) => self.add_characters(characters, look),
                Inline::Strong(inner) => {
                    self.add_all(inner, style, Look { weight: style.strong.max(look.weight), ..look });
                }
                Inline::Emphasis(inner) => self.add_all(inner, style, Look { italic: true, ..look }),
                Inline::Link { url, text: inner } => {
                    let contents = plain_text(inner);
                    let span = self.add_span(Span::Link { url: url.clone(), contents });
                    let look = Look { colour: style.link, span, ..look };
                    self.isolated(|collected| collected.add_all(inner, style, look));
                }
                Inline::Foreign { language, text: inner } => {
                    // Inside a link the link keeps its words: a run belongs to one element.
                    let span = look.span.filter(|span| self.is_link(*span));
                    let span = span.or_else(|| self.add_span(Span::Foreign(language.clone())));
                    let look = Look { span, language: Some(language), ..look };
                    self.isolated(|collected| collected.add_all(inner, style, look));
                }
                Inline::Break => self.break_line(look),
            }
        }
    }

    /// What stands in text that runs from right to left with a direction of its own: that of its first letter.
    fn isolated(&mut self, add: impl FnOnce(&mut Self)) {
        let apart = self.direction.is_right_to_left();
        self.isolates.extend(apart.then_some((self.text.len(), FIRST_STRONG)));
        add(self);
        self.isolates.extend(apart.then_some((self.text.len(), END_OF_ISOLATE)));
    }

    /// Clock times, ranges, phone numbers and codes in text that runs from right to left.
    fn isolate_numbers(&mut self) {
        if !self.direction.is_right_to_left() {
            return;
        }
        let crossed =
            |range: &Range<usize>| self.isolates.iter().any(|(at, _)| range.start < *at && *at < range.end);
        let found: Vec<Range<usize>> =
            numbers(&self.text).into_iter().filter(|range| !crossed(range)).collect();
        // At one byte an isolate ends before what stood there, and begins behind it.
        let own = std::mem::take(&mut self.isolates).into_iter().map(|(at, mark)| (at, 1, mark));
        let marks = found
            .into_iter()
            .flat_map(|range| [(range.start, 2, LEFT_TO_RIGHT), (range.end, 0, END_OF_ISOLATE)]);
        let mut all: Vec<(usize, u8, char)> = own.chain(marks).collect();
        all.sort_by_key(|(at, order, _)| (*at, *order));
        self.isolates = all.into_iter().map(|(at, _, mark)| (at, mark)).collect();
    }

    fn add_span(&mut self, span: Span) -> Option<u16> {
        let index = u16::try_from(self.spans.len()).ok()?;
        self.spans.push(span);
        Some(index)
    }

    fn is_link(&self, span: u16) -> bool {
        matches!(self.spans.get(usize::from(span)), Some(Span::Link { .. }))
    }

    fn add_characters(&mut self, characters: &str, look: Look<'a>) {
        for character in characters.chars() {
            match character {
                '!'..='~' => {
                    self.text.push(character);
                    continue;
                }
                '\u{200b}' => self.allowed.push(self.text.len()),
                '\u{2060}' | '\u{feff}' => self.glued.push(self.text.len()),
                _ if is_collapsible(character) => {
                    if !self.at_line_start() && !self.ends_in_plain_space() {
                        self.text.push(' ');
                    }
                }
                _ if is_joiner(character) && self.is_shaped_by_joiners() => self.text.push(character),
                _ if is_isolate(character) => self.isolates.push((self.text.len(), character)),
                _ if is_undrawn(character) => {}
                _ => self.text.push(self.fonts.printed(character)),
            }
            if is_no_break(character) {
                self.glued.push(self.text.len());
            }
        }
        self.close(look);
    }

    /// Whether the last letter is of a script whose letters join.
    fn is_shaped_by_joiners(&self) -> bool {
        let last = self.text.chars().next_back();
        last.is_some_and(|last| last >= '\u{590}' && (last.is_alphabetic() || is_combining_mark(last)))
    }

    fn at_line_start(&self) -> bool {
        self.text.len() == self.forced.last().copied().unwrap_or(0)
    }

    fn ends_in_plain_space(&self) -> bool {
        self.text.ends_with(' ') && self.glued.last() != Some(&self.text.len())
    }

    fn break_line(&mut self, look: Look<'a>) {
        // The space keeps the words of the two lines apart in copied text.
        if self.at_line_start() || !self.text.ends_with(' ') {
            self.text.push(' ');
            self.close(look);
        }
        self.forced.push(self.text.len());
    }

    /// Gives the text added since the last run its look.
    fn close(&mut self, look: Look<'a>) {
        let end = self.text.len();
        if end == self.looks.last().map_or(0, |last| last.end) {
            return;
        }
        match self.looks.last_mut() {
            Some(last) if last.look == look => last.end = end,
            _ => self.looks.push(LookRun { end, look }),
        }
    }

    fn trim_end(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        let end = self.text.len();
        self.forced.retain(|at| *at < end);
        self.isolates.iter_mut().for_each(|(at, _)| *at = end.min(*at));
        while self.looks.len() > 1 && self.looks[self.looks.len() - 2].end >= end {
            self.looks.pop();
        }
        if let Some(last) = self.looks.last_mut() {
            last.end = end;
        }
    }
}
