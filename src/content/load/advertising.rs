//! `content/advertising.yaml`: words that public texts do not use.

use super::Loading;
use super::shelf::Shelf;
use crate::content::AdvertisingRule;
use crate::content::files::{Embedded, Files};
use crate::content::yaml::{Key, Kind, Node, Reader, Span, required};
use crate::diagnostic::{Place, Sink};
use crate::limits::{LISTED, PHRASE, PHRASES};
use crate::locale::Language;
use std::collections::BTreeMap;

const PATH: &str = "content/advertising.yaml";

pub(super) const RULE: &[Key] = &[
    required("id", Kind::Id, "an id of its own"),
    required("reason", Kind::Line, "why the words are not for public text"),
    required("words", Kind::Phrases, "by language; `*` at the end of a phrase stands for any ending"),
];

/// The clinic's rules; those of the built-in folder when it has none of its own.
pub fn read(shelf: &Shelf, loading: &mut Loading) -> Option<Vec<AdvertisingRule>> {
    if shelf.bytes(PATH).is_none() {
        let text = String::from_utf8(Embedded.read(PATH).ok()?.into_owned()).ok()?;
        let mut sink = Sink::default();
        let mut reader = Reader::new(PATH, text.into(), &mut sink);
        let node = reader.parse()?;
        return Some(rules(&node, &mut reader));
    }
    let (node, mut reader) = shelf.yaml(PATH, &mut loading.sink)?;
    Some(rules(&node, &mut reader))
}

fn rules(node: &Node, reader: &mut Reader<'_>) -> Vec<AdvertisingRule> {
    let items = reader.items_within(node, "the file", LISTED);
    let rules: Vec<AdvertisingRule> = items.iter().filter_map(|item| rule(item, reader)).collect();
    let count = rules.iter().flat_map(|rule| rule.phrases.values()).map(Vec::len).sum();
    if count > PHRASES.most {
        reader.sink.push(PHRASES.fault("the file", count).at(Place::file(PATH)));
    }
    rules
}

fn rule(node: &Node, reader: &mut Reader<'_>) -> Option<AdvertisingRule> {
    let fields = reader.fields(node, "a rule", RULE)?;
    let id = fields.get("id").and_then(|node| reader.id(node));
    let reason = fields.get("reason").and_then(|node| reader.line(node));
    let mut phrases = BTreeMap::new();
    let entries = fields.get("words").and_then(|node| reader.entries(node, "`words`"));
    for entry in entries.unwrap_or_default() {
        let listed = reader.items(&entry.node).iter().filter_map(|item| phrase(item, reader));
        let lower = listed.map(|phrase| phrase.to_lowercase()).collect();
        phrases.insert(Language::new(entry.key.clone()), lower);
    }
    Some(AdvertisingRule { id: id?, reason: reason?, phrases })
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
