//! Lines of the warnings that are for some readers. Nobody knows the reader of a brochure or a page: such a line asks whom it is
//! for, or names it.

use super::ProseWords;
use super::edits::QUESTIONS;
use crate::content::{Fact, Library, Pack, Source};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;

/// The name by which a text tells its reader from everybody.
const FOR_PATIENT: &str = "for_patient";

pub fn lines(library: &Library, pack: &Pack, words: &ProseWords) -> Vec<Diagnostic> {
    let treatment = &library.treatment;
    let apart = treatment.rules().filter(|rule| rule.may_stand_apart);
    let of_some =
        apart.filter_map(|rule| Some((rule, treatment.fact(rule).filter(|fact| !fact.of_regions)?)));
    let worded = of_some.filter_map(|(rule, fact)| Some((rule, fact, pack.safety.words.get(&rule.key)?)));
    let unasked = worded.filter(|(_, fact, source)| !asks(source, fact, (library, pack), words));
    unasked.map(|(rule, fact, source)| told(&rule.key, fact, source)).collect()
}

/// Whether a line asks, says other words to a reader whom nobody knows, or names what is true of whom it is for.
fn asks(source: &Source, fact: &Fact, (library, pack): (&Library, &Pack), words: &ProseWords) -> bool {
    let text = &*source.text;
    let risks = |text: &str| words.risks.said(text).map(|(risk, ..)| risk).collect::<BTreeSet<u32>>();
    let option = library.treatment.options.get(&fact.option);
    let labels = fact.any_of.iter().filter_map(|value| {
        let label = pack.words.get(&format!("{}.{value}", option?.words))?;
        Some(label.text.to_lowercase())
    });
    let lower = text.to_lowercase();
    let mut labels = labels;
    text.contains(QUESTIONS)
        || text.contains(FOR_PATIENT)
        || labels.any(|label| lower.contains(label.trim()) || !risks(&label).is_disjoint(&risks(text)))
}

fn told(key: &str, fact: &Fact, source: &Source) -> Diagnostic {
    let message =
        format!("`{key}` is for readers of whom `{}` is true, and its words do not ask for it", fact.id);
    let letters = u32::try_from(source.text.chars().count()).unwrap_or(0);
    let fault = Diagnostic::warning("unasked-line", message).at(source.at(0, letters));
    fault.hint(
        "begin with the question, as in “Is that you? …”: in a brochure and on a page everybody reads this line",
    )
}
