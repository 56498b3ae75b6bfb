//! Days and times of day as spreadsheets write them: `11/24/2026 3:30 PM`, `24-Nov-26 15:30`, `46350.64`. A day is read
//! when it can be one day only; whether `03/04` is in March or in April is the column's to say, or nobody's.

use super::clock::clock;
use super::serial;
use super::tokens::{LONGEST, Token, number, tokens};
use crate::content::built_in_dates;
use crate::request::{Order, SaidDay};
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
    /// A day of a month, and a time behind it.
    NoYear,
    /// No such day or time of day.
    NoSuch,
}

/// A day as its numbers say it.
#[derive(Clone, Copy)]
enum Day {
    On(NaiveDate),
    Open {
        day_first: NaiveDate,
        month_first: NaiveDate,
    },
    /// With two digits for a year, which may stand in front or behind.
    Short {
        day_first: Option<NaiveDate>,
        month_first: Option<NaiveDate>,
    },
}

impl Day {
    /// What is left of it when its day of the week is named: `Monday` in front of a Tuesday is a slip in one of the two.
    fn on_weekday(self, word: Option<&str>) -> Option<Day> {
        let fits = |day: &NaiveDate| word.is_none_or(|word| built_in_dates().is_weekday(word, Some(*day)));
        match self {
            Day::On(day) => Some(day).filter(fits).map(Day::On),
            Day::Short { .. } => Some(self),
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
    let tokens = day_first(tokens);
    let (before, mut rest) = weekday(&tokens);
    let day = match day(&mut rest)? {
        Ok(Day::Open { day_first, month_first }) => match order {
            Some(Order::DayFirst) => Day::On(day_first),
            Some(Order::MonthFirst) => Day::On(month_first),
            None => Day::Open { day_first, month_first },
        },
        Ok(Day::Short { day_first, month_first }) => {
            let day = match order {
                Some(Order::DayFirst) => day_first,
                Some(Order::MonthFirst) => month_first,
                None => return Some(Written::ShortYear),
            };
            let Some(day) = day else { return Some(Written::NoSuch) };
            Day::On(day)
        }
        Ok(day) => day,
        Err(wrong) => return Some(wrong),
    };
    let (behind, rest) = weekday(rest);
    let Some(day) = day.on_weekday(before.or(behind)) else { return Some(Written::NoSuch) };
    // `30 Nov 2026 - 9:00`, `30 Nov 2026 @ 9:00`.
    let rest = match rest {
        [Token::Sign('-' | '\u{2013}' | '\u{2014}' | '@' | '|'), rest @ ..] => rest,
        rest => rest,
    };
    if rest.is_empty() {
        return Some(Written::NoTime);
    }
    let Some(time) = clock(rest)? else { return Some(Written::NoSuch) };
    Some(match day {
        Day::Short { .. } => Written::ShortYear,
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
            if one == two && matches!(year.len(), 2 | 4) =>
        {
            match (number(a)?, number(b)?) {
                // Of two digits each the first may be the year.
                (13..=31, 1..=12) if year.len() == 4 => Some(Order::DayFirst),
                (1..=12, 13..=31) => Some(Order::MonthFirst),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A time whose day may be either, as the order makes it clear. `None`: it is clear, or no time.
pub fn clear(text: &str, order: Order) -> Option<String> {
    let is_open = matches!(read(text, None, false)?, Written::Open { .. } | Written::ShortYear);
    match read(text, Some(order), false).filter(|_| is_open)? {
        Written::At(at) => Some(at.format("%Y-%m-%dT%H:%M").to_string()),
        _ => None,
    }
}

/// Whether a text says a day, with a time or without one.
pub fn is_moment(text: &str) -> bool {
    read(text, None, true).is_some()
}

/// The day that a session's text says, if day or month comes first; `None` where it says none.
pub fn day_of(text: &str) -> Option<SaidDay> {
    let iso = text.trim().get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    if iso.is_some() {
        return Some(SaidDay { day_first: iso, month_first: iso });
    }
    let in_order = |order| match read(text, Some(order), true)? {
        Written::At(at) => Some(at.date()),
        Written::NoTime => written_day(text, Some(order)),
        _ => None,
    };
    let says_day = !matches!(read(text, None, true)?, Written::NoSuch);
    says_day
        .then(|| SaidDay { day_first: in_order(Order::DayFirst), month_first: in_order(Order::MonthFirst) })
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
    if is_without_year(rest) {
        return Some(Err(Written::NoYear));
    }
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
        [Number(year), Number(month), Number(day), ..]
            if year.len() == 4 && month.len() <= 2 && day.len() <= 2 =>
        {
            (named(year, number(month)?, day), 3)
        }
        [Number(day), Word(nth), Word(month), Number(year), ..] if is_nth(nth) => {
            (named(year, month_of(month)?, day), 4)
        }
        [Word(month), Number(day), Word(nth), Number(year), ..] if is_nth(nth) => {
            (named(year, month_of(month)?, day), 4)
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

/// Whether a day of a month stands in front of a time of day, and no year with it.
fn is_without_year(tokens: &[Token]) -> bool {
    use Token::{Number, Sign, Word};
    match tokens {
        [Word(month), Number(_), rest @ ..] | [Number(_), Word(month), rest @ ..] => {
            let rest = match rest {
                [Word(nth), rest @ ..] if is_nth(nth) => rest,
                rest => rest,
            };
            month_of(month).is_some() && matches!(rest, [Number(_), Sign(':'), ..])
        }
        [Number(_), Sign(sign), Number(_), Number(_), Sign(':'), ..] => is_date_sign(*sign),
        _ => false,
    }
}

/// What stands behind the number of a day: `24th`, `1er`; and no half of a day.
fn is_nth(word: &str) -> bool {
    word.chars().count() == 2 && !["am", "pm", "at"].contains(&word)
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
        return short(a, b, number(year).filter(|_| year.len() == 2).ok_or(Written::ShortYear)?);
    }
    let year = number(year).unwrap_or(0);
    match (on(year, b, a), on(year, a, b)) {
        (Some(day), None) | (None, Some(day)) => Ok(Day::On(day)),
        (Some(day), Some(other)) if day == other => Ok(Day::On(day)),
        (Some(day_first), Some(month_first)) => Ok(Day::Open { day_first, month_first }),
        (None, None) => Err(Written::NoSuch),
    }
}

/// A day of two digits each: one that is a day in one order only, the year in front counted in, is that day.
fn short(a: u32, b: u32, c: u32) -> Result<Day, Written> {
    let (day_first, month_first) = (on(2000 + c, b, a), on(2000 + c, a, b));
    let mut all: Vec<NaiveDate> =
        [day_first, month_first, on(2000 + a, b, c)].into_iter().flatten().collect();
    all.sort_unstable();
    all.dedup();
    match all.as_slice() {
        [] => Err(Written::NoSuch),
        [only] => Ok(Day::On(*only)),
        _ => Ok(Day::Short { day_first, month_first }),
    }
}

fn on(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// The tokens with the day in front, where a time of day stands before it: `3:30 pm 11/24/2026`.
fn day_first(tokens: Vec<Token>) -> Vec<Token> {
    let is_day = |tokens: &[Token]| {
        let (_, mut rest) = weekday(tokens);
        matches!(day(&mut rest), Some(Ok(_))) && weekday(rest).1.is_empty()
    };
    let is_split = |at: &usize| {
        tokens
            .split_at_checked(*at)
            .is_some_and(|(time, day)| matches!(clock(time), Some(Some(_))) && is_day(day))
    };
    match (1..tokens.len()).rev().find(is_split) {
        Some(at) => [tokens.get(at..).unwrap_or_default(), tokens.get(..at).unwrap_or_default()].concat(),
        None => tokens,
    }
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
mod tests;
