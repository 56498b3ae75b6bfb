//! The folder of the made-up treatment.

use aftercare::content::files::{Embedded, Files, Folder, Memory};
use std::path::Path;

/// The built-in folder with the made-up treatment before dry needling, and no other.
pub fn folder() -> Memory {
    let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
    let others = |path: &str| {
        path.strip_prefix("content/treatments/").is_some_and(|path| !path.starts_with("dry-needling/"))
    };
    folder.0.retain(|path, _| !others(path));
    let made = Folder::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/made"));
    let files = made.list().expect("a folder").into_iter().map(|file| file.path);
    for path in files.filter(|path| path.starts_with("content/")) {
        let bytes = made.read(&path).expect("a file").into_owned();
        folder.0.insert(path, bytes.into());
    }
    folder
}
