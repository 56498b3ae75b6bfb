//! Words that a physiotherapist's advertising does not use, and where a clinic's public texts use them.

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
            found.extend(
                phrases.said(&source.text).map(|(rule, at, length)| breach(rule, source, at, length)),
            );
        }
    }
    found
}

/// Phrases as a tree of their letters: what a text says at one place is found in one walk, however many there are.
struct Phrases<T>(Vec<Branch<T>>);

struct Branch<T> {
    next: BTreeMap<char, usize>,
    /// The phrases that end here, and whether any ending may follow.
    ends: Vec<(T, bool)>,
}

impl<T: Copy> Phrases<T> {
    fn new(phrases: impl IntoIterator<Item = (T, impl AsRef<str>)>) -> Phrases<T> {
        let mut tree = Phrases(vec![Branch { next: BTreeMap::new(), ends: Vec::new() }]);
        phrases.into_iter().for_each(|(of, phrase)| tree.add(of, phrase.as_ref()));
        tree
    }

    fn add(&mut self, of: T, phrase: &str) {
        let (stem, open) = match phrase.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (phrase, false),
        };
        if stem.trim().is_empty() {
            return;
        }
        let mut at = 0;
        for letter in stem.chars().map(folded) {
            let new = self.0.len();
            at = *self.0[at].next.entry(letter).or_insert(new);
            if at == new {
                self.0.push(Branch { next: BTreeMap::new(), ends: Vec::new() });
            }
        }
        self.0[at].ends.push((of, open));
    }

    /// The phrases that a text says, in any case and as whole words: offset and length in bytes.
    fn said<'p>(&'p self, text: &'p str) -> impl Iterator<Item = (T, usize, usize)> + 'p {
        word_starts(text)
            .flat_map(|at| self.said_at(&text[at..]).into_iter().map(move |(of, length)| (of, at, length)))
    }

    /// A run of spaces, line ends or no-break spaces is one space.
    fn said_at(&self, text: &str) -> Vec<(T, usize)> {
        let (mut at, mut rest, mut said) = (0, text, Vec::new());
        while let Some(letter) = rest.chars().next() {
            let Some(next) = self.0[at].next.get(&folded(letter)) else { break };
            at = *next;
            rest = if letter.is_whitespace() { rest.trim_start() } else { &rest[letter.len_utf8()..] };
            let tail: usize = rest.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
            let length = text.len() - rest.len() + tail;
            said.extend(
                self.0[at].ends.iter().filter(|(_, open)| *open || tail == 0).map(|(of, _)| (*of, length)),
            );
        }
        said
    }
}

/// A letter in any case, a space of any kind.
fn folded(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        _ if letter.is_whitespace() => ' ',
        (Some(lower), None) => lower,
        _ => letter,
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
    fn phrases_that_begin_alike_are_each_found() {
        let phrases = Phrases::new([(1, "best"), (2, "best care"), (3, "bes*"), (4, "best cure")]);
        let said: Vec<usize> = phrases.said("The BEST\n care.").map(|(phrase, ..)| phrase).collect();
        assert_eq!(said, [3, 1, 2]);
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
