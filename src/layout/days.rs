//! The axis of the timeline: a column a day, with its head, its midnight and, every second one, its ground.

use super::builder::Builder;
use super::paragraph::{ParagraphStyle, Weight};
use super::strip::{Strip, decoration, merge};
use super::ticks::{Span, spaced};
use super::{ElementId, LayoutError, Pen, Shape};
use crate::document::Timeline;
use crate::geometry::{Point, Pt, Rect};

/// From a midnight to its day's label.
const FROM_LINE: Pt = Pt(4.0);

/// Where the drawn axis stands, from the left margin.
#[derive(Clone, Copy)]
pub struct Axis<'t> {
    pub left: Pt,
    pub right: Pt,
    pub timeline: &'t Timeline,
}

impl Axis<'_> {
    fn at(&self, share: f32) -> Pt {
        self.left + (self.right - self.left) * share
    }

    pub fn hours(&self, hours: u32) -> Pt {
        self.at(self.timeline.share_of_hours(hours))
    }

    pub fn minutes(&self, minutes: i32) -> Pt {
        self.at(self.timeline.share(minutes))
    }
}

impl Builder<'_> {
    /// Heads of days, or labels of hours, and where their lines stand.
    pub fn axis_head(&mut self, axis: Axis<'_>, element: ElementId) -> Result<(Strip, Vec<Pt>), LayoutError> {
        let timeline = axis.timeline;
        if timeline.days.is_empty() {
            let span = Span { left: axis.left, right: axis.right };
            let mut head = self.tick_labels(&timeline.ticks, |hours| axis.hours(hours), span, element)?;
            head.height = head.height.max(self.style.small.leading) + Pt(2.0);
            return Ok((head, timeline.ticks.iter().map(|tick| axis.hours(tick.hours)).collect()));
        }
        let style = self.head_style();
        let mut days = Vec::with_capacity(timeline.days.len());
        for day in &timeline.days {
            days.push((axis.minutes(day.minutes), self.width_of(&day.label, &style)? + Pt(1.0)));
        }
        let mut head = Strip::of(style.leading + Pt(2.0), Vec::new());
        let step = step(&days, axis.right);
        let mut crossed = Vec::new();
        for (index, place) in places(&days, step, axis.right) {
            let label = spaced(&timeline.days[index].label);
            let words = merge(self.text_in(&label, &style, days[index].1 + Pt(1.0), element)?);
            crossed.push((place - Pt(2.0), place + days[index].1));
            head.absorb(words, Point::new(place, Pt::ZERO));
        }
        let lines: Vec<Pt> = days.iter().step_by(step).map(|(x, _)| *x).collect();
        for x in lines.iter().filter(|x| !crossed.iter().any(|(from, to)| from < *x && *x < to)) {
            self.day_line(*x, Pt::ZERO, head.height, &mut head);
        }
        Ok((head, lines))
    }

    /// Heads of days: in large print, where a line holds less, a little smaller than the body.
    fn head_style(&self) -> ParagraphStyle {
        let style = self.style.body.coloured(self.style.palette.brand).weighing(Weight::Bold);
        let factor = if self.style.columns > 1 { 1.0 } else { 0.83 };
        ParagraphStyle { size: style.size * factor, leading: style.leading * factor, ..style }
    }

    /// Every second day on a tint, so that the eye finds a bar's end in its column.
    pub fn day_grounds(&self, axis: Axis<'_>, height: Pt, strip: &mut Strip) {
        if self.style.outlined {
            return;
        }
        let mut edges: Vec<Pt> = axis.timeline.days.iter().map(|day| axis.minutes(day.minutes)).collect();
        edges.push(axis.right);
        for pair in edges.windows(2).skip(1).step_by(2) {
            let rect = Rect { x: pair[0], y: Pt::ZERO, width: pair[1] - pair[0], height };
            let fill = Some(self.style.palette.tint);
            let ground = Shape::Rectangle { rect, radius: Pt::ZERO, fill, stroke: None };
            strip.fragments.push(decoration(ground));
        }
    }

    pub fn day_line(&self, x: Pt, top: Pt, bottom: Pt, strip: &mut Strip) {
        let pen = Pen { width: Pt(0.5), ..self.style.border(self.style.palette.muted) };
        let (from, to) = (Point::new(x, top), Point::new(x, bottom));
        strip.fragments.push(decoration(Shape::Rule { from, to, pen }));
    }
}

/// Midnights and the widths of their labels: every how many days have a label so that none meets the next.
fn step(days: &[(Pt, Pt)], right: Pt) -> usize {
    let apart = |step: usize| {
        let places = places(days, step, right);
        let meets = |pair: &[(usize, Pt)]| pair[0].1 + days[pair[0].0].1 > pair[1].1;
        !places.windows(2).any(meets)
    };
    (1..days.len()).find(|step| apart(*step)).unwrap_or(days.len().max(1))
}

/// Where labels stand: at the right of their midnights. The first may begin before the axis, over the names of the
/// windows, where its day has no room for it; the last ends with the axis.
fn places(days: &[(Pt, Pt)], step: usize, right: Pt) -> Vec<(usize, Pt)> {
    let chosen: Vec<usize> = (0..days.len()).step_by(step.max(1)).collect();
    let place = |(order, index): (usize, &usize)| {
        let (x, width) = days[*index];
        let next = chosen.get(order + 1).map_or(right, |next| days[*next].0);
        let first = order == 0 && chosen.len() > 1;
        let latest = if first { next - width } else { right - width };
        (*index, (x + FROM_LINE).min(latest).max(Pt::ZERO))
    };
    chosen.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_days_thin_out_until_none_meets_the_next() {
        let table = [(4, 100.0, 1), (8, 50.0, 1), (8, 40.0, 2), (22, 15.0, 5), (1, 10.0, 1)];
        for (count, pitch, expected) in table {
            let days: Vec<(Pt, Pt)> =
                (0..count).map(|day| (Pt(90.0 + day as f32 * pitch), Pt(44.0))).collect();
            let right = Pt(90.0 + count as f32 * pitch);
            assert_eq!(step(&days, right), expected, "{count} days, {pitch} wide");
        }
    }

    #[test]
    fn a_short_first_day_and_a_short_last_one_keep_their_labels() {
        let days = [(Pt(90.0), Pt(44.0)), (Pt(120.0), Pt(44.0)), (Pt(200.0), Pt(70.0))];
        let right = Pt(250.0);
        assert_eq!(step(&days, right), 1);
        let places: Vec<f32> = places(&days, 1, right).into_iter().map(|(_, x)| x.0).collect();
        assert_eq!(places, [76.0, 124.0, 180.0]);
    }
}
