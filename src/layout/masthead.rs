//! The top of page 1: title, who it is for, the quick answer.

use super::boxes::Look;
use super::builder::{Builder, ROOT, with_gap};
use super::columns::beside;
use super::paragraph::ParagraphStyle;
use super::strip::{Strip, decoration, merge};
use super::{ElementId, Fragment, LayoutError, Role, Shape};
use crate::document::{Inline, Masthead, QuickAnswer, Text};
use crate::geometry::{Point, Pt, Rect};

impl Builder<'_> {
    /// `small`: the title in the size of a heading.
    pub fn title_block(&mut self, masthead: &Masthead, small: bool) -> Result<Vec<Strip>, LayoutError> {
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
        if let Some(label) = &masthead.name_line {
            strips.extend(with_gap(self.name_line(label, width)?, style.grid / 2.0));
        }
        if !masthead.facts.is_empty() {
            strips.extend(self.facts(&masthead.facts, width)?);
        }
        Ok(vec![merge(strips)])
    }

    /// Facts one after the other with drawn dots between them; one that does not fit begins a new line.
    fn facts(&mut self, facts: &[Text], width: Pt) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style.facts;
        let element = self.open(Role::Paragraph, ROOT);
        let gap = style.size * 1.5;
        let mut rows: Vec<Strip> = Vec::new();
        let mut x = Pt::ZERO;
        for (index, fact) in facts.iter().enumerate() {
            let mut words = fact.clone();
            if index + 1 < facts.len() {
                words.push(Inline::Text(" ".to_owned()));
            }
            let natural = self.width_of(&words, &style)?;
            let strip = merge(self.text_in(&words, &style, width, element)?);
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

    /// A label and a line to write on.
    fn name_line(&mut self, label: &Text, width: Pt) -> Result<Vec<Strip>, LayoutError> {
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

    /// The biggest thing on the page: a filled panel with the time, the advice beside it.
    pub fn quick_answer(
        &mut self,
        quick: &QuickAnswer,
        with_blocks: bool,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let inside = style.inside(style.measure()) - Pt(8.0);
        let (text, look) = self.quick_look();
        let lead_style = style.body.coloured(text);
        let beside_it = with_blocks && style.columns > 1 && !quick.blocks.is_empty();
        let widest = if beside_it { inside * 0.6 } else { inside };
        let answer_style = self.one_line_style(&quick.answer, style.answer.coloured(text), widest)?;
        let natural =
            self.width_of(&quick.answer, &answer_style)?.max(self.width_of(&quick.lead, &lead_style)?);
        let left_width = if beside_it { in_steps(natural + Pt(2.0)).min(inside * 0.6) } else { inside };
        let element = self.open(Role::Paragraph, ROOT);
        let mut left = self.text_in(&quick.lead, &lead_style, left_width, element)?;
        left.extend(self.text_in(&quick.answer, &answer_style, left_width, element)?);
        let left = merge(left);
        let right_width = inside - left_width - style.gutter;
        let cells = if beside_it {
            let right = merge(self.coloured_blocks(&quick.blocks, right_width, text, ROOT)?);
            centred(left, left_width, right, right_width)
        } else {
            vec![(left, left_width)]
        };
        let row = beside(cells, style.gutter);
        let mut strips = vec![self.quick_panel(row, look)];
        if with_blocks && !beside_it {
            strips.extend(with_gap(self.blocks(&quick.blocks, style.measure(), ROOT)?, style.grid));
        }
        Ok(strips)
    }

    /// The style, up to a sixth smaller, if that keeps the text on one line.
    fn one_line_style(
        &self,
        text: &Text,
        style: ParagraphStyle,
        width: Pt,
    ) -> Result<ParagraphStyle, LayoutError> {
        for half_points in 0..=(style.size.0 / 3.0) as u8 {
            let smaller = ParagraphStyle { size: style.size - Pt(f32::from(half_points) / 2.0), ..style };
            if self.width_of(text, &smaller)? + Pt(2.0) <= width {
                return Ok(smaller);
            }
        }
        Ok(style)
    }

    fn quick_look(&self) -> (crate::brand::Colour, Look) {
        let palette = &self.style.palette;
        match self.style.outlined {
            true => {
                let border = super::Pen { width: Pt(0.75), ..self.style.border(palette.brand) };
                (palette.brand, Look { fill: None, border: Some(border) })
            }
            false => (palette.paper, Look { fill: Some(palette.brand), border: None }),
        }
    }

    /// Paragraphs in the panel's text colour.
    fn coloured_blocks(
        &mut self,
        blocks: &[crate::document::Block],
        width: Pt,
        colour: crate::brand::Colour,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let mut style = self.style.clone();
        style.body.colour = colour;
        style.body.link = colour;
        style.subheading.colour = colour;
        self.with_style(&style, |builder| builder.blocks(blocks, width, parent))
    }

    fn quick_panel(&self, row: Strip, look: Look) -> Strip {
        let padding = Point::new(self.style.panel.side + Pt(4.0), self.style.panel.padding + Pt(2.0));
        let height = row.height + padding.y * 2.0;
        let rect = Rect { x: Pt::ZERO, y: Pt::ZERO, width: self.style.measure(), height };
        let shape =
            Shape::Rectangle { rect, radius: self.style.panel.radius, fill: look.fill, stroke: look.border };
        let mut strip = Strip::of(height, vec![decoration(shape)]);
        strip.absorb(row, padding);
        strip
    }
}

/// Up to the next of a few widths, so that the advice beside the answer, the same on many sheets, meets the same
/// measure again and need not be set anew for every date.
fn in_steps(width: Pt) -> Pt {
    const STEP: f32 = 12.0;
    Pt((width.0 / STEP).ceil() * STEP)
}

/// Two cells, the lower one moved to the middle.
fn centred(left: Strip, left_width: Pt, right: Strip, right_width: Pt) -> Vec<(Strip, Pt)> {
    let height = left.height.max(right.height);
    let middle = |mut strip: Strip| {
        strip.shift(Point::new(Pt::ZERO, (height - strip.height) / 2.0));
        strip.height = height;
        strip
    };
    vec![(middle(left), left_width), (middle(right), right_width)]
}

/// A middle dot, drawn: it is no word.
fn dot(x: Pt, style: &ParagraphStyle) -> Fragment {
    let radius = style.size * 0.11;
    let y = style.leading * 0.55;
    let rect = Rect { x: x - radius, y: y - radius, width: radius * 2.0, height: radius * 2.0 };
    decoration(Shape::Rectangle { rect, radius, fill: Some(style.colour), stroke: None })
}
