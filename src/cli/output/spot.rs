//! A place for a file, and who chose its name.

use std::fs;
use std::path::{Path, PathBuf};

/// Where a file is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub path: PathBuf,
    /// The folder that the call named; `None`: it named the file itself.
    root: Option<PathBuf>,
}

impl Spot {
    /// The file that the call names. It may be a link, a pipe or a device: that is what was asked for.
    pub fn named(path: &Path) -> Spot {
        Spot { path: path.to_owned(), root: None }
    }

    /// A file whose name is ours, in a folder that the call names.
    pub fn within(folder: &Path, name: &str) -> Spot {
        Spot { path: folder.join(name), root: Some(folder.to_owned()) }
    }

    pub fn is_named(&self) -> bool {
        self.root.is_none()
    }

    /// What stands under the name, or under that of a folder on the way to it, and is neither a file nor a folder.
    /// Somebody else who may write to the folder may have put it there.
    pub fn leads_out(&self) -> Option<PathBuf> {
        let root = self.root.as_deref()?;
        let below = self.path.ancestors().take_while(|path| *path != root && !path.as_os_str().is_empty());
        let is_other =
            |path: &&Path| fs::symlink_metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir());
        below.filter(is_other).last().map(Path::to_owned)
    }
}
