//! The manifest: a line a row that is made, in the roster's order. Files get their names here, many at once, and then
//! their lines: a line is proof.
//!
//! A run that resumes another keeps the old manifest beside the new one until it ends, so that a second crash loses
//! nothing either.

use super::BatchError;
use super::remark::Remark;
use crate::atomic_file::{self, Staged};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const NAME: &str = "manifest.jsonl";
/// Lines of the run that this one resumes.
pub(super) const EARLIER: &str = ".manifest-earlier.jsonl";

/// A row that is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub row: u64,
    /// Hash of what was asked for.
    pub request: String,
    pub pages: usize,
    pub pdf: Option<Written>,
    pub html: Option<Written>,
    pub content_version: String,
    pub warnings: Vec<Remark>,
}

/// A file that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub sha256: String,
    pub bytes: u64,
}

/// A line as it is written.
#[derive(Serialize, Deserialize)]
pub(super) struct Line {
    pub id: String,
    pub row: u64,
    pub status: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bytes: Option<u64>,
    pub pages: usize,
    pub content_version: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub html: Option<Written>,
    pub request: String,
    /// What somebody should know of the sheet.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub warnings: Vec<Remark>,
}

/// The manifest of a run, as it grows.
pub struct Manifest {
    folder: PathBuf,
    out: BufWriter<File>,
    /// Rows whose files have no names yet.
    waiting: Vec<(Entry, Vec<Staged>)>,
}

/// Rows whose files are synced and named at once. What a crash costs: so many rows are made once more.
const WAITING: usize = 64;

impl Manifest {
    pub fn begin(folder: &Path, resume: bool) -> Result<Manifest, BatchError> {
        let path = folder.join(NAME);
        let begin = || -> io::Result<File> {
            atomic_file::clear_staged(folder)?;
            match resume {
                true => set_aside(folder)?,
                false => remove(&folder.join(EARLIER))?,
            }
            File::create(&path)
        };
        let file = begin().map_err(BatchError::write(&path))?;
        Ok(Manifest { folder: folder.to_owned(), out: BufWriter::new(file), waiting: Vec::new() })
    }

    pub fn add(&mut self, entry: Entry, files: Vec<Staged>) -> Result<(), BatchError> {
        self.waiting.push((entry, files));
        if self.waiting.len() < WAITING {
            return Ok(());
        }
        let path = self.folder.join(NAME);
        self.place().map_err(BatchError::write(path))
    }

    /// Names the files that wait, then writes their lines.
    fn place(&mut self) -> io::Result<()> {
        let (entries, files): (Vec<Entry>, Vec<Vec<Staged>>) = self.waiting.drain(..).unzip();
        let files: Vec<Staged> = files.into_iter().flatten().collect();
        atomic_file::place(&self.folder, files)?;
        entries.into_iter().try_for_each(|entry| self.append(entry))?;
        self.out.flush()
    }

    fn append(&mut self, entry: Entry) -> io::Result<()> {
        let (sha256, bytes) = entry.pdf.map(|file| (file.sha256, file.bytes)).unzip();
        let line = Line {
            id: entry.id,
            row: entry.row,
            status: "made".to_owned(),
            sha256,
            bytes,
            pages: entry.pages,
            content_version: entry.content_version,
            html: entry.html,
            request: entry.request,
            warnings: entry.warnings,
        };
        serde_json::to_writer(&mut self.out, &line)?;
        self.out.write_all(b"\n")
    }

    /// Ends a run that got to the roster's end, or keeps what an earlier run proves for the next try.
    pub fn end(mut self, whole: bool) -> Result<(), BatchError> {
        let path = self.folder.join(NAME);
        let mut end = || -> io::Result<()> {
            self.place()?;
            self.out.get_ref().sync_all()?;
            if whole { remove(&self.folder.join(EARLIER)) } else { Ok(()) }
        };
        end().map_err(BatchError::write(path))
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Adds the manifest of the run before to what runs before it left.
fn set_aside(folder: &Path) -> io::Result<()> {
    let (now, earlier) = (folder.join(NAME), folder.join(EARLIER));
    let Ok(mut source) = File::open(&now) else { return Ok(()) };
    let mut out = fs::OpenOptions::new().create(true).append(true).open(&earlier)?;
    // A line that a crash cut off must not swallow the next one.
    out.write_all(b"\n")?;
    io::copy(&mut source, &mut out)?;
    out.sync_all()
}
