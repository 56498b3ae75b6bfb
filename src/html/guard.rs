//! No template can take the warning signs off a page: a page without them is not made.

use super::reading::visible_text;
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::document::{Document, Safety, Text, plain_text};

/// Checks that the page shows every safety text, in the order of the tiers, before the body.
///
/// # Errors
/// The first text that is missing or stands too late.
pub(super) fn check_safety(html: &str, document: &Document, template: &Place) -> Result<(), Faults> {
    let shown = visible_text(html);
    let mut rest = shown.as_str();
    for text in safety_texts(document.safety()) {
        let words = words(text);
        rest = match rest.split_once(words.as_str()) {
            Some((_, after)) => after,
            None => return Err(missing(&words, template)),
        };
    }
    match first_section_title(document) {
        Some(title) if !rest.contains(&title) && shown.contains(&title) => Err(too_late(template)),
        _ => Ok(()),
    }
}

fn safety_texts(safety: &Safety) -> impl Iterator<Item = &Text> {
    let tiers = [safety.emergency(), safety.same_day(), safety.call()];
    let of_tiers = tiers.into_iter().flat_map(|tier| {
        std::iter::once(&tier.heading).chain(&tier.intro).chain(&tier.signs).chain(&tier.closing)
    });
    std::iter::once(safety.heading()).chain(of_tiers).chain(safety.precautions())
}

fn first_section_title(document: &Document) -> Option<String> {
    let mut sections = document.body().iter().flat_map(|group| &group.sections);
    sections.find_map(|section| section.title.as_ref()).map(words)
}

fn words(text: &Text) -> String {
    plain_text(text).replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A safety text is the clinic's own wording, never a patient's words.
fn missing(words: &str, template: &Place) -> Faults {
    Diagnostic::error("safety-left-out", format!("the page does not show “{words}” where it belongs"))
        .at(template.clone())
        .hint("call `<Safety safety={safety} />` above the groups: no page is made without the warning signs")
        .into()
}

fn too_late(template: &Place) -> Faults {
    Diagnostic::error("safety-left-out", "the page shows the body before the warning signs")
        .at(template.clone())
        .hint("call `<Safety safety={safety} />` above the groups")
        .into()
}
