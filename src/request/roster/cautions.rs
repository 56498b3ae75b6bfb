//! Columns that ask what has to be known of a patient, whatever they are called: `On blood thinners?`, `Is pregnant`. What
//! stands in one that nobody reads would be on no sheet.

use super::asking::{is_turned_round, words};
use super::heading::{Name, Names};
use super::ticks::{Tick, Ticks};
use crate::content::names::fold;
use crate::content::{column_words, list_words, plural_endings};
use crate::diagnostic::{Diagnostic, Place};
use crate::locale::is_unspaced;
use crate::options::keys::{Key, Value};
use crate::request::RawRequest;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Words that are held together against those for a value.
const TOGETHER: usize = 4;
/// Bytes of a name that is looked at: longer ones are texts.
const LONGEST: usize = 120;
/// Bytes of a cell that is looked through.
const MOST: usize = 4096;
/// Words that columns are called by stand in a language's file under this name, by the column of a roster.
const LIKE: &str = "roster.like";

/// Whether a key takes several names of a list, and no areas: what has to be known of a patient.
pub fn has_many_names(key: &Key) -> bool {
    key.list && matches!(key.value, Value::Listed(_)) && key.column != "regions"
}

/// What somebody has to say yes to before a sheet is made where there is somebody to ask.
pub const UNREAD_CAUTION: &str = "unread-caution";

/// The keys that such columns are for.
#[derive(Clone, Debug, Default)]
pub struct Cautions {
    keys: Arc<Vec<Known>>,
    tick: Option<Tick>,
}

/// A key with folded words.
#[derive(Debug)]
struct Known {
    key: Arc<Key>,
    /// What its columns are called by.
    called: BTreeSet<String>,
    /// Words for its values, each with the value.
    values: BTreeMap<String, String>,
}

impl Known {
    /// The values that a text says.
    fn said(&self, text: &str) -> impl Iterator<Item = &String> {
        runs(text).into_iter().filter_map(|run| self.values.get(&run))
    }
}

impl Cautions {
    pub fn by<'k>(ticks: &Ticks<'_>, keys: impl Iterator<Item = &'k Arc<Key>>) -> Cautions {
        let of = |key: &'k Arc<Key>| {
            let called = format!("{LIKE}.{}", key.column);
            let like = column_words().iter().filter_map(|words| words.get(&called));
            let like = like.flat_map(|words| words.split(',')).map(fold);
            let several = |word: String| {
                let endings =
                    plural_endings().iter().map(|ending| format!("{word}{ending}")).collect::<Vec<_>>();
                std::iter::once(word).chain(endings)
            };
            let values = ticks.words_for(key).into_iter().collect();
            Known { key: key.clone(), called: like.flat_map(several).collect(), values }
        };
        let keys: Vec<Known> = keys.filter(|key| has_many_names(key)).map(of).collect();
        Cautions { keys: Arc::new(keys), tick: Some(ticks.of_nothing()) }
    }

    /// The key that a column of this name is for, by a word in it.
    pub fn asked(&self, name: &str) -> Option<&Arc<Key>> {
        if name.len() > LONGEST || is_of_others(name) {
            return None;
        }
        let all = runs(name);
        let is_called = |known: &&Known| {
            all.iter().any(|run| known.called.contains(run) || known.values.contains_key(run))
        };
        self.keys.iter().find(is_called).map(|known| &known.key)
    }

    /// The key of a value that a cell of any column says, unless the row has it already. Each part of a text may deny what it
    /// names: `not pregnant; on warfarin`.
    fn told(&self, text: &str, has: impl Fn(&Known, &str) -> bool) -> Option<&Arc<Key>> {
        let mut parts = text.split([',', ';', '.', '\n']).filter(|part| part.len() <= LONGEST);
        parts.find_map(|part| {
            let is_told = |known: &&Known| known.said(part).any(|value| !has(known, value));
            let told = self.keys.iter().find(is_told).filter(|_| !is_turned_round(part))?;
            Some(&told.key)
        })
    }
}

/// Whether a column says nothing that has to be known of a patient: `Email alerts`.
fn is_of_others(name: &str) -> bool {
    says_any(name, &list_words().other_precautions)
}

/// Whether a name has one of these words in it.
fn says_any(name: &str, known: &[String]) -> bool {
    let all: BTreeSet<String> = runs(name).into_iter().collect();
    known.iter().any(|word| all.contains(&fold(word)))
}

/// What stands together in a name, folded: its words, and the letters of a script without spaces.
fn runs(name: &str) -> Vec<String> {
    let all = words(name);
    let parts = |parts: &[String]| -> Vec<String> {
        (0..parts.len())
            .flat_map(|at| (1..=TOGETHER).filter_map(move |count| parts.get(at..at + count)))
            .map(|run| fold(&run.concat()))
            .collect()
    };
    let letters = |word: &String| {
        let letters: Vec<String> = word.chars().map(String::from).collect();
        if word.chars().any(is_unspaced) { parts(&letters) } else { Vec::new() }
    };
    let within: Vec<String> = all.iter().flat_map(letters).collect();
    parts(&all).into_iter().chain(within).collect()
}

/// The columns of a table that nobody chose: those that ask so, and the others, in which somebody may have written it.
#[derive(Default)]
pub struct Unread {
    asked: Vec<Column>,
    others: Vec<(usize, Arc<str>)>,
    cautions: Cautions,
}

struct Column {
    at: usize,
    name: Arc<str>,
    key: Arc<Key>,
    tick: Tick,
}

impl Unread {
    /// Those of a heading but the ones that are chosen. `at` is where each name stands.
    pub fn of(cautions: &Cautions, names: &Names, at: &[usize], is_chosen: impl Fn(usize) -> bool) -> Unread {
        let Some(tick) = &cautions.tick else { return Unread::default() };
        let named = names.0.iter().zip(at).filter(|(_, at)| !is_chosen(**at));
        let mut unread = Unread { cautions: cautions.clone(), ..Unread::default() };
        for (Name { text, .. }, at) in named {
            let name: Arc<str> = text.as_str().into();
            match cautions.asked(text).cloned() {
                Some(key) => unread.asked.push(Column { at: *at, name, key, tick: tick.under_name(text) }),
                None if text.is_empty() || is_of_others(text) => {}
                None => unread.others.push((*at, name)),
            }
        }
        unread
    }

    /// Those that are called so.
    #[cfg(feature = "parquet")]
    pub fn asked(&self) -> impl Iterator<Item = usize> {
        self.asked.iter().map(|column| column.at)
    }

    /// What somebody is told of a row. `cell`: what it says in a column, where that can be read.
    pub fn of_row<'c>(
        &self,
        raw: &RawRequest,
        place: impl Fn(Arc<str>) -> Place,
        cell: impl Fn(usize) -> Option<Cow<'c, str>>,
    ) -> Option<Diagnostic> {
        let filled = |at: usize| cell(at).filter(|text| !text.trim().is_empty());
        let says = |column: &&Column| {
            filled(column.at).is_some_and(|text| column.tick.said(&column.key, text).is_some())
        };
        let has = |known: &Known, value: &str| {
            let mut own = raw.list(&known.key.path).into_iter().flatten();
            own.any(|given| given.value == value || known.said(&given.value).any(|said| said == value))
        };
        let told = |(at, name): &'_ (usize, Arc<str>)| {
            let text = filled(*at).filter(|text| may_be_word(text))?;
            Some((name.clone(), self.cautions.told(&text, has)?.clone()))
        };
        let asked = self.asked.iter().find(says).map(|column| (column.name.clone(), column.key.clone()));
        let (name, key) = asked.or_else(|| self.others.iter().find_map(told))?;
        let message = "this column says what the sheet may have to say, and is not read";
        let hint = format!("name it under `columns` beside others: `{}: [one column, another]`", key.column);
        Some(Diagnostic::warning(UNREAD_CAUTION, message).about(&*name).at(place(name)).hint(hint))
    }
}

/// Whether a cell may hold words: most of a list are times, numbers and dashes.
fn may_be_word(text: &str) -> bool {
    text.len() <= MOST
        && text.bytes().filter(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii()).count() > 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_together_are_held_together() {
        assert_eq!(runs("One-two THREE"), ["one", "onetwo", "onetwothree", "two", "twothree", "three"]);
        assert!(runs("有警示").contains(&"警示".to_owned()));
    }
}
