//! What has to be known of a patient, written beside the name: `Lee, Ann - PREGNANT`. It would print as a name, and the sheet
//! would not say what it means.

use super::Resolver;
use super::called_off::says_beside;
use super::meaning::{Meaning, Vocabulary};
use crate::diagnostic::Diagnostic;
use crate::locale::is_unspaced;
use crate::options::keys::{Key, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Words that are held together against those for a value.
const TOGETHER: usize = 4;
/// Letters of a word that means a value beside a name: a shorter one may be an initial.
const LEAST: usize = 4;
/// Letters of words that nobody is called by, in any place.
const LONG: usize = 7;

impl Resolver<'_> {
    /// Refuses a name with such words, unless the sheet has been told what they say. Of others it is told that they print.
    pub(super) fn check_name(&mut self) {
        let Some(given) = self.raw.one("patient") else { return };
        if is_more(&given.value) && !says_beside(&given.value) {
            let message = "`patient` has words beside the name: it prints as it was typed";
            let hint = "take out what no sheet should call its reader";
            self.push(given, Diagnostic::warning("words-beside-name", message).hint(hint));
        }
        let beside = beside(&given.value);
        if beside.is_empty() {
            return;
        }
        let is_told = |key: &Key, value: &str| {
            self.raw.list(&key.path).is_some_and(|all| all.iter().any(|one| one.value == value))
        };
        let is_missed = |key: &Key| {
            let vocabulary = Vocabulary::new(self.library, key);
            let means = |words: &String| match vocabulary.meaning(words) {
                Meaning::Name(value) => !is_told(key, &value),
                Meaning::Unclear(_) => true,
                _ => false,
            };
            beside.iter().any(means)
        };
        let regions = self.library.treatment.regions().map(|regions| &regions.key.path);
        let has_many = |key: &&Arc<Key>| {
            key.list && matches!(key.value, Value::Listed(_)) && regions.is_none_or(|path| *path != key.path)
        };
        let missed = self.library.keys.iter().filter(has_many).find(|key| is_missed(key));
        let Some(column) = missed.map(|key| key.column.clone()) else { return };
        let message = "`patient` says more than a name: a word beside it is one that the sheet has to know";
        let hint = format!("move it from the name to `{column}`");
        self.push(given, Diagnostic::error("caution-in-name", message).hint(hint));
    }
}

/// What may be no part of a name, as words that stand together: behind a sign, in capitals beside others, or in small letters.
fn beside(name: &str) -> BTreeSet<String> {
    let has_small = name.chars().any(char::is_lowercase);
    let is_other = |word: &&str| {
        let is_loud = has_small && !word.chars().any(char::is_lowercase);
        is_loud || word.chars().next().is_some_and(char::is_lowercase)
    };
    let mut found = BTreeSet::new();
    for (at, part) in parted(name).split(PARTED).enumerate() {
        let has_letter = |word: &&str| word.chars().any(char::is_alphabetic);
        let is_sign = |sign: char| !sign.is_alphanumeric();
        let words = part.split_whitespace().map(|word| word.trim_matches(is_sign)).filter(has_letter);
        let words: Vec<&str> = words.collect();
        let counts = |from: usize| (1..=TOGETHER).map(move |count| (from, from + count));
        let runs = (0..words.len()).flat_map(counts).filter_map(|(from, to)| words.get(from..to));
        let runs = runs.filter(|run| at > 0 || run.iter().all(is_other) || is_no_name(run));
        found.extend(runs.map(|run| run.join(" ")).filter(|run| is_long(run)));
    }
    found
}

fn is_long(words: &str) -> bool {
    letters(words) >= if words.chars().any(is_unspaced) { 2 } else { LEAST }
}

/// Whether words are so long that nobody is called so where they mean a value.
fn is_no_name(words: &[&str]) -> bool {
    words.iter().map(|word| letters(word)).sum::<usize>() >= LONG
}

fn letters(text: &str) -> usize {
    text.chars().filter(|letter| letter.is_alphabetic()).count()
}

/// Whether brackets or a dash hold words that are no name: `(NEW)`, `- on holiday`. One that begins with a capital may be what
/// somebody is called: `Ann (Annie) Lee`.
fn is_more(name: &str) -> bool {
    let has_small = name.chars().any(char::is_lowercase);
    let is_word = |word: &&str| letters(word) > 1;
    let is_other = |word: &str| {
        let is_loud =
            has_small && !word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase);
        is_loud || word.chars().find(|sign| sign.is_alphabetic()).is_some_and(char::is_lowercase)
    };
    let behind = name.replace(" - ", " (").replace(" – ", " (");
    behind.split(BRACKETS).skip(1).any(|part| part.split_whitespace().filter(is_word).any(is_other))
}

const BRACKETS: [char; 4] = ['(', '[', '{', '（'];

/// Where no name goes on. One comma stands within a name: `Lee, Ann`.
const PARTED: char = '|';

fn parted(name: &str) -> String {
    let mut commas = 0;
    let sign = |sign: char| {
        commas += usize::from(sign == ',');
        let is_parting = "()[]{}*/+:;!–—（）：".contains(sign) || sign == ',' && commas > 1;
        if is_parting { PARTED } else { sign }
    };
    name.replace(" - ", " | ").chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beside_a_name_are_told_from_the_name() {
        for name in [
            "Lee, Ann - ABCD",
            "Ann Lee ABCD",
            "Ann (Abcd)",
            "ABCD - Ann",
            "Lee, Ann, Abcd",
            "Ann abcd",
            "*Abcd* Ann",
        ] {
            assert!(
                beside(name).iter().any(|words| words.eq_ignore_ascii_case("abcd")),
                "{name}: {:?}",
                beside(name)
            );
        }
        for name in [
            "Ann Abcd",
            "Abcd, Ann",
            "ANN ABCD",
            "Ann-Marie Abcd",
            "Ann van der Abcd",
            "A. B. Abcd",
            "O'Abcd Ann",
        ] {
            assert!(
                !beside(name).iter().any(|words| words.eq_ignore_ascii_case("abcd")),
                "{name}: {:?}",
                beside(name)
            );
        }
    }

    #[test]
    fn words_in_brackets_are_told_from_what_somebody_is_called() {
        for name in ["Ann Lee (NEW)", "Ann Lee (she/her)", "Ann Lee - on holiday", "Lee, Ann (allergic to x)"]
        {
            assert!(is_more(name), "{name}");
        }
        for name in [
            "Ann (Annie) Lee",
            "ANN LEE (ANNIE)",
            "Ann Lee",
            "Ann - Marie",
            "Ann Lee RMT",
            "李安 (新)",
            "Ann (B.) Lee",
        ] {
            assert!(!is_more(name), "{name}");
        }
        assert!(beside("Abcdefg Ann").contains("Abcdefg"));
    }
}
