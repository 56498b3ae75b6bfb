//! The names that text can use, with what each stands for. `docs/content-format.md` lists the same.

use crate::content::{Fact, Library};
use crate::options::{Activity, Fold, Intensity, Precaution, Region, WindowName};
use std::sync::Arc;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, empty when there is none.
    Text,
    Number,
    /// True or false: for conditions.
    Flag,
    /// One id of a list, or empty.
    Choice(&'static [&'static str]),
    /// Some ids of a list: for conditions and loops.
    List(&'static [&'static str]),
    /// Names behind a dot.
    Group(&'static [Name<'static>]),
}

/// A name and what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'n> {
    pub name: &'n str,
    pub kind: Kind,
    /// Not there in public text (brochure, site): no session, no clock times.
    pub patient_only: bool,
}

const fn name(name: &str, kind: Kind) -> Name<'_> {
    Name { name, kind, patient_only: false }
}

const fn patients(name: &str, kind: Kind) -> Name<'_> {
    Name { name, kind, patient_only: true }
}

const CLINIC: &[Name<'static>] = &[
    name("name", Kind::Text),
    name("city", Kind::Text),
    name("phone", Kind::Text),
    name("email", Kind::Text),
    name("web", Kind::Text),
    name("address", Kind::Text),
    name("therapists", Kind::Text),
    name("emergency", Kind::Text),
    name("nurse_line", Kind::Text),
];

const SESSION: &[Name<'static>] = &[patients("day", Kind::Text), patients("time", Kind::Text)];

const WINDOW: &[Name<'static>] = &[
    patients("until", Kind::Text),
    patients("from", Kind::Text),
    patients("day", Kind::Text),
    name("hours", Kind::Number),
    name("span", Kind::Text),
    name("when", Kind::Text),
    name("after", Kind::Text),
];

/// Every name that is no window.
const NAMES: &[Name<'static>] = &[
    name("patient", Kind::Text),
    name("therapist", Kind::Text),
    name("for_patient", Kind::Flag),
    name("clinic", Kind::Group(CLINIC)),
    name("session", Kind::Group(SESSION)),
    name("intensity", Kind::Choice(Intensity::NAMES)),
    name("regions", Kind::List(Region::NAMES)),
    name("area", Kind::Text),
    name("activity", Kind::Choice(Activity::NAMES)),
    name("precautions", Kind::List(Precaution::NAMES)),
    name("next_visit", Kind::Text),
    name("has_note", Kind::Flag),
    name("stretches_chosen", Kind::Flag),
    name("exercises_chosen", Kind::Flag),
    name("rest_set", Kind::Flag),
    name("fold", Kind::Choice(Fold::NAMES)),
];

/// All names of a clinic folder: the program's, its windows, and the facts of its treatment.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub facts: Arc<[Fact]>,
}

impl Names {
    pub fn of(library: &Library) -> Names {
        Names { facts: library.treatment.facts.clone() }
    }

    /// Every name at the first place of a path.
    pub fn all(&self) -> impl Iterator<Item = Name<'_>> {
        let windows = WindowName::NAMES.iter().map(|window| name(window, Kind::Group(WINDOW)));
        let facts = self.facts.iter().map(|fact| name(&fact.name, Kind::Flag));
        NAMES.iter().copied().chain(facts).chain(windows)
    }

    /// Every full path: `patient`, `rest.until`.
    pub fn paths(&self) -> impl Iterator<Item = (String, Name<'_>)> {
        self.all().flat_map(|name| match name.kind {
            Kind::Group(fields) => {
                fields.iter().map(|field| (format!("{}.{}", name.name, field.name), *field)).collect()
            }
            _ => vec![(name.name.to_owned(), name)],
        })
    }

    /// The name at the first place of a path.
    pub fn find(&self, word: &str) -> Option<Name<'_>> {
        self.all().find(|name| name.name == word)
    }
}

/// Words of conditions and loops.
pub const KEYWORDS: [&str; 14] =
    ["and", "or", "not", "in", "is", "if", "else", "true", "True", "false", "False", "none", "None", "null"];

/// Whether a fact's name would hide one of the program's own, or be read as a word of conditions and loops.
pub fn is_taken(name: &str) -> bool {
    Names::default().find(name).is_some() || KEYWORDS.contains(&name) || ["for", "loop"].contains(&name)
}

/// Filters that text may use: none makes a value grow or takes its escaping away.
pub const FILTERS: &[&str] = &[
    "upper",
    "lower",
    "capitalize",
    "title",
    "trim",
    "length",
    "first",
    "last",
    "join",
    "default",
    "round",
    "abs",
    "pluralize",
];

/// What may follow `is`.
pub const TESTS: &[&str] = &[
    "string",
    "number",
    "bool",
    "array",
    "integer",
    "float",
    "none",
    "defined",
    "undefined",
    "odd",
    "even",
    "divisible_by",
    "starting_with",
    "ending_with",
    "containing",
];
