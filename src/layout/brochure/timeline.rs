//! The recovery timeline on a panel's width: the words of each window above a row of boxes, one for each day or so many
//! days. A box is full as long as everybody keeps to it, tinted while some may still have to, and dotted where nobody
//! knows the end. Read aloud it is the same as on a handout: a paragraph of days and a list of sentences.

use crate::brand::Colour;
use crate::document::{Bar, BarWeight, Timeline};
use crate::geometry::{Point, Pt, Rect};
use crate::layout::builder::{Builder, ROOT};
use crate::layout::paragraph::{Align, Weight};
use crate::layout::strip::{Strip, decoration, merge};
use crate::layout::ticks::{Span, spaced};
use crate::layout::{ElementId, LayoutError, Pen, Role, Shape};

/// Height of a box.
const BAR: Pt = Pt(8.0);
/// Between two of them.
const APART: Pt = Pt(3.0);

/// A row in the making.
struct Row {
    strip: Strip,
    /// Foot of the bar's own line.
    bar_line: Pt,
}

impl Builder<'_> {
    /// Ticks, then each bar with its words above it, then the moment to call.
    pub(super) fn panel_timeline(&mut self, timeline: &Timeline) -> Result<Strip, LayoutError> {
        let section = self.open(Role::Section, ROOT);
        let mut strips = vec![self.panel_ticks(timeline, section)?];
        let list = self.open(Role::List { ordered: false }, section);
        let last = timeline.bars.len().saturating_sub(1);
        for (index, bar) in timeline.bars.iter().enumerate() {
            let Row { mut strip, bar_line } = self.panel_bar(bar, timeline, list)?;
            strip.gap = self.style.gaps.row;
            if index == last {
                let x = self.panel_x(timeline.alarm.hours, timeline) - Pt(1.5);
                let pen = Pen { colour: self.style.palette.warning, width: Pt(3.0), dash: None, round: true };
                let from = Point::new(x, bar_line + Pt(1.0) - self.style.body.leading);
                let to = Point::new(x, bar_line + if strip.height > bar_line { Pt::ZERO } else { Pt(2.0) });
                strip.fragments.push(decoration(Shape::Rule { from, to, pen }));
            }
            strips.push(strip);
        }
        strips.push(self.panel_alarm(timeline, section)?);
        Ok(merge(strips))
    }

    fn panel_x(&self, hours: u32, timeline: &Timeline) -> Pt {
        self.style.measure() * (hours as f32 / timeline.hours.max(1) as f32).min(1.0)
    }

    /// Labels over their lines, the first and the last inside of the measure.
    fn panel_ticks(&mut self, timeline: &Timeline, section: ElementId) -> Result<Strip, LayoutError> {
        let element = self.open(Role::Paragraph, section);
        let span = Span { left: Pt::ZERO, right: self.style.measure() };
        let at = |hours: u32| span.right * (hours as f32 / timeline.hours.max(1) as f32).min(1.0);
        let mut strip = self.tick_labels(&timeline.ticks, at, span, element)?;
        strip.height = strip.height.max(self.style.small.leading);
        let pen = self.style.border(self.style.palette.rule);
        let y = strip.height + Pt(1.0);
        let to = Point::new(self.style.measure(), y);
        strip.fragments.push(decoration(Shape::Rule { from: Point::new(Pt::ZERO, y), to, pen }));
        strip.height += self.style.grid / 2.0;
        Ok(strip)
    }

    /// Label and end on one line, else below each other; then the bar, with what goes on behind it or below.
    fn panel_bar(&mut self, bar: &Bar, timeline: &Timeline, list: ElementId) -> Result<Row, LayoutError> {
        let (body, measure) = (self.style.body, self.style.measure());
        let label = body.weighing(Weight::Semibold);
        let item = self.open(Role::ListItem, list);
        let element = self.open(Role::ListBody, item);
        let mut strip = merge(self.text_in(&spaced(&bar.label), &label, measure, element)?);
        let until = if bar.open_end.is_some() { spaced(&bar.until) } else { bar.until.clone() };
        let width = self.width_of(&bar.until, &body)?;
        let one_line = self.width_of(&bar.label, &label)? + body.size + width <= measure;
        let y = if one_line || width <= Pt::ZERO { Pt::ZERO } else { strip.height };
        let end = merge(self.text_in(&until, &body.aligned(Align::End), measure, element)?);
        strip.height = strip.height.max(y + end.height);
        strip.absorb(end, Point::new(Pt::ZERO, y));
        // Letters of some scripts reach into the bar below them.
        let line = (-body.leading, body.leading);
        let below = self.beyond(&bar.label, &label, line)?.max(self.beyond(&until, &body, line)?);
        let words = strip.height + below;
        let top = words + (body.leading - BAR) / 2.0;
        strip.fragments.extend(self.boxes(bar, timeline, top).into_iter().map(decoration));
        let bar_line = words + body.leading;
        strip.height = bar_line;
        if let Some(text) = &bar.open_end {
            let line = self.text_in(text, &body.aligned(Align::End), measure, element)?;
            let line = merge(line);
            strip.height += line.height;
            strip.absorb(line, Point::new(Pt::ZERO, bar_line));
        }
        Ok(Row { strip, bar_line })
    }

    /// Where boxes begin and end, hours from the session.
    fn edges(timeline: &Timeline) -> Vec<(u32, u32)> {
        let mut edges: Vec<u32> = timeline.ticks.iter().map(|tick| tick.hours).collect();
        edges.extend([0, timeline.hours.max(1)]);
        edges.sort_unstable();
        edges.dedup();
        edges.windows(2).map(|pair| (pair[0], pair[1])).collect()
    }

    /// The boxes of a window, each with as much of it as it lasts.
    fn boxes(&self, bar: &Bar, timeline: &Timeline, y: Pt) -> Vec<Shape> {
        let palette = &self.style.palette;
        let rule = self.style.border(palette.rule);
        let mut shapes = Vec::new();
        for (from, to) in Self::edges(timeline) {
            let whole = Span { left: self.panel_x(from, timeline), right: self.panel_x(to, timeline) };
            let left = if from == 0 { whole.left } else { whole.left + APART / 2.0 };
            let right = if to >= timeline.hours { whole.right } else { whole.right - APART / 2.0 };
            let one = Rect { x: left, y, width: right - left, height: BAR };
            shapes.push(framed(one, Some(palette.paper), Some(rule)));
            // What ends within a box fills its part of it.
            let part = |begin: u32, end: u32| {
                let x = |hours: u32| match hours {
                    hours if hours <= from => left,
                    hours if hours >= to => right,
                    hours => self.panel_x(hours, timeline),
                };
                (begin.max(from) < end.min(to)).then(|| Rect { x: x(begin), width: x(end) - x(begin), ..one })
            };
            for (begin, end, is_sure) in [(bar.early, bar.hours, false), (0, bar.early, true)] {
                let filled = part(begin, end).map(|rect| self.filled(bar.weight, is_sure, rect));
                shapes.extend(filled);
            }
            if bar.open_end.is_some()
                && let Some(rest) = part(bar.hours, timeline.hours)
            {
                shapes.extend(self.dots(rest));
            }
        }
        shapes
    }

    /// As long as everybody keeps to it, and while some may still have to.
    fn filled(&self, weight: BarWeight, is_sure: bool, rect: Rect) -> Shape {
        let palette = &self.style.palette;
        let pen = Pen { width: Pt(1.0), ..self.style.border(palette.brand) };
        let tint = |share: f32| palette.brand.towards(palette.paper, share);
        match (weight, is_sure) {
            (BarWeight::Strong, true) => framed(rect, Some(palette.brand), None),
            (BarWeight::Strong, false) | (BarWeight::Soft, true) => framed(rect, Some(tint(0.6)), Some(pen)),
            (BarWeight::Soft, false) => framed(rect, Some(tint(0.85)), Some(pen)),
            (BarWeight::Outline, _) => framed(rect, Some(palette.paper), Some(pen)),
        }
    }

    /// Nobody knows when this ends.
    fn dots(&self, rect: Rect) -> Option<Shape> {
        let y = rect.y + rect.height / 2.0;
        let (from, to) = (rect.x + Pt(4.0), rect.right() - Pt(4.0));
        let colour = self.style.palette.brand;
        let pen = Pen { colour, width: Pt(3.0), dash: Some((Pt(3.0), Pt(3.0))), round: false };
        (to > from).then(|| Shape::Rule { from: Point::new(from, y), to: Point::new(to, y), pen })
    }

    fn panel_alarm(&mut self, timeline: &Timeline, section: ElementId) -> Result<Strip, LayoutError> {
        let style = self.style.body.coloured(self.style.palette.warning).weighing(Weight::Bold);
        let element = self.open(Role::Paragraph, section);
        let measure = self.style.measure();
        let end = self.panel_x(timeline.alarm.hours, timeline);
        let natural = self.width_of(&timeline.alarm.label, &style)?;
        // It ends at its mark, on two lines too; where the mark comes too early for that, it begins with the axis.
        let (width, x) = match natural {
            natural if natural <= end => (natural, end - natural),
            _ if end > measure * 0.6 => (end, Pt::ZERO),
            natural => (natural.min(measure), Pt::ZERO),
        };
        let style = if x == Pt::ZERO && width == end { style.aligned(Align::End) } else { style };
        let mut line =
            merge(self.text_in(&timeline.alarm.label, &style, width.min(measure) + Pt(0.1), element)?);
        line.shift(Point::new(x, Pt(2.0)));
        line.height += Pt(2.0);
        Ok(line)
    }
}

/// A box; the pen stays inside of it.
fn framed(rect: Rect, fill: Option<Colour>, stroke: Option<Pen>) -> Shape {
    let rect = rect.inset(stroke.map_or(Pt::ZERO, |pen| pen.width / 2.0));
    Shape::Rectangle { rect, radius: Pt(2.0), fill, stroke }
}
