//! The account of a run: outcomes in the roster's order, to manifest, list of failures and merged file.

use super::errors::FailedRows;
use super::manifest::Manifest;
use super::merged::{Bound, Merged};
use super::remark::Remarks;
use super::row::{Outcome, reason};
use super::{BatchError, Ended};
use crate::diagnostic::Diagnostic;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Told of every row as it is accounted for.
pub trait Watch: Sync {
    fn row(&self, summary: &Summary);
    /// A row failed.
    fn failed(&self, _: &Remarks) {}
    /// A row is made, and somebody should look at its sheet.
    fn warned(&self, _: &Remarks) {}
    /// Something about the clinic folder, once.
    fn clinic(&self, _: &Diagnostic) {}
}

/// The numbers of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub rows: u64,
    pub made: u64,
    /// Kept from an earlier run.
    pub skipped: u64,
    pub failed: u64,
    /// Rows that are made, and whose sheets somebody should look at.
    pub warned: u64,
    /// Sheets that left parts out because they were full.
    pub shortened: u64,
    /// Whether the run got to the end of the roster.
    pub whole: bool,
    /// Merged files.
    pub merged: Vec<PathBuf>,
    /// Sides of paper in the merged files, blank ones among them, and the sheets that they take.
    pub sides: u64,
    pub blanks: u64,
    pub sheets: u64,
}

/// Keeps the account.
pub struct Account<'a> {
    pub columns: Vec<String>,
    manifest: Option<Manifest>,
    failed: Option<FailedRows>,
    merged: Option<Merged<'a>>,
    watch: &'a dyn Watch,
    summary: Summary,
    /// What was told about the clinic folder: as much as it has texts, at most.
    clinics: BTreeSet<String>,
}

impl<'a> Account<'a> {
    pub fn new(
        columns: Vec<String>,
        manifest: Manifest,
        failed: FailedRows,
        merged: Option<Merged<'a>>,
        watch: &'a dyn Watch,
    ) -> Account<'a> {
        Account { manifest: Some(manifest), failed: Some(failed), merged, ..Account::dry(columns, watch) }
    }

    /// Counts, and writes nothing.
    pub fn dry(columns: Vec<String>, watch: &'a dyn Watch) -> Account<'a> {
        let (summary, clinics) = (Summary::default(), BTreeSet::new());
        Account { columns, manifest: None, failed: None, merged: None, watch, summary, clinics }
    }

    /// Takes the next row's outcome.
    pub fn take(&mut self, outcome: Outcome) -> Result<(), BatchError> {
        self.summary.rows += 1;
        match outcome {
            Outcome::Done(mut done) => {
                if let Some(merged) = &mut self.merged {
                    merged.add(&mut done)?;
                }
                if let Some(manifest) = &mut self.manifest {
                    manifest.add(done.entry, done.files)?;
                }
                self.warn(&done.remarks, done.clinics);
                match done.kept {
                    true => self.summary.skipped += 1,
                    false => self.summary.made += 1,
                }
            }
            Outcome::Failed { given, remarks } => {
                if let Some(failed) = &mut self.failed {
                    failed.add(&self.columns, &given, remarks.line, &reason(&remarks.remarks))?;
                }
                self.watch.failed(&remarks);
                self.summary.failed += 1;
            }
            Outcome::Stopped(error) => {
                self.summary.rows -= 1;
                return Err(error);
            }
        }
        self.watch.row(&self.summary);
        Ok(())
    }

    fn warn(&mut self, remarks: &Remarks, clinics: Vec<Diagnostic>) {
        if !remarks.remarks.is_empty() {
            self.summary.warned += 1;
            self.watch.warned(remarks);
        }
        let left_out = remarks.remarks.iter().any(|remark| remark.code == "left-out");
        self.summary.shortened += u64::from(left_out);
        for diagnostic in clinics {
            if !self.clinics.contains(&diagnostic.message) {
                self.watch.clinic(&diagnostic);
                self.clinics.insert(diagnostic.message);
            }
        }
    }

    /// Ends the run: `stopped` is why it did not get to the end of the roster, `None` if it did.
    pub fn end(mut self, stopped: Result<bool, BatchError>) -> Ended {
        let (whole, mut error) = match stopped {
            Ok(whole) => (whole, None),
            Err(error) => (false, Some(error)),
        };
        self.summary.whole = whole;
        let mut keep = |result: Result<(), BatchError>| {
            if let Err(next) = result {
                error.get_or_insert(next);
            }
        };
        // A merged file that lacks rows is worse than none.
        if let Some(merged) = self.merged.take().filter(|_| whole) {
            keep(merged.end().map(|bound| self.summary.bind(bound)));
        }
        keep(self.failed.take().map_or(Ok(()), FailedRows::end));
        keep(self.manifest.take().map_or(Ok(()), |manifest| manifest.end(whole)));
        Ended { summary: self.summary, error }
    }
}

impl Summary {
    fn bind(&mut self, bound: Bound) {
        self.sides = bound.sides + bound.blanks;
        self.blanks = bound.blanks;
        self.sheets = self.sides / 2;
        self.merged = bound.files;
    }
}
