//! How a roster's text is written down: UTF-8, with or without a byte order mark.

use super::unreadable;
use crate::diagnostic::{Diagnostic, Faults, Place};
use std::io::{Chain, Cursor, ErrorKind, Read};
use std::sync::Arc;

/// Bytes by which an encoding is known.
const HEAD: usize = 4;

/// The source without a byte order mark.
///
/// # Errors
///
/// It cannot be read, or is UTF-16.
pub fn checked<R: Read>(mut source: R, file: &Arc<str>) -> Result<Chain<Cursor<Vec<u8>>, R>, Faults> {
    let mut head = vec![0; HEAD];
    let mut length = 0;
    while length < HEAD {
        match source.read(head.get_mut(length..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(file, &error)),
        }
    }
    head.truncate(length);
    // A text in UTF-16 has a mark, or an empty byte beside each plain letter.
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) || head.contains(&0) {
        let fault = Diagnostic::error("not-utf-8", "the roster is no UTF-8 text: it looks like UTF-16");
        return Err(fault.at(Place::file(file.clone())).hint("save it as UTF-8 (\"CSV UTF-8\")").into());
    }
    if head.starts_with("\u{feff}".as_bytes()) {
        head.drain(..3);
    }
    Ok(Cursor::new(head).chain(source))
}
