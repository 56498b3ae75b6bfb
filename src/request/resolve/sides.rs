//! Treated areas, each with a side where one was named: `shoulder:left`.

use super::Resolver;
use super::meaning::plain;
use super::names::what;
use crate::content::TreatmentOption;
use crate::diagnostic::{Choice, shown};
use crate::limits::MOST_WRONG;
use crate::options::{Name, Side};
use crate::request::Given;
use std::collections::BTreeSet;

/// Areas in their order, and the sides of some.
pub type Regions = (Vec<Name>, Vec<(Name, Side)>);

impl Resolver<'_> {
    /// The areas without doubles; `None` with a fault among them.
    pub(super) fn regions(&mut self, option: &TreatmentOption) -> Option<Regions> {
        let mut found: Vec<(Name, Option<Side>)> = Vec::new();
        let mut whole = true;
        let mut wrong = BTreeSet::new();
        let values = self.raw.list(&option.key.path).unwrap_or_default();
        for given in values {
            if wrong.contains(&*given.value) {
                continue;
            }
            let Some((name, side)) = self.region(given, option) else {
                whole = false;
                wrong.insert(&*given.value);
                if wrong.len() >= MOST_WRONG {
                    break;
                }
                continue;
            };
            match found.iter().find(|(other, _)| *other == name).map(|(_, side)| *side) {
                None => found.push((name, side)),
                Some(other) if other == side => self.doubled(given, what(option)),
                Some(_) => {
                    whole = false;
                    self.two_sides(given, &name);
                }
            }
        }
        let sides = found.iter().filter_map(|(name, side)| Some((name.clone(), (*side)?))).collect();
        whole.then(|| (found.into_iter().map(|(name, _)| name).collect(), sides))
    }

    /// One of the option's areas, with its side.
    fn region(&mut self, given: &Given<String>, option: &TreatmentOption) -> Option<(Name, Option<Side>)> {
        let written = plain(&given.value);
        let parts = written.split_once(':').map(|(name, side)| (name.trim(), side.trim()));
        let known = |name: &str| option.values().iter().find(|value| ***value == *name).cloned();
        let Some((name, side)) = parts.and_then(|(name, side)| Some((known(name)?, side))) else {
            // Of an area that is not known, its name alone is looked for among those that are.
            let alone = parts.filter(|(_, side)| Side::from_name(side).is_some());
            let alone = alone.map(|(name, _)| Given { value: name.to_owned(), place: given.place.clone() });
            return self.named(alone.as_ref().unwrap_or(given), option).map(|name| (name, None));
        };
        let is_sided = option.sided().contains(&name);
        match Side::from_name(side) {
            Some(side) if is_sided => return Some((name, Some(side))),
            _ if !is_sided => {
                let message = format!("the {} `{name}` has no sides", what(option));
                let choice = Choice { near: Some(name.to_string()), ..Choice::default() };
                self.fault_about(given, "sided-value", message, Some(choice.into()));
            }
            _ => {
                let message = format!("`{}` is no side", shown(side));
                self.fault_about(given, "unknown-side", message, Some(sides_of(&name).into()));
            }
        }
        None
    }

    fn two_sides(&mut self, given: &Given<String>, name: &Name) {
        let message = format!("`{name}` stands twice with different sides");
        let hint = format!("write it once: `{name}:{}` for both sides", Side::Both.name());
        self.fault_about(given, "two-sides", message, Some(hint.into()));
    }
}

/// What may stand behind an area.
fn sides_of(name: &Name) -> Choice {
    Choice { allowed: Side::NAMES.map(|side| format!("{name}:{side}")).to_vec(), ..Choice::default() }
}
