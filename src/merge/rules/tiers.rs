//! The three tiers: which signs and lines a sheet carries follows from the facts of its treatment, here and nowhere else.
//! Languages give the wording and can take none away; a request, a template and page fitting have no way in.

use super::sheet::Sheet;
use crate::content::{Fact, Rule};
use crate::diagnostic::{Faults, Sink};
use crate::options::sections::WHEN_TO_CALL;

/// Those of a tier that stand in it.
pub fn standing<'a>(sheet: &'a Sheet<'_>, rules: &'a [Rule]) -> impl Iterator<Item = &'a Rule> {
    rules.iter().filter(|rule| applies(rule, sheet) && !stands_apart(rule, sheet))
}

/// Whether a sign or a line is on the sheet at all, in its tier or apart.
pub fn applies(rule: &Rule, sheet: &Sheet<'_>) -> bool {
    // The text for everybody asks each reader: nobody has told it who they are.
    let asks = |fact: &Fact| sheet.request.is_none() && !fact.of_regions;
    sheet.library.treatment.fact(rule).is_none_or(|fact| asks(fact) || sheet.situation.is_true(fact))
}

/// The advice below the tiers: on a patient's sheet what belongs to the warnings as a whole; in the text for everybody all
/// that one precaution asks for, together.
pub fn advice<'a>(sheet: &Sheet<'a>) -> Vec<&'a str> {
    let treatment = &sheet.library.treatment;
    let last = treatment.precautions.iter();
    let apart = || treatment.rules().filter(|rule| stands_apart(rule, sheet));
    let of_facts = treatment.facts.iter().flat_map(|fact| {
        apart().filter(move |rule| treatment.fact(rule).is_some_and(|other| other.id == fact.id))
    });
    let rest = last.filter(|rule| !stands_apart(rule, sheet) && applies(rule, sheet));
    of_facts.chain(rest).map(|rule| &*rule.key).collect()
}

/// A reader whom nobody knows looks for what is about them: such advice does not stand among that for all.
fn stands_apart(rule: &Rule, sheet: &Sheet<'_>) -> bool {
    let fact = sheet.library.treatment.fact(rule);
    rule.may_stand_apart && sheet.request.is_none() && fact.is_some_and(|fact| !fact.of_regions)
}

/// Safety text that nobody has read again in time does not print.
pub fn check_review(sheet: &Sheet<'_>) -> Result<(), Faults> {
    let mut sink = Sink::default();
    let safety = &sheet.pack.safety;
    let section = sheet.pack.sections.get(WHEN_TO_CALL).map(|section| &section.review);
    for review in std::iter::once(&safety.review).chain(section) {
        review.expired(sheet.today, &sheet.library.claims).for_each(|expired| sink.push(expired.as_error()));
    }
    sink.finish(Some(())).map(|_| ())
}
