//! One print-ready PDF of all rows: each record begins on a front side, fonts and figures are in it once.

use super::copy::pad;
use super::row::Done;
use super::{BatchError, Merge};
use crate::document::Meta;
use crate::pdf::{PdfError, PdfWriter};
use crate::{Engine, atomic_file};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// What was bound together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    pub files: Vec<PathBuf>,
    /// Sides with print on them.
    pub sides: u64,
    /// Blank sides, so that the next record begins on a front.
    pub blanks: u64,
}

impl Bound {
    /// What one row adds.
    pub fn of(done: &Done) -> Bound {
        let sides = done.entry.pages as u64;
        Bound { sides, blanks: sides % 2, ..Bound::default() }
    }
}

/// The merged file as it grows.
pub struct Merged<'e> {
    engine: &'e Engine,
    merge: &'e Merge,
    /// The first file, made before any row is: a place that cannot be written is told at once.
    first: Option<NamedTempFile>,
    open: Option<Open<'e>>,
    pub bound: Bound,
}

struct Open<'e> {
    path: PathBuf,
    writer: PdfWriter<'e, BufWriter<NamedTempFile>>,
    records: u32,
}

impl<'e> Merged<'e> {
    /// Makes the folder of the file if there is none, and removes from it what killed runs left there half-made.
    pub fn new(engine: &'e Engine, merge: &'e Merge) -> Result<Merged<'e>, BatchError> {
        let path = merge.path(1);
        let begin = || -> io::Result<NamedTempFile> {
            atomic_file::make_folder(merge.folder())?;
            atomic_file::clear_unfinished(merge.folder())?;
            atomic_file::begin(&path)
        };
        let first = begin().map_err(|error| match error.kind() {
            io::ErrorKind::ResourceBusy => BatchError::Busy(path.clone()),
            _ => BatchError::write(&path)(error),
        })?;
        Ok(Merged { engine, merge, first: Some(first), open: None, bound: Bound::default() })
    }

    pub fn add(&mut self, done: &mut Done) -> Result<(), BatchError> {
        let Some((mut layout, meta)) = done.layout.take() else { return Ok(()) };
        if self.open.is_none() {
            let open = self.begin(&meta)?;
            self.open = Some(open);
        }
        self.bound.sides += layout.pages.len() as u64;
        if pad(&mut layout) {
            self.bound.blanks += 1;
        }
        let Some(open) = &mut self.open else { return Ok(()) };
        let added = open.writer.add_named(&layout, &done.entry.id);
        added.map_err(|error| merge_fault(&open.path, error))?;
        open.records += 1;
        if self.merge.every.is_some_and(|every| open.records >= every.get()) {
            self.close()?;
        }
        Ok(())
    }

    fn begin(&mut self, meta: &Meta) -> Result<Open<'e>, BatchError> {
        let path = self.merge.path(self.bound.files.len() + 1);
        let file = self.first.take().map_or_else(|| atomic_file::begin(&path), Ok);
        let file = file.map_err(BatchError::write(&path))?;
        let writer = self.engine.collection(BufWriter::new(file), meta).map_err(BatchError::Merge)?;
        Ok(Open { path, writer, records: 0 })
    }

    fn close(&mut self) -> Result<(), BatchError> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let out = open.writer.finish().map_err(|error| merge_fault(&open.path, error))?;
        let file = out.into_inner().map_err(|error| BatchError::write(&open.path)(error.into_error()))?;
        atomic_file::finish(file, &open.path).map_err(BatchError::write(&open.path))?;
        self.bound.files.push(open.path);
        Ok(())
    }

    /// Ends the last file.
    pub fn end(mut self) -> Result<Bound, BatchError> {
        self.close()?;
        Ok(self.bound)
    }
}

fn merge_fault(path: &Path, error: PdfError) -> BatchError {
    match error {
        PdfError::Write(error) => BatchError::write(path)(error),
        error => BatchError::Merge(crate::diagnostic::Diagnostic::error("pdf", error.to_string()).into()),
    }
}
