//! Parquet: a table by columns, as programs of data pipelines write it. Rows are read some hundred at a time, and of the
//! columns those alone that are wanted.

mod column;
mod fault;
mod file;
mod kind;
mod pages;
mod source;
mod thrift;

use super::fields::{Cell as Said, Fields};
use super::heading::{Name, Names};
use super::orders::{Found, SAID};
use super::shard::{Shard, chosen};
use super::sheet::READER;
use super::{Passed, ROW, Reading, Row, broken_at, empty, lacking, too_long, unreadable};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::options::keys::Keys;
use crate::request::RawRequest;
use column::Cell;
use file::{Batch, Batches, File};
use source::Source;
use std::collections::BTreeSet;
use std::sync::Arc;

pub use source::Random;

pub struct Reader {
    file: Arc<str>,
    keys: Keys,
    passed: Arc<Passed>,
    fields: Fields,
    table: File,
    /// Where rows come from, once the first was asked for.
    batches: Option<Batches>,
    batch: Batch,
    /// The next row of the batch.
    next: usize,
    /// Rows before it.
    rows: u64,
}

impl Reader {
    /// # Errors
    ///
    /// It is no whole file, its columns are no roster's, or one that is to be read is written in another way.
    pub fn open(source: Box<dyn Random>, file: Arc<str>, reading: &Reading) -> Result<Reader, Faults> {
        let at_file = |fault: Diagnostic| Faults::from(fault.at(Place::file(file.clone())));
        let source = Source::new(source).map_err(|error| unreadable(&file, &error))?;
        let table = File::open(source).map_err(at_file)?;
        let line = Place::file(file.clone());
        let name = |(at, name): (usize, &String)| Name {
            text: name.trim().to_owned(),
            place: line.clone(),
            spot: format!("column {}", at + 1),
        };
        let names = Names::new(table.names.iter().enumerate().map(name).collect());
        let at: Vec<usize> = (0..names.0.len()).collect();
        let (fields, _) = reading.fields(names, &at, table.names.len(), &line)?;
        let unfit: Vec<Diagnostic> = fields.columns_read().iter().filter_map(|at| table.unfit(*at)).collect();
        if !unfit.is_empty() {
            return Err(Faults(unfit.into_iter().map(|fault| fault.at(line.clone())).collect()));
        }
        if table.rows == 0 {
            return Err(empty(&file).into());
        }
        let (keys, passed) = (reading.keys.clone(), reading.passed.clone());
        let batch = Batch { rows: 0, columns: Vec::new() };
        Ok(Reader { file, keys, passed, fields, table, batches: None, batch, next: 0, rows: 0 })
    }

    pub fn columns(&self) -> Vec<&str> {
        self.fields.columns()
    }

    /// How many rows it has.
    pub fn count(&self) -> u64 {
        self.table.rows
    }

    /// The next row of a shard, or of all. Rows of other shards are passed over by their id alone.
    pub fn next_row(&mut self, shard: Option<Shard>) -> Result<Option<Row>, Faults> {
        // One of these that cannot be read says nothing, and nobody chose it.
        let told = self.fields.columns_told().filter(|at| self.table.unfit(*at).is_none());
        let columns: BTreeSet<usize> = self.fields.columns_read().into_iter().chain(told).collect();
        let columns: Vec<usize> = columns.into_iter().collect();
        while self.advance(&columns)? {
            if !self.fields.wants(|column| self.said(column)) {
                self.passed.add_unwanted();
                continue;
            }
            let is_in = |shard: Shard| self.id().map(|id| shard.holds(Some(id.trim()), self.rows));
            let row = chosen(shard, is_in, || self.row());
            if row.is_some() {
                return Ok(row);
            }
        }
        Ok(None)
    }

    /// Reads on to the next row for the times and the name that it says; `false` at the end.
    pub fn next_times(&mut self, found: &mut Found) -> Result<bool, Faults> {
        let is_wanted = |path: &str| SAID.contains(&path);
        let times = self.fields.list.iter().filter(|field| is_wanted(&field.key.path));
        let columns: Vec<usize> = times.clone().flat_map(|field| field.from.iter().copied()).collect();
        if !self.advance(&columns)? {
            return Ok(false);
        }
        let mut raw = RawRequest::default();
        let is_time = |column: usize| columns.contains(&column);
        let cell = |column: usize| if is_time(column) { self.said(column) } else { Said::Said("".into()) };
        self.fields.fill(&mut raw, |_| Place::default(), |column, _| cell(column), self.rows);
        found.add_own(&raw);
        Ok(true)
    }

    /// Takes the next row in hand; `false` at the end. Of the columns, those are read that the first call names.
    fn advance(&mut self, columns: &[usize]) -> Result<bool, Faults> {
        let at_file = |fault: Diagnostic| Faults::from(fault.at(Place::file(self.file.clone())));
        if self.batches.is_none() {
            self.batches = Some(self.table.batches(columns.to_vec()).map_err(at_file)?);
        }
        self.next += 1;
        if self.next >= self.batch.rows {
            let batches = self.batches.as_ref();
            // A thread that went without a word met what the library cannot read.
            let received =
                batches.and_then(|batches| batches.recv().ok()).unwrap_or_else(|| Err(fault::damaged()));
            let Some(batch) = received.map_err(at_file)? else { return Ok(false) };
            (self.batch, self.next) = (batch, 0);
        }
        self.rows += 1;
        Ok(true)
    }

    fn row(&self) -> Row {
        let number = self.rows;
        let place =
            |column: Arc<str>| Place { cell: Some((number, column)), ..Place::file(self.file.clone()) };
        if self.length() > ROW {
            let given = vec![String::new(); self.columns().len()];
            return broken_at(place("".into()), number, number, given, too_long());
        }
        let mut raw = RawRequest::new(place(lacking(&self.keys)));
        let given = self.fields.fill(&mut raw, place, |column, _| self.said(column), number);
        Row { number, line: number, given, under: Default::default(), raw }
    }

    /// Bytes of the row in hand.
    fn length(&self) -> usize {
        let cells = self.batch.columns.iter().filter_map(|(_, cells)| cells.get(self.next));
        cells.map(|cell| if let Cell::Said(text) = cell { text.len() } else { 0 }).sum()
    }

    /// The id of the row in hand, where it stands in one column and says something.
    fn id(&self) -> Option<&str> {
        let field = self.fields.list.iter().find(|field| field.key.path == "id")?;
        let [at] = *field.from else { return None };
        match self.cell(at)? {
            Cell::Said(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    fn cell(&self, column: usize) -> Option<&Cell> {
        let (_, cells) = self.batch.columns.iter().find(|(at, _)| *at == column)?;
        cells.get(self.next)
    }

    fn said(&self, column: usize) -> Said<'_> {
        match self.cell(column) {
            None | Some(Cell::Empty) => Said::Said("".into()),
            Some(Cell::Said(text)) => Said::Said(text.as_str().into()),
            Some(Cell::Wrong) => Said::Wrong(Box::new(fault::value()), "?".to_owned()),
        }
    }
}
