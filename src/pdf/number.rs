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
    push_decimal::<0>(out, value);
}

/// `1250` is `12.5`, `-5` is `-.05`.
pub(super) fn push_hundredths(out: &mut String, value: i32) {
    push_decimal::<2>(out, i64::from(value));
}

/// `500` is `.5`.
pub(super) fn push_thousandths(out: &mut String, value: i64) {
    push_decimal::<3>(out, value);
}

pub(super) fn push_millionths(out: &mut String, value: i64) {
    push_decimal::<6>(out, value);
}

fn push_decimal<const PLACES: u32>(out: &mut String, value: i64) {
    let unit = const { 10_u64.pow(PLACES) };
    if value < 0 {
        out.push('-');
    }
    let value = value.unsigned_abs();
    let (whole, mut part) = (value / unit, value % unit);
    if whole > 0 || part == 0 {
        out.push_str(itoa::Buffer::new().format(whole));
    }
    if part > 0 {
        out.push('.');
    }
    while part > 0 {
        part *= 10;
        out.push(char::from(b'0' + (part / unit) as u8));
        part %= unit;
    }
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
        let written = |value| {
            let mut out = String::new();
            push_int(&mut out, value);
            push_millionths(&mut out, value);
            out
        };
        assert_eq!(written(i64::MIN), "-9223372036854775808-9223372036854.775808");
        assert_eq!(written(1_200_000), "12000001.2");
        assert_eq!(hundredths(Pt(f32::NAN)), 0);
        assert_eq!(hundredths(Pt(0.005)), 1);
    }
}
