//! The short texts of a YAML file one by one, for whoever holds a file against the one that came with the program.

use super::shelf::Shelf;
use crate::content::Source;
use crate::content::files::Files;
use crate::content::yaml::{Node, Reader, Value};
use crate::diagnostic::Sink;
use indexmap::IndexMap;

/// Texts by dotted key; of lists, by the place in it. What cannot be read is told elsewhere, and is not there.
pub fn values(files: &dyn Files, path: &str) -> IndexMap<String, Source> {
    let mut sink = Sink::default();
    let mut found = IndexMap::new();
    let shelf = Shelf::of(files, std::iter::once(path.to_owned()));
    if let Some((node, mut reader)) = shelf.yaml(path, &mut sink) {
        add(String::new(), &node, &mut reader, &mut found);
    }
    found
}

fn add(key: String, node: &Node, reader: &mut Reader<'_>, found: &mut IndexMap<String, Source>) {
    let below = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    match &node.value {
        Value::Map(entries) => {
            entries.iter().for_each(|entry| add(below(&entry.key), &entry.node, reader, found));
        }
        Value::List(items) => {
            items.iter().enumerate().for_each(|(at, item)| add(below(&at.to_string()), item, reader, found));
        }
        Value::Scalar(_) => found.extend(reader.source(node).map(|source| (key, source))),
    }
}
