//! Every file of a clinic folder, read and held while it is checked.

use super::Loading;
use crate::content::files::{Embedded, Files, check_sizes};
use crate::content::yaml::{Node, Reader};
use crate::diagnostic::{Diagnostic, Faults, Place, Sink, shown};
use crate::lazy::Lazy;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

/// Path → bytes, in order of path.
pub struct Shelf {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    version: String,
    is_tried: bool,
}

impl Shelf {
    /// Errors: the folder's own (too big, not there); a file that cannot be read leaves its fault in the sink.
    pub fn read(files: &dyn Files, sink: &mut Sink) -> Result<Shelf, Faults> {
        let listed = files.list()?;
        check_sizes(&listed)?;
        let mut read = BTreeMap::new();
        let mut hash = Sha256::new();
        for file in listed {
            match files.read(&file.path) {
                Ok(data) => {
                    hash.update((file.path.len() as u64).to_le_bytes());
                    hash.update(&file.path);
                    hash.update(files.digest(&file.path, &data));
                    read.insert(file.path, data);
                }
                Err(faults) => sink.extend(faults),
            }
        }
        let version = hash.finalize().iter().take(3).map(|byte| format!("{byte:02X}")).collect();
        Ok(Shelf { files: read, version, is_tried: files.is_tried() })
    }

    /// Some files, as far as they can be read.
    pub fn of(files: &dyn Files, paths: impl Iterator<Item = String>) -> Shelf {
        let read = paths.filter_map(|path| files.read(&path).ok().map(|data| (path, data)));
        Shelf { files: read.collect(), version: String::new(), is_tried: files.is_tried() }
    }

    /// One file; the program's own where the folder has none.
    pub fn of_one(files: &dyn Files, path: &str) -> Shelf {
        let own = Shelf::of(files, std::iter::once(path.to_owned()));
        match own.bytes(path) {
            Some(_) => own,
            None => Shelf::of(&Embedded, std::iter::once(path.to_owned())),
        }
    }

    /// Something of the folder, read at once with all its faults; of a folder that was read before, when somebody first asks
    /// for it.
    pub fn read_or_later<T: Default + Send + 'static>(
        self: &Arc<Shelf>,
        loading: &mut Loading,
        read: impl FnOnce(&Shelf, &mut Loading) -> Option<T> + Send + 'static,
    ) -> Option<Lazy<T>> {
        if !self.is_tried {
            return read(self, loading).map(Lazy::from);
        }
        let shelf = self.clone();
        Some(Lazy::new(move || read(&shelf, &mut Loading::default()).unwrap_or_default()))
    }

    /// First six hex digits, upper case, of a SHA-256 over every file in order of path: the path with its length
    /// before it, then the SHA-256 of its bytes. The folder's own place does not count.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// As [`Files::is_tried`].
    pub fn is_tried(&self) -> bool {
        self.is_tried
    }

    pub fn bytes(&self, path: &str) -> Option<&Cow<'static, [u8]>> {
        self.files.get(path)
    }

    /// Paths directly inside a folder (`content/figures`), without folders below it.
    pub fn inside<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = &'s str> {
        let below = self.paths_from(folder).take_while(move |path| path.starts_with(folder));
        below.filter(move |path| {
            path.strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|name| !name.contains('/'))
        })
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A file's text; a file that is missing or not UTF-8 is a fault.
    pub fn text(&self, path: &str, sink: &mut Sink) -> Option<Arc<str>> {
        let Some(data) = self.files.get(path) else {
            sink.push(
                Diagnostic::error("missing-file", "the clinic folder lacks this file").at(Place::file(path)),
            );
            return None;
        };
        match std::str::from_utf8(data) {
            Ok(text) => Some(text.into()),
            Err(error) => {
                sink.push(not_utf8(path, data, error.valid_up_to()));
                None
            }
        }
    }

    /// Whether a file is the program's own, as it came.
    pub fn is_built_in(&self, path: &str) -> bool {
        self.files.get(path).is_some_and(|data| Embedded.holds(path, data))
    }

    /// The tree of a YAML file that need not be scanned.
    pub fn tree(&self, path: &str) -> Option<Node> {
        Embedded.tree(path, self.files.get(path)?)
    }

    /// Whether all files of a folder and of those below it are the program's own, as they came, and none of them is missing;
    /// `but` for files of these names.
    pub fn is_as_built_in(&self, folder: &str, but: &[&str]) -> bool {
        let counts = |path: &str| {
            let inside = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            inside.is_some_and(|name| !but.contains(&name))
        };
        let own = self.paths_from(folder).take_while(|path| path.starts_with(folder));
        let own: Vec<&str> = own.filter(|path| counts(path)).collect();
        own.iter().all(|path| self.is_built_in(path))
            && own.len() == Embedded.all().filter(|path| counts(path)).count()
    }

    /// Paths from a place in their order on.
    fn paths_from(&self, folder: &str) -> impl Iterator<Item = &str> {
        let from = (Bound::Excluded(folder), Bound::Unbounded);
        self.files.range::<str, _>(from).map(|(path, _)| path.as_str())
    }

    /// A YAML file's tree and the reader for it.
    pub fn yaml<'s>(&self, path: &str, sink: &'s mut Sink) -> Option<(Node, Reader<'s>)> {
        let text = self.text(path, sink)?;
        let mut reader = Reader::new(path, text, sink);
        let node = self.tree(path).or_else(|| reader.parse())?;
        Some((node, reader))
    }
}

/// A file's name, without folders.
pub fn file_name(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let name = reader.word(node)?;
    if name.contains(['/', '\\']) {
        reader.fault(
            node.span,
            "bad-file-name",
            format!("`{}` must be a file's name alone", shown(&name)),
            None,
        );
        return None;
    }
    Some(name)
}

fn not_utf8(path: &str, data: &[u8], valid: usize) -> Diagnostic {
    let before = String::from_utf8_lossy(data.get(..valid).unwrap_or_default());
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let place = Place::line(path, u32::try_from(line).unwrap_or(0), u32::try_from(column).unwrap_or(0));
    Diagnostic::error("not-utf-8", "the text is not UTF-8 from here on").at(place).hint("save it as UTF-8")
}
