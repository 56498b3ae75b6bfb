//! Values of keys below a key: an address by its parts.

use super::lines::Lines;
use super::marks::{End, flow_end, scalar, scalar_end};
use super::{Data, Spot};
use crate::content::yaml::{Entry, Value};

/// The keys as they are to be: those that are named with another value, or gone where it is empty; new ones at the end.
pub fn wanted(old: &[(String, Data)], changes: &[(String, String)]) -> Data {
    let mut keys = old.to_vec();
    for (key, line) in changes {
        let line = line.trim();
        match keys.iter_mut().find(|(name, _)| name == key) {
            Some((_, data)) => *data = Data::line(line),
            None if !line.is_empty() => keys.push((key.clone(), Data::line(line))),
            None => {}
        }
    }
    let is_gone = |key: &str| changes.iter().any(|(name, line)| name == key && line.trim().is_empty());
    keys.retain(|(key, _)| !is_gone(key));
    Data::Keys(keys)
}

/// Keys in braces on one line are written anew; of keys with a line each only those that change.
pub fn put(
    lines: &mut Lines,
    spot: &Spot<'_>,
    old: &[Entry],
    wanted: &Data,
    changes: &[(String, String)],
) -> Option<()> {
    let span = spot.node.span;
    if lines.char_at(span) == Some('{') {
        let End { line, column, has_remark } = flow_end(lines, span)?;
        if has_remark || line != span.line {
            return None;
        }
        lines.replace(line, span.column, column, &wanted.flow());
        return Some(());
    }
    let last = old.last()?;
    let indent = " ".repeat(last.key_span.column as usize - 1);
    let is_new = |key: &str| old.iter().all(|entry| entry.key != *key);
    let new = changes.iter().filter(|(key, line)| is_new(key) && !line.trim().is_empty());
    let new: Vec<String> = new.map(|(key, line)| format!("{indent}{key}: {}", scalar(line))).collect();
    lines.insert_below(last.node.span.line, &new);
    // From the last to the first, so that no line moves before its turn.
    for entry in old.iter().rev() {
        let Some((_, line)) = changes.iter().find(|(key, _)| *key == entry.key) else { continue };
        let Value::Scalar(value) = &entry.node.value else { return None };
        let (at, start) = (entry.node.span.line, entry.node.span.column);
        if at != entry.key_span.line {
            return None;
        }
        match line.trim() {
            "" => lines.put(at, at, &[]),
            line => {
                let end = scalar_end(lines.line(at)?, start, value)?;
                lines.replace(at, start, end, &scalar(line));
            }
        }
    }
    Some(())
}
