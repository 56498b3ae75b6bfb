//! A YAML list, read item by item: an item starts at each `- ` that stands as far left as the first. A list in brackets
//! is read as a whole, and must not be long.

use super::lines::{Line, Lines};
use super::unread::left_over;
use super::{
    NOT_UTF_8, ROW, Row, Source, broken, empty, given, number_places, row_place, text_only, too_long,
};
use crate::content::yaml::{Node, Reader as NodeReader, Value};
use crate::diagnostic::{Diagnostic, Faults, Place, Sink};
use crate::options::keys::Keys;
use crate::request::{RawRequest, file};
use std::io::Read;
use std::sync::Arc;

pub struct Reader<R> {
    lines: Lines<Source<R>>,
    file: Arc<str>,
    keys: Keys,
    /// Spaces before the items' dashes.
    indent: usize,
    /// The first line of the next item.
    next: Option<Line>,
    /// The items of a list in brackets.
    bracketed: std::vec::IntoIter<Node>,
    rows: u64,
}

/// Bytes of a list in brackets, at most.
const BRACKETED: usize = 1 << 20;

/// The lines of one item.
struct Item {
    line: u64,
    bytes: Vec<u8>,
    too_long: bool,
}

impl Item {
    fn add(&mut self, line: &Line) {
        self.too_long |= line.too_long || self.bytes.len() + line.bytes.len() > ROW;
        if !self.too_long {
            self.bytes.extend(&line.bytes);
            self.bytes.push(b'\n');
        }
    }
}

impl<R: Read> Reader<R> {
    /// Reads up to the first item.
    pub fn open(source: Source<R>, file: Arc<str>, keys: &Keys) -> Result<Reader<R>, Faults> {
        let mut lines = Lines::new(source, file.clone());
        let mut next = None;
        while let Some(line) = lines.next_line()? {
            let text = line.bytes.trim_ascii();
            if !text.is_empty() && !text.starts_with(b"#") && text != b"---" {
                next = Some(line);
                break;
            }
        }
        let indent =
            next.as_ref().map_or(0, |line| line.bytes.iter().take_while(|byte| **byte == b' ').count());
        let bracketed = Vec::new().into_iter();
        let mut reader = Reader { lines, file, keys: keys.clone(), indent, next, bracketed, rows: 0 };
        match &reader.next {
            None => Err(empty(&reader.file).into()),
            Some(line) if line.bytes.trim_ascii_start().starts_with(b"[") => {
                reader.bracketed = reader.in_brackets()?.into_iter();
                Ok(reader)
            }
            Some(line) if !reader.starts_item(line) => Err(not_a_list(&reader.file, line.number)),
            _ => Ok(reader),
        }
    }

    fn starts_item(&self, line: &Line) -> bool {
        let indented = line.bytes.iter().take(self.indent).all(|byte| *byte == b' ');
        let rest = line.bytes.get(self.indent..).unwrap_or_default();
        indented && rest.starts_with(b"-") && matches!(rest.get(1), None | Some(b' '))
    }

    /// The items of a list in brackets, all at once.
    fn in_brackets(&mut self) -> Result<Vec<Node>, Faults> {
        let (mut text, mut above) = (Vec::new(), 0);
        while let Some(line) = self.next.take() {
            if text.is_empty() {
                above = line.number - 1;
            }
            if line.too_long || text.len() + line.bytes.len() > BRACKETED {
                let most = format!(
                    "a list in brackets is at most {} KiB long, a line of it {}",
                    BRACKETED >> 10,
                    ROW >> 10
                );
                let fault = Diagnostic::error("file-too-big", most).at(Place::file(self.file.clone()));
                return Err(fault.hint("write it as a list whose items start with `- id: …`").into());
            }
            text.extend(line.bytes);
            text.push(b'\n');
            self.next = self.lines.next_line()?;
        }
        let Ok(text) = std::str::from_utf8(&text) else {
            let fault = Diagnostic::error("not-utf-8", "the roster is not UTF-8").hint("save it as UTF-8");
            return Err(fault.at(Place::file(self.file.clone())).into());
        };
        let mut sink = Sink::default();
        let mut reader = NodeReader::new(self.file.clone(), Arc::from(""), &mut sink);
        reader.hide_all(&self.keys);
        let node = reader.parse_part(text, u32::try_from(above).unwrap_or(0));
        match node.map(|node| node.value) {
            Some(Value::List(mut items)) => {
                items.iter_mut().for_each(|item| move_down(item, u32::try_from(above).unwrap_or(0)));
                Ok(items)
            }
            Some(_) => Err(not_a_list(&self.file, above + 1)),
            None => Err(Faults(sink.into_vec())),
        }
    }

    pub fn next_row(&mut self) -> Result<Option<Row>, Faults> {
        if let Some(node) = self.bracketed.next() {
            self.rows += 1;
            return Ok(Some(self.bracketed_row(&node)));
        }
        let Some(first) = self.next.take() else { return Ok(None) };
        let mut item = Item { line: first.number, bytes: Vec::new(), too_long: false };
        item.add(&first);
        while let Some(line) = self.lines.next_line()? {
            if self.starts_item(&line) {
                self.next = Some(line);
                break;
            }
            item.add(&line);
        }
        self.rows += 1;
        Ok(Some(self.row(&item)))
    }

    fn bracketed_row(&self, node: &Node) -> Row {
        let (number, line) = (self.rows, u64::from(node.span.line));
        let mut raw = RawRequest::new(row_place(&self.file, number, line));
        let mut sink = Sink::default();
        let mut reader = NodeReader::new(self.file.clone(), Arc::from(""), &mut sink);
        reader.hide_all(&self.keys);
        file::fill(&mut raw, node, file::Form::Row, &self.keys, &mut reader);
        raw.faults = sink.into_vec();
        number_places(&mut raw, &self.keys, number);
        let unread = left_over(node, &raw, &self.keys, "");
        Row { number, line, given: given(&raw, &self.keys, unread), under: Default::default(), raw }
    }

    fn row(&self, item: &Item) -> Row {
        let number = self.rows;
        if item.too_long {
            return broken(&self.file, number, item.line, text_only(b"", &self.keys), too_long());
        }
        let Ok(text) = std::str::from_utf8(&item.bytes) else {
            let fault = Diagnostic::error(NOT_UTF_8, "the row is not UTF-8").hint("save the roster as UTF-8");
            return broken(&self.file, number, item.line, text_only(&item.bytes, &self.keys), fault);
        };
        let mut raw = RawRequest::new(row_place(&self.file, number, item.line));
        let mut sink = Sink::default();
        // The item's text is no whole file, so that there is no line to show; rows are private anyway.
        let mut reader = NodeReader::new(self.file.clone(), Arc::from(""), &mut sink);
        reader.hide_all(&self.keys);
        let above = u32::try_from(item.line - 1).unwrap_or(0);
        let node = reader.parse_part(text, above);
        let items = match &node {
            Some(Node { value: Value::List(items), .. }) if items.len() == 1 => items.as_slice(),
            Some(_) => {
                let fault = Diagnostic::error("not-a-list", "this item is not one request");
                reader.sink.push(fault.at(row_place(&self.file, number, item.line)));
                &[]
            }
            None => &[],
        };
        items.iter().for_each(|node| file::fill(&mut raw, node, file::Form::Row, &self.keys, &mut reader));
        raw.broken |= items.is_empty();
        raw.faults = sink.into_vec();
        number_places(&mut raw, &self.keys, number);
        let given = match items {
            [node] => given(&raw, &self.keys, left_over(node, &raw, &self.keys, text)),
            _ => text_only(&item.bytes, &self.keys),
        };
        Row { number, line: item.line, given, under: Default::default(), raw }
    }
}

fn not_a_list(file: &Arc<str>, line: u64) -> Faults {
    let fault = Diagnostic::error("not-a-list", "the roster is not a list of requests");
    let place = Place::line(file.clone(), u32::try_from(line).unwrap_or(0), 1);
    fault.at(place).hint("each request starts with `- id: …`").into()
}

/// Puts a tree below so many lines of its file.
fn move_down(node: &mut Node, lines: u32) {
    node.span.line += lines;
    node.last_line += lines;
    match &mut node.value {
        Value::Scalar(_) => {}
        Value::List(items) => items.iter_mut().for_each(|item| move_down(item, lines)),
        Value::Map(entries) => {
            for entry in entries {
                entry.key_span.line += lines;
                move_down(&mut entry.node, lines);
            }
        }
    }
}
