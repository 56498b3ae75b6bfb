//! Where words end in scripts that write no spaces between them, by the dictionaries of ICU.

use crate::locale::is_unspaced;
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use std::ops::Range;
use std::sync::OnceLock;
use unicode_script::{Script, UnicodeScript};

/// Longer runs of letters, in bytes, are looked up a part at a time.
const LONGEST_RUN: usize = 1024;
/// Signs that repeat or shorten the word before them: no line begins with one.
const BEHIND_A_WORD: [char; 4] = ['\u{e2f}', '\u{e46}', '\u{ec6}', '\u{17d7}'];

/// What the words of a text without spaces say of the places in it.
#[derive(Default)]
pub(super) struct Words {
    /// Runs of letters of scripts without spaces.
    runs: Vec<Range<usize>>,
    /// Bytes inside of runs at which one word ends and the next begins.
    edges: Vec<usize>,
}

impl Words {
    pub(super) fn of(text: &str) -> Words {
        // Such letters begin with U+0E00, whose first byte is E0.
        if !text.bytes().any(|byte| byte >= 0xe0) || !text.chars().any(is_unspaced) {
            return Words::default();
        }
        let runs = runs(text);
        let mut edges = Vec::new();
        for run in &runs {
            let inside = segmenter().segment_str(&text[run.clone()]).map(|at| run.start + at);
            edges.extend(inside.filter(|at| run.start < *at && *at < run.end));
        }
        edges.retain(|at| !text[*at..].starts_with(BEHIND_A_WORD));
        Words { runs, edges }
    }

    /// Edges between letters that UAX #14 leaves to dictionaries.
    pub(super) fn looked_up<'w>(&'w self, text: &'w str) -> impl Iterator<Item = usize> + 'w {
        let is_complex = |letter: Option<char>| letter.is_some_and(is_complex);
        let edges = self.edges.iter().copied();
        edges.filter(move |at| {
            is_complex(text[..*at].chars().next_back()) && is_complex(text[*at..].chars().next())
        })
    }

    /// Whether a place lies inside a word of such a script.
    pub(super) fn splits(&self, at: usize) -> bool {
        let next = self.runs.partition_point(|run| run.end <= at);
        self.runs.get(next).is_some_and(|run| run.start < at) && self.edges.binary_search(&at).is_err()
    }
}

fn segmenter() -> &'static WordSegmenterBorrowed<'static> {
    static SEGMENTER: OnceLock<WordSegmenterBorrowed<'static>> = OnceLock::new();
    SEGMENTER.get_or_init(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()))
}

fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.char_indices().filter(|(_, letter)| is_unspaced(*letter)) {
        let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
        match runs.last_mut() {
            Some(last) if last.end == at && last.len() < LONGEST_RUN => last.end = end,
            _ => runs.push(at..end),
        }
    }
    runs
}

/// Letters between which UAX #14 itself sees no place to end a line (its class SA).
fn is_complex(letter: char) -> bool {
    matches!(letter.script(), Script::Thai | Script::Lao | Script::Khmer | Script::Myanmar)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut from = 0;
        let edges = Words::of(text).edges;
        let ends = edges.into_iter().chain([text.len()]);
        ends.map(|end| &text[std::mem::replace(&mut from, end)..end]).collect()
    }

    #[test]
    fn words_are_those_of_the_dictionary() {
        assert_eq!(words("หลังการรักษา"), ["หลัง", "การ", "รักษา"]);
        assert_eq!(words("物理治疗师"), ["物理", "治疗", "师"]);
        assert_eq!(words("筋肉が痛む"), ["筋肉", "が", "痛む"]);
        assert_eq!(words("Rest well – “now”"), ["Rest well – “now”"]);
    }

    #[test]
    fn a_sign_that_repeats_a_word_stays_with_it() {
        assert_eq!(words("เบาๆ"), ["เบาๆ"]);
    }

    #[test]
    fn no_text_is_too_long() {
        let text = "痛".repeat(200_000);
        assert!(Words::of(&text).runs.len() > 500);
    }
}
