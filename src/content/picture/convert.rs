//! `usvg`'s tree → paths.

use super::SEGMENTS;
use crate::brand::Colour;
use crate::document::{Paint, Picture, PicturePath, Segment, Stroke};
use usvg::tiny_skia_path::{PathSegment, Point, Transform};

/// Errors: a sentence on what cannot be drawn.
pub fn picture(id: &str, tree: &usvg::Tree) -> Result<Picture, String> {
    let mut paths = Vec::new();
    group(tree.root(), &mut paths)?;
    let segments: usize = paths.iter().map(|path| path.segments.len()).sum();
    if segments > SEGMENTS {
        return Err(format!("the picture has {segments} segments, allowed are {SEGMENTS}"));
    }
    if segments == 0 {
        return Err("the picture draws nothing".to_owned());
    }
    if paths.iter().flat_map(|path| &path.segments).any(|segment| !is_finite(*segment)) {
        return Err("the picture reaches to infinity".to_owned());
    }
    Ok(Picture::new(id, (tree.size().width(), tree.size().height()), paths))
}

/// The id of each path, in the order of [`picture`]'s.
pub fn ids(tree: &usvg::Tree) -> Vec<String> {
    let mut found = Vec::new();
    group_ids(tree.root(), &mut found);
    found
}

fn group_ids(group: &usvg::Group, found: &mut Vec<String>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => group_ids(inner, found),
            usvg::Node::Path(drawn) => found.push(drawn.id().to_owned()),
            usvg::Node::Image(_) | usvg::Node::Text(_) => {}
        }
    }
}

/// As deep as the elements are nested, which `check` has bounded.
fn group(group: &usvg::Group, paths: &mut Vec<PicturePath>) -> Result<(), String> {
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => self::group(inner, paths)?,
            usvg::Node::Path(drawn) => paths.push(path(drawn)?),
            usvg::Node::Image(_) | usvg::Node::Text(_) => {
                return Err("a picture may not hold images or text".to_owned());
            }
        }
    }
    Ok(())
}

fn path(path: &usvg::Path) -> Result<PicturePath, String> {
    let transform = path.abs_transform();
    let fill = path.fill().map(|fill| paint(fill.paint())).transpose()?;
    let stroke = path.stroke().map(|drawn| stroke(drawn, transform)).transpose()?;
    let even_odd = path.fill().is_some_and(|fill| fill.rule() == usvg::FillRule::EvenOdd);
    Ok(PicturePath { segments: segments(path.data(), transform), fill, even_odd, stroke })
}

fn stroke(stroke: &usvg::Stroke, transform: Transform) -> Result<Stroke, String> {
    // A stroke has one width, so an uneven scale takes the mean of both.
    let scale = (transform.sx * transform.sy - transform.kx * transform.ky).abs().sqrt();
    Ok(Stroke {
        paint: paint(stroke.paint())?,
        width: stroke.width().get() * scale,
        round_cap: stroke.linecap() == usvg::LineCap::Round,
        round_join: stroke.linejoin() == usvg::LineJoin::Round,
    })
}

fn paint(paint: &usvg::Paint) -> Result<Paint, String> {
    let usvg::Paint::Color(colour) = paint else {
        return Err("a picture may not have gradients or patterns".to_owned());
    };
    Ok(match (colour.red, colour.green, colour.blue) {
        (0, 0, 0) => Paint::Line,
        (255, 0, 0) => Paint::Accent,
        (255, 255, 255) => Paint::Paper,
        (red, green, blue) => Paint::Colour(Colour::new(red, green, blue)),
    })
}

fn segments(path: &usvg::tiny_skia_path::Path, transform: Transform) -> Vec<Segment> {
    let at = |mut point: Point| {
        transform.map_point(&mut point);
        point
    };
    let mut from = Point::zero();
    let mut segments = Vec::with_capacity(path.len());
    for segment in path.segments() {
        let (drawn, to) = match segment {
            PathSegment::MoveTo(to) => (Segment::MoveTo(at(to).x, at(to).y), to),
            PathSegment::LineTo(to) => (Segment::LineTo(at(to).x, at(to).y), to),
            PathSegment::QuadTo(control, to) => (quadratic(at(from), at(control), at(to)), to),
            PathSegment::CubicTo(first, second, to) => {
                let (first, second, end) = (at(first), at(second), at(to));
                (Segment::CurveTo(first.x, first.y, second.x, second.y, end.x, end.y), to)
            }
            PathSegment::Close => (Segment::Close, from),
        };
        from = to;
        segments.push(drawn);
    }
    segments
}

/// A quadratic curve as the cubic that is the same curve.
fn quadratic(from: Point, control: Point, to: Point) -> Segment {
    let third = |end: f32, control: f32| end + (control - end) * 2.0 / 3.0;
    Segment::CurveTo(
        third(from.x, control.x),
        third(from.y, control.y),
        third(to.x, control.x),
        third(to.y, control.y),
        to.x,
        to.y,
    )
}

fn is_finite(segment: Segment) -> bool {
    match segment {
        Segment::MoveTo(x, y) | Segment::LineTo(x, y) => x.is_finite() && y.is_finite(),
        Segment::CurveTo(a, b, c, d, e, f) => [a, b, c, d, e, f].iter().all(|number| number.is_finite()),
        Segment::Close => true,
    }
}
