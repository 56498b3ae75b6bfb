//! Texts with their claims and the days of their reviews, of every kind.

use super::{Dated, Pack};
use crate::diagnostic::Place;
use chrono::NaiveDate;
use indexmap::IndexMap;

/// A text with its claims and the days of its review.
#[derive(Clone, Copy, Debug)]
pub struct DatedText<'p> {
    /// "section", "question", "exercise"; of the warning signs "safety".
    pub what: &'static str,
    /// Empty for the warning signs, which are one.
    pub id: &'p str,
    pub claims: &'p [String],
    pub reviewed: NaiveDate,
    pub review_by: NaiveDate,
    pub dated: &'p Dated,
    pub place: &'p Place,
}

/// The text of a thing that has those fields.
macro_rules! dated {
    ($what:literal, $id:expr, $one:expr) => {
        DatedText {
            what: $what,
            id: $id,
            claims: &$one.claims,
            reviewed: $one.reviewed,
            review_by: $one.review_by,
            dated: &$one.dated,
            place: &$one.place,
        }
    };
}

impl Pack {
    /// Everything that rests on claims and is reviewed: the warning signs, sections, questions and exercises.
    pub fn dated(&self) -> impl Iterator<Item = DatedText<'_>> {
        let sections = self.sections.values().map(|one| dated!("section", &one.id, one));
        let questions = self.questions.iter().map(|one| dated!("question", &one.id, one));
        let exercises = self.libraries.values().flat_map(IndexMap::values);
        let exercises = exercises.map(|one| dated!("exercise", &one.id, one));
        let safety = &self.safety;
        [dated!("safety", "", safety)].into_iter().chain(sections).chain(questions).chain(exercises)
    }
}
