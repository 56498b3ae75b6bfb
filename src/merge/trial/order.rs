//! Whether the steps of an ordered way back follow each other in time, for every patient.

use super::matrix::{Case, cases, few};
use crate::content::{FOR_PATIENT, Fact, Library, OptionKind, Step, Window};
use crate::diagnostic::Diagnostic;
use crate::document::plain_text;
use crate::locale::QUESTIONS;
use crate::merge::compile::{Compiled, Values};
use crate::merge::rules::{Situation, Windows, steps};
use crate::options::Name;
use crate::options::chosen::{Answer, Chosen};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Each step that ends before one that stands above it, told of the first patient whose sheet would say so.
pub fn check(library: &Library, pack: &Compiled) -> Vec<Diagnostic> {
    let timed = library.treatment.steps.iter().filter(|step| step.window.is_some());
    if timed.count() < 2 {
        return Vec::new();
    }
    let mut found: Vec<Diagnostic> = Vec::new();
    for case in cases(&depends(library), &library.treatment).unwrap_or_default() {
        for (situation, windows) in situations(library, &case) {
            for fault in backward((library, pack), &situation, &windows) {
                if found.iter().all(|other| other.place != fault.place) {
                    found.push(fault);
                }
            }
        }
    }
    found
}

/// The windows of the steps, and those that they wait for.
fn windows(library: &Library) -> impl Iterator<Item = (&Name, &Window)> {
    let own = library.treatment.steps.iter().filter_map(|step| step.window.as_ref());
    let awaited = |name: &Name| library.protocol.window(name).and_then(|window| window.at_least.as_ref());
    let all: BTreeSet<&Name> = own.flat_map(|name| [Some(name), awaited(name)]).flatten().collect();
    all.into_iter().filter_map(|name| Some((name, library.protocol.window(name)?)))
}

/// The names by which a text would call what decides on the steps.
fn depends(library: &Library) -> BTreeSet<String> {
    let treatment = &library.treatment;
    let facts = treatment.steps.iter().filter_map(|step| Some(steps::fact(step, treatment)?.name.clone()));
    let options = windows(library).flat_map(|(_, window)| window.by.keys());
    let options = options.filter_map(|option| Some(treatment.options.get(option)?.text_name()));
    let set = windows(library).filter(|(name, _)| treatment.sets(name).is_some());
    facts.chain(options).chain(set.map(|(name, _)| name.to_string())).collect()
}

/// The case as it is, and with each time that a therapist may set at its longest.
fn situations<'l>(library: &'l Library, case: &Case) -> Vec<(Situation<'l>, Windows)> {
    let situation = case.situation(library);
    let mut all = vec![(situation.clone(), situation.windows.clone())];
    if situation.session.is_none() {
        return all;
    }
    for (name, _) in windows(library) {
        let Some(option) = library.treatment.sets(name) else { continue };
        let mut chosen: Chosen = situation.chosen.clone().into_owned();
        chosen.set(option.id.clone(), Answer::Hours(library.protocol.bounds(name).1));
        let windows = Windows::of_session(library, &chosen);
        all.push((Situation { chosen: Cow::Owned(chosen), ..situation.clone() }, windows));
    }
    all
}

fn backward(
    (library, pack): (&Library, &Compiled),
    situation: &Situation<'_>,
    windows: &Windows,
) -> Vec<Diagnostic> {
    let stands = |step: &&Step| steps::stands(step, pack, situation);
    let mut latest: Option<(&Step, u32)> = None;
    let mut found = Vec::new();
    for step in library.treatment.steps.iter().filter(stands) {
        let Some(window) = step.window.as_ref().and_then(|name| windows.get(name)) else { continue };
        match latest {
            Some((before, hours)) if window.to < hours => {
                let message = format!(
                    "the step `{}` ends after {} hours, and `{}` above it after {hours}{}",
                    step.id,
                    window.to,
                    before.id,
                    with(library, situation)
                );
                let name = awaitable(library, before);
                let hint = format!("let its window wait, `at-least: {name}`, or mend the hours or the order");
                found.push(Diagnostic::warning("backward-steps", message).at(step.place.clone()).hint(hint));
            }
            _ => latest = Some((step, window.to)),
        }
    }
    found
}

/// What a later step can wait for: the window of the one before, or the one that this waits for itself.
fn awaitable<'l>(library: &'l Library, before: &'l Step) -> &'l str {
    let own = before.window.as_deref().unwrap_or_default();
    let awaited = library.protocol.window(own).and_then(|window| window.at_least.as_deref());
    awaited.unwrap_or(own)
}

/// What this patient has of the options that set the hours.
fn with(library: &Library, situation: &Situation<'_>) -> String {
    let mut said: Vec<String> = Vec::new();
    for option in library.treatment.options.values() {
        let sets = |(name, window): (&Name, &Window)| {
            let is_set = matches!(&option.kind, OptionKind::Hours { window } if window == name);
            is_set || window.by.contains_key(&option.id)
        };
        let value = match situation.chosen.get(&option.id) {
            Some(Answer::Names(names)) if !names.is_empty() => names.join(", "),
            Some(Answer::Hours(hours)) => hours.to_string(),
            _ => continue,
        };
        if windows(library).any(sets) {
            said.push(format!("`{}: {value}`", option.key.path));
        }
    }
    if said.is_empty() { String::new() } else { format!(", with {}", said.join(" and ")) }
}

/// A step of some patients whose words do not ask the reader: no text for everybody has it.
pub fn unasked(library: &Library, pack: &Compiled) -> Vec<Diagnostic> {
    let Some(everybody) = few(&library.treatment).into_iter().find(|case| case.public) else {
        return Vec::new();
    };
    let values = everybody.values(library, pack, &library.clinic);
    let of_some = |step: &&Step| {
        let fact = steps::fact(step, &library.treatment).filter(|fact| !fact.of_regions);
        fact.is_some_and(|fact| !steps::asks(step, pack) || !asks(step, fact, (library, pack), &values))
    };
    let warn = |step: &Step| {
        let message = format!(
            "the step `{}` is for some patients, and its words do not ask: no brochure and no page for everybody has it",
            step.id
        );
        let text = steps::what_to_do(step, pack).and_then(|text| pack.texts.source(text));
        let place = text.map_or_else(|| step.place.clone(), |source| source.place.clone());
        let hint = format!("write both: `{{% if {FOR_PATIENT} %}}…{{% else %}}Is that you? …{{% endif %}}`");
        Diagnostic::warning("unasked-step", message).at(place).hint(hint)
    };
    library.treatment.steps.iter().filter(of_some).map(warn).collect()
}

/// Whether the words of a step that everybody reads ask, or name what is true of whom it is for.
fn asks(step: &Step, fact: &Fact, (library, pack): (&Library, &Compiled), values: &Values) -> bool {
    let line = |text| pack.texts.line(text, values).map(|line| plain_text(&line));
    // Words that cannot be filled are told of anyway.
    let Some(Ok(said)) = steps::what_to_do(step, pack).map(line) else { return true };
    let option = library.treatment.options.get(&fact.option);
    let mut labels = fact.any_of.iter().filter_map(|value| {
        let label = pack.words.get(&format!("{}.{value}", option?.words))?;
        Some(pack.texts.source(*label)?.text.to_lowercase())
    });
    said.contains(QUESTIONS) || labels.any(|label| said.to_lowercase().contains(label.trim()))
}
