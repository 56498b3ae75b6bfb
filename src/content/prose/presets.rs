//! Presets whose label names another choice than they make: whoever clicks the label gets a different sheet.

use crate::content::phrases::Phrases;
use crate::content::{Library, Preset, TreatmentOption};
use crate::diagnostic::{Diagnostic, Place};

pub fn check(library: &Library) -> Vec<Diagnostic> {
    let presets = library.presets.iter();
    presets
        .flat_map(|preset| {
            library.treatment.options.values().filter_map(|option| other(library, preset, option))
        })
        .collect()
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
    let path = format!("content/treatments/{}/presets.yaml", library.treatment.id);
    let fault = Diagnostic::warning("other-preset", message).at(Place::file(path));
    Some(fault.hint("choose what the label says, or name the preset by what it chooses"))
}
