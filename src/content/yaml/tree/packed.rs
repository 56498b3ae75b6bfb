//! Trees as bytes, as `build.rs` writes them: numbers in groups of seven bits, lowest first; texts as a place in the file where
//! they stand as they are.

use super::node::{Entry, Node, Scalar, Value};
use super::span::Span;

// What a node is.
pub const PLAIN: u8 = 1;
pub const BLOCK: u8 = 2;
pub const REMARK: u8 = 4;
pub const LIST: u8 = 8;
pub const MAP: u8 = 16;

/// The tree of a file out of the bytes of several; `None` when it is not among them, or was another file.
///
/// The bytes hold a list of paths with the length of each tree, then the trees.
pub fn unpack(all: &[u8], path: &str, file: &str) -> Option<Node> {
    let mut list = Unpacker { file: "", bytes: all, line: 0 };
    let (mut before, mut found) = (0usize, None);
    for _ in 0..list.number()? {
        let (name, length) = (list.plain()?, list.number()?);
        if name == path.as_bytes() {
            found = Some(before..before.checked_add(length)?);
        }
        before = before.checked_add(length)?;
    }
    let mut unpacker = Unpacker { file, bytes: list.bytes.get(found?)?, line: 0 };
    let node = unpacker.node()?;
    unpacker.bytes.is_empty().then_some(node)
}

struct Unpacker<'f> {
    file: &'f str,
    bytes: &'f [u8],
    line: u32,
}

impl<'f> Unpacker<'f> {
    /// As deep as [`DEPTH`](super::DEPTH) lets files be.
    fn node(&mut self) -> Option<Node> {
        let (flags, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        let span = self.span()?;
        let last_line = span.line + self.count()?;
        let value = match *flags {
            LIST => Value::List((0..self.number()?).map(|_| self.node()).collect::<Option<_>>()?),
            MAP => Value::Map((0..self.number()?).map(|_| self.entry()).collect::<Option<_>>()?),
            flags => Value::Scalar(Scalar {
                text: self.text()?,
                plain: flags & PLAIN != 0,
                block: flags & BLOCK != 0,
                remark: if flags & REMARK != 0 { Some(self.text()?) } else { None },
            }),
        };
        Some(Node { span, last_line, value })
    }

    fn entry(&mut self) -> Option<Entry> {
        Some(Entry { key_span: self.span()?, key: self.text()?, node: self.node()? })
    }

    fn span(&mut self) -> Option<Span> {
        let by = self.count()?;
        self.line =
            if by & 1 == 0 { self.line.checked_add(by >> 1)? } else { self.line.checked_sub(by >> 1)? };
        Some(Span { line: self.line, column: self.count()?, length: self.count()? })
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        let (stands, length) = (length & 1 == 1, length >> 1);
        if stands {
            self.file = self.file.get(self.number()?..)?;
            return self.file.get(..length).map(str::to_owned);
        }
        std::str::from_utf8(self.bytes(length)?).ok().map(str::to_owned)
    }

    fn plain(&mut self) -> Option<&'f [u8]> {
        let length = self.number()?;
        self.bytes(length)
    }

    fn bytes(&mut self, length: usize) -> Option<&'f [u8]> {
        let (bytes, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(bytes)
    }

    fn count(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}
