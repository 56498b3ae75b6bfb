//! The two templates of a clinic folder, held against its sections: `templates/handout.md.tera` and
//! `templates/brochure.md.tera` name sections that there are, and none that the program places by itself.

use super::names::Names;
use super::texts::{self, Dialect, quoted};
use crate::content::{Audience, Library};
use crate::diagnostic::{Diagnostic, Hint, Place, Sink};
use crate::options::sections::{NEXT_VISIT, QUICK_ANSWER, STEPS, WHEN_TO_CALL};
use std::collections::BTreeSet;

/// Section ids that the template names and no language has, or that the program places itself.
pub fn check_handout(library: &Library, sink: &mut Sink) {
    let source = &library.templates.handout;
    let own = library.packs.values().flat_map(|pack| pack.sections.keys()).map(String::as_str);
    let placed = [QUICK_ANSWER, WHEN_TO_CALL, "safety"];
    let known: BTreeSet<&str> =
        own.chain(library.treatment.filled()).filter(|id| !placed.contains(id)).collect();
    let mut named = BTreeSet::new();
    let mut sound = true;
    for (id, offset) in texts::check(source, Dialect::Layout, &Names::of(library)).sections {
        let place = source.at(offset, u32::try_from(id.chars().count()).unwrap_or(0));
        sound &= known.contains(id.as_str());
        if placed.contains(&id.as_str()) {
            let fault = Diagnostic::error("placed-section", format!("the program places `{id}` by itself"));
            sink.push(fault.at(place).hint("remove it from the template"));
        } else if !known.contains(id.as_str()) {
            let fault = Diagnostic::error("unknown-section", format!("unknown section `{id}`")).at(place);
            sink.push(fault.hint(near_or_known(&id, &known)));
        } else {
            named.insert(id);
        }
    }
    named.extend(of_brochure_alone(library));
    // The next visit stands at the top of every sheet, named here or not.
    for id in known.iter().filter(|id| sound && **id != NEXT_VISIT && !named.contains(**id)) {
        let place = Place::file(source.place.file.clone());
        let message = format!("the section `{id}` is on no sheet");
        // The steps never leave the sheet: not by a template either.
        let warning = match *id {
            STEPS => Diagnostic::error("unplaced-section", message),
            _ => Diagnostic::warning("unplaced-section", message),
        };
        sink.push(warning.at(place).hint("name it in the template"));
    }
}

/// Sections for everybody that a brochure shows: on a patient's sheet nobody looks for them.
fn of_brochure_alone(library: &Library) -> Vec<String> {
    let named = texts::check(&library.templates.brochure, Dialect::Brochure, &Names::of(library)).sections;
    let is_public = |id: &String| {
        let mut sections = library.packs.values().filter_map(|pack| pack.sections.get(id)).peekable();
        sections.peek().is_some() && sections.all(|section| section.audience == Audience::Public)
    };
    named.into_iter().map(|(id, _)| id).filter(is_public).collect()
}

/// What a panel can hold besides sections: ids of parts that the program fills.
const PLACED: [&str; 6] = [QUICK_ANSWER, "timeline", "safety", "precautions", "pictograms", "faq"];

/// In front of the name of a photograph in `templates/brand.yaml`.
pub const PHOTO: &str = "photo:";

/// What belongs to one patient, or stands with the warnings anyway.
const NOT_PUBLIC: [&str; 4] = ["exercises", "note", "next-visit", WHEN_TO_CALL];

/// Ids that no panel can hold.
pub fn check_brochure(library: &Library, sink: &mut Sink) {
    let source = &library.templates.brochure;
    if !library.templates.own_brochure {
        return;
    }
    let own = library.packs.values().flat_map(|pack| pack.sections.keys()).map(String::as_str);
    let steps = (!library.treatment.steps.is_empty()).then_some(STEPS);
    let photos: Vec<String> = library.brand.photos.keys().map(|name| format!("{PHOTO}{name}")).collect();
    let known = own.chain(PLACED).chain(["contact"]).chain(steps).chain(photos.iter().map(String::as_str));
    let known: BTreeSet<&str> = known.filter(|id| !NOT_PUBLIC.contains(id)).collect();
    for (id, offset) in texts::check(source, Dialect::Brochure, &Names::of(library)).sections {
        if known.contains(id.as_str()) {
            continue;
        }
        let place = source.at(offset, u32::try_from(id.chars().count()).unwrap_or(0));
        let fault = match NOT_PUBLIC.contains(&id.as_str()) {
            true => Diagnostic::error("unknown-section", format!("`{id}` cannot stand in a brochure"))
                .hint("remove it from the template"),
            false => Diagnostic::error("unknown-section", format!("unknown section `{id}`"))
                .hint(near_or_known(&id, &known)),
        };
        sink.push(fault.at(place));
    }
}

fn near_or_known(id: &str, known: &BTreeSet<&str>) -> Hint {
    let all = || format!("known are {}", quoted(&known.iter().collect::<Vec<_>>())).into();
    Hint::nearest(id, known.iter().copied()).unwrap_or_else(all)
}
