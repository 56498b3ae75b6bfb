//! Doses of medicines: a number with what medicines are measured in, beside a medicine's name, or times another.

use super::ProseWords;
use super::letters::{gap, longest, starts};
use super::numbers::number_at;
use super::spans::Span;
use crate::letter::is_letter_or_digit;

/// Offset and length of each, in order.
pub fn doses(text: &str, words: &ProseWords, spans: &[Span]) -> Vec<(usize, usize)> {
    let measured = starts(text).filter_map(|at| {
        let (_, number) = number_at(&text[at..], words)?;
        let behind = at + number + gap(&text[at + number..]);
        let (_, unit) = longest(words.doses.said_at(&text[behind..]))?;
        Some((at, behind + unit - at))
    });
    let named = words.medicines.said(text).flat_map(|((), at, length)| {
        let before = before(text, at, words).map(|from| (from, at + length - from));
        let behind = behind(text, at + length, words).map(|end| (at, end - at));
        before.into_iter().chain(behind)
    });
    let times = starts(text).filter_map(|at| Some((at, times_at(&text[at..], words)?)));
    let mut all: Vec<(usize, usize)> = measured.chain(named).chain(times).collect();
    all.retain(|(at, length)| !spans.iter().any(|span| span.at < at + length && *at < span.end()));
    all.sort_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)));
    let mut end = 0;
    all.retain(|(at, length)| {
        let is_new = *at >= end;
        end = end.max(at + length);
        is_new
    });
    all
}

/// Letters of a word that may stand between a number and a medicine: "400 of", "1 g de".
const SMALL: usize = 2;
/// So many of them, and two numbers ("3 x 400").
const BETWEEN: usize = 4;

/// The first number in front of a medicine's name, with nothing but small words behind it.
fn before(text: &str, at: usize, words: &ProseWords) -> Option<usize> {
    let sentence = text[..at].rfind(['.', '!', '?', ';', ':', ',', '\n', '(']).map_or(0, |mark| mark + 1);
    let all: Vec<usize> = starts(&text[sentence..at]).map(|start| sentence + start).collect();
    let mut first = None;
    for start in all.into_iter().rev().take(BETWEEN) {
        let word = text[start..at].split(|c: char| !is_letter_or_digit(c)).next().unwrap_or_default();
        if number_at(&text[start..], words).is_some_and(|(_, length)| start + length <= at) {
            first = Some(start);
        } else if word.chars().count() > SMALL {
            break;
        }
    }
    first
}

/// Digits right behind a medicine's name.
fn behind(text: &str, end: usize, words: &ProseWords) -> Option<usize> {
    let at = end + gap(&text[end..]);
    let digits = text[at..].starts_with(|c: char| c.is_ascii_digit()) && at > end;
    let (_, length) = digits.then(|| number_at(&text[at..], words)).flatten()?;
    Some(at + length)
}

/// What nobody lifts, does or walks so often: `3 x 400`.
const MANY: f64 = 100.0;

fn times_at(text: &str, words: &ProseWords) -> Option<usize> {
    let (_, length) = number_at(text, words)?;
    let behind = text[length..].trim_start();
    let behind = behind.strip_prefix(['x', 'X', '×', '*'])?.trim_start();
    let (each, more) = number_at(behind, words)?;
    let end = text.len() - behind.len() + more;
    let measured = longest(words.measures.said_at(text[end..].trim_start())).is_some();
    (each >= MANY && !measured).then_some(end)
}
