//! The questions of published checklists for patient leaflets, and those of them that a program can answer about a sheet.
//!
//! It is informed by these lists and gives no score in their name: they are meant for people, who see more.

mod items;
mod left_out;
mod seen;

pub use left_out::{Fullness, LeftOut, WordBudget};

use super::Engine;
use super::check::{Readings, usual_request};
use crate::content::files::Files;
use crate::content::{self, Library, Pack, Prose, ProseWords};
use crate::diagnostic::Faults;
use crate::options::{Edition, Name};
use crate::readability::Measure;
use crate::request::Request;
use chrono::{DateTime, Utc};
use seen::Seen;

/// A published list of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    pub name: &'static str,
    pub source: &'static str,
}

/// What a look at a sheet says to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Yes,
    No,
    /// The question does not arise: there is nothing of the kind on the sheet.
    NotApplicable,
    /// Only a person can say.
    Person,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Yes => "yes",
            Verdict::No => "no",
            Verdict::NotApplicable => "does not apply",
            Verdict::Person => "a person judges",
        }
    }
}

/// A question of a list, and what the machine says to it.
#[derive(Clone, Debug)]
pub struct Item {
    pub list: List,
    pub number: &'static str,
    pub question: &'static str,
    pub verdict: Verdict,
    /// What it rests on; of a question for a person what to look at, if anything.
    pub evidence: String,
}

/// A measure of the reading level.
#[derive(Clone, Debug)]
pub struct Level {
    pub measure: Measure,
    pub figure: f64,
    /// The highest grade, or the least ease, that the language's file allows.
    pub limit: f64,
}

/// One sheet, looked at.
#[derive(Clone, Debug)]
pub struct Scorecard {
    pub treatment: Name,
    pub language: String,
    pub words: usize,
    pub sentences: usize,
    pub levels: Vec<Level>,
    pub items: Vec<Item>,
}

/// A clinic folder, looked at: the usual sheet of each treatment in each language, and what sheets leave out.
#[derive(Clone, Debug)]
pub struct Scorecards {
    pub cards: Vec<Scorecard>,
    /// By treatment, language, edition and paper.
    pub fullness: Vec<Fullness>,
}

impl Engine {
    /// The scorecard of each treatment's usual sheet in each language, and what the sheets of the clinic's presets leave out.
    ///
    /// `files` are those that the engine was loaded from.
    ///
    /// # Errors
    /// A sheet that cannot be made.
    pub fn scorecards(&self, files: &dyn Files, now: DateTime<Utc>) -> Result<Scorecards, Faults> {
        let (prose, _) = content::prose_words(files);
        let mut found = Scorecards { cards: Vec::new(), fullness: Vec::new() };
        for library in self.treatments() {
            for pack in library.packs.values() {
                let usual = usual_request(library, pack, now, Edition::Standard, library.clinic.paper);
                found.cards.extend(self.card(library, pack, &prose, &usual)?);
                found.fullness.extend(self.left_out(library, pack, now)?);
            }
        }
        Ok(found)
    }

    /// The scorecard of one sheet. Nothing where there is no list of words for its language (`content/prose`).
    ///
    /// # Errors
    /// The sheet cannot be made.
    pub fn scorecard(&self, files: &dyn Files, request: &Request) -> Result<Option<Scorecard>, Faults> {
        let (prose, _) = content::prose_words(files);
        let library = self.treatments().find(|library| library.treatment.id == request.treatment);
        let pack = library.and_then(|library| Some((library, library.packs.get(&request.language)?)));
        let Some((library, pack)) = pack else { return Ok(None) };
        self.card(library, pack, &prose, request)
    }

    fn card(
        &self,
        library: &Library,
        pack: &Pack,
        prose: &Prose,
        request: &Request,
    ) -> Result<Option<Scorecard>, Faults> {
        let words: Option<&ProseWords> = prose.of(&pack.language);
        let Some((words, mut readings)) =
            words.and_then(|words| Some((words, Readings::new(pack, words, &library.clinic)?)))
        else {
            return Ok(None);
        };
        let document = self.document(request)?.value;
        readings.add(&document, "these choices");
        let seen = Seen::new(&document, words, &readings, request);
        let levels = readings.levels().into_iter().map(|(measure, figure)| Level {
            measure,
            figure: figure.figure,
            limit: figure.limit,
        });
        Ok(Some(Scorecard {
            treatment: library.treatment.id.clone(),
            language: pack.language.tag().to_owned(),
            words: seen.words,
            sentences: seen.sentences,
            levels: levels.collect(),
            items: items::of(&seen),
        }))
    }
}
