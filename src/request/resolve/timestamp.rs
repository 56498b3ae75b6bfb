//! The moment that a text means: its day, its time of day, and the clocks of a zone.

use super::clock;
use super::written::{self, Written};
use crate::locale::Zone;
use crate::request::Order;
use chrono::{
    DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta,
    TimeZone, Utc,
};
use std::ops::RangeInclusive;

/// Years that a session can be in.
pub const YEARS: RangeInclusive<i32> = 1970..=2199;

/// Why a text is no time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Not of the form at all.
    Form,
    /// A day, without a time.
    NoTime,
    /// A time of day, without a day.
    NoDay,
    /// No such day or time of day.
    NoSuch,
    /// A year outside of [`YEARS`].
    Year,
    /// Two digits for a year.
    ShortYear,
    /// A day of a month, and a time behind it.
    NoYear,
    /// One of two days, by the order of its numbers.
    Open(Box<[NaiveDateTime; 2]>),
    /// Of an appointment with its end, or with an offset: the begin here, and what the offset makes of it.
    EndOrOffset(Box<[DateTime<Zone>; 2]>),
    /// The clocks passed over it; these are the times before and after that are meant perhaps.
    Skipped(Box<[DateTime<Zone>; 2]>),
    /// The clocks showed it twice.
    Doubled(Box<[DateTime<Zone>; 2]>),
}

/// A time with its offset, which says one moment whatever the clocks do.
pub fn exact(time: &DateTime<Zone>) -> String {
    time.format("%Y-%m-%dT%H:%M%:z").to_string()
}

/// As [`parse`], or as spreadsheets write times. `serial`: a number alone may count days.
pub fn any_form(text: &str, order: Option<Order>, serial: bool, zone: Zone) -> Result<DateTime<Zone>, Wrong> {
    let spelled = spelled_out(text);
    let text = spelled.as_deref().unwrap_or(text);
    let wrong = match parse(text, zone) {
        Err(wrong @ (Wrong::Form | Wrong::NoTime)) => wrong,
        read => return read,
    };
    if let Some((local, offset, may_be_end)) = with_offset(text) {
        let begin = any_form(local, order, serial, zone)?;
        return moved(begin, offset, may_be_end, zone);
    }
    let local = match written::read(text, order, serial) {
        None if clock::alone(text).is_some() => return Err(Wrong::NoDay),
        None => return Err(wrong),
        Some(Written::At(local)) => local,
        Some(Written::NoTime) => return Err(Wrong::NoTime),
        Some(Written::NoSuch) => return Err(Wrong::NoSuch),
        Some(Written::ShortYear) => return Err(Wrong::ShortYear),
        Some(Written::NoYear) => return Err(Wrong::NoYear),
        Some(Written::Open { day_first, month_first }) => {
            return Err(Wrong::Open(Box::new([day_first, month_first])));
        }
    };
    if !YEARS.contains(&local.year()) {
        return Err(Wrong::Year);
    }
    place(local, None, zone)
}

/// `2026-11-24T15:30:00Z` of `20261124T153000Z`, as calendars write it.
fn spelled_out(text: &str) -> Option<String> {
    let (moment, end) = match text.trim().strip_suffix('Z') {
        Some(moment) => (moment, "Z"),
        None => (text.trim(), ""),
    };
    let is_compact = looks_like(moment, "00000000T000000") || looks_like(moment, "00000000T0000");
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
fn parse(text: &str, zone: Zone) -> Result<DateTime<Zone>, Wrong> {
    let date = text.get(..10).ok_or(Wrong::Form)?;
    let rest = text.get(10..).unwrap_or_default();
    if !looks_like(date, "0000-00-00") {
        return Err(Wrong::Form);
    }
    if rest.is_empty() {
        return Err(Wrong::NoTime);
    }
    let rest = rest.strip_prefix(['T', 't', ' ']).ok_or(Wrong::Form)?;
    let split = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
    let (clock, offset) = rest.split_at_checked(split).ok_or(Wrong::Form)?;
    let offset = offset_of(offset.trim())?;
    let clock = without_fraction(clock);
    let format = match clock.len() {
        5 if looks_like(clock, "00:00") => "%H:%M",
        8 if looks_like(clock, "00:00:00") => "%H:%M:%S",
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
    let moment = place(date.and_time(time), offset, zone)?;
    // As lists write appointments: `09:30-10:00`. With the zone's own offset both readings are one, and a time that the
    // clocks skip or show twice is the one with the offset.
    let is_end = offset.and_then(end_of).is_some_and(|end| end > time) && text.contains(' ');
    match place(date.and_time(time), None, zone) {
        Ok(begin) if is_end && begin != moment => Err(Wrong::EndOrOffset(Box::new([begin, moment]))),
        _ => Ok(moment),
    }
}

/// A text without the offset that stands apart at its end: `30 Nov 2026 09:00 -0800`, as mail and feeds write it; and whether that
/// may as well be when an appointment ends, which is written as its begin is.
fn with_offset(text: &str) -> Option<(&str, FixedOffset, bool)> {
    let (local, last) = text.trim_end().rsplit_once(' ')?;
    let offset = match last {
        "UTC" | "GMT" => Utc.fix(),
        _ => offset_of(last).ok().flatten()?,
    };
    // It stands behind a time of day.
    let is_time = local.contains(':') && local.ends_with(|sign: char| sign.is_ascii_alphanumeric());
    let may_be_end = last.contains(':') && local.ends_with(|sign: char| sign.is_ascii_digit());
    is_time.then_some((local, offset, may_be_end))
}

/// The moment that a time of the zone's clock is by another offset.
fn moved(
    begin: DateTime<Zone>,
    offset: FixedOffset,
    may_be_end: bool,
    zone: Zone,
) -> Result<DateTime<Zone>, Wrong> {
    let local = begin.naive_local();
    let moment = place(local, Some(offset), zone)?;
    let is_end = may_be_end && end_of(offset).is_some_and(|end| end > local.time());
    if is_end && begin != moment { Err(Wrong::EndOrOffset(Box::new([begin, moment]))) } else { Ok(moment) }
}

/// The time of day that an offset to the west looks like.
fn end_of(offset: FixedOffset) -> Option<NaiveTime> {
    let seconds = u32::try_from(offset.utc_minus_local()).ok().filter(|seconds| *seconds > 0)?;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
}

/// Parts of a second, as programs write them (`15:30:00.000`), mean nothing on a sheet.
fn without_fraction(clock: &str) -> &str {
    match clock.split_once('.') {
        Some((whole, part)) if whole.len() == 8 && part.bytes().all(|byte| byte.is_ascii_digit()) => whole,
        _ => clock,
    }
}

/// Whether a text has a digit wherever the form has `0`, and the form's own sign elsewhere.
fn looks_like(text: &str, form: &str) -> bool {
    let matches = |(character, form): (u8, u8)| {
        if form == b'0' { character.is_ascii_digit() } else { character == form }
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(matches)
}

fn offset_of(text: &str) -> Result<Option<FixedOffset>, Wrong> {
    let signed = match text {
        "" => return Ok(None),
        "Z" | "z" => return Ok(Some(Utc.fix())),
        _ => text.strip_prefix('+').map(|rest| (1, rest)).or(text.strip_prefix('-').map(|rest| (-1, rest))),
    };
    let (sign, digits) = signed.ok_or(Wrong::Form)?;
    if !["00:00", "0000", "00"].iter().any(|form| looks_like(digits, form)) {
        return Err(Wrong::Form);
    }
    let digits: String = digits.chars().filter(|digit| *digit != ':').collect();
    let number: i32 = format!("{digits:0<4}").parse().map_err(|_| Wrong::Form)?;
    let (hours, minutes) = (number / 100, number % 100);
    if hours > 14 || minutes > 59 {
        return Err(Wrong::NoSuch);
    }
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60)).map(Some).ok_or(Wrong::Form)
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

    fn read(text: &str) -> String {
        parse(text, toronto()).map_or_else(|wrong| format!("{wrong:?}"), |time| time.to_rfc3339())
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
        let Err(Wrong::EndOrOffset(both)) = parse("2026-11-24 09:30-10:00", toronto()) else { panic!() };
        assert_eq!([exact(&both[0]), exact(&both[1])], ["2026-11-24T09:30-05:00", "2026-11-24T14:30-05:00"]);
        // One that ends before it begins is an offset, and so is what stands behind a `T`, or is the zone's own.
        assert_eq!(read("2026-11-24 15:30-08:00"), "2026-11-24T18:30:00-05:00");
        assert_eq!(read("2026-11-24T09:30-10:00"), "2026-11-24T14:30:00-05:00");
        assert_eq!(read("2026-11-24 03:30-05:00"), "2026-11-24T03:30:00-05:00");
        assert_eq!(read("2026-11-01 01:30-05:00"), "2026-11-01T01:30:00-05:00");
    }

    #[test]
    fn an_offset_behind_a_written_day_says_the_moment_too() {
        let read =
            |text: &str| any_form(text, Some(Order::DayFirst), true, toronto()).map(|time| time.to_rfc3339());
        for text in [
            "30 Nov 2026 06:00 -0800",
            "Mon, 30 Nov 2026 06:00:00 -0800",
            "11/30/2026 6:00 AM -08:00",
            "30 Nov 2026 14:00 +0000",
            "2026-11-30 14:00:00 UTC",
            "20261130T140000Z",
            "20261130T0900",
            "30 Nov 2026 @ 9:00",
            "November 30, 2026 - 9:00 AM",
            "30/11/2026 - 9:00",
            "2026-11-30 - 9:00",
            "30 Nov 2026 9:00 - 9:30",
        ] {
            assert_eq!(read(text).as_deref(), Ok("2026-11-30T09:00:00-05:00"), "{text}");
        }
        // It may be the end as well.
        assert!(matches!(read("30 Nov 2026 09:00 -10:00"), Err(Wrong::EndOrOffset(_))));
        for text in ["30 Nov 2026 09:00 EST", "30 Nov 2026 -", "30 Nov 2026 - - 9:00", "20261330T140000Z"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_skipped_time_names_both_readings() {
        let Err(Wrong::Skipped(near)) = parse("2026-03-08T02:30", toronto()) else { panic!() };
        assert_eq!([exact(&near[0]), exact(&near[1])], ["2026-03-08T01:30-05:00", "2026-03-08T03:30-04:00"]);
    }

    #[test]
    fn a_doubled_time_names_both_moments() {
        let Err(Wrong::Doubled(both)) = parse("2026-11-01T01:30", toronto()) else { panic!() };
        assert_eq!([exact(&both[0]), exact(&both[1])], ["2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"]);
        assert_eq!(read("2026-11-01T01:30-05:00"), "2026-11-01T01:30:00-05:00");
    }

    #[test]
    fn what_is_no_time_is_told_apart() {
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
