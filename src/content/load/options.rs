//! `content/options.yaml`: region groups, defaults, and options that contradict each other.

use super::Loading;
use super::shelf::Shelf;
use crate::content::yaml::{Key, Kind, Node, Reader, optional, required};
use crate::content::{Choice, Contradiction, OptionSchema};
use crate::diagnostic::allowed;
use crate::limits::LISTED;
use crate::options::Region;
use crate::options::keys::KEYS;
use indexmap::IndexMap;

pub const PATH: &str = "content/options.yaml";

pub(super) const FILE: &[Key] = &[
    required("region-groups", Kind::Groups(Region::NAMES), "regions by group, each region in at least one"),
    required("defaults", Kind::Keys(DEFAULTS), "when a request names none"),
    optional("contradictions", Kind::List(CONTRADICTION), "options that are refused together"),
];
pub(super) const DEFAULTS: &[Key] = &[
    required("stretches-per-sheet", Kind::Number(0, 6), "how many stretches are chosen by region"),
    required("exercises-per-sheet", Kind::Number(0, 6), "how many movements are chosen by region"),
];
pub(super) const CONTRADICTION: &[Key] = &[
    required("a", Kind::Keys(CHOICE), "one side"),
    required("b", Kind::Keys(CHOICE), "the other side"),
    required("reason", Kind::Text, "what the message says"),
];
pub(super) const CHOICE: &[Key] = &[
    required("key", Kind::Line, "a key of a request, as plan.note"),
    optional("value", Kind::Line, "its value; without one: given at all"),
];
/// A request names at most this many, so a sheet shows no more by itself.
const MOST: u32 = 6;

pub fn read(shelf: &Shelf, loading: &mut Loading) -> Option<OptionSchema> {
    let (node, mut reader) = shelf.yaml(PATH, &mut loading.sink)?;
    let reader = &mut reader;
    let fields = reader.fields(&node, "options.yaml", FILE)?;
    let region_groups = fields.get("region-groups").and_then(|node| groups(node, reader));
    let defaults = fields.get("defaults").and_then(|node| defaults(node, reader));
    let contradictions = match fields.get("contradictions") {
        Some(node) => reader
            .items_within(node, "the list", LISTED)
            .iter()
            .filter_map(|item| contradiction(item, reader))
            .collect(),
        None => Vec::new(),
    };
    let (stretches_per_sheet, exercises_per_sheet) = defaults?;
    Some(OptionSchema {
        region_groups: region_groups?,
        stretches_per_sheet,
        exercises_per_sheet,
        contradictions,
    })
}

fn groups(node: &Node, reader: &mut Reader<'_>) -> Option<IndexMap<String, Vec<Region>>> {
    let mut groups = IndexMap::new();
    for entry in reader.entries(node, "region-groups")? {
        let regions: Vec<Region> = reader.choices(&entry.node, "region", Region::NAMES);
        groups.insert(entry.key.clone(), regions);
    }
    let in_no_group =
        |region: &&Region| !groups.values().any(|regions: &Vec<Region>| regions.contains(region));
    for region in Region::ALL.iter().filter(in_no_group) {
        reader.fault(node.span, "no-group", format!("`{region}` is in no region group"), None);
    }
    Some(groups)
}

fn defaults(node: &Node, reader: &mut Reader<'_>) -> Option<(usize, usize)> {
    let fields = reader.fields(node, "defaults", DEFAULTS)?;
    let mut count = |key| fields.get(key).and_then(|node| reader.number(node, 0..=MOST));
    let (stretches, exercises) = (count("stretches-per-sheet"), count("exercises-per-sheet"));
    Some((stretches? as usize, exercises? as usize))
}

fn contradiction(node: &Node, reader: &mut Reader<'_>) -> Option<Contradiction> {
    let fields = reader.fields(node, "a contradiction", CONTRADICTION)?;
    let a = fields.get("a").and_then(|node| choice(node, reader));
    let b = fields.get("b").and_then(|node| choice(node, reader));
    let reason = fields.get("reason").and_then(|node| reader.text(node));
    Some(Contradiction { a: a?, b: b?, reason: reason? })
}

fn choice(node: &Node, reader: &mut Reader<'_>) -> Option<Choice> {
    let fields = reader.fields(node, "a side of a contradiction", CHOICE)?;
    let value = fields.get("value").and_then(|node| reader.word(node));
    let key_node = fields.get("key")?;
    let written = reader.word(key_node)?;
    let key = KEYS.iter().find(|key| key.path == written || key.column == written);
    if key.is_none() {
        let hint = allowed(&written, KEYS.iter().map(|key| key.path));
        reader.fault(key_node.span, "unknown-value", format!("a request has no key `{written}`"), Some(hint));
    }
    Some(Choice { key: key?.path.to_owned(), value })
}
