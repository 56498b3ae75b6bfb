//! An archive that stands where one would be made: whether it is the same, row by row. What a row asks for stands in its line
//! of the manifest as a hash, so that none needs to be made for it.

use super::checkpoint::Checkpoint;
use super::manifest::{self, Failed};
use super::remark::Remarks;
use super::{BatchError, Destination};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::plain_file;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use zip::ZipArchive;
use zip::result::ZipError;

/// The manifest of an archive that stands, and the one that it should have, as far as it is known.
pub struct Proof {
    lines: File,
    hash: [u8; 32],
    wanted: Sha256,
    place: String,
    content_version: String,
}

impl Proof {
    /// `None`: nothing stands there.
    ///
    /// # Errors
    ///
    /// What stands cannot be read, or is no archive of ours.
    pub fn of(to: &Destination, content_version: &str) -> Result<Option<Proof>, BatchError> {
        let Some((Manifest { lines, hash }, place)) = standing(to)? else { return Ok(None) };
        let content_version = content_version.to_owned();
        Ok(Some(Proof { lines, hash, wanted: Sha256::new(), place, content_version }))
    }

    /// What the archive proves.
    pub fn checkpoint(&self) -> Result<Checkpoint, BatchError> {
        let lines = self.lines.try_clone();
        let read = lines.and_then(|lines| Checkpoint::of_archive(lines, &std::env::temp_dir()));
        read.map_err(BatchError::write(&self.place))
    }

    /// The next line that the manifest should have.
    pub fn line(&mut self, line: &impl Serialize) -> Result<(), BatchError> {
        let mut line =
            serde_json::to_vec(line).map_err(io::Error::from).map_err(BatchError::write(&self.place))?;
        line.push(b'\n');
        self.wanted.update(&line);
        Ok(())
    }

    /// The same of a row that failed.
    pub fn failed(&mut self, remarks: &Remarks) -> Result<(), BatchError> {
        let line = Failed::new(remarks, &self.content_version);
        self.line(&line)
    }

    /// # Errors
    ///
    /// These are not all of its rows, or others failed.
    pub fn end(self) -> Result<(), BatchError> {
        let wanted: [u8; 32] = self.wanted.finalize().into();
        if wanted == self.hash { Ok(()) } else { Err(other(self.place)) }
    }

    /// A row was not made as it is asked for now.
    pub fn other(&self) -> BatchError {
        other(self.place.clone())
    }
}

/// An archive was made, and another has come into its place meanwhile: whether it is the same. `hash`: of its manifest.
/// `None`: nothing stands there yet.
pub fn is_same(to: &Destination, hash: &[u8; 32]) -> Result<Option<bool>, BatchError> {
    Ok(standing(to)?.map(|(manifest, _)| manifest.hash == *hash))
}

/// Removes what killed runs left beside an archive that stands.
pub fn clear(to: &Destination) {
    match to {
        #[cfg(feature = "object-store")]
        Destination::Object(place) => place.clear(),
        // What they left there, the next one that is made removes.
        Destination::Zip(_) | Destination::Tar(_) => {}
    }
}

/// The manifest of an archive of ours, in a file without a name: it holds no patient's words.
struct Manifest {
    lines: File,
    hash: [u8; 32],
}

/// The manifest of the archive that stands, and how messages name the archive.
fn standing(to: &Destination) -> Result<Option<(Manifest, String)>, BatchError> {
    let (found, place) = match to {
        Destination::Tar(_) => return Ok(None),
        Destination::Zip(path) => {
            let found = match plain_file::open(path) {
                Ok(file) => manifest_of(BufReader::new(file)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => Err(error),
            };
            (found, path.to_string_lossy().into_owned())
        }
        #[cfg(feature = "object-store")]
        Destination::Object(place) => {
            let Some(object) = place.open().map_err(BatchError::Store)? else { return Ok(None) };
            (manifest_of(object), place.shown().to_owned())
        }
    };
    match found {
        Ok(Some(manifest)) => Ok(Some((manifest, place))),
        Ok(None) => Err(not_ours(place)),
        Err(error) => Err(unreadable(place, error)),
    }
}

fn unreadable(place: String, error: io::Error) -> BatchError {
    #[cfg(feature = "object-store")]
    let error = match error.downcast() {
        Ok(error) => return BatchError::Store(error),
        Err(error) => error,
    };
    let message = format!("the archive that stands here cannot be read, so it is left as it is: {error}");
    let hint = "name another archive with `-o`, or write it over: `--force` in place of `--resume`";
    refused(Diagnostic::error("unreadable-file", message).at(Place::file(place)).hint(hint))
}

fn manifest_of(archive: impl Read + Seek) -> io::Result<Option<Manifest>> {
    let mut archive = match ZipArchive::new(archive) {
        Ok(archive) if archive.comment().starts_with(OURS) => archive,
        Err(ZipError::Io(error)) => return Err(error),
        Ok(_) | Err(_) => return Ok(None),
    };
    let mut manifest = match archive.by_name(manifest::NAME) {
        Ok(manifest) => manifest,
        Err(ZipError::Io(error)) => return Err(error),
        Err(_) => return Ok(None),
    };
    let mut lines = Hashed { file: tempfile::tempfile()?, hash: Sha256::new() };
    io::copy(&mut manifest, &mut lines)?;
    let Hashed { mut file, hash } = lines;
    file.rewind()?;
    Ok(Some(Manifest { lines: file, hash: hash.finalize().into() }))
}

/// How the comment of an archive of ours begins, of any version.
const OURS: &[u8] = b"[aftercare ";

struct Hashed {
    file: File,
    hash: Sha256,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn not_ours(place: String) -> BatchError {
    let message = "aftercare did not make what stands here, so it is left as it is";
    let hint = "name another archive with `-o`, or write it over with `--force`";
    refused(Diagnostic::error("not-ours", message).at(Place::file(place)).hint(hint))
}

/// What stands is an archive of other rows.
fn other(place: String) -> BatchError {
    let message = "the archive that stands here is not of these rows as they are now, so it is left as it is";
    let hint = "name another one with `-o`, or write over it: `--force` in place of `--resume`";
    refused(Diagnostic::error("other-part", message).at(Place::file(place)).hint(hint))
}

fn refused(fault: Diagnostic) -> BatchError {
    BatchError::Places(Faults(vec![fault]))
}
