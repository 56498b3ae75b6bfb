//! What a batch is asked to do.

use crate::request::roster::Shard;
use chrono::{DateTime, Utc};
use std::io::{self, Write};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

/// A batch as meant.
#[derive(Debug)]
pub struct Plan {
    /// The file that the roster is read from, if it is one: no run takes it away before all of its rows are done.
    pub roster: Option<PathBuf>,
    /// Where handouts, manifest and list of failures go.
    pub folder: PathBuf,
    /// All of that in one archive instead.
    pub pack: Option<Destination>,
    /// A file a row: `<id>.pdf`.
    pub pdf: bool,
    /// `<id>.html`.
    pub html: bool,
    /// `<id>.note.txt`.
    pub note: bool,
    /// `<id>.ics`.
    pub ics: bool,
    /// Behind the PDF of a row in another language its copy in the language of the original.
    pub with_source: bool,
    /// All rows in one PDF.
    pub merge: Option<Merge>,
    /// Rows made at the same time.
    pub jobs: NonZeroUsize,
    /// Keep what an earlier run is proven to have done.
    pub resume: bool,
    /// Write over files that aftercare did not make.
    pub force: bool,
    /// Rows whose texts are a draft are faults.
    pub require_signed: bool,
    /// Check all rows and write nothing.
    pub dry_run: bool,
    pub shard: Option<Shard>,
    /// The session's time of rows that name none, and "today" for review dates.
    pub now: DateTime<Utc>,
    /// Set from outside to finish the rows in hand and stop.
    pub stop: &'static AtomicBool,
}

/// Where an archive goes.
#[derive(Clone, Debug)]
pub enum Destination {
    Zip(PathBuf),
    Tar(Stream),
    /// A ZIP in an object store.
    #[cfg(feature = "object-store")]
    Object(crate::store::Place),
}

/// A stream that an archive is written to.
#[derive(Clone)]
pub struct Stream(Arc<Mutex<dyn Write + Send>>);

impl Stream {
    pub fn new(out: impl Write + Send + 'static) -> Stream {
        Stream(Arc::new(Mutex::new(out)))
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stream")
    }
}

/// One print-ready PDF: each record starts on a front side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    pub file: PathBuf,
    /// A new file after so many records: `FILE-0001.pdf`, `FILE-0002.pdf`, …
    pub every: Option<NonZeroU32>,
}

impl Plan {
    /// Whether the run goes on from what stands in its folder, or begins anew. Parts of a roster add up in a folder.
    pub(super) fn goes_on(&self, mending: bool) -> bool {
        self.resume || mending || self.shard.is_some()
    }

    /// Whether a row of an earlier run that is not in this one's roster keeps its line.
    pub(super) fn keeps_line_of(&self, id: &str, mending: bool) -> bool {
        let is_of_another_part = || self.shard.is_some_and(|shard| !shard.holds(Some(id), 0));
        self.resume || mending || is_of_another_part()
    }
}

impl Merge {
    /// The merged file of a number, from 1.
    pub fn path(&self, number: usize) -> PathBuf {
        match self.every {
            None => self.file.clone(),
            Some(_) => self.file.with_file_name(format!("{}-{number:04}.pdf", self.stem())),
        }
    }

    /// The number of the part that a file of this name, without its ending, would be; 1 of a merged file without parts.
    /// A file system may not tell capitals from small letters.
    pub fn number(&self, stem: &str) -> Option<usize> {
        if self.every.is_none() {
            return stem.eq_ignore_ascii_case(&self.stem()).then_some(1);
        }
        part_number(&self.stem(), stem)
    }

    pub(super) fn stem(&self) -> String {
        self.file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(super) fn folder(&self) -> &Path {
        let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new("."))
    }
}

/// The number at the end of `STEM-0012`.
pub(super) fn part_number(stem: &str, name: &str) -> Option<usize> {
    let (start, number) = name.rsplit_once('-')?;
    let is_number = number.len() >= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && start.eq_ignore_ascii_case(stem)).then(|| number.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_merged_file_is_known_by_its_name() {
        let merge = |every| Merge { file: "new/all.pdf".into(), every };
        let (whole, parts) = (merge(None), merge(NonZeroU32::new(50)));
        assert_eq!(parts.path(7), PathBuf::from("new/all-0007.pdf"));
        assert_eq!([parts.number("ALL-0007"), parts.number("all-12345")], [Some(7), Some(12345)]);
        for other in ["all", "all-7", "all-000x", "ball-0007", "all-0007-2", "all-99999999999999999999999"] {
            assert_eq!(parts.number(other), None, "{other}");
        }
        assert_eq!([whole.number("All"), whole.number("all-0001")], [Some(1), None]);
    }
}
