//! Files that are whole or not there, and whether a file is one that aftercare made, so that it may be written over.

mod held;
mod mark;
mod readers;

pub use held::{begin, clear_unfinished, still_stands, unfinished};
pub use mark::is_ours;
pub use readers::Readers;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// How names of files begin and end that are not finished.
const UNFINISHED: (&str, &str) = (".aftercare-", ".part");
/// The same for files that are [`stage`]d.
const STAGED: &str = ".aftercare-staged-";

/// A file of a name of its own, in the folder of the one that is wanted.
fn beside(path: &Path, prefix: &str, readers: Readers) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).suffix(UNFINISHED.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(readers.mode()));
    }
    #[cfg(not(unix))]
    let (Readers::Owner | Readers::Anybody) = readers;
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

/// A file that is written but not in its place: [`Folder::place`] puts many there with one sync.
#[derive(Debug)]
pub struct Staged {
    written: TempPath,
    path: PathBuf,
}

/// Writes a file beside its place, for its owner.
///
/// # Errors
///
/// The folder is missing, read-only or full.
pub fn stage(path: PathBuf, bytes: &[u8]) -> io::Result<Staged> {
    let mut file = beside(&path, STAGED, Readers::Owner)?;
    file.write_all(bytes)?;
    Ok(Staged { written: file.into_temp_path(), path })
}

/// A folder that is held open from before its files are written: what the disk could not keep is then told here, also
/// when another program has heard of it first.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    #[cfg(target_os = "linux")]
    held: File,
}

impl Folder {
    /// # Errors
    ///
    /// The folder is missing or cannot be read.
    pub fn hold(path: &Path) -> io::Result<Folder> {
        Ok(Folder {
            path: path.to_owned(),
            #[cfg(target_os = "linux")]
            held: File::open(path)?,
        })
    }

    /// Puts files of the folder in their places: all are synced before the first gets its name, so that what has its
    /// name is whole even after a power cut, and the names are as lasting as the files when this returns. Syncing many
    /// files at once costs a fraction of syncing each.
    ///
    /// # Errors
    ///
    /// As [`finish`]. Files before the one that failed stand; the others are gone.
    pub fn place(&self, files: Vec<Staged>) -> io::Result<()> {
        if files.is_empty() {
            return Ok(());
        }
        self.sync_contents(&files)?;
        for file in files {
            file.written.persist(file.path).map_err(|error| error.error)?;
        }
        sync_folder(&self.path)
    }

    /// One call for the whole disk, which knows the folder's files.
    #[cfg(target_os = "linux")]
    fn sync_contents(&self, _files: &[Staged]) -> io::Result<()> {
        Ok(rustix::fs::syncfs(&self.held)?)
    }

    #[cfg(not(target_os = "linux"))]
    fn sync_contents(&self, files: &[Staged]) -> io::Result<()> {
        files.iter().try_for_each(|file| File::options().write(true).open(&file.written)?.sync_data())
    }
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
        let is_file = || entry.file_type().is_ok_and(|kind| kind.is_file());
        if name.starts_with(STAGED) && name.ends_with(UNFINISHED.1) && is_file() {
            // Names are made by chance: one that cannot go is in nobody's way.
            let _ = fs::remove_file(entry.path());
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

/// Makes a folder and those that it stands in, as lasting as what will stand in it.
///
/// # Errors
///
/// One of them cannot be made.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let named = path.ancestors().filter(|folder| !folder.as_os_str().is_empty());
    let missing: Vec<&Path> = named.take_while(|folder| !folder.is_dir()).collect();
    fs::create_dir_all(path)?;
    missing.into_iter().try_for_each(|made| match sync_folder(folder(made)) {
        // One may be let make a folder where one may not look.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        synced => synced,
    })
}

/// Puts bytes in a file, whole or not at all.
///
/// # Errors
///
/// The folder is missing, read-only or full; or as [`finish`].
pub fn write(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    let mut file = held::aside(path, readers)?;
    file.write_all(bytes)?;
    finish(file, path)
}

/// The folder that a file stands in.
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let held = Folder::hold(folder.path()).unwrap();
        let staged = ["a", "b"].map(|name| stage(folder.path().join(name), name.as_bytes()).unwrap());
        assert!(names().iter().all(|name| name.starts_with(STAGED)), "{:?}", names());
        held.place(staged.into()).unwrap();
        assert_eq!(names(), ["a", "b"]);
        std::mem::forget(stage(folder.path().join("c"), b"c").unwrap());
        assert_eq!(names().len(), 3);
        clear_staged(folder.path()).unwrap();
        assert_eq!(names(), ["a", "b"]);
    }
}
