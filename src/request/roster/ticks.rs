//! Columns that are ticked: under `Left` and `Right`, or under the name of a value, a list has a cross, and no word.

use super::asking::{is_turned_round, unasked};
use crate::content::names::fold;
use crate::content::{Library, is_column_word, list_words};
use crate::options::Side;
use crate::options::keys::{Key, Value};
use crate::request::resolve::{Likeness, may_be_nothing};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Crosses that say yes; words are those of the languages.
const TICKED: [&str; 11] = ["x", "✓", "✔", "√", "☑", "☒", "●", "•", "*", "1", "✅"];
/// Those that say no.
const EMPTY: [&str; 5] = ["0", "☐", "□", "-", "–"];

/// Whether a cell is ticked; `None`: it says something else.
pub fn is_ticked(cell: &str) -> Option<bool> {
    let cell = cell.trim().to_lowercase();
    let words = list_words();
    let is = |signs: &[&str], words: &BTreeSet<String>| signs.contains(&&*cell) || words.contains(&cell);
    if is(&TICKED, &words.yes) {
        return Some(true);
    }
    is(&EMPTY, &words.no).then_some(false)
}

/// What a tick in a column means, by what the column is called.
#[derive(Clone, Debug)]
pub struct Tick {
    /// What the column is called.
    name: Arc<str>,
    says: Says,
    words: Arc<Words>,
}

#[derive(Clone, Debug)]
enum Says {
    /// A side of the body, which is that of the areas beside it.
    Side(Side),
    /// Sides of the areas beside it, in its cells: `L/R` is both.
    Sides,
    /// A value of the key, as a request writes it.
    Value(String),
    /// A value with a side that the column leaves open: `(L/R)`.
    Sided(String),
    /// Nobody knows: it is told with the column's name.
    Unknown(Denial),
}

/// What a cell that says no says where a column is called by no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Denial {
    /// Nothing.
    Nothing,
    /// That there is something, and nobody knows what.
    Something,
    /// Whatever it is.
    Words,
}

/// Words of a folder's languages, folded.
#[derive(Debug, Default)]
struct Words {
    sides: BTreeMap<String, Option<Side>>,
    nothing: BTreeSet<String>,
}

impl Words {
    fn of(libraries: &[&Library]) -> Words {
        let mut words = Words::default();
        words.sides.extend(Side::ALL.map(|side| (side.name().to_owned(), Some(side))));
        for names in libraries.iter().flat_map(|library| library.packs.values()).map(|pack| &pack.names) {
            words.sides.extend(names.sides().map(|(word, side)| (word.to_owned(), side)));
            words.nothing.extend(names.none().map(str::to_owned));
        }
        words
    }

    fn side(&self, text: &str) -> Option<Option<Side>> {
        let is_sign = |sign: char| matches!(sign, '(' | ')' | '.' | '[' | ']');
        self.sides.get(&fold(text.trim().trim_matches(is_sign))).copied()
    }
}

impl Words {
    /// The side that a cell says which has nothing else: `L`, `L/R`, `left + right`.
    fn sides(&self, text: &str) -> Option<Side> {
        let parts = text.split(['/', ',', ';', '&', '+']).filter(|part| !part.trim().is_empty());
        let sides: Option<Vec<Side>> = parts.map(|part| self.side(part).flatten()).collect();
        let apart = || text.split_whitespace().map(|part| self.side(part).flatten()).collect();
        sides.or_else(apart)?.into_iter().reduce(Side::and)
    }
}

/// Whether a column is called as those of sides are: `Side`, `Side (L/R)`, `Side 2`.
fn is_of_sides(name: &str) -> bool {
    let name = called(name).trim_end_matches(|sign: char| sign.is_ascii_digit()).trim();
    is_column_word(name, Some(SIDES))
}

/// Words for such a column.
const SIDES: &str = "side";

/// What ticks mean under the names of columns.
pub struct Ticks<'l> {
    /// The words of each treatment: a column may be called by a value that one of them has alone.
    likenesses: Vec<(&'l Library, Likeness<'l>)>,
    words: Arc<Words>,
}

impl<'l> Ticks<'l> {
    pub fn by(libraries: impl Iterator<Item = &'l Library>) -> Ticks<'l> {
        let libraries: Vec<&Library> = libraries.collect();
        let words = Arc::new(Words::of(&libraries));
        Ticks { likenesses: libraries.iter().map(|one| (*one, Likeness::by(one))).collect(), words }
    }

    /// What a tick means in a column of a key. `is_one_of`: whether the key has several.
    pub fn under(&self, key: &Key, name: &str, is_one_of: bool) -> Option<Tick> {
        if !key.list || !matches!(key.value, Value::Listed(_)) {
            return None;
        }
        let is_regions = self.is_regions(key);
        let side = || self.likenesses.iter().find_map(|(_, likeness)| likeness.side_of(name));
        let says = match (side().filter(|_| is_regions), self.value(key, name)) {
            (Some(side), _) => Says::Side(side),
            _ if is_regions && is_one_of && is_of_sides(name) => Says::Sides,
            // `One (ruled out)`: whatever its value is.
            (None, Some(_)) if is_turned_round(name) => {
                Says::Unknown(if is_regions { Denial::Words } else { Denial::Something })
            }
            (None, Some(value)) if is_regions && self.leaves_side(name) => Says::Sided(value),
            (None, None) if is_regions && let Some(value) = self.left_open(name) => Says::Sided(value),
            (None, Some(value)) => Says::Value(value),
            (None, None) if is_regions && is_one_of => Says::Unknown(Denial::Words),
            (None, None) if !is_regions && is_turned_round(name) => Says::Unknown(Denial::Something),
            (None, None) if !is_regions => Says::Unknown(Denial::Nothing),
            (None, None) => return None,
        };
        Some(Tick { name: name.trim().into(), says, words: self.words.clone() })
    }

    /// Every folded word for a value of a key, with that value.
    pub fn words_for(&self, key: &Key) -> Vec<(String, String)> {
        self.likenesses.iter().flat_map(|(_, likeness)| likeness.words_for(key)).collect()
    }

    /// A tick in a column that nobody knows.
    pub fn of_nothing(&self) -> Tick {
        Tick { name: "".into(), says: Says::Unknown(Denial::Nothing), words: self.words.clone() }
    }

    fn is_regions(&self, key: &Key) -> bool {
        let is = |library: &Library| library.treatment.regions().is_some_and(|own| own.key.path == key.path);
        self.likenesses.iter().any(|(library, _)| is(library))
    }

    /// The one value of a key that a column is called by.
    fn value(&self, key: &Key, name: &str) -> Option<String> {
        let by = |called: &str| {
            let of_each =
                self.likenesses.iter().filter_map(|(_, likeness)| likeness.value_called(key, called));
            let all: BTreeSet<String> = of_each.collect();
            all.first().filter(|_| all.len() == 1).cloned()
        };
        // What stands in brackets may be the side.
        let named = by(name.trim().trim_start_matches(is_no_name)).or_else(|| by(called(name)));
        named.or_else(|| unasked(called(name)).filter(|_| !self.is_regions(key)).and_then(|name| by(&name)))
    }

    /// Whether a column's name has words for a side in brackets, of which the whole name says none: `(L/R)`.
    fn leaves_side(&self, name: &str) -> bool {
        let behind = name.split_once(BRACKETS).map_or("", |(_, behind)| behind);
        let mut words = behind.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_said =
            |likeness: &Likeness<'_>| likeness.value_sided(name).is_some_and(|(_, side)| side.is_some());
        words.any(|word| self.words.side(word).is_some())
            && !self.likenesses.iter().any(|(_, likeness)| is_said(likeness))
    }

    /// The area of a column's name that asks for its side: `One L/R`.
    fn left_open(&self, name: &str) -> Option<String> {
        let of_each = self.likenesses.iter().filter_map(|(_, likeness)| likeness.value_sided(name));
        let all: BTreeSet<String> =
            of_each.filter(|(_, side)| side.is_none()).map(|(area, _)| area).collect();
        all.first().filter(|_| all.len() == 1).cloned()
    }

    /// Whether a column is called by a value of the key.
    pub fn is_value(&self, key: &Key, name: &str) -> bool {
        key.list && self.value(key, name).is_some()
    }
}

/// A column's name without what asks for a tick: `One? (Y/N)` is `One`.
fn called(name: &str) -> &str {
    let name = match name.split_once(BRACKETS) {
        Some((name, behind))
            if !name.trim().is_empty() && behind.trim().ends_with([')', ']', '）', '］']) =>
        {
            name
        }
        _ => name,
    };
    name.trim_matches(|sign: char| !sign.is_alphanumeric())
}

const BRACKETS: [char; 4] = ['(', '[', '（', '［'];

/// A sign in front of a column's name, as one has that must be filled in.
fn is_no_name(sign: char) -> bool {
    !sign.is_alphanumeric() && !BRACKETS.contains(&sign)
}

impl Tick {
    /// The same of a column of this name, which is no value.
    pub fn under_name(&self, name: &str) -> Tick {
        let denial = if is_turned_round(name) { Denial::Something } else { Denial::Nothing };
        Tick { name: name.trim().into(), says: Says::Unknown(denial), words: self.words.clone() }
    }

    /// Whether its column holds sides of the areas beside it.
    pub fn is_of_sides(&self) -> bool {
        matches!(self.says, Says::Sides)
    }

    /// Whether a cell of such a column says one side. Of several nobody knows which of several areas has which.
    pub fn says_one_side(&self, text: &str) -> bool {
        self.words.side(text).is_some()
    }

    /// Whether its column is called by a value.
    pub fn is_of_value(&self) -> bool {
        matches!(self.says, Says::Value(_) | Says::Sided(_))
    }

    /// Whether a text is the value that a tick means.
    fn is_value(&self, text: &str) -> bool {
        matches!(&self.says, Says::Value(value) if value == text)
    }

    /// What a cell says, which is not empty. Words that are no tick stay with what the column is called by, so that nobody
    /// takes them for what stands in another one.
    pub fn said<'c>(&self, key: &Key, text: Cow<'c, str>) -> Option<Cow<'c, str>> {
        let is_nothing =
            || may_be_nothing(key) && (is_dash(&text) || self.words.nothing.contains(&fold(&text)));
        let with_name = || Some(Cow::from(format!("{}: {text}", self.name)));
        match (&self.says, is_ticked(&text)) {
            (Says::Side(side), Some(true)) => Some(side.name().into()),
            (Says::Value(value), Some(true)) => Some(value.clone().into()),
            (Says::Sided(_) | Says::Unknown(_), Some(true)) => with_name(),
            (Says::Unknown(Denial::Something), Some(false)) => with_name(),
            (Says::Unknown(Denial::Something), None) if is_nothing() => with_name(),
            (Says::Unknown(Denial::Words | Denial::Something), _) => Some(text),
            (Says::Sides, _) => Some(self.words.sides(&text).map_or(text, |side| side.name().into())),
            (_, Some(false)) => None,
            (_, None) if is_nothing() => None,
            (Says::Side(side), None) => Some(match self.words.side(&text) {
                // `R` under a column that is called left: nobody knows which.
                Some(other) if other != Some(*side) => format!("{}: {text}", side.name()).into(),
                Some(_) => side.name().into(),
                None => format!("{}; {text}", side.name()).into(),
            }),
            (Says::Value(value) | Says::Sided(value), None) => Some(self.beside(value, &text).into()),
            (Says::Unknown(Denial::Nothing), None) => Some(text),
        }
    }
}

impl Tick {
    /// A value with the words of its cell, which may say the same.
    fn beside(&self, value: &str, text: &str) -> String {
        let side = value.rsplit_once(':').and_then(|(_, side)| Side::from_name(side));
        let is_same = [value, called(&self.name)].iter().any(|own| fold(own) == fold(text));
        match side {
            _ if is_same => value.to_owned(),
            Some(side) if self.words.side(text) == Some(Some(side)) => value.to_owned(),
            // A colon would make both sides of two: `left: R` behind an area.
            Some(_) => format!("{value} = {text}"),
            None => format!("{value}: {text}"),
        }
    }
}

/// The parts of a value, where an area that is ticked on both sides is one.
pub fn with_both_sides<'c>(parts: Vec<Cow<'c, str>>, ticks: &[(usize, Tick)]) -> Vec<Cow<'c, str>> {
    let is_tick = |part: &str| ticks.iter().any(|(_, tick)| tick.is_value(part));
    let sided = |part: &str| {
        let (name, side) = part.rsplit_once(':').filter(|_| is_tick(part))?;
        Some((name.to_owned(), Side::from_name(side)?))
    };
    let mut joined: Vec<Cow<'c, str>> = Vec::with_capacity(parts.len());
    for part in parts {
        let same = sided(&part).and_then(|(name, side)| {
            let own = |other: &Cow<'_, str>| sided(other).filter(|(own, _)| *own == name);
            let (at, (_, other)) =
                joined.iter().enumerate().find_map(|(at, other)| Some((at, own(other)?)))?;
            Some((at, format!("{name}:{}", side.and(other).name())))
        });
        match same {
            Some((at, both)) => joined[at] = both.into(),
            None => joined.push(part),
        }
    }
    joined
}

/// A dash in a cell that is to say nothing.
fn is_dash(text: &str) -> bool {
    text.trim().chars().all(|sign| matches!(sign, '-' | '–' | '—'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_is_told_from_a_word() {
        for cell in ["x", " X ", "✓", "1", "TRUE", "Yes", "Oui", "SÍ", "是", "بله", "ஆம்"] {
            assert_eq!(is_ticked(cell), Some(true), "{cell}");
        }
        for cell in ["0", "no", "False", "☐", "Non", "否", "خیر", "இல்லை"] {
            assert_eq!(is_ticked(cell), Some(false), "{cell}");
        }
        for cell in ["", "knee", "?", "L", "✗"] {
            assert_eq!(is_ticked(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_column_that_asks_for_a_tick_is_called_as_one_that_does_not() {
        for name in ["Faints", "Faints?", "* Faints (Y/N)", "Faints: [x]"] {
            assert_eq!(called(name), "Faints", "{name}");
        }
        assert_eq!((called("(Y/N)"), called("")), ("Y/N", ""));
    }

    #[test]
    fn an_area_that_is_ticked_on_both_sides_is_one() {
        let both = |parts: &[&str]| {
            let tick = |value: &str| Tick {
                name: "".into(),
                says: Says::Value(value.to_owned()),
                words: Arc::default(),
            };
            let ticks: Vec<_> =
                ["hip:left", "hip:right", "knee:left"].map(tick).into_iter().enumerate().collect();
            with_both_sides(parts.iter().map(|part| Cow::Owned((*part).to_owned())).collect(), &ticks)
                .join("; ")
        };
        assert_eq!(both(&["hip:left", "neck", "hip:right", "knee:left"]), "hip:both; neck; knee:left");
        assert_eq!(both(&["hip:left", "hip:left"]), "hip:left");
        assert_eq!(both(&["hip: L", "hip: R", "hip"]), "hip: L; hip: R; hip");
        assert_eq!(both(&["foot:left", "foot:right"]), "foot:left; foot:right", "nobody ticked these");
    }
}
