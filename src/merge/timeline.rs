//! The recovery timeline: one bar a window that a patient sees, with the hours that the windows have.

use super::fillers::fill;
use super::protocol::{Elapsed, Windows};
use super::sheet::Sheet;
use crate::content::{Row, RowStyle, Rows};
use crate::diagnostic::{Diagnostic, Faults};
use crate::document::{Alarm, Bar, BarWeight, Inline, Text, Tick, Timeline};

/// Hours that the axis has at least.
const AXIS: u32 = 72;
/// Hours from one tick to the next, of a few days; ticks of longer times are whole days apart.
const TICK: u32 = 24;
/// Steps between ticks that the axis has room for.
const MOST_TICKS: u32 = 4;

pub(super) fn timeline(sheet: &Sheet<'_>) -> Result<Timeline, Faults> {
    let Rows { rows, alarm } = &sheet.library.treatment.timeline;
    let windows = &sheet.situation.windows;
    let alarm = window(windows, alarm)?.to;
    let ends = rows.iter().filter_map(|row| windows.get(&row.window)).map(|window| window.to);
    let hours = ends.chain([alarm]).fold(AXIS, u32::max);
    let tick_every = hours.div_ceil(TICK * MOST_TICKS).max(1) * TICK;
    Ok(Timeline {
        hours,
        ticks: (0..=hours)
            .step_by(tick_every as usize)
            .map(|at| Tick { hours: at, label: tick(sheet, at) })
            .collect(),
        bars: rows.iter().map(|row| bar(sheet, row, hours)).collect::<Result<_, _>>()?,
        alarm: Alarm { hours: alarm, label: sheet.word("timeline.alarm")? },
    })
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
        // What holds in place of the window does not end with it: the bar runs the whole axis and says no end.
        let label = sheet.word(&format!("timeline.{words}"))?;
        return Ok(Bar { label, until: Text::new(), hours: axis, open_end: None, weight });
    }
    let name = &row.window;
    let window = window(&sheet.situation.windows, name)?;
    let open_end = window.open_ended.then(|| sheet.word(&format!("timeline.{name}_open"))).transpose()?;
    Ok(Bar {
        label: sheet.word(&format!("timeline.{name}"))?,
        until: until(sheet, window),
        hours: window.to,
        open_end,
        weight,
    })
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

/// "Tue 3:30 pm"; in public text "24 hours".
fn tick(sheet: &Sheet<'_>, hours: u32) -> Text {
    let text = match &sheet.situation.session {
        Some(session) => sheet.pack.dates.tick(&session.after(hours)),
        None => sheet.pack.fillers.hours(hours),
    };
    vec![Inline::Text(text)]
}
