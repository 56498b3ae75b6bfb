//! Which way a language is written, and what keeps a direction of its own inside of it (UAX #9).

use crate::letter::is_letter_or_digit;
use std::ops::Range;
use unicode_bidi::{BidiClass, bidi_class};

/// Which way the lines of a language run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    #[default]
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// As languages name it, and HTML's `dir`.
    pub const NAMES: &'static [&'static str] = &["ltr", "rtl"];

    pub fn named(name: &str) -> Option<Direction> {
        match name {
            "ltr" => Some(Direction::LeftToRight),
            "rtl" => Some(Direction::RightToLeft),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }

    pub fn is_right_to_left(self) -> bool {
        self == Direction::RightToLeft
    }
}

/// A text without the marks of isolates, for where only its words are wanted: names of files, data.
pub fn unmarked(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}

/// Signs that hold the parts of a number, a clock time, a range or a code together.
const JOINTS: [char; 13] = ['-', '\u{2011}', '–', '/', ':', '.', ',', '×', '+', '@', '_', '=', '\u{2212}'];
/// What stands right before a number and belongs to it.
const BEFORE: [char; 7] = ['+', '-', '\u{2212}', '$', '€', '£', '('];
/// What stands right behind it.
const BEHIND: [char; 3] = ['%', '‰', '°'];
/// Joints in a row, as of `https://`.
const MOST_JOINTS: usize = 3;

/// The parts of a text that read from left to right in every language: clock times, ranges, phone numbers, codes. Each has
/// a digit and more than digits; digits alone keep their order by themselves.
pub fn numbers(text: &str) -> Vec<Range<usize>> {
    if !text.chars().any(is_digit) {
        return Vec::new();
    }
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let scan = Scan { characters: &characters };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < characters.len() {
        let begins = scan.is_core(at) && (at == 0 || !is_letter_or_digit(characters[at - 1].1));
        if !begins {
            at += 1;
            continue;
        }
        let (start, end) = scan.unit(at);
        let inside = &characters[start..end];
        let digits = inside.iter().any(|(_, character)| is_digit(*character));
        if digits && inside.iter().any(|(_, character)| !is_digit(*character)) {
            let stop = characters.get(end).map_or(text.len(), |(stop, _)| *stop);
            found.push(characters[start].0..stop);
        }
        at = end.max(at + 1);
    }
    found
}

struct Scan<'c> {
    characters: &'c [(usize, char)],
}

impl Scan<'_> {
    fn get(&self, at: usize) -> Option<char> {
        self.characters.get(at).map(|(_, character)| *character)
    }

    /// A digit, or a letter as codes and addresses have them.
    fn is_core(&self, at: usize) -> bool {
        self.get(at).is_some_and(|character| is_digit(character) || character.is_ascii_alphabetic())
    }

    fn is_digit(&self, at: usize) -> bool {
        self.get(at).is_some_and(is_digit)
    }

    /// From where to where a unit goes that has a core character at a place.
    fn unit(&self, from: usize) -> (usize, usize) {
        let (start, opened) = self.start(from);
        let mut end = from;
        while let Some(next) = self.next(end, opened) {
            end = next;
        }
        if self.get(end).is_some_and(|character| BEHIND.contains(&character)) {
            end += 1;
        }
        (start, end)
    }

    /// With the signs right before a number, and whether a bracket is among them.
    fn start(&self, from: usize) -> (usize, bool) {
        if !self.is_digit(from) {
            return (from, false);
        }
        let mut start = from;
        while let Some(before) = start.checked_sub(1).filter(|before| {
            let is_sign = self.get(*before).is_some_and(|character| BEFORE.contains(&character));
            is_sign && (*before == 0 || !self.get(before - 1).is_some_and(is_letter_or_digit))
        }) {
            start = before;
        }
        let opened = (start..from).any(|at| self.get(at) == Some('('));
        let closes = opened && self.closes_before_digits(from);
        // A bracket around a number is a remark; one inside of a number is an area code.
        if opened && !closes { (from, false) } else { (start, opened) }
    }

    fn closes_before_digits(&self, from: usize) -> bool {
        let mut at = from;
        while self.is_digit(at) {
            at += 1;
        }
        self.get(at) == Some(')') && (self.is_digit(at + 1) || self.is_digit(at + 2))
    }

    /// Where the unit goes on to from a place; `None` where it ends.
    fn next(&self, at: usize, opened: bool) -> Option<usize> {
        if self.is_core(at) {
            return Some(at + 1);
        }
        let after_digit = at.checked_sub(1).is_some_and(|before| self.is_digit(before));
        if opened && self.get(at) == Some(')') {
            return [at + 1, at + 2].into_iter().find(|next| self.is_digit(*next));
        }
        let foreign =
            at.checked_sub(1).and_then(|before| self.get(before)).is_some_and(|one| !one.is_ascii());
        if is_space(self.get(at)) && after_digit {
            // The groups of a phone number; a range with spaces around its dash.
            if foreign && self.get(at + 1) == Some('–') {
                return None;
            }
            let dash = self.get(at + 1).is_some_and(|character| matches!(character, '-' | '–' | '×'));
            let next = if dash && is_space(self.get(at + 2)) { at + 3 } else { at + 1 };
            let group = (next..next + 2).all(|digit| self.is_digit(digit));
            return (if next == at + 1 { group } else { self.is_digit(next) }).then_some(next);
        }
        // A range in a script's own digits is read as its letters are, the first number first.
        if foreign && after_digit && self.get(at) == Some('–') {
            return None;
        }
        let joints = (at..).take_while(|at| self.get(*at).is_some_and(|one| JOINTS.contains(&one))).count();
        ((1..=MOST_JOINTS).contains(&joints) && self.is_core(at + joints)).then_some(at + joints)
    }
}

fn is_space(character: Option<char>) -> bool {
    matches!(character, Some(' ' | '\u{a0}' | '\u{202f}'))
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
        || (character >= '\u{600}'
            && matches!(bidi_class(character), BidiClass::EN | BidiClass::AN)
            && character.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        numbers(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn times_ranges_phone_numbers_and_codes_are_found_whole() {
        assert_eq!(found("התקשרו (416) 555-0199 עד 15:30."), ["(416) 555-0199", "15:30"]);
        assert_eq!(found("בין 24–48 שעות, 9:00 – 17:00"), ["24–48", "9:00 – 17:00"]);
        assert_eq!(found("+1 416 555 0199, ۱۵:۳۰"), ["+1 416 555 0199", "۱۵:۳۰"]);
        assert_eq!(found("٢٤–٤٨ و ٩ – ١٧، ٤١٦-٥٥٥-٠١٠٠"), ["٤١٦-٥٥٥-٠١٠٠"]);
        assert_eq!(found("v3F2A · 12-B · 20%"), ["v3F2A", "12-B", "20%"]);
        assert_eq!(found("3 × 10, clinic.example/24"), ["3 × 10", "clinic.example/24"]);
    }

    #[test]
    fn words_and_single_numbers_keep_their_order_by_themselves() {
        assert_eq!(found("24 שעות (48), Zoë-Ann. 7"), Vec::<&str>::new());
        // A prefix that a language writes on a number is no sign of it.
        assert_eq!(found("מ-24 עד"), Vec::<&str>::new());
        assert_eq!(found("2, 3 ו-4"), Vec::<&str>::new());
    }
}
