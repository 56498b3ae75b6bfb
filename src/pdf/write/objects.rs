//! The file as it grows.

use super::flate::{StaticStream, head, with_deflated};
use super::object::end_of_stream;
use super::xref::{Trailer, Xref, push_xref_stream};
use super::{Ref, push_int};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// An object stream is written when it holds this many bytes; a single sheet's objects all stand in one.
const OBJECT_STREAM: usize = 128 * 1024;

/// What a sheet's objects take, most of them.
const SHEET: usize = 16 * 1024;

/// A section of the cross-reference table holds about this many objects; a single sheet's has them all.
const SECTION: usize = 100_000;

/// The second line says that the file is binary (ISO 19005-2 6.1.2).
const HEADER: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

/// Writes objects in any order, each once, and knows where they are.
pub(in crate::pdf) struct Objects<W: Write> {
    out: W,
    written: u64,
    digest: Sha256,
    next: u32,
    xref: Xref,
    /// Where the last section of the cross-reference table starts.
    section: Option<u64>,
    /// Number and start of each object that waits in `body`.
    waiting: Vec<(Ref, usize)>,
    body: String,
}

impl<W: Write> Objects<W> {
    pub fn new(mut out: W) -> io::Result<Objects<W>> {
        out.write_all(HEADER)?;
        Ok(Objects {
            out,
            written: HEADER.len() as u64,
            digest: Sha256::new(),
            next: 1,
            xref: Xref::default(),
            section: None,
            waiting: Vec::new(),
            body: String::with_capacity(SHEET),
        })
    }

    /// A number for an object that will be written.
    pub fn reserve(&mut self) -> Ref {
        self.reserve_many(1)
    }

    /// The first of `count` numbers in a row.
    pub fn reserve_many(&mut self, count: u32) -> Ref {
        let first = self.next;
        self.next += count;
        Ref(first)
    }

    /// Begins an object that is not a stream: what is appended until the next call is its content.
    pub fn open(&mut self, id: Ref) -> io::Result<&mut String> {
        if self.body.len() >= OBJECT_STREAM {
            self.flush()?;
        }
        if !self.waiting.is_empty() {
            self.body.push('\n');
        }
        self.waiting.push((id, self.body.len()));
        Ok(&mut self.body)
    }

    /// Writes a stream that this document has for itself.
    pub fn stream(&mut self, id: Ref, entries: &str, data: &[u8]) -> io::Result<()> {
        with_deflated(data, |own| {
            self.digest.update(own);
            self.raw_stream(id, &head(entries, own.len()), own)
        })
    }

    /// Writes a stream that has been compressed before.
    pub fn static_stream(&mut self, id: Ref, stream: &StaticStream) -> io::Result<()> {
        self.digest.update(stream.digest);
        self.raw_stream(id, &stream.head, &stream.data)
    }

    /// Writes a stream that every program can read without a filter: PDF/A's metadata, by which we know our files again.
    pub fn plain_stream(&mut self, id: Ref, entries: &str, data: &[u8]) -> io::Result<()> {
        self.digest.update(data);
        self.raw_stream(id, &format!("<<{entries}/Length {}>>stream\n", data.len()), data)
    }

    fn raw_stream(&mut self, id: Ref, head: &str, data: &[u8]) -> io::Result<()> {
        self.xref.stands_at(id, self.written);
        let mut start = String::with_capacity(head.len() + 16);
        push_int(&mut start, i64::from(id.0));
        start.push_str(" 0 obj\n");
        start.push_str(head);
        self.put(start.as_bytes())?;
        self.put(data)?;
        self.put(end_of_stream(data))
    }

    /// Writes the objects that wait as one object stream.
    fn flush(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let mut index = String::with_capacity(self.waiting.len() * 10);
        for (id, start) in &self.waiting {
            push_int(&mut index, i64::from(id.0));
            index.push(' ');
            push_int(&mut index, *start as i64);
            index.push(' ');
        }
        let entries = format!("/Type/ObjStm/N {}/First {}", self.waiting.len(), index.len());
        let id = self.reserve();
        self.xref.stand_in(id, self.waiting.iter().map(|(id, _)| *id));
        self.waiting.clear();
        // In place: the last objects of a long file are megabytes.
        let mut content = std::mem::take(&mut self.body);
        content.insert_str(0, &index);
        let result = self.stream(id, &entries, content.as_bytes());
        content.clear();
        self.body = content;
        result
    }

    /// Writes what is known of the cross-reference table when that is much; `root` is the catalogue. Call it between
    /// records of a long file.
    pub fn cut_table(&mut self, root: Ref) -> io::Result<()> {
        if self.xref.count() < SECTION {
            return Ok(());
        }
        self.flush()?;
        self.section = Some(self.write_table(root, None)?);
        self.xref = Xref::default();
        Ok(())
    }

    /// Writes a section and tells where it starts.
    fn write_table(&mut self, root: Ref, info: Option<Ref>) -> io::Result<u64> {
        let id = self.reserve();
        let start = self.written;
        self.xref.stands_at(id, start);
        let digest = self.digest.clone().finalize();
        let trailer = Trailer {
            size: self.next,
            root,
            end: info.map(|info| (info, &digest[..16])),
            previous: self.section,
        };
        let mut section = Vec::new();
        push_xref_stream(&mut section, &mut self.xref, id, &trailer);
        self.put(&section)?;
        Ok(start)
    }

    /// Ends the file; `root` is its catalogue.
    pub fn finish(mut self, root: Ref, info: Ref) -> io::Result<W> {
        self.flush()?;
        let start = self.write_table(root, Some(info))?;
        self.put(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_ends_in_a_carriage_return_keeps_its_length() {
        let mut objects = Objects::new(Vec::new()).unwrap();
        let [stream, info] = [(); 2].map(|()| objects.reserve());
        objects.raw_stream(stream, &head("", 5), b"data\r").unwrap();
        objects.open(info).unwrap().push_str("<<>>");
        let file = objects.finish(info, info).unwrap();
        let file = String::from_utf8_lossy(&file);
        assert!(file.contains("/Length 5>>stream\ndata\r\r\nendstream"), "{file}");
    }
}
