//! Where lines may end: UAX #14, and what readers of a handout need besides: numbers stay with their units, times
//! whole, quotes closed, dashes off the start of a line, web addresses in one piece where they fit.

use super::collect::Collected;
use crate::text::{is_no_break_space, is_space};
use std::ops::Range;
use unicode_linebreak::linebreaks;

/// A place where a line may or must end, from strongest to weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The author asked for it, or the text ends.
    Forced,
    /// After a space.
    Space,
    /// After a hyphen, dash or slash.
    Inside,
    /// Only in a piece that no line can hold: inside a web address, at a glued space.
    Reluctant,
    /// Only where even that does not help: between two grapheme clusters.
    Emergency,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// The line ends before this byte.
    pub(super) at: usize,
    pub(super) kind: Kind,
}

/// All places in order; the last is the end of the text.
pub(super) fn breaks(collected: &Collected) -> Vec<Break> {
    let text = collected.text.as_str();
    let mut found: Vec<Break> = Vec::with_capacity(text.len() / 4 + 2);
    found.extend(linebreaks(text).filter(|(at, _)| *at < text.len()).map(|(at, _)| judge(text, at)));
    found.extend(reluctant(text));
    found.extend(collected.allowed.iter().map(|at| Break { at: *at, kind: Kind::Inside }));
    found.extend(collected.forced.iter().map(|at| Break { at: *at, kind: Kind::Forced }));
    found.retain(|it| it.kind == Kind::Forced || !collected.forbidden.contains(&it.at));
    found.retain(|it| (1..text.len()).contains(&it.at));
    found.sort_by_key(|it| (it.at, it.kind));
    found.dedup_by_key(|it| it.at);
    found.push(Break { at: text.len(), kind: Kind::Forced });
    found
}

/// What one opportunity of UAX #14 is worth.
fn judge(text: &str, at: usize) -> Break {
    let (before, after) = (&text[..at], &text[at..]);
    let kind = if before.ends_with(' ') {
        let before = last_word(before.trim_end_matches(' '));
        let after = first_word(after);
        if is_glued(before, after) { Kind::Reluctant } else { Kind::Space }
    } else if is_address(&text[word_around(text, at)]) || splits_badly(before, after) {
        Kind::Reluctant
    } else {
        Kind::Inside
    };
    Break { at, kind }
}

/// Whether two words belong on one line.
fn is_glued(before: &str, after: &str) -> bool {
    let number = before.ends_with(|c: char| c.is_numeric());
    let digits = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let area_code =
        before.starts_with('(') && before.ends_with(')') && digits(before.trim_matches(['(', ')']));
    (number && is_unit(after))
        || (digits(before) && (2..=4).contains(&after.len()) && digits(after))
        || (area_code && after.starts_with(|c: char| c.is_ascii_digit()))
        || before.ends_with(['«', '‹', '“', '‘', '„', '‚', '¿', '¡', '(', '['])
        || after.starts_with(['»', '›', '–', '—', '·', '%', '°'])
}

/// Words that follow a number and mean nothing without it (English and French).
const UNITS: [&str; 48] = [
    "am", "a.m", "pm", "p.m", "h", "hr", "hrs", "hour", "hours", "heure", "heures", "min", "mins", "minute",
    "minutes", "s", "sec", "second", "seconds", "seconde", "secondes", "day", "days", "jour", "jours",
    "week", "weeks", "semaine", "semaines", "month", "months", "mois", "time", "times", "fois", "x", "×",
    "mm", "cm", "m", "km", "kg", "g", "mg", "ml", "l", "lb", "in",
];

fn is_unit(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphabetic() && c != '×').to_lowercase();
    UNITS.contains(&word.as_str())
}

/// After a hyphen, dash or slash: between digits, off a single letter, before one or two letters.
fn splits_badly(before: &str, after: &str) -> bool {
    let mark = before.chars().next_back();
    if !matches!(mark, Some('-' | '\u{2010}' | '–' | '—' | '/')) {
        return after.starts_with(['–', '—']);
    }
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).count();
    let stem = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let range = stem.ends_with(|c: char| c.is_numeric()) && after.starts_with(|c: char| c.is_numeric());
    range || letters(last_word(stem)) < 2 || (mark != Some('—') && letters(first_word(after)) < 3)
}

/// Places of last resort: in web addresses after `/`, `.` and their like, and at spaces that do not break.
fn reluctant(text: &str) -> impl Iterator<Item = Break> + '_ {
    let glued = text.char_indices().filter(|(_, c)| is_no_break_space(*c)).map(|(at, c)| at + c.len_utf8());
    let addresses = words(text).filter(|word| is_address(&text[word.clone()])).flat_map(|word| {
        let inside = text[word.clone()].char_indices();
        let marks = inside.filter(|(_, c)| matches!(c, '/' | '.' | '@' | '-' | '_' | '?' | '&' | '=' | '#'));
        marks.map(move |(offset, _)| word.start + offset + 1)
    });
    let in_word = addresses.filter(|at| text[*at..].starts_with(char::is_alphanumeric));
    glued.chain(in_word).map(|at| Break { at, kind: Kind::Reluctant })
}

/// A web or mail address.
fn is_address(word: &str) -> bool {
    let dotted = || word.trim_end_matches(['.', ',', ';', ')']).contains('.');
    word.contains("://") || word.starts_with("www.") || (word.contains(['@', '/']) && dotted())
}

fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split_inclusive(is_space).map(move |word| {
        let start = at;
        at += word.len();
        start..start + word.trim_end_matches(is_space).len()
    })
}

fn word_around(text: &str, at: usize) -> Range<usize> {
    at - last_word(&text[..at]).len()..at + first_word(&text[at..]).len()
}

pub(super) fn last_word(text: &str) -> &str {
    text.rsplit(is_space).next().unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(is_space).next().unwrap_or_default()
}
