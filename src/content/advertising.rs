//! Words that a physiotherapist's advertising does not use, and where a clinic's public texts use them.

use super::{Audience, Library, Pack, Source};
use crate::diagnostic::Diagnostic;
use crate::locale::Language;
use std::collections::BTreeMap;

/// A rule of `content/advertising.yaml`.
#[derive(Clone, Debug)]
pub struct AdvertisingRule {
    pub id: String,
    /// Why, as the end of "`best` is not for advertising: …".
    pub reason: String,
    /// Lower case; `*` at the end stands for any ending.
    pub phrases: BTreeMap<Language, Vec<String>>,
}

/// Every forbidden phrase in the texts that everybody may read: title, sections, questions, warnings, words.
pub fn check_advertising(library: &Library) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for pack in library.packs.values() {
        for source in public_texts(pack) {
            found.extend(library.advertising.iter().flat_map(|rule| breaches(rule, &pack.language, source)));
        }
    }
    found
}

fn public_texts(pack: &Pack) -> impl Iterator<Item = &Source> {
    let is_public = |audience: Audience| audience != Audience::Patient;
    let sections = pack.sections.values().filter(move |section| is_public(section.audience));
    let questions = pack.questions.iter().filter(move |question| is_public(question.audience));
    let exercises = pack.stretches.values().chain(pack.exercises.values());
    sections
        .flat_map(|section| [&section.title, &section.body])
        .chain(questions.flat_map(|question| [&question.question, &question.answer]))
        .chain(
            exercises.flat_map(|exercise| [&exercise.name, &exercise.alt].into_iter().chain(&exercise.steps)),
        )
        .chain(pack.safety.words.values())
        .chain(pack.words.values())
}

fn breaches<'a>(
    rule: &'a AdvertisingRule,
    language: &Language,
    source: &'a Source,
) -> impl Iterator<Item = Diagnostic> + use<'a> {
    let phrases = rule.phrases.get(language).map(Vec::as_slice).unwrap_or_default();
    phrases.iter().flat_map(move |phrase| {
        places(&source.text, phrase).into_iter().map(move |(at, length)| {
            let used = source.text.get(at..at + length).unwrap_or(phrase);
            let message = format!("`{used}` is not for public text: {}", rule.reason);
            let characters = u32::try_from(used.chars().count()).unwrap_or(0);
            Diagnostic::error("advertising", message).at(source.at(at, characters)).hint(format!(
                "say it as a fact, or change the rule `{}` in content/advertising.yaml",
                rule.id
            ))
        })
    })
}

/// Where a phrase stands in a text, in any case and as whole words: offset and length in bytes.
pub fn places(text: &str, phrase: &str) -> Vec<(usize, usize)> {
    let (stem, open) = match phrase.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (phrase, false),
    };
    if stem.trim().is_empty() {
        return Vec::new();
    }
    let starts = text
        .char_indices()
        .filter(|(at, _)| !text[..*at].chars().next_back().is_some_and(char::is_alphanumeric));
    let ends = starts.filter_map(|(at, _)| Some((at, matched(&text[at..], stem)?)));
    let whole = ends.filter_map(|(at, length)| {
        let rest = &text[at + length..];
        let tail: usize = rest.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
        (open || tail == 0).then_some((at, length + tail))
    });
    whole.collect()
}

/// How many bytes of the text say the phrase. A run of spaces, line ends or no-break spaces is one space.
fn matched(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = text;
    for wanted in phrase.chars() {
        if wanted.is_whitespace() {
            let after = rest.trim_start();
            if after.len() == rest.len() {
                return None;
            }
            rest = after;
        } else {
            let next = rest.chars().next()?;
            if !next.to_lowercase().eq(wanted.to_lowercase()) {
                return None;
            }
            rest = &rest[next.len_utf8()..];
        }
    }
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::places;

    fn said<'t>(text: &'t str, phrase: &str) -> Vec<&'t str> {
        places(text, phrase).into_iter().map(|(at, length)| &text[at..at + length]).collect()
    }

    #[test]
    fn a_phrase_counts_in_any_case_and_as_whole_words() {
        assert_eq!(said("The BEST care. Bestow it.", "best"), ["BEST"]);
        assert_eq!(said("better\n  than before; better, then", "better than"), ["better\n  than"]);
        assert_eq!(said("Le MEILLEUR choix", "le meilleur"), ["Le MEILLEUR"]);
    }

    #[test]
    fn a_star_stands_for_any_ending() {
        assert_eq!(said("Guaranteed. A guarantee, no guarant.", "guarantee*"), ["Guaranteed", "guarantee"]);
        assert_eq!(said("a specialist's care", "specialist*"), ["specialist"]);
    }

    #[test]
    fn marks_that_are_no_letters_can_be_in_a_phrase() {
        assert_eq!(said("We are #1 in town", "#1"), ["#1"]);
        assert_eq!(said("100\u{a0}% sure", "100 %"), ["100\u{a0}%"]);
    }
}
