//! Times as people type them: local time of the clinic, or with an offset.

use super::Resolver;
use super::half_day::may_be_evening;
use super::timestamp::{YEARS, any_form, exact};
use super::tokens::says_morning;
use super::wrong::Wrong;
use crate::content::Pack;
use crate::diagnostic::{Diagnostic, Marked, length, marked_number, shown};
use crate::locale::Zone;
use crate::request::{Given, Order};
use chrono::{DateTime, DurationRound, NaiveDateTime, TimeDelta, Timelike, Utc};

/// Days after today that a session may be on: tomorrow's sheets are made today; a later one is most often a slip of the
/// pen.
const AHEAD: i64 = 1;
/// Days before today: a sheet of last week is made anew, one of last month has nothing left to say.
const BEHIND: i64 = 14;
/// Days from a session to the next visit: a year, and a leap day.
const VISIT: i64 = 366;
/// Hours before which a time of a list is most often one of the afternoon.
const MORNING: u32 = 6;
const UNCLEAR_DAY: &str = "unclear-day";
const NO_DAY_AT_ALL: &str = "no-day";
/// When a patient comes again is nobody else's: no message shows it.
const NEXT_VISIT: &str = "plan.next_visit";
const FORM: &str = "write it as `2026-11-24T15:30` or `11/24/2026 3:30 PM`, in the clinic's time zone";

const WITH_OFFSET: &str = "write it with its offset, as `2026-11-24T15:30-05:00`";

impl Wrong {
    fn code(&self) -> &'static str {
        match self {
            Wrong::Form => "bad-time",
            Wrong::Behind => "word-behind-time",
            Wrong::NoTime => "no-time-of-day",
            Wrong::NoDay => NO_DAY_AT_ALL,
            Wrong::NoSuch => "no-such-time",
            Wrong::Year => "wrong-year",
            Wrong::ShortYear => "short-year",
            Wrong::NoYear => "no-year",
            Wrong::Open(..) => UNCLEAR_DAY,
            Wrong::EndOrOffset(_) => "unclear-time",
            Wrong::Skipped(_) | Wrong::Doubled(_) => "clock-change",
        }
    }
}

impl<'a> Resolver<'a> {
    pub(super) fn session_at(&mut self, now: DateTime<Utc>) -> Option<DateTime<Zone>> {
        let Some(given) = self.raw.one("session.at") else {
            self.check_clock(now);
            self.check_timed(now);
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
        self.ask_order(given, "session.at", |other| (-BEHIND..=AHEAD).contains(&days_between(today, other)));
        Some(time)
    }

    /// Asks about a day that may be another one where its own column does not say which: the other column may be written in
    /// another way. `is_likely`: whether the other day may be meant as well.
    fn ask_order(&mut self, given: &Given<String>, path: &str, is_likely: impl Fn(DateTime<Zone>) -> bool) {
        let (orders, zone) = (&self.raw.orders, self.library.clinic.time_zone);
        let Some(order) = orders.of(path).filter(|_| orders.borrowed == Some(path)) else { return };
        let read = |order| any_form(given.value.trim(), Some(order), given.place.cell.is_some(), zone);
        let (Ok(own), Ok(other)) = (read(order), read(order.other())) else { return };
        if own != other && is_likely(other) {
            let first = if order == Order::DayFirst { "day" } else { "month" };
            let message = format!(
                "`{path}` may be one of two days: it is read with the {first} first, as other times of the list are written"
            );
            let hint = "write the month as a word, or say for the whole list how it writes days: `dates: day-first` or \
                        `dates: month-first` in a file of `--columns`";
            self.push(given, Diagnostic::warning("borrowed-order", message).hint(hint));
        }
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
        let Some(given) = self.raw.one(NEXT_VISIT) else { return Some(None) };
        let visit = self.time_of(given, NEXT_VISIT, session)?;
        let days = session.map_or(0, |session| days_between(session, visit));
        if days > VISIT {
            let message = "`plan.next_visit` is more than a year after the session: is the year right?";
            self.warn(given, "far-time", message.to_owned());
        }
        self.ask_order(given, NEXT_VISIT, |other| {
            session.is_none_or(|session| other > session && days_between(session, other) <= VISIT)
        });
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

    /// Asks about a time of a list that may leave out which half of the day it is in.
    fn ask_half(&mut self, given: &Given<String>, path: &str, time: DateTime<Zone>) {
        let text = given.value.trim();
        // `12:30 am` is most often a slip for noon.
        if time.hour() < MORNING && (time.hour() == 0 || !says_morning(text)) {
            let clock = match path {
                NEXT_VISIT => String::new(),
                _ => time.format(", at %H:%M").to_string(),
            };
            let message = format!("`{path}` is at night{clock}: is it in the afternoon?");
            self.warn(given, "night-time", message);
        } else if path == "session.at" && self.raw.orders.leaves_out_half && may_be_evening(text) {
            let message = format!(
                "`{path}` is at {}, and times of other rows leave out which half of the day they are in: is it in the evening?",
                time.format("%H:%M")
            );
            self.warn(given, "early-time", message);
        }
    }

    fn time(&mut self, given: &Given<String>, path: &str) -> Option<DateTime<Zone>> {
        let text = given.value.trim();
        let value = match path {
            NEXT_VISIT => Marked::Hidden(length(text)),
            _ => marked_number(text, &given.place),
        };
        let (order, serial) = (self.raw.orders.of(path), given.place.cell.is_some());
        let read = any_form(text, order, serial, self.library.clinic.time_zone);
        match read.map_err(|wrong| misread(&value, wrong)) {
            Ok(time) => {
                if serial {
                    self.ask_half(given, path, time);
                }
                Some(time)
            }
            Err(Misread { code, message, mut hint }) => {
                if serial && [UNCLEAR_DAY, "short-year"].contains(&code) {
                    hint.push_str(", or say for the whole list how it writes days: `dates: day-first` or ");
                    hint.push_str("`dates: month-first` in a file of `--columns`");
                }
                if serial && code == NO_DAY_AT_ALL && path == "session.at" {
                    let list = ", or say for the whole list which day it is of: `--day 2026-11-24`";
                    let above = self.raw.orders.no_day.as_ref().map(|told| format!("; {told}"));
                    hint.push_str(above.as_deref().unwrap_or(list));
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

fn misread(marked: &Marked, wrong: Wrong) -> Misread {
    let code = wrong.code();
    let (value, is_shown) = match marked {
        Marked::Shown(_) => (marked.to_string(), true),
        Marked::Hidden(length) => (format!("the value {length}"), false),
    };
    let (message, hint) = match wrong {
        Wrong::Form if is_shown => (format!("{value} is no time"), FORM.to_owned()),
        Wrong::Form => (format!("this is no time {marked}"), FORM.to_owned()),
        Wrong::Behind => (
            format!("a word stands behind the time {marked}, and nobody knows if it is the clinic's zone"),
            format!("leave it out if the time is the clinic's own, or {WITH_OFFSET}"),
        ),
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
        Wrong::NoYear => (format!("{value} has no year"), FORM.to_owned()),
        Wrong::Open(days, offset) => (
            format!("{value} may be one of two days, and nothing in its column tells which"),
            match is_shown {
                true => {
                    let offset = offset.map(|offset| offset.to_string()).unwrap_or_default();
                    let written = |day: NaiveDateTime| day.format("write it as `%Y-%m-%dT%H:%M").to_string();
                    days.map(|day| format!("{}{offset}`", written(day))).join(", or ")
                }
                false => FORM.to_owned(),
            },
        ),
        Wrong::EndOrOffset(both) => (
            format!("{value} may be a time with its end, or one with an offset"),
            match is_shown {
                true => format!(
                    "write the begin alone, `{}`, or what the offset means, `{}`",
                    exact(&both[0]),
                    exact(&both[1])
                ),
                false => FORM.to_owned(),
            },
        ),
        Wrong::Skipped(near) => (
            format!("{value} was skipped: the clocks went forward over it"),
            match is_shown {
                true => format!("write `{}` or `{}`", exact(&near[0]), exact(&near[1])),
                false => WITH_OFFSET.to_owned(),
            },
        ),
        Wrong::Doubled(both) => (
            format!("{value} came twice: the clocks went back over it"),
            match is_shown {
                true => {
                    format!(
                        "write `{}` for the first or `{}` for the second",
                        exact(&both[0]),
                        exact(&both[1])
                    )
                }
                false => WITH_OFFSET.to_owned(),
            },
        ),
    };
    Misread { code, message, hint }
}
