//! Paths as SVG writes them: hundredths, without what says nothing.

use super::picture::Segment;

/// The longest number: a sign, the digits of 64 bits, a point.
const LONGEST: usize = 22;

/// Adds a number to two decimals. A hundredth of a point is finer than any screen shows.
///
/// A sheet holds thousands of them, so that the digits are put together from the last to the first and added at once.
pub fn push_number(out: &mut String, value: f32) {
    let scaled = f64::from(value) * 100.0;
    let hundredths = (scaled + 0.5f64.copysign(scaled)) as i64;
    let (mut whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    let mut digits = [0; LONGEST];
    let mut free = digits.iter_mut().rev();
    let mut length = 0;
    let mut put = |byte: u8| {
        if let Some(place) = free.next() {
            (*place, length) = (byte, length + 1);
        }
    };
    if rest % 10 != 0 {
        put(digit(rest));
    }
    if rest != 0 {
        put(digit(rest / 10));
        put(b'.');
    }
    loop {
        put(digit(whole));
        whole /= 10;
        if whole == 0 {
            break;
        }
    }
    if hundredths < 0 {
        put(b'-');
    }
    let written = digits.get(LONGEST - length..).unwrap_or_default();
    out.push_str(std::str::from_utf8(written).unwrap_or_default());
}

/// The last digit.
fn digit(value: u64) -> u8 {
    b'0' + (value % 10) as u8
}

/// A path in SVG's words, to a hundredth of a unit.
pub fn path_data(segments: &[Segment]) -> String {
    let mut out = String::new();
    push_path(&mut out, segments);
    out
}

/// Adds the same.
pub fn push_path(out: &mut String, segments: &[Segment]) {
    for segment in segments {
        let (command, numbers): (char, &[f32]) = match segment {
            Segment::MoveTo(x, y) => ('M', &[*x, *y]),
            Segment::LineTo(x, y) => ('L', &[*x, *y]),
            Segment::CurveTo(a, b, c, d, x, y) => ('C', &[*a, *b, *c, *d, *x, *y]),
            Segment::Close => ('Z', &[]),
        };
        out.push(command);
        for (index, number) in numbers.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            push_number(out, *number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_exact_to_a_hundredth() {
        for (value, text) in [
            (0.0, "0"),
            (-0.001, "0"),
            (1.5, "1.5"),
            (12.04, "12.04"),
            (-3.25, "-3.25"),
            (612.0, "612"),
            (0.07, "0.07"),
            (100.2, "100.2"),
            (f32::MAX, "92233720368547758.07"),
        ] {
            let mut out = String::new();
            push_number(&mut out, value);
            assert_eq!(out, text);
        }
    }

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
}
