//! Whether a translation says no where the other text does: "Do not drive" and "Conduisez" are told apart.

use super::ProseWords;
use super::text::VALUE;
use crate::letter::is_letter;

/// A sentence: where it begins, and whether it says no.
#[derive(Clone, Copy)]
struct Sentence {
    at: usize,
    length: usize,
    denies: bool,
}

/// The first sentence of `text` that says no alone, or alone does not; whether it does, where it begins and how long it is.
/// Line by line, and sentence by sentence, where both texts have as many; else as a whole.
pub fn lost(
    source: &str,
    theirs: &ProseWords,
    text: &str,
    ours: &ProseWords,
) -> Option<(bool, usize, usize)> {
    let (source, text) = (lines(source, theirs), lines(text, ours));
    if source.len() == text.len() {
        return source.iter().zip(&text).find_map(|(theirs, ours)| differ(theirs, ours));
    }
    differ(&source.concat(), &text.concat())
}

fn differ(theirs: &[Sentence], ours: &[Sentence]) -> Option<(bool, usize, usize)> {
    if theirs.len() == ours.len() {
        let other = theirs.iter().zip(ours).find(|(theirs, ours)| theirs.denies != ours.denies);
        return other.map(|(_, ours)| (ours.denies, ours.at, ours.length));
    }
    let denies = |all: &[Sentence]| all.iter().any(|one| one.denies);
    (denies(theirs) != denies(ours)).then(|| (denies(ours), ours.first().map_or(0, |first| first.at), 0))
}

/// The sentences of each line that has some.
fn lines(text: &str, words: &ProseWords) -> Vec<Vec<Sentence>> {
    let mut lines: Vec<Vec<Sentence>> = vec![Vec::new()];
    let mut end = 0;
    for sentence in sentences(text, words) {
        if text[end..sentence.at].contains('\n') {
            lines.push(Vec::new());
        }
        end = sentence.at + sentence.length;
        lines.last_mut().into_iter().for_each(|line| line.push(sentence));
    }
    lines
}

pub fn is_known(words: &ProseWords) -> bool {
    !words.negations.is_empty()
}

fn denies(text: &str, words: &ProseWords) -> bool {
    denials(text, words).next().is_some()
}

/// Where a text says no.
pub fn denials<'t>(text: &'t str, words: &'t ProseWords) -> impl Iterator<Item = usize> + 't {
    let affirmed: Vec<(usize, usize)> =
        words.affirmations.said(text).map(|((), at, length)| (at, at + length)).collect();
    let denied = words.negations.said(text).map(|((), at, _)| at);
    denied.filter(move |at| !affirmed.iter().any(|(from, to)| (*from..*to).contains(at)))
}

/// Marks behind which a sentence is over, of every script.
const SENTENCE_ENDS: [char; 13] = ['.', '!', '?', ';', '\n', '。', '！', '？', '；', '؟', '؛', '۔', '।'];

fn sentences(text: &str, words: &ProseWords) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut from = 0;
    let ends = text.match_indices(SENTENCE_ENDS).map(|(at, mark)| at + mark.len());
    for end in ends.chain([text.len()]) {
        let part = &text[from..end];
        let lead = part.len() - part.trim_start().len();
        if part.chars().any(|c| is_letter(c) || c == VALUE) {
            all.push(Sentence { at: from + lead, length: part.trim().len(), denies: denies(part, words) });
        }
        from = end;
    }
    all
}
