//! The manifest: a line a row that is made, in the roster's order, and what an earlier one proves. Files get their
//! names here, many at once, and then their lines: a line is proof.
//!
//! A run that resumes another keeps the old manifest beside the new one until it ends, so that a second crash loses
//! nothing either.

use super::row::hex;
use super::{BatchError, Plan};
use crate::atomic_file::{self, Staged};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

const NAME: &str = "manifest.jsonl";
/// Lines of the run that this one resumes.
const EARLIER: &str = ".manifest-earlier.jsonl";
/// A line holds an id, hashes and numbers; what is longer is none of ours.
const LONGEST_LINE: usize = 4096;

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
}

/// A file that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub sha256: String,
    pub bytes: u64,
}

/// A line as it is written.
#[derive(Serialize, Deserialize)]
struct Line {
    id: String,
    row: u64,
    status: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    bytes: Option<u64>,
    pages: usize,
    content_version: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    html: Option<Written>,
    request: String,
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

/// What earlier runs are proven to have done: by their manifests, and by the hashes of files that stand.
#[derive(Default)]
pub struct Proven {
    entries: HashMap<[u8; 16], Kept>,
}

struct Kept {
    request: [u8; 32],
    pages: u32,
    pdf: Option<([u8; 32], u64)>,
    html: Option<([u8; 32], u64)>,
}

impl Proven {
    pub fn read(folder: &Path) -> Result<Proven, BatchError> {
        let mut proven = Proven::default();
        for name in [EARLIER, NAME] {
            let path = folder.join(name);
            match File::open(&path) {
                Ok(file) => proven.take(BufReader::new(file)).map_err(BatchError::write(&path))?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(BatchError::Write { path, source: error }),
            }
        }
        Ok(proven)
    }

    /// Lines that cannot be read prove nothing.
    fn take(&mut self, mut source: impl BufRead) -> io::Result<()> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = source.by_ref().take(LONGEST_LINE as u64).read_until(b'\n', &mut line)?;
            if read == 0 {
                return Ok(());
            }
            if let Some((id, kept)) = kept(&line) {
                self.entries.insert(id, kept);
            }
        }
    }

    /// The entry of a row that needs no work: same request, same content, and its files stand with the same bytes.
    pub fn entry(&self, asked: &Entry, plan: &Plan) -> Option<Entry> {
        let (id, request) = (asked.id.as_str(), asked.request.as_str());
        let kept = self.entries.get(&name_of(id))?;
        if hex(&kept.request) != request || plan.pdf != kept.pdf.is_some() || plan.html != kept.html.is_some()
        {
            return None;
        }
        let stands = |file: &Option<([u8; 32], u64)>, ending: &str| -> Option<Option<Written>> {
            let Some((sha256, bytes)) = file else { return Some(None) };
            let path = plan.folder.join(format!("{id}.{ending}"));
            let same = fs::metadata(&path).is_ok_and(|data| data.is_file() && data.len() == *bytes)
                && fs::read(&path).is_ok_and(|found| Sha256::digest(&found).as_slice() == sha256);
            same.then(|| Some(Written { sha256: hex(sha256), bytes: *bytes }))
        };
        Some(Entry {
            pages: kept.pages as usize,
            pdf: stands(&kept.pdf, "pdf")?,
            html: stands(&kept.html, "html")?,
            ..asked.clone()
        })
    }
}

fn name_of(id: &str) -> [u8; 16] {
    let mut name = [0; 16];
    name.copy_from_slice(&Sha256::digest(id)[..16]);
    name
}

fn kept(line: &[u8]) -> Option<([u8; 16], Kept)> {
    let line: Line = serde_json::from_slice(line).ok()?;
    let pdf = match (line.sha256, line.bytes) {
        (Some(sha256), Some(bytes)) => Some((unhex(&sha256)?, bytes)),
        _ => None,
    };
    let html = match line.html {
        Some(file) => Some((unhex(&file.sha256)?, file.bytes)),
        None => None,
    };
    let kept = Kept { request: unhex(&line.request)?, pages: line.pages as u32, pdf, html };
    Some((name_of(&line.id), kept))
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}
