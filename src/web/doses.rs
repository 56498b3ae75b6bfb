//! How often and how long a chosen exercise is done: two fields beside its picture, as `times-side-neck-stretch`.

use super::context::Context;
use super::dose_fields::{HOLD, TIMES, exercise_of, field};
use super::form::Typed;
use crate::options::dose::{Amount, Dosage};
use crate::{Exercise, Library};
use serde_json::{Value, json};

/// A number of a dose.
type Part = fn(Dosage) -> Option<Amount>;

/// The fields of an exercise, each with its number.
const PARTS: [(&str, Part); 2] = [(TIMES, |dosage| dosage.times), (HOLD, |dosage| dosage.hold)];

/// Whether a field is about an exercise of a treatment.
pub fn is_of(library: &Library, field: &str) -> bool {
    let Some(id) = exercise_of(field) else { return false };
    let libraries = library.packs.values().flat_map(|pack| pack.libraries.values());
    libraries.into_iter().any(|exercises| exercises.contains_key(id))
}

/// The fields that somebody filled in.
pub fn filled(typed: &Typed) -> Vec<String> {
    let names = typed.pairs().filter(|(name, value)| exercise_of(name).is_some() && !value.trim().is_empty());
    names.map(|(name, _)| name.to_owned()).collect()
}

/// The fields beside an exercise's picture.
pub fn fields(context: &Context<'_>, typed: &Typed, exercise: &Exercise) -> Vec<Value> {
    let dosage = exercise.dose.as_ref().map(|dose| dose.dosage).unwrap_or_default();
    let view = |(part, amount): (&str, Part)| {
        let amount = amount(dosage)?;
        let name = field(part, &exercise.id);
        let bounds = [("from", &*amount.from.to_string()), ("to", &*amount.to.to_string())];
        Some(json!({
            "name": name,
            "label": context.word(&format!("plan.{part}"), &bounds),
            "value": typed.one(&name),
            "usual": amount.usual, "from": amount.from, "to": amount.to,
        }))
    };
    PARTS.into_iter().filter_map(view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_are_filled_in_are_found() {
        let pairs = [("times-a", "3"), ("hold-a", " "), ("patient", "x")];
        let typed = Typed::new(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(filled(&typed), ["times-a"]);
    }
}
