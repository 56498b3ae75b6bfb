//! A list as a table of texts, before anybody knows what its columns are.

use super::super::grid::{Grid, MOST_ROWS};
use super::super::lines::fill;
use super::super::spreadsheet::bare;
use super::super::{Source, western};
use super::record::Records;
use super::sign::{SIGNS, first_line, named_sign};
use crate::diagnostic::Faults;
use std::io::Read;
use std::sync::Arc;

/// The first rows of it, without empty ones.
pub fn grid<R: Read>(mut source: Source<R>, file: &Arc<str>) -> Result<Grid, Faults> {
    let start = fill(&mut source, file)?;
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let sign = match named_sign(line) {
        Some(sign) => {
            first_line(&mut source, file)?;
            sign
        }
        None => sniffed(start),
    };
    let mut records = Records::new(source, file.clone(), sign, 1);
    let mut grid = Grid::new();
    while grid.len() < MOST_ROWS && records.next()? {
        let cells = records.record.cells().map(|cell| bare(western::or_lossy(cell).trim()).to_owned());
        let cells: Vec<String> = cells.collect();
        if !records.record.is_unread() && cells.iter().any(|cell| !cell.is_empty()) {
            grid.push(cells);
        }
    }
    Ok(grid)
}

/// The sign by which most lines have the same number of cells, and most of them.
fn sniffed(start: &[u8]) -> u8 {
    let lines: Vec<&[u8]> =
        start.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).take(60).collect();
    let cells = |sign: u8| {
        let counts: Vec<usize> =
            lines.iter().map(|line| line.iter().filter(|byte| **byte == sign).count()).collect();
        let usual = counts
            .iter()
            .filter(|count| **count > 0)
            .max_by_key(|count| counts.iter().filter(|other| other == count).count() * **count);
        usual.map_or(0, |usual| counts.iter().filter(|count| *count == usual).count() * usual)
    };
    SIGNS.iter().map(|(sign, _)| *sign).max_by_key(|sign| cells(*sign)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_is_that_of_most_lines() {
        for (text, sign) in [
            ("Appointments, week 48\nName;Area;When\nSmith, Ann;neck;9:00\n", b';'),
            ("Name,Area\n\"Ann; B\",neck\n", b','),
            ("a\tb\tc\n1\t2\t3\n", b'\t'),
            ("Name\nAnn\n", b','),
        ] {
            assert_eq!(sniffed(text.as_bytes()), sign, "{text}");
        }
    }
}
