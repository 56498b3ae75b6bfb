//! One run a folder.

use super::BatchError;
use crate::atomic_file::still_stands;
use crate::plain_file;
use fs4::FileExt;
use std::fs::{self, File};
use std::io;
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
        let file = opened(&path).map_err(BatchError::write(&path))?;
        match FileExt::try_lock(&file) {
            Ok(()) if still_stands(&file, &path) => Ok(Lock { file, path }),
            _ => Err(BatchError::Locked(folder.to_owned())),
        }
    }
}

/// The lock of a run that was killed, or a new one. Never what a link leads to.
fn opened(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => plain_file::open_to_hold(path),
        opened => opened,
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A folder that went away has no lock to leave.
        let _ = fs::remove_file(&self.path);
        let _ = FileExt::unlock(&self.file);
    }
}
