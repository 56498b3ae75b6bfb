//! What has to stay on a sheet. One rule for two callers: `exclude` refuses to leave a section out where two options of
//! `options.yaml` contradict each other, and page fitting takes nothing that `exclude` would be refused. What the areas bring
//! page fitting may take, as a request cannot know of the room: then the advice that goes with it may follow.

use super::select;
use super::sheet::Sheet;
use crate::content::Choice;
use crate::diagnostic::Faults;
use crate::document::NEVER;
use crate::options::Precaution;
use crate::options::keys::{EXERCISES, STRETCHES};
use crate::options::sections::SHOWS_EXERCISES as SHOWS_THEM;
use crate::request::Request;
use std::collections::BTreeSet;

/// A section's priority on this sheet, its own or that of what never goes; and what it guards: the stretches or movements
/// that the areas bring, which it says how to do without harm. It goes with them, if at all.
pub(super) fn standing(sheet: &Sheet<'_>, section: &str, own: u8) -> Result<(u8, BTreeSet<String>), Faults> {
    let Some(request) = sheet.request else { return Ok((own, BTreeSet::new())) };
    let options = &sheet.library.options;
    if options.refused(section).any(|other| is_given(request, other)) {
        return Ok((NEVER, BTreeSet::new()));
    }
    let mut guards = BTreeSet::new();
    let is_about_exercises =
        options.refused(section).any(|other| [STRETCHES, EXERCISES].contains(&other.key.as_str()));
    if section != SHOWS_THEM && is_about_exercises && !request.exclude.contains(SHOWS_THEM) {
        let shown = select::exercises(sheet, request)?;
        for other in options.refused(section) {
            let found = match other.key.as_str() {
                STRETCHES => &shown.stretches,
                EXERCISES => &shown.movements,
                _ => continue,
            };
            guards.extend(found.iter().map(|(id, _)| format!("{SHOWS_THEM}/{id}")));
        }
    }
    Ok((own, guards))
}

/// Whether the request leaves out a section that has to stand beside stretches or movements: then none are chosen by
/// area. Chosen by name they are refused together.
pub(super) fn goes_without_advice(sheet: &Sheet<'_>, key: &str) -> bool {
    sheet.request.is_some_and(|request| {
        let options = &sheet.library.options;
        request.exclude.iter().any(|section| options.refused(section).any(|other| other.key == key))
    })
}

/// Whether a sheet has what a side of a contradiction names. A key that is not known here counts as given: what is in
/// doubt stays.
fn is_given(request: &Request, choice: &Choice) -> bool {
    let among = |name: &str| choice.value.as_deref().is_none_or(|value| value.eq_ignore_ascii_case(name));
    match choice.key.as_str() {
        STRETCHES => request.stretches.is_some(),
        EXERCISES => request.exercises.is_some(),
        "patient" => request.patient.is_some(),
        "session.therapist" => request.therapist.as_deref().is_some_and(among),
        "session.intensity" => among(request.intensity.name()),
        "session.regions" => request.regions.iter().any(|region| among(region.name())),
        "plan.rest_hours" => request.rest_hours.is_some_and(|hours| among(&hours.to_string())),
        "plan.note" => request.note.is_some(),
        "plan.next_visit" => request.next_visit.is_some(),
        "activity" => request.activity.is_some_and(|activity| among(activity.name())),
        "precautions" => request.precautions.iter().map(|it: &Precaution| it.name()).any(among),
        "print.edition" => among(request.edition.name()),
        "print.paper" => among(request.paper.name()),
        "print.sections.exclude" => request.exclude.iter().any(|section| among(section)),
        _ => true,
    }
}
