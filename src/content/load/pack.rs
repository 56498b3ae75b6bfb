//! `content/<language>/`: one language's words.

use super::cross::Named;
use super::shelf::Shelf;
use super::{Loading, exercises, names, questions, section, web, words};
use crate::content::{OptionSchema, Pack, Question, Source, Treatment};
use crate::diagnostic::{Diagnostic, Hint, Place};
use crate::limits::{FIGURES, TEXTS, too_long};
use crate::locale::Language;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Files of a language besides its sections.
const FILES: [&str; 7] =
    ["words.yaml", "names.yaml", "safety.yaml", "faq.yaml", "stretches.yaml", "exercises.yaml", "web.yaml"];

/// Every language that the clinic lists, in that order. `None` when one is faulty.
pub fn read_all(
    shelf: &Shelf,
    languages: &[Language],
    (options, treatment): (&OptionSchema, &Treatment),
    loading: &mut Loading,
) -> Option<IndexMap<Language, Pack>> {
    let mut packs = IndexMap::new();
    let mut whole = true;
    for language in languages {
        match read(shelf, language, languages, (options, treatment), loading) {
            Some(pack) => {
                packs.insert(language.clone(), pack);
            }
            None => whole = false,
        }
    }
    warn_unread(shelf, languages, loading);
    whole.then_some(packs)
}

fn read(
    shelf: &Shelf,
    language: &Language,
    languages: &[Language],
    (options, treatment): (&OptionSchema, &Treatment),
    loading: &mut Loading,
) -> Option<Pack> {
    let folder = format!("content/{language}");
    if shelf.inside(&folder).next().is_none() {
        let message =
            format!("the clinic lists the language `{language}`, but there is no folder `{folder}`");
        loading
            .sink
            .push(Diagnostic::error("missing-language", message).at(Place::file(super::clinic::PATH)));
        return None;
    }
    let words = words::read(shelf, &folder, options, languages, loading);
    let names = names::read(shelf, &folder, words.as_ref(), loading);
    let safety = words::read_safety(shelf, &folder, treatment, loading);
    let sections = section::read_all(shelf, &folder, loading);
    let questions = questions::read_all(shelf, &folder, loading);
    if let (Some(words), Some(questions)) = (&words, &questions) {
        check_groups(&folder, words, questions, loading);
    }
    let stretches = exercises::read_all(shelf, &format!("{folder}/stretches.yaml"), Named::Stretch, loading);
    let exercises = exercises::read_all(shelf, &format!("{folder}/exercises.yaml"), Named::Exercise, loading);
    let web = web::read(shelf, &folder, loading);
    let pack = Pack {
        language: language.clone(),
        words: words?,
        names: names?,
        safety: safety?,
        sections,
        questions: questions?,
        stretches: stretches?,
        exercises: exercises?,
        web: web?,
    };
    let bytes = texts(&pack).map(|source| source.text.len()).sum();
    if bytes > TEXTS {
        let advice = "a sheet has two sides: leave out what no sheet and no page has room for";
        let fault = too_long("the texts of this language are together", bytes, TEXTS, advice);
        loading.sink.push(fault.at(Place::file(folder)));
    }
    let figures = texts(&pack).map(|source| source.text.matches("![").count()).sum();
    if figures > FIGURES.most {
        let fault = FIGURES.fault("the language", figures);
        loading.sink.push(fault.at(Place::file(format!("content/{language}"))));
    }
    Some(pack)
}

/// Every text that is filled in.
fn texts(pack: &Pack) -> impl Iterator<Item = &Source> {
    let sections = pack.sections.values();
    let sections =
        sections.flat_map(|section| [&section.title, &section.body].into_iter().chain(&section.conditions));
    let questions = pack.questions.iter();
    let questions = questions
        .flat_map(|question| [&question.question, &question.answer].into_iter().chain(&question.conditions));
    let exercises = pack.stretches.values().chain(pack.exercises.values());
    let exercises =
        exercises.flat_map(|exercise| [&exercise.name, &exercise.alt].into_iter().chain(&exercise.steps));
    sections.chain(questions).chain(exercises).chain(pack.safety.words.values()).chain(pack.words.values())
}

/// A group of questions has a page of its own on the site, and so a title.
fn check_groups(
    folder: &str,
    words: &IndexMap<String, Source>,
    questions: &[Question],
    loading: &mut Loading,
) {
    let prefix = format!("{}.", words::QUESTION_GROUPS);
    let titled: Vec<&str> = words.keys().filter_map(|key| key.strip_prefix(&prefix)).collect();
    for question in questions {
        let Some(group) = question.group.as_deref().filter(|group| !titled.contains(group)) else { continue };
        let message = format!("the group `{group}` of the question `{}` has no title", question.id);
        let hint = format!("give it one in {folder}/words.yaml, as `{prefix}{group}`");
        let hint = Hint::nearest(group, titled.iter().copied()).unwrap_or(hint.into());
        let fault = Diagnostic::error("untitled-group", message);
        loading.sink.push(fault.at(question.place.clone()).hint(hint));
    }
}

fn unread(path: &str, loading: &mut Loading) {
    let warning = Diagnostic::warning("unread-file", "nothing reads this file");
    loading.sink.push(warning.at(Place::file(path)).hint("is its name right?"));
}

/// A file that nothing reads is most often a slip of the pen in its name.
fn warn_unread(shelf: &Shelf, languages: &[Language], loading: &mut Loading) {
    let mut unlisted = BTreeSet::new();
    for path in shelf.paths().filter(|path| path.starts_with("content/")) {
        let mut parts = path.split('/').skip(1);
        let (first, second) = (parts.next().unwrap_or_default(), parts.next());
        let listed = languages.iter().any(|language| language.tag() == first);
        match second {
            Some(_) if first == "figures" => {}
            Some(_) if first == "treatments" && path.ends_with("/treatment.yaml") => {}
            Some(_) if first == "treatments" => unread(path, loading),
            Some(name) if listed && (name.ends_with(".md") || FILES.contains(&name)) => {}
            Some(_) if !listed => {
                unlisted.insert(first);
            }
            None if matches!(
                first,
                "advertising.yaml" | "clinic.yaml" | "protocol.yaml" | "claims.yaml" | "options.yaml"
            ) => {}
            None if first.ends_with(".md") => {}
            _ => unread(path, loading),
        }
    }
    for folder in unlisted {
        let message = format!("`{folder}` is not among the clinic's languages, so this folder is not read");
        let place = Place::file(format!("content/{folder}"));
        loading.sink.push(Diagnostic::warning("unlisted-language", message).at(place));
    }
}
