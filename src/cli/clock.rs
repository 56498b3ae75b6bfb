//! The time that a run takes for now: `--now`, else `SOURCE_DATE_EPOCH`, else the clock.

use super::args::Global;
use super::outcome::Failure;
use crate::diagnostic::{Diagnostic, Place};
use crate::locale::Zone;
use crate::request::{Misread, moment};
use chrono::{DateTime, Utc};

const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// Now. `zone` is the clinic's: a `--now` without an offset is a time there, and one without a time of day is midnight.
pub fn now(global: &Global, zone: Zone) -> Result<DateTime<Utc>, Failure> {
    let fault = |name: &str, message: String, hint: String| -> Failure {
        Diagnostic::error("bad-time", message).at(Place::file(name)).hint(hint).into()
    };
    if let Some(text) = &global.now {
        let read = parse(text.trim(), zone);
        return read
            .map_err(|Misread { message, hint, .. }| fault("--now", format!("`--now`: {message}"), hint));
    }
    match given_epoch() {
        Some(text) => epoch(text.trim()).ok_or_else(|| {
            let message = format!("`{EPOCH}` is no count of seconds since 1970");
            fault(
                EPOCH,
                message,
                "write whole seconds, up to the year 2106; or take the variable out".to_owned(),
            )
        }),
        None => Ok(Utc::now()),
    }
}

/// Whether the call says what now is: it does not go on then.
#[cfg(feature = "web")]
pub fn is_fixed(global: &Global) -> bool {
    global.now.is_some() || given_epoch().is_some()
}

/// A variable that is set to nothing is not set.
fn given_epoch() -> Option<String> {
    let text = std::env::var_os(EPOCH)?.to_string_lossy().into_owned();
    Some(text).filter(|text| !text.trim().is_empty())
}

fn epoch(text: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(i64::from(text.parse::<u32>().ok()?), 0)
}

/// As a request's times are read; also a day alone.
fn parse(text: &str, zone: Zone) -> Result<DateTime<Utc>, Misread> {
    let is_day = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let time = if is_day { format!("{text}T00:00") } else { text.to_owned() };
    let read = moment(&time, zone).map(|time| time.to_utc());
    read.map_err(|wrong| Misread { message: wrong.message.replace(&time, text), ..wrong })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Datelike;

    fn utc(text: &str) -> Result<String, String> {
        let read = parse(text, Zone::named("America/Toronto").unwrap());
        read.map(|time| time.to_rfc3339()).map_err(|wrong| format!("{}; {}", wrong.message, wrong.hint))
    }

    #[test]
    fn a_time_without_an_offset_is_the_clinics() {
        assert_eq!(utc("2026-11-24T15:30").as_deref(), Ok("2026-11-24T20:30:00+00:00"));
        assert_eq!(utc("2026-07-01").as_deref(), Ok("2026-07-01T04:00:00+00:00"));
        assert_eq!(utc("2026-11-24T15:30-08:00").as_deref(), Ok("2026-11-24T23:30:00+00:00"));
        for text in ["2026-11-24T20:30:00Z", "2026-11-24T20:30Z", "2026-11-24 20:30Z"] {
            assert_eq!(utc(text).as_deref(), Ok("2026-11-24T20:30:00+00:00"));
        }
    }

    #[test]
    fn what_is_no_moment_is_told_as_in_a_request() {
        for (text, said) in [
            ("tomorrow", "`tomorrow` is no time; write it as"),
            (
                "2026-03-08T02:30",
                "was skipped: the clocks went forward over it; write `2026-03-08T01:30-05:00`",
            ),
            ("2026-11-01T01:30", "came twice"),
            ("1969-12-31T10:00", "out of range; years go from 1970 to 2199"),
            ("1969-12-31", "out of range"),
            ("2026-02-30", "there is no such time"),
        ] {
            let wrong = utc(text).expect_err(text);
            assert!(wrong.contains(said), "{text}: {wrong}");
        }
    }

    #[test]
    fn seconds_since_1970_begin_in_1970() {
        assert_eq!(epoch("1764017400").map(|time| time.year()), Some(2025));
        for text in ["-5", "1e9", "99999999999", "today"] {
            assert_eq!(epoch(text), None, "{text}");
        }
    }
}
