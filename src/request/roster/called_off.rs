//! Sessions that did not take place, as a list says it: in a column that nobody chose, or beside the name.

use super::heading::{Names, plain};
use super::ticks::is_ticked;
use crate::content::names::fold;
use crate::content::{column_words, words_called_off};
use crate::diagnostic::{Diagnostic, Place};
use std::sync::Arc;

/// Bytes of a cell that is read: what is longer is a report.
const LONGEST: usize = 60;
/// Bytes of a word that is told among other words: a shorter one may be part of another.
const SHORTEST: usize = 6;
/// Words for a column that says what became of an appointment.
const STATUS: &str = "roster.like.status";

/// The columns of a table that nobody chose, and that may say so.
#[derive(Default)]
pub struct CalledOff(Vec<Column>);

struct Column {
    at: usize,
    name: Arc<str>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What became of the session, in a few words: `Late cancel`.
    Status,
    /// Its name says it, and each row a tick, a day or a reason: `Cancelled at`.
    Named,
    /// Any other.
    Other,
}

impl CalledOff {
    /// Those of a heading but the ones that are chosen. `at` is where each name stands.
    pub fn of(names: &Names, at: &[usize], is_chosen: impl Fn(usize) -> bool) -> CalledOff {
        let named = names.0.iter().zip(at).filter(|(name, at)| !name.text.is_empty() && !is_chosen(**at));
        let column = |(name, at): (&super::heading::Name, &usize)| {
            let kind = if starts(&fold(&name.text)) {
                Kind::Named
            } else if is_status(&name.text) {
                Kind::Status
            } else {
                Kind::Other
            };
            Column { at: *at, name: name.text.as_str().into(), kind }
        };
        CalledOff(named.map(column).collect())
    }

    /// What somebody is told of a row.
    pub fn of_row<'c>(
        &self,
        place: impl Fn(Arc<str>) -> Place,
        cell: impl Fn(usize) -> super::fields::Cell<'c>,
    ) -> Option<Diagnostic> {
        let says = |column: &&Column| match cell(column.at) {
            super::fields::Cell::Said(text) => column.kind.says(text.trim()),
            super::fields::Cell::Wrong(..) => false,
        };
        let column = self.0.iter().find(says)?;
        let message = "the list says that this session did not take place: its sheet is made all the same";
        let hint = "take the row out, or name the rows that are wanted in a file of `--columns`: \
                    `only: {State: [Arrived]}`";
        Some(Diagnostic::warning("called-off", message).at(place(column.name.clone())).hint(hint))
    }
}

impl Kind {
    fn says(self, text: &str) -> bool {
        if text.is_empty() || text.len() > LONGEST {
            return false;
        }
        match self {
            Kind::Named => is_ticked(text) != Some(false) && text.chars().any(char::is_alphanumeric),
            Kind::Status => {
                let text = fold(text);
                starts(&text) || longer().any(|word| text.contains(word))
            }
            Kind::Other => starts(&fold(text)),
        }
    }
}

/// Whether a column is called by a word for what became of an appointment, in some language.
pub fn is_status(name: &str) -> bool {
    let name = plain(name);
    let mut words = column_words().iter().filter_map(|language| language.get(STATUS));
    words.any(|words| words.split(',').any(|word| plain(word) == name))
}

/// Whether a column is called so that what stands in it says what became of an appointment: `State`, `Cancelled at`.
pub fn is_outcome(name: &str) -> bool {
    is_status(name) || starts(&fold(name))
}

/// Whether words around a name say so: `CANCELLED - Ann`, `Ann (no show)`.
pub fn says_beside(name: &str) -> bool {
    let is_between = |letter: char| !letter.is_alphanumeric();
    let name = fold(name);
    let name = name.trim_matches(is_between);
    name.len() <= 2 * LONGEST && longer().any(|word| name.starts_with(word) || name.ends_with(word))
        || words_called_off().contains(name)
}

/// Whether a folded text is one of the words, or begins with a longer one.
fn starts(text: &str) -> bool {
    words_called_off().contains(text) || longer().any(|word| text.starts_with(word))
}

fn longer() -> impl Iterator<Item = &'static String> {
    words_called_off().iter().filter(|word| word.len() >= SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_a_session_is_told_from_other_words() {
        for text in ["Cancelled", "CANCELED by client", "No-show", "DNA", "annulé", "取消"] {
            assert!(Kind::Other.says(text) && Kind::Status.says(text), "{text}");
        }
        assert!(Kind::Status.says("Client cancelled") && !Kind::Other.says("Client cancelled"));
        for text in ["", "Arrived", "Dnagel", "neck", "was cancelled before, came today", "0"] {
            assert!(!Kind::Other.says(text), "{text}");
        }
        for text in ["x", "2026-11-30 9:00", "Yes", "sick"] {
            assert!(Kind::Named.says(text), "{text}");
        }
        for text in ["", "No", "false", "-", "0"] {
            assert!(!Kind::Named.says(text), "{text}");
        }
    }

    #[test]
    fn words_beside_a_name_say_it_too() {
        for name in ["CANCELLED - Ann", "Ann (no show)", "Cancelled", "*Cancelled* Ann Lee"] {
            assert!(says_beside(name), "{name}");
        }
        for name in ["Ann", "Dna Lee", "Ann Cancela", ""] {
            assert!(!says_beside(name), "{name}");
        }
    }
}
