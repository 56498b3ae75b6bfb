//! Every key of a request, once: its name in a request file, its roster column, its flag, and what it takes.
//! The readers of requests and rosters, the command line, the schemas and the listing are made from this table.

use crate::options::{Activity, Edition, Intensity, Paper, Precaution, Region};

/// One key of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Dotted path in a request file, e.g. `session.at`.
    pub path: &'static str,
    /// Column of a roster, e.g. `session_at`.
    pub column: &'static str,
    /// Flag of the command line without its dashes, e.g. `session-at`.
    pub flag: &'static str,
    pub value: Value,
    /// Takes several values: a list in YAML, `;` between them in a roster, a repeated flag.
    pub list: bool,
    /// What a request without it means.
    pub default: &'static str,
    /// What it changes on the sheet.
    pub changes: &'static str,
}

/// What one value of a key may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Letters, digits, `.` `_` `-`, not starting with a dot; at most this many characters.
    Id { most: usize },
    /// One line of at most this many characters.
    Line { most: usize },
    /// Plain text of at most this many characters, on at most so many lines; blank ones do not count.
    Text { most: usize, lines: usize },
    /// `2026-11-24T15:30` in the clinic's time zone, or with an offset.
    Time,
    /// Whole hours, within the bounds that the protocol sets for `rest`.
    Hours,
    /// One of a list fixed in code.
    Fixed(&'static [&'static str]),
    /// A name that the clinic folder defines.
    Defined(Defined),
}

/// Which names of the clinic folder a value is chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defined {
    Languages,
    Therapists,
    Stretches,
    Exercises,
    Sections,
}

/// At most this many stretches, and as many exercises, on one sheet.
pub const MOST_EXERCISES: usize = 6;

/// Stretches and movements that a therapist chose for a patient.
pub const STRETCHES: &str = "plan.stretches";
pub const EXERCISES: &str = "plan.exercises";

/// All keys, in the order in which a request file lists them.
pub const KEYS: &[Key] = &[
    Key {
        path: "id",
        column: "id",
        flag: "id",
        value: Value::Id { most: 64 },
        list: false,
        default: "none; required in a roster",
        changes: "the name of the output file; it is not printed",
    },
    Key {
        path: "patient",
        column: "patient",
        flag: "name",
        value: Value::Line { most: 80 },
        list: false,
        default: "a line to write on",
        changes: "how the sheet addresses the reader",
    },
    Key {
        path: "language",
        column: "language",
        flag: "language",
        value: Value::Defined(Defined::Languages),
        list: false,
        default: "en",
        changes: "the language of all text, dates and times",
    },
    Key {
        path: "session.at",
        column: "session_at",
        flag: "session-at",
        value: Value::Time,
        list: false,
        default: "now",
        changes: "every clock time on the sheet and the days of the timeline",
    },
    Key {
        path: "session.therapist",
        column: "therapist",
        flag: "therapist",
        value: Value::Defined(Defined::Therapists),
        list: false,
        default: "none",
        changes: "whose session it was, and whose note",
    },
    Key {
        path: "session.intensity",
        column: "intensity",
        flag: "intensity",
        value: Value::Fixed(Intensity::NAMES),
        list: false,
        default: "moderate",
        changes: "how long to take it easy",
    },
    Key {
        path: "session.regions",
        column: "regions",
        flag: "region",
        value: Value::Fixed(Region::NAMES),
        list: true,
        default: "required",
        changes: "the treated area, the stretches and movements, and the warning signs that belong to it",
    },
    Key {
        path: "plan.rest_hours",
        column: "rest_hours",
        flag: "rest-hours",
        value: Value::Hours,
        list: false,
        default: "by intensity",
        changes: "how long to take it easy, in place of the time that goes with the intensity",
    },
    Key {
        path: STRETCHES,
        column: "stretches",
        flag: "stretch",
        value: Value::Defined(Defined::Stretches),
        list: true,
        default: "by region",
        changes: "the stretches that are shown",
    },
    Key {
        path: EXERCISES,
        column: "exercises",
        flag: "exercise",
        value: Value::Defined(Defined::Exercises),
        list: true,
        default: "by region",
        changes: "the movements that are shown",
    },
    Key {
        path: "plan.next_visit",
        column: "next_visit",
        flag: "next-visit",
        value: Value::Time,
        list: false,
        default: "none",
        changes: "a box with the next visit",
    },
    Key {
        path: "plan.note",
        column: "note",
        flag: "note",
        value: Value::Text { most: 600, lines: 12 },
        list: false,
        default: "none",
        changes: "a box with the note, printed as it is typed",
    },
    Key {
        path: "activity",
        column: "activity",
        flag: "activity",
        value: Value::Fixed(Activity::NAMES),
        list: false,
        default: "none",
        changes: "what hard activity means for this patient",
    },
    Key {
        path: "precautions",
        column: "precautions",
        flag: "precaution",
        value: Value::Fixed(Precaution::NAMES),
        list: true,
        default: "none",
        changes: "the warnings, and the advice that does not suit this patient",
    },
    Key {
        path: "print.edition",
        column: "edition",
        flag: "edition",
        value: Value::Fixed(Edition::NAMES),
        list: false,
        default: "standard",
        changes: "the size of the type and the use of ink",
    },
    Key {
        path: "print.paper",
        column: "paper",
        flag: "paper",
        value: Value::Fixed(Paper::NAMES),
        list: false,
        default: "the clinic's",
        changes: "the size of the page",
    },
    Key {
        path: "print.sections.exclude",
        column: "exclude",
        flag: "exclude",
        value: Value::Defined(Defined::Sections),
        list: true,
        default: "none",
        changes: "which sections are left out; the warning signs always print",
    },
];

impl Key {
    /// The key of this path in a request file.
    pub fn at_path(path: &str) -> Option<&'static Key> {
        KEYS.iter().find(|key| key.path == path)
    }

    /// The key of this column in a roster.
    pub fn of_column(column: &str) -> Option<&'static Key> {
        KEYS.iter().find(|key| key.column == column)
    }
}

/// Whether a word is the name of a key or of a group of them, nested or flat.
pub fn is_name(word: &str) -> bool {
    KEYS.iter()
        .any(|key| key.column == word || key.path == word || key.path.split('.').any(|part| part == word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_key_has_a_path_a_column_and_a_flag_of_its_own() {
        for name in [|key: &Key| key.path, |key: &Key| key.column, |key: &Key| key.flag] {
            assert_eq!(KEYS.iter().map(name).collect::<BTreeSet<_>>().len(), KEYS.len());
        }
    }

    #[test]
    fn keys_are_found_by_path_and_by_column() {
        assert_eq!(Key::at_path("session.at"), Key::of_column("session_at"));
        assert_eq!(Key::at_path("session_at"), None);
    }
}
