//! By what the columns of a table are read: their own names, or a file of columns.

use super::fields::Fields;
use super::heading::{Header, Names};
use super::map::ColumnMap;
use super::naming::Naming;
use super::passed::Passed;
use crate::diagnostic::{Faults, Place};
use crate::options::keys::{Keys, Value};
use crate::request::resolve::clear;
use crate::request::{Order, Orders};
use std::sync::Arc;

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
        let passed = Arc::new(Passed::of(keys));
        Reading { keys: keys.clone(), naming, map: None, passed, is_utf_8: false }
    }

    /// The map, unless these are the columns of a list of failed rows: they have their own names already.
    fn map_of(&self, names: &Names) -> Option<&ColumnMap> {
        self.map.as_deref().filter(|map| map.has_columns && !names.is_failed_rows(&self.keys))
    }

    /// How many of the names are columns.
    pub fn known(&self, names: &Names) -> usize {
        self.map_of(names).map_or_else(|| names.known(&self.keys), |map| map.known(names))
    }

    /// Whether the names are a heading that has all that is asked for.
    pub fn is_whole_heading(&self, names: &Names) -> bool {
        self.map_of(names)
            .map_or_else(|| names.is_whole_heading(&self.keys), |map| map.is_whole_heading(names))
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
        if !names.is_heading(&self.keys) {
            return Err(names.no_heading("the list", &self.keys).at(line.clone()).into());
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

    /// For rows with these columns, whose days are written in these orders.
    pub fn clear(&self, columns: &[&str], orders: &Orders) -> Clear {
        let order = |column: &&str| {
            let key = self.keys.of_column(column).filter(|key| key.value == Value::Time)?;
            if key.path == "plan.next_visit" { orders.next_visit } else { orders.session_at }
        };
        let all = columns.iter().enumerate();
        Clear(all.filter_map(|(at, column)| Some((at, order(column)?))).collect())
    }
}

/// Writes days that only their column or the file of columns makes clear so that they are clear by themselves: a list of
/// failed rows has a few of the column's rows, and what a day was taken for is part of what a row says.
#[derive(Default)]
pub struct Clear(Vec<(usize, Order)>);

impl Clear {
    pub fn write(&self, given: &mut [String]) {
        for (at, order) in &self.0 {
            let Some(cell) = given.get_mut(*at) else { continue };
            if let Some(told) = clear(cell, *order) {
                *cell = told;
            }
        }
    }
}
