//! `web.yaml`: the words of the clinician's page. Where a folder is silent, the page speaks the program's own words.

use super::Loading;
use super::shelf::Shelf;
use crate::content::files::{Embedded, Files};
use crate::content::yaml::{Entry, Reader, Value};
use crate::diagnostic::{Sink, allowed, shown};
use crate::lazy::Lazy;
use indexmap::IndexMap;
use std::sync::Arc;

/// The words that every page has; which words there are is said here.
const OWN: &str = "content/en/web.yaml";

/// A preset's label in this language, by the preset's id; without one it is the label of `clinic.yaml`.
const PRESETS: &str = "presets.";

/// Words by dotted key, in the order of the program's own file.
type WebWords = IndexMap<String, String>;

pub fn read(shelf: &Shelf, folder: &str, loading: &mut Loading) -> Option<Lazy<WebWords>> {
    let path = format!("{folder}/web.yaml");
    let text = match shelf.bytes(&path) {
        Some(_) => Some(shelf.text(&path, &mut loading.sink)?),
        None => None,
    };
    if shelf.is_tried() {
        let words = move || words(&path, text, &mut Sink::default()).unwrap_or_default();
        return Some(Lazy::new(words));
    }
    words(&path, text, &mut loading.sink).map(Lazy::from)
}

/// The program's words, and over them those of a folder.
fn words(path: &str, text: Option<Arc<str>>, sink: &mut Sink) -> Option<WebWords> {
    let mut words = IndexMap::new();
    let own = Embedded.read(OWN).ok()?;
    let own = std::str::from_utf8(&own).ok()?;
    take_all(&mut Reader::new(OWN, own.into(), sink), &mut words, true)?;
    if let Some(text) = text {
        take_all(&mut Reader::new(path, text, sink), &mut words, false)?;
    }
    Some(words)
}

fn take_all(reader: &mut Reader<'_>, words: &mut IndexMap<String, String>, new: bool) -> Option<()> {
    let node = reader.parse()?;
    let entries = reader.entries(&node, "web.yaml")?;
    let known: Vec<String> = words.keys().cloned().collect();
    let mut whole = true;
    for (key, entry) in flat("", entries) {
        if !new && !known.contains(&key) && !key.starts_with(PRESETS) {
            let message = format!("unknown word `{}`", shown(&key));
            let hint = allowed(&key, near(&known, &key).iter().map(String::as_str));
            reader.fault(entry.key_span, "unknown-key", message, Some(hint));
            whole = false;
        } else if let Some(text) = reader.text(&entry.node) {
            words.insert(key, text);
        } else {
            whole = false;
        }
    }
    whole.then_some(())
}

/// Nested keys as dotted ones. As deep as the file is nested, which the reader has bounded.
fn flat<'n>(group: &str, entries: &'n [Entry]) -> Vec<(String, &'n Entry)> {
    let mut found = Vec::new();
    for entry in entries {
        let key = if group.is_empty() { entry.key.clone() } else { format!("{group}.{}", entry.key) };
        match &entry.node.value {
            Value::Map(inner) => found.extend(flat(&key, inner)),
            _ => found.push((key, entry)),
        }
    }
    found
}

/// The known keys of the same group: those that a hint lists.
fn near(known: &[String], key: &str) -> Vec<String> {
    let group = key.rsplit_once('.').map_or("", |(group, _)| group);
    let same = |other: &&String| other.rsplit_once('.').map_or("", |(group, _)| group) == group;
    known.iter().filter(same).cloned().collect()
}
