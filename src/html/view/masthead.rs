use super::block::{self, BlockView};
use super::inline::TextView;
use crate::document::{Bar, BarWeight, Day, Masthead, Text, Timeline, plain_text};
use crate::locale::is_unspaced;
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
    /// What makes the answer exact, smaller.
    beside: Option<TextView>,
    blocks: Vec<BlockView>,
}

#[derive(Serialize)]
struct TimelineView {
    /// Where the session is, per cent of the axis.
    from: String,
    /// Its labels are days, each at the right of its midnight.
    days: bool,
    ticks: Vec<TickView>,
    /// Spaces between the ticks; more of them where the last two stand closer, which then make room sooner.
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
    /// Whether `open_end` has room between the bar and the alarm; else it stands below.
    beside: bool,
    /// Per cent of the axis, 0 to 100.
    end: String,
    /// Where everybody has kept to it, if some go on to `end`.
    sure: Option<String>,
    /// Which of these parts holds `until`: `in-sure`, `in-rest`, or there is one part.
    words: &'static str,
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
                beside: quick.beside.as_ref().map(TextView::of),
                blocks: block::views(&quick.blocks, 1),
            },
            timeline: TimelineView::of(&masthead.timeline),
            details_below: masthead.details_below,
        }
    }
}

impl TimelineView {
    fn of(timeline: &Timeline) -> TimelineView {
        let share = |hours: u32| f64::from(timeline.share_of_hours(hours));
        let moment = |share: f64, label: &Text| TickView {
            label: TextView::of(label),
            at: percent(share),
            side: side(share),
            thins: 0,
        };
        let ticks = timeline.ticks.iter().map(|tick| moment(share(tick.hours), &tick.label));
        let day = |day: &Day| TickView {
            side: "start",
            ..moment(f64::from(timeline.share(day.minutes)), &day.label)
        };
        let labels = timeline.ticks.iter().map(|tick| &tick.label);
        let labels = labels.chain(timeline.days.iter().map(|day| &day.label));
        let from = f64::from(timeline.share(0));
        let days = timeline.days.iter().filter(|day| f64::from(timeline.share(day.minutes)) <= LAST_DAY);
        let shares: Vec<f64> = days.clone().map(|day| f64::from(timeline.share(day.minutes))).collect();
        let ticks: Vec<TickView> = days.map(day).chain(ticks).collect();
        let days = !timeline.days.is_empty();
        TimelineView {
            from: percent(from),
            days,
            gaps: if days { gaps(&shares) } else { ticks.len().saturating_sub(1).max(1) },
            ticks: ticks
                .into_iter()
                .enumerate()
                .map(|(index, tick)| TickView { thins: thins(index), ..tick })
                .collect(),
            need: need(labels.map(|label| plain_text(label))),
            bars: timeline
                .bars
                .iter()
                .map(|bar| BarView::of(bar, [bar.early, bar.hours, timeline.alarm.hours].map(share), from))
                .collect(),
            alarm: TickView {
                // Its label ends or starts at the moment, on the side where there is more room.
                side: if share(timeline.alarm.hours) < 0.5 { "start" } else { "end" },
                ..moment(share(timeline.alarm.hours), &timeline.alarm.label)
            },
        }
    }
}

impl BarView {
    fn of(bar: &Bar, [early, share, alarm]: [f64; 3], from: f64) -> BarView {
        let sure = (early < share && bar.weight != BarWeight::Outline).then_some(early);
        let (words, part) = match sure {
            None => ("", [from, share]),
            Some(sure) if sure - from < share - sure => ("in-rest", [sure, share]),
            Some(sure) => ("in-sure", [from, sure]),
        };
        BarView {
            sure: sure.map(percent),
            words,
            label: TextView::of(&bar.label),
            until: TextView::of(&bar.until),
            open_end: bar.open_end.as_ref().map(TextView::of),
            beside: bar.open_end.as_ref().is_some_and(|text| is_beside(&plain_text(text), alarm - share)),
            end: percent(share),
            weight: match bar.weight {
                BarWeight::Strong => "strong",
                BarWeight::Soft => "soft",
                BarWeight::Outline => "outline",
            },
            roomy: is_roomy(&plain_text(&bar.until), part, 1.0 - share),
        }
    }
}

/// The axis of the narrowest page that has words in bars, and the width of a letter there, with and without a script's spaces.
const AXIS: f64 = 26.0;
const LETTERS: [f64; 2] = [0.46, 0.92];
/// What stays free of a bar beside its words.
const BESIDE_WORDS: f64 = 1.5;

/// Lines of a note beside a bar, at most: more of them make the bar a pillar.
const LINES: f64 = 2.0;
/// How much of a line its last word leaves empty.
const RAGGED: f64 = 1.25;

fn width_of(words: &str) -> f64 {
    words.chars().map(|letter| LETTERS[usize::from(is_unspaced(letter))]).sum()
}

/// Whether a note has room in what is free behind a bar: each of its words, and all of them on two lines.
fn is_beside(note: &str, free: f64) -> bool {
    let longest = match note.chars().any(is_unspaced) {
        true => LETTERS[1],
        false => note.split_whitespace().map(width_of).fold(0.0, f64::max),
    };
    let needed = longest.max(width_of(note) * RAGGED / LINES);
    free * AXIS >= needed + BESIDE_WORDS
}

/// Whether the part of a bar that is for its words holds them on one line, so that all bars are as thick; or holds more of them
/// than stands `beside` the bar.
fn is_roomy(until: &str, [from, end]: [f64; 2], beside: f64) -> bool {
    let needed = (width_of(until) + BESIDE_WORDS) / AXIS;
    end - from >= 0.3 && (end - from >= needed || end - from > beside)
}

/// The label of a midnight beyond this would stand outside of the axis, and of the sheet.
const LAST_DAY: f64 = 0.97;

/// Widths of a label that the last two columns together have at the least: the last label ends with the axis where its own
/// column is too short for it, and may not reach the one before it.
const LAST_TWO: f64 = 1.5;

/// Spaces between heads of days, as many as make the narrowest two of them wide enough.
fn gaps(shares: &[f64]) -> usize {
    let before_last = shares.len().checked_sub(2).map_or(0.0, |at| shares[at]);
    let needed = (LAST_TWO / (1.0 - before_last).max(0.05)).ceil() as usize;
    shares.len().max(needed)
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

/// That of a square one, in labels without a space: the style asks for a quarter more than is needed.
const SQUARE: f64 = 0.8;

/// That of a letter; those of some scripts, and their marks, are squares.
fn width(letter: char) -> f64 {
    let is_square_mark = matches!(letter, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff60}');
    if is_square_mark || is_unspaced(letter) { SQUARE } else { LETTER }
}

fn need(labels: impl Iterator<Item = String>) -> String {
    let of_word = |word: &str| word.chars().map(width).sum::<f64>();
    let longest = labels.map(|label| label.split(' ').map(of_word).fold(0.0, f64::max)).fold(0.0, f64::max);
    format!("{longest:.1}em")
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
        let mut timeline = crate::document::sample::sample().masthead().timeline.clone();
        let share = |timeline: &Timeline, hours| percent(f64::from(timeline.share_of_hours(hours)));
        // Noon to two and a half hours after the last end: 78 hours.
        assert_eq!([0, 24, 72, 96].map(|hours| share(&timeline, hours)), ["4.49", "35.26", "96.79", "100"]);
        timeline.days.clear();
        assert_eq!([0, 24, 72, 96].map(|hours| share(&timeline, hours)), ["0", "33.33", "100", "100"]);
    }

    #[test]
    fn a_note_stands_beside_a_bar_only_where_two_lines_have_room() {
        for (free, is_there) in [(0.0, false), (0.08, false), (0.2, false), (0.4, true), (0.9, true)] {
            assert_eq!(is_beside("or longer if still sore", free), is_there, "{free}");
        }
        assert!(is_beside("still", 0.2) && !is_beside("uninterruptedly", 0.2));
    }

    #[test]
    fn a_label_of_square_letters_is_as_wide_as_they_are() {
        let needed = |label: &str| need(std::iter::once(label.to_owned()));
        assert_eq!(needed("Wednesday 5"), "5.8em");
        assert_eq!(needed("24\u{65e5}\u{ff08}\u{5468}\u{4e8c}\u{ff09}"), "5.3em");
    }

    #[test]
    fn words_stand_in_a_part_of_a_bar_that_holds_them() {
        let words = "for 24 to 48 hours";
        for (part, beside, is_in) in [
            // A day that all keep to, and a day that some do, of three and of four.
            ([0.0, 1.0 / 3.0], 1.0 / 3.0, false),
            ([0.0, 0.25], 0.5, false),
            ([0.25, 1.0], 0.0, true),
            ([0.0, 0.35], 0.1, true),
            ([0.0, 2.0 / 3.0], 1.0 / 3.0, true),
        ] {
            assert_eq!(is_roomy(words, part, beside), is_in, "{part:?}");
        }
    }

    #[test]
    fn labels_at_the_ends_of_the_axis_stay_inside_it() {
        assert_eq!([side(0.0), side(0.33), side(1.0)], ["start", "middle", "end"]);
    }
}
