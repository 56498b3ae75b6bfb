//! Text that is no UTF-8, as older spreadsheets save CSV in Western Europe and America: Windows-1252.

use crate::diagnostic::Diagnostic;
use encoding_rs::WINDOWS_1252;

/// Bytes that stand for nothing there.
const NONE: [u8; 5] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
/// Signs that stand beside letters.
const BESIDE: &str = "‘’“”–—…•·«»¡¿®©™°ªº\u{a0}";
/// Accented letters that stand beside each other, at most: more are letters of another alphabet.
const IN_A_ROW: usize = 2;

/// The text, if it can be Windows-1252. Other code pages give signs inside words, capitals behind small letters, or words
/// of nothing but accented letters: nobody guesses a name.
pub fn read(bytes: &[u8]) -> Option<String> {
    if bytes.iter().any(|byte| NONE.contains(byte)) {
        return None;
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let (mut before, mut accented) = (' ', 0);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let after = signs.peek().copied().unwrap_or(' ');
        let is_other = !sign.is_ascii();
        // The florin is a letter to Unicode, and no name's.
        let is_letter = sign.is_alphabetic() && sign != 'ƒ';
        accented = if is_other && is_letter { accented + 1 } else { 0 };
        let is_inside = is_other && !is_letter && !BESIDE.contains(sign);
        if accented > IN_A_ROW
            || is_inside && (before.is_alphabetic() || after.is_alphabetic())
            || is_other && sign.is_uppercase() && before.is_lowercase()
        {
            return None;
        }
        before = sign;
    }
    Some(text.into_owned())
}

/// For the first row that was read so.
pub fn told() -> Diagnostic {
    let message = "the list is no UTF-8, and its accents were read as Windows-1252: are they right?";
    Diagnostic::warning("guessed-encoding", message)
        .hint("look at a name with an accent, or save the list as CSV UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_western_languages_are_read() {
        for (bytes, text) in [
            (&b"Zo\xeb O\x92Brien"[..], "Zoë O’Brien"),
            (b"Fran\xe7ois \xc9mile", "François Émile"),
            (b"\x93rest\x94 \x96 30\xb0, \xa350", "“rest” – 30°, £50"),
            (b"Stra\xdfe, \xd8re, \x8akoda, c\x9cur", "Straße, Øre, Škoda, cœur"),
        ] {
            assert_eq!(read(bytes).as_deref(), Some(text));
        }
    }

    #[test]
    fn other_code_pages_are_not_guessed() {
        for bytes in
            [&b"\xa3ukasz"[..], b"Micha\xb3", b"Ku\x9fma", b"\xc8\xe2\xe0\xed", b"\x83A\x83\x93", b"Zo\x81"]
        {
            assert_eq!(read(bytes), None, "{bytes:x?}");
        }
    }
}
