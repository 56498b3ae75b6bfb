//! Cells that a spreadsheet would not leave as they are: it runs what looks like a formula, drops zeros before a number,
//! and makes dates of what looks like one. A list of failed rows is mended in spreadsheets, so that such a cell stands
//! there behind an apostrophe, which the next run takes away again.

use std::borrow::Cow;

const GUARD: char = '\'';
/// What a formula begins with, also in the wide forms of East Asian keyboards.
const FORMULA: &str = "=+-@|%\t\r\n＝＋－＠";
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A cell as a spreadsheet keeps it.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    match is_changed(cell.trim_start_matches(GUARD)) {
        true => Cow::Owned(format!("{GUARD}{cell}")),
        false => Cow::Borrowed(cell),
    }
}

/// The cell that was guarded so.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix(GUARD) {
        Some(rest) if is_changed(rest.trim_start_matches(GUARD)) => rest,
        _ => cell,
    }
}

/// The text of `="0012"`: as programs write a cell that a spreadsheet is to leave as it is.
pub fn bare(cell: &str) -> &str {
    let inside = cell.trim().strip_prefix("=\"").and_then(|cell| cell.strip_suffix('"'));
    inside.filter(|text| !text.contains('"')).unwrap_or(cell)
}

fn is_changed(cell: &str) -> bool {
    let first = cell.chars().find(|character| *character != ' ' && *character != '\u{a0}');
    first.is_some_and(|first| FORMULA.contains(first)) || is_number(cell.trim()) || is_dated(cell.trim())
}

/// What is read as a number, a date or a time, but for whole numbers that are written as they are shown.
fn is_number(cell: &str) -> bool {
    let plain = cell.len() <= 11 && cell.bytes().all(|byte| byte.is_ascii_digit());
    let signs = " .,:/-eE()%$€£";
    cell.bytes().any(|byte| byte.is_ascii_digit())
        && cell.chars().all(|character| character.is_ascii_digit() || signs.contains(character))
        && !(plain && (cell == "0" || !cell.starts_with('0')))
}

/// `MAR1`, `5-Dec`: a month and numbers, which become a date.
fn is_dated(cell: &str) -> bool {
    let lower = cell.to_ascii_lowercase();
    let mut words =
        lower.split(|character: char| !character.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let month = |word: &str| word.get(..3).is_some_and(|start| MONTHS.contains(&start)) && word.len() <= 9;
    lower.bytes().any(|byte| byte.is_ascii_digit())
        && lower.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -/.,:".contains(&byte))
        && words.next().is_some_and(month)
        && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_or_rewrite_is_guarded_and_nothing_else() {
        for cell in [
            "=1+1",
            "+1 416",
            "-",
            "@home",
            "\t=1",
            "＝1",
            " =1",
            "007",
            "1e5",
            "2026-11-24 15:30",
            "1-2",
            "MAR1",
            "'=1",
            "1234567890123456",
        ] {
            let guarded = guarded(cell);
            assert_eq!((guarded.chars().next(), unguarded(&guarded)), (Some('\''), cell), "{cell}");
        }
        for cell in [
            "",
            "36",
            "0",
            "Zoë",
            "O'Brien",
            "'quoted'",
            "p-1",
            "a=b",
            "2026-11-24T15:30",
            "March",
            "neck; hip",
        ] {
            assert_eq!((guarded(cell).as_ref(), unguarded(cell)), (cell, cell), "{cell}");
        }
    }

    proptest! {
        #[test]
        fn every_cell_comes_back_as_it_was(cell in "['=+@0-9a-c\t\n ＝-]{0,8}|\\PC*") {
            let kept = guarded(&cell);
            prop_assert_eq!(unguarded(&kept), cell.as_str());
            prop_assert!(kept.starts_with('\'') || !is_changed(&cell));
        }
    }
}
