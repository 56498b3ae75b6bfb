//! A form that begins with a preset, without scripts: what is said about it. With scripts `fields.js` does the same.

use super::context::Context;
use super::controls::{label_of, said_values, word};
use super::form::{Started, Typed};
use crate::locale::capitalised;

/// Begins with the preset whose button was pressed, if one was.
pub fn from_preset(context: &Context<'_>, typed: &mut Typed) -> Started {
    let library = context.treating(typed.one("treatment")).library();
    let named = |id: &str| library.presets.iter().find(|preset| preset.id == id);
    match named(typed.one("start_from")) {
        Some(preset) => typed.apply(preset, named(typed.one("preset")), library),
        None => Started::default(),
    }
}

/// What a preset left of the patient's, and what it set anew. Empty when there was neither.
pub fn said(context: &Context<'_>, typed: &Typed, started: &Started) -> String {
    let context = &context.treating(typed.one("treatment"));
    let Some(pack) = context.pack() else { return String::new() };
    let options = &context.library().treatment.options;
    let kept = started.kept.iter().flat_map(|field| match options.contains_key(field.as_str()) {
        true => said_values(context, field, typed.all(field)),
        false => vec![capitalised(&word(pack, "editions", typed.one(field)))],
    });
    let reset = started.reset.iter().map(|field| label(context, field));
    let sentence = |key: &str, parts: Vec<String>| match parts.is_empty() {
        true => None,
        false => Some(context.word(key, &[("what", &parts.join(", "))])),
    };
    let sentences = [sentence("status.kept", kept.collect()), sentence("status.reset", reset.collect())];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What the page calls a field that a preset sets.
fn label(context: &Context<'_>, field: &str) -> String {
    match context.library().treatment.options.contains_key(field) {
        true => label_of(context, field),
        false => context.word("plan.heading", &[]),
    }
}
