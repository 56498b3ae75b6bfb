//! One print-ready PDF of all rows: each record begins on a front side, fonts and figures are in it once.

use super::row::Done;
use super::{BatchError, Merge};
use crate::document::Meta;
use crate::layout::{Layout, Page};
use crate::pdf::PdfWriter;
use crate::{Engine, atomic_file};
use std::io::BufWriter;
use std::path::PathBuf;
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

/// The merged file as it grows.
pub struct Merged<'e> {
    engine: &'e Engine,
    merge: &'e Merge,
    open: Option<Open<'e>>,
    pub bound: Bound,
}

struct Open<'e> {
    path: PathBuf,
    writer: PdfWriter<'e, BufWriter<NamedTempFile>>,
    records: u32,
}

impl<'e> Merged<'e> {
    pub fn new(engine: &'e Engine, merge: &'e Merge) -> Merged<'e> {
        Merged { engine, merge, open: None, bound: Bound::default() }
    }

    pub fn add(&mut self, done: &mut Done) -> Result<(), BatchError> {
        let Some((mut layout, meta)) = done.layout.take() else { return Ok(()) };
        if self.open.is_none() {
            self.open = Some(self.begin(&meta)?);
        }
        self.bound.sides += layout.pages.len() as u64;
        if pad(&mut layout) {
            self.bound.blanks += 1;
        }
        let Some(open) = &mut self.open else { return Ok(()) };
        open.writer.add_named(&layout, &done.entry.id).map_err(|error| merge_fault(&error))?;
        open.records += 1;
        if self.merge.every.is_some_and(|every| open.records >= every.get()) {
            self.close()?;
        }
        Ok(())
    }

    fn begin(&self, meta: &Meta) -> Result<Open<'e>, BatchError> {
        let path = self.path(self.bound.files.len() + 1);
        let file = atomic_file::aside(&path).map_err(BatchError::write(&path))?;
        let writer = self.engine.collection(BufWriter::new(file), meta).map_err(BatchError::Merge)?;
        Ok(Open { path, writer, records: 0 })
    }

    /// The file's own name, or with a number before its ending.
    fn path(&self, number: usize) -> PathBuf {
        let file = &self.merge.file;
        if self.merge.every.is_none() {
            return file.clone();
        }
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        file.with_file_name(format!("{stem}-{number:04}.pdf"))
    }

    fn close(&mut self) -> Result<(), BatchError> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let out = open.writer.finish().map_err(|error| merge_fault(&error))?;
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

/// A blank page after an odd number of pages. True if one was added.
pub fn pad(layout: &mut Layout) -> bool {
    let odd = layout.pages.len() % 2 == 1;
    if let (true, Some(last)) = (odd, layout.pages.last()) {
        let blank = Page { size: last.size, ..Page::default() };
        layout.pages.push(blank);
    }
    odd
}

fn merge_fault(error: &crate::pdf::PdfError) -> BatchError {
    BatchError::Merge(crate::diagnostic::Diagnostic::error("pdf", error.to_string()).into())
}
