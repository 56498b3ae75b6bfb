//! What earlier runs are proven to have done: by the lines of their manifests, and by the hashes of files that stand.

use super::index::{Index, Key};
use super::manifest::{EARLIER, Entry, Line, Written};
use super::row::hex;
use super::{BatchError, Plan};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;
use std::sync::Mutex;

/// A line holds an id, hashes, numbers and warnings; what is longer is none of ours. Bytes.
const LONGEST_LINE: u64 = 16 << 10;

/// The lines stay on the disk, and are read when their row comes.
#[derive(Default)]
pub struct Proven {
    lines: Option<Mutex<Lines>>,
}

struct Lines {
    file: BufReader<File>,
    /// Where the last line of each id starts.
    starts: Index,
}

impl Proven {
    /// What runs before this one left in a folder whose manifest is set aside.
    pub fn read(folder: &Path) -> Result<Proven, BatchError> {
        let path = folder.join(EARLIER);
        let lines = match File::open(&path) {
            Ok(file) => Some(Lines::read(file, folder).map_err(BatchError::write(&path))?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(BatchError::Write { path, source: error }),
        };
        Ok(Proven { lines: lines.map(Mutex::new) })
    }

    /// The entry of a row that needs no work: same request, same content, and its files stand with the same bytes.
    pub fn entry(&self, asked: &Entry, plan: &Plan) -> Option<Entry> {
        // A line that cannot be read proves nothing: its row is made once more.
        let line = self.lines.as_ref()?.lock().ok()?.line(&asked.id).ok()??;
        if line.request != asked.request
            || plan.pdf != line.pdf().is_some()
            || plan.html != line.html.is_some()
        {
            return None;
        }
        let stands = |file: Option<Written>, ending: &str| -> Option<Option<Written>> {
            let Some(file) = file else { return Some(None) };
            let path = plan.folder.join(format!("{}.{ending}", asked.id));
            let same = fs::metadata(&path).is_ok_and(|data| data.is_file() && data.len() == file.bytes)
                && fs::read(&path).is_ok_and(|found| hex(&Sha256::digest(&found)) == file.sha256);
            same.then_some(Some(file))
        };
        Some(Entry {
            pages: line.pages,
            pdf: stands(line.pdf(), "pdf")?,
            html: stands(line.html, "html")?,
            warnings: line.warnings,
            ..asked.clone()
        })
    }
}

impl Lines {
    /// Lines that cannot be read prove nothing.
    fn read(file: File, folder: &Path) -> io::Result<Lines> {
        let mut lines = Lines { file: BufReader::new(file), starts: Index::new(folder.to_owned()) };
        let (mut start, mut text) = (0, Vec::new());
        loop {
            let read = lines.next(&mut text)?;
            if read == 0 {
                return Ok(lines);
            }
            if let Ok(line) = serde_json::from_slice::<Line>(&text) {
                lines.starts.put(key(&line.id), start)?;
            }
            start += read;
        }
    }

    fn next(&mut self, text: &mut Vec<u8>) -> io::Result<u64> {
        text.clear();
        self.file.by_ref().take(LONGEST_LINE).read_until(b'\n', text).map(|read| read as u64)
    }

    fn line(&mut self, id: &str) -> io::Result<Option<Line>> {
        let Some(start) = self.starts.get(&key(id))? else { return Ok(None) };
        // Rows come in the order of the lines, or nearly: mostly the line is in the buffer.
        let here = self.file.stream_position()?;
        self.file.seek_relative(start as i64 - here as i64)?;
        let mut text = Vec::new();
        self.next(&mut text)?;
        let line: Option<Line> = serde_json::from_slice(&text).ok();
        Ok(line.filter(|line| line.id == id))
    }
}

impl Line {
    fn pdf(&self) -> Option<Written> {
        self.sha256.clone().zip(self.bytes).map(|(sha256, bytes)| Written { sha256, bytes })
    }
}

fn key(id: &str) -> Key {
    let mut key = Key::default();
    key.iter_mut().zip(Sha256::digest(id)).for_each(|(to, from)| *to = from);
    key
}
