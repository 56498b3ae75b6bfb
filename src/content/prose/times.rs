//! Times of day, and days of the calendar as limits: "6:30 pm", "half past six", "until Tuesday".

use super::ProseWords;
use super::letters::{gap, longest, starts};
use super::numbers::number_at;
use crate::letter::{is_letter, is_letter_or_digit};
use crate::locale::DateWords;

/// Offset and length of each, in order.
pub fn times(text: &str, words: &ProseWords, dates: Option<&DateWords>) -> Vec<(usize, usize)> {
    let numbered = starts(text).filter_map(|at| Some((at, time_at(&text[at..], words)?)));
    let named = words.moments.said(text).map(|((), at, length)| (at, length));
    let told = words.clock_before.said(text).filter_map(|((), at, length)| {
        let hour = at + length + gap(&text[at + length..]);
        hour_at(&text[hour..], words).map(|length| (at, hour + length - at))
    });
    let limits = words.limits.said(text).filter_map(|((), at, length)| {
        let day = at + length + gap(&text[at + length..]);
        day_at(&text[day..], dates?).map(|length| (at, day + length - at))
    });
    let dated = starts(text).filter_map(|at| {
        let (length, has_year) = in_digits(&text[at..])?;
        has_year.then_some((at, length))
    });
    let bare = words.until.said(text).filter_map(|((), at, length)| {
        let hour = at + length + gap(&text[at + length..]);
        let month = || dates.and_then(|dates| month_at(&text[hour..], dates));
        bare_at(&text[hour..], words).or_else(month).map(|length| (hour, length))
    });
    let mut all: Vec<(usize, usize)> =
        numbered.chain(named).chain(told).chain(limits).chain(dated).chain(bare).collect();
    all.sort_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)));
    let idioms: Vec<(usize, usize)> =
        words.idioms.said(text).map(|((), at, length)| (at, at + length)).collect();
    all.retain(|(at, _)| !idioms.iter().any(|(from, to)| (*from..*to).contains(at)));
    let mut end = 0;
    all.retain(|(at, length)| {
        let is_new = *at >= end;
        end = end.max(at + length);
        is_new
    });
    all
}

const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

fn time_at(text: &str, words: &ProseWords) -> Option<usize> {
    let (_, hour) = number_at(text, words)?;
    let minutes = || {
        let rest = text[hour..].trim_start_matches(SPACES);
        let rest = words.clock_between.iter().find_map(|mark| rest.strip_prefix(mark.as_str()))?;
        let rest = rest.trim_start_matches(SPACES);
        let count = rest.bytes().take_while(u8::is_ascii_digit).count();
        let is_hour = hour <= 2 && text[..hour].bytes().all(|byte| byte.is_ascii_digit());
        (is_hour && count == 2 && rest.as_bytes()[0] < b'6').then(|| text.len() - rest.len() + count)
    };
    let end = minutes();
    let behind = end.unwrap_or(hour);
    let behind = behind + gap(&text[behind..]);
    let named = longest(words.clock.said_at(&text[behind..])).map(|(_, length)| behind + length);
    named.or(end)
}

/// An hour of twelve.
fn hour_at(text: &str, words: &ProseWords) -> Option<usize> {
    let (hour, length) = number_at(text, words)?;
    (1.0..=12.0).contains(&hour).then_some(length)
}

/// A number alone behind "until": nothing is counted with it.
fn bare_at(text: &str, words: &ProseWords) -> Option<usize> {
    let (hour, length) = number_at(text, words)?;
    let behind = length + gap(&text[length..]);
    let part = longest(words.day_parts.said_at(&text[behind..])).map(|(_, length)| behind + length);
    part.or(ends(&text[length..]).then_some(length)).filter(|_| (0.0..=24.0).contains(&hour))
}

/// Whether a clause ends here.
fn ends(text: &str) -> bool {
    let mut rest = text.trim_start().chars();
    match rest.next() {
        Some(mark) => ".,;:!?)".contains(mark) && !rest.next().is_some_and(|next| next.is_ascii_digit()),
        None => true,
    }
}

/// A day of the week, or of a month.
fn day_at(text: &str, dates: &DateWords) -> Option<usize> {
    let weekday = dates.weekdays.iter().find_map(|name| name_at(text, name, false));
    // "Sun" and "Sat" are words as well: only as the language writes the day.
    let short = || dates.weekdays_short.iter().find_map(|name| name_at(text, name, true));
    weekday.or_else(short).or_else(|| date_at(text, dates))
}

fn month_at(text: &str, dates: &DateWords) -> Option<usize> {
    let all = dates.months.iter().chain(&dates.months_short);
    all.filter_map(|name| name_at(text, name, true)).max()
}

/// Letters that make a number an ordinal, or stand between a day and its month, at most.
const SMALL: usize = 3;

/// `3 May`, `May 3`, `2026-05-03`, `3/5`, `3.5.2026`, `the 3rd`.
fn date_at(text: &str, dates: &DateWords) -> Option<usize> {
    let month = |text: &str| month_at(text, dates);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    if let Some(length) = month(text) {
        // "Dec. 2"
        let short = length + usize::from(text[length..].starts_with('.'));
        let day = short + gap(&text[short..]);
        let count = digits(&text[day..]);
        return (1..=2).contains(&count).then_some(day + count);
    }
    let count = digits(text);
    if count == 4 {
        let groups: Vec<usize> = text.split(['-', '/', '.']).take(3).map(digits).collect();
        return (groups == [4, 2, 2]).then_some(10);
    }
    if let Some((length, _)) = in_digits(text) {
        return Some(length);
    }
    let ordinal: usize = text[count..].chars().take_while(|c| is_letter(*c)).map(char::len_utf8).sum();
    if !(1..=2).contains(&count) {
        return None;
    }
    let behind = count + ordinal + gap(&text[count + ordinal..]);
    // "2 de diciembre"
    let word: usize = text[behind..].chars().take_while(|c| is_letter(*c)).map(char::len_utf8).sum();
    let over = behind + word + gap(&text[behind + word..]);
    let of_month = month(&text[behind..]).map(|length| behind + length);
    let of_month = of_month.or_else(|| {
        let length = month(&text[over..]).filter(|_| word > 0 && word <= SMALL)?;
        Some(over + length)
    });
    let is_ordinal = ordinal > 0 && ordinal <= SMALL && ends(&text[count + ordinal..]);
    of_month.or(is_ordinal.then_some(count + ordinal))
}

/// A day and a month, in either order: its length, and whether a year stands behind.
fn in_digits(text: &str) -> Option<(usize, bool)> {
    let run = |at: usize| text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let number = |at: usize, length: usize| text[at..at + length].parse::<u32>().ok();
    let first = run(0);
    let mark = text[first..].chars().next().filter(|mark| "/.-".contains(*mark))?;
    let second = run(first + 1);
    let (one, other) = (number(0, first)?, number(first + 1, second)?);
    let is_day = (1..=31).contains(&one.max(other)) && (1..=12).contains(&one.min(other));
    if !is_day || first > 2 || second > 2 {
        return None;
    }
    let end = first + 1 + second;
    let year = text[end..].starts_with(mark).then(|| run(end + 1)).filter(|year| [2, 4].contains(year));
    // `6.5` is a number, `24-48` a range: a year, a slash, or a nought in front makes a day of it.
    let length = year.map_or(end, |year| end + 1 + year);
    let is_padded =
        first == 2 && second == 2 && (text.starts_with('0') || text[first + 1..].starts_with('0'));
    (year.is_some() || mark == '/' || is_padded).then_some((length, year.is_some()))
}

/// A whole word.
fn name_at(text: &str, name: &str, as_written: bool) -> Option<usize> {
    let name = name.trim_end_matches('.');
    let length: usize = text.chars().take(name.chars().count()).map(char::len_utf8).sum();
    let written = &text[..length];
    let is_same = written == name || !as_written && written.to_lowercase() == name.to_lowercase();
    let is_whole = !text[length..].starts_with(is_letter_or_digit);
    (is_same && is_whole && !name.is_empty()).then_some(length)
}
