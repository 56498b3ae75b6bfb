//! What a cell says, as a person would have typed it: a date as a date, 7.0 as 7.

use super::table::Kind;
use calamine::{Data, DataRef, ExcelDateTime};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use std::borrow::Cow;

/// Days from the count that begins in 1900 to the one that begins in 1904.
const LATER_COUNT: f64 = 1462.0;
/// Seconds of a day.
const DAY: f64 = 86_400.0;
/// Days that a calendar has, in the count of 1900: up to the end of 9999.
const DAYS: std::ops::Range<f64> = 0.0..2_958_466.0;
/// What programs write in place of a result that they could not find.
const ERRORS: [&str; 8] =
    ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"];

/// `None`: the cell says nothing.
pub fn said<'c>(value: &'c DataRef<'_>) -> Option<(Kind, Cow<'c, str>)> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => (Kind::Number, number.to_string().into()),
        DataRef::Float(number) => (Kind::Number, plain(*number).into()),
        DataRef::String(text) => text_or_error(text),
        DataRef::SharedString(text) => text_or_error(text),
        DataRef::Bool(is) => (Kind::Text, truth(*is).into()),
        DataRef::DateTime(at) => moment(at),
        DataRef::DateTimeIso(text) => (Kind::Text, iso(text)),
        DataRef::DurationIso(text) => (Kind::Text, duration(text)),
        DataRef::Error(error) => (Kind::Error, error.to_string().into()),
    })
}

/// The same of a sheet that is read as a whole.
pub fn said_of(value: &Data) -> Option<(Kind, Cow<'_, str>)> {
    Some(match value {
        Data::Empty => return None,
        Data::Int(number) => (Kind::Number, number.to_string().into()),
        Data::Float(number) => (Kind::Number, plain(*number).into()),
        Data::String(text) => text_or_error(text),
        Data::Bool(is) => (Kind::Text, truth(*is).into()),
        Data::DateTime(at) => moment(at),
        Data::DateTimeIso(text) => (Kind::Text, iso(text)),
        Data::DurationIso(text) => (Kind::Text, duration(text)),
        Data::Error(error) => (Kind::Error, error.to_string().into()),
    })
}

/// A line end as workbooks may write it is one.
fn text_or_error(text: &str) -> (Kind, Cow<'_, str>) {
    let is_numbered = |text: &str| text.strip_prefix("Err:").is_some_and(|number| number.len() == 3);
    if ERRORS.contains(&text.trim()) || is_numbered(text.trim()) {
        return (Kind::Error, text.trim().into());
    }
    let text = match text.contains("_x000D_") || text.contains('\r') {
        true => text.replace("_x000D_", "\r").replace("\r\n", "\n").replace('\r', "\n").into(),
        false => text.into(),
    };
    (Kind::Text, text)
}

fn truth(is: bool) -> &'static str {
    if is { "TRUE" } else { "FALSE" }
}

/// A number without a point where it is a whole one.
fn plain(number: f64) -> String {
    // A cell shows fifteen digits: what a sum leaves behind them is not meant.
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

fn moment(at: &ExcelDateTime) -> (Kind, Cow<'static, str>) {
    let later = if at.is_duration() || at.as_f64() < 1.0 { 0.0 } else { later(at) };
    let days = at.as_f64() + later;
    if !DAYS.contains(&days) {
        return (Kind::Number, plain(at.as_f64()).into());
    }
    // A cell of a date that nobody gave holds nothing but a nought.
    if days == 0.0 && !at.is_duration() {
        return (Kind::Text, "1900-01-00".into());
    }
    if at.is_duration() || days < 1.0 {
        let minutes = (days * DAY / 60.0).round() as u64;
        return (Kind::Text, format!("{:02}:{:02}", minutes / 60, minutes % 60).into());
    }
    // To the second: as a share of a day a time is never exact.
    let seconds = (days * DAY).round() as i64;
    let start = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default().and_time(NaiveTime::MIN);
    let told = start.checked_add_signed(TimeDelta::seconds(seconds)).map(written);
    (Kind::Text, told.unwrap_or_else(|| plain(at.as_f64())).into())
}

/// A workbook that counts from 1904 says so in each of its dates, but not where it could be asked: the day itself tells.
fn later(at: &ExcelDateTime) -> f64 {
    let (year, ..) = at.to_ymd_hms_milli();
    let (of_1900, ..) =
        ExcelDateTime::new(at.as_f64(), calamine::ExcelDateTimeType::DateTime, false).to_ymd_hms_milli();
    if year == of_1900 { 0.0 } else { LATER_COUNT }
}

/// A day without its time where the time is midnight, as a cell with a date alone has it.
fn written(at: NaiveDateTime) -> String {
    let form = match (at.num_seconds_from_midnight(), at.second()) {
        (0, _) => "%Y-%m-%d",
        (_, 0) => "%Y-%m-%dT%H:%M",
        _ => "%Y-%m-%dT%H:%M:%S",
    };
    at.format(form).to_string()
}

/// A number of days that counts from 1904, as one that counts from 1900.
pub fn of_1900(text: &str) -> Cow<'_, str> {
    match text.parse::<f64>() {
        Ok(days) if days >= 1.0 => plain(days + LATER_COUNT).into(),
        _ => text.into(),
    }
}

fn iso(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if let Ok(at) = NaiveDateTime::parse_from_str(trimmed, "%Y-%m-%dT%H:%M:%S%.f") {
        return written(at.with_nanosecond(0).unwrap_or(at)).into();
    }
    match NaiveTime::parse_from_str(trimmed, "%H:%M:%S%.f") {
        Ok(time) => time.format("%H:%M").to_string().into(),
        Err(_) => text.into(),
    }
}

/// `PT15H30M00S` is half past three.
fn duration(text: &str) -> Cow<'_, str> {
    let time = || {
        let (hours, rest) = text.trim().strip_prefix("PT")?.split_once('H')?;
        let (minutes, _) = rest.split_once('M')?;
        let (hours, minutes): (u64, u64) = (hours.parse().ok()?, minutes.parse().ok()?);
        Some(format!("{hours:02}:{minutes:02}"))
    };
    time().map_or(text.into(), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    fn told(value: DataRef<'_>) -> String {
        said(&value).map_or_else(String::new, |(_, text)| text.into_owned())
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for (number, text) in [
            (7.0, "7"),
            (36.5, "36.5"),
            (0.1 + 0.2, "0.3"),
            (1e15, "1000000000000000"),
            (-2.0, "-2"),
            (46_350.645_833_333_336, "46350.6458333333"),
        ] {
            assert_eq!(told(DataRef::Float(number)), text);
        }
        assert_eq!([told(DataRef::Int(12)), told(DataRef::Bool(true))], ["12", "TRUE"]);
    }

    #[test]
    fn dates_and_times_in_both_counts() {
        let at = |value, kind, is_1904| told(DataRef::DateTime(ExcelDateTime::new(value, kind, is_1904)));
        assert_eq!(at(46_350.645_833_333_336, DateTime, false), "2026-11-24T15:30");
        assert_eq!(at(46_350.645_833_333_336 - LATER_COUNT, DateTime, true), "2026-11-24T15:30");
        assert_eq!(at(46_350.0, DateTime, false), "2026-11-24");
        assert_eq!(at(46_350.0 - LATER_COUNT, DateTime, true), "2026-11-24");
        assert_eq!(at(46_350.645_84, DateTime, false), "2026-11-24T15:30:01");
        assert_eq!(at(0.645_833_333_333_333_4, DateTime, false), "15:30");
        assert_eq!(at(0.645_833_333_333_333_4, DateTime, true), "15:30");
        assert_eq!(at(1.5, TimeDelta, false), "36:00");
        assert_eq!(at(1e300, DateTime, false).len(), 301);
        assert_eq!(told(DataRef::DateTimeIso("2026-11-24T15:30:00".into())), "2026-11-24T15:30");
        assert_eq!(told(DataRef::DateTimeIso("2026-11-24".into())), "2026-11-24");
        assert_eq!(told(DataRef::DurationIso("PT15H30M00S".into())), "15:30");
    }

    #[test]
    fn what_a_formula_could_not_find_is_an_error() {
        for text in ["#REF!", "Err:502", " #N/A "] {
            assert_eq!(said(&DataRef::SharedString(text)).map(|(kind, _)| kind), Some(Kind::Error), "{text}");
        }
        assert_eq!(told(DataRef::SharedString("a_x000D_\nb")), "a\nb");
    }
}
