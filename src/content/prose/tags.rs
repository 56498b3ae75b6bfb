//! What stands in braces of texts that came with the program, and was edited: another window, another value or the contrary of a
//! condition says another thing to a patient, in the same words.

use super::edits::edits;
use super::text::{TagKind, tags};

/// A tag in the place of another, in a sentence that is otherwise the same.
pub struct ChangedTag<'t> {
    pub was: &'t str,
    pub is: &'t str,
    /// Where it stands now.
    pub at: usize,
}

pub fn changed_tags<'t>(was: &'t str, is: &'t str) -> Vec<ChangedTag<'t>> {
    let (old, new) = (worded(was), worded(is));
    let mut found: Vec<ChangedTag<'t>> = Vec::new();
    let mut sentence = None;
    for edit in edits(&old, &new) {
        let (Some((was_kind, _, was)), Some((kind, at, is))) =
            (tag_at(was, edit.taken.start), tag_at(is, edit.put.start))
        else {
            continue;
        };
        // Of a sentence the first.
        let is_told = sentence.as_ref() == Some(&edit.after);
        if kind == was_kind && !is_told && words(was) != words(is) {
            sentence = Some(edit.after);
            found.push(ChangedTag { was, is, at });
        }
    }
    found
}

fn tag_at(text: &str, at: usize) -> Option<(TagKind, usize, &str)> {
    tags(text).find(|(_, start, tag)| (*start..start + tag.len()).contains(&at))
}

/// A tag without its spaces.
fn words(tag: &str) -> String {
    tag.split_whitespace().collect()
}

/// The text, byte for byte, with the signs of its tags as spaces: no full stop in a tag ends a sentence. Of `!=` a letter stays,
/// which tells it from `==`.
fn worded(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (_, start, tag) in tags(text) {
        for byte in &mut bytes[start..start + tag.len()] {
            *byte = match *byte {
                b'!' => b'n',
                sign if sign.is_ascii_punctuation() && sign != b'_' => b' ',
                other => other,
            };
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(was: &str, is: &str) -> Vec<(String, String)> {
        let changed = changed_tags(was, is);
        changed.iter().map(|one| (one.was.to_owned(), one.is.to_owned())).collect()
    }

    #[test]
    fn another_window_in_the_same_sentence_is_told() {
        let (was, is) = ("Still sore {{ call.after }}? Call.\n", "Still sore {{ rest.after }}? Call.\n");
        assert_eq!(told(was, is), [("{{ call.after }}".to_owned(), "{{ rest.after }}".to_owned())]);
        assert_eq!(told("{{ times }} of {{ hold }} s.\n", "{{ hold }} of {{ times }} s.\n").len(), 1);
    }

    #[test]
    fn the_contrary_of_a_condition_is_told() {
        for (was, is) in [
            ("{% if limit %}Keep to it.{% endif %}\n", "{% if not limit %}Keep to it.{% endif %}\n"),
            ("{% if work != \"desk\" %}Lift.{% endif %}\n", "{% if work == \"desk\" %}Lift.{% endif %}\n"),
            ("{% if work == \"desk\" %}Sit.{% endif %}\n", "{% if work == \"farm\" %}Sit.{% endif %}\n"),
        ] {
            assert_eq!(told(was, is).len(), 1, "{is}");
        }
    }

    #[test]
    fn other_words_and_other_spaces_are_no_other_tag() {
        assert_eq!(told("Rest {{ rest.when }} well.\n", "Rest {{rest.when}} quite well.\n"), []);
        assert_eq!(
            told("Rest {{ rest.when }}.\n", "Walk and swim as you like, {{ easy.when }} or so.\n"),
            []
        );
    }
}
