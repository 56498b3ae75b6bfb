//! Sentences of another language, left in a text by whoever translated it, or put in by whoever copied it. Each language is known
//! by the small words that its sentences cannot do without (`small-words`).

use super::letters::starts;
use super::text::{Kind, Text};
use super::{MOST, Prose, ProseWords};
use crate::diagnostic::{Diagnostic, Severity};
use crate::letter::is_letter;
use crate::locale::Language;
use std::collections::BTreeMap;

/// Marks that end a sentence. A list and a value of YAML end one with their line.
const ENDS: &[char] = &['.', '!', '?', ';', '。', '！', '？', '؟', '।', '\n'];
/// Words of a sentence, at least: shorter ones are names.
const WORDS: usize = 5;
/// Small words of another language, at least, and so many more than of the text's own.
const THEIRS: usize = 3;
const MORE: usize = 2;

/// Such sentences of a file that are told one by one.
const ALONE: usize = 4;

/// Of a file that was not translated at all, one finding tells the rest.
pub fn check(texts: &[Text<'_>], language: &Language, prose: &Prose) -> Vec<Diagnostic> {
    let mut files: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
    for text in texts {
        let file = &*text.source.place.file;
        files.entry(file).or_default().extend(in_text(text, language, prose));
    }
    for faults in files.values_mut().filter(|faults| faults.len() > ALONE) {
        let more = faults.len() - 1;
        faults.truncate(1);
        faults[0].message.push_str(&format!("; so do {more} more of this file"));
    }
    files.into_values().flatten().collect()
}

fn in_text(text: &Text<'_>, language: &Language, prose: &Prose) -> Vec<Diagnostic> {
    let Some(own) = prose.of(language).filter(|own| !own.small_words.is_empty()) else { return Vec::new() };
    let others: Vec<(&str, &ProseWords)> =
        prose.by_tag().filter(|(_, words)| !std::ptr::eq(*words, own)).collect();
    let mut found = Vec::new();
    let mut start = 0;
    for sentence in text.seen.split_inclusive(ENDS) {
        let at = start;
        start += sentence.len();
        let words = words(sentence);
        if words.len() < WORDS {
            continue;
        }
        let said = |of: &ProseWords| words.iter().filter(|word| of.small_words.contains(*word)).count();
        let ours = said(own);
        let theirs = others.iter().map(|(tag, of)| (said(of), *tag)).max();
        let other = theirs.filter(|(theirs, _)| *theirs >= THEIRS && *theirs >= ours + MORE);
        found.extend(other.map(|(_, tag)| told(text, (at, sentence), (language, tag))));
    }
    found.truncate(MOST);
    found
}

fn told(text: &Text<'_>, (at, sentence): (usize, &str), (own, other): (&Language, &str)) -> Diagnostic {
    let from = starts(sentence).next().unwrap_or(0);
    let length = sentence[from..].trim_end().chars().count();
    let message = format!("this sentence reads as `{other}`, and its text is in `{own}`");
    let severity = if text.kind == Kind::Safety { Severity::Error } else { Severity::Warning };
    let place = text.source.at(at + from, u32::try_from(length).unwrap_or(0));
    Diagnostic { severity, ..Diagnostic::error("other-language", message) }
        .at(place)
        .hint(format!("say it in `{own}`"))
}

/// In lower case; what stands in braces is the program's to fill.
fn words(sentence: &str) -> Vec<String> {
    let words = sentence.split(|c: char| !is_letter(c) && !"{}".contains(c)).filter(|word| !word.is_empty());
    words.filter(|word| !word.contains(['{', '}'])).map(str::to_lowercase).collect()
}
