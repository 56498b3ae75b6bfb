//! Free text: the id, the patient's name, the note. No message shows any of it.

use super::Resolver;
use super::called_off::{is_called_off, says_beside};
use super::placeholder::{is_odd_name, is_odd_note, is_turned, may_be_several};
use crate::diagnostic::Diagnostic;
use crate::options::keys::Value;
use crate::request::Given;
use crate::request::raw::is_reserved;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

impl<'a> Resolver<'a> {
    /// The id names a file, so that its characters are few. An id may be a name after all: the message says which
    /// character is wrong, not what was typed.
    pub(super) fn id(&mut self, given: &'a Given<String>) -> Option<String> {
        let id = given.value.trim();
        let (most, _) = self.room("id");
        let hint = format!(
            "an id is at most {most} letters `a`–`z`, digits, `.`, `_` or `-`, not starting with `.`"
        );
        let wrong =
            id.chars().find(|character| !character.is_ascii_alphanumeric() && !"._-".contains(*character));
        let message = match wrong {
            Some(character) => format!("`id` holds the character {}", named(character)),
            None if id.starts_with('.') => "`id` starts with a dot".to_owned(),
            None if id.is_empty() => "`id` is blank".to_owned(),
            None if is_reserved(id) => {
                let hint = "put something before it: `p-` and the id".into();
                let message = "`id` is a name that Windows keeps for a device: no file can have it there";
                self.fault(given, "bad-id", message.to_owned(), Some(hint));
                return None;
            }
            None if id.ends_with('.') => "`id` ends with a dot".to_owned(),
            None if id.len() > most => format!("`id` is {} characters long", id.len()),
            None => return Some(id.to_owned()),
        };
        self.fault(given, "bad-id", message, Some(hint.into()));
        None
    }

    /// The characters that a text takes at most, and the lines with something on them.
    fn room(&self, path: &str) -> (usize, usize) {
        match self.library.keys.at_path(path).map(|key| &key.value) {
            Some(Value::Text { most, lines }) => (*most, *lines),
            Some(Value::Id { most } | Value::Line { most }) => (*most, 1),
            _ => (0, 0),
        }
    }

    /// A name or a note as it prints: composed (NFC), without the space around it, lines ended by one line feed.
    /// Blank is none. Lengths count Unicode scalar values after that.
    pub(super) fn plain_text(&mut self, given: &'a Given<String>, path: &str) -> Option<Option<String>> {
        let (most, most_lines) = self.room(path);
        let one_line = most_lines == 1;
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
        let text = typed(&given.value, one_line);
        let wrong = text.chars().find(|character| {
            let is_space = !one_line && matches!(character, '\n' | '\t');
            !is_space && !prints(*character)
        });
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
        if lines > most_lines {
            let message = format!("`{path}` has {lines} lines, allowed are {most_lines}");
            let hint = "a sheet has two sides: put more on each line, or leave some out".to_owned();
            self.fault(given, "too-many-lines", message, Some(hint.into()));
            return None;
        }
        self.remark(given, path, &text);
        // What cannot be seen is no name: the sheet has a line to write on.
        Some(Some(text).filter(|text| text.chars().any(is_seen)))
    }

    /// What somebody should look at before it prints.
    fn remark(&mut self, given: &'a Given<String>, path: &str, text: &str) {
        let is_name = path == "patient";
        let odd = if is_name { is_odd_name(text) } else { is_odd_note(text) };
        if odd && text.chars().any(is_seen) {
            let message = format!("`{path}` looks like what a program left there: it prints as it was typed");
            self.warn(given, if is_name { "odd-name" } else { "odd-note" }, message);
        }
        let is_off = if is_name { says_beside(text) } else { is_called_off(text) };
        if given.place.cell.is_some() && is_off {
            let message =
                format!("`{path}` says that this session did not take place: it prints as it was typed");
            let hint = "take the row out, or the word from its cell";
            self.push(given, Diagnostic::warning("called-off", message).hint(hint));
        }
        if is_name && !odd && may_be_several(text, &self.ands()) {
            let message = format!("`{path}` may name more than one person: it prints as it was typed");
            self.warn(given, "several-names", message);
        }
        if is_name && !odd && given.place.cell.is_some() && is_turned(text) {
            let message = format!("`{path}` has the family name in front: it prints as it was typed");
            let hint = "`names: last-first` in a file of `--columns` turns the names of a list";
            self.push(given, Diagnostic::warning("turned-name", message).hint(hint));
        }
    }

    fn unprintable(&mut self, given: &Given<String>, path: &str, character: char) {
        let (message, hint) = match character {
            '\n' => (format!("`{path}` must be one line"), None),
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

/// A text with its lines ended by line feeds, whatever ended them where it was copied from (word processors have four
/// kinds), composed, without what cannot be seen, and without the space around it. The spaces before its first word belong
/// to that line, unless it is the only one.
fn typed(text: &str, one_line: bool) -> String {
    let text = text.replace("\r\n", "\n");
    let mut before = None;
    let text: String = text
        .chars()
        .filter(|character| {
            let kept = !is_invisible(*character) || joins(before, *character);
            before = Some(*character);
            kept
        })
        .map(|character| match character {
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            // A word processor's hyphen that does not break.
            '\u{1e}' => '-',
            '\t' if one_line => ' ',
            _ => character,
        })
        .nfc()
        .collect();
    if one_line {
        return text.trim().to_owned();
    }
    let start = text.find(|character: char| !character.is_whitespace()).unwrap_or(text.len());
    let line = text.get(..start).and_then(|space| space.rfind('\n')).map_or(0, |end| end + 1);
    text.get(line..).unwrap_or_default().trim_end().to_owned()
}

/// Whether a character may print: not a control, no noncharacter, not the sign that stands for a lost one. What no font has
/// is seen to where fonts are known.
fn prints(character: char) -> bool {
    let code = u32::from(character);
    let noncharacter = code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code);
    !character.is_control() && !noncharacter && character != '\u{fffd}'
}

/// What takes no ink and stands in copied text without being meant: joiners, selectors, byte order marks, soft hyphens,
/// marks that turn the direction of their neighbours, the place of a picture.
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{1f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffc}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a joiner stands behind a letter or sign of a script whose letters it forms: in a Persian word, behind the sign
/// (virama) that takes a letter of India its vowel.
fn joins(before: Option<char>, character: char) -> bool {
    let plain = [Script::Latin, Script::Greek, Script::Cyrillic];
    let is_formed = |before: char| {
        before >= '\u{590}'
            && (before.is_alphabetic() || is_combining_mark(before))
            && !plain.contains(&before.script())
    };
    matches!(character, '\u{200c}' | '\u{200d}') && before.is_some_and(is_formed)
}

/// Whether a character leaves ink by itself.
fn is_seen(character: char) -> bool {
    let filler = matches!(character,
        '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}');
    !is_invisible(character) && !filler && !character.is_whitespace()
}

/// A character by its code, and as itself when it can be seen.
fn named(character: char) -> String {
    match u32::from(character) {
        0x20 => "U+0020 (space)".to_owned(),
        code => format!("U+{code:04X}"),
    }
}
