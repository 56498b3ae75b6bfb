//! The sheets of a workbook as tables of texts, before anybody knows what their columns are.

use super::workbook::Workbook;
use crate::diagnostic::Faults;
use crate::request::roster::grid::{Grid, MOST_ROWS};

/// Cells of a row that are looked at.
const COLUMNS: usize = 1_024;

pub fn grids(bytes: Vec<u8>) -> Result<Vec<Grid>, Faults> {
    let mut book = Workbook::open(bytes)?;
    let mut grids = Vec::new();
    for sheet in book.sheets().iter().filter(|sheet| !sheet.is_hidden) {
        let table = book.table(sheet)?;
        let row = |cells: &[super::Cell]| {
            let mut row: Vec<String> = Vec::new();
            for cell in cells.iter().filter(|cell| (cell.column as usize) < COLUMNS) {
                row.resize(cell.column as usize, String::new());
                row.push(crate::request::roster::heading::on_one_line(table.text(cell)));
            }
            row
        };
        grids.push(table.rows().take(MOST_ROWS).map(row).collect());
    }
    Ok(grids)
}
