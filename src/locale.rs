//! Languages and their date words; time zones.

mod dates;
mod ends;
mod said;
mod zone;

pub use dates::{Clock, DateWords};
pub use ends::{Answer, End};
pub use said::{DayPart, Said};
pub use zone::{Change, Zone, ZoneOffset};

use std::fmt;

/// A BCP 47 tag of a content pack, e.g. `en`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// The tag as it is written; `content` has checked that a pack of this name exists.
    pub fn new(tag: impl Into<String>) -> Language {
        Language(tag.into())
    }

    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary subtag in lower case (`pt` of `pt-BR`, RFC 5646 2.2.1): what files that hold for every region are named by.
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or_default().to_ascii_lowercase()
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
