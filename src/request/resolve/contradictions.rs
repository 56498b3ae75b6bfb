//! Options that cannot stand together.

use super::Resolver;
use super::exercises::without_dose;
use super::meaning::plain;
use crate::content::{Contradiction, Exercise, OptionKind, RequestPart, TreatmentOption};
use crate::diagnostic::Diagnostic;
use crate::options::chosen::{Answer, Chosen};
use crate::options::keys::EXCLUDE;
use crate::options::sections::SHOWS_EXERCISES;
use crate::request::Given;

impl<'a> Resolver<'a> {
    /// Every pair that the clinic folder names, and every exercise that a precaution rules out.
    pub(super) fn contradictions(&mut self) {
        for contradiction in &self.library.treatment.contradictions {
            let (a, b) = (self.given(&contradiction.a), self.given(&contradiction.b));
            let Some((a, _)) = a.zip(b) else { continue };
            let message =
                format!("{} and {} contradict each other", contradiction.a.said(), contradiction.b.said());
            self.fault(a, "contradiction", message, Some(contradiction.reason.clone().into()));
        }
        self.left_out_beside_exercises();
        let library = self.library;
        for option in library.treatment.options.values() {
            self.ruled_out(option);
        }
    }

    /// What cannot be left out beside prescribed stretches or movements stays beside those that the areas bring as well.
    fn left_out_beside_exercises(&mut self) {
        for Contradiction { a, b, reason } in &self.library.treatment.contradictions {
            let of_section = |choice: &RequestPart| choice.key == EXCLUDE && choice.value.is_some();
            for (section, other) in [(a, b), (b, a)] {
                let brought = of_section(section) && other.value.is_none() && self.is_brought(&other.key);
                let Some(given) = self.given(section).filter(|_| brought) else { continue };
                let bring = match self.library.treatment.regions() {
                    Some(_) => "what the treated areas bring",
                    None => "the exercises that a sheet shows",
                };
                let message = format!("{} contradicts {bring}", section.said());
                let how = format!("leave out `{SHOWS_EXERCISES}` as well, or neither");
                let hints = vec![reason.clone().into(), how.into()];
                self.push(given, Diagnostic { hints, ..Diagnostic::error("contradiction", message) });
            }
        }
    }

    /// Whether the treated areas bring exercises of a library: none were chosen, and the section that shows them stays.
    fn is_brought(&self, path: &str) -> bool {
        let treatment = &self.library.treatment;
        let Some(OptionKind::Exercises { library }) = treatment.at_path(path).map(|option| &option.kind)
        else {
            return false;
        };
        let left_out = |given: &Given<String>| given.value.trim() == SHOWS_EXERCISES;
        let places = treatment.libraries.get(library).map_or(0, |library| library.per_sheet);
        if places == 0
            || self.raw.list(path).is_some()
            || self.raw.list(EXCLUDE).unwrap_or_default().iter().any(left_out)
        {
            return false;
        }
        let chosen = self.understood();
        let is_for = |exercise: &Exercise| match treatment.regions() {
            Some(_) => exercise.is_for_one_of(treatment.regions_in(&chosen)),
            None => exercise.regions.is_empty(),
        };
        let fits = |exercise: &Exercise| is_for(exercise) && exercise.ruled_out(treatment, &chosen).is_none();
        self.pack().and_then(|pack| pack.libraries.get(library)).is_some_and(|them| them.values().any(fits))
    }

    /// What was given for a side of a contradiction.
    fn given(&self, choice: &RequestPart) -> Option<&'a Given<String>> {
        let values = self.raw.list(&choice.key)?;
        match &choice.value {
            None => values.first(),
            Some(value) => values.iter().find(|given| given.value.trim().eq_ignore_ascii_case(value)),
        }
    }

    /// What was chosen of the options that facts are made of, as far as it is understood.
    fn understood(&self) -> Chosen {
        let mut chosen = self.library.treatment.defaults();
        for option in self.library.treatment.options.values().filter(|option| !option.values().is_empty()) {
            let Some(given) = self.raw.list(&option.key.path) else { continue };
            let name = |given: &Given<String>| {
                let written = plain(&given.value);
                option.values().iter().find(|name| ***name == *written).cloned()
            };
            chosen.set(option.id.clone(), Answer::Names(given.iter().filter_map(name).collect()));
        }
        chosen
    }

    /// Exercises that were chosen for somebody whom they do not suit.
    fn ruled_out(&mut self, option: &TreatmentOption) {
        let OptionKind::Exercises { library } = &option.kind else { return };
        let Some(them) = self.pack().and_then(|pack| pack.libraries.get(library)) else { return };
        let chosen = self.understood();
        for given in self.raw.list(&option.key.path).unwrap_or_default() {
            let Some(exercise) = them.get(without_dose(&given.value)) else { continue };
            for (fact, reason) in exercise.all_ruling_out(&self.library.treatment, &chosen) {
                let message = format!("`{}` does not go with `{fact}`", exercise.id);
                self.fault(given, "contradiction", message, Some(reason.to_owned().into()));
            }
        }
    }
}
