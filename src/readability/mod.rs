//! How hard a text is to read, by published formulas.
//!
//! Words, syllables and sentences are counted as `textstat` counts them, because authors know it: words are separated by
//! spaces, and syllables by the places where a hyphen may stand. A sentence of one or two words adds its words but does not
//! count as a sentence, so that short headings make no text look easy.

mod measure;
mod syllables;

pub use measure::Measure;
pub use syllables::Syllables;

use crate::letter::is_letter_or_digit;

/// A sentence of fewer words is not counted as one.
const SHORTEST: usize = 3;
/// SMOG counts words of this many syllables and more.
const LONG: usize = 3;

/// What the formulas need to know of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub sentences: usize,
    pub words: usize,
    pub syllables: usize,
    /// Words of three syllables and more.
    pub long_words: usize,
}

impl Counts {
    /// Counts a sentence.
    pub fn add(&mut self, sentence: &str, syllables: &Syllables) {
        let mut words = 0;
        for word in words_of(sentence) {
            let parts = syllables.of(word);
            words += 1;
            self.syllables += parts;
            self.long_words += usize::from(parts >= LONG);
        }
        self.words += words;
        self.sentences += usize::from(words >= SHORTEST);
    }

    /// Of lines, each of which is one sentence or more.
    pub fn of<'t>(lines: impl IntoIterator<Item = &'t str>, syllables: &Syllables) -> Counts {
        let mut counts = Counts::default();
        lines.into_iter().flat_map(sentences).for_each(|sentence| counts.add(sentence, syllables));
        counts
    }

    /// Words in a sentence, on average.
    pub fn sentence_length(&self) -> f64 {
        self.words as f64 / self.sentences.max(1) as f64
    }

    /// Syllables in a word, on average.
    fn word_length(&self) -> f64 {
        self.syllables as f64 / self.words.max(1) as f64
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, more: Counts) {
        self.sentences += more.sentences;
        self.words += more.words;
        self.syllables += more.syllables;
        self.long_words += more.long_words;
    }
}

/// What stands between spaces and has a letter or a digit.
pub fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.chars().any(is_letter_or_digit))
}

/// The sentences of a line: each ends behind its full stop, question or exclamation mark, if a space comes and then no
/// small letter ("a.m. or later" is one sentence).
pub fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let ends = rest.char_indices().filter(|(_, letter)| ".!?…。！？".contains(*letter));
        let end = ends.map(|(at, letter)| (at + letter.len_utf8(), letter)).find_map(|(end, letter)| {
            let closing: usize = rest[end..]
                .chars()
                .take_while(|letter| "\"'”’»)]".contains(*letter))
                .map(char::len_utf8)
                .sum();
            let behind = &rest[end + closing..];
            let next = behind.trim_start().chars().next();
            let is_end = behind.starts_with(char::is_whitespace) || "。！？".contains(letter);
            (is_end && !next.is_some_and(char::is_lowercase)).then_some(end + closing)
        });
        let (sentence, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(sentence.trim_end())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Vec<&str> {
        sentences(line).collect()
    }

    #[test]
    fn a_line_is_cut_into_its_sentences() {
        assert_eq!(split("Rest. Drink water! Sore? Call us"), ["Rest.", "Drink water!", "Sore?", "Call us"]);
        assert_eq!(
            split("At 8 a.m. or later. “Stop.” Then 2.5 km."),
            ["At 8 a.m. or later.", "“Stop.”", "Then 2.5 km."]
        );
        assert_eq!(split("  "), Vec::<&str>::new());
    }

    #[test]
    fn a_heading_of_two_words_makes_no_text_look_easy() {
        let english = Syllables::of_language("en").unwrap();
        let text = ["Get help", "Drink more water than you usually do."];
        let counts = Counts::of(text, &english);
        assert_eq!((counts.sentences, counts.words), (1, 9));
    }
}
