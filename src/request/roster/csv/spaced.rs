//! Cells in quotes that have a space in front of them: `"a" , "Bo, Jr" , "hip"`. By the rules of CSV such quotes are letters
//! like others; nobody means them so.

/// A record without these spaces, where it has any and all of its quotes are in order then.
pub fn closed_up(record: &[u8], sign: u8) -> Option<Vec<u8>> {
    // Most rows have none.
    if !begins_with_space(record, sign) {
        return None;
    }
    let mut closed = Vec::with_capacity(record.len());
    let mut rest = record;
    loop {
        let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
        let cell = rest.get(spaces..).unwrap_or_default();
        let length = if cell.first() == Some(&b'"') {
            quoted(cell)?
        } else {
            closed.extend_from_slice(rest.get(..spaces).unwrap_or_default());
            cell.iter().position(|byte| is_end(*byte, sign)).unwrap_or(cell.len())
        };
        closed.extend_from_slice(cell.get(..length).unwrap_or_default());
        let behind = cell.get(length..).unwrap_or_default();
        let spaces = behind.iter().take_while(|byte| **byte == b' ').count();
        match behind.get(spaces..).and_then(<[u8]>::split_first) {
            Some((byte, next)) if *byte == sign => {
                closed.push(sign);
                rest = next;
            }
            Some((byte, _)) if !is_end(*byte, sign) => return None,
            _ => {
                closed.push(b'\n');
                return Some(closed);
            }
        }
    }
}

/// Whether a cell of a record begins with spaces and a quote.
pub fn begins_with_space(record: &[u8], sign: u8) -> bool {
    let is_spaced = |cell: &[u8]| cell.starts_with(b" ") && cell.trim_ascii_start().starts_with(b"\"");
    record.contains(&b'"') && record.split(|byte| *byte == sign).any(is_spaced)
}

fn is_end(byte: u8, sign: u8) -> bool {
    byte == sign || matches!(byte, b'\n' | b'\r')
}

/// How long a cell in quotes is; a quote inside is written twice.
fn quoted(cell: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += cell.get(at..)?.iter().position(|byte| *byte == b'"')? + 1;
        if cell.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_around_quotes_go_where_the_quotes_are_in_order() {
        let closed =
            |record: &str| closed_up(record.as_bytes(), b',').map(|text| String::from_utf8(text).unwrap());
        for (record, text) in [
            ("\"b\" , \"Bo, Jr\" , \"hip\"\r\n", "\"b\",\"Bo, Jr\",\"hip\"\n"),
            ("b,  \"Bo \"\"B\"\", Jr\",", "b,\"Bo \"\"B\"\", Jr\",\n"),
            (" \"b\", Bo 5\" ,\"\"", "\"b\", Bo 5\" ,\"\"\n"),
        ] {
            assert_eq!(closed(record).as_deref(), Some(text), "{record}");
        }
        for record in [
            "\"b\",\"Bo, Jr\",hip",
            "b, \"Bo\" Lee,hip",
            "b, \"Bo, Jr,hip",
            "b,Bo \"B\",hip",
            "b, \"Bo\",\"hip\" left",
            "",
        ] {
            assert_eq!(closed(record), None, "{record}");
        }
    }
}
