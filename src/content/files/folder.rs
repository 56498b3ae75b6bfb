//! A clinic folder on disk.

use super::{DEPTH, Embedded, FILES, Files, Listed, PARTS, counts, limit, too_big, too_many};
use crate::diagnostic::{Diagnostic, Faults, Place, Sink};
use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A folder as `aftercare init` writes it. `templates/` or `fonts/` that is missing whole is the built-in one;
/// `content/` must be there.
///
/// Links to files are followed as long as they end inside the folder; links to folders could run in circles and are
/// refused. Pipes, devices and sockets are refused unopened.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    pub fn new(root: impl Into<PathBuf>) -> Folder {
        Folder { root: root.into() }
    }

    fn has(&self, part: &str) -> bool {
        self.root.join(part).is_dir()
    }

    fn missing_content(&self) -> Faults {
        let place = Place::file(self.root.to_string_lossy().into_owned());
        let (message, hint) = match self.root.is_dir() {
            true => ("the clinic folder has no folder `content`", "is it the right folder?"),
            false => ("there is no such clinic folder", "`aftercare init DIR` writes one to start from"),
        };
        Diagnostic::error("no-content", message).at(place).hint(hint).into()
    }
}

impl Files for Folder {
    fn list(&self) -> Result<Vec<Listed>, Faults> {
        if !self.has("content") {
            return Err(self.missing_content());
        }
        let inside =
            self.root.canonicalize().map_err(|error| unreadable(&self.root.to_string_lossy(), &error))?;
        let mut walk = Walk { inside, found: Vec::new(), seen: 0, sink: Sink::default() };
        for part in PARTS.into_iter().filter(|part| self.has(part)) {
            match walk.inside(&self.root.join(part)) {
                Ok(Some(_)) => walk.folder(&self.root.join(part), part, 1),
                Ok(None) => walk.refuse("link-outside", NO_FILE, part),
                Err(error) => walk.sink.extend(unreadable(part, &error)),
            }
        }
        let built_in: Vec<Listed> = Embedded.list()?;
        let missing = |file: &Listed| PARTS.iter().any(|part| !self.has(part) && below(&file.path, part));
        walk.found.extend(built_in.into_iter().filter(missing));
        walk.found.sort();
        walk.sink.finish(Some(walk.found)).map(|report| report.value)
    }

    fn read(&self, path: &str) -> Result<Cow<'static, [u8]>, Faults> {
        if PARTS.iter().any(|part| below(path, part) && !self.has(part)) {
            return Embedded.read(path);
        }
        let most = limit(path);
        let data = File::open(self.root.join(path))
            .and_then(|file| whole(file.take(most + 1), Embedded.bytes(path).unwrap_or_default()))
            .map_err(|error| unreadable(path, &error))?;
        match data.len() as u64 > most {
            true => Err(too_big(path).into()),
            false => Ok(data),
        }
    }
}

/// Bytes of a file that are held against the built-in ones at a time.
const PIECE: usize = 64 << 10;

/// A file's bytes. One that is still as `init` wrote it is not held twice: what is known of the built-in file holds for it.
fn whole(mut file: impl Read, built_in: &'static [u8]) -> io::Result<Cow<'static, [u8]>> {
    let mut piece = Vec::with_capacity(PIECE.min(built_in.len() + 1));
    let mut same = 0;
    loop {
        piece.clear();
        let read = file.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        let rest = built_in.get(same..).unwrap_or_default();
        if read == 0 && rest.is_empty() && same > 0 {
            return Ok(Cow::Borrowed(built_in));
        }
        if read == 0 || !rest.starts_with(&piece) {
            let mut data = built_in.get(..same).unwrap_or_default().to_vec();
            data.append(&mut piece);
            file.read_to_end(&mut data)?;
            return Ok(Cow::Owned(data));
        }
        same += read;
    }
}

fn below(path: &str, part: &str) -> bool {
    path.strip_prefix(part).is_some_and(|rest| rest.starts_with('/'))
}

fn unreadable(path: &str, error: &io::Error) -> Faults {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "the file is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "the file may not be read: permission denied".to_owned(),
        _ => format!("the file could not be read: {error}"),
    };
    Diagnostic::error("unreadable-file", reason).at(Place::file(path)).into()
}

const NO_FILE: &str = "this link does not lead to a file of the clinic folder";

/// Lists files and faults, folder by folder, and stops when there are too many.
struct Walk {
    /// The clinic folder with all links resolved.
    inside: PathBuf,
    found: Vec<Listed>,
    /// Files and folders met so far.
    seen: usize,
    sink: Sink,
}

impl Walk {
    fn folder(&mut self, folder: &Path, path: &str, depth: usize) {
        if depth > DEPTH {
            let message = format!("folders are nested deeper than {DEPTH}");
            return self.sink.push(Diagnostic::error("too-deep", message).at(Place::file(path)));
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.sink.extend(unreadable(path, &error)),
        };
        for entry in entries {
            self.seen += 1;
            if self.seen == FILES + 1 {
                self.sink.push(too_many());
            }
            if self.seen > FILES {
                return;
            }
            match entry {
                Ok(entry) => self.entry(&entry.path(), path, &entry.file_name().to_string_lossy(), depth),
                Err(error) => self.sink.extend(unreadable(path, &error)),
            }
        }
    }

    fn entry(&mut self, on_disk: &Path, parent: &str, name: &str, depth: usize) {
        if !counts(name) {
            return;
        }
        let path = format!("{parent}/{name}");
        match self.inside(on_disk) {
            Ok(Some(metadata)) if metadata.is_dir() => self.folder(on_disk, &path, depth + 1),
            Ok(Some(metadata)) if metadata.is_file() => {
                self.found.push(Listed { path, bytes: metadata.len() })
            }
            Ok(Some(_)) => self.refuse("not-a-file", "this is neither a file nor a folder", &path),
            Ok(None) => self.refuse("link-outside", NO_FILE, &path),
            Err(error) => self.sink.extend(unreadable(&path, &error)),
        }
    }

    /// What a path leads to, or `None` when that is outside of the clinic folder or a linked folder.
    fn inside(&self, on_disk: &Path) -> io::Result<Option<fs::Metadata>> {
        let metadata = fs::symlink_metadata(on_disk)?;
        if !metadata.is_symlink() {
            return Ok(Some(metadata));
        }
        if !on_disk.canonicalize()?.starts_with(&self.inside) {
            return Ok(None);
        }
        Ok(Some(fs::metadata(on_disk)?).filter(|metadata| !metadata.is_dir()))
    }

    fn refuse(&mut self, code: &'static str, message: &str, path: &str) {
        self.sink.push(Diagnostic::error(code, message).at(Place::file(path)));
    }
}
