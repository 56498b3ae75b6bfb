//! A row's line in the manifest, and the files that it speaks of.

use super::remark::Remark;
use crate::plain_file;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Read};
use std::path::Path;

/// Lines of the run that this one resumes.
pub const EARLIER: &str = ".manifest-earlier.jsonl";

/// What the name of a note for the chart ends in.
pub const NOTE_ENDING: &str = "note.txt";

const MADE: &str = "made";
/// A line holds an id, hashes, numbers and warnings; what is longer is none of ours. Bytes.
pub const LONGEST_LINE: u64 = 16 << 10;

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
    /// The note for the chart.
    pub note: Option<Written>,
    /// Its times for a calendar.
    pub ics: Option<Written>,
    pub content_version: String,
    pub treatment: String,
    /// Whether somebody had signed its texts as they were.
    pub signed: bool,
    pub warnings: Vec<Remark>,
}

/// A file that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub sha256: String,
    pub bytes: u64,
}

/// The line of a row that is made. `sha256` and `bytes` are those of the PDF, without one of
/// the first of the others.
#[derive(Serialize, Deserialize)]
pub struct Line {
    pub id: String,
    pub row: u64,
    pub status: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bytes: Option<u64>,
    pub pages: usize,
    pub content_version: String,
    /// Lines of earlier versions of the program lack these two.
    #[serde(default)]
    pub treatment: String,
    #[serde(default)]
    pub signed: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub html: Option<Written>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<Written>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ics: Option<Written>,
    pub request: String,
    /// What somebody should know of the sheet.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub warnings: Vec<Remark>,
}

impl Line {
    pub fn of(entry: Entry) -> Line {
        let first = entry
            .pdf
            .or_else(|| entry.html.clone())
            .or_else(|| entry.note.clone())
            .or_else(|| entry.ics.clone());
        let (sha256, bytes) = first.map(|file| (file.sha256, file.bytes)).unzip();
        Line {
            id: entry.id,
            row: entry.row,
            status: MADE.to_owned(),
            sha256,
            bytes,
            pages: entry.pages,
            content_version: entry.content_version,
            treatment: entry.treatment,
            signed: entry.signed,
            html: entry.html,
            note: entry.note,
            ics: entry.ics,
            request: entry.request,
            warnings: entry.warnings,
        }
    }

    /// A line that proves something.
    pub fn read(text: &[u8]) -> Option<Line> {
        serde_json::from_slice(text).ok().filter(|line: &Line| line.status == MADE)
    }

    pub fn pdf(&self) -> Option<Written> {
        let first = self.sha256.clone().zip(self.bytes).map(|(sha256, bytes)| Written { sha256, bytes });
        first.filter(|first| {
            [&self.html, &self.note, &self.ics].iter().all(|other| other.as_ref() != Some(first))
        })
    }

    /// Whether it names files, and these are there.
    pub fn stands(&self, folder: &Path) -> bool {
        let files = [
            (self.pdf(), "pdf"),
            (self.html.clone(), "html"),
            (self.note.clone(), NOTE_ENDING),
            (self.ics.clone(), "ics"),
        ];
        let mut named = files.iter().filter_map(|(file, ending)| Some((file.as_ref()?, ending))).peekable();
        let stands = |(file, ending): (&Written, &&str)| {
            let path = folder.join(format!("{}.{ending}", self.id));
            plain_file::length(&path).is_ok_and(|length| length == file.bytes)
        };
        named.peek().is_some() && named.all(stands)
    }
}

/// Reads on to the end of a line, or as far as a line of ours can be long. The number of bytes; 0 at the end.
pub fn next_line(file: &mut impl BufRead, text: &mut Vec<u8>) -> io::Result<u64> {
    text.clear();
    file.by_ref().take(LONGEST_LINE).read_until(b'\n', text).map(|read| read as u64)
}
