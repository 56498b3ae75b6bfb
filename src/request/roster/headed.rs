//! Rows that head others with the day that these are of.

use crate::request::resolve::{is_weekday, may_say_day, says_day};
use std::sync::Arc;

/// Cells of such a row, at most, if they do not all say the same: a day of the week and its date.
pub const CELLS: usize = 2;

/// What a row says of the day of those below it, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// A day, and nothing else.
    Day(Arc<str>),
    /// A day may stand among its words. The row stays one, and those below it are of no day that stands above it.
    Unclear(Arc<str>),
}

/// What a row heads others with. `is_name`: whether a column has names of patients, some of which are days of the week.
pub fn head_of(filled: &[(usize, &str)], is_name: impl Fn(usize) -> bool) -> Option<Head> {
    let (first, rest) = filled.split_first()?;
    // A cell that is merged over all columns may stand in each of them.
    if rest.iter().all(|cell| cell.1 == first.1) {
        let is_day = says_day(first.1) || is_weekday(first.1) && !is_name(first.0);
        return match is_day {
            true => Some(Head::Day(first.1.into())),
            false => may_say_day(first.1).then(|| Head::Unclear(first.1.into())),
        };
    }
    let is_parted = filled.len() == CELLS && is_weekday(first.1) && !is_name(first.0);
    let text = [first.1, rest.first().filter(|_| is_parted)?.1].join(" ");
    says_day(&text).then(|| Head::Day(text.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_with_a_day_and_nothing_else_heads_others() {
        let head = |cells: &[(usize, &str)]| head_of(cells, |column| column == 1);
        let day = |text: &str| Some(Head::Day(text.into()));
        assert_eq!(head(&[(0, "Tuesday")]), day("Tuesday"));
        assert_eq!(head(&[(0, "Monday"), (1, "30 November 2026")]), day("Monday 30 November 2026"));
        assert_eq!(head(&[(0, "1 Dec 2026"), (1, "1 Dec 2026"), (2, "1 Dec 2026")]), day("1 Dec 2026"));
        assert_eq!(head(&[(0, "1 Dec: Ann")]), Some(Head::Unclear("1 Dec: Ann".into())));
        for row in [&[(1, "Domingo")][..], &[(0, "2026-12-01"), (1, "Ann")], &[(0, "9:00")], &[]] {
            assert_eq!(head(row), None, "{row:?}");
        }
    }
}
