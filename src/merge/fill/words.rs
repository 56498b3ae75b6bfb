//! The words of `words.yaml` that the program places.

use super::variables::Wording;
use crate::diagnostic::{Diagnostic, Faults};
use crate::document::Text;
use crate::merge::compile::TextId;
use crate::merge::rules::Sheet;

impl<'a> Sheet<'a> {
    pub fn wording(&self) -> Wording<'a> {
        Wording::of(self.pack, &self.library.clinic)
    }

    /// "neck and shoulder".
    pub fn area(&self) -> String {
        self.pack.phrases.area(self.situation.regions(), &self.situation.chosen)
    }

    fn word_id(&self, key: &str) -> Result<TextId, Faults> {
        let id = self.pack.words.get(key).copied();
        let missing = || Diagnostic::error("missing-key", format!("words.yaml has no `{key}`"));
        id.ok_or_else(|| {
            missing().hint("take its line over from the folder that `aftercare init` writes").into()
        })
    }

    /// The names that a word uses.
    pub fn words_used(&self, key: &str) -> impl Iterator<Item = &'a str> {
        let pack = self.pack;
        pack.words.get(key).into_iter().flat_map(|id| pack.texts.used(*id))
    }

    /// A word that the program places, with its marks.
    pub fn word(&self, key: &str) -> Result<Text, Faults> {
        self.pack.texts.line(self.word_id(key)?, &self.values)
    }

    /// A word that a language need not have: empty where it has none.
    pub fn spare_word(&self, key: &str) -> Result<Text, Faults> {
        if self.pack.words.contains_key(key) { self.word(key) } else { Ok(Text::new()) }
    }

    /// A word's characters.
    pub fn plain_word(&self, key: &str) -> Result<String, Faults> {
        self.pack.texts.plain(self.word_id(key)?, &self.values)
    }
}
