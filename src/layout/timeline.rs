//! The drawn recovery bar: days across, a row a window, the moment to call at the end.
//!
//! Read aloud it is a paragraph of days and a list of sentences ("Take it easy / until Thu 3:30 pm").

use super::builder::{Builder, ROOT};
use super::paragraph::{Align as LineAlign, ParagraphStyle, Weight};
use super::strip::{Strip, decoration, merge};
use super::{ElementId, Fragment, LayoutError, Pen, Role, Shape};
use crate::brand::Colour;
use crate::document::{Bar, BarWeight, Text, Timeline};
use crate::geometry::{Point, Pt, Rect};

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
        let left = (label_width + Pt(12.0)).min(style.measure() * 0.45);
        // The last line stands in from the edge so that the alarm's mark has room.
        let axis = Axis { left, right: style.measure() - Pt(2.0), hours: timeline.hours.max(1) as f32 };
        let ticks = self.ticks(timeline, axis, section)?;
        let row = self.row_height();
        let top = style.small.leading + Pt(2.0);
        let bottom = top + row * timeline.bars.len() as f32;
        let mut strip = Strip::of(bottom, self.grid_lines(timeline, axis, top - Pt(2.0), bottom));
        strip.absorb(ticks, Point::default());
        let list = self.open(Role::List { ordered: false }, section);
        for (index, bar) in timeline.bars.iter().enumerate() {
            let bar = self.bar(bar, axis, list)?;
            strip.absorb(bar, Point::new(Pt::ZERO, top + row * index as f32));
        }
        let alarm = self.alarm(timeline, axis, section, row)?;
        let alarm_top = bottom - row;
        strip.height = alarm_top + alarm.height;
        strip.absorb(alarm, Point::new(Pt::ZERO, alarm_top));
        Ok(strip)
    }

    fn row_height(&self) -> Pt {
        self.style.small.leading + Pt(5.0)
    }

    fn label_style(&self) -> ParagraphStyle {
        ParagraphStyle { size: self.style.small.size, leading: self.style.small.leading, ..self.style.body }
            .weighing(Weight::Semibold)
    }

    fn until_style(&self, colour: Colour) -> ParagraphStyle {
        self.style.small.coloured(colour).weighing(Weight::Semibold)
    }

    fn grid_lines(&self, timeline: &Timeline, axis: Axis, top: Pt, bottom: Pt) -> Vec<Fragment> {
        let pen = self.style.border(self.style.palette.rule);
        let line = |hours: u32| {
            let x = axis.at(hours);
            decoration(Shape::Rule { from: Point::new(x, top), to: Point::new(x, bottom), pen })
        };
        timeline.ticks.iter().map(|tick| line(tick.hours)).collect()
    }

    /// Day and time above each line; the first starts at its line, the last ends at it. One that would touch
    /// its neighbour is set only when there is room.
    fn ticks(&mut self, timeline: &Timeline, axis: Axis, section: ElementId) -> Result<Strip, LayoutError> {
        let style = self.style.small;
        let element = self.open(Role::Paragraph, section);
        let mut strip = Strip::of(style.leading, Vec::new());
        let last = timeline.ticks.len().saturating_sub(1);
        for (index, tick) in timeline.ticks.iter().enumerate() {
            let mut label = tick.label.clone();
            label.push(crate::document::Inline::Text(" ".to_owned()));
            let width = self.width_of(&label, &style)?;
            let x = axis.at(tick.hours);
            let start = match index {
                0 => x,
                _ if index == last => (x - width).min(axis.right - width),
                _ => x - width / 2.0,
            };
            strip.absorb(self.one_line(&label, &style, element)?, Point::new(start, Pt::ZERO));
        }
        Ok(strip)
    }

    fn one_line(
        &mut self,
        text: &Text,
        style: &ParagraphStyle,
        element: ElementId,
    ) -> Result<Strip, LayoutError> {
        Ok(merge(self.text_in(text, style, Pt(2_000.0), element)?))
    }

    fn bar(&mut self, bar: &Bar, axis: Axis, list: ElementId) -> Result<Strip, LayoutError> {
        let row = self.row_height();
        let item = self.open(Role::ListItem, list);
        let body = self.open(Role::ListBody, item);
        let mut strip = Strip::of(row, Vec::new());
        let mut label = bar.label.clone();
        label.push(crate::document::Inline::Text(" ".to_owned()));
        strip.absorb(self.one_line(&label, &self.label_style(), body)?, Point::new(Pt::ZERO, Pt(2.5)));
        let rect =
            Rect { x: axis.left, y: Pt(2.0), width: axis.at(bar.hours) - axis.left, height: row - Pt(4.0) };
        let (shape, text_colour) = self.bar_shape(bar.weight, rect);
        strip.fragments.push(decoration(shape));
        let after = self.bar_until(bar, rect, text_colour, body, &mut strip)?;
        self.open_end(bar, after, axis, rect, body, &mut strip)?;
        Ok(strip)
    }

    fn bar_shape(&self, weight: BarWeight, rect: Rect) -> (Shape, Colour) {
        let palette = &self.style.palette;
        let pen = |width: f32| Pen { width: Pt(width), ..self.style.border(palette.brand) };
        let (fill, stroke, text) = match (weight, self.style.outlined) {
            (BarWeight::Strong, false) => (Some(palette.brand), None, palette.paper),
            (BarWeight::Soft, false) => (Some(palette.brand.towards(palette.paper, 0.78)), None, palette.ink),
            (BarWeight::Outline, outlined) => {
                (Some(palette.paper), Some(pen(if outlined { 0.5 } else { 1.0 })), palette.ink)
            }
            (BarWeight::Strong, true) => (Some(palette.paper), Some(pen(1.0)), palette.ink),
            (BarWeight::Soft, true) => (Some(palette.paper), Some(pen(0.5)), palette.ink),
        };
        (Shape::Rectangle { rect, radius: Pt(3.0), fill, stroke }, text)
    }

    /// The bar's end in words: inside when it fits, else behind the bar. Returns where the text ends if behind.
    fn bar_until(
        &mut self,
        bar: &Bar,
        rect: Rect,
        inside: Colour,
        body: ElementId,
        strip: &mut Strip,
    ) -> Result<Pt, LayoutError> {
        let mut until = bar.until.clone();
        if bar.open_end.is_some() {
            until.push(crate::document::Inline::Text(" ".to_owned()));
        }
        let width = self.width_of(&until, &self.until_style(inside))?;
        // Closer to the bar's ends before the words go behind it, where others may need the room.
        let padding = ((rect.width - width) / 2.0).min(Pt(6.0));
        let fits = padding >= Pt(3.0);
        let colour = if fits { inside } else { self.style.palette.ink };
        let x = if fits { rect.x + padding } else { rect.right() + Pt(6.0) };
        let line = self.one_line(&until, &self.until_style(colour), body)?;
        strip.absorb(line, Point::new(x, Pt(2.5)));
        Ok(if fits { rect.right() } else { x + width })
    }

    /// The bar goes on, dotted, as far as its words; the words stand behind the dots.
    fn open_end(
        &mut self,
        bar: &Bar,
        from: Pt,
        axis: Axis,
        rect: Rect,
        body: ElementId,
        strip: &mut Strip,
    ) -> Result<(), LayoutError> {
        let Some(text) = &bar.open_end else { return Ok(()) };
        let palette = self.style.palette;
        let style = self.until_style(palette.ink).weighing(Weight::Regular);
        let width = self.width_of(text, &style)?;
        let y = rect.y + rect.height / 2.0;
        let end = (axis.right - width - Pt(8.0)).min(from + (axis.right - axis.left) / 6.0);
        if end > from + Pt(12.0) {
            let pen =
                Pen { colour: palette.brand, width: Pt(3.0), dash: Some((Pt(3.0), Pt(3.0))), round: false };
            let from = Point::new(from + Pt(3.0), y);
            strip.fragments.push(decoration(Shape::Rule { from, to: Point::new(end, y), pen }));
        }
        let x = (end + Pt(6.0)).max(from + Pt(6.0));
        let line = self.one_line(text, &style, body)?;
        let backing = Rect { x: x - Pt(2.0), y: rect.y, width: width + Pt(4.0), height: rect.height };
        strip.fragments.push(decoration(Shape::Rectangle {
            rect: backing,
            radius: Pt::ZERO,
            fill: Some(palette.paper),
            stroke: None,
        }));
        strip.absorb(line, Point::new(x, Pt(2.5)));
        Ok(())
    }

    /// A heavy red stroke at the end of the last row; its words inside the last bar when that is an outline with
    /// room for them, else below.
    fn alarm(
        &mut self,
        timeline: &Timeline,
        axis: Axis,
        section: ElementId,
        row: Pt,
    ) -> Result<Strip, LayoutError> {
        let alarm = &timeline.alarm;
        let colour = self.style.palette.warning;
        let x = axis.at(alarm.hours);
        let pen = Pen { colour, width: Pt(3.0), dash: None, round: true };
        let style = ParagraphStyle { colour, weight: Weight::Bold, ..self.label_style() };
        let element = self.open(Role::Paragraph, section);
        let width = self.width_of(&alarm.label, &style)?;
        let line = self.one_line(&alarm.label, &style.aligned(LineAlign::Left), element)?;
        let inside = self.room_in_last_bar(timeline, axis)? >= width + Pt(24.0);
        let mut strip = Strip::of(if inside { row } else { row + style.leading }, Vec::new());
        let rule = Shape::Rule { from: Point::new(x, Pt(-1.0)), to: Point::new(x, row - Pt(1.0)), pen };
        strip.fragments.push(decoration(rule));
        let start = (x - width - if inside { Pt(8.0) } else { Pt::ZERO }).max(Pt::ZERO);
        strip.absorb(line, Point::new(start, if inside { Pt(2.5) } else { row }));
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
