//! Rows that are told of: totals below the patients' rows, and those that are not shown.

use super::Reader;
use super::table::{Cell, Kind, Table};
use crate::diagnostic::{Diagnostic, Place};
use crate::request::roster::headed::{Head, Under, head_of};
use crate::request::roster::passed::{self, Above, BELOW, named};
use crate::request::roster::second::Second;
use std::sync::Arc;

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
        let mut feet: Vec<u32> = Vec::new();
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
            let day = match head_of(&filled, first, |column| self.fields.holds(column)) {
                Some(head @ Head::Unclear) => {
                    self.days.push((row, Under::new(head, passed::ROW, u64::from(row) + 1)));
                    None
                }
                day => day,
            };
            let is_said = self.second.is_said(&filled, index == 0);
            let opens = day.is_some() || is_said && self.second.is_heading(&filled);
            if opens && feet.len() <= BELOW {
                self.passed.add_totals(passed::ROW, feet.iter().map(|row| u64::from(*row) + 1));
                self.left_out.extend(feet.drain(..));
            }
            if is_said {
                self.passed.add_repeated(passed::ROW, u64::from(row) + 1);
                self.left_out.insert(row);
            } else if let Some(day) = day {
                self.passed.add_day(passed::ROW, u64::from(row) + 1);
                self.left_out.insert(row);
                self.days.push((row, Under::new(day, passed::ROW, u64::from(row) + 1)));
                feet.clear();
            } else if index > 0 && self.is_total(cells, is_apart) {
                feet.push(row);
            } else {
                feet.clear();
            }
        }
    }

    /// The day that the nearest row above says for those below it.
    pub(super) fn day_above(&self, row: u32) -> Option<Arc<Under>> {
        // They were found from the top down.
        let above = self.days.partition_point(|(day, _)| *day < row);
        self.days.get(above.checked_sub(1)?).map(|(_, said)| said.clone())
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
        for cells in self.table.rows_between(self.next, self.end) {
            second.look(passed::ROW, shown_number(cells), filled(&self.table, cells).into_iter());
            if second.fault().is_some() {
                self.moved = Some(number(cells));
                break;
            }
        }
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
