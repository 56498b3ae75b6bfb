//! `errors.csv`: the rows that failed, as they were given, with `line` and `reason`. Mended, it is a roster. What a row
//! says beside its columns stands in a column of its own.

use super::BatchError;
use crate::atomic_file;
use crate::request::roster::ADDED;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

const NAME: &str = "errors.csv";

/// Written aside; put in place at the end if a row failed, else an earlier one goes.
pub struct FailedRows {
    path: PathBuf,
    out: csv::Writer<NamedTempFile>,
    count: u64,
}

impl FailedRows {
    pub fn begin(folder: &Path, columns: &[String]) -> Result<FailedRows, BatchError> {
        let path = folder.join(NAME);
        let begin = || -> io::Result<csv::Writer<NamedTempFile>> {
            let mut out = csv::Writer::from_writer(atomic_file::aside(&path)?);
            out.write_record(own(columns).map(|(_, column)| column).chain(ADDED))?;
            Ok(out)
        };
        let out = begin().map_err(BatchError::write(&path))?;
        Ok(FailedRows { path, out, count: 0 })
    }

    pub fn add(
        &mut self,
        columns: &[String],
        given: &[String],
        line: u64,
        reason: &str,
    ) -> Result<(), BatchError> {
        self.count += 1;
        let line = line.to_string();
        let cells = own(columns).map(|(index, _)| given.get(index).map_or("", String::as_str));
        let record = cells.chain([line.as_str(), reason]);
        self.out.write_record(record).map_err(io::Error::from).map_err(BatchError::write(&self.path))
    }

    pub fn end(self) -> Result<(), BatchError> {
        let FailedRows { path, out, count, .. } = self;
        let end = || -> io::Result<()> {
            let file = out.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
            if count > 0 {
                return atomic_file::finish(file, &path);
            }
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        };
        end().map_err(BatchError::write(&path))
    }
}

/// The columns of the roster itself: a mended list of failures has `line` and `reason` of its own, which go.
fn own(columns: &[String]) -> impl Iterator<Item = (usize, &str)> {
    columns.iter().map(String::as_str).enumerate().filter(|(_, column)| !ADDED.contains(column))
}
