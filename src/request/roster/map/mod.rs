//! `--columns`: which columns of somebody else's list are read, and as what.

mod parts;

use super::beside;
use super::cautions::Cautions;
use super::day::ListDay;
use super::fields::{Field, Fields, Filter};
use super::headed::WHO;
use super::heading::{Names, plain};
use super::named::{Named, are_several, is_there, place_of};
use super::ticks::{Tick, Ticks};
use crate::content::Library;
use crate::content::yaml::Reader;
use crate::diagnostic::{Diagnostic, Faults, Place, Sink};
use crate::options::keys::{Key, Keys};
use crate::request::{Order, Orders, RawRequest};
use parts::Parts;
use std::collections::HashSet;
use std::sync::Arc;

/// Bytes of such a file, at most.
pub const LIMIT: u64 = 64 << 10;

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
    /// What a tick in each of them means, where its name says it.
    ticks: Vec<Option<Tick>>,
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
    /// Of times without one.
    pub day: Option<ListDay>,
    /// Whether names stand as `Family, Given`.
    turns_names: bool,
    /// Whether the list is one of objects that was made a table: its rows are told by their numbers.
    pub is_of_objects: bool,
    /// Whether a list may lack what each row must fill: somebody fills it in row by row.
    is_lenient: bool,
    /// Else the roster's columns have their own names.
    pub has_columns: bool,
    keys: Keys,
    /// Which columns ask what has to be known of a patient.
    cautions: Cautions,
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

    /// The same with the words of each treatment of the folder: a column that is called by a side or by a value may be ticked.
    pub fn knowing<'l>(mut self, libraries: impl Iterator<Item = &'l Library>) -> ColumnMap {
        let ticks = Ticks::by(libraries);
        for mapped in &mut self.columns {
            let is_one_of = mapped.columns.len() > 1;
            let tick = |named: &Named| ticks.under(&mapped.key, &named.name, is_one_of);
            mapped.ticks = mapped.columns.iter().map(tick).collect();
        }
        self.cautions = Cautions::by(&ticks, self.keys.iter());
        self
    }

    /// The same where what a list does not say is chosen row by row.
    pub fn lenient(self) -> ColumnMap {
        ColumnMap { is_lenient: true, ..self }
    }

    /// The same of a list of objects as a table.
    pub fn of_objects(self) -> ColumnMap {
        ColumnMap { is_of_objects: true, ..self }
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
            Dates::In(order) => {
                Orders { session_at: Some(order), next_visit: Some(order), ..Orders::default() }
            }
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
        self.names().filter(|named| there.contains(&plain(&named.name)) || is_there(named, names)).count()
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
        if self.is_beside_another(names) {
            let hint = "or say by their numbers which columns are read, from the left, such as `Name (1)`";
            return Err(beside::fault().hint(hint).at(self.defaults.place.clone()).into());
        }
        let mut sink = Sink::default();
        // One of a patient's words may be a column's name by chance, as an area is; two are not.
        let heading = names;
        let names = (names, self.is_heading(names) || self.known(names) > 1);
        let mut place = |named: &Named| place_of(named, names, at, &mut sink);
        let mut list: Vec<Field> = Vec::new();
        for mapped in &self.columns {
            let named: Vec<&str> = mapped.columns.iter().map(|named| named.name.as_str()).collect();
            let from: Vec<Option<usize>> = mapped.columns.iter().map(&mut place).collect();
            let ticked = from.iter().zip(&mapped.ticks);
            let ticked = ticked.filter_map(|(at, tick)| (*at).zip(tick.clone()));
            list.push(Field {
                key: mapped.key.clone(),
                ticks: ticked.collect(),
                from: from.into_iter().flatten().collect(),
                name: named.join(" + ").into(),
                default: self.default_of(&mapped.key),
                is_turned: self.turns_names && mapped.key.column == "patient",
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
        let has = |needed: &str| list.iter().any(|field| field.key.column == needed);
        let lacking = self.keys.needed().iter().filter(|needed| !has(needed));
        for needed in lacking.filter(|_| !self.is_lenient) {
            let message = format!("nothing says which column is `{needed}`");
            let fault = Diagnostic::error("missing-column", message).at(self.defaults.place.clone());
            sink.push(fault.hint("name its column under `columns`, or give it under `defaults`"));
        }
        let is_needed = |key: &Key| self.keys.needed().contains(&key.column);
        sink.finish(Some(())).map(|_| Fields::mapped(list, filters, (heading, at), &self.cautions, is_needed))
    }

    /// Whether who comes, when and for what stands twice, and nothing says which of them is meant.
    fn is_beside_another(&self, names: &Names) -> bool {
        let is_own = |key: &Key| WHO.contains(&&*key.path) || self.keys.needed().contains(&key.column);
        let own = self.columns.iter().filter(|mapped| is_own(&mapped.key));
        own.filter(|mapped| mapped.columns.iter().any(|named| are_several(named, names))).count() > 1
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
            let is_asked = self.is_lenient && self.keys.needed().contains(&key.column);
            (is_id || is_asked || default.is_some()).then(|| Field {
                key: key.clone(),
                from: Vec::new(),
                name: (&*key.column).into(),
                default,
                is_turned: false,
                ticks: Vec::new(),
            })
        };
        keys.filter_map(field).collect()
    }
}

/// Forms of a roster without columns.
pub fn no_table(file: &Arc<str>) -> Diagnostic {
    Diagnostic::error("no-table", "a file of columns is for a table: a workbook or CSV")
        .at(Place::file(file.clone()))
        .hint("give its keys their own names, and leave out `--columns`")
}
