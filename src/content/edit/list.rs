//! A list with an item a line: items go, come and change places with the remarks above them.

use super::lines::Lines;
use super::marks::{flow_end, scalar_end};
use super::{Data, Item};
use crate::content::yaml::{Node, Value};

/// Lines of an item: the remarks above it, and its own.
struct Chunk {
    remarks: (u32, u32),
    first: u32,
    last: u32,
}

/// `key`: where the list's key stands; `until`: the first line behind the list.
pub fn of_block(
    lines: &mut Lines,
    key: Option<(u32, u32)>,
    old: &[Node],
    until: u32,
    items: &[Item],
) -> Option<()> {
    let chunks = chunks(lines, old, until)?;
    let (first, last) = (chunks.first()?.first, chunks.last()?.last);
    let own = lines.line(first)?;
    let indent: String = own.chars().take_while(|letter| *letter == ' ').collect();
    let mut put: Vec<String> = Vec::new();
    for item in items {
        let from = item.from.and_then(|index| Some((chunks.get(index)?, old.get(index)?)));
        match (from, &item.data) {
            (Some((chunk, node)), data) if data.as_ref().is_none_or(|data| *data == Data::of(node)) => {
                put.extend(range(lines, chunk.remarks));
                put.extend(range(lines, (chunk.first, chunk.last)));
            }
            (Some((chunk, node)), Some(data)) => {
                put.extend(range(lines, chunk.remarks));
                put.extend(mended(lines, chunk, node, data, &indent)?);
            }
            (None, Some(data)) => put.extend(item_lines(data, &indent)),
            (_, None) => return None,
        }
    }
    lines.put(first, last, &put);
    if items.is_empty() {
        let (line, _) = key?;
        let own = lines.line(line)?;
        let end = own.split(" #").next().unwrap_or(own).trim_end().chars().count() as u32 + 1;
        lines.replace(line, end, end, " []");
    }
    Some(())
}

fn range(lines: &Lines, (first, last): (u32, u32)) -> Vec<String> {
    (first..=last).filter_map(|number| lines.line(number).map(str::to_owned)).collect()
}

fn chunks(lines: &Lines, old: &[Node], until: u32) -> Option<Vec<Chunk>> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for (index, node) in old.iter().enumerate() {
        let first = node.span.line;
        if !lines.line(first)?.trim_start().starts_with("- ") {
            return None;
        }
        let next = old.get(index + 1).map_or(until, |next| next.span.line);
        let last = (first..next).rev().find(|number| !lines.is_idle(*number))?;
        // What stands above the first item is about the list.
        let above = chunks.last().map_or(first, |chunk| chunk.last + 1);
        chunks.push(Chunk { remarks: (above, first - 1), first, last });
    }
    Some(chunks)
}

/// An item with other values: on its line, before the remark that may stand there; one of several lines on one, with its
/// remarks above it.
fn mended(lines: &Lines, chunk: &Chunk, node: &Node, data: &Data, indent: &str) -> Option<Vec<String>> {
    let start = node.span;
    let own = lines.line(start.line)?;
    let end = match &node.value {
        Value::Scalar(scalar) if chunk.first == chunk.last => Some(scalar_end(own, start.column, scalar)?),
        _ => flow_end(lines, start)
            .filter(|end| matches!(lines.char_at(start), Some('{' | '[')) && end.line == start.line)
            .map(|end| end.column),
    };
    if let Some(end) = end.filter(|_| chunk.first == chunk.last) {
        let before: String = own.chars().take(start.column as usize - 1).collect();
        let after: String = own.chars().skip(end as usize - 1).collect();
        return Some(vec![format!("{before}{}{after}", data.flow())]);
    }
    // A `#` that is none of a remark: whoever wrote it knows better.
    let mut put = Vec::new();
    for line in range(lines, (chunk.first, chunk.last)) {
        match line.trim().strip_prefix('#') {
            Some(_) => put.push(format!("{indent}{}", line.trim())),
            None if line.contains(" #") => return None,
            None => {}
        }
    }
    put.extend(item_lines(data, indent));
    Some(put)
}

/// A new item. Keys with more than a line each get a line of their own.
pub fn item_lines(data: &Data, indent: &str) -> Vec<String> {
    match data {
        Data::Keys(keys) if keys.iter().any(|(_, data)| !matches!(data, Data::Line(_))) => keys
            .iter()
            .enumerate()
            .map(|(index, (key, data))| {
                let dash = if index == 0 { "- " } else { "  " };
                format!("{indent}{dash}{key}: {}", data.flow())
            })
            .collect(),
        data => vec![format!("{indent}- {}", data.flow())],
    }
}
