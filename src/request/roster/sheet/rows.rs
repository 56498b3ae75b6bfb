//! Rows that are told of: totals below the patients' rows, and those that are not shown.

use super::Reader;
use super::table::{Cell, Kind, Table};
use crate::diagnostic::{Diagnostic, Place};
use crate::request::roster::headed::{Head, Headings, head_of};
use crate::request::roster::passed::{self, Above, BELOW, named};
use crate::request::roster::second::Second;

/// The number of a row, from 0.
pub fn number(cells: &[Cell]) -> u32 {
    cells.first().map_or(0, |cell| cell.row)
}

/// As a spreadsheet numbers it.
pub fn shown_number(cells: &[Cell]) -> u64 {
    u64::from(number(cells)) + 1
}

impl Reader {
    /// Takes rows off the end that are no patients', and tells them.
    pub(super) fn pass_over_totals(&mut self) {
        let starts = self.starts();
        let (mut passed, mut end) = (Vec::new(), self.end);
        for (index, start) in starts.iter().enumerate().rev() {
            let cells = self.table.row_at(*start);
            let above = index.checked_sub(1).and_then(|index| starts.get(index));
            let above = above.map_or(self.heading, |start| number(self.table.row_at(*start)));
            // What stands alone is the list itself.
            if index == 0 || self.is_moved(number(cells)) || !self.is_total(cells, number(cells) > above + 1)
            {
                break;
            }
            passed.push(shown_number(cells));
            end = *start;
        }
        if (1..=BELOW).contains(&passed.len()) {
            self.end = end;
            self.passed.add_totals(passed::ROW, passed.into_iter().rev());
        }
    }

    /// Finds rows that say once more what stands above them, with what closes the page before a heading, and tells them.
    pub(super) fn pass_over_repeated(&mut self) {
        let starts = self.starts();
        // Rows that are totals if a heading comes, and whether words of one may head the rows below it if none does.
        let (mut feet, mut has_words): (Vec<u32>, bool) = (Vec::new(), false);
        let mut above = self.heading;
        let heading = self.table.rows().find(|cells| number(cells) == self.heading).unwrap_or_default();
        let first = heading.first().map_or(0, |cell| cell.column as usize);
        for (index, start) in starts.iter().enumerate() {
            let cells = self.table.row_at(*start);
            let (row, is_apart) = (number(cells), number(cells) > above + 1);
            above = row;
            let filled = filled(&self.table, cells);
            if self.is_moved(row) {
                return;
            }
            let is_said = self.second.is_said(&filled, index == 0);
            if !is_said && self.fields.says_beside(&filled) {
                self.passed.add_beside();
            }
            let is_total = index > 0 && self.is_total(cells, is_apart);
            let head = head_of(&filled, first, &self.keys, |column| self.fields.holds(column, &self.keys));
            let is_words = is_total && head == Some(Head::Words);
            let head = head.filter(|_| !is_words);
            let is_page = is_said && self.second.is_heading(&filled);
            let is_lost = has_words && !is_total && (is_page || head.is_none() && !is_said);
            has_words = (has_words || is_words) && !is_lost;
            let below = self.below(row, &filled, head.clone(), (is_said, is_lost, is_apart));
            self.headings.extend(below.map(|below| (row, below)));
            let heading = head.filter(|head| head.is_heading() && !is_said);
            // An empty slot of a book ends no part of it.
            let parts = heading.as_ref().is_some_and(|head| !matches!(head, Head::Time(_)));
            let opens = parts || is_page;
            if opens && feet.len() <= BELOW {
                self.passed.add_totals(passed::ROW, feet.iter().map(|row| u64::from(*row) + 1));
                self.left_out.extend(feet.drain(..));
                has_words = false;
            }
            if is_said {
                self.passed.add_repeated(passed::ROW, u64::from(row) + 1);
                self.left_out.insert(row);
            } else if let Some(heading) = heading {
                self.passed.add_heading(&heading, passed::ROW, u64::from(row) + 1);
                self.left_out.insert(row);
                if parts {
                    feet.clear();
                }
            } else if is_total {
                feet.push(row);
            } else {
                feet.clear();
            }
        }
    }

    /// What stands above the rows below one, where that is something else than above it.
    fn below(
        &self,
        row: u32,
        filled: &[(usize, &str)],
        head: Option<Head>,
        (is_said, is_lost, is_apart): (bool, bool, bool),
    ) -> Option<Headings> {
        let mut under = self.headings.last().map_or_else(Headings::default, |(_, under)| under.clone());
        let number = u64::from(row) + 1;
        if is_lost {
            under.lose();
        }
        if is_said || is_apart {
            under.end_time();
        }
        let is_time = matches!(head, Some(Head::Time(_)));
        match head {
            Some(head) if is_said => under.take_title(head, passed::ROW, number),
            Some(head) => under.take(head, passed::ROW, number),
            None if !is_said => under.pass(|path| self.fields.says(path, filled)),
            None => {}
        }
        if !is_time && self.fields.is_slot(filled) {
            under.end_time();
        }
        self.headings.last().is_none_or(|(_, last)| *last != under).then_some(under)
    }

    /// Whether any row stands under a heading that says something of a key.
    pub fn has_heading(&self, path: &str) -> bool {
        self.headings.iter().any(|(_, under)| under.of(path).is_some())
    }

    /// What rows above one say of it.
    pub(super) fn above(&self, row: u32) -> Headings {
        // They were found from the top down, and with what a row itself ends.
        let above = self.headings.partition_point(|(at, _)| *at <= row);
        let last = above.checked_sub(1).and_then(|last| self.headings.get(last));
        last.map_or_else(Headings::default, |(_, said)| said.clone())
    }

    /// Where each row that is left begins among the cells.
    fn starts(&self) -> Vec<usize> {
        let rows = self.table.rows_between(self.next, self.end);
        let starts = rows.scan(self.next, |start, cells| {
            let at = *start;
            *start += cells.len();
            Some(at)
        });
        starts.collect()
    }

    fn is_total(&self, cells: &[Cell], is_apart: bool) -> bool {
        let can_be_read = |cell: &Cell| matches!(cell.kind, Kind::Text | Kind::Number);
        cells.iter().all(can_be_read)
            && self.fields.is_total(&self.keys, &filled(&self.table, cells), is_apart)
    }

    /// Whether a row stands below another heading.
    pub(super) fn is_moved(&self, row: u32) -> bool {
        self.moved.is_some_and(|moved| row >= moved)
    }

    /// Looks where a heading stands below the first that has its columns elsewhere.
    pub(super) fn look_for_second(&mut self) {
        let heading = self.table.rows().find(|cells| number(cells) == self.heading).unwrap_or_default();
        let mut above = Above::default();
        for cells in self.table.rows().take_while(|cells| number(cells) < self.heading) {
            above.add(shown_number(cells), filled(&self.table, cells).into_iter());
        }
        let mut second = Second::below(filled(&self.table, heading).into_iter()).under(above);
        second = second.reading(&self.fields, &self.keys);
        for cells in self.table.rows_between(self.next, self.end) {
            second.look(passed::ROW, shown_number(cells), filled(&self.table, cells).into_iter());
            if second.fault().is_some() {
                self.moved = Some(number(cells));
                break;
            }
        }
        let first = heading.first().map_or(0, |cell| cell.column as usize);
        let head = |cells: &[(usize, &str)]| {
            head_of(cells, first, &self.keys, |column| self.fields.holds(column, &self.keys))
        };
        self.headings.push((self.heading, second.headings(passed::ROW, &self.passed, head)));
        self.second = second;
    }

    /// Rows that a filter or somebody's hand hides are made as the others are: a patient is left out by what the list says,
    /// not by how it was looked at last.
    pub(super) fn hidden_rows(&self) -> Option<Diagnostic> {
        let message = match self.shown_rows(|row| self.table.is_hidden(row))? {
            (rows, 1) => format!("{rows} is hidden, by a filter or by hand, and is read as the others are"),
            (rows, _) => format!("{rows} are hidden, by a filter or by hand, and are read as the others are"),
        };
        let fault = Diagnostic::warning("hidden-rows", message).at(Place::file(self.file.clone()));
        Some(fault.hint("delete them, or say with `only` in a file of `--columns` which rows are wanted"))
    }

    /// Who strikes a row through may mean that nobody comes, or a word of it: that is for people to say.
    pub(super) fn struck_rows(&self) -> Option<Diagnostic> {
        let message = match self.shown_rows(|row| self.table.is_struck(row))? {
            (rows, 1) => format!("{rows} has words that are struck through, and is read as the others are"),
            (rows, _) => format!("{rows} have words that are struck through, and are read as the others are"),
        };
        let fault = Diagnostic::warning("struck-rows", message).at(Place::file(self.file.clone()));
        Some(fault.hint("delete the rows of patients who do not come"))
    }

    /// What stands in a comment may be what somebody has to know of a patient, and is on no sheet.
    pub(super) fn rows_with_comments(&self) -> Option<Diagnostic> {
        let message = match self.shown_rows(|row| self.table.is_commented(row))? {
            (rows, 1) => format!("{rows} has comments on its cells, which are not read"),
            (rows, _) => format!("{rows} have comments on their cells, which are not read"),
        };
        let fault = Diagnostic::warning("comments", message).at(Place::file(self.file.clone()));
        Some(fault.hint("write what a sheet has to say into cells of its row"))
    }

    /// The rows of the list for which something holds, in words, and how many they are.
    fn shown_rows(&self, holds: impl Fn(u32) -> bool) -> Option<(String, usize)> {
        let rows = self.table.rows_between(self.next, self.end);
        let found: Vec<u64> = rows.filter(|cells| holds(number(cells))).map(shown_number).collect();
        (!found.is_empty()).then(|| (named(passed::ROW, &found), found.len()))
    }
}

/// The cells of a row, by their columns.
pub fn filled<'t>(table: &'t Table, cells: &[Cell]) -> Vec<(usize, &'t str)> {
    cells.iter().map(|cell| (cell.column as usize, table.text(cell))).collect()
}
