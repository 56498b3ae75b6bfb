//! Options that cannot stand together.

use super::Resolver;
use super::names::{library, plain};
use crate::content::{Choice, Contradiction, Exercise};
use crate::diagnostic::{Diagnostic, shown};
use crate::options::keys::{EXERCISES, STRETCHES};
use crate::options::sections::SHOWS_EXERCISES as SHOWS_THEM;
use crate::options::{Precaution, Region};
use crate::request::Given;

/// The key by which a request leaves sections out.
const EXCLUDE: &str = "print.sections.exclude";

impl<'a> Resolver<'a> {
    /// Every pair that the clinic folder names, and every exercise that a precaution rules out.
    pub(super) fn contradictions(&mut self) {
        for contradiction in &self.library.options.contradictions {
            let (a, b) = (self.chosen(&contradiction.a), self.chosen(&contradiction.b));
            let Some((a, _)) = a.zip(b) else { continue };
            let message =
                format!("{} and {} contradict each other", said(&contradiction.a), said(&contradiction.b));
            self.fault(a, "contradiction", message, Some(contradiction.reason.clone().into()));
        }
        self.left_out_beside_exercises();
        for path in [STRETCHES, EXERCISES] {
            self.ruled_out(path);
        }
    }

    /// What cannot be left out beside prescribed stretches or movements stays beside those that the areas bring as well.
    fn left_out_beside_exercises(&mut self) {
        for Contradiction { a, b, reason } in &self.library.options.contradictions {
            let of_section = |choice: &Choice| choice.key == EXCLUDE && choice.value.is_some();
            for (section, other) in [(a, b), (b, a)] {
                let brought = of_section(section) && other.value.is_none() && self.is_brought(&other.key);
                let Some(given) = self.chosen(section).filter(|_| brought) else { continue };
                let message = format!("{} contradicts what the treated areas bring", said(section));
                let how = format!("leave out `{SHOWS_THEM}` as well, or neither");
                let hints = vec![reason.clone().into(), how.into()];
                self.push(given, Diagnostic { hints, ..Diagnostic::error("contradiction", message) });
            }
        }
    }

    /// Whether the treated areas bring stretches or movements: none were chosen, and the section that shows them stays.
    fn is_brought(&self, path: &str) -> bool {
        let left_out = |given: &Given<String>| given.value.trim() == SHOWS_THEM;
        let options = &self.library.options;
        let places = match path {
            STRETCHES => options.stretches_per_sheet,
            EXERCISES => options.exercises_per_sheet,
            _ => 0,
        };
        if places == 0
            || self.raw.list(path).is_some()
            || self.raw.list(EXCLUDE).unwrap_or_default().iter().any(left_out)
        {
            return false;
        }
        let given = self.raw.list("session.regions").unwrap_or_default();
        let regions: Vec<Region> =
            given.iter().filter_map(|given| Region::from_name(&plain(&given.value))).collect();
        let precautions = self.given_precautions();
        let fits = |exercise: &Exercise| {
            exercise.regions.iter().any(|region| regions.contains(region))
                && precautions.iter().all(|precaution| !exercise.not_with.contains_key(precaution))
        };
        self.pack().is_some_and(|pack| library(pack, path).values().any(fits))
    }

    /// What was given for a side of a contradiction.
    fn chosen(&self, choice: &Choice) -> Option<&'a Given<String>> {
        let values = self.raw.list(&choice.key)?;
        match &choice.value {
            None => values.first(),
            Some(value) => values.iter().find(|given| given.value.trim().eq_ignore_ascii_case(value)),
        }
    }

    fn given_precautions(&self) -> Vec<Precaution> {
        let given = self.raw.list("precautions").unwrap_or_default();
        given.iter().filter_map(|given| Precaution::from_name(&plain(&given.value))).collect()
    }

    fn ruled_out(&mut self, path: &str) {
        let Some(pack) = self.pack() else { return };
        let precautions = self.given_precautions();
        for given in self.raw.list(path).unwrap_or_default() {
            let Some(exercise) = library(pack, path).get(given.value.trim()) else { continue };
            for precaution in &precautions {
                let Some(reason) = exercise.not_with.get(precaution) else { continue };
                let message = format!("`{}` does not go with `{precaution}`", shown(&given.value));
                self.fault(given, "contradiction", message, Some(reason.clone().into()));
            }
        }
    }
}

fn said(choice: &Choice) -> String {
    match &choice.value {
        Some(value) => format!("`{}: {value}`", choice.key),
        None => format!("`{}`", choice.key),
    }
}
