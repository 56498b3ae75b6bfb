//! Which steps of an ordered way back stand in a text.

use super::situation::Situation;
use crate::content::{FOR_PATIENT, Fact, Step, Treatment, When};
use crate::merge::compile::{Compiled, TextId};

/// Whether a step stands. In the text for everybody nobody is known to be what a step of some asks for: it stands there where
/// its words ask the reader, as those of signs do.
pub fn stands(step: &Step, pack: &Compiled, situation: &Situation<'_>) -> bool {
    match fact(step, situation.treatment) {
        None => true,
        Some(fact) => situation.is_true(fact) || situation.session.is_none() && asks(step, pack),
    }
}

/// What must be true of whom the step is for.
pub fn fact<'t>(step: &Step, treatment: &'t Treatment) -> Option<&'t Fact> {
    match step.when {
        When::Always => None,
        When::Fact(index) => treatment.facts.get(index),
    }
}

/// Whether a step says other words to a reader whom nobody knows.
pub fn asks(step: &Step, pack: &Compiled) -> bool {
    what_to_do(step, pack).is_some_and(|text| pack.texts.used(text).any(|name| name == FOR_PATIENT))
}

pub fn what_to_do(step: &Step, pack: &Compiled) -> Option<TextId> {
    pack.words.get(&format!("steps.{}.do", step.id)).copied()
}
