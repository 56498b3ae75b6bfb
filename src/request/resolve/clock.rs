//! Times of day as lists write them: `3:30 pm`, `15 h 30`, `1530`, `9:00 – 9:30`.

use super::serial;
use super::tokens::{LONGEST, Token, number, tokens};
use crate::content::built_in_dates;
use chrono::NaiveTime;

/// Signs between the begin and the end of an appointment.
const TO: [char; 3] = ['-', '\u{2013}', '\u{2014}'];

/// A half of the day, by the hours before its twelve, or a part of one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
    /// From an hour to another: only times in it.
    Part(u32, u32),
}

impl Half {
    fn of(word: &str) -> Option<Half> {
        match word {
            "am" | "a" => Some(Half::Morning),
            "pm" | "p" => Some(Half::Afternoon),
            word => built_in_dates().part_of_day(word).map(|(from, to)| Half::Part(from, to)),
        }
    }

    fn begins_late(self) -> bool {
        match self {
            Half::Morning => false,
            Half::Afternoon => true,
            Half::Part(from, _) => from >= NOON,
        }
    }

    /// The hour of the day of one of the clock.
    fn hour(self, hour: u32) -> u32 {
        hour % NOON + if self.begins_late() { NOON } else { 0 }
    }

    fn has(self, time: NaiveTime) -> bool {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
        match self {
            Half::Morning | Half::Afternoon => true,
            // No time is the end of the day.
            Half::Part(from, to) => {
                hour(from).is_some_and(|from| from <= time) && hour(to).is_none_or(|to| time <= to)
            }
        }
    }
}

/// A time of day that ends the text; of an appointment's begin and end, its begin. `Some(None)`: there is none such.
pub fn clock(tokens: &[Token]) -> Option<Option<NaiveTime>> {
    let is_to = |token: &Token| matches!(token, Token::Sign(sign) if TO.contains(sign));
    if let [Token::Word(word), rest @ ..] = tokens {
        let mut parts = rest.splitn(2, is_to);
        let begin = parts.next()?;
        // What is no time is no end: a day, or somebody's name.
        if let Some(end) = parts.next() {
            let end = match end {
                [Token::Word(word), end @ ..] => one(end, Some(part(word)?))?,
                end => one(end, None)?,
            };
            if end.is_none() {
                return Some(None);
            }
        }
        return one(begin, Some(part(word)?));
    }
    let mut parts = tokens.splitn(2, is_to);
    let (Some(begin), Some(end)) = (parts.next(), parts.next()) else { return one(tokens, None) };
    let Some(end_at) = one(end, None)? else { return Some(None) };
    let (bare, half) = half(begin);
    match (half, self::half(end).1) {
        // `1:00 - 1:30 pm` says once for both which half it is; `11:30 - 12:15 pm` began in the other one, and what ends in a
        // part of a half may begin before that part.
        (None, Some(of_end)) => {
            let of = |half: Half| one(bare, Some(half)).flatten().filter(|begin| *begin < end_at);
            let late = || of(Half::Afternoon).filter(|_| of_end.begins_late());
            Some(of(of_end).or_else(late).or_else(|| of(Half::Morning)))
        }
        // `9-9:30`: the end says that the begin is an hour.
        (None, None)
            if let [Token::Number(hour)] = begin
                && hour.len() <= 2 =>
        {
            Some(NaiveTime::from_hms_opt(number(hour)?, 0, 0).filter(|begin| *begin < end_at))
        }
        _ => one(begin, None),
    }
}

/// The part of the day that a word in front of a time names.
fn part(word: &str) -> Option<Half> {
    built_in_dates().part_of_day(word).map(|(from, to)| Half::Part(from, to))
}

const NOON: u32 = 12;

/// What says behind a time in which half of the day it is.
fn half(tokens: &[Token]) -> (&[Token], Option<Half>) {
    match tokens {
        [rest @ .., Token::Word(word)] if !rest.is_empty() => match Half::of(word) {
            Some(half) => (rest, Some(half)),
            None => (tokens, None),
        },
        tokens => (tokens, None),
    }
}

/// `given`: the half of the day that is said elsewhere.
fn one(tokens: &[Token], given: Option<Half>) -> Option<Option<NaiveTime>> {
    use Token::{Number, Sign, Word};
    let (tokens, half) = half(tokens);
    let half = half.or(given);
    let (hour, minute, second) = match tokens {
        [Number(hour)] if half.is_some() => (hour.as_str(), "0", "0"),
        // As the clock of a day of 24 hours without its sign.
        [Number(both)] if matches!(both.len(), 3 | 4) => {
            let (hour, minute) = both.split_at(both.len() - 2);
            (hour, minute, "0")
        }
        [Number(hour), Sign(':' | '.'), Number(minute)] if minute.len() == 2 => {
            (hour.as_str(), minute.as_str(), "0")
        }
        [Number(hour), Sign(':'), Number(minute), Sign(':'), Number(second)]
        | [Number(hour), Sign(':'), Number(minute), Sign(':'), Number(second), Sign('.'), Number(_)]
            if minute.len() == 2 && second.len() == 2 =>
        {
            (hour.as_str(), minute.as_str(), second.as_str())
        }
        [Number(hour), Word(h)] if h == "h" && half.is_none() => (hour.as_str(), "0", "0"),
        [Number(hour), Word(h), Number(minute)] if h == "h" && half.is_none() && minute.len() == 2 => {
            (hour.as_str(), minute.as_str(), "0")
        }
        _ => return None,
    };
    let hour = match (number(hour)?, half) {
        (hour @ 1..=NOON, Some(half)) => half.hour(hour),
        (_, Some(_)) => return Some(None),
        (hour, None) => hour,
    };
    let time = NaiveTime::from_hms_opt(hour, number(minute)?, number(second)?);
    Some(time.filter(|time| half.is_none_or(|half| half.has(*time))))
}

/// The time of day that a text is, with nothing else.
pub fn alone(text: &str) -> Option<NaiveTime> {
    if text.len() > LONGEST {
        return None;
    }
    clock(&tokens(text)).flatten()
}

/// Whether a text is a time of day by its form; a number alone may count anything.
pub fn is_clock(text: &str) -> bool {
    alone(text).is_some() && !is_number(text)
}

/// Whether a text is a number that may be a time of day: `0930`, `9.30`, a share of a day.
pub fn may_be_clock(text: &str) -> bool {
    serial::is_share(text) || is_number(text) && alone(text).is_some()
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        alone(text).map_or_else(String::new, |time| time.format("%H:%M").to_string())
    }

    #[test]
    fn a_time_of_day_is_read_as_lists_write_it() {
        for text in ["9:30", "9:30 AM", "9h30", "9 h 30", "0930", "930", "9.30", "9:30 a.m.", "09:30:00"] {
            assert_eq!(said(text), "09:30", "{text}");
        }
        for text in ["1530", "15.30", "3:30 pm", "15h30", "3.30 pm"] {
            assert_eq!(said(text), "15:30", "{text}");
        }
        for text in ["", "9", "15", "9.3", "2561", "9.305", "30/11", "9:30 x", "12345", "13:00 pm"] {
            assert_eq!(said(text), "", "{text}");
        }
    }

    #[test]
    fn of_a_begin_and_an_end_the_begin_counts() {
        for (text, begin) in [
            ("9:00 - 9:30", "09:00"),
            ("9:00-9:30 AM", "09:00"),
            ("1:00 \u{2013} 1:30 pm", "13:00"),
            ("11:30 - 12:15 pm", "11:30"),
            ("11:30 AM - 12:15 PM", "11:30"),
            ("0900-0930", "09:00"),
            ("12:30 - 1:00 pm", "12:30"),
            ("9-9:30", "09:00"),
            ("9-9:30 am", "09:00"),
        ] {
            assert_eq!(said(text), begin, "{text}");
        }
        for text in ["9:00 -", "- 9:30", "9:00 - x", "11-24", "9:00 - 9:30 - 10:00", "10-5:30"] {
            assert_eq!(said(text), "", "{text}");
        }
    }

    #[test]
    fn the_part_of_the_day_may_stand_in_front() {
        for (text, time) in [
            ("上午9:00", "09:00"),
            ("下午 3:30", "15:30"),
            ("下午3:30-4:00", "15:30"),
            ("下午12:30-1:00", "12:30"),
            ("上午11:30 - 下午12:30", "11:30"),
            ("晚上8:00", "20:00"),
            ("中午12:00", "12:00"),
        ] {
            assert_eq!(said(text), time, "{text}");
        }
        for text in ["晚上12:00", "上午3:00", "下午15:30", "上午", "word 9:00"] {
            assert_eq!(said(text), "", "{text}");
        }
        for text in [
            "下午3:30 - 2026-12-05",
            "上午9:00-Rachel 2",
            "上午9:00-",
            "上午9:00-9:30-10:00",
            "上午9:00 - word 9:30",
            "上午9:00-25:00",
        ] {
            assert_eq!(said(text), "", "{text}");
        }
    }

    #[test]
    fn the_part_of_the_day_may_stand_behind() {
        for (text, time) in [
            ("8 شب", "20:00"),
            ("شب 8:30", "20:30"),
            ("11:30 شب", "23:30"),
            ("5:30 - 6:30 شب", "17:30"),
            ("8:00 - 8:30 شب", "20:00"),
            ("11:30 صبح - 12:15 بعدازظهر", "11:30"),
            ("12 ظهر", "12:00"),
            ("3:30下午", "15:30"),
            ("8 soir", "20:00"),
        ] {
            assert_eq!(said(text), time, "{text}");
        }
        // Midnight, and the small hours: no noon, and no afternoon.
        for text in ["12 شب", "1:30 شب", "شب 12:00", "شب", "ظهر"] {
            assert_eq!(said(text), "", "{text}");
        }
    }

    #[test]
    fn a_number_alone_is_a_time_of_day_by_its_columns_name_only() {
        for text in ["0930", "9.30", "0.375", "1015"] {
            assert!(may_be_clock(text) && !is_clock(text), "{text}");
        }
        assert!(is_clock("9:30") && !may_be_clock("9:30") && !may_be_clock("46350"));
    }
}
