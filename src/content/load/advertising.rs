//! `content/advertising.yaml`: words that public texts do not use.

use super::Loading;
use super::shelf::Shelf;
use crate::content::AdvertisingRule;
use crate::content::files::{Embedded, Files};
use crate::content::yaml::{Fields, Key, Kind, Node, Reader, Span, optional, required};
use crate::diagnostic::{Place, Sink};
use crate::limits::{LISTED, PHRASE, PHRASES};
use crate::locale::Language;
use std::collections::BTreeMap;

const PATH: &str = "content/advertising.yaml";

pub(super) const RULE: &[Key] = &[
    required("id", Kind::Id, "an id of its own"),
    required("reason", Kind::Line, "why the words are not for public text"),
    required("words", Kind::Phrases, "by language; `*` at the end of a phrase stands for any ending"),
    optional("unless", Kind::Phrases, "by language, longer phrases that hold such words and are as well"),
    optional(
        "denied-by",
        Kind::Phrases,
        "by language, words that take such words back where they stand in front of them, within a clause",
    ),
];

/// The clinic's rules; those of the built-in folder when it has none of its own. What a rule of an earlier folder does not say
/// yet is the program's own.
pub fn read(shelf: &Shelf, loading: &mut Loading) -> Option<Vec<AdvertisingRule>> {
    if shelf.bytes(PATH).is_none() {
        return of_program();
    }
    let (node, mut reader) = shelf.yaml(PATH, &mut loading.sink)?;
    let mut own = rules(&node, &mut reader);
    if shelf.is_built_in(PATH) {
        return Some(own);
    }
    let usual = of_program().unwrap_or_default();
    for rule in &mut own {
        let Some(usual) = usual.iter().find(|usual| usual.id == rule.id) else { continue };
        if rule.unless.is_empty() {
            rule.unless.clone_from(&usual.unless);
        }
        if rule.denied_by.is_empty() {
            rule.denied_by.clone_from(&usual.denied_by);
        }
    }
    Some(own)
}

fn of_program() -> Option<Vec<AdvertisingRule>> {
    let text = String::from_utf8(Embedded.read(PATH).ok()?.into_owned()).ok()?;
    let mut sink = Sink::default();
    let mut reader = Reader::new(PATH, text.into(), &mut sink);
    let node = reader.parse()?;
    Some(rules(&node, &mut reader))
}

fn rules(node: &Node, reader: &mut Reader<'_>) -> Vec<AdvertisingRule> {
    let items = reader.items_within(node, "the file", LISTED);
    let rules: Vec<AdvertisingRule> = items.iter().filter_map(|item| rule(item, reader)).collect();
    let lists = rules.iter().flat_map(|rule| [&rule.phrases, &rule.unless, &rule.denied_by]);
    let count = lists.flat_map(BTreeMap::values).map(Vec::len).sum();
    if count > PHRASES.most {
        reader.sink.push(PHRASES.fault("the file", count).at(Place::file(PATH)));
    }
    rules
}

fn rule(node: &Node, reader: &mut Reader<'_>) -> Option<AdvertisingRule> {
    let fields = reader.fields(node, "a rule", RULE)?;
    let id = fields.get("id").and_then(|node| reader.id(node));
    let reason = fields.get("reason").and_then(|node| reader.line(node));
    let mut listed = |key| by_language(&fields, key, reader);
    let (phrases, unless, denied_by) = (listed("words"), listed("unless"), listed("denied-by"));
    Some(AdvertisingRule { id: id?, reason: reason?, phrases, unless, denied_by })
}

fn by_language(
    fields: &Fields<'_>,
    key: &'static str,
    reader: &mut Reader<'_>,
) -> BTreeMap<Language, Vec<String>> {
    let mut phrases = BTreeMap::new();
    let entries = fields.get(key).and_then(|node| reader.entries(node, &format!("`{key}`")));
    for entry in entries.unwrap_or_default() {
        let listed = reader.items(&entry.node).iter().filter_map(|item| phrase(item, reader));
        let lower = listed.map(|phrase| phrase.to_lowercase()).collect();
        phrases.insert(Language::new(entry.key.clone()), lower);
    }
    phrases
}

fn phrase(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let phrase = reader.line(node)?;
    let length = phrase.chars().count();
    if length > PHRASE.most {
        let place = reader.place(Span { length: 0, ..node.span });
        reader.sink.push(PHRASE.fault("the phrase", length).at(place));
    }
    Some(phrase)
}
