//! Which half of the day a time is in, where a list leaves that out.

use super::tokens::{LONGEST, Token, number, tokens};
use super::written::{self, Written};
use super::{clock, offset};
use crate::content::built_in_dates;
use crate::request::Order;
use chrono::{NaiveTime, Timelike};
use std::ops::Range;

/// Hours that nobody has sessions in: a list that has them leaves out which half of the day it is.
const NIGHT: Range<u32> = 1..6;
/// Hours that such a list may mean in either half.
const EARLY: Range<u32> = 6..8;

/// Whether a time says that its list leaves out the half of the day.
pub fn leaves_it_out(text: &str) -> bool {
    bare_hour(text).is_some_and(|hour| NIGHT.contains(&hour))
}

/// Whether a time may be one of the evening in a list that leaves out the half of the day.
pub fn may_be_evening(text: &str) -> bool {
    bare_hour(text).is_some_and(|hour| EARLY.contains(&hour))
}

/// Whether a text says a half of the day and nothing else: `AM`, `p.m.`, `Afternoon`.
pub fn is_half(text: &str) -> bool {
    let half = bare_half(text);
    let is_letter = |letter: char| letter.is_alphabetic() || matches!(letter, '.' | ' ');
    let is_some = |time: &&str| joined(time, half).is_some();
    half.len() <= LONGEST && half.chars().all(is_letter) && TRIED.iter().any(is_some)
}

/// Times of which each half or part of a day has one.
const TRIED: [&str; 4] = ["1:00", "6:00", "9:00", "11:00"];

/// What a half of the day is to a time below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InHalf {
    /// The time leaves its half out: with that half.
    With(String),
    /// It says by itself what the half says, or is no time.
    Same,
    /// It is in the other half, or at night: nobody knows which of them is right.
    Other,
}

/// A time below a half of the day.
pub fn in_half(text: &str, half: &str) -> InHalf {
    let half = bare_half(half);
    if let Some(hour) = bare_hour(text).filter(|hour| (1..=12).contains(hour)) {
        return match joined(text, half) {
            Some((with, time)) if time.hour() % 12 == hour % 12 && time.hour() >= EARLY.start => {
                InHalf::With(with)
            }
            _ => InHalf::Other,
        };
    }
    let is_late = TRIED.iter().find_map(|tried| joined(tried, half)).map(|(_, time)| time.hour() >= NOON);
    match time_of(text).map(|time| time.hour() >= NOON) {
        Some(own) if is_late.is_some_and(|half| half != own) => InHalf::Other,
        _ => InHalf::Same,
    }
}

const NOON: u32 = 12;

fn bare_half(text: &str) -> &str {
    text.trim().trim_end_matches(':')
}

/// A time with a half of the day in front or behind, as languages write it, and the time of day that it is then.
fn joined(text: &str, half: &str) -> Option<(String, NaiveTime)> {
    let written = [format!("{text} {half}"), format!("{half} {text}"), format!("{half}{text}")];
    let found = |with: String| time_of(&with).map(|time| (with, time));
    if half.is_empty() { None } else { written.into_iter().find_map(found) }
}

/// The time of day of a text, with a day or without.
fn time_of(text: &str) -> Option<NaiveTime> {
    clock::alone(text).or_else(|| match written::read(text, Some(Order::DayFirst), false)? {
        Written::At(at) => Some(at.time()),
        _ => None,
    })
}

/// The hour of a text's first time of day, if nothing in the text says which half it is in: not of `6:30 am`, nor of a moment
/// with an offset, which a program wrote.
fn bare_hour(text: &str) -> Option<u32> {
    use Token::{Number, Sign, Word};
    if text.len() > LONGEST || !text.contains(':') || offset::is_said(text) {
        return None;
    }
    let tokens = tokens(text);
    let at = tokens
        .windows(3)
        .position(|three| matches!(three, [Number(_), Sign(':'), Number(minute)] if minute.len() == 2))?;
    let says_half = |token: &Token| match token {
        Word(word) => {
            ["am", "a", "pm", "p", "z"].contains(&word.as_str())
                || built_in_dates().part_of_day(word).is_some()
        }
        Number(_) | Sign(_) => false,
    };
    let is_of_program = tokens.contains(&Word("t".to_owned()));
    let has_offset = tokens.iter().skip(at).any(|token| matches!(token, Sign('+')))
        || is_of_program && tokens.iter().skip(at).any(|token| matches!(token, Sign('-')));
    match tokens.get(at)? {
        Number(hour) if !has_offset && !tokens.iter().any(says_half) => number(hour),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_of_the_day_stands_above_times() {
        for half in ["AM", "pm", "P.M.", "Afternoon", "Morning:", "下午"] {
            assert!(is_half(half), "{half}");
        }
        for text in ["", "Ann", "Pam", "9:00 AM", "neck", "Tuesday PM"] {
            assert!(!is_half(text), "{text}");
        }
        let with = |text: &str| InHalf::With(text.to_owned());
        for (time, half, found) in [
            ("1:30", "PM", with("1:30 PM")),
            ("9:00", "AM", with("9:00 AM")),
            ("2026-11-30 1:30", "pm", with("2026-11-30 1:30 pm")),
            ("12:15", "PM", with("12:15 PM")),
            ("1:30", "AM", InHalf::Other),
            ("13:30", "PM", InHalf::Same),
            ("13:30", "Afternoon", InHalf::Same),
            ("13:30", "AM", InHalf::Other),
            ("2026-11-30 13:30", "AM", InHalf::Other),
            ("1:30 PM", "AM", InHalf::Other),
            ("9:00 am", "PM", InHalf::Other),
            ("x", "PM", InHalf::Same),
        ] {
            assert_eq!(in_half(time, half), found, "{time} {half}");
        }
    }

    #[test]
    fn the_half_of_the_day_is_missed_where_nothing_says_it() {
        for text in ["1:30", "2026-11-30 5:15", "30/11/2026 01:30", "2026-11-30T03:00:00", "1:00 - 1:30"] {
            assert!(leaves_it_out(text) && !may_be_evening(text), "{text}");
        }
        for text in ["6:30", "2026-11-30 7:15", "2026-11-30T07:15:00", "7:00 - 7:30"] {
            assert!(may_be_evening(text) && !leaves_it_out(text), "{text}");
        }
        for text in
            ["", "9:30", "1:30 pm", "6:30 a.m.", "8:00", "18:30", "0:30", "2026-11-30T06:30Z", "2026-11-30"]
        {
            assert!(!leaves_it_out(text) && !may_be_evening(text), "{text}");
        }
        for text in [
            "2026-11-30T03:30-05:00",
            "2026-11-30 03:30+01:00",
            "2026-11-30 01:30:00 UTC",
            "2026-11-30 06:30:00 +0000 UTC",
            "30 Nov 2026 01:30 GMT",
            "30 Nov 2026 05:30 -0800",
            "下午3:30",
        ] {
            assert!(!leaves_it_out(text), "{text}");
        }
    }
}
