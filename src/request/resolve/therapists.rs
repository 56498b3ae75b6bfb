//! Who treated: the clinic's therapists, as lists call them.

use super::{Resolver, people};
use crate::content::Therapist;
use crate::content::names::{Beside, fold};
use crate::content::phrases::Phrases;
use crate::diagnostic::{Diagnostic, shown};
use crate::locale::is_unspaced;
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
        let found = || people::called(&given.value, &names);
        let found = found().or_else(|| people::longer(&given.value, &names, &self.ands()));
        let found = found.and_then(|at| therapists.get(at)).filter(|_| whole.is_empty());
        match found.filter(|one| !self.is_taken_back(&given.value, &one.name)) {
            Some(one) => self.only_one(given, one),
            None => {
                self.unknown(given, "therapist", names.into_iter());
                None
            }
        }
    }

    /// Whether words beside a name say that somebody else treated, or leave it open: `Ann or Bo`, `Ann (away)`. What is of the name
    /// itself does not.
    fn is_taken_back(&self, written: &str, name: &str) -> bool {
        let lists = [Beside::TakenBack, Beside::Without, Beside::Or, Beside::Away];
        let words =
            || self.library.packs.values().flat_map(|pack| lists.map(|list| pack.names.words_of(list)));
        let phrases = Phrases::new(words().flatten().map(|word| ((), word)));
        let own = people::name_words(name);
        let is_own = |(_, at, length): ((), usize, usize)| {
            let said = fold(written.get(at..at + length).unwrap_or_default());
            // One capital is an initial.
            let is_initial =
                length == 1 && written.get(at..=at).is_some_and(|sign| sign.to_lowercase() != sign);
            own.contains(&said) || is_initial || said.chars().all(is_unspaced) && fold(name).contains(&said)
        };
        !phrases.said(written).all(is_own)
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
