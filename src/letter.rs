//! Letters and digits, told apart from the rest. The standard library searches its tables for each letter that is not ASCII;
//! texts have few different ones, so what was found is remembered.

use std::cell::Cell;

/// Different letters that a thread remembers, at most.
const PLACES: usize = 2048;

const LETTER: u32 = 1;
const NUMERIC: u32 = 2;

thread_local! {
    /// A character's code and what it is; 0, which is ASCII, where nothing was asked yet.
    static SEEN: [Cell<u32>; PLACES] = const { [const { Cell::new(0) }; PLACES] };
}

/// As [`char::is_alphabetic`].
pub fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || !character.is_ascii() && kind(character) & LETTER != 0
}

/// As [`char::is_alphanumeric`].
pub fn is_letter_or_digit(character: char) -> bool {
    character.is_ascii_alphanumeric() || !character.is_ascii() && kind(character) != 0
}

/// A name with a space between words that only a capital parts: `OneTwo` is `One Two`.
pub fn with_spaces(name: &str) -> String {
    let mut was_small = false;
    let parted = name.chars().flat_map(|letter| {
        let begins = was_small && letter.is_uppercase();
        was_small = letter.is_lowercase();
        [begins.then_some(' '), Some(letter)].into_iter().flatten()
    });
    parted.collect()
}

fn kind(character: char) -> u32 {
    let code = u32::from(character);
    SEEN.with(|seen| {
        let place = &seen[code as usize % PLACES];
        let known = place.get();
        if known >> 2 == code {
            return known & 3;
        }
        let letter = if character.is_alphabetic() { LETTER } else { 0 };
        let kind = letter | if character.is_numeric() { NUMERIC } else { 0 };
        place.set(code << 2 | kind);
        kind
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_behind_a_small_letter_begins_a_word() {
        assert_eq!([with_spaces("OneTwo"), with_spaces("ABC d"), with_spaces("")], ["One Two", "ABC d", ""]);
    }

    #[test]
    fn letters_and_digits_are_those_of_the_standard_library() {
        for _ in 0..2 {
            for character in ('\0'..'\u{3200}').chain('\u{ff00}'..'\u{11000}').chain('\u{10fff0}'..=char::MAX)
            {
                assert_eq!(is_letter(character), character.is_alphabetic(), "{character:?}");
                assert_eq!(is_letter_or_digit(character), character.is_alphanumeric(), "{character:?}");
                assert_eq!(is_letter(character), character.is_alphabetic(), "{character:?} again");
            }
        }
    }
}
