//! Files while they are made. Each is locked as long as its maker lives: what a killed run left is known by its name and
//! by nobody holding it, and the next run removes it.
//!
//! A file that grows as long as a run lasts has a name that is made of the one that it will get, so that no two runs
//! make it. One that is written at once has a name that is made by chance.

use super::{Readers, UNFINISHED, beside, remove};
use crate::plain_file;
use fs4::{FileExt, TryLockError};
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// Bytes of a name that is taken as it is, at most.
const LONGEST: usize = 200;
const MAKING: &str = ".aftercare-making-";
/// Other runs that end at the same moment as this one begins, at most.
const TRIES: usize = 8;

/// A new file beside `path`, on the same disk; [`finish`](super::finish) gives it its name. It goes when it is dropped.
/// Its owner may read it.
///
/// # Errors
///
/// `ResourceBusy`: another run is making this file. Something else than a file has the name of the unfinished one. Or
/// the folder is missing, read-only or full.
pub fn begin(path: &Path) -> io::Result<NamedTempFile> {
    let unfinished = unfinished(path);
    for _ in 0..TRIES {
        let held = match private().write(true).create_new(true).open(&unfinished) {
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

#[cfg(unix)]
fn private() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.mode(Readers::Owner.mode());
    options
}

#[cfg(not(unix))]
fn private() -> OpenOptions {
    OpenOptions::new()
}

/// A new file beside `path` for what is written at once.
pub(super) fn aside(path: &Path, readers: Readers) -> io::Result<NamedTempFile> {
    for _ in 0..TRIES {
        let file = beside(path, UNFINISHED.0, readers)?;
        // A disk without locks has nobody who would take the file for a killed run's.
        let is_lost = matches!(FileExt::try_lock(file.as_file()), Err(TryLockError::WouldBlock));
        if !is_lost && still_stands(file.as_file(), file.path()) {
            return Ok(file);
        }
    }
    Err(busy())
}

/// Removes what killed runs left in a folder; what a run makes just now stays, and so does what is no plain file.
///
/// # Errors
///
/// The folder cannot be read.
pub fn clear_unfinished(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if is_unfinished(&name.to_string_lossy()) {
            // A file that somebody is making, or that is not ours to remove, does not hold up this run.
            let _ = remove_unheld(&folder.join(name));
        }
    }
    Ok(())
}

/// Whether a file of this name is not finished, and known to be by a lock.
fn is_unfinished(name: &str) -> bool {
    let is_by_chance = |name: &str| name.len() == 6 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let Some(start) = name.strip_suffix(UNFINISHED.1) else { return false };
    start.starts_with(MAKING) || start.strip_prefix(UNFINISHED.0).is_some_and(is_by_chance)
}

fn remove_unheld(path: &Path) -> io::Result<()> {
    // Who held it may end meanwhile, and another begin.
    let left: File = match plain_file::open_to_hold(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        left => left?,
    };
    FileExt::try_lock(&left).map_err(|_| busy())?;
    if still_stands(&left, path) { remove(path) } else { Ok(()) }
}

/// Whether an open file still has its name. A run that ends removes what it holds: who opened it just before has locked a
/// file without a name, which holds nobody off.
#[cfg(unix)]
pub fn still_stands(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |own: fs::Metadata, named: fs::Metadata| own.ino() == named.ino() && own.dev() == named.dev();
    file.metadata().and_then(|own| Ok(same(own, fs::symlink_metadata(path)?))).unwrap_or(false)
}

/// Elsewhere an open file keeps its name.
#[cfg(not(unix))]
pub fn still_stands(_file: &File, _path: &Path) -> bool {
    true
}

fn busy() -> io::Error {
    io::Error::new(io::ErrorKind::ResourceBusy, "another run is making it")
}

/// The name of a file while it grows.
pub fn unfinished(path: &Path) -> PathBuf {
    let own = path.file_name().unwrap_or_default().to_string_lossy();
    // A name has 255 bytes on most disks.
    let own = if own.len() > LONGEST { hashed(&own) } else { own.into_owned() };
    path.with_file_name(format!("{MAKING}{own}{}", UNFINISHED.1))
}

fn hashed(name: &str) -> String {
    crate::hex::hex(&Sha256::digest(name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_holds_is_removed_and_what_a_run_makes_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let [mine, left] = ["mine.pdf", "left.pdf"].map(|name| folder.path().join(name));
        let held = begin(&mine).unwrap();
        fs::write(unfinished(&left), "of a killed run").unwrap();
        fs::write(folder.path().join("notes.part"), "of somebody else").unwrap();
        clear_unfinished(folder.path()).unwrap();
        assert!(unfinished(&mine).exists() && !unfinished(&left).exists());
        assert!(folder.path().join("notes.part").exists());
        assert_eq!(begin(&mine).unwrap_err().kind(), io::ErrorKind::ResourceBusy);
        drop(held);
        assert!(!unfinished(&mine).exists());
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
        fs::write(unfinished(&path), "of a killed run").unwrap();
        let file = begin(&path).unwrap();
        assert_eq!(file.as_file().metadata().unwrap().len(), 0);
    }

    #[test]
    fn what_a_killed_run_wrote_at_once_is_removed_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let held = aside(&path("sheet.pdf"), Readers::Owner).unwrap();
        for name in [".aftercare-TkzelC.part", ".aftercare-notes.part.txt", ".aftercare-my-own-words.part"] {
            fs::write(path(name), "words").unwrap();
        }
        clear_unfinished(folder.path()).unwrap();
        assert!(!path(".aftercare-TkzelC.part").exists(), "of a killed run");
        assert!(held.path().exists(), "somebody is writing it");
        assert!(path(".aftercare-notes.part.txt").exists() && path(".aftercare-my-own-words.part").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_without_a_name_holds_nobody_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let file = File::create(&path).unwrap();
        assert!(still_stands(&file, &path));
        fs::remove_file(&path).unwrap();
        assert!(!still_stands(&file, &path));
        File::create(&path).unwrap();
        assert!(!still_stands(&file, &path));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_an_unfinished_file_is_named_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("errors.csv");
        let precious = folder.path().join("precious");
        fs::write(&precious, "words").unwrap();
        std::os::unix::fs::symlink(&precious, unfinished(&path)).unwrap();
        assert!(plain_file::is_not_plain(&begin(&path).unwrap_err()));
        assert_eq!(fs::read(&precious).unwrap(), b"words");
    }
}
