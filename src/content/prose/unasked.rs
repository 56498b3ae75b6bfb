//! Lines of the warnings that are for some readers. Nobody knows the reader of a brochure or a page: such a line asks whom it is
//! for, or names it.

use super::ProseWords;
use super::readings::{LINE, readings_without};
use crate::content::{FOR_PATIENT, Fact, Library, Pack, Source};
use crate::diagnostic::Diagnostic;
use crate::locale::QUESTIONS;
use std::collections::BTreeSet;

pub fn lines(library: &Library, pack: &Pack, words: &ProseWords) -> Vec<Diagnostic> {
    let treatment = &library.treatment;
    let apart = treatment.rules().filter(|rule| rule.may_stand_apart);
    let of_some =
        apart.filter_map(|rule| Some((rule, treatment.fact(rule).filter(|fact| !fact.of_regions)?)));
    let worded = of_some.filter_map(|(rule, fact)| Some((rule, fact, pack.safety.words.get(&rule.key)?)));
    let unasked = worded.filter(|(_, fact, source)| !asks(source, fact, (library, pack), words));
    unasked.map(|(rule, fact, source)| told(&rule.key, fact, source)).collect()
}

/// Whether a line asks a reader whom nobody knows for what is true of whom it is for, or names it. A question alone is enough
/// where no list has a word for that: "Still bleeding? Press longer." asks for something else.
fn asks(source: &Source, fact: &Fact, (library, pack): (&Library, &Pack), words: &ProseWords) -> bool {
    if source.text.len() > LINE {
        return true;
    }
    let treatment = &library.treatment;
    let risks = |text: &str| words.risks.said(text).map(|(risk, ..)| risk).collect::<BTreeSet<u32>>();
    let option = treatment.options.get(&fact.option);
    let labels = fact.any_of.iter().filter_map(|value| {
        let label = pack.words.get(&format!("{}.{value}", option?.words))?;
        Some(label.text.to_lowercase())
    });
    let labels: Vec<String> = labels.collect();
    let wanted: BTreeSet<u32> = labels.iter().flat_map(|label| risks(label)).collect();
    // Of everybody no fact is known.
    let is_false = |name: &str| name == FOR_PATIENT || treatment.facts.iter().any(|fact| fact.name == name);
    let asks = |reading: &String| {
        let lower = reading.to_lowercase();
        labels.iter().any(|label| lower.contains(label.trim()))
            || !wanted.is_disjoint(&risks(reading))
            || wanted.is_empty() && reading.contains(QUESTIONS)
    };
    readings_without(&source.text, &is_false).iter().all(asks)
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
