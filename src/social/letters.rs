//! Set lines as outlines.

use crate::document::Segment;
use crate::geometry::Point;
use crate::layout::Shape;
use crate::layout::paragraph::Paragraph;
use crate::text::{FontSet, Line, Run, Step};
use std::sync::Arc;

/// A paragraph's letters; `at` is its top left corner. A path a run: they differ in colour at most.
pub fn drawn(paragraph: &Paragraph, at: Point, fonts: &FontSet) -> Vec<Shape> {
    let lines = paragraph.lines.iter();
    lines
        .flat_map(|set| {
            let origin = Point::new(at.x + set.x, at.y + set.baseline);
            line(&set.line, origin, fonts)
        })
        .collect()
}

/// A line's letters; `origin` is the left end of its baseline.
pub fn line(line: &Line, origin: Point, fonts: &FontSet) -> Vec<Shape> {
    let path = |run: &Run| Shape::Path {
        segments: Arc::from(letters(run, fonts)),
        origin: Point::new(origin.x + run.x, origin.y),
        middle: line.width / 2.0 - run.x,
        fill: Some(run.colour),
        stroke: None,
    };
    line.runs.iter().filter(|run| !run.text.trim().is_empty()).map(path).collect()
}

/// In points from the start of the baseline, y down.
fn letters(run: &Run, fonts: &FontSet) -> Vec<Segment> {
    let face = fonts.face(run.face);
    let scale = run.size.0 / f32::from(face.units_per_em());
    let mut segments = Vec::new();
    let mut pen = 0;
    for glyph in &run.glyphs {
        let (left, up) = ((pen + glyph.x_offset) as f32, glyph.y_offset as f32);
        let at = |[x, y]: [f32; 2]| ((left + x) * scale, -(up + y) * scale);
        segments.extend(face.outline(glyph.id).into_iter().map(|step| match step {
            Step::Move(to) => {
                let (x, y) = at(to);
                Segment::MoveTo(x, y)
            }
            Step::Line(to) => {
                let (x, y) = at(to);
                Segment::LineTo(x, y)
            }
            Step::Curve(one, two, to) => {
                let ((a, b), (c, d), (x, y)) = (at(one), at(two), at(to));
                Segment::CurveTo(a, b, c, d, x, y)
            }
            Step::Close => Segment::Close,
        }));
        pen += glyph.advance;
    }
    segments
}
