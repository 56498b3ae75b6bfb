//! The recovery timeline: one bar a window that a patient sees, with the hours that the windows have.

use super::fillers::fill;
use super::protocol::Elapsed;
use super::sheet::Sheet;
use crate::diagnostic::Faults;
use crate::document::{Alarm, Bar, BarWeight, Inline, Text, Tick, Timeline};
use crate::options::{Precaution, WindowName};

/// Hours that the axis has at least.
const AXIS: u32 = 72;
/// Hours from one tick to the next.
const TICK: u32 = 24;

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
    Ok(Timeline {
        hours,
        ticks: (0..=hours)
            .step_by(TICK as usize)
            .map(|at| Tick { hours: at, label: tick(sheet, at) })
            .collect(),
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

/// "Tue 3:30 pm"; in public text "24 hours".
fn tick(sheet: &Sheet<'_>, hours: u32) -> Text {
    let text = match &sheet.situation.session {
        Some(session) => sheet.pack.dates.tick(&session.after(hours)),
        None => sheet.pack.fillers.hours(hours),
    };
    vec![Inline::Text(text)]
}
