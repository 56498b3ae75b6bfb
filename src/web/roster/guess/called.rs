//! What a column is called, held against the words for such columns.

use crate::letter::with_spaces;
use crate::plural_endings;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters of a word that may have the ending of several: of a shorter one it makes another word.
const LONG: usize = 4;

/// Words of a group, as they stand in a language's file.
pub fn split(words: &str) -> Vec<String> {
    words.split(',').map(plain).collect()
}

/// A column's name without what differs between spellings, accents and signs too: `Prénom :` is `prenom`. One of several of a
/// name has its number behind it, which says nothing of what it is.
pub fn plain(name: &str) -> String {
    let bare = name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("));
    let bare = bare.filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
    let name = bare.map_or(name, |(name, _)| name);
    // `ClientName` is two words.
    let parted = with_spaces(name);
    let letters = parted.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    let letters: String = letters.map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join("_")
}

/// Whether a plain name is called by a plain text as a whole: of each word, one or several.
pub fn is(name: &str, text: &str) -> bool {
    name == text || is_at(&name.split('_').collect::<Vec<_>>(), text, true)
}

/// Whether the words of a plain text stand together in a plain name.
pub fn has(name: &str, text: &str) -> bool {
    let words: Vec<&str> = name.split('_').collect();
    (0..words.len()).any(|at| words.get(at..).is_some_and(|words| is_at(words, text, false)))
}

fn is_at(words: &[&str], text: &str, is_whole: bool) -> bool {
    let own = text.split('_').count();
    (if is_whole { words.len() == own } else { words.len() >= own })
        && words.iter().zip(text.split('_')).all(|(word, own)| is_one_or_several(word, own))
}

fn is_one_or_several(word: &str, one: &str) -> bool {
    word.strip_prefix(one).is_some_and(|ending| {
        ending.is_empty()
            || one.chars().count() >= LONG && plural_endings().iter().any(|own| plain(own) == ending)
    })
}

/// A column's name without the number behind it, as one of several has it.
pub fn stem(name: &str) -> String {
    plain(name).trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '_').to_owned()
}

pub fn number_of(name: &str) -> String {
    let name = plain(name);
    name.chars().rev().take_while(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_differ_in_spelling_only() {
        for (name, other) in
            [("ÉLAN :", "élan"), ("One/Two", "one two"), ("One(s)*", "one s"), ("One (2)", "one")]
        {
            assert_eq!(plain(name), plain(other));
        }
        assert_eq!(plain("Élan à côté"), "elan_a_cote");
        assert_eq!((plain("OneTwo"), plain("ABC")), ("one_two".to_owned(), "abc".to_owned()));
    }

    #[test]
    fn a_column_of_several_is_called_as_one_of_one() {
        assert!(is("handout_notes", "handout_note") && is("handouts_notes", "handout_note"));
        assert!(is("zones_traitees", "zone_traitee") && is("sesiones", "sesion"));
        assert!(has("own_handout_notes_here", "handout_note") && has("alerts", "alert"));
        for (name, text) in [
            ("days", "day"),
            ("notebook", "note"),
            ("handout_note", "handout_notes"),
            ("handout_notes_x", "handout_note"),
            ("pts", "pt"),
        ] {
            assert!(!is(name, text), "{name}");
        }
        assert!(!has("handout", "handout_note") && !has("starting", "start"));
    }
}
