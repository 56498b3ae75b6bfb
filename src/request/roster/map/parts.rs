//! The parts of a file of columns.

use super::super::day::ListDay;
use super::super::heading::key_of;
use super::super::named::Named;
use super::{ColumnMap, Dates, Mapped, Only};
use crate::content::yaml::{Entry, Node, Reader, Value};
use crate::diagnostic::{allowed, marked, shown};
use crate::options::keys::{Key, Keys};
use crate::request::{Order, RawRequest};
use std::sync::Arc;

const PARTS: [&str; 6] = ["columns", "dates", "day", "names", "only", "defaults"];
const DATES: [(&str, Dates); 3] = [
    ("day-first", Dates::In(Order::DayFirst)),
    ("month-first", Dates::In(Order::MonthFirst)),
    ("iso", Dates::Iso),
];
const FIRST_LAST: &str = "first-last";
/// As `Family, Given`.
const LAST_FIRST: &str = "last-first";

pub struct Parts<'r, 'k> {
    pub reader: Reader<'r>,
    pub keys: &'k Keys,
}

impl Parts<'_, '_> {
    pub fn map(mut self, node: &Node) -> Option<ColumnMap> {
        let mut map = ColumnMap {
            columns: Vec::new(),
            only: Vec::new(),
            defaults: RawRequest::new(self.reader.place(node.span)),
            dates: None,
            day: None,
            turns_names: false,
            is_of_objects: false,
            is_lenient: false,
            cautions: Default::default(),
            has_columns: node.get("columns").is_some(),
            keys: self.keys.clone(),
        };
        for entry in self.reader.entries(node, "a file of columns")? {
            match entry.key.as_str() {
                "columns" => map.columns = self.columns(&entry.node),
                "only" => map.only = self.only(&entry.node),
                "dates" => map.dates = self.dates(&entry.node),
                "day" => map.day = self.day(&entry.node),
                "names" => map.turns_names = self.turns_names(&entry.node),
                "defaults" => self.defaults(&entry.node, &mut map.defaults),
                _ => self.unknown(entry, "a file of columns", PARTS.into_iter()),
            }
        }
        Some(map)
    }

    fn unknown<'n>(&mut self, entry: &Entry, thing: &str, names: impl Iterator<Item = &'n str> + Clone) {
        let message = format!("unknown key `{}` in {thing}", shown(&entry.key));
        let hint = allowed(&entry.key, names);
        self.reader.fault_about(&entry.key, entry.key_span, "unknown-key", message, Some(hint));
    }

    /// The key of an entry, by its column or its path.
    fn key(&mut self, entry: &Entry, thing: &str) -> Option<Arc<Key>> {
        let key = key_of(self.keys, &entry.key).cloned();
        if key.is_none() {
            let keys = self.keys.clone();
            self.unknown(entry, thing, keys.iter().map(|key| &*key.column));
        }
        key
    }

    fn columns(&mut self, node: &Node) -> Vec<Mapped> {
        let mut mapped: Vec<Mapped> = Vec::new();
        for entry in self.entries(node, "`columns`") {
            let columns = self.names(&entry.node);
            let Some(key) = self.key(entry, "`columns`") else { continue };
            if self.is_doubled(node, entry) {
                continue;
            }
            if mapped.iter().any(|other| other.key == key) {
                let message = format!("`{}` is given twice", key.column);
                self.reader.fault_about(&entry.key, entry.key_span, "duplicate-key", message, None);
            } else if !columns.is_empty() {
                mapped.push(Mapped { key, columns, ticks: Vec::new() });
            }
        }
        mapped
    }

    /// Whether the same key stands above, which is told already.
    fn is_doubled(&self, node: &Node, entry: &Entry) -> bool {
        node.get(&entry.key).is_some_and(|first| first.span != entry.node.span)
    }

    fn entries<'n>(&mut self, node: &'n Node, thing: &str) -> &'n [Entry] {
        self.reader.entries(node, thing).unwrap_or_default()
    }

    /// One value, or a list of them.
    fn values<'n>(&mut self, node: &'n Node) -> Vec<(&'n Node, String)> {
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        items.iter().filter_map(|item| Some((item, self.reader.text(item)?))).collect()
    }

    /// The same of words in cells. One in quotes may be empty: an empty cell says something too.
    fn words(&mut self, node: &Node) -> Vec<String> {
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let is_empty = |item: &Node| matches!(&item.value, Value::Scalar(scalar) if !scalar.plain && scalar.text.trim().is_empty());
        let word = |item: &Node| if is_empty(item) { Some(String::new()) } else { self.reader.text(item) };
        items.iter().filter_map(word).collect()
    }

    fn names(&mut self, node: &Node) -> Vec<Named> {
        let named = |(node, name): (&Node, String)| (node.span, name);
        let values: Vec<_> = self.values(node).into_iter().map(named).collect();
        values.into_iter().map(|(span, name)| Named { name, place: self.reader.place(span) }).collect()
    }

    fn only(&mut self, node: &Node) -> Vec<Only> {
        let mut only = Vec::new();
        for entry in self.entries(node, "`only`") {
            let values = self.words(&entry.node);
            if values.is_empty() {
                let message = format!("`{}` has no values, so that no row would be read", shown(&entry.key));
                let hint = "name those of the rows that are wanted: `only: {State: [Arrived]}`";
                self.reader.fault(entry.key_span, "blank", message, Some(hint.into()));
            }
            let place = self.reader.place(entry.key_span);
            only.push(Only { column: Named { name: entry.key.trim().to_owned(), place }, values });
        }
        only
    }

    fn dates(&mut self, node: &Node) -> Option<Dates> {
        let found = self.one_of(node, "way to write days", DATES.map(|(name, _)| name))?;
        DATES.iter().find(|(name, _)| *name == found).map(|(_, dates)| *dates)
    }

    fn turns_names(&mut self, node: &Node) -> bool {
        self.one_of(node, "order of names", [FIRST_LAST, LAST_FIRST]) == Some(LAST_FIRST)
    }

    fn one_of<const N: usize>(
        &mut self,
        node: &Node,
        thing: &str,
        names: [&'static str; N],
    ) -> Option<&'static str> {
        let word = self.reader.word(node)?;
        let found = names.into_iter().find(|name| *name == word);
        if found.is_none() {
            let place = self.reader.place(node.span);
            let message = format!("unknown {thing} {}", marked(&word, names.into_iter(), &place));
            let hint = allowed(&word, names.into_iter());
            self.reader.fault(node.span, "unknown-value", message, Some(hint));
        }
        found
    }

    fn day(&mut self, node: &Node) -> Option<ListDay> {
        let text = self.reader.text(node)?;
        let day = ListDay::parse(&text);
        if day.is_none() {
            let message = format!("`{}` is no day", shown(&text));
            let hint = "write it as `2026-11-24`, or `today`";
            self.reader.fault(node.span, "bad-time", message, Some(hint.into()));
        }
        day
    }

    fn defaults(&mut self, node: &Node, defaults: &mut RawRequest) {
        for entry in self.entries(node, "`defaults`") {
            let Some(key) = self.key(entry, "`defaults`") else { continue };
            if ["id", "patient"].contains(&&*key.path) {
                let message = format!("`{}` is each row's own, and has no default", key.column);
                self.reader.fault_about(&entry.key, entry.key_span, "no-default", message, None);
                continue;
            }
            let values = self.values(&entry.node);
            if values.len() > 1 && !key.list {
                let message = format!("`{}` takes one value", key.column);
                self.reader.fault_about(&entry.key, entry.key_span, "wrong-type", message, None);
                continue;
            }
            let values: Vec<_> = values.into_iter().map(|(node, text)| (node.span, text)).collect();
            let is_one = values.len() == 1;
            for (span, text) in values {
                let place = self.reader.place(span);
                match is_one {
                    true => defaults.set(&key, &text, place),
                    false => defaults.add(&key, text, place),
                }
            }
        }
    }
}
