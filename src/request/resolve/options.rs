//! The options that the treatment declares.

use super::Resolver;
use super::names::what;
use crate::content::{OptionKind, TreatmentOption};
use crate::diagnostic::Diagnostic;
use crate::locale::Zone;
use crate::options::Name;
use crate::options::chosen::{Answer, Chosen};
use crate::options::keys::Key;
use crate::request::Given;
use chrono::DateTime;

impl<'a> Resolver<'a> {
    /// Every option, with the defaults of those that were not given.
    pub(super) fn chosen(&mut self, session: Option<DateTime<Zone>>) -> Option<Chosen> {
        let mut chosen = self.library.treatment.defaults();
        let mut whole = true;
        for option in self.library.treatment.options.values() {
            match self.answer(option, session, &mut chosen) {
                None => whole = false,
                Some(Some(answer)) => chosen.set(option.id.clone(), answer),
                Some(None) => {}
            }
        }
        whole.then_some(chosen)
    }

    /// `Some(None)`: it was not given. `None`: it is faulty.
    fn answer(
        &mut self,
        option: &'a TreatmentOption,
        session: Option<DateTime<Zone>>,
        chosen: &mut Chosen,
    ) -> Option<Option<Answer>> {
        let path = &*option.key.path;
        let given = self.raw.list(path);
        if option.required && given.is_none_or(<[Given<String>]>::is_empty) {
            self.missing(option, given.is_some());
            return None;
        }
        let Some(given) = given else { return Some(None) };
        let answer = match (&option.kind, given) {
            (OptionKind::Choices(_), _) => Answer::Names(self.names_of(option)?),
            (OptionKind::Regions { .. }, _) => {
                let (names, sides) = self.regions(option)?;
                sides.into_iter().for_each(|(region, side)| chosen.set_side(region, side));
                Answer::Names(names)
            }
            (OptionKind::Exercises { library }, _) => {
                let chosen_ones = self.exercises(option, library)?;
                for (id, dose) in &chosen_ones {
                    chosen.set_dose(option.id.clone(), id.clone(), *dose);
                }
                Answer::Names(chosen_ones.into_iter().map(|(id, _)| id).collect())
            }
            (_, []) => return Some(None),
            (OptionKind::Choice(_), [given, ..]) => Answer::Names(vec![self.named(given, option)?]),
            (OptionKind::Hours { .. }, [given, ..]) => Answer::Hours(self.hours(given, option)?),
            (OptionKind::Time, [given, ..]) => Answer::Time(self.time_of(given, path, session)?),
            (OptionKind::Text, [given, ..]) => match self.plain_text(given, path)? {
                Some(text) => Answer::Text(text),
                None => return Some(None),
            },
        };
        Some(Some(answer))
    }

    /// Values of options that other treatments of the folder have.
    pub(super) fn others_options(&mut self) {
        let treatment = &self.library.treatment;
        for key in self.library.keys.iter() {
            if Key::common(&key.path).is_some() || treatment.at_path(&key.path).is_some() {
                continue;
            }
            let Some([given, ..]) = self.raw.list(&key.path) else { continue };
            let message = format!("the treatment `{}` has no `{}`", treatment.id, key.path);
            let own = treatment.options.values().map(|option| format!("`{}`", option.key.path));
            let hint = format!("it asks for {}", own.collect::<Vec<_>>().join(", "));
            let fault = Diagnostic::error("unknown-key", message).about(key.column.to_string());
            self.push(given, fault.hint(hint));
        }
    }

    fn missing(&mut self, option: &TreatmentOption, is_empty: bool) {
        let path = &option.key.path;
        if self.raw.is_unread(path) {
            return;
        }
        let thing = match &option.kind {
            OptionKind::Regions { .. } => ": a request names at least one treated region",
            _ => ": a request must give it",
        };
        let message = format!("`{path}` is {}{thing}", if is_empty { "empty" } else { "missing" });
        let names: Vec<&str> = option.values().iter().map(|name: &Name| &**name).collect();
        let fault = Diagnostic::error("missing-key", message).at(self.raw.place.clone()).about(what(option));
        self.sink.push(match names.is_empty() {
            true => fault,
            false => fault.hint(format!("allowed are `{}`", names.join("`, `"))),
        });
    }
}
