//! Panels: strips inside a border or a tint, alone or in a row of equal heights.

use super::strip::{Inset, Strip, closing, decoration, merge, stack_height};
use super::{Fragment, Pen, Shape, Style};
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
    let padding = style.panel.padding;
    let (mut inner, mut looks) = (Vec::with_capacity(cells.len()), Vec::with_capacity(cells.len()));
    for (strips, width, look) in cells {
        inner.push(merge(strips));
        looks.push((width, look));
    }
    let tallest = inner.iter().map(|cell| cell.height).fold(Pt::ZERO, Pt::max);
    let height = tallest + padding.natural * 2.0;
    let mut row =
        Strip::of(height, Vec::with_capacity(inner.iter().map(|cell| cell.fragments.len() + 1).sum()));
    if let Some(first) = inner.first() {
        (row.gap, row.section_start, row.cost) = (first.gap, first.section_start, first.cost);
    }
    row.inset = Some(Inset { padding, frames: inner.len(), fixed: 0, closing: closing(&inner) });
    let mut x = Pt::ZERO;
    for (width, look) in &looks {
        let rect = Rect { x, width: *width, height, ..Rect::default() };
        row.fragments.push(background(style, rect, *look));
        x += *width + style.gutter;
    }
    x = Pt::ZERO;
    for (cell, (width, _)) in inner.into_iter().zip(looks) {
        row.absorb(cell, Point::new(x + style.panel.side, padding.natural));
        x += width + style.gutter;
    }
    row
}

fn background(style: &Style, rect: Rect, look: Look) -> Fragment {
    let radius = style.panel.radius;
    decoration(Shape::Rectangle { rect, radius, fill: look.fill, stroke: look.border })
}

/// A box of a given height.
pub fn panel_of_height(style: &Style, inner: Strip, rect: Rect, look: Look) -> Strip {
    let mut strip = Strip::of(rect.height, vec![background(style, rect, look)]);
    (strip.section_start, strip.gap) = (inner.section_start, inner.gap);
    (strip.keep_next, strip.cost) = (inner.keep_next, inner.cost);
    strip.absorb(inner, Point::new(style.panel.side, style.panel.padding.natural));
    strip.inset = Some(Inset { padding: style.panel.padding, frames: 1, fixed: 0, closing: Vec::new() });
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
