//! The recovery timeline: one bar a window that a patient sees, with the hours that the windows have.

use crate::content::{Row, RowStyle, Rows};
use crate::diagnostic::{Diagnostic, Faults};
use crate::document::{Alarm, Bar, BarWeight, Day, Inline, Text, Tick, Timeline};
use crate::locale::Zone;
use crate::merge::compile::fill;
use crate::merge::rules::{Elapsed, Sheet, Windows};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone};

/// Hours that the axis has at least.
const AXIS: u32 = 72;
/// Hours from one tick to the next, of a few days; ticks of longer times are whole days apart.
const TICK: u32 = 24;
/// Steps between ticks that the axis has room for.
const MOST_TICKS: u32 = 4;
/// The axis of an afternoon's session begins here.
const NOON: u32 = 12;
/// What is open at its end goes on for this part of the axis at the least.
const BEYOND: u32 = 9;
/// Columns that the axis has room for: of more than ten days, weeks.
const MOST_WEEKS: usize = 7;
const MOST_WEEKDAYS: usize = 10;

pub fn timeline(sheet: &Sheet<'_>) -> Result<Timeline, Faults> {
    let Rows { rows, alarm } = &sheet.library.treatment.timeline;
    let windows = &sheet.situation.windows;
    let alarm = window(windows, alarm)?.to;
    let ends = rows.iter().filter_map(|row| windows.get(&row.window)).map(|window| hours_of(sheet, window));
    let hours = ends.chain([alarm]).fold(AXIS, u32::max);
    let hours = if sheet.situation.session.is_some() { hours.max(beyond_open(sheet, hours)) } else { hours };
    let days = days(sheet, hours);
    let every = tick_every(hours);
    let ticks = (0..=hours).step_by(every as usize).filter(|_| days.is_empty());
    Ok(Timeline {
        hours,
        ticks: ticks.map(|at| Tick { hours: at, label: tick(sheet, at, every) }).collect(),
        days,
        bars: rows.iter().map(|row| bar(sheet, row, hours)).collect::<Result<_, _>>()?,
        alarm: Alarm { hours: alarm, label: sheet.word("timeline.alarm")? },
    })
}

/// How far the axis reaches for what goes on after its end to be seen to.
fn beyond_open(sheet: &Sheet<'_>, hours: u32) -> u32 {
    let windows = &sheet.situation.windows;
    let rows = sheet.library.treatment.timeline.rows.iter().filter_map(|row| windows.get(&row.window));
    let open = rows.filter(|window| window.open_ended).map(|window| hours_of(sheet, window));
    open.max().map_or(0, |end| end + hours / BEYOND)
}

/// `content::load` has checked that it is there.
fn window<'w>(windows: &'w Windows, name: &str) -> Result<&'w Elapsed, Faults> {
    let missing = || Diagnostic::error("missing-key", format!("there is no window `{name}`"));
    windows.get(name).ok_or_else(|| missing().into())
}

fn bar(sheet: &Sheet<'_>, row: &Row, axis: u32) -> Result<Bar, Faults> {
    let weight = match row.style {
        RowStyle::Limit => BarWeight::Strong,
        RowStyle::More => BarWeight::Soft,
        RowStyle::Expect => BarWeight::Outline,
    };
    let facts = &sheet.library.treatment.facts;
    if let Some((fact, words)) = &row.instead
        && facts.get(*fact).is_some_and(|fact| sheet.situation.is_true(fact))
    {
        // What holds in place of the window does not end with it: the bar runs the whole axis, and a language may say so.
        let label = sheet.word(&format!("timeline.{words}"))?;
        let until = sheet.spare_word("timeline.always")?;
        return Ok(Bar { label, until, hours: axis, early: axis, endless: true, open_end: None, weight });
    }
    let name = &row.window;
    let window = window(&sheet.situation.windows, name)?;
    let open_end = window.open_ended.then(|| sheet.word(&format!("timeline.{name}_open"))).transpose()?;
    let hours = hours_of(sheet, window);
    let is_range = sheet.situation.session.is_none();
    Ok(Bar {
        label: sheet.word(&format!("timeline.{name}"))?,
        until: until(sheet, window),
        hours,
        early: if is_range { window.usual.0.min(hours) } else { hours },
        endless: false,
        open_end,
        weight,
    })
}

/// Where a bar ends: hours from the session.
fn hours_of(sheet: &Sheet<'_>, window: &Elapsed) -> u32 {
    sheet.situation.session.as_ref().map_or(window.to, |session| session.hours_to(window))
}

/// "until Thu 3:30 pm"; in public text "for 24 to 48 hours".
fn until(sheet: &Sheet<'_>, window: &Elapsed) -> Text {
    let phrases = &sheet.pack.phrases;
    let text = match &sheet.situation.session {
        Some(session) => {
            let time = sheet.pack.dates.tick(&session.end(window));
            fill(&phrases.timeline_until, &[("time", &time)])
        }
        None => phrases.for_span(&phrases.span(window.span())),
    };
    vec![Inline::Text(text)]
}

/// Hours between ticks: a day, or as many whole days, and from a week on whole weeks, as the axis has room for.
fn tick_every(hours: u32) -> u32 {
    let days = hours.div_ceil(TICK * MOST_TICKS).max(1);
    TICK * if days > 4 { days.next_multiple_of(7) } else { days }
}

/// "24 hours".
fn tick(sheet: &Sheet<'_>, hours: u32, every: u32) -> Text {
    vec![Inline::Text(sheet.pack.phrases.mark(hours, every))]
}

/// The days from the session's to the one on which so many hours end, of long times the weeks; none in public text. The
/// axis begins at noon, or with an earlier session.
fn days(sheet: &Sheet<'_>, hours: u32) -> Vec<Day> {
    let Some(session) = &sheet.situation.session else { return Vec::new() };
    let (at, end) = (session.at(), session.after(hours));
    let zone = at.timezone();
    let minutes = |moment: DateTime<Zone>| i32::try_from((moment - *at).num_minutes()).unwrap_or(i32::MAX);
    let on = |date: NaiveDate, hour: u32| {
        let wall = date.and_hms_opt(hour, 0, 0)?;
        // Where a change of clocks skips or doubles it, the day begins with what there is.
        let next = || zone.from_local_datetime(&(wall + TimeDelta::hours(1))).earliest();
        zone.from_local_datetime(&wall).earliest().or_else(next)
    };
    let (first, last) = (at.date_naive(), end.date_naive());
    let all: Vec<NaiveDate> = first.iter_days().take_while(|date| *date <= last).collect();
    let weeks = all.len().div_ceil(MOST_WEEKS * 7);
    let step = if all.len() > MOST_WEEKDAYS { weeks * 7 } else { 1 };
    let mut days = Vec::new();
    for date in all.into_iter().step_by(step) {
        let begins = match date == first {
            true => on(date, NOON).map_or(0, minutes).min(0),
            false => on(date, 0).map_or(0, minutes),
        };
        // The last day, and one on which a month begins, name the month.
        let with_month = step > 1 || date == last || (date.day() == 1 && date != first);
        let head = |with_month: bool| vec![Inline::Text(sheet.pack.dates.head(date, with_month))];
        let brief = if step > 1 { "" } else { sheet.pack.dates.weekday_short(date) };
        days.push(Day {
            minutes: begins,
            label: head(with_month),
            forms: [head(step > 1), head(true)],
            brief: vec![Inline::Text(brief.to_owned())],
            month: date.year() * 12 + date.month0() as i32,
        });
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_a_day_some_days_or_whole_weeks_apart() {
        for (hours, days) in
            [(72, 1), (96, 1), (97, 2), (168, 2), (336, 4), (360, 4), (408, 7), (672, 7), (2016, 21)]
        {
            assert_eq!(tick_every(hours), days * TICK, "{hours} hours");
        }
    }
}
