//! Rows with comments on their cells: what somebody has to know of a patient may stand there alone. Who reads workbooks does
//! not say so.

use super::hidden::{self, Hidden, attribute, find, part_of};
use std::collections::BTreeSet;

/// Comments that are looked at, at most.
const MOST: usize = 100_000;

/// Those of a sheet of a workbook that was found sound. What cannot be followed has none.
pub fn of_xlsx(bytes: &[u8], sheet: &str) -> Hidden {
    let parts = part_of(bytes, sheet).map(|part| parts(bytes, &part)).unwrap_or_default();
    let mut rows = BTreeSet::new();
    for part in parts {
        find(bytes, &part, |start| -> Option<()> {
            if ["comment", "threadedComment"].contains(&start.local_name().as_ref()) && rows.len() < MOST {
                rows.extend(attribute(start, "ref").and_then(|cell| row_of(&cell)));
            }
            None
        });
    }
    of_rows(rows)
}

/// Rows in their order.
pub fn of_rows(rows: BTreeSet<u32>) -> Hidden {
    let mut ranges = Hidden::new();
    rows.into_iter().for_each(|row| hidden::add(&mut ranges, row, row));
    ranges
}

/// The parts with a sheet's comments, by way of what it is related to.
fn parts(bytes: &[u8], sheet: &str) -> Vec<String> {
    let (folder, file) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    let mut parts = Vec::new();
    find(bytes, &format!("{folder}/_rels/{file}.rels"), |start| -> Option<()> {
        let kind = attribute(start, "Type").unwrap_or_default();
        if kind.ends_with("/comments") || kind.ends_with("/threadedComment") {
            parts.extend(attribute(start, "Target").map(|target| joined(folder, &target)));
        }
        None
    });
    parts
}

/// `xl/comments1.xml` of `../comments1.xml`, seen from `xl/worksheets`.
fn joined(folder: &str, target: &str) -> String {
    if let Some(target) = target.strip_prefix('/') {
        return target.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(path.pop()),
            "." | "" => {}
            part => path.push(part),
        }
    }
    path.join("/")
}

/// From 0, of `B12`.
fn row_of(cell: &str) -> Option<u32> {
    let number = cell.trim_start_matches(|sign: char| sign.is_ascii_alphabetic() || sign == '$');
    number.parse::<u32>().ok()?.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_from_where_its_sheet_stands() {
        assert_eq!(joined("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(joined("xl/worksheets", "/xl/comments/comment1.xml"), "xl/comments/comment1.xml");
        assert_eq!(
            (row_of("B12"), row_of("$AA$1"), row_of("B0"), row_of("x")),
            (Some(11), Some(0), None, None)
        );
    }
}
