//! `stretches.yaml` and `exercises.yaml`: the libraries that a sheet's figures come from.

use super::cross::{Named, References};
use super::shelf::Shelf;
use super::{Loading, review, section};
use crate::content::Exercise;
use crate::content::yaml::{Key, Kind, Node, Reader, Span, optional, required};
use crate::diagnostic::{Place, allowed, shown};
use crate::limits::EXERCISES;
use crate::options::{Precaution, Region};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const EXERCISE: &[Key] = &[
    required("id", Kind::Id, "what a request calls it"),
    required("name", Kind::Text, "its heading"),
    required("regions", Kind::Choices(Region::NAMES), "for which it is chosen by default"),
    optional("figure", Kind::Id, "its picture in content/figures/"),
    required("alt", Kind::Text, "what the picture shows"),
    required("steps", Kind::Texts, "one to three short lines"),
    required("priority", Kind::Number(1, 99), "on a full sheet the lowest goes first"),
    optional(
        "not-with",
        Kind::Reasons(Precaution::NAMES),
        "precautions that rule it out, each with the reason",
    ),
    required("claims", Kind::Ids, "claims that it rests on"),
    required("reviewed", Kind::Day, "day of the last review"),
    required("review-by", Kind::Day, "day by which it is read again"),
];
/// Lines under a figure.
const STEPS: usize = 3;

/// At least this many can be chosen for each region.
const CHOICES: usize = 2;

/// One of the two libraries of a language: by id, in the order of the file, which is the order of choice.
pub fn read_all(
    shelf: &Shelf,
    path: &str,
    kind: Named,
    loading: &mut Loading,
) -> Option<IndexMap<String, Exercise>> {
    let (node, mut reader) = shelf.yaml(path, &mut loading.sink)?;
    let items = reader.items_within(&node, "the file", EXERCISES);
    let mut seen = BTreeSet::new();
    let mut exercises = IndexMap::new();
    for item in items {
        // The two languages' libraries have the same ids, so that doubles are looked for file by file.
        if let Some(id) = item.get("id").and_then(|id| reader.peek_text(id)) {
            loading.references.define(kind, id);
            if !seen.insert(id) {
                reader.fault(item.span, "duplicate-id", format!("`{}` stands twice", shown(id)), None);
            }
        }
        let exercise = exercise(item, &mut reader, &mut loading.references);
        exercises.extend(exercise.map(|exercise| (exercise.id.clone(), exercise)));
    }
    if exercises.len() == items.len() {
        check_choices(&exercises, &node, &mut reader);
    }
    Some(exercises)
}

/// A sheet whose request names none shows what is chosen by region.
fn check_choices(exercises: &IndexMap<String, Exercise>, node: &Node, reader: &mut Reader<'_>) {
    for region in Region::ALL {
        let count = exercises.values().filter(|exercise| exercise.regions.contains(region)).count();
        if count < CHOICES {
            let message =
                format!("`{region}` is among the regions of {count}, each needs at least {CHOICES}");
            reader.fault(Span { length: 0, ..node.span }, "too-few-exercises", message, None);
        }
    }
}

fn exercise(node: &Node, reader: &mut Reader<'_>, references: &mut References) -> Option<Exercise> {
    let fields = reader.fields(node, "an exercise", EXERCISE)?;
    let id = fields.get("id").and_then(|node| reader.id(node));
    let name = fields.get("name").and_then(|node| reader.source(node));
    let regions = fields.get("regions").map(|node| reader.choices(node, "region", Region::NAMES));
    let figure = fields.get("figure").and_then(|node| references.one(Named::Figure, node, reader));
    let alt = fields.get("alt").and_then(|node| reader.source(node));
    let steps = fields.get("steps").map(|node| steps(node, reader));
    let priority = fields.get("priority").and_then(|node| section::priority(node, reader));
    let not_with = fields.get("not-with").and_then(|node| not_with(node, reader)).unwrap_or_default();
    let review = review::read(&fields, reader, references);
    let review = review?;
    Some(Exercise {
        id: id?,
        name: name?,
        regions: regions?,
        figure,
        alt: alt?,
        steps: steps?,
        priority: priority?,
        not_with,
        claims: review.claims,
        reviewed: review.reviewed,
        review_by: review.review_by,
        place: Place { excerpt: None, ..reader.place(node.span) },
    })
}

fn steps(node: &Node, reader: &mut Reader<'_>) -> Vec<crate::content::Source> {
    let items = reader.items(node);
    if items.is_empty() || items.len() > STEPS {
        let message = format!("an exercise has one to {STEPS} steps, not {}", items.len());
        reader.fault(node.span, "wrong-count", message, None);
    }
    items.iter().filter_map(|item| reader.source(item)).collect()
}

/// Precaution → why the exercise is left out.
fn not_with(node: &Node, reader: &mut Reader<'_>) -> Option<BTreeMap<Precaution, String>> {
    let mut reasons = BTreeMap::new();
    for entry in reader.entries(node, "not-with")? {
        let precaution = Precaution::from_name(&entry.key);
        if precaution.is_none() {
            let hint = allowed(&entry.key, Precaution::NAMES.iter().copied());
            let message = format!("unknown precaution `{}`", shown(&entry.key));
            reader.fault(entry.key_span, "unknown-value", message, Some(hint));
        }
        let reason = reader.text(&entry.node);
        reasons.extend(precaution.zip(reason));
    }
    Some(reasons)
}
