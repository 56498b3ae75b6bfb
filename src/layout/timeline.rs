//! The drawn recovery bar: days across, a row a window, the moment to call at the end.
//!
//! Read aloud it is a paragraph of days and a list of sentences ("Take it easy / until Thu 3:30 pm"). Words stand in
//! their bar, else behind it, else below it: a row is as high as they need.

use super::builder::{Builder, ROOT};
use super::paragraph::{ParagraphStyle, Weight};
use super::strip::{Strip, decoration, merge};
use super::ticks::{Span, spaced};
use super::{ElementId, Fragment, LayoutError, Pen, Role, Shape};
use crate::brand::Colour;
use crate::document::{Bar, BarWeight, Text, Timeline};
use crate::geometry::{Point, Pt, Rect};

/// From a bar to the words behind it.
const BEHIND: Pt = Pt(6.0);
/// From the top of a row to its first line.
const TOP: Pt = Pt(2.5);
/// Of a row, beyond its lines.
const ROW_AIR: Pt = Pt(5.0);
/// The part of the measure that labels of windows take at the most; longer ones wrap.
const MOST_LABEL: f32 = 0.45;

/// Where the drawn axis stands, from the left margin.
#[derive(Clone, Copy)]
struct Axis {
    left: Pt,
    right: Pt,
    hours: f32,
}

impl Axis {
    fn at(&self, hours: u32) -> Pt {
        self.left + (self.right - self.left) * (hours as f32 / self.hours).min(1.0)
    }
}

/// A row in the making.
struct Row {
    strip: Strip,
    /// Lines below the bar's own.
    below: Pt,
    /// Where the bar is.
    bar: Rect,
    /// Where the next words behind the bar may start.
    free: Pt,
    body: ElementId,
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
        let mut label_width = Pt::ZERO;
        for bar in &timeline.bars {
            label_width = label_width.max(self.width_of(&bar.label, &self.label_style())?);
        }
        let left = (label_width + Pt(12.0)).min(style.measure() * MOST_LABEL);
        // The last line stands in from the edge so that the alarm's mark has room.
        let axis = Axis { left, right: style.measure() - Pt(2.0), hours: timeline.hours.max(1) as f32 };
        let element = self.open(Role::Paragraph, section);
        let span = Span { left: axis.left, right: axis.right };
        let ticks = self.tick_labels(&timeline.ticks, |hours| axis.at(hours), span, element)?;
        let top = ticks.height.max(style.small.leading) + Pt(2.0);
        let list = self.open(Role::List { ordered: false }, section);
        let mut rows = Vec::with_capacity(timeline.bars.len());
        for bar in &timeline.bars {
            rows.push(self.bar(bar, axis, list)?);
        }
        let heights: Pt = rows.iter().map(|row| row.height).sum();
        let last = rows.last().map_or(Pt::ZERO, |row| row.height);
        let mut strip =
            Strip::of(top + heights, self.grid_lines(timeline, axis, top - Pt(2.0), top + heights));
        strip.absorb(ticks, Point::default());
        let mut y = top;
        for row in rows {
            let height = row.height;
            strip.absorb(row, Point::new(Pt::ZERO, y));
            y += height;
        }
        let alarm = self.alarm(timeline, axis, section, last)?;
        strip.height = y - last + alarm.height;
        strip.absorb(alarm, Point::new(Pt::ZERO, y - last));
        Ok(strip)
    }

    fn row_height(&self) -> Pt {
        self.style.small.leading + ROW_AIR
    }

    fn label_style(&self) -> ParagraphStyle {
        ParagraphStyle { size: self.style.small.size, leading: self.style.small.leading, ..self.style.body }
            .weighing(Weight::Semibold)
    }

    fn until_style(&self, colour: Colour) -> ParagraphStyle {
        self.style.small.coloured(colour).weighing(Weight::Semibold)
    }

    fn grid_lines(&self, timeline: &Timeline, axis: Axis, top: Pt, bottom: Pt) -> Vec<Fragment> {
        let pen = Pen { width: Pt(0.5), ..self.style.border(self.style.palette.rule) };
        let line = |hours: u32| {
            let x = axis.at(hours);
            decoration(Shape::Rule { from: Point::new(x, top), to: Point::new(x, bottom), pen })
        };
        timeline.ticks.iter().map(|tick| line(tick.hours)).collect()
    }

    fn bar(&mut self, bar: &Bar, axis: Axis, list: ElementId) -> Result<Strip, LayoutError> {
        let height = self.row_height();
        let item = self.open(Role::ListItem, list);
        let body = self.open(Role::ListBody, item);
        let room = axis.left - Pt(10.0);
        let label = merge(self.text_in(&spaced(&bar.label), &self.label_style(), room, body)?);
        let label_height = label.height + ROW_AIR;
        let mut strip = Strip::default();
        strip.absorb(label, Point::new(Pt::ZERO, TOP));
        let rect = Rect {
            x: axis.left,
            y: Pt(2.0),
            width: axis.at(bar.hours) - axis.left,
            height: height - Pt(4.0),
        };
        let (shape, inside) = self.bar_shape(bar.weight, rect);
        strip.fragments.push(decoration(shape));
        let mut row = Row { strip, below: Pt::ZERO, bar: rect, free: rect.right(), body };
        self.bar_until(bar, inside, axis, &mut row)?;
        self.open_end(bar, axis, &mut row)?;
        row.strip.height = label_height.max(height + row.below);
        Ok(row.strip)
    }

    fn bar_shape(&self, weight: BarWeight, rect: Rect) -> (Shape, Colour) {
        let palette = &self.style.palette;
        let pen = |width: f32| Pen { width: Pt(width), ..self.style.border(palette.brand) };
        let (fill, stroke, text) = match (weight, self.style.outlined) {
            (BarWeight::Strong, false) => (Some(palette.brand), None, palette.paper),
            (BarWeight::Soft, false) => {
                (Some(palette.brand.towards(palette.paper, 0.78)), Some(pen(0.75)), palette.ink)
            }
            (BarWeight::Outline, outlined) => {
                (Some(palette.paper), Some(pen(if outlined { 0.75 } else { 1.0 })), palette.ink)
            }
            (BarWeight::Strong, true) => (Some(palette.paper), Some(pen(1.5)), palette.ink),
            (BarWeight::Soft, true) => (Some(palette.paper), Some(pen(0.75)), palette.ink),
        };
        (Shape::Rectangle { rect, radius: Pt(3.0), fill, stroke }, text)
    }

    /// The bar's end in words: inside when it fits, else behind the bar, else below it.
    fn bar_until(&mut self, bar: &Bar, inside: Colour, axis: Axis, row: &mut Row) -> Result<(), LayoutError> {
        let until = if bar.open_end.is_some() { spaced(&bar.until) } else { bar.until.clone() };
        let width = self.width_of(&until, &self.until_style(inside))?;
        if width <= Pt::ZERO {
            return Ok(());
        }
        // Closer to the bar's ends before the words go behind it, where others may need the room.
        let padding = ((row.bar.width - width) / 2.0).min(BEHIND);
        if padding >= Pt(3.0) {
            let style = self.until_style(inside);
            let line = merge(self.text_in(&until, &style, width + Pt(1.0), row.body)?);
            row.strip.absorb(line, Point::new(row.bar.x + padding, TOP));
            return Ok(());
        }
        let style = self.until_style(self.style.palette.ink);
        self.words_outside(&until, &style, axis, row)
    }

    /// The bar goes on, dotted, as far as its words; the words stand behind the dots, or below the bar.
    fn open_end(&mut self, bar: &Bar, axis: Axis, row: &mut Row) -> Result<(), LayoutError> {
        let Some(text) = &bar.open_end else { return Ok(()) };
        let palette = self.style.palette;
        let style = self.until_style(palette.ink).weighing(Weight::Regular);
        let width = self.width_of(text, &style)?;
        let behind = row.free + BEHIND + width <= axis.right;
        let words_from = if behind { axis.right - width - Pt(8.0) } else { axis.right };
        let end = words_from.min(row.free + (axis.right - axis.left) / 6.0);
        if end > row.free + Pt(12.0) {
            let y = row.bar.y + row.bar.height / 2.0;
            let pen =
                Pen { colour: palette.brand, width: Pt(3.0), dash: Some((Pt(3.0), Pt(3.0))), round: false };
            let from = Point::new(row.free + Pt(3.0), y);
            row.strip.fragments.push(decoration(Shape::Rule { from, to: Point::new(end, y), pen }));
            row.free = if behind { end } else { row.free };
        }
        self.words_outside(text, &style, axis, row)
    }

    /// Words behind a bar where there is room, else below it.
    fn words_outside(
        &mut self,
        text: &Text,
        style: &ParagraphStyle,
        axis: Axis,
        row: &mut Row,
    ) -> Result<(), LayoutError> {
        let width = self.width_of(text, style)?;
        let behind = row.free + BEHIND + width <= axis.right;
        let room = if behind { width + Pt(1.0) } else { axis.right - axis.left };
        let words = merge(self.text_in(text, style, room, row.body)?);
        let taken = if behind { width } else { width.min(room) };
        let at = match behind {
            true => Point::new(row.free + BEHIND, TOP),
            // Under the bar's end, as far as the axis allows.
            false => {
                let x = (row.bar.right() - taken).min(axis.right - taken).max(axis.left);
                Point::new(x, self.row_height() + row.below)
            }
        };
        // The lines of days do not run through words.
        let backing =
            Rect { x: at.x - Pt(2.0), y: at.y - Pt(0.5), width: taken + Pt(4.0), height: words.height };
        if behind {
            row.free = at.x + width;
        } else {
            row.below += words.height;
        }
        row.strip.fragments.push(decoration(Shape::Rectangle {
            rect: backing,
            radius: Pt::ZERO,
            fill: Some(self.style.palette.paper),
            stroke: None,
        }));
        row.strip.absorb(words, at);
        Ok(())
    }

    /// A heavy red stroke at the moment to call: at the end of the last bar when that ends there, else in a row of its
    /// own. Its words are inside of that bar when it is an outline with room for them, else below.
    fn alarm(
        &mut self,
        timeline: &Timeline,
        axis: Axis,
        section: ElementId,
        last: Pt,
    ) -> Result<Strip, LayoutError> {
        let alarm = &timeline.alarm;
        let colour = self.style.palette.warning;
        let (x, row) = (axis.at(alarm.hours), self.row_height());
        let pen = Pen { colour, width: Pt(3.0), dash: None, round: true };
        let style = ParagraphStyle { colour, weight: Weight::Bold, ..self.label_style() };
        let element = self.open(Role::Paragraph, section);
        let width = self.width_of(&alarm.label, &style)?;
        let at_end = timeline.bars.last().is_some_and(|bar| axis.at(bar.hours) == x);
        let top = if at_end { Pt::ZERO } else { last };
        let rule =
            Shape::Rule { from: Point::new(x, top - Pt(1.0)), to: Point::new(x, top + row - Pt(1.0)), pen };
        let mut strip = Strip::of(Pt::ZERO, vec![decoration(rule)]);
        let room = match (at_end, self.room_in_last_bar(timeline, axis)?) {
            (true, free) if free >= width + Pt(24.0) => {
                let line = merge(self.text_in(&alarm.label, &style, width + Pt(1.0), element)?);
                strip.absorb(line, Point::new(x - width - Pt(8.0), TOP));
                strip.height = last;
                return Ok(strip);
            }
            (true, _) => self.style.measure(),
            // Beside the stroke, on the side that has more room.
            (false, _) => (x - Pt(8.0)).max(self.style.measure() - x - Pt(8.0)),
        };
        let words = merge(self.text_in(&alarm.label, &style, room, element)?);
        let taken = width.min(room);
        let start = match at_end {
            true => (x - taken).max(Pt::ZERO),
            false if x - Pt(8.0) >= taken => x - Pt(8.0) - taken,
            false => x + Pt(8.0),
        };
        let y = if at_end { last } else { last + TOP };
        strip.height = (y + words.height).max(top + row);
        strip.absorb(words, Point::new(start, y));
        Ok(strip)
    }

    /// What the last bar's own words leave free before the alarm; nothing when it is filled or ends elsewhere.
    fn room_in_last_bar(&self, timeline: &Timeline, axis: Axis) -> Result<Pt, LayoutError> {
        let Some(bar) = timeline.bars.last() else { return Ok(Pt::ZERO) };
        if bar.weight != BarWeight::Outline || bar.hours != timeline.alarm.hours || bar.open_end.is_some() {
            return Ok(Pt::ZERO);
        }
        let words = self.width_of(&bar.until, &self.until_style(self.style.palette.ink))?;
        Ok(axis.at(bar.hours) - axis.left - words)
    }
}
