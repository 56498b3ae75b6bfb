//! A form that begins with a preset, without scripts: what is said about it. With scripts `fields.js` does the same.

use super::controls::{capital, label_of, word};
use super::form::{Started, Typed};
use super::visit::Visit;

/// Begins with the preset whose button was pressed, if one was.
pub fn from_preset(site: &Visit<'_>, typed: &mut Typed) -> Started {
    let library = site.treating(typed.one("treatment")).library();
    let named = |id: &str| library.presets.iter().find(|preset| preset.id == id);
    match named(typed.one("start_from")) {
        Some(preset) => typed.apply(preset, named(typed.one("preset")), library),
        None => Started::default(),
    }
}

/// What a preset left of the patient's, and what it set anew. Empty when there was neither.
pub fn said(site: &Visit<'_>, typed: &Typed, started: &Started) -> String {
    let site = &site.treating(typed.one("treatment"));
    let Some(pack) = site.pack() else { return String::new() };
    let names = |group: &str, field: &str| -> Vec<String> {
        typed.all(field).iter().map(|id| capital(&word(pack, group, id))).collect()
    };
    let options = &site.library().treatment.options;
    let kept = started.kept.iter().flat_map(|field| match options.get(field.as_str()) {
        Some(option) if !option.values().is_empty() => names(&option.words, field),
        Some(_) => vec![format!("{} {}", label(site, field), typed.one(field))],
        None => names("editions", field),
    });
    let reset = started.reset.iter().map(|field| label(site, field));
    let sentence = |key: &str, parts: Vec<String>| match parts.is_empty() {
        true => None,
        false => Some(site.word(key, &[("what", &parts.join(", "))])),
    };
    let sentences = [sentence("status.kept", kept.collect()), sentence("status.reset", reset.collect())];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What the page calls a field that a preset sets.
fn label(site: &Visit<'_>, field: &str) -> String {
    match site.library().treatment.options.contains_key(field) {
        true => label_of(site, field),
        false => site.word("plan.heading", &[]),
    }
}
