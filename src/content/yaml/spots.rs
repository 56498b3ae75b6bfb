//! Which place of the file each part of a scalar's text comes from. YAML folds lines, cuts indents and takes
//! escapes apart; the parser tells only where a scalar starts.

use crate::content::Spot;

/// Characters of the file that are looked through for the next character of the text.
const AHEAD: usize = 400;

/// Spots of a text whose characters stand in `raw` in the same order, with space, quotes and escapes between. The
/// first character of `raw` stands at `start`. What is not found (an escape such as `\\u00e9`) gets no spot.
pub fn align(text: &str, raw: impl Iterator<Item = char> + Clone, start: Spot) -> Vec<Spot> {
    let mut walk = Walk { raw, line: start.line, column: start.column };
    let mut spots = Vec::new();
    // Where the next character stands if nothing comes between.
    let mut expected = None;
    for (offset, character) in text.char_indices() {
        let found = if character.is_whitespace() { None } else { walk.find(character) };
        if let Some((line, column)) = found {
            if expected != Some((line, column)) {
                spots.push(Spot { offset, line, column });
            }
            expected = Some((line, column));
        }
        expected = expected.filter(|_| character != '\n').map(|(line, column)| (line, column + 1));
    }
    spots
}

struct Walk<I> {
    raw: I,
    line: u32,
    column: u32,
}

impl<I: Iterator<Item = char> + Clone> Walk<I> {
    /// Moves behind the next such character and says where it stands; stays where it is when there is none near.
    fn find(&mut self, wanted: char) -> Option<(u32, u32)> {
        let (mut raw, mut line, mut column) = (self.raw.clone(), self.line, self.column);
        for character in raw.by_ref().take(AHEAD) {
            let here = (line, column);
            (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
            if character == wanted {
                (self.raw, self.line, self.column) = (raw, line, column);
                return Some(here);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(text: &str, raw: &str) -> Vec<(usize, u32, u32)> {
        let start = Spot { offset: 0, line: 1, column: 1 };
        align(text, raw.chars(), start).iter().map(|spot| (spot.offset, spot.line, spot.column)).collect()
    }

    #[test]
    fn text_as_it_stands_has_one_spot() {
        assert_eq!(aligned("Sit tall.", "Sit tall."), [(0, 1, 1)]);
    }

    #[test]
    fn folded_lines_have_a_spot_each() {
        assert_eq!(aligned("one two three", "  one two\n  three\n"), [(0, 1, 3), (8, 2, 3)]);
    }

    #[test]
    fn escapes_shift_what_follows() {
        assert_eq!(aligned("a \"b\"", r#"a \"b\"""#), [(0, 1, 1), (2, 1, 4), (4, 1, 7)]);
    }

    #[test]
    fn what_the_file_does_not_hold_gets_no_spot() {
        assert_eq!(aligned("\u{e9}t\u{e9}", r"\u00e9t\u00e9"), [(2, 1, 7)]);
    }
}
