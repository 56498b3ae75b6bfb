//! A form that begins with a preset, without scripts: what is said about it. With scripts `fields.js` does the same.

use super::context::Context;
use super::controls::{capital, word};
use super::form::{Started, Typed};

/// Begins with the preset whose button was pressed, if one was.
pub fn from_preset(context: &Context<'_>, typed: &mut Typed) -> Started {
    let named = |id: &str| context.site.engine.library().clinic.presets.iter().find(|preset| preset.id == id);
    match named(typed.one("start_from")) {
        Some(preset) => typed.apply(preset, named(typed.one("preset"))),
        None => Started::default(),
    }
}

/// What a preset left of the patient's, and what it set anew. Empty when there was neither.
pub fn said(context: &Context<'_>, typed: &Typed, started: &Started) -> String {
    let Some(pack) = context.pack() else { return String::new() };
    let names = |group: &str, field: &str| -> Vec<String> {
        typed.all(field).iter().map(|id| capital(&word(pack, group, id))).collect()
    };
    let kept = started.kept.iter().flat_map(|field| match *field {
        "precautions" => names("precautions", field),
        "edition" => names("editions", field),
        _ => vec![format!("{} {}", context.word("session.rest", &[]), typed.one(field))],
    });
    let reset = started.reset.iter().map(|field| context.word(label(field), &[]));
    let sentence = |key: &str, parts: Vec<String>| match parts.is_empty() {
        true => None,
        false => Some(context.word(key, &[("what", &parts.join(", "))])),
    };
    let sentences = [sentence("status.kept", kept.collect()), sentence("status.reset", reset.collect())];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The word for a field that a preset sets.
fn label(field: &str) -> &'static str {
    match field {
        "regions" => "where.heading",
        "intensity" => "session.intensity",
        "activity" => "patient.activity",
        _ => "plan.heading",
    }
}
