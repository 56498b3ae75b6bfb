//! Where the bytes of a ZIP go, and what became of them there.

use super::BatchError;
use crate::atomic_file;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tempfile::NamedTempFile;

/// Takes an archive. One that is dropped leaves nothing in its place.
pub trait Sink: Write + Seek + Send {
    /// Puts it in its place, whole. `false`: something stands there, and stays.
    fn keep(self: Box<Self>) -> io::Result<bool>;
}

/// A file beside its place. Whoever writes an archive ends it even when it is only dropped, and says on standard error what
/// became of that: behind the first fault, which is told, the bytes go nowhere, and only where they would stand is known.
pub struct Beside {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
    at: u64,
    length: u64,
    is_broken: bool,
}

impl Beside {
    pub fn new(file: NamedTempFile, path: PathBuf) -> Beside {
        Beside { file: BufWriter::new(file), path, at: 0, length: 0, is_broken: false }
    }

    fn unless_broken<T>(
        &mut self,
        nothing: T,
        does: impl FnOnce(&mut BufWriter<NamedTempFile>) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.is_broken {
            return Ok(nothing);
        }
        let done = does(&mut self.file);
        self.is_broken = done.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        done
    }
}

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.unless_broken(bytes.len(), |file| file.write(bytes))?;
        self.at += written as u64;
        self.length = self.length.max(self.at);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_broken((), Write::flush)
    }
}

impl Seek for Beside {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let moved = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        self.at = self.unless_broken(moved.unwrap_or(self.at), |file| file.seek(to))?;
        Ok(self.at)
    }
}

impl Sink for Beside {
    fn keep(self: Box<Self>) -> io::Result<bool> {
        if self.is_broken {
            return Err(io::Error::other("it was not written whole"));
        }
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        atomic_file::finish(file, &self.path).map(|()| true)
    }
}

/// What cannot be told through whoever writes the archive.
#[derive(Clone, Default)]
pub struct Fate(Arc<Mutex<Told>>);

#[derive(Default)]
pub struct Told {
    /// Why it could not be written.
    pub fault: Option<BatchError>,
    /// An object of which the store may have parts.
    pub left: Option<String>,
    /// Nothing more is wanted: what ends an archive that is not kept goes nowhere.
    pub is_shut: bool,
}

impl Fate {
    pub fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
