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
    denied(text, words).map(|(from, _)| from)
}

/// The words of a text that say no: where each begins and ends.
fn denied<'t>(text: &'t str, words: &'t ProseWords) -> impl Iterator<Item = (usize, usize)> + 't {
    let affirmed: Vec<(usize, usize)> =
        words.affirmations.said(text).map(|((), at, length)| (at, at + length)).collect();
    let denied = words.negations.said(text).map(|((), at, length)| (at, at + length));
    denied.filter(move |(at, _)| !affirmed.iter().any(|(from, to)| (*from..*to).contains(at)))
}

/// Marks behind which a clause is over, of every script.
const CLAUSE_ENDS: [char; 24] = [
    '.', '!', '?', ';', ':', ',', '\n', '(', ')', '\u{2013}', '\u{2014}', '。', '！', '？', '；', '：', '，',
    '、', '؟', '؛', '،', '۔', '।', '…',
];

const DASH: &str = " - ";

/// The word that denies what a text says at a place ("Do not call us", "You need not call"): it stands in front, in the same
/// clause, or directly behind. In a clause that hangs on something ("if that does not help call us") it stands directly beside.
pub fn denial_of(text: &str, (at, end): (usize, usize), words: &ProseWords) -> Option<(usize, usize)> {
    // A hyphen between spaces is a dash for whoever types it.
    let dash = text[..at].rfind(DASH).map_or(0, |dash| dash + 1);
    let from = text[..at].rfind(CLAUSE_ENDS).unwrap_or(0).max(dash);
    let ends = [text[end..].find(CLAUSE_ENDS), text[end..].find(DASH)];
    let to = ends.into_iter().flatten().min().map_or(text.len(), |length| end + length);
    let clause = &text[from..to];
    let (at, end) = (at - from, end - from);
    let conditions: Vec<(usize, usize)> =
        words.conditions.said(clause).map(|((), at, length)| (at, at + length)).collect();
    let hangs = conditions.iter().any(|(condition, _)| *condition < at);
    let is_gap = |from: usize, to: usize| clause.get(from..to).is_some_and(|gap| gap.trim().is_empty());
    let denies = |(no, no_end): &(usize, usize)| {
        let is_of_condition = conditions.iter().any(|(from, to)| from <= no && no_end <= to);
        let is_part = *no <= at && end <= *no_end || at <= *no && *no_end <= end;
        let is_beside = is_gap(*no_end, at) || is_gap(end, *no);
        !is_of_condition && (is_part || is_beside || !hangs && *no < at)
    };
    let found = denied(clause, words).find(denies);
    found.map(|(no, no_end)| (from + no, from + no_end))
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
