//! Pictures as SVG path data; paints that stand for a role become classes, which the style sheet colours.

use crate::document::{Paint, Picture, PicturePath, QrCode, Segment, Stroke};
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

fn path_data(segments: &[Segment]) -> String {
    let mut data = String::new();
    for segment in segments {
        let (command, numbers): (char, &[f32]) = match segment {
            Segment::MoveTo(x, y) => ('M', &[*x, *y]),
            Segment::LineTo(x, y) => ('L', &[*x, *y]),
            Segment::CurveTo(a, b, c, d, x, y) => ('C', &[*a, *b, *c, *d, *x, *y]),
            Segment::Close => ('Z', &[]),
        };
        data.push(command);
        for (index, value) in numbers.iter().enumerate() {
            if index > 0 {
                data.push(' ');
            }
            push_number(&mut data, *value);
        }
    }
    data
}

/// A hundredth of a user unit is finer than any screen shows.
fn number(value: f32) -> String {
    let mut text = String::new();
    push_number(&mut text, value);
    text
}

fn push_number(text: &mut String, value: f32) {
    // Exact: 24 bits of a number by seven of a hundred. What lies between two hundredths, and what is huge, is rare.
    let hundredths = f64::from(value) * 100.0;
    if hundredths.fract().abs() == 0.5 || hundredths.is_nan() || hundredths.abs() >= 1e9 {
        return text.push_str(&slow_number(value));
    }
    let rounded = hundredths.round() as i64;
    if rounded < 0 {
        text.push('-');
    }
    let (whole, part) = (rounded.unsigned_abs() / 100, (rounded.unsigned_abs() % 100) as u8);
    push_whole(text, whole);
    let digits = [part / 10, part % 10];
    let shown = if digits[1] > 0 { 2 } else { usize::from(digits[0] > 0) };
    if shown > 0 {
        text.push('.');
    }
    text.extend(digits.iter().take(shown).map(|digit| char::from(b'0' + digit)));
}

fn push_whole(text: &mut String, whole: u64) {
    if whole >= 10 {
        push_whole(text, whole / 10);
    }
    text.push(char::from(b'0' + (whole % 10) as u8));
}

fn slow_number(value: f32) -> String {
    let rounded = format!("{value:.2}");
    let trimmed = rounded.trim_end_matches('0').trim_end_matches('.');
    if trimmed == "-0" { "0".into() } else { trimmed.into() }
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
    fn path_data_is_short_and_exact_to_a_hundredth() {
        let segments = [
            Segment::MoveTo(1.0, -0.001),
            Segment::LineTo(2.5, 10.0),
            Segment::CurveTo(0.333_3, 1.0, 2.0, 3.0, 4.0, 5.0),
            Segment::Close,
        ];
        assert_eq!(path_data(&segments), "M1 0L2.5 10C0.33 1 2 3 4 5Z");
    }

    #[test]
    fn numbers_are_rounded_as_the_standard_library_does() {
        let mut value = -70.0_f32;
        while value < 70.0 {
            assert_eq!(number(value), slow_number(value));
            value += 0.000_97;
        }
        for value in
            [0.0, -0.0, 0.005, 0.125, 0.375, -0.004, 1e12, f32::MAX, f32::INFINITY, f32::NAN, 99.995, 1e7]
        {
            assert_eq!(number(value), slow_number(value));
        }
    }

    #[test]
    fn dark_modules_that_touch_become_one_run() {
        assert_eq!(dark_runs(&[true, true, false, true]), [(0, 2), (3, 1)]);
    }
}
