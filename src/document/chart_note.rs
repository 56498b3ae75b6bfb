//! The note for a patient's chart: what was given, in short lines of plain text. It cannot be built without the warnings,
//! and none of them goes to make room.

/// Characters of a note, at most, with the line that says what made it.
pub const NOTE: usize = 2_000;
/// What is kept for that line.
const MARK: usize = 24;

/// What a note says, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteParts {
    /// Treatment, session, areas, what was chosen, and the times.
    pub head: Vec<String>,
    pub warnings: NotedWarnings,
    /// Goes to make room, the last part first, each as a whole.
    pub more: Vec<Vec<String>>,
    /// The sheet, and who approved its texts.
    pub tail: Vec<String>,
}

/// The warnings of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotedWarnings {
    /// Each tier with its signs.
    pub whole: Vec<String>,
    /// Each tier with the number of its signs, for a folder whose signs alone would fill the note.
    pub counted: Vec<String>,
}

/// A note that is short enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartNote(String);

/// What must stand in a note is longer than a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what the chart note must say takes {0} characters, {NOTE} are allowed")]
pub struct NoteTooLong(pub usize);

impl ChartNote {
    pub fn new(parts: &NoteParts) -> Result<ChartNote, NoteTooLong> {
        let NoteParts { head, warnings, more, tail } = parts;
        let text = |warnings: &[String], kept: &[Vec<String>]| {
            let lines = head.iter().chain(warnings).chain(kept.iter().flatten()).chain(tail);
            // Records take spaces that do not break for something else.
            lines.flat_map(|line| [line, "\n"]).collect::<String>().replace(['\u{a0}', '\u{202f}'], " ")
        };
        let shorter = (0..=more.len()).rev().map(|kept| text(&warnings.whole, &more[..kept]));
        let counted = text(&warnings.counted, &[]);
        let length = counted.chars().count();
        let fits = |text: &String| text.chars().count() <= NOTE - MARK;
        shorter.chain([counted]).find(fits).map(ChartNote).ok_or(NoteTooLong(length))
    }

    /// Its lines, the last one ended too.
    pub fn text(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(longest: usize) -> impl Strategy<Value = Vec<String>> {
        let character = prop::sample::select("ab c.é漢😀".chars().collect::<Vec<char>>());
        let line = prop::collection::vec(character, 0..longest);
        prop::collection::vec(line.prop_map(|line| line.into_iter().collect()), 0..6)
    }

    proptest! {
        #[test]
        fn a_note_is_never_too_long_and_never_loses_what_must_stand(
            head in lines(200), whole in lines(400), tail in lines(60),
            more in prop::collection::vec(lines(200), 0..5),
        ) {
            let counted: Vec<String> = whole.iter().map(|line| line.chars().take(9).collect()).collect();
            let warnings = NotedWarnings { whole: whole.clone(), counted: counted.clone() };
            let parts = NoteParts { head: head.clone(), warnings, more: more.clone(), tail: tail.clone() };
            let Ok(note) = ChartNote::new(&parts) else {
                let least: usize = head.iter().chain(&counted).chain(&tail).map(|line| line.chars().count() + 1).sum();
                prop_assert!(least > NOTE - MARK);
                return Ok(());
            };
            prop_assert!(note.text().chars().count() <= NOTE - MARK);
            let has = |lines: &[String]| lines.iter().all(|line| note.text().contains(line));
            prop_assert!(has(&head) && has(&tail) && (has(&whole) || has(&counted)));
            // A part stands whole, or it and all after it are gone.
            let kept = (0..=more.len()).rev().find(|kept| {
                let middle: String = more[..*kept].iter().flatten().flat_map(|line| [line, "\n"]).collect();
                note.text().contains(&middle)
            });
            prop_assert!(kept.is_some());
        }
    }
}
