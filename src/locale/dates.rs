//! Days and clock times in a language's own way. A language is a file of data; no code path knows one.

use super::Zone;
use super::said::Said;
use chrono::{DateTime, Datelike, MappedLocalTime, NaiveDate, TimeDelta, TimeZone, Timelike};
use serde::Serialize;

/// A language's date words and the patterns that they stand in.
///
/// Patterns know `{weekday}`, `{wd}` (short), `{day}`, `{month}`, `{mon}` (short), `{year}`, `{time}` and, of [`Said`], `{part}`; `~` is
/// a no-break space (U+00A0) between a number and its unit.
///
/// Written out as data for a script, it is what says a moment and an end: [`DateWords::moment`], [`DateWords::until`] and
/// `yours.js` say the same.
#[derive(Clone, Debug, Serialize)]
pub struct DateWords {
    #[serde(skip)]
    pub tag: String,
    /// Monday first, as the other lists of days.
    pub weekdays: [String; 7],
    pub weekdays_short: [String; 7],
    pub months: [String; 12],
    pub months_short: [String; 12],
    /// What stands for day 1 of a month, where it is not "1".
    pub first_day: String,
    pub moment: String,
    /// Within a week of what counts, where a day of the week names one day, and later.
    #[serde(skip)]
    pub ticks: [String; 2],
    #[serde(skip)]
    pub day: String,
    /// A day with its year, and the time: what is to come, and when a session was.
    #[serde(skip)]
    pub visit: String,
    #[serde(skip)]
    pub month: String,
    /// The head of a day's column, and of one that names its month.
    #[serde(skip)]
    pub heads: [String; 2],
    pub clock: Clock,
    /// Ends as people say them; without it each has its date and time.
    pub said: Option<Said>,
}

/// How a language tells the time.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Clock {
    /// "3:30 pm". Noon has its name, because many readers take 12 pm for midnight, and no time is called midnight:
    /// that of a day can be its first minute or its last. The pattern has the places `{half}` (am or pm) and `{hour}`.
    TwelveHours {
        am: String,
        pm: String,
        noon: String,
        day_start: String,
        /// What stands in place of `pm` in the evening, in languages that call no evening an afternoon.
        #[serde(skip_serializing_if = "Option::is_none")]
        evening: Option<Evening>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
    },
    /// "15 h 30", "15 h"; with `hour_digits` of 2 "01:45".
    TwentyFourHours {
        separator: String,
        full_hour: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        hour_digits: Option<u8>,
    },
}

/// The evening as a clock of twelve hours says it.
#[derive(Clone, Debug, Serialize)]
pub struct Evening {
    pub name: String,
    /// Its first hour, of 24.
    pub from: u32,
}

impl Clock {
    /// The places of the pattern of twelve hours.
    pub const HOUR: &'static str = "{hour}";
    pub const HALF: &'static str = "{half}";
    /// Where a language has none of its own.
    pub const USUAL: &'static str = "{hour}~{half}";
}

impl DateWords {
    /// When something ends, with its date: "Thursday, Nov 26, 3:30 pm".
    pub fn moment(&self, end: &DateTime<Zone>) -> String {
        let end = said_end(end);
        self.fill(&self.moment, end.date_naive(), Some(&end))
    }

    /// "Tuesday, November 24, 2026".
    pub fn day(&self, date: NaiveDate) -> String {
        self.fill(&self.day, date, None)
    }

    /// "Tuesday, November 24, 2026, 3:30 pm".
    pub fn visit(&self, at: &DateTime<Zone>) -> String {
        self.fill(&self.visit, at.date_naive(), Some(at))
    }

    /// The head of a day's column: "Tue 24", or "Fri Nov 27".
    pub fn head(&self, date: NaiveDate, with_month: bool) -> String {
        self.fill(&self.heads[usize::from(with_month)], date, None)
    }

    /// "Nov 2026".
    pub fn month(&self, date: NaiveDate) -> String {
        self.fill(&self.month, date, None)
    }

    /// "Thu".
    pub fn weekday_short(&self, date: NaiveDate) -> &str {
        &self.weekdays_short[date.weekday().num_days_from_monday() as usize]
    }

    /// "Thursday".
    pub fn weekday(&self, date: NaiveDate) -> &str {
        &self.weekdays[date.weekday().num_days_from_monday() as usize]
    }

    /// When something is, beside its day: "3:30 pm". A reading that a change of clocks doubles carries its zone: "1:30 am EST".
    pub fn time(&self, at: &DateTime<Zone>) -> String {
        let mut text = String::with_capacity(16);
        self.push_time(&mut text, at);
        text
    }

    fn fill(&self, pattern: &str, date: NaiveDate, at: Option<&DateTime<Zone>>) -> String {
        self.fill_all(pattern, date, at, "")
    }

    pub(super) fn fill_end(&self, pattern: &str, at: &DateTime<Zone>, part: &str) -> String {
        self.fill_all(pattern, at.date_naive(), Some(at), part)
    }

    fn fill_all(&self, pattern: &str, date: NaiveDate, at: Option<&DateTime<Zone>>, part: &str) -> String {
        let mut text = String::with_capacity(40);
        let mut rest = pattern;
        let find = |text: &str, mark: u8| text.bytes().position(|byte| byte == mark);
        while let Some(start) = find(rest, b'{') {
            push_spaced(&mut text, &rest[..start]);
            let after = &rest[start + 1..];
            let (field, tail) =
                find(after, b'}').map_or((after, ""), |end| (&after[..end], &after[end + 1..]));
            match field {
                "part" => text.push_str(part),
                field => self.push_field(&mut text, field, date, at),
            }
            rest = tail;
        }
        push_spaced(&mut text, rest);
        text
    }

    fn push_field(&self, text: &mut String, field: &str, date: NaiveDate, at: Option<&DateTime<Zone>>) {
        let weekday = date.weekday().num_days_from_monday() as usize;
        match field {
            "weekday" => text.push_str(&self.weekdays[weekday]),
            "wd" => text.push_str(&self.weekdays_short[weekday]),
            "day" if date.day() == 1 => text.push_str(&self.first_day),
            "day" => push_number(text, date.day()),
            "month" => text.push_str(&self.months[date.month0() as usize]),
            "mon" => text.push_str(&self.months_short[date.month0() as usize]),
            "year" => text.push_str(&date.year().to_string()),
            _ => at.into_iter().for_each(|at| self.push_time(text, at)),
        }
    }

    /// A time of any day, minutes from midnight: "8 am". The last moment of a day is not said as the first.
    pub fn time_of_day(&self, minutes: u16) -> String {
        let minutes = u32::from(minutes).min(24 * 60 - 1);
        let mut text = String::with_capacity(16);
        self.push_clock(&mut text, minutes / 60, minutes % 60);
        text
    }

    fn push_time(&self, text: &mut String, at: &DateTime<Zone>) {
        self.push_clock(text, at.hour(), at.minute());
        if is_doubled(at) {
            text.push('\u{a0}');
            text.push_str(&at.timezone().abbreviation(at.to_utc()));
        }
    }

    fn push_clock(&self, text: &mut String, hour: u32, minute: u32) {
        match &self.clock {
            Clock::TwelveHours { noon, .. } if (hour, minute) == (12, 0) => push_spaced(text, noon),
            Clock::TwelveHours { day_start, .. } if (hour, minute) == (0, 0) => push_spaced(text, day_start),
            Clock::TwelveHours { am, pm, evening, pattern, .. } => {
                let late = evening.as_ref().filter(|evening| hour >= evening.from);
                let half = if hour < 12 { am } else { late.map_or(pm, |evening| &evening.name) };
                let pattern = pattern.as_deref().unwrap_or(Clock::USUAL);
                let (before, after) = match pattern.strip_prefix(Clock::HOUR) {
                    Some(after) => ("", after),
                    None => pattern.split_once(Clock::HOUR).unwrap_or(("", pattern)),
                };
                push_half(text, before, half);
                push_number(text, (hour + 11) % 12 + 1);
                // "8 am", as people say it.
                if minute > 0 {
                    push_minutes(text, ':', minute);
                }
                push_half(text, after, half);
            }
            Clock::TwentyFourHours { separator, full_hour, hour_digits } => {
                let digits = usize::from(hour_digits.unwrap_or(1));
                text.push_str(&format!("{hour:0digits$}"));
                if minute == 0 {
                    push_spaced(text, full_hour);
                } else {
                    push_spaced(text, separator);
                    text.push_str(&format!("{minute:02}"));
                }
            }
        }
    }
}

/// An end at midnight is said as the last minute of the day before: readers take "midnight, Wednesday" for 24 hours
/// later than it is (and "0 h" too). A minute early, so that what says when to call never comes later.
pub(super) fn said_end(end: &DateTime<Zone>) -> DateTime<Zone> {
    match (end.hour(), end.minute()) {
        (0, 0) => end.checked_sub_signed(TimeDelta::minutes(1)).unwrap_or(*end),
        _ => *end,
    }
}

/// Whether the wall clock shows this time twice, because the clocks go back.
fn is_doubled(at: &DateTime<Zone>) -> bool {
    let readings = at.timezone().offset_from_local_datetime(&at.naive_local());
    matches!(readings, MappedLocalTime::Ambiguous(..))
}

/// A part of the clock's pattern with the half of the day in its place.
fn push_half(text: &mut String, mut pattern: &str, half: &str) {
    // A search for a word costs more to begin than to look for the letter that it begins with.
    while let Some(at) = pattern.bytes().position(|byte| byte == b'{') {
        let begins = pattern[at..].strip_prefix(Clock::HALF).map(|after| (&pattern[..at], after));
        let Some((before, after)) = begins.or_else(|| pattern.split_once(Clock::HALF)) else { break };
        push_spaced(text, before);
        push_spaced(text, half);
        pattern = after;
    }
    push_spaced(text, pattern);
}

fn push_spaced(text: &mut String, mut pattern: &str) {
    while let Some(at) = pattern.bytes().position(|byte| byte == b'~') {
        text.push_str(&pattern[..at]);
        text.push('\u{a0}');
        pattern = &pattern[at + 1..];
    }
    text.push_str(pattern);
}

fn push_minutes(text: &mut String, separator: char, minute: u32) {
    text.push(separator);
    if minute < 10 {
        text.push('0');
    }
    push_number(text, minute);
}

/// Numbers of a date have one or two digits.
fn push_number(text: &mut String, number: u32) {
    if number >= 10 {
        text.extend(char::from_digit(number / 10 % 10, 10));
    }
    text.extend(char::from_digit(number % 10, 10));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::built_in_dates;
    use crate::locale::Language;
    use chrono::Utc;
    use std::sync::Arc;

    fn english() -> Arc<DateWords> {
        built_in_dates().of(&Language::new("en")).unwrap().clone()
    }

    fn french() -> Arc<DateWords> {
        built_in_dates().of(&Language::new("fr")).unwrap().clone()
    }

    fn toronto(utc: &str) -> DateTime<Zone> {
        utc.parse::<DateTime<Utc>>().unwrap().with_timezone(&Zone::named("America/Toronto").unwrap())
    }

    /// As a reader sees it, with `~` for the no-break space.
    fn seen(text: &str) -> String {
        text.replace('\u{a0}', "~")
    }

    #[test]
    fn english_days_and_times() {
        let at = toronto("2026-11-26T20:30:00Z");
        assert_eq!(seen(&english().moment(&at)), "Thursday,~Nov~26, 3:30~pm");
        assert_eq!(seen(&english().day(at.date_naive())), "Thursday,~November~26,~2026");
        assert_eq!(english().month(at.date_naive()), "Nov 2026");
        assert_eq!(english().weekday(at.date_naive()), "Thursday");
    }

    #[test]
    fn french_days_and_times() {
        let at = toronto("2026-12-01T20:30:00Z");
        assert_eq!(seen(&french().moment(&at)), "mardi~1er~déc., 15~h~30");
        assert_eq!(seen(&french().time(&toronto("2026-12-01T20:00:00Z"))), "15~h");
        assert_eq!(seen(&french().day(at.date_naive())), "mardi~1er~décembre 2026");
        assert_eq!(built_in_dates().of(&Language::new("fr-CA")).unwrap().tag, "fr");
    }

    #[test]
    fn an_end_at_midnight_belongs_to_the_day_before() {
        let midnight = toronto("2026-11-25T05:00:00Z");
        assert_eq!(seen(&english().moment(&midnight)), "Tuesday,~Nov~24, 11:59~pm");
        assert_eq!(seen(&french().moment(&midnight)), "mardi~24~nov., 23~h~59");
        let year = toronto("2027-01-01T05:00:30Z");
        assert_eq!(seen(&english().moment(&year)), "Thursday,~Dec~31, 11:59~pm");
        let later = toronto("2026-11-25T05:01:00Z");
        assert_eq!(seen(&english().moment(&later)), "Wednesday,~Nov~25, 12:01~am");
    }

    #[test]
    fn a_midnight_that_a_clock_change_doubles_is_still_the_minute_before() {
        let havana = |utc: &str| {
            utc.parse::<DateTime<Utc>>().unwrap().with_timezone(&Zone::named("America/Havana").unwrap())
        };
        assert_eq!(seen(&english().moment(&havana("2027-11-07T04:00:00Z"))), "Saturday,~Nov~6, 11:59~pm");
        assert_eq!(seen(&english().moment(&havana("2027-11-07T05:00:00Z"))), "Sunday,~Nov~7, 12:59~am~CDT");
    }

    #[test]
    fn noon_and_the_start_of_a_day_have_names() {
        assert_eq!(seen(&english().time(&toronto("2026-11-24T17:00:00Z"))), "noon");
        assert_eq!(seen(&english().moment(&toronto("2026-11-24T17:00:00Z"))), "Tuesday,~Nov~24, noon");
        assert_eq!(english().time(&toronto("2026-11-24T05:00:00Z")), "start of the day");
        assert_eq!(seen(&french().time(&toronto("2026-11-24T05:00:00Z"))), "0~h");
        assert_eq!(seen(&english().time(&toronto("2026-11-24T05:05:00Z"))), "12:05~am");
        assert_eq!(seen(&english().time(&toronto("2026-11-24T17:30:00Z"))), "12:30~pm");
    }

    #[test]
    fn an_hour_has_the_digits_that_its_language_writes() {
        let mut words = (*french()).clone();
        words.clock =
            Clock::TwentyFourHours { separator: ":".into(), full_hour: ":00".into(), hour_digits: Some(2) };
        assert_eq!(words.time(&toronto("2026-11-24T06:45:00Z")), "01:45");
        assert_eq!(words.time(&toronto("2026-11-24T13:00:00Z")), "08:00");
        assert_eq!(words.time(&toronto("2026-11-24T20:30:00Z")), "15:30");
        assert_eq!(words.time_of_day(0), "00:00");
        assert_eq!(seen(&french().time(&toronto("2026-11-24T06:45:00Z"))), "1~h~45");
    }

    #[test]
    fn what_says_morning_or_afternoon_stands_where_the_pattern_says() {
        let mut words = (*english()).clone();
        let Clock::TwelveHours { am, pm, pattern, .. } = &mut words.clock else { panic!("twelve hours") };
        (*am, *pm, *pattern) = ("上午".into(), "下午".into(), Some("{half}{hour}".into()));
        words.visit = "{year}年{mon}{day}日{time}".into();
        assert_eq!(words.time(&toronto("2026-11-24T20:30:00Z")), "下午3:30");
        assert_eq!(words.visit(&toronto("2026-11-24T14:00:00Z")), "2026年Nov24日上午9");
        assert_eq!(
            seen(&english().visit(&toronto("2026-11-24T20:30:00Z"))),
            "Tuesday,~November~24,~2026, 3:30~pm"
        );
    }

    #[test]
    fn a_doubled_hour_names_its_zone() {
        assert_eq!(seen(&english().time(&toronto("2026-11-01T05:30:00Z"))), "1:30~am~EDT");
        assert_eq!(seen(&english().time(&toronto("2026-11-01T06:30:00Z"))), "1:30~am~EST");
        assert_eq!(seen(&english().time(&toronto("2026-11-01T07:30:00Z"))), "2:30~am");
    }

    #[test]
    fn a_language_without_date_words_has_none() {
        assert!(built_in_dates().of(&Language::new("de")).is_none());
    }

    #[test]
    fn an_evening_has_its_own_word_where_it_is_no_afternoon() {
        let mut words = (*english()).clone();
        let Clock::TwelveHours { evening, .. } = &mut words.clock else { panic!("twelve hours") };
        *evening = Some(Evening { name: "tonight".into(), from: 18 });
        assert_eq!(seen(&words.time(&toronto("2026-11-24T22:59:00Z"))), "5:59~pm");
        assert_eq!(seen(&words.time(&toronto("2026-11-24T23:00:00Z"))), "6~tonight");
        assert_eq!(words.part_of_day("tonight"), Some((18, 24)));
    }
}
