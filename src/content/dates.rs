//! The date words of every known language: the program's own, and those of a clinic folder.

use crate::lazy::Lazy;
use crate::locale::{DateWords, Language};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// By a language's tag, or its primary subtag.
#[derive(Clone, Debug, Default)]
pub struct Dates(BTreeMap<String, Lazy<Option<Arc<DateWords>>>>);

impl Dates {
    pub(super) fn insert(&mut self, words: DateWords) {
        self.0.insert(words.tag.clone(), Lazy::from(Some(Arc::new(words))));
    }

    /// Words that are read when somebody first asks for their language.
    pub(super) fn insert_later(
        &mut self,
        tag: &str,
        read: impl FnOnce() -> Option<DateWords> + Send + 'static,
    ) {
        self.0.insert(tag.to_owned(), Lazy::new(|| read().map(Arc::new)));
    }

    fn all(&self) -> impl Iterator<Item = &DateWords> {
        self.0.values().filter_map(|words| words.as_deref())
    }

    /// The words of a language; without any of its own, `fr-CA` reads as `fr`.
    pub fn of(&self, language: &Language) -> Option<&Arc<DateWords>> {
        language.found_in(&self.0)?.as_ref()
    }

    /// Tags of the languages, as their files are named.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// A time as somebody typed it, in small letters, with plain digits and signs and without what languages put between
    /// its parts.
    pub fn plain(&self, text: &str) -> String {
        let lower = text.to_lowercase();
        let lower: String = lower.chars().map(plain_sign).filter(|sign| *sign != '\0').collect();
        let lower =
            lower.replace("a.m.", "am").replace("p.m.", "pm").replace("a.m", "am").replace("p.m", "pm");
        // Most times are numbers and half a day.
        if !lower.chars().any(|sign| sign.is_alphabetic() && !"amptz".contains(sign)) && !lower.contains(". ")
        {
            return lower;
        }
        self.all().fold(lower, |text, words| words.without_fillers(&text))
    }

    /// The month that a word of any language means, from 1: whole, or its first three letters or more.
    pub fn month_of(&self, word: &str) -> Option<u32> {
        let word = word.to_lowercase();
        let mut found = self.all().flat_map(|words| words.months_begun_by(&word));
        let first = found.next()?;
        // `jui` begins June as well as July in French.
        found.all(|other| other == first).then_some(first)
    }

    /// The hours of the part of the day that a word of any language names.
    pub fn part_of_day(&self, word: &str) -> Option<(u32, u32)> {
        let word = word.to_lowercase();
        self.all().find_map(|words| words.part_of_day(&word))
    }

    /// Whether a word is a day of the week in any language, or the one of a day.
    pub fn is_weekday(&self, word: &str, of: Option<NaiveDate>) -> bool {
        let word = word.to_lowercase();
        self.all().any(|words| words.is_weekday(&word, of))
    }
}

/// A digit or sign as keyboards of Latin letters have it; `\0` for one that takes no room.
fn plain_sign(sign: char) -> char {
    let digit = |first: u32| char::from_digit(u32::from(sign) - first, 10).unwrap_or(sign);
    match sign {
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6f0}'..='\u{6f9}' => digit(0x6f0),
        '\u{ff10}'..='\u{ff19}' => digit(0xff10),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => '-',
        '\u{ff0f}' => '/',
        '\u{ff1a}' => ':',
        '\u{ff0c}' | '\u{60c}' => ',',
        '(' | ')' | '\u{ff08}' | '\u{ff09}' => ' ',
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => '\0',
        sign if sign.is_whitespace() => ' ',
        sign => sign,
    }
}
