//! How hard texts of a language may be to read, as data.

use super::phrases::Phrases;
use crate::letter::is_letter;
use crate::readability::Measure;

/// What `content/prose/<language>.yaml` says under `reading`, `passive` and `plain`.
#[derive(Clone, Debug, Default)]
pub struct ReadingLimits {
    /// Of a whole sheet: the highest grade, or the least ease.
    pub sheet: Vec<(Measure, f64)>,
    /// Of each text.
    pub text: Vec<(Measure, f64)>,
    /// Words in a sentence, at most.
    pub sentence: Option<usize>,
    /// Words in a sentence of a sheet on average, at most.
    pub average: Option<usize>,
    /// Words in a paragraph, at most.
    pub paragraph: Option<usize>,
    /// Of a hundred sentences of a sheet these may be passive.
    pub passive: Option<usize>,
    pub passives: Option<Passives>,
    pub plain: PlainWords,
}

/// How a language makes passives: a helper, and behind it a participle.
#[derive(Clone, Debug)]
pub struct Passives {
    pub helpers: Phrases<()>,
    /// What may stand between the two: "not", "often".
    pub between: Phrases<()>,
    pub participles: Phrases<()>,
    /// Endings of participles that are in no list.
    pub endings: Vec<String>,
    /// Words that look like participles and are none: "tired".
    pub adjectives: Phrases<()>,
}

impl Passives {
    /// Whether a sentence has a helper before a participle, with at most a word between.
    pub fn is_said(&self, sentence: &str) -> bool {
        self.helpers.said(sentence).any(|((), at, length)| {
            let mut rest = sentence[at + length..].trim_start();
            if let Some((_, between)) = self.between.said_at(rest).into_iter().max_by_key(|said| said.1) {
                rest = rest[between..].trim_start();
            }
            let letters = rest.chars().take_while(|letter| is_letter(*letter));
            let word: String = letters.flat_map(char::to_lowercase).collect();
            // An ending alone is no participle: two letters and more stand before it.
            let ends = |ending: &String| word.len() > ending.len() + 2 && word.ends_with(&**ending);
            let is_participle = !self.participles.said_at(rest).is_empty() || self.endings.iter().any(ends);
            is_participle && self.adjectives.said_at(rest).is_empty()
        })
    }
}

/// Words that few people use, and what to say in their place.
#[derive(Clone, Debug)]
pub struct PlainWords {
    /// By the index of the plain word.
    pub jargon: Phrases<usize>,
    pub plain: Vec<String>,
}

impl Default for PlainWords {
    fn default() -> PlainWords {
        PlainWords { jargon: Phrases::new(std::iter::empty::<(usize, String)>()), plain: Vec::new() }
    }
}
