//! The note for a patient's chart: what was given, in short lines of plain text. Each part has forms from the least that must
//! stand to all of it; as many as the note has room for stand whole, by rank, and the note says for what it had none.

/// Characters of a note, at most, with the line that says what made it.
pub const NOTE: usize = 2_000;
/// What is kept for that line.
const MARK: usize = 24;
/// Stands in [`NoteParts::no_room`] for the names of the parts.
pub const NO_ROOM_FOR: &str = "{parts}";

/// What a note says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteParts {
    /// In the order of reading.
    pub parts: Vec<NotePart>,
    /// "No room here for: {parts}".
    pub no_room: String,
    /// What stands between those names.
    pub between: String,
    /// The sheet, and who approved its texts.
    pub tail: Vec<String>,
}

/// Some lines that stand together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotePart {
    /// What the note calls it when it has no room for any of it.
    pub name: String,
    /// Parts of a lower one are made whole first.
    pub rank: u8,
    /// From the least to the whole; the least may be no line at all.
    pub forms: Vec<Vec<String>>,
}

impl NotePart {
    /// What always stands whole.
    pub fn fixed(lines: Vec<String>) -> NotePart {
        NotePart { name: String::new(), rank: 0, forms: vec![lines] }
    }

    fn form(&self, index: usize) -> &[String] {
        self.forms.get(index).map_or(&[], Vec::as_slice)
    }

    /// Gone, though it would have something to say.
    fn is_gone(&self, index: usize) -> bool {
        self.form(index).is_empty() && self.forms.last().is_some_and(|whole| !whole.is_empty())
    }
}

/// A note that is short enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartNote(String);

/// What must stand in a note is longer than a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what the chart note must say takes {0} characters, {NOTE} are allowed")]
pub struct NoteTooLong(pub usize);

impl ChartNote {
    pub fn new(note: &NoteParts) -> Result<ChartNote, NoteTooLong> {
        let mut chosen = vec![0; note.parts.len()];
        let least = note.text(&chosen).chars().count();
        if least > NOTE - MARK {
            return Err(NoteTooLong(least));
        }
        let mut order: Vec<usize> = (0..note.parts.len()).collect();
        order.sort_by_key(|index| note.parts[*index].rank);
        for index in order {
            let fits = |form: &usize| {
                let mut tried = chosen.clone();
                tried[index] = *form;
                note.text(&tried).chars().count() <= NOTE - MARK
            };
            chosen[index] = (1..note.parts[index].forms.len()).rev().find(fits).unwrap_or(0);
        }
        Ok(ChartNote(note.text(&chosen)))
    }

    /// Its lines, the last one ended too.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl NoteParts {
    /// The note with these forms of its parts.
    fn text(&self, chosen: &[usize]) -> String {
        let parts = || self.parts.iter().zip(chosen);
        let gone: Vec<&str> =
            parts().filter(|(part, form)| part.is_gone(**form)).map(|(part, _)| part.name.as_str()).collect();
        let no_room =
            (!gone.is_empty()).then(|| self.no_room.replace(NO_ROOM_FOR, &gone.join(&self.between)));
        let lines = parts().flat_map(|(part, form)| part.form(*form)).chain(&no_room).chain(&self.tail);
        // Records take spaces that do not break for something else.
        lines.flat_map(|line| [line, "\n"]).collect::<String>().replace(['\u{a0}', '\u{202f}'], " ")
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

    fn note(parts: Vec<NotePart>, tail: Vec<String>) -> NoteParts {
        NoteParts { parts, no_room: "No room for: {parts}".to_owned(), between: "; ".to_owned(), tail }
    }

    fn part(name: &str, rank: u8, whole: usize) -> NotePart {
        let line = |length: usize| vec![name.repeat(length)];
        NotePart { name: name.to_owned(), rank, forms: vec![Vec::new(), line(whole / 2), line(whole)] }
    }

    #[test]
    fn parts_are_made_whole_by_rank_and_those_without_room_are_named() {
        let made =
            ChartNote::new(&note(vec![part("c", 2, 900), part("a", 0, 1_000), part("b", 1, 900)], vec![]));
        let text = made.expect("a note").text().to_owned();
        let lengths: Vec<usize> = text.lines().map(str::len).collect();
        assert_eq!(lengths, [1_000, 900, 14], "{text}");
        assert!(text.ends_with("\nNo room for: c\n"), "{text}");
        let made =
            ChartNote::new(&note(vec![part("a", 0, 1_940), part("b", 1, 900)], vec!["end".to_owned()]));
        let text = made.expect("a note").text().to_owned();
        assert!(text.ends_with("\nNo room for: b\nend\n"), "{text}");
    }

    proptest! {
        #[test]
        fn a_note_is_never_too_long_and_never_loses_what_must_stand(
            head in lines(200), wholes in prop::collection::vec((lines(400), 0u8..4), 0..6), tail in lines(60),
        ) {
            let short = |lines: &[String]| lines.iter().map(|line| line.chars().take(9).collect()).collect::<Vec<String>>();
            let mut parts = vec![NotePart::fixed(head)];
            parts.extend(wholes.iter().map(|(whole, rank)| NotePart {
                name: "x".to_owned(), rank: *rank, forms: vec![short(whole), whole.clone()],
            }));
            let parts = note(parts, tail);
            let Ok(made) = ChartNote::new(&parts) else {
                let least = parts.parts.iter().flat_map(|part| &part.forms[0]).chain(&parts.tail);
                let least: usize = least.map(|line| line.chars().count() + 1).sum();
                prop_assert!(least > NOTE - MARK - parts.no_room.len() - 12);
                return Ok(());
            };
            prop_assert!(made.text().chars().count() <= NOTE - MARK);
            let has = |lines: &[String]| lines.iter().all(|line| made.text().contains(line));
            prop_assert!(parts.parts.iter().all(|part| part.forms.iter().any(|form| has(form))) && has(&parts.tail));
        }
    }
}
