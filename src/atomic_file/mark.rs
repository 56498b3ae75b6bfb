//! Whether a file is one that aftercare made, so that it may be written over.

use crate::plain_file;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// How far from either end the mark is looked for, bytes.
const REACH: u64 = 64 << 10;

/// What stands in the files that aftercare makes, by how they begin.
const MARKS: [(&[u8], &[&[u8]]); 9] = [
    (b"%PDF-", &[b"/Producer (aftercare", b"<pdf:Producer>aftercare"]),
    (b"<", &[b"<!-- aftercare "]),
    (b"/* aftercare ", &[b"/* aftercare "]),
    (b"# aftercare ", &[b"# aftercare "]),
    (b"PK\x03\x04", &[b"[aftercare "]),
    (b"\x89PNG", &[b"Software\0aftercare "]),
    (b"BEGIN:VCALENDAR", &[b"\nPRODID:-//aftercare//"]),
    (b"{", &[b"\"producer\": \"aftercare "]),
    (b"", &[b"\n[aftercare ", b"\n<!-- aftercare "]),
];

/// Whether the file carries the mark of aftercare near its head or its tail.
///
/// # Errors
///
/// It is no plain file, is not there, or cannot be read.
pub fn is_ours(path: &Path) -> io::Result<bool> {
    let mut file = plain_file::open(path)?;
    let length = file.metadata()?.len();
    let mut text = Vec::new();
    (&mut file).take(REACH).read_to_end(&mut text)?;
    if length > REACH {
        file.seek(SeekFrom::Start(length.saturating_sub(REACH).max(REACH)))?;
        file.take(REACH).read_to_end(&mut text)?;
    }
    Ok(carries_mark(&text))
}

fn carries_mark(text: &[u8]) -> bool {
    let begins = text.trim_ascii_start();
    let marks = MARKS.iter().find(|(start, _)| begins.starts_with(start)).map_or(&[][..], |(_, marks)| marks);
    marks.iter().any(|mark| text.windows(mark.len()).any(|window| window == *mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_others_are_not_ours() {
        for text in [
            "",
            "my notes about aftercare",
            "%PDF-1.7\n/Producer (Word)",
            "<!DOCTYPE html><title>aftercare</title>",
        ] {
            assert!(!carries_mark(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn our_files_are_ours_wherever_the_mark_stands() {
        let mut pdf = b"%PDF-1.7\n".to_vec();
        pdf.resize(300_000, b' ');
        pdf.extend(b"/Producer (aftercare 0.1.0)");
        pdf.resize(310_000, b' ');
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &pdf).unwrap();
        assert!(is_ours(file.path()).unwrap());
        pdf.resize(600_000, b' ');
        std::fs::write(file.path(), &pdf).unwrap();
        assert!(!is_ours(file.path()).unwrap(), "the mark is in the middle of a long file");
    }
}
