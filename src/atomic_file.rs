//! Files that are whole or not there, and whether a file is one that aftercare made, so that it may be written over.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// How names of files begin that are not finished.
pub const UNFINISHED: &str = ".aftercare-";

/// A file beside the one that is wanted, on the same disk; [`finish`] puts it in its place, all or nothing.
///
/// # Errors
///
/// The folder is missing, read-only or full.
pub fn aside(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED).suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder(path))
}

/// Syncs what was written and renames it.
///
/// # Errors
///
/// The disk is full, or the folder went away.
pub fn finish(file: NamedTempFile, path: &Path) -> io::Result<()> {
    place(file, path)?;
    sync_folder(folder(path))
}

/// As [`finish`], but a power cut can undo the rename until [`sync_folder`]: for many files in one folder.
///
/// # Errors
///
/// As [`finish`].
pub fn place(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_data()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Makes the names in a folder as lasting as the files.
///
/// # Errors
///
/// The folder went away.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    match cfg!(unix) {
        true => File::open(folder)?.sync_all(),
        false => Ok(()),
    }
}

/// Puts bytes in a file, whole or not at all.
///
/// # Errors
///
/// As [`aside`] and [`finish`].
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = aside(path)?;
    file.write_all(bytes)?;
    finish(file, path)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How far from either end the mark is looked for, bytes.
const REACH: u64 = 64 << 10;

/// What stands in the files that aftercare makes, by how they begin.
const MARKS: [(&[u8], &[&[u8]]); 6] = [
    (b"%PDF-", &[b"/Producer (aftercare", b"<pdf:Producer>aftercare"]),
    (b"<", &[b"<!-- aftercare "]),
    (b"/* aftercare ", &[b"/* aftercare "]),
    (b"# aftercare ", &[b"# aftercare "]),
    (b"\x89PNG", &[b"Software\0aftercare "]),
    (b"", &[b"\n[aftercare "]),
];

/// Whether the file carries the mark of aftercare near its head or its tail.
pub fn is_ours(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
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
