//! What stands with a text and is no text: for whom it is, and when. It is the same in every language, or somebody is told
//! less for reading another.

use crate::content::{Audience, Exercise, Pack, Question, Section, Source};
use crate::diagnostic::{Diagnostic, Place, Severity, shown};
use crate::options::dose::{Amount, Dosage};
use std::collections::BTreeMap;

/// So many sections pass another one by that was left out after them.
const PASSED: usize = 3;
/// Changes of a file that are told one by one.
const FEW: usize = 6;

pub fn check(first: &Pack, other: &Pack) -> Vec<Diagnostic> {
    let differences = differences(first, other).into_iter();
    differences.map(|(place, theirs, ours)| fault(place, (first, &theirs), (other, &ours))).collect()
}

/// What decides for whom a text is, or how much of an exercise is done, and is another than it came with the program.
pub fn changed(came: &Pack, own: &Pack) -> Vec<Diagnostic> {
    let mut files: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
    for (place, was, is) in differences(came, own).into_iter().filter(|(_, _, is)| is.decides) {
        let said = |field: &Field| match field.value.is_empty() {
            true => "empty".to_owned(),
            false => format!("`{}`", shown(&field.value)),
        };
        let message = format!("`{}` is {} here, and came as {}", is.key, said(&is), said(&was));
        let fault = Diagnostic::warning("changed-head", message).at(place.clone());
        let hint = "once a clinician agrees with the change, have the text signed: `aftercare sign`";
        files.entry(&place.file).or_default().push(fault.hint(hint));
    }
    let mut found: Vec<Diagnostic> = files.into_iter().flat_map(|(file, all)| in_brief(file, all)).collect();
    found.extend(fallen(came, own));
    found.extend(without_claims(came, own));
    found
}

/// Texts that no longer name a claim with which they came. One more is what an addition rests on.
fn without_claims(came: &Pack, own: &Pack) -> Vec<Diagnostic> {
    let was: BTreeMap<String, &[String]> = claims(came).map(|(id, claims, _)| (id, claims)).collect();
    let told = claims(own).filter_map(|(id, claims, place)| {
        let gone: Vec<String> = was
            .get(&id)?
            .iter()
            .filter(|claim| !claims.contains(claim))
            .map(|claim| format!("`{claim}`"))
            .collect();
        (!gone.is_empty()).then(|| {
            let message = format!(
                "this text came under {}, and names it no longer: what says so now?",
                gone.join(", ")
            );
            let fault = Diagnostic::warning("changed-head", message).at(place.clone());
            fault.hint(
                "write the claim again; or, once a clinician agrees, have the text signed: `aftercare sign`",
            )
        })
    });
    told.collect()
}

/// The claims of each section, question and exercise.
fn claims(pack: &Pack) -> impl Iterator<Item = (String, &[String], &Place)> {
    let sections =
        pack.sections.values().map(|one| (format!("section {}", one.id), &*one.claims, &one.place));
    let questions =
        pack.questions.iter().map(|one| (format!("question {}", one.id), &*one.claims, &one.place));
    let exercises = pack.libraries.values().flat_map(indexmap::IndexMap::values);
    let exercises = exercises.map(|one| (format!("exercise {}", one.id), &*one.claims, &one.place));
    sections.chain(questions).chain(exercises)
}

/// Sections that were left out late, and are left out before others now that fell behind them, where a sheet is full.
fn fallen(came: &Pack, own: &Pack) -> Vec<Diagnostic> {
    let both =
        move || came.sections.iter().filter_map(move |(id, was)| Some((was.priority, own.sections.get(id)?)));
    let told = both().filter_map(|(was, section)| {
        let passed = both().filter(|(other_was, other)| *other_was < was && other.priority > section.priority).count();
        (section.priority < was && passed >= PASSED).then(|| {
            let message = format!(
                "`priority` is {} here, and came as {was}: a full sheet leaves this out before {passed} others that went first",
                section.priority
            );
            let fault = Diagnostic::warning("changed-head", message).at(section.place.clone());
            fault.hint("is that meant? Once a clinician agrees, have the text signed: `aftercare sign`")
        })
    });
    told.collect()
}

/// Of a file in which most was changed one finding tells the rest.
fn in_brief(file: &str, mut all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if all.len() <= FEW {
        return all;
    }
    let message = format!(
        "in {} places this file says other things than it came with: for whom a text is, or how much of an exercise is done",
        all.len()
    );
    let first = all.swap_remove(0);
    let fault =
        Diagnostic::warning("changed-head", message).at(first.place.unwrap_or_else(|| Place::file(file)));
    vec![fault.hint("once a clinician agrees with the changes, have the texts signed: `aftercare sign`")]
}

/// Texts of both packs with another head: where the second one's stands, the field of the first and that of the second.
fn differences<'p>(first: &Pack, other: &'p Pack) -> Vec<(&'p Place, Field, Field)> {
    let mut found = Vec::new();
    let mut compare = |place: &'p Place, theirs: Head, ours: Head| {
        let pairs = theirs.into_iter().zip(ours).filter(|(theirs, ours)| theirs.value != ours.value);
        found.extend(pairs.map(|(theirs, ours)| (place, theirs, ours)));
    };
    for (id, section) in &other.sections {
        if let Some(original) = first.sections.get(id) {
            compare(&section.place, of_section(original), of_section(section));
        }
    }
    for question in &other.questions {
        if let Some(original) = first.questions.iter().find(|one| one.id == question.id) {
            compare(&question.place, of_question(original), of_question(question));
        }
    }
    for (library, exercises) in &other.libraries {
        for (id, exercise) in exercises {
            if let Some(original) = first.libraries.get(library).and_then(|originals| originals.get(id)) {
                compare(&exercise.place, of_exercise(original), of_exercise(exercise));
            }
        }
    }
    found
}

/// A key of a head, and what it holds, as a message shows it.
struct Field {
    key: &'static str,
    value: String,
    /// Whether other patients would be told it.
    decides: bool,
}

type Head = Vec<Field>;

fn field(key: &'static str, value: impl Into<String>) -> Field {
    Field { key, value: value.into(), decides: true }
}

fn audience(value: Audience) -> Field {
    let name = match value {
        Audience::Patient => "patient",
        Audience::Public => "public",
        Audience::Both => "both",
    };
    field("audience", name)
}

/// What a full sheet leaves out first.
fn priority(value: u8) -> Field {
    Field { decides: false, ..field("priority", value.to_string()) }
}

fn conditions(all: &[Source]) -> Field {
    let mut texts: Vec<&str> = all.iter().map(|one| &*one.text).collect();
    texts.sort_unstable();
    field("conditions", texts.join(", "))
}

fn of_section(section: &Section) -> Head {
    vec![audience(section.audience), conditions(&section.conditions), priority(section.priority)]
}

fn of_question(question: &Question) -> Head {
    vec![audience(question.audience), conditions(&question.conditions), priority(question.priority)]
}

/// What is usual, and between which a therapist may choose.
fn bounds(dosage: Dosage) -> String {
    let amounts = [("times", dosage.times), ("hold", dosage.hold)];
    let said = amounts.into_iter().filter_map(|(name, amount)| {
        amount.map(|Amount { usual, from, to }| format!("{name} {usual} of {from} to {to}"))
    });
    said.collect::<Vec<_>>().join(", ")
}

fn of_exercise(exercise: &Exercise) -> Head {
    let regions: Vec<&str> = exercise.regions.iter().map(|region| &**region).collect();
    let facts: Vec<&str> = exercise.not_with.keys().map(|fact| &**fact).collect();
    vec![
        field("regions", regions.join(", ")),
        field("not-with", facts.join(", ")),
        field("figure", exercise.figure.clone().unwrap_or_default()),
        field("dose", exercise.dose.as_ref().map(|dose| bounds(dose.dosage)).unwrap_or_default()),
        priority(exercise.priority),
    ]
}

fn fault(place: &Place, theirs: (&Pack, &Field), ours: (&Pack, &Field)) -> Diagnostic {
    let said = |(pack, field): (&Pack, &Field)| match field.value.is_empty() {
        true => format!("empty in `{}`", pack.language),
        false => format!("`{}` in `{}`", field.value, pack.language),
    };
    let message = format!("`{}` is {}, and {}", ours.1.key, said(ours), said(theirs));
    let severity = if ours.1.decides { Severity::Error } else { Severity::Warning };
    let fault = Diagnostic::error("other-head", message).at(place.clone());
    let hint = "the same patients are told the same: write the same in both languages";
    Diagnostic { severity, ..fault }.hint(hint)
}
