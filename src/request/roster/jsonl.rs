//! JSON: an object a line (JSON Lines), or an array of objects; with the nested keys of a request file or the columns of
//! a roster.

use super::array::Elements;
use super::glance;
use super::lines::{Line, Lines, fill, skip_space};
use super::numbers;
use super::orders::Found;
use super::shard::{Shard, chosen};
use super::unread::left_over;
use super::{NOT_UTF_8, Row, Source, broken, empty, given, number_places, row_place, text_only, too_long};
use crate::content::yaml::{Entry, Node, Reader as NodeReader, Scalar, Span, Value};
use crate::diagnostic::{Diagnostic, Faults, Place, Sink};
use crate::options::keys::Keys;
use crate::request::{RawRequest, file};
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::io::{BufRead, Read};
use std::sync::Arc;

pub struct Reader<R> {
    texts: Texts<Source<R>>,
    file: Arc<str>,
    keys: Keys,
    rows: u64,
}

/// The texts of the rows.
enum Texts<S> {
    Lines(Lines<S>),
    Elements(Elements<S>),
}

fn at_line(above: u64) -> u32 {
    u32::try_from(above + 1).unwrap_or(u32::MAX)
}

impl<R: Read> Reader<R> {
    pub fn open(mut source: Source<R>, file: Arc<str>, keys: &Keys) -> Result<Reader<R>, Faults> {
        let above = skip_space(&mut source, &file)?;
        let start = fill(&mut source, &file)?;
        let first = start.split(|byte| *byte == b'\n').next().map(<[u8]>::trim_ascii);
        let texts = match start.first() {
            None => return Err(empty(&file).into()),
            Some(b'{') if first == Some(b"{") => {
                let fault = Diagnostic::error("not-json", "an object goes over several lines");
                let hint = "put all of them into brackets, with commas between: `[{…}, {…}]`";
                return Err(fault.at(Place::line(file, at_line(above), 1)).hint(hint).into());
            }
            Some(b'[') => {
                source.consume(1);
                Texts::Elements(Elements::new(source, file.clone(), above + 1))
            }
            Some(_) => Texts::Lines(Lines::below(above, source, file.clone())),
        };
        Ok(Reader { texts, file, keys: keys.clone(), rows: 0 })
    }

    fn next_text(&mut self) -> Result<Option<Line>, Faults> {
        match &mut self.texts {
            Texts::Lines(lines) => lines.next_line(),
            Texts::Elements(elements) => elements.next_element(),
        }
    }

    /// The next row; those of other shards are passed over where their id stands as it mostly does.
    pub fn next_row(&mut self, shard: Option<Shard>) -> Result<Option<Row>, Faults> {
        while let Some(line) = self.next_line()? {
            let is_in = |shard: Shard| glance::id(&line).map(|id| shard.holds(Some(id.trim()), self.rows));
            // A row that is not read as it looked has been chosen already.
            let row = chosen(shard, is_in, || self.row(&line));
            if row.is_some() {
                return Ok(row);
            }
        }
        Ok(None)
    }

    /// Reads on to the next row for the times that it says; `false` at the end.
    pub fn next_times(&mut self, found: &mut Found) -> Result<bool, Faults> {
        let Some(line) = self.next_line()? else { return Ok(false) };
        if !glance::times(&line, found) {
            found.add(&self.row(&line));
        }
        Ok(true)
    }

    /// The text of the next row.
    fn next_line(&mut self) -> Result<Option<Line>, Faults> {
        while let Some(line) = self.next_text()? {
            if line.too_long || !line.bytes.iter().all(u8::is_ascii_whitespace) {
                self.rows += 1;
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    fn row(&self, line: &Line) -> Row {
        let number = self.rows;
        match self.node(line) {
            Err(faults) => {
                let text = if line.too_long { &[][..] } else { &line.bytes };
                broken(&self.file, number, line.number, text_only(text, &self.keys), faults)
            }
            Ok(node) => {
                let mut raw = RawRequest::new(row_place(&self.file, number, line.number));
                let mut sink = Sink::default();
                let mut reader = NodeReader::new(self.file.clone(), Arc::from(""), &mut sink);
                reader.hide_all(&self.keys);
                file::fill(&mut raw, &node, file::Form::Row, &self.keys, &mut reader);
                raw.faults = sink.into_vec();
                number_places(&mut raw, &self.keys, number);
                let unread = left_over(&node, &raw, &self.keys, &String::from_utf8_lossy(&line.bytes));
                Row {
                    number,
                    line: line.number,
                    given: given(&raw, &self.keys, unread),
                    under: Default::default(),
                    raw,
                }
            }
        }
    }

    fn node(&self, line: &Line) -> Result<Node, Faults> {
        if line.too_long {
            return Err(too_long().into());
        }
        let text = std::str::from_utf8(&line.bytes).map_err(|_| {
            Diagnostic::error(NOT_UTF_8, "the row is not UTF-8").hint("save the roster as UTF-8")
        })?;
        let Json(mut node) = read(text).map_err(|error| {
            // The parser's own words may hold what was typed: only the place is passed on.
            let below = (error.line() as u64).saturating_sub(1);
            let on_line = if below > 0 { format!("line {}, ", line.number + below) } else { String::new() };
            let message = format!("this is not JSON at {on_line}character {}", error.column());
            let form = match &self.texts {
                Texts::Lines(_) => "each line holds one object: `{\"id\": \"a-1\", …}`",
                Texts::Elements(_) => "each row is one object: `{\"id\": \"a-1\", …}`",
            };
            Diagnostic::error("not-json", message).hint(form)
        })?;
        set_line(&mut node, u32::try_from(line.number).unwrap_or(0));
        Ok(node)
    }
}

/// A JSON text with its doubled keys, without places.
pub fn tree(text: &str) -> Result<Node, serde_json::Error> {
    read(text).map(|Json(node)| node)
}

/// Reads a JSON text; its numbers are kept as they are written.
fn read(text: &str) -> Result<Json, serde_json::Error> {
    let node = serde_json::from_str(text)?;
    match numbers::in_quotes(text) {
        None => Ok(node),
        Some(text) => serde_json::from_str(&text),
    }
}

fn set_line(node: &mut Node, line: u32) {
    (node.span, node.last_line) = (Span { line, column: 0, length: 0 }, line);
    match &mut node.value {
        Value::Scalar(_) => {}
        Value::List(items) => items.iter_mut().for_each(|item| set_line(item, line)),
        Value::Map(entries) => {
            for entry in entries {
                entry.key_span = node.span;
                set_line(&mut entry.node, line);
            }
        }
    }
}

/// A JSON value as a tree that keeps doubled keys. As deep as `serde_json` allows (128).
struct Json(Node);

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(Json::empty())
    }
}

impl Json {
    fn empty() -> Json {
        Json::scalar("null", true)
    }

    fn scalar(text: impl Into<String>, plain: bool) -> Json {
        Json::node(Value::Scalar(Scalar { text: text.into(), plain, block: false, remark: None }))
    }

    fn node(value: Value) -> Json {
        Json(Node { span: Span::default(), last_line: 0, value })
    }
}

impl<'de> Visitor<'de> for Json {
    type Value = Json;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::scalar(value.to_string(), true))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::scalar(value.to_string(), true))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::scalar(value.to_string(), true))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::scalar(value.to_string(), true))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::scalar(value, false))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut nodes = Vec::new();
        while let Some(Json(node)) = items.next_element()? {
            nodes.push(node);
        }
        Ok(Json::node(Value::List(nodes)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, Json(node))) = map.next_entry::<String, Json>()? {
            entries.push(Entry { key, key_span: Span::default(), node });
        }
        Ok(Json::node(Value::Map(entries)))
    }
}
