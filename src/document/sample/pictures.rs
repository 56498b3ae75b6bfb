//! A few plain stick figures: they stand in for the content's own, so that tests need no clinic folder.

use super::super::*;
use std::sync::Arc;

/// The pictogram of a section, if it has one.
pub(super) fn icon(section: &str) -> Option<Arc<Picture>> {
    let paths = match section {
        "rest" => "M 10 38 L 10 20 C 10 14 18 14 18 20 L 18 28 L 38 28 L 38 38 M 10 34 L 38 34",
        "breaks" => "M 14 8 L 17 40 L 31 40 L 34 8 Z M 15 18 C 20 22 28 14 33 18",
        "stretching" => "M 16 42 L 20 26 L 30 14 M 20 26 L 30 42 M 24 20 L 36 22",
        "range-of-motion" => "M 12 24 C 12 8 36 8 36 24 M 30 20 L 36 25 L 41 19 M 18 38 L 24 28 L 30 38",
        _ => return None,
    };
    Some(picture(section, 48.0, vec![stroke(paths, Paint::Line, 2.5)]))
}

/// A standing person with an arrow; the arms follow from the id, so that figures differ.
pub(super) fn figure(id: &str) -> Arc<Picture> {
    let (head, arms, arrow) = match id {
        "side-bend" => {
            (28.0, "M 18 40 L 22 28 L 42 28 L 46 40", "M 40 8 C 34 4 26 6 22 12 M 22 7 L 22 12 L 27 12")
        }
        "arm-across-stretch" => {
            (32.0, "M 22 27 L 42 27 L 30 32 L 18 32", "M 14 24 L 8 28 M 8 23 L 8 28 L 13 28")
        }
        "head-turns" => {
            (32.0, "M 20 42 L 22 28 L 42 28 L 44 42", "M 22 6 C 28 1 36 1 42 6 M 42 1 L 42 6 L 37 6")
        }
        _ => (32.0, "M 20 42 L 22 28 L 42 28 L 44 42", "M 50 24 C 56 28 54 36 48 36 M 52 32 L 48 36 L 53 39"),
    };
    let mut body = stroke(arms, Paint::Line, 2.5);
    body.segments.extend(segments("M 32 24 L 32 42 L 24 60 M 32 42 L 40 60"));
    body.segments.extend(circle(head, 16.0, 6.5));
    picture(id, 64.0, vec![body, stroke(arrow, Paint::Accent, 2.5)])
}

pub(crate) fn picture(id: &str, side: f32, paths: Vec<PicturePath>) -> Arc<Picture> {
    Arc::new(Picture::new(id, (side, side), paths))
}

pub(crate) fn filled(segments: Vec<Segment>) -> PicturePath {
    PicturePath { segments, fill: Some(Paint::Line), even_odd: false, stroke: None }
}

pub(crate) fn stroke(path: &str, paint: Paint, width: f32) -> PicturePath {
    let stroke = Stroke { paint, width, round_cap: true, round_join: true };
    PicturePath { segments: segments(path), fill: None, even_odd: false, stroke: Some(stroke) }
}

/// Reads absolute `M`, `L`, `C` and `Z`, with single spaces between.
fn segments(path: &str) -> Vec<Segment> {
    let mut words = path.split(' ');
    let mut segments = Vec::new();
    while let Some(command) = words.next() {
        let mut number = || words.next().and_then(|word| word.parse().ok()).unwrap_or(0.0);
        segments.push(match command {
            "M" => Segment::MoveTo(number(), number()),
            "L" => Segment::LineTo(number(), number()),
            "C" => Segment::CurveTo(number(), number(), number(), number(), number(), number()),
            _ => Segment::Close,
        });
    }
    segments
}

pub(crate) fn circle(x: f32, y: f32, radius: f32) -> Vec<Segment> {
    // The usual four-arc circle: control points at 0.5523 of the radius.
    let control = radius * 0.5523;
    vec![
        Segment::MoveTo(x + radius, y),
        Segment::CurveTo(x + radius, y + control, x + control, y + radius, x, y + radius),
        Segment::CurveTo(x - control, y + radius, x - radius, y + control, x - radius, y),
        Segment::CurveTo(x - radius, y - control, x - control, y - radius, x, y - radius),
        Segment::CurveTo(x + control, y - radius, x + radius, y - control, x + radius, y),
        Segment::Close,
    ]
}
