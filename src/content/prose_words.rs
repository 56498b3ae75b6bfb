//! What is looked for in the texts of a language, as data.

use super::phrases::Phrases;
use super::reading_limits::ReadingLimits;
use crate::locale::Language;
use std::collections::{BTreeMap, BTreeSet};

/// The units that a language has words for, and their minutes.
pub const UNITS: [(&str, u32); 5] =
    [("minute", 1), ("hour", 60), ("day", 24 * 60), ("week", 7 * 24 * 60), ("month", 30 * 24 * 60)];

/// What is looked for in the texts of a language (`content/prose/<language>.yaml`).
#[derive(Clone, Debug, Default)]
pub struct ProseWords {
    /// They come with the program, as they are.
    pub comes_with: bool,
    pub numbers: Phrases<u32>,
    pub halves: Phrases<()>,
    pub units: Phrases<u32>,
    pub spans: Phrases<u32>,
    pub joins: Phrases<()>,
    pub between: Phrases<()>,
    pub idioms: Phrases<()>,
    pub doses: Phrases<()>,
    pub medicines: Phrases<()>,
    pub measures: Phrases<()>,
    pub clock: Phrases<()>,
    pub clock_before: Phrases<()>,
    pub day_parts: Phrases<()>,
    pub until: Phrases<()>,
    pub limits: Phrases<()>,
    pub clock_between: Vec<String>,
    pub moments: Phrases<()>,
    pub call: Phrases<()>,
    /// Behind a number: it is dialled.
    pub call_after: Phrases<()>,
    pub call_numbers: Vec<String>,
    /// Numbers to call that have no digits.
    pub call_names: Phrases<()>,
    /// What tells the reader to call the clinic, or to ask somebody who knows.
    pub tells_to_call: Phrases<()>,
    pub labels: Phrases<()>,
    /// Digits of a number that is told one by one, beside `numbers`.
    pub spelled: Phrases<u32>,
    /// Words that put help off.
    pub delays: Phrases<()>,
    /// Phrases that hold one of them and say what to do until help comes.
    pub meanwhile: Phrases<()>,
    /// Words that send somebody elsewhere than to help, or there by themselves: not in an emergency.
    pub detours: Phrases<()>,
    /// Words for feeling well, which is no sign to get help for.
    pub well: Phrases<()>,
    /// Beside a number that nobody answers.
    pub no_phones: Phrases<()>,
    pub negations: Phrases<()>,
    /// Phrases that hold one of them and deny nothing.
    pub affirmations: Phrases<()>,
    /// Words by which the rest of a clause hangs on something.
    pub conditions: Phrases<()>,
    /// Pairs of words that turn a text's meaning round: an even number, and the odd one behind it.
    pub opposites: Phrases<u32>,
    /// Words that ask less of the reader.
    pub softeners: Phrases<()>,
    /// How often something is done, by how many times a day.
    pub often: Phrases<u32>,
    /// What a caution tells to do, each way by a number of its own.
    pub safeguards: Phrases<u32>,
    /// Whom or what a caution is about, likewise.
    pub risks: Phrases<u32>,
    /// Advice that may harm some.
    pub hazards: Phrases<()>,
    /// Signs of harm, and words that call something normal.
    pub alarms: Phrases<()>,
    pub normal: Phrases<()>,
    /// How a reader is spoken to, as a friend or politely.
    pub familiar: Phrases<()>,
    pub polite: Phrases<()>,
    /// Words of a clinic's name.
    pub clinics: Phrases<()>,
    /// Small words within one; where there is none, all of them.
    pub clinic_joins: BTreeSet<String>,
    /// What clinics offer, which is none of a name's own words.
    pub services: Phrases<()>,
    pub strong: Phrases<()>,
    pub placeholders: Phrases<()>,
    pub doubles: Vec<String>,
    pub quotes: Option<[String; 2]>,
    pub no_break_before: String,
    pub no_break_after: String,
    pub person: Phrases<()>,
    pub small_words: BTreeSet<String>,
    pub reading: ReadingLimits,
}

/// The words of each language, by its tag or its primary subtag.
#[derive(Clone, Debug, Default)]
pub struct Prose(BTreeMap<String, ProseWords>);

impl Prose {
    pub fn insert(&mut self, tag: &str, words: ProseWords) {
        self.0.insert(tag.to_owned(), words);
    }

    pub fn of(&self, language: &Language) -> Option<&ProseWords> {
        language.found_in(&self.0)
    }

    /// The tag by which the file of a language's words is named: its own, or its primary subtag.
    pub fn tag_of(&self, language: &Language) -> Option<&str> {
        let named = [language.tag().to_owned(), language.primary()];
        named.iter().find_map(|tag| self.0.get_key_value(tag)).map(|(tag, _)| tag.as_str())
    }

    pub fn all(&self) -> impl Iterator<Item = &ProseWords> {
        self.0.values()
    }

    /// With the language's tag.
    pub fn by_tag(&self) -> impl Iterator<Item = (&str, &ProseWords)> {
        self.0.iter().map(|(tag, words)| (tag.as_str(), words))
    }
}
