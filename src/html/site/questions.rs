//! What people ask and what the page answers, in plain words; the warnings are an answer too.

use super::text::{QuestionGroup, SiteLanguage};
use crate::document::{
    Block, Document, Question, Text, by_question, plain_text, reading_order_of, without_colon,
};

pub(super) fn plain(text: &Text) -> String {
    plain_text(text).replace('\u{a0}', " ")
}

/// The questions of a group, in the group's order.
pub(super) fn questions<'d>(document: &'d Document, group: &QuestionGroup) -> Vec<&'d Question> {
    let blocks = document.body().iter().flat_map(|group| &group.sections).flat_map(|section| &section.blocks);
    let all = blocks.flat_map(|block| match block {
        Block::Questions(questions) => questions.as_slice(),
        _ => &[],
    });
    all.filter(|question| group.questions.contains(&question.id)).collect()
}

/// A question and its answer.
pub(super) fn answered(question: &Question) -> (String, String) {
    (plain(&question.question), reading_order_of(&question.answer).join(" "))
}

/// The question that the warnings answer; where a language has none, their heading.
pub(super) fn help_question(language: &SiteLanguage) -> String {
    match language.words.get("help").map(plain) {
        Some(words) => words.replace("{treatment}", &plain(&language.treatment)),
        None => plain(language.document.safety().heading()),
    }
}

/// The warnings as a question and its answer.
pub(super) fn help(language: &SiteLanguage) -> (String, String) {
    let safety = language.document.safety();
    let mut lines = Vec::new();
    for tier in [safety.emergency(), safety.same_day(), safety.call()] {
        lines.push(format!("{}:", without_colon(&plain(&tier.heading_on_screen()))));
        let rest = tier.intro.iter().chain(&tier.signs).chain(&tier.closing);
        lines.extend(rest.map(plain));
    }
    // As on the page: whom they are for stands above them, if the language says so.
    match safety.precautions_heading().filter(|_| !safety.precautions().is_empty()) {
        Some(heading) => {
            lines.push(format!("{}:", without_colon(&plain(heading))));
            lines.extend(by_question(safety.precautions()).iter().map(plain));
        }
        None => lines.extend(safety.precautions().iter().map(plain)),
    }
    (help_question(language), lines.join(" "))
}
