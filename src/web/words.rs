//! The page's words as its templates see them: `t.form.regions`, in each language that the clinic has.

use super::form::Typed;
use crate::locale::Language;
use crate::options::Name;
use crate::{Engine, Library, Pack};
use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The page in one language, for one treatment.
pub struct UiStrings {
    pub treatment: Name,
    pub language: Language,
    /// What the language calls itself.
    pub name: String,
    /// By dotted key.
    pub by_key: IndexMap<String, String>,
    /// Nested, as templates see them.
    pub words: Value,
    /// What the sections of a sheet are called, by id, as far as a plain sheet has them.
    pub titles: BTreeMap<String, String>,
}

/// Every language of the page, the clinic's first one first, for each treatment.
pub struct UiCatalogue {
    first: UiStrings,
    others: Vec<UiStrings>,
}

impl UiCatalogue {
    /// `None` when the clinic has no language.
    pub fn of(engine: &Engine, now: DateTime<Utc>) -> Option<UiCatalogue> {
        let packs =
            engine.treatments().flat_map(|library| library.packs.values().map(move |pack| (library, pack)));
        let mut all = packs.map(|(library, pack)| strings(engine, library, pack, now));
        Some(UiCatalogue { first: all.next()?, others: all.collect() })
    }

    /// The languages, as the first treatment speaks them.
    pub fn all(&self) -> impl Iterator<Item = &UiStrings> {
        self.every().filter(|strings| strings.treatment == self.first.treatment)
    }

    fn every(&self) -> impl Iterator<Item = &UiStrings> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// Of a treatment, by its language's tag; the treatment's first when there is no such language.
    pub fn named(&self, treatment: &str, tag: &str) -> &UiStrings {
        let own = || self.every().filter(|strings| *strings.treatment == *treatment);
        own().find(|strings| strings.language.tag() == tag).or_else(|| own().next()).unwrap_or(&self.first)
    }
}

fn strings(engine: &Engine, library: &Library, pack: &Pack, now: DateTime<Utc>) -> UiStrings {
    let tag = pack.language.tag();
    let name = pack.words.get(&format!("languages.{tag}"));
    UiStrings {
        treatment: library.treatment.id.clone(),
        language: pack.language.clone(),
        name: name.map_or_else(|| tag.to_owned(), |source| source.text.to_string()),
        by_key: (*pack.web).clone(),
        words: nested(&pack.web),
        titles: titles(engine, library, tag, now),
    }
}

/// Titles are templates: a sheet says what they come to. None when it cannot be made; that is told when somebody asks.
fn titles(
    engine: &Engine,
    library: &Library,
    language: &str,
    now: DateTime<Utc>,
) -> BTreeMap<String, String> {
    let mut typed = Typed::usual(library);
    typed.set("language", [language.to_owned()]);
    let made =
        engine.request(&typed.request(library), now).and_then(|request| engine.document(&request.value));
    made.map(|document| engine.section_titles(&document.value)).unwrap_or_default()
}

/// Dotted keys as nested objects.
fn nested(words: &IndexMap<String, String>) -> Value {
    let mut root = Map::new();
    for (key, text) in words {
        put(&mut root, key, text);
    }
    Value::Object(root)
}

fn put(object: &mut Map<String, Value>, key: &str, text: &str) {
    match key.split_once('.') {
        None => drop(object.insert(key.to_owned(), Value::from(text))),
        Some((group, rest)) => {
            let inner = object.entry(group).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, text);
            }
        }
    }
}

/// A word with its `{braces}` filled; the key itself when there is no such word, so that nothing is ever blank.
pub fn filled(words: &IndexMap<String, String>, key: &str, values: &[(&str, &str)]) -> String {
    let mut text = words.get(key).cloned().unwrap_or_else(|| key.to_owned());
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}
