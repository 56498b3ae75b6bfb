//! Writes files whole: aside, synced, then renamed; and never over what others made.

use crate::atomic_file::is_ours;
use crate::cli::outcome::Failure;
use crate::diagnostic::{Diagnostic, Faults, Place, Sink};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file that may be written.
#[derive(Debug)]
pub struct Target {
    path: PathBuf,
    /// A pipe or a device: it is written as it is, a file beside it would take its place.
    special: bool,
}

/// Checks every path before any is written, and makes the folders they stand in.
///
/// Errors: every file that aftercare did not make, unless `force`; folders that cannot be made.
pub fn prepare(paths: &[PathBuf], force: bool) -> Result<Vec<Target>, Failure> {
    let mut sink = Sink::default();
    let mut targets = Vec::new();
    for path in paths {
        match target(path, force) {
            Ok(target) => targets.push(target),
            Err(diagnostic) => sink.push(diagnostic),
        }
    }
    for folder in
        paths.iter().filter_map(|path| folder(path)).filter(|_| !sink.has_errors()).collect::<Vec<_>>()
    {
        if let Err(error) = fs::create_dir_all(folder) {
            let message = format!("the folder cannot be made: {error}");
            sink.push(Diagnostic::error("write", message).at(Place::file(shown(folder))));
        }
    }
    sink.finish(Some(targets)).map(|report| report.value).map_err(|faults| Failure::NotMade(once(faults)))
}

/// The first of several faults that say the same, with how many there are: a folder that cannot be written is one fault,
/// however many files should stand in it.
fn once(faults: Faults) -> Faults {
    let mut told: Vec<(Diagnostic, usize)> = Vec::new();
    for fault in faults.0 {
        let same =
            |(other, _): &&mut (Diagnostic, usize)| fault.code == "write" && other.message == fault.message;
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

fn target(path: &Path, force: bool) -> Result<Target, Diagnostic> {
    // A link is followed, so that it goes on pointing at what it names.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let fault = |code, message: String| Diagnostic::error(code, message).at(Place::file(shown(path)));
    let special = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(fault("write", format!("the file cannot be written: {error}"))),
        Ok(data) if data.is_dir() => return Err(fault("write", "this is a folder".to_owned())),
        Ok(data) if !data.is_file() => is_stream(&data)
            .then_some(true)
            .ok_or_else(|| fault("write", "this is not a file that can be written".to_owned()))?,
        Ok(_) if force || is_ours(path).unwrap_or(false) => false,
        Ok(_) => {
            return Err(fault(
                "not-ours",
                "aftercare did not make this file, so it is left as it is".to_owned(),
            )
            .hint("write it over with `--force`, or name another file with `-o`"));
        }
    };
    Ok(Target { path: path.clone(), special })
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
            true => {
                OpenOptions::new().write(true).open(&self.path).and_then(|mut file| file.write_all(bytes))
            }
            false => crate::atomic_file::write(&self.path, bytes),
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

/// Writes to standard output.
pub fn to_stdout(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(Failure::of_stdout)
}
