//! The moment that a text means: its day, its time of day, and the clocks of a zone.

use super::behind::Behind;
use super::clock;
use super::offset;
use super::tokens::LONGEST;
use super::written::{self, Written};
use super::wrong::Wrong;
use crate::locale::Zone;
use crate::request::Order;
use chrono::{
    DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta,
    TimeZone,
};
use std::ops::RangeInclusive;

/// Years that a session can be in.
pub const YEARS: RangeInclusive<i32> = 1970..=2199;

/// A time with its offset, which says one moment whatever the clocks do.
pub fn exact(time: &DateTime<Zone>) -> String {
    time.format("%Y-%m-%dT%H:%M%:z").to_string()
}

/// As [`iso`], or as spreadsheets write times. `serial`: a number alone may count days.
///
/// # Errors
///
/// Why it is none.
pub fn any_form(text: &str, order: Option<Order>, serial: bool, zone: Zone) -> Result<DateTime<Zone>, Wrong> {
    match bare_form(text, order, serial, zone) {
        Err(Wrong::Form) if text.len() <= LONGEST => {
            let Some(behind) = Behind::of(text) else { return Err(Wrong::Form) };
            let read = bare_form(behind.time, order, serial, zone);
            match read {
                Ok(time) if !behind.is_of(time.offset().fix()) => Err(Wrong::Behind),
                Err(Wrong::NoTime) => Err(Wrong::Form),
                read => read,
            }
        }
        read => read,
    }
}

fn bare_form(text: &str, order: Option<Order>, serial: bool, zone: Zone) -> Result<DateTime<Zone>, Wrong> {
    // What is longer is no time, however it ends.
    if text.len() > LONGEST {
        return Err(Wrong::Form);
    }
    let spelled = spelled_out(text);
    let text = spelled.as_deref().unwrap_or(text);
    let behind = offset::apart(text)?;
    let bare = behind.as_ref().map_or(text, |behind| behind.local);
    let (local, own, is_iso) = match iso(bare) {
        Err(wrong @ (Wrong::Form | Wrong::NoTime)) => {
            let given = behind.as_ref().map(|behind| behind.offset);
            (other_form(bare, order, serial, given, wrong)?, None, false)
        }
        read => read.map(|(local, own)| (local, own, true))?,
    };
    let offset = match (own, &behind) {
        (Some(own), Some(behind)) if own != behind.offset => return Err(Wrong::Form),
        (own, behind) => own.or(behind.as_ref().map(|behind| behind.offset)),
    };
    // An end is written as the begin is: `09:30-10:00`, with a space between day and time.
    let may_be_end = match &behind {
        Some(behind) => behind.is_like_time || is_iso,
        None => bare.contains(' '),
    };
    let moment = place(local, offset, zone)?;
    let is_end = may_be_end && offset.is_some_and(|offset| offset::may_be_end(offset, bare, local.time()));
    // With the zone's own offset both readings are one, and a time that the clocks skip or show twice is the one with the
    // offset.
    match place(local, None, zone) {
        Ok(begin) if is_end && begin != moment => Err(Wrong::EndOrOffset(Box::new([begin, moment]))),
        _ => Ok(moment),
    }
}

/// As spreadsheets write times. `wrong`: why it is none in the form of ISO 8601.
fn other_form(
    text: &str,
    order: Option<Order>,
    serial: bool,
    offset: Option<FixedOffset>,
    wrong: Wrong,
) -> Result<NaiveDateTime, Wrong> {
    match written::read(text, order, serial) {
        None if clock::alone(text).is_some() => Err(Wrong::NoDay),
        None => Err(wrong),
        Some(Written::At(local)) if YEARS.contains(&local.year()) => Ok(local),
        Some(Written::At(_)) => Err(Wrong::Year),
        Some(Written::NoTime) => Err(Wrong::NoTime),
        Some(Written::NoSuch) => Err(Wrong::NoSuch),
        Some(Written::ShortYear) => Err(Wrong::ShortYear),
        Some(Written::NoYear) => Err(Wrong::NoYear),
        Some(Written::Open { day_first, month_first }) => {
            Err(Wrong::Open(Box::new([day_first, month_first]), offset))
        }
    }
}

/// `2026-11-24T15:30:00Z` of `20261124T153000Z`, as calendars write it.
fn spelled_out(text: &str) -> Option<String> {
    let (moment, end) = match text.trim().strip_suffix('Z') {
        Some(moment) => (moment, "Z"),
        None => (text.trim(), ""),
    };
    let is_compact =
        offset::looks_like(moment, "00000000T000000") || offset::looks_like(moment, "00000000T0000");
    let part = |from: usize, to: usize| moment.get(from..to);
    let second = part(13, 15).unwrap_or("00");
    is_compact.then_some(())?;
    Some(format!(
        "{}-{}-{}T{}:{}:{second}{end}",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(9, 11)?,
        part(11, 13)?
    ))
}

/// `2026-11-24T15:30`, also with a space or a small `t`, seconds and parts of them, and an offset (`Z`, `-05:00`, `-0500`).
fn iso(text: &str) -> Result<(NaiveDateTime, Option<FixedOffset>), Wrong> {
    let date = text.get(..10).ok_or(Wrong::Form)?;
    let rest = text.get(10..).unwrap_or_default();
    if !offset::looks_like(date, "0000-00-00") {
        return Err(Wrong::Form);
    }
    if rest.is_empty() {
        return Err(Wrong::NoTime);
    }
    let rest = rest.strip_prefix(['T', 't', ' ']).ok_or(Wrong::Form)?;
    let split = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
    let (clock, offset) = rest.split_at_checked(split).ok_or(Wrong::Form)?;
    let offset = offset::read(offset.trim())?;
    let clock = without_fraction(clock);
    let format = match clock.len() {
        5 if offset::looks_like(clock, "00:00") => "%H:%M",
        8 if offset::looks_like(clock, "00:00:00") => "%H:%M:%S",
        _ => return Err(Wrong::Form),
    };
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").map_err(|_| Wrong::NoSuch)?;
    // `%S` knows leap seconds, and this does not: 60 is no second.
    let time = NaiveTime::parse_from_str(clock, format).map_err(|_| Wrong::NoSuch)?;
    if clock.ends_with(":60") {
        return Err(Wrong::NoSuch);
    }
    if !YEARS.contains(&date.year()) {
        return Err(Wrong::Year);
    }
    Ok((date.and_time(time), offset))
}

/// Parts of a second, as programs write them (`15:30:00.000`), mean nothing on a sheet.
fn without_fraction(clock: &str) -> &str {
    match clock.split_once('.') {
        Some((whole, part)) if whole.len() == 8 && part.bytes().all(|byte| byte.is_ascii_digit()) => whole,
        _ => clock,
    }
}

fn place(local: NaiveDateTime, offset: Option<FixedOffset>, zone: Zone) -> Result<DateTime<Zone>, Wrong> {
    if let Some(offset) = offset {
        let time = offset.from_local_datetime(&local).single().ok_or(Wrong::NoSuch)?;
        return Ok(time.with_timezone(&zone));
    }
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(time) => Ok(time),
        MappedLocalTime::Ambiguous(first, second) => Err(Wrong::Doubled(Box::new([first, second]))),
        MappedLocalTime::None => Err(skipped(local, zone)),
    }
}

/// The two moments that a skipped time may mean: by the clock as it was before the change, and as it is after.
fn skipped(local: NaiveDateTime, zone: Zone) -> Wrong {
    let by_clock_of = |days: i64| {
        let offset = zone.offset_from_utc_datetime(&(local + TimeDelta::days(days))).fix();
        offset.from_local_datetime(&local).single().map(|time| time.with_timezone(&zone))
    };
    match (by_clock_of(1), by_clock_of(-1)) {
        (Some(early), Some(late)) => Wrong::Skipped(Box::new([early, late])),
        _ => Wrong::NoSuch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toronto() -> Zone {
        Zone::named("America/Toronto").unwrap()
    }

    fn at(text: &str) -> Result<DateTime<Zone>, Wrong> {
        any_form(text, Some(Order::DayFirst), true, toronto())
    }

    fn read(text: &str) -> String {
        at(text).map_or_else(|wrong| format!("{wrong:?}"), |time| time.to_rfc3339())
    }

    #[test]
    fn a_time_is_the_clinics_own() {
        for text in ["2026-11-24T15:30", "2026-11-24 15:30", "2026-11-24t15:30:00"] {
            assert_eq!(read(text), "2026-11-24T15:30:00-05:00");
        }
    }

    #[test]
    fn an_offset_says_the_moment() {
        for text in [
            "2026-11-24T20:30Z",
            "2026-11-24T21:30+01:00",
            "2026-11-24 21:30:00 +0100",
            "2026-11-24T21:30+01",
            "2026-11-24T20:30:00.000Z",
        ] {
            assert_eq!(read(text), "2026-11-24T15:30:00-05:00", "{text}");
        }
    }

    #[test]
    fn an_appointment_with_its_end_is_no_time_in_another_zone() {
        let Err(Wrong::EndOrOffset(both)) = at("2026-11-24 09:30-10:00") else { panic!() };
        assert_eq!([exact(&both[0]), exact(&both[1])], ["2026-11-24T09:30-05:00", "2026-11-24T14:30-05:00"]);
        // One that ends before it begins is an offset, and so is what stands behind a `T`, or is the zone's own.
        assert_eq!(read("2026-11-24 15:30-08:00"), "2026-11-24T18:30:00-05:00");
        assert_eq!(read("2026-11-24T09:30-10:00"), "2026-11-24T14:30:00-05:00");
        assert_eq!(read("2026-11-24 03:30-05:00"), "2026-11-24T03:30:00-05:00");
        assert_eq!(read("2026-11-01 01:30-05:00"), "2026-11-01T01:30:00-05:00");
    }

    #[test]
    fn two_digits_behind_a_time_may_be_its_end() {
        for text in ["30 Nov 2026 9:00 -10", "11/30/2026 9:00 AM -10", "2026-11-30 9:00 -10"] {
            let read = any_form(text, Some(Order::MonthFirst), false, toronto());
            assert!(matches!(read, Err(Wrong::EndOrOffset(_))), "{text}");
        }
    }

    #[test]
    fn an_offset_behind_a_written_day_says_the_moment_too() {
        for text in [
            "30 Nov 2026 06:00 -0800",
            "Mon, 30 Nov 2026 06:00:00 -0800",
            "11/30/2026 6:00 AM -0800",
            "11/30/2026 6:00:00 PM +04:00",
            "2026-11-30 14:00:00 +0000 UTC",
            "2026-11-30T14:00Z UTC",
            "30 Nov 2026 14:00 +0000",
            "2026-11-30 14:00:00 UTC",
            "20261130T140000Z",
            "20261130T0900",
            "30 Nov 2026 @ 9:00",
            "November 30, 2026 - 9:00 AM",
            "30/11/2026 - 9:00",
            "2026-11-30 - 9:00",
            "30 Nov 2026 9:00 - 9:30",
            "30 Nov 2026 09:00 EST",
        ] {
            assert_eq!(read(text), "2026-11-30T09:00:00-05:00", "{text}");
        }
        for text in ["30 Nov 2026 09:00 PST", "30 Nov 2026 -", "30 Nov 2026 - - 9:00", "20261330T140000Z"] {
            assert!(at(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_may_be_the_end_as_well_is_asked_about() {
        for text in [
            "30 Nov 2026 09:00 -10:00",
            "11/30/2026 9:00 AM -10:00",
            "11/30/2026 9:00 a.m. -09:30",
            "11/30/2026 1:00 PM -02:00",
            "11/30/2026 11:30 AM -01:00",
            "2026-11-30 09:00 -10:00",
            "2026-11-30 09:00-1000",
        ] {
            assert!(matches!(at(text), Err(Wrong::EndOrOffset(_))), "{text}: {}", read(text));
        }
        // A program's seconds have no end without them, and what is over before it begins is none.
        assert_eq!(read("11/30/2026 11:00:00 AM -08:00"), "2026-11-30T14:00:00-05:00");
        assert_eq!(read("30 Nov 2026 15:00 -08:00"), "2026-11-30T18:00:00-05:00");
    }

    #[test]
    fn two_offsets_that_say_different_things_are_no_time() {
        for text in [
            "2026-11-30 14:00:00 -0500 GMT",
            "2026-11-30 14:00:00 -0500 UTC",
            "30 Nov 2026 14:00 +0100 +0200",
            "2026-11-30T14:00:00+01:00 UTC",
            "11/30/2026 9:00 AM UTC UTC UTC",
        ] {
            assert_eq!(read(text), "Form", "{text}");
        }
    }

    #[test]
    fn a_text_of_any_length_is_read_at_once() {
        for end in [" Z", " UTC", " -0800"] {
            for begin in ["9:00", "2026-11-30 09:00", "11/30/2026 9:00 AM"] {
                assert_eq!(read(&format!("{begin}{}", end.repeat(100_000))), "Form", "{begin}{end}");
            }
        }
    }

    #[test]
    fn an_offset_counts_before_the_clocks_of_the_zone() {
        assert_eq!(read("2026-03-08 02:30:00 UTC"), "2026-03-07T21:30:00-05:00");
        assert_eq!(read("8 Mar 2026 02:30 +0000"), "2026-03-07T21:30:00-05:00");
        assert_eq!(read("1 Nov 2026 01:30 -0500"), "2026-11-01T01:30:00-05:00");
        let open = any_form("03/04/2026 14:00 UTC", None, true, toronto());
        assert!(matches!(open, Err(Wrong::Open(_, Some(offset))) if offset.local_minus_utc() == 0));
    }

    #[test]
    fn a_skipped_time_names_both_readings() {
        let Err(Wrong::Skipped(near)) = at("2026-03-08T02:30") else { panic!() };
        assert_eq!([exact(&near[0]), exact(&near[1])], ["2026-03-08T01:30-05:00", "2026-03-08T03:30-04:00"]);
    }

    #[test]
    fn a_doubled_time_names_both_moments() {
        let Err(Wrong::Doubled(both)) = at("2026-11-01T01:30") else { panic!() };
        assert_eq!([exact(&both[0]), exact(&both[1])], ["2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"]);
        assert_eq!(read("2026-11-01T01:30-05:00"), "2026-11-01T01:30:00-05:00");
    }

    #[test]
    fn what_is_no_time_is_told_apart() {
        let read = |text: &str| iso(text).map_or_else(|wrong| format!("{wrong:?}"), |_| String::new());
        assert_eq!(read("24.11.2026 15:30"), "Form");
        assert_eq!(read("2026-11-24"), "NoTime");
        assert_eq!(read("2026-02-30T10:00"), "NoSuch");
        assert_eq!(read("2026-11-24T24:00"), "NoSuch");
        assert_eq!(read("2026-11-24T15:30:60"), "NoSuch");
        assert_eq!(read("2026-11-24T3:30 pm"), "Form");
        assert_eq!(read("2026-11-24T15:30+25:00"), "NoSuch");
        assert_eq!(read("0026-11-24T15:30"), "Year");
        assert_eq!(read("2026-11-24T15:30+é"), "Form");
        assert_eq!(read("2026-11-24T15:30 é"), "Form");
    }
}
