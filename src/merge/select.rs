//! Which stretches and movements stand on a sheet.

use super::compile::Exercise;
use super::keep;
use super::sheet::Sheet;
use crate::diagnostic::{Diagnostic, Faults, Hint};
use crate::options::Region;
use crate::options::keys::{EXERCISES, MOST_EXERCISES, STRETCHES};
use crate::request::Request;
use indexmap::IndexMap;

/// The stretches and the movements of a sheet: the chosen ones, or those for the treated regions.
///
/// Errors: a chosen one that there is not, or that a precaution rules out. `request::resolve` refuses both with
/// their place in the request; a request made without it still cannot print them.
pub(super) fn exercises<'p>(sheet: &Sheet<'p>, request: &Request) -> Result<Selection<'p>, Faults> {
    let (pack, options) = (sheet.pack, &sheet.library.options);
    let regions = sheet.situation.regions;
    let fits = |exercise: &Exercise| sheet.exercise_applies(exercise);
    let places = |per_sheet: usize| match per_sheet {
        0 => 0,
        // Between them, stretches and movements have a place for each region.
        most => most.max(regions.len().div_ceil(2)).min(MOST_EXERCISES),
    };
    let stretches = match &request.stretches {
        Some(ids) => named(sheet, &pack.stretches, ids)?,
        None if keep::goes_without_advice(sheet, STRETCHES) => Vec::new(),
        None => by_region(&pack.stretches, regions, places(options.stretches_per_sheet), fits),
    };
    let movements = match &request.exercises {
        Some(ids) => named(sheet, &pack.exercises, ids)?,
        None if keep::goes_without_advice(sheet, EXERCISES) => Vec::new(),
        None => {
            // Regions without a stretch first, so that none goes empty.
            let has_one = |region: &&Region| {
                stretches.iter().any(|(_, exercise): &Found<'_>| exercise.regions.contains(region))
            };
            let (with, without): (Vec<&Region>, Vec<&Region>) = regions.iter().partition(has_one);
            let order: Vec<Region> = without.into_iter().chain(with).copied().collect();
            by_region(&pack.exercises, &order, places(options.exercises_per_sheet), fits)
        }
    };
    Ok(Selection { stretches, movements })
}

/// An exercise with its id.
pub(super) type Found<'p> = (&'p str, &'p Exercise);

/// What a sheet shows.
pub(super) struct Selection<'p> {
    pub stretches: Vec<Found<'p>>,
    pub movements: Vec<Found<'p>>,
}

fn named<'p>(
    sheet: &Sheet<'_>,
    library: &'p IndexMap<String, Exercise>,
    ids: &[String],
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
        let fault = Diagnostic::error("unknown-exercise", format!("there is no stretch or movement `{id}`"));
        let fault = Diagnostic { hints: near.into_iter().collect(), ..fault.about(id) };
        return Err(fault.into());
    };
    if !sheet.exercise_applies(exercise) {
        let message = format!("`{id}` is not for this patient: a precaution rules it out");
        return Err(Diagnostic::error("ruled-out", message).into());
    }
    Ok((id, exercise))
}

/// One for each region before any gets a second, as far as there are places.
fn by_region<'p>(
    library: &'p IndexMap<String, Exercise>,
    regions: &[Region],
    at_most: usize,
    fits: impl Fn(&Exercise) -> bool,
) -> Vec<Found<'p>> {
    let mut chosen: Vec<Found<'p>> = Vec::new();
    // Turns that each region had; none when nothing more is for it.
    let mut turns: Vec<(Region, Option<usize>)> = regions.iter().map(|region| (*region, Some(0))).collect();
    while chosen.len() < at_most {
        let has_one = |region: Region| chosen.iter().any(|(_, exercise)| exercise.regions.contains(&region));
        let open = turns.iter_mut().filter(|(_, turns)| turns.is_some());
        let Some((region, turns)) = open.min_by_key(|(region, turns)| (has_one(*region), *turns)) else {
            break;
        };
        match next(library, *region, &chosen, &fits) {
            Some(found) => {
                chosen.push(found);
                *turns = turns.map(|turns| turns + 1);
            }
            None => *turns = None,
        }
    }
    chosen
}

/// The next one for a region: what is made for it first, then what is for it among others; of equals in the order of
/// the library.
fn next<'p>(
    library: &'p IndexMap<String, Exercise>,
    region: Region,
    chosen: &[Found<'_>],
    fits: impl Fn(&Exercise) -> bool,
) -> Option<Found<'p>> {
    let place = |exercise: &Exercise| exercise.regions.iter().position(|one| *one == region);
    let free = library
        .iter()
        .map(|(id, exercise)| (id.as_str(), exercise))
        .filter(|(id, exercise)| fits(exercise) && chosen.iter().all(|(other, _)| other != id));
    let ranked = free.filter_map(|found| place(found.1).map(|place| (place, found)));
    // The first of the lowest.
    ranked.min_by_key(|(place, _)| *place).map(|(_, found)| found)
}
