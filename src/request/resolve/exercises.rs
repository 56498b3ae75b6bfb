//! Exercises of a library, each with a dose where one was named: `an-exercise:2x30`.

use super::Resolver;
use super::names::what;
use crate::content::{Exercise, TreatmentOption};
use crate::diagnostic::{Diagnostic, Hint, shown};
use crate::limits::MOST_WRONG;
use crate::options::Name;
use crate::options::dose::{Dosage, Dose};
use crate::request::Given;
use std::collections::BTreeSet;

impl Resolver<'_> {
    /// Ids in their order, each with what is not as usual; `None` with a fault among them.
    pub(super) fn exercises(&mut self, option: &TreatmentOption, own: &Name) -> Option<Vec<(Name, Dose)>> {
        let values = self.raw.list(&option.key.path).unwrap_or_default();
        let path = &option.key.path;
        let pack = self.pack()?;
        let known = pack.libraries.get(own)?;
        let mut found: Vec<(Name, Dose)> = Vec::new();
        let mut whole = true;
        let mut wrong = BTreeSet::new();
        for given in values {
            if wrong.contains(&*given.value) {
                continue;
            }
            let written = given.value.trim();
            let (id, dose) =
                written.split_once(':').map_or((written, None), |(id, dose)| (id.trim(), Some(dose.trim())));
            let other =
                pack.libraries.iter().find(|(_, library)| library.contains_key(id)).map(|(name, _)| name);
            if let Some(exercise) = known.get(id) {
                let dose = self.dose(given, exercise, dose);
                match found.iter().find(|(other, _)| **other == *id).map(|(_, dose)| *dose) {
                    None => found.push((id.into(), dose.unwrap_or_default())),
                    Some(other) if dose.is_none_or(|dose| dose == other) => self.doubled(given, what(option)),
                    Some(_) => {
                        whole = false;
                        let message = format!("`{}` stands twice with different doses", shown(id));
                        self.fault(given, "two-doses", message, Some("write it once".into()));
                    }
                }
                whole &= dose.is_some();
            } else if let Some(other) = other.and_then(|other| self.library.treatment.chooses_from(other)) {
                whole = false;
                let message = format!("`{}` is no {}", shown(id), what(option));
                let hint = format!("it belongs under `{}`", other.key.path);
                self.fault(given, "unknown-value", message, Some(hint.into()));
            } else {
                whole = false;
                let alone = Given { value: id.to_owned(), place: given.place.clone() };
                let is_dose = dose.is_some_and(|dose| Dose::read(dose).is_some());
                let named = if is_dose { &alone } else { given };
                self.unknown(named, what(option), known.keys().map(String::as_str));
                wrong.insert(&*given.value);
                if wrong.len() >= MOST_WRONG {
                    break;
                }
            }
        }
        let most = self.library.treatment.most_of(own);
        if let Some(given) = values.get(most).filter(|_| found.len() > most) {
            whole = false;
            let message = format!("`{path}` names {}, at most {most} are allowed", found.len());
            self.fault(given, "too-many-values", message, None);
        }
        whole.then_some(found)
    }

    /// What is not as usual; `None` of a dose that is not allowed.
    fn dose(&mut self, given: &Given<String>, exercise: &Exercise, written: Option<&str>) -> Option<Dose> {
        let Some(written) = written else { return Some(Dose::default()) };
        let dosage = exercise.dose.as_ref().map(|dose| dose.dosage).unwrap_or_default();
        let changed = Dose::read(written).and_then(|dose| dosage.changed(dose));
        if changed.is_none() {
            let message = format!("`{}` is not allowed as the dose of `{}`", shown(written), exercise.id);
            let fault = Diagnostic::error("wrong-dose", message).about(exercise.id.clone());
            self.push(given, fault.hint(allowed(&exercise.id, dosage)));
        }
        changed
    }
}

/// The id of an exercise as it was chosen.
pub(super) fn without_dose(written: &str) -> &str {
    written.split_once(':').map_or(written, |(id, _)| id).trim()
}

/// "write `wall-slide:8` to `wall-slide:15`".
fn allowed(id: &str, dosage: Dosage) -> Hint {
    let [from, to] = dosage.bounds();
    match from.is_usual() {
        true => format!("`{id}` has one dose alone: write it without more").into(),
        false => format!("write `{id}:{from}` to `{id}:{to}`, each number for itself").into(),
    }
}
