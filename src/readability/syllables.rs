//! Syllables of words, by the places where a hyphen may stand.

use crate::letter::is_letter;

/// Counts the syllables of words of a language.
#[derive(Clone, Copy, Debug)]
pub struct Syllables(hypher::Lang);

/// Letters before the first and behind the last hyphen. Typesetters ask for more; a reader says the syllable all the same.
const BOUND: usize = 2;

impl Syllables {
    /// Of a language by its primary subtag (`en`); nothing where no hyphenation patterns are known for it.
    pub fn of_language(tag: &str) -> Option<Syllables> {
        let code: [u8; 2] = tag.as_bytes().try_into().ok()?;
        hypher::Lang::from_iso(code).map(Syllables)
    }

    /// Of a word with whatever stands around it; what has no letters is said as one.
    pub fn of(&self, word: &str) -> usize {
        let parts = word.split(|letter: char| !is_letter(letter) && !"'’".contains(letter));
        let count = |part: &str| {
            let letters: String =
                part.chars().filter(|letter| is_letter(*letter)).flat_map(char::to_lowercase).collect();
            if letters.is_empty() {
                0
            } else {
                hypher::hyphenate_bounded(&letters, self.0, BOUND, BOUND).count()
            }
        };
        parts.map(count).sum::<usize>().max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_in_any_case_with_marks_and_through_hyphens() {
        let english = Syllables::of_language("en").unwrap();
        let of = |word| english.of(word);
        assert_eq!((of("Water,"), of("(WATER)"), of("information"), of("follow-up")), (2, 2, 4, 3));
        assert_eq!((of("3:30"), of("811"), of("don’t")), (1, 1, 1));
        assert!(Syllables::of_language("xx").is_none() && Syllables::of_language("fil").is_none());
    }
}
