//! Panels, rules, pictures and marks as SVG shapes.

use crate::brand::Colour;
use crate::document::svg::{push_number, push_path};
use crate::document::{Paint, Picture, PicturePath, Segment};
use crate::geometry::Rect;
use crate::layout::{Paints, Pen, Shape};

/// Adds a shape that is no text.
pub fn push_shape(out: &mut String, shape: &Shape) {
    match shape {
        Shape::Line { .. } => {}
        Shape::Rectangle { rect, radius, fill, stroke } => {
            out.push_str("<rect");
            push_rect(out, rect);
            if radius.0 > 0.0 {
                push_attribute(out, "rx", radius.0);
            }
            push_paint(out, *fill, *stroke);
            out.push_str("/>");
        }
        Shape::Rule { from, to, pen } => {
            out.push_str("<line");
            for (name, value) in [("x1", from.x), ("y1", from.y), ("x2", to.x), ("y2", to.y)] {
                push_attribute(out, name, value.0);
            }
            push_pen(out, *pen);
            out.push_str("/>");
        }
        Shape::Picture { picture, rect, paints } => push_picture(out, picture, rect, *paints),
        // A drawing has no photograph in it; a cover is not shown here.
        Shape::Photo { .. } => {}
        Shape::Path { segments, origin, fill, stroke, .. } => {
            out.push_str("<path transform=\"translate(");
            push_number(out, origin.x.0);
            out.push(' ');
            push_number(out, origin.y.0);
            out.push_str(")\"");
            push_paint(out, *fill, *stroke);
            push_data(out, segments);
            out.push_str("/>");
        }
    }
}

fn push_rect(out: &mut String, rect: &Rect) {
    for (name, value) in [("x", rect.x), ("y", rect.y), ("width", rect.width), ("height", rect.height)] {
        push_attribute(out, name, value.0);
    }
}

fn push_picture(out: &mut String, picture: &Picture, rect: &Rect, paints: Paints) {
    out.push_str("<svg preserveAspectRatio=\"none\"");
    push_rect(out, rect);
    out.push_str(" viewBox=\"0 0 ");
    push_number(out, picture.width);
    out.push(' ');
    push_number(out, picture.height);
    out.push_str("\">");
    for path in picture.paths() {
        out.push_str("<path");
        match path.fill {
            Some(paint) => push_colour(out, "fill", colour(paint, paints)),
            None => out.push_str(" fill=\"none\""),
        }
        if path.even_odd {
            out.push_str(" fill-rule=\"evenodd\"");
        }
        if let Some(stroke) = &path.stroke {
            push_colour(out, "stroke", colour(stroke.paint, paints));
            push_attribute(out, "stroke-width", stroke.width);
            push_ends(out, stroke.round_cap, stroke.round_join);
        }
        push_data(out, &path.segments);
        out.push_str("/>");
    }
    out.push_str("</svg>");
}

fn push_paint(out: &mut String, fill: Option<Colour>, stroke: Option<Pen>) {
    match fill {
        Some(colour) => push_colour(out, "fill", colour),
        None => out.push_str(" fill=\"none\""),
    }
    if let Some(pen) = stroke {
        push_pen(out, pen);
    }
}

fn push_pen(out: &mut String, pen: Pen) {
    push_colour(out, "stroke", pen.colour);
    push_attribute(out, "stroke-width", pen.width.0);
    push_ends(out, pen.round, pen.round);
    if let Some((dash, gap)) = pen.dash {
        out.push_str(" stroke-dasharray=\"");
        push_number(out, dash.0);
        out.push(' ');
        push_number(out, gap.0);
        out.push('"');
    }
}

fn push_ends(out: &mut String, round_cap: bool, round_join: bool) {
    if round_cap {
        out.push_str(" stroke-linecap=\"round\"");
    }
    if round_join {
        out.push_str(" stroke-linejoin=\"round\"");
    }
}

/// ` fill="#0b4f5c"`.
pub fn push_colour(out: &mut String, name: &str, colour: Colour) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"#");
    for level in [colour.red, colour.green, colour.blue] {
        for digit in [level >> 4, level & 15] {
            out.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
        }
    }
    out.push('"');
}

fn colour(paint: Paint, paints: Paints) -> Colour {
    match paint {
        Paint::Line => paints.line,
        Paint::Accent => paints.accent,
        Paint::Paper => paints.paper,
        Paint::Colour(colour) => colour,
    }
}

/// ` name="1.5"`.
pub fn push_attribute(out: &mut String, name: &str, value: f32) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_number(out, value);
    out.push('"');
}

fn push_data(out: &mut String, segments: &[Segment]) {
    out.push_str(" d=\"");
    push_path(out, segments);
    out.push('"');
}

/// A picture as an icon: paints that stand for a role become the classes `f-line`, `s-accent` and so on, which a
/// style sheet colours.
pub fn icon(picture: &Picture) -> String {
    let mut out = String::from("<svg class=\"drawing\" aria-hidden=\"true\" viewBox=\"0 0 ");
    push_number(&mut out, picture.width);
    out.push(' ');
    push_number(&mut out, picture.height);
    out.push_str("\">");
    for path in picture.paths() {
        push_icon_path(&mut out, path);
    }
    out.push_str("</svg>");
    out
}

fn push_icon_path(out: &mut String, path: &PicturePath) {
    out.push_str("<path class=\"");
    out.push_str(path.fill.map_or("", |paint| role(paint, ["f-line ", "f-accent ", "f-paper "])));
    out.push_str(path.stroke.map_or("", |stroke| role(stroke.paint, ["s-line", "s-accent", "s-paper"])));
    out.push('"');
    if let Some(Paint::Colour(colour)) = path.fill {
        push_colour(out, "fill", colour);
    }
    if path.even_odd {
        out.push_str(" fill-rule=\"evenodd\"");
    }
    if let Some(stroke) = &path.stroke {
        if let Paint::Colour(colour) = stroke.paint {
            push_colour(out, "stroke", colour);
        }
        push_attribute(out, "stroke-width", stroke.width);
        push_ends(out, stroke.round_cap, stroke.round_join);
    }
    push_data(out, &path.segments);
    out.push_str("/>");
}

/// The name of a paint's role, of those for line, accent and paper.
fn role(paint: Paint, [line, accent, paper]: [&'static str; 3]) -> &'static str {
    match paint {
        Paint::Line => line,
        Paint::Accent => accent,
        Paint::Paper => paper,
        Paint::Colour(_) => "",
    }
}
