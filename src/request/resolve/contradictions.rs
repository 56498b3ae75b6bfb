//! Options that cannot stand together.

use super::Resolver;
use super::names::{library, plain};
use crate::content::Choice;
use crate::diagnostic::shown;
use crate::options::Precaution;
use crate::request::Given;

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
        for path in ["plan.stretches", "plan.exercises"] {
            self.ruled_out(path);
        }
    }

    /// What was given for a side of a contradiction.
    fn chosen(&self, choice: &Choice) -> Option<&'a Given<String>> {
        let values = self.raw.list(&choice.key)?;
        match &choice.value {
            None => values.first(),
            Some(value) => values.iter().find(|given| given.value.trim().eq_ignore_ascii_case(value)),
        }
    }

    fn ruled_out(&mut self, path: &str) {
        let Some(pack) = self.pack() else { return };
        let precautions: Vec<Precaution> = self
            .raw
            .list("precautions")
            .unwrap_or_default()
            .iter()
            .filter_map(|given| Precaution::from_name(&plain(&given.value)))
            .collect();
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
