//! Presets whose label names another choice than they make: whoever clicks the label gets a different sheet. One that is for
//! some patients by its name, its label or its author's remark, and does not choose what is true of them, takes their warnings away.

use super::negations::denial_of;
use super::{Prose, ProseWords};
use crate::content::phrases::Phrases;
use crate::content::{Library, OptionKind, Pack, Preset, TreatmentOption};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;

pub fn check(library: &Library, prose: &Prose) -> Vec<Diagnostic> {
    let options = || library.treatment.options.values();
    let of_preset = |preset| {
        let other = options().filter_map(move |option| other(library, preset, option));
        other.chain(options().filter_map(move |option| lacking(library, preset, option, prose)))
    };
    library.presets.iter().flat_map(of_preset).collect()
}

/// Of what may be true of a patient: a value that the preset is for, and does not choose.
fn lacking(
    library: &Library,
    preset: &Preset,
    option: &TreatmentOption,
    prose: &Prose,
) -> Option<Diagnostic> {
    if !matches!(option.kind, OptionKind::Choices(_)) {
        return None;
    }
    let chosen = preset.chosen.names(&option.id);
    let texts = [preset.label.clone(), preset.id.replace('-', " "), preset.remark.clone()];
    let is_said =
        |value: &str| {
            library.packs.values().filter_map(|pack| Some((pack, prose.of(&pack.language)?))).any(
                |(pack, words)| texts.iter().any(|text| is_for(text, &option.words, value, (pack, words))),
            )
        };
    let values = option.values().iter().filter(|value| !chosen.contains(value));
    let value = values.into_iter().find(|value| is_said(value))?;
    let message = format!(
        "the preset `{}` is for `{value}` by its words, and its `{}` does not choose that",
        preset.id, option.key.path
    );
    let fault = Diagnostic::warning("other-preset", message).at(preset.place.clone());
    Some(fault.hint(format!(
        "its sheets lack what that patient has to know; write `{}: [{value}]`, or say otherwise whom it is for",
        option.key.path
    )))
}

/// Whether a text names a value, by its label, an everyday name, or what cautions about it say, and says no such thing as "not for".
fn is_for(text: &str, group: &str, value: &str, (pack, words): (&Pack, &ProseWords)) -> bool {
    let label = pack.words.get(&format!("{group}.{value}")).map(|source| source.text.to_lowercase());
    let names = label.iter().cloned().chain(pack.names.meaning(group, value).map(str::to_owned));
    let names = Phrases::new(names.map(|name| ((), name)));
    let risks: BTreeSet<u32> =
        label.iter().flat_map(|label| words.risks.said(label).map(|(risk, ..)| risk)).collect();
    let lower = text.to_lowercase();
    let named = names.said(&lower).map(|((), at, length)| (at, at + length));
    let of_risk = words.risks.said(&lower).filter(|(risk, ..)| risks.contains(risk));
    let all = named.chain(of_risk.map(|(_, at, length)| (at, at + length)));
    all.into_iter().any(|place| denial_of(&lower, place, words).is_none())
}

/// A value that the label says, and that the preset does not choose, though it chooses another.
fn other(library: &Library, preset: &Preset, option: &TreatmentOption) -> Option<Diagnostic> {
    let chosen = preset.chosen.names(&option.id);
    let group = if option.is_regions() { "regions" } else { &*option.words };
    let says = |value: &str| {
        library.packs.values().any(|pack| {
            let word = pack.words.get(&format!("{group}.{value}"));
            word.is_some_and(|word| Phrases::new([((), &*word.text)]).said(&preset.label).next().is_some())
        })
    };
    let said: Vec<&str> = option.values().iter().map(|value| &**value).filter(|value| says(value)).collect();
    let strange = said.iter().find(|value| !chosen.iter().any(|own| **own == ***value))?;
    if chosen.is_empty() {
        return None;
    }
    let message = format!(
        "the label of the preset `{}` says `{strange}`, and its `{}` is {}",
        preset.id,
        option.key.path,
        chosen.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
    );
    let fault = Diagnostic::warning("other-preset", message).at(preset.place.clone());
    Some(fault.hint("choose what the label says, or name the preset by what it chooses"))
}
