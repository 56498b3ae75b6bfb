//! A request file: YAML, nested by the dots of the keys' paths.

use super::raw::{Given, RawRequest};
use crate::content::yaml::{Entry, Node, Reader, Value, allowed, shown};
use crate::diagnostic::{Diagnostic, Place, Sink};
use crate::options::keys::{KEYS, Key};
use std::collections::BTreeSet;

/// Bytes of a request file. Whoever reads one stops there.
pub const LIMIT: u64 = 256 << 10;

/// Keys whose values no message shows, and no line that they stand on. An id may be a name after all.
const PRIVATE: [&str; 3] = ["id", "patient", "plan.note"];

/// A request from a YAML text; `file` names it in messages. What is wrong with its shape stands in
/// [`RawRequest::faults`], so that [`resolve`](super::resolve()) reports it together with what is wrong with its values.
pub fn from_yaml(file: &str, text: &str) -> RawRequest {
    let mut sink = Sink::default();
    let mut raw = RawRequest::new(Place::line(file, 1, 1));
    if text.len() as u64 > LIMIT {
        let message = format!("a request is at most {} KiB long", LIMIT >> 10);
        sink.push(Diagnostic::error("file-too-big", message).at(Place::file(file)));
        raw.faults = sink.into_vec();
        raw.broken = true;
        return raw;
    }
    let mut reader = Reader::new(file, text.into(), &mut sink);
    reader.hide_all();
    match reader.parse() {
        Some(node) => fill(&mut raw, &node, &mut reader),
        None => raw.broken = true,
    }
    raw.faults = sink.into_vec();
    raw
}

/// A request from a node of a tree, e.g. an item of a roster.
pub(super) fn fill(raw: &mut RawRequest, node: &Node, reader: &mut Reader<'_>) {
    if node.is_null() {
        return;
    }
    let mut private = BTreeSet::new();
    private_lines("", node, &mut private);
    reader.hide(private);
    group("", node, raw, reader);
}

/// Lines that may hold a patient's words: those of the private keys and of whatever has no known key.
fn private_lines(group: &str, node: &Node, lines: &mut BTreeSet<u32>) {
    let Value::Map(entries) = &node.value else {
        lines.extend(node.span.line..=node.last_line);
        return;
    };
    for entry in entries {
        let path = path(group, entry);
        let node = &entry.node;
        if is_group(&path) {
            private_lines(&path, node, lines);
        } else if Key::at_path(&path).is_none() || PRIVATE.contains(&path.as_str()) {
            lines.extend(entry.key_span.line..=node.last_line);
        }
    }
}

fn group(group_path: &str, node: &Node, raw: &mut RawRequest, reader: &mut Reader<'_>) {
    let thing = if group_path.is_empty() { "a request" } else { group_path };
    let Some(entries) = reader.entries(node, thing) else {
        raw.broken = raw.broken || group_path.is_empty();
        KEYS.iter().filter(|key| key.path.starts_with(group_path)).for_each(|key| raw.put_unread(key));
        return;
    };
    for entry in entries {
        let path = path(group_path, entry);
        if let Some(key) = Key::at_path(&path) {
            value(key, &entry.node, raw, reader);
        } else if !is_group(&path) {
            unknown(group_path, entry, reader);
        } else if !entry.node.is_null() {
            if path == "session" {
                raw.place = reader.place(entry.key_span);
            }
            group(&path, &entry.node, raw, reader);
        }
    }
}

fn value(key: &'static Key, node: &Node, raw: &mut RawRequest, reader: &mut Reader<'_>) {
    if node.is_null() {
        return;
    }
    if !key.list {
        match given(node, reader) {
            Some(given) => raw.set(key, &given.value, given.place),
            None => raw.put_unread(key),
        }
        return;
    }
    let items = reader.items(node);
    let values: Vec<Given<String>> = items.iter().filter_map(|item| given(item, reader)).collect();
    if values.len() < items.len() || !matches!(node.value, Value::List(_)) {
        raw.put_unread(key);
    }
    raw.put(key, values);
}

fn given(node: &Node, reader: &mut Reader<'_>) -> Option<Given<String>> {
    let value = reader.scalar(node)?.text.clone();
    Some(Given { value, place: reader.place(node.span) })
}

fn unknown(group: &str, entry: &Entry, reader: &mut Reader<'_>) {
    // A key in the wrong group is named with its right one.
    let elsewhere =
        KEYS.iter().find(|key| key.path.ends_with(&format!(".{}", entry.key)) || key.column == entry.key);
    let hint = match elsewhere {
        Some(key) => match key.path.rsplit_once('.') {
            Some((group, name)) => format!("write it as `{name}` under `{}`", group.replace('.', ": ")),
            None => format!("write it as `{}`, not indented", key.path),
        },
        None => allowed(&entry.key, names_in(group).into_iter()),
    };
    let message = match group {
        "" => format!("unknown key `{}`", shown(&entry.key)),
        group => format!("unknown key `{}` in `{group}`", shown(&entry.key)),
    };
    reader.fault(entry.key_span, "unknown-key", message, Some(hint));
}

fn path(group: &str, entry: &Entry) -> String {
    if group.is_empty() { entry.key.clone() } else { format!("{group}.{}", entry.key) }
}

/// Whether keys stand below a path: `session`, `print.sections`.
fn is_group(path: &str) -> bool {
    KEYS.iter().any(|key| key.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

/// The names of keys and groups directly below a path.
fn names_in(group: &str) -> Vec<&'static str> {
    let mut names = Vec::new();
    for key in KEYS {
        let rest = match group {
            "" => Some(key.path),
            group => key.path.strip_prefix(group).and_then(|rest| rest.strip_prefix('.')),
        };
        let name = rest.and_then(|rest| rest.split('.').next());
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names
}
