//! The names that text can use, with what each stands for. `docs/content-format.md` lists those that every treatment has.

use crate::content::{FOR_PATIENT, Library, OptionKind};
use crate::options::{self, Fold};
use std::sync::Arc;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'n> {
    /// Text, empty when there is none.
    Text,
    Number,
    /// True or false: for conditions.
    Flag,
    /// One id of a list, or empty.
    Choice(&'n [options::Name]),
    /// Some ids of a list: for conditions and loops.
    List(&'n [options::Name]),
    /// Names behind a dot.
    Group(&'static [Name<'static>]),
}

/// A name and what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'n> {
    pub name: &'n str,
    pub kind: Kind<'n>,
    /// Not there in public text (brochure, site): no session, no clock times.
    pub patient_only: bool,
}

const fn name<'n>(name: &'n str, kind: Kind<'n>) -> Name<'n> {
    Name { name, kind, patient_only: false }
}

const fn patients<'n>(name: &'n str, kind: Kind<'n>) -> Name<'n> {
    Name { name, kind, patient_only: true }
}

const CLINIC: &[Name<'static>] = &[
    name("name", Kind::Text),
    name("city", Kind::Text),
    name("phone", Kind::Text),
    name("email", Kind::Text),
    name("web", Kind::Text),
    name("address", Kind::Text),
    name("register", Kind::Text),
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

/// Every name that all treatments have.
const NAMES: &[Name<'static>] = &[
    name("patient", Kind::Text),
    name("therapist", Kind::Text),
    name(FOR_PATIENT, Kind::Flag),
    name("clinic", Kind::Group(CLINIC)),
    name("session", Kind::Group(SESSION)),
    name("area", Kind::Text),
    name("next_visit", Kind::Text),
    name("has_note", Kind::Flag),
];
const FOLD: &str = "fold";

/// A name of a treatment.
#[derive(Clone, Debug)]
enum Own {
    Text,
    Flag,
    Choice(Arc<[options::Name]>),
    List(Arc<[options::Name]>),
    Window,
}

/// All names of a treatment: the program's, its options, its windows and its facts.
#[derive(Clone, Debug, Default)]
pub struct Names(Arc<[(String, Own)]>);

impl Names {
    pub fn of(library: &Library) -> Names {
        let treatment = &library.treatment;
        let own = |kind: &OptionKind| match kind {
            OptionKind::Choice(all) => Own::Choice(all.clone()),
            OptionKind::Choices(all) | OptionKind::Regions { all, .. } => Own::List(all.clone()),
            OptionKind::Hours { .. } | OptionKind::Exercises { .. } => Own::Flag,
            OptionKind::Time | OptionKind::Text => Own::Text,
        };
        let options = treatment.options.values().map(|option| (option.text_name(), own(&option.kind)));
        let folds = Fold::NAMES.iter().map(|fold| options::Name::from(*fold)).collect();
        let fold = (FOLD.to_owned(), Own::Choice(folds));
        let facts = treatment.facts.iter().map(|fact| (fact.name.clone(), Own::Flag));
        let windows = library.protocol.windows.keys().map(|window| (window.to_string(), Own::Window));
        Names(options.chain([fold]).chain(facts).chain(windows).collect())
    }

    /// Every name at the first place of a path.
    pub fn all(&self) -> impl Iterator<Item = Name<'_>> {
        let own = self.0.iter().map(|(id, own)| {
            let kind = match own {
                Own::Text => Kind::Text,
                Own::Flag => Kind::Flag,
                Own::Choice(all) => Kind::Choice(all),
                Own::List(all) => Kind::List(all),
                Own::Window => Kind::Group(WINDOW),
            };
            name(id, kind)
        });
        NAMES.iter().copied().chain(own)
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

/// Whether a treatment's name would hide one of the program's own, or be read as a word of conditions and loops.
pub fn is_taken(name: &str) -> bool {
    NAMES.iter().any(|own| own.name == name)
        || KEYWORDS.contains(&name)
        || [FOLD, "for", "loop", "of", "set"].contains(&name)
}

/// The fields of windows that public text does not have.
pub fn is_patients(field: &str) -> bool {
    WINDOW.iter().chain(SESSION).any(|own| own.patient_only && own.name == field)
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
