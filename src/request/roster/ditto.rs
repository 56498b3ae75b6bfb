//! Ditto marks: a cell that says what the one above it does. A sheet has one patient's words, and nobody guesses which row was
//! meant above.

use crate::diagnostic::Diagnostic;
use crate::options::keys::{Key, Keys};
use crate::request::RawRequest;
use std::sync::Arc;

/// Quotes and the mark of East Asian tables.
const MARKS: [char; 12] = ['"', '“', '”', '„', '‟', '″', '〃', '\'', '‘', '’', '`', '´'];
/// What is drawn around them.
const AROUND: [char; 7] = ['-', '–', '—', '.', ',', '_', '|'];
/// Signs of such a cell, at most.
const LONGEST: usize = 12;

/// Whether a text is a ditto mark.
fn is_mark(text: &str) -> bool {
    let signs = || text.chars().filter(|sign| !sign.is_whitespace());
    signs().take(LONGEST + 1).count() <= LONGEST
        && signs().any(|sign| MARKS.contains(&sign))
        && signs().all(|sign| MARKS.contains(&sign) || AROUND.contains(&sign))
}

/// Tells every cell that is one; it says nothing else.
pub fn check(raw: &mut RawRequest, keys: &Keys) {
    let marked = |(key, given): (&Key, &mut crate::request::Given<String>)| {
        is_mark(&given.value).then(|| (key.path.clone(), given.place.clone()))
    };
    let marked: Vec<_> = raw.given_mut(keys).filter_map(marked).collect();
    for (path, place) in marked {
        let Some(key) = keys.at_path(&path) else { continue };
        let message = format!("`{}` holds a ditto mark", key.column);
        let fault = Diagnostic::error("ditto-mark", message).at(place);
        raw.faults.push(fault.hint("write what the row above says, if it is that"));
        let key: Arc<Key> = key.clone();
        raw.take_out(&key);
        raw.put_unread(&key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_words_and_from_dashes() {
        for text in ["\"", " 〃 ", "''", "-\"-", "— ” —", "\" \" \"", "``"] {
            assert!(is_mark(text), "{text}");
        }
        for text in ["", "-", "—", "n/a", "\"tight\"", "O’", "5\""] {
            assert!(!is_mark(text), "{text}");
        }
    }
}
