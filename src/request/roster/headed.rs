//! Rows that head others with the day that these are of.

use crate::request::resolve::{is_weekday, says_day};
use std::sync::Arc;

/// Cells of such a row, at most, if they do not all say the same: a day of the week and its date.
pub const CELLS: usize = 2;

/// The day that a row says, as it is written, if it says nothing else. `is_name`: whether a column has names of patients,
/// some of which are days of the week.
pub fn day_of(filled: &[(usize, &str)], is_name: impl Fn(usize) -> bool) -> Option<Arc<str>> {
    let (first, rest) = filled.split_first()?;
    // A cell that is merged over all columns may stand in each of them.
    if rest.iter().all(|cell| cell.1 == first.1) {
        let is_day = says_day(first.1) || is_weekday(first.1) && !is_name(first.0);
        return is_day.then(|| first.1.into());
    }
    let text = || [first.1, rest.first().map_or("", |cell| cell.1)].join(" ");
    let is_parted = filled.len() == CELLS && is_weekday(first.1) && !is_name(first.0);
    is_parted.then(text).filter(|text| says_day(text)).map(Arc::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_with_a_day_and_nothing_else_heads_others() {
        let day = |cells: &[(usize, &str)]| day_of(cells, |column| column == 1).map(|day| day.to_string());
        assert_eq!(day(&[(0, "Tuesday")]).as_deref(), Some("Tuesday"));
        assert_eq!(
            day(&[(0, "Monday"), (1, "30 November 2026")]).as_deref(),
            Some("Monday 30 November 2026")
        );
        assert_eq!(
            day(&[(0, "1 Dec 2026"), (1, "1 Dec 2026"), (2, "1 Dec 2026")]).as_deref(),
            Some("1 Dec 2026")
        );
        for row in [&[(1, "Domingo")][..], &[(0, "2026-12-01"), (1, "Ann")], &[(0, "9:00")], &[]] {
            assert_eq!(day(row), None, "{row:?}");
        }
    }
}
