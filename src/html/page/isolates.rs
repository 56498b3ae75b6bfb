//! What keeps a direction of its own inside of a line (UAX #9), in elements that say so.

use crate::locale::{Direction, numbers};

/// Marks around an isolate that a text holds.
const FIRST_STRONG: char = '\u{2068}';
const END: char = '\u{2069}';

/// Text, `put` piece by piece, with elements around what marks stand around, and on a page from right to left around clock
/// times, ranges, phone numbers and codes.
pub(super) fn isolates(text: &str, direction: Direction, page: &mut String, put: fn(&str, &mut String)) {
    let found = if direction.is_right_to_left() { numbers(text) } else { Vec::new() };
    if found.is_empty() && !text.contains([FIRST_STRONG, END]) {
        return put(text, page);
    }
    let (mut numbers, mut open) = (found.into_iter().peekable(), 0);
    for (at, character) in text.char_indices() {
        if numbers.peek().is_some_and(|number| number.start == at) {
            page.push_str("<bdi dir=\"ltr\">");
        }
        match character {
            FIRST_STRONG => {
                open += 1;
                page.push_str("<bdi>");
            }
            END if open > 0 => {
                open -= 1;
                page.push_str("</bdi>");
            }
            END => {}
            character => put(character.encode_utf8(&mut [0; 4]), page),
        }
        if numbers.peek().is_some_and(|number| number.end == at + character.len_utf8()) {
            numbers.next();
            page.push_str("</bdi>");
        }
    }
    (0..open).for_each(|_| page.push_str("</bdi>"));
}

/// The same in the program's own markup, whose text is escaped.
pub(in crate::html) fn with_isolates(markup: &str, direction: Direction) -> String {
    let mut page = String::with_capacity(markup.len() + 64);
    for part in markup.split_inclusive('>') {
        let (text, tag) = part.split_at(part.find('<').unwrap_or(part.len()));
        isolates(text, direction, &mut page, |text, page| page.push_str(text));
        page.push_str(tag);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_stand_in_elements_and_no_mark_is_left() {
        let page = |markup: &str| with_isolates(markup, Direction::RightToLeft);
        assert_eq!(
            page("<li id=\"a-1:2\">עד 15:30, \u{2068}Zoë 2\u{2069}.</li>"),
            "<li id=\"a-1:2\">עד <bdi dir=\"ltr\">15:30</bdi>, <bdi>Zoë 2</bdi>.</li>"
        );
        assert_eq!(page("<p>\u{2068}12-B</p>\u{2069}"), "<p><bdi><bdi dir=\"ltr\">12-B</bdi></bdi></p>");
        let english = with_isolates("<p>3:30, \u{2068}שרה\u{2069}</p>", Direction::LeftToRight);
        assert_eq!(english, "<p>3:30, <bdi>שרה</bdi></p>");
    }
}
