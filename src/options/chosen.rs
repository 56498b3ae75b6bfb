//! What a request chose of its treatment's own options.

use super::dose::Dose;
use super::{Name, Side};
use crate::locale::Zone;
use chrono::DateTime;
use std::collections::BTreeMap;

/// The value of one option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The value of a choice, or the values of a list: without doubles. A list may be empty, and says so.
    Names(Vec<Name>),
    Hours(u32),
    Time(DateTime<Zone>),
    /// As typed.
    Text(String),
}

/// Values by option. An option without one was not given, and has no default.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    answers: BTreeMap<Name, Answer>,
    /// Of treated areas: no fact, warning or exercise hangs on one.
    sides: BTreeMap<Name, Side>,
    /// Of chosen exercises, by option and exercise: what is not as usual.
    doses: BTreeMap<(Name, Name), Dose>,
}

impl Chosen {
    pub fn set(&mut self, option: Name, answer: Answer) {
        self.answers.insert(option, answer);
    }

    /// Says which side of a treated area was meant.
    pub fn set_side(&mut self, region: Name, side: Side) {
        self.sides.insert(region, side);
    }

    pub fn side(&self, region: &str) -> Option<Side> {
        self.sides.get(region).copied()
    }

    /// Says how an exercise that an option chose is done, where it is not as usual.
    pub fn set_dose(&mut self, option: Name, exercise: Name, dose: Dose) {
        if !dose.is_usual() {
            self.doses.insert((option, exercise), dose);
        }
    }

    /// What is not as usual of an exercise.
    pub fn dose(&self, option: &str, exercise: &str) -> Dose {
        let is_it = |((of, name), _): &(&(Name, Name), &Dose)| **of == *option && **name == *exercise;
        self.doses.iter().find(is_it).map(|(_, dose)| *dose).unwrap_or_default()
    }

    pub fn take(&mut self, option: &str) -> Option<Answer> {
        self.doses.retain(|(of, _), _| **of != *option);
        self.answers.remove(option)
    }

    pub fn get(&self, option: &str) -> Option<&Answer> {
        self.answers.get(option)
    }

    pub fn has(&self, option: &str) -> bool {
        self.answers.contains_key(option)
    }

    /// The names that were chosen; none of an option that holds something else.
    pub fn names(&self, option: &str) -> &[Name] {
        match self.answers.get(option) {
            Some(Answer::Names(names)) => names,
            _ => &[],
        }
    }

    /// The same as texts.
    pub fn ids(&self, option: &str) -> Vec<&str> {
        self.names(option).iter().map(|name| &**name).collect()
    }

    /// The value of a choice.
    pub fn one(&self, option: &str) -> Option<&str> {
        self.names(option).first().map(|name| &**name)
    }

    pub fn hours(&self, option: &str) -> Option<u32> {
        match self.answers.get(option) {
            Some(Answer::Hours(hours)) => Some(*hours),
            _ => None,
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Answer)> {
        self.answers.iter()
    }
}

/// What was chosen may say who the patient is.
impl std::fmt::Debug for Chosen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.answers.keys()).finish()
    }
}

/// Values of options as a test or a trial writes them: `[("regions", &["neck"])]`.
impl<'a, N: AsRef<[&'a str]>> FromIterator<(&'a str, N)> for Chosen {
    fn from_iter<I: IntoIterator<Item = (&'a str, N)>>(pairs: I) -> Chosen {
        let names = |names: N| Answer::Names(names.as_ref().iter().map(|name| Name::from(*name)).collect());
        let answers = pairs.into_iter().map(|(option, values)| (option.into(), names(values))).collect();
        Chosen { answers, ..Chosen::default() }
    }
}
