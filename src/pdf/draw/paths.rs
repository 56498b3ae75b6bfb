//! Panels, rules, spots and small marks as path operators (ISO 32000-1 8.5). What they look like comes from a stamp, where they
//! stand is written here: shapes of one look that follow each other are one path, painted once. Outlines with round corners
//! are painted one by one, each from a corner of its own (8.3.4): those of one width differ in few bytes then.

use super::stamps::{Key, PenKey};
use super::state::GraphicsState;
use super::{Painter, turned};
use crate::document::Segment;
use crate::geometry::{Point, Pt, Rect};
use crate::layout::Shape;
use crate::pdf::number::{edges, hundredths, push_hundredths};

/// How far the control points of a quarter circle lie from its ends, of the radius.
const QUARTER: f32 = 0.552_285;

/// What is left between a control point and the corner.
const CORNER: f32 = 1.0 - QUARTER;

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
        Shape::Path { segments, fill: None, stroke: Some(pen), .. } if is_small(segments) => {
            Some(Key::Pen(PenKey::new(*pen)))
        }
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

/// Marks of more strokes than this are written as figures.
const STROKES: usize = 8;

/// Whether a figure is a few straight strokes, such as a tick or a cross.
fn is_small(segments: &[Segment]) -> bool {
    segments.len() <= STROKES
        && matches!(segments.first(), Some(Segment::MoveTo(..)))
        && segments.iter().all(|segment| matches!(segment, Segment::MoveTo(..) | Segment::LineTo(..)))
}

/// Grounds, rules and marks that are drawn one after the other, between a saved graphics state and its end.
pub(super) struct Drawing<'a> {
    state: GraphicsState<'a>,
    /// The look of the path that is still to be painted, or was the last.
    look: Option<&'a Key>,
    /// Whether the path has anything in it.
    open: bool,
    /// Rules of the path that are not written yet: from, to.
    rules: Vec<[(i32, i32); 2]>,
    /// The place that coordinates count from, from the left and from below.
    origin: (i32, i32),
}

impl<'a> Drawing<'a> {
    fn new() -> Drawing<'a> {
        Drawing { state: GraphicsState::new(), look: None, open: false, rules: Vec::new(), origin: (0, 0) }
    }

    /// A figure inside of it has the state that it is in.
    pub(super) fn end_dashes(&mut self, out: &mut String) {
        self.state.end_dashes(out);
    }
}

/// Adds a rule, or makes the one longer that ends where it begins: dividers of a table's rows are one line.
fn join(rules: &mut Vec<[(i32, i32); 2]>, from: (i32, i32), to: (i32, i32)) {
    let goes_on = |[start, end]: &[(i32, i32); 2]| {
        let way = |[start, end]: [(i32, i32); 2]| ((end.0 - start.0).signum(), (end.1 - start.1).signum());
        let (before, after) = (way([*start, *end]), way([from, to]));
        *end == from && before == after && (before.0 == 0 || before.1 == 0)
    };
    match rules.iter_mut().find(|rule| goes_on(rule)) {
        Some(rule) => rule[1] = to,
        None => rules.push([from, to]),
    }
}

/// What paints a path of a look (8.5.3).
fn painting(look: &Key) -> &'static str {
    match look {
        Key::Fill(_) | Key::Both(Some(_), None) => "f\n",
        Key::Both(Some(_), Some(_)) | Key::Round(..) => "B\n",
        Key::Both(None, None) => "n\n",
        _ => "S\n",
    }
}

impl<'a> Painter<'a> {
    /// Adds a shape to the open path of its look, or begins one.
    pub(super) fn path(&mut self, shape: &Shape, key: &'a Key, look: &'a str) {
        let drawing = self.drawing.get_or_insert_with(|| {
            self.out.push_str("q\n");
            Drawing::new()
        });
        if drawing.look != Some(key) {
            self.paint();
            let Some(drawing) = &mut self.drawing else { return };
            drawing.state.set(look, &mut self.out);
            drawing.look = Some(key);
        }
        match (shape, key) {
            (Shape::Rule { from, to, .. }, _) => {
                self.rule(turned(*from, self.height), turned(*to, self.height), key);
            }
            // The end of a round pen that does not move (8.5.3.2): a third of the bytes of four curves.
            (Shape::Rectangle { rect, radius, .. }, Key::Spot(..)) => {
                let middle = spot(rect, *radius, self.height).map_or((0, 0), |(_, middle)| middle);
                self.segment(middle, middle);
            }
            (Shape::Rectangle { rect, .. }, Key::Round(radius, _)) => self.between_corners(rect, *radius),
            (Shape::Rectangle { rect, radius, .. }, _) => self.rectangle(rect, *radius),
            (Shape::Path { segments, origin, .. }, _) => self.strokes(segments, *origin),
            _ => {}
        }
        // A frame over the ground of another one of its look would lie under it.
        if matches!(key, Key::Both(..)) {
            self.paint();
        }
    }

    /// Paints the open path.
    pub(super) fn paint(&mut self) {
        let Some(drawing) = &mut self.drawing else { return };
        for [from, to] in std::mem::take(&mut drawing.rules) {
            self.segment(from, to);
        }
        let Some(drawing) = &mut self.drawing else { return };
        if let (true, Some(look)) = (std::mem::take(&mut drawing.open), drawing.look) {
            self.out.push_str(painting(look));
        }
    }

    /// Ends what was drawn without text, and brings back the state from before.
    pub(super) fn end_drawing(&mut self) {
        self.end_place();
        self.paint();
        if self.drawing.take().is_some() {
            self.out.push_str("Q\n");
        }
    }

    /// The place that coordinates count from.
    pub(super) fn origin(&self) -> (i32, i32) {
        self.drawing.as_ref().map_or((0, 0), |drawing| drawing.origin)
    }

    /// Lets coordinates count from a place.
    fn begin_at(&mut self, (x, y): (i32, i32)) {
        self.paint();
        let Some(drawing) = &mut self.drawing else { return };
        let (from_x, from_y) = std::mem::replace(&mut drawing.origin, (x, y));
        if (from_x, from_y) != (x, y) {
            self.out.push_str("1 0 0 1 ");
            push_hundredths(&mut self.out, x - from_x);
            self.out.push(' ');
            push_hundredths(&mut self.out, y - from_y);
            self.out.push_str(" cm\n");
        }
    }

    /// Round ends and dashes begin anew with each rule: those are written as they come.
    fn rule(&mut self, from: (i32, i32), to: (i32, i32), look: &Key) {
        match &mut self.drawing {
            Some(drawing) if matches!(look, Key::Pen(pen) if pen.is_plain()) => {
                join(&mut drawing.rules, from, to);
            }
            _ => self.segment(from, to),
        }
    }

    fn segment(&mut self, from: (i32, i32), to: (i32, i32)) {
        self.points(&[from], "m\n");
        self.points(&[to], "l\n");
    }

    fn strokes(&mut self, segments: &[Segment], origin: Point) {
        let (left, top) = turned(origin, self.height);
        let place = |x: f32, y: f32| [(left + hundredths(Pt(x)), top - hundredths(Pt(y)))];
        for segment in segments {
            match *segment {
                Segment::MoveTo(x, y) => self.points(&place(x, y), "m\n"),
                Segment::LineTo(x, y) => self.points(&place(x, y), "l\n"),
                // `is_small` takes none.
                Segment::CurveTo(..) | Segment::Close => {}
            }
        }
    }

    /// Writes an operator behind places on the page.
    fn points(&mut self, points: &[(i32, i32)], operator: &str) {
        let (left, bottom) = self.origin();
        for (x, y) in points {
            self.pair(x - left, y - bottom);
        }
        self.operator(operator);
    }

    fn pair(&mut self, x: i32, y: i32) {
        push_hundredths(&mut self.out, x);
        self.out.push(' ');
        push_hundredths(&mut self.out, y);
        self.out.push(' ');
    }

    fn operator(&mut self, operator: &str) {
        self.out.push_str(operator);
        if let Some(drawing) = &mut self.drawing {
            drawing.open = true;
        }
    }

    fn box_at(&mut self, (x, y): (i32, i32), (width, height): (i32, i32)) {
        let (left, bottom) = self.origin();
        self.pair(x - left, y - bottom);
        self.pair(width, height);
        self.operator("re\n");
    }

    /// What the pen of [`Key::Round`] goes around.
    fn between_corners(&mut self, rect: &Rect, radius: i32) {
        let [left, bottom, right, top] = edges(rect, self.height);
        let size = (right - left - 2 * radius, top - bottom - 2 * radius);
        self.box_at((left + radius, bottom + radius), size);
    }

    fn rectangle(&mut self, rect: &Rect, radius: Pt) {
        let [left, bottom, right, top] = edges(rect, self.height);
        let (width, height) = (right - left, top - bottom);
        let radius = corner(rect, radius, self.height);
        if radius <= 0 {
            return self.box_at((left, bottom), (width, height));
        }
        self.begin_at((left, bottom));
        let inner = (radius as f32 * CORNER).round() as i32;
        self.points(&[(left + radius, bottom)], "m\n");
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
                self.points(&[(x + from_x * radius, y + from_y * radius)], "l\n");
            }
            let curve = [
                (x + from_x * inner, y + from_y * inner),
                (x + to_x * inner, y + to_y * inner),
                (x + to_x * radius, y + to_y * radius),
            ];
            self.points(&curve, "c\n");
        }
        self.operator("h\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dividers_of_rows_that_touch_are_one_rule() {
        let rules = [
            [(10, 90), (10, 60)],
            [(50, 90), (50, 60)],
            [(10, 60), (10, 30)],
            // A row without this divider stands between.
            [(50, 30), (50, 0)],
            // It turns.
            [(10, 30), (40, 30)],
            [(40, 30), (70, 30)],
            // It goes back.
            [(70, 30), (60, 30)],
        ];
        let mut joined = Vec::new();
        for [from, to] in rules {
            join(&mut joined, from, to);
        }
        let expected = vec![
            [(10, 90), (10, 30)],
            [(50, 90), (50, 60)],
            [(50, 30), (50, 0)],
            [(10, 30), (70, 30)],
            [(70, 30), (60, 30)],
        ];
        assert_eq!(joined, expected);
    }
}
