//! Values in Markdown: what stands in a patient's or a clinic's data prints as it was typed, and is never read as
//! Markdown, HTML or smart punctuation.

use std::io::{Result, Write};

/// Writes a value into Markdown.
///
/// Every character that could begin or end something becomes a character reference (CommonMark 0.31, 2.5:
/// references "cannot be used in place of symbols indicating structure"), which holds at the start of a line, in
/// a table, a heading and a link's address alike. Line breaks become spaces: a value is one line.
pub fn markdown(value: &str, out: &mut dyn Write) -> Result<()> {
    if let Some((digits, last)) = number(value) {
        // Else `24` and the full stop after it could begin an ordered list.
        out.write_all(digits.as_bytes())?;
        return write_reference(last, out);
    }
    let mut plain_from = 0;
    let mut previous = None;
    for (index, character) in value.char_indices() {
        let next = value[index + character.len_utf8()..].chars().next();
        if let Some(reference) = reference(previous, character, next) {
            out.write_all(&value.as_bytes()[plain_from..index])?;
            write_reference(reference, out)?;
            plain_from = index + character.len_utf8();
        }
        previous = Some(character);
    }
    out.write_all(&value.as_bytes()[plain_from..])
}

/// The character to write as a reference; `None`: it is harmless here.
fn reference(previous: Option<char>, character: char, next: Option<char>) -> Option<char> {
    match character {
        // Kept where they end a clock time's or a sentence's parts, the bulk of all values.
        ',' | '?' | '%' => None,
        ':' if is_digit(previous) && is_digit(next) => None,
        ' ' if is_word(previous) && is_word(next) => None,
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        ' ' => Some(' '),
        // At an edge, white space of any kind would part the value from the marks around it.
        _ if character.is_whitespace() && (previous.is_none() || next.is_none()) => Some(character),
        _ if character.is_ascii_punctuation() => Some(character),
        _ if character.is_control() => Some('\u{fffd}'),
        _ if is_marker(character) => Some('\u{fffd}'),
        _ => None,
    }
}

/// A value of digits alone, without its last one.
fn number(value: &str) -> Option<(&str, char)> {
    let last = value.chars().next_back()?;
    value.bytes().all(|byte| byte.is_ascii_digit()).then(|| (&value[..value.len() - 1], last))
}

fn is_digit(character: Option<char>) -> bool {
    character.is_some_and(|character| character.is_ascii_digit())
}

/// A space between such characters neither begins nor ends a line, nor stands beside another one.
fn is_word(character: Option<char>) -> bool {
    character.is_some_and(|character| !character.is_whitespace() && !character.is_control())
}

/// What marks the groups of a template.
fn is_marker(character: char) -> bool {
    matches!(character, super::marks::OPEN | super::marks::CLOSE)
}

fn write_reference(character: char, out: &mut dyn Write) -> Result<()> {
    write!(out, "&#{};", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(value: &str) -> String {
        let mut out = Vec::new();
        markdown(value, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn words_and_clock_times_stay_as_they_are() {
        for value in ["Zoë Nguyễn", "Thursday 26\u{a0}Nov, 3:30\u{a0}pm", "24 to 48 hours", "李小龍", "מרים"]
        {
            assert_eq!(escaped(value), value);
        }
    }

    #[test]
    fn structure_becomes_references() {
        assert_eq!(escaped("**b**"), "&#42;&#42;b&#42;&#42;");
        assert_eq!(escaped("{{ x }}"), "&#123;&#123;&#32;x&#32;&#125;&#125;".replace("&#32;", " "));
        assert_eq!(escaped("http://a"), "http&#58;&#47;&#47;a");
        assert_eq!(escaped("1. x"), "1&#46; x");
    }

    #[test]
    fn a_number_cannot_begin_a_list() {
        assert_eq!(escaped("24"), "2&#52;");
    }

    #[test]
    fn outer_and_double_spaces_are_kept_and_lines_joined() {
        assert_eq!(escaped(" a  b "), "&#32;a&#32;&#32;b&#32;");
        assert_eq!(escaped("a\nb"), "a&#32;b");
    }

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(escaped("a\u{0}b"), "a&#65533;b");
    }
}
