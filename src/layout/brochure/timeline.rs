//! The recovery timeline on a panel's width: the words of each window above its bar. Read aloud it is the same as on a
//! handout: a paragraph of days and a list of sentences.

use crate::document::{Bar, BarWeight, Text, Timeline};
use crate::geometry::{Point, Pt, Rect};
use crate::layout::builder::{Builder, ROOT};
use crate::layout::paragraph::{Align, Weight};
use crate::layout::strip::{Strip, decoration, merge};
use crate::layout::ticks::{Span, spaced};
use crate::layout::{ElementId, LayoutError, Pen, Role, Shape};

/// Height of a bar.
const BAR: Pt = Pt(8.0);

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
        let rect = Rect { x: Pt::ZERO, y: top, width: self.panel_x(bar.hours, timeline), height: BAR };
        let bar_line = words + body.leading;
        let lines = self.day_lines(timeline, words, self.words_behind(bar, rect)?);
        strip.fragments.splice(0..0, lines);
        strip.fragments.push(decoration(self.panel_bar_shape(bar.weight, rect)));
        strip.height = bar_line;
        if let Some(text) = &bar.open_end {
            self.panel_open_end(text, rect, element, &mut strip)?;
        }
        Ok(Row { strip, bar_line })
    }

    /// Where the words of an open end start, if they stand behind the bar.
    fn words_behind(&self, bar: &Bar, rect: Rect) -> Result<Option<Pt>, LayoutError> {
        let Some(text) = &bar.open_end else { return Ok(None) };
        let start = self.style.measure() - self.width_of(text, &self.style.body)?;
        Ok(Some(start).filter(|start| rect.right() + Pt(8.0) <= *start))
    }

    /// A line a day, behind the bar only: words stay clear of it.
    fn day_lines(&self, timeline: &Timeline, top: Pt, words: Option<Pt>) -> Vec<crate::layout::Fragment> {
        let pen = self.style.border(self.style.palette.rule);
        let bottom = top + self.style.body.leading;
        let line = |hours: u32| {
            let half = pen.width / 2.0;
            let x = self.panel_x(hours, timeline).max(half).min(self.style.measure() - half);
            let (from, to) = (Point::new(x, top + Pt(1.0)), Point::new(x, bottom - Pt(1.0)));
            decoration(Shape::Rule { from, to, pen })
        };
        let free = |hours: &u32| words.is_none_or(|start| self.panel_x(*hours, timeline) < start - Pt(3.0));
        timeline.ticks.iter().map(|tick| tick.hours).filter(free).map(line).collect()
    }

    fn panel_bar_shape(&self, weight: BarWeight, rect: Rect) -> Shape {
        let palette = &self.style.palette;
        let pen = Pen { width: Pt(1.0), ..self.style.border(palette.brand) };
        let (fill, stroke) = match weight {
            BarWeight::Strong => (palette.brand, None),
            BarWeight::Soft => (palette.brand.towards(palette.paper, 0.6), Some(pen)),
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

    /// The bar goes on, dotted, up to its words, or to the end of the axis with its words below.
    fn panel_open_end(
        &mut self,
        text: &Text,
        bar: Rect,
        element: ElementId,
        strip: &mut Strip,
    ) -> Result<(), LayoutError> {
        let (body, palette, measure) = (self.style.body, self.style.palette, self.style.measure());
        let width = self.width_of(text, &body)?;
        let behind = bar.right() + Pt(8.0) <= measure - width;
        let y = bar.y + bar.height / 2.0;
        let (from, to) = (bar.right() + Pt(3.0), if behind { measure - width - Pt(5.0) } else { measure });
        if to > from + Pt(6.0) {
            let pen =
                Pen { colour: palette.brand, width: Pt(3.0), dash: Some((Pt(3.0), Pt(3.0))), round: false };
            let rule = Shape::Rule { from: Point::new(from, y), to: Point::new(to, y), pen };
            strip.fragments.push(decoration(rule));
        }
        let words = merge(self.text_in(text, &body.aligned(Align::End), measure, element)?);
        let foot = strip.height;
        if !behind {
            strip.height += words.height;
            strip.absorb(words, Point::new(Pt::ZERO, foot));
            return Ok(());
        }
        strip.absorb(words, Point::new(Pt::ZERO, foot - body.leading));
        Ok(())
    }

    fn panel_alarm(&mut self, timeline: &Timeline, section: ElementId) -> Result<Strip, LayoutError> {
        let style = self.style.body.coloured(self.style.palette.warning).weighing(Weight::Bold);
        let element = self.open(Role::Paragraph, section);
        let measure = self.style.measure();
        let width = self.width_of(&timeline.alarm.label, &style)?.min(measure);
        let mut line = merge(self.text_in(&timeline.alarm.label, &style, measure, element)?);
        let end = self.panel_x(timeline.alarm.hours, timeline);
        line.shift(Point::new((end - width).max(Pt::ZERO), Pt(2.0)));
        line.height += Pt(2.0);
        Ok(line)
    }
}
