//! Every key of a request, once: its name in a request file, its roster column, its flag, and what it takes. To the keys that
//! every treatment has come those of its own options. The readers of requests and rosters, the command line, the schemas
//! and the listing are made from this table.

use crate::options::{Edition, Name, Paper};
use std::borrow::Cow;
use std::sync::Arc;

/// One key of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Dotted path in a request file, e.g. `session.at`.
    pub path: Cow<'static, str>,
    /// Column of a roster, e.g. `session_at`.
    pub column: Cow<'static, str>,
    /// Flag of the command line without its dashes, e.g. `session-at`.
    pub flag: Cow<'static, str>,
    pub value: Value,
    /// Takes several values: a list in YAML, `;` between them in a roster, a repeated flag.
    pub list: bool,
    /// What a request without it means.
    pub default: Cow<'static, str>,
    /// What it changes on the sheet.
    pub changes: Cow<'static, str>,
}

/// What one value of a key may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Letters, digits, `.` `_` `-`, not starting with a dot; at most this many characters.
    Id { most: usize },
    /// One line of at most this many characters.
    Line { most: usize },
    /// Plain text of at most this many characters, on at most so many lines; blank ones do not count.
    Text { most: usize, lines: usize },
    /// `2026-11-24T15:30` in the clinic's time zone, or with an offset.
    Time,
    /// Whole hours, both ends included.
    Hours { from: u32, to: u32 },
    /// One of a list fixed in code.
    Fixed(&'static [&'static str]),
    /// One of a list that the treatment has.
    Listed(Arc<[Name]>),
    /// A name that the clinic folder defines.
    Defined(Defined),
}

/// Which names of the clinic folder a value is chosen from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defined {
    Treatments,
    Languages,
    Therapists,
    /// Of that library.
    Exercises(Name),
    Sections,
}

/// At most this many of one library's exercises on one sheet.
pub const MOST_EXERCISES: usize = crate::limits::EXERCISES_PER_SHEET as usize;

/// The key by which a request leaves sections out.
pub const EXCLUDE: &str = "print.sections.exclude";

/// The keys that every treatment has, in the order in which a request file lists them.
pub const COMMON: &[Key] = &[
    Key {
        path: Cow::Borrowed("id"),
        column: Cow::Borrowed("id"),
        flag: Cow::Borrowed("id"),
        value: Value::Id { most: 64 },
        list: false,
        default: Cow::Borrowed("none; required in a roster"),
        changes: Cow::Borrowed("the name of the output file; it is not printed"),
    },
    Key {
        path: Cow::Borrowed("treatment"),
        column: Cow::Borrowed("treatment"),
        flag: Cow::Borrowed("treatment"),
        value: Value::Defined(Defined::Treatments),
        list: false,
        default: Cow::Borrowed("the clinic's first"),
        changes: Cow::Borrowed("what the sheet is about, and what else can be asked for"),
    },
    Key {
        path: Cow::Borrowed("patient"),
        column: Cow::Borrowed("patient"),
        flag: Cow::Borrowed("name"),
        value: Value::Line { most: 80 },
        list: false,
        default: Cow::Borrowed("a line to write on"),
        changes: Cow::Borrowed("how the sheet addresses the reader"),
    },
    Key {
        path: Cow::Borrowed("language"),
        column: Cow::Borrowed("language"),
        flag: Cow::Borrowed("language"),
        value: Value::Defined(Defined::Languages),
        list: false,
        default: Cow::Borrowed("en"),
        changes: Cow::Borrowed("the language of all text, dates and times"),
    },
    Key {
        path: Cow::Borrowed("session.at"),
        column: Cow::Borrowed("session_at"),
        flag: Cow::Borrowed("session-at"),
        value: Value::Time,
        list: false,
        default: Cow::Borrowed("now"),
        changes: Cow::Borrowed("every clock time on the sheet and the days of the timeline"),
    },
    Key {
        path: Cow::Borrowed("session.therapist"),
        column: Cow::Borrowed("therapist"),
        flag: Cow::Borrowed("therapist"),
        value: Value::Defined(Defined::Therapists),
        list: false,
        default: Cow::Borrowed("none"),
        changes: Cow::Borrowed("whose session it was, and whose note"),
    },
    Key {
        path: Cow::Borrowed("plan.next_visit"),
        column: Cow::Borrowed("next_visit"),
        flag: Cow::Borrowed("next-visit"),
        value: Value::Time,
        list: false,
        default: Cow::Borrowed("none"),
        changes: Cow::Borrowed("a box with the next visit"),
    },
    Key {
        path: Cow::Borrowed("plan.note"),
        column: Cow::Borrowed("note"),
        flag: Cow::Borrowed("note"),
        value: Value::Text { most: 600, lines: 12 },
        list: false,
        default: Cow::Borrowed("none"),
        changes: Cow::Borrowed("a box with the note, printed as it is typed"),
    },
    Key {
        path: Cow::Borrowed("print.edition"),
        column: Cow::Borrowed("edition"),
        flag: Cow::Borrowed("edition"),
        value: Value::Fixed(Edition::NAMES),
        list: false,
        default: Cow::Borrowed("standard"),
        changes: Cow::Borrowed("the size of the type and the use of ink"),
    },
    Key {
        path: Cow::Borrowed("print.paper"),
        column: Cow::Borrowed("paper"),
        flag: Cow::Borrowed("paper"),
        value: Value::Fixed(Paper::NAMES),
        list: false,
        default: Cow::Borrowed("the clinic's"),
        changes: Cow::Borrowed("the size of the page"),
    },
    Key {
        path: Cow::Borrowed(EXCLUDE),
        column: Cow::Borrowed("exclude"),
        flag: Cow::Borrowed("exclude"),
        value: Value::Defined(Defined::Sections),
        list: true,
        default: Cow::Borrowed("none"),
        changes: Cow::Borrowed("which sections are left out; the warning signs always print"),
    },
];

impl Key {
    /// The key of this path in a request file, if every treatment has it.
    pub fn common(path: &str) -> Option<&'static Key> {
        COMMON.iter().find(|key| key.path == path)
    }
}

/// The keys of a request: those of every treatment, and those of some treatments' own options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    keys: Arc<[Arc<Key>]>,
    /// Columns without which no row can be a request of any treatment.
    needed: Arc<[Cow<'static, str>]>,
    /// Who treats, as a request names them: a list may have their names above their patients.
    therapists: Arc<[Name]>,
}

impl Keys {
    /// With keys of a treatment. They stand behind the others of their group (`session.at`), and before what is about
    /// printing.
    pub fn with(own: impl IntoIterator<Item = Key>) -> Keys {
        let mut keys: Vec<Arc<Key>> = COMMON.iter().cloned().map(Arc::new).collect();
        for key in own.into_iter().map(Arc::new) {
            if let Some(same) = keys.iter_mut().find(|other| other.path == key.path) {
                *same = Arc::new(both(same, &key));
                continue;
            }
            let group = key.path.split_once('.').map(|(group, _)| format!("{group}."));
            let last = group.and_then(|group| keys.iter().rposition(|other| other.path.starts_with(&group)));
            let place = match last {
                // The plan's own stand before the next visit and the note.
                Some(last) if key.path.starts_with(PLAN) => {
                    let visit = keys.iter().position(|other| other.path == NEXT_VISIT);
                    visit.unwrap_or(last + 1)
                }
                Some(last) => last + 1,
                None => keys.iter().position(|other| other.path.starts_with(PRINT)).unwrap_or(keys.len()),
            };
            keys.insert(place, key);
        }
        Keys { keys: keys.into(), needed: Arc::default(), therapists: Arc::default() }
    }

    /// With columns that every request must fill, whatever its treatment.
    pub fn needing(self, columns: impl IntoIterator<Item = Cow<'static, str>>) -> Keys {
        Keys { needed: columns.into_iter().collect(), ..self }
    }

    pub fn needed(&self) -> &[Cow<'static, str>] {
        &self.needed
    }

    /// With the names of those who treat.
    pub fn treated_by<'n>(self, therapists: impl IntoIterator<Item = &'n str>) -> Keys {
        Keys { therapists: therapists.into_iter().map(Name::from).collect(), ..self }
    }

    pub fn therapists(&self) -> &[Name] {
        &self.therapists
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Arc<Key>> {
        self.keys.iter()
    }

    /// The key of this path in a request file.
    pub fn at_path(&self, path: &str) -> Option<&Arc<Key>> {
        self.iter().find(|key| key.path == path)
    }

    /// The key of this column in a roster.
    pub fn of_column(&self, column: &str) -> Option<&Arc<Key>> {
        self.iter().find(|key| key.column == column)
    }

    /// Whether a word is the name of a key or of a group of them, nested or flat.
    pub fn is_name(&self, word: &str) -> bool {
        self.iter()
            .any(|key| key.column == word || key.path == word || key.path.split('.').any(|part| part == word))
    }
}

/// A key that two treatments have: with the values of both.
fn both(one: &Key, other: &Key) -> Key {
    let value = match (&one.value, &other.value) {
        (Value::Listed(own), Value::Listed(more)) => {
            let new = more.iter().filter(|name| !own.contains(name));
            Value::Listed(own.iter().chain(new).cloned().collect())
        }
        (Value::Hours { from, to }, Value::Hours { from: low, to: high }) => {
            Value::Hours { from: *from.min(low), to: *to.max(high) }
        }
        (own, _) => own.clone(),
    };
    Key { value, ..one.clone() }
}

impl Default for Keys {
    fn default() -> Keys {
        Keys::with([])
    }
}

const PLAN: &str = "plan.";
const NEXT_VISIT: &str = "plan.next_visit";
const PRINT: &str = "print.";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn own(path: &'static str) -> Key {
        let name = Cow::Borrowed(path.rsplit('.').next().unwrap_or(path));
        Key { path: Cow::Borrowed(path), column: name.clone(), flag: name, ..COMMON[0].clone() }
    }

    #[test]
    fn every_key_has_a_path_a_column_and_a_flag_of_its_own() {
        for name in
            [|key: &Key| key.path.clone(), |key: &Key| key.column.clone(), |key: &Key| key.flag.clone()]
        {
            assert_eq!(COMMON.iter().map(name).collect::<BTreeSet<_>>().len(), COMMON.len());
        }
    }

    #[test]
    fn keys_are_found_by_path_and_by_column() {
        let keys = Keys::default();
        assert_eq!(keys.at_path("session.at"), keys.of_column("session_at"));
        assert_eq!(keys.at_path("session_at"), None);
    }

    #[test]
    fn a_treatments_own_keys_stand_with_their_group() {
        let keys = Keys::with(["session.side", "plan.weeks", "diet"].map(own));
        let paths: Vec<&str> = keys.iter().map(|key| &*key.path).collect();
        let place = |path: &str| paths.iter().position(|other| *other == path);
        assert_eq!(place("session.side"), place("session.therapist").map(|place| place + 1));
        assert_eq!(place("plan.weeks").map(|place| place + 1), place("plan.next_visit"));
        assert_eq!(place("diet").map(|place| place + 1), place("print.edition"));
    }
}
