//! The account of a run: outcomes in the roster's order, to manifest, list of failures and merged file.

use super::checkpoint::Checkpoint;
use super::entry::Line;
use super::errors::FailedRows;
use super::manifest::Manifest;
use super::merged::{Bound, Merged};
use super::pack::{Pack, Packed};
use super::proof::{self, Proof};
use super::remark::Remarks;
use super::row::{NOT_OURS, OLDER_HANDOUT, Outcome, UNREADABLE, reason};
use super::standing::{Others, Standing};
use super::{BatchError, Ended, Plan, targets};
use crate::diagnostic::{Diagnostic, LEFT_OUT};
use crate::request::is_file_id;
use crate::request::roster::NOT_UTF_8;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Signs between the cells of a row, as a list has one or another.
const BETWEEN_CELLS: [char; 4] = [',', ';', '\t', '|'];

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
    /// Made for an archive that did not come to its end: they stand nowhere, or in a stream that is cut short.
    #[serde(skip_serializing_if = "is_zero")]
    pub lost: u64,
    /// Rows that are made, and whose sheets somebody should look at.
    pub warned: u64,
    /// Of the failed rows: rows that are right, but whose file name a file of somebody else has.
    #[serde(skip)]
    pub blocked: u64,
    /// Of the failed rows: those whose handout of an earlier run still stands.
    #[serde(skip)]
    pub outdated: u64,
    /// Rows without a session's time that an earlier run had made: made again, as their times count from now.
    #[serde(skip)]
    pub retimed: u64,
    /// Sheets that left parts out because they were full.
    pub shortened: u64,
    /// Whether the run got to the end of the roster.
    pub whole: bool,
    /// Merged files.
    pub merged: Vec<PathBuf>,
    /// Merged files of an earlier run that have the names of parts of these, or of these with parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_over: Vec<PathBuf>,
    /// Handouts of earlier runs that are of no row of this list.
    #[serde(skip_serializing_if = "Others::is_none")]
    pub others: Others,
    /// The new name of a file that stood in the place of the list of failed rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_list: Option<PathBuf>,
    /// The roster was the folder's own list of failed rows.
    #[serde(skip)]
    pub mending: bool,
    /// An archive whose store may have parts that nobody sees: the run did not get to its end, and they could not go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_in_store: Option<String>,
    /// Sides of paper in the merged files, blank ones among them, and the sheets that they take.
    pub sides: u64,
    pub blanks: u64,
    pub sheets: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Keeps the collector.
pub struct Collector<'a> {
    pub columns: Vec<String>,
    plan: &'a Plan,
    manifest: Option<Manifest<'a>>,
    failed: Option<FailedRows>,
    standing: Option<Standing>,
    merged: Option<Merged<'a>>,
    pack: Option<Pack<'a>>,
    /// Nothing is made: what stands is held against the rows.
    proof: Option<Proof>,
    watch: &'a dyn Watch,
    summary: Summary,
    /// What was told about the clinic folder: as much as it has texts, at most.
    clinics: BTreeSet<String>,
}

impl<'a> Collector<'a> {
    pub fn new(
        dry: Collector<'a>,
        manifest: Manifest<'a>,
        failed: FailedRows,
        merged: Option<Merged<'a>>,
        standing: Option<Standing>,
    ) -> Collector<'a> {
        Collector { manifest: Some(manifest), failed: Some(failed), merged, standing, ..dry }
    }

    /// Into an archive.
    pub fn packing(self, pack: Pack<'a>, merged: Option<Merged<'a>>) -> Collector<'a> {
        Collector { pack: Some(pack), merged, ..self }
    }

    /// Against an archive that stands.
    pub fn proving(self, proof: Proof) -> Collector<'a> {
        Collector { proof: Some(proof), ..self }
    }

    /// What an archive that stands proves.
    pub fn checkpoint(&self) -> Result<Checkpoint, BatchError> {
        self.proof.as_ref().map_or_else(|| Ok(Checkpoint::default()), Proof::checkpoint)
    }

    /// Counts, and writes nothing.
    pub fn dry(columns: Vec<String>, plan: &'a Plan, mending: bool, watch: &'a dyn Watch) -> Collector<'a> {
        let (summary, clinics) = (Summary { mending, ..Summary::default() }, BTreeSet::new());
        Collector {
            columns,
            plan,
            manifest: None,
            failed: None,
            standing: None,
            merged: None,
            pack: None,
            proof: None,
            watch,
            summary,
            clinics,
        }
    }

    /// Takes the next row's outcome.
    pub fn take(&mut self, outcome: Outcome) -> Result<(), BatchError> {
        self.summary.rows += 1;
        match outcome {
            Outcome::Done(mut done) => {
                let bound = Bound::of(&done);
                match &mut self.merged {
                    Some(merged) => merged.add(&mut done)?,
                    // A run for trial binds nothing: it counts what the file would have.
                    None if self.plan.merge.is_some() => self.summary.count(bound),
                    None => {}
                }
                if let Some(failed) = &mut self.failed {
                    failed.meet(&self.columns, &done.given)?;
                }
                self.meet(&done.entry.id)?;
                if let Some(proof) = &mut self.proof {
                    if !done.kept {
                        return Err(proof.other());
                    }
                    proof.line(&Line::of(done.entry))?;
                } else if let Some(pack) = &mut self.pack {
                    pack.add(done.entry, done.members)?;
                } else if let Some(manifest) = &mut self.manifest {
                    manifest.add(done.entry, done.files)?;
                }
                self.warn(&done.remarks, done.clinics);
                self.summary.retimed += u64::from(done.is_retimed);
                match done.kept {
                    true => self.summary.skipped += 1,
                    false => self.summary.made += 1,
                }
            }
            Outcome::Failed { given, remarks } => self.fail(&given, &remarks)?,
            Outcome::Stopped(error) => {
                self.summary.rows -= 1;
                return Err(error);
            }
        }
        self.watch.row(&self.summary);
        Ok(())
    }

    /// The run has a row of this id.
    fn meet(&mut self, id: &str) -> Result<(), BatchError> {
        let met = self.standing.as_mut().map_or(Ok(()), |standing| standing.meet(id));
        met.map_err(BatchError::write(&self.plan.folder))
    }

    /// A failed row whose id cannot be told is of any id that stands in it, or of its number: what an earlier run made for one of
    /// these is of no other list. Where nothing of it can be read, nobody is told of other rows' handouts.
    fn meet_any(&mut self, given: &[String], number: u64) -> Result<(), BatchError> {
        if given.iter().all(|text| text.trim().is_empty()) {
            self.standing = None;
            return Ok(());
        }
        let cells =
            given.iter().flat_map(|text| text.split(BETWEEN_CELLS)).map(|cell| cell.trim_matches(['"', ' ']));
        cells.filter(|cell| is_file_id(cell)).try_for_each(|id| self.meet(id))?;
        self.meet(&number.to_string())
    }

    fn warn(&mut self, remarks: &Remarks, clinics: Vec<Diagnostic>) {
        if !remarks.remarks.is_empty() {
            self.summary.warned += 1;
            self.watch.warned(remarks);
        }
        let left_out = remarks.remarks.iter().any(|remark| remark.code == LEFT_OUT);
        self.summary.shortened += u64::from(left_out);
        for diagnostic in clinics {
            if !self.clinics.contains(&diagnostic.message) {
                self.watch.clinic(&diagnostic);
                self.clinics.insert(diagnostic.message);
            }
        }
    }

    fn fail(&mut self, given: &[String], remarks: &Remarks) -> Result<(), BatchError> {
        let has = |code| remarks.remarks.iter().any(|remark| remark.code == code);
        if let Some(failed) = &mut self.failed {
            if has(NOT_UTF_8) {
                failed.lose();
            }
            failed.add(&self.columns, given, remarks.line, &reason(&remarks.remarks))?;
        }
        if let Some(manifest) = &mut self.manifest {
            manifest.add_failed(remarks)?;
        }
        match &remarks.id {
            Some(id) => self.meet(id)?,
            None => self.meet_any(given, remarks.row)?,
        }
        if let Some(pack) = &mut self.pack {
            pack.fail(&self.columns, given, remarks)?;
        }
        if let Some(proof) = &mut self.proof {
            proof.failed(remarks)?;
        }
        self.watch.failed(remarks);
        self.summary.failed += 1;
        self.summary.blocked += u64::from(has(NOT_OURS)) + u64::from(has(UNREADABLE));
        self.summary.outdated += u64::from(has(OLDER_HANDOUT));
        Ok(())
    }

    /// Nothing more comes for now: what waits for others is put in its place.
    pub fn rest(&mut self) -> Result<(), BatchError> {
        self.manifest.as_mut().map_or(Ok(()), Manifest::rest)
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
        // So is an archive.
        if let Some(pack) = self.pack.take() {
            let fate = pack.fate();
            let ended = end_pack(pack, whole, self.plan);
            if !whole || ended.is_err() {
                self.summary.lost = std::mem::take(&mut self.summary.made);
            }
            keep(ended);
            self.summary.left_in_store = fate.told().left.take();
        }
        if let Some(proof) = self.proof.take().filter(|_| whole) {
            keep(proof.end());
        }
        if let Some(manifest) = self.manifest.take() {
            let (plan, mending) = (self.plan, self.summary.mending);
            keep(manifest.end(whole, |id| plan.keeps_line_of(id, mending)));
        }
        // Last: a roster that is the list of failed rows goes only when all that it asks for stands.
        if let Some(failed) = self.failed.take() {
            let done = whole && error.is_none();
            match failed.end(done) {
                Ok(kept) => self.summary.kept_list = kept,
                Err(next) => {
                    error.get_or_insert(next);
                }
            }
        }
        if let Some(merge) = self.plan.merge.as_ref().filter(|_| !self.plan.dry_run) {
            self.summary.left_over = targets::left_over(merge, &self.summary.merged);
        }
        if whole && error.is_none() {
            error = self.name_others().err();
        }
        Ended { summary: self.summary, error }
    }

    /// Names what stands there of earlier runs and is of no row of this list.
    fn name_others(&mut self) -> Result<(), BatchError> {
        let Some(standing) = self.standing.take() else { return Ok(()) };
        let bound = self.summary.merged.iter().chain(&self.summary.left_over).map(PathBuf::as_path);
        let others = standing.others(&bound.collect::<Vec<_>>());
        self.summary.others = others.map_err(BatchError::write(&self.plan.folder))?;
        Ok(())
    }
}

/// Ends an archive. One that came into its place meanwhile is left, and is as good if it is the same.
fn end_pack(pack: Pack<'_>, whole: bool, plan: &Plan) -> Result<(), BatchError> {
    if !whole {
        pack.stop();
        return Ok(());
    }
    match (pack.end()?, &plan.pack) {
        (Packed::Stood(hash), Some(to)) => match proof::is_same(to, &hash)? {
            Some(true) => Ok(()),
            Some(false) => Err(BatchError::Overtaken),
            None => Err(BatchError::Contended),
        },
        _ => Ok(()),
    }
}

impl Summary {
    fn bind(&mut self, bound: Bound) {
        self.merged.clone_from(&bound.files);
        self.count(bound);
    }

    fn count(&mut self, bound: Bound) {
        self.sides += bound.sides + bound.blanks;
        self.blanks += bound.blanks;
        self.sheets = self.sides / 2;
    }
}
