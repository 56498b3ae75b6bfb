//! Shapes as printpdf operations. printpdf turns the operations of each unique shape into bytes once; see `Stamps`.

use crate::brand::Colour;
use crate::document::{Paint, Picture, PicturePath, Segment, Stroke};
use crate::layout::{Paints, Pen};
use crate::pdf::number::from_hundredths;
use printpdf::{
    Color, Greyscale, Line, LineCapStyle, LineDashPattern, LineJoinStyle, LinePoint, Op, PaintMode, Point,
    Polygon, PolygonRing, Pt, Rgb, WindingOrder,
};

/// How far the control points of a quarter circle lie from its ends, of the radius.
const QUARTER: f32 = 0.552_285;

/// A closed outline from its lower left corner, in hundredths of a point, y up. `radius` rounds the corners.
pub(super) fn rectangle(size: [i32; 2], radius: i32) -> PolygonRing {
    let ([left, bottom], [right, top]) = ([0.0; 2], size.map(from_hundredths));
    let radius = from_hundredths(radius).min((right - left) / 2.0).min((top - bottom) / 2.0);
    if radius <= 0.0 {
        let corners = [(left, bottom), (right, bottom), (right, top), (left, top)];
        return PolygonRing { points: corners.map(|(x, y)| on(x, y)).into() };
    }
    let inner = radius * (1.0 - QUARTER);
    let mut points = vec![on(left + radius, bottom)];
    // Each corner, counter-clockwise: its point, and the directions in which one comes and goes.
    for (x, y, (from_x, from_y), (to_x, to_y)) in [
        (right, bottom, (-1.0, 0.0), (0.0, 1.0)),
        (right, top, (0.0, -1.0), (-1.0, 0.0)),
        (left, top, (1.0, 0.0), (0.0, -1.0)),
        (left, bottom, (0.0, 1.0), (1.0, 0.0)),
    ] {
        points.push(on(x + from_x * radius, y + from_y * radius));
        points.push(control(x + from_x * inner, y + from_y * inner));
        points.push(control(x + to_x * inner, y + to_y * inner));
        points.push(on(x + to_x * radius, y + to_y * radius));
    }
    // Where two corners meet there is no side between them.
    points.dedup_by(|next, last| next.p == last.p && !next.bezier && !last.bezier);
    PolygonRing { points }
}

/// A round spot of a colour, from its lower left corner: the end of a round pen that does not move (ISO 32000-1
/// 8.5.3.2), in a third of the bytes of four curves. Bullets are the most frequent shape of a sheet.
pub(super) fn spot(size: i32, colour: Colour) -> Vec<Op> {
    let middle = from_hundredths(size) / 2.0;
    vec![
        Op::SetOutlineColor { col: rgb(colour) },
        Op::SetOutlineThickness { pt: Pt(from_hundredths(size)) },
        Op::SetLineCapStyle { cap: LineCapStyle::Round },
        Op::DrawLine {
            line: Line { points: vec![on(middle, middle), on(middle, middle)], is_closed: false },
        },
    ]
}

/// An open line from where it starts, in hundredths of a point, y up.
pub(super) fn rule(to: [i32; 2]) -> Op {
    let [x, y] = to.map(from_hundredths);
    Op::DrawLine { line: Line { points: vec![on(0.0, 0.0), on(x, y)], is_closed: false } }
}

/// Paint operations. Their caller keeps the graphics state.
pub(super) fn painted(
    rings: Vec<PolygonRing>,
    fill: Option<Colour>,
    pen: Option<Pen>,
    even_odd: bool,
) -> Vec<Op> {
    let mut ops: Vec<Op> = fill.map(|colour| Op::SetFillColor { col: rgb(colour) }).into_iter().collect();
    if let Some(pen) = pen {
        push_pen(&mut ops, pen);
    }
    let mode = match (fill, pen) {
        (Some(_), Some(_)) => PaintMode::FillStroke,
        (Some(_), None) => PaintMode::Fill,
        _ => PaintMode::Stroke,
    };
    let winding_order = if even_odd { WindingOrder::EvenOdd } else { WindingOrder::NonZero };
    ops.push(Op::DrawPolygon { polygon: Polygon { rings, mode, winding_order } });
    ops
}

pub(super) fn push_pen(ops: &mut Vec<Op>, pen: Pen) {
    ops.push(Op::SetOutlineColor { col: rgb(pen.colour) });
    ops.push(Op::SetOutlineThickness { pt: Pt(rounded(pen.width.0)) });
    if pen.round {
        ops.push(Op::SetLineCapStyle { cap: LineCapStyle::Round });
        ops.push(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
    }
    if let Some((dash, gap)) = pen.dash {
        let dash = LineDashPattern::new(0.0, &[rounded(dash.0), rounded(gap.0)]);
        ops.push(Op::SetLineDashPattern { dash });
    }
}

/// A picture in its own units, y down. Its caller turns and scales it.
pub(super) fn picture(picture: &Picture, paints: Paints) -> Vec<Op> {
    picture.paths().iter().flat_map(|path| path_ops(path, paints)).collect()
}

/// Segments with one fill and one pen, in the units that the segments are in.
pub(super) fn path(segments: &[Segment], fill: Option<Colour>, pen: Option<Pen>) -> Vec<Op> {
    let mut ops = Vec::new();
    if let Some(colour) = fill {
        ops.push(Op::SetFillColor { col: rgb(colour) });
        ops.push(filled(segments, false));
    }
    if let Some(pen) = pen {
        push_pen(&mut ops, pen);
        ops.extend(stroked(segments));
    }
    ops
}

fn path_ops(path: &PicturePath, paints: Paints) -> Vec<Op> {
    let mut ops = Vec::new();
    if let Some(paint) = path.fill {
        ops.push(Op::SetFillColor { col: rgb(colour(paint, paints)) });
        ops.push(filled(&path.segments, path.even_odd));
    }
    if let Some(Stroke { paint, width, round_cap, round_join }) = path.stroke {
        ops.push(Op::SetOutlineColor { col: rgb(colour(paint, paints)) });
        ops.push(Op::SetOutlineThickness { pt: Pt(rounded(width)) });
        let cap = if round_cap { LineCapStyle::Round } else { LineCapStyle::Butt };
        let join = if round_join { LineJoinStyle::Round } else { LineJoinStyle::Miter };
        ops.extend([Op::SetLineCapStyle { cap }, Op::SetLineJoinStyle { join }]);
        ops.extend(stroked(&path.segments));
    }
    ops
}

fn filled(segments: &[Segment], even_odd: bool) -> Op {
    let rings = subpaths(segments).into_iter().map(|(points, _)| PolygonRing { points }).collect();
    let winding_order = if even_odd { WindingOrder::EvenOdd } else { WindingOrder::NonZero };
    Op::DrawPolygon { polygon: Polygon { rings, mode: PaintMode::Fill, winding_order } }
}

/// One operation a subpath, because printpdf closes only the last one of a polygon.
fn stroked(segments: &[Segment]) -> impl Iterator<Item = Op> {
    subpaths(segments)
        .into_iter()
        .map(|(points, is_closed)| Op::DrawLine { line: Line { points, is_closed } })
}

/// The points of each subpath, and whether it is closed.
fn subpaths(segments: &[Segment]) -> Vec<(Vec<LinePoint>, bool)> {
    let mut paths: Vec<(Vec<LinePoint>, bool)> = Vec::new();
    for segment in segments {
        match (*segment, paths.last_mut().filter(|(_, closed)| !closed)) {
            (Segment::MoveTo(x, y), _) => paths.push((vec![on(x, y)], false)),
            (Segment::LineTo(x, y), Some((points, _))) => points.push(on(x, y)),
            (Segment::CurveTo(ax, ay, bx, by, x, y), Some((points, _))) => {
                points.extend([control(ax, ay), control(bx, by), on(x, y)]);
            }
            (Segment::Close, Some((_, closed))) => *closed = true,
            // A segment without a start draws nothing.
            (_, None) => {}
        }
    }
    paths
}

fn colour(paint: Paint, paints: Paints) -> Colour {
    match paint {
        Paint::Line => paints.line,
        Paint::Accent => paints.accent,
        Paint::Paper => paints.paper,
        Paint::Colour(colour) => colour,
    }
}

/// Three decimals tell all 256 levels apart. Greys are of black alone, so that a printer mixes none.
fn rgb(colour: Colour) -> Color {
    let level = |byte: u8| (f32::from(byte) / 255.0 * 1000.0).round() / 1000.0;
    if colour.is_grey() {
        return Color::Greyscale(Greyscale { percent: level(colour.red), icc_profile: None });
    }
    Color::Rgb(Rgb { r: level(colour.red), g: level(colour.green), b: level(colour.blue), icc_profile: None })
}

fn on(x: f32, y: f32) -> LinePoint {
    LinePoint { p: Point { x: Pt(rounded(x)), y: Pt(rounded(y)) }, bezier: false }
}

fn control(x: f32, y: f32) -> LinePoint {
    LinePoint { p: Point { x: Pt(rounded(x)), y: Pt(rounded(y)) }, bezier: true }
}

/// To two decimals: `f32` then prints at most those.
fn rounded(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}
