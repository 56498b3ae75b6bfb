//! Words that stand twice once a window is filled in: "at least {{ rest.span }}" where the span begins with "at least" itself.

use super::edits::lower_words;
use super::text::{TagKind, Text, tags};
use super::told::one_line;
use crate::content::{FOR_PATIENT, Library, Pack, Window};
use crate::diagnostic::Diagnostic;

/// Words of an opening that may come again, at most.
const WORDS: usize = 4;

/// The fields of a window that are words around its hours.
const FIELDS: [(&str, &[&str]); 3] =
    [("span", &[""]), ("when", &["when.for", "when.until"]), ("after", &["when.after", "when.after-span"])];
const SPAN: &str = "{span}";

pub fn doubled(text: &Text<'_>, library: &Library, pack: &Pack) -> Vec<Diagnostic> {
    let source = &*text.source.text;
    let values = tags(source).filter(|(kind, ..)| *kind == TagKind::Value);
    let told = values.filter_map(|(_, at, tag)| {
        let name = tag.trim_matches(['{', '}', '-', ' ']);
        let (window, field) = name.split_once('.')?;
        let window = library.protocol.window(window)?;
        let before = last_words(&source[..at]);
        let openings = openings(window, field, pack, reader(&source[..at]));
        let twice = openings.into_iter().find_map(|opening| twice(&before, &opening))?;
        let (length, opening) = twice;
        let from = before[before.len() - length..].first()?.0;
        let said = one_line(&source[from..at]);
        let message =
            format!("“{}” stands twice once `{name}` is filled in: it says “{opening} …”", said.trim());
        let letters = u32::try_from(said.trim().chars().count()).unwrap_or(0);
        let fault = Diagnostic::warning("double-word", message).at(text.source.at(from, letters));
        Some(fault.hint("leave these words out in front of it, or name another value of the window"))
    });
    told.collect()
}

/// How many of the last words begin a value as well, or stand in its opening together.
fn twice(before: &[(usize, String)], opening: &[String]) -> Option<(usize, String)> {
    let length = (1..=before.len().min(opening.len())).rev().find(|length| {
        let last = before[before.len() - length..].iter().map(|(_, word)| word);
        let is_first = last.clone().eq(opening[..*length].iter());
        is_first || *length > 1 && opening.windows(*length).any(|run| last.clone().eq(run.iter()))
    })?;
    Some((length, opening.join(" ")))
}

/// The words in front of a tag, in its own clause, and where each begins.
fn last_words(text: &str) -> Vec<(usize, String)> {
    let from = text.rfind(|c: char| !c.is_alphanumeric() && !c.is_whitespace() && c != '’' && c != '\'');
    let from = from.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut at = from;
    for word in text[from..].split_inclusive(char::is_whitespace) {
        let bare = word.trim();
        if !bare.is_empty() {
            words.push((at, bare.to_lowercase()));
        }
        at += word.len();
    }
    words.split_off(words.len().saturating_sub(WORDS))
}

/// Who reads what stands behind a text: one patient, with clock times, or everybody, with hours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Either,
    Patient,
    Public,
}

fn reader(before: &str) -> Reader {
    let conditions = tags(before).filter(|(kind, ..)| *kind == TagKind::Condition);
    let mut open: Vec<Reader> = Vec::new();
    for (.., tag) in conditions {
        let bare = tag.trim_matches(['{', '}', '%', '-', ' ']);
        let words: Vec<&str> = bare.split_whitespace().collect();
        match words.as_slice() {
            ["if", name] if *name == FOR_PATIENT => open.push(Reader::Patient),
            ["if", "not", name] if *name == FOR_PATIENT => open.push(Reader::Public),
            ["if", ..] => open.push(Reader::Either),
            ["else"] => open.iter_mut().next_back().into_iter().for_each(|last| {
                *last = match last {
                    Reader::Patient => Reader::Public,
                    Reader::Public => Reader::Patient,
                    Reader::Either => Reader::Either,
                }
            }),
            ["elif", ..] => open.iter_mut().next_back().into_iter().for_each(|last| *last = Reader::Either),
            ["endif"] => drop(open.pop()),
            _ => {}
        }
    }
    open.into_iter().rev().find(|reader| *reader != Reader::Either).unwrap_or(Reader::Either)
}

/// What a field of a window may begin with, in words. The patterns of hours are the public's.
fn openings(window: &Window, field: &str, pack: &Pack, reader: Reader) -> Vec<Vec<String>> {
    let word = |key: &str| pack.words.get(key).map(|source| source.text.to_string()).unwrap_or_default();
    let Some((_, patterns)) = FIELDS.iter().find(|(name, _)| *name == field) else { return Vec::new() };
    if window.within && field == "when" {
        return vec![first_words(&word("spans.within-when"))];
    }
    let span = match () {
        () if window.within => word("spans.within"),
        () if window.open_ended => word("spans.at-least"),
        () => String::new(),
    };
    let of = |pattern: &&str| match pattern.is_empty() {
        true => span.clone(),
        false => word(pattern).replace(SPAN, &span),
    };
    let is_read = |pattern: &&&str| match reader {
        Reader::Either => true,
        Reader::Patient => !pattern.is_empty() && !word(pattern).contains(SPAN),
        Reader::Public => pattern.is_empty() || word(pattern).contains(SPAN),
    };
    patterns
        .iter()
        .filter(is_read)
        .map(of)
        .map(|words| first_words(&words))
        .filter(|words| !words.is_empty())
        .collect()
}

/// The words in front of the first figure or place.
fn first_words(pattern: &str) -> Vec<String> {
    lower_words(pattern.split('{').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_a_text_is_told_by_the_conditions_around_it() {
        let patient = "{% if a == \"b\" %}{% if for_patient %}";
        for (before, read) in [
            ("", Reader::Either),
            (patient, Reader::Patient),
            (&format!("{patient}x{{% else %}}"), Reader::Public),
            (&format!("{patient}x{{% else %}}y{{% endif %}}"), Reader::Either),
            ("{% if not for_patient %}", Reader::Public),
        ] {
            assert!(reader(before) == read, "{before}");
        }
    }
}
