//! The steps of an exercise with the numbers that a therapist chose.

use crate::content::{HOLD, TIMES};
use crate::diagnostic::Faults;
use crate::document::{Inline, Text};
use crate::merge::compile::{Exercise, TextId, Texts, Values};
use crate::options::dose::Dose;

/// As the library has them, or with another dose.
pub fn steps(exercise: &Exercise, dose: Dose, texts: &Texts, values: &Values) -> Result<Vec<Text>, Faults> {
    match &exercise.dose {
        Some((dosage, steps)) if !dose.is_usual() => {
            let numbers = dosage.with(dose);
            let filled = |step: &TextId| {
                texts.line(*step, values).map(|text| text.iter().map(|part| put(part, numbers)).collect())
            };
            steps.iter().map(filled).collect()
        }
        _ => exercise.steps.iter().map(|step| texts.line(*step, values)).collect(),
    }
}

/// The steps that a dose changes.
pub fn changed(exercise: &Exercise, dose: Dose, texts: &Texts, values: &Values) -> Result<Vec<Text>, Faults> {
    let Some((_, marked)) = exercise.dose.as_ref().filter(|_| !dose.is_usual()) else {
        return Ok(Vec::new());
    };
    let is_said = marked.iter().zip(&exercise.steps).map(|(marked, usual)| marked != usual);
    let steps = steps(exercise, dose, texts, values)?;
    Ok(steps.into_iter().zip(is_said).filter(|(_, is_said)| *is_said).map(|(step, _)| step).collect())
}

fn put(part: &Inline, numbers: Dose) -> Inline {
    let all = |text: &Text| text.iter().map(|part| put(part, numbers)).collect();
    let digits = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    match part {
        Inline::Text(text) => {
            Inline::Text(text.replace(TIMES, &digits(numbers.times)).replace(HOLD, &digits(numbers.hold)))
        }
        Inline::Strong(text) => Inline::Strong(all(text)),
        Inline::Emphasis(text) => Inline::Emphasis(all(text)),
        Inline::Link { url, text } => Inline::Link { url: url.clone(), text: all(text) },
        Inline::Foreign { language, text } => Inline::Foreign { language: language.clone(), text: all(text) },
        Inline::Break => Inline::Break,
    }
}
