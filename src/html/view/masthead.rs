use super::block::{self, BlockView};
use super::inline::TextView;
use crate::document::{Bar, BarWeight, Masthead, Timeline, plain_text};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct MastheadView {
    next_visit: Option<TextView>,
    title: TextView,
    /// The label of a line to write the name on.
    name_line: Option<TextView>,
    facts: Vec<TextView>,
    quick: QuickView,
    timeline: TimelineView,
    /// Advice and timeline stand after the safety tiers.
    details_below: bool,
}

#[derive(Serialize)]
struct QuickView {
    lead: TextView,
    answer: TextView,
    blocks: Vec<BlockView>,
}

#[derive(Serialize)]
struct TimelineView {
    ticks: Vec<TickView>,
    /// Spaces between the ticks.
    gaps: usize,
    /// What a label of a tick needs at the least, in units of its type's size: its longest word.
    need: String,
    bars: Vec<BarView>,
    alarm: TickView,
}

/// A moment on the axis.
#[derive(Serialize)]
struct TickView {
    label: TextView,
    /// Per cent of the axis, 0 to 100.
    at: String,
    /// `start`, `middle` or `end`: on which side of the moment the label has room.
    side: &'static str,
    /// How soon its label goes where there is little room: 0 never, 2 first.
    thins: u8,
}

#[derive(Serialize)]
struct BarView {
    label: TextView,
    until: TextView,
    open_end: Option<TextView>,
    /// Per cent of the axis, 0 to 100.
    end: String,
    /// `strong`, `soft` or `outline`.
    weight: &'static str,
    /// Long enough to hold `until`.
    roomy: bool,
}

impl MastheadView {
    pub(crate) fn of(masthead: &Masthead) -> MastheadView {
        let quick = &masthead.quick;
        MastheadView {
            next_visit: masthead.next_visit.as_ref().map(TextView::of),
            title: TextView::of(&masthead.title),
            name_line: masthead.name_line.as_ref().map(TextView::of),
            facts: masthead.facts.iter().map(TextView::of).collect(),
            quick: QuickView {
                lead: TextView::of(&quick.lead),
                answer: TextView::of(&quick.answer),
                blocks: block::views(&quick.blocks, 1),
            },
            timeline: TimelineView::of(&masthead.timeline),
            details_below: masthead.details_below,
        }
    }
}

impl TimelineView {
    fn of(timeline: &Timeline) -> TimelineView {
        let share = |hours: u32| share_of(hours, timeline.hours);
        let moment = |hours, label| TickView {
            label: TextView::of(label),
            at: percent(share(hours)),
            side: side(share(hours)),
            thins: 0,
        };
        let ticks = timeline.ticks.iter().enumerate();
        TimelineView {
            ticks: ticks
                .map(|(index, tick)| TickView { thins: thins(index), ..moment(tick.hours, &tick.label) })
                .collect(),
            gaps: timeline.ticks.len().saturating_sub(1).max(1),
            need: need(timeline.ticks.iter().map(|tick| plain_text(&tick.label))),
            bars: timeline.bars.iter().map(|bar| BarView::of(bar, share(bar.hours))).collect(),
            alarm: TickView {
                // Its label ends or starts at the moment, on the side where there is more room.
                side: if share(timeline.alarm.hours) < 0.5 { "start" } else { "end" },
                ..moment(timeline.alarm.hours, &timeline.alarm.label)
            },
        }
    }
}

impl BarView {
    fn of(bar: &Bar, share: f64) -> BarView {
        BarView {
            label: TextView::of(&bar.label),
            until: TextView::of(&bar.until),
            open_end: bar.open_end.as_ref().map(TextView::of),
            end: percent(share),
            weight: match bar.weight {
                BarWeight::Strong => "strong",
                BarWeight::Soft => "soft",
                BarWeight::Outline => "outline",
            },
            roomy: share >= 0.3,
        }
    }
}

/// What is past the axis's end is drawn at its end.
fn share_of(hours: u32, axis: u32) -> f64 {
    f64::from(hours.min(axis)) / f64::from(axis.max(1))
}

fn side(share: f64) -> &'static str {
    match share {
        _ if share < 0.08 => "start",
        _ if share > 0.92 => "end",
        _ => "middle",
    }
}

/// Every second label goes first, then every second of those that are left, as on paper.
fn thins(index: usize) -> u8 {
    match index % 4 {
        0 => 0,
        2 => 1,
        _ => 2,
    }
}

/// The width of a letter or digit, in units of the type's size: more than most have.
const LETTER: f64 = 0.64;

fn need(labels: impl Iterator<Item = String>) -> String {
    let longest = labels.flat_map(|label| label.split(' ').map(|word| word.chars().count()).max()).max();
    format!("{:.1}em", longest.unwrap_or(0) as f64 * LETTER)
}

fn percent(share: f64) -> String {
    let percent = format!("{:.2}", share * 100.0);
    percent.trim_end_matches('0').trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_end_where_their_hours_are_and_never_leave_the_axis() {
        assert_eq!(percent(share_of(24, 72)), "33.33");
        assert_eq!(percent(share_of(72, 72)), "100");
        assert_eq!(percent(share_of(96, 72)), "100");
        assert_eq!(percent(share_of(5, 0)), "0");
    }

    #[test]
    fn labels_at_the_ends_of_the_axis_stay_inside_it() {
        assert_eq!([side(0.0), side(0.33), side(1.0)], ["start", "middle", "end"]);
    }
}
