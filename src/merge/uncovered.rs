//! Characters that no font has: a name or a note that would print as boxes becomes lines to write on.

use crate::diagnostic::Diagnostic;
use unicode_script::{Script, UnicodeScript};

/// The first character that no font has. What takes no place on paper needs none.
pub fn first(text: &str, covered: &dyn Fn(char) -> bool) -> Option<char> {
    text.chars().find(|character| !is_blank(*character) && !covered(*character))
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Says what to do without saying the name.
pub fn name_warning(character: char) -> Diagnostic {
    let message = format!(
        "the patient's name holds {}, which no font of the clinic has: the sheet has a line to write it on",
        described(character)
    );
    Diagnostic::warning("uncovered-name", message).hint("write the name by hand, or in Latin letters")
}

pub fn note_warning(character: char) -> Diagnostic {
    let message = format!(
        "the note holds {}, which no font of the clinic has: the sheet has lines to write it on",
        described(character)
    );
    Diagnostic::warning("uncovered-note", message).hint("write the note by hand, or without that character")
}

/// The script; for signs that belong to none, the code point.
fn described(character: char) -> String {
    match character.script() {
        Script::Common | Script::Inherited | Script::Unknown => {
            format!("the character U+{:04X}", u32::from(character))
        }
        script => format!("a character of the {} script", script.full_name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_named_and_the_name_is_not() {
        let covered = |character: char| character.is_ascii();
        assert_eq!(first("Zo ë", &covered), Some('ë'));
        assert_eq!(first("a\u{200d}b\n", &covered), None);
        let message = name_warning('ส').message;
        assert!(message.contains("Thai") && !message.contains('ส'));
        assert!(note_warning('🙂').message.contains("U+1F642"));
    }
}
