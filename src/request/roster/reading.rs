//! By what the columns of a table are read: their own names, or a file of columns.

use super::fields::Fields;
use super::heading::{Header, Names};
use super::map::ColumnMap;
use super::naming::Naming;
use crate::diagnostic::{Faults, Place};
use crate::options::keys::{Keys, Value};
use crate::request::Order;
use crate::request::resolve::clear;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many rows were passed over, for whoever waits for the end.
#[derive(Debug, Default)]
pub struct Passed {
    /// Rows that nobody wants: `only` in a file of columns.
    unwanted: AtomicU64,
    /// Rows below a list of somebody else's that are no patients'.
    totals: AtomicU64,
}

impl Passed {
    pub fn add_unwanted(&self) {
        self.unwanted.fetch_add(1, Ordering::Relaxed);
    }

    pub fn add_totals(&self, rows: usize) {
        self.totals.fetch_add(rows as u64, Ordering::Relaxed);
    }

    /// After a first reading.
    pub fn forget(&self) {
        self.unwanted.store(0, Ordering::Relaxed);
        self.totals.store(0, Ordering::Relaxed);
    }

    pub fn unwanted(&self) -> u64 {
        self.unwanted.load(Ordering::Relaxed)
    }

    pub fn totals(&self) -> u64 {
        self.totals.load(Ordering::Relaxed)
    }
}

/// What a table's columns are read by.
#[derive(Clone)]
pub struct Reading {
    pub keys: Keys,
    pub naming: Naming,
    pub map: Option<Arc<ColumnMap>>,
    pub passed: Arc<Passed>,
    /// Whether the text says that it is UTF-8: then what is none is damaged.
    pub is_utf_8: bool,
}

impl Reading {
    pub fn of(keys: &Keys, naming: Naming) -> Reading {
        Reading { keys: keys.clone(), naming, map: None, passed: Arc::default(), is_utf_8: false }
    }

    /// The map, unless these are the columns of a list of failed rows: they have their own names already.
    fn map_of(&self, names: &Names) -> Option<&ColumnMap> {
        self.map.as_deref().filter(|map| map.has_columns && !names.is_failed_rows(&self.keys))
    }

    /// How many of the names are columns.
    pub fn known(&self, names: &Names) -> usize {
        self.map_of(names).map_or_else(|| names.known(&self.keys), |map| map.known(names))
    }

    pub fn is_heading(&self, names: &Names) -> bool {
        self.map_of(names).map_or_else(|| names.is_heading(&self.keys), |map| map.is_heading(names))
    }

    /// What is read of a table with these names, which stand at these places, and the table as it is.
    pub fn fields(
        &self,
        names: Names,
        at: &[usize],
        width: usize,
        line: &Place,
    ) -> Result<(Fields, Header), Faults> {
        if let Some(map) = self.map_of(&names) {
            let fields = map.fields(&names, at)?;
            let header = Header::mapped(names, at, width, |column| fields.key_at(column));
            return Ok((fields, header));
        }
        // A list of failed rows has those alone that were wanted.
        let wants = self.map.as_ref().filter(|map| !map.has_columns);
        let filters = wants.map(|map| map.wanted(&names, at)).transpose()?.unwrap_or_default();
        let header = names.checked(&self.keys, self.naming, width, line)?;
        let fields = Fields::of(&header, at).wanting(filters);
        Ok((self.map.iter().fold(fields, |fields, map| map.over(fields)), header))
    }

    /// Whether the map says how days are written, so that nobody has to read all of them first.
    pub fn tells_days(&self) -> bool {
        self.map.as_ref().is_some_and(|map| map.orders().is_some())
    }

    /// For rows with these columns.
    pub fn clear(&self, columns: &[&str]) -> Clear {
        let order = self.map.as_ref().and_then(|map| map.orders()?.session_at);
        let is_time = |column: &str| self.keys.of_column(column).is_some_and(|key| key.value == Value::Time);
        let times = columns.iter().enumerate().filter(|(_, column)| is_time(column)).map(|(at, _)| at);
        Clear { order, times: times.collect() }
    }
}

/// Writes days that only the file of columns makes clear so that they are clear without it: a list of failed rows has
/// them.
pub struct Clear {
    order: Option<Order>,
    times: Vec<usize>,
}

impl Clear {
    pub fn write(&self, given: &mut [String]) {
        let Some(order) = self.order else { return };
        for at in &self.times {
            let Some(cell) = given.get_mut(*at) else { continue };
            if let Some(told) = clear(cell, order) {
                *cell = told;
            }
        }
    }
}
