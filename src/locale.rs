//! Languages, their direction and their date words; time zones.

mod dates;
mod direction;
mod ends;
mod joined;
mod said;
mod script;
mod typed;
mod zone;

pub use dates::{Clock, DateWords, Evening};
pub use direction::{Direction, numbers, unmarked};
pub use ends::{Answer, End};
pub use joined::{first_word, is_glued, is_in_range, is_one_word, last_word};
pub use said::{DayPart, Said};
pub use script::{Letters, QUESTIONS, is_close_set, is_in_word, is_unspaced};
pub use zone::{Change, Zone, ZoneOffset};

use std::collections::BTreeMap;
use std::fmt;

/// A BCP 47 tag of a content pack, e.g. `en`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// The tag as it is written; `content` has checked that a pack of this name exists.
    pub fn new(tag: impl Into<String>) -> Language {
        Language(tag.into())
    }

    /// Letters, digits and `-` as in BCP 47: a language of two or three letters, then parts of up to eight.
    pub fn is_tag(tag: &str) -> bool {
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        (2..=3).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_lowercase())
            && tag.len() <= 35
            && parts.all(|part| {
                (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
    }

    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary subtag in lower case (`pt` of `pt-BR`, RFC 5646 2.2.1): what files that hold for every region are named by.
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// The tag by which a file of a language is named: `content/dates/zh-Hant.yaml`. Nothing for other names.
    pub fn of_file(path: &str) -> Option<&str> {
        let tag = path.rsplit('/').next()?.strip_suffix(".yaml")?;
        let mut parts = tag.split('-');
        let is_primary =
            |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_part = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        (parts.next().is_some_and(is_primary) && parts.all(is_part)).then_some(tag)
    }

    /// What stands under a language's tag, else under its primary subtag: what holds for `zh` need not be said again for
    /// `zh-Hant`, and can be.
    pub fn found_in<'m, T>(&self, named: &'m BTreeMap<String, T>) -> Option<&'m T> {
        named.get(&self.0).or_else(|| named.get(&self.primary()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text with a capital letter at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
