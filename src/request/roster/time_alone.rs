//! A time of day that stands alone in a cell, also as programs keep one.

use crate::request::resolve::{NO_DAY, is_no_day, is_share, share, time_of_day};

/// Whether a cell says a time of day and no day.
pub fn is_without_day(cell: &str) -> bool {
    alone(cell).is_some()
}

/// `15:30` of a cell that holds a time of day and nothing else, also as programs keep one.
pub(super) fn alone(cell: &str) -> Option<String> {
    let cell = cell.trim();
    let cell = NO_DAY.iter().find_map(|day| cell.strip_prefix(day)).unwrap_or(cell);
    let cell = cell.trim_start_matches(['T', ' ']);
    if is_no_day(cell) {
        return None;
    }
    let time = if is_share(cell) { share(cell) } else { time_of_day(cell) };
    time.map(|time| time.format("%H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_told_from_all_else() {
        for (cell, time) in [
            ("9:30 AM", "09:30"),
            ("1899-12-30T15:30", "15:30"),
            ("0.375", "09:00"),
            ("0930", "09:30"),
            ("9:00 - 9:30", "09:00"),
        ] {
            assert_eq!(alone(cell).as_deref(), Some(time), "{cell}");
        }
        for cell in ["", "2026-11-30T9:30", "1900-01-00", "0", "46350", "30/11/2026", "neck"] {
            assert_eq!(alone(cell), None, "{cell}");
        }
    }
}
