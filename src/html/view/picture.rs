//! Pictures as SVG path data; paints that stand for a role become classes, which the style sheet colours.

use crate::document::svg::{path_data, push_number};
use crate::document::{Paint, Picture, PicturePath, QrCode, Stroke};
use serde::Serialize;

/// An inline SVG of `0 0 width height`.
#[derive(Clone, Serialize)]
pub(crate) struct PictureView {
    id: String,
    width: String,
    height: String,
    paths: Vec<PathView>,
}

#[derive(Clone, Serialize)]
struct PathView {
    /// Path data.
    d: String,
    /// `f-line`, `f-accent`, `f-paper`, `s-line` …: fill and stroke by role.
    class: String,
    /// A fixed colour, when the paint is not a role.
    fill: Option<String>,
    stroke: Option<String>,
    stroke_width: Option<String>,
    round_cap: bool,
    round_join: bool,
    even_odd: bool,
}

impl PictureView {
    pub(crate) fn of(picture: &Picture) -> PictureView {
        PictureView {
            id: picture.id.clone(),
            width: number(picture.width),
            height: number(picture.height),
            paths: picture.paths().iter().map(PathView::of).collect(),
        }
    }
}

impl PathView {
    fn of(path: &PicturePath) -> PathView {
        let stroke = path.stroke.as_ref();
        let roles = [path.fill.and_then(|paint| role("f", paint)), stroke.and_then(|s| role("s", s.paint))];
        PathView {
            d: path_data(&path.segments),
            class: roles.into_iter().flatten().collect::<Vec<_>>().join(" "),
            fill: path.fill.and_then(fixed_colour),
            stroke: stroke.and_then(|stroke| fixed_colour(stroke.paint)),
            stroke_width: stroke.map(|stroke| number(stroke.width)),
            round_cap: stroke.is_some_and(|stroke: &Stroke| stroke.round_cap),
            round_join: stroke.is_some_and(|stroke: &Stroke| stroke.round_join),
            even_odd: path.even_odd,
        }
    }
}

fn role(kind: &str, paint: Paint) -> Option<String> {
    let role = match paint {
        Paint::Line => "line",
        Paint::Accent => "accent",
        Paint::Paper => "paper",
        Paint::Colour(_) => return None,
    };
    Some(format!("{kind}-{role}"))
}

fn fixed_colour(paint: Paint) -> Option<String> {
    match paint {
        Paint::Colour(colour) => Some(colour.to_hex()),
        _ => None,
    }
}

fn number(value: f32) -> String {
    let mut text = String::new();
    push_number(&mut text, value);
    text
}

/// A QR code as one path of unit squares, with its quiet zone.
#[derive(Serialize)]
pub(crate) struct QrView {
    /// Modules along a side, with four of quiet zone on each side (ISO/IEC 18004, 5.3.8).
    side: usize,
    d: String,
}

const QUIET: usize = 4;

impl QrView {
    /// `None` when the address is too long for a code.
    pub(crate) fn of(qr: &QrCode) -> Option<QrView> {
        let modules = qr.modules()?;
        let runs = modules.iter().enumerate().flat_map(|(y, row)| {
            dark_runs(row)
                .into_iter()
                .map(move |(x, length)| format!("M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET))
        });
        Some(QrView { side: modules.len() + 2 * QUIET, d: runs.collect() })
    }
}

impl QrView {
    pub(crate) fn into_parts(self) -> (String, usize) {
        (self.d, self.side)
    }
}

/// Start and length of each run of dark modules.
fn dark_runs(row: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == x => *length += 1,
            _ => runs.push((x, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dark_modules_that_touch_become_one_run() {
        assert_eq!(dark_runs(&[true, true, false, true]), [(0, 2), (3, 1)]);
    }
}
