//! Writes files whole: aside, synced, then renamed; and never over what others made.

use super::spot::Spot;
use super::stream;
use crate::atomic_file::{self, Readers, is_ours};
use crate::cli::outcome::Failure;
use crate::diagnostic::{Diagnostic, Faults, Place, Sink};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file that may be written.
#[derive(Debug)]
pub struct Target {
    path: PathBuf,
    readers: Readers,
    /// A pipe or a device: it is written as it is, a file beside it would take its place.
    special: bool,
}

/// Checks every place before any is written, makes the folders they stand in, and removes what killed runs left there.
///
/// Errors: every file that aftercare did not make, unless `force`; folders that cannot be made.
pub fn prepare(spots: &[Spot], force: bool, readers: Readers) -> Result<Vec<Target>, Failure> {
    let mut sink = Sink::default();
    let mut targets = Vec::new();
    for spot in spots {
        match target(spot, force) {
            Ok((path, special)) => targets.push(Target { path, readers, special }),
            Err(diagnostic) => sink.push(diagnostic),
        }
    }
    let folders: BTreeSet<&Path> = spots.iter().filter_map(|spot| folder(&spot.path)).collect();
    for folder in folders.iter().filter(|_| !sink.has_errors()).collect::<Vec<_>>() {
        if let Err(error) = atomic_file::make_folder(folder) {
            let message = format!("the folder cannot be made: {error}");
            sink.push(Diagnostic::error("write", message).at(Place::file(shown(folder))));
        }
    }
    if !sink.has_errors() {
        clear(&targets);
    }
    sink.finish(Some(targets)).map(|report| report.value).map_err(|faults| Failure::NotMade(once(faults)))
}

/// What cannot be cleared away hinders nobody.
fn clear(targets: &[Target]) {
    let files = targets.iter().filter(|target| !target.special);
    let folders: BTreeSet<&Path> =
        files.map(|target| folder(&target.path).unwrap_or(Path::new("."))).collect();
    for folder in folders {
        let _ = atomic_file::clear_unfinished(folder);
    }
}

/// The first of several faults that say the same, with how many there are: a folder that cannot be written, or is a link, is
/// one fault, however many files should stand in it.
fn once(faults: Faults) -> Faults {
    let mut told: Vec<(Diagnostic, usize)> = Vec::new();
    for fault in faults.0 {
        let same = |(other, _): &&mut (Diagnostic, usize)| {
            other.message == fault.message && (fault.code == "write" || other.place == fault.place)
        };
        match told.iter_mut().find(same) {
            Some((_, more)) => *more += 1,
            None => told.push((fault, 0)),
        }
    }
    let counted = |(fault, more): (Diagnostic, usize)| match more {
        0 => fault,
        1 => fault.hint("the same goes for one more"),
        more => fault.hint(format!("the same goes for {more} more")),
    };
    Faults(told.into_iter().map(counted).collect())
}

fn target(spot: &Spot, force: bool) -> Result<(PathBuf, bool), Diagnostic> {
    // A link that was named is followed, so that it goes on pointing at what it names. In a folder nobody named it.
    let path = match spot.is_named() {
        true => fs::canonicalize(&spot.path).unwrap_or_else(|_| spot.path.clone()),
        false => spot.path.clone(),
    };
    let fault =
        |path: &Path, code, message: &str| Diagnostic::error(code, message).at(Place::file(shown(path)));
    if let Some(link) = spot.leads_out() {
        let message = "this is a link or a pipe, and would lead what is written out of its folder";
        return Err(fault(&link, "not-a-file", message).hint("remove it, or name another folder"));
    }
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((path, false)),
        Err(error) => return Err(fault(&path, "write", &format!("the file cannot be written: {error}"))),
        Ok(data) if data.is_dir() => return Err(fault(&path, "write", "this is a folder")),
        // What canonical paths cannot name, such as an open pipe of this process, is a link to it.
        Ok(data) if !data.is_file() => {
            let is_stream = fs::metadata(&path).is_ok_and(|data| is_stream(&data));
            let refused = || fault(&path, "write", "this is not a file that can be written");
            return if is_stream { Ok((path, true)) } else { Err(refused()) };
        }
        Ok(_) if force => return Ok((path, false)),
        Ok(_) => {}
    }
    match is_ours(&path) {
        Ok(true) => Ok((path, false)),
        Ok(false) => {
            Err(fault(&path, "not-ours", "aftercare did not make this file, so it is left as it is")
                .hint("write it over with `--force`, or name another file with `-o`"))
        }
        Err(error) => {
            let message = format!("what stands here cannot be read, so it is left as it is: {error}");
            Err(fault(&path, "unreadable-file", &message)
                .hint("name another file with `-o`, or write it over with `--force`"))
        }
    }
}

#[cfg(unix)]
fn is_stream(data: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    data.file_type().is_char_device() || data.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_stream(_: &fs::Metadata) -> bool {
    false
}

impl Target {
    /// Puts the bytes there, whole or not at all.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        let written = match self.special {
            true => stream::open(&self.path).and_then(|mut stream| stream.write_all(bytes)),
            false => atomic_file::write(&self.path, bytes, self.readers),
        };
        written.map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::NotMade(unwritable(&self.path, &error)),
        })
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Faults {
    Diagnostic::error("write", format!("the file cannot be written: {error}"))
        .at(Place::file(shown(path)))
        .into()
}

fn folder(path: &Path) -> Option<&Path> {
    path.parent().filter(|folder| !folder.as_os_str().is_empty())
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
