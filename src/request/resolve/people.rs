//! People's names as lists write them: with titles around them, and the family name in front or behind.

use super::titles::{is_shouted, is_title, without_titles};
use crate::content::is_column_word;
use crate::content::names::fold;
use crate::options::Name;
use std::collections::BTreeSet;

/// The words of a name, in whatever order it has them, without what it says of the person: `Dr. Ann Lee`.
pub fn name_words(text: &str) -> BTreeSet<String> {
    let words = || text.split(|sign: char| !is_letter(sign)).map(fold).filter(|word| !word.is_empty());
    let bare: BTreeSet<String> = words().filter(|word| !is_title(word)).collect();
    if bare.is_empty() { words().collect() } else { bare }
}

/// A name without what stands behind a comma or in brackets: a title, most often.
pub fn without_end(name: &str) -> &str {
    name.split([',', '(']).next().unwrap_or_default()
}

/// Which of several people a text calls by the name that they have here, with titles or without, in either order. A text with
/// another one's name in it calls nobody.
pub fn called(written: &str, names: &[&str]) -> Option<usize> {
    let ways = ways(written);
    let own = |at: usize| names.get(at).map(|name| set(&words(without_end(name)))).unwrap_or_default();
    let is_other = |word: &String, at: usize| {
        (0..names.len()).any(|other| other != at && own(other).contains(word) && !own(at).contains(word))
    };
    let is_called = |at: &usize| {
        let own = own(*at);
        let is = |(name, beyond): &(BTreeSet<String>, Vec<String>)| {
            *name == own && !beyond.iter().any(|word| is_other(word, *at))
        };
        !own.is_empty() && ways.iter().any(is)
    };
    let mut all = (0..names.len()).filter(is_called);
    all.next().filter(|_| all.next().is_none())
}

/// Whether a text names one of these therapists.
pub fn names_therapist(written: &str, names: &[Name]) -> bool {
    let names: Vec<&str> = names.iter().map(|name| &**name).collect();
    called(written, &names).is_some()
}

/// The one of several people who is called by a first name alone here, and by a family name too in a list: `Ann Lee`, `Lee, Ann`,
/// with a title or without. Where a word of it is another's name, nobody knows who is meant.
pub fn longer(written: &str, names: &[&str], ands: &[&str]) -> Option<usize> {
    let written = without_titles(written);
    let (name, behind) = written.split_once('(').unwrap_or((written, ""));
    let is_name = |letter: char| is_letter(letter) || letter == ',' || letter.is_whitespace();
    if !name.chars().all(is_name) {
        return None;
    }
    let (first, all) = (words(name.split(',').next()?), [words(name), words(behind)].concat());
    let behind_comma = name.split(',').nth(1).map(words).unwrap_or_default();
    let bare = |at: &usize| names.get(*at).map(|name| fold(without_end(name))).unwrap_or_default();
    let mut named = (0..names.len()).filter(|at| all.contains(&bare(at)));
    let one = named.next().filter(|_| named.next().is_none())?;
    let leads = |words: &[String]| words.first() == Some(&bare(&one));
    let is_meant = first.len() > 1 && leads(&first) || leads(&behind_comma);
    let is_one = all.iter().all(|word| ands.iter().all(|and| fold(and) != *word));
    (is_meant && is_one).then_some(one)
}

/// The therapist whom a text names that stands alone in its row, as it is written there: `— Therapist: Dr. Ann Lee (3) —`.
/// With more words than the name only behind a word for therapists: titles are patients' too.
pub fn therapist_said<'t>(text: &'t str, names: &[Name]) -> Option<&'t str> {
    let names: Vec<&str> = names.iter().map(|name| &**name).collect();
    let bare = text.trim_matches(|sign: char| !is_letter(sign) && !matches!(sign, '(' | ')'));
    let (label, name) = bare.split_once(':').unwrap_or(("", bare));
    let name = name.trim();
    // What stands behind `Total:` closes a part of a list.
    if !label.is_empty() && !is_column_word(label, Some("therapist")) {
        return None;
    }
    // Words behind a name may say that somebody else is there.
    let by_more = || longer(name, &names, &[]).filter(|_| !label.is_empty());
    called(name, &names).or_else(by_more).map(|_| name)
}

/// The sets of words that a text may call somebody by, each with the words beyond them: `Lee, Ann, PT` may be Lee, or Ann Lee.
fn ways(written: &str) -> Vec<(BTreeSet<String>, Vec<String>)> {
    let (outer, inner) = written.split_once('(').unwrap_or((written, ""));
    let is_name = |sign: char| is_letter(sign) || sign == ',' || sign.is_whitespace();
    if !outer.chars().all(is_name) {
        return Vec::new();
    }
    let parts: Vec<&str> = outer.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let beyond = |from: usize| {
        let others = parts.iter().skip(from).flat_map(|part| words(part));
        others.chain(words(inner)).collect::<Vec<_>>()
    };
    let mut ways = Vec::new();
    let Some(first) = parts.first().map(|part| both(part)) else { return ways };
    ways.extend(first.iter().map(|name| (set(name), beyond(1))));
    let second = parts.get(1).map(|part| both(part)).unwrap_or_default();
    ways.extend(second.iter().map(|given| (set(&[words(parts[0]), given.clone()].concat()), beyond(2))));
    ways
}

/// The words of a part of a name, and the same without what a register gives: `Ann Lee RMT`.
fn both(part: &str) -> [Vec<String>; 2] {
    let all: Vec<&str> = without_titles(part).split_whitespace().collect();
    let behind = all.iter().skip(1).rev().take_while(|word| is_shouted(word)).count();
    let is_name = all.first().is_some_and(|first| !is_shouted(first));
    let own = all.len() - if is_name { behind } else { 0 };
    [words(part), all.iter().take(own).map(|word| fold(word)).collect()]
}

fn set(words: &[String]) -> BTreeSet<String> {
    words.iter().cloned().collect()
}

fn words(text: &str) -> Vec<String> {
    let parts = without_titles(text).split(|sign: char| !is_letter(sign));
    parts.map(fold).filter(|word| !word.is_empty()).collect()
}

fn is_letter(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '-' | '\'' | '’' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_with_titles_and_in_either_order() {
        let names = ["Ann Lee", "Bo Oz, PT", "Rachel"];
        let who = |text: &str| called(text, &names).map(|at| names[at]);
        for text in [
            "Dr. Ann Lee",
            "dr ann lee",
            "Lee, Ann",
            "Lee, Dr. Ann, RMT",
            "LEE ANN",
            "Ann Lee RMT",
            "Lee, Ann RMT",
            "Ann Lee (she/her)",
            "Mrs. Ann Lee, PT, CGIMS",
        ] {
            assert_eq!(who(text), Some("Ann Lee"), "{text}");
        }
        assert_eq!((who("Prof. Dr. Bo Oz"), who("Dr. Rachel")), (Some("Bo Oz, PT"), Some("Rachel")));
        for text in [
            "Dr. Lee",
            "A. Lee",
            "Ann",
            "Ann Lee, Bo Oz",
            "Ann Lee (for Dr. Oz)",
            "Ann Lee / Bo",
            "Ann Lee-Oz",
            "Dr.",
            "",
        ] {
            assert_eq!(who(text), None, "{text}");
        }
        assert_eq!(longer("Dr. Rachel Smith", &names, &["and"]), Some(2));
        assert_eq!(longer("Rachel and Max", &names, &["and"]), None);
    }

    #[test]
    fn a_therapist_alone_in_a_row_is_told_from_a_patient() {
        let names: Vec<Name> = ["Ann Lee", "Rachel"].map(Name::from).to_vec();
        let said = |text| therapist_said(text, &names);
        for (text, name) in [
            ("Ann Lee", "Ann Lee"),
            ("— Dr. Ann Lee —", "Dr. Ann Lee"),
            ("Therapist: Lee, Ann", "Lee, Ann"),
            ("Rachel (3)", "Rachel (3)"),
            ("Therapist: Rachel Smith", "Rachel Smith"),
        ] {
            assert_eq!(said(text), Some(name), "{text}");
        }
        for text in [
            "Rachel Smith",
            "Ms. Rachel Smith",
            "Ann",
            "Relief",
            "Zoë",
            "9:00",
            "Ann Lee and Rachel",
            "Page 2: Ann",
            "Total: Ann Lee",
            "",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
