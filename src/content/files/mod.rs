//! A read-only view of a clinic folder, whatever holds it: the program itself, a folder on disk, or memory.
//!
//! Size limits are checked here, once, from what a folder says about its files *before* any of them is read, so
//! that a 100 MB file or a thousand folders cost nothing.

mod embedded;
mod folder;
mod memory;

pub use embedded::Embedded;
pub use folder::Folder;
pub use memory::Memory;

use crate::diagnostic::{Diagnostic, Faults, Place, Sink};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The three parts of a clinic folder, in order of path.
pub const PARTS: [&str; 3] = ["content", "fonts", "templates"];

/// At most this many files in a clinic folder.
pub const FILES: usize = 2_000;
/// Folders inside folders, counted from the clinic folder.
pub const DEPTH: usize = 8;
/// Bytes of all files together.
pub const TOTAL: u64 = 192 << 20;
/// Bytes of one text file (Markdown, YAML, templates).
pub const TEXT: u64 = 1 << 20;
/// Bytes of one picture.
pub const PICTURE: u64 = 256 << 10;
/// Bytes of a photograph, and of any file that may be one.
pub const PHOTO: u64 = 16 << 20;
/// Bytes of one font: those of Chinese, Japanese and Korean names hold 16 to 20 MiB.
pub const FONT: u64 = 32 << 20;

/// Read-only access to the files of a clinic folder.
pub trait Files {
    /// Every file below `content/`, `fonts/` and `templates/`, in ascending byte order of path.
    ///
    /// Errors: something that is not a plain file inside the folder, more files than [`FILES`], folders deeper
    /// than [`DEPTH`].
    fn list(&self) -> Result<Vec<Listed>, Faults>;

    /// The paths of some files, in the same order.
    ///
    /// Errors: as `list`.
    fn paths(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<String>, Faults> {
        let listed = self.list()?.into_iter().map(|file| file.path);
        Ok(listed.filter(|path| wanted(path)).collect())
    }

    /// The bytes of a file that `list` named.
    ///
    /// Errors: the file is gone, cannot be read, or has grown over its limit.
    fn read(&self, path: &str) -> Result<Cow<'static, [u8]>, Faults>;

    /// Whether every file was read and found good before: what is not needed at once may be read later.
    fn is_tried(&self) -> bool {
        false
    }

    /// SHA-256 of the bytes that `read` gave.
    fn digest(&self, path: &str, data: &[u8]) -> [u8; 32] {
        Embedded.digest(path, data).unwrap_or_else(|| Sha256::digest(data).into())
    }
}

/// A file that a clinic folder holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// From the clinic folder, with `/` between parts: `content/languages/en/words.yaml`.
    pub path: String,
    pub bytes: u64,
}

/// The most bytes that a file of this name may hold.
pub fn limit(path: &str) -> u64 {
    match extension(path) {
        "svg" => PICTURE,
        "png" | "jpg" | "jpeg" => PHOTO,
        "ttf" | "otf" | "ttc" | "otc" => FONT,
        _ => TEXT,
    }
}

/// What follows the last dot of a file's name; empty when there is none.
pub(crate) fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Whether a file belongs to the folder: what editors, file managers, office programs and synchronised disks leave beside
/// other files (`.DS_Store`, `Thumbs.db`, `~$rest.md`, `rest.md~`) does not.
fn counts(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let starts = [".", "~$", "~lock.", "#"].iter().any(|start| lower.starts_with(start));
    let ends = ["~", ".swp", ".swo", ".tmp", ".bak", ".lnk", ".crdownload", ".part"];
    let systems = [
        "thumbs.db",
        "ehthumbs.db",
        "ehthumbs_vista.db",
        "desktop.ini",
        "icon\r",
        "$recycle.bin",
        "__macosx",
    ];
    !starts && !ends.iter().any(|end| lower.ends_with(end)) && !systems.contains(&lower.as_str())
}

/// Every file that is too big, and a folder that is too big as a whole.
pub(crate) fn check_sizes(files: &[Listed]) -> Result<(), Faults> {
    let mut sink = Sink::default();
    for file in files.iter().filter(|file| file.bytes > limit(&file.path)) {
        sink.push(too_big(&file.path));
    }
    let total = files.iter().fold(0u64, |total, file| total.saturating_add(file.bytes));
    if total > TOTAL {
        sink.push(Diagnostic::error(
            "folder-too-big",
            format!("the clinic folder holds {}, allowed are {}", size(total), size(TOTAL)),
        ));
    }
    if files.len() > FILES {
        sink.push(too_many());
    }
    sink.finish(Some(())).map(|_| ())
}

fn too_big(path: &str) -> Diagnostic {
    Diagnostic::error("file-too-big", format!("the file is bigger than {}", size(limit(path))))
        .at(Place::file(path))
}

fn too_many() -> Diagnostic {
    Diagnostic::error("too-many-files", format!("the clinic folder holds more than {FILES} files"))
        .hint("is it the right folder?")
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{} KiB", bytes.div_ceil(1 << 10)),
        _ => format!("{} MiB", bytes.div_ceil(1 << 20)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_file_managers_and_editors_leave_behind_is_passed_over() {
        for name in [
            ".DS_Store",
            "._rest.md",
            "Thumbs.db",
            "thumbs.db",
            "ehthumbs.db",
            "Desktop.ini",
            "~$rest.md",
            ".~lock.rest.md#",
            ".rest.md.swp",
            "rest.md~",
            "rest.md.swp",
            "#rest.md#",
            "~WRL0001.tmp",
            "rest.md.bak",
            "Icon\r",
            "rest.md - Shortcut.lnk",
            "__MACOSX",
        ] {
            assert!(!counts(name), "{name}");
        }
        for name in ["rest.md", "thumbs.md", "desktop.yaml", "a#1.svg", "swp.md", "tmp.yaml"] {
            assert!(counts(name), "{name}");
        }
    }
}
