//! How a line with a phone number is parted: the digits of a number, and the extension behind them.

use super::list_words::extension_words;

/// An extension behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extension<'l> {
    /// Where its word begins, and where its digits end: in bytes.
    pub at: usize,
    pub end: usize,
    pub digits: &'l str,
}

/// The first extension of a line: digits right behind one of the words for it ("ext. 7", "x7"), which stands behind the digits
/// of a number.
pub fn extension(line: &str) -> Option<Extension<'_>> {
    let first = line.find(|c: char| c.is_ascii_digit())?;
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        let begins = letter.is_alphabetic() && !before.is_alphabetic();
        before = letter;
        if begins && at > first {
            let found = extension_words().iter().find_map(|word| digits_behind(line, at, word));
            if let Some((digits, end)) = found {
                return Some(Extension { at, end, digits });
            }
        }
    }
    None
}

/// The digits behind a word that stands at a place, and where they end.
fn digits_behind<'l>(line: &'l str, at: usize, word: &str) -> Option<(&'l str, usize)> {
    let end = at + word.len();
    line.get(at..end).filter(|written| written.to_lowercase() == *word)?;
    let rest = line[end..].trim_start_matches(|c: char| c.is_whitespace() || ".:#".contains(c));
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    (length > 0).then(|| (&rest[..length], line.len() - rest.len() + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_the_digits_behind_a_word_of_any_language() {
        for (line, digits) in [
            ("416 555-0100 ext. 7", "7"),
            ("416 555-0100 x112", "112"),
            ("416 555-0100 EXT 12 (24/7)", "12"),
            ("514 555-0100 poste 7", "7"),
            ("55 5555 0100 int. 12", "12"),
            ("55 5555 0100, anexo 12", "12"),
            ("010 5555 0100 转7", "7"),
            ("021 5555 0100 داخلی 7", "7"),
        ] {
            assert_eq!(extension(line).map(|found| found.digits), Some(digits), "{line}");
        }
        for line in ["Poste de garde: 514 555-0100", "416 555-0100 or 811", "ext. 7", "1-800-FIX-TOES"] {
            assert_eq!(extension(line), None, "{line}");
        }
    }
}
