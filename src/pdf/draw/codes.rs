//! Codes of glyphs as the strings that show them (ISO 32000-1 7.3.4).

use crate::pdf::fonts::CodeWidth;
use crate::pdf::write::push_hex;

/// Codes under 128 make a literal string that is half as long as hexadecimal; printpdf's operators are text, so a
/// string with others stays in digits.
pub(super) fn push_codes(out: &mut String, codes: &[u16], width: CodeWidth) {
    out.reserve(codes.len() * 2 + 2);
    if codes.iter().any(|code| *code >= 128) {
        out.push('<');
        for code in codes {
            if width == CodeWidth::Two {
                push_hex(out, (code >> 8) as u8);
            }
            push_hex(out, *code as u8);
        }
        out.push('>');
        return;
    }
    out.push('(');
    for code in codes {
        if width == CodeWidth::Two {
            out.push('\0');
        }
        match *code as u8 {
            b'\r' => out.push_str("\\r"),
            byte @ (b'(' | b')' | b'\\') => out.extend(['\\', byte as char]),
            byte => out.push(byte as char),
        }
    }
    out.push(')');
}
