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
    /// Longer phrases that hold such words and promise nothing: "it is best to ask".
    pub unless: BTreeMap<Language, Vec<String>>,
    /// Words in front of them that take them back, within a clause: "we cannot promise".
    pub denied_by: BTreeMap<Language, Vec<String>>,
}

/// Marks between clauses, of every script.
const CLAUSE: [char; 17] =
    ['.', ',', ';', ':', '!', '?', '\n', '–', '—', '。', '，', '；', '：', '！', '？', '؟', '،'];

impl AdvertisingRule {
    /// Whether the words at a place of a text are no advertising there.
    fn allows(&self, language: &Language, text: &str, at: usize, length: usize) -> bool {
        let listed = |all: &BTreeMap<Language, Vec<String>>| {
            Phrases::new(all.get(language).into_iter().flatten().map(|phrase| ((), phrase.clone())))
        };
        let end = at + length;
        let start = |mark: usize| mark + text[mark..].chars().next().map_or(0, char::len_utf8);
        let clause = text[..at].rfind(CLAUSE).map_or(0, start);
        let before = text.get(clause..at).unwrap_or_default();
        listed(&self.unless).said(text).any(|((), from, whole)| from <= at && end <= from + whole)
            || listed(&self.denied_by).said(before).next().is_some()
    }
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
            let said =
                said.filter(|(rule, at, length)| !rule.allows(&pack.language, &source.text, *at, *length));
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
    let said = phrases.said(seen).filter(|(rule, at, length)| !rule.allows(language, seen, *at, *length));
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
    fn what_is_taken_back_or_holds_the_word_by_right_is_no_advertising() {
        let folder = crate::content::load(&crate::content::files::Embedded).expect("the program's own").value;
        let english = Language::new("en");
        let told = |text: &str| {
            let source = Source::new(text, crate::diagnostic::Place::line("rest.md", 1, 1));
            advertised(&source, text, &folder.first, &english).len()
        };
        for text in [
            "It is not a cure.",
            "We cannot promise that it helps.",
            "It is not always painless.",
            "We promise to listen.",
            "We will do our best to find you a new time.",
            "It is best to bring a list of your medicines.",
            "Your physiotherapist reviews the plan with you.",
            "You are the expert on your own body.",
            "Do you see a heart specialist? Bring the letter.",
        ] {
            assert_eq!(told(text), 0, "{text}");
        }
        for text in [
            "No pain, guaranteed.",
            "It is not slow: it is a cure.",
            "We promise a cure.",
            "We are the best in town.",
            "Our clinic is better than others in town. No clinic is better than ours.",
            "Read the reviews.",
            "Our experts know.",
            "Five stars from all our patients.",
            "The first visit is free.",
            "20 % off in May.",
            "Get 20 percent off your next visit.",
        ] {
            assert!(told(text) > 0, "{text}");
        }
    }

    #[test]
    fn marks_that_are_no_letters_can_be_in_a_phrase() {
        assert_eq!(said("We are #1 in town", "#1"), ["#1"]);
        assert_eq!(said("100\u{a0}% sure", "100 %"), ["100\u{a0}%"]);
    }
}
