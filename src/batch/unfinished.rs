//! Files that grow as long as a run lasts. Their names are made of the names that they will get, and they are locked:
//! what a killed run left is known by its name and by nobody holding it, and the next run removes it.

use super::lock::still_stands;
use super::row::hex;
use crate::atomic_file;
use fs4::FileExt;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// Bytes of a name that is taken as it is, at most.
const LONGEST: usize = 200;
const NAME: (&str, &str) = (".aftercare-making-", ".part");
/// Other runs that end at the same moment as this one begins, at most.
const TRIES: usize = 8;

/// A new file beside `path`, on the same disk; [`finish`](crate::atomic_file::finish) gives it its name. It goes when it
/// is dropped.
///
/// # Errors
///
/// `ResourceBusy`: another run is making this file. Or the folder is missing, read-only or full.
pub fn begin(path: &Path) -> io::Result<NamedTempFile> {
    let unfinished = name(path);
    for _ in 0..TRIES {
        let held = match OpenOptions::new().write(true).create_new(true).open(&unfinished) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                remove_unheld(&unfinished)?;
                continue;
            }
            Err(error) => return Err(error),
        };
        if FileExt::try_lock(&held).is_ok() && still_stands(&held, &unfinished) {
            return Ok(NamedTempFile::from_parts(held, TempPath::try_from_path(unfinished)?));
        }
    }
    Err(busy())
}

/// Removes what killed runs left in a folder.
///
/// # Errors
///
/// The folder cannot be read.
pub fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let text = name.to_string_lossy();
        if text.starts_with(NAME.0) && text.ends_with(NAME.1) {
            // A file that somebody is making, or that is not ours to remove, does not hold up this run.
            let _ = remove_unheld(&folder.join(name));
        }
    }
    Ok(())
}

fn remove_unheld(path: &Path) -> io::Result<()> {
    if !path.symlink_metadata().is_ok_and(|data| data.is_file()) {
        return Ok(());
    }
    // Who held it may end meanwhile, and another begin.
    let left: File = match OpenOptions::new().write(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        left => left?,
    };
    FileExt::try_lock(&left).map_err(|_| busy())?;
    if still_stands(&left, path) { atomic_file::remove(path) } else { Ok(()) }
}

fn busy() -> io::Error {
    io::Error::new(io::ErrorKind::ResourceBusy, "another run is making it")
}

fn name(path: &Path) -> PathBuf {
    let own = path.file_name().unwrap_or_default().to_string_lossy();
    // A name has 255 bytes on most disks.
    let own = if own.len() > LONGEST { hex(&Sha256::digest(own.as_bytes())) } else { own.into_owned() };
    path.with_file_name(format!("{}{own}{}", NAME.0, NAME.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_holds_is_removed_and_what_a_run_makes_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let [mine, left] = ["mine.pdf", "left.pdf"].map(|name| folder.path().join(name));
        let held = begin(&mine).unwrap();
        fs::write(name(&left), "of a killed run").unwrap();
        fs::write(folder.path().join("notes.part"), "of somebody else").unwrap();
        clear(folder.path()).unwrap();
        assert!(name(&mine).exists() && !name(&left).exists());
        assert!(folder.path().join("notes.part").exists());
        assert_eq!(begin(&mine).unwrap_err().kind(), io::ErrorKind::ResourceBusy);
        drop(held);
        assert!(!name(&mine).exists());
    }

    #[test]
    fn a_long_name_is_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let long = |last: &str| folder.path().join(format!("{}{last}.pdf", "x".repeat(250)));
        let (one, other) = (begin(&long("1")).unwrap(), begin(&long("2")).unwrap());
        assert_ne!(one.path(), other.path());
        crate::atomic_file::finish(one, &long("1")).unwrap();
        assert!(long("1").exists());
    }

    #[test]
    fn what_a_killed_run_left_is_no_hindrance() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.pdf");
        fs::write(name(&path), "of a killed run").unwrap();
        let file = begin(&path).unwrap();
        assert_eq!(file.as_file().metadata().unwrap().len(), 0);
    }
}
