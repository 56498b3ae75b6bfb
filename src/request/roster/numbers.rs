//! Numbers of a JSON text. An id may be a number of any length, and `7.0` or `1e20` is not what `7` is: read as a number
//! it would be rounded, and a rounded id names another patient's file.

/// The text with quotes around each number that is no whole one, or too long for one. `None`: it has none such. The text
/// must be JSON.
pub fn in_quotes(text: &str) -> Option<String> {
    let mut quoted = String::new();
    let mut taken = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        let length = match byte {
            b'"' => string(bytes.get(at..).unwrap_or_default()),
            b'-' | b'0'..=b'9' => {
                let length = number(bytes.get(at..).unwrap_or_default());
                let digits = text.get(at..at + length).unwrap_or_default();
                if digits.parse::<u64>().is_err() && digits.parse::<i64>().is_err() {
                    quoted.push_str(text.get(taken..at).unwrap_or_default());
                    quoted.extend(["\"", digits, "\""]);
                    taken = at + length;
                }
                length
            }
            _ => 1,
        };
        at += length.max(1);
    }
    if taken == 0 {
        return None;
    }
    quoted.push_str(text.get(taken..).unwrap_or_default());
    Some(quoted)
}

/// Bytes of a string, with its quotes.
fn string(bytes: &[u8]) -> usize {
    let mut escaped = false;
    let end = bytes.iter().skip(1).position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(bytes.len(), |end| end + 2)
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')).count()
}

#[cfg(test)]
mod tests {
    use super::in_quotes;

    #[test]
    fn numbers_that_would_be_rounded_are_kept_as_written() {
        for (text, quoted) in [
            ("{\"id\": 1e20}", "{\"id\": \"1e20\"}"),
            ("[7.0,-2.50 ]", "[\"7.0\",\"-2.50\" ]"),
            ("{\"1.5\": 123456789012345678901}", "{\"1.5\": \"123456789012345678901\"}"),
        ] {
            assert_eq!(in_quotes(text).as_deref(), Some(quoted));
        }
        for text in ["{\"id\": 12345678901234567890}", "[-7, \"1.5\", \"a\\\"1.5\"]", "null", ""] {
            assert_eq!(in_quotes(text), None, "{text}");
        }
    }
}
