//! Digests that records name files by.

use crate::hex::hex;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Bytes of a SHA-256 that are written: enough that no change goes unseen, few enough for a line to be read.
const WRITTEN: usize = 16;

/// Git and some editors change the ends of lines, or put a mark of the encoding in front; no reader sees that.
fn with_plain_ends(bytes: &[u8]) -> Cow<'_, [u8]> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes.contains(&b'\r') {
        true => bytes
            .iter()
            .enumerate()
            .filter(|(at, byte)| **byte != b'\r' || bytes.get(at + 1) != Some(&b'\n'))
            .map(|(_, byte)| *byte)
            .collect::<Vec<u8>>()
            .into(),
        false => bytes.into(),
    }
}

/// Of a file of texts, whatever its line ends.
pub fn file_digest(bytes: &[u8]) -> String {
    digest(&with_plain_ends(bytes))
}

/// The first digits of a SHA-256.
pub fn digest(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes).get(..WRITTEN).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_lines_are_no_change() {
        assert_eq!(file_digest(b"a\r\nb\r\n"), file_digest(b"a\nb\n"));
        assert_ne!(file_digest(b"a\rb"), file_digest(b"ab"));
        assert_eq!(file_digest(b"\xef\xbb\xbfa\n"), file_digest(b"a\n"));
    }
}
