//! One language's words for a treatment: those that every treatment has, and its own.

use super::exercises::Known;
use super::shelf::Shelf;
use super::templates::{BROCHURE_NAME, HANDOUT_NAME};
use super::{Loading, exercises, names, questions, records, section, web, words};
use crate::content::approval::Approval;
use crate::content::files::Embedded;
use crate::content::{Pack, Protocol, Question, Source, Treatment};
use crate::diagnostic::{Diagnostic, Hint, Place};
use crate::limits::{FIGURES, TEXTS, too_long};
use crate::locale::Language;
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where what every treatment says in a language stands, a folder for each.
pub const LANGUAGES: &str = "content/languages";

/// Files of a language.
const OF_LANGUAGE: [&str; 3] = ["words.yaml", "names.yaml", "web.yaml"];
/// Files of a treatment in a language besides its sections and libraries.
pub const OF_TREATMENT: [&str; 6] =
    ["words.yaml", "names.yaml", "web.yaml", "safety.yaml", "faq.yaml", super::translation::NAME];
/// Files of a treatment in no language.
const WITHOUT_LANGUAGE: [&str; 6] =
    ["treatment.yaml", "claims.yaml", "presets.yaml", "signoff.yaml", HANDOUT_NAME, BROCHURE_NAME];

/// A treatment, and what all treatments know together.
pub struct Care<'c> {
    pub treatment: &'c Treatment,
    pub protocol: &'c Protocol,
    pub known: &'c Known,
}

/// Every language that the clinic lists, in that order. `None` when one is faulty.
pub fn read_all(
    shelf: &Shelf,
    languages: &[Language],
    care: &Care<'_>,
    loading: &mut Loading,
) -> Option<IndexMap<Language, Pack>> {
    let mut packs = IndexMap::new();
    let mut whole = true;
    for language in languages {
        match read(shelf, language, care, loading) {
            Some(pack) => {
                packs.insert(language.clone(), pack);
            }
            None => whole = false,
        }
    }
    whole.then_some(packs)
}

/// The folder of the same language by another tag: `zh-Hans` for `zh`.
fn near<'s>(shelf: &'s Shelf, language: &Language) -> Option<&'s str> {
    let folders =
        shelf.paths().filter_map(|path| path.strip_prefix(LANGUAGES)?.strip_prefix('/')?.split_once('/'));
    let mut tags = folders.map(|(tag, _)| tag).filter(|tag| Language::is_tag(tag));
    tags.find(|tag| *tag != language.tag() && tag.split('-').next() == language.tag().split('-').next())
}

fn read(shelf: &Shelf, language: &Language, care: &Care<'_>, loading: &mut Loading) -> Option<Pack> {
    let Care { treatment, protocol, known } = *care;
    let shared = format!("{LANGUAGES}/{language}");
    let folder = format!("{}/{}/{language}", super::treatment::FOLDER, treatment.id);
    for folder in [&shared, &folder] {
        if shelf.inside(folder).next().is_none() {
            let message =
                format!("the clinic lists the language `{language}`, but there is no folder `{folder}`");
            let fault = Diagnostic::error("missing-language", message);
            let hint = match near(shelf, language) {
                Some(tag) => format!("did you mean `{tag}`?"),
                None => format!("make its files, to be written: `aftercare init DIR --language {language}`"),
            };
            loading.sink.push_once(fault.at(Place::file(super::clinic::PATH)).hint(hint));
            return None;
        }
    }
    let records = records::read(shelf, language, loading);
    let words = words::read(shelf, language, (&shared, &folder), (treatment, protocol), records, loading);
    let is_tried = is_tried(shelf, language, treatment);
    let groups = names::Groups::new(treatment, &known.regions);
    let own_words = words.as_ref().map(|(words, _)| words);
    let names = names::read(shelf, [&shared, &folder], &groups, own_words, is_tried, loading);
    let safety = words::read_safety(shelf, &folder, treatment, loading);
    let sections = section::read_all(shelf, &folder, loading);
    let questions = questions::read_all(shelf, &folder, loading);
    if let (Some((words, _)), Some(questions)) = (&words, &questions) {
        check_groups(&folder, words, questions, loading);
    }
    let mut libraries = IndexMap::new();
    for id in treatment.libraries.keys() {
        let library = exercises::read_all(shelf, language, (treatment, id), known, loading);
        libraries.extend(library.map(|library| (id.clone(), library)));
    }
    let web = web::read(shelf, [&shared, &folder], loading);
    let (words, setting) = words?;
    let pack = Pack {
        language: language.clone(),
        direction: setting.direction,
        units: setting.units,
        letters: setting.letters,
        web_fonts: setting.web_fonts,
        words,
        names: names?,
        safety: safety?,
        sections,
        questions: questions?,
        libraries: (libraries.len() == treatment.libraries.len()).then_some(libraries)?,
        web: web?,
        approval: Approval::default(),
        is_translation: shelf.bytes(&super::translation_path(&treatment.id, language)).is_some(),
        is_tried,
    };
    check_size(&pack, &folder, loading);
    Some(pack)
}

/// Whether all that a treatment's texts in a language are made of, but the clinic's profile, comes with the program.
fn is_tried(shelf: &Shelf, language: &Language, treatment: &Treatment) -> bool {
    let folders = [
        format!("{LANGUAGES}/{language}"),
        format!("{}/{language}", exercises::SHARED),
        format!("{}/{}", super::treatment::FOLDER, treatment.id),
        super::dates::FOLDER.to_owned(),
        super::records::FOLDER.to_owned(),
    ];
    let templates = [HANDOUT_NAME, BROCHURE_NAME].map(|name| format!("templates/{name}"));
    folders.iter().all(|folder| shelf.is_as_built_in(folder, &WITHOUT_TEXTS))
        && templates.iter().all(|path| shelf.is_built_in(path))
}

/// Files of a treatment that no text hangs on.
const WITHOUT_TEXTS: [&str; 2] = ["presets.yaml", "signoff.yaml"];

fn check_size(pack: &Pack, folder: &str, loading: &mut Loading) {
    let bytes = texts(pack).map(|source| source.text.len()).sum();
    if bytes > TEXTS {
        let advice = "a sheet has two sides: leave out what no sheet and no page has room for";
        let fault = too_long("the texts of this language are together", bytes, TEXTS, advice);
        loading.sink.push(fault.at(Place::file(folder)));
    }
    let figures = texts(pack).map(|source| source.text.matches("![").count()).sum();
    if figures > FIGURES.most {
        let fault = FIGURES.fault("the language", figures);
        loading.sink.push(fault.at(Place::file(folder)));
    }
}

/// Every text that is filled in.
fn texts(pack: &Pack) -> impl Iterator<Item = &Source> {
    let sections = pack.sections.values();
    let sections =
        sections.flat_map(|section| [&section.title, &section.body].into_iter().chain(&section.conditions));
    let questions = pack.questions.iter();
    let questions = questions
        .flat_map(|question| [&question.question, &question.answer].into_iter().chain(&question.conditions));
    let exercises = pack.libraries.values().flat_map(IndexMap::values);
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

/// Languages that have a folder and are not among those of the clinic.
pub fn unlisted(shelf: &Shelf, languages: &[Language]) -> Arc<[Language]> {
    let tags: BTreeSet<&str> = shelf
        .paths()
        .filter_map(|path| path.strip_prefix(LANGUAGES)?.strip_prefix('/')?.split_once('/'))
        .map(|(tag, _)| tag)
        .filter(|tag| Language::is_tag(tag) && languages.iter().all(|language| language.tag() != *tag))
        .collect();
    tags.into_iter().map(Language::new).collect()
}

fn unread(path: &str, hint: &'static str, loading: &mut Loading) {
    let warning = Diagnostic::warning("unread-file", "nothing reads this file");
    loading.sink.push(warning.at(Place::file(path)).hint(hint));
}

const NAME: &str = "is its name right?";
const LIBRARY: &str =
    "name it under `libraries` in the treatment.yaml of a treatment that shows it, or take it out";

/// A file that nothing reads is most often a slip of the pen in its name.
pub fn warn_unread(shelf: &Shelf, languages: &[Language], treatments: &[Treatment], loading: &mut Loading) {
    let mut unlisted = BTreeSet::new();
    for path in shelf.paths().filter_map(|path| path.strip_prefix("content/")) {
        let whole = format!("content/{path}");
        let parts: Vec<&str> = path.split('/').collect();
        let is_library = |file: &str, of: &dyn Fn(&Treatment) -> bool| {
            let id = file.strip_suffix(".yaml");
            id.is_some_and(|id| treatments.iter().any(|one| of(one) && one.libraries.contains_key(id)))
        };
        let (tag, is_read) = match parts[..] {
            ["clinic.yaml" | "claims.yaml" | "advertising.yaml"]
            | ["emergency-numbers.yaml" | "phone-numbers.yaml" | "postal-codes.yaml" | "known-hosts.yaml"]
            | ["figures" | "dates" | "prose" | "records", ..] => (None, true),
            [file] => (None, file.ends_with(".md")),
            ["languages", tag, file] => (Some(tag), OF_LANGUAGE.contains(&file)),
            ["exercises", tag, file] => (Some(tag), is_library(file, &|_| true)),
            ["treatments", id, file] => {
                let listed = treatments.iter().any(|one| *one.id == *id);
                (None, !listed || WITHOUT_LANGUAGE.contains(&file) || file.ends_with(".md"))
            }
            ["treatments", id, tag, file] => {
                let is_own = |one: &Treatment| *one.id == *id;
                let listed = treatments.iter().any(is_own);
                let of_treatment = file.ends_with(".md") || OF_TREATMENT.contains(&file);
                (Some(tag), !listed || of_treatment || is_library(file, &is_own))
            }
            _ => (None, false),
        };
        match tag.filter(|tag| languages.iter().all(|language| language.tag() != *tag)) {
            Some(tag) => {
                let folder = whole.rsplit_once('/').map_or(&*whole, |(folder, _)| folder);
                unlisted.insert((tag.to_owned(), folder.to_owned()));
            }
            // What comes with the program waits until a treatment shows it.
            None if is_read || parts[0] == "exercises" && Embedded.has(&whole) => {}
            None if parts[0] == "exercises" => unread(&whole, LIBRARY, loading),
            None => unread(&whole, NAME, loading),
        }
    }
    // Packs that come with the program wait in every folder until a clinic lists them.
    for (tag, folder) in unlisted.into_iter().filter(|(tag, _)| !Embedded.has_language(tag)) {
        let message = format!("`{tag}` is not among the clinic's languages, so this folder is not read");
        loading.sink.push(Diagnostic::warning("unlisted-language", message).at(Place::file(folder)));
    }
}
