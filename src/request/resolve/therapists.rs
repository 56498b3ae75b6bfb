//! Who treated: the clinic's therapists, as lists call them.

use super::{Resolver, people};
use crate::content::Therapist;
use crate::content::names::fold;
use crate::content::phrases::Phrases;
use crate::diagnostic::{Diagnostic, shown};
use crate::request::Given;

impl<'a> Resolver<'a> {
    pub(super) fn therapist(&mut self, given: &'a Given<String>) -> Option<String> {
        let therapists = &self.library.clinic.therapists;
        let written = fold(&given.value);
        let is_whole = |one: &&Therapist| fold(&one.name) == written || fold(&one.signed) == written;
        let whole: Vec<&Therapist> = therapists.iter().filter(is_whole).collect();
        if let [one] = whole.as_slice() {
            return Some(one.name.clone());
        }
        let names: Vec<&str> = therapists.iter().map(|one| one.name.as_str()).collect();
        // `Ann or Bo`, `Ann (away)`: whoever treated is not said.
        let taken_back = self.library.packs.values().flat_map(|pack| pack.names.taken_back());
        if Phrases::new(taken_back.map(|word| ((), word))).said(&given.value).next().is_some() {
            self.unknown(given, "therapist", names.into_iter());
            return None;
        }
        let found = || people::called(&given.value, &names);
        let found = found().or_else(|| people::longer(&given.value, &names, &self.ands()));
        match found.and_then(|at| therapists.get(at)).filter(|_| whole.is_empty()) {
            Some(one) => self.only_one(given, one),
            None => {
                self.unknown(given, "therapist", names.into_iter());
                None
            }
        }
    }

    /// The therapist of a name that the clinic has in part alone. Where a list calls several people so, one of them may be
    /// somebody else.
    fn only_one(&mut self, given: &Given<String>, one: &Therapist) -> Option<String> {
        let namesakes = self.raw.orders.namesakes.as_ref();
        let name = fold(people::without_end(&one.name));
        if namesakes.is_none_or(|names| !names.contains(&name)) {
            return Some(one.name.clone());
        }
        let shown = shown(&one.name);
        let message = format!("the list has several therapists called `{shown}`, and the clinic has one");
        let hint = format!(
            "write `{shown}` where it is that one, or give the clinic's therapists the names that the list has"
        );
        let fault = Diagnostic::error("several-therapists", message).about(shown).hint(hint);
        self.push(given, fault);
        None
    }
}
