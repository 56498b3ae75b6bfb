//! What a cell of somebody else's list looks like, for whoever is asked which column is what.

use super::behind::Behind;
use super::clock;
use super::meaning::{Meaning, Vocabulary};
use super::written::{self, Written};
use crate::content::Library;
use crate::locale::is_unspaced;
use crate::options::Side;
use crate::options::keys::{Key, Value};
use crate::request::Order;
use std::sync::Arc;

/// What a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// A treated area, or several.
    Area,
    /// A side of the body alone.
    Side,
    /// A day with its time.
    Moment,
    Day,
    /// A time of day.
    Clock,
    /// A number that may be a time of day or anything else: a share of a day, `0930`.
    Share,
}

/// What texts look like by the words of a folder, which are made ready once for all of them.
pub struct Likeness<'l> {
    areas: Option<Vocabulary<'l>>,
    /// The column that these stand in.
    regions: Option<&'l str>,
    /// Of keys whose values are names, by their columns.
    others: Vec<(&'l str, Vocabulary<'l>)>,
}

impl<'l> Likeness<'l> {
    pub fn by(library: &'l Library) -> Likeness<'l> {
        let regions = library.treatment.regions().map(|regions| &regions.key);
        let has_names = |key: &&Arc<Key>| {
            let is_named = matches!(key.value, Value::Listed(_));
            is_named && regions.is_none_or(|regions| regions.path != key.path)
        };
        let others = library.keys.iter().filter(has_names);
        Likeness {
            areas: regions.map(|regions| Vocabulary::new(library, regions)),
            regions: regions.map(|regions| &*regions.column),
            others: others.map(|key| (&*key.column, Vocabulary::new(library, key))).collect(),
        }
    }

    /// The column of a roster whose values a text names, such as precautions.
    pub fn value_of(&self, text: &str) -> Option<&'l str> {
        if !is_word(text) {
            return None;
        }
        let means = |areas: &Vocabulary<'_>, text: &str| matches!(areas.meaning(text), Meaning::Name(_));
        let all = |key: &Vocabulary<'_>| {
            let mut parts = text.split([',', ';', '/']).map(str::trim).filter(|part| !part.is_empty());
            means(key, text) || parts.all(|part| means(key, part))
        };
        self.others.iter().find(|(_, key)| all(key)).map(|(column, _)| *column)
    }

    /// The one value of a key that a column is called by, as a request writes it.
    pub fn value_called(&self, key: &Key, name: &str) -> Option<String> {
        let is_own = |column: &str| *column == key.column;
        let others = || self.others.iter().find(|(column, _)| is_own(column)).map(|(_, own)| own);
        let areas = self.areas.as_ref().filter(|_| self.regions.is_some_and(is_own));
        // A short name of the program's own is no other word.
        let is_id = || match &key.value {
            Value::Listed(names) => names.iter().any(|own| own.eq_ignore_ascii_case(name)),
            _ => false,
        };
        match areas.or_else(others).filter(|_| is_word(name) || is_id())?.meaning(name) {
            Meaning::Name(name) => Some(name),
            Meaning::Sided(name, Some(side)) => Some(format!("{name}:{}", side.name())),
            _ => None,
        }
    }

    /// Every folded word for a value of a key that is long enough to mean it inside a text, with that value.
    pub fn words_for(&self, key: &Key) -> Vec<(String, String)> {
        let Some((_, own)) = self.others.iter().find(|(column, _)| *column == key.column) else {
            return Vec::new();
        };
        let everyday = own.packs().flat_map(|pack| pack.names.all_of(own.group()));
        let everyday = everyday.map(|(word, value)| (word.to_owned(), value.to_string()));
        let printed = own.folded().iter().flatten().map(|(value, word)| (word.clone(), value.clone()));
        printed.chain(everyday).filter(|(word, _)| is_word(word)).collect()
    }

    /// The area that a text names with a side; `None`: which one is open.
    pub fn value_sided(&self, text: &str) -> Option<(String, Option<Side>)> {
        match self.areas.as_ref().filter(|_| is_word(text))?.meaning(text) {
            Meaning::Sided(area, side) => Some((area, side)),
            _ => None,
        }
    }

    /// The side of the body that a text names, and nothing else.
    pub fn side_of(&self, text: &str) -> Option<Side> {
        self.areas.as_ref().filter(|_| text.len() <= LONGEST)?.only_side(text)
    }

    /// `None`: like nothing in particular.
    pub fn of(&self, text: &str) -> Option<Looks> {
        looks(self.areas.as_ref(), text.trim())
    }
}

/// Short words mean many things, and long ones are texts.
fn is_word(text: &str) -> bool {
    let letters = || text.chars().filter(|letter| letter.is_alphabetic());
    // A script without spaces says as much in two signs.
    let least = if text.chars().any(is_unspaced) { 2 } else { 4 };
    text.len() <= LONGEST && letters().count() >= least
}

fn looks(areas: Option<&Vocabulary<'_>>, text: &str) -> Option<Looks> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    match written::read(text, None, true) {
        Some(Written::At(_) | Written::Open { .. } | Written::NoYear) => return Some(Looks::Moment),
        Some(Written::ShortYear) if is_clear(text) => return Some(Looks::Moment),
        Some(Written::NoTime | Written::ShortYear) => return Some(Looks::Day),
        Some(Written::NoSuch) => return None,
        None if clock::is_clock(text) => return Some(Looks::Clock),
        None if clock::may_be_clock(text) => return Some(Looks::Share),
        None => {}
    }
    let areas = areas?;
    if areas.only_side(text).is_some() {
        return Some(Looks::Side);
    }
    let is_area = |part: &str| {
        matches!(areas.meaning(part), Meaning::Name(_) | Meaning::Sided(..) | Meaning::Unclear(_))
    };
    let mut parts = text.split([',', ';', '/', '&', '+']).map(str::trim).filter(|part| !part.is_empty());
    (is_area(text) || parts.all(is_area)).then_some(Looks::Area)
}

/// Whether a day in a text may be either of two, by the order of its numbers.
pub fn is_open(text: &str) -> bool {
    let behind = Behind::of(text).filter(|behind| behind.known().is_some());
    let text = behind.as_ref().map_or(text, |behind| behind.time);
    // A day alone is open as it is with a time.
    let read = |text: &str| match written::read(text, None, false) {
        Some(Written::Open { .. }) => true,
        Some(Written::ShortYear) => is_clear(text),
        _ => false,
    };
    read(text) || read(&format!("{text} 9:00"))
}

/// Whether a text is a time as soon as it is said how days are written.
fn is_clear(text: &str) -> bool {
    let orders = [Order::DayFirst, Order::MonthFirst];
    orders.iter().any(|order| matches!(written::read(text, Some(*order), false), Some(Written::At(_))))
}

/// Bytes of a cell that is looked at.
const LONGEST: usize = 120;
