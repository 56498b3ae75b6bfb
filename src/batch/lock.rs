//! One run a folder.

use super::BatchError;
use fs4::FileExt;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

const NAME: &str = ".aftercare.lock";

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
            Ok(()) => Ok(Lock { file, path }),
            Err(_) => Err(BatchError::Locked(folder.to_owned())),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A folder that went away has no lock to leave.
        let _ = fs::remove_file(&self.path);
        let _ = FileExt::unlock(&self.file);
    }
}
