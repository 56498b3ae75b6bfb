//! From one treatment to another in the middle of a form. Other things are asked then; what only the former one asks is
//! held in the form, so that it is back when somebody goes back, and gone when the form is cleared.

use super::context::Context;
use super::controls::said_values;
use super::doses;
use super::form::{Role, Typed, roles};
use crate::{Library, OptionKind};

/// The field of hidden inputs that hold it, each `field=value`.
pub const ELSEWHERE: &str = "elsewhere";

/// The field of sections that are left out.
const EXCLUDE: &str = "exclude";

/// A field and one of its values.
type Held = (String, String);

/// Goes over to the treatment whose button was pressed, if one was. What the patient's is and is not asked for any more is
/// said.
pub fn to_treatment(context: &Context<'_>, typed: &mut Typed) -> String {
    let Some(other) = typed.all("to_treatment").first().cloned() else { return String::new() };
    let former = context.treating(typed.one("treatment"));
    let next = context.treating(&other).library();
    typed.set("treatment", [next.treatment.id.to_string()]);
    for field in ["to_treatment", "preset"] {
        typed.set(field, []);
    }
    let wants_none = typed.chooses() && !has_exercises(former.library(), typed);
    let mut held: Vec<Held> = typed
        .all(ELSEWHERE)
        .iter()
        .filter_map(|held| held.split_once('='))
        .map(|(field, value)| (field.to_owned(), value.to_owned()))
        .collect();
    let told = leave(&former, next, typed, &mut held);
    come_back(next, typed, &mut held);
    let chooses = wants_none || has_exercises(next, typed);
    typed.set("choose", [if chooses { "own" } else { "region" }.to_owned()]);
    typed.set(ELSEWHERE, held.into_iter().map(|(field, value)| format!("{field}={value}")));
    if told.is_empty() {
        String::new()
    } else {
        context.word("status.elsewhere", &[("what", &told.join(", "))])
    }
}

fn has_exercises(library: &Library, typed: &Typed) -> bool {
    roles(library).any(|(option, role)| role == Role::Library && !typed.filled(&option.id).is_empty())
}

/// Holds what the next treatment does not take; gives the words of what the patient's is.
fn leave(former: &Context<'_>, next: &Library, typed: &mut Typed, held: &mut Vec<Held>) -> Vec<String> {
    let mut told = Vec::new();
    let of_former = roles(former.library()).map(|(option, role)| (&*option.id, Some(role)));
    let doses = doses::filled(typed);
    let doses = doses.iter().map(|field| (&**field, None));
    for (field, role) in of_former.chain([(EXCLUDE, None)]).chain(doses) {
        let is_chosen = role != Some(Role::Library) || typed.chooses();
        let (stay, go): (Vec<_>, Vec<_>) = typed
            .filled(field)
            .into_iter()
            .filter(|_| is_chosen)
            .partition(|value| takes(next, field, value));
        // An area decides on signs; what the session was like does not outlast it.
        let is_regions =
            former.library().treatment.options.get(field).is_some_and(|option| option.is_regions());
        let is_told = is_regions || matches!(role, Some(Role::Added | Role::Kept | Role::Library));
        if is_told && !go.is_empty() {
            told.extend(said_values(former, field, &go));
        }
        typed.set(field, stay);
        held.extend(go.into_iter().map(|value| (field.to_owned(), value)));
    }
    told
}

/// Puts back what the next treatment takes of what is held.
fn come_back(next: &Library, typed: &mut Typed, held: &mut Vec<Held>) {
    let (back, rest): (Vec<_>, Vec<_>) =
        std::mem::take(held).into_iter().partition(|(field, value)| takes(next, field, value));
    *held = rest;
    for (field, value) in back {
        let is_list = next.treatment.options.get(&*field).is_none_or(|option| option.is_list());
        if is_list || typed.one(&field).is_empty() {
            let values = typed.with(&field, &[value]);
            typed.set(&field, values);
        }
    }
}

/// Whether a treatment asks for a field and knows this value of it.
pub fn takes(library: &Library, field: &str, value: &str) -> bool {
    let mut packs = library.packs.values();
    let Some(option) = library.treatment.options.get(field) else {
        let is_dose = doses::is_of(library, field);
        let is_section = packs.any(|pack| pack.sections.contains_key(value));
        return is_dose
            || field == EXCLUDE && (is_section || library.treatment.filled().any(|id| id == value));
    };
    match &option.kind {
        OptionKind::Choice(all) | OptionKind::Choices(all) | OptionKind::Regions { all, .. } => {
            all.iter().any(|known| **known == *value)
        }
        OptionKind::Exercises { library: id, .. } => {
            packs.any(|pack| pack.libraries.get(id).is_some_and(|exercises| exercises.contains_key(value)))
        }
        OptionKind::Hours { .. } | OptionKind::Time | OptionKind::Text => true,
    }
}
