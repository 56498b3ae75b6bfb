//! `--columns`: which columns of somebody else's list are read, and as what.

use super::fields::{Field, Fields, Filter};
use super::heading::{Names, key_of, plain};
use super::named::{Named, place_of};
use crate::content::yaml::{Entry, Node, Reader, Value};
use crate::diagnostic::{Diagnostic, Faults, Place, Sink, allowed, marked, shown};
use crate::options::keys::{Key, Keys};
use crate::request::{Order, Orders, RawRequest};
use std::collections::HashSet;
use std::sync::Arc;

/// Bytes of such a file, at most.
pub const LIMIT: u64 = 64 << 10;

const PARTS: [&str; 4] = ["columns", "dates", "only", "defaults"];
const DATES: [(&str, Dates); 3] = [
    ("day-first", Dates::In(Order::DayFirst)),
    ("month-first", Dates::In(Order::MonthFirst)),
    ("iso", Dates::Iso),
];

/// How a list writes days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dates {
    In(Order),
    /// Year first: nothing to ask.
    Iso,
}

#[derive(Clone, Debug)]
pub struct Mapped {
    pub key: Arc<Key>,
    pub columns: Vec<Named>,
}

/// Rows are read that have one of these values there.
#[derive(Clone, Debug)]
pub struct Only {
    pub column: Named,
    pub values: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct ColumnMap {
    pub columns: Vec<Mapped>,
    pub only: Vec<Only>,
    defaults: RawRequest,
    dates: Option<Dates>,
    /// Else the roster's columns have their own names.
    pub has_columns: bool,
    keys: Keys,
}

impl ColumnMap {
    /// # Errors
    ///
    /// Everything that is wrong with the file, together.
    pub fn read(file: &str, text: &str, keys: &Keys) -> Result<ColumnMap, Faults> {
        let mut sink = Sink::default();
        let mut reader = Reader::new(file, text.into(), &mut sink);
        let node = reader.parse();
        let map = node.and_then(|node| Parts { reader, keys }.map(&node));
        sink.finish(map).map(|report| report.value)
    }

    /// Whether it says more than how days are written.
    pub fn is_of_tables(&self) -> bool {
        self.has_columns
            || !self.only.is_empty()
            || self.defaults != RawRequest::new(self.defaults.place.clone())
    }

    /// What rows say that say nothing, each with its place in the file.
    pub fn defaults(&self) -> &RawRequest {
        &self.defaults
    }

    /// What a row says that says nothing for a key.
    pub fn default_of(&self, key: &Key) -> Option<String> {
        let values = self.defaults.list(&key.path)?;
        Some(values.iter().map(|given| given.value.as_str()).collect::<Vec<_>>().join("; "))
    }

    /// How days are written, where the file says so.
    pub fn orders(&self) -> Option<Orders> {
        Some(match self.dates? {
            Dates::In(order) => Orders { session_at: Some(order), next_visit: Some(order) },
            Dates::Iso => Orders::default(),
        })
    }

    /// Every column that it names.
    fn names(&self) -> impl Iterator<Item = &Named> {
        self.columns
            .iter()
            .flat_map(|mapped| &mapped.columns)
            .chain(self.only.iter().map(|only| &only.column))
    }

    /// How many of the columns that it names are among these.
    pub fn known(&self, names: &Names) -> usize {
        let there: HashSet<String> = names.0.iter().map(|name| plain(&name.text)).collect();
        self.names().filter(|named| there.contains(&plain(&named.name))).count()
    }

    /// Whether all of them are.
    pub fn is_whole_heading(&self, names: &Names) -> bool {
        let known = self.known(names);
        known > 0 && known == self.names().count()
    }

    /// Whether these names are a heading of the list that the map is for.
    pub fn is_heading(&self, names: &Names) -> bool {
        let known = self.known(names);
        known > 0 && known * 2 >= self.names().count()
    }

    /// What is read of a table with these names; `at` is where each stands.
    ///
    /// # Errors
    ///
    /// Every column that the table has not, or has twice.
    pub fn fields(&self, names: &Names, at: &[usize]) -> Result<Fields, Faults> {
        let mut sink = Sink::default();
        // One of a patient's words may be a column's name by chance, as an area is; two are not.
        let names = (names, self.is_heading(names) || self.known(names) > 1);
        let mut place = |named: &Named| place_of(named, names, at, &mut sink);
        let mut list: Vec<Field> = Vec::new();
        for mapped in &self.columns {
            let named: Vec<&str> = mapped.columns.iter().map(|named| named.name.as_str()).collect();
            list.push(Field {
                key: mapped.key.clone(),
                from: mapped.columns.iter().filter_map(&mut place).collect(),
                name: named.join(" + ").into(),
                default: self.default_of(&mapped.key),
            });
        }
        let filters = self.filters(names, at, &mut sink);
        let rest = self.rest(&list);
        let first = list.len();
        list.extend(rest);
        // An id stands first in a list of failed rows, as it does in a roster.
        if let Some(id) = list.iter().skip(first).position(|field| field.key.column == "id") {
            list[..=first + id].rotate_right(1);
        }
        for needed in self.keys.needed().iter().filter(|needed| list.iter().all(|f| f.key.column != **needed))
        {
            let message = format!("nothing says which column is `{needed}`");
            let fault = Diagnostic::error("missing-column", message).at(self.defaults.place.clone());
            sink.push(fault.hint("name its column under `columns`, or give it under `defaults`"));
        }
        sink.finish(Some(())).map(|_| Fields::mapped(list, filters))
    }

    /// Which rows are wanted.
    fn filters(&self, names: (&Names, bool), at: &[usize], sink: &mut Sink) -> Vec<Filter> {
        let filter = |only: &Only| {
            Some(Filter {
                column: place_of(&only.column, names, at, sink)?,
                name: only.column.name.as_str().into(),
                values: only.values.clone(),
            })
        };
        self.only.iter().filter_map(filter).collect()
    }

    /// What is wanted of a roster whose columns have their own names.
    ///
    /// # Errors
    ///
    /// Columns that it has not.
    pub fn wanted(&self, names: &Names, at: &[usize]) -> Result<Vec<Filter>, Faults> {
        let mut sink = Sink::default();
        // The columns have their own names: that these are a heading was found before.
        let names = (names, names.is_heading(&self.keys));
        let filters = self.filters(names, at, &mut sink);
        sink.finish(Some(filters)).map(|report| report.value)
    }

    /// The same of columns with their own names: what a row does not say is filled in.
    pub fn over(&self, mut fields: Fields) -> Fields {
        for field in &mut fields.list {
            field.default = self.default_of(&field.key);
        }
        let rest = self.rest(&fields.list).into_iter().filter(|field| field.key.column != "id");
        let rest: Vec<Field> = rest.collect();
        fields.list.extend(rest);
        fields
    }

    /// Keys that no column is for: the id, which is then the row's number, and those with a default.
    fn rest(&self, list: &[Field]) -> Vec<Field> {
        let is_new = |key: &Key| list.iter().all(|field| field.key.path != key.path);
        let keys = self.keys.iter().filter(|key| is_new(key));
        let field = |key: &Arc<Key>| {
            let default = self.default_of(key);
            let is_id = key.column == "id";
            (is_id || default.is_some()).then(|| Field {
                key: key.clone(),
                from: Vec::new(),
                name: (&*key.column).into(),
                default,
            })
        };
        keys.filter_map(field).collect()
    }
}

struct Parts<'r, 'k> {
    reader: Reader<'r>,
    keys: &'k Keys,
}

impl Parts<'_, '_> {
    fn map(mut self, node: &Node) -> Option<ColumnMap> {
        let mut map = ColumnMap {
            columns: Vec::new(),
            only: Vec::new(),
            defaults: RawRequest::new(self.reader.place(node.span)),
            dates: None,
            has_columns: node.get("columns").is_some(),
            keys: self.keys.clone(),
        };
        for entry in self.reader.entries(node, "a file of columns")? {
            match entry.key.as_str() {
                "columns" => map.columns = self.columns(&entry.node),
                "only" => map.only = self.only(&entry.node),
                "dates" => map.dates = self.dates(&entry.node),
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
                mapped.push(Mapped { key, columns });
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
        let word = self.reader.word(node)?;
        let found = DATES.iter().find(|(name, _)| *name == word);
        if found.is_none() {
            let names = DATES.into_iter().map(|(name, _)| name);
            let place = self.reader.place(node.span);
            let message = format!("unknown way to write days {}", marked(&word, names.clone(), &place));
            let hint = allowed(&word, names);
            self.reader.fault(node.span, "unknown-value", message, Some(hint));
        }
        found.map(|(_, dates)| *dates)
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

/// Forms of a roster without columns.
pub fn no_table(file: &Arc<str>) -> Diagnostic {
    Diagnostic::error("no-table", "a file of columns is for a table: a workbook or CSV")
        .at(Place::file(file.clone()))
        .hint("give its keys their own names, and leave out `--columns`")
}
