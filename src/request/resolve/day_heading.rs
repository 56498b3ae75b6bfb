//! A row of a list that says a day and nothing else: those below it are of that day.

use super::written::{Written, read};
use crate::content::built_in_dates;
use crate::request::Order;
use chrono::{Datelike, NaiveDate};

/// Letters of a day of the week that may stand by itself, at least: shorter ones are names of people too.
const LONG_WORD: usize = 5;
/// The same of scripts that write a word with few signs.
const LONG_OTHER: usize = 3;
/// A time of day, for forms that are read with one alone.
const TIME: &str = "9:00";

/// Whether a text says a day, with signs or a label around it, and no time.
pub fn says_day(text: &str) -> bool {
    let text = bare(text);
    match read(text, None, false) {
        Some(Written::NoTime) => true,
        // A phone number, or another number in three parts, is no day.
        Some(Written::ShortYear | Written::NoSuch) => text.chars().any(char::is_alphabetic),
        Some(_) => false,
        None => is_without_year(text),
    }
}

/// Whether a day seems to stand among other words: `Monday 30 November: Ann`. Which one, nobody can be sure of.
pub fn may_say_day(text: &str) -> bool {
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let words = || text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let dates = built_in_dates();
    let is_of_days = |word: &str| {
        word.chars().count() >= SHORTEST && (dates.is_weekday(word, None) || dates.month_of(word).is_some())
    };
    let is_alone = bare(text).split_whitespace().count() == 1;
    let is_date = |part: &str| {
        let part = part.trim_matches(|sign: char| !sign.is_alphanumeric());
        let numbers: Vec<&str> = part.split(['/', '.', '-']).collect();
        // `12-1` is a time of day as often, and `12/1` among words a room or a share.
        let is_long = numbers.len() == 3 || numbers.len() == 2 && part.contains('/') && is_alone;
        let years = numbers.iter().filter(|one| one.len() == 4).count();
        is_long && years < 2 && numbers.iter().all(|one| matches!(one.len(), 1 | 2 | 4) && is_number(one))
    };
    words().any(|word| !is_number(&word) && is_of_days(word)) && words().any(|word| is_number(&word))
        || text.split_whitespace().any(is_date)
}

/// Letters of a word for a day of the week or a month, at least, as a date has it.
const SHORTEST: usize = 3;

/// Whether a text is the whole name of a day of the week.
pub fn is_weekday(text: &str) -> bool {
    let text = bare(text);
    let least = if text.is_ascii() { LONG_WORD } else { LONG_OTHER };
    text.chars().count() >= least && built_in_dates().is_weekday(text, None)
}

/// The day that is meant. One without a year, or a day of the week alone, is told by a day that somebody gave for the list.
pub fn day_said(text: &str, order: Option<Order>, near: Option<NaiveDate>) -> Option<NaiveDate> {
    let text = bare(text);
    let on = |text: &str| match read(&format!("{text} {TIME}"), order, false)? {
        Written::At(at) => Some(at.date()),
        _ => None,
    };
    if let Some(day) = on(text) {
        return Some(day);
    }
    let near = near?;
    if is_weekday(text) {
        return Some(near).filter(|day| built_in_dates().is_weekday(text, Some(*day)));
    }
    if !is_without_year(text) {
        return None;
    }
    let years = near.year() - 1..=near.year() + 1;
    let days = years.filter_map(|year| on(&format!("{text} {year}")));
    days.min_by_key(|day| (*day - near).num_days().abs())
}

fn is_without_year(text: &str) -> bool {
    read(&format!("{text} {TIME}"), None, false) == Some(Written::NoYear)
}

/// Without a rule around it (`— Monday —`) and a label in front (`Date: 30/11/2026`).
fn bare(text: &str) -> &str {
    // `Monday 30 November (continued)`.
    let text = match text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        Some((text, _)) if !text.trim().is_empty() => text,
        _ => text,
    };
    let text = text.trim_matches(|sign: char| !sign.is_alphanumeric());
    match text.split_once(": ") {
        Some((label, day)) if !label.bytes().any(|byte| byte.is_ascii_digit()) => day.trim(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_from_what_else_may_stand_alone() {
        for text in [
            "Monday 30 November 2026",
            "— Tuesday 1 December —",
            "Date: 30/11/2026",
            "03/04/2026",
            "2026-12-02",
            "Nov 30",
            "mardi 1 décembre 2026",
            "Monday 1 December 2026",
            "Tue 1 Dec 2026 (cont.)",
        ] {
            assert!(says_day(text), "{text}");
        }
        for text in
            ["Rachel", "Ann Lee", "9:00", "2026-11-30 9:00", "416-555-0101", "neck", "12", "Total: 3", ""]
        {
            assert!(!says_day(text) && !is_weekday(text), "{text}");
        }
        assert!(is_weekday("** Tuesday **") && is_weekday("星期一"));
        assert!(!is_weekday("Sam") && !is_weekday("Mar"), "names of people");
    }

    #[test]
    fn a_day_among_other_words_is_seen_and_not_taken() {
        for text in
            ["Monday 30 November: Ann", "1 Dec – Room 2", "Mon 30/11: Ann", "Day of 30.11.2026, part 2"]
        {
            assert!(may_say_day(text) && !says_day(text), "{text}");
        }
        assert!(may_say_day("30/11") && !may_say_day("Room 12/1"), "a number in two parts, alone and not");
        for text in
            ["Rachel", "Lunch", "Room 2", "Day total: 2", "Marie 2", "9:00", "416-555-0101", "Lunch 12-1", ""]
        {
            assert!(!may_say_day(text), "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_is_of_about_the_day_of_the_list() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        let near = day(2026, 11, 30);
        let said = |text| day_said(text, None, near);
        assert_eq!(day_said("Monday 30 November 2026", None, None), near);
        assert_eq!(said("Tuesday 1 December"), day(2026, 12, 1));
        assert_eq!(said("January 4"), day(2027, 1, 4));
        assert_eq!(day_said("Tuesday 1 December", None, None), None);
        assert_eq!((said("Monday"), said("Tuesday")), (near, None));
        assert_eq!((said("Monday 1 December 2026"), said("03/04/2026")), (None, None));
        assert_eq!(day_said("03/04/2026", Some(Order::DayFirst), None), day(2026, 4, 3));
    }
}
