//! Panels: strips inside a border or a tint, alone or in a row of equal heights.

use super::columns::beside;
use super::strip::{Inset, Strip, decoration, merge, stack_height};
use super::{Pen, Shape, Style};
use crate::brand::Colour;
use crate::geometry::{Point, Pt, Rect};

/// How a panel looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    pub fill: Option<Colour>,
    pub border: Option<Pen>,
}

impl Style {
    /// A quiet box: a tint, or an outline in the ink saver.
    pub fn tinted(&self) -> Look {
        match self.outlined {
            true => self.bordered(),
            // A copy loses the tint, not the box.
            false => {
                let border = Pen { width: Pt(0.75), ..self.border(self.palette.muted) };
                Look { fill: Some(self.palette.tint), border: Some(border) }
            }
        }
    }

    pub fn bordered(&self) -> Look {
        Look { fill: None, border: Some(self.border(self.palette.rule)) }
    }

    /// Room for a panel's content in a box of `width`.
    pub fn inside(&self, width: Pt) -> Pt {
        width - self.panel.side * 2.0
    }

    /// The tallest cell of a grid: a higher one is set over the whole measure, where it can break.
    pub fn tallest_cell(&self) -> Pt {
        self.tallest_panel() * 0.5
    }

    /// The tallest panel that is drawn as one box; a taller one is set open so that it can break.
    fn tallest_panel(&self) -> Pt {
        (self.page.height - self.margin.top - self.margin.bottom - self.margin.head - self.margin.foot) * 0.9
    }
}

/// A box around strips; when they are taller than a page they stand beside a rule instead and can break.
pub fn panel(style: &Style, inner: Vec<Strip>, width: Pt, look: Look) -> Vec<Strip> {
    let height = stack_height(&inner) + style.panel.padding.natural * 2.0;
    if height <= style.tallest_panel() {
        return vec![panel_of_height(style, merge(inner), Rect { width, height, ..Rect::default() }, look)];
    }
    let pen = Pen { width: Pt(2.0), ..style.border(style.palette.rule) };
    inner.into_iter().map(|strip| beside_rule(style, strip, pen)).collect()
}

/// Panels side by side, all as tall as the tallest.
pub fn panel_row(style: &Style, cells: Vec<(Vec<Strip>, Pt, Look)>) -> Strip {
    let height = cells.iter().map(|(inner, ..)| stack_height(inner)).fold(Pt::ZERO, Pt::max);
    let height = height + style.panel.padding.natural * 2.0;
    let frames = cells.len();
    let mut backgrounds = Vec::with_capacity(frames);
    let mut x = Pt::ZERO;
    let mut boxes = Vec::with_capacity(frames);
    for (inner, width, look) in cells {
        let mut cell = panel_of_height(style, merge(inner), Rect { width, height, ..Rect::default() }, look);
        let mut background = cell.fragments.remove(0);
        background.shape.shift(Point::new(x, Pt::ZERO));
        backgrounds.push(background);
        boxes.push((cell, width));
        x += width + style.gutter;
    }
    let mut row = beside(boxes, style.gutter);
    row.fragments.splice(0..0, backgrounds);
    row.inset = Some(Inset { padding: style.panel.padding, frames, fixed: 0 });
    row
}

/// A box of a given height.
pub fn panel_of_height(style: &Style, inner: Strip, rect: Rect, look: Look) -> Strip {
    let background =
        Shape::Rectangle { rect, radius: style.panel.radius, fill: look.fill, stroke: look.border };
    let mut strip = Strip::of(rect.height, vec![decoration(background)]);
    (strip.section_start, strip.gap) = (inner.section_start, inner.gap);
    (strip.keep_next, strip.cost) = (inner.keep_next, inner.cost);
    strip.absorb(inner, Point::new(style.panel.side, style.panel.padding.natural));
    strip.inset = Some(Inset { padding: style.panel.padding, frames: 1, fixed: 0 });
    strip
}

fn beside_rule(style: &Style, inner: Strip, pen: Pen) -> Strip {
    let x = pen.width / 2.0;
    let rule = Shape::Rule { from: Point::new(x, Pt::ZERO), to: Point::new(x, inner.height), pen };
    let mut strip = Strip { fragments: vec![decoration(rule)], ..Strip::of(inner.height, Vec::new()) };
    (strip.section_start, strip.gap, strip.keep_next) = (inner.section_start, inner.gap, inner.keep_next);
    strip.absorb(inner, Point::new(style.panel.side, Pt::ZERO));
    strip
}
