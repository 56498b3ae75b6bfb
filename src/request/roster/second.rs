//! A second list below the first: where its heading has the columns in another order, or calls one of them something else,
//! every row below it would have its cells under the wrong names.

use super::Passed;
use super::fields::Fields;
use super::headed::{Head, Headings, WHO};
use super::heading::plain;
use super::passed::Above;
use crate::diagnostic::Diagnostic;
use crate::options::keys::Keys;
use crate::request::resolve::may_say_day;
use std::collections::HashSet;

/// The names of a list's heading in their places, and where another heading was met.
#[derive(Default)]
pub struct Second {
    names: Vec<String>,
    /// The same as they stand there.
    texts: Vec<String>,
    known: HashSet<String>,
    /// The names' lengths and first letters, which each cell of a list is held against.
    shapes: HashSet<(usize, u8)>,
    /// Columns in which a patient's row says who comes, when and for what: one that has the column's name there is a heading.
    own: HashSet<usize>,
    /// Those of them that are called by a value: a form writes it into its cells too.
    ticked: HashSet<usize>,
    /// Columns that are read at all.
    read: HashSet<usize>,
    /// Values that a patient's row may have.
    values: HashSet<String>,
    /// Rows above the heading, by their numbers, with their cells that say something.
    titles: Vec<(u64, Vec<(usize, String)>)>,
    /// What rows are called, and the number of that row.
    met: Option<(&'static str, u64)>,
}

impl Second {
    pub fn below<'n>(names: impl Iterator<Item = (usize, &'n str)>) -> Second {
        let mut texts: Vec<String> = Vec::new();
        for (at, name) in names {
            texts.resize(texts.len().max(at), String::new());
            texts.push(name.trim().to_owned());
        }
        let placed: Vec<String> = texts.iter().map(|text| plain(text)).collect();
        let known = placed.iter().filter(|name| !name.is_empty()).cloned().collect();
        let of_name = |name: &String| Some(shape(name.len(), *name.as_bytes().first()?));
        let shapes = placed.iter().filter_map(of_name).collect();
        Second { names: placed, texts, known, shapes, ..Second::default() }
    }

    /// With what is read of the columns.
    pub fn reading(self, fields: &Fields, keys: &Keys) -> Second {
        let needed = keys.iter().filter(|key| keys.needed().contains(&key.column)).map(|key| &*key.path);
        let own = fields.columns_of(WHO.into_iter().chain(needed).collect());
        let read = fields.columns_of(keys.iter().map(|key| &*key.path).collect());
        Second { own, read, ticked: fields.ticked(), values: fields.values().map(plain).collect(), ..self }
    }

    /// With the rows above the heading, which come again on each page too.
    pub fn under(self, above: Above) -> Second {
        Second { titles: above.into_titles(), ..self }
    }

    /// What rows above the heading say of those below it. Of the list's day somebody is asked.
    pub fn headings(
        &self,
        noun: &'static str,
        passed: &Passed,
        head: impl Fn(&[(usize, &str)]) -> Option<Head>,
    ) -> Headings {
        let mut headings = Headings::default();
        for (row, title) in &self.titles {
            let cells: Vec<(usize, &str)> = title.iter().map(|(at, text)| (*at, text.as_str())).collect();
            if let Some(head @ Head::Therapist(_)) = head(&cells) {
                passed.add_heading(&head, noun, *row);
                headings.take(head, noun, *row);
            }
        }
        headings
    }

    /// Whether a row says nothing that does not stand above it: it is the heading or a title once more, or, first of all, says
    /// how cells are filled in.
    pub fn is_said(&self, cells: &[(usize, &str)], is_first: bool) -> bool {
        self.is_heading(cells) || self.is_title(cells) || is_first && are_units(cells)
    }

    /// Whether a row is the heading once more, as it stands above each page of a list.
    pub fn is_heading(&self, cells: &[(usize, &str)]) -> bool {
        let names = self.names.iter().filter(|name| !name.is_empty()).count();
        names > 1 && cells.len() == names && cells.iter().all(|cell| self.is_name(cell))
    }

    /// Whether a cell is the heading's own in its place. A page's number may stand beside the names.
    fn is_name(&self, (at, cell): &(usize, &str)) -> bool {
        let is_page = |text: &String| !self.read.contains(at) && is_page_of(text, cell);
        self.names.get(*at).is_some_and(|name| !name.is_empty() && *name == plain(cell))
            || self.texts.get(*at).is_some_and(is_page)
    }

    /// Whether a row stands above the heading word for word.
    fn is_title(&self, cells: &[(usize, &str)]) -> bool {
        let same = |(_, title): &(u64, Vec<(usize, String)>)| {
            title.len() == cells.len()
                && title.iter().zip(cells).all(|((at, text), (column, cell))| {
                    at == column && (text == cell || is_page_of(text, cell))
                })
        };
        self.titles.iter().any(same)
    }

    /// Whether a row may say anything that stands above it, told by the lengths of its cells and their first letters: most
    /// rows do not, and need no closer look.
    pub fn may_repeat<'c>(&self, cells: impl Iterator<Item = &'c [u8]>) -> bool {
        let may_be_name = |cell: &&[u8]| {
            let text = cell.trim_ascii();
            // Letters that are no ASCII have spaces of their own, and a name may be broken over lines.
            let is_other = |byte: &u8| !byte.is_ascii() || matches!(byte, b'\n' | b'\r' | 0x0b);
            text.iter().any(is_other)
                || text.first().is_some_and(|first| self.shapes.contains(&shape(text.len(), *first)))
        };
        !self.titles.is_empty() || cells.filter(may_be_name).count() > 1
    }

    /// Looks at a row. One that repeats the heading as it is moves nothing.
    pub fn look<'c>(
        &mut self,
        noun: &'static str,
        number: u64,
        cells: impl Iterator<Item = (usize, &'c str)>,
    ) {
        if self.met.is_some() {
            return;
        }
        let filled: Vec<(usize, &str)> = cells.filter(|(_, cell)| !cell.trim().is_empty()).collect();
        if self.is_moved(&filled) || self.is_renamed(&filled) {
            self.met = Some((noun, number));
        }
    }

    /// Whether at least half of a row's cells are names of the heading, and one of them stands elsewhere.
    fn is_moved(&self, filled: &[(usize, &str)]) -> bool {
        let (mut known, mut moved) = (0, false);
        for (at, cell) in filled {
            let name = plain(cell);
            if self.known.contains(&name) {
                known += 1;
                moved |= self.names.get(*at) != Some(&name);
            }
        }
        known > 1 && known * 2 >= filled.len() && moved
    }

    /// Whether most of a row's cells are the heading's own names in their places, and others are left out or called something
    /// else. A patient's row may hold such a word or two; who comes, when and for what, it says in words of its own.
    fn is_renamed(&self, filled: &[(usize, &str)]) -> bool {
        let (kept, others): (Vec<_>, Vec<_>) = filled.iter().partition(|cell| self.is_name(cell));
        let is_own = |(at, _): &&(usize, &str)| self.own.contains(at);
        // Who comes, or when: an area in the column that is called by it is what a patient's row says.
        let is_name_of = |cell: &&(usize, &str)| is_own(cell) && !self.ticked.contains(&cell.0);
        let names = self.names.iter().filter(|name| !name.is_empty()).count();
        let is_other = !others.is_empty() || kept.len() < names;
        is_other
            && kept.len() > 1
            && kept.len() > others.len()
            && kept.iter().any(is_name_of)
            && !others.iter().any(|cell| is_name_of(cell) && self.may_be_value(cell.1))
            && !self.is_title(filled)
    }

    /// Whether a cell may be what a patient's row says: a time, a number, a value of a list.
    fn may_be_value(&self, cell: &str) -> bool {
        let mut parts = cell.split([':', ';', ',']).map(plain);
        cell.chars().any(char::is_numeric) || parts.any(|part| self.values.contains(&part))
    }

    /// For that row and each one below it.
    pub fn fault(&self) -> Option<Diagnostic> {
        let (noun, number) = self.met?;
        let message = format!(
            "the heading on {noun} {number} has other columns than the first, and what stands below it is not read"
        );
        let hint = "save the second list as a file of its own, or give it the columns of the first";
        Some(Diagnostic::error("second-heading", message).hint(hint))
    }

    /// In place of a row's words, which stand under the wrong names.
    pub fn told(&self, line: u64) -> String {
        let noun = self.met.map_or("line", |(noun, _)| noun);
        format!("see {noun} {line} of the list")
    }
}

/// Whether two texts are of two pages of a list: `Page 1 of 3`, `Page 2 of 3`. A day is another one.
fn is_page_of(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let is_number = |word: &str| word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let (one, others) = (words(one), words(other));
    matches!(one.len(), 2 | 4)
        && one.len() == others.len()
        && one.iter().zip(&others).enumerate().all(|(at, (one, other))| match at % 2 {
            0 => one == other && one.chars().all(char::is_alphabetic),
            _ => is_number(one) && is_number(other),
        })
        && !may_say_day(other)
}

/// A name's, in any spelling.
fn shape(length: usize, first: u8) -> (usize, u8) {
    (length, if matches!(first, b' ' | b'-' | b'.') { b'_' } else { first.to_ascii_lowercase() })
}

/// Words in brackets alone: `(text) | (yyyy-mm-dd) | (hours)`.
fn are_units(cells: &[(usize, &str)]) -> bool {
    let is_in = |text: &str, open: char, close: char| text.starts_with(open) && text.ends_with(close);
    cells.len() > 1 && cells.iter().all(|(_, text)| is_in(text, '(', ')') || is_in(text, '[', ']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_in_another_order_is_met_and_a_repeated_one_is_none() {
        let met = |row: &[&str]| {
            let mut second = Second::below(["Name", "Area", "", "Session at"].into_iter().enumerate());
            second.look("line", 7, row.iter().copied().enumerate());
            second.fault().map(|fault| fault.code)
        };
        assert_eq!(met(&["Area", "Name", "", "Session at"]), Some("second-heading"));
        assert_eq!(met(&["Name", "Memo", "Area"]), Some("second-heading"));
        for row in [&["name", "AREA", "", "session_at"][..], &["Ann", "neck", "", "Name"], &["Area"], &[]] {
            assert_eq!(met(row), None, "{row:?}");
        }
    }

    #[test]
    fn a_heading_that_calls_a_column_something_else_is_met_and_a_row_with_words_of_it_is_none() {
        let met = |row: &[&str]| {
            let names = ["Name", "Area", "When", "Memo", "Page 1", "Dizzy", "Old"];
            let mut second = Second::below(names.into_iter().enumerate());
            second.own = HashSet::from([0, 1, 2]);
            second.read = HashSet::from([0, 1, 2, 3]);
            second.values = HashSet::from(["upper_back".to_owned()]);
            second.look("line", 7, row.iter().copied().enumerate());
            second.fault().map(|fault| fault.code)
        };
        for row in [
            &["Name", "Area", "When", "Alert", "Page 2", "Dizzy", "Old"][..],
            &["Name", "Area", "Last seen", "Memo"],
            &["Name", "Area", "When"],
            &["Name", "Area", "When", "", "", "Dizzy", "Old"],
            &["Name", "Area", "When", "Memo", "Page 1", "Dizzy", "Old", "Alert"],
        ] {
            assert_eq!(met(row), Some("second-heading"), "{row:?}");
        }
        for row in [
            &["Name", "Area", "When", "Memo", "Page 2", "Dizzy", "Old"][..],
            &["Ann", "Area", "9:00", "Memo"],
            &["Ann", "", "", "", "", "Dizzy", "Old"],
            &["Name", "Upper back:left", "When", "Memo"],
            &["Name", "Area", "9:00", "Memo"],
        ] {
            assert_eq!(met(row), None, "{row:?}");
        }
    }

    #[test]
    fn a_heading_above_the_next_page_is_the_heading() {
        let mut above = Above::default();
        above.add(1, [(0, "Day sheet")].into_iter());
        let second = Second::below(["Name", "Area", "", "When"].into_iter().enumerate()).under(above);
        assert!(second.is_heading(&[(0, "NAME"), (1, "Area"), (3, "when")]));
        for row in [&[(0, "Name"), (1, "Area")][..], &[(0, "Name"), (1, "neck"), (3, "When")], &[]] {
            assert!(!second.is_heading(row), "{row:?}");
        }
        assert!(second.is_said(&[(0, "Day sheet")], false) && !second.is_said(&[(1, "Day sheet")], false));
        assert!(is_page_of("Page 1 of 3", "Page 2 of 3") && is_page_of("Page 1", "Page 12"));
        for (one, other) in
            [("Page 1", "Side 2"), ("May 1", "May 2"), ("Page 1", "Page two"), ("30/11", "1/12")]
        {
            assert!(!is_page_of(one, other), "{one}, {other}");
        }
        let units = [(0, "(text)"), (3, "[hh:mm]")];
        assert!(second.is_said(&units, true) && !second.is_said(&units, false));
        assert!(!second.is_said(&[(0, "(Ann)"), (1, "neck")], true));
    }
}
