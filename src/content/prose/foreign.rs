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
        let said = |of: &ProseWords| {
            words.iter().filter(|word| !word.is_named && of.small_words.contains(&word.text)).count()
        };
        let ours = said(own);
        let theirs = others.iter().map(|(tag, of)| (said(of), *tag)).max();
        let other = theirs.filter(|(theirs, _)| *theirs >= THEIRS && *theirs >= ours + MORE);
        found.extend(other.map(|(_, tag)| told(text, (at, sentence), (language, tag), ours == 0)));
    }
    found.truncate(MOST);
    found
}

/// `whole`: no small word of it is of the text's language.
fn told(
    text: &Text<'_>,
    (at, sentence): (usize, &str),
    (own, other): (&Language, &str),
    whole: bool,
) -> Diagnostic {
    let from = starts(sentence).next().unwrap_or(0);
    let length = sentence[from..].trim_end().chars().count();
    let message = format!("this sentence reads as `{other}`, and its text is in `{own}`");
    let severity = if whole && text.kind == Kind::Safety { Severity::Error } else { Severity::Warning };
    let place = text.source.at(at + from, u32::try_from(length).unwrap_or(0));
    Diagnostic { severity, ..Diagnostic::error("other-language", message) }
        .at(place)
        .hint(format!("say it in `{own}`"))
}

struct Word {
    /// In lower case.
    text: String,
    has_capital: bool,
    /// It stands between capital words, as in the name of a hospital.
    is_named: bool,
}

/// Words from one capital word to the next, at most, that may be of one name: "Centre de physiothérapie de la Montagne".
const NAME: usize = 5;

/// What stands in braces is the program's to fill.
fn words(sentence: &str) -> Vec<Word> {
    let words = sentence.split(|c: char| !is_letter(c) && !"{}".contains(c)).filter(|word| !word.is_empty());
    let mut words: Vec<Word> = words
        .filter(|word| !word.contains(['{', '}']))
        .map(|word| Word {
            text: word.to_lowercase(),
            has_capital: word.starts_with(char::is_uppercase),
            is_named: false,
        })
        .collect();
    // The first word has its capital for another reason.
    let capitals: Vec<usize> = (1..words.len()).filter(|at| words[*at].has_capital).collect();
    for pair in capitals.windows(2).filter(|pair| pair[1] - pair[0] <= NAME) {
        words[pair[0]..pair[1]].iter_mut().for_each(|word| word.is_named = true);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_of_a_name_are_no_sentence() {
        let counted = |sentence: &str| -> Vec<String> {
            words(sentence).into_iter().filter(|word| !word.is_named).map(|word| word.text).collect()
        };
        assert_eq!(
            counted("Go to the Hôpital de la Cité or the Centre de physiothérapie de la Montagne et du Lac"),
            ["go", "to", "the", "lac"]
        );
        assert_eq!(
            counted("Le repos est le plus important."),
            ["le", "repos", "est", "le", "plus", "important"]
        );
    }
}
