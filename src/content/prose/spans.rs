//! Numbers with a unit of time, as digits or in words: "24 to 48 hours", "two days".

use super::ProseWords;
use super::letters::{gap, longest, starts};
use super::numbers::number_at;
use crate::content::phrases::word_starts;

/// A span that a text writes out.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// In bytes.
    pub at: usize,
    pub length: usize,
    /// Its ends, in minutes.
    pub minutes: Vec<u32>,
}

impl Span {
    pub fn end(&self) -> usize {
        self.at + self.length
    }

    pub fn covers(&self, at: usize) -> bool {
        (self.at..self.end()).contains(&at)
    }
}

/// Bytes of a number in brackets, at most.
const BRACKETS: usize = 40;
/// At most so many numbers of one span.
const ENDS: usize = 4;

/// Where words and numbers of a text begin: found once, for all languages that it is read in.
pub struct Begins {
    words: Vec<usize>,
    numbers: Vec<usize>,
}

impl Begins {
    pub fn of(text: &str) -> Begins {
        Begins { words: word_starts(text).collect(), numbers: starts(text).collect() }
    }
}

pub fn spans(text: &str, words: &ProseWords) -> Vec<Span> {
    spans_where(text, words, &Begins::of(text))
}

/// The same in a text that was looked through.
pub fn spans_where(text: &str, words: &ProseWords, begins: &Begins) -> Vec<Span> {
    let word_starts = || begins.words.iter().copied();
    let idioms = words.idioms.said_where(text, word_starts());
    let idioms: Vec<(usize, usize)> = idioms.map(|((), at, length)| (at, at + length)).collect();
    let is_idiom = |at: usize| idioms.iter().any(|(from, to)| (*from..*to).contains(&at));
    let mut found: Vec<Span> = Vec::new();
    for at in begins.numbers.iter().copied() {
        if is_idiom(at) || found.last().is_some_and(|span: &Span| span.covers(at)) {
            continue;
        }
        // "Two days a week": an idiom may begin with the unit.
        let span = span_at(text, at, words);
        found
            .extend(span.filter(|span| !idioms.iter().any(|(from, to)| span.at < *to && *from < span.end())));
    }
    let mut phrases: Vec<(u32, usize, usize)> = words.spans.said_where(text, word_starts()).collect();
    phrases.sort_by_key(|(_, _, length)| std::cmp::Reverse(*length));
    for (hours, at, length) in phrases {
        let span = Span { at, length, minutes: vec![hours.saturating_mul(60)] };
        let overlaps = |other: &Span| other.at < span.end() && span.at < other.end();
        if !is_idiom(at) && !found.iter().any(overlaps) {
            found.push(span);
        }
    }
    found
}

pub fn span_at(text: &str, at: usize, words: &ProseWords) -> Option<Span> {
    let (mut end, mut numbers) = (at, Vec::new());
    while numbers.len() < ENDS {
        let (number, length) = number_at(&text[end..], words)?;
        end += length;
        numbers.push(number);
        end += gap(&text[end..]);
        end += in_brackets(&text[end..]);
        let is_figure = text[at..].starts_with(|c: char| c.is_ascii_digit());
        let unspaced = || words.units.said_unspaced(&text[end..]).filter(|_| is_figure);
        if let Some((unit, length)) = unit_at(&text[end..], words).or_else(unspaced) {
            let minutes = numbers.iter().map(|number| (number * f64::from(unit)).round() as u32).collect();
            return Some(Span { at, length: end + length - at, minutes });
        }
        if let Some((_, length)) = longest(words.joins.said_at(&text[end..])) {
            end += length;
            end += gap(&text[end..]);
        }
    }
    None
}

/// A number once more, in brackets: "24 (twenty-four) hours".
fn in_brackets(text: &str) -> usize {
    let inner = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let length = inner.filter(|(inner, _)| inner.len() <= BRACKETS).map(|(inner, _)| inner.len() + 2);
    length.map_or(0, |length| length + gap(&text[length..]))
}

/// A unit, with a word that may stand before it.
fn unit_at(text: &str, words: &ProseWords) -> Option<(u32, usize)> {
    let unit = |text: &str| longest(words.units.said_at(text));
    if let Some(found) = unit(text) {
        return Some(found);
    }
    let (_, length) = longest(words.between.said_at(text))?;
    let length = length + gap(&text[length..]);
    unit(&text[length..]).map(|(minutes, more)| (minutes, length + more))
}
