//! Words that put off help, or leave it to the reader, where a warning says to get it at once.

use super::letters::starts;
use super::text::{Kind, Text, VALUE};
use super::told::{fault, one_line};
use super::{MOST, ProseWords};
use crate::content::phrases::Phrases;
use crate::diagnostic::Diagnostic;
use crate::locale::DateWords;

/// The ways to get help that cannot wait, as their texts are called.
const AT_ONCE: [&str; 2] = ["sign emergency.", "sign same-day."];
/// Whom a text tells to call at once.
const WHOM: [&str; 2] = ["clinic.emergency", "clinic.nurse_line"];
const SENTENCE: &[char] = &['.', '!', '?', '。', '！', '？', '؟', '।', '\n'];
const CLAUSE: &[char] = &[',', ';', ':', '，', '；', '：', '、', '،', '؛', '–', '—'];

pub fn check(text: &Text<'_>, words: &ProseWords, dates: Option<&DateWords>) -> Vec<Diagnostic> {
    let is_warning = text.kind == Kind::Safety && AT_ONCE.iter().any(|tier| text.id.starts_with(tier));
    let weekdays = dates.map(|dates| Phrases::new(dates.weekdays.iter().map(|day| ((), day))));
    let mut found = Vec::new();
    for (start, sentence) in parts(&text.seen, SENTENCE) {
        let written = text.source.text.get(start..start + sentence.len());
        if !is_warning && !written.is_some_and(calls) {
            continue;
        }
        for (at, clause) in parts(sentence, CLAUSE) {
            let named = weekdays.iter().flat_map(|days| days.said(clause));
            let delays = words.delays.said(clause).chain(named).map(|((), at, length)| (at, length));
            let denied = |(from, _): &(usize, usize)| {
                let said = words.negations.said(clause).map(|((), at, _)| at);
                said.into_iter().any(|at| at < *from)
            };
            let until_help = |(at, length): &(usize, usize)| {
                let said = words.meanwhile.said(clause).map(|((), from, whole)| from..from + whole);
                said.into_iter().any(|phrase| phrase.start <= *at && at + length <= phrase.end)
            };
            let first = delays.filter(|delay| !denied(delay) && !until_help(delay)).min_by_key(|(at, _)| *at);
            found.extend(first.map(|(from, length)| (start + at + from, length)));
        }
    }
    found.truncate(MOST);
    found.into_iter().map(|(at, length)| put_off(text, at, length)).collect()
}

fn put_off(text: &Text<'_>, at: usize, length: usize) -> Diagnostic {
    let written = &text.seen[at..at + length];
    let message = format!("“{}” puts off help that a patient needs at once", one_line(written));
    let fault = fault(text, "delayed-help", at, written, message);
    fault.hint("say “now” or “today”; what can wait is a sign of the tier `call`")
}

/// Whether a sentence names the ambulance or the nurse line, as the profile has them.
fn calls(sentence: &str) -> bool {
    WHOM.iter().any(|whom| sentence.contains(whom))
}

/// The parts between marks, and where each begins. A mark inside a value or a number is none.
fn parts<'t>(text: &'t str, marks: &'t [char]) -> impl Iterator<Item = (usize, &'t str)> {
    let mut start = 0;
    let ends = text.char_indices().filter(move |(at, mark)| {
        let behind = &text[at + mark.len_utf8()..];
        marks.contains(mark) && !behind.starts_with(|c: char| c == VALUE || c.is_ascii_digit())
    });
    let ends = ends.map(|(at, mark)| at + mark.len_utf8()).chain([text.len()]);
    ends.map(move |end| {
        let from = std::mem::replace(&mut start, end);
        (from, &text[from..end])
    })
    .filter(|(_, part)| starts(part).next().is_some())
}
