//! Which stretches and movements stand on a sheet.

use super::compile::Exercise;
use super::sheet::Sheet;
use crate::diagnostic::{Diagnostic, Faults, Hint};
use crate::options::Region;
use indexmap::IndexMap;

/// The chosen ones, or those for the treated regions.
///
/// Errors: a chosen one that there is not, or that a precaution rules out. `request::resolve` refuses both with
/// their place in the request; a request made without it still cannot print them.
pub(super) fn exercises<'p>(
    sheet: &Sheet<'_>,
    library: &'p IndexMap<String, Exercise>,
    chosen: Option<&[String]>,
    at_most: usize,
) -> Result<Vec<(&'p str, &'p Exercise)>, Faults> {
    match chosen {
        Some(ids) => ids.iter().map(|id| named(sheet, library, id)).collect(),
        None => {
            let fits = |exercise: &Exercise| sheet.exercise_applies(exercise);
            Ok(by_region(library, sheet.situation.regions, at_most, fits))
        }
    }
}

fn named<'p>(
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

/// One of each region in turn, in the order of the regions, then of the library, until there are enough.
fn by_region<'p>(
    library: &'p IndexMap<String, Exercise>,
    regions: &[Region],
    at_most: usize,
    fits: impl Fn(&Exercise) -> bool,
) -> Vec<(&'p str, &'p Exercise)> {
    let mut chosen: Vec<(&'p str, &'p Exercise)> = Vec::new();
    let mut exhausted = false;
    while !exhausted && chosen.len() < at_most {
        exhausted = true;
        for region in regions {
            let next = library.iter().find(|(id, exercise)| {
                exercise.regions.contains(region)
                    && fits(exercise)
                    && chosen.iter().all(|(other, _)| other != &id.as_str())
            });
            if let Some((id, exercise)) = next.filter(|_| chosen.len() < at_most) {
                chosen.push((id, exercise));
                exhausted = false;
            }
        }
    }
    chosen
}
