//! Words that few people use, where a plain one says the same.

use super::text::{Kind, Text};
use super::{MOST, ProseWords};
use crate::diagnostic::Diagnostic;

/// Words of the language's list, each with what to say in its place. A template's words in `{braces}` are not read as text.
pub fn jargon(text: &Text<'_>, words: &ProseWords) -> Vec<Diagnostic> {
    if text.kind == Kind::Word && !text.source.text.contains(' ') {
        return Vec::new();
    }
    let plain = &words.reading.plain;
    let said = plain.jargon.said(&text.seen).take(MOST).filter_map(|(index, at, length)| {
        let (written, better) = (&text.seen[at..at + length], plain.plain.get(index)?);
        let message = format!("few people say “{written}”");
        let letters = u32::try_from(written.chars().count()).unwrap_or(0);
        let fault = Diagnostic::warning("plain-word", message).at(text.source.at(at, letters));
        Some(fault.hint(format!("say “{better}”, or say in plain words what it is")))
    });
    said.collect()
}
