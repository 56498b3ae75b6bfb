//! Values that are chosen from a list: fixed in code, or defined by the clinic folder.

use super::Resolver;
use super::meaning::{Meaning, meaning, plain};
use crate::content::TreatmentOption;
use crate::content::names::fold;
use crate::diagnostic::{Choice, Diagnostic, Hint, marked, marked_number, shown};
use crate::limits::MOST_WRONG;
use crate::locale::Language;
use crate::options::keys::{EXCLUDE, Value};
use crate::options::sections::STEPS;
use crate::options::{Name, Side};
use crate::request::Given;
use std::collections::BTreeSet;

impl<'a> Resolver<'a> {
    /// One of a list of names fixed in code.
    pub(super) fn choice<T>(&mut self, path: &str, from_name: fn(&str) -> Option<T>) -> Option<Option<T>> {
        self.optional(path, |resolver, given| {
            let found = from_name(&plain(&given.value));
            if found.is_none() && !resolver.asked(given, path) {
                let names = resolver.names(path);
                resolver.unknown(given, noun(path), names.iter().map(|name| &**name));
            }
            found
        })
    }

    /// The names that a key is chosen from.
    fn names(&self, path: &str) -> Vec<Name> {
        match self.library.keys.at_path(path).map(|key| &key.value) {
            Some(Value::Fixed(names)) => names.iter().map(|name| Name::from(*name)).collect(),
            Some(Value::Listed(names)) => names.to_vec(),
            _ => Vec::new(),
        }
    }

    /// One of the names of an option.
    pub(super) fn named(&mut self, given: &Given<String>, option: &TreatmentOption) -> Option<Name> {
        let written = plain(&given.value);
        let found = option.values().iter().find(|name| ***name == *written).cloned();
        if found.is_none() && !self.asked(given, &option.key.path) {
            self.unknown(given, what(option), option.values().iter().map(|name| &**name));
        }
        found
    }

    /// Tells of a value that is near to being understood; whether it is.
    fn asked(&mut self, given: &Given<String>, path: &str) -> bool {
        let Some(key) = self.library.keys.at_path(path).cloned() else { return false };
        match meaning(self.library, &key, &given.value) {
            Meaning::Unclear(names) => {
                let noun = self.library.treatment.at_path(path).map_or(noun(path), what);
                let message = format!("`{}` may mean several of the {noun}s", shown(&given.value));
                let choice = Choice { allowed: names, ..Choice::default() };
                self.fault_about(given, "unclear-value", message, Some(choice.into()));
            }
            Meaning::Sided(name, _) => {
                let message = format!("`{}` does not say which side", shown(&given.value));
                let sides = Side::NAMES.map(|side| format!("{name}:{side}"));
                let choice = Choice { allowed: sides.to_vec(), ..Choice::default() };
                self.fault_about(given, "unknown-side", message, Some(choice.into()));
            }
            Meaning::Name(_) | Meaning::Nothing | Meaning::Unknown => return false,
        }
        true
    }

    /// A list of an option's names without doubles; `None` with a fault among them.
    pub(super) fn names_of(&mut self, option: &TreatmentOption) -> Option<Vec<Name>> {
        let mut found: Vec<Name> = Vec::new();
        let mut whole = true;
        let mut wrong = BTreeSet::new();
        let values = self.raw.list(&option.key.path).unwrap_or_default();
        for given in values {
            if wrong.contains(&*given.value) {
                continue;
            }
            match self.named(given, option) {
                None => {
                    whole = false;
                    wrong.insert(&*given.value);
                    if wrong.len() >= MOST_WRONG {
                        break;
                    }
                }
                Some(name) if found.contains(&name) => self.doubled(given, what(option)),
                Some(name) => found.push(name),
            }
        }
        whole.then_some(found)
    }

    pub(super) fn language(&mut self) -> Option<Language> {
        let packs = &self.library.packs;
        let Some(given) = self.raw.one("language") else {
            return packs.first().map(|(language, _)| language.clone());
        };
        let found = lookup(packs.keys(), &given.value);
        match (found, lookup(self.library.unlisted.iter(), &given.value)) {
            (Some(_), _) => {}
            (None, Some(unlisted)) => {
                self.push(given, self.library.not_listed(unlisted));
            }
            (None, None) => self.unknown(given, "language", packs.keys().map(Language::tag)),
        }
        found.cloned()
    }

    /// What stands between two names for "and", in the languages of the folder.
    pub(super) fn ands(&self) -> Vec<&'a str> {
        self.library.packs.values().filter_map(|pack| Some(&*pack.words.get("and")?.text)).collect()
    }

    pub(super) fn hours(&mut self, given: &'a Given<String>, option: &TreatmentOption) -> Option<u32> {
        let Value::Hours { from, to } = option.key.value else { return None };
        let hours =
            whole_number(&given.value).parse::<u32>().ok().filter(|hours| (from..=to).contains(hours));
        if hours.is_none() {
            let value = marked_number(&given.value, &given.place);
            let message = format!("{value} is not allowed as {}", option.id.replace('_', " "));
            self.fault(
                &given.marked_as(&value),
                "wrong-number",
                message,
                Some(format!("write a whole number from {from} to {to}").into()),
            );
        }
        hours
    }

    pub(super) fn exclude(&mut self) -> Option<BTreeSet<String>> {
        let sections = self.pack().into_iter().flat_map(|pack| pack.sections.keys().map(String::as_str));
        let known: Vec<&str> = sections
            .chain(self.library.treatment.filled())
            .filter(|id| !self.library.treatment.keeps(id))
            .collect();
        let mut found = BTreeSet::new();
        let mut whole = true;
        let mut wrong = BTreeSet::new();
        let values = self.raw.list(EXCLUDE).unwrap_or_default();
        for given in values {
            if wrong.contains(&*given.value) {
                continue;
            }
            let id = given.value.trim();
            if self.library.treatment.keeps(id) {
                whole = false;
                let message = format!("`{id}` cannot be left out");
                let hint = match id {
                    STEPS => "the steps always print: they say what must be true before each next one",
                    _ => "the warning signs always print: they are what keeps a patient safe",
                };
                self.fault(given, "locked-section", message, Some(hint.into()));
            } else if !known.contains(&id) {
                whole = false;
                self.unknown(given, "section", known.iter().copied());
                wrong.insert(&*given.value);
                if wrong.len() >= MOST_WRONG {
                    break;
                }
            } else if !found.insert(id.to_owned()) {
                self.doubled(given, "section");
            }
        }
        whole.then_some(found)
    }

    pub(super) fn unknown<'n>(
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
        // From one area to another nobody may be led by spelling alone.
        if noun == REGION {
            choice.near = self.slip(&given.value);
        }
        let hint = (told == 0 || !choice.is_empty()).then_some(Hint::Choose(choice));
        self.fault_about(&given.marked_as(&value), "unknown-value", message, hint);
    }

    pub(super) fn doubled(&mut self, given: &Given<String>, noun: &str) {
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

impl Resolver<'_> {
    /// The region that was meant by a slip of the pen: a long word with a letter or two wrong, but not the first one. Of
    /// short words nobody can tell: `LBP` is nearer to the hip than to the low back, and `upper trap` to the upper arm.
    fn slip(&self, text: &str) -> Option<String> {
        if text.len() > LONGEST {
            return None;
        }
        let words = |text: &str| -> Vec<String> {
            let parts = text.split(|sign: char| sign.is_whitespace() || matches!(sign, '-' | '_'));
            parts.map(fold).filter(|word| !word.is_empty()).collect()
        };
        let written = words(text);
        let is_meant = |name: &&Name| {
            let name = words(name);
            name.len() == written.len() && name.iter().zip(&written).all(|(name, word)| is_slip(word, name))
        };
        let regions = self.library.treatment.regions().map(TreatmentOption::values).unwrap_or_default();
        let mut meant = regions.iter().filter(is_meant);
        let first = meant.next()?;
        meant.next().is_none().then(|| first.to_string())
    }
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

/// A number without the zeros that programs put behind it: `36.0` is 36.
fn whole_number(text: &str) -> &str {
    match text.trim().split_once('.') {
        Some((whole, rest)) if rest.bytes().all(|digit| digit == b'0') => whole,
        _ => text.trim(),
    }
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

/// What one value of a key that every treatment has is called.
fn noun(path: &str) -> &'static str {
    match path {
        "print.edition" => "edition",
        "print.paper" => "paper",
        _ => "value",
    }
}

/// What one value of an option is called: as its flag names it.
pub(super) fn what(option: &TreatmentOption) -> &str {
    if option.is_regions() { REGION } else { &option.key.flag }
}

const REGION: &str = "region";
