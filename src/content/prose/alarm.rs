//! The lines that say when to call: each of them tells to, for every reader. A sign that is gone is missed where it stood; a call
//! that became "that is normal" reads like any other line.

use super::ProseWords;
use super::readings::readings;
use super::text::VALUE;
use crate::content::{Pack, Source};
use crate::diagnostic::Diagnostic;
use crate::letter::is_letter;

/// Words of the program that tell to call: at the foot of the timeline, on the page behind a sheet's code, in a calendar.
const LINES: [&str; 3] = ["timeline.alarm", "site.yours.call", "calendar.call"];
/// Bytes of a line, at most: a longer one has no room at the foot of a timeline.
const LINE: usize = 2_000;

pub fn check(pack: &Pack, words: &ProseWords) -> Vec<Diagnostic> {
    let lines = LINES.iter().filter_map(|key| Some((key, pack.words.get(*key)?)));
    lines.filter_map(|(key, source)| silent(key, source, words)).collect()
}

fn silent(key: &str, source: &Source, words: &ProseWords) -> Option<Diagnostic> {
    if source.text.len() > LINE {
        return None;
    }
    let all = readings(&source.text);
    let says = |reading: &&String| reading.chars().any(|c| is_letter(c) || c == VALUE);
    let silent = all.iter().filter(says).find(|reading| !calls(reading, words))?;
    let written = silent.replace(VALUE, "").split_whitespace().collect::<Vec<_>>().join(" ");
    let message = format!("`{key}` does not tell to call where it says “{written}”");
    let letters = u32::try_from(source.text.chars().count()).unwrap_or(0);
    let fault = Diagnostic::warning("silent-alarm", message).at(source.at(0, letters));
    Some(
        fault.hint(
            "this line says when to call: let each of its branches tell to, as in “Not better? Call us.”",
        ),
    )
}

/// Whether a text tells to call or to ask somebody, and says neither no to that nor that all is well.
fn calls(text: &str, words: &ProseWords) -> bool {
    let denials: Vec<(usize, usize)> =
        words.negations.said(text).map(|((), at, length)| (at, at + length)).collect();
    let calm: Vec<(usize, usize)> =
        words.normal.said(text).map(|((), at, length)| (at, at + length)).collect();
    let is_gap = |from: usize, to: usize| text.get(from..to).is_some_and(|gap| gap.trim().is_empty());
    let is_meant = |(at, end): (usize, usize)| {
        let denied = denials
            .iter()
            .any(|(from, to)| is_gap(*to, at) || is_gap(end, *from) || *from <= at && end <= *to);
        !denied && !calm.iter().any(|(from, to)| *from <= at && end <= *to)
    };
    let call = words.call.said(text).chain(words.call_after.said(text)).map(|((), at, length)| (at, length));
    let ask = words.safeguards.said(text).map(|(_, at, length)| (at, length));
    call.chain(ask).any(|(at, length)| is_meant((at, at + length)))
}
