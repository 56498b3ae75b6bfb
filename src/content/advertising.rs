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
        let phrases = Phrases::new(&library.advertising, &pack.language);
        found.extend(public_texts(pack).flat_map(|source| phrases.breaches(source)));
    }
    found
}

/// A language's phrases, by their first letter: a text is gone through once, however many there are.
struct Phrases<'a>(BTreeMap<char, Vec<(&'a AdvertisingRule, &'a str)>>);

impl<'a> Phrases<'a> {
    fn new(rules: &'a [AdvertisingRule], language: &Language) -> Phrases<'a> {
        let mut phrases: BTreeMap<char, Vec<_>> = BTreeMap::new();
        for rule in rules {
            for phrase in rule.phrases.get(language).map(Vec::as_slice).unwrap_or_default() {
                phrases.entry(initial(phrase)).or_default().push((rule, phrase.as_str()));
            }
        }
        Phrases(phrases)
    }

    fn breaches(&self, source: &Source) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for at in word_starts(&source.text) {
            let rest = &source.text[at..];
            for (rule, phrase) in self.0.get(&initial(rest)).into_iter().flatten() {
                found.extend(said(rest, phrase).map(|length| breach(rule, source, at, length)));
            }
        }
        found
    }
}

fn breach(rule: &AdvertisingRule, source: &Source, at: usize, length: usize) -> Diagnostic {
    let used = &source.text[at..at + length];
    let message = format!("`{used}` is not for public text: {}", rule.reason);
    let characters = u32::try_from(used.chars().count()).unwrap_or(0);
    Diagnostic::error("advertising", message)
        .at(source.at(at, characters))
        .hint(format!("say it as a fact, or change the rule `{}` in content/advertising.yaml", rule.id))
}

/// The first letter in lower case; a space for any.
fn initial(text: &str) -> char {
    match text.chars().next() {
        Some(first) if !first.is_whitespace() => first.to_lowercase().next().unwrap_or(first),
        _ => ' ',
    }
}

/// Where no letter or digit stands before.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = false;
    text.char_indices().filter_map(move |(at, character)| {
        let starts = !std::mem::replace(&mut before, character.is_alphanumeric());
        starts.then_some(at)
    })
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

/// Where a phrase stands in a text, in any case and as whole words: offset and length in bytes.
pub fn places(text: &str, phrase: &str) -> Vec<(usize, usize)> {
    word_starts(text).filter_map(|at| Some((at, said(&text[at..], phrase)?))).collect()
}

/// How many bytes a text starts with that say a phrase, in any case and as whole words.
fn said(text: &str, phrase: &str) -> Option<usize> {
    let (stem, open) = match phrase.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (phrase, false),
    };
    if stem.trim().is_empty() {
        return None;
    }
    let length = matched(text, stem)?;
    let tail: usize = text[length..].chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    (open || tail == 0).then_some(length + tail)
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
    use super::*;

    /// What of a text says a phrase: looked for alone, and among all phrases by their first letters.
    fn said<'t>(text: &'t str, phrase: &str) -> Vec<&'t str> {
        let language = Language::new("en".to_owned());
        let phrases = BTreeMap::from([(language.clone(), vec![phrase.to_owned()])]);
        let rules = [AdvertisingRule { id: String::new(), reason: String::new(), phrases }];
        let source = Source::new(text, crate::diagnostic::Place::line("f", 1, 1));
        let found = Phrases::new(&rules, &language).breaches(&source).len();
        let said: Vec<&str> =
            places(text, phrase).into_iter().map(|(at, length)| &text[at..at + length]).collect();
        assert_eq!(found, said.len(), "{phrase}");
        said
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
