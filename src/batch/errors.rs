//! `errors.csv`: the rows that failed, as they were given, with `line` and `reason`. Mended, it is a roster. What a row
//! says beside its columns stands in a column of its own.
//!
//! A mended list is the only copy of its rows. A run that reads it as its roster leaves it as it is until the last row
//! is done; a run that does not read it keeps it under another name. So does a run that meets a list of another roster.

use super::BatchError;
use super::retry_list::RetryList;
use crate::atomic_file::{self, Readers};
use crate::hex::hex;
use crate::plain_file;
use crate::request::roster::{ADDED, UNREAD, guarded};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

pub(super) const NAME: &str = "errors.csv";
/// The hash of the list as it was written, to see whether somebody mended it since.
pub(super) const RECORD: &str = ".aftercare-errors.sha256";
/// Lists that were mended and not run.
const EARLIER: &str = "errors-earlier";
/// Bytes of a header, at most.
const HEADER: u64 = 64 << 10;

/// The rows of such a list.
pub(super) struct Rows<W: io::Write> {
    out: csv::Writer<W>,
    pub sign: u8,
    pub count: u64,
    /// Where columns stand for words beside the columns, and for what stands above rows, as long as no row has any: then
    /// they go.
    unused: Vec<usize>,
}

impl<W: io::Write> Rows<W> {
    pub fn new(out: W, columns: &[String], sign: u8) -> io::Result<Rows<W>> {
        let mut out = table(out, sign)?;
        out.write_record(own(columns).map(|(_, column)| column).chain(ADDED))?;
        let from = own(columns).position(|(_, column)| column == UNREAD).unwrap_or(usize::MAX);
        let unused = (0..own(columns).count()).filter(|at| *at >= from).collect();
        Ok(Rows { out, sign, count: 0, unused })
    }

    pub fn add(&mut self, columns: &[String], given: &[String], line: u64, reason: &str) -> io::Result<()> {
        self.count += 1;
        let line = line.to_string();
        let cells = own(columns).map(|(index, _)| given.get(index).map_or("", String::as_str));
        let cells: Vec<&str> = cells.collect();
        self.unused.retain(|at| cells.get(*at).is_none_or(|cell| cell.trim().is_empty()));
        let record = cells.into_iter().chain([line.as_str(), reason]).map(guarded).collect::<Vec<_>>();
        Ok(self.out.write_record(record.iter().map(|cell| cell.as_bytes()))?)
    }

    /// What was written, and the columns that have to go.
    pub fn end(self) -> io::Result<(W, Vec<usize>)> {
        let out = self.out.into_inner().map_err(|error| error.into_error())?;
        Ok((out, self.unused))
    }
}

/// Written aside; put in place at the end if a row failed, else an earlier one goes.
pub struct FailedRows {
    path: PathBuf,
    rows: Rows<NamedTempFile>,
    /// A row whose words are not all in the list, as they stand in the roster.
    lossy: bool,
    earlier: Earlier,
}

/// The list that stands there when the run begins.
enum Earlier {
    /// There is none, or one that somebody changed.
    Other,
    /// It is the roster of this run, and has this hash.
    Roster(String),
    /// As we wrote it; rows of it that this run has not met.
    Untouched(Box<RetryList>),
}

impl FailedRows {
    /// `mending`: the list that stands in the folder is the roster of this run.
    /// `sign`: what stands between the cells, which is what the roster has.
    pub fn begin(
        folder: &Path,
        columns: &[String],
        sign: Option<u8>,
        mending: bool,
    ) -> Result<FailedRows, BatchError> {
        let sign = sign.unwrap_or(b',');
        let path = folder.join(NAME);
        let begin = || -> io::Result<_> {
            let earlier = earlier(&path, mending)?;
            Ok((earlier, Rows::new(atomic_file::begin(&path)?, columns, sign)?))
        };
        let (earlier, rows) = begin().map_err(|error| match error.kind() {
            io::ErrorKind::ResourceBusy => BatchError::Locked(folder.to_owned()),
            _ => BatchError::write(&path)(error),
        })?;
        Ok(FailedRows { path, rows, lossy: false, earlier })
    }

    pub fn add(
        &mut self,
        columns: &[String],
        given: &[String],
        line: u64,
        reason: &str,
    ) -> Result<(), BatchError> {
        self.lossy |= given.iter().all(|cell| cell.trim().is_empty());
        self.meet(columns, given)?;
        self.rows.add(columns, given, line, reason).map_err(BatchError::write(&self.path))
    }

    /// The roster has bytes that no list can hold, as they are no UTF-8.
    pub fn lose(&mut self) {
        self.lossy = true;
    }

    /// The run has a row of these cells.
    pub fn meet(&mut self, columns: &[String], given: &[String]) -> Result<(), BatchError> {
        let Earlier::Untouched(retries) = &mut self.earlier else { return Ok(()) };
        let cells = columns.iter().map(String::as_str).zip(given.iter().map(String::as_str));
        retries.meet(cells).map_err(BatchError::write(&self.path))
    }

    /// Puts the list in its place. `whole`: the run got to the roster's end. Gives the new name of a file that stood there
    /// and was not this run's to replace.
    pub fn end(self, whole: bool) -> Result<Option<PathBuf>, BatchError> {
        let path = self.path.clone();
        self.put(whole).map_err(BatchError::write(path))
    }

    fn put(self, whole: bool) -> io::Result<Option<PathBuf>> {
        let FailedRows { path, rows, lossy, earlier } = self;
        let (sign, count) = (rows.sign, rows.count);
        let mending = matches!(earlier, Earlier::Roster(_));
        // Rows that are not done yet stand nowhere but in the roster; failures before the stop will fail again.
        if !whole && (mending || count == 0) {
            return Ok(None);
        }
        let ours = mending || is_list(&path);
        let stands = path.symlink_metadata().is_ok_and(|found| found.is_file());
        let done = || -> io::Result<bool> {
            Ok(match &earlier {
                Earlier::Other => false,
                Earlier::Roster(read) => *read == hash(&path)? && !lossy,
                Earlier::Untouched(retries) => is_untouched(&path)? && !retries.any(),
            })
        };
        let kept = match stands && (ours || count > 0) {
            true if ours && done()? => None,
            true => Some(keep(&path)?),
            false => None,
        };
        if count > 0 {
            write(rows, sign, &path)?;
        } else if ours {
            atomic_file::remove(&path)?;
            atomic_file::remove(&record(&path))?;
        }
        Ok(kept)
    }
}

fn earlier(path: &Path, mending: bool) -> io::Result<Earlier> {
    Ok(match mending {
        true => Earlier::Roster(hash(path)?),
        false if plain_file::length(path).is_ok() && is_untouched(path)? => {
            Earlier::Untouched(Box::new(RetryList::read(path)?))
        }
        false => Earlier::Other,
    })
}

fn is_untouched(path: &Path) -> io::Result<bool> {
    let Ok(written) = plain_file::read(&record(path)) else { return Ok(false) };
    Ok(written.trim_ascii() == hash(path)?.as_bytes())
}

/// A table that a spreadsheet reads as it is meant: a byte order mark says that it is UTF-8.
fn table<W: io::Write>(mut out: W, sign: u8) -> io::Result<csv::Writer<W>> {
    out.write_all("\u{feff}".as_bytes())?;
    Ok(csv::WriterBuilder::new().delimiter(sign).from_writer(out))
}

fn write(rows: Rows<NamedTempFile>, sign: u8, path: &Path) -> io::Result<()> {
    let (mut file, unused) = rows.end()?;
    if !unused.is_empty() {
        drop_columns(&mut file, sign, &unused)?;
    }
    let written = hash(file.path())?;
    // The record comes first, when the list is as good as there: without it, a list of ours would be taken for one that
    // somebody mended, and its rows be kept for good.
    file.as_file().sync_data()?;
    atomic_file::write(&record(path), (written + "\n").as_bytes(), Readers::Anybody)?;
    atomic_file::finish(file, path)
}

/// By way of a file without a name beside the list: its words stand on no other disk.
fn drop_columns(list: &mut NamedTempFile, sign: u8, columns: &[usize]) -> io::Result<()> {
    let mut others = tempfile::tempfile_in(list.path().parent().unwrap_or(Path::new(".")))?;
    copy_without(plain_file::open(list.path())?, &mut others, sign, columns)?;
    others.rewind()?;
    list.as_file().set_len(0)?;
    list.rewind()?;
    io::copy(&mut others, list).map(drop)
}

/// A list without some of its columns.
pub(super) fn copy_without(
    rows: impl io::Read,
    out: impl io::Write,
    sign: u8,
    columns: &[usize],
) -> io::Result<()> {
    let mut rows = csv::ReaderBuilder::new().delimiter(sign).has_headers(false).from_reader(rows);
    let mut out = table(out, sign)?;
    for row in rows.byte_records() {
        let row = row?;
        let kept = row.iter().enumerate().filter(|(index, _)| !columns.contains(index)).map(|(_, cell)| cell);
        out.write_record(kept)?;
    }
    out.flush()
}

/// Gives a list a name that no run takes.
fn keep(path: &Path) -> io::Result<PathBuf> {
    let names = (1u32..).map(|number| match number {
        1 => format!("{EARLIER}.csv"),
        _ => format!("{EARLIER}-{number}.csv"),
    });
    let free = names.map(|name| path.with_file_name(name)).find(|kept| kept.symlink_metadata().is_err());
    let kept = free.ok_or_else(|| io::Error::other("there are too many earlier lists"))?;
    fs::rename(path, &kept)?;
    Ok(kept)
}

/// Whether a file is a list of failed rows, ours or a mended one: its header names the columns that we add. A
/// spreadsheet may have put another sign between the cells.
pub(super) fn is_list(path: &Path) -> bool {
    let mut text = Vec::new();
    let read = plain_file::open(path).and_then(|file| file.take(HEADER).read_to_end(&mut text));
    let text = String::from_utf8_lossy(&text);
    // Spreadsheets may write a line before it that names the sign.
    let is_header = |line: &&str| !line.trim().is_empty() && !line.starts_with("sep=");
    let header = text.trim_start_matches('\u{feff}').lines().find(is_header).unwrap_or_default();
    let names: Vec<String> = header
        .split([',', ';', '\t'])
        .map(|name| name.trim().trim_matches('"').trim().to_ascii_lowercase())
        .collect();
    read.is_ok() && ADDED.iter().chain(&["id"]).all(|column| names.iter().any(|name| name == column))
}

fn record(path: &Path) -> PathBuf {
    path.with_file_name(RECORD)
}

fn hash(path: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut bytes) = (plain_file::open(path)?, Sha256::new(), vec![0; 64 << 10]);
    loop {
        match file.read(&mut bytes)? {
            0 => return Ok(hex(&hash.finalize())),
            read => hash.update(&bytes[..read]),
        }
    }
}

/// The columns of the roster itself: a mended list of failures has `line` and `reason` of its own, which go.
fn own(columns: &[String]) -> impl Iterator<Item = (usize, &str)> {
    columns.iter().map(String::as_str).enumerate().filter(|(_, column)| !ADDED.contains(column))
}
