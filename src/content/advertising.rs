//! Words that a physiotherapist's advertising does not use, and where a clinic's public texts use them.

use super::phrases::Phrases;
use super::{Audience, Library, Pack, Source};
use crate::diagnostic::Diagnostic;
use crate::locale::Language;
use indexmap::IndexMap;
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
        let phrases = Phrases::new(library.advertising.iter().flat_map(|rule| {
            let phrases = rule.phrases.get(&pack.language).map(Vec::as_slice).unwrap_or_default();
            phrases.iter().map(move |phrase| (rule, phrase))
        }));
        for source in public_texts(pack) {
            let said = phrases.said(&source.text);
            found.extend(
                said.map(|(rule, at, length)| breach(rule, source, at, &source.text[at..at + length])),
            );
        }
    }
    found
}

/// The same in a text that no language's files hold: `seen` is what its reader sees of it. A word is as long there, in bytes, as
/// where it stands, but what hides in it is behind it: it is shown as it is seen.
pub fn advertised(source: &Source, seen: &str, library: &Library, language: &Language) -> Vec<Diagnostic> {
    let listed = |rule: &AdvertisingRule| rule.phrases.get(language).cloned().unwrap_or_default();
    let all =
        library.advertising.iter().flat_map(|rule| listed(rule).into_iter().map(move |one| (rule, one)));
    let phrases = Phrases::new(all);
    let said = phrases.said(seen);
    said.map(|(rule, at, length)| breach(rule, source, at, &seen[at..at + length])).collect()
}

fn breach(rule: &AdvertisingRule, source: &Source, at: usize, used: &str) -> Diagnostic {
    let message = format!("`{used}` is not for public text: {}", rule.reason);
    let characters = u32::try_from(used.chars().count()).unwrap_or(0);
    Diagnostic::error("advertising", message)
        .at(source.at(at, characters))
        .hint(format!("say it as a fact, or change the rule `{}` in content/advertising.yaml", rule.id))
}

fn public_texts(pack: &Pack) -> impl Iterator<Item = &Source> {
    let is_public = |audience: Audience| audience != Audience::Patient;
    let sections = pack.sections.values().filter(move |section| is_public(section.audience));
    let questions = pack.questions.iter().filter(move |question| is_public(question.audience));
    let exercises = pack.libraries.values().flat_map(IndexMap::values);
    sections
        .flat_map(|section| [&section.title, &section.body])
        .chain(questions.flat_map(|question| [&question.question, &question.answer]))
        .chain(
            exercises.flat_map(|exercise| [&exercise.name, &exercise.alt].into_iter().chain(&exercise.steps)),
        )
        .chain(pack.safety.words.values())
        .chain(pack.words.values())
}

/// Where a phrase stands in a text, in any case and as whole words: offset and length in bytes.
pub fn places(text: &str, phrase: &str) -> Vec<(usize, usize)> {
    Phrases::new([((), phrase)]).said(text).map(|((), at, length)| (at, length)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
