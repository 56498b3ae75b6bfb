//! Choices from which nothing follows: who makes one believes that the sheet says it.

use super::text::{TagKind, of_pack, tags};
use crate::content::{Library, OptionKind, Row, TreatmentOption, When};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;

pub fn check(library: &Library) -> Vec<Diagnostic> {
    let treatment = &library.treatment;
    let asked = Asked::of(library);
    let mut found = Vec::new();
    for option in treatment.options.values().filter(|option| option.clinical) {
        let idle = option.values().iter().filter(|value| !asked.follows(library, option, value));
        let message = match &option.kind {
            // Where something follows from a few alone, the others may be what is usual.
            OptionKind::Choices(all) => {
                let idle: Vec<String> = idle.map(|value| format!("`{value}`")).collect();
                let few = all.len() - idle.len();
                if idle.is_empty() || few > 0 && idle.len() > few {
                    continue;
                }
                format!("nothing follows from {} of `{}`", idle.join(", "), option.id)
            }
            OptionKind::Choice(all) if idle.count() == all.len() => {
                format!("nothing follows from `{}`, whatever is chosen", option.id)
            }
            _ => continue,
        };
        let fault = Diagnostic::warning("idle-value", message).at(treatment.place.clone());
        found.push(fault.hint("make a fact of it, and let a sign or a text ask for that; or take it out"));
    }
    found
}

/// What texts and conditions name.
#[derive(Default)]
struct Asked {
    /// In conditions: facts and values.
    asked: BTreeSet<String>,
    /// As values, or one by one in a loop.
    printed: BTreeSet<String>,
}

impl Asked {
    fn of(library: &Library) -> Asked {
        let mut found = Asked::default();
        for pack in library.packs.values() {
            let of_sections = pack.sections.values().flat_map(|section| &section.conditions);
            let of_questions = pack.questions.iter().flat_map(|question| &question.conditions);
            of_sections.chain(of_questions).for_each(|condition| found.asked.extend(words(&condition.text)));
            for text in of_pack(pack) {
                for (kind, _, tag) in tags(&text.source.text) {
                    match kind {
                        TagKind::Value => found.printed.extend(words(tag)),
                        TagKind::Condition if words(tag).any(|word| word == "for") => {
                            found.printed.extend(words(tag));
                        }
                        TagKind::Condition => found.asked.extend(words(tag)),
                        TagKind::Remark => {}
                    }
                }
            }
        }
        found
    }

    /// Whether a sheet is another when this value is chosen.
    fn follows(&self, library: &Library, option: &TreatmentOption, value: &str) -> bool {
        let treatment = &library.treatment;
        let facts = treatment.facts.iter().enumerate();
        let mut own = facts
            .filter(|(_, fact)| fact.option == option.id && fact.any_of.iter().any(|one| **one == *value));
        let is_window =
            library.protocol.windows.values().any(|window| {
                window.by.get(&option.id).is_some_and(|by| by.keys().any(|one| **one == *value))
            });
        let parts = treatment.contradictions.iter().flat_map(|one| [&one.a, &one.b]);
        let mut parts = parts.filter(|part| part.key == option.key.path);
        self.asked.contains(value)
            || self.printed.contains(&*option.id)
            || is_window
            || parts.any(|part| part.value.as_deref() == Some(value))
            || own.any(|(index, fact)| self.asked.contains(&fact.name) || is_used(library, index, &fact.id))
    }
}

/// Whether a warning, a row, a step or an exercise hangs on a fact.
fn is_used(library: &Library, index: usize, id: &str) -> bool {
    let treatment = &library.treatment;
    let when = |when: &When| *when == When::Fact(index);
    let instead = |row: &Row| row.instead.as_ref().is_some_and(|(fact, _)| *fact == index);
    let libraries = library.packs.values().flat_map(|pack| pack.libraries.values());
    let mut exercises = libraries.flat_map(indexmap::IndexMap::values);
    treatment.rules().any(|rule| when(&rule.when))
        || treatment.timeline.rows.iter().any(instead)
        || treatment.steps.iter().any(|step| when(&step.when))
        || exercises.any(|exercise| exercise.not_with.keys().any(|fact| **fact == *id))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    text.split(move |c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_owned)
}
