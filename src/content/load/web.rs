//! `web.yaml`: the words of the clinician's page, of a language and of a treatment. Where a folder is silent, the page speaks
//! the program's own words.

use super::Loading;
use super::shelf::Shelf;
use crate::content::files::Embedded;
use crate::content::yaml::{Entry, Node, Reader, Value};
use crate::diagnostic::{Sink, allowed, shown};
use crate::lazy::Lazy;
use indexmap::IndexMap;
use std::sync::{Arc, LazyLock};

/// The words that every page has; which words there are is said here.
const OWN: &str = "content/languages/en/web.yaml";
/// Words by which columns of other lists are understood.
pub(super) const LIKED: &str = "roster.like.";
/// Words in front of the extension of a phone number.
pub(super) const EXTENSIONS: &str = "setup.extensions";
/// Groups of a treatment's own words: labels of its presets in this language (by id; without one it is that of
/// `presets.yaml`) and of its options, what its facts say, what to ask before a treatment, what its faults say, columns of a
/// roster, and what other lists call them.
const PRESETS: &str = "presets.";
const OWN_GROUPS: [&str; 7] =
    ["presets.", "options.", "facts.", "before.", "faults.", "roster.columns.", LIKED];

/// Words by dotted key, in the order of the program's own file.
pub type WebWords = IndexMap<String, String>;

/// `folders`: of the language, then of the treatment.
pub fn read(shelf: &Shelf, folders: [&str; 2], loading: &mut Loading) -> Option<Lazy<WebWords>> {
    let mut files = Vec::new();
    for (folder, is_own) in folders.into_iter().zip([false, true]) {
        let path = format!("{folder}/web.yaml");
        if shelf.bytes(&path).is_some() {
            let text = shelf.text(&path, &mut loading.sink)?;
            let tree = shelf.tree(&path);
            files.push(File { path, text, tree, is_own });
        }
    }
    if files.iter().all(|file| shelf.is_built_in(&file.path)) {
        return Some(Lazy::new(move || words(files, &mut Sink::default()).unwrap_or_default()));
    }
    words(files, &mut loading.sink).map(Lazy::from)
}

/// The words of lists of a file that comes with the program.
pub(super) fn of_lists(path: &str) -> Option<WebWords> {
    let own = Embedded.bytes(path)?;
    let mut sink = Sink::default();
    let mut reader = Reader::new(path, std::str::from_utf8(own).ok()?.into(), &mut sink);
    let mut words = IndexMap::new();
    take_all(&mut reader, Embedded.tree(path, own), &mut words, &|_| true)?;
    words.retain(|key, _| key.starts_with("roster.") || key == EXTENSIONS);
    Some(words)
}

struct File {
    path: String,
    text: Arc<str>,
    /// Where it is known.
    tree: Option<Node>,
    /// Of a treatment, whose options have words of their own.
    is_own: bool,
}

/// The program's own words, in which the test suite finds no fault.
static PROGRAM: LazyLock<WebWords> = LazyLock::new(|| {
    let mut words = IndexMap::new();
    let own = Embedded.bytes(OWN).unwrap_or_default();
    let text = std::str::from_utf8(own).unwrap_or_default();
    let mut sink = Sink::default();
    let mut reader = Reader::new(OWN, text.into(), &mut sink);
    take_all(&mut reader, Embedded.tree(OWN, own), &mut words, &|_| true);
    words
});

/// The program's words, and over them those of a folder.
fn words(files: Vec<File>, sink: &mut Sink) -> Option<WebWords> {
    let mut words = PROGRAM.clone();
    let own = Embedded.bytes(OWN).unwrap_or_default();
    for file in files.into_iter().filter(|file| file.text.as_bytes() != own) {
        let may_stand = |key: &str| {
            PROGRAM.contains_key(key)
                || OWN_GROUPS.iter().any(|group| key.starts_with(group) && (file.is_own || *group == PRESETS))
        };
        take_all(&mut Reader::new(&*file.path, file.text.clone(), sink), file.tree, &mut words, &may_stand)?;
    }
    Some(words)
}

fn take_all(
    reader: &mut Reader<'_>,
    tree: Option<Node>,
    words: &mut WebWords,
    may_stand: &dyn Fn(&str) -> bool,
) -> Option<()> {
    let node = tree.or_else(|| reader.parse())?;
    let entries = reader.entries(&node, "web.yaml")?;
    let known = words.len();
    let mut whole = true;
    for (key, entry) in flat("", entries) {
        if !may_stand(&key) {
            let message = format!("unknown word `{}`", shown(&key));
            let known: Vec<String> = words.keys().take(known).cloned().collect();
            let hint = allowed(&key, near(&known, &key).iter().map(String::as_str));
            reader.fault(entry.key_span, "unknown-key", message, Some(hint));
            whole = false;
        } else if let Some(text) = reader.written(&entry.node) {
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
