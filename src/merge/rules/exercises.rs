//! Which exercises stand on a sheet.

use super::sheet::Sheet;
use crate::content::{OptionKind, RequestPart, Treatment};
use crate::diagnostic::{Diagnostic, Faults, Hint};
use crate::merge::compile::Exercise;
use crate::options::Name;
use crate::options::dose::Dose;
use crate::request::Request;
use indexmap::IndexMap;

/// The exercises of a sheet, library by library: the chosen ones, or those for the treated regions; where no region is asked
/// for, the first that are for none.
///
/// Errors: a chosen one that there is not, or that a fact about the patient rules out. `request::resolve` refuses both with
/// their place in the request; a request made without it still cannot print them.
pub fn exercises<'p>(sheet: &Sheet<'p>, request: &Request) -> Result<Vec<Selection<'p>>, Faults> {
    let (pack, treatment) = (sheet.pack, &sheet.library.treatment);
    let regions = sheet.situation.regions();
    let fits = |exercise: &Exercise| sheet.exercise_applies(exercise);
    let mut selections: Vec<Selection<'p>> = Vec::new();
    for (id, library) in &pack.libraries {
        let per_sheet = treatment.libraries.get(id).map_or(0, |library| library.per_sheet);
        let places = match per_sheet {
            0 => 0,
            // Between them, two libraries have a place for each region.
            most => most.max(regions.len().div_ceil(2)).min(treatment.most_of(id)),
        };
        let option = treatment.chooses_from(id);
        let chosen = option.filter(|option| request.chosen.has(&option.id));
        let found = match chosen {
            Some(option) => named(sheet, library, request.chosen.names(&option.id))?,
            None if goes_without_advice(sheet, id) => Vec::new(),
            None if treatment.regions().is_none() => of_no_region(library, places, fits),
            None => {
                // Regions that no library before has anything for come first, so that none goes empty.
                let has_one = |region: &&Name| {
                    let before = selections.iter().flat_map(|selection| &selection.found);
                    before.into_iter().any(|(_, exercise)| exercise.regions.contains(region))
                };
                let (with, without): (Vec<&Name>, Vec<&Name>) = regions.iter().partition(has_one);
                let order: Vec<&Name> = without.into_iter().chain(with).collect();
                by_region(library, &order, places, fits)
            }
        };
        let option = option.map(|option| &option.id);
        selections.push(Selection { library: id, found, chosen: chosen.is_some(), option, per_sheet });
    }
    Ok(selections)
}

/// The library that the option at a path chooses from.
pub fn library_at<'t>(treatment: &'t Treatment, path: &str) -> Option<&'t Name> {
    match &treatment.at_path(path)?.kind {
        OptionKind::Exercises { library } => Some(library),
        _ => None,
    }
}

/// Whether the request leaves out a section that has to stand beside a library's exercises: then none are chosen by area.
/// Chosen by name they are refused together.
fn goes_without_advice(sheet: &Sheet<'_>, library: &Name) -> bool {
    let treatment = &sheet.library.treatment;
    let is_about = |part: &RequestPart| library_at(treatment, &part.key) == Some(library);
    sheet
        .request
        .is_some_and(|request| request.exclude.iter().any(|section| treatment.refused(section).any(is_about)))
}

/// An exercise with its id.
pub type Found<'p> = (&'p str, &'p Exercise);

/// What a sheet shows of a library.
pub struct Selection<'p> {
    pub library: &'p Name,
    pub found: Vec<Found<'p>>,
    /// By the therapist, for this patient.
    pub chosen: bool,
    /// The option that chooses from it.
    pub option: Option<&'p Name>,
    /// As many as are usual.
    pub per_sheet: usize,
}

fn named<'p>(
    sheet: &Sheet<'_>,
    library: &'p IndexMap<String, Exercise>,
    ids: &[Name],
) -> Result<Vec<Found<'p>>, Faults> {
    ids.iter().map(|id| one_named(sheet, library, id)).collect()
}

fn one_named<'p>(
    sheet: &Sheet<'_>,
    library: &'p IndexMap<String, Exercise>,
    id: &str,
) -> Result<(&'p str, &'p Exercise), Faults> {
    let Some((id, exercise)) = library.get_key_value(id) else {
        let near = Hint::nearest(id, library.keys().map(String::as_str));
        let fault = Diagnostic::error("unknown-exercise", format!("there is no exercise `{id}`"));
        let fault = Diagnostic { hints: near.into_iter().collect(), ..fault.about(id) };
        return Err(fault.into());
    };
    if !sheet.exercise_applies(exercise) {
        let message = format!("`{id}` is not for this patient: a precaution rules it out");
        return Err(Diagnostic::error("ruled-out", message).into());
    }
    Ok((id, exercise))
}

/// What a request changes of an exercise's dose; refused beyond the bounds, also of a request that nobody resolved.
pub fn dose(request: &Request, option: Option<&Name>, (id, exercise): Found<'_>) -> Result<Dose, Faults> {
    let asked = option.map(|option| request.chosen.dose(option, id)).unwrap_or_default();
    let dosage = exercise.dose.as_ref().map(|(dosage, _)| *dosage).unwrap_or_default();
    dosage.changed(asked).ok_or_else(|| {
        let message = format!("`{id}` cannot be done as `{asked}`: that is beyond its bounds");
        Diagnostic::error("wrong-dose", message).into()
    })
}

/// One for each region before any gets a second, as far as there are places.
fn by_region<'p>(
    library: &'p IndexMap<String, Exercise>,
    regions: &[&Name],
    at_most: usize,
    fits: impl Fn(&Exercise) -> bool,
) -> Vec<Found<'p>> {
    let mut chosen: Vec<Found<'p>> = Vec::new();
    // Turns that each region had; none when nothing more is for it.
    let mut turns: Vec<(&Name, Option<usize>)> = regions.iter().map(|region| (*region, Some(0))).collect();
    while chosen.len() < at_most {
        let has_one = |region: &Name| chosen.iter().any(|(_, exercise)| exercise.regions.contains(region));
        let open = turns.iter_mut().filter(|(_, turns)| turns.is_some());
        let Some((region, turns)) = open.min_by_key(|(region, turns)| (has_one(region), *turns)) else {
            break;
        };
        match next(library, region, &chosen, &fits) {
            Some(found) => {
                chosen.push(found);
                *turns = turns.map(|turns| turns + 1);
            }
            None => *turns = None,
        }
    }
    chosen
}

/// The first of the library that are for no area in particular, where no area is asked for.
fn of_no_region<'p>(
    library: &'p IndexMap<String, Exercise>,
    at_most: usize,
    fits: impl Fn(&Exercise) -> bool,
) -> Vec<Found<'p>> {
    let free = library.iter().filter(|(_, exercise)| exercise.regions.is_empty() && fits(exercise));
    free.map(|(id, exercise)| (id.as_str(), exercise)).take(at_most).collect()
}

/// The next one for a region: what is made for it first, then what is for it among others; of equals in the order of
/// the library.
fn next<'p>(
    library: &'p IndexMap<String, Exercise>,
    region: &Name,
    chosen: &[Found<'_>],
    fits: impl Fn(&Exercise) -> bool,
) -> Option<Found<'p>> {
    let place = |exercise: &Exercise| exercise.regions.iter().position(|one| one == region);
    let free = library
        .iter()
        .map(|(id, exercise)| (id.as_str(), exercise))
        .filter(|(id, exercise)| fits(exercise) && chosen.iter().all(|(other, _)| other != id));
    let ranked = free.filter_map(|found| place(found.1).map(|place| (place, found)));
    // The first of the lowest.
    ranked.min_by_key(|(place, _)| *place).map(|(_, found)| found)
}
