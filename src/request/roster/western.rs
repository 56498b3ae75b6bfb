//! Text that is no UTF-8, as older spreadsheets save CSV in Western Europe and America: Windows-1252.

use crate::diagnostic::Diagnostic;
use encoding_rs::{MACINTOSH, WINDOWS_1252};
use std::borrow::Cow;

/// Bytes that stand for nothing there.
const NONE: [u8; 5] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
/// Letters of Iceland that the code page of Turkish has others for: `Þ` is `Ş` there, `ý` is `ı`, `ð` is `ğ`.
const OF_TWO: [u8; 6] = [0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe];
/// Signs that stand beside letters.
const BESIDE: &str = "‘’“”–—…•·«»¡¿®©™°ªºµ\u{a0}";
/// Those of them that stand in front of none.
const NOT_BEFORE: &str = "®©™ªº";
/// Those that open something, and stand behind none.
const NOT_BEHIND: &str = "‘“«¡¿";
/// Letters to Unicode that are no name's.
const NO_LETTERS: &str = "ƒˆªºµ";
/// Accented letters that stand beside each other, at most: more are letters of another alphabet.
const IN_A_ROW: usize = 2;

/// The text, if it can be Windows-1252. Other code pages give signs inside words, capitals behind small letters, or words
/// of nothing but accented letters: nobody guesses a name.
pub fn read(bytes: &[u8]) -> Option<String> {
    if bytes.iter().any(|byte| NONE.contains(byte) || OF_TWO.contains(byte)) {
        return None;
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    plausible(&text)?;
    Some(text.into_owned())
}

/// Whether it is a text as older Macs save it. Who is told so looks at the names: DOS has some of the same letters.
pub fn is_of_mac(bytes: &[u8]) -> bool {
    let (text, _) = MACINTOSH.decode_without_bom_handling(bytes);
    plausible(&text).is_some()
}

/// Whether a text may be one of a Western language.
fn plausible(text: &str) -> Option<()> {
    // `³¯` says nothing in any language.
    if text.chars().nth(1).is_some()
        && text.chars().all(|sign| !sign.is_ascii() && !is_letter(sign) && !MEANT.contains(sign))
    {
        return None;
    }
    let (mut before, mut accented, mut letters) = (' ', 0, 0);
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let after = signs.peek().map_or(' ', |(_, after)| *after);
        let is_other = !sign.is_ascii();
        let is_letter = is_letter(sign);
        accented = if is_other && is_letter { accented + 1 } else { 0 };
        letters = if is_letter { letters + 1 } else { 0 };
        let is_bare = accented == letters && letters > 1 && !after.is_alphabetic();
        let touches = is_other && !is_letter && (before.is_alphabetic() || after.is_alphabetic());
        let is_between = before.is_alphabetic() && after.is_alphabetic();
        let (left, right) = text.split_at(at);
        if accented > IN_A_ROW
            || is_bare
            || is_other && after.is_alphabetic() && NOT_BEFORE.contains(sign)
            || is_other && before.is_alphabetic() && NOT_BEHIND.contains(sign)
            || touches && !BESIDE.contains(sign)
            // In other code pages these signs are letters: `J”rg`, `Mart’nez`.
            || touches && is_between && !(sign == '’' && is_apostrophe(left, right.strip_prefix(sign)?))
            || is_other && sign.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && after.is_lowercase())
        {
            return None;
        }
        before = sign;
    }
    Some(())
}

/// Signs that a cell may be made of.
const MEANT: &str = "–—…•·«»¡¿°€£¥¢½¼¾×÷±‘’“”\u{a0}";

fn is_letter(sign: char) -> bool {
    sign.is_alphabetic() && !NO_LETTERS.contains(sign)
}

/// Letters that stand before an apostrophe, at most: `O’Brien`, `l’épaule`.
const ELIDED: usize = 2;
/// What stands behind one at the end of a word: `it’s`, `don’t`, `we’re`.
const CONTRACTED: [&str; 7] = ["s", "t", "d", "m", "ll", "re", "ve"];

/// Whether an apostrophe stands where languages have one, and not in the place of a letter.
fn is_apostrophe(left: &str, right: &str) -> bool {
    let before = || left.chars().rev().take_while(|letter| letter.is_alphabetic());
    let behind: String = right.chars().take_while(|letter| letter.is_alphabetic()).collect();
    let behind = behind.to_lowercase();
    let begins_with = |letters: &str| behind.chars().next().is_some_and(|first| letters.contains(first));
    // `quelqu’un`, `aujourd’hui`.
    let is_qu = before().take(2).map(|letter| letter.to_ascii_lowercase()).eq(['u', 'q']);
    before().count() <= ELIDED
        || CONTRACTED.contains(&&*behind)
        || is_qu && begins_with("aeiouyhàâéèêëîïôœùûü")
        || begins_with("h") && behind.chars().nth(1).is_some_and(|second| "aeiouyéèê".contains(second))
}

/// What a cell says, for what its row is: with signs of replacement where that cannot be read.
pub fn or_lossy(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => text.into(),
        Err(_) => read(cell).map_or_else(|| String::from_utf8_lossy(cell), Cow::Owned),
    }
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
            (b"D\x92Angelo, l\x92\xe9paule, quelqu\x92un", "D’Angelo, l’épaule, quelqu’un"),
            (b"don\x92t, she\x92s, aujourd\x92hui", "don’t, she’s, aujourd’hui"),
            (b"M\xaa Jos\xe9, n\xba 3, 10 \xb5g, \xe0 20 \xb0C", "Mª José, nº 3, 10 µg, à 20 °C"),
            (b"\x96", "–"),
            (b"\xc9TIENNE, \xc9lo\xefse", "ÉTIENNE, Éloïse"),
            (b"Stra\xdfe, \xd8re, \x8akoda, c\x9cur", "Straße, Øre, Škoda, cœur"),
        ] {
            assert_eq!(read(bytes).as_deref(), Some(text));
        }
    }

    #[test]
    fn words_of_an_older_mac_are_told_as_such() {
        for bytes in [&b"Zo\x91 M\x9fller"[..], b"Jos\x8e Pe\x96a", b"\x83t\x8e", b"don\xd5t"] {
            assert!(read(bytes).is_none() && is_of_mac(bytes), "{bytes:x?}");
        }
        assert!(!is_of_mac(b"M\x81ller") && !is_of_mac(b"\xc8\xe2\xe0\xed"));
    }

    #[test]
    fn other_code_pages_are_not_guessed() {
        for bytes in [
            &b"J\x94rg"[..],
            b"Mart\x92nez",
            b"Garc\x92a",
            b"Mart\x92n",
            b"G\x97mez",
            b"Ren\x91e",
            b"\xa3ukasz",
            b"Micha\xb3",
            b"Ku\x9fma",
            b"\xc8\xe2\xe0\xed",
            b"\x83A\x83\x93",
            b"Zo\x81",
            b"Zo\x91",
            b"M\x9fller",
            b"In\x88s",
            b"\xa9\xe1rka",
            b"\x99zil",
            b"\xb3\xaf",
            b"\xaaL",
            b"\xc0\xee",
            b"\xde\xfckr\xfc",
            b"Y\xfdlmaz",
            b"G\xfcne\xfe",
        ] {
            assert_eq!(read(bytes), None, "{bytes:x?}");
        }
    }
}
