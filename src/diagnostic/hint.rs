//! What to do about a fault. A type rather than a sentence, because the page, the lists of failed rows and the command
//! line each say less or more of it: none of them reads another's words.

use super::nearest;
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Hint {
    /// What to do, as a sentence without capital and full stop.
    Do(String),
    /// A name of a list was meant.
    Choose(Choice),
    /// Where a fault shows, and in how many places more, such as the sheets that a trial makes.
    Seen { on: String, others: usize },
}

/// What a wrong name could have been.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The nearest one, if it is near enough to be meant.
    pub near: Option<String>,
    /// All that is allowed; empty when it was listed before.
    pub allowed: Vec<String>,
}

impl Choice {
    /// The nearest of the names, and all of them.
    pub fn among<'n>(word: &str, names: impl Iterator<Item = &'n str> + Clone) -> Choice {
        Choice { allowed: names.clone().map(str::to_owned).collect(), ..Choice::near(word, names) }
    }

    /// The nearest of the names alone: all of them were listed before, or are too many to list.
    pub fn near<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Choice {
        Choice { near: nearest(word.trim(), names).map(str::to_owned), ..Choice::default() }
    }

    /// Nothing to say: no name is near, and none is listed.
    pub fn is_empty(&self) -> bool {
        self.near.is_none() && self.allowed.is_empty()
    }
}

impl Hint {
    /// `did you mean ...?`, if one of the names is near enough.
    pub fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<Hint> {
        let choice = Choice::near(word, names);
        choice.near.is_some().then_some(Hint::Choose(choice))
    }

    /// The name that was meant, if one is near enough.
    pub fn near(&self) -> Option<&str> {
        match self {
            Hint::Choose(choice) => choice.near.as_deref(),
            _ => None,
        }
    }

    /// All names that are allowed, where they are told.
    pub fn allowed(&self) -> &[String] {
        match self {
            Hint::Choose(choice) => &choice.allowed,
            _ => &[],
        }
    }

    /// The hint without the list of all that is allowed, where it names what is meant.
    pub fn brief(&self) -> Hint {
        match self {
            Hint::Choose(choice) if choice.near.is_some() => {
                Hint::Choose(Choice { allowed: Vec::new(), ..choice.clone() })
            }
            hint => hint.clone(),
        }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hint::Do(what) => f.write_str(what),
            Hint::Choose(choice) => choice.fmt(f),
            Hint::Seen { on, others: 0 } => write!(f, "it shows on {on}"),
            Hint::Seen { on, others } => write!(f, "it shows on {on}, and {others} more"),
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.near, self.allowed.is_empty()) {
            (Some(near), true) => write!(f, "did you mean `{near}`?"),
            (Some(near), false) => write!(f, "did you mean `{near}`? {}", list(&self.allowed)),
            (None, false) => f.write_str(&list(&self.allowed)),
            (None, true) => f.write_str("there is none to choose"),
        }
    }
}

fn list(names: &[String]) -> String {
    format!("allowed are `{}`", names.join("`, `"))
}

impl From<&str> for Hint {
    fn from(what: &str) -> Hint {
        Hint::Do(what.to_owned())
    }
}

impl From<String> for Hint {
    fn from(what: String) -> Hint {
        Hint::Do(what)
    }
}

impl From<Choice> for Hint {
    fn from(choice: Choice) -> Hint {
        Hint::Choose(choice)
    }
}

impl From<Hint> for String {
    fn from(hint: Hint) -> String {
        hint.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_says_what_is_meant_then_what_is_allowed() {
        let names = ["neck", "shoulder"];
        let said = |word| Choice::among(word, names.into_iter()).to_string();
        assert_eq!(said("sholder"), "did you mean `shoulder`? allowed are `neck`, `shoulder`");
        assert_eq!(said("xyz"), "allowed are `neck`, `shoulder`");
        assert_eq!(Choice::among("x", [].into_iter()).to_string(), "there is none to choose");
    }

    #[test]
    fn a_brief_hint_keeps_the_list_where_nothing_is_near() {
        let brief = |word| Hint::from(Choice::among(word, ["neck"].into_iter())).brief().to_string();
        assert_eq!(brief("nek"), "did you mean `neck`?");
        assert_eq!(brief("wrist"), "allowed are `neck`");
    }
}
