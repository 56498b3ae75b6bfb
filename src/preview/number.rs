//! Numbers as SVG writes them: hundredths, without what says nothing.

/// Adds a number to two decimals. A hundredth of a point is finer than any screen shows.
pub fn push_number(out: &mut String, value: f32) {
    let hundredths = (f64::from(value) * 100.0).round() as i64;
    if hundredths < 0 {
        out.push('-');
    }
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    push_whole(out, whole);
    match (rest / 10, rest % 10) {
        (0, 0) => {}
        (tenths, 0) => {
            out.push('.');
            push_whole(out, tenths);
        }
        (tenths, hundredths) => {
            out.push('.');
            push_whole(out, tenths);
            push_whole(out, hundredths);
        }
    }
}

fn push_whole(out: &mut String, value: u64) {
    if value >= 10 {
        push_whole(out, value / 10);
    }
    out.push(char::from(b'0' + (value % 10) as u8));
}

/// ` name="1.5"`.
pub fn push_attribute(out: &mut String, name: &str, value: f32) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_number(out, value);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_exact_to_a_hundredth() {
        for (value, text) in
            [(0.0, "0"), (-0.001, "0"), (1.5, "1.5"), (12.04, "12.04"), (-3.25, "-3.25"), (612.0, "612")]
        {
            let mut out = String::new();
            push_number(&mut out, value);
            assert_eq!(out, text);
        }
    }
}
