//! Where words begin, and what stands between them.

use super::text::VALUE;
use crate::content::phrases::is_word_start;
use crate::letter::is_letter_or_digit;

/// Where a word or a number begins. Digits begin one behind a letter of a script without spaces, too.
pub fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, character)| {
        let last = std::mem::replace(&mut before, character);
        let begins = last != VALUE && is_letter_or_digit(character) && is_word_start(last, character);
        begins.then_some(at)
    })
}

/// Spaces and dashes between a number and what follows.
pub fn gap(text: &str) -> usize {
    let is_gap = |c: &char| c.is_whitespace() || "-\u{2010}\u{2011}–—".contains(*c);
    text.chars().take_while(is_gap).map(char::len_utf8).sum()
}

pub fn longest<T>(said: Vec<(T, usize)>) -> Option<(T, usize)> {
    said.into_iter().max_by_key(|(_, length)| *length)
}

#[cfg(test)]
mod tests {
    use super::starts;

    #[test]
    fn a_number_begins_behind_a_letter_without_a_space() {
        // Each letter of a script without spaces may begin a word.
        assert_eq!(starts("请打120，48小时").collect::<Vec<_>>(), [0, 3, 6, 12, 14, 17]);
        assert_eq!(starts("B12 48h").collect::<Vec<_>>(), [0, 4]);
    }
}
