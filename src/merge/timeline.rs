//! The recovery timeline: one bar a window that a patient sees, with the hours that the windows have.

use super::fillers::fill;
use super::protocol::Elapsed;
use super::sheet::Sheet;
use crate::diagnostic::Faults;
use crate::document::{Alarm, Bar, BarWeight, Day, Inline, Text, Tick, Timeline};
use crate::locale::Zone;
use crate::options::{Precaution, WindowName};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone};

/// Hours that the axis has at least.
const AXIS: u32 = 72;
/// Hours from one tick to the next.
const TICK: u32 = 24;
/// The axis of an afternoon's session begins here.
const NOON: u32 = 12;

/// Windows that are bars, top to bottom.
const BARS: [(WindowName, BarWeight); 5] = [
    (WindowName::Rest, BarWeight::Strong),
    (WindowName::HardExercise, BarWeight::Strong),
    (WindowName::AlcoholCaffeine, BarWeight::Strong),
    (WindowName::ExtraWater, BarWeight::Soft),
    (WindowName::Soreness, BarWeight::Outline),
];

pub(super) fn timeline(sheet: &Sheet<'_>) -> Result<Timeline, Faults> {
    let alarm = sheet.situation.windows.get(WindowName::CallIfSoreAfter).to;
    let longest = BARS.iter().map(|(name, _)| sheet.situation.windows.get(*name).to).max().unwrap_or(0);
    let hours = AXIS.max(longest).max(alarm);
    let days = days(sheet, hours);
    let ticks = if days.is_empty() { (0..=hours).step_by(TICK as usize) } else { (1..=0).step_by(1) };
    Ok(Timeline {
        hours,
        ticks: ticks.map(|at| Tick { hours: at, label: tick(sheet, at) }).collect(),
        days,
        bars: BARS
            .into_iter()
            .map(|(name, weight)| bar(sheet, name, weight, hours))
            .collect::<Result<_, _>>()?,
        alarm: Alarm { hours: alarm, label: sheet.word("timeline.alarm")? },
    })
}

fn bar(sheet: &Sheet<'_>, name: WindowName, weight: BarWeight, axis: u32) -> Result<Bar, Faults> {
    if name == WindowName::ExtraWater && sheet.situation.precautions.contains(&Precaution::FluidLimit) {
        return fluid_limit(sheet, weight, axis);
    }
    let window = sheet.situation.windows.get(name);
    let open_end = match name {
        WindowName::HardExercise if window.open_ended => Some(sheet.word("timeline.hard_exercise_open")?),
        _ => None,
    };
    Ok(Bar {
        label: sheet.word(&format!("timeline.{name}"))?,
        until: until(sheet, window),
        hours: window.to,
        open_end,
        weight,
    })
}

/// A fluid limit does not end with the window: the bar runs the whole axis and says no end.
fn fluid_limit(sheet: &Sheet<'_>, weight: BarWeight, axis: u32) -> Result<Bar, Faults> {
    let label = sheet.word("timeline.fluid_limit_water")?;
    Ok(Bar { label, until: Text::new(), hours: axis, open_end: None, weight })
}

/// "until Thu 3:30 pm"; in public text "for 24 to 48 hours".
fn until(sheet: &Sheet<'_>, window: &Elapsed) -> Text {
    let fillers = &sheet.pack.fillers;
    let text = match &sheet.situation.session {
        Some(session) => {
            let time = sheet.pack.dates.tick(&session.after(window.to));
            fill(&fillers.timeline_until, &[("time", &time)])
        }
        None => fillers.for_span(&fillers.span(window)),
    };
    vec![Inline::Text(text)]
}

/// "24 hours".
fn tick(sheet: &Sheet<'_>, hours: u32) -> Text {
    vec![Inline::Text(sheet.pack.fillers.hours(hours))]
}

/// The days from the session's to the one on which so many hours end; none in public text. The axis begins at noon, or
/// with an earlier session.
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
    let mut days = Vec::new();
    for date in first.iter_days().take_while(|date| *date <= last) {
        let begins = match date == first {
            true => on(date, NOON).map_or(0, minutes).min(0),
            false => on(date, 0).map_or(0, minutes),
        };
        // The last day, and one on which a month begins, name the month.
        let with_month = date == last || (date.day() == 1 && date != first);
        let label = vec![Inline::Text(sheet.pack.dates.head(date, with_month))];
        days.push(Day { minutes: begins, label });
    }
    days
}
