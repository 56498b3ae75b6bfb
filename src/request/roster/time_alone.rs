//! A time of day that stands alone in a cell, also as programs keep one; its day may have a cell of its own.

use crate::request::resolve::{Behind, NO_DAY, is_no_day, is_share, share, time_of_day, without_midnight};
use std::borrow::Cow;

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
    let behind = || {
        Behind::of(cell).filter(|behind| behind.known().is_some()).and_then(|behind| time_of_day(behind.time))
    };
    time.or_else(behind).map(|time| time.format("%H:%M").to_string())
}

/// One time of a day and a time from cells of their own. Programs give a day its midnight, and a time a day of its own.
pub fn day_and_time(parts: &[Cow<'_, str>]) -> String {
    let mut joined = String::new();
    for part in parts {
        let part = part.trim();
        if joined.is_empty() {
            joined.push_str(without_midnight(part));
        } else {
            let time = time_alone(part);
            // As the sign between them no spreadsheet takes it for a date of its own.
            let is_plain =
                |text: &str, sign: u8| text.bytes().all(|byte| byte.is_ascii_digit() || byte == sign);
            let is_iso = joined.len() == 10 && is_plain(&joined, b'-') && is_plain(&time, b':');
            joined.push(if is_iso { 'T' } else { ' ' });
            joined.push_str(&time);
        }
    }
    joined
}

fn time_alone(time: &str) -> Cow<'_, str> {
    if let Some(rest) = NO_DAY.iter().find_map(|day| time.strip_prefix(day)) {
        let rest = rest.trim_start_matches(['T', ' ']);
        return if rest.is_empty() { "00:00".into() } else { rest.into() };
    }
    match time.parse::<f64>() {
        Ok(share) if (0.0..1.0).contains(&share) && time.contains('.') => {
            let minutes = (share * 1440.0).round() as u32;
            format!("{:02}:{:02}", minutes / 60, minutes % 60).into()
        }
        _ => time.into(),
    }
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

    #[test]
    fn a_day_and_a_time_from_cells_of_their_own_are_one_time() {
        for (day, time, both) in [
            ("2026-11-24", "15:30", "2026-11-24T15:30"),
            ("24/11/2026 00:00:00", "1899-12-30T15:30", "24/11/2026 15:30"),
            ("2026-11-24T00:00", "0.6458333333", "2026-11-24T15:30"),
            (" 11/24/2026 ", " 3:30 PM ", "11/24/2026 3:30 PM"),
            ("2026-11-24", "1899-12-30 15:30:00", "2026-11-24T15:30:00"),
        ] {
            assert_eq!(day_and_time(&[day.into(), time.into()]), both);
        }
    }
}
