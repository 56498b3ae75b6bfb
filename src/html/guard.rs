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
    for (part, text) in safety_texts(document.safety()) {
        rest = match rest.split_once(words(text).as_str()) {
            Some((_, after)) => after,
            None => return Err(missing(part, template)),
        };
    }
    match first_section_title(document) {
        Some(title) if !rest.contains(&title) && shown.contains(&title) => Err(too_late(template)),
        _ => Ok(()),
    }
}

/// Checks that a text of the page stands below the warning signs.
///
/// # Errors
/// It stands above them only.
pub(super) fn check_above(
    html: &str,
    document: &Document,
    below: &Text,
    template: &Place,
) -> Result<(), Faults> {
    let shown = visible_text(html);
    let last = safety_texts(document.safety()).last().map(|(_, text)| words(text)).unwrap_or_default();
    match shown.split_once(&last) {
        Some((_, after)) if after.contains(&words(below)) => Ok(()),
        _ => Err(too_late(template)),
    }
}

/// Each text and the part of the safety text that it belongs to.
fn safety_texts(safety: &Safety) -> impl Iterator<Item = (&'static str, &Text)> {
    let tiers = [
        ("the emergency tier", safety.emergency()),
        ("the same-day tier", safety.same_day()),
        ("the call tier", safety.call()),
    ];
    let of_tiers = tiers.into_iter().flat_map(|(part, tier)| {
        let texts = std::iter::once(&tier.heading).chain(&tier.intro).chain(&tier.signs).chain(&tier.closing);
        texts.map(move |text| (part, text))
    });
    let precautions = safety.precautions().iter().map(|text| ("the precautions", text));
    std::iter::once(("the heading of the warning signs", safety.heading())).chain(of_tiers).chain(precautions)
}

fn first_section_title(document: &Document) -> Option<String> {
    let mut sections = document.body().iter().flat_map(|group| &group.sections);
    sections.find_map(|section| section.title.as_ref()).map(words)
}

fn words(text: &Text) -> String {
    plain_text(text).replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names the part, not its words: they could hold a patient's.
fn missing(part: &str, template: &Place) -> Faults {
    Diagnostic::error("safety-left-out", format!("the page does not show all of {part} where it belongs"))
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
