//! Panels, rules and spots as path operators (ISO 32000-1 8.5). What they look like comes from a stamp, where they stand is
//! written here: shapes of one look that follow each other are one path, painted once.

use super::stamps::{Key, PenKey};
use super::{Painter, turned};
use crate::geometry::{Pt, Rect};
use crate::layout::{Artifact, Fragment, Shape, Tag, bounds_of};
use crate::pdf::number::{edges, hundredths, push_hundredths};

/// How far the control points of a quarter circle lie from its ends, of the radius.
const QUARTER: f32 = 0.552_285;

/// What is left between a control point and the corner.
const CORNER: f32 = 1.0 - QUARTER;

/// The order in which a page's fragments are drawn: grounds, rules and marks first, as far as no figure stands below them, so
/// that text is not interrupted. None of them hides text.
pub(super) fn order(fragments: &[Fragment]) -> Vec<usize> {
    let (mut order, mut rest) = (Vec::with_capacity(fragments.len()), Vec::with_capacity(fragments.len()));
    let mut below: Vec<Rect> = Vec::new();
    for (index, fragment) in fragments.iter().enumerate() {
        if matches!(fragment.shape, Shape::Line { .. }) {
            rest.push(index);
            continue;
        }
        let free = fragment.tag == Tag::Artifact(Artifact::Decoration)
            && (below.is_empty() || {
                let own = bounds(&fragment.shape);
                !below.iter().any(|other| meet(&own, other))
            });
        if free {
            order.push(index);
        } else {
            below.push(bounds(&fragment.shape));
            rest.push(index);
        }
    }
    order.append(&mut rest);
    order
}

fn meet(one: &Rect, other: &Rect) -> bool {
    one.x <= other.right() && other.x <= one.right() && one.y <= other.bottom() && other.y <= one.bottom()
}

/// The box around a shape, its pen included.
fn bounds(shape: &Shape) -> Rect {
    match shape {
        Shape::Line { .. } => Rect::default(),
        Shape::Rectangle { rect, stroke, .. } => grown(*rect, stroke.map_or(Pt::ZERO, |pen| pen.width)),
        Shape::Picture { rect, .. } | Shape::Photo { rect, .. } => *rect,
        Shape::Rule { from, to, pen } => {
            let (x, y) = (Pt(from.x.0.min(to.x.0)), Pt(from.y.0.min(to.y.0)));
            let (width, height) = (Pt((to.x - from.x).0.abs()), Pt((to.y - from.y).0.abs()));
            grown(Rect { x, y, width, height }, pen.width)
        }
        Shape::Path { segments, origin, stroke, .. } => {
            grown(bounds_of(segments, *origin), stroke.map_or(Pt::ZERO, |pen| pen.width))
        }
    }
}

fn grown(rect: Rect, by: Pt) -> Rect {
    rect.inset(Pt::ZERO - by)
}

/// The look of what is drawn here; `None` for all else.
pub(super) fn look(shape: &Shape, height: i32) -> Option<Key> {
    match shape {
        Shape::Rule { pen, .. } => Some(Key::Pen(PenKey::new(*pen))),
        Shape::Rectangle { rect, radius, fill: Some(colour), stroke: None } => {
            Some(match (spot(rect, *radius, height), corner(rect, *radius, height)) {
                (Some((size, _)), _) => Key::Spot(size, *colour),
                (None, radius) if radius > 0 => Key::Round(radius, *colour),
                _ => Key::Fill(*colour),
            })
        }
        Shape::Rectangle { fill: None, stroke: Some(pen), .. } => Some(Key::Pen(PenKey::new(*pen))),
        Shape::Rectangle { fill, stroke, .. } => Some(Key::Both(*fill, stroke.map(PenKey::new))),
        _ => None,
    }
}

/// A round spot: its size, and the places of its middle, from the left and from below.
fn spot(rect: &Rect, radius: Pt, height: i32) -> Option<(i32, (i32, i32))> {
    let [left, bottom, right, top] = edges(rect, height);
    let size = right - left;
    (size == top - bottom && hundredths(radius) * 2 >= size)
        .then(|| (size, (left + size / 2, bottom + size / 2)))
}

/// The radius of a rectangle's corners, as far as there is room for it; hundredths of a point.
fn corner(rect: &Rect, radius: Pt, height: i32) -> i32 {
    let [left, bottom, right, top] = edges(rect, height);
    hundredths(radius).min((right - left) / 2).min((top - bottom) / 2)
}

impl Painter<'_> {
    /// Adds a shape to the open path of its look, or begins one.
    pub(super) fn path(&mut self, shape: &Shape, tag: Tag, key: &Key, look: &str) {
        if !self.path.as_ref().is_some_and(|(open, of)| open == key && *of == tag) {
            self.end_path();
            self.mark(tag, false);
            self.out.push_str("q\n");
            self.out.push_str(look);
            self.out.push('\n');
            self.path = Some((key.clone(), tag));
        }
        match (shape, key) {
            (Shape::Rule { from, to, .. }, _) => {
                let (from, to) = (turned(*from, self.height), turned(*to, self.height));
                self.segment(from, to);
            }
            // The end of a round pen that does not move (8.5.3.2): a third of the bytes of four curves.
            (Shape::Rectangle { rect, radius, .. }, Key::Spot(..)) => {
                let middle = spot(rect, *radius, self.height).map_or((0, 0), |(_, middle)| middle);
                self.segment(middle, middle);
            }
            (Shape::Rectangle { rect, .. }, Key::Round(radius, _)) => self.between_corners(rect, *radius),
            (Shape::Rectangle { rect, radius, .. }, _) => self.rectangle(rect, *radius),
            _ => {}
        }
        // A frame over the ground of another one of its look would lie under it.
        if matches!(key, Key::Both(..)) {
            self.end_path();
        }
    }

    pub(super) fn end_path(&mut self) {
        let Some((key, _)) = self.path.take() else { return };
        self.out.push_str(match key {
            Key::Fill(_) | Key::Both(Some(_), None) => "f\nQ\n",
            Key::Both(Some(_), Some(_)) | Key::Round(..) => "B\nQ\n",
            Key::Both(None, None) => "n\nQ\n",
            _ => "S\nQ\n",
        });
    }

    fn segment(&mut self, from: (i32, i32), to: (i32, i32)) {
        self.points(&[from], " m\n");
        self.points(&[to], " l\n");
    }

    fn points(&mut self, points: &[(i32, i32)], operator: &str) {
        for (index, (x, y)) in points.iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            push_hundredths(&mut self.out, *x);
            self.out.push(' ');
            push_hundredths(&mut self.out, *y);
        }
        self.out.push_str(operator);
    }

    /// What the pen of [`Key::Round`] goes around.
    fn between_corners(&mut self, rect: &Rect, radius: i32) {
        let [left, bottom, right, top] = edges(rect, self.height);
        let size = (right - left - 2 * radius, top - bottom - 2 * radius);
        self.points(&[(left + radius, bottom + radius), size], " re\n");
    }

    fn rectangle(&mut self, rect: &Rect, radius: Pt) {
        let [left, bottom, right, top] = edges(rect, self.height);
        let (width, height) = (right - left, top - bottom);
        let radius = corner(rect, radius, self.height);
        if radius <= 0 {
            return self.points(&[(left, bottom), (width, height)], " re\n");
        }
        let inner = (radius as f32 * CORNER).round() as i32;
        self.points(&[(left + radius, bottom)], " m\n");
        // Each corner, counter-clockwise: its point, and the directions in which one comes and goes.
        for (index, (x, y, (from_x, from_y), (to_x, to_y))) in [
            (right, bottom, (-1, 0), (0, 1)),
            (right, top, (0, -1), (-1, 0)),
            (left, top, (1, 0), (0, -1)),
            (left, bottom, (0, 1), (1, 0)),
        ]
        .into_iter()
        .enumerate()
        {
            // Where two corners meet there is no side between them.
            let side = if index % 2 == 0 { width } else { height };
            if side > radius * 2 {
                self.points(&[(x + from_x * radius, y + from_y * radius)], " l\n");
            }
            let curve = [
                (x + from_x * inner, y + from_y * inner),
                (x + to_x * inner, y + to_y * inner),
                (x + to_x * radius, y + to_y * radius),
            ];
            self.points(&curve, " c\n");
        }
        self.out.push_str("h\n");
    }
}
