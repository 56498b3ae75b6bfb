//! Text as its author wrote it, and where every character of it stands.

use crate::diagnostic::Place;
use std::sync::Arc;

/// Text as its author wrote it (Tera over Markdown) and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub text: Arc<str>,
    /// File, and the line and column of the text's first character.
    pub place: Place,
    /// Where parts of the text stand in the file, ordered by offset. YAML unfolds, unquotes and unindents, so
    /// that its text's second line need not stand below the first. Empty: each line of the text is one line of
    /// the file, and all but the first start in column 1.
    pub spots: Arc<[Spot]>,
    /// The whole file, for the line that a message shows. Empty when it is not at hand.
    pub file_text: Arc<str>,
}

/// From this offset on, the text's characters stand in the file one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// In bytes of the text.
    pub offset: usize,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

impl Source {
    /// Text that stands in its file as it is.
    pub fn new(text: impl Into<Arc<str>>, place: Place) -> Source {
        Source { text: text.into(), place, spots: Arc::new([]), file_text: Arc::from("") }
    }

    /// The place in the file of `length` characters from a byte offset of the text on. An offset inside a
    /// character or beyond the end gives the nearest place before it.
    pub fn at(&self, offset: usize, length: u32) -> Place {
        let Spot { line, column, .. } = self.spot(offset);
        if self.place.line == 0 {
            return self.place.clone();
        }
        let excerpt = self.line_of_file(line);
        Place { line, column, length, excerpt, ..self.place.clone() }
    }

    fn spot(&self, offset: usize) -> Spot {
        let offset = floor_char_boundary(&self.text, offset);
        let start = Spot { offset: 0, line: self.place.line, column: self.place.column };
        let spot = self.spots.iter().rev().find(|spot| spot.offset <= offset).copied().unwrap_or(start);
        let between = self.text.get(spot.offset..offset).unwrap_or("");
        let (line, column) = match between.rsplit_once('\n') {
            None => (spot.line, advance(spot.column, between)),
            Some((before, last)) => (spot.line + 1 + newlines(before), advance(1, last)),
        };
        Spot { offset, line, column }
    }

    /// How often a template's value stands in the text.
    pub fn tags_of(&self, name: &str) -> usize {
        values(&self.text).filter(|(_, found)| *found == name).count()
    }

    /// The same text with a value filled in. What stands behind it is still found in the file.
    pub fn filled(&self, name: &str, with: &str) -> Source {
        let Some((range, _)) = values(&self.text).find(|(_, found)| *found == name) else {
            return self.clone();
        };
        let behind = self.spot(range.end);
        let (end, length) = (range.start + with.len(), range.len());
        let mut text = self.text.to_string();
        text.replace_range(range.clone(), with);
        let start = Spot { offset: 0, line: self.place.line, column: self.place.column };
        let own = if self.spots.is_empty() { &[start][..] } else { &self.spots };
        let before = own.iter().filter(|spot| spot.offset <= range.start).copied();
        let after = own.iter().filter(|spot| spot.offset > range.end);
        let after = after.map(|spot| Spot { offset: spot.offset + end - range.start - length, ..*spot });
        let here = Spot { offset: end, line: behind.line, column: behind.column };
        let spots = before.chain([here]).chain(after).collect();
        Source { text: text.into(), spots, ..self.clone() }
    }

    fn line_of_file(&self, line: u32) -> Option<Arc<str>> {
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        match self.file_text.lines().nth(index) {
            Some(text) => Some(Arc::from(text)),
            None => self.place.excerpt.clone().filter(|_| line == self.place.line),
        }
    }
}

/// A column of 0 (unknown) stays unknown.
fn advance(column: u32, over: &str) -> u32 {
    if column == 0 { 0 } else { column + u32::try_from(over.chars().count()).unwrap_or(0) }
}

fn newlines(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(0)
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The values of a template that are a name alone, with the bytes that they take.
fn values(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, &str)> {
    text.match_indices("{{").filter_map(move |(at, open)| {
        let inner = &text[at + open.len()..];
        let end = inner.find("}}")?;
        Some((at..at + open.len() + end + 2, inner[..end].trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_markdown_body_counts_lines_from_its_own_first_line() {
        let source = Source::new("one\ntwö {{ x }}", Place::line("rest.md", 11, 1));
        let place = source.at("one\ntwö {{ ".len(), 1);
        assert_eq!((place.line, place.column), (12, 8));
    }

    #[test]
    fn folded_yaml_finds_the_line_that_its_author_sees() {
        let file = "a: >-\n    one\n    two\n";
        let spots = [Spot { offset: 0, line: 2, column: 5 }, Spot { offset: 4, line: 3, column: 5 }];
        let mut source = Source::new("one two", Place::line("faq.yaml", 2, 5));
        source.spots = Arc::new(spots);
        source.file_text = Arc::from(file);
        let place = source.at(5, 2);
        assert_eq!((place.line, place.column, place.length), (3, 6, 2));
        assert_eq!(place.excerpt.as_deref(), Some("    two"));
    }

    #[test]
    fn an_offset_beyond_the_end_is_the_end() {
        assert_eq!(Source::new("ab", Place::line("f", 1, 1)).at(99, 0).column, 3);
    }
}
