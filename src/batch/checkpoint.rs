//! What earlier runs are proven to have done: by the lines of their manifests, and by the hashes of files that stand.

use super::entry::{EARLIER, Entry, Line, NOTE_ENDING, Written, next_line};
use super::index::{Index, Key, MET};
use super::{BatchError, Plan};
use crate::hex::hex;
use crate::plain_file;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

/// Bytes at either end of a file that tell whether it is a whole one.
const ENDS: usize = 1024;

/// The lines stay on the disk, and are read when their row comes.
#[derive(Default)]
pub struct Checkpoint {
    lines: Option<Mutex<Lines>>,
}

struct Lines {
    file: BufReader<File>,
    /// Where the last line of each id starts.
    starts: Index,
}

impl Checkpoint {
    /// What runs before this one left in a folder whose manifest is set aside.
    pub fn read(folder: &Path) -> Result<Checkpoint, BatchError> {
        let path = folder.join(EARLIER);
        let lines = match plain_file::open(&path) {
            Ok(file) => Some(Lines::read(file, folder).map_err(BatchError::write(&path))?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(BatchError::Write { path, source: error }),
        };
        Ok(Checkpoint { lines: lines.map(Mutex::new) })
    }

    /// What the manifest of an archive says; an index of it goes into `folder`, if it is long.
    pub fn of_archive(manifest: File, folder: &Path) -> io::Result<Checkpoint> {
        Ok(Checkpoint { lines: Some(Mutex::new(Lines::read(manifest, folder)?)) })
    }

    fn lines(&self) -> Option<MutexGuard<'_, Lines>> {
        self.lines.as_ref()?.lock().ok()
    }

    fn line(&self, id: &str) -> Option<Line> {
        // A line that cannot be read proves nothing: its row is made once more.
        self.lines()?.line(id).ok()?
    }

    /// Whether an earlier run made the row.
    pub fn knows(&self, id: &str) -> bool {
        self.line(id).is_some()
    }

    /// The entry of a row that needs no work: same request, same content, and its files stand with the same bytes.
    pub fn entry(&self, asked: &Entry, plan: &Plan) -> Option<Entry> {
        let line = self.line(&asked.id).filter(|_| plan.resume)?;
        if line.request != asked.request
            || plan.pdf != line.pdf().is_some()
            || plan.html != line.html.is_some()
            || plan.note != line.note.is_some()
            || plan.ics != line.ics.is_some()
        {
            return None;
        }
        let stands = |file: Option<Written>, ending: &str| -> Option<Option<Written>> {
            let Some(file) = file else { return Some(None) };
            // An archive is whole where it stands.
            if plan.pack.is_some() {
                return Some(Some(file));
            }
            let path = plan.folder.join(format!("{}.{ending}", asked.id));
            let same = plain_file::length(&path).is_ok_and(|length| length == file.bytes)
                && plain_file::read(&path).is_ok_and(|found| hex(&Sha256::digest(&found)) == file.sha256);
            same.then_some(Some(file))
        };
        Some(Entry {
            pages: line.pages,
            pdf: stands(line.pdf(), "pdf")?,
            html: stands(line.html, "html")?,
            note: stands(line.note, NOTE_ENDING)?,
            ics: stands(line.ics, "ics")?,
            signed: line.signed,
            warnings: line.warnings,
            ..asked.clone()
        })
    }

    /// Whether a file that carries no mark is what is left of one that an earlier run made: it has the name that the
    /// run gave it, and is empty, zeros, or begins as ours do and breaks off.
    pub fn is_remnant(&self, id: &str, path: &Path) -> bool {
        let Some(line) = self.line(id) else { return false };
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let (written, start, end) = match &*ending {
            "pdf" => (line.pdf(), &b"%PDF-1.7\n"[..], &b"%%EOF"[..]),
            "html" => (line.html, &b"<!DOCTYPE html>"[..], &b"</html>"[..]),
            "ics" => (line.ics, &b"BEGIN:VCALENDAR"[..], &b"END:VCALENDAR"[..]),
            // A note begins with words, as anybody's text does.
            _ => (line.note, &b"\0"[..], &b"\0"[..]),
        };
        written.is_some_and(|written| breaks_off(path, written.bytes, start, end).unwrap_or(false))
    }

    /// The run at work has met this row: what earlier runs say of it is past.
    ///
    /// # Errors
    ///
    /// That cannot be kept.
    pub fn strike(&self, id: &str) -> io::Result<()> {
        let Some(mut lines) = self.lines() else { return Ok(()) };
        match lines.starts.get(&key(id))? {
            Some(_) => lines.starts.put(key(id), MET),
            None => Ok(()),
        }
    }

    /// Writes the lines of rows that the run did not meet, in the order in which they stand, as long as their files do.
    ///
    /// # Errors
    ///
    /// They cannot be read or written.
    pub fn rest(&self, folder: &Path, keeps: impl Fn(&str) -> bool, out: &mut impl Write) -> io::Result<()> {
        let Some(mut lines) = self.lines() else { return Ok(()) };
        lines.file.seek(SeekFrom::Start(0))?;
        let (mut start, mut text) = (0, Vec::new());
        loop {
            let read = next_line(&mut lines.file, &mut text)?;
            if read == 0 {
                return Ok(());
            }
            if let Some(line) = Line::read(&text)
                && lines.starts.get(&key(&line.id))? == Some(start)
                && keeps(&line.id)
                && line.stands(folder)
            {
                serde_json::to_writer(&mut *out, &line)?;
                out.write_all(b"\n")?;
            }
            start += read;
        }
    }
}

/// Whether a file is shorter than it was, begins with `start` as far as it goes, and has no `end`; or holds nothing.
fn breaks_off(path: &Path, bytes: u64, start: &[u8], end: &[u8]) -> io::Result<bool> {
    let mut file = plain_file::open(path)?;
    let length = file.metadata()?.len();
    let mut text = Vec::new();
    (&mut file).take(ENDS as u64).read_to_end(&mut text)?;
    if text.iter().all(|byte| *byte == 0) {
        return Ok(true);
    }
    let begins = text.iter().zip(start).all(|(found, ours)| found == ours);
    file.seek(SeekFrom::Start(length.saturating_sub(ENDS as u64)))?;
    text.clear();
    file.read_to_end(&mut text)?;
    Ok(begins && length < bytes && !text.windows(end.len()).any(|found| found == end))
}

impl Lines {
    /// Lines that cannot be read prove nothing.
    fn read(file: File, folder: &Path) -> io::Result<Lines> {
        let mut lines = Lines { file: BufReader::new(file), starts: Index::new(folder.to_owned()) };
        let (mut start, mut text) = (0, Vec::new());
        loop {
            let read = next_line(&mut lines.file, &mut text)?;
            if read == 0 {
                return Ok(lines);
            }
            if let Some(line) = Line::read(&text) {
                lines.starts.put(key(&line.id), start)?;
            }
            start += read;
        }
    }

    fn line(&mut self, id: &str) -> io::Result<Option<Line>> {
        let Some(start) = self.starts.get(&key(id))?.filter(|start| *start != MET) else { return Ok(None) };
        // Rows come in the order of the lines, or nearly: mostly the line is in the buffer.
        let here = self.file.stream_position()?;
        self.file.seek_relative(start as i64 - here as i64)?;
        let mut text = Vec::new();
        next_line(&mut self.file, &mut text)?;
        Ok(Line::read(&text).filter(|line| line.id == id))
    }
}

/// Capitals and small letters are the same in an id.
pub(super) fn key(id: &str) -> Key {
    let mut key = Key::default();
    key.iter_mut().zip(Sha256::digest(id.to_ascii_lowercase())).for_each(|(to, from)| *to = from);
    key
}
