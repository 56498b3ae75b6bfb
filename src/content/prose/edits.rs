//! Two states of a text, and the sentences of them that differ in a few words.

use crate::content::phrases::word_starts;
use crate::locale::{QUESTIONS, is_in_word};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Words taken out for others, or put in, at most: more is another sentence.
const FEW: usize = 5;
/// Words taken out with none in their place, at most: a clause that was cut away.
const CLAUSE: usize = 12;
/// How much of two sentences is the same, where one is the other, edited.
pub const ALIKE: f64 = 0.5;
/// Words of a sentence that may be another one altogether.
const SHORT: usize = 3;
/// Lines and words of one comparison, at most: what is longer was written anew.
const LINES: usize = 5_000;
const WORDS: usize = 800;

/// A few words of a sentence that became others.
#[derive(Debug, PartialEq, Eq)]
pub struct Edit {
    /// In the old text.
    pub taken: Range<usize>,
    /// In the new one.
    pub put: Range<usize>,
    /// The sentence around what was taken out, with the spaces at its end: digits of
    /// another script end there, not at those that stand for them.
    pub before: Range<usize>,
    /// The sentence around what was put in, likewise.
    pub after: Range<usize>,
    /// What to show of the new text: what was put in, or the word behind the gap.
    pub at: Range<usize>,
}

/// The small edits that made a text of another.
pub fn edits(old: &str, new: &str) -> Vec<Edit> {
    let [old_lines, new_lines] = [old, new].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    if old_lines.len().max(new_lines.len()) > LINES {
        return Vec::new();
    }
    let mut found: Vec<Edit> = Vec::new();
    // Another editor's ends of lines are no edit.
    let [old_words, new_words] =
        [&old_lines, &new_lines].map(|lines| lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>());
    let [old_starts, new_starts] = [&old_lines, &new_lines].map(|lines| starts(lines));
    for op in capture_diff_slices(Algorithm::Myers, &old_words, &new_words) {
        if let DiffOp::Replace { .. } = op {
            let (from, to) = (op.old_range(), op.new_range());
            let from = old_starts[from.start]..old_starts[from.end];
            let to = new_starts[to.start]..new_starts[to.end];
            in_lines((old, from), (new, to), &mut found);
        }
    }
    found
}

/// Where each line starts, and where the last one ends.
fn starts(lines: &[&str]) -> Vec<usize> {
    let mut at = 0;
    let ends = lines.iter().map(|line| {
        at += line.len();
        at
    });
    std::iter::once(0).chain(ends).collect()
}

/// A text, and a part of it.
type Part<'t> = (&'t str, Range<usize>);

fn in_lines((old, from): Part<'_>, (new, to): Part<'_>, found: &mut Vec<Edit>) {
    let (old_words, new_words) = (words(old, &from), words(new, &to));
    if old_words.len().max(new_words.len()) > WORDS {
        return;
    }
    let lower = |text: &str, words: &[Range<usize>]| -> Vec<String> {
        words.iter().map(|word| text[word.clone()].to_lowercase()).collect()
    };
    let (old_lower, new_lower) = (lower(old, &old_words), lower(new, &new_words));
    for op in capture_diff_slices(Algorithm::Myers, &old_lower, &new_lower) {
        let (taken, put) = (op.old_range(), op.new_range());
        let most = if put.is_empty() { CLAUSE } else { FEW };
        if matches!(op, DiffOp::Equal { .. }) || taken.len().max(put.len()) > most {
            continue;
        }
        let (taken, put) = (span(&old_words, taken, from.end), span(&new_words, put, to.end));
        let (before, after) = (sentence(old, &taken), sentence(new, &put));
        // What was cut off the end of a sentence, or put there, is not of the next one.
        let is_behind = |text: &str, words: &Range<usize>, around: &Range<usize>| {
            !words.is_empty() && text[around.start..words.start].contains(is_in_word)
        };
        let put = match put.is_empty() && is_behind(old, &taken, &before) {
            true => gap_behind(&new_words, op.new_range().start).unwrap_or(put),
            false => put,
        };
        let taken = match taken.is_empty() && is_behind(new, &put, &after) {
            true => gap_behind(&old_words, op.old_range().start).unwrap_or(taken),
            false => taken,
        };
        let (before, after) = (sentence(old, &taken), sentence(new, &put));
        if !are_alike(&old[before.clone()], &new[after.clone()]) {
            continue;
        }
        let at = if put.is_empty() { next_word(&new_words, put.start, &after) } else { put.clone() };
        found.push(Edit { taken, put, before, after, at });
    }
}

/// The words of a part of a text.
pub fn words(text: &str, part: &Range<usize>) -> Vec<Range<usize>> {
    let inside = &text[part.clone()];
    let starts: Vec<usize> = word_starts(inside).filter(|at| inside[*at..].starts_with(is_in_word)).collect();
    let ends = starts.iter().skip(1).copied().chain([inside.len()]);
    let word = |(start, end): (&usize, usize)| {
        let letters = inside[*start..end].chars().take_while(|c| is_in_word(*c));
        part.start + start..part.start + start + letters.map(char::len_utf8).sum::<usize>()
    };
    starts.iter().zip(ends).map(word).collect()
}

/// From the first letter of some words to the last; of none, the gap in front of the next one.
fn span(words: &[Range<usize>], some: Range<usize>, end: usize) -> Range<usize> {
    let start = words.get(some.start).map_or(end, |word| word.start);
    match some.is_empty() {
        true => start..start,
        false => start..words[some.end - 1].end,
    }
}

/// The end of the word in front of another one.
fn gap_behind(words: &[Range<usize>], at: usize) -> Option<Range<usize>> {
    let end = words.get(at.checked_sub(1)?)?.end;
    Some(end..end)
}

/// The word behind a gap, or the last one of the sentence.
fn next_word(words: &[Range<usize>], at: usize, sentence: &Range<usize>) -> Range<usize> {
    let within = |word: &&Range<usize>| sentence.contains(&word.start);
    let behind = words.iter().filter(within).find(|word| word.start >= at);
    behind.or_else(|| words.iter().rfind(within)).cloned().unwrap_or(at..at)
}

/// Marks that end a sentence, of every script.
const ENDS: [char; 12] = ['.', '!', '?', ';', '。', '！', '？', '；', '؟', '؛', '۔', '।'];

/// The sentence around a part of a text; an item of a list and a value of YAML begin and end one as well.
fn sentence(text: &str, part: &Range<usize>) -> Range<usize> {
    let before = &text[..part.start];
    let from = before.rfind(ENDS).into_iter().chain(last_break(before)).max();
    let from = from.map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let behind = &text[part.end..];
    let to = behind.find(ENDS).into_iter().chain(first_break(behind)).min();
    let to = to.map_or(text.len(), |at| part.end + at);
    to - text[from..to].trim_start().len()..to
}

/// An end of a line with no sentence that goes on behind it.
fn last_break(text: &str) -> Option<usize> {
    let mut ends = text.match_indices('\n').map(|(at, _)| at).rev();
    ends.find(|at| is_break(&text[*at + 1..]))
}

fn first_break(text: &str) -> Option<usize> {
    text.match_indices('\n').map(|(at, _)| at).find(|at| is_break(&text[*at + 1..]))
}

/// Whether a line is empty, an item, or was indented by a key.
fn is_break(line: &str) -> bool {
    let line = line.split('\n').next().unwrap_or_default();
    line.trim().is_empty() || line.starts_with("    ") || line.trim_start().starts_with(['-', '*', '#', '|'])
}

/// Whether most words of two sentences are the same. "Stop." and "Go on." stand in one place, and share none.
fn are_alike(one: &str, other: &str) -> bool {
    let longest = lower_words(one).len().max(lower_words(other).len());
    longest <= SHORT || likeness(one, other) >= ALIKE
}

/// How much of two sentences is the same words: 1 for all.
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, mut other) = (lower_words(one), lower_words(other));
    let all = one.len() + other.len();
    let same = one.iter().filter(|word| {
        let at = other.iter().position(|its| its == *word);
        at.map(|at| other.swap_remove(at)).is_some()
    });
    // Counts of words are small.
    #[expect(clippy::cast_precision_loss)]
    let share = 2.0 * same.count() as f64 / all.max(1) as f64;
    share
}

/// The words of a text, in lower case.
pub fn lower_words(text: &str) -> Vec<String> {
    words(text, &(0..text.len())).into_iter().map(|word| text[word].to_lowercase()).collect()
}

/// The sentences of a text; a question and what follows it is one ("Dizzy? Stop.").
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let behind = &text[from..];
        let mark = behind.char_indices().find(|(_, mark)| ENDS.contains(mark) && !QUESTIONS.contains(mark));
        let mark = mark.map(|(at, mark)| at + mark.len_utf8());
        let end = mark.into_iter().chain(first_break(behind).map(|at| at + 1)).min();
        let end = end.map_or(text.len(), |length| from + length);
        if text[from..end].chars().any(is_in_word) {
            let lead = text[from..end].len() - text[from..end].trim_start().len();
            found.push(from + lead..end);
        }
        from = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> Vec<(String, String, String)> {
        edits(old, new)
            .into_iter()
            .map(|edit| {
                (old[edit.taken].to_owned(), new[edit.put].to_owned(), new[edit.after].trim().to_owned())
            })
            .collect()
    }

    fn one(taken: &str, put: &str, after: &str) -> Vec<(String, String, String)> {
        vec![(taken.into(), put.into(), after.into())]
    }

    #[test]
    fn an_edit_of_few_words_is_found_in_its_sentence() {
        let old = "Rest well. Do not stop your pills. Walk.\n";
        assert_eq!(told(old, "Rest well. Stop your pills. Walk.\n"), one("Do not", "", "Stop your pills"));
        assert_eq!(
            told("Drink more water.\n", "Drink less water.\n"),
            one("more", "less", "Drink less water")
        );
    }

    #[test]
    fn a_sentence_of_two_words_may_become_any_other() {
        assert_eq!(told("Dizzy? Stop. Rest.\n", "Dizzy? Go on. Rest.\n"), one("Stop", "Go on", "Go on"));
    }

    #[test]
    fn a_text_that_is_wrapped_anew_is_the_same() {
        assert_eq!(told("Do not stop your\npills today.\n", "Do not\nstop your pills\ntoday.\n"), []);
    }

    #[test]
    fn what_is_cut_off_the_end_of_a_sentence_is_of_that_one() {
        let old = "Salts are fine too, but not on a low-salt diet. Walk.\n";
        assert_eq!(
            told(old, "Salts are fine too. Walk.\n"),
            one("but not on a low-salt diet", "", "Salts are fine too")
        );
        assert_eq!(
            told("Walk gently.\n", "Walk gently if possible.\n"),
            one("", "if possible", "Walk gently if possible")
        );
    }

    #[test]
    fn another_sentence_is_no_edit() {
        assert_eq!(told("Do not stop your pills.\n", "We are open on Sundays from now on.\n"), []);
        assert_eq!(told("Walk.\n", "Walk.\nDo not run.\n"), []);
    }

    #[test]
    fn scripts_without_spaces_are_compared_letter_by_letter() {
        assert_eq!(told("今天不要开车。\n", "今天要开车。\n"), one("不", "", "今天要开车"));
    }

    #[test]
    fn lines_of_a_list_are_sentences() {
        let (old, new) = ("- No alcohol\n- No sauna\n", "- No alcohol\n- Sauna\n");
        assert_eq!(told(old, new), one("No", "", "- Sauna"));
    }
}
