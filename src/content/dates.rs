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

    /// The month that a word of any language means, from 1: whole, or its first three letters or more.
    pub fn month_of(&self, word: &str) -> Option<u32> {
        let word = word.to_lowercase();
        let mut found = self.all().flat_map(|words| words.months_begun_by(&word));
        let first = found.next()?;
        // `jui` begins June as well as July in French.
        found.all(|other| other == first).then_some(first)
    }

    /// Whether a word is a day of the week in any language, or the one of a day.
    pub fn is_weekday(&self, word: &str, of: Option<NaiveDate>) -> bool {
        let word = word.to_lowercase();
        self.all().any(|words| words.is_weekday(&word, of))
    }
}
