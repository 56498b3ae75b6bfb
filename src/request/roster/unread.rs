//! The words of a row that its columns do not hold: those under an unknown key, a list where one value is wanted, a
//! line that is no JSON. A list of failed rows has them in a column of their own, so that whoever mends it has all that
//! was written; as long as they stand there the row is not made.

use super::ROW;
use crate::content::yaml::{Node, Value};
use crate::diagnostic::Diagnostic;
use crate::options::keys::Keys;
use crate::request::RawRequest;

/// The column of such words.
pub const UNREAD: &str = "unread";

/// What a row's tree says and its request does not hold, as `key: value; key: value`; when that is longer than a row
/// may be, the row's own text. A row without a fault holds all.
pub fn left_over(node: &Node, raw: &RawRequest, keys: &Keys, text: &str) -> String {
    let mut words = String::new();
    if !raw.faults.is_empty() {
        add(&mut words, "", node, (raw, keys));
    }
    if words.len() > ROW { text.to_owned() } else { words }
}

fn add(words: &mut String, path: &str, node: &Node, raw: (&RawRequest, &Keys)) {
    match &node.value {
        _ if words.len() > ROW => {}
        Value::Scalar(scalar)
            if node.is_null() && scalar.remark.is_none()
                || scalar.with_remark().trim().is_empty()
                || holds(raw, path, &scalar.text)
                || holds(raw, path, &scalar.with_remark()) => {}
        Value::Scalar(scalar) => {
            let start = if words.is_empty() { "" } else { "; " };
            let end = if path.is_empty() { "" } else { ": " };
            words.extend([start, path, end, scalar.with_remark().trim()]);
        }
        Value::List(items) => items.iter().for_each(|item| add(words, path, item, raw)),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            let dot = if path.is_empty() { "" } else { "." };
            add(words, &format!("{path}{dot}{}", entry.key), &entry.node, raw);
        }),
    }
}

fn holds((raw, keys): (&RawRequest, &Keys), path: &str, text: &str) -> bool {
    let Some(key) = keys.at_path(path).or_else(|| keys.of_column(path)) else { return false };
    let given = raw.list(&key.path).unwrap_or_default();
    let is_given = |part: &str| given.iter().any(|given| given.value == part);
    is_given(text) || key.list && text.split(';').map(str::trim).all(|part| part.is_empty() || is_given(part))
}

/// For a row that has such words still.
pub fn fault() -> Diagnostic {
    Diagnostic::error("unread-words", "these words belong to no column yet")
        .hint("move them into the cells that they belong to, and empty this one")
}
