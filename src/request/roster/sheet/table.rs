//! The cells of one sheet, in little memory: all text in one piece.

use super::fault::too_big;
use super::hidden::Hidden;
use crate::diagnostic::Diagnostic;
use crate::limits::{CELLS, SHEET_TEXT};

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    /// `#REF!` and its like.
    Error,
    /// A formula without its result.
    Unsaved,
}

#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// From 0, as a spreadsheet's own numbers less one.
    pub row: u32,
    pub column: u32,
    pub kind: Kind,
    start: u32,
    end: u32,
}

/// Cells that are one: what stands in the first counts for all.
#[derive(Clone, Copy, Debug)]
pub struct Merged {
    pub rows: (u32, u32),
    pub column: u32,
}

#[derive(Default)]
pub struct Table {
    text: String,
    cells: Vec<Cell>,
    /// Whether numbers of days count from 1904.
    pub is_later: bool,
    /// Rows that are not shown.
    pub hidden: Hidden,
    /// Rows with words that are struck through.
    pub struck: Hidden,
    /// Rows with comments on their cells.
    pub commented: Hidden,
}

impl Table {
    /// A table whose days count from 1904, or from 1900.
    pub fn counting(is_later: bool) -> Table {
        Table { is_later, ..Table::default() }
    }

    /// Adds a cell that says something.
    ///
    /// # Errors
    ///
    /// The sheet has more cells or text than it may.
    pub fn add(&mut self, row: u32, column: u32, kind: Kind, text: &str) -> Result<(), Diagnostic> {
        if kind != Kind::Unsaved && text.trim().is_empty() {
            return Ok(());
        }
        if self.cells.len() >= CELLS.most || self.text.len() + text.len() > SHEET_TEXT {
            return Err(too_big());
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.cells.push(Cell { row, column, kind, start, end: self.text.len() as u32 });
        Ok(())
    }

    /// Puts cells into their order, as not every program writes them in it. Of two in one place the last counts.
    pub fn sort(&mut self) {
        let place = |cell: &Cell| (cell.row, cell.column);
        if !self.cells.is_sorted_by(|one, next| place(one) < place(next)) {
            self.cells.reverse();
            self.cells.sort_by_key(place);
            self.cells.dedup_by_key(|cell| place(cell));
        }
    }

    /// Gives what stands in the first of merged cells to each row of them that says something else too. Merged cells
    /// side by side are one cell.
    ///
    /// # Errors
    ///
    /// As [`Table::add`].
    pub fn fill(&mut self, mut merged: Vec<Merged>) -> Result<(), Diagnostic> {
        merged.retain(|merged| merged.rows.0 < merged.rows.1);
        merged.sort_by_key(|merged| merged.rows);
        let (mut open, mut waiting): (Vec<(Merged, Cell)>, _) = (Vec::new(), merged.into_iter().peekable());
        let mut added = Vec::new();
        for row in self.cells.chunk_by(|one, next| one.row == next.row) {
            let Some(number) = row.first().map(|cell| cell.row) else { continue };
            open.retain(|(merged, _)| merged.rows.1 >= number);
            for (merged, cell) in &open {
                if self.cells.len() + added.len() >= CELLS.most {
                    return Err(too_big());
                }
                if row.iter().all(|other| other.column != merged.column) {
                    added.push(Cell { row: number, ..*cell });
                }
            }
            while let Some(merged) = waiting.next_if(|merged| merged.rows.0 <= number) {
                let first = row.iter().find(|cell| cell.column == merged.column && merged.rows.0 == number);
                // More open at a time than a row has cells: nothing that a person made.
                open.extend(first.filter(|_| open.len() < 64).map(|cell| (merged, *cell)));
            }
        }
        self.cells.extend(added);
        self.sort();
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The rows that say something, each with its cells in order.
    pub fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.cells.chunk_by(|one, next| one.row == next.row)
    }

    /// Those of its rows that stand between two of its cells.
    pub fn rows_between(&self, first: usize, end: usize) -> impl Iterator<Item = &[Cell]> {
        self.cells.get(first..end).unwrap_or_default().chunk_by(|one, next| one.row == next.row)
    }

    /// Whether a row is one that is not shown.
    pub fn is_hidden(&self, row: u32) -> bool {
        is_in(&self.hidden, row)
    }

    /// Whether words of a row are struck through.
    pub fn is_struck(&self, row: u32) -> bool {
        is_in(&self.struck, row)
    }

    /// Whether a row has comments on its cells.
    pub fn is_commented(&self, row: u32) -> bool {
        is_in(&self.commented, row)
    }

    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// The row that begins with this cell of all.
    pub fn row_at(&self, first: usize) -> &[Cell] {
        let rest = self.cells.get(first..).unwrap_or_default();
        rest.chunk_by(|one, next| one.row == next.row).next().unwrap_or_default()
    }

    pub fn text(&self, cell: &Cell) -> &str {
        self.text.get(cell.start as usize..cell.end as usize).unwrap_or_default()
    }
}

fn is_in(ranges: &Hidden, row: u32) -> bool {
    let before = ranges.partition_point(|rows| *rows.end() < row);
    ranges.get(before).is_some_and(|rows| rows.contains(&row))
}

/// A column as spreadsheets name it: `A`, `Z`, `AA`.
pub fn letters(column: u32) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(table: &Table) -> Vec<String> {
        let cell = |cell: &Cell| format!("{}{}={}", letters(cell.column), cell.row + 1, table.text(cell));
        table.rows().flatten().map(cell).collect()
    }

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        let named = [0, 25, 26, 51, 52, 701, 702, 16_383].map(letters);
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn cells_stand_in_order_and_the_last_of_two_in_one_place_counts() {
        let mut table = Table::default();
        for (row, column, text) in [(1, 0, "b"), (0, 1, "a"), (1, 0, "c"), (0, 0, " ")] {
            table.add(row, column, Kind::Text, text).unwrap();
        }
        table.sort();
        assert_eq!(said(&table), ["B1=a", "A2=c"]);
    }

    #[test]
    fn cells_merged_downwards_count_for_every_row_that_says_something() {
        let mut table = Table::default();
        for (row, column, text) in [(0, 0, "day"), (0, 1, "x"), (1, 1, "y"), (3, 1, "z"), (5, 1, "w")] {
            table.add(row, column, Kind::Text, text).unwrap();
        }
        table.fill(vec![Merged { rows: (0, 3), column: 0 }, Merged { rows: (5, 5), column: 1 }]).unwrap();
        assert_eq!(said(&table), ["A1=day", "B1=x", "A2=day", "B2=y", "A4=day", "B4=z", "B6=w"]);
    }
}
