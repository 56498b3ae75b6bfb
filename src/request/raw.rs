//! A request as typed: nothing checked but its shape.

use crate::diagnostic::{Diagnostic, Marked, Place};
use crate::options::keys::{Key, Keys, Value};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A value and where somebody wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T> {
    pub value: T,
    pub place: Place,
}

impl<T: Clone> Given<T> {
    /// For a fault whose message marks the value so.
    pub(super) fn marked_as(&self, value: &Marked) -> Given<T> {
        Given { value: self.value.clone(), place: value.place(&self.place) }
    }
}

/// Every value of a request as typed, by key. Stands for one patient: its `Debug` hides what was typed.
#[derive(Clone, Default, PartialEq)]
pub struct RawRequest {
    /// By path; a key without several values holds one. An empty list was given as such.
    values: BTreeMap<Cow<'static, str>, Vec<Given<String>>>,
    /// Keys that were written but could not be read; what is wrong with them stands in `faults`.
    unread: BTreeSet<Cow<'static, str>>,
    /// Whether nothing at all could be read.
    pub(super) broken: bool,
    /// Where the request as a whole stands, for what it lacks.
    pub place: Place,
    /// How the roster's columns write days.
    pub(super) orders: Orders,
    /// What was wrong with its shape: unknown keys, a list where one value is wanted.
    pub faults: Vec<Diagnostic>,
}

impl RawRequest {
    /// A request that says nothing. `place` is where what it lacks should be written.
    pub fn new(place: Place) -> RawRequest {
        RawRequest { place, ..RawRequest::default() }
    }

    /// Puts a value in place of what the key holds; a list key's values are those between `;`. A blank text takes
    /// the key out: a roster's empty cell and a form's empty field say nothing.
    pub fn set(&mut self, key: &Key, text: &str, place: Place) {
        if text.trim().is_empty() {
            self.values.remove(&key.path);
            return;
        }
        let given = |text: &str| Given { value: text.to_owned(), place: place.clone() };
        let values = match key.list {
            true => text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(given).collect(),
            false => vec![given(text)],
        };
        self.values.insert(key.path.clone(), values);
    }

    /// Adds a value to a list key, as a repeated flag does; of another key, takes the place of its value.
    pub fn add(&mut self, key: &Key, text: impl Into<String>, place: Place) {
        let values = self.values.entry(key.path.clone()).or_default();
        if !key.list {
            values.clear();
        }
        values.push(Given { value: text.into(), place });
    }

    /// Puts a list in place of what the key holds.
    pub(super) fn put(&mut self, key: &Key, values: Vec<Given<String>>) {
        self.values.insert(key.path.clone(), values);
    }

    /// Takes a key out, as if it had not been given.
    pub(super) fn take_out(&mut self, key: &Key) {
        self.values.remove(&key.path);
    }

    /// Remembers that a key's value, or one of its values, could not be read.
    pub(super) fn put_unread(&mut self, key: &Key) {
        self.unread.insert(key.path.clone());
    }

    pub(super) fn is_unread(&self, path: &str) -> bool {
        self.unread.contains(path)
    }

    /// This request with another's values where it has none: flags over a file.
    pub fn over(mut self, under: RawRequest) -> RawRequest {
        for (path, values) in under.values {
            self.values.entry(path).or_insert(values);
        }
        let mut faults = under.faults;
        faults.append(&mut self.faults);
        self.unread.extend(under.unread);
        RawRequest { faults, place: under.place, broken: self.broken || under.broken, ..self }
    }

    /// Every value, with its key.
    pub(super) fn given_mut<'r>(
        &'r mut self,
        keys: &'r Keys,
    ) -> impl Iterator<Item = (&'r Key, &'r mut Given<String>)> {
        self.values.iter_mut().flat_map(|(path, values)| {
            let key = keys.at_path(path);
            values.iter_mut().filter_map(move |given| Some((&**key?, given)))
        })
    }

    /// The value of a key.
    pub fn one(&self, path: &str) -> Option<&Given<String>> {
        self.values.get(path)?.first()
    }

    /// The id, if it can name a file. Of a row that could not be read whole, anything may stand under `id`.
    pub fn file_id(&self) -> Option<&str> {
        let id = self.one("id").map(|given| given.value.trim()).filter(|_| !self.broken)?;
        is_file_id(id).then_some(id)
    }

    /// The values of a list key; `None` when the key was not given.
    pub fn list(&self, path: &str) -> Option<&[Given<String>]> {
        self.values.get(path).map(Vec::as_slice)
    }
}

/// Which number comes first where a day is written as two numbers and a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    pub fn other(self) -> Order {
        match self {
            Order::DayFirst => Order::MonthFirst,
            Order::MonthFirst => Order::DayFirst,
        }
    }
}

/// What the rows around one say of how it is read.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Orders {
    /// How the column of sessions writes a day as two numbers; `None` where nothing says so, or the column says both.
    pub session_at: Option<Order>,
    /// The same of the next visits.
    pub next_visit: Option<Order>,
    /// The key whose own column says nothing, so that its order is that of the other one.
    pub borrowed: Option<&'static str>,
    /// Whether rows have a time for their session.
    pub is_timed: bool,
    /// Whether rows have a name.
    pub is_named: bool,
    /// Whether rows say who treated.
    pub is_treated: bool,
    /// Whether rows say which treatment they are of.
    pub is_of_treatment: bool,
    /// Whether times of sessions leave out which half of the day they are in.
    pub leaves_out_half: bool,
    /// The days that rows have of their own.
    pub own_days: OwnDays,
    /// Words that several therapists of the list are called by, where there are any.
    pub namesakes: Option<Arc<BTreeSet<String>>>,
    /// The day of a row's time of day, where the list says it.
    pub day: Option<NaiveDate>,
    /// Why the day above a row is not that of its time of day, in words.
    pub no_day: Option<Arc<str>>,
}

/// A day as its numbers say it in either order; the same twice where they leave no doubt, `None` where there is no such day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaidDay {
    pub day_first: Option<NaiveDate>,
    pub month_first: Option<NaiveDate>,
}

impl SaidDay {
    fn is(self, day: NaiveDate, order: Option<Order>) -> bool {
        let (is_day_first, is_month_first) = (self.day_first == Some(day), self.month_first == Some(day));
        match order {
            Some(Order::DayFirst) => is_day_first,
            Some(Order::MonthFirst) => is_month_first,
            None => is_day_first && is_month_first,
        }
    }
}

/// The days that the sessions of a list say themselves, beside those that have a time of day alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OwnDays {
    #[default]
    None,
    One(SaidDay),
    Several,
}

impl OwnDays {
    pub fn add(&mut self, day: SaidDay) {
        *self = match *self {
            OwnDays::None => OwnDays::One(day),
            OwnDays::One(one) if one == day => return,
            _ => OwnDays::Several,
        };
    }
}

impl Orders {
    /// The same with what rows have.
    pub fn of_rows(self, found: Orders) -> Orders {
        Orders { session_at: self.session_at, next_visit: self.next_visit, borrowed: None, ..found }
    }

    /// Whether a time of day alone can be of this day: where other rows have other days, it may be of the one above it.
    pub fn leave(&self, day: NaiveDate) -> bool {
        match self.own_days {
            OwnDays::None => true,
            OwnDays::One(said) => said.is(day, self.session_at),
            OwnDays::Several => false,
        }
    }

    pub fn of(&self, path: &str) -> Option<Order> {
        match path {
            "session.at" => self.session_at,
            "plan.next_visit" => self.next_visit,
            _ => None,
        }
    }
}

/// Whether a text can name a file: letters `a` to `z`, digits, `.`, `_` and `-`, not starting with a dot.
pub fn is_file_id(text: &str) -> bool {
    let most = match Key::common("id").map(|key| &key.value) {
        Some(Value::Id { most }) => *most,
        _ => 0,
    };
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=most).contains(&text.len()) && !text.starts_with('.') && text.bytes().all(fits) && !is_reserved(text)
}

/// Whether Windows takes a name for a device, whatever ending it has (`con`, `nul.txt`, `COM1`): no file of that name
/// could be saved, copied or synchronised there.
pub(super) fn is_reserved(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or_default().trim().to_ascii_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || numbered("com")
        || numbered("lpt")
}

impl std::fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawRequest").field("place", &self.place).finish_non_exhaustive()
    }
}
