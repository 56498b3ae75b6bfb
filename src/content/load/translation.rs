//! `content/treatments/<id>/<language>/translation.yaml`: who translated the texts of a treatment, who read them against the
//! original, and which state of each file they translate. No handout needs it: it is read to check and to sign.

use super::shelf::Shelf;
use super::{digest, treatment};
use crate::content::Pack;
use crate::content::files::Files;
use crate::content::yaml::{Key, Kind, Reader, optional};
use crate::diagnostic::{Diagnostic, Place, Sink};
use crate::locale::Language;
use std::collections::BTreeMap;

/// In the folder of a treatment in a language.
pub const NAME: &str = "translation.yaml";

pub(super) const FILE: &[Key] = &[
    optional("translator", Kind::LineOrNone, "who translated the texts"),
    optional("second-reader", Kind::LineOrNone, "who read them against the original"),
    optional(
        "translates",
        Kind::Reasons,
        "file → the SHA-256 of the original that it translates, as `check` tells it",
    ),
];

/// Who answers for a translation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translation {
    pub translator: Option<String>,
    pub second_reader: Option<String>,
}

impl Translation {
    /// What must be named before anybody can sign; nothing when all is.
    pub fn lacks(&self) -> Option<&'static str> {
        match (&self.translator, &self.second_reader) {
            (None, None) => Some("no translator and no second reader"),
            (None, _) => Some("no translator"),
            (_, None) => Some("no second reader"),
            (Some(one), Some(other)) if one.to_lowercase() == other.to_lowercase() => {
                Some("one person as translator and second reader")
            }
            _ => None,
        }
    }
}

/// The path of a record.
pub fn path(treatment: &str, language: &Language) -> String {
    format!("{}/{treatment}/{language}/{NAME}", treatment::FOLDER)
}

/// The record of a treatment in a language that is not the clinic's first, and what is wrong with it.
pub fn translation(
    files: &dyn Files,
    treatment: &str,
    first: &Language,
    pack: &Pack,
) -> (Translation, Vec<Diagnostic>) {
    let path = path(treatment, &pack.language);
    let folder = |language: &Language| format!("{}/{treatment}/{language}/", treatment::FOLDER);
    let (own, original) = (folder(&pack.language), folder(first));
    let listed = files.list().unwrap_or_default().into_iter().map(|file| file.path);
    let shelf = Shelf::of(files, listed.filter(|path| path.starts_with(&own) || path.starts_with(&original)));
    let mut sink = Sink::default();
    let mut found = Translation::default();
    if shelf.bytes(&path).is_none() {
        let message = "nobody says who translated these texts, and from which state of the original";
        let hint = format!(
            "write {path}: `translator: NAME`, `second-reader: NAME`; {}",
            lines(&shelf, &own, &original, &[])
        );
        sink.push(
            Diagnostic::warning("no-translation-record", message).at(pack.safety.place.clone()).hint(hint),
        );
        return (found, sink.into_vec());
    }
    let Some((node, mut reader)) = shelf.yaml(&path, &mut sink) else { return (found, sink.into_vec()) };
    let mut stale = Vec::new();
    if let Some(fields) = reader.fields(&node, NAME, FILE) {
        let mut name = |key: &str| fields.get(key).and_then(|node| reader.line_or_empty(node));
        let names = [name("translator"), name("second-reader")];
        let [translator, second_reader] =
            names.map(|name| name.filter(|name| name.chars().any(char::is_alphabetic)));
        found = Translation { translator, second_reader };
        let entries = fields.get("translates").and_then(|node| reader.entries(node, "`translates`"));
        let mut told = BTreeMap::new();
        for entry in entries.unwrap_or_default() {
            let digest = reader.line(&entry.node);
            told.insert(entry.key.to_string(), (digest, reader.place(entry.node.span)));
        }
        stale = compared(&shelf, &own, &original, told, &reader, node.span);
    }
    stale.into_iter().for_each(|fault| sink.push(fault));
    (found, sink.into_vec())
}

/// Originals that changed since they were translated, and files that do not say what they translate.
fn compared(
    shelf: &Shelf,
    own: &str,
    original: &str,
    told: BTreeMap<String, (Option<String>, Place)>,
    reader: &Reader<'_>,
    span: crate::content::yaml::Span,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, (digest, place)) in &told {
        match now(shelf, original, name) {
            Some(now) if digest.as_deref().is_none_or(|digest| digest == now) => {}
            Some(now) => {
                let message = format!("`{name}` translates an older {original}{name}");
                let hint = format!("bring it up to date, then write `{name}: {now}`");
                found.push(Diagnostic::warning("older-translation", message).at(place.clone()).hint(hint));
            }
            None => {
                let message = format!("there is no {original}{name} to translate");
                found.push(
                    Diagnostic::warning("no-original", message).at(place.clone()).hint("take the line out"),
                );
            }
        }
    }
    let known: Vec<&str> = told.keys().map(String::as_str).collect();
    let missing = lines(shelf, own, original, &known);
    if !missing.is_empty() {
        let message = "the record does not say which state of the original these files translate";
        found
            .push(Diagnostic::warning("no-translation-record", message).at(reader.place(span)).hint(missing));
    }
    found
}

fn now(shelf: &Shelf, original: &str, name: &str) -> Option<String> {
    shelf.bytes(&format!("{original}{name}")).map(|bytes| digest::file_digest(bytes))
}

/// "under `translates`: `rest.md: 3f2a…`, …" of the files that are not known yet; empty when all are.
fn lines(shelf: &Shelf, own: &str, original: &str, known: &[&str]) -> String {
    let names = shelf.paths().filter_map(|path| path.strip_prefix(own)).filter(|name| !known.contains(name));
    let lines: Vec<String> =
        names.filter_map(|name| Some(format!("`{name}: {}`", now(shelf, original, name)?))).collect();
    match lines.is_empty() {
        true => String::new(),
        false => format!("when they say the same, write under `translates`: {}", lines.join(", ")),
    }
}
