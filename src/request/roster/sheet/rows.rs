//! What stands below the patients' rows: totals, and a line that says who printed the list.

use super::Reader;
use super::table::Cell;
use crate::diagnostic::{Diagnostic, Place};

/// Rows that a sentence names.
const NAMED: usize = 5;

/// The number of a row, from 0.
pub fn number(cells: &[Cell]) -> u32 {
    cells.first().map_or(0, |cell| cell.row)
}

impl Reader {
    /// Takes rows off the end that are no patients': they say nothing where each row must say something, nor when a
    /// session was, in a cell or two, and stand apart from the list or hold a number. They are told: nobody loses a patient
    /// by it.
    pub(super) fn pass_over_totals(&mut self) -> Option<Diagnostic> {
        let starts: Vec<usize> = self
            .table
            .rows_between(self.next, self.end)
            .scan(self.next, |start, cells| {
                let at = *start;
                *start += cells.len();
                Some(at)
            })
            .collect();
        let (mut passed, mut end) = (Vec::new(), self.end);
        for (index, start) in starts.iter().enumerate().rev() {
            let cells = self.table.row_at(*start);
            let above = index.checked_sub(1).and_then(|index| starts.get(index));
            let above = above.map_or(self.heading, |start| number(self.table.row_at(*start)));
            // What stands alone is the list itself.
            if index == 0 || !self.is_total(cells, number(cells) > above + 1) {
                break;
            }
            passed.push(u64::from(number(cells)) + 1);
            end = *start;
        }
        if passed.is_empty() {
            return None;
        }
        self.end = end;
        passed.reverse();
        let named = passed.iter().take(NAMED).map(u64::to_string).collect::<Vec<_>>().join(", ");
        let message = match passed.as_slice() {
            [_] => format!("row {named} stands below the list and is passed over, as a total or a remark"),
            all if all.len() <= NAMED => {
                format!("rows {named} stand below the list and are passed over, as totals or remarks")
            }
            all => format!(
                "rows {named} and {} more stand below the list and are passed over, as totals or remarks",
                all.len() - NAMED
            ),
        };
        let needed = self.keys.needed().iter().map(|column| format!("`{column}`"));
        let needed = needed.collect::<Vec<_>>().join(" and ");
        let remark = Diagnostic::warning("passed-over", message).at(Place::file(self.file.clone()));
        Some(remark.hint(format!("if one is a patient's, fill in {needed}")))
    }

    fn is_total(&self, cells: &[Cell], is_apart: bool) -> bool {
        let filled: Vec<(usize, &str)> =
            cells.iter().map(|cell| (cell.column as usize, self.table.text(cell))).collect();
        self.fields.is_total(&self.keys, &filled, is_apart)
    }
}
