//! Files that are whole or not there, and whether a file is one that aftercare made, so that it may be written over.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// How names of files begin and end that are not finished.
const UNFINISHED: (&str, &str) = (".aftercare-", ".part");
/// The same for files that are [`stage`]d.
const STAGED: &str = ".aftercare-staged-";

/// A file beside the one that is wanted, on the same disk; [`finish`] puts it in its place, all or nothing.
///
/// # Errors
///
/// The folder is missing, read-only or full.
pub fn aside(path: &Path) -> io::Result<NamedTempFile> {
    beside(path, UNFINISHED.0)
}

fn beside(path: &Path, prefix: &str) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).suffix(UNFINISHED.1);
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
    file.as_file().sync_data()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder(path))
}

/// A file that is written but not in its place: [`place`] puts many there with one sync.
#[derive(Debug)]
pub struct Staged {
    written: TempPath,
    path: PathBuf,
}

/// Writes a file beside its place.
///
/// # Errors
///
/// As [`aside`].
pub fn stage(path: PathBuf, bytes: &[u8]) -> io::Result<Staged> {
    let mut file = beside(&path, STAGED)?;
    file.write_all(bytes)?;
    Ok(Staged { written: file.into_temp_path(), path })
}

/// Puts files of one folder in their places: all are synced before the first gets its name, so that what has its
/// name is whole even after a power cut, and the names are as lasting as the files when this returns. Syncing many
/// files at once costs a fraction of syncing each.
///
/// # Errors
///
/// As [`finish`]. Files before the one that failed stand; the others are gone.
pub fn place(folder: &Path, files: Vec<Staged>) -> io::Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    sync_contents(folder, &files)?;
    for file in files {
        file.written.persist(file.path).map_err(|error| error.error)?;
    }
    sync_folder(folder)
}

/// One call for the whole disk, which knows the folder's files.
#[cfg(target_os = "linux")]
fn sync_contents(folder: &Path, _files: &[Staged]) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
fn sync_contents(_folder: &Path, files: &[Staged]) -> io::Result<()> {
    files.iter().try_for_each(|file| File::options().write(true).open(&file.written)?.sync_data())
}

/// Removes a file, if it is there.
///
/// # Errors
///
/// It stands in a folder that cannot be written.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes what a run that was killed had staged in a folder. Only for who has the folder for itself.
///
/// # Errors
///
/// The folder cannot be read.
pub fn clear_staged(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(STAGED) && name.ends_with(UNFINISHED.1) {
            fs::remove_file(entry.path())?;
        }
    }
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
const MARKS: [(&[u8], &[&[u8]]); 7] = [
    (b"%PDF-", &[b"/Producer (aftercare", b"<pdf:Producer>aftercare"]),
    (b"<", &[b"<!-- aftercare "]),
    (b"/* aftercare ", &[b"/* aftercare "]),
    (b"# aftercare ", &[b"# aftercare "]),
    (b"\x89PNG", &[b"Software\0aftercare "]),
    (b"{", &[b"\"producer\": \"aftercare "]),
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
    fn staged_files_stand_once_they_are_placed() {
        let folder = tempfile::tempdir().unwrap();
        let names = || {
            let entries = fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<_> =
                entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        };
        let staged = ["a", "b"].map(|name| stage(folder.path().join(name), name.as_bytes()).unwrap());
        assert!(names().iter().all(|name| name.starts_with(STAGED)), "{:?}", names());
        place(folder.path(), staged.into()).unwrap();
        assert_eq!(names(), ["a", "b"]);
        std::mem::forget(stage(folder.path().join("c"), b"c").unwrap());
        assert_eq!(names().len(), 3);
        clear_staged(folder.path()).unwrap();
        assert_eq!(names(), ["a", "b"]);
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
