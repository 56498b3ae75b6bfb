//! The recovery timeline on a panel's width: the words of each window above its bar. Read aloud it is the same as on a
//! handout: a paragraph of days and a list of sentences.

use crate::document::{Bar, BarWeight, Inline, Text, Timeline};
use crate::geometry::{Point, Pt, Rect};
use crate::layout::builder::{Builder, ROOT};
use crate::layout::paragraph::{ParagraphStyle, Weight};
use crate::layout::strip::{Strip, decoration, merge};
use crate::layout::{ElementId, LayoutError, Pen, Role, Shape};

/// Height of a bar.
const BAR: Pt = Pt(8.0);

/// No line of the timeline is broken.
const ONE_LINE: Pt = Pt(2_000.0);

impl Builder<'_> {
    /// Ticks, then each bar with its words above it, then the moment to call.
    pub(super) fn panel_timeline(&mut self, timeline: &Timeline) -> Result<Strip, LayoutError> {
        let section = self.open(Role::Section, ROOT);
        let mut strips = vec![self.panel_ticks(timeline, section)?];
        let list = self.open(Role::List { ordered: false }, section);
        for bar in &timeline.bars {
            let strip = self.panel_bar(bar, timeline, list)?;
            strips.push(Strip { gap: self.style.item_gap, ..strip });
        }
        if let Some(last) = strips.last_mut() {
            let x = self.panel_x(timeline.alarm.hours, timeline) - Pt(1.5);
            let bottom = last.height + Pt(2.0);
            let pen = Pen { colour: self.style.palette.warning, width: Pt(3.0), dash: None, round: true };
            let from = Point::new(x, bottom - self.style.body.leading - Pt(1.0));
            last.fragments.push(decoration(Shape::Rule { from, to: Point::new(x, bottom), pen }));
        }
        strips.push(self.panel_alarm(timeline, section)?);
        Ok(merge(strips))
    }

    fn panel_x(&self, hours: u32, timeline: &Timeline) -> Pt {
        self.style.measure() * (hours as f32 / timeline.hours.max(1) as f32).min(1.0)
    }

    /// The first tick starts at its line, the last ends at it, the others stand over theirs.
    fn panel_ticks(&mut self, timeline: &Timeline, section: ElementId) -> Result<Strip, LayoutError> {
        let style = self.style.small;
        let element = self.open(Role::Paragraph, section);
        let mut strip = Strip::of(style.leading, Vec::new());
        let last = timeline.ticks.len().saturating_sub(1);
        for (index, tick) in timeline.ticks.iter().enumerate() {
            let width = self.width_of(&tick.label, &style)?;
            let x = self.panel_x(tick.hours, timeline);
            let start = match index {
                0 => Pt::ZERO,
                _ if index == last => self.style.measure() - width,
                _ => x - width / 2.0,
            };
            let line = self.panel_line(&spaced(&tick.label), &style, element)?;
            strip.absorb(line, Point::new(start, Pt::ZERO));
        }
        let pen = self.style.border(self.style.palette.rule);
        let y = style.leading + Pt(1.0);
        let to = Point::new(self.style.measure(), y);
        strip.fragments.push(decoration(Shape::Rule { from: Point::new(Pt::ZERO, y), to, pen }));
        strip.height += self.style.grid / 2.0;
        Ok(strip)
    }

    fn panel_line(
        &mut self,
        text: &Text,
        style: &ParagraphStyle,
        element: ElementId,
    ) -> Result<Strip, LayoutError> {
        Ok(merge(self.text_in(text, style, ONE_LINE, element)?))
    }

    fn panel_bar(&mut self, bar: &Bar, timeline: &Timeline, list: ElementId) -> Result<Strip, LayoutError> {
        let (body, measure) = (self.style.body, self.style.measure());
        let label = body.weighing(Weight::Semibold);
        let item = self.open(Role::ListItem, list);
        let element = self.open(Role::ListBody, item);
        let mut strip = Strip::of(body.leading * 2.0, self.day_lines(timeline));
        strip.absorb(self.panel_line(&spaced(&bar.label), &label, element)?, Point::default());
        let mut until = bar.until.clone();
        if bar.open_end.is_some() {
            until.push(Inline::Text(" ".to_owned()));
        }
        let width = self.width_of(&bar.until, &body)?;
        let line = self.panel_line(&until, &body, element)?;
        strip.absorb(line, Point::new(measure - width, Pt::ZERO));
        let top = body.leading + (body.leading - BAR) / 2.0;
        let rect = Rect { x: Pt::ZERO, y: top, width: self.panel_x(bar.hours, timeline), height: BAR };
        strip.fragments.push(decoration(self.panel_bar_shape(bar.weight, rect)));
        if let Some(text) = &bar.open_end {
            self.panel_open_end(text, rect, element, &mut strip)?;
        }
        Ok(strip)
    }

    /// A line a day, behind the bar only: words stay clear of it.
    fn day_lines(&self, timeline: &Timeline) -> Vec<crate::layout::Fragment> {
        let pen = self.style.border(self.style.palette.rule);
        let leading = self.style.body.leading;
        let line = |hours: u32| {
            let half = pen.width / 2.0;
            let x = self.panel_x(hours, timeline).max(half).min(self.style.measure() - half);
            let (from, to) = (Point::new(x, leading + Pt(1.0)), Point::new(x, leading * 2.0 - Pt(1.0)));
            decoration(Shape::Rule { from, to, pen })
        };
        timeline.ticks.iter().map(|tick| line(tick.hours)).collect()
    }

    fn panel_bar_shape(&self, weight: BarWeight, rect: Rect) -> Shape {
        let palette = &self.style.palette;
        let pen = Pen { width: Pt(1.0), ..self.style.border(palette.brand) };
        let (fill, stroke) = match weight {
            BarWeight::Strong => (palette.brand, None),
            BarWeight::Soft => (palette.brand.towards(palette.paper, 0.6), None),
            BarWeight::Outline => (palette.paper, Some(pen)),
        };
        let inset = if stroke.is_some() { Pt(0.5) } else { Pt::ZERO };
        let rect = Rect {
            x: rect.x + inset,
            y: rect.y + inset,
            width: rect.width - inset * 2.0,
            height: rect.height - inset * 2.0,
        };
        Shape::Rectangle { rect, radius: Pt(2.0), fill: Some(fill), stroke }
    }

    /// The bar goes on, dotted, up to its words.
    fn panel_open_end(
        &mut self,
        text: &Text,
        bar: Rect,
        element: ElementId,
        strip: &mut Strip,
    ) -> Result<(), LayoutError> {
        let (body, palette) = (self.style.body, self.style.palette);
        let width = self.width_of(text, &body)?;
        let x = self.style.measure() - width;
        let y = bar.y + bar.height / 2.0;
        let (from, to) = (bar.right() + Pt(3.0), x - Pt(5.0));
        if to > from + Pt(6.0) {
            let pen =
                Pen { colour: palette.brand, width: Pt(3.0), dash: Some((Pt(3.0), Pt(3.0))), round: false };
            let rule = Shape::Rule { from: Point::new(from, y), to: Point::new(to, y), pen };
            strip.fragments.push(decoration(rule));
        }
        let rect = Rect { x: x - Pt(3.0), y: body.leading, width: width + Pt(3.0), height: body.leading };
        let ground = Shape::Rectangle { rect, radius: Pt::ZERO, fill: Some(palette.paper), stroke: None };
        strip.fragments.push(decoration(ground));
        strip.absorb(self.panel_line(text, &body, element)?, Point::new(x, body.leading));
        Ok(())
    }

    fn panel_alarm(&mut self, timeline: &Timeline, section: ElementId) -> Result<Strip, LayoutError> {
        let style = self.style.body.coloured(self.style.palette.warning).weighing(Weight::Bold);
        let element = self.open(Role::Paragraph, section);
        let width = self.width_of(&timeline.alarm.label, &style)?;
        let mut line = self.panel_line(&timeline.alarm.label, &style, element)?;
        let end = self.panel_x(timeline.alarm.hours, timeline);
        line.shift(Point::new((end - width).max(Pt::ZERO), Pt(2.0)));
        line.height += Pt(2.0);
        Ok(line)
    }
}

/// With a space behind it, so that what follows does not glue.
fn spaced(text: &Text) -> Text {
    let mut text = text.clone();
    text.push(Inline::Text(" ".to_owned()));
    text
}
