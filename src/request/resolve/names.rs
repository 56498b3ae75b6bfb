//! Values that are chosen from a list: fixed in code, or defined by the clinic folder.

use super::meaning::{Meaning, meaning};
use super::{LANGUAGE, Resolver, fixed_names};
use crate::content::names::fold;
use crate::content::{Exercise, Pack, Therapist};
use crate::diagnostic::{Choice, Diagnostic, Hint, marked, marked_number, shown};
use crate::locale::Language;
use crate::options::keys::{Key, MOST_EXERCISES};
use crate::options::sections::{FILLED, LOCKED};
use crate::options::{Precaution, Region};
use crate::request::Given;
use indexmap::IndexMap;
use std::collections::BTreeSet;

impl<'a> Resolver<'a> {
    /// One of a list of names fixed in code.
    pub(super) fn choice<T>(&mut self, path: &str, from_name: fn(&str) -> Option<T>) -> Option<Option<T>> {
        self.optional(path, |resolver, given| resolver.fixed(given, path, from_name))
    }

    fn fixed<T>(&mut self, given: &Given<String>, path: &str, from_name: fn(&str) -> Option<T>) -> Option<T> {
        let found = from_name(&plain(&given.value));
        if found.is_none() && !self.asked(given, path) {
            self.unknown(given, noun(path), fixed_names(path).iter().copied());
        }
        found
    }

    /// Tells of a value that is near to being understood; whether it is.
    fn asked(&mut self, given: &Given<String>, path: &str) -> bool {
        let Some(key) = Key::at_path(path) else { return false };
        match meaning(self.library, key, &given.value) {
            Meaning::Unclear(names) => {
                let message = format!("`{}` may mean several of the {}s", shown(&given.value), noun(path));
                let choice = Choice { allowed: names, ..Choice::default() };
                self.fault_about(given, "unclear-value", message, Some(choice.into()));
            }
            Meaning::Sided(name) => {
                let message = "a side of the body cannot be given yet".to_owned();
                let choice = Choice { near: Some(name), ..Choice::default() };
                self.fault_about(given, "sided-value", message, Some(choice.into()));
            }
            Meaning::Name(_) | Meaning::Nothing | Meaning::Unknown => return false,
        }
        true
    }

    pub(super) fn regions(&mut self) -> Option<Vec<Region>> {
        let regions = self.fixed_list("session.regions", Region::from_name);
        match self.raw.list("session.regions") {
            Some([_, ..]) => regions,
            _ if self.raw.is_unread("session.regions") => None,
            given => {
                let message = match given {
                    None => "`session.regions` is missing: a request names at least one treated region",
                    Some(_) => "`session.regions` is empty: a request names at least one treated region",
                };
                let hint = format!("allowed are `{}`", Region::NAMES.join("`, `"));
                self.sink
                    .push(Diagnostic::error("missing-key", message).at(self.raw.place.clone()).hint(hint));
                None
            }
        }
    }

    pub(super) fn precautions(&mut self) -> Option<BTreeSet<Precaution>> {
        let precautions = self.fixed_list("precautions", Precaution::from_name)?;
        Some(precautions.into_iter().collect())
    }

    /// A list of such names without doubles; empty when the key was not given.
    fn fixed_list<T: PartialEq>(&mut self, path: &str, from_name: fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let mut found = Vec::new();
        let mut whole = true;
        for given in self.raw.list(path).unwrap_or_default() {
            match self.fixed(given, path, from_name) {
                None => whole = false,
                Some(value) if found.contains(&value) => self.doubled(given, noun(path)),
                Some(value) => found.push(value),
            }
        }
        whole.then_some(found)
    }

    pub(super) fn language(&mut self) -> Option<Language> {
        let packs = &self.library.packs;
        let Some(given) = self.raw.one("language") else {
            let language = Language::new(LANGUAGE);
            return packs
                .get_key_value(&language)
                .or_else(|| packs.first())
                .map(|(language, _)| language.clone());
        };
        let found = lookup(packs.keys(), &given.value);
        if found.is_none() {
            self.unknown(given, "language", packs.keys().map(Language::tag));
        }
        found.cloned()
    }

    pub(super) fn therapist(&mut self, given: &'a Given<String>) -> Option<String> {
        let therapists = &self.library.clinic.therapists;
        let written = fold(&given.value);
        let is_whole = |one: &&Therapist| fold(&one.name) == written || fold(&one.signed) == written;
        let whole: Vec<&Therapist> = therapists.iter().filter(is_whole).collect();
        let bare = |name: &str| fold(without_title(name));
        // A title may stand behind a name, but no second name.
        let titled = || therapists.iter().filter(|one| bare(&one.name) == bare(&given.value));
        let titled: Vec<&Therapist> = match names_one(&given.value, therapists) {
            true => titled().collect(),
            false => Vec::new(),
        };
        match (whole.as_slice(), titled.as_slice()) {
            ([one], _) | ([], [one]) => Some(one.name.clone()),
            _ => {
                self.unknown(given, "therapist", therapists.iter().map(|one| one.name.as_str()));
                None
            }
        }
    }

    pub(super) fn rest_hours(&mut self, given: &'a Given<String>) -> Option<u32> {
        let (from, to) = self.library.protocol.rest_bounds();
        let hours =
            whole_number(&given.value).parse::<u32>().ok().filter(|hours| (from..=to).contains(hours));
        if hours.is_none() {
            let value = marked_number(&given.value, &given.place);
            let message = format!("{value} is not allowed as rest hours");
            self.fault(
                &given.marked_as(&value),
                "wrong-number",
                message,
                Some(format!("write a whole number from {from} to {to}").into()),
            );
        }
        hours
    }

    /// Ids of one of the two libraries of exercises; `other` is the key of the other one.
    pub(super) fn exercises(&mut self, path: &str, other: &str) -> Option<Option<Vec<String>>> {
        let Some(values) = self.raw.list(path) else { return Some(None) };
        let known = self.pack().map(|pack| library(pack, path))?;
        let elsewhere = self.pack().map(|pack| library(pack, other))?;
        let mut ids: Vec<String> = Vec::new();
        let mut whole = true;
        for given in values {
            let id = given.value.trim();
            if ids.iter().any(|other| other == id) {
                self.doubled(given, noun(path));
            } else if known.contains_key(id) {
                ids.push(id.to_owned());
            } else if elsewhere.contains_key(id) {
                whole = false;
                let message = format!("`{}` is no {}", shown(id), noun(path));
                self.fault(
                    given,
                    "unknown-value",
                    message,
                    Some(format!("it belongs under `{other}`").into()),
                );
            } else {
                whole = false;
                self.unknown(given, noun(path), known.keys().map(String::as_str));
            }
        }
        if let Some(given) = values.get(MOST_EXERCISES).filter(|_| ids.len() > MOST_EXERCISES) {
            whole = false;
            let message = format!("`{path}` names {}, at most {MOST_EXERCISES} are allowed", ids.len());
            self.fault(given, "too-many-values", message, None);
        }
        whole.then_some(Some(ids))
    }

    pub(super) fn exclude(&mut self) -> Option<BTreeSet<String>> {
        let sections = self.pack().into_iter().flat_map(|pack| pack.sections.keys().map(String::as_str));
        let known: Vec<&str> = sections.chain(FILLED).filter(|id| !LOCKED.contains(id)).collect();
        let mut found = BTreeSet::new();
        let mut whole = true;
        for given in self.raw.list("print.sections.exclude").unwrap_or_default() {
            let id = given.value.trim();
            if LOCKED.contains(&id) {
                whole = false;
                let message = format!("`{id}` cannot be left out");
                let hint = "the warning signs always print: they are what keeps a patient safe".into();
                self.fault(given, "locked-section", message, Some(hint));
            } else if !known.contains(&id) {
                whole = false;
                self.unknown(given, "section", known.iter().copied());
            } else if !found.insert(id.to_owned()) {
                self.doubled(given, "section");
            }
        }
        whole.then_some(found)
    }

    fn unknown<'n>(
        &mut self,
        given: &Given<String>,
        noun: &str,
        names: impl Iterator<Item = &'n str> + Clone,
    ) {
        let value = marked(&given.value, names.clone(), &given.place);
        let message = format!("unknown {noun} {value}");
        let of_noun = format!("unknown {noun} ");
        let told = self.sink.iter().filter(|fault| fault.message.starts_with(&of_noun)).count();
        // Two values that are told by their length alone need not be the same.
        let same = |fault: &Diagnostic| fault.message == message && fault.names == [shown(&given.value)];
        if told > UNKNOWN || self.sink.iter().any(same) {
            return;
        }
        if told == UNKNOWN {
            return self.fault(
                given,
                "unknown-value",
                format!("unknown {noun} after {UNKNOWN} others: the rest is not told"),
                None,
            );
        }
        // All that is allowed is listed once.
        let mut choice = match told {
            0 => Choice::among(&given.value, names),
            _ => Choice::near(&given.value, names),
        };
        if noun == "region" {
            choice.near = slip(&given.value).map(str::to_owned);
        }
        let hint = (told == 0 || !choice.is_empty()).then_some(Hint::Choose(choice));
        self.fault_about(&given.marked_as(&value), "unknown-value", message, hint);
    }

    fn doubled(&mut self, given: &Given<String>, noun: &str) {
        let message = format!("the {noun} `{}` stands twice; once is enough", shown(&given.value));
        if !self.has_told(&message) {
            self.warn(given, "duplicate-value", message);
        }
    }

    fn has_told(&self, message: &str) -> bool {
        self.sink.iter().any(|found| found.message == message)
    }
}

/// Unknown values of one kind that are told one by one.
const UNKNOWN: usize = 8;

/// The region that was meant by a slip of the pen: a long word with a letter or two wrong, but not the first one. Of short
/// words nobody can tell: `LBP` is nearer to the hip than to the low back, and `upper trap` to the upper arm.
fn slip(text: &str) -> Option<&'static str> {
    if text.len() > LONGEST {
        return None;
    }
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|sign: char| sign.is_whitespace() || matches!(sign, '-' | '_'));
        parts.map(fold).filter(|word| !word.is_empty()).collect()
    };
    let written = words(text);
    let is_meant = |name: &&&'static str| {
        let name = words(name);
        name.len() == written.len() && name.iter().zip(&written).all(|(name, word)| is_slip(word, name))
    };
    let mut meant = Region::NAMES.iter().filter(is_meant);
    let first = meant.next()?;
    meant.next().is_none().then_some(*first)
}

/// Whether a word is another, or a slip of the pen in it.
fn is_slip(word: &str, name: &str) -> bool {
    let (length, of_name) = (word.chars().count(), name.chars().count());
    let most = if length < LONG { 1 } else { 2 };
    let near =
        || word.chars().next() == name.chars().next() && strsim::damerau_levenshtein(word, name) <= most;
    word == name || length.min(of_name) >= SHORTEST && near()
}

/// Letters of a word in which a slip of the pen can be told.
const SHORTEST: usize = 5;
/// Letters of a word in which two can.
const LONG: usize = 9;
/// Bytes of a text that may be one; a longer one is no slip.
const LONGEST: usize = 64;

/// A name without what stands behind a comma or in brackets: a title, most often.
fn without_title(name: &str) -> &str {
    name.split([',', '(']).next().unwrap_or_default()
}

/// Whether what stands behind a name is no other therapist's.
fn names_one(written: &str, therapists: &[Therapist]) -> bool {
    let behind = written.split([',', '(', ')', ';', '/', '&']).skip(1).map(fold);
    behind.into_iter().all(|part| therapists.iter().all(|one| fold(without_title(&one.name)) != part))
}

/// A number without the zeros that programs put behind it: `36.0` is 36.
fn whole_number(text: &str) -> &str {
    match text.trim().split_once('.') {
        Some((whole, rest)) if rest.bytes().all(|digit| digit == b'0') => whole,
        _ => text.trim(),
    }
}

/// A name of the fixed lists, as they have it: without capitals.
pub(super) fn plain(name: &str) -> String {
    name.trim().to_ascii_lowercase()
}

/// The language that a tag means: its own, or what is left of it without its last parts (RFC 4647, 3.4): `en` for `en-CA`.
pub(super) fn lookup<'l>(
    languages: impl Iterator<Item = &'l Language> + Clone,
    asked: &str,
) -> Option<&'l Language> {
    let asked = asked.trim().replace('_', "-");
    let mut range = Some(asked.as_str()).filter(|asked| asked.len() <= LONGEST_TAG);
    while let Some(tag) = range {
        if let Some(found) = languages.clone().find(|language| language.tag().eq_ignore_ascii_case(tag)) {
            return Some(found);
        }
        range = tag.rsplit_once('-').map(|(rest, _)| match rest.rsplit_once('-') {
            Some((shorter, single)) if single.len() == 1 => shorter,
            _ => rest,
        });
    }
    None
}

/// A longer text is no language.
const LONGEST_TAG: usize = 64;

/// The library of exercises that a key chooses from.
pub(super) fn library<'p>(pack: &'p Pack, path: &str) -> &'p IndexMap<String, Exercise> {
    if path == "plan.stretches" { &pack.stretches } else { &pack.exercises }
}

/// What one value of a key is called.
fn noun(path: &str) -> &'static str {
    match path {
        "session.regions" => "region",
        "session.intensity" => "intensity",
        "plan.stretches" => "stretch",
        "plan.exercises" => "exercise",
        "precautions" => "precaution",
        "print.edition" => "edition",
        "print.paper" => "paper",
        "activity" => "activity",
        _ => "value",
    }
}
