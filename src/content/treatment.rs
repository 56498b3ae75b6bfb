//! What a treatment asks its patients to look out for: facts about them, and the signs and lines that follow.

use crate::diagnostic::Place;
use crate::options::{Precaution, Region, WindowName};
use std::collections::BTreeSet;
use std::sync::Arc;

/// `content/treatments/<id>/treatment.yaml`. The words for it stand in each language's `safety.yaml`.
#[derive(Clone, Debug)]
pub struct Treatment {
    /// The name of its folder.
    pub id: String,
    pub facts: Arc<[Fact]>,
    pub emergency: Tier,
    pub same_day: Tier,
    pub call: Tier,
    /// Advice that belongs to the warnings as a whole.
    pub precautions: Vec<Rule>,
    pub place: Place,
}

/// The signs and lines of one way to get help, in the order in which they print.
#[derive(Clone, Debug, Default)]
pub struct Tier {
    /// At least one of them stands always.
    pub signs: Vec<Rule>,
    pub lines: Vec<Rule>,
}

/// When one sign or line stands on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Key in `safety.yaml`: `emergency.signs.collapse`.
    pub key: String,
    pub when: When,
    /// The window that its words speak of.
    pub window: Option<WindowName>,
    pub place: Place,
}

/// What makes a sign or a line apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    Always,
    /// An index into [`Treatment::facts`].
    Fact(usize),
}

/// A named truth about a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub id: String,
    /// In text: the id with `_` for `-`.
    pub name: String,
    pub test: Test,
    /// What it says of a region, for lists.
    pub means: Option<String>,
}

/// What a fact is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// One of these was treated.
    Regions(BTreeSet<Region>),
    /// One of these applies.
    Precautions(BTreeSet<Precaution>),
}

impl Treatment {
    pub fn tiers(&self) -> [&Tier; 3] {
        [&self.emergency, &self.same_day, &self.call]
    }

    /// Every sign and line, those of the tiers first.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let of_tiers = self.tiers().into_iter().flat_map(|tier| tier.signs.iter().chain(&tier.lines));
        of_tiers.chain(&self.precautions)
    }

    /// The fact that makes a rule apply; `None`: it always does.
    pub fn fact(&self, rule: &Rule) -> Option<&Fact> {
        match rule.when {
            When::Always => None,
            When::Fact(index) => self.facts.get(index),
        }
    }

    /// The sign or line with a key of `safety.yaml`.
    pub fn rule(&self, key: &str) -> Option<&Rule> {
        self.rules().find(|rule| rule.key == key)
    }

    /// The facts about regions, each with its regions.
    pub fn region_facts(&self) -> impl Iterator<Item = (&Fact, &BTreeSet<Region>)> {
        self.facts.iter().filter_map(|fact| match &fact.test {
            Test::Regions(regions) => Some((fact, regions)),
            Test::Precautions(_) => None,
        })
    }

    /// Every key of `safety.yaml`: headings, signs, lines.
    pub fn safety_keys(&self) -> impl Iterator<Item = &str> {
        HEADINGS.into_iter().chain(self.rules().map(|rule| rule.key.as_str()))
    }
}

/// The keys of `safety.yaml` that every treatment has.
pub const HEADINGS: [&str; 5] =
    ["heading", "emergency.heading", "same-day.heading", "same-day.intro", "call.heading"];
