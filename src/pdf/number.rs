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

/// Room for the digits of any number, its sign and its point.
const ROOM: usize = 22;

fn push_decimal<const PLACES: usize>(out: &mut String, value: i64) {
    let mut digits = [0; ROOM];
    let mut start = ROOM;
    let mut put = |byte: u8| {
        start -= 1;
        digits[start] = byte;
    };
    let mut rest = value.unsigned_abs();
    let mut has_part = false;
    for _ in 0..PLACES {
        let digit = (rest % 10) as u8;
        rest /= 10;
        has_part |= digit > 0;
        if has_part {
            put(b'0' + digit);
        }
    }
    if has_part {
        put(b'.');
    }
    while rest > 0 || !has_part {
        put(b'0' + (rest % 10) as u8);
        rest /= 10;
        has_part = true;
    }
    if value < 0 {
        put(b'-');
    }
    // Digits are ASCII, so there is nothing to be lost.
    out.push_str(std::str::from_utf8(&digits[start..]).unwrap_or_default());
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
