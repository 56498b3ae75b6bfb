//! Languages from right to left. Everything is placed as if lines ran from left to right, from their start to their end;
//! finished pages are then turned over once, here. Only places are: glyphs, pictures and drawn marks stay as they are, for
//! a clock runs one way, a code is read one way, and a body's left side is its left.

use super::{Layout, Shape};
use crate::geometry::{Point, Pt, Rect};

/// Turns the places of every page over, what stood at the left edge to the right.
pub(super) fn mirror(layout: &mut Layout) {
    for page in &mut layout.pages {
        let width = page.size.width;
        page.fragments.iter_mut().for_each(|fragment| mirror_shape(&mut fragment.shape, width));
        page.links.iter_mut().for_each(|link| mirror_rect(&mut link.rect, width));
    }
    for element in &mut layout.elements {
        if let Some((page, rect)) = &mut element.bounds
            && let Some(page) = layout.pages.get(*page)
        {
            mirror_rect(rect, page.size.width);
        }
    }
}

/// Turns a shape's place over, on a ground so wide.
pub fn mirror_shape(shape: &mut Shape, width: Pt) {
    match shape {
        Shape::Line { line, origin, .. } => origin.x = width - origin.x - line.width,
        Shape::Rectangle { rect, .. } | Shape::Picture { rect, .. } | Shape::Photo { rect, .. } => {
            mirror_rect(rect, width);
        }
        Shape::Rule { from, to, .. } => {
            let turned = |point: &Point| Point::new(width - point.x, point.y);
            // From the left still, so that equal lines are drawn alike.
            (*from, *to) =
                if from.x < to.x { (turned(to), turned(from)) } else { (turned(from), turned(to)) };
        }
        Shape::Path { origin, middle, .. } => origin.x = width - origin.x - *middle * 2.0,
    }
}

fn mirror_rect(rect: &mut Rect, width: Pt) {
    rect.x = width - rect.right();
}
