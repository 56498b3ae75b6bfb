//! The time that a run takes for now: `--now`, else `SOURCE_DATE_EPOCH`, else the clock.

use super::args::Global;
use super::outcome::Failure;
use crate::diagnostic::{Diagnostic, Place};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// Now. `zone` is the clinic's: a `--now` without an offset is a time there.
pub fn now(global: &Global, zone: Tz) -> Result<DateTime<Utc>, Failure> {
    if let Some(text) = &global.now {
        return parse(text.trim(), zone).ok_or_else(|| {
            Diagnostic::error("bad-time", "`--now` is not a time that can be understood")
                .at(Place::file("--now"))
                .hint("write it as `2026-11-24T15:30`, or with an offset: `2026-11-24T15:30-05:00`")
                .into()
        });
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) if !text.trim().is_empty() => epoch(text.trim()).ok_or_else(|| {
            Diagnostic::error("bad-time", "`SOURCE_DATE_EPOCH` is not a count of seconds since 1970")
                .at(Place::file("SOURCE_DATE_EPOCH"))
                .into()
        }),
        _ => Ok(Utc::now()),
    }
}

fn epoch(text: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(text.parse().ok()?, 0)
}

/// A doubled hour is the earlier one: nothing but "today" hangs on it.
fn parse(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    if let Some(time) = ["%Y-%m-%dT%H:%M%:z", "%Y-%m-%dT%H:%M%z"]
        .iter()
        .find_map(|format| DateTime::parse_from_str(text, format).ok())
    {
        return Some(time.to_utc());
    }
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(NaiveTime::MIN)))?;
    Some(zone.from_local_datetime(&local).earliest()?.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_an_offset_is_the_clinics() {
        let zone = chrono_tz::America::Toronto;
        let utc = |text: &str| parse(text, zone).map(|time| time.to_rfc3339());
        assert_eq!(utc("2026-11-24T15:30").as_deref(), Some("2026-11-24T20:30:00+00:00"));
        assert_eq!(utc("2026-07-01").as_deref(), Some("2026-07-01T04:00:00+00:00"));
        assert_eq!(utc("2026-11-24T15:30-08:00").as_deref(), Some("2026-11-24T23:30:00+00:00"));
        assert_eq!(utc("2026-11-24T20:30:00Z").as_deref(), Some("2026-11-24T20:30:00+00:00"));
        assert_eq!(utc("tomorrow"), None);
        assert_eq!(utc("2026-03-08T02:30"), None, "a time that the clock change skips");
    }
}
