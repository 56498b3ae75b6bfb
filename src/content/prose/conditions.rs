//! Sentences that came with the program and are told to other patients now: a condition stands around them that did not, or the
//! one around them is gone. Their words are the same, so that no other rule sees it.

use super::edits::{sentences, words};
use super::text::{TagKind, seen, tags};
use super::told::one_line;
use crate::content::Source;
use crate::diagnostic::{Diagnostic, shown};

/// A sentence: its words, each with the conditions around it.
struct Said {
    at: usize,
    text: String,
    words: Vec<String>,
    conditions: Vec<Vec<String>>,
}

/// Sentences of which a word stands under other conditions.
pub fn changed([was, is]: &[String; 2], source: &Source) -> Vec<Diagnostic> {
    // What is not closed is told by itself: nobody knows how far it goes.
    if !is_closed(was) || !is_closed(is) {
        return Vec::new();
    }
    let mut old = said(was);
    let mut found = Vec::new();
    for sentence in said(is) {
        let same = |other: &Said| other.words == sentence.words;
        // Of those that stand several times, the one under the same conditions.
        let likest = old
            .iter()
            .position(|other| same(other) && other.conditions == sentence.conditions)
            .or_else(|| old.iter().position(same));
        let Some(came) = likest.map(|at| old.remove(at)) else { continue };
        let mut pairs = came.conditions.iter().zip(&sentence.conditions);
        if let Some((was, is)) = pairs.find(|(was, is)| was != is) {
            found.push(told(&sentence, was, is, source));
        }
    }
    found
}

fn told(sentence: &Said, was: &[String], is: &[String], source: &Source) -> Diagnostic {
    let listed = |all: &[String]| match all.is_empty() {
        true => "no condition".to_owned(),
        false => all.iter().map(|one| format!("`{}`", shown(one))).collect::<Vec<_>>().join(" and "),
    };
    let message = format!(
        "“{}” stands under {} here, and came under {}",
        shown(&sentence.text),
        listed(is),
        listed(was)
    );
    let letters = u32::try_from(sentence.text.chars().count()).unwrap_or(0);
    let fault = Diagnostic::warning("changed-sense", message).at(source.at(sentence.at, letters));
    fault.hint("other patients are told it; if the change is meant, have the text signed: `aftercare sign`")
}

fn conditions(text: &str) -> impl Iterator<Item = String> + '_ {
    tags(text).filter(|(kind, ..)| *kind == TagKind::Condition).map(|(.., tag)| bare(tag))
}

fn is_closed(text: &str) -> bool {
    let begin = |word: &str| conditions(text).filter(|said| said.split(' ').next() == Some(word)).count();
    begin("if") == begin("endif")
}

/// What a tag says, in single spaces.
fn bare(tag: &str) -> String {
    let inner = tag.trim_start_matches(['{', '%', '-']).trim_end_matches(['}', '%', '-']);
    one_line(inner)
}

fn said(text: &str) -> Vec<Said> {
    let seen = seen(text);
    let around = around(text);
    let under = |at: usize| {
        let before = around.iter().rfind(|(from, _)| *from <= at);
        before.map(|(_, conditions)| conditions.clone()).unwrap_or_default()
    };
    let of = |range: std::ops::Range<usize>| {
        let all = words(&seen, &range);
        Said {
            at: all.first().map_or(range.start, |word| word.start),
            text: one_line(seen[range].trim_start_matches(|c: char| !c.is_alphanumeric())),
            conditions: all.iter().map(|word| under(word.start)).collect(),
            words: all.into_iter().map(|word| seen[word].to_lowercase()).collect(),
        }
    };
    sentences(&seen).into_iter().map(of).filter(|said| !said.words.is_empty()).collect()
}

/// The conditions that hold from each tag on. A branch behind others is known by its own condition, or by the first one where it
/// has none: one more branch between them is no other condition for the rest.
fn around(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut open: Vec<(String, String)> = Vec::new();
    let mut found = Vec::new();
    for (_, at, tag) in tags(text).filter(|(kind, ..)| *kind == TagKind::Condition) {
        let said = bare(tag);
        match said.split_once(' ').map_or((said.as_str(), ""), |(first, rest)| (first, rest)) {
            ("if", condition) => open.push((condition.to_owned(), condition.to_owned())),
            ("elif", condition) => {
                if let Some((_, now)) = open.last_mut() {
                    condition.clone_into(now);
                }
            }
            ("else", _) => {
                if let Some((first, now)) = open.last_mut() {
                    *now = format!("not {first}");
                }
            }
            ("endif", _) => drop(open.pop()),
            _ => continue,
        }
        found.push((at, open.iter().map(|(_, now)| now.clone()).collect()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    fn told(was: &str, is: &str) -> Vec<String> {
        let source = Source::new(is, Place::line("rest.md", 1, 1));
        let found = changed(&[was.to_owned(), is.to_owned()], &source);
        found.into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn a_condition_around_a_caution_is_told_and_so_is_one_that_is_gone() {
        let desk = "Move. {% if activity == \"desk\" %}Stop if dizzy.{% endif %}";
        assert_eq!(
            told("Move. Stop if dizzy.", desk),
            ["“Stop if dizzy.” stands under `activity == \"desk\"` here, and came under no condition"]
        );
        assert_eq!(told(desk, "Move. Stop if dizzy.").len(), 1);
        let (was, is) = (
            "{% if a %}Rest.{% else %}Walk.{% endif %} Call us.",
            "{% if a %}Rest. Call us.{% else %}Walk.{% endif %}",
        );
        assert_eq!(told(was, is).len(), 1);
    }

    #[test]
    fn one_more_branch_or_sentence_is_no_other_condition() {
        for (was, is) in [
            (
                "{% if a %}Rest.{% else %}Walk.{% endif %}",
                "{% if a %}Rest.{% elif b %}Swim.{% else %}Walk.{% endif %}",
            ),
            ("Walk.", "Walk. {% if a %}Rest.{% endif %}"),
            ("{% if a %}Rest. Sleep.{% endif %}", "{% if a %}Rest.{% endif %} {% if a %}Sleep.{% endif %}"),
            ("{% if a %}Rest.{% endif %}", "{%- if  a -%}Rest.{% endif %}"),
        ] {
            assert_eq!(told(was, is), Vec::<String>::new(), "{is}");
        }
    }
}
