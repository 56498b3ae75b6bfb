//! lopdf's objects in PDF syntax. lopdf has a writer of its own, but it is not public and formats each number
//! through `fmt`; this one appends to a string that becomes an object stream.

use crate::pdf::number::{push_int, push_thousandths};
use lopdf::{Dictionary, Object};

/// The entries without the brackets around them, so that more can follow.
pub(in crate::pdf) fn push_dictionary_entries(out: &mut String, dictionary: &Dictionary) {
    for (key, value) in dictionary {
        push_name(out, key);
        push_separated(out, value);
    }
}

/// A text string (ISO 32000-1 7.9.2.2): as it is when plain, else UTF-16 with its mark.
pub(in crate::pdf) fn push_text(out: &mut String, text: &str) {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        push_literal(out, text.bytes());
    } else {
        out.push_str("<FEFF");
        for unit in text.encode_utf16() {
            push_hex(out, (unit >> 8) as u8);
            push_hex(out, unit as u8);
        }
        out.push('>');
    }
}

/// Data that ends in a carriage return would make one end of line of it and of a line feed, and so seem a byte
/// shorter than its `Length` (ISO 19005-2 6.1.7.1).
pub(super) fn end_of_stream(data: &[u8]) -> &'static [u8] {
    if data.last() == Some(&b'\r') { b"\r\nendstream\nendobj\n" } else { b"\nendstream\nendobj\n" }
}

fn push_object(out: &mut String, object: &Object) {
    match object {
        Object::Null => out.push_str("null"),
        Object::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
        Object::Integer(value) => push_int(out, *value),
        Object::Real(value) => push_thousandths(out, (f64::from(*value) * 1000.0).round() as i64),
        Object::Name(name) => push_name(out, name),
        Object::String(bytes, _) => push_bytes(out, bytes),
        Object::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    push_separated(out, item);
                } else {
                    push_object(out, item);
                }
            }
            out.push(']');
        }
        Object::Dictionary(dictionary) => {
            out.push_str("<<");
            push_dictionary_entries(out, dictionary);
            out.push_str(">>");
        }
        // A stream is never inside another object.
        Object::Stream(_) => out.push_str("null"),
        Object::Reference((number, generation)) => {
            push_int(out, i64::from(*number));
            out.push(' ');
            push_int(out, i64::from(*generation));
            out.push_str(" R");
        }
    }
}

/// With a space before what would run into the token that stands there.
fn push_separated(out: &mut String, object: &Object) {
    let delimited =
        matches!(object, Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_));
    if !delimited {
        out.push(' ');
    }
    push_object(out, object);
}

fn push_name(out: &mut String, name: &[u8]) {
    out.push('/');
    for &byte in name {
        if (b'!'..=b'~').contains(&byte) && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push('#');
            push_hex(out, byte);
        }
    }
}

fn push_bytes(out: &mut String, bytes: &[u8]) {
    if let Some(text) = plain_utf16(bytes) {
        push_literal(out, text.into_iter());
    } else if bytes.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        push_literal(out, bytes.iter().copied());
    } else {
        out.push('<');
        for &byte in bytes {
            push_hex(out, byte);
        }
        out.push('>');
    }
}

/// The bytes of a text string that is UTF-16 although all its characters are plain.
fn plain_utf16(bytes: &[u8]) -> Option<Vec<u8>> {
    let units = bytes.strip_prefix(b"\xFE\xFF").filter(|units| units.len().is_multiple_of(2))?;
    let plain = |unit: &[u8]| (unit[0] == 0 && (b' '..=b'~').contains(&unit[1])).then_some(unit[1]);
    units.chunks_exact(2).map(plain).collect()
}

fn push_literal(out: &mut String, bytes: impl Iterator<Item = u8>) {
    out.push('(');
    for byte in bytes {
        if b"()\\".contains(&byte) {
            out.push('\\');
        }
        out.push(byte as char);
    }
    out.push(')');
}

pub(in crate::pdf) fn push_hex(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push(DIGITS[usize::from(byte >> 4)] as char);
    out.push(DIGITS[usize::from(byte & 15)] as char);
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    #[test]
    fn objects_are_written_without_a_byte_too_many() {
        let mut out = String::new();
        push_dictionary_entries(
            &mut out,
            &dictionary! {
                "Box" => vec![0.into(), Object::Real(612.5), Object::Name(b"a b".to_vec())],
                "Parent" => Object::Reference((7, 0)),
                "Title" => Object::string_literal("a (b)"),
                "On" => true,
            },
        );
        assert_eq!(out, "/Box[0 612.5/a#20b]/Parent 7 0 R/Title(a \\(b\\))/On true");
        let mut out = String::new();
        push_bytes(&mut out, b"\xFE\xFF\0a\0(");
        assert_eq!(out, "(a\\()");
    }

    #[test]
    fn text_beyond_ascii_is_utf_16() {
        let mut out = String::new();
        push_text(&mut out, "é");
        assert_eq!(out, "<FEFF00E9>");
    }
}
