//! Times as people type them: local time of the clinic, or with an offset.

use super::Resolver;
use super::clock;
use super::written::{self, Written};
use crate::content::Pack;
use crate::diagnostic::{Diagnostic, Marked, marked_number, shown};
use crate::locale::Zone;
use crate::request::{Given, Order};
use chrono::{
    DateTime, Datelike, DurationRound, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime,
    Offset, TimeDelta, TimeZone, Utc,
};
use std::ops::RangeInclusive;

/// Years that a session can be in.
const YEARS: RangeInclusive<i32> = 1970..=2199;
/// Days after today that a session may be on: tomorrow's sheets are made today; a later one is most often a slip of the
/// pen.
const AHEAD: i64 = 1;
/// Days before today: a sheet of last week is made anew, one of last month has nothing left to say.
const BEHIND: i64 = 14;
/// Days from a session to the next visit: a year, and a leap day.
const VISIT: i64 = 366;
const UNCLEAR_DAY: &str = "unclear-day";
const NO_DAY_AT_ALL: &str = "no-day";
const FORM: &str = "write it as `2026-11-24T15:30` or `11/24/2026 3:30 PM`, in the clinic's time zone";

/// Why a text is no time.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wrong {
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
    /// One of two days, by the order of its numbers.
    Open(Box<[NaiveDateTime; 2]>),
    /// Of an appointment with its end, or with an offset: the begin here, and what the offset makes of it.
    EndOrOffset(Box<[DateTime<Zone>; 2]>),
    /// The clocks passed over it; these are the times before and after that are meant perhaps.
    Skipped(Box<[DateTime<Zone>; 2]>),
    /// The clocks showed it twice.
    Doubled(Box<[DateTime<Zone>; 2]>),
}

impl Wrong {
    fn code(&self) -> &'static str {
        match self {
            Wrong::Form => "bad-time",
            Wrong::NoTime => "no-time-of-day",
            Wrong::NoDay => NO_DAY_AT_ALL,
            Wrong::NoSuch => "no-such-time",
            Wrong::Year => "wrong-year",
            Wrong::ShortYear => "short-year",
            Wrong::Open(_) => UNCLEAR_DAY,
            Wrong::EndOrOffset(_) => "unclear-time",
            Wrong::Skipped(_) | Wrong::Doubled(_) => "clock-change",
        }
    }
}

impl<'a> Resolver<'a> {
    pub(super) fn session_at(&mut self, now: DateTime<Utc>) -> Option<DateTime<Zone>> {
        let Some(given) = self.raw.one("session.at") else {
            self.check_clock(now);
            let minute = now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now);
            return Some(minute.with_timezone(&self.library.clinic.time_zone));
        };
        let time = self.time(given, "session.at")?;
        let today = now.with_timezone(&time.timezone());
        let days = days_between(today, time);
        if !(-BEHIND..=AHEAD).contains(&days) {
            let (day, today) = (time.date_naive(), today.date_naive());
            let side = if days < 0 { "before" } else { "after" };
            let days = days.abs();
            let message =
                format!("`session.at` is on {day}, {days} days {side} today ({today}): is the date right?");
            self.warn(given, "far-time", message);
        }
        Some(time)
    }

    /// A sheet that takes its session's time from a clock that stands before its texts were read.
    fn check_clock(&mut self, now: DateTime<Utc>) {
        let today = now.with_timezone(&self.library.clinic.time_zone).date_naive();
        let Some(reviewed) = self.pack().map(Pack::reviewed).filter(|reviewed| today < *reviewed) else {
            return;
        };
        let message =
            format!("today is {today}, before the texts were reviewed ({reviewed}): is the clock right?");
        let hint = "set the clock of this machine, or give `session.at`";
        self.sink.push(Diagnostic::warning("wrong-clock", message).hint(hint));
    }

    /// `Some(None)` when there is none.
    pub(super) fn next_visit(&mut self, session: Option<DateTime<Zone>>) -> Option<Option<DateTime<Zone>>> {
        let Some(given) = self.raw.one("plan.next_visit") else { return Some(None) };
        let visit = self.time_of(given, "plan.next_visit", session)?;
        let days = session.map_or(0, |session| days_between(session, visit));
        if days > VISIT {
            let day = visit.date_naive();
            let message =
                format!("`plan.next_visit` is on {day}, {days} days after the session: is the year right?");
            self.warn(given, "far-time", message);
        }
        Some(Some(visit))
    }

    /// A time that belongs to a session, and comes after it.
    pub(super) fn time_of(
        &mut self,
        given: &Given<String>,
        path: &str,
        session: Option<DateTime<Zone>>,
    ) -> Option<DateTime<Zone>> {
        let time = self.time(given, path)?;
        if session.is_some_and(|session| time <= session) {
            let message = format!("`{path}` is not after the session");
            self.fault(given, "wrong-time", message, Some("is the day right?".into()));
            return None;
        }
        Some(time)
    }

    fn time(&mut self, given: &Given<String>, path: &str) -> Option<DateTime<Zone>> {
        let text = given.value.trim();
        let value = marked_number(text, &given.place);
        let (order, serial) = (self.raw.orders.of(path), given.place.cell.is_some());
        let read = any_form(text, order, serial, self.library.clinic.time_zone);
        match read.map_err(|wrong| misread(&value, wrong)) {
            Ok(time) => Some(time),
            Err(Misread { code, message, mut hint }) => {
                if serial && code == UNCLEAR_DAY {
                    hint.push_str(", or say for the whole list how it writes days: `dates: day-first` or ");
                    hint.push_str("`dates: month-first` in a file of `--columns`");
                }
                if serial && code == NO_DAY_AT_ALL && path == "session.at" {
                    hint.push_str(", or say for the whole list which day it is of: `--day 2026-11-24`");
                }
                self.fault(&given.marked_as(&value), code, format!("`{path}`: {message}"), Some(hint.into()));
                None
            }
        }
    }
}

/// Days of the calendar, not of 24 hours: tomorrow is tomorrow at any time of day.
fn days_between(from: DateTime<Zone>, to: DateTime<Zone>) -> i64 {
    (to.date_naive() - from.date_naive()).num_days()
}

/// Why a text is no time, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    pub code: &'static str,
    pub message: String,
    pub hint: String,
}

/// A moment as people type it: a time in the zone, or one with an offset.
///
/// # Errors
///
/// The text is no time; there is none such, or two; its year is out of range.
pub fn moment(text: &str, zone: Zone) -> Result<DateTime<Zone>, Misread> {
    any_form(text.trim(), None, false, zone).map_err(|wrong| misread(&Marked::Shown(shown(text)), wrong))
}

fn misread(value: &Marked, wrong: Wrong) -> Misread {
    let code = wrong.code();
    let (message, hint) = match wrong {
        Wrong::Form => match value {
            Marked::Shown(_) => (format!("{value} is no time"), FORM.to_owned()),
            Marked::Hidden(length) => (format!("this is no time {length}"), FORM.to_owned()),
        },
        Wrong::NoTime => (format!("{value} has no time of day"), FORM.to_owned()),
        Wrong::NoDay => (format!("{value} has no day"), FORM.to_owned()),
        Wrong::NoSuch => {
            (format!("there is no such time as {value}"), "check the day and the hour".to_owned())
        }
        Wrong::Year => (
            format!("{value} is out of range"),
            format!("years go from {} to {}", YEARS.start(), YEARS.end()),
        ),
        Wrong::ShortYear => {
            (format!("{value} has a year of two digits"), "write the year with four digits".to_owned())
        }
        Wrong::Open(days) => (
            format!("{value} may be one of two days, and nothing in its column tells which"),
            days.map(|day| day.format("write it as `%Y-%m-%dT%H:%M`").to_string()).join(", or "),
        ),
        Wrong::EndOrOffset(both) => (
            format!("{value} may be a time with its end, or one with an offset"),
            format!(
                "write the begin alone, `{}`, or what the offset means, `{}`",
                exact(&both[0]),
                exact(&both[1])
            ),
        ),
        Wrong::Skipped(near) => (
            format!("{value} was skipped: the clocks went forward over it"),
            format!("write `{}` or `{}`", exact(&near[0]), exact(&near[1])),
        ),
        Wrong::Doubled(both) => (
            format!("{value} came twice: the clocks went back over it"),
            format!("write `{}` for the first or `{}` for the second", exact(&both[0]), exact(&both[1])),
        ),
    };
    Misread { code, message, hint }
}

/// A time with its offset, which says one moment whatever the clocks do.
fn exact(time: &DateTime<Zone>) -> String {
    time.format("%Y-%m-%dT%H:%M%:z").to_string()
}

/// As [`parse`], or as spreadsheets write times. `serial`: a number alone may count days.
fn any_form(text: &str, order: Option<Order>, serial: bool, zone: Zone) -> Result<DateTime<Zone>, Wrong> {
    let wrong = match parse(text, zone) {
        Err(wrong @ (Wrong::Form | Wrong::NoTime)) => wrong,
        read => return read,
    };
    let local = match written::read(text, order, serial) {
        None if clock::alone(text).is_some() => return Err(Wrong::NoDay),
        None => return Err(wrong),
        Some(Written::At(local)) => local,
        Some(Written::NoTime) => return Err(Wrong::NoTime),
        Some(Written::NoSuch) => return Err(Wrong::NoSuch),
        Some(Written::ShortYear) => return Err(Wrong::ShortYear),
        Some(Written::Open { day_first, month_first }) => {
            return Err(Wrong::Open(Box::new([day_first, month_first])));
        }
    };
    if !YEARS.contains(&local.year()) {
        return Err(Wrong::Year);
    }
    place(local, None, zone)
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
