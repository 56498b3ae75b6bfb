//! What brochures leave out, told where a clinic's own words or plan are why. The panels are full of the program's own texts
//! too: what has no room there, in the same look and beside the same ways to reach the clinic, is nobody's to mend.

use super::super::brochure::{no_panel, sections};
use super::super::{BrochureRequest, Engine};
use crate::content::{Library, Pack, Templates, as_it_came, panels_as_they_came};
use crate::diagnostic::{Diagnostic, LEFT_OUT};
use crate::layout::Omitted;
use crate::merge::Merger;
use chrono::NaiveDate;
use indexmap::IndexMap;
use std::sync::Arc;

/// Without the parts that the program's own texts leave out as well.
pub fn for_own_words(
    told: Vec<Diagnostic>,
    engine: &Engine,
    library: &Library,
    asked: &BrochureRequest,
    today: NaiveDate,
) -> Vec<Diagnostic> {
    if told.iter().all(|one| one.code != LEFT_OUT) {
        return told;
    }
    let usual = usually_left_out(engine, library, asked, today).unwrap_or_default();
    let is_usual = |id: &String| {
        let section = id.split_once('/').map_or(id.as_str(), |(section, _)| section);
        usual.iter().any(|part| part.id == *id || part.id == section)
    };
    let is_own = |one: &Diagnostic| one.code != LEFT_OUT || !one.names.iter().all(is_usual);
    told.into_iter().filter(is_own).collect()
}

/// A part that has no room is told where its text stands.
pub fn at_its_text(fault: Diagnostic, pack: &Pack) -> Diagnostic {
    let Some(id) = fault.names.first().filter(|_| fault.code == LEFT_OUT) else { return fault };
    let (section, part) = id.split_once('/').unwrap_or((id, ""));
    let question = pack.questions.iter().find(|question| *question.id == *part);
    let exercise = pack.libraries.values().find_map(|exercises| exercises.get(part));
    let place = question.map(|question| question.question.at(0, 0));
    let place = place.or_else(|| exercise.map(|exercise| exercise.place.clone()));
    let place = place.or_else(|| pack.sections.get(section).map(|section| section.body.at(0, 0)));
    Diagnostic { place: place.or_else(|| fault.place.clone()), ..fault }
}

/// Sections for which the template as it came has a panel of a fold, and the clinic's own has none.
pub fn without_a_panel(
    engine: &Engine,
    library: &Library,
    asked: &BrochureRequest,
    today: NaiveDate,
) -> Vec<Diagnostic> {
    let Some(came) = panels_as_they_came(&asked.treatment) else { return Vec::new() };
    let own = &library.templates.brochure;
    // A treatment of the clinic's own has its own template.
    if came.text == own.text || came.place.file != own.place.file {
        return Vec::new();
    }
    let templates = Templates { brochure: came, own_brochure: false, ..library.templates.clone() };
    let usual = Library { templates, ..library.clone() };
    let merge = |merger: Merger| merger.merge_brochure(&usual, &asked.language, asked.fold, today);
    let usual = Merger::tried_before(&usual).ok().and_then(|merger| merge(merger.value).ok());
    let Some((usual, own)) = usual.zip(engine.merged(asked, today).ok()) else { return Vec::new() };
    let placed: Vec<&str> = sections(&own.value).collect();
    sections(&usual.value).filter(|id| !placed.contains(id)).map(no_panel).collect()
}

/// `None`: the treatment is the clinic's own, or its new options do not go with the texts as they came.
fn usually_left_out(
    engine: &Engine,
    library: &Library,
    asked: &BrochureRequest,
    today: NaiveDate,
) -> Option<Vec<Omitted>> {
    // Texts in a language of the clinic's own are held to those that they were translated from.
    let languages = std::iter::once(&asked.language).chain(library.packs.keys());
    let came: Arc<Pack> =
        languages.into_iter().find_map(|language| as_it_came(&asked.treatment, language))?;
    let language = came.language.clone();
    let brochure = panels_as_they_came(&asked.treatment)?;
    let packs = IndexMap::from([(language.clone(), (*came).clone())]);
    let library = Library {
        packs: packs.into(),
        templates: Templates { brochure, own_brochure: false, ..library.templates.clone() },
        ..library.clone()
    };
    let merger = Merger::tried_before(&library).ok()?.value;
    let document = merger.merge_brochure(&library, &language, asked.fold, today).ok()?.value;
    let asked = BrochureRequest { language, ..asked.clone() };
    Some(engine.lay_out_brochure(&document, &asked).ok()?.omitted)
}
