//! Scripts and their words.

use crate::letter::is_letter_or_digit;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// How the letters of a language's own script are set beside Latin ones: the same size says little of how large letters of
/// another script look, and some scripts stand in steeper lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letters {
    /// Times the size of the type.
    pub size: f32,
    /// Times the distance of baselines.
    pub line: f32,
}

impl Default for Letters {
    fn default() -> Letters {
        Letters { size: 1.0, line: 1.0 }
    }
}

/// Marks that wait for an answer, of every script.
pub const QUESTIONS: [char; 3] = ['?', '？', '؟'];

/// Whether a letter is of a script that writes no spaces between its words.
pub fn is_unspaced(letter: char) -> bool {
    // The sign for a long vowel stands in two scripts and so has none of its own.
    letter >= '\u{e00}'
        && (matches!(letter, '\u{30fc}' | '\u{ff70}')
            || ('\u{4e00}'..='\u{9fff}').contains(&letter)
            || matches!(
                letter.script(),
                Script::Thai
                    | Script::Lao
                    | Script::Khmer
                    | Script::Myanmar
                    | Script::Han
                    | Script::Bopomofo
                    | Script::Hiragana
                    | Script::Katakana
            ))
}

/// Whether no space follows a character: such a letter, or the punctuation of its script, which is as wide as a letter.
pub fn is_close_set(character: char) -> bool {
    is_unspaced(character) || matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff65}')
}

/// Whether a character goes on with a word: letters and digits, the marks on them, and joiners, which shape what stands beside
/// them.
pub fn is_in_word(character: char) -> bool {
    is_letter_or_digit(character)
        || (character > '\u{7f}'
            && (matches!(character, '\u{200c}' | '\u{200d}') || is_combining_mark(character)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_joiners_go_on_with_a_word_and_signs_do_not() {
        for character in ['a', '7', '\u{200c}', '\u{bcd}', '\u{64e}', '\u{301}', '天', 'ー'] {
            assert!(is_in_word(character), "{character:?}");
        }
        for character in [' ', '-', '،', '。', '\u{2019}', '\u{2068}'] {
            assert!(!is_in_word(character), "{character:?}");
        }
    }

    #[test]
    fn scripts_without_spaces_are_known() {
        let ideographs = ('\u{4e00}'..='\u{9fff}').map(|letter| letter.script());
        assert!(ideographs.into_iter().all(|script| script == Script::Han));
        assert!("不กກកကあアー々〇".chars().all(is_unspaced));
        assert!("不。！」".chars().all(is_close_set) && !"a.!”".chars().any(is_close_set));
        assert!(!"a7는ሰதب。「".chars().any(is_unspaced));
    }
}
