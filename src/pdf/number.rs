//! Numbers in PDF syntax with as few digits as their meaning needs. Lengths are held in hundredths of a point
//! (0.0035 mm), so that differences of places never add up an error and no float is ever formatted.

use crate::geometry::{Pt, Rect};

/// A length in hundredths of a point. Values that a page cannot hold saturate; NaN is 0.
pub(super) fn hundredths(length: Pt) -> i32 {
    (length.0 * 100.0).round() as i32
}

/// The `f32` nearest to a length in hundredths: what printpdf writes with at most two decimals.
pub(super) fn from_hundredths(value: i32) -> f32 {
    value as f32 / 100.0
}

pub(super) fn push_int(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    push_digits(out, value.unsigned_abs());
}

/// `1250` is `12.5`, `-5` is `-.05`.
pub(super) fn push_hundredths(out: &mut String, value: i32) {
    push_decimal(out, i64::from(value), 100);
}

/// `500` is `.5`.
pub(super) fn push_thousandths(out: &mut String, value: i64) {
    push_decimal(out, value, 1000);
}

pub(super) fn push_millionths(out: &mut String, value: i64) {
    push_decimal(out, value, 1_000_000);
}

fn push_decimal(out: &mut String, value: i64, unit: u64) {
    if value < 0 {
        out.push('-');
    }
    let magnitude = value.unsigned_abs();
    let (whole, mut rest) = (magnitude / unit, magnitude % unit);
    if whole > 0 || rest == 0 {
        push_digits(out, whole);
    }
    if rest > 0 {
        out.push('.');
        let mut place = unit / 10;
        while rest > 0 {
            out.push((b'0' + (rest / place) as u8) as char);
            rest %= place;
            place /= 10;
        }
    }
}

fn push_digits(out: &mut String, mut value: u64) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend(digits[start..].iter().map(|&digit| digit as char));
}

/// Left, bottom, right, top.
pub(super) fn edges(rect: &Rect, height: i32) -> [i32; 4] {
    let bottom = height - hundredths(rect.bottom());
    [hundredths(rect.x), bottom, hundredths(rect.right()), height - hundredths(rect.y)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_no_digit_too_many() {
        let written = |value| {
            let mut out = String::new();
            push_hundredths(&mut out, value);
            out
        };
        let cases = [(0, "0"), (5, ".05"), (-50, "-.5"), (1250, "12.5"), (-1200, "-12"), (61234, "612.34")];
        for (value, text) in cases {
            assert_eq!(written(value), text);
        }
        assert_eq!(hundredths(Pt(f32::NAN)), 0);
        assert_eq!(hundredths(Pt(0.005)), 1);
    }
}
