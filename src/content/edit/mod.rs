//! Changes values of a YAML file in place: all other lines, the comments and the order stay as their owner wrote them.
//!
//! The result is parsed again and compared with the intended values, one by one. A text that is written in a way that does
//! not allow this is left alone, and the fault says where.

mod data;
mod keys;
mod lines;
mod list;
mod marks;

pub use data::Data;

use super::yaml::{Node, Value, parse};
use crate::diagnostic::{Diagnostic, Place};
use lines::Lines;
use marks::{End, flow_end, scalar, scalar_end};

/// What becomes of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// One value on one line.
    Line(String),
    List(Vec<Item>),
    /// Values of keys below a key; one without a text goes.
    Keys(Vec<(String, String)>),
}

/// An item of a list as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which of the old items it was, from 0.
    pub from: Option<usize>,
    /// `None`: as it was.
    pub data: Option<Data>,
}

/// What a file says.
///
/// # Errors
/// It is no YAML.
pub fn read(file: &str, text: &str) -> Result<Data, Box<Diagnostic>> {
    parse(text).map(|node| Data::of(&node)).map_err(|fault| {
        let place = Place::line(file, fault.span.line, fault.span.column);
        Box::new(Diagnostic::error(fault.code, fault.message).at(place))
    })
}

/// The text with the value at a path changed; the empty path is the file's own list, and an item of a list has its number in a
/// path. A key that is not there comes at the end.
///
/// # Errors
/// The place cannot be changed safely.
pub fn change(file: &str, text: &str, path: &[&str], change: &Change) -> Result<String, Box<Diagnostic>> {
    let refused = |line: u32| {
        let message = "this is written in a way that the page cannot change without losing something";
        let hint = "change it in the file by hand; nothing was written";
        Box::new(Diagnostic::error("hand-written", message).at(Place::line(file, line, 1)).hint(hint))
    };
    let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let bare = &text[mark.len()..];
    let before = read(file, bare)?;
    let wanted = match change {
        Change::Keys(changes) => match before.at(path) {
            Some(Data::Keys(old)) => keys::wanted(old, changes),
            _ => return Err(refused(1)),
        },
        Change::Line(line) => Data::Line(line.trim().to_owned()),
        Change::List(items) => {
            let old = before.at(path).map(Data::items).unwrap_or_default();
            let item = |item: &Item| item.data.clone().or_else(|| old.get(item.from?).cloned());
            Data::List(items.iter().filter_map(item).collect())
        }
    };
    if before.at(path).is_some_and(|now| *now == wanted) {
        return Ok(text.to_owned());
    }
    let node = parse(bare).map_err(|fault| refused(fault.span.line))?;
    let changed = changed(bare, &node, path, change, &wanted).ok_or_else(|| refused(line_of(&node, path)))?;
    let expected = before.with(path, wanted);
    match read(file, &changed) {
        Ok(after) if Some(&after) == expected.as_ref() => Ok(format!("{mark}{changed}")),
        _ => Err(refused(line_of(&node, path))),
    }
}

/// The key, or the keys with a dot between, that a line of a file belongs to.
pub fn key_at(text: &str, line: u32) -> Option<String> {
    let node = parse(text).ok()?;
    let (key, inner) = entry_at(&node, line)?;
    match entry_at(inner, line) {
        Some((below, _)) => Some(format!("{key}.{below}")),
        None => Some(key.to_owned()),
    }
}

fn entry_at(node: &Node, line: u32) -> Option<(&str, &Node)> {
    let Value::Map(entries) = &node.value else { return None };
    let above = entries.iter().filter(|entry| entry.key_span.line <= line);
    above.max_by_key(|entry| entry.key_span.line).map(|entry| (entry.key.as_str(), &entry.node))
}

fn line_of(node: &Node, path: &[&str]) -> u32 {
    let found = path.iter().try_fold(node, |node, key| node.get(key));
    found.map_or(1, |node| node.span.line)
}

/// Where a value stands: its key, and the line on which the next key begins.
struct Spot<'n> {
    key: Option<(u32, u32)>,
    node: &'n Node,
    /// The first line that is none of its own.
    until: u32,
}

fn spot<'n>(node: &'n Node, path: &[&str], until: u32) -> Option<Spot<'n>> {
    let mut spot = Spot { key: None, node, until };
    for key in path {
        if let Value::List(items) = &spot.node.value {
            let index = key.parse::<usize>().ok()?;
            let next = items.get(index + 1).map_or(spot.until, |next| next.span.line);
            spot = Spot { key: None, node: items.get(index)?, until: next };
            continue;
        }
        let Value::Map(entries) = &spot.node.value else { return None };
        let index = entries.iter().position(|entry| entry.key == *key)?;
        let entry = &entries[index];
        let next = entries.get(index + 1).map_or(spot.until, |next| next.key_span.line);
        spot =
            Spot { key: Some((entry.key_span.line, entry.key_span.column)), node: &entry.node, until: next };
    }
    Some(spot)
}

fn changed(text: &str, node: &Node, path: &[&str], change: &Change, wanted: &Data) -> Option<String> {
    let mut lines = Lines::of(text);
    let until = lines.count() + 1;
    match spot(node, path, until) {
        None => appended(&mut lines, path, wanted)?,
        Some(spot) if spot.node.is_null() => begun(&mut lines, &spot, wanted)?,
        Some(spot) => match (&spot.node.value, change) {
            (Value::Scalar(old), Change::Line(line)) => {
                let (at, start) = (spot.node.span.line, spot.node.span.column);
                let end = scalar_end(lines.line(at)?, start, old)?;
                lines.replace(at, start, end, &scalar(line));
            }
            (Value::Map(old), Change::Keys(changes)) => {
                keys::put(&mut lines, &spot, old, wanted, changes)?;
            }
            // Where a list with an item a line begins, a parser may say by its key, its dash or its first item.
            (Value::List(old), Change::List(items)) if is_block(&lines, old) => {
                list::of_block(&mut lines, spot.key, old, spot.until, items)?;
            }
            (Value::List(_), Change::List(items)) if lines.char_at(spot.node.span) == Some('[') => {
                of_flow(&mut lines, &spot, items, wanted)?;
            }
            _ => return None,
        },
    }
    Some(lines.into_text())
}

fn is_block(lines: &Lines, items: &[Node]) -> bool {
    let first = items.first().and_then(|item| lines.line(item.span.line));
    first.is_some_and(|line| line.trim_start().starts_with("- "))
}

/// A key that the file does not have yet.
fn appended(lines: &mut Lines, path: &[&str], wanted: &Data) -> Option<()> {
    let [key] = path else { return None };
    match wanted {
        Data::List(items) if items.iter().any(|item| matches!(item, Data::Keys(_))) => {
            lines.append(&format!("{key}:"));
            items
                .iter()
                .for_each(|item| list::item_lines(item, "  ").iter().for_each(|one| lines.append(one)));
        }
        wanted => lines.append(&format!("{key}: {}", wanted.flow())),
    }
    Some(())
}

/// A key that has no value yet; the file's own list, of which there is nothing but remarks.
fn begun(lines: &mut Lines, spot: &Spot<'_>, wanted: &Data) -> Option<()> {
    let Some((line, column)) = spot.key else {
        let Data::List(items) = wanted else { return None };
        items.iter().for_each(|item| list::item_lines(item, "").iter().for_each(|one| lines.append(one)));
        return Some(());
    };
    let own = lines.line(line)?;
    let colon = own.chars().skip(column as usize - 1).position(|letter| letter == ':')? as u32 + column + 1;
    // `~` and `null` stand in the value's place.
    let rest: String = own.chars().skip(colon as usize - 1).collect();
    let word = rest.trim_start().split([' ', '\t', '\r', '\n']).next().unwrap_or_default();
    let blank = (rest.chars().count() - rest.trim_start().chars().count()) as u32;
    let end = match word {
        "~" | "null" | "Null" | "NULL" => colon + blank + word.chars().count() as u32,
        _ => colon,
    };
    lines.replace(line, colon, end, &format!(" {}", wanted.flow()));
    Some(())
}

/// A list in brackets: written anew in brackets, or item by item where there is room for it.
fn of_flow(lines: &mut Lines, spot: &Spot<'_>, items: &[Item], wanted: &Data) -> Option<()> {
    let span = spot.node.span;
    let End { line, column, has_remark } = flow_end(lines, span)?;
    let is_last = lines.line(line)?.chars().skip(column as usize - 1).all(char::is_whitespace);
    let has_keys = items.iter().any(|item| matches!(item.data, Some(Data::Keys(_))));
    if has_remark || line != span.line && !is_last {
        return None;
    }
    let own_lines = has_keys && is_last && spot.key.is_some();
    match (own_lines, wanted) {
        (true, Data::List(all)) => {
            let rest: Vec<String> = all.iter().flat_map(|item| list::item_lines(item, "  ")).collect();
            lines.cut(span.line, span.column, line);
            lines.insert_below(span.line, &rest);
        }
        _ if line == span.line => lines.replace(line, span.column, column, &wanted.flow()),
        _ => {
            lines.cut(span.line, span.column, line);
            let end = lines.line(span.line)?.trim_end_matches(['\r', '\n']).chars().count() as u32 + 1;
            lines.replace(span.line, end, end, &format!(" {}", wanted.flow()));
        }
    }
    Some(())
}

#[cfg(test)]
mod tests;
