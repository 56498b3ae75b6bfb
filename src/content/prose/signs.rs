//! The warning signs of a language beside each other, and the heading above those of an emergency.

use super::ProseWords;
use super::negations::{denial_of, denials};
use super::taken_out::about;
use super::text::next_tag;
use crate::content::Pack;
use crate::content::names::fold;
use crate::diagnostic::{Diagnostic, shown};
use crate::locale::{is_in_word, is_unspaced};
use std::collections::{BTreeMap, BTreeSet};

/// The heading that tells to call the emergency number.
const HEADING: &str = "emergency.heading";
/// Keys of signs.
const SIGN: &str = ".signs.";

/// Signs of one wording: what one of them should say, nobody is told.
pub fn twice(pack: &Pack) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let signs = pack.safety.words.iter().filter(|(key, _)| key.contains(SIGN));
    let told = signs.filter_map(|(key, source)| {
        let other = seen.insert(fold(&source.text), key)?;
        let message = format!("`{other}` and `{key}` have the same words");
        let fault = Diagnostic::error("same-sign", message).at(source.at(0, 0));
        Some(fault.hint("say in words what this sign is"))
    });
    told.collect()
}

/// Ways to get help that cannot wait: whatever a treatment calls a sign there is none to call normal.
const AT_ONCE: [&str; 2] = ["emergency.signs.", "same-day.signs."];
/// Of ten words of a sign so many name it: "blue fingers" the fingers that turn blue.
const NAMED: usize = 6;
/// Letters of a word that tells something, at least, where words stand apart.
const TELLING: usize = 3;

/// What the signs of a treatment are about, by their words. What speaks of a window is normal before it ends.
pub fn at_once(pack: &Pack, words: &ProseWords) -> Vec<Vec<String>> {
    let signs = pack.safety.words.iter();
    let signs = signs.filter(|(key, _)| AT_ONCE.iter().any(|tier| key.starts_with(tier)));
    let plain = signs.filter(|(_, source)| next_tag(&source.text).is_none());
    let all = plain.map(|(_, source)| worded(&source.text).filter(|word| tells(word, words)).collect());
    all.filter(|sign: &Vec<String>| !sign.is_empty()).collect()
}

/// Whether a sentence names a sign of these.
pub fn names(sentence: &str, signs: &[Vec<String>]) -> bool {
    let said: BTreeSet<String> = worded(sentence).collect();
    let is_said =
        |word: &&String| said.contains(*word) || word.starts_with(is_unspaced) && sentence.contains(&***word);
    signs.iter().any(|sign| sign.iter().filter(is_said).count() * 10 > sign.len() * NAMED)
}

fn tells(word: &str, words: &ProseWords) -> bool {
    word.starts_with(is_unspaced) || word.chars().count() >= TELLING && !words.small_words.contains(word)
}

fn worded(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c| !is_in_word(c)).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Words beside those for feeling well, at most: with more the sign may say what comes then ("You feel better, then worse").
const BESIDE: usize = 1;

/// "You feel great" among the signs: whoever reads on is told to get help for nothing, and a sign stood there.
pub fn well(pack: &Pack, words: &ProseWords) -> Vec<Diagnostic> {
    let signs = pack.safety.words.iter().filter(|(key, _)| key.contains(SIGN));
    let told = signs.filter_map(|(key, source)| {
        let text = &*source.text;
        let denials: Vec<usize> = denials(text, words).collect();
        let said = words.well.said(text).map(|((), at, length)| (at, at + length));
        let (at, end) = said
            .filter(|(from, to)| denials.iter().all(|no| (*from..*to).contains(no)))
            .max_by_key(|(from, to)| to - from)?;
        let rest = format!("{};{}", &text[..at], &text[end..]);
        if words.alarms.said(&rest).next().is_some() || about(&rest, words).len() > BESIDE {
            return None;
        }
        let message = format!("“{}” is no sign to get help for: `{key}`", shown(&text[at..end]));
        let length = u32::try_from(text[at..end].chars().count()).unwrap_or(0);
        let fault = Diagnostic::error("no-sign", message).at(source.at(at, length));
        Some(fault.hint("say what is wrong with a patient who needs help"))
    });
    told.collect()
}

/// "Do not call 911": a word that says no to the call.
pub fn denied(pack: &Pack, words: &ProseWords) -> Option<Diagnostic> {
    let source = pack.safety.words.get(HEADING)?;
    let text = &*source.text;
    let calls = words.call.said(text).map(|((), at, length)| (at, at + length));
    let (at, end) = calls.filter_map(|call| denial_of(text, call, words)).next()?;
    let written = &text[at..end];
    let message = format!("“{written}” stands with the call: this heading tells to call");
    let length = u32::try_from(written.chars().count()).unwrap_or(0);
    let fault = Diagnostic::error("denied-call", message).at(source.at(at, length));
    Some(fault.hint("write it as in “Call {{ clinic.emergency }} for any of these”"))
}
