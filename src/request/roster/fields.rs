//! Which columns of a table are read, and as what.

use super::UNREAD;
use super::beside;
use super::called_off::CalledOff;
use super::cautions::{Cautions, Unread};
use super::headed::{Holds, SLOT, WHO, says_nothing};
use super::heading::{Header, Names, Role};
use super::persons::{on_one_line, turned};
use super::remark::{explains_sign, is_count, is_remark, is_whole_name};
use super::ticks::{Tick, with_both_sides};
use super::time_alone::day_and_time;
use super::unread;
use crate::diagnostic::{Diagnostic, Place};
use crate::options::keys::{Key, Keys, Value};
use crate::request::RawRequest;
use crate::request::resolve::{is_no_day, may_be_nothing};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

/// Cells of a row that sums up or says something of the list.
pub const FEW: usize = 2;
/// Words of one area, at most: more may be two with a word between them.
const WORDS_OF_ONE: usize = 2;
/// Columns under which such a row may stand.
const SUMMED: [&str; 3] = ["id", "patient", "therapist"];

/// A key and the columns that its value stands in.
pub struct Field {
    pub key: Arc<Key>,
    /// Of the table, from 0, in the order in which they are joined.
    pub from: Vec<usize>,
    /// As messages call it.
    pub name: Arc<str>,
    /// What a row says that says nothing there.
    pub default: Option<String>,
    /// Whether `Family, Given` is to be written `Given Family`.
    pub is_turned: bool,
    /// Columns whose names say what a tick there means.
    pub ticks: Vec<(usize, Tick)>,
}

/// Rows that are read: those with one of these values there.
pub struct Filter {
    pub column: usize,
    /// As messages call it.
    pub name: Arc<str>,
    pub values: Vec<String>,
}

pub struct Fields {
    pub list: Vec<Field>,
    filters: Vec<Filter>,
    /// Whether other columns are somebody else's, and not looked at.
    is_mapped: bool,
    /// Words of rows that failed before.
    unread: Option<usize>,
    /// Columns that have a name and are not read.
    passed: Vec<usize>,
    /// Columns that nobody chose, and that may say that a session did not take place.
    called_off: CalledOff,
    /// Columns that nobody chose, and that ask what has to be known of a patient.
    cautions: Unread,
    /// Columns of a second table beside the one that is read.
    beside: Vec<usize>,
}

/// A cell as it was read.
pub enum Cell<'c> {
    Said(Cow<'c, str>),
    /// It cannot be used as it is, with what stands in it.
    Wrong(Box<Diagnostic>, String),
}

impl Fields {
    /// All columns of a table, by their own names. `at` is where each of them stands.
    pub fn of(header: &Header, at: &[usize]) -> Fields {
        let (mut list, mut unread, mut passed) = (Vec::new(), None, Vec::new());
        for (column, at) in header.columns.iter().zip(at) {
            match &column.role {
                Role::Of(key) => list.push(Field {
                    key: key.clone(),
                    from: vec![*at],
                    name: column.name.clone(),
                    default: None,
                    is_turned: false,
                    ticks: Vec::new(),
                }),
                Role::Unread => unread = Some(*at),
                Role::Added => passed.push(*at),
            }
        }
        Fields {
            list,
            filters: Vec::new(),
            is_mapped: false,
            unread,
            passed,
            called_off: CalledOff::default(),
            cautions: Unread::default(),
            beside: Vec::new(),
        }
    }

    /// Some columns of a table of any kind.
    /// `is_needed`: whether each row must fill a key.
    pub fn mapped(
        list: Vec<Field>,
        filters: Vec<Filter>,
        (names, at): (&Names, &[usize]),
        cautions: &Cautions,
        is_needed: impl Fn(&Key) -> bool,
    ) -> Fields {
        let is_chosen = |column: usize| {
            list.iter().any(|field| field.from.contains(&column))
                || filters.iter().any(|filter| filter.column == column)
        };
        let called_off = CalledOff::of(names, at, is_chosen);
        let cautions = Unread::of(cautions, names, at, is_chosen);
        let is_own = |field: &&Field| WHO.contains(&&*field.key.path) || is_needed(&field.key);
        let own = list.iter().filter(is_own).map(|field| field.from.as_slice());
        let beside = beside::columns(names, at, own, is_chosen);
        let (is_mapped, unread, passed) = (true, None, Vec::new());
        Fields { list, filters, is_mapped, unread, passed, called_off, cautions, beside }
    }

    /// Whether a row says something in a second table beside the one that is read.
    pub fn says_beside(&self, filled: &[(usize, &str)]) -> bool {
        filled.iter().any(|(column, _)| self.beside.contains(column))
    }

    /// Whether all that a row says may be kept.
    pub fn keeps_all(&self) -> bool {
        !self.is_mapped
    }

    /// Rows of which only some are wanted.
    pub fn wanting(self, filters: Vec<Filter>) -> Fields {
        Fields { filters, ..self }
    }

    /// Whether a row is one that is wanted. A cell that cannot be read says neither: its row is kept, with that fault.
    pub fn wants<'c>(&self, cell: impl Fn(usize) -> Cell<'c>) -> bool {
        let holds = |filter: &Filter| {
            let Cell::Said(found) = cell(filter.column) else { return true };
            let found = found.trim().to_lowercase();
            filter.values.iter().any(|value| value.trim().to_lowercase() == found)
        };
        self.filters.iter().all(holds)
    }

    /// Whether a row below the others is no patient's: it says nothing where each row must say something, in a cell or two,
    /// and stands apart, holds a number or says what a sign means. Whoever typed a note, a time, an option, or an id and a name had a patient in mind.
    pub fn is_total(&self, keys: &Keys, filled: &[(usize, &str)], is_apart: bool) -> bool {
        let is_needed = |field: &&Field| keys.needed().iter().any(|column| *column == field.key.column);
        let has_digit = |(_, text): &(usize, &str)| text.bytes().any(|byte| byte.is_ascii_digit());
        let is_number = |(_, text): &(usize, &str)| is_count(text);
        let mut needed = self.list.iter().filter(is_needed).filter(|field| !field.from.is_empty());
        needed.next().is_some()
            && !self.is_of_somebody(filled)
            && (1..=FEW).contains(&filled.len())
            && (is_apart
                || filled.iter().any(is_number)
                || filled.len() == 1 && filled.iter().any(|cell| has_digit(cell) || explains_sign(cell.1)))
    }

    /// Whether a row says something of a patient.
    fn is_of_somebody(&self, filled: &[(usize, &str)]) -> bool {
        let is_said = |field: &&Field| filled.iter().any(|(column, _)| field.from.contains(column));
        let said: Vec<&Field> = self.list.iter().filter(is_said).collect();
        let is_name = |(column, text): &(usize, &str)| {
            let of_patient = |field: &&&Field| field.key.column == "patient" && field.from.contains(column);
            said.iter().any(|field| of_patient(&field)) && !is_count(text)
        };
        let has_name = filled.iter().any(is_name);
        // Words beside a name may be what somebody has to know of a patient, whatever their column is called.
        let has_words = filled.iter().any(|cell| !is_name(cell) && !is_count(cell.1));
        let is_said = |field: &&&Field| {
            // `Page 2 of 3` and `Total` stand in the first column, whatever that is for.
            let mut cells = filled.iter().filter(|(column, _)| field.from.contains(column));
            let is_remark = field.key.value == Value::Time && cells.all(|(_, text)| is_remark(text));
            !SUMMED.contains(&&*field.key.column) && !is_remark
        };
        let is_whole = |cell: &(usize, &str)| is_name(cell) && is_whole_name(cell.1);
        said.iter().any(|field| is_said(&field))
            || has_name && (said.len() > 1 || has_words || filled.iter().any(is_whole))
    }

    /// Whether a row says something of a key by itself.
    pub fn says(&self, path: &str, filled: &[(usize, &str)]) -> bool {
        let mut own = self.list.iter().filter(|field| field.key.path == path);
        own.any(|field| filled.iter().any(|(column, _)| field.from.contains(column)))
    }

    /// Whether a row is a place of the list that nobody has.
    pub fn is_slot(&self, filled: &[(usize, &str)]) -> bool {
        let is_of_somebody = |field: &&Field| !SLOT.contains(&&*field.key.path);
        let mut own = self.list.iter().filter(is_of_somebody);
        own.all(|field| filled.iter().all(|(at, text)| !field.from.contains(at) || says_nothing(text)))
    }

    /// What a cell of a column is that stands alone in its row.
    pub fn holds(&self, column: usize, keys: &Keys) -> Holds {
        if self.unread == Some(column) {
            return Holds::Words;
        }
        let own = self.list.iter().filter(|field| field.from.contains(&column));
        let is_lacking = |field: &Field| field.from.is_empty() && keys.needed().contains(&field.key.column);
        match Holds::of(own.map(|field| &*field.key.path)) {
            Holds::Names if self.list.iter().any(is_lacking) => Holds::NamesAlone,
            holds => holds,
        }
    }

    /// The columns of the table that keys of these paths are read from.
    pub fn columns_of(&self, paths: Vec<&str>) -> HashSet<usize> {
        let read = self.list.iter().filter(|field| paths.contains(&&*field.key.path));
        read.flat_map(|field| field.from.iter().copied()).collect()
    }

    /// The columns that are called by a value of a key.
    pub fn ticked(&self) -> HashSet<usize> {
        let all = self.list.iter().flat_map(|field| &field.ticks);
        all.filter(|(_, tick)| tick.is_of_value()).map(|(column, _)| *column).collect()
    }

    /// The values of the lists that rows choose from.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        let listed = self.list.iter().filter_map(|field| match &field.key.value {
            Value::Listed(names) => Some(names),
            _ => None,
        });
        listed.flat_map(|names| names.iter().map(|name| &**name))
    }

    /// Whether a text is a value of a list that rows choose from.
    pub fn is_value(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase().replace([' ', '_'], "-");
        self.list.iter().any(|field| match &field.key.value {
            Value::Listed(names) => names.iter().any(|name| **name == *text),
            _ => false,
        })
    }

    /// The columns of a list of failed rows.
    pub fn columns(&self) -> Vec<&str> {
        self.list.iter().map(|field| &*field.key.column).chain([UNREAD]).collect()
    }

    /// The columns of the table that rows are made of, each once.
    #[cfg(feature = "parquet")]
    pub fn columns_read(&self) -> Vec<usize> {
        let own = self.list.iter().flat_map(|field| field.from.iter().copied());
        let filters = self.filters.iter().map(|filter| filter.column);
        let all: std::collections::BTreeSet<usize> = own.chain(filters).chain(self.unread).collect();
        all.into_iter().collect()
    }

    /// The columns that nobody chose and that are looked at by their names: what became of a session, what a sheet may have to say.
    #[cfg(feature = "parquet")]
    pub fn columns_told(&self) -> impl Iterator<Item = usize> {
        self.called_off.named().chain(self.cautions.asked())
    }

    /// The key of a column that stands for one by itself.
    pub fn key_at(&self, column: usize) -> Option<Arc<Key>> {
        self.list.iter().find(|field| field.from == [column]).map(|field| field.key.clone())
    }

    /// Whether a column of the table has a name.
    pub fn has(&self, column: usize) -> bool {
        self.is_mapped
            || self.unread == Some(column)
            || self.passed.contains(&column)
            || self.list.iter().any(|field| field.from.contains(&column))
    }

    /// Puts a row's cells into its request, and gives them as a list of failed rows has them.
    pub fn fill<'c>(
        &self,
        raw: &mut RawRequest,
        place: impl Fn(Arc<str>) -> Place,
        cell: impl Fn(usize, Option<&Key>) -> Cell<'c>,
        number: u64,
    ) -> Vec<String> {
        let mut given = Vec::with_capacity(self.list.len() + 1);
        let mut words = Vec::new();
        for field in &self.list {
            let at = place(field.name.clone());
            let mut parts = Vec::with_capacity(field.from.len());
            let has_one_area = field.has_one_area(&cell);
            for column in &field.from {
                match cell(*column, Some(&field.key)) {
                    Cell::Said(text) if text.trim().is_empty() => {}
                    Cell::Said(text) => parts.extend(field.said(*column, text, has_one_area)),
                    Cell::Wrong(fault, text) => {
                        raw.faults.push(fault.at(at.clone()));
                        raw.put_unread(&field.key);
                        words.push(format!("{}: {text}", field.key.column));
                    }
                }
            }
            let parts = with_both_sides(parts, &field.ticks);
            let text = field.text(&parts, number);
            raw.set(&field.key, &text, at);
            given.push(text);
        }
        let said = |column| match cell(column, None) {
            Cell::Said(text) => Some(text),
            Cell::Wrong(..) => None,
        };
        raw.faults.extend(self.called_off.of_row(&place, said));
        let caution = self.cautions.of_row(raw, &place, said);
        raw.faults.extend(caution);
        words.extend(self.unread_words(raw, place, cell));
        given.push(words.join("; "));
        given
    }

    /// Words of the row that no key has: those of a row that failed before, and what cannot be read of the columns of `only`.
    fn unread_words<'c>(
        &self,
        raw: &mut RawRequest,
        place: impl Fn(Arc<str>) -> Place,
        cell: impl Fn(usize, Option<&Key>) -> Cell<'c>,
    ) -> Vec<String> {
        let mut words = Vec::new();
        if let Some(Cell::Said(text)) = self.unread.map(|column| cell(column, None))
            && !text.trim().is_empty()
        {
            raw.faults.push(unread::fault().at(place(UNREAD.into())));
            words.push(text.into_owned());
        }
        let is_told = |column: usize| self.list.iter().any(|field| field.from.contains(&column));
        for filter in self.filters.iter().filter(|filter| !is_told(filter.column)) {
            if let Cell::Wrong(fault, text) = cell(filter.column, None) {
                raw.faults.push(fault.at(place(filter.name.clone())));
                words.push(format!("{}: {text}", filter.name));
            }
        }
        words
    }
}

impl Field {
    /// What a cell says: a tick what its column is called by, and words what they are.
    fn said<'c>(&self, column: usize, text: Cow<'c, str>, has_one_area: bool) -> Option<Cow<'c, str>> {
        match self.ticks.iter().find(|(at, _)| *at == column) {
            Some((_, tick)) if tick.is_of_sides() && !has_one_area && !tick.says_one_side(&text) => {
                Some(text)
            }
            Some((_, tick)) => tick.said(&self.key, text),
            None => Some(text),
        }
    }

    /// Whether one area stands beside the columns of sides: then several sides there are both of it.
    fn has_one_area<'c>(&self, cell: &impl Fn(usize, Option<&Key>) -> Cell<'c>) -> bool {
        if !self.ticks.iter().any(|(_, tick)| tick.is_of_sides()) {
            return false;
        }
        let is_of_sides =
            |column: usize| self.ticks.iter().any(|(at, tick)| *at == column && tick.is_of_sides());
        let mut areas = self.from.iter().filter(|column| !is_of_sides(**column)).filter_map(|column| {
            match cell(*column, Some(&self.key)) {
                Cell::Said(text) => Some(text).filter(|text| !text.trim().is_empty()),
                Cell::Wrong(..) => None,
            }
        });
        let is_one = |text: Cow<'_, str>| {
            !text.contains([',', ';', '/', '&', '+', '\n']) && text.split_whitespace().count() <= WORDS_OF_ONE
        };
        areas.next().is_some_and(is_one) && areas.next().is_none()
    }

    /// What a row says for the key, by the cells that say something.
    fn text(&self, parts: &[Cow<'_, str>], number: u64) -> String {
        let is_time = self.key.value == Value::Time;
        let parts = match parts {
            // A session without a time would be now: there it is refused as it stands.
            all if is_time && may_be_nothing(&self.key) && all.iter().all(|part| is_no_day(part)) => &[],
            [day, rest @ ..] if is_time && !rest.is_empty() && is_no_day(day) => rest,
            parts => parts,
        };
        match parts {
            [] if self.from.is_empty() && self.key.column == "id" => number.to_string(),
            [] => self.default.clone().unwrap_or_default(),
            [only] if self.key.column == "patient" && only.contains('\n') => {
                on_one_line(only, self.is_turned)
            }
            [only] if self.is_turned => turned(only),
            [only] => only.to_string(),
            _ if is_time => day_and_time(parts),
            // A side in a column of its own is of every area beside it.
            _ if self.key.list => parts.join("; "),
            _ => parts.join(" "),
        }
    }
}
