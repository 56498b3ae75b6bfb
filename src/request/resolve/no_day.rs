//! The day that is no day: what programs write for a date that nobody gave.

/// Days on which spreadsheets and databases begin to count, as they are written in front of a time of day.
pub const NO_DAY: [&str; 4] = ["1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01"];

/// A day without the midnight that programs give it.
pub fn without_midnight(day: &str) -> &str {
    let midnight = [" 00:00:00", "T00:00:00", " 00:00", "T00:00", " 0:00", " 12:00:00 AM", " 12:00 AM"];
    midnight.iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day)
}

/// Whether the day of a text is none at all.
pub fn is_no_day(text: &str) -> bool {
    let day = without_midnight(text.trim());
    // The count of a spreadsheet, with its cell's decimals.
    if day.strip_prefix('0').is_some_and(|rest| rest.is_empty() || rest.trim_matches('0') == ".") {
        return true;
    }
    let numbers: Vec<Option<u32>> = day.split(['-', '/', '.']).map(|part| part.parse().ok()).collect();
    let [Some(one), Some(two), Some(three)] = numbers[..] else { return false };
    let is = |year: u32, day: u32, month: u32| {
        [[year, month, day], [day, month, year], [month, day, year]].contains(&[one, two, three])
    };
    let is_first = is(1, 1, 1) && day.contains("0001");
    is_first || is(0, 0, 0) || is(1899, 30, 12) || is(1899, 31, 12) || is(1900, 0, 1) || is(1900, 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_nobody_gave_is_none() {
        for empty in [
            "1899-12-30",
            "1900-01-00",
            "30/12/1899 00:00:00",
            "12/30/1899",
            "0000-00-00 00:00:00",
            "1899-12-30T00:00",
            "0001-01-01T00:00:00",
            "1/1/0001 12:00:00 AM",
            "0",
            "0.0",
        ] {
            assert!(is_no_day(empty), "{empty}");
        }
        for day in
            ["2026-11-24", "1899-12-30T15:30", "15:30", "1900", "", "1-2", "46350.5", "0.5", "01/01/01"]
        {
            assert!(!is_no_day(day), "{day}");
        }
    }
}
