//! Drawn marks: bullet, check, cross, clock, handset, warning sign. They are decoration; the words carry the meaning.

use super::paragraph::ParagraphStyle;
use super::strip::decoration;
use super::{Fragment, Pen, Shape, Style};
use crate::brand::Colour;
use crate::document::Segment;
use crate::geometry::{Point, Pt, Rect};
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Bullet,
    Check,
    Cross,
    Clock,
    Handset,
}

impl Mark {
    /// From a mark's left edge to its words, in units of the type's size.
    pub fn indent(self) -> f32 {
        match self {
            Mark::Bullet => 1.1,
            Mark::Check | Mark::Cross => 1.5,
            Mark::Clock | Mark::Handset => 1.5,
        }
    }
}

/// A mark at the start of a line of the body's type, from the line's top left corner.
pub fn mark(kind: Mark, style: &Style, colour: Colour) -> Vec<Fragment> {
    let size = style.body.size.0;
    // Half the x-height above the baseline: the middle of lower-case letters.
    let middle = style.body.leading.0 * 0.5 + size * 0.06;
    let disc = Disc { centre: (size * 0.54, middle - size * 0.04), radius: size * 0.5, colour };
    match kind {
        Mark::Bullet => vec![bullet(&style.body, middle, colour)],
        Mark::Check if style.outlined => disc.with(&CHECK, colour, false),
        Mark::Check => disc.with(&CHECK, style.palette.paper, true),
        Mark::Cross => disc.with(&CROSS, colour, false),
        Mark::Clock => disc.with(&HANDS, colour, false),
        Mark::Handset => vec![handset(disc.centre, size * 1.05, colour)],
    }
}

fn bullet(style: &ParagraphStyle, middle: f32, colour: Colour) -> Fragment {
    let radius = style.size * 0.15;
    let rect =
        Rect { x: style.size * 0.1, y: Pt(middle) - radius, width: radius * 2.0, height: radius * 2.0 };
    decoration(Shape::Rectangle { rect, radius, fill: Some(colour), stroke: None })
}

/// Strokes inside of a disc, in units of its radius from its centre; each begins anew at `true`.
type Strokes = [(bool, f32, f32)];

const CHECK: [(bool, f32, f32); 3] = [(true, -0.46, 0.06), (false, -0.14, 0.38), (false, 0.46, -0.32)];
const CROSS: [(bool, f32, f32); 4] =
    [(true, -0.34, -0.34), (false, 0.34, 0.34), (true, 0.34, -0.34), (false, -0.34, 0.34)];
const HANDS: [(bool, f32, f32); 3] = [(true, 0.0, -0.56), (false, 0.0, 0.04), (false, 0.36, 0.3)];

struct Disc {
    centre: (f32, f32),
    radius: f32,
    colour: Colour,
}

impl Disc {
    /// Filled, or a ring, with strokes in it.
    fn with(&self, strokes: &Strokes, colour: Colour, filled: bool) -> Vec<Fragment> {
        let width = self.radius * 0.24;
        let inset = if filled { 0.0 } else { width / 2.0 };
        let radius = Pt(self.radius - inset);
        let rect = Rect {
            x: Pt(self.centre.0) - radius,
            y: Pt(self.centre.1) - radius,
            width: radius * 2.0,
            height: radius * 2.0,
        };
        let pen = |colour| Pen { colour, width: Pt(width), dash: None, round: true };
        let ring = (!filled).then(|| pen(self.colour));
        let ground = Shape::Rectangle { rect, radius, fill: filled.then_some(self.colour), stroke: ring };
        let segments: Vec<Segment> = strokes
            .iter()
            .map(|(begins, x, y)| {
                let (x, y) = (self.centre.0 + x * self.radius, self.centre.1 + y * self.radius);
                if *begins { Segment::MoveTo(x, y) } else { Segment::LineTo(x, y) }
            })
            .collect();
        let stroke = Pen { width: Pt(self.radius * 0.26), ..pen(colour) };
        let lines = Shape::Path {
            segments: Arc::from(segments),
            origin: Point::default(),
            middle: Pt(self.centre.0),
            fill: None,
            stroke: Some(stroke),
        };
        vec![decoration(ground), decoration(lines)]
    }
}

/// A telephone's handset around a centre.
fn handset(centre: (f32, f32), side: f32, colour: Colour) -> Fragment {
    let at = |x: f32, y: f32| (centre.0 + (x - 12.0) * side / 24.0, centre.1 + (y - 12.0) * side / 24.0);
    let line = |x, y| {
        let (x, y) = at(x, y);
        Segment::LineTo(x, y)
    };
    let curve = |a: f32, b: f32, c: f32, d: f32, x: f32, y: f32| {
        let ((a, b), (c, d), (x, y)) = (at(a, b), at(c, d), at(x, y));
        Segment::CurveTo(a, b, c, d, x, y)
    };
    let (x, y) = at(6.6, 2.4);
    let segments = [
        Segment::MoveTo(x, y),
        curve(7.4, 2.1, 8.3, 2.5, 8.6, 3.3),
        line(10.1, 7.1),
        curve(10.4, 7.8, 10.2, 8.5, 9.6, 9.0),
        line(7.7, 10.6),
        curve(9.0, 13.1, 10.9, 15.0, 13.4, 16.3),
        line(15.0, 14.4),
        curve(15.5, 13.8, 16.2, 13.6, 16.9, 13.9),
        line(20.7, 15.4),
        curve(21.5, 15.7, 21.9, 16.6, 21.6, 17.4),
        line(20.7, 20.4),
        curve(20.5, 21.1, 19.8, 21.6, 19.0, 21.6),
        curve(10.7, 21.6, 2.4, 13.3, 2.4, 5.0),
        curve(2.4, 4.2, 2.9, 3.5, 3.6, 3.3),
        Segment::Close,
    ];
    let (origin, segments) = (Point::default(), Arc::from(segments));
    decoration(Shape::Path { segments, origin, middle: Pt(centre.0), fill: Some(colour), stroke: None })
}

/// A triangle with an exclamation mark, `side` wide, at the given top left corner: a warning without colour.
pub fn warning_sign(x: Pt, y: Pt, side: Pt, colour: Colour, inner: Colour) -> Vec<Fragment> {
    let (origin, middle, s) = (Point::new(x, y), side / 2.0, side.0);
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
            middle,
            fill: Some(colour),
            stroke: Some(outline),
        }),
        decoration(Shape::Path { segments: Arc::from(stem), origin, middle, fill: None, stroke: Some(pen) }),
        decoration(Shape::Path { segments: Arc::from(dot), origin, middle, fill: None, stroke: Some(pen) }),
    ]
}
