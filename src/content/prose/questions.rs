//! Questions that came with the program and ask for something else now, above the same answer: "Yes." says the contrary then.

use super::ProseWords;
use super::edits::{lower_words, sentences};
use super::negations::denials;
use super::taken_out::about;
use super::text::seen;
use crate::content::{Pack, Question, Source};
use crate::diagnostic::{Diagnostic, shown};
use std::collections::BTreeSet;

/// Words of a first sentence that only says yes or no.
const SHORT: usize = 2;

/// Questions with another word in the place of one, whose answer begins as it came, with a yes or a no.
pub fn changed(came: &Pack, own: &Pack, words: &ProseWords) -> Vec<Diagnostic> {
    let told = own.questions.iter().filter_map(|is| {
        let was = came.questions.iter().find(|was| was.id == is.id)?;
        (asks_otherwise(was, is, words) && answers_alike(was, is, words)).then(|| told(was, &is.question))
    });
    told.collect()
}

/// Whether a word that the answer speaks of became another one, or all of them did.
fn asks_otherwise(was: &Question, is: &Question, words: &ProseWords) -> bool {
    let [before, after]: [BTreeSet<String>; 2] = [was, is].map(|one| about(&seen(&one.question.text), words));
    let answered = about(&seen(&was.answer.text), words);
    let mut gone = before.difference(&after);
    let is_new = after.difference(&before).next().is_some();
    is_new && (gone.any(|word| answered.contains(word)) || !before.is_empty() && before.is_disjoint(&after))
}

/// Whether both answers begin with the same yes or no.
fn answers_alike(was: &Question, is: &Question, words: &ProseWords) -> bool {
    let [before, after] = [was, is].map(|one| first(&one.answer));
    let says_yes_or_no = lower_words(&before).len() <= SHORT || denials(&before, words).next().is_some();
    says_yes_or_no && !before.is_empty() && lower_words(&before) == lower_words(&after)
}

fn first(answer: &Source) -> String {
    let text = seen(&answer.text);
    let first = sentences(&text).into_iter().next();
    first.map(|first| text[first].to_owned()).unwrap_or_default()
}

fn told(was: &Question, is: &Source) -> Diagnostic {
    let letters = u32::try_from(is.text.chars().count()).unwrap_or(0);
    let message = "this question asks for something else than the one that came with the program, and the answer is the same";
    let fault = Diagnostic::warning("changed-sense", message).at(is.at(0, letters));
    fault.hint(format!(
        "it came as “{}”; write an answer to the new one, or have the text signed: `aftercare sign`",
        shown(&was.question.text)
    ))
}
