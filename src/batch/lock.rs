//! One run a folder.

use super::BatchError;
use fs4::FileExt;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

pub(super) const NAME: &str = ".aftercare.lock";

/// Held while a run works in a folder. The system lets go of it when the process dies, however it dies.
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    pub fn take(folder: &Path) -> Result<Lock, BatchError> {
        let path = folder.join(NAME);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(BatchError::write(&path))?;
        match FileExt::try_lock(&file) {
            Ok(()) if still_stands(&file, &path) => Ok(Lock { file, path }),
            _ => Err(BatchError::Locked(folder.to_owned())),
        }
    }
}

/// A run that ends removes its lock: who opened it just before has locked a file without a name, which holds nobody off.
#[cfg(unix)]
pub(super) fn still_stands(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |own: fs::Metadata, named: fs::Metadata| own.ino() == named.ino() && own.dev() == named.dev();
    file.metadata().and_then(|own| Ok(same(own, fs::metadata(path)?))).unwrap_or(false)
}

/// Elsewhere an open file keeps its name.
#[cfg(not(unix))]
pub(super) fn still_stands(_file: &File, _path: &Path) -> bool {
    true
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A folder that went away has no lock to leave.
        let _ = fs::remove_file(&self.path);
        let _ = FileExt::unlock(&self.file);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_lock_without_a_name_holds_nobody_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        let file = File::create(&path).unwrap();
        assert!(still_stands(&file, &path));
        fs::remove_file(&path).unwrap();
        assert!(!still_stands(&file, &path));
        File::create(&path).unwrap();
        assert!(!still_stands(&file, &path));
    }
}
