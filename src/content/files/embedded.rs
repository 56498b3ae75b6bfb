//! The clinic folder that is built into the program.

use super::{Files, Listed, counts};
use crate::content::yaml::{Node, unpack};
use crate::diagnostic::{Diagnostic, Faults, Place};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "content/"]
#[prefix = "content/"]
struct Content;

#[derive(RustEmbed)]
#[folder = "fonts/"]
#[prefix = "fonts/"]
struct Fonts;

#[derive(RustEmbed)]
#[folder = "templates/"]
#[prefix = "templates/"]
struct Templates;

/// The trees of all YAML files, as `build.rs` packs them.
static TREES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/trees"));

/// A file that is built in.
struct Own {
    path: Cow<'static, str>,
    data: Cow<'static, [u8]>,
    /// Reckoned when the program was built.
    sha256: [u8; 32],
}

/// Every file, in order of path.
static ALL: LazyLock<Vec<Own>> = LazyLock::new(|| {
    let content = Content::iter().filter_map(|path| Some((Content::get(&path)?, path)));
    let fonts = Fonts::iter().filter_map(|path| Some((Fonts::get(&path)?, path)));
    let templates = Templates::iter().filter_map(|path| Some((Templates::get(&path)?, path)));
    let all = content.chain(fonts).chain(templates).filter(|(_, path)| path.split('/').all(counts));
    let mut all: Vec<Own> =
        all.map(|(file, path)| Own { path, data: file.data, sha256: file.metadata.sha256_hash() }).collect();
    all.sort_by(|one, other| one.path.cmp(&other.path));
    all
});

/// The built-in clinic folder.
#[derive(Clone, Copy, Debug, Default)]
pub struct Embedded;

impl Embedded {
    /// The paths of all texts and drawings that come with the program.
    pub fn content(self) -> impl Iterator<Item = String> {
        Content::iter().map(Cow::into_owned)
    }

    /// The paths of all files that are built in.
    pub fn all(self) -> impl Iterator<Item = &'static str> {
        ALL.iter().map(|file| &*file.path)
    }

    /// Whether a file of that path comes with the program.
    pub fn has(self, path: &str) -> bool {
        get(path).is_some()
    }

    /// Whether the texts of a language come with the program.
    pub fn has_language(self, tag: &str) -> bool {
        let folder = format!("content/languages/{tag}/");
        ALL.iter().any(|file| file.path.starts_with(&folder))
    }

    /// The bytes of a file, which are in memory as long as the program runs.
    pub fn bytes(self, path: &str) -> Option<&'static [u8]> {
        get(path).map(|file| &*file.data)
    }

    /// Whether bytes are those of a built-in file, in the place where it is held: all of it was tried when the program was made.
    pub fn holds(self, path: &str, data: &[u8]) -> bool {
        own(path, data).is_some()
    }

    /// SHA-256 of the bytes of a file that is built in.
    pub fn digest(self, path: &str, data: &[u8]) -> Option<[u8; 32]> {
        own(path, data).map(|file| file.sha256)
    }

    /// The tree of a YAML file that is built in.
    pub fn tree(self, path: &str, data: &[u8]) -> Option<Node> {
        own(path, data)?;
        unpack(TREES, path, std::str::from_utf8(data).ok()?)
    }
}

impl Files for Embedded {
    fn list(&self) -> Result<Vec<Listed>, Faults> {
        let listed = |file: &Own| Listed { path: file.path.to_string(), bytes: file.data.len() as u64 };
        Ok(ALL.iter().map(listed).collect())
    }

    fn paths(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<String>, Faults> {
        let wanted = ALL.iter().filter(|file| wanted(&file.path));
        Ok(wanted.map(|file| file.path.to_string()).collect())
    }

    fn read(&self, path: &str) -> Result<Cow<'static, [u8]>, Faults> {
        self.bytes(path).map(Cow::Borrowed).ok_or_else(|| {
            Diagnostic::error("no-such-file", "no such file is built in").at(Place::file(path)).into()
        })
    }

    /// By the test suite, which loads the same files from memory.
    fn is_tried(&self) -> bool {
        true
    }
}

fn get(path: &str) -> Option<&'static Own> {
    let index = ALL.binary_search_by(|file| (*file.path).cmp(path)).ok()?;
    ALL.get(index)
}

fn own(path: &str, data: &[u8]) -> Option<&'static Own> {
    get(path).filter(|file| std::ptr::eq(&*file.data, data))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::yaml::parse;

    #[test]
    fn the_trees_that_are_built_in_are_those_of_the_files() {
        let files: Vec<&Own> = ALL.iter().filter(|file| file.path.ends_with(".yaml")).collect();
        assert!(files.len() > 100);
        for file in files {
            let text = std::str::from_utf8(&file.data).unwrap();
            assert_eq!(Embedded.tree(&file.path, &file.data), parse(text).ok(), "{}", file.path);
        }
    }
}
