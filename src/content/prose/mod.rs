//! Texts read as a careful reviewer would: numbers written out, numbers to call, slips of the pen, words too strong for what
//! is known, languages that say different things. Which words these are is data, a file a language.

mod claims;
mod dates;
mod figures;
mod idle;
mod parity;
mod slips;
mod spans;
mod text;

use super::phrases;
use crate::content::Folder;
use crate::content::files::Files;
use crate::diagnostic::{Diagnostic, Place};
use crate::locale::Language;
use chrono::NaiveDate;
use std::collections::BTreeMap;

pub use phrases::Phrases;

/// The units that a language has words for, and their minutes.
pub const UNITS: [(&str, u32); 5] =
    [("minute", 1), ("hour", 60), ("day", 24 * 60), ("week", 7 * 24 * 60), ("month", 30 * 24 * 60)];

/// What is looked for in the texts of a language (`content/prose/<language>.yaml`).
#[derive(Clone, Debug)]
pub struct ProseWords {
    pub numbers: Phrases<u32>,
    pub units: Phrases<u32>,
    pub spans: Phrases<u32>,
    pub joins: Phrases<()>,
    pub between: Phrases<()>,
    pub idioms: Phrases<()>,
    pub clock: Phrases<()>,
    pub clock_between: Vec<String>,
    pub moments: Phrases<()>,
    pub call: Phrases<()>,
    pub call_numbers: Vec<String>,
    pub strong: Phrases<()>,
    pub placeholders: Phrases<()>,
    pub doubles: Vec<String>,
    pub quotes: Option<[String; 2]>,
    pub no_break_before: String,
    pub no_break_after: String,
}

/// The words of each language, by its primary subtag.
#[derive(Clone, Debug, Default)]
pub struct Prose(BTreeMap<String, ProseWords>);

impl Prose {
    pub fn insert(&mut self, tag: &str, words: ProseWords) {
        self.0.insert(tag.to_owned(), words);
    }

    fn of(&self, language: &Language) -> Option<&ProseWords> {
        let primary = language.tag().split('-').next().unwrap_or_default();
        self.0.get(&primary.to_ascii_lowercase())
    }
}

/// All that a careful reader would mark in the texts of a folder. `today` is the clinic's day.
pub fn proofread(files: &dyn Files, folder: &Folder, today: NaiveDate) -> Vec<Diagnostic> {
    let (prose, mut found) = super::load::prose_words(files);
    found.extend(texts(folder, &prose, today));
    found.extend(idle::files(files));
    found
}

fn texts(folder: &Folder, prose: &Prose, today: NaiveDate) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for library in folder.treatments() {
        for pack in library.packs.values() {
            let texts = text::of_pack(pack);
            found.extend(texts.iter().flat_map(|text| slips::of_any_language(text)));
            let Some(words) = prose.of(&pack.language) else {
                found.push(no_words(&pack.language));
                continue;
            };
            for text in &texts {
                found.extend(slips::of_language(text, words));
                found.extend(figures::check(text, library, words, prose));
                found.extend(claims::too_strong(text, library, words));
            }
        }
        found.extend(parity::check(library, prose));
        found.extend(dates::check(library, today));
    }
    found.extend(claims::unused(folder));
    found
}

fn no_words(language: &Language) -> Diagnostic {
    let message = format!(
        "there is no list of words for the language `{language}`: numbers and slips of the pen in its texts are not looked for"
    );
    let hint =
        format!("write one, content/prose/{language}.yaml, after the example of content/prose/en.yaml");
    Diagnostic::warning("no-prose-words", message).at(Place::file(super::PROFILE)).hint(hint)
}
