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

/// A file beside its place.
pub struct Beside {
    pub file: BufWriter<NamedTempFile>,
    pub path: PathBuf,
}

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Beside {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Sink for Beside {
    fn keep(self: Box<Self>) -> io::Result<bool> {
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
