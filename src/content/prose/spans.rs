//! Numbers with a unit of time, as digits or in words: "24 to 48 hours", "two days".

use super::{ProseWords, text::VALUE};

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

/// At most so many numbers of one span.
const ENDS: usize = 4;

pub fn spans(text: &str, words: &ProseWords) -> Vec<Span> {
    let idioms: Vec<(usize, usize)> =
        words.idioms.said(text).map(|((), at, length)| (at, at + length)).collect();
    let is_idiom = |at: usize| idioms.iter().any(|(from, to)| (*from..*to).contains(&at));
    let mut found: Vec<Span> = Vec::new();
    for at in starts(text) {
        if is_idiom(at) || found.last().is_some_and(|span: &Span| span.covers(at)) {
            continue;
        }
        // "Two days a week": an idiom may begin with the unit.
        let span = span_at(text, at, words);
        found
            .extend(span.filter(|span| !idioms.iter().any(|(from, to)| span.at < *to && *from < span.end())));
    }
    let mut phrases: Vec<(u32, usize, usize)> = words.spans.said(text).collect();
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

/// Where a word or a number begins.
pub fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, character)| {
        let last = std::mem::replace(&mut before, character);
        let begins = !last.is_alphanumeric() && last != VALUE && character.is_alphanumeric();
        begins.then_some(at)
    })
}

pub fn span_at(text: &str, at: usize, words: &ProseWords) -> Option<Span> {
    let (mut end, mut numbers) = (at, Vec::new());
    while numbers.len() < ENDS {
        let (number, length) = number_at(&text[end..], words)?;
        end += length;
        numbers.push(number);
        end += gap(&text[end..]);
        if let Some((unit, length)) = unit_at(&text[end..], words) {
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

/// Spaces and dashes between a number and what follows.
pub fn gap(text: &str) -> usize {
    let is_gap = |c: &char| c.is_whitespace() || "-\u{2010}\u{2011}–—".contains(*c);
    text.chars().take_while(is_gap).map(char::len_utf8).sum()
}

pub fn longest<T>(said: Vec<(T, usize)>) -> Option<(T, usize)> {
    said.into_iter().max_by_key(|(_, length)| *length)
}

/// A number at the beginning of a text, and its length in bytes.
pub fn number_at(text: &str, words: &ProseWords) -> Option<(f64, usize)> {
    match text.starts_with(|first: char| first.is_ascii_digit()) {
        true => digits_at(text),
        false => longest(words.numbers.said_at(text)).map(|(number, length)| (f64::from(number), length)),
    }
}

/// Digits of a number, at most: of more, `f64` does not hold each.
const DIGITS: usize = 15;

/// `24`, `1.5`, `1,000`: behind a comma or a point stand three digits of a greater number, or parts.
fn digits_at(text: &str) -> Option<(f64, usize)> {
    let run = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = run(text);
    let mut digits = text[..length].to_owned();
    let mark_at = |at: usize| text[at..].chars().next().filter(|mark| ",.\u{a0}\u{202f}".contains(*mark));
    while let Some(mark) = mark_at(length).filter(|_| digits.len() <= DIGITS) {
        let behind = &text[length + mark.len_utf8()..];
        let count = run(behind);
        match (count, mark) {
            (3, _) => digits.push_str(&behind[..count]),
            (1.., ',' | '.') => {
                digits.push('.');
                digits.push_str(&behind[..count]);
                length += mark.len_utf8() + count;
                break;
            }
            _ => break,
        }
        length += mark.len_utf8() + count;
    }
    digits.parse().ok().map(|number| (number, length))
}
