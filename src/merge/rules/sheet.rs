//! A sheet in the making: what it is made from, which of the texts stand on it, and what is found out on the way.

use super::situation::Situation;
use crate::content::{Audience, Library};
use crate::diagnostic::{Diagnostic, Faults};
use crate::merge::compile::{Compiled, Exercise, Question, Review, Section, TextId, Values};
use crate::request::Request;
use chrono::NaiveDate;

pub struct Sheet<'a> {
    pub library: &'a Library,
    pub pack: &'a Compiled,
    pub situation: Situation<'a>,
    pub values: Values,
    /// `None`: public text.
    pub request: Option<&'a Request>,
    /// Whether a font has the character.
    pub covered: &'a dyn Fn(char) -> bool,
    /// Text past its date is judged by this day.
    pub today: NaiveDate,
    pub warnings: Vec<Diagnostic>,
    /// The earliest review of all that prints.
    pub reviewed: Option<NaiveDate>,
}

impl Sheet<'_> {
    /// Whether text for an audience stands on this sheet.
    pub fn is_for(&self, audience: Audience) -> bool {
        match audience {
            Audience::Both => true,
            Audience::Patient => self.situation.session.is_some(),
            Audience::Public => self.situation.session.is_none(),
        }
    }

    pub fn holds(&self, conditions: &[TextId]) -> Result<bool, Faults> {
        for condition in conditions {
            if !self.pack.texts.holds(*condition, &self.values)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub fn section_applies(&self, id: &str, section: &Section) -> Result<bool, Faults> {
        let excluded = self.request.is_some_and(|request| request.exclude.contains(id));
        Ok(!excluded && self.is_for(section.audience) && self.holds(&section.conditions)?)
    }

    pub fn question_applies(&self, question: &Question) -> Result<bool, Faults> {
        Ok(self.is_for(question.audience) && self.holds(&question.conditions)?)
    }

    pub fn exercise_applies(&self, exercise: &Exercise) -> bool {
        let facts = &self.library.treatment.facts;
        !exercise
            .not_with
            .iter()
            .any(|fact| facts.get(*fact).is_some_and(|fact| self.situation.is_true(fact)))
    }

    /// Notes that a text prints: its review counts, and a date that has passed is told.
    pub fn prints(&mut self, review: &Review) {
        let earliest = self.reviewed.map_or(review.reviewed, |reviewed| reviewed.min(review.reviewed));
        self.reviewed = Some(earliest);
        let expired = review.expired(self.today, &self.library.claims);
        self.warnings.extend(expired.map(|expired| expired.as_warning()));
    }
}
