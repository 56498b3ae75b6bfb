//! The top of page 1: title, who it is for, the quick answer.

use super::boxes::Look;
use super::builder::{Builder, ROOT, with_gap};
use super::glue::Glue;
use super::paragraph::{ParagraphStyle, Weight};
use super::strip::{Inset, Strip, decoration, merge};
use super::{ElementId, Fragment, LayoutError, Pen, Role, Shape};
use crate::document::{Block, Inline, Masthead, QuickAnswer, Text};
use crate::geometry::{Point, Pt, Rect};

/// Width of the bar at the left of the quick answer, and from the panel's edge to its words.
const BAR: Pt = Pt(6.0);
const SIDE: Pt = Pt(18.0);
/// From the answer to what stands on its line, in units of its size.
const NEXT: f32 = 0.32;
/// A line for a name is at least so long.
const LEAST_TO_WRITE_ON: Pt = Pt(200.0);
/// About 70 characters of the body's type, in units of its size.
const READABLE: f32 = 39.5;

impl Builder<'_> {
    /// `small`: the title in the size of a heading.
    pub fn title_block(&mut self, masthead: &Masthead, small: bool) -> Result<Strip, LayoutError> {
        let style = self.style;
        let width = style.measure();
        let title_style = if small { style.heading.coloured(style.title.colour) } else { style.title };
        let title = self.heading(
            &masthead.title,
            &title_style,
            width,
            1,
            ROOT,
            Some(masthead.outline_title.as_str()),
        )?;
        let mut strips = vec![title];
        if let Some(label) = &masthead.name_line
            && !self.name_beside((&masthead.title, &title_style), label, &mut strips[0])?
        {
            strips.extend(with_gap(self.name_line(label, width)?, style.grid / 2.0));
        }
        if !masthead.facts.is_empty() {
            strips.extend(self.facts(&masthead.facts, width)?);
        }
        Ok(Strip { gap: Glue::new(5.0, 7.0, 14.0, 1.0), keep_next: false, ..merge(strips) })
    }

    /// Facts one after the other with drawn dots between them; one that does not fit begins a new line.
    fn facts(&mut self, facts: &[Text], width: Pt) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style.facts;
        let gap = style.size * 1.2;
        let mut rows: Vec<Strip> = Vec::new();
        let mut x = Pt::ZERO;
        for (index, fact) in facts.iter().enumerate() {
            let mut words = fact.clone();
            if index + 1 < facts.len() {
                words.push(Inline::Text(" ".to_owned()));
            }
            let natural = self.width_of(&words, &style)?;
            // Each of its own: the dots between them are drawn, and nobody hears one.
            let strip = merge(self.text(&words, &style, width, Role::Paragraph, ROOT)?);
            match rows.last_mut().filter(|_| x + gap + natural <= width) {
                Some(row) => {
                    row.fragments.push(dot(x + gap / 2.0, &style));
                    row.absorb(strip, Point::new(x + gap, Pt::ZERO));
                    x += gap + natural;
                }
                None => {
                    rows.push(strip);
                    x = natural;
                }
            }
        }
        Ok(rows)
    }

    /// A label and a line to write on, on the line of the title; false where that leaves too little to write on.
    fn name_beside(
        &mut self,
        (title, title_style): (&Text, &ParagraphStyle),
        label: &Text,
        strip: &mut Strip,
    ) -> Result<bool, LayoutError> {
        let (style, width) = (self.style.facts, self.style.measure());
        let left = self.width_of(title, title_style)? + title_style.size;
        let start = left + self.width_of(label, &style)? + Pt(8.0);
        if width - start < LEAST_TO_WRITE_ON {
            return Ok(false);
        }
        let (above, own) = (self.first_baseline(title, title_style)?, self.first_baseline(label, &style)?);
        let words = merge(self.text(label, &style, width - left, Role::Paragraph, ROOT)?);
        strip.absorb(words, Point::new(left, above - own));
        let pen = self.style.border(self.style.palette.muted);
        let y = above + Pt(2.0);
        let (from, to) = (Point::new(start, y), Point::new(width, y));
        strip.fragments.push(decoration(Shape::Rule { from, to, pen }));
        Ok(true)
    }

    fn first_baseline(&mut self, text: &Text, style: &ParagraphStyle) -> Result<Pt, LayoutError> {
        let set = self.set(text, style, self.style.measure())?;
        Ok(set.lines.first().map_or(Pt::ZERO, |line| line.baseline))
    }

    /// A label and a line to write on.
    pub(super) fn name_line(&mut self, label: &Text, width: Pt) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style.facts;
        let strips = self.text(label, &style, width, Role::Paragraph, ROOT)?;
        let start = self.width_of(label, &style)? + Pt(8.0);
        let mut strip = merge(strips);
        strip.height += self.style.grid;
        strip.shift(Point::new(Pt::ZERO, self.style.grid / 2.0));
        let y = style.leading * 0.8 + self.style.grid / 2.0;
        let end = (start + Pt(300.0)).min(width);
        let pen = self.style.border(self.style.palette.muted);
        strip.fragments.push(decoration(Shape::Rule {
            from: Point::new(start, y),
            to: Point::new(end, y),
            pen,
        }));
        Ok(vec![strip])
    }

    /// The biggest thing on the page: the time on a line of its own, what it means below.
    pub fn quick_answer(&mut self, quick: &QuickAnswer, with_blocks: bool) -> Result<Strip, LayoutError> {
        let style = self.style;
        let inside = style.measure() - SIDE * 2.0;
        let lead = style.heading.coloured(style.palette.ink).weighing(Weight::Regular);
        let answer = style.answer.evened();
        let element = self.open(Role::Paragraph, ROOT);
        let mut strips = self.text_in(&quick.lead, &lead, inside, element)?;
        strips.extend(self.exact(quick, (&answer, &lead), inside, element)?);
        if with_blocks {
            let advice = self.explanation(&quick.blocks, inside)?;
            strips.extend(with_gap(advice, Pt(1.0)));
        }
        Ok(Strip { gap: style.gaps.part, ..self.quick_panel(merge(strips)) })
    }

    /// The answer, and what makes it exact: on its line where there is room, else below.
    fn exact(
        &mut self,
        quick: &QuickAnswer,
        (large, small): (&ParagraphStyle, &ParagraphStyle),
        inside: Pt,
        element: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let mut strips = self.text_in(&quick.answer, large, inside, element)?;
        // Big letters of some scripts reach far below their line.
        let below = self.beyond(&quick.answer, large, (-large.leading, large.leading))?;
        if let Some(last) = strips.last_mut() {
            last.height += below;
        }
        let Some(beside) = &quick.beside else { return Ok(strips) };
        // Of its own, so that it is read apart.
        let after = merge(self.text(beside, small, inside, Role::Paragraph, ROOT)?);
        let left = self.width_of(&quick.answer, large)? + large.size * NEXT;
        if left + self.width_of(beside, small)? > inside {
            strips.push(after);
            return Ok(strips);
        }
        let lower = self.first_baseline(&quick.answer, large)? - self.first_baseline(beside, small)?;
        if let Some(line) = strips.last_mut() {
            line.absorb(after, Point::new(left, lower));
        }
        Ok(strips)
    }

    /// In lines that can be read, evenly filled.
    fn explanation(&mut self, blocks: &[Block], inside: Pt) -> Result<Vec<Strip>, LayoutError> {
        let mut style = self.style.clone();
        style.body = style.body.evened();
        let width = inside.min(style.body.size * READABLE);
        self.with_style(&style, |builder| builder.blocks(blocks, width, ROOT))
    }

    /// What the answer means, under the timeline.
    pub fn explanation_below(&mut self, blocks: &[Block]) -> Result<Vec<Strip>, LayoutError> {
        let mut strips = self.explanation(blocks, self.style.measure())?;
        let last = strips.len().saturating_sub(1);
        strips.iter_mut().take(last).for_each(|strip| strip.keep_next = true);
        Ok(with_gap(strips, self.style.gaps.row))
    }

    fn quick_look(&self) -> Look {
        let palette = &self.style.palette;
        let pen = |width| Some(Pen { width: Pt(width), ..self.style.border(palette.brand) });
        match self.style.outlined {
            true => Look { fill: None, border: pen(0.75) },
            false => Look { fill: Some(palette.tint), border: pen(0.75) },
        }
    }

    /// A light panel with a heavy bar at its left: a rounded one, squared on the right by the panel's own ground.
    fn quick_panel(&self, inner: Strip) -> Strip {
        let (style, look) = (self.style, self.quick_look());
        let padding = style.panel.padding;
        let height = inner.height + padding.natural * 2.0;
        let whole = Rect { x: Pt::ZERO, y: Pt::ZERO, width: style.measure(), height };
        let rectangle = |rect: Rect, radius: Pt, fill, stroke| {
            decoration(Shape::Rectangle { rect, radius, fill, stroke })
        };
        let radius = style.panel.radius;
        let mut frames = Vec::new();
        if let Some(tint) = look.fill {
            frames.push(rectangle(whole, radius, Some(tint), None));
            let bar = Rect { width: BAR * 2.0, ..whole };
            frames.push(rectangle(bar, radius, Some(style.palette.brand), None));
            let cover = Rect { x: BAR, width: BAR * 2.0, ..whole };
            frames.push(rectangle(cover, Pt::ZERO, Some(tint), None));
        }
        // Last, so that no ground eats into it.
        frames.push(rectangle(whole, radius, None, look.border));
        let count = frames.len();
        let mut strip = Strip::of(height, frames);
        strip.absorb(inner, Point::new(SIDE, padding.natural));
        strip.inset = Some(Inset { padding, frames: count, fixed: 0, closing: Vec::new() });
        strip
    }
}

/// A middle dot, drawn: it is no word.
fn dot(x: Pt, style: &ParagraphStyle) -> Fragment {
    let radius = style.size * 0.085;
    let y = style.leading * 0.55;
    let rect = Rect { x: x - radius, y: y - radius, width: radius * 2.0, height: radius * 2.0 };
    decoration(Shape::Rectangle { rect, radius, fill: Some(style.colour), stroke: None })
}
