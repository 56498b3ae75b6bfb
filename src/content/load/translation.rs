//! `content/treatments/<id>/<language>/translation.yaml`: who translated the texts of a treatment, who read them against the
//! original, and which state of each file they translate. No handout needs it: it is read to check and to sign.

use super::digest::file_digest;
use super::shelf::Shelf;
use super::treatment;
use crate::content::files::Files;
use crate::content::yaml::{Key, Kind, Node, Reader, optional};
use crate::content::{Library, Pack};
use crate::diagnostic::{Diagnostic, Place, Sink};
use crate::locale::Language;

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

/// The language that a treatment's texts were written in: the first that a clinic lists without a record of who translated
/// it, else one of the folder. The order in which a clinic lists its languages makes no translation an original.
fn original<'l>(paths: &'l [String], library: &'l Library) -> Option<&'l str> {
    let folder = format!("{}/{}/", treatment::FOLDER, library.treatment.id);
    let has_record = |tag: &str| paths.iter().any(|path| *path == format!("{folder}{tag}/{NAME}"));
    let in_folder =
        paths.iter().filter_map(|path| path.strip_prefix(&folder)?.split_once('/')).map(|(tag, _)| tag);
    let listed = library.packs.keys().map(Language::tag);
    let first = listed.clone().next();
    listed.chain(in_folder).find(|tag| !has_record(tag)).or(first)
}

/// The record of a treatment in a language, and what is wrong with it. Nothing for the language that was written first.
pub fn translation(
    files: &dyn Files,
    library: &Library,
    pack: &Pack,
) -> Option<(Translation, Vec<Diagnostic>)> {
    let treatment = &library.treatment.id;
    let listed: Vec<String> = files.list().unwrap_or_default().into_iter().map(|file| file.path).collect();
    let first = original(&listed, library).filter(|first| *first != pack.language.tag())?;
    let path = path(treatment, &pack.language);
    let folder = |language: &str| format!("{}/{treatment}/{language}/", treatment::FOLDER);
    let (own, original) = (folder(pack.language.tag()), folder(first));
    let listed = listed.iter().cloned();
    let shelf = Shelf::of(files, listed.filter(|path| path.starts_with(&own) || path.starts_with(&original)));
    let pair = Pair { shelf: &shelf, own: &own, original: &original };
    let mut sink = Sink::default();
    let mut found = Translation::default();
    if shelf.bytes(&path).is_none() {
        sink.push(pair.no_record(&path, pack));
    } else if let Some((node, mut reader)) = shelf.yaml(&path, &mut sink) {
        found = pair.record(&node, &mut reader);
    }
    Some((found, sink.into_vec()))
}

/// The folders of a translation and of its original.
struct Pair<'s> {
    shelf: &'s Shelf,
    own: &'s str,
    original: &'s str,
}

impl Pair<'_> {
    fn no_record(&self, path: &str, pack: &Pack) -> Diagnostic {
        let message = "nobody says who translated these texts, and from which state of the original";
        let hint = format!("write {path}: `translator: NAME`, `second-reader: NAME`; {}", self.missing(&[]));
        Diagnostic::warning("no-translation-record", message).at(pack.safety.place.clone()).hint(hint)
    }

    fn record(&self, node: &Node, reader: &mut Reader<'_>) -> Translation {
        let Some(fields) = reader.fields(node, NAME, FILE) else { return Translation::default() };
        let mut name = |key: &str| {
            let name = fields.get(key).and_then(|node| reader.line_or_empty(node));
            name.filter(|name| name.chars().any(char::is_alphabetic))
        };
        let found = Translation { translator: name("translator"), second_reader: name("second-reader") };
        let entries = fields.get("translates").and_then(|node| reader.entries(node, "`translates`"));
        let entries = entries.unwrap_or_default();
        for entry in entries {
            if let Some(digest) = reader.line(&entry.node) {
                let place = reader.place(entry.node.span);
                self.stale(&entry.key, &digest, place).into_iter().for_each(|fault| reader.sink.push(fault));
            }
        }
        let known: Vec<&str> = entries.iter().map(|entry| &*entry.key).collect();
        let missing = self.missing(&known);
        if !missing.is_empty() {
            let message = "the record does not say which state of the original these files translate";
            let fault = Diagnostic::warning("no-translation-record", message).at(reader.place(node.span));
            reader.sink.push(fault.hint(missing));
        }
        found
    }

    /// An original that changed since it was translated, or that there is not.
    fn stale(&self, name: &str, digest: &str, place: Place) -> Option<Diagnostic> {
        let original = self.original;
        let fault = match self.digest(name) {
            Some(now) if now == digest => return None,
            Some(now) => {
                let message = format!("`{name}` translates an older {original}{name}");
                let hint = format!("bring it up to date, then write `{name}: {now}`");
                Diagnostic::warning("older-translation", message).hint(hint)
            }
            None => {
                let message = format!("there is no {original}{name} to translate");
                Diagnostic::warning("no-original", message).hint("take the line out")
            }
        };
        Some(fault.at(place))
    }

    /// Of an original, as it is now.
    fn digest(&self, name: &str) -> Option<String> {
        self.shelf.bytes(&format!("{}{name}", self.original)).map(|bytes| file_digest(bytes))
    }

    /// What to write for the files that are not known yet; empty when all are.
    fn missing(&self, known: &[&str]) -> String {
        let names = self.shelf.paths().filter_map(|path| path.strip_prefix(self.own));
        let names = names.filter(|name| !known.contains(name));
        let lines: Vec<String> =
            names.filter_map(|name| Some(format!("`{name}: {}`", self.digest(name)?))).collect();
        match lines.is_empty() {
            true => String::new(),
            false => format!("when they say the same, write under `translates`: {}", lines.join(", ")),
        }
    }
}
