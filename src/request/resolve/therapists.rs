//! Who treated: the clinic's therapists, as lists call them.

use super::Resolver;
use crate::content::Therapist;
use crate::content::names::fold;
use crate::diagnostic::{Diagnostic, shown};
use crate::request::Given;
use std::collections::BTreeSet;

impl<'a> Resolver<'a> {
    pub(super) fn therapist(&mut self, given: &'a Given<String>) -> Option<String> {
        let therapists = &self.library.clinic.therapists;
        let written = fold(&given.value);
        let is_whole = |one: &&Therapist| fold(&one.name) == written || fold(&one.signed) == written;
        let whole: Vec<&Therapist> = therapists.iter().filter(is_whole).collect();
        let bare = |name: &str| fold(without_title(name));
        // A title may stand behind a name, but no second name.
        let titled = || therapists.iter().filter(|one| bare(&one.name) == bare(&given.value));
        let titled: Vec<&Therapist> = match names_one(&given.value, therapists) {
            true => titled().collect(),
            false => Vec::new(),
        };
        let longer = || longer(&given.value, therapists, &self.ands());
        match (whole.as_slice(), titled.as_slice()) {
            ([one], _) => Some(one.name.clone()),
            ([], [one]) => self.only_one(given, one),
            ([], []) if let Some(one) = longer() => self.only_one(given, one),
            _ => {
                self.unknown(given, "therapist", therapists.iter().map(|one| one.name.as_str()));
                None
            }
        }
    }

    /// The therapist of a name that the clinic has in part alone. Where a list calls several people so, one of them may be
    /// somebody else.
    fn only_one(&mut self, given: &Given<String>, one: &Therapist) -> Option<String> {
        let namesakes = self.raw.orders.namesakes.as_ref();
        let name = fold(without_title(&one.name));
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

/// The words of a therapist's name, in whatever order it has them.
pub fn name_words(text: &str) -> BTreeSet<String> {
    let is_letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '\'' | '’' | '.');
    text.split(|sign: char| !is_letter(sign)).map(fold).filter(|word| !word.is_empty()).collect()
}

/// A name without what stands behind a comma or in brackets: a title, most often.
fn without_title(name: &str) -> &str {
    name.split([',', '(']).next().unwrap_or_default()
}

/// Whether what stands behind a name is no other therapist's.
fn names_one(written: &str, therapists: &[Therapist]) -> bool {
    let behind = written.split([',', '(', ')', ';', '/', '&']).skip(1).map(fold);
    behind.into_iter().all(|part| therapists.iter().all(|one| fold(without_title(&one.name)) != part))
}

/// The one therapist whom the clinic calls by a first name alone, and a list by a family name too: `Ann Lee`, `Lee, Ann`, with a
/// title or without. Where a word of it is another's name, nobody knows whose session it was.
fn longer<'t>(written: &str, therapists: &'t [Therapist], ands: &[&str]) -> Option<&'t Therapist> {
    let is_letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '\'' | '’' | '.' | ',');
    let (name, behind) = written.split_once('(').unwrap_or((written, ""));
    if !name.chars().all(|letter| is_letter(letter) || letter.is_whitespace()) {
        return None;
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|sign: char| !is_letter(sign) || sign == ',')
            .map(fold)
            .filter(|word| !word.is_empty())
            .collect()
    };
    let (first, all) = (words(name.split(',').next()?), [words(name), words(behind)].concat());
    let behind_comma = name.split(',').nth(1).map(words).unwrap_or_default();
    let bare = |one: &Therapist| fold(without_title(&one.name));
    let mut named = therapists.iter().filter(|one| all.contains(&bare(one)));
    let one = named.next().filter(|_| named.next().is_none())?;
    let leads = |words: &[String]| words.first() == Some(&bare(one));
    let is_meant = first.len() > 1 && leads(&first) || leads(&behind_comma);
    let is_one = all.iter().all(|word| ands.iter().all(|and| fold(and) != *word));
    (is_meant && is_one).then_some(one)
}
