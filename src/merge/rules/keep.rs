//! What has to stay on a sheet. One rule for two callers: `exclude` refuses to leave a section out where two options
//! contradict each other, and page fitting takes nothing that `exclude` would be refused. What the areas bring page fitting
//! may take, as a request cannot know of the room: then the advice that goes with it may follow.

use super::exercises::{exercises, library_at};
use super::sheet::Sheet;
use crate::content::{OptionKind, RequestPart, Treatment};
use crate::diagnostic::Faults;
use crate::document::NEVER;
use crate::options::Name;
use crate::options::chosen::Answer;
use crate::options::keys::EXCLUDE;
use crate::options::sections::SHOWS_EXERCISES;
use crate::request::Request;
use std::collections::BTreeSet;

/// A section's priority on this sheet, its own or that of what never goes; and what it guards: the exercises that the areas
/// bring, which it says how to do without harm. It goes with them, if at all.
pub fn standing(sheet: &Sheet<'_>, section: &str, own: u8) -> Result<(u8, BTreeSet<String>), Faults> {
    let Some(request) = sheet.request else { return Ok((own, BTreeSet::new())) };
    let treatment = &sheet.library.treatment;
    if treatment.refused(section).any(|other| is_given(request, treatment, other)) {
        return Ok((NEVER, BTreeSet::new()));
    }
    let mut guards = BTreeSet::new();
    let about: Vec<&Name> =
        treatment.refused(section).filter_map(|other| library_at(treatment, &other.key)).collect();
    if section != SHOWS_EXERCISES && !about.is_empty() && !request.exclude.contains(SHOWS_EXERCISES) {
        for selection in exercises(sheet, request)?.iter().filter(|one| about.contains(&one.library)) {
            guards.extend(selection.found.iter().map(|(id, _)| format!("{SHOWS_EXERCISES}/{id}")));
        }
    }
    Ok((own, guards))
}

/// Whether a sheet has what a side of a contradiction names. A key that is not known here counts as given: what is in
/// doubt stays.
fn is_given(request: &Request, treatment: &Treatment, part: &RequestPart) -> bool {
    let among = |name: &str| part.value.as_deref().is_none_or(|value| value.eq_ignore_ascii_case(name));
    if let Some(option) = treatment.at_path(&part.key) {
        return match request.chosen.get(&option.id) {
            None => false,
            // Exercises were prescribed, whichever.
            Some(Answer::Names(_)) if matches!(option.kind, OptionKind::Exercises { .. }) => true,
            Some(Answer::Names(names)) => names.iter().any(|name| among(name)),
            Some(Answer::Hours(hours)) => among(&hours.to_string()),
            Some(Answer::Time(_) | Answer::Text(_)) => true,
        };
    }
    match part.key.as_str() {
        "patient" => request.patient.is_some(),
        "session.therapist" => request.therapist.as_deref().is_some_and(among),
        "plan.note" => request.note.is_some(),
        "plan.next_visit" => request.next_visit.is_some(),
        "print.edition" => among(request.edition.name()),
        "print.paper" => among(request.paper.name()),
        EXCLUDE => request.exclude.iter().any(|section| among(section)),
        _ => true,
    }
}
