//! `names.yaml`: everyday names, of a language and of a treatment. A folder without them knows the program's own names and
//! words only.

use super::Loading;
use super::shelf::Shelf;
use super::words::REGIONS;
use crate::content::names::{Beside, Names, fold};
use crate::content::yaml::{Entry, Key, Kind, Node, Reader, Value, optional};
use crate::content::{Source, Treatment};
use crate::diagnostic::{allowed, shown};
use crate::limits::LISTED;
use crate::options::{Edition, Name, Side};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const FILE: &[Key] = &[
    optional("regions", Kind::Phrases, "everyday names of each region"),
    optional("unclear", Kind::Groups, "names that may mean several regions: nobody guesses which"),
    optional("editions", Kind::Phrases, "everyday names of each edition"),
    optional("none", Kind::Texts, "words for nothing"),
    optional("sides", Kind::Phrases, "words for a side of the body: `left`, `right` and `both`"),
    optional("treatment", Kind::Texts, "what people call the treatment"),
    optional("not-treatment", Kind::Texts, "what has its name in it and is another treatment"),
    optional("taken-back", Kind::Texts, "words that take back what stands beside them: `not`, `cancelled`"),
    optional("without", Kind::Texts, "words that take back a treatment right beside them: `no`, `without`"),
    optional("or", Kind::Texts, "words that leave open which of two is meant"),
    optional("away", Kind::Texts, "words for a therapist who is not in"),
    optional("beside-treatment", Kind::Texts, "words beside a treatment's name that change nothing"),
];
const EDITIONS: &str = "editions";
const UNCLEAR: &str = "unclear";
const NONE: &str = "none";
const SIDES: &str = "sides";

/// What has names.
pub struct Groups<'g> {
    treatment: &'g Treatment,
    /// The regions of all treatments.
    regions: &'g [Name],
}

impl<'g> Groups<'g> {
    pub fn new(treatment: &'g Treatment, regions: &'g [Name]) -> Groups<'g> {
        Groups { treatment, regions }
    }

    /// The names that a group may be about; `None`: there is no such group.
    fn names(&self, group: &str) -> Option<Vec<Name>> {
        if group == REGIONS {
            return Some(self.regions.to_vec());
        }
        if group == EDITIONS {
            return Some(Edition::NAMES.iter().map(|name| Name::from(*name)).collect());
        }
        let options = self.treatment.options.values();
        let of_group: Vec<Name> = options
            .filter(|option| !option.is_regions() && *option.words == *group)
            .flat_map(|option| option.values().iter().cloned())
            .collect();
        (!of_group.is_empty()).then_some(of_group)
    }

    fn all(&self) -> Vec<&str> {
        let options = self.treatment.options.values();
        let own = options.filter(|option| !option.is_regions() && !option.values().is_empty());
        let fixed = [REGIONS, UNCLEAR, EDITIONS, NONE, SIDES];
        let lists = Beside::ALL.map(Beside::key);
        fixed.into_iter().chain(lists).chain(own.map(|option| &*option.words)).collect()
    }

    /// What a treatment cannot ask for is no meaning there.
    fn is_asked(&self, group: &str, name: &Name) -> bool {
        let regions = self.treatment.regions();
        group != REGIONS || regions.is_some_and(|option| option.values().contains(name))
    }
}

/// The names of a language, then those of a treatment; `None` when one is faulty. `is_tried`: they and the words come with the
/// program.
pub fn read(
    shelf: &Shelf,
    folders: [&str; 2],
    groups: &Groups<'_>,
    words: Option<&IndexMap<String, Source>>,
    is_tried: bool,
    loading: &mut Loading,
) -> Option<Names> {
    let mut names = Names::default();
    let mut whole = true;
    for folder in folders {
        let path = format!("{folder}/names.yaml");
        if shelf.bytes(&path).is_none() {
            continue;
        }
        let (node, mut reader) = shelf.yaml(&path, &mut loading.sink)?;
        let (names, reader) = (&mut names, &mut reader);
        let mut reading =
            Reading { words, groups, names, own: BTreeMap::new(), whole: true, is_tried, reader };
        reading.file(&node);
        whole &= reading.whole;
    }
    whole.then_some(names)
}

struct Reading<'w, 'r, 's> {
    words: Option<&'w IndexMap<String, Source>>,
    groups: &'w Groups<'w>,
    names: &'r mut Names,
    /// By group, its own names as they are compared: the ids, and what the sheet prints.
    own: BTreeMap<String, BTreeSet<String>>,
    whole: bool,
    /// The test suite finds no doubles in the program's own files: nobody looks for them again.
    is_tried: bool,
    reader: &'r mut Reader<'s>,
}

impl Reading<'_, '_, '_> {
    fn file(&mut self, node: &Node) {
        for entry in self.reader.entries(node, "names.yaml").unwrap_or_default() {
            match entry.key.as_str() {
                _ if entry.node.is_null() => {}
                UNCLEAR => {
                    let entries = self.reader.entries(&entry.node, UNCLEAR).unwrap_or_default();
                    entries.iter().for_each(|entry| self.unclear(entry));
                }
                NONE => {
                    let texts = self.texts(&entry.node);
                    self.names.none.extend(texts);
                }
                SIDES => {
                    self.sides(&entry.node);
                }
                key if let Some(list) = Beside::of(key) => {
                    let lines = self.lines(&entry.node);
                    self.names.lists.entry(list).or_default().extend(lines);
                }
                group => match self.groups.names(group) {
                    Some(known) => {
                        let entries = self.reader.entries(&entry.node, group).unwrap_or_default();
                        entries.iter().for_each(|entry| self.names_of(group, &known, entry));
                    }
                    None => {
                        let message = format!("unknown key `{}` in names.yaml", shown(group));
                        let hint = allowed(group, self.groups.all().into_iter());
                        self.reader.fault_about(group, entry.key_span, "unknown-key", message, Some(hint));
                        self.whole = false;
                    }
                },
            }
        }
    }

    fn names_of(&mut self, group: &str, known: &[Name], entry: &Entry) {
        let Some(name) = known.iter().find(|name| ***name == *entry.key) else {
            let message = format!("`{}` is none of the names of `{group}`", shown(&entry.key));
            let hint = allowed(&entry.key, known.iter().map(|name| &**name));
            self.reader.fault(entry.key_span, "unknown-value", message, Some(hint));
            self.whole = false;
            return;
        };
        for item in self.reader.items_within(&entry.node, "the list", LISTED) {
            match self.reader.line(item) {
                Some(text) => self.add(group, known, &text, vec![name.clone()], item),
                None => self.whole = false,
            }
        }
    }

    fn unclear(&mut self, entry: &Entry) {
        let known = self.groups.regions;
        let regions = self.reader.names_of(&entry.node, "region", known);
        if regions.len() < 2 {
            let message = "an unclear name may mean two regions or more";
            self.reader.fault(entry.key_span, "too-few-values", message, None);
            self.whole = false;
            return;
        }
        let key = Node { span: entry.key_span, ..entry.node.clone() };
        self.add(REGIONS, known, &entry.key, regions, &key);
    }

    /// Adds a name that stands nowhere else.
    fn add(&mut self, group: &str, known: &[Name], text: &str, meant: Vec<Name>, node: &Node) {
        let folded = fold(text);
        let is_own = self.is_own(group, known, &folded);
        // An unclear name of which a treatment knows one area is no clearer there.
        let asked: Vec<Name> =
            meant.iter().filter(|name| self.groups.is_asked(group, name)).cloned().collect();
        let meant = if meant.len() > 1 && asked.len() == 1 { Vec::new() } else { asked };
        let names: &mut BTreeMap<String, Vec<Name>> = self.names.meant.entry(group.into()).or_default();
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

    /// Whether a name is one of the group's ids, or the sheet prints one of them so.
    fn is_own(&mut self, group: &str, known: &[Name], folded: &str) -> bool {
        if self.is_tried {
            return false;
        }
        if !self.own.contains_key(group) {
            let of_group = |key: &str| key.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'));
            let words = self.words.into_iter().flatten().filter(|(key, _)| of_group(key));
            let own = known.iter().map(|name| fold(name)).chain(words.map(|(_, word)| fold(&word.text)));
            self.own.insert(group.to_owned(), own.collect());
        }
        self.own.get(group).is_some_and(|own| own.contains(folded))
    }

    /// By side; a list of words without one is from before there were sides.
    fn sides(&mut self, node: &Node) {
        if !matches!(node.value, Value::Map(_)) {
            let texts = self.texts(node);
            return self.names.sides.extend(texts.into_iter().map(|text| (text, None)));
        }
        for entry in self.reader.entries(node, SIDES).unwrap_or_default() {
            let Some(side) = Side::from_name(&entry.key) else {
                let message = format!("`{}` is no side", shown(&entry.key));
                let hint = allowed(&entry.key, Side::NAMES.into_iter());
                self.reader.fault(entry.key_span, "unknown-value", message, Some(hint));
                self.whole = false;
                continue;
            };
            let items = self.reader.items_within(&entry.node, "the list", LISTED).to_vec();
            items.iter().for_each(|item| self.side(side, item));
        }
    }

    /// A word for a side, which is none for the other one.
    fn side(&mut self, side: Side, node: &Node) {
        let Some(text) = self.reader.line(node) else { return };
        let folded = fold(&text);
        let is_other = |(word, other): &(String, Option<Side>)| *word == folded && *other != Some(side);
        if self.names.sides.iter().any(is_other) {
            let message = format!("`{}` stands for two sides", shown(&text));
            let hint = "take it out of one of them, or nobody knows which side is meant";
            self.reader.fault(node.span, "doubled-name", message, Some(hint.into()));
            self.whole = false;
        }
        self.names.sides.push((folded, Some(side)));
    }

    fn texts(&mut self, node: &Node) -> Vec<String> {
        self.lines(node).iter().map(|text| fold(text)).collect()
    }

    fn lines(&mut self, node: &Node) -> Vec<String> {
        let items = self.reader.items_within(node, "the list", LISTED);
        items.iter().filter_map(|item| self.reader.line(item)).collect()
    }
}
