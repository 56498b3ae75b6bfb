//! The clinic folder that is built into the program.

use super::{Files, Listed, counts};
use crate::diagnostic::{Diagnostic, Faults, Place};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

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

/// The built-in clinic folder.
#[derive(Clone, Copy, Debug, Default)]
pub struct Embedded;

impl Embedded {
    /// The paths of all texts and drawings that come with the program.
    pub fn content(self) -> impl Iterator<Item = String> {
        Content::iter().map(std::borrow::Cow::into_owned)
    }

    /// Whether a file of that path comes with the program.
    pub fn has(self, path: &str) -> bool {
        Content::get(path).is_some()
    }

    /// Whether the texts of a language come with the program.
    pub fn has_language(self, tag: &str) -> bool {
        let folder = format!("content/languages/{tag}/");
        Content::iter().any(|path| path.starts_with(&folder))
    }
}

impl Files for Embedded {
    fn list(&self) -> Result<Vec<Listed>, Faults> {
        let mut files: Vec<Listed> = Content::iter()
            .chain(Fonts::iter())
            .chain(Templates::iter())
            .filter(|path| path.split('/').all(counts))
            .map(|path| Listed {
                bytes: get(&path).map_or(0, |file| file.data.len() as u64),
                path: path.into(),
            })
            .collect();
        files.sort();
        Ok(files)
    }

    fn read(&self, path: &str) -> Result<Cow<'static, [u8]>, Faults> {
        get(path).map(|file| file.data).ok_or_else(|| {
            Diagnostic::error("no-such-file", "no such file is built in").at(Place::file(path)).into()
        })
    }

    /// By the test suite, which loads the same files from memory.
    fn is_tried(&self) -> bool {
        true
    }

    /// Reckoned when the program was built.
    fn digest(&self, path: &str, data: &[u8]) -> [u8; 32] {
        get(path).map_or_else(|| Sha256::digest(data).into(), |file| file.metadata.sha256_hash())
    }
}

fn get(path: &str) -> Option<EmbeddedFile> {
    match path.split('/').next()? {
        "content" => Content::get(path),
        "fonts" => Fonts::get(path),
        _ => Templates::get(path),
    }
}
