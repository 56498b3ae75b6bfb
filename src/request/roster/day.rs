//! The day of a list that has times of day alone: a day sheet says it once, in its title or nowhere.

use super::Row;
use super::headed::Head;
use super::time_alone::alone;
use crate::options::keys::{Key, Keys};
use crate::request::resolve::{Behind, day_said, order_of, says_morning, written_day};
use crate::request::{Orders, OwnDays};
use chrono::NaiveDate;

/// Why a row has no day where others have.
const OTHERS: &str = "other rows have days of their own: write the day in this one too";
/// In front of its time.
const NO_DAY: &str = "which day?";

/// Times before it may be in either half of the day.
const DAYTIME: &str = "08:00";
/// The hour that clocks of twelve hours write as 12 in the morning.
const MIDNIGHT: &str = "00";

/// Letters of a cell that may say a day.
const LONGEST: usize = 120;

/// Which day a list is of, as somebody writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListDay {
    Today,
    On(NaiveDate),
}

impl ListDay {
    /// `today`, or a day in the form of ISO 8601.
    pub fn parse(text: &str) -> Option<ListDay> {
        match text.trim() {
            "today" => Some(ListDay::Today),
            day if day.len() == 10 => NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().map(ListDay::On),
            _ => None,
        }
    }

    pub fn date(self, today: NaiveDate) -> NaiveDate {
        match self {
            ListDay::Today => today,
            ListDay::On(day) => day,
        }
    }
}

/// Whether a cell may say a day: one with a sign for it, or a time that begins with one.
pub fn may_have_day(cell: &str) -> bool {
    cell.bytes().any(|byte| byte.is_ascii_digit())
}

/// The day of a row's time of day: what a row above says, or the list's. Where that cannot be told, it is no other one: in a list
/// that writes each day in its first row alone, it is that of a row above.
pub(super) fn of(row: &Row, orders: &Orders, list: Option<NaiveDate>) -> Option<NaiveDate> {
    match &row.under.day {
        Some(under) => match &under.head {
            Head::Day(said) => day_said(said, orders.session_at, list),
            _ => None,
        },
        None => list.filter(|day| orders.leave(*day)),
    }
}

/// Puts the day in front of the session's time of day, if that is all that the row says of it.
pub(super) fn put(day: NaiveDate, row: &mut Row, columns: &[&str], keys: &Keys) {
    let put = |text: &mut String| {
        if let Some(time) = alone(text) {
            // Who wrote that it is in the morning is not asked if it is; half past midnight is most often a slip for noon.
            let is_said = says_morning(text) && *time < *DAYTIME && !time.starts_with(MIDNIGHT);
            let half = if is_said { " am" } else { "" };
            let sign = if half.is_empty() { 'T' } else { ' ' };
            // A zone's name behind it is held against the clinic's on that day.
            let behind = Behind::of(text).filter(|behind| behind.known().is_some());
            *text = match behind.as_ref().and_then(Behind::known) {
                Some(word) => format!("{} {time}{half} {word}", day.format("%Y-%m-%d")),
                None => format!("{}{sign}{time}{half}", day.format("%Y-%m-%d")),
            };
        }
    };
    for (_, given) in row.raw.given_mut(keys).filter(|(key, _)| is_session(key)) {
        put(&mut given.value);
    }
    sessions(row, columns, keys).for_each(put);
}

/// Keeps what the row above says with a time of day whose day it does not tell, or that others have days: in a list of failed
/// rows the time would stand under no heading and beside no day, and get the day of that list.
pub(super) fn keep_heading(row: &mut Row, columns: &[&str], keys: &Keys) {
    let (told, words) = match &row.under.day {
        Some(under) => (under.told(), under.words()),
        None if row.raw.orders.own_days != OwnDays::None => (OTHERS.to_owned(), NO_DAY.to_owned()),
        None => return,
    };
    if row.raw.one("session.at").is_some_and(|given| alone(&given.value).is_some()) {
        row.raw.orders.no_day = Some(told.into());
    }
    for cell in sessions(row, columns, keys).filter(|cell| alone(cell).is_some()) {
        cell.insert_str(0, &format!("{words} "));
    }
}

fn is_session(key: &Key) -> bool {
    key.path == "session.at"
}

/// The cells of a row, as a list of failed rows has them, that say when its session is.
fn sessions<'r>(row: &'r mut Row, columns: &[&str], keys: &Keys) -> impl Iterator<Item = &'r mut String> {
    let is_column = |column: &&str| keys.of_column(column).is_some_and(|key| is_session(key));
    let cells = columns.iter().zip(&mut row.given).filter(|(column, _)| is_column(column));
    cells.map(|(_, cell)| cell).collect::<Vec<_>>().into_iter()
}

/// The day that a title says: `Day sheet: Monday 30 November 2026`. One that may be either of two is none.
pub(super) fn of_title(cell: &str) -> Option<NaiveDate> {
    if cell.len() > LONGEST {
        return None;
    }
    let starts = cell.char_indices().filter(|(at, _)| *at == 0 || cell[..*at].ends_with([' ', ':', '(']));
    starts.filter_map(|(at, _)| cell.get(at..)).find_map(|rest| {
        let rest = rest.trim().trim_end_matches(')');
        written_day(rest, order_of(rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_its_day() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 30);
        for title in [
            "Day sheet: Monday 30 November 2026",
            "Monday, November 30, 2026",
            "Appointments for 2026-11-30",
            "Rendez-vous du lundi 30 novembre 2026",
            "List (30/11/2026)",
        ] {
            assert_eq!(of_title(title), day, "{title}");
        }
        for title in ["Appointments", "03/04/2026", "Page 2 of 3", "Week 48, 2026", "Monday"] {
            assert_eq!(of_title(title), None, "{title}");
        }
        assert_eq!(ListDay::parse("2026-11-30"), day.map(ListDay::On));
        assert_eq!(ListDay::parse("today"), Some(ListDay::Today));
        assert_eq!(ListDay::parse("tomorrow"), None);
    }
}
