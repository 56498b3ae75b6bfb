//! Figures, photographs and icons: what a stamp holds, put in its place (ISO 32000-1 8.3.4). Parts of an icon that stand in one
//! place share it.

use super::stamps::{Key, PenKey, Stamp};
use super::{Painter, turned};
use crate::layout::Shape;
use crate::pdf::number::{edges, push_hundredths, push_millionths};
use std::fmt::Write;

/// Whether another figure may be drawn after it in the same graphics state: each sets its colours, widths, ends and corners, but
/// none takes back dashes.
fn leaves_whole_lines(key: &Key) -> bool {
    matches!(key, Key::Path(_, _, pen) if pen.is_none_or(PenKey::is_whole))
}

impl Painter<'_> {
    pub(super) fn figure(&mut self, shape: &Shape, key: &Key, stamp: &Stamp) {
        let Some(place) = self.place_of(shape) else { return };
        self.paint();
        if self.place.as_ref() != Some(&place) {
            self.end_place();
            if let Some(drawing) = &mut self.drawing {
                drawing.end_dashes(&mut self.out);
            }
            self.out.push_str(&place);
            self.place = Some(place);
        }
        match stamp {
            Stamp::Inline(bytes) => self.out.push_str(bytes),
            Stamp::Form(form) => {
                let _ = write!(self.out, "/P{} Do", self.names.form(form));
            }
        }
        self.out.push('\n');
        if !leaves_whole_lines(key) {
            self.end_place();
        }
    }

    /// The operators that put a figure in its place.
    fn place_of(&self, shape: &Shape) -> Option<String> {
        let mut out = String::from("q ");
        let (x, y) = match shape {
            // Lines are set, the others are paths.
            Shape::Line { .. } | Shape::Rectangle { .. } | Shape::Rule { .. } => return None,
            Shape::Picture { picture, rect, .. } => {
                push_scale(&mut out, rect.width.0, picture.width);
                out.push_str(" 0 0 -");
                push_scale(&mut out, rect.height.0, picture.height);
                let [left, _, _, top] = edges(rect, self.height);
                (left, top)
            }
            // An image is one unit wide and high.
            Shape::Photo { rect, .. } => {
                let [left, bottom, right, top] = edges(rect, self.height);
                push_hundredths(&mut out, right - left);
                out.push_str(" 0 0 ");
                push_hundredths(&mut out, top - bottom);
                (left, bottom)
            }
            Shape::Path { origin, .. } => {
                out.push_str("1 0 0 -1");
                turned(*origin, self.height)
            }
        };
        let (left, bottom) = self.origin();
        for offset in [x - left, y - bottom] {
            out.push(' ');
            push_hundredths(&mut out, offset);
        }
        out.push_str(" cm\n");
        Some(out)
    }

    pub(super) fn end_place(&mut self) {
        if self.place.take().is_some() {
            self.out.push_str("Q\n");
        }
    }
}

/// Points a unit of the picture; 0 hides a picture without size.
fn push_scale(out: &mut String, side: f32, units: f32) {
    let scale = if units > 0.0 { (side / units).max(0.0) } else { 0.0 };
    push_millionths(out, (f64::from(scale) * 1_000_000.0).round() as i64);
}
