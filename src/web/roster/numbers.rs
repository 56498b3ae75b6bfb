//! Rows without an id get their number for one: a list from a clinic's own software has no such column, and nobody at a
//! desk knows what it is for. In a batch an id is what resuming goes by, so that a roster has to have it there.

use super::Table;
use crate::request::is_file_id;
use std::collections::BTreeSet;

const ID: &str = "id";

impl Table {
    /// Gives every row an id that no other row has.
    pub(super) fn number(&mut self) {
        let column = self.columns.iter().position(|column| column == ID).unwrap_or_else(|| {
            self.columns.insert(0, ID.to_owned());
            self.rows.iter_mut().for_each(|cells| cells.insert(0, String::new()));
            0
        });
        let ids = self.rows.iter().filter_map(|cells| cells.get(column));
        let mut taken: BTreeSet<String> = ids.map(|id| id.trim().to_lowercase()).collect();
        let width = self.rows.len().to_string().len();
        for (number, cells) in (1..).zip(&mut self.rows) {
            let Some(cell) = cells.get_mut(column).filter(|cell| cell.trim().is_empty()) else { continue };
            *cell = free(&taken, number, width);
            taken.insert(cell.clone());
        }
    }
}

impl Table {
    /// Takes ids out that can name no file, such as phone numbers: nothing prints them, and nobody at a desk mends them. The rows
    /// that had one.
    pub(super) fn drop_odd_ids(&mut self) -> Vec<u64> {
        let Some(column) = self.columns.iter().position(|column| column == ID) else { return Vec::new() };
        let cells = (1..).zip(&mut self.rows).filter_map(|(row, cells)| Some((row, cells.get_mut(column)?)));
        let odd = cells.filter(|(_, cell)| !cell.trim().is_empty() && !is_file_id(cell.trim()));
        odd.map(|(row, cell)| (row, cell.clear()).0).collect()
    }
}

/// `07`; where another row is called so, `07-2`.
fn free(taken: &BTreeSet<String>, number: u64, width: usize) -> String {
    let first = format!("{number:0width$}");
    let others = (2u32..).map(|count| format!("{first}-{count}"));
    let mut names = std::iter::once(first.clone()).chain(others);
    names.find(|name| !taken.contains(name)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(columns: &[&str], rows: &[&[&str]]) -> Vec<String> {
        let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let rows = rows.iter().map(|cells| owned(cells)).collect();
        let mut table = Table { columns: owned(columns), rows, ..Table::default() };
        table.number();
        (1..=table.rows.len() as u64).map(|row| table.cell(row, ID).to_owned()).collect()
    }

    #[test]
    fn ids_that_name_no_file_are_numbers() {
        let rows = [["(416) 555-0101"], ["p-1"], ["Zoë"], [""]];
        let rows = rows.map(|cells| cells.map(str::to_owned).to_vec()).to_vec();
        let mut table = Table { columns: vec![ID.to_owned()], rows, ..Table::default() };
        assert_eq!(table.drop_odd_ids(), [1, 3]);
        table.number();
        assert_eq!((1..=4).map(|row| table.cell(row, ID)).collect::<Vec<_>>(), ["1", "p-1", "3", "4"]);
    }

    #[test]
    fn rows_without_an_id_get_one_that_no_other_row_has() {
        assert_eq!(ids(&["regions"], &[&["neck"], &["hip"]]), ["1", "2"]);
        assert_eq!(
            ids(&["id", "regions"], &[&["", "neck"], &["1", "hip"], &[" ", "jaw"]]),
            ["1-2", "1", "3"]
        );
        let ten: Vec<&[&str]> = vec![&["neck"]; 10];
        assert_eq!(ids(&["regions"], &ten)[0], "01");
    }
}
