//! Days and times of day as spreadsheets write them: `11/24/2026 3:30 PM`, `24-Nov-26 15:30`, `46350.64`. A day is read
//! when it can be one day only; whether `03/04` is in March or in April is the column's to say, or nobody's.

use super::clock::clock;
use super::serial;
use super::tokens::{LONGEST, Token, number, tokens};
use crate::content::built_in_dates;
use crate::request::Order;
use chrono::{NaiveDate, NaiveDateTime};

/// What a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    At(NaiveDateTime),
    /// The day may be either, by the order of its numbers.
    Open {
        day_first: NaiveDateTime,
        month_first: NaiveDateTime,
    },
    /// A day without a time.
    NoTime,
    /// Two digits for a year, among other numbers.
    ShortYear,
    /// No such day or time of day.
    NoSuch,
}

/// A day as its numbers say it.
#[derive(Clone, Copy)]
enum Day {
    On(NaiveDate),
    Open { day_first: NaiveDate, month_first: NaiveDate },
}

impl Day {
    /// What is left of it when its day of the week is named: `Monday` in front of a Tuesday is a slip in one of the two.
    fn on_weekday(self, word: Option<&str>) -> Option<Day> {
        let fits = |day: &NaiveDate| word.is_none_or(|word| built_in_dates().is_weekday(word, Some(*day)));
        match self {
            Day::On(day) => Some(day).filter(fits).map(Day::On),
            Day::Open { day_first, month_first } => match (fits(&day_first), fits(&month_first)) {
                (true, true) => Some(self),
                (true, false) => Some(Day::On(day_first)),
                (false, true) => Some(Day::On(month_first)),
                (false, false) => None,
            },
        }
    }
}

/// Reads a text; `serial`: a number alone counts days, as in the cells of a spreadsheet. `None`: it is of no such form.
pub fn read(text: &str, order: Option<Order>, serial: bool) -> Option<Written> {
    if text.len() > LONGEST {
        return None;
    }
    if serial && let Some(at) = serial::counted(text.trim()) {
        return Some(of_count(at));
    }
    let tokens = tokens(text);
    if serial && let Some(written) = counted_beside_clock(&tokens) {
        return Some(written);
    }
    let (weekday, mut rest) = weekday(&tokens);
    let day = match day(&mut rest)? {
        Ok(Day::Open { day_first, month_first }) => match order {
            Some(Order::DayFirst) => Day::On(day_first),
            Some(Order::MonthFirst) => Day::On(month_first),
            None => Day::Open { day_first, month_first },
        },
        Ok(day) => day,
        Err(wrong) => return Some(wrong),
    };
    let Some(day) = day.on_weekday(weekday) else { return Some(Written::NoSuch) };
    if rest.is_empty() {
        return Some(Written::NoTime);
    }
    let Some(time) = clock(rest)? else { return Some(Written::NoSuch) };
    Some(match day {
        Day::On(day) => Written::At(day.and_time(time)),
        Day::Open { day_first, month_first } => {
            Written::Open { day_first: day_first.and_time(time), month_first: month_first.and_time(time) }
        }
    })
}

/// The order that a text shows by itself: one of its numbers is no month.
pub fn order_of(text: &str) -> Option<Order> {
    if text.len() > LONGEST {
        return None;
    }
    match tokens(text).as_slice() {
        [Token::Number(a), Token::Sign(one), Token::Number(b), Token::Sign(two), Token::Number(year), ..]
            if one == two && year.len() == 4 =>
        {
            match (number(a)?, number(b)?) {
                (13..=31, 1..=12) => Some(Order::DayFirst),
                (1..=12, 13..=31) => Some(Order::MonthFirst),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A time whose day may be either, as the order makes it clear. `None`: it is clear, or no time.
pub fn clear(text: &str, order: Order) -> Option<String> {
    match (read(text, None, false)?, order) {
        (Written::Open { day_first, .. }, Order::DayFirst) => Some(day_first),
        (Written::Open { month_first, .. }, Order::MonthFirst) => Some(month_first),
        _ => None,
    }
    .map(|at| at.format("%Y-%m-%dT%H:%M").to_string())
}

/// Whether a text says a day, with a time or without one.
pub fn is_moment(text: &str) -> bool {
    read(text, None, true).is_some()
}

/// The day that a text is, with nothing else.
pub fn written_day(text: &str, order: Option<Order>) -> Option<NaiveDate> {
    match read(&format!("{text} 9:00"), order, false)? {
        Written::At(at) => Some(at.date()),
        _ => None,
    }
}

/// Takes a day off the tokens. `None`: none stands there. `Err`: what stands there is no day that there is.
fn day(rest: &mut &[Token]) -> Option<Result<Day, Written>> {
    use Token::{Number, Sign, Word};
    let (read, used) = match *rest {
        [Number(year), Sign(one), Number(month), Sign(two), Number(day), ..]
            if year.len() == 4 && one == two && is_date_sign(*one) =>
        {
            (named(year, number(month)?, day), 5)
        }
        [Number(a), Sign(one), Number(b), Sign(two), Number(year), ..]
            if one == two && is_date_sign(*one) =>
        {
            (numbers(number(a)?, number(b)?, year), 5)
        }
        [Number(day), Sign('-' | '/' | '.'), Word(month), Sign('-' | '/' | '.'), Number(year), ..] => {
            (named(year, month_of(month)?, day), 5)
        }
        [Number(day), Sign('.'), Word(month), Number(year), ..] => (named(year, month_of(month)?, day), 4),
        [Number(day), Word(month), Sign('.'), Number(year), ..] => (named(year, month_of(month)?, day), 4),
        [Number(day), Word(month), Number(year), ..] => (named(year, month_of(month)?, day), 3),
        [Word(month), Sign('.'), Number(day), Number(year), ..] => (named(year, month_of(month)?, day), 4),
        [Word(month), Number(day), Number(year), ..] => (named(year, month_of(month)?, day), 3),
        _ => return None,
    };
    *rest = rest.get(used..).unwrap_or_default();
    if let [Word(word), tail @ ..] = *rest
        && ["t", "at"].contains(&word.as_str())
    {
        *rest = tail;
    }
    Some(read)
}

/// Takes a day of the week off the front. `Mar 10, 2026` begins with a month, though a French Tuesday is written like it.
fn weekday(tokens: &[Token]) -> (Option<&str>, &[Token]) {
    use Token::{Number, Sign, Word};
    match tokens {
        [Word(word), Number(_), Number(_), ..] | [Word(word), Sign('.'), Number(_), Number(_), ..]
            if month_of(word).is_some() =>
        {
            (None, tokens)
        }
        [Word(word), tail @ ..] if word.chars().count() > 1 && built_in_dates().is_weekday(word, None) => {
            let tail = match tail {
                [Sign('.'), tail @ ..] => tail,
                tail => tail,
            };
            (Some(word), tail)
        }
        tokens => (None, tokens),
    }
}

fn is_date_sign(sign: char) -> bool {
    matches!(sign, '-' | '/' | '.')
}

fn month_of(word: &str) -> Option<u32> {
    built_in_dates().month_of(word)
}

/// A day whose month is known. A year of two digits is one of this century.
fn named(year: &str, month: u32, day: &str) -> Result<Day, Written> {
    let year = match (year.len(), number(year)) {
        (4, Some(year)) => year,
        (2, Some(year)) => 2000 + year,
        _ => return Err(Written::ShortYear),
    };
    on(year, month, number(day).unwrap_or(0)).map(Day::On).ok_or(Written::NoSuch)
}

/// A day as two numbers and a year.
fn numbers(a: u32, b: u32, year: &str) -> Result<Day, Written> {
    if year.len() != 4 {
        return Err(Written::ShortYear);
    }
    let year = number(year).unwrap_or(0);
    match (on(year, b, a), on(year, a, b)) {
        (Some(day), None) | (None, Some(day)) => Ok(Day::On(day)),
        (Some(day), Some(other)) if day == other => Ok(Day::On(day)),
        (Some(day_first), Some(month_first)) => Ok(Day::Open { day_first, month_first }),
        (None, None) => Err(Written::NoSuch),
    }
}

fn on(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A counted day beside a time of day, as two columns of a list give them: `46350 9:30`, `46350 0.375`.
fn counted_beside_clock(tokens: &[Token]) -> Option<Written> {
    let [Token::Number(days), rest @ ..] = tokens else { return None };
    let day = serial::day(days).filter(|_| !rest.is_empty())?;
    if let [Token::Number(zero), Token::Sign('.'), Token::Number(part)] = rest {
        return (zero == "0").then(|| serial::counted(&format!("{days}.{part}")))?.map(of_count);
    }
    Some(clock(rest)?.map_or(Written::NoSuch, |time| Written::At(day.and_time(time))))
}

fn of_count(at: Option<NaiveDateTime>) -> Written {
    at.map_or(Written::NoTime, Written::At)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, order: Option<Order>) -> String {
        match read(text, order, true) {
            Some(Written::At(at)) => at.format("%Y-%m-%dT%H:%M").to_string(),
            Some(Written::Open { day_first, month_first }) => {
                format!("{} or {}", day_first.format("%m-%d"), month_first.format("%m-%d"))
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        for text in [
            "11/24/2026 3:30 PM",
            "11/24/2026 15:30:00",
            "24/11/2026 15:30",
            "24.11.2026 15:30",
            "2026-11-24 3:30 PM",
            "2026/11/24 15:30",
            "2026-11-24T3:30pm",
            "24-Nov-26 15:30",
            "24 November 2026 at 3:30 p.m.",
            "Nov 24, 2026 3:30 pm",
            "Nov. 24, 2026, 3:30 p.m",
            "Tue, 24 Nov 2026 15:30",
            "mar. 24 nov. 2026 15:30",
            "Tuesday 24/11/2026 15:30",
            "24 nov. 2026 15 h 30",
            "24\u{a0}novembre 2026 15h30",
            "11/24/2026  3:30:00\u{202f}PM",
            "46350.6458333333",
            "46350.64583",
            "46350,64583",
            "46350 15:30",
            "46350 3:30 PM",
            "46350 0.645833333333333",
        ] {
            assert_eq!(said(text, None), "2026-11-24T15:30", "{text}");
        }
        assert_eq!(said("11/24/2026 12:05 AM", None), "2026-11-24T00:05");
        assert_eq!(said("11/24/2026 12 pm", None), "2026-11-24T12:00");
        assert_eq!(
            said("Mar 10, 2026 3:30 PM", None),
            "2026-03-10T15:30",
            "a month that is also a French Tuesday"
        );
        assert_eq!(said("Mar. 10, 2026 3:30 PM", None), "2026-03-10T15:30");
        assert_eq!(said("mar. 10 mars 2026 15 h 30", None), "2026-03-10T15:30");
        assert_eq!(said("05/05/2026 9:00", None), "2026-05-05T09:00", "either way the same");
    }

    #[test]
    fn a_day_that_may_be_two_is_the_columns_to_say() {
        assert_eq!(said("03/04/2026 9:00", None), "04-03 or 03-04");
        assert_eq!(said("03/04/2026 9:00", Some(Order::DayFirst)), "2026-04-03T09:00");
        assert_eq!(said("03/04/2026 9:00", Some(Order::MonthFirst)), "2026-03-04T09:00");
        assert_eq!(said("Fri 03/04/2026 9:00", None), "2026-04-03T09:00", "the day of the week tells");
        assert_eq!(said("Tue 03/03/2026 9:00", None), "2026-03-03T09:00");
        assert_eq!(order_of("24/11/2026 9:00"), Some(Order::DayFirst));
        assert_eq!(order_of("11/24/2026"), Some(Order::MonthFirst));
        for text in ["03/04/2026", "2026-11-24", "46350.64", "x", "24/24/2026", "24/11/26"] {
            assert_eq!(order_of(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_missing_or_wrong_is_told_apart() {
        for text in ["11/24/2026", "24-Nov-26", "46350", "46350.0", "Nov 24, 2026"] {
            assert_eq!(read(text, None, true), Some(Written::NoTime), "{text}");
        }
        for text in [
            "30/02/2026 9:00",
            "24/24/2026 9:00",
            "11/24/2026 25:00",
            "11/24/2026 15:30 PM",
            "Feb 30, 2026 9:00",
            "Mon 24 Nov 2026 15:30",
            "lundi 24/11/2026 15:30",
            "46350 25:00",
            "Sun 03/04/2026 9:00",
        ] {
            assert_eq!(read(text, None, true), Some(Written::NoSuch), "{text}");
        }
        assert_eq!(read("11/24/26 15:30", None, true), Some(Written::ShortYear));
        for text in [
            "",
            "tomorrow",
            "3:30 PM",
            "11/24/2026 15",
            "11-24/2026 15:30",
            "123456.5",
            "46350 x",
            "12345 9:00",
            "1e20",
            "11/24/2026 15:30 x",
        ] {
            assert_eq!(read(text, None, true), None, "{text}");
        }
        assert_eq!(read("46350.64", None, false), None, "a number alone is no time outside of a table");
    }
}
