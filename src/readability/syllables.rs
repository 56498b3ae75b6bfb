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
            pieces(&letters)
                .map(|piece| hypher::hyphenate_bounded(piece, self.0, BOUND, BOUND).count())
                .sum::<usize>()
        };
        parts.map(count).sum::<usize>().max(1)
    }
}

/// A word in pieces that the patterns are made for: of a longer one, which no language has, the count need not be exact.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let most = rest.len().min(hypher::MAX_INLINE_SIZE);
        let (piece, behind) =
            rest.split_at((0..=most).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(0));
        rest = behind;
        (!piece.is_empty()).then_some(piece)
    })
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
        let greek = Syllables::of_language("el").unwrap();
        assert!(of(&"ba".repeat(300)) > 1 && greek.of(&"βα".repeat(300)) > 1, "no word is too long");
        assert!(Syllables::of_language("xx").is_none() && Syllables::of_language("fil").is_none());
    }
}
