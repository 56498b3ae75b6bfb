//! The names that text can use, with what each stands for. `docs/content-format.md` lists the same.

use crate::options::{Activity, Fold, Intensity, Precaution, Region, WindowName};

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
    Group(&'static [Name]),
}

/// A name and what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    pub name: &'static str,
    pub kind: Kind,
    /// Not there in public text (brochure, site): no session, no clock times.
    pub patient_only: bool,
}

const fn name(name: &'static str, kind: Kind) -> Name {
    Name { name, kind, patient_only: false }
}

const fn patients(name: &'static str, kind: Kind) -> Name {
    Name { name, kind, patient_only: true }
}

const CLINIC: &[Name] = &[
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

const SESSION: &[Name] = &[patients("day", Kind::Text), patients("time", Kind::Text)];

const WINDOW: &[Name] = &[
    patients("until", Kind::Text),
    patients("from", Kind::Text),
    patients("day", Kind::Text),
    name("hours", Kind::Number),
    name("span", Kind::Text),
    name("when", Kind::Text),
    name("after", Kind::Text),
];

/// Every name that is no window.
const NAMES: &[Name] = &[
    name("patient", Kind::Text),
    name("therapist", Kind::Text),
    name("for_patient", Kind::Flag),
    name("clinic", Kind::Group(CLINIC)),
    name("session", Kind::Group(SESSION)),
    name("intensity", Kind::Choice(Intensity::NAMES)),
    name("regions", Kind::List(Region::NAMES)),
    name("area", Kind::Text),
    name("over_lungs", Kind::Flag),
    name("over_spine", Kind::Flag),
    name("over_back", Kind::Flag),
    name("activity", Kind::Choice(Activity::NAMES)),
    name("precautions", Kind::List(Precaution::NAMES)),
    name("blood_thinners", Kind::Flag),
    name("fluid_limit", Kind::Flag),
    name("pregnancy", Kind::Flag),
    name("faints", Kind::Flag),
    name("immune", Kind::Flag),
    name("next_visit", Kind::Text),
    name("has_note", Kind::Flag),
    name("stretches_chosen", Kind::Flag),
    name("exercises_chosen", Kind::Flag),
    name("rest_set", Kind::Flag),
    name("fold", Kind::Choice(Fold::NAMES)),
];

/// Every name at the first place of a path.
pub fn names() -> impl Iterator<Item = Name> {
    let windows = WindowName::NAMES.iter().map(|window| name(window, Kind::Group(WINDOW)));
    NAMES.iter().copied().chain(windows)
}

/// Every full path: `patient`, `rest.until`.
pub fn paths() -> impl Iterator<Item = (String, Name)> {
    names().flat_map(|name| match name.kind {
        Kind::Group(fields) => {
            fields.iter().map(|field| (format!("{}.{}", name.name, field.name), *field)).collect()
        }
        _ => vec![(name.name.to_owned(), name)],
    })
}

/// The name at the first place of a path.
pub fn find(word: &str) -> Option<Name> {
    names().find(|name| name.name == word)
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
