//! Free text: the id, the patient's name, the note. No message shows any of it.

use super::{Resolver, most, most_lines};
use crate::diagnostic::is_unseen;
use crate::request::Given;
use unicode_normalization::UnicodeNormalization;

impl<'a> Resolver<'a> {
    /// The id names a file, so that its characters are few. An id may be a name after all: the message says which
    /// character is wrong, not what was typed.
    pub(super) fn id(&mut self, given: &'a Given<String>) -> Option<String> {
        let id = given.value.trim();
        let most = most("id");
        let hint = format!(
            "an id is at most {most} letters `a`–`z`, digits, `.`, `_` or `-`, not starting with `.`"
        );
        let wrong =
            id.chars().find(|character| !character.is_ascii_alphanumeric() && !"._-".contains(*character));
        let message = match wrong {
            Some(character) => format!("`id` holds the character {}", named(character)),
            None if id.starts_with('.') => "`id` starts with a dot".to_owned(),
            None if id.is_empty() => "`id` is blank".to_owned(),
            None if id.len() > most => format!("`id` is {} characters long", id.len()),
            None => return Some(id.to_owned()),
        };
        self.fault(given, "bad-id", message, Some(hint.into()));
        None
    }

    /// A name or a note as it prints: composed (NFC), without the space around it, lines ended by one line feed.
    /// Blank is none. Lengths count Unicode scalar values after that.
    pub(super) fn plain_text(&mut self, given: &'a Given<String>, path: &str) -> Option<Option<String>> {
        let one_line = path == "patient";
        let most = most(path);
        // Composing never makes a text more than three times shorter, so that much longer is too long as it is.
        if given.value.len() > most.saturating_mul(64) {
            self.fault(
                given,
                "too-long",
                format!("`{path}` is too long: allowed are {most} characters"),
                None,
            );
            return None;
        }
        let lines = given.value.replace("\r\n", "\n").replace('\r', "\n");
        let text: String =
            lines.trim().nfc().map(|character| if character == '\t' { ' ' } else { character }).collect();
        let wrong = text.chars().find(|character| (one_line || *character != '\n') && !prints(*character));
        if let Some(character) = wrong {
            self.unprintable(given, path, character);
            return None;
        }
        let length = text.chars().count();
        if length > most {
            let message = format!("`{path}` is {length} characters long, allowed are {most}");
            self.fault(given, "too-long", message, None);
            return None;
        }
        let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
        if lines > most_lines(path) {
            let message = format!("`{path}` has {lines} lines, allowed are {}", most_lines(path));
            let hint = "a sheet has two sides: put more on each line, or leave some out".to_owned();
            self.fault(given, "too-many-lines", message, Some(hint.into()));
            return None;
        }
        // What cannot be seen is no name: the sheet has a line to write on.
        Some(Some(text).filter(|text| text.chars().any(is_seen)))
    }

    fn unprintable(&mut self, given: &Given<String>, path: &str, character: char) {
        let (message, hint) = match character {
            '\n' | '\u{2028}' | '\u{2029}' => (format!("`{path}` must be one line"), None),
            '\u{fffd}' => (
                format!("`{path}` holds {}, which stands for a lost character", named(character)),
                Some("save the file as UTF-8".to_owned()),
            ),
            _ => {
                let hint = "a character that cannot be seen may not stand in a sheet: type the text again"
                    .to_owned();
                (format!("`{path}` holds the character {}", named(character)), Some(hint))
            }
        };
        self.fault(given, "unprintable", message, hint.map(Into::into));
    }
}

/// Whether a character may print: not a control, not one that turns the direction of its neighbours, none that
/// only one program knows (private use), no noncharacter, no tag.
fn prints(character: char) -> bool {
    let code = u32::from(character);
    let noncharacter = code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code);
    let private = matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    let odd = matches!(character, '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e007f}');
    !is_unseen(character) && !noncharacter && !private && !odd
}

/// Whether a character leaves ink by itself: not space, a joiner, a soft hyphen, a variation selector, a filler.
fn is_seen(character: char) -> bool {
    let unseen = matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}');
    !unseen && !character.is_whitespace()
}

/// A character by its code, and as itself when it can be seen.
fn named(character: char) -> String {
    match u32::from(character) {
        0x20 => "U+0020 (space)".to_owned(),
        code => format!("U+{code:04X}"),
    }
}
