//! Drawn marks: bullet, check, cross, warning sign. They are decoration; the words carry the meaning.

use super::paragraph::ParagraphStyle;
use super::strip::decoration;
use super::{Fragment, Pen, Shape};
use crate::brand::Colour;
use crate::document::Segment;
use crate::geometry::{Point, Pt, Rect};
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Bullet,
    Check,
    Cross,
}

/// A mark at the start of a line of `style`, from the line's top left corner.
pub fn mark(kind: Mark, style: &ParagraphStyle, colour: Colour) -> Fragment {
    // Half the x-height above the baseline: the middle of lower-case letters.
    let middle = style.leading.0 * 0.5 + style.size.0 * 0.06;
    let size = style.size.0;
    match kind {
        Mark::Bullet => bullet(middle, size, colour),
        Mark::Check => {
            let s = size * 0.34;
            let from = (s * 0.2, middle + s * 0.15);
            stroke(vec![from, (s * 0.95, middle + s * 0.9), (s * 2.3, middle - s * 0.95)], size, colour)
        }
        Mark::Cross => cross(middle, size, colour),
    }
}

fn bullet(middle: f32, size: f32, colour: Colour) -> Fragment {
    let radius = Pt(size * 0.15);
    let rect = Rect { x: Pt(size * 0.1), y: Pt(middle) - radius, width: radius * 2.0, height: radius * 2.0 };
    decoration(Shape::Rectangle { rect, radius, fill: Some(colour), stroke: None })
}

fn cross(middle: f32, size: f32, colour: Colour) -> Fragment {
    let arm = size * 0.28;
    let (left, right) = (size * 0.1, size * 0.1 + arm * 2.0);
    let segments = [
        Segment::MoveTo(left, middle - arm),
        Segment::LineTo(right, middle + arm),
        Segment::MoveTo(left, middle + arm),
        Segment::LineTo(right, middle - arm),
    ];
    stroked(Arc::from(segments), size, colour)
}

fn stroke(points: Vec<(f32, f32)>, size: f32, colour: Colour) -> Fragment {
    let mut segments = Vec::with_capacity(points.len());
    for (index, (x, y)) in points.into_iter().enumerate() {
        segments.push(if index == 0 { Segment::MoveTo(x, y) } else { Segment::LineTo(x, y) });
    }
    stroked(Arc::from(segments), size, colour)
}

fn stroked(segments: Arc<[Segment]>, size: f32, colour: Colour) -> Fragment {
    let pen = Pen { colour, width: Pt(size * 0.15), dash: None, round: true };
    decoration(Shape::Path { segments, origin: Point::default(), fill: None, stroke: Some(pen) })
}

/// A triangle with an exclamation mark, `side` wide, at the given top left corner: a warning without colour.
pub fn warning_sign(x: Pt, y: Pt, side: Pt, colour: Colour, inner: Colour) -> Vec<Fragment> {
    let (origin, s) = (Point::new(x, y), side.0);
    let triangle = [
        Segment::MoveTo(s * 0.5, s * 0.06),
        Segment::LineTo(s * 0.97, s * 0.9),
        Segment::LineTo(s * 0.03, s * 0.9),
        Segment::Close,
    ];
    let outline = Pen { colour, width: Pt(s * 0.08), dash: None, round: true };
    let stem = [Segment::MoveTo(s * 0.5, s * 0.38), Segment::LineTo(s * 0.5, s * 0.6)];
    let dot = [Segment::MoveTo(s * 0.5, s * 0.76), Segment::LineTo(s * 0.5, s * 0.765)];
    let pen = Pen { colour: inner, width: Pt(s * 0.11), dash: None, round: true };
    vec![
        decoration(Shape::Path {
            segments: Arc::from(triangle),
            origin,
            fill: Some(colour),
            stroke: Some(outline),
        }),
        decoration(Shape::Path { segments: Arc::from(stem), origin, fill: None, stroke: Some(pen) }),
        decoration(Shape::Path { segments: Arc::from(dot), origin, fill: None, stroke: Some(pen) }),
    ]
}
