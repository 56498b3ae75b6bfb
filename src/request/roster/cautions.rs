//! Columns that ask what has to be known of a patient, whatever they are called: `On blood thinners?`, `Is pregnant`. What
//! stands in one that nobody reads would be on no sheet.

use super::asking::words;
use super::heading::{Name, Names};
use super::ticks::{Tick, Ticks};
use crate::content::names::fold;
use crate::content::{column_words, list_words, plural_endings};
use crate::diagnostic::{Diagnostic, Place};
use crate::locale::is_unspaced;
use crate::options::keys::{Key, Value};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Words that are held together against those for a value.
const TOGETHER: usize = 4;
/// Bytes of a name that is looked at: longer ones are texts.
const LONGEST: usize = 120;
/// Words that columns are called by stand in a language's file under this name, by the column of a roster.
const LIKE: &str = "roster.like";

/// Whether a key takes several names of a list, and no areas: what has to be known of a patient.
pub fn has_many_names(key: &Key) -> bool {
    key.list && matches!(key.value, Value::Listed(_)) && key.column != "regions"
}

/// The keys that such columns are for, with the folded words of their values and of such columns.
#[derive(Clone, Debug, Default)]
pub struct Cautions {
    keys: Vec<(Arc<Key>, BTreeSet<String>)>,
    tick: Option<Tick>,
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
            (key.clone(), like.flat_map(several).chain(ticks.words_for(key)).collect())
        };
        Cautions {
            keys: keys.filter(|key| has_many_names(key)).map(of).collect(),
            tick: Some(ticks.of_nothing()),
        }
    }

    /// The key that a column of this name is for, by a word in it.
    pub fn asked(&self, name: &str) -> Option<&Arc<Key>> {
        if name.len() > LONGEST || says_any(name, &list_words().other_precautions) {
            return None;
        }
        let all = runs(name);
        self.keys.iter().find(|(_, known)| all.iter().any(|run| known.contains(run))).map(|(key, _)| key)
    }
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

/// The columns of a table that nobody chose and that ask so.
#[derive(Default)]
pub struct Unread(Vec<Column>);

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
        let column = |(name, at): (&Name, &usize)| {
            let key = cautions.asked(&name.text)?.clone();
            Some(Column { at: *at, name: name.text.as_str().into(), key, tick: tick.under_name(&name.text) })
        };
        Unread(named.filter_map(column).collect())
    }

    /// What somebody is told of a row. `cell`: what it says in a column, where that can be read.
    pub fn of_row<'c>(
        &self,
        place: impl Fn(Arc<str>) -> Place,
        cell: impl Fn(usize) -> Option<Cow<'c, str>>,
    ) -> Option<Diagnostic> {
        let says = |column: &&Column| {
            let said = cell(column.at).filter(|text| !text.trim().is_empty());
            said.and_then(|text| column.tick.said(&column.key, text)).is_some()
        };
        let column = self.0.iter().find(says)?;
        let name = &column.key.column;
        let message = "this column says what the sheet may have to say, and is not read";
        let hint = format!("name it under `columns` beside others: `{name}: [one column, another]`");
        Some(
            Diagnostic::warning("unread-caution", message)
                .about(&*column.name)
                .at(place(column.name.clone()))
                .hint(hint),
        )
    }
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
