//! Words of lists for a session that did not take place: `Cancelled by client`, `no show`.

use crate::content::names::fold;
use crate::content::words_called_off;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Bytes of a text that is read: what is longer is a report.
const LONGEST: usize = 60;
/// Bytes of a word that is told among other words: a shorter one may be part of another.
const SHORTEST: usize = 6;

/// Whether a text is one of the words, or begins with a longer one.
pub fn says_called_off(text: &str) -> bool {
    if text.len() > LONGEST || !may_begin(text) {
        return false;
    }
    let text = fold(text);
    words_called_off().contains(&text) || longer().any(|word| text.starts_with(word))
}

/// The same, or it holds a longer one anywhere.
pub fn tells_called_off(text: &str) -> bool {
    says_called_off(text) || text.len() <= LONGEST && longer().any(|word| fold(text).contains(word))
}

/// Whether words around a name say so: `CANCELLED - Ann`, `Ann (no show)`.
pub fn says_beside(name: &str) -> bool {
    let name = fold(name);
    let name = name.trim_matches(|letter: char| !letter.is_alphanumeric());
    name.len() <= 2 * LONGEST && longer().any(|word| name.starts_with(word) || name.ends_with(word))
        || words_called_off().contains(name)
}

/// Whether a word may begin as a text does. Every cell of a list is asked, and most are told by their first letter.
fn may_begin(text: &str) -> bool {
    static FIRST: LazyLock<BTreeSet<char>> =
        LazyLock::new(|| words_called_off().iter().filter_map(|word| word.chars().next()).collect());
    let is_letter = |sign: &char| !sign.is_whitespace() && !matches!(sign, '-' | '_' | '.');
    text.chars()
        .find(is_letter)
        .is_some_and(|first| !first.is_ascii() || FIRST.contains(&first.to_ascii_lowercase()))
}

fn longer() -> impl Iterator<Item = &'static String> {
    words_called_off().iter().filter(|word| word.len() >= SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beside_a_name_say_it_too() {
        for name in ["CANCELLED - Ann", "Ann (no show)", "Cancelled", "*Cancelled* Ann Lee"] {
            assert!(says_beside(name), "{name}");
        }
        for name in ["Ann", "Dna Lee", "Ann Cancela", ""] {
            assert!(!says_beside(name), "{name}");
        }
    }
}
