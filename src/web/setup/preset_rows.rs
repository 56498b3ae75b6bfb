//! The presets of the clinic's treatments, to be renamed and taken away: by their ids, so that what others change meanwhile stays.

use super::preset;
use super::writing::{Base, Plan};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::edit::{self, Change, Item};
use crate::web::context::Context;
use crate::web::controls::treatment_name;
use crate::web::form::Typed;
use crate::{Engine, Library};
use serde_json::{Value, json};

/// Letters of a name.
pub const LABEL: usize = 120;

pub fn path(treatment: &str) -> String {
    format!("content/treatments/{treatment}/presets.yaml")
}

/// The presets of each treatment; of one whose names were typed, as they were typed.
pub fn view(context: &Context<'_>, typed: Option<&Typed>) -> Vec<Value> {
    let of = |library: &Library| {
        let id = &*library.treatment.id;
        let typed = typed.filter(|typed| typed.one("treatment") == id);
        let row = |preset: &crate::Preset| {
            let own = typed.and_then(|typed| names(typed).find(|one| one.id == preset.id));
            json!({
                "id": preset.id, "was": preset.label,
                "label": own.map_or(&*preset.label, |own| own.label),
            })
        };
        let rows: Vec<Value> = library.presets.iter().map(row).collect();
        json!({ "id": id, "name": treatment_name(context, library), "rows": rows })
    };
    context.site.engine.treatments().map(of).collect()
}

/// A name as it was typed.
struct Typing<'t> {
    id: &'t str,
    /// When the page was opened.
    was: &'t str,
    label: &'t str,
}

fn names(typed: &Typed) -> impl Iterator<Item = Typing<'_>> {
    let columns = ["id", "was", "label"].map(|name| typed.all(name));
    let [ids, was, labels] = columns;
    ids.iter().zip(was).zip(labels).map(|((id, was), label)| Typing { id, was, label: label.trim() })
}

/// The file as it is to be; no plan where nothing changes.
///
/// # Errors
/// A name that is none, that another preset has, or that somebody else has changed meanwhile.
pub fn plan(base: &Base, engine: &Engine, typed: &Typed) -> Result<Plan, Faults> {
    let treatment = typed.one("treatment");
    let known = engine.treatments().find(|library| &*library.treatment.id == treatment);
    let Some(library) = known else { return Ok(Plan::new()) };
    let path = path(treatment);
    let mut text = base.text(&path)?.to_owned();
    let read = |text: &str| edit::read(&path, text).map_err(|fault| Faults::from(*fault));
    let now = read(&text)?;
    let removed = typed.one("remove");
    let mut labels: Vec<String> = now.items().iter().map(|item| item.text(&["label"]).to_owned()).collect();
    for typing in names(typed).filter(|typing| typing.label != typing.was && typing.id != removed) {
        let Some(at) = now.items().iter().position(|item| item.text(&["id"]) == typing.id) else { continue };
        if labels[at] != typing.was && labels[at] != typing.label {
            let message = format!("`{}` is called `{}` meanwhile", typing.was, labels[at]);
            return Err(refused(&path, message, "look at it, then name it again"));
        }
        typing.label.clone_into(&mut labels[at]);
        text = put(&path, &text, at, "label", typing.label)?;
        // A name that a language gives to this id would hide the new one.
        let word = format!("presets.{}", typing.id);
        if library.packs.values().any(|pack| pack.web.contains_key(&word)) {
            let now = read(&text)?;
            let taken: Vec<&str> = now.items().iter().map(|item| item.text(&["id"])).collect();
            text = put(&path, &text, at, "id", &preset::id(typing.label, &taken))?;
        }
    }
    let gone = now.items().iter().position(|item| !removed.is_empty() && item.text(&["id"]) == removed);
    let kept: Vec<usize> = (0..labels.len()).filter(|at| Some(*at) != gone).collect();
    check(&path, kept.iter().map(|at| &*labels[*at]))?;
    if gone.is_some() {
        let items = kept.iter().map(|at| Item { from: Some(*at), data: None }).collect();
        text = edit::change(&path, &text, &[], &Change::List(items)).map_err(|fault| Faults::from(*fault))?;
    }
    let changed = base.text(&path)? != text;
    Ok(changed.then(|| (path, Some(text.into_bytes()))).into_iter().collect())
}

fn put(path: &str, text: &str, at: usize, key: &str, line: &str) -> Result<String, Faults> {
    let change = Change::Line(line.to_owned());
    edit::change(path, text, &[&at.to_string(), key], &change).map_err(|fault| Faults::from(*fault))
}

/// Each has a name of its own.
fn check<'l>(path: &str, labels: impl Iterator<Item = &'l str>) -> Result<(), Faults> {
    let mut seen: Vec<String> = Vec::new();
    for label in labels {
        let own = label.trim().to_lowercase();
        if own.is_empty() {
            return Err(refused(path, "a preset has no name".to_owned(), "give it one, or remove it"));
        }
        if own.chars().count() > LABEL {
            return Err(refused(path, format!("a name is longer than {LABEL} letters"), "shorten it"));
        }
        if seen.contains(&own) {
            return Err(refused(path, format!("two presets are called `{label}`"), "give one another name"));
        }
        seen.push(own);
    }
    Ok(())
}

fn refused(path: &str, message: String, hint: &'static str) -> Faults {
    Diagnostic::error("duplicate-id", message).at(Place::file(path)).hint(hint).into()
}

/// What a file says, for tests and messages.
#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn a_name_knows_its_preset_and_what_it_was() {
        let typed = typed(&[("id", "a"), ("was", "A"), ("label", " B "), ("id", "c"), ("was", "C")]);
        let all: Vec<(&str, &str, &str)> = names(&typed).map(|one| (one.id, one.was, one.label)).collect();
        assert_eq!(all, [("a", "A", "B")]);
    }

    #[test]
    fn names_are_told_apart() {
        assert!(check("f", ["Neck", "Hip"].into_iter()).is_ok());
        for wrong in [["Neck", "neck "], ["", "Hip"]] {
            assert!(check("f", wrong.into_iter()).is_err(), "{wrong:?}");
        }
    }
}
