//! Shapes as printpdf operations. printpdf turns the operations of each unique shape into bytes once; see `Stamps`.

use crate::brand::Colour;
use crate::document::{Paint, Picture, PicturePath, Segment, Stroke};
use crate::layout::{Paints, Pen};
use crate::pdf::number::from_hundredths;
use printpdf::{
    Color, Greyscale, Line, LineCapStyle, LineDashPattern, LineJoinStyle, LinePoint, Op, PaintMode, Point,
    Polygon, PolygonRing, Pt, Rgb, WindingOrder,
};

/// The pen that makes a round spot of a colour where it stands still: bullets are the most frequent shape of a sheet.
pub(super) fn spot(size: i32, colour: Colour) -> Vec<Op> {
    vec![
        Op::SetOutlineColor { col: rgb(colour) },
        Op::SetOutlineThickness { pt: Pt(from_hundredths(size)) },
        Op::SetLineCapStyle { cap: LineCapStyle::Round },
    ]
}

/// What a ground is drawn with that has round corners: a pen as wide as two corners goes around what is left of it between them,
/// for a third of the bytes of its outline.
pub(super) fn round(radius: i32, colour: Colour) -> Vec<Op> {
    vec![
        Op::SetFillColor { col: rgb(colour) },
        Op::SetOutlineColor { col: rgb(colour) },
        Op::SetOutlineThickness { pt: Pt(from_hundredths(radius * 2)) },
        Op::SetLineJoinStyle { join: LineJoinStyle::Round },
    ]
}

/// What sets a ground and a pen. Their caller keeps the graphics state.
pub(super) fn looks(fill: Option<Colour>, pen: Option<Pen>) -> Vec<Op> {
    let mut ops: Vec<Op> = fill.map(|colour| Op::SetFillColor { col: rgb(colour) }).into_iter().collect();
    if let Some(pen) = pen {
        push_pen(&mut ops, pen);
    }
    ops
}

fn push_pen(ops: &mut Vec<Op>, pen: Pen) {
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
        // A figure may follow another one in its place: it says its ends and corners itself.
        if !pen.round {
            ops.push(Op::SetLineCapStyle { cap: LineCapStyle::Butt });
            ops.push(Op::SetLineJoinStyle { join: LineJoinStyle::Miter });
        }
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
