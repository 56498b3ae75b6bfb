//! Names of clinics in texts: another one's was left there by whoever took the text over, or by a clinic that is called otherwise
//! by now.

use super::cautions::is_claimed;
use super::text::Text;
use super::told::one_line;
use super::{MOST, ProseWords};
use crate::content::Library;
use crate::diagnostic::{Diagnostic, shown};
use crate::locale::is_in_word;
use std::ops::Range;

/// Small words in a row within a name, at most: "Clinique de la Montagne".
const JOINED: usize = 2;

/// Names of clinics that are not this one's, in a text.
pub fn others(text: &Text<'_>, library: &Library, words: &ProseWords) -> Vec<Diagnostic> {
    // Each word of a heading may have its capital.
    if words.clinics.is_empty() || text.is_name() {
        return Vec::new();
    }
    let people: Vec<&str> = library.clinic.names().collect();
    let own = lower(&format!("{} {} {}", library.clinic.name, library.clinic.city, people.join(" ")));
    // What of a name tells it from others'.
    let is_telling = |word: &&String| !words.small_words.contains(*word) && !is_for_clinics(word, words);
    let is_own = |name: &[String]| name.iter().filter(is_telling).all(|word| own.contains(word));
    let mut found = Vec::new();
    for name in names(&text.seen, words) {
        let written = one_line(&text.seen[name.clone()]);
        if is_own(&lower(&written)) || is_claimed(text, library, &written) {
            continue;
        }
        let letters = u32::try_from(written.chars().count()).unwrap_or(0);
        let message = format!(
            "“{}” is another clinic's name: this one is “{}”",
            shown(&written),
            shown(&library.clinic.name)
        );
        let fault = Diagnostic::warning("foreign-name", message).at(text.source.at(name.start, letters));
        let hint = "write `{{ clinic.name }}`; a clinic that is meant is listed under `figures` of a claim that this text names";
        found.push(fault.about(&written).hint(hint));
    }
    found.truncate(MOST);
    found
}

/// Whether a small word may stand within a name: "of" and not "in", behind which a place stands.
fn joins(word: &str, words: &ProseWords) -> bool {
    let joins = if words.clinic_joins.is_empty() { &words.small_words } else { &words.clinic_joins };
    joins.contains(word)
}

fn is_for_clinics(word: &str, words: &ProseWords) -> bool {
    words.clinics.said(word).any(|((), at, length)| at == 0 && length == word.len())
}

/// Runs of words with capitals that begin or end with a word for a clinic, and have a word of their own. In the name of an
/// association such a word stands in the middle.
fn names(text: &str, words: &ProseWords) -> Vec<Range<usize>> {
    let all = runs(text, words).into_iter().map(|run| trimmed(text, run, words));
    all.filter(|run| {
        let said = &text[run.clone()];
        let for_clinics: Vec<(usize, usize)> =
            words.clinics.said(said).map(|((), at, length)| (at, at + length)).collect();
        let stands_at_an_end = for_clinics.iter().any(|(from, to)| *from == 0 || *to == said.len());
        let services: Vec<(usize, usize)> =
            words.services.said(said).map(|((), at, length)| (at, at + length)).collect();
        let is_of_own = |word: &Range<usize>| {
            !for_clinics.iter().chain(&services).any(|(from, to)| (*from..*to).contains(&word.start))
                && !words.small_words.contains(&said[word.clone()].to_lowercase())
                && said[word.clone()].starts_with(char::is_uppercase)
        };
        stands_at_an_end && worded(said).iter().any(is_of_own)
    })
    .collect()
}

/// Without what only begins the sentence: "Welcome to" and "At".
fn trimmed(text: &str, run: Range<usize>, words: &ProseWords) -> Range<usize> {
    let is_small = |word: &Range<usize>| {
        words.small_words.contains(&text[run.start + word.start..run.start + word.end].to_lowercase())
    };
    let parts = worded(&text[run.clone()]);
    let for_clinics =
        |word: &Range<usize>| is_for_clinics(&text[run.start + word.start..run.start + word.end], words);
    let mut first = 0;
    while first + 1 < parts.len()
        && !for_clinics(&parts[first])
        && (is_small(&parts[first]) || is_small(&parts[first + 1]))
    {
        first += 1;
    }
    run.start + parts.get(first).map_or(0, |word| word.start)..run.end
}

/// Words with capitals that stand beside each other, with small words and those for clinics between them.
fn runs(text: &str, words: &ProseWords) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut between = 0;
    let mut end_before = 0;
    for word in worded(text) {
        let written = &text[word.clone()];
        let is_heading =
            text[..word.start].rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('#'));
        if is_heading {
            between = JOINED + 1;
            continue;
        }
        let is_next = text[end_before..word.start].chars().all(|c| [' ', '\n', '&', '’', '\''].contains(&c));
        let goes_on = is_next && between <= JOINED && !found.is_empty();
        end_before = word.end;
        let is_capital = written.starts_with(char::is_uppercase);
        match found.last_mut().filter(|_| goes_on) {
            Some(run) if is_capital => {
                run.end = word.end;
                between = 0;
            }
            None if is_capital => {
                found.push(word);
                between = 0;
            }
            Some(_) if joins(written, words) || is_for_clinics(written, words) => between += 1,
            _ => between = JOINED + 1,
        }
    }
    found
}

fn worded(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| is_in_word(*letter)) {
        match found.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end = at + letter.len_utf8(),
            None => found.push(at..at + letter.len_utf8()),
        }
    }
    found
}

fn lower(text: &str) -> Vec<String> {
    worded(text).into_iter().map(|word| text[word].to_lowercase()).collect()
}
