//! Quotes of a word processor round a value: letters to YAML, which print.

pub const STRAIGHT: &str =
    "quotes of the file are straight ones: `\"…\"`; a text that is a quotation begins with a word before it";

/// The quotes round a whole text of one line, if it has no others.
pub fn typed_quotes(text: &str) -> Option<(char, char)> {
    let text = text.trim();
    let first = text.chars().next().filter(|first| "“”„‘’«".contains(*first))?;
    let last = text.chars().next_back().filter(|last| "”“‟’‘»".contains(*last))?;
    let inner = text.strip_prefix(first)?.strip_suffix(last)?;
    (!inner.contains(['“', '”', '„', '«', '»', '\n'])).then_some((first, last))
}

/// What is wrong with them.
pub fn typed_quotes_print((first, last): (char, char)) -> String {
    format!("`{first}` and `{last}` round the whole text print with it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_round_a_whole_text_alone_are_told() {
        for text in ["“911”", "„911“", "«416 555-0142»", " ‘Ann’ "] {
            assert!(typed_quotes(text).is_some(), "{text}");
        }
        for text in ["", "“", "\"911\"", "“Neck” and “hip”", "O’Neill", "the “911”", "“911” now", "“a\nb”"]
        {
            assert_eq!(typed_quotes(text), None, "{text}");
        }
    }
}
