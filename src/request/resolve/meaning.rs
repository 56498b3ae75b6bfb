//! What a written name means: the program's own names without regard to spelling, the words that sheet and page print in
//! any language of the folder, and everyday names. What may mean several things means none of them: it is asked.

use super::apart;
use super::no_day::is_no_day;
use crate::content::names::{Called, fold};
use crate::content::{Library, OptionKind, Pack, Source};
use crate::limits::MOST_WRONG;
use crate::options::Side;
use crate::options::dose::Dose;
use crate::options::keys::{Defined, EXCLUDE, Key, Value};
use crate::options::sections::{CONTACT, FILLED, LOCKED};
use crate::request::{Given, RawRequest};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a text may mean as a value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// One of the key's names.
    Name(String),
    /// One of several names: which one has to be asked.
    Unclear(Vec<String>),
    /// One of the key's names with a side of the body; without one where a word says that there is one, and not which.
    Sided(String, Option<Side>),
    /// Nothing is chosen.
    Nothing,
    Unknown,
}

/// Whether a key may be said to have no value. A session time may not: without one it would be now. Nor may what is chosen
/// from names, one of which is the usual.
pub fn may_be_nothing(key: &Key) -> bool {
    match &key.value {
        Value::Hours { .. } | Value::Defined(Defined::Therapists | Defined::Sections) => true,
        Value::Listed(_) => key.list || key.default == "none",
        Value::Time => key.path != "session.at",
        _ => false,
    }
}

/// The request with the program's names in place of what was written, where that is clear. What is not stays as written.
pub fn understood(raw: &RawRequest, folder: &Library) -> RawRequest {
    let mut plain = raw.clone();
    for key in folder.keys.iter() {
        let Some(values) = raw.list(&key.path).filter(|values| !values.is_empty()) else { continue };
        let vocabulary = Vocabulary::new(folder, key);
        if let [only] = values
            && may_be_nothing(key)
            && (vocabulary.is_nothing(&only.value) || is_empty_day(key, &only.value))
        {
            // Who says that nobody treated says something of it.
            match key.value {
                Value::Defined(Defined::Therapists) => plain.put(key, Vec::new()),
                _ => plain.take_out(key),
            }
        } else if vocabulary.has_names() && !values.iter().all(|given| is_own(key, &given.value)) {
            let named = values.iter().flat_map(|given| vocabulary.values(given)).collect();
            plain.put(key, vocabulary.sided(values, named));
        }
    }
    plain
}

/// Whether a text is what programs write into a time that nobody gave.
fn is_empty_day(key: &Key, text: &str) -> bool {
    key.value == Value::Time && is_no_day(text)
}

/// What a value of a key means.
pub fn meaning(folder: &Library, key: &Key, text: &str) -> Meaning {
    Vocabulary::new(folder, key).meaning(text)
}

/// A name of the fixed lists, as they have it: without capitals.
pub(super) fn plain(name: &str) -> String {
    name.trim().to_ascii_lowercase()
}

/// Whether a value is a fixed name as it stands, as most are.
fn is_own(key: &Key, text: &str) -> bool {
    let written = plain(text);
    match &key.value {
        Value::Fixed(names) => names.contains(&written.as_str()),
        Value::Listed(names) => names.iter().any(|name| **name == *written),
        _ => false,
    }
}

/// The names of a key.
pub struct Vocabulary<'l> {
    folder: &'l Library,
    key: &'l Key,
    called: Arc<Called>,
    /// Values that meant nothing.
    unknown: RefCell<BTreeSet<String>>,
}

impl<'l> Vocabulary<'l> {
    pub fn new(folder: &'l Library, key: &'l Key) -> Vocabulary<'l> {
        Vocabulary { folder, key, called: folder.called.of(&key.path), unknown: RefCell::default() }
    }

    fn has_names(&self) -> bool {
        !self.group().is_empty()
    }

    pub(super) fn packs(&self) -> impl Iterator<Item = &'l Pack> + use<'l> {
        self.folder.packs.values()
    }

    /// What the words of the key's names stand under in `words.yaml`.
    pub(super) fn group(&self) -> &'l str {
        match (&*self.key.path, &self.key.value) {
            ("print.edition", _) => "editions",
            ("print.paper", _) => "papers",
            ("language", _) => "languages",
            (_, Value::Defined(Defined::Exercises(_))) => "exercises",
            (_, Value::Defined(Defined::Treatments)) => "treatments",
            (_, Value::Defined(Defined::Sections)) => "sections",
            (path, Value::Listed(_)) => match self.folder.treatment.at_path(path) {
                Some(option) if option.is_regions() => "regions",
                Some(option) => &option.words,
                None => "",
            },
            _ => "",
        }
    }

    /// The key's names as the treatment has them.
    fn own(&self) -> Vec<&'l str> {
        match &self.key.value {
            Value::Fixed(names) => names.to_vec(),
            Value::Listed(_) => {
                let option = self.folder.treatment.at_path(&self.key.path);
                option.into_iter().flat_map(|option| option.values()).map(|name| &**name).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A value as the names that it means; several in one are taken apart where each sign or `and` parts two of them.
    fn values(&self, given: &Given<String>) -> Vec<Given<String>> {
        let named = |name: String| Given { value: name, place: given.place.clone() };
        if let Some(dosed) = self.dosed(&given.value) {
            return vec![named(dosed)];
        }
        match self.meaning_of_few(&given.value) {
            Meaning::Name(name) => vec![named(name)],
            Meaning::Sided(name, Some(side)) => vec![named(written(&name, side))],
            Meaning::Unknown if self.key.list => {
                let parts = self.parts(&given.value);
                if parts.len() < 2 {
                    return vec![given.clone()];
                }
                let name = |part: String| match self.meaning_of_few(&part) {
                    Meaning::Name(name) => named(name),
                    Meaning::Sided(name, Some(side)) => named(written(&name, side)),
                    _ => named(self.dosed(&part).unwrap_or(part)),
                };
                parts.into_iter().map(name).collect()
            }
            _ => vec![given.clone()],
        }
    }

    /// What a value of a list means, as long as few before it meant nothing: those behind are not looked at.
    fn meaning_of_few(&self, text: &str) -> Meaning {
        if self.unknown.borrow().len() > MOST_WRONG || self.unknown.borrow().contains(text) {
            return Meaning::Unknown;
        }
        let found = self.meaning(text);
        if found == Meaning::Unknown {
            self.unknown.borrow_mut().insert(text.to_owned());
        }
        found
    }

    /// An exercise with a dose behind it, as a request writes it.
    fn dosed(&self, text: &str) -> Option<String> {
        let (name, dose) = text.split_once(':').filter(|_| self.group() == "exercises")?;
        let dose = Dose::read(dose)?;
        match self.meaning_of_few(name) {
            Meaning::Name(name) => Some(format!("{name}:{dose}")),
            _ => None,
        }
    }

    /// A side that stands by itself beside areas is theirs, as long as none has one of its own: lists have columns for it.
    /// Among the areas of one cell, a word that may be an area too is no side: `LT` behind `UT` is the lower trapezius. A word
    /// among areas that says there is none goes.
    fn sided(&self, cells: &[Given<String>], values: Vec<Given<String>>) -> Vec<Given<String>> {
        if self.group() != "regions" || values.len() < 2 {
            return values;
        }
        let said: Vec<&Given<String>> =
            values.iter().filter(|given| !self.is_nothing(&given.value)).collect();
        // Alone in its cell, under a heading of its own.
        let is_cell = |given: &Given<String>| {
            let mut there = cells.iter().filter(|cell| cell.place == given.place);
            there.next().is_some_and(|cell| cell.value == given.value) && there.next().is_none()
        };
        let is_side = |given: &Given<String>| is_cell(given) || self.named(&fold(&given.value)).is_empty();
        let side = |given: &&Given<String>| self.only_side(&given.value).filter(|_| is_side(given));
        let alone: Vec<Option<Side>> = said.iter().map(side).collect();
        let Some(sides) = apart::sides(&alone) else { return values };
        let areas = said.into_iter().zip(&alone).filter(|(_, side)| side.is_none()).map(|(area, _)| area);
        let with_side = |(area, side): (&Given<String>, Option<Side>)| match side {
            // `L knee` under a column that is called left.
            Some(side) if area.value.contains(':') => {
                area.value.rsplit(':').next().is_some_and(|own| own == side.name()).then(|| area.clone())
            }
            Some(side) => Some(Given { value: written(&area.value, side), place: area.place.clone() }),
            None => Some(area.clone()),
        };
        areas.zip(sides).map(with_side).collect::<Option<Vec<_>>>().unwrap_or(values)
    }

    /// The side that a text names, and nothing else.
    pub fn only_side(&self, text: &str) -> Option<Side> {
        let is_sign = |sign: char| matches!(sign, '(' | ')' | '.' | '[' | ']');
        self.side(text.trim().trim_matches(is_sign)).flatten()
    }

    fn parts(&self, text: &str) -> Vec<String> {
        let ands: Vec<&str> = self.packs().filter_map(|pack| Some(&*pack.words.get("and")?.text)).collect();
        apart::names(text, &ands, |part| self.meaning_of_few(part) != Meaning::Unknown)
    }

    /// One in quotes means what it does without them, and one with another name for the same in brackets means that.
    pub fn meaning(&self, text: &str) -> Meaning {
        let meaning = self.meaning_as_written(text);
        if meaning != Meaning::Unknown {
            return meaning;
        }
        let bare = apart::bare(text);
        if bare.len() < text.trim().len() {
            return self.meaning_as_written(bare);
        }
        let Some(both) = apart::bracketed(text) else { return meaning };
        match <[&str; 2]>::from(both).map(|name| self.meaning_as_written(name)) {
            [one @ (Meaning::Name(_) | Meaning::Sided(..)), other] if one == other => one,
            _ => meaning,
        }
    }

    fn meaning_as_written(&self, text: &str) -> Meaning {
        // A longer text is no name, and folding it costs memory.
        if text.len() > LONGEST {
            return Meaning::Unknown;
        }
        let folded = fold(text);
        match self.named(&folded).as_slice() {
            [name] => return Meaning::Name(name.clone()),
            [_, _, ..] => return Meaning::Unclear(self.named(&folded)),
            [] if self.is_nothing(text) => return Meaning::Nothing,
            [] => {}
        }
        if let Some((name, side)) = self.printed(&folded) {
            return Meaning::Sided(name, Some(side));
        }
        let apart = self.without_side(text).map(|(rest, side)| (self.named(&fold(&rest)), side));
        match apart.or_else(|| self.close_to_side(&folded)) {
            Some((names, side)) if names.len() == 1 => Meaning::Sided(names.concat(), side),
            Some((names, _)) if names.len() > 1 => Meaning::Unclear(names),
            _ => Meaning::Unknown,
        }
    }

    /// The areas of a folded text that has a side in front or behind without a space, as some scripts write.
    fn close_to_side(&self, folded: &str) -> Option<(Vec<String>, Option<Side>)> {
        let beside = self.packs().flat_map(|pack| pack.names.beside(folded));
        let mut named = beside.map(|(rest, side)| (self.named(rest), side));
        if self.group() == "regions" { named.find(|(names, _)| !names.is_empty()) } else { None }
    }

    /// Every name that a folded text may mean.
    fn named(&self, folded: &str) -> Vec<String> {
        if let Some(own) = self.own().into_iter().find(|name| fold(name) == folded) {
            return vec![own.to_owned()];
        }
        let mut names: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if !names.iter().any(|other| other == name) {
                names.push(name.to_owned());
            }
        };
        for (pack, words) in self.packs().zip(self.folded()) {
            words.iter().filter(|(_, word)| word == folded).for_each(|(name, _)| add(name));
            pack.names.of(self.group(), folded).iter().for_each(|name| add(name));
        }
        names
    }

    pub(super) fn folded(&self) -> &[Vec<(String, String)>] {
        self.called.words.get_or_init(|| {
            let forms = |(name, word): (&'l str, &'l Source)| {
                // A tag of a language is looked up by its parts.
                let id = (self.key.path != "language").then(|| (name.to_owned(), fold(name)));
                let words = apart::branches(&word.text).map(move |word| (name.to_owned(), fold(word)));
                id.into_iter().chain(words)
            };
            self.packs().map(|pack| self.words(pack).flat_map(forms).collect()).collect()
        })
    }

    /// The key's names with the words that a language has for them.
    fn words(&self, pack: &'l Pack) -> Box<dyn Iterator<Item = (&'l str, &'l Source)> + 'l> {
        match &*self.key.path {
            path if matches!(self.key.value, Value::Defined(Defined::Exercises(_))) => {
                let option = self.folder.treatment.at_path(path);
                let library = option.and_then(|option| match &option.kind {
                    OptionKind::Exercises { library } => pack.libraries.get(library),
                    _ => None,
                });
                let exercises = library.into_iter().flatten();
                Box::new(exercises.map(|(id, exercise)| (id.as_str(), &exercise.name)))
            }
            EXCLUDE => {
                let sections = pack.sections.iter().map(|(id, section)| (id.as_str(), &section.title));
                let word = |id| pack.words.get(if id == CONTACT { "contact.heading" } else { id });
                let filled = FILLED.iter().chain(&LOCKED).filter_map(move |id| Some((*id, word(id)?)));
                Box::new(sections.chain(filled))
            }
            _ => {
                let group = self.group();
                Box::new(
                    pack.words.iter().filter_map(move |(key, word)| {
                        Some((key.strip_prefix(group)?.strip_prefix('.')?, word))
                    }),
                )
            }
        }
    }

    /// Whether a text says that there is nothing: a dash, a word for it, or the page's own. A treatment may have a choice of that
    /// name ("weight on the leg: none"): then it is meant.
    fn is_nothing(&self, text: &str) -> bool {
        let folded = fold(text);
        let dashes = folded.is_empty() && !text.trim().is_empty();
        let is_word = || self.packs().any(|pack| pack.names.is_none(&folded));
        dashes || is_word() && self.named(&folded).is_empty()
    }

    /// An area with a side as a sheet prints it: "both knees".
    fn printed(&self, folded: &str) -> Option<(String, Side)> {
        let all = self.called.sided.get_or_init(|| {
            let Some(option) = self.folder.treatment.at_path(&self.key.path) else { return Vec::new() };
            let sided = || option.sided().iter().flat_map(|region| Side::ALL.map(|side| (region, side)));
            let said = |pack: &Pack, region: &str, side| fold(&pack.region_on(region, side));
            let of = |pack| {
                sided().map(move |(region, side)| (said(pack, region, side), region.to_string(), side))
            };
            self.packs().flat_map(of).collect()
        });
        let found = all.iter().find(|(text, ..)| text == folded)?;
        Some((found.1.clone(), found.2))
    }

    /// The side that a word is; `L/R` is one, and not which. The program's own names are understood in every folder.
    fn side(&self, word: &str) -> Option<Option<Side>> {
        let folded = fold(word);
        let own = Side::from_name(&folded).map(Some);
        let named = own.or_else(|| self.packs().find_map(|pack| pack.names.side(&folded)));
        let are_sides = || word.contains('/') && word.split('/').all(|part| self.side(part).is_some());
        named.or_else(|| are_sides().then_some(None))
    }

    /// What is left of a text that names a side of the body, and the side; none where two of them contradict each other.
    fn without_side(&self, text: &str) -> Option<(String, Option<Side>)> {
        let text = text.split('/').map(str::trim).collect::<Vec<_>>().join("/");
        let words: Vec<&str> = text.split(apart::is_beside_side).filter(|word| !word.is_empty()).collect();
        let sides: Vec<Option<Side>> = words.iter().filter_map(|word| self.side(word)).collect();
        // "Left and right knee" is both.
        let joins = |word: &str| {
            let and = self.packs().filter_map(|pack| pack.words.get("and"));
            sides.len() > 1 && and.into_iter().any(|and| fold(&and.text) == fold(word))
        };
        let is_rest = |word: &&str| self.side(word).is_none() && !joins(word);
        let rest: Vec<&str> = words.iter().copied().filter(is_rest).collect();
        let all = sides.iter().copied().reduce(|one, other| Some(one?.and(other?)))?;
        let kinds: Vec<bool> = words.iter().filter(|word| !joins(word)).map(is_rest).collect();
        let is_parted = kinds.split(|is_rest| *is_rest).filter(|sides| !sides.is_empty()).count() > 1;
        let side = all.filter(|_| apart::agree(&sides, is_parted));
        (self.group() == "regions" && !rest.is_empty()).then(|| (rest.join(" "), side))
    }
}

/// As the program's own names have it.
fn written(name: &str, side: Side) -> String {
    format!("{name}:{}", side.name())
}

/// Bytes of a name, at most.
const LONGEST: usize = 256;
