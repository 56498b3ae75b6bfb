//! What texts rest on: claims that none rests on, and words too strong for what is known.

use super::ProseWords;
use super::text::{Kind, Text};
use crate::content::{Folder, Library, Pack, Strength};
use crate::diagnostic::Diagnostic;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Claims that no text and no window names.
pub fn unused(folder: &Folder) -> Vec<Diagnostic> {
    let used: BTreeSet<&str> = folder.treatments().flat_map(named).map(String::as_str).collect();
    let all = folder.treatments().flat_map(|library| library.claims.values());
    let unused = all.filter(|claim| !used.contains(&*claim.id));
    let told = unused.map(|claim| {
        let message = format!("no text rests on the claim `{}`", claim.id);
        let fault = Diagnostic::warning("unused-claim", message).at(claim.place.clone());
        fault.hint("name it under `claims` of the text that says it, or take it out")
    });
    told.collect()
}

fn named(library: &Library) -> impl Iterator<Item = &String> {
    let windows = library.protocol.windows.values().flat_map(|window| &window.claims);
    let texts = library.packs.values().flat_map(|pack| {
        let sections = pack.sections.values().flat_map(|section| &section.claims);
        let questions = pack.questions.iter().flat_map(|question| &question.claims);
        let exercises = pack.libraries.values().flat_map(IndexMap::values);
        let exercises = exercises.flat_map(|exercise| &exercise.claims);
        sections.chain(questions).chain(exercises).chain(&pack.safety.claims)
    });
    windows.chain(texts)
}

/// Sections, questions and exercises that rest on no claim at all.
pub fn without(pack: &Pack) -> Vec<Diagnostic> {
    let sections = pack.sections.values().map(|one| ("section", &one.id, &one.claims, &one.place));
    let questions = pack.questions.iter().map(|one| ("question", &one.id, &one.claims, &one.place));
    let exercises = pack.libraries.values().flat_map(IndexMap::values);
    let exercises = exercises.map(|one| ("exercise", &one.id, &one.claims, &one.place));
    let bare = sections.chain(questions).chain(exercises).filter(|(_, _, claims, _)| claims.is_empty());
    let told = bare.map(|(what, id, _, place)| {
        let message = format!("the {what} `{id}` rests on no claim");
        let fault = Diagnostic::warning("no-claim", message).at(place.clone());
        fault.hint("name what it rests on under `claims`; the clinic's own advice is a claim too")
    });
    told.collect()
}

/// A text that rests on weak claims alone says nothing as if it were sure.
pub fn too_strong(text: &Text<'_>, library: &Library, words: &ProseWords) -> Vec<Diagnostic> {
    let strengths: Vec<Strength> =
        text.claims.iter().filter_map(|id| Some(library.claims.get(id)?.strength)).collect();
    let is_weak = |strength: &Strength| {
        matches!(
            strength,
            Strength::Weak | Strength::Indirect | Strength::ClinicAdvice | Strength::CaseReports
        )
    };
    if text.kind != Kind::Prose || strengths.is_empty() || !strengths.iter().all(is_weak) {
        return Vec::new();
    }
    let said = words.strong.said(&text.seen).map(|((), at, length)| {
        let written = &text.seen[at..at + length];
        let message = format!("“{written}” sounds sure, and what this text rests on is not");
        let length = u32::try_from(written.chars().count()).unwrap_or(0);
        let fault = Diagnostic::warning("strong-words", message).at(text.source.at(at, length));
        fault.hint("say it as “may” or “can”, or name a claim that is `strong` or `moderate`")
    });
    said.collect()
}
