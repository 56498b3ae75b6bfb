//! Rosters: one request a row, read one row at a time so that a million of them need no more memory than one.
//!
//! CSV (comma, semicolon or tab, told from the header), JSON Lines or an array, and YAML lists all become [`Row`]s with the same
//! keys. A row that cannot be read is a row with faults; the rows after it are read all the same.

mod above;
mod array;
mod asking;
mod beside;
mod called_off;
mod cautions;
#[cfg(feature = "parquet")]
mod columnar;
mod csv;
mod day;
mod ditto;
mod doubled;
mod encoding;
mod fields;
mod flat;
mod glance;
mod grid;
mod headed;
mod heading;
mod ids;
mod jsonl;
mod kind;
mod lines;
mod map;
mod named;
mod namesakes;
mod naming;
mod numbers;
mod offer;
mod orders;
mod passed;
mod persons;
mod reading;
mod remark;
mod row;
mod rows;
mod second;
mod shard;
mod sheet;
mod spreadsheet;
mod ticks;
mod time_alone;
mod unread;
mod western;
mod yaml;

pub use crate::request::resolve::{Looks, is_moment, is_open};
pub use cautions::{Cautions, UNREAD_CAUTION, has_many_names};
pub use day::{ListDay, may_have_day};
pub use ids::{IdHash, Ids};
pub use map::{ColumnMap, LIMIT as MAP_LIMIT};
pub use offer::{Offer, Offered, offered};
pub use passed::Passed;
pub use {called_off::is_status, flat::as_table, heading::plain as plain_name};
pub use {csv::sign_of, doubled::DOUBLED, encoding::PARQUET};
pub use {row::Row, shard::Shard, sheet::READER};
pub use {spreadsheet::guarded, spreadsheet::unguarded, ticks::Ticks, ticks::is_ticked};
pub use {time_alone::is_without_day, unread::UNREAD};

use super::{Orders, RawRequest};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::options::keys::{Key, Keys};
use chrono::NaiveDate;
use doubled::Doubled;
use encoding::Opened;
use namesakes::Namesakes;
use naming::Naming;
use reading::{Clear, Reading};
use row::{broken, broken_at, given, lacking, number_places, row_place, text_only};
use rows::Rows;
use std::io::{self, BufReader, Read};
use std::sync::Arc;

/// A text whose first bytes were looked at.
type Source<R> = BufReader<encoding::Text<R>>;

/// Bytes of one row, at most.
pub const ROW: usize = 64 << 10;

/// Columns that a list of failed rows carries and a roster may therefore have; nothing reads them.
pub const ADDED: [&str; 2] = ["line", "reason"];

/// The code of a row with bytes that are no UTF-8.
pub const NOT_UTF_8: &str = "not-utf-8";

/// How a roster is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    JsonLines,
    Yaml,
}

impl Format {
    /// By the ending of a file's name; `None` when it says nothing.
    pub fn of(path: &str) -> Option<Format> {
        let (_, ending) = path.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "tab" | "txt" => Some(Format::Csv),
            "jsonl" | "ndjson" | "json" => Some(Format::JsonLines),
            "yaml" | "yml" => Some(Format::Yaml),
            _ => None,
        }
    }
}

/// Reads rows from anything that can be read once.
pub struct Roster<R> {
    rows: Rows<R>,
    ids: Box<dyn Ids>,
    doubled: Doubled,
    /// Therapists of the rows so far: what comes through a pipe has no first reading.
    namesakes: Namesakes,
    orders: Orders,
    /// Finds these, when a row first wants them.
    later: Option<orders::Later>,
    /// How days are written in the columns that have times.
    clear: Clear,
    /// Of rows that say a time of day alone.
    day: Option<NaiveDate>,
    reading: Reading,
    /// Columns that it has not, for what stands above rows and is theirs.
    headed: Vec<Arc<Key>>,
    /// The part of it that is wanted.
    shard: Option<Shard>,
    ended: bool,
}

impl<R: Read> Roster<R> {
    /// A roster whose header has been read and checked; `file` names it in messages.
    ///
    /// Errors: the source cannot be read, is not UTF-8, or its header has unknown, doubled or missing columns; all
    /// of them at once, before any row.
    pub fn open(source: R, format: Format, file: &str, keys: &Keys) -> Result<Roster<R>, Faults> {
        Roster::opened(source, format, file, Reading::of(keys, Naming::Roster))
    }

    /// The same of a roster whose rows need no id: who reads it gives them one.
    ///
    /// # Errors
    /// As [`Roster::open`].
    pub fn open_unnamed(source: R, format: Format, file: &str, keys: &Keys) -> Result<Roster<R>, Faults> {
        Roster::opened(source, format, file, Reading::of(keys, Naming::Reader))
    }

    /// The same of somebody else's list: the map says which of its columns are read, and as what.
    ///
    /// # Errors
    /// As [`Roster::open`]; columns that the roster has not; a form that has no columns.
    pub fn open_mapped(
        source: R,
        format: Format,
        file: &str,
        keys: &Keys,
        map: Arc<ColumnMap>,
    ) -> Result<Roster<R>, Faults> {
        let orders = map.orders();
        let reading = Reading { map: Some(map), ..Reading::of(keys, Naming::Roster) };
        let roster = Roster::opened(source, format, file, reading)?;
        // Whether its rows have times, the list alone says.
        let found = roster.orders.clone();
        let orders = orders.map_or(found.clone(), |told| told.of_rows(found));
        Ok(roster.with_orders(orders))
    }

    /// A Parquet file, which is read here and there; with a map if it is somebody else's list.
    ///
    /// # Errors
    /// As [`Roster::open_mapped`]; a file that is damaged or claims too much, a column written in a way that is not read.
    #[cfg(feature = "parquet")]
    pub fn open_parquet(
        source: Box<dyn columnar::Random>,
        file: &str,
        keys: &Keys,
        map: Option<Arc<ColumnMap>>,
    ) -> Result<Roster<R>, Faults> {
        let orders = map.as_ref().and_then(|map| map.orders()).unwrap_or_default();
        let reading = Reading { map, ..Reading::of(keys, Naming::Roster) };
        let reader = columnar::Reader::open(source, file.into(), &reading)?;
        Ok(Roster::of(Rows::Columnar(Box::new(reader)), &reading).with_orders(orders))
    }

    fn opened(source: R, format: Format, file: &str, mut reading: Reading) -> Result<Roster<R>, Faults> {
        let file: Arc<str> = file.into();
        let mut source = match encoding::checked(source, &file)? {
            Opened::Text(source, is_marked) => {
                reading.is_utf_8 = is_marked;
                BufReader::with_capacity(ROW, source)
            }
            Opened::Workbook(bytes) => {
                return Ok(Roster::of_sheet(sheet::Reader::open(bytes, file, &reading)?, &reading));
            }
        };
        let keys = &reading.keys;
        let rows = match kind::of(format, lines::fill(&mut source, &file)?, keys) {
            Format::Csv => Rows::Csv(Box::new(csv::Reader::open(source, file, &reading)?)),
            _ if reading.map.as_ref().is_some_and(|map| map.is_of_tables()) => {
                return Err(map::no_table(&file).into());
            }
            Format::JsonLines => Rows::JsonLines(jsonl::Reader::open(source, file, keys)?),
            Format::Yaml => Rows::Yaml(yaml::Reader::open(source, file, keys)?),
        };
        Ok(Roster::of(rows, &reading))
    }

    fn of(rows: Rows<R>, reading: &Reading) -> Roster<R> {
        let (ids, reading) = (Box::new(ids::InMemory::default()), reading.clone());
        let (orders, clear) = (Orders::default(), Clear::default());
        Roster {
            headed: above::lacking(&rows, &reading.keys),
            rows,
            ids,
            doubled: Doubled::default(),
            namesakes: Namesakes::default(),
            orders,
            later: None,
            clear,
            day: None,
            reading,
            shard: None,
            ended: false,
        }
    }

    /// A sheet is in hand as a whole, so that its first reading needs no other source.
    fn of_sheet(mut sheet: sheet::Reader, reading: &Reading) -> Roster<R> {
        let mut found = orders::Found::default();
        while let Some(row) = sheet.next_row() {
            found.add(&row);
        }
        sheet.rewind();
        reading.passed.forget_unwanted();
        Roster::of(Rows::Sheet(Box::new(sheet)), reading).with_orders(found.orders())
    }

    /// What somebody should know of how the roster is read.
    pub fn remarks(&self) -> &[Diagnostic] {
        match &self.rows {
            Rows::Sheet(sheet) => &sheet.remarks,
            Rows::Csv(reader) => &reader.remarks,
            _ => &[],
        }
    }

    /// How many rows it has, if that is known before they are read.
    pub fn count(&self) -> Option<u64> {
        self.rows.count()
    }

    /// Whether it has to be read from the start once more to know how its columns write days.
    pub fn needs_first_reading(&self) -> bool {
        !matches!(self.rows, Rows::Sheet(_))
    }

    /// Rows that are passed over while it is read.
    pub fn passed(&self) -> Arc<Passed> {
        self.reading.passed.clone()
    }

    /// Remembers ids elsewhere than in memory.
    pub fn with_ids(self, ids: Box<dyn Ids>) -> Roster<R> {
        Roster { ids, ..self }
    }

    /// The sign between the cells of a table by which spreadsheets part them too: not a bar.
    pub fn sign(&self) -> Option<u8> {
        match &self.rows {
            Rows::Csv(reader) => Some(reader.sign()).filter(|sign| *sign != b'|'),
            _ => None,
        }
    }

    /// How its columns write days, as a first reading found.
    pub fn with_orders(self, orders: Orders) -> Roster<R> {
        let clear = self.reading.clear(&self.columns(), &orders);
        Roster { orders, clear, ..self }
    }

    /// The same of what a first reading will find, if a row wants it: many a list writes all of its days clearly.
    pub fn with_orders_from(self, find: impl FnOnce() -> Orders + Send + 'static) -> Roster<R> {
        Roster { later: Some(Box::new(find)), ..self }
    }

    fn find_orders(&mut self, raw: &RawRequest) {
        let (tells_days, rows) = (self.reading.tells_days(), &self.rows);
        let is_unnamed = || raw.one("patient").is_none() && rows.have_names();
        let are_treated = || rows.have_therapists() || rows.name_therapist_ahead();
        let is_untreated = || raw.one(orders::THERAPIST).is_none() && are_treated();
        let is_of_any = || raw.one(orders::TREATMENT).is_none() && rows.have_treatments();
        let is_wanted =
            || orders::are_wanted(raw, tells_days) || is_unnamed() || is_untreated() || is_of_any();
        if let Some(find) = self.later.take_if(|_| is_wanted()) {
            let found = find();
            self.orders = if tells_days { std::mem::take(&mut self.orders).of_rows(found) } else { found };
            self.clear = self.reading.clear(&self.columns(), &self.orders);
        }
    }

    fn look_for_namesakes(&mut self, raw: &RawRequest) {
        if let Some(given) = raw.one(orders::THERAPIST).filter(|_| self.orders.namesakes.is_none())
            && self.namesakes.say(&given.value)
        {
            self.orders.namesakes = self.namesakes.shared();
        }
    }

    /// The day on which sessions are of which the rows say a time of day alone.
    pub fn with_day(self, day: Option<NaiveDate>) -> Roster<R> {
        Roster { day, ..self }
    }

    /// A part of it alone. Rows have the numbers that they have in the whole.
    pub fn with_shard(self, shard: Option<Shard>) -> Roster<R> {
        Roster { shard, ..self }
    }

    /// Reads all of it to find how its columns write days. Days that say nothing by themselves are refused without this:
    /// what can be read once only has no first reading.
    pub fn orders(mut self) -> Orders {
        let wanted = ["session_at", "next_visit", "patient", "therapist", "treatment"];
        if !self.columns().iter().any(|column| wanted.contains(column)) {
            return Orders::default();
        }
        let mut found = orders::Found::default();
        // What cannot be read is told when the rows are.
        while let Ok(true) = self.rows.next_times(&mut found) {}
        found.orders()
    }

    /// The columns of [`Row::given`]: those of the header, or every column that there is; with them [`UNREAD`] for
    /// words that stand under none of them.
    pub fn columns(&self) -> Vec<&str> {
        let all = || self.reading.keys.iter().map(|key| &*key.column).chain([UNREAD]).collect();
        let headed = self.headed.iter().map(|key| &*key.column);
        self.rows.columns().unwrap_or_else(all).into_iter().chain(headed).collect()
    }

    /// Those of [`Roster::columns`] that a table needs not have where nothing stands in them.
    pub fn spare_columns(&self) -> Vec<&str> {
        std::iter::once(UNREAD).chain(self.headed.iter().map(|key| &*key.column)).collect()
    }
}

impl<R: Read> Iterator for Roster<R> {
    type Item = Result<Row, Faults>;

    /// The next row. `Err`: the source could not be read on, or ids not be kept; nothing comes after it.
    fn next(&mut self) -> Option<Result<Row, Faults>> {
        if self.ended {
            return None;
        }
        let checked = self.rows.next_row(self.shard).and_then(|mut row| {
            if let Some(row) = &mut row {
                above::put(row, &self.columns(), &self.reading.keys);
                self.find_orders(&row.raw);
                orders::say_so_far(&mut self.orders, &row.raw);
                self.look_for_namesakes(&row.raw);
                row.raw.orders = self.orders.clone();
                above::miss(row);
                self.clear.write(&mut row.given);
                let day = day::of(row, &self.orders, self.day);
                // Of a list of another day no session is now, whichever day it is of.
                row.raw.orders.day = day.or(self.day);
                let columns = self.columns();
                above::keep(row, day, &columns, columns.len() - self.headed.len(), &self.reading.keys);
                match day {
                    Some(day) => day::put(day, row, &self.columns(), &self.reading.keys),
                    None => day::keep_heading(row, &self.columns(), &self.reading.keys),
                }
                ids::check(&mut *self.ids, row, self.reading.naming)?;
                ditto::check(&mut row.raw, &self.reading.keys);
                // A part of a roster has not seen the rows of the others.
                if self.shard.is_none() {
                    self.doubled.check(row);
                }
            }
            Ok(row)
        });
        self.ended = checked.is_err();
        checked.transpose()
    }
}

fn empty(file: &Arc<str>) -> Diagnostic {
    Diagnostic::error("empty-roster", "the roster is empty").at(Place::file(file.clone()))
}

fn too_long() -> Diagnostic {
    Diagnostic::error("row-too-long", format!("the row is longer than {} KiB", ROW >> 10))
}

fn unreadable(file: &Arc<str>, error: &io::Error) -> Faults {
    let message = format!("the roster could not be read: {error}");
    Diagnostic::error("unreadable-file", message).at(Place::file(file.clone())).into()
}
