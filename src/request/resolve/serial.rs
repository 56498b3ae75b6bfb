//! Days and times of day as spreadsheets keep them: days since the end of 1899, and shares of a day.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// The years 2000 to 2099 as such counts. Other numbers are no session's.
const SERIALS: std::ops::RangeInclusive<i64> = 36_526..=73_050;

/// A count of days, to the minute; `Some(None)`: a day without a time.
pub fn counted(text: &str) -> Option<Option<NaiveDateTime>> {
    let (days, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if !is_digits(part) || part.len() > 15 {
        return None;
    }
    let day = day(days)?;
    if part.bytes().all(|digit| digit == b'0') {
        return Some(None);
    }
    let minutes = TimeDelta::minutes(minutes(part)?.round() as i64);
    let at = day.and_time(NaiveTime::MIN).checked_add_signed(minutes)?;
    (at.year() > 0).then_some(Some(at))
}

/// A count of whole days.
pub fn day(text: &str) -> Option<NaiveDate> {
    if text.len() != 5 || !is_digits(text) {
        return None;
    }
    let days: i64 = text.parse().ok().filter(|days| SERIALS.contains(days))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(TimeDelta::days(days))
}

/// Whether a text is a share of a day that ends with a minute.
pub fn is_share(text: &str) -> bool {
    let part = text.strip_prefix("0.").or_else(|| text.strip_prefix("0,")).filter(|part| part.len() <= 20);
    let part = part.filter(|part| !part.is_empty() && is_digits(part));
    part.and_then(minutes).is_some_and(|minutes| (minutes - minutes.round()).abs() < 0.01)
}

/// The time of day that a share of a day is.
pub fn share(text: &str) -> Option<NaiveTime> {
    let part = text.strip_prefix("0.").or_else(|| text.strip_prefix("0,"))?;
    let minutes = minutes(part)?.round() as u32;
    NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0)
}

/// Minutes of a share of a day, of which these are the digits behind the point.
fn minutes(part: &str) -> Option<f64> {
    format!("0.{part}").parse::<f64>().ok().map(|share| share * 1440.0)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_a_day_ends_with_a_minute() {
        for share in ["0.375", "0.416666666666667", "0,5", "0.99930556"] {
            assert!(is_share(share), "{share}");
        }
        for other in ["0.3333", "1.5", "0.", "0.x", "0.5 h", "", "0.1234567890123456789012"] {
            assert!(!is_share(other), "{other}");
        }
    }
}
