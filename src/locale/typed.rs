//! Days as somebody typed them, in a language's words.

use super::dates::{Clock, DateWords};
use super::is_unspaced;
use crate::letter::is_letter;
use chrono::{Datelike, NaiveDate};

/// A name in small letters, as [`DateWords::without_fillers`] leaves it.
fn plain_word(name: &str) -> String {
    let name = name.to_lowercase().replace(JOINER, "");
    name.replace(char::is_whitespace, " ")
}

/// A text with space in place of a word that stands close behind a number.
fn without_units(text: &str, unit: &str) -> String {
    let mut pieces = text.split(unit);
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str(if plain.ends_with(|sign: char| sign.is_ascii_digit()) { " " } else { unit });
        plain.push_str(piece);
    }
    plain
}

/// Parts a word without a space, and is seldom typed.
const JOINER: char = '\u{200c}';

/// Hours of a day.
const DAY: u32 = 24;

impl DateWords {
    /// A text in small letters without what this language puts between the numbers and names of a day: `de`, `年`; and with
    /// `am` and `pm` for what it calls the halves of a day.
    pub fn without_fillers(&self, text: &str) -> String {
        let mut text = text.replace(JOINER, "");
        if let Clock::TwelveHours { am, pm, .. } = &self.clock {
            for (own, half) in [(am, "am"), (pm, "pm")] {
                let own = plain_word(own);
                text = text.replace(&own, half).replace(&own.replace(' ', ""), half);
            }
        }
        let mut words: Vec<String> = self.fillers().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in words {
            text = match word.chars().all(is_unspaced) {
                true => without_units(&text, &word),
                false => text.split(' ').filter(|part| *part != word).collect::<Vec<_>>().join(" "),
            };
        }
        text
    }

    /// Words of the pattern of a day, and of names of months that are numbers.
    fn fillers(&self) -> impl Iterator<Item = String> {
        let outside =
            self.day.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, behind)| behind));
        let numbered = self.months.iter().filter(|name| name.contains(|sign: char| sign.is_ascii_digit()));
        let words =
            outside.chain(numbered.map(|name| name.trim_start_matches(|sign: char| sign.is_ascii_digit())));
        let words = words.flat_map(|piece| piece.split(|sign: char| !is_letter(sign)));
        words.filter(|word| !word.is_empty()).map(plain_word)
    }

    /// The months, from 1, whose names begin with a word in small letters: whole, or its first three letters or more.
    pub fn months_begun_by(&self, word: &str) -> impl Iterator<Item = u32> {
        let begins = |name: &String| word.chars().count() >= 3 && plain_word(name).starts_with(word);
        let found = |(index, (month, short))| (begins(month) || begins(short)).then_some(index);
        let months = (1u32..).zip(self.months.iter().zip(&self.months_short));
        months.filter_map(found).collect::<Vec<_>>().into_iter()
    }

    /// The hours of the part of the day that a word in small letters names: when it begins, and when it ends. The evening of the
    /// clock ends with the day.
    pub fn part_of_day(&self, word: &str) -> Option<(u32, u32)> {
        let parts = self.said.iter().flat_map(|said| &said.parts);
        let part = parts.into_iter().find(|part| plain_word(&part.name) == word);
        let part = part.map(|part| (part.from, part.to));
        let evening = match &self.clock {
            Clock::TwelveHours { evening: Some(evening), .. } if plain_word(&evening.name) == word => evening,
            _ => return part,
        };
        Some((part.map_or(evening.from, |(from, _)| from.min(evening.from)), DAY))
    }

    /// Whether a word in small letters is a day of the week, or the one of a day: whole, or its first three letters or more.
    pub fn is_weekday(&self, word: &str, of: Option<NaiveDate>) -> bool {
        let is = |name: &str| {
            let name = plain_word(name);
            let name = name.trim_end_matches('.');
            name == word || word.chars().count() >= 3 && name.starts_with(word)
        };
        let fits = |index: usize| of.is_none_or(|day| day.weekday().num_days_from_monday() as usize == index);
        let mut names = self.weekdays.iter().zip(&self.weekdays_short).enumerate();
        names.any(|(index, (long, short))| fits(index) && (is(long) || is(short)))
    }
}
