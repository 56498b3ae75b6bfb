//! The manifest: a line a row, in the roster's order. Files get their names here, many at once, and then their lines: a
//! line is proof.
//!
//! A run that goes on from another keeps the old manifest beside the new one until it ends, so that a second crash loses
//! nothing either. At its end the lines of rows that its roster does not hold come after its own.

use super::BatchError;
use super::checkpoint::Checkpoint;
use super::entry::{EARLIER, Entry, LONGEST_LINE, Line, next_line};
use super::remark::Remarks;
use crate::atomic_file::{self, Folder, Staged};
use crate::plain_file;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

pub(super) const NAME: &str = "manifest.jsonl";
/// A row that failed. Its words, and the reason in words, stand in the list of failed rows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Failed {
    /// `None` when the row has none that could name a file.
    id: Option<String>,
    row: u64,
    status: String,
    /// The rule that it breaks first.
    code: String,
    pages: usize,
    content_version: String,
}

impl Failed {
    pub fn new(remarks: &Remarks, content_version: &str) -> Failed {
        Failed {
            id: remarks.id.clone(),
            row: remarks.row,
            status: FAILED.to_owned(),
            code: remarks.remarks.first().map_or_else(String::new, |fault| fault.code.clone()),
            pages: 0,
            content_version: content_version.to_owned(),
        }
    }
}

const FAILED: &str = "failed";
/// The manifest of a run, as it grows.
pub struct Manifest<'a> {
    folder: PathBuf,
    /// Held from before the first row's files are written.
    held: Folder,
    out: BufWriter<File>,
    earlier: &'a Checkpoint,
    content_version: &'a str,
    /// Rows whose lines are not written, because their files have no names yet.
    waiting: Vec<Waiting>,
}

enum Waiting {
    Made(Entry, Vec<Staged>),
    Failed(Failed),
}

/// Rows whose files are synced and named at once. What a crash costs: so many rows are made once more.
const WAITING: usize = 64;

/// Gives a folder to a run, before its manifest: what killed runs left half-made goes. `go_on`: the manifest that stands
/// is set aside, to be read by [`Checkpoint`]; else it is forgotten.
pub fn prepare(folder: &Path, go_on: bool) -> Result<(), BatchError> {
    let prepare = || -> io::Result<()> {
        atomic_file::clear_staged(folder)?;
        atomic_file::clear_unfinished(folder)?;
        if go_on { set_aside(folder) } else { atomic_file::remove(&folder.join(EARLIER)) }
    };
    prepare().map_err(BatchError::write(folder.join(NAME)))
}

impl<'a> Manifest<'a> {
    /// In a folder that is [`prepare`]d. `earlier` is what runs before this one did.
    pub fn begin(
        folder: &Path,
        earlier: &'a Checkpoint,
        content_version: &'a str,
    ) -> Result<Manifest<'a>, BatchError> {
        let path = folder.join(NAME);
        // A link in its place must not lead the lines into another file.
        let file = atomic_file::remove(&path)
            .and_then(|()| File::create_new(&path))
            .map_err(BatchError::write(path))?;
        let held = Folder::hold(folder).map_err(BatchError::write(folder))?;
        let (folder, out) = (folder.to_owned(), BufWriter::new(file));
        Ok(Manifest { folder, held, out, earlier, content_version, waiting: Vec::new() })
    }

    pub fn add(&mut self, entry: Entry, files: Vec<Staged>) -> Result<(), BatchError> {
        self.earlier.strike(&entry.id).map_err(BatchError::write(self.folder.join(EARLIER)))?;
        self.push(Waiting::Made(entry, files))
    }

    pub fn add_failed(&mut self, remarks: &Remarks) -> Result<(), BatchError> {
        let failed = Failed::new(remarks, self.content_version);
        if let Some(id) = &failed.id {
            self.earlier.strike(id).map_err(BatchError::write(self.folder.join(EARLIER)))?;
        }
        self.push(Waiting::Failed(failed))
    }

    fn push(&mut self, row: Waiting) -> Result<(), BatchError> {
        self.waiting.push(row);
        if self.waiting.len() < WAITING {
            return Ok(());
        }
        let path = self.folder.join(NAME);
        self.place().map_err(BatchError::write(path))
    }

    /// Nothing more comes for now: what waits for others is put in its place.
    pub fn rest(&mut self) -> Result<(), BatchError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let path = self.folder.join(NAME);
        self.place().map_err(BatchError::write(path))
    }

    /// Names the files that wait, then writes their lines.
    fn place(&mut self) -> io::Result<()> {
        let mut rows = std::mem::take(&mut self.waiting);
        let files = rows.iter_mut().flat_map(|row| match row {
            Waiting::Made(_, files) => std::mem::take(files),
            Waiting::Failed(_) => Vec::new(),
        });
        self.held.place(files.collect())?;
        for row in rows {
            match row {
                Waiting::Made(entry, _) => self.write(&Line::of(entry))?,
                Waiting::Failed(failed) => self.write(&failed)?,
            }
        }
        self.out.flush()
    }

    fn write(&mut self, line: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, line)?;
        self.out.write_all(b"\n")
    }

    /// Ends a run that got to the roster's end, or keeps what an earlier run proves for the next try. `keeps`: ids of
    /// rows that this run did not meet and whose lines stay.
    pub fn end(mut self, whole: bool, keeps: impl Fn(&str) -> bool) -> Result<(), BatchError> {
        let path = self.folder.join(NAME);
        let end = || -> io::Result<()> {
            self.place()?;
            if whole {
                self.earlier.rest(&self.folder, keeps, &mut self.out)?;
                self.out.flush()?;
            }
            self.out.get_ref().sync_all()?;
            if whole { atomic_file::remove(&self.folder.join(EARLIER)) } else { Ok(()) }
        };
        end().map_err(BatchError::write(path))
    }

    /// Tells the id of every row of a folder whose PDF an earlier run made.
    pub fn ids_of_pdfs(folder: &Path, tell: &mut dyn FnMut(&str)) {
        for name in [EARLIER, NAME] {
            let Ok(file) = plain_file::open(&folder.join(name)) else { continue };
            let (mut file, mut text) = (BufReader::new(file), Vec::new());
            while next_line(&mut file, &mut text).is_ok_and(|read| read > 0) {
                let line = serde_json::from_slice::<Line>(&text).ok();
                if let Some(line) = line.filter(|line| line.pdf().is_some()) {
                    tell(&line.id);
                }
            }
        }
    }
}

/// Whether a file is a manifest of ours: it has a line of one, or nothing yet.
pub(super) fn is_ours(path: &Path) -> io::Result<bool> {
    let file = plain_file::open(path)?;
    let (mut file, mut text) = (BufReader::new(file.take(16 * LONGEST_LINE)), Vec::new());
    let mut empty = true;
    while next_line(&mut file, &mut text).is_ok_and(|read| read > 0) {
        let is_line = serde_json::from_slice::<Line>(&text).is_ok();
        if is_line || serde_json::from_slice::<Failed>(&text).is_ok() {
            return Ok(true);
        }
        // A crash of the machine may leave zeros.
        empty &= text.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace());
    }
    Ok(empty)
}

/// Puts the manifest of the run before behind what runs before it left. Only lines of ours are taken over, and the file is
/// made anew: what stands under its name may be somebody else's.
fn set_aside(folder: &Path) -> io::Result<()> {
    let (now, earlier) = (folder.join(NAME), folder.join(EARLIER));
    if !stands(&now)? {
        return Ok(());
    }
    let mut file = atomic_file::begin(&earlier)?;
    let mut out = BufWriter::new(file.as_file_mut());
    for source in [&earlier, &now] {
        if stands(source)? {
            take_over(source, &mut out)?;
        }
    }
    out.flush()?;
    drop(out);
    atomic_file::finish(file, &earlier)
}

fn stands(path: &Path) -> io::Result<bool> {
    match plain_file::length(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        length => length.map(|_| true),
    }
}

/// Writes the lines that prove something.
fn take_over(source: &Path, out: &mut impl Write) -> io::Result<()> {
    let (mut file, mut text) = (BufReader::new(plain_file::open(source)?), Vec::new());
    while next_line(&mut file, &mut text)? > 0 {
        if let Some(line) = Line::read(&text) {
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}
