//! Values that are chosen from a list: fixed in code, or defined by the clinic folder.

use super::{LANGUAGE, Resolver, fixed_names};
use crate::content::{Exercise, Pack};
use crate::diagnostic::{Choice, Diagnostic, Hint, marked, marked_number, shown};
use crate::locale::Language;
use crate::options::keys::MOST_EXERCISES;
use crate::options::sections::{FILLED, LOCKED};
use crate::options::{Precaution, Region};
use crate::request::Given;
use indexmap::IndexMap;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

impl<'a> Resolver<'a> {
    /// One of a list of names fixed in code.
    pub(super) fn choice<T>(&mut self, path: &str, from_name: fn(&str) -> Option<T>) -> Option<Option<T>> {
        self.optional(path, |resolver, given| resolver.fixed(given, path, from_name))
    }

    fn fixed<T>(&mut self, given: &Given<String>, path: &str, from_name: fn(&str) -> Option<T>) -> Option<T> {
        let found = from_name(&plain(&given.value));
        if found.is_none() {
            self.unknown(given, noun(path), fixed_names(path).iter().copied());
        }
        found
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
        // Two ways to write an accent are one name.
        let name: String = given.value.trim().nfc().collect();
        let therapists = &self.library.clinic.therapists;
        let same = |written: &str| written.nfc().eq(name.chars());
        let found = therapists.iter().find(|therapist| same(&therapist.name) || same(&therapist.signed));
        if found.is_none() {
            self.unknown(given, "therapist", therapists.iter().map(|therapist| therapist.name.as_str()));
        }
        found.map(|therapist| therapist.name.clone())
    }

    pub(super) fn rest_hours(&mut self, given: &'a Given<String>) -> Option<u32> {
        let (from, to) = self.library.protocol.rest_bounds();
        let hours = given.value.trim().parse::<u32>().ok().filter(|hours| (from..=to).contains(hours));
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
        choice.several = told == 0 && given.value.contains(',') && given.place.cell.is_some();
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
