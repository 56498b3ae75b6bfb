//! The drawn recovery bar: a column a day with its midnight, a row a window, the moment to call at the end.
//!
//! Read aloud it is a paragraph of days and a list of sentences ("Take it easy / until Thu 3:30 pm"). Words stand at the
//! end of their bar, else behind it, else below it: a row is as high as they need.

use super::builder::{Builder, ROOT};
use super::days::Axis;
use super::paragraph::{ParagraphStyle, Weight};
use super::strip::{Strip, decoration, merge};
use super::ticks::spaced;
use super::{ElementId, LayoutError, Pen, Role, Shape};
use crate::brand::Colour;
use crate::document::{Bar, BarWeight, Text, Timeline};
use crate::geometry::{Point, Pt, Rect};

/// From a bar to the words behind it, and from its end to those inside.
const BEHIND: Pt = Pt(6.0);
/// Of a row, beyond its lines.
const ROW_AIR: Pt = Pt(1.6);
/// Of a row, beyond its bar.
const BAR_AIR: Pt = Pt(3.0);
/// The part of the measure that labels of windows take at the most; longer ones wrap.
const MOST_LABEL: f32 = 0.4;
/// Between the words of a bar's end and those of the alarm.
const APART: Pt = Pt(10.0);
/// From the alarm's words to its stroke.
const TO_STROKE: Pt = Pt(6.0);

/// A row in the making.
struct Row {
    strip: Strip,
    /// Lines below the bar's own.
    below: Pt,
    /// Where the bar is.
    bar: Rect,
    /// Where the next words behind the bar may start.
    free: Pt,
    /// Where the bar ends, with the dots of what goes on.
    end: Pt,
    body: ElementId,
    /// From left to right where words stand outside of the bar: no line of a day runs there.
    taken: Vec<(Pt, Pt)>,
}

impl Builder<'_> {
    pub fn timeline(&mut self, timeline: &Timeline) -> Result<Vec<Strip>, LayoutError> {
        let section = self.open(Role::Section, ROOT);
        let mut drawing = self.drawing(timeline, section)?;
        drawing.section_start = true;
        Ok(vec![drawing])
    }

    fn drawing(&mut self, timeline: &Timeline, section: ElementId) -> Result<Strip, LayoutError> {
        let style = self.style;
        self.row_growth = self.row_growth(timeline)?;
        let mut label_width = Pt::ZERO;
        for bar in &timeline.bars {
            label_width = label_width.max(self.width_of(&bar.label, &self.label_style())?);
        }
        let left = (label_width + Pt(12.0)).min(style.measure() * MOST_LABEL);
        let axis = Axis { left, right: style.measure(), timeline };
        let element = self.open(Role::Paragraph, section);
        let (head, lines) = self.axis_head(axis, element)?;
        let top = head.height;
        let list = self.open(Role::List { ordered: false }, section);
        let reserved = self.alarm_in_bar(axis)?;
        let mut rows = Vec::with_capacity(timeline.bars.len());
        for (index, bar) in timeline.bars.iter().enumerate() {
            let last = index + 1 == timeline.bars.len();
            let reserved = reserved.filter(|_| last).unwrap_or(Pt::ZERO);
            rows.push(self.bar(bar, axis, list, reserved)?);
        }
        let last = rows.last().map_or(Pt::ZERO, |row| row.strip.height);
        let alarm = self.alarm(axis, section, (reserved, last))?;
        let heights: Pt = rows.iter().map(|row| row.strip.height).sum();
        let mut strip = Strip::of(top + heights + alarm.height, Vec::new());
        self.day_grounds(axis, &lines, top + heights, &mut strip);
        strip.absorb(head, Point::default());
        let mut y = top;
        for row in rows {
            let bottom = y + row.strip.height;
            let free = |x: &&Pt| !row.taken.iter().any(|(from, to)| from <= *x && *x <= to);
            for x in lines.iter().filter(free) {
                self.day_line(*x, y, bottom, &mut strip);
            }
            strip.absorb(row.strip, Point::new(Pt::ZERO, y));
            y = bottom;
        }
        strip.absorb(alarm, Point::new(Pt::ZERO, y));
        Ok(strip)
    }

    fn row_height(&self) -> Pt {
        self.style.body.leading + ROW_AIR + self.row_growth
    }

    /// Letters of some scripts reach further above and below their line than a bar does: all its rows grow with them.
    fn row_growth(&self, timeline: &Timeline) -> Result<Pt, LayoutError> {
        let (first, last) = (BAR_AIR / 2.0, self.style.body.leading + ROW_AIR - BAR_AIR / 2.0);
        let band = (first - ROW_AIR / 2.0, last - ROW_AIR / 2.0);
        let mut beyond = self.beyond(&timeline.alarm.label, &self.alarm_style(), band)?;
        for bar in &timeline.bars {
            beyond = beyond.max(self.beyond(&bar.until, &self.until_style(self.style.palette.ink), band)?);
        }
        Ok(beyond * 2.0)
    }

    /// From the top of a row to its first line: its letters stand in the middle of the bar.
    fn row_top(&self) -> Pt {
        (ROW_AIR + self.row_growth) / 2.0
    }

    fn label_style(&self) -> ParagraphStyle {
        self.style.body.weighing(self.style.body.strong)
    }

    fn until_style(&self, colour: Colour) -> ParagraphStyle {
        // The ink saver has no heavier type than it needs.
        let weight = if self.style.outlined { Weight::Regular } else { self.style.body.strong };
        ParagraphStyle { weight, ..self.style.body.coloured(colour) }
    }

    /// `reserved`: room at the bar's end for the alarm's words.
    fn bar(&mut self, bar: &Bar, axis: Axis<'_>, list: ElementId, reserved: Pt) -> Result<Row, LayoutError> {
        let height = self.row_height();
        let item = self.open(Role::ListItem, list);
        let body = self.open(Role::ListBody, item);
        let room = axis.left - Pt(10.0);
        let label = merge(self.text_in(&spaced(&bar.label), &self.label_style(), room, body)?);
        let label_height = label.height + ROW_AIR;
        let mut strip = Strip::default();
        strip.absorb(label, Point::new(Pt::ZERO, self.row_top()));
        let from = axis.minutes(0);
        let to = if bar.endless { axis.right } else { axis.hours(bar.hours) };
        let rect = Rect { x: from, y: BAR_AIR / 2.0, width: to - from, height: height - BAR_AIR };
        let (shape, inside) = self.bar_shape(bar.weight, rect);
        strip.fragments.push(decoration(shape));
        let (free, end) = (rect.right(), rect.right());
        let mut row = Row { strip, below: Pt::ZERO, bar: rect, free, end, body, taken: Vec::new() };
        self.bar_until(bar, (inside, reserved), axis, &mut row)?;
        self.open_end(bar, axis, &mut row)?;
        row.strip.height = label_height.max(height + row.below);
        Ok(row)
    }

    fn bar_shape(&self, weight: BarWeight, rect: Rect) -> (Shape, Colour) {
        let palette = &self.style.palette;
        let pen = |width: f32| Pen { width: Pt(width), ..self.style.border(palette.brand) };
        let (fill, stroke, text) = match (weight, self.style.outlined) {
            (BarWeight::Strong, false) => (Some(palette.brand), None, palette.paper),
            (BarWeight::Soft, false) => {
                (Some(palette.brand.towards(palette.paper, 0.82)), Some(pen(1.0)), palette.ink)
            }
            (BarWeight::Outline, false) => (Some(palette.paper), Some(pen(1.0)), palette.ink),
            (BarWeight::Strong, true) => (Some(palette.paper), Some(pen(1.25)), palette.ink),
            (BarWeight::Soft, true) => (Some(palette.paper), Some(pen(0.75)), palette.ink),
            (BarWeight::Outline, true) => (Some(palette.paper), Some(pen(0.5)), palette.ink),
        };
        let rect = rect.inset(stroke.map_or(Pt::ZERO, |pen| pen.width / 2.0));
        (Shape::Rectangle { rect, radius: Pt(3.0), fill, stroke }, text)
    }

    /// The bar's end in words: at its end when it is long enough, else behind the bar, else below it.
    fn bar_until(
        &mut self,
        bar: &Bar,
        (inside, reserved): (Colour, Pt),
        axis: Axis<'_>,
        row: &mut Row,
    ) -> Result<(), LayoutError> {
        let until = if bar.open_end.is_some() { spaced(&bar.until) } else { bar.until.clone() };
        let width = self.width_of(&until, &self.until_style(inside))?;
        if width <= Pt::ZERO {
            return Ok(());
        }
        // Closer to the bar's ends before the words go behind it, where others may need the room.
        let padding = ((row.bar.width - reserved - width) / 2.0).min(BEHIND);
        if padding >= Pt(3.0) {
            let style = self.until_style(inside);
            let line = merge(self.text_in(&until, &style, width + Pt(1.0), row.body)?);
            let x = row.bar.right() - reserved - padding - width;
            row.strip.absorb(line, Point::new(x, self.row_top()));
            return Ok(());
        }
        let style = self.until_style(self.style.palette.ink);
        self.words_outside(&until, &style, axis, row)
    }

    /// The bar goes on, dotted, as far as its words; the words stand behind the dots, or below the bar.
    fn open_end(&mut self, bar: &Bar, axis: Axis<'_>, row: &mut Row) -> Result<(), LayoutError> {
        let Some(text) = &bar.open_end else { return Ok(()) };
        let palette = self.style.palette;
        let style = self.until_style(palette.ink).weighing(Weight::Regular);
        let width = self.width_of(text, &style)?;
        let behind = row.free + BEHIND + width <= axis.right;
        let words_from = if behind { axis.right - width - Pt(8.0) } else { axis.right };
        let end = words_from.min(row.free + (axis.right - axis.left) / 7.0);
        if end > row.free + Pt(12.0) {
            let y = row.bar.y + row.bar.height / 2.0;
            let pen =
                Pen { colour: palette.brand, width: Pt(3.0), dash: Some((Pt(3.0), Pt(3.0))), round: false };
            let from = Point::new(row.free + Pt(3.0), y);
            row.strip.fragments.push(decoration(Shape::Rule { from, to: Point::new(end, y), pen }));
            row.free = if behind { end } else { row.free };
            row.end = end;
        }
        self.words_outside(text, &style, axis, row)
    }

    /// Words behind a bar where there is room, else below it.
    fn words_outside(
        &mut self,
        text: &Text,
        style: &ParagraphStyle,
        axis: Axis<'_>,
        row: &mut Row,
    ) -> Result<(), LayoutError> {
        let width = self.width_of(text, style)?;
        let behind = row.free + BEHIND + width <= axis.right;
        let room = if behind { width + Pt(1.0) } else { axis.right - axis.left };
        let words = merge(self.text_in(text, style, room, row.body)?);
        let taken = if behind { width } else { width.min(room) };
        let at = match behind {
            true => Point::new(row.free + BEHIND, self.row_top()),
            // Under the end of the bar or of its dots, or from where the bar begins, as far as the axis allows.
            false => {
                let x = (row.end - taken).max(row.bar.x).min(axis.right - taken).max(axis.left);
                Point::new(x, self.row_height() + row.below)
            }
        };
        if behind {
            row.free = at.x + width;
        } else {
            row.below += words.height + self.row_growth;
        }
        row.taken.push((at.x - Pt(2.0), at.x + taken + Pt(2.0)));
        row.strip.absorb(words, at);
        Ok(())
    }

    fn alarm_style(&self) -> ParagraphStyle {
        let colour = self.style.palette.warning;
        ParagraphStyle { colour, weight: self.style.body.strong, ..self.style.body }
    }

    /// What the alarm's words take at the end of the last bar, where they find room inside of it beside its own.
    fn alarm_in_bar(&self, axis: Axis<'_>) -> Result<Option<Pt>, LayoutError> {
        let (Some(bar), alarm) = (axis.timeline.bars.last(), &axis.timeline.alarm) else { return Ok(None) };
        if bar.weight != BarWeight::Outline || bar.hours != alarm.hours || bar.open_end.is_some() {
            return Ok(None);
        }
        let until = self.width_of(&bar.until, &self.until_style(self.style.palette.ink))?;
        let words = self.width_of(&alarm.label, &self.alarm_style())?;
        let taken = words + TO_STROKE + if until > Pt::ZERO { APART - BEHIND } else { Pt::ZERO };
        let room = axis.hours(bar.hours) - axis.minutes(0);
        Ok((taken + until + BEHIND * 2.0 <= room).then_some(taken))
    }

    /// A heavy red stroke at the moment to call: at the end of the last bar when that ends there, else in a row of its
    /// own. The strip's top is the foot of the last row, which is so high.
    fn alarm(
        &mut self,
        axis: Axis<'_>,
        section: ElementId,
        (in_bar, last): (Option<Pt>, Pt),
    ) -> Result<Strip, LayoutError> {
        let (timeline, alarm) = (axis.timeline, &axis.timeline.alarm);
        let (style, row) = (self.alarm_style(), self.row_height());
        // Half of its width inside of the measure.
        let x = axis.hours(alarm.hours).min(self.style.measure() - Pt(1.5));
        let pen = Pen { colour: style.colour, width: Pt(3.0), dash: None, round: true };
        let element = self.open(Role::Paragraph, section);
        let width = self.width_of(&alarm.label, &style)?;
        let at_end = timeline.bars.last().is_some_and(|bar| axis.hours(bar.hours) == axis.hours(alarm.hours));
        // Beside the bar itself, above what else stands in its row.
        let top = if at_end { -last } else { Pt::ZERO };
        let (from, to) = (Point::new(x, top), Point::new(x, top + row));
        let mut strip = Strip::of(Pt::ZERO, vec![decoration(Shape::Rule { from, to, pen })]);
        if in_bar.is_some() {
            let line = merge(self.text_in(&alarm.label, &style, width + Pt(1.0), element)?);
            strip.absorb(line, Point::new(x - width - TO_STROKE, self.row_top() - last));
            return Ok(strip);
        }
        let (measure, beside) = (self.style.measure(), Pt(8.0));
        let room = match at_end {
            true => measure,
            // Beside the stroke, on the side that has more room.
            false => (x - beside).max(measure - x - beside),
        };
        let words = merge(self.text_in(&alarm.label, &style, room, element)?);
        let taken = width.min(room);
        let start = match at_end {
            true => (x - taken).max(Pt::ZERO),
            false if x - beside >= taken => x - beside - taken,
            false => x + beside,
        };
        strip.height = words.height.max(if at_end { Pt::ZERO } else { row });
        strip.absorb(words, Point::new(start, Pt::ZERO));
        Ok(strip)
    }
}
