//! The libraries that a sheet's figures come from, a file each: shared ones in `content/exercises/<language>`, a treatment's
//! own in its folder.

use super::cross::{Named, References};
use super::dose::{self, DOSE};
use super::shelf::Shelf;
use super::{Loading, review, section};
use crate::content::yaml::{Key, Kind, Node, Reader, Value, optional, required};
use crate::content::{Exercise, Treatment};
use crate::diagnostic::{Diagnostic, Place, allowed, shown};
use crate::limits::EXERCISES;
use crate::locale::Language;
use crate::options::Name;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// Where the libraries that treatments share stand, a folder for each language.
pub const SHARED: &str = "content/exercises";

pub(super) const EXERCISE: &[Key] = &[
    required("id", Kind::Id, "what a request calls it"),
    required("name", Kind::Text, "its heading"),
    optional("regions", Kind::Ids, "for which it is chosen by default"),
    optional("figure", Kind::Id, "its picture in content/figures/"),
    required("alt", Kind::Text, "what the picture shows"),
    required("steps", Kind::Texts, "one to three short lines"),
    optional("dose", Kind::Keys(DOSE), "numbers of the steps that a therapist may change"),
    required("priority", Kind::Number(1, 99), "on a full sheet the lowest goes first"),
    optional("not-with", Kind::Reasons, "facts that rule it out, each with the reason"),
    required("claims", Kind::Ids, "claims that it rests on"),
    required("reviewed", Kind::Day, "day of the last review"),
    required("review-by", Kind::Day, "day by which it is read again"),
];
/// Lines under a figure.
const STEPS: usize = 3;

/// What exercises speak of: the regions and facts of all treatments.
#[derive(Clone)]
pub struct Known {
    pub regions: Vec<Name>,
    pub facts: Vec<Name>,
}

/// A library of a language, by id, in the order of choice: the exercises that treatments share, then the treatment's own,
/// which take the place of those of the same id.
pub fn read_all(
    shelf: &Shelf,
    language: &Language,
    (treatment, id): (&Treatment, &Name),
    known: &Known,
    loading: &mut Loading,
) -> Option<IndexMap<String, Exercise>> {
    let shared = format!("{SHARED}/{language}/{id}.yaml");
    let own = format!("{}/{}/{language}/{id}.yaml", super::treatment::FOLDER, treatment.id);
    let there: Vec<String> =
        [shared.clone(), own].into_iter().filter(|path| shelf.bytes(path).is_some()).collect();
    if there.is_empty() {
        let fault = Diagnostic::error("missing-file", "the clinic folder lacks this file");
        loading.sink.push_once(fault.at(Place::file(shared)));
        return None;
    }
    let mut exercises = IndexMap::new();
    for path in &there {
        exercises.extend(read(shelf, path, id, known, loading)?);
    }
    check_choices(&exercises, treatment, id, &there, loading);
    Some(exercises)
}

fn read(
    shelf: &Shelf,
    path: &str,
    library: &Name,
    known: &Known,
    loading: &mut Loading,
) -> Option<IndexMap<String, Exercise>> {
    let (node, mut reader) = shelf.yaml(path, &mut loading.sink)?;
    let items = reader.items_within(&node, "the file", EXERCISES);
    let mut seen = BTreeSet::new();
    let mut exercises = IndexMap::new();
    for item in items {
        // Every language's libraries have the same ids, so that doubles are looked for file by file.
        if let Some(id) = item.get("id").and_then(|id| reader.peek_text(id)) {
            loading.references.define(&Named::Exercise(library.clone()), id);
            if !seen.insert(id) {
                reader.fault(
                    item.span,
                    "duplicate-id",
                    format!("`{}` stands twice", shown(id)),
                    Some("take one out, or give it an id of its own".into()),
                );
            }
        }
        let exercise = exercise(item, known, &mut reader, &mut loading.references);
        exercises.extend(exercise.map(|exercise| (exercise.id.clone(), exercise)));
    }
    (exercises.len() == items.len()).then_some(exercises)
}

/// A sheet whose request names none shows what is chosen by region.
fn check_choices(
    exercises: &IndexMap<String, Exercise>,
    treatment: &Treatment,
    library: &Name,
    files: &[String],
    loading: &mut Loading,
) {
    let least = treatment.libraries.get(library).map_or(0, |library| library.for_each_region);
    let regions = treatment.regions().map(|option| option.values()).unwrap_or_default();
    for region in regions {
        let count = exercises.values().filter(|exercise| exercise.regions.contains(region)).count();
        if count < least {
            let message = format!("`{region}` is among the regions of {count}, each needs at least {least}");
            let fault = Diagnostic::error("too-few-exercises", message);
            let place = files.last().map(|file| Place::file(file.as_str())).unwrap_or_default();
            loading.sink.push_once(fault.at(place));
        }
    }
}

fn exercise(
    node: &Node,
    known: &Known,
    reader: &mut Reader<'_>,
    references: &mut References,
) -> Option<Exercise> {
    let fields = reader.fields(node, "an exercise", EXERCISE)?;
    let id = fields.get("id").and_then(|node| reader.id(node));
    let name = fields.get("name").and_then(|node| reader.source(node));
    let regions = fields.get("regions").map(|node| reader.names_of(node, "region", &known.regions));
    let figure = fields.get("figure").and_then(|node| references.one(&Named::Figure, node, reader));
    let alt = fields.get("alt").and_then(|node| reader.source(node));
    let steps = fields.get("steps").and_then(|node| steps(node, reader));
    let dosed = dose::read(fields.get("dose"), steps, reader);
    let priority = fields.get("priority").and_then(|node| section::priority(node, reader));
    let not_with =
        fields.get("not-with").and_then(|node| not_with(node, &known.facts, reader)).unwrap_or_default();
    let review = review::read(&fields, reader, references);
    let review = review?;
    let (steps, dose) = dosed?;
    Some(Exercise {
        id: id?,
        name: name?,
        regions: regions.unwrap_or_default(),
        figure,
        alt: alt?,
        steps,
        dose,
        priority: priority?,
        not_with,
        claims: review.claims,
        reviewed: review.reviewed,
        review_by: review.review_by,
        dated: review.dated,
        place: Place { excerpt: None, ..reader.place(node.span) },
    })
}

/// All of them; none where one cannot be read: of the others nobody can tell what is missing.
fn steps(node: &Node, reader: &mut Reader<'_>) -> Option<Vec<crate::content::Source>> {
    let items = reader.items(node);
    if items.is_empty() || items.len() > STEPS {
        let message = format!("an exercise has one to {STEPS} steps, not {}", items.len());
        reader.fault(node.span, "wrong-count", message, None);
    }
    if reader.is_in_brackets(node) {
        cut_at_a_comma(items, reader);
    }
    let read: Vec<_> = items.iter().map(|item| reader.source(item)).collect();
    read.into_iter().collect()
}

/// A comma within `[…]` parts a sentence: its rest begins small, and what stands before it has no end.
fn cut_at_a_comma(items: &[Node], reader: &mut Reader<'_>) {
    for pair in items.windows(2) {
        let [Value::Scalar(before), Value::Scalar(item)] = [&pair[0].value, &pair[1].value] else { continue };
        let goes_on = before.text.trim_end().ends_with(char::is_alphanumeric);
        if before.plain && item.plain && goes_on && item.text.starts_with(char::is_lowercase) {
            let message = format!("`{}` may be the rest of the step before it", shown(&item.text));
            let hint = "within `[…]` a comma ends a text: put the whole step in quotes, or begin this one with a capital";
            let warning = Diagnostic::warning("split-text", message).at(reader.place(pair[1].span));
            reader.sink.push(warning.hint(hint));
        }
    }
}

/// Fact → why the exercise is left out.
fn not_with(node: &Node, facts: &[Name], reader: &mut Reader<'_>) -> Option<BTreeMap<Name, String>> {
    let mut reasons = BTreeMap::new();
    for entry in reader.entries(node, "not-with")? {
        let fact = facts.iter().find(|fact| ***fact == *entry.key).cloned();
        if fact.is_none() {
            let hint = allowed(&entry.key, facts.iter().map(|fact| &**fact));
            let message = format!("unknown fact `{}`", shown(&entry.key));
            reader.fault(entry.key_span, "unknown-value", message, Some(hint));
        }
        let reason = reader.text(&entry.node);
        reasons.extend(fact.zip(reason));
    }
    Some(reasons)
}
