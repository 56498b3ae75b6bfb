//! What a handout says: meaning only, no sizes, no HTML. Made by `merge`, read by `html` and `layout`.
//!
//! A [`Document`] cannot be built without its [`Safety`]: the three tiers are a field of their own, and both
//! exporters place them before the body. No template, request or page fitting has a way to reach them.

mod block;
mod brochure;
mod calendar;
mod chart_note;
mod notice;
mod passage;
mod photo;
mod picture;
mod qr;
mod reach;
mod reading;
mod safety;
pub mod svg;

#[doc(hidden)]
pub mod sample;

pub use block::*;
pub use brochure::*;
pub use calendar::*;
pub use chart_note::*;
pub use notice::Notice;
pub use passage::{Origin, Passage, passages, prose_of};
pub use photo::{Photo, Window};
pub use picture::*;
pub use qr::QrModules;
pub use reach::Reach;
pub use reading::{reading_order, reading_order_of};
pub use safety::*;

use crate::locale::{Direction, Language, Letters};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One handout. Read from the top: next visit, title, line for the name, facts; quick answer (lead, answer, blocks); timeline
/// (heading, ticks, then each bar: label, until, open end; then the alarm); safety (heading; each tier: heading, intro,
/// signs, closing; then the precautions); then the body, group by group. [`reading_order`] is that order word for word.
#[derive(Clone, Debug)]
pub struct Document {
    meta: Meta,
    masthead: Masthead,
    safety: Safety,
    body: Vec<Group>,
    running: Running,
}

impl Document {
    pub fn new(
        meta: Meta,
        masthead: Masthead,
        safety: Safety,
        body: Vec<Group>,
        running: Running,
    ) -> Document {
        Document { meta, masthead, safety, body, running }
    }

    /// The same with a mark at its top and at the foot of every page, so that nobody takes it for the patient's.
    #[must_use]
    pub fn marked(mut self, mark: &str) -> Document {
        let Running { subject, continued, foot_left, foot_left_last, .. } = &mut self.running;
        for head in [subject, continued] {
            *head = if head.is_empty() { mark.to_owned() } else { format!("{head} · {mark}") };
        }
        for foot in [foot_left, foot_left_last] {
            mark.clone_into(foot);
        }
        self
    }

    /// The same without sections and parts of sections of these ids (`rest`, `exercises/wall-slide`), but for what may never go.
    #[must_use]
    pub fn without(mut self, ids: &BTreeSet<&str>) -> Document {
        let is_gone = |id: &str, priority: u8| priority < NEVER && ids.contains(id);
        for group in &mut self.body {
            group.sections.retain(|section| !is_gone(&section.id, section.priority));
            for Section { id, blocks, .. } in &mut group.sections {
                let is_part_gone = |part: &str, priority| is_gone(&format!("{id}/{part}"), priority);
                blocks.retain_mut(|block| match block {
                    Block::Questions(all) => {
                        all.retain(|it| !is_part_gone(&it.id, it.priority));
                        !all.is_empty()
                    }
                    Block::Exercises(all) => {
                        all.retain(|it| !is_part_gone(&it.id, it.priority));
                        !all.is_empty()
                    }
                    _ => true,
                });
            }
            group.sections.retain(|section| !section.blocks.is_empty());
        }
        self.body.retain(|group| !group.sections.is_empty());
        self
    }

    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    pub fn masthead(&self) -> &Masthead {
        &self.masthead
    }

    pub fn safety(&self) -> &Safety {
        &self.safety
    }

    pub fn body(&self) -> &[Group] {
        &self.body
    }

    pub fn running(&self) -> &Running {
        &self.running
    }
}

/// What files say about themselves. Never holds a patient's name or note.
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    pub language: Language,
    /// Which way its lines run.
    pub direction: Direction,
    /// Words of the language that stay with the number before them.
    pub units: Arc<[Box<str>]>,
    /// How the letters of its script are set.
    pub letters: Letters,
    /// Families of CSS that have them, in single quotes with commas between them, for web pages; empty: the reader's machine
    /// chooses.
    pub web_fonts: Arc<str>,
    /// Of the file: what the sheet is about.
    pub title: String,
    /// The clinic.
    pub author: String,
    pub description: String,
    /// The session's time: the only date that the file carries, so that bytes do not depend on the clock.
    pub date: DateTime<Utc>,
    /// Short hash of the clinic folder, e.g. `3F2A9C`.
    pub content_version: String,
}

/// The top of page 1, above the safety tiers.
#[derive(Clone, Debug, PartialEq)]
pub struct Masthead {
    /// "Next visit", then when: at the top, where an appointment card has it.
    pub next_visit: Option<Text>,
    /// The level-1 heading, may address the patient by name.
    pub title: Text,
    /// The same heading without the patient's name, for the outline.
    pub outline_title: String,
    /// Who it is for, when no name is given: a label and a line to write on.
    pub name_line: Option<Text>,
    /// Treated area, session time, therapist: short facts set on one line with separators.
    pub facts: Vec<Text>,
    pub quick: QuickAnswer,
    pub timeline: Timeline,
    /// The advice beside the quick answer and the timeline are read after the safety tiers: in large print they
    /// would push the tiers off page 1.
    pub details_below: bool,
}

/// The biggest thing on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct QuickAnswer {
    /// "Take it easy until".
    pub lead: Text,
    /// "Thursday afternoon".
    pub answer: Text,
    /// What makes it exact: "Nov 26, 3:30 pm".
    pub beside: Option<Text>,
    /// What it means.
    pub blocks: Vec<Block>,
}

impl QuickAnswer {
    /// The answer as large type breaks it: a range in one piece, so that it breaks before its unit alone; one number with
    /// its unit in one piece.
    pub fn in_large_type(&self) -> Text {
        let digit = |c: char| c.is_numeric();
        let plain = plain_text(&self.answer);
        let numbers = plain.split(|c| !digit(c)).filter(|number| !number.is_empty()).count();
        let (Some(first), Some(last)) = (plain.find(digit), plain.rfind(digit)) else {
            return self.answer.clone();
        };
        if self.answer.iter().any(|inline| !matches!(inline, Inline::Text(_))) {
            return self.answer.clone();
        }
        let is_glued = |at: usize| numbers == 1 || (first..last).contains(&at);
        let glued = plain.char_indices().map(|(at, c)| if c == ' ' && is_glued(at) { '\u{a0}' } else { c });
        vec![Inline::Text(glued.collect())]
    }

    /// The same where there are two lines: a range parts behind its first number, so that the other keeps its unit.
    pub fn on_two_lines(&self) -> Text {
        let whole = self.in_large_type();
        let plain = plain_text(&whole);
        let first = plain.find(char::is_numeric).unwrap_or_default();
        let end = plain[first..].find(|c: char| !c.is_numeric()).map_or(plain.len(), |length| first + length);
        match plain.split_at(end) {
            (number, rest) if rest.starts_with('\u{a0}') && rest.contains(char::is_numeric) => {
                let rest = rest.trim_start().replace(' ', "\u{a0}");
                vec![Inline::Text(number.to_owned()), Inline::Break, Inline::Text(rest)]
            }
            _ => whole,
        }
    }
}

/// The drawn recovery bar. Read aloud it is a list of sentences: label, then `until`.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Length of the drawn axis, hours from the session.
    pub hours: u32,
    /// 0, 24, 48, 72 hours, where no days are known.
    pub ticks: Vec<Tick>,
    /// The days that the axis crosses, on a patient's sheet; then there are no ticks.
    pub days: Vec<Day>,
    pub bars: Vec<Bar>,
    /// The moment to call, drawn at `alarm.hours`.
    pub alarm: Alarm,
}

/// A column of the axis: a calendar day, or the week that begins with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// Its midnight, minutes from the session; of the first, where the axis begins.
    pub minutes: i32,
    /// "Tue 24", of the last "Fri Nov 27".
    pub label: Text,
    /// Without and with the month, for where some of the days have no label.
    pub forms: [Text; 2],
    /// "Tue", for a first day whose column holds no more; empty where a column is a week.
    pub brief: Text,
    /// Tells one month from another.
    pub month: i32,
}

/// Minutes from the last end to the end of the axis, and of the last day at the least, for its label.
const AFTER: i32 = 150;
const LAST_DAY: i32 = 14 * 60;

impl Timeline {
    /// Where the axis begins and ends, minutes from the session.
    pub fn span(&self) -> (i32, i32) {
        let end = i32::try_from(self.hours).unwrap_or(i32::MAX / 60).saturating_mul(60);
        match (self.days.first(), self.days.last()) {
            (Some(first), Some(last)) => {
                (first.minutes, end.saturating_add(AFTER).max(last.minutes.saturating_add(LAST_DAY)))
            }
            _ => (0, end.max(1)),
        }
    }

    /// Where a moment stands on the axis, 0 to 1.
    pub fn share(&self, minutes: i32) -> f32 {
        let (from, to) = self.span();
        let part = f64::from(minutes.saturating_sub(from)) / f64::from(to.saturating_sub(from).max(1));
        part.clamp(0.0, 1.0) as f32
    }

    /// As [`Timeline::share`], of whole hours from the session.
    pub fn share_of_hours(&self, hours: u32) -> f32 {
        self.share(i32::try_from(hours).unwrap_or(i32::MAX / 60).saturating_mul(60))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub hours: u32,
    /// "Tue 3:30 pm".
    pub label: Text,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// "Take it easy".
    pub label: Text,
    /// "until Thu 3:30 pm"; of an endless one "always". Empty: nothing is said.
    pub until: Text,
    /// End of the solid bar, hours from the session.
    pub hours: u32,
    /// Where the range begins in which it may end, "24 to 48 hours"; the end itself where one is known.
    pub early: u32,
    /// It goes on to the end of the axis, and beyond.
    pub endless: bool,
    /// "then only when you feel well": the bar goes on, dotted.
    pub open_end: Option<Text>,
    pub weight: BarWeight,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarWeight {
    /// Do not: full colour.
    Strong,
    /// Do: lighter.
    Soft,
    /// Expect: outline only.
    Outline,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    pub hours: u32,
    /// What to do when it is not over by then.
    pub label: Text,
}

/// What repeats on every page, artefacts in the PDF.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    pub clinic: String,
    /// What the sheet is about: right side of the head on page 1.
    pub subject: String,
    /// Right side of the head on the pages after, where nobody is named.
    pub continued: String,
    /// Whose sheet it is, in the head of the pages after, so that loose sheets of paper can be told apart: the patient's
    /// name, else the id of the request. Of a patient like the title; in no metadata.
    pub whose: Option<String>,
    /// "Name", beside a line to write on, where a patient's sheet names nobody.
    pub write_on: Option<String>,
    pub foot_left: String,
    /// "Large print or another format? Ask us.": left side of the foot on the last page.
    pub foot_left_last: String,
    /// "Reviewed Nov 2026 · v3F2A · Page {page} of {pages}", with the two places to fill.
    pub foot_right: String,
    /// "Draft of Nov 2026": that nobody has approved the texts as they are. It stands in `foot_right` too.
    pub draft: Option<String>,
}
