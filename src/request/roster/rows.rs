//! The rows of a roster, however it is written.

use super::orders::Found;
use super::shard::{Shard, next_of};
use super::{Roster, Row, csv, jsonl, sheet, yaml};
use crate::diagnostic::Faults;
use std::io::Read;

pub enum Rows<R> {
    Csv(Box<csv::Reader<R>>),
    JsonLines(jsonl::Reader<R>),
    Yaml(yaml::Reader<R>),
    Sheet(Box<sheet::Reader>),
    #[cfg(feature = "parquet")]
    Columnar(Box<super::columnar::Reader>),
}

impl<R: Read> Roster<R> {
    /// Whether it is a list of failed rows, ours or a mended one: a part of the list that these are of.
    pub fn is_failed_rows(&self) -> bool {
        match &self.rows {
            Rows::Csv(reader) => reader.is_failed_rows(),
            Rows::Sheet(reader) => reader.is_guarded,
            _ => false,
        }
    }
}

impl<R: Read> Rows<R> {
    /// The next row of a shard, or of all.
    pub fn next_row(&mut self, shard: Option<Shard>) -> Result<Option<Row>, Faults> {
        match self {
            Rows::Csv(reader) => reader.next_row(shard),
            Rows::JsonLines(reader) => reader.next_row(shard),
            Rows::Yaml(reader) => next_of(shard, || reader.next_row()),
            Rows::Sheet(reader) => next_of(shard, || Ok(reader.next_row())),
            #[cfg(feature = "parquet")]
            Rows::Columnar(reader) => reader.next_row(shard),
        }
    }

    /// Reads on to the next row for the times that it says; `false` at the end.
    pub fn next_times(&mut self, found: &mut Found) -> Result<bool, Faults> {
        match self {
            Rows::Csv(reader) if !reader.is_mapped() => reader.next_times(found),
            Rows::JsonLines(reader) => reader.next_times(found),
            #[cfg(feature = "parquet")]
            Rows::Columnar(reader) => reader.next_times(found),
            others => Ok(others.next_row(None)?.inspect(|row| found.add(row)).is_some()),
        }
    }

    /// Whether its rows have a column for names.
    pub fn have_names(&self) -> bool {
        self.columns().is_none_or(|columns| columns.contains(&"patient"))
    }

    /// Whether its rows have a column for treatments.
    pub fn have_treatments(&self) -> bool {
        self.columns().is_none_or(|columns| columns.contains(&"treatment"))
    }

    /// Whether its rows have a column for who treated.
    pub fn have_therapists(&self) -> bool {
        self.columns().is_some_and(|columns| columns.contains(&"therapist"))
    }

    /// Whether therapists stand above its rows, further down than those that were read.
    pub fn name_therapist_ahead(&self) -> bool {
        matches!(self, Rows::Csv(reader) if reader.names_therapist_ahead())
    }

    /// Whether a row of it may stand under a heading that says something of a key. A text is not read ahead.
    pub fn may_be_headed(&self, path: &str) -> bool {
        match self {
            Rows::Csv(_) => true,
            Rows::Sheet(reader) => reader.has_heading(path),
            _ => false,
        }
    }

    /// How many rows it has, if that is known before they are read.
    pub fn count(&self) -> Option<u64> {
        match self {
            Rows::Sheet(sheet) => Some(sheet.count()),
            #[cfg(feature = "parquet")]
            Rows::Columnar(reader) => Some(reader.count()),
            _ => None,
        }
    }

    /// The columns of its rows; `None`: they may have any.
    pub fn columns(&self) -> Option<Vec<&str>> {
        match self {
            Rows::Csv(reader) => Some(reader.columns()),
            Rows::Sheet(reader) => Some(reader.columns()),
            #[cfg(feature = "parquet")]
            Rows::Columnar(reader) => Some(reader.columns()),
            Rows::JsonLines(_) | Rows::Yaml(_) => None,
        }
    }
}
