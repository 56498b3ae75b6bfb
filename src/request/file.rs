//! A request file: YAML, nested by the dots of the keys' paths.

use super::raw::{Given, RawRequest};
use crate::content::yaml::{Entry, Node, Reader, Span, Value};
use crate::diagnostic::{Choice, Diagnostic, Hint, Place, Sink, allowed, marked};
use crate::options::keys::{self, Key, Keys};
use std::collections::BTreeSet;

/// Bytes of a request file. Whoever reads one stops there.
pub const LIMIT: u64 = 256 << 10;

/// Keys whose values no message shows, and no line that they stand on. An id may be a name after all.
const PRIVATE: [&str; 3] = ["id", "patient", "plan.note"];

/// A request from a YAML text; `file` names it in messages. What is wrong with its shape stands in
/// [`RawRequest::faults`], so that [`resolve`](super::resolve()) reports it together with what is wrong with its values.
pub fn from_yaml(file: &str, text: &str, keys: &Keys) -> RawRequest {
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
    reader.hide_all(keys);
    match reader.parse() {
        Some(node) => {
            let mut private = BTreeSet::new();
            private_lines("", &node, keys, &mut private);
            reader.hide(private);
            fill(&mut raw, &node, Form::File, keys, &mut reader);
        }
        None => raw.broken = true,
    }
    raw.faults = sink.into_vec();
    raw
}

/// What a request is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    File,
    /// A row of a roster: columns may stand for nested keys, and a text with `;` for a list.
    Row,
}

/// Takes a request's values out of a tree.
pub(super) fn fill(raw: &mut RawRequest, node: &Node, form: Form, keys: &Keys, reader: &mut Reader<'_>) {
    if !node.is_null() {
        Fill { raw, form, keys, reader }.group("", node);
    }
}

/// Lines that may hold a patient's words: those of the private keys and of whatever has no known key.
fn private_lines(group: &str, node: &Node, keys: &Keys, lines: &mut BTreeSet<u32>) {
    let Value::Map(entries) = &node.value else {
        lines.extend(node.span.line..=node.last_line);
        return;
    };
    for entry in entries {
        let path = path(group, entry);
        let node = &entry.node;
        if is_group(keys, &path) {
            private_lines(&path, node, keys, lines);
        } else if keys.at_path(&path).is_none_or(|key| !has_shape(key, node) || is_private(key)) {
            lines.extend(entry.key_span.line..=node.last_line);
        }
    }
}

/// Whether a value has the shape of its key's: anything may stand in another one.
fn has_shape(key: &Key, node: &Node) -> bool {
    match &node.value {
        Value::Scalar(_) => !key.list || node.is_null(),
        Value::List(items) => key.list && items.iter().all(|item| matches!(item.value, Value::Scalar(_))),
        Value::Map(_) => false,
    }
}

struct Fill<'f, 'r> {
    raw: &'f mut RawRequest,
    form: Form,
    keys: &'f Keys,
    reader: &'f mut Reader<'r>,
}

impl Fill<'_, '_> {
    fn group(&mut self, group: &str, node: &Node) {
        let thing = if group.is_empty() { "a request" } else { group };
        let Some(entries) = self.reader.entries(node, thing) else {
            self.raw.broken = self.raw.broken || group.is_empty();
            let below = self.keys.iter().filter(|key| key.path.starts_with(group));
            below.for_each(|key| self.raw.put_unread(key));
            return;
        };
        for entry in entries {
            let path = path(group, entry);
            let is_column = self.form == Form::Row && group.is_empty();
            let column = is_column.then(|| self.keys.of_column(&path)).flatten();
            // A dot in a key is a path written flat, which no other key of the file could be held against.
            let known = self.keys.at_path(&path).filter(|_| !entry.key.contains('.'));
            if let Some(key) = known.or(column) {
                let key = key.clone();
                self.check_once(&key, entry);
                self.value(&key, &entry.node);
            } else if !is_group(self.keys, &path) {
                self.unknown(group, entry);
            } else if !entry.node.is_null() {
                if path == "session" {
                    self.raw.place = self.reader.place(entry.key_span);
                }
                self.group(&path, &entry.node);
            }
        }
    }

    /// In a row, a nested key and its column say the same.
    fn check_once(&mut self, key: &Key, entry: &Entry) {
        if self.form == Form::Row && self.raw.list(&key.path).is_some() && entry.key == key.column {
            let message = format!("`{}` is given twice, also as `{}`", key.column, key.path);
            self.reader.fault_about(&entry.key, entry.key_span, "duplicate-key", message, None);
        }
    }

    fn value(&mut self, key: &Key, node: &Node) {
        let split = self.form == Form::Row && matches!(node.value, Value::Scalar(_));
        if node.is_null() && !(is_text(key) && is_remark(node)) {
            return;
        }
        if key.list && !split {
            self.list(key, node);
        } else if let Some(given) = self.given(key, node) {
            self.raw.set(key, &given.value, given.place);
        } else {
            self.raw.put_unread(key);
        }
    }

    fn list(&mut self, key: &Key, node: &Node) {
        if matches!(node.value, Value::Scalar(_)) {
            let hint = "put square brackets around it: `[…]`".into();
            let span = Span { length: 0, ..node.span };
            self.reader.fault(span, "wrong-type", "a list is wanted here, not one value", Some(hint));
            return self.raw.put_unread(key);
        }
        let items = self.reader.items(node);
        let values: Vec<Given<String>> = items.iter().filter_map(|item| self.given(key, item)).collect();
        if values.len() < items.len() || !matches!(node.value, Value::List(_)) {
            self.raw.put_unread(key);
        }
        self.raw.put(key, values);
    }

    fn given(&mut self, key: &Key, node: &Node) -> Option<Given<String>> {
        if self.form == Form::Row && !matches!(node.value, Value::Scalar(_)) {
            let thing = if key.list { "each value of" } else { "the value of" };
            let message = format!("{thing} `{}` is text or a number, not {}", key.column, node.kind());
            self.reader.fault_about(&key.column, node.span, "wrong-type", message, one_value(key));
            return None;
        }
        let scalar = self.reader.scalar(node)?;
        let mut value = scalar.text.clone();
        if is_text(key) && !self.reader.whole(node) {
            // A list of failed rows has all that was written.
            value = scalar.with_remark();
        }
        Some(Given { value, place: self.reader.place(node.span) })
    }

    fn unknown(&mut self, group: &str, entry: &Entry) {
        // A key in the wrong group is named with its right one.
        let elsewhere = self.keys.iter().find(|key| {
            key.path.ends_with(&format!(".{}", entry.key)) || key.column == entry.key || key.path == entry.key
        });
        let hint = match elsewhere {
            Some(key) => match key.path.rsplit_once('.') {
                Some((group, name)) => {
                    format!("write it as `{name}` under `{}`", group.replace('.', ": ")).into()
                }
                None => format!("write it as `{}`, not indented", key.path).into(),
            },
            None if entry.key.contains(':') => "a space must follow the colon of a key".into(),
            None => allowed(&entry.key, names_in(self.keys, group).into_iter()),
        };
        let own = self.keys.iter().flat_map(|key| key.path.split('.').chain([&*key.column]));
        let names = own.chain(elsewhere.map(|_| entry.key.as_str()));
        let key = marked(&entry.key, names, &self.reader.bare_place(entry.key_span));
        let message = match group {
            "" => format!("unknown key {key}"),
            group => format!("unknown key {key} in `{group}`"),
        };
        self.reader.fault_about(&entry.key, entry.key_span, "unknown-key", message, Some(hint));
    }
}

/// What may stand as a value of a key.
fn one_value(key: &Key) -> Option<Hint> {
    let names: Vec<&str> = match &key.value {
        keys::Value::Fixed(names) => names.to_vec(),
        keys::Value::Listed(names) => names.iter().map(|name| &**name).collect(),
        _ if key.list => Vec::new(),
        _ => return Some(format!("write `\"{}\": \"…\"`", key.column).into()),
    };
    Some(match names.as_slice() {
        [] => format!("write `\"{}\": [\"…\", \"…\"]`", key.column).into(),
        names => Hint::Choose(Choice {
            allowed: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Choice::default()
        }),
    })
}

/// Whether a key takes free text, where a remark behind it may as well be its end.
fn is_text(key: &Key) -> bool {
    matches!(key.value, keys::Value::Line { .. } | keys::Value::Text { .. })
}

/// Whether a key may hold a patient's words.
fn is_private(key: &Key) -> bool {
    is_text(key) || PRIVATE.contains(&&*key.path)
}

/// Whether a remark stands in place of a value.
fn is_remark(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar(scalar) if scalar.remark.is_some())
}

fn path(group: &str, entry: &Entry) -> String {
    if group.is_empty() { entry.key.clone() } else { format!("{group}.{}", entry.key) }
}

/// Whether keys stand below a path: `session`, `print.sections`.
fn is_group(keys: &Keys, path: &str) -> bool {
    keys.iter().any(|key| key.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

/// The names of keys and groups directly below a path.
fn names_in<'k>(keys: &'k Keys, group: &str) -> Vec<&'k str> {
    let mut names = Vec::new();
    for key in keys.iter() {
        let rest = match group {
            "" => Some(&*key.path),
            group => key.path.strip_prefix(group).and_then(|rest| rest.strip_prefix('.')),
        };
        let name = rest.and_then(|rest| rest.split('.').next());
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names
}
