//! `content/<language>/names.yaml`: everyday names. A folder without it knows the program's own names and words only.

use super::Loading;
use super::shelf::Shelf;
use crate::content::Source;
use crate::content::names::{Names, fold};
use crate::content::yaml::{Entry, Key, Kind, Node, Reader, optional};
use crate::diagnostic::{allowed, shown};
use crate::limits::LISTED;
use crate::options::{Activity, Edition, Intensity, Precaution, Region};
use indexmap::IndexMap;
use std::collections::BTreeMap;

pub(super) const FILE: &[Key] = &[
    optional("regions", Kind::Phrases, "everyday names of each region"),
    optional(
        "unclear",
        Kind::Groups(Region::NAMES),
        "names that may mean several regions: nobody guesses which",
    ),
    optional("intensities", Kind::Phrases, "everyday names of each intensity"),
    optional("activities", Kind::Phrases, "everyday names of each activity"),
    optional("precautions", Kind::Phrases, "everyday names of each precaution"),
    optional("editions", Kind::Phrases, "everyday names of each edition"),
    optional("none", Kind::Texts, "words for nothing"),
    optional("sides", Kind::Texts, "words for a side of the body"),
];

/// Groups of names with the names that they are for.
const GROUPS: [(&str, &[&str]); 5] = [
    ("regions", Region::NAMES),
    ("intensities", Intensity::NAMES),
    ("activities", Activity::NAMES),
    ("precautions", Precaution::NAMES),
    ("editions", Edition::NAMES),
];
const REGIONS: &str = "regions";

/// The names of a language; `None` when one is faulty.
pub fn read(
    shelf: &Shelf,
    folder: &str,
    words: Option<&IndexMap<String, Source>>,
    loading: &mut Loading,
) -> Option<Names> {
    let path = format!("{folder}/names.yaml");
    if shelf.bytes(&path).is_none() {
        return Some(Names::default());
    }
    let (node, mut reader) = shelf.yaml(&path, &mut loading.sink)?;
    let fields = reader.fields(&node, "names.yaml", FILE)?;
    let mut reading = Reading { words, names: Names::default(), whole: true, reader: &mut reader };
    for (group, known) in GROUPS {
        let entries = fields.get(group).map(|node| reading.reader.entries(node, group).unwrap_or_default());
        entries.unwrap_or_default().iter().for_each(|entry| reading.names_of(group, known, entry));
    }
    let unclear =
        fields.get("unclear").map(|node| reading.reader.entries(node, "unclear").unwrap_or_default());
    unclear.unwrap_or_default().iter().for_each(|entry| reading.unclear(entry));
    let none = fields.get("none").map(|node| reading.texts(node)).unwrap_or_default();
    let sides = fields.get("sides").map(|node| reading.texts(node)).unwrap_or_default();
    let Reading { names, whole, .. } = reading;
    whole.then_some(Names { none, sides, ..names })
}

struct Reading<'w, 'r, 's> {
    words: Option<&'w IndexMap<String, Source>>,
    names: Names,
    whole: bool,
    reader: &'r mut Reader<'s>,
}

impl Reading<'_, '_, '_> {
    fn names_of(&mut self, group: &'static str, known: &'static [&'static str], entry: &Entry) {
        let Some(name) = known.iter().find(|name| **name == entry.key) else {
            let message = format!("`{}` is none of the names of `{group}`", shown(&entry.key));
            let hint = allowed(&entry.key, known.iter().copied());
            self.reader.fault(entry.key_span, "unknown-value", message, Some(hint));
            self.whole = false;
            return;
        };
        for item in self.reader.items_within(&entry.node, "the list", LISTED) {
            match self.reader.line(item) {
                Some(text) => self.add(group, known, &text, vec![*name], item),
                None => self.whole = false,
            }
        }
    }

    fn unclear(&mut self, entry: &Entry) {
        let regions: Vec<Region> = self.reader.choices(&entry.node, "region", Region::NAMES);
        if regions.len() < 2 {
            let message = "an unclear name may mean two regions or more";
            self.reader.fault(entry.key_span, "too-few-values", message, None);
            self.whole = false;
            return;
        }
        let key = Node { span: entry.key_span, ..entry.node.clone() };
        let regions = regions.into_iter().map(Region::name).collect();
        self.add(REGIONS, Region::NAMES, &entry.key.clone(), regions, &key);
    }

    /// Adds a name that stands nowhere else.
    fn add(
        &mut self,
        group: &'static str,
        known: &[&str],
        text: &str,
        meant: Vec<&'static str>,
        node: &Node,
    ) {
        let folded = fold(text);
        let is_own = known.iter().any(|name| fold(name) == folded) || self.is_word(group, &folded);
        let names: &mut BTreeMap<String, Vec<&'static str>> = self.names.meant.entry(group).or_default();
        let message = match (folded.is_empty(), is_own, names.contains_key(&folded)) {
            (true, ..) => format!("`{}` holds no letters", shown(text)),
            (_, true, _) => format!("`{}` is a name of `{group}` itself", shown(text)),
            (.., true) => format!("`{}` stands twice among the names of `{group}`", shown(text)),
            _ => {
                names.insert(folded, meant);
                return;
            }
        };
        self.reader.fault(node.span, "doubled-name", message, None);
        self.whole = false;
    }

    /// Whether the sheet prints one of the group's names so.
    fn is_word(&self, group: &str, folded: &str) -> bool {
        let of_group = |key: &str| key.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'));
        let words = self.words.into_iter().flatten().filter(|(key, _)| of_group(key));
        words.into_iter().any(|(_, word)| fold(&word.text) == folded)
    }

    fn texts(&mut self, node: &Node) -> Vec<String> {
        let items = self.reader.items_within(node, "the list", LISTED);
        items.iter().filter_map(|item| self.reader.line(item)).map(|text| fold(&text)).collect()
    }
}
