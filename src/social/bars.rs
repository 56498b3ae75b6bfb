//! The bars of a picture: how long the first and the last thing take, and when to call.

use super::SocialError;
use super::card::{Card, Measures, filled, style, unset};
use crate::document::{Bar, Text, Timeline};
use crate::geometry::{Point, Pt, Rect};
use crate::layout::paragraph::{Align, ParagraphStyle};
use crate::layout::{Pen, Shape};
use crate::text::Weight;

/// Where words to call by stand below the bars, these are lower by so much.
const LOW: f32 = 0.78;
/// From line to line of several, in sizes of their type.
const CLOSE: f32 = 1.1;
/// Parts of the words' size, to be tried there.
const SIZES: [f32; 4] = [1.0, 0.9, 0.8, 0.7];

/// The axis: where it begins, how long it is, and how many hours that are.
#[derive(Clone, Copy)]
struct Axis {
    left: Pt,
    width: Pt,
    hours: u32,
}

impl Axis {
    fn at(&self, hours: u32) -> Pt {
        self.left + self.width * (hours.min(self.hours) as f32 / self.hours.max(1) as f32)
    }
}

impl Card<'_> {
    /// The first and the last bar of the sheet's own timeline, with its hours and the moment to call.
    pub(super) fn bars(
        &self,
        shapes: &mut Vec<Shape>,
        measures: &Measures,
        panel: Rect,
    ) -> Result<(), SocialError> {
        let timeline = &self.document.masthead().timeline;
        let axis = Axis {
            left: Pt(measures.margin),
            width: panel.width - Pt(measures.margin * 2.0),
            hours: timeline.hours,
        };
        let chosen: Vec<&Bar> = timeline
            .bars
            .first()
            .into_iter()
            .chain(timeline.bars.last().filter(|_| timeline.bars.len() > 1))
            .collect();
        let is_below = !self.alarm_has_room(&chosen, measures, axis)?;
        let height = Pt(if is_below { measures.bar * LOW } else { measures.bar });
        let ticks = style(measures.tick, Weight::Regular, self.brand.palette.muted, Align::Start);
        let top = panel.y + Pt(measures.tick * 0.9);
        let bars_top = top + ticks.leading + Pt(measures.tick * 0.35);
        let gap = height * 0.25;
        let foot = bars_top + (height + gap) * chosen.len() as f32 - gap * 0.5;
        let marks: Vec<Pt> = timeline.ticks.iter().map(|tick| axis.at(tick.hours)).collect();
        self.day_columns(shapes, &marks, bars_top - gap * 0.5, foot);
        for tick in &timeline.ticks {
            let label = self.set(&tick.label, &ticks, axis.width)?;
            let middle = axis.at(tick.hours) - label.width / 2.0;
            let x = middle.max(axis.left).min(axis.left + axis.width - label.width);
            shapes.extend(self.draw(&label, Point::new(x, top)));
        }
        let mut y = bars_top;
        for (row, bar) in chosen.iter().enumerate() {
            let rect = Rect { x: axis.left, y, width: axis.at(bar.hours) - axis.left, height };
            self.bar(shapes, bar, rect, (row == 0, axis))?;
            y = y + height + gap;
        }
        let last = y - gap;
        self.alarm_mark(shapes, axis.at(timeline.alarm.hours), (last, height));
        if is_below {
            return self.alarm_below(shapes, measures, axis, last + height * 0.2);
        }
        let words = self.set(&timeline.alarm.label, &self.alarm_style(measures), Pt(f32::MAX))?;
        let x = chosen.last().map_or(axis.left, |bar| axis.at(bar.hours)) - height * PAD - words.width;
        shapes.extend(self.draw(&words, Point::new(x, last - height + (height - words.height) / 2.0)));
        Ok(())
    }

    /// From mark to mark, every second one on a ground, as on a sheet.
    fn day_columns(&self, shapes: &mut Vec<Shape>, marks: &[Pt], top: Pt, foot: Pt) {
        let palette = &self.brand.palette;
        for pair in marks.windows(2).skip(1).step_by(2) {
            let rect = Rect { x: pair[0], y: top, width: pair[1] - pair[0], height: foot - top };
            shapes.push(filled(rect, 0.0, palette.tint));
        }
        let pen = Pen { colour: palette.rule, width: Pt(1.5), dash: None, round: false };
        for x in marks {
            shapes.push(Shape::Rule { from: Point::new(*x, top), to: Point::new(*x, foot), pen });
        }
    }

    fn alarm_mark(&self, shapes: &mut Vec<Shape>, x: Pt, (last, height): (Pt, Pt)) {
        let pen = Pen { colour: self.brand.palette.warning, width: height * 0.12, dash: None, round: true };
        let x = x - pen.width / 2.0;
        let (from, to) = (Point::new(x, last - height * 1.12), Point::new(x, last + height * 0.12));
        shapes.push(Shape::Rule { from, to, pen });
    }

    /// Whether when to call has room in the last bar, behind what that bar is for.
    fn alarm_has_room(&self, chosen: &[&Bar], measures: &Measures, axis: Axis) -> Result<bool, SocialError> {
        let Some(bar) = chosen.last().filter(|_| chosen.len() > 1) else { return Ok(false) };
        let alarm = &self.document.masthead().timeline.alarm.label;
        let width = |text: &Text, style: &ParagraphStyle| self.setter.width_of(text, style).map_err(unset);
        let words =
            width(&bar.label, &self.label_style(measures.bar))? + width(alarm, &self.alarm_style(measures))?;
        Ok(words + Pt(measures.bar * PAD) * 4.0 < axis.at(bar.hours) - axis.left)
    }

    /// When to call, on a line of its own: it ends at its mark, or begins with the axis.
    ///
    /// # Errors
    /// Words that have no room at the smallest size, on several lines.
    fn alarm_below(
        &self,
        shapes: &mut Vec<Shape>,
        measures: &Measures,
        axis: Axis,
        top: Pt,
    ) -> Result<(), SocialError> {
        let Timeline { alarm, .. } = &self.document.masthead().timeline;
        let style = self.alarm_style(measures);
        let sized =
            |part: f32| ParagraphStyle { size: style.size * part, leading: style.leading * part, ..style };
        for part in SIZES {
            let words = self.set(&alarm.label, &sized(part), Pt(f32::MAX))?;
            if words.width <= axis.width {
                let x = (axis.at(alarm.hours) - words.width).max(axis.left);
                shapes.extend(self.draw(&words, Point::new(x, top)));
                return Ok(());
            }
        }
        // On more lines, close to each other, as far as the band that says when it is an emergency.
        let last = sized(SIZES[SIZES.len() - 1]);
        let close = ParagraphStyle { leading: last.size * CLOSE, ..last };
        let words = self.set(&alarm.label, &close, axis.width)?;
        if words.width > axis.width || top + words.height > Pt(measures.band.0) {
            return Err(SocialError::NoRoomToCall);
        }
        shapes.extend(self.draw(&words, Point::new(axis.left, top)));
        Ok(())
    }

    fn label_style(&self, bar: f32) -> ParagraphStyle {
        style(bar * 0.56, Weight::Semibold, self.brand.palette.ink, Align::Start)
    }

    fn alarm_style(&self, measures: &Measures) -> ParagraphStyle {
        let colour = self.brand.palette.warning;
        ParagraphStyle { colour, weight: Weight::Bold, ..self.label_style(measures.bar) }
    }

    /// A bar with its words. A filled one is full as long as everybody keeps to it, and tinted while some may still have to.
    fn bar(
        &self,
        shapes: &mut Vec<Shape>,
        bar: &Bar,
        rect: Rect,
        (solid, axis): (bool, Axis),
    ) -> Result<(), SocialError> {
        let palette = &self.brand.palette;
        let pen = Pen { colour: palette.brand, width: Pt(2.0), dash: None, round: true };
        let radius = rect.height * 0.16;
        let sure = Rect { width: (axis.at(bar.early) - axis.left).min(rect.width), ..rect };
        let has_rest = solid && sure.width < rect.width;
        let fill = if has_rest { palette.brand.towards(palette.paper, REST) } else { palette.paper };
        if has_rest || !solid {
            shapes.push(Shape::Rectangle { rect, radius, fill: Some(fill), stroke: Some(pen) });
        }
        if solid {
            shapes.push(filled(sure, radius.0, palette.brand));
        }
        let label = self.label_style(rect.height.0);
        let pad = rect.height * PAD;
        let words = self.set(&bar.label, &label, Pt(f32::MAX))?;
        // Words stand in one part of the bar, or behind it.
        let holds = |width: Pt| words.width + pad * 2.0 <= width;
        let (x, colour) = match () {
            () if solid && holds(sure.width) => (rect.x + pad, palette.paper),
            () if holds(if solid { rect.width - sure.width } else { rect.width }) => {
                (if solid { sure.right() + pad } else { rect.x + pad }, palette.ink)
            }
            () => (rect.right() + pad, palette.ink),
        };
        let words = self.set(&bar.label, &ParagraphStyle { colour, ..label }, Pt(f32::MAX))?;
        shapes.extend(self.draw(&words, Point::new(x, rect.y + (rect.height - words.height) / 2.0)));
        Ok(())
    }
}

/// From the end of a bar to its words, in its heights.
const PAD: f32 = 0.35;
/// How light the part is that only some keep to, as in a brochure.
const REST: f32 = 0.6;
