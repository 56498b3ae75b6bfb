//! What a machine sees of a sheet.

use super::super::check::Readings;
use crate::content::ProseWords;
use crate::document::{Block, Document, passages, plain_text};
use crate::readability::{sentences, words_of};
use crate::request::Request;
use std::collections::BTreeSet;

/// Counted once for all questions.
pub struct Seen {
    /// The biggest words of the sheet: what to do until when.
    pub answer: String,
    pub words: usize,
    pub sentences: usize,
    /// By each measure with a limit: how it reads, and whether that is within it.
    pub levels: Vec<(String, bool)>,
    pub jargon: Vec<String>,
    pub passive: Option<(usize, bool)>,
    /// Passive, of the words that say the main thing.
    pub answer_is_passive: bool,
    pub longest_sentence: (usize, bool),
    pub longest_paragraph: (usize, bool),
    pub parts: Parts,
    pub timeline: usize,
    pub has_days: bool,
    pub signs: usize,
    pub next_visit: bool,
    /// Sentences that speak to the reader, or begin with a verb in the list of what speaks to one.
    pub speaks: usize,
    pub number_words: Vec<String>,
    pub decimals: Vec<String>,
    pub chances: Vec<String>,
    pub digits: usize,
    /// Different words in a hundred, and words that carry meaning in a hundred.
    pub diversity: usize,
    pub density: Option<usize>,
}

impl Seen {
    pub fn new(document: &Document, words: &ProseWords, readings: &Readings<'_>, request: &Request) -> Seen {
        let passages = passages(document);
        let lines: Vec<&str> = passages.iter().flat_map(|one| &one.lines).map(String::as_str).collect();
        let said: Vec<&str> = lines.iter().flat_map(|line| sentences(line)).collect();
        let limits = &words.reading;
        let quick = &document.masthead().quick;
        let answer =
            format!("{} {}", plain_text(&quick.lead), plain_text(&quick.answer)).replace('\u{a0}', " ");
        let longest = |texts: &[&str]| texts.iter().map(|text| words_of(text).count()).max().unwrap_or(0);
        let within = |count: usize, limit: Option<usize>| (count, limit.is_none_or(|limit| count <= limit));
        let levels = readings.levels().into_iter().map(|(measure, figure)| {
            let said = match measure.is_grade() {
                true => format!("grade {:.1} by {}", figure.figure, measure.title()),
                false => format!("an ease of {:.0} by {}", figure.figure, measure.title()),
            };
            (said, measure.is_met(figure.figure, figure.limit))
        });
        let all: Vec<String> = said.iter().flat_map(|one| words_of(one)).map(bare).collect();
        let different: BTreeSet<&String> = all.iter().collect();
        let meant = (!words.small_words.is_empty())
            .then(|| all.iter().filter(|word| !words.small_words.contains(*word)).count());
        Seen {
            levels: levels.collect(),
            jargon: found(&lines, |line| limits.plain.jargon.said(line).map(|one| (one.1, one.2)).collect()),
            passive: readings.passive().map(|one| (one.figure.round() as usize, one.figure <= one.limit)),
            answer_is_passive: limits.passives.as_ref().is_some_and(|rule| rule.is_said(&answer)),
            longest_sentence: within(longest(&said), limits.sentence),
            longest_paragraph: within(longest(&lines), limits.paragraph),
            parts: Parts::of(document),
            timeline: document.masthead().timeline.bars.len(),
            has_days: !document.masthead().timeline.days.is_empty(),
            signs: signs(document),
            next_visit: request.next_visit.is_some(),
            speaks: said.iter().filter(|one| words.person.said(one).next().is_some()).count(),
            number_words: found(&lines, |line| {
                words.numbers.said(line).filter(|one| one.0 > 1).map(|one| (one.1, one.2)).collect()
            }),
            decimals: numbers(&lines, |number| number.contains(['.', ',']) && !number.contains(':')),
            chances: numbers(&lines, |number| number.ends_with('%')),
            digits: numbers(&lines, |_| true).len(),
            diversity: share(different.len(), all.len()),
            density: meant.map(|meant| share(meant, all.len())),
            words: all.len(),
            sentences: said.len(),
            answer,
        }
    }
}

fn share(part: usize, whole: usize) -> usize {
    (100 * part + whole / 2) / whole.max(1)
}

fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

/// Each thing once, as it is written where it is said first.
fn found(lines: &[&str], in_line: impl Fn(&str) -> Vec<(usize, usize)>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in lines {
        for (at, length) in in_line(line) {
            let written = line[at..at + length].to_owned();
            if !all.iter().any(|one| one.to_lowercase() == written.to_lowercase()) {
                all.push(written);
            }
        }
    }
    all
}

/// Words that begin with a digit.
fn numbers(lines: &[&str], wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let words = lines.iter().flat_map(|line| line.split_whitespace());
    let words =
        words.map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '%'));
    words
        .filter(|word| word.starts_with(|letter: char| letter.is_ascii_digit()) && wanted(word))
        .map(str::to_owned)
        .collect()
}

fn signs(document: &Document) -> usize {
    let safety = document.safety();
    [safety.emergency(), safety.same_day(), safety.call()].iter().map(|tier| tier.signs.len()).sum()
}

/// How often each kind of part stands on the sheet.
#[derive(Default)]
pub struct Parts {
    pub headings: usize,
    /// Bodies of text without a heading of their own.
    pub bare: usize,
    pub list_items: usize,
    /// What to do and what not to do.
    pub advice: usize,
    pub exercises: usize,
    pub longest_exercise: usize,
    pub pictures: usize,
    pub tables: usize,
    pub contacts: usize,
}

impl Parts {
    fn of(document: &Document) -> Parts {
        let mut parts = Parts::default();
        for section in document.body().iter().flat_map(|group| &group.sections) {
            match section.title {
                Some(_) => parts.headings += 1,
                None => parts.bare += usize::from(is_prose(&section.blocks)),
            }
            section.blocks.iter().for_each(|block| parts.add(block));
        }
        parts.list_items += signs(document);
        parts
    }

    fn add(&mut self, block: &Block) {
        match block {
            Block::Heading { .. } => self.headings += 1,
            Block::List(list) => self.list_items += list.items.len(),
            Block::DoDont(both) => {
                self.headings += 2;
                self.advice += both.do_.items.len() + both.dont.items.len();
                self.list_items += both.do_.items.len() + both.dont.items.len();
            }
            Block::Callout(callout) => callout.blocks.iter().for_each(|block| self.add(block)),
            Block::Figure(_) => self.pictures += 1,
            Block::Exercises(exercises) => {
                self.exercises += exercises.len();
                self.pictures += exercises.iter().filter(|one| one.picture.is_some()).count();
                let longest = exercises.iter().map(|one| one.steps.len()).max().unwrap_or(0);
                self.longest_exercise = self.longest_exercise.max(longest);
            }
            Block::Questions(questions) => self.headings += questions.len(),
            Block::Contact(contact) => self.contacts += contact.lines.len(),
            Block::Table(_) => self.tables += 1,
            Block::Paragraph(_) | Block::WriteOn { .. } => {}
        }
    }
}

/// Whether blocks begin without a heading of their own.
fn is_prose(blocks: &[Block]) -> bool {
    matches!(blocks.first(), Some(Block::Paragraph(_) | Block::List(_)))
}
