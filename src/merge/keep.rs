//! What has to stay on a sheet. One rule for two callers: `exclude` refuses to leave a section out where two options of
//! `options.yaml` contradict each other, and page fitting takes nothing that `exclude` would be refused.

use super::select;
use super::sheet::Sheet;
use crate::content::Choice;
use crate::document::NEVER;
use crate::options::Precaution;
use crate::options::keys::{EXERCISES, STRETCHES};
use crate::request::Request;

/// The section that shows stretches and movements.
const SHOWS_THEM: &str = "exercises";

/// A section's priority on this sheet: its own, or that of what never goes.
pub(super) fn priority(sheet: &Sheet<'_>, section: &str, own: u8) -> u8 {
    let stays = sheet.request.is_some_and(|request| {
        let options = &sheet.library.options;
        options.refused(section).any(|other| is_given(sheet, request, section, other))
    });
    if stays { NEVER } else { own }
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
fn is_given(sheet: &Sheet<'_>, request: &Request, section: &str, choice: &Choice) -> bool {
    let among = |name: &str| choice.value.as_deref().is_none_or(|value| value.eq_ignore_ascii_case(name));
    match choice.key.as_str() {
        // Chosen by area they need their advice as much; the section that shows them may go with them.
        STRETCHES | EXERCISES => {
            let chosen = match choice.key.as_str() {
                STRETCHES => &request.stretches,
                _ => &request.exercises,
            };
            chosen.is_some() || (section != SHOWS_THEM && stand_by_area(sheet, request, &choice.key))
        }
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

fn stand_by_area(sheet: &Sheet<'_>, request: &Request, key: &str) -> bool {
    if request.exclude.contains(SHOWS_THEM) {
        return false;
    }
    select::exercises(sheet, request).is_ok_and(|found| match key {
        STRETCHES => !found.stretches.is_empty(),
        _ => !found.movements.is_empty(),
    })
}
