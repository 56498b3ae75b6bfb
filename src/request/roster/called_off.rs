//! Sessions that did not take place, as a column says it that nobody chose.

use super::heading::{Name, Names};
use super::ticks::is_ticked;
use crate::content::is_column_word;
use crate::diagnostic::{Diagnostic, Place};
use crate::request::resolve::{names_called_off, says_called_off, tells_called_off};
use std::borrow::Cow;
use std::sync::Arc;

/// Words for a column that says what became of an appointment.
const STATUS: &str = "status";

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
        let column = |(name, at): (&Name, &usize)| {
            let kind = match &name.text {
                name if names_called_off(name) => Kind::Named,
                name if is_status(name) => Kind::Status,
                _ => Kind::Other,
            };
            Column { at: *at, name: name.text.as_str().into(), kind }
        };
        CalledOff(named.map(column).collect())
    }

    /// Those that are called so.
    #[cfg(feature = "parquet")]
    pub fn named(&self) -> impl Iterator<Item = usize> {
        self.0.iter().filter(|column| column.kind != Kind::Other).map(|column| column.at)
    }

    /// What somebody is told of a row. `cell`: what it says in a column, where that can be read.
    pub fn of_row<'c>(
        &self,
        place: impl Fn(Arc<str>) -> Place,
        cell: impl Fn(usize) -> Option<Cow<'c, str>>,
    ) -> Option<Diagnostic> {
        let says = |column: &&Column| cell(column.at).is_some_and(|text| column.kind.says(text.trim()));
        let column = self.0.iter().find(says)?;
        let message = "the list says that this session did not take place: its sheet is made all the same";
        let hint = "take the row out, or name the rows that are wanted in a file of `--columns`: \
                    `only: {State: [Arrived]}`";
        Some(Diagnostic::warning("called-off", message).at(place(column.name.clone())).hint(hint))
    }
}

/// Whether a column is called by a word for what became of an appointment, in some language.
pub fn is_status(name: &str) -> bool {
    is_column_word(name, Some(STATUS))
}

impl Kind {
    fn says(self, text: &str) -> bool {
        match self {
            Kind::Named => {
                is_ticked(text) != Some(false) && text.chars().any(char::is_alphanumeric) && !is_zero(text)
            }
            Kind::Status => tells_called_off(text),
            Kind::Other => says_called_off(text),
        }
    }
}

/// Whether a text is a number that counts nothing: `0.00`, `$0`.
fn is_zero(text: &str) -> bool {
    text.contains('0') && text.chars().all(|sign| sign == '0' || !sign.is_alphanumeric())
}

/// Whether a column is called so that what stands in it says what became of an appointment: `State`, `Cancelled at`.
pub fn is_outcome(name: &str) -> bool {
    is_status(name) || names_called_off(name)
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
        for text in ["", "No", "false", "-", "0", "0.00", "$0", "Non"] {
            assert!(!Kind::Named.says(text), "{text}");
        }
    }
}
