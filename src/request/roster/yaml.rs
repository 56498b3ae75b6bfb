//! A YAML list, read item by item: an item starts at each `- ` that stands as far left as the first.

use super::lines::{Line, Lines};
use super::unread::left_over;
use super::{ROW, Row, Source, broken, given, number_places, row_place, text_only, too_long};
use crate::content::yaml::{Node, Reader as NodeReader, Value};
use crate::diagnostic::{Diagnostic, Faults, Place, Sink};
use crate::request::{RawRequest, file};
use std::io::Read;
use std::sync::Arc;

pub struct Reader<R> {
    lines: Lines<Source<R>>,
    file: Arc<str>,
    /// Spaces before the items' dashes.
    indent: usize,
    /// The first line of the next item.
    next: Option<Line>,
    rows: u64,
}

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
    pub fn open(source: Source<R>, file: Arc<str>) -> Result<Reader<R>, Faults> {
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
        let reader = Reader { lines, file, indent, next, rows: 0 };
        match &reader.next {
            Some(line) if !reader.starts_item(line) => {
                let fault = Diagnostic::error("not-a-list", "the roster is not a list of requests");
                let place = Place::line(reader.file.clone(), u32::try_from(line.number).unwrap_or(0), 1);
                Err(fault.at(place).hint("each request starts with `- id: …`").into())
            }
            _ => Ok(reader),
        }
    }

    fn starts_item(&self, line: &Line) -> bool {
        let indented = line.bytes.iter().take(self.indent).all(|byte| *byte == b' ');
        let rest = line.bytes.get(self.indent..).unwrap_or_default();
        indented && rest.starts_with(b"-") && matches!(rest.get(1), None | Some(b' '))
    }

    pub fn next_row(&mut self) -> Result<Option<Row>, Faults> {
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

    fn row(&self, item: &Item) -> Row {
        let number = self.rows;
        if item.too_long {
            return broken(&self.file, number, item.line, text_only(b""), too_long());
        }
        let Ok(text) = std::str::from_utf8(&item.bytes) else {
            let fault =
                Diagnostic::error("not-utf-8", "the row is not UTF-8").hint("save the roster as UTF-8");
            return broken(&self.file, number, item.line, text_only(&item.bytes), fault);
        };
        let mut raw = RawRequest::new(row_place(&self.file, number, item.line));
        let mut sink = Sink::default();
        // The item's text is no whole file, so that there is no line to show; rows are private anyway.
        let mut reader = NodeReader::new(self.file.clone(), Arc::from(""), &mut sink);
        reader.hide_all();
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
        items.iter().for_each(|node| file::fill(&mut raw, node, file::Form::Row, &mut reader));
        raw.broken |= items.is_empty();
        raw.faults = sink.into_vec();
        number_places(&mut raw, number);
        let given = match items {
            [node] => given(&raw, left_over(node, &raw, text)),
            _ => text_only(&item.bytes),
        };
        Row { number, line: item.line, given, raw }
    }
}
