//! Changes of the clinic folder beside the page: by an editor, by `aftercare sign`. The page takes them in when it is opened.

use crate::{Files, Folder};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

/// What the folder's files are known by without reading them: their names, lengths and times of change.
pub fn mark(folder: &Path) -> String {
    let mut hash = Sha256::new();
    for file in Folder::new(folder).list().unwrap_or_default() {
        let data = fs::metadata(folder.join(&file.path)).ok();
        let at = data.as_ref().and_then(|data| data.modified().ok()?.duration_since(UNIX_EPOCH).ok());
        let length = data.map(|data| data.len()).unwrap_or_default();
        hash.update(format!("{}\n{length} {}\n", file.path, at.unwrap_or_default().as_nanos()));
    }
    crate::hex::hex(&hash.finalize()[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_known_until_one_of_its_files_changes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("content/clinic.yaml");
        fs::create_dir(folder.path().join("content")).unwrap();
        fs::write(&file, "name: A").unwrap();
        let before = mark(folder.path());
        assert_eq!(mark(folder.path()), before);
        fs::write(&file, "name: AB").unwrap();
        let after = mark(folder.path());
        assert_ne!(after, before);
        // A copy of the page's own is no change of the folder.
        fs::create_dir(folder.path().join(".before")).unwrap();
        fs::write(folder.path().join(".before/x"), "x").unwrap();
        assert_eq!(mark(folder.path()), after);
    }
}
