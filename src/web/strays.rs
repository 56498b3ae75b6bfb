//! What a form says that no field of the page says: a form that is sent by hand may hold names that nobody reads, and two values
//! where one is read. A sheet without what somebody meant is worse than none.

use super::beside::ASIDE;
use super::context::Context;
use super::dose_fields::exercise_of;
use super::doses;
use super::form::{CHOOSE, Role, Typed, roles, side_field};
use crate::Library;
use crate::diagnostic::{Diagnostic, Place, allowed, marked, shown};
use std::collections::BTreeSet;

/// Fields beside a request's own that have one value each.
const SINGLE: [&str; 4] = ["preset", CHOOSE, "session_now", "with_source"];
/// Others of the page: what a button says, and what is held for later.
const OF_PAGE: [&str; 3] = ["half", "as", "keep_as"];

/// All that is wrong with the names of a form's fields and with how often they stand.
pub fn found(context: &Context<'_>, typed: &Typed) -> Vec<Diagnostic> {
    let libraries: Vec<&Library> = context.site.engine.treatments().collect();
    let names: BTreeSet<&str> = typed.pairs().map(|(name, _)| name).collect();
    let mut found: Vec<Diagnostic> =
        names.iter().filter_map(|name| of_name(context, &libraries, typed, name)).collect();
    found.extend(unread_choices(context, typed));
    found
}

fn of_name(context: &Context<'_>, libraries: &[&Library], typed: &Typed, name: &str) -> Option<Diagnostic> {
    let keys = &context.library().keys;
    let key = keys.iter().find(|key| key.column == name && key.path != "id");
    let is_known = key.is_some()
        || SINGLE.contains(&name)
        || OF_PAGE.contains(&name)
        || ASIDE.contains(&name)
        || libraries.iter().any(|library| is_of_part(library, name));
    if !is_known {
        let known = || keys.iter().map(|key| &*key.column).filter(|column| *column != "id").chain(SINGLE);
        let place = Place::file("");
        let message = format!("unknown key {}", marked(name, known(), &place));
        let fault = Diagnostic::error("unknown-key", message).at(place).about(shown(name));
        return Some(fault.hint(allowed(name, known())));
    }
    let is_single = key.map_or(!OF_PAGE.contains(&name) && !ASIDE.contains(&name), |key| !key.list);
    let values: BTreeSet<String> = typed.filled(name).into_iter().collect();
    (is_single && values.len() > 1).then(|| {
        let fault = Diagnostic::error("duplicate-key", format!("`{name}` is given twice"));
        fault.at(Place::file(name)).about(name).hint("give it once")
    })
}

/// Whether a field is about a part of a treatment: the side of an area, the dose of an exercise.
fn is_of_part(library: &Library, name: &str) -> bool {
    let mut regions = library.treatment.regions().into_iter().flat_map(|option| option.values());
    regions.any(|region| side_field(region) == name)
        || exercise_of(name).is_some() && doses::is_of(library, name)
}

/// Exercises are read where the form says that they are chosen; without a word about it somebody may have meant them.
fn unread_choices(context: &Context<'_>, typed: &Typed) -> Vec<Diagnostic> {
    let said = typed.one(CHOOSE);
    let ways = ["own", "region"];
    if !said.is_empty() && !ways.contains(&said) {
        let place = Place::file(CHOOSE);
        let message = format!("`{CHOOSE}` is not {}", marked(said, ways.into_iter(), &place));
        let fault = Diagnostic::error("unknown-value", message).at(place).about(shown(said));
        return vec![fault.hint(allowed(said, ways.into_iter()))];
    }
    if !said.is_empty() {
        return Vec::new();
    }
    let library = context.treating(typed.one("treatment")).library();
    let chosen = roles(library)
        .filter(|(option, role)| *role == Role::Library && !typed.filled(&option.id).is_empty());
    let fault = |field: &str| {
        let message = format!("`{field}` is read only where `{CHOOSE}` is `own`");
        Diagnostic::error("unread-choice", message).at(Place::file(field)).about(field)
    };
    chosen.map(|(option, _)| fault(&option.id)).collect()
}
