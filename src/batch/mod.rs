//! Batch: a roster becomes one handout a row, in parallel, with an account of every row.
//!
//! A reader feeds rows to workers; a worker makes and writes a row's files; a collector puts the outcomes back into
//! the roster's order, so that manifest, list of failures and merged file are the same at any number of workers. The
//! rows between reader and collector are counted, so that memory does not grow with the roster.

mod checkpoint;
mod collector;
mod copy;
mod entry;
mod errors;
mod ids;
mod index;
mod lock;
mod manifest;
mod merged;
#[cfg(feature = "object-store")]
mod object;
mod open_cells;
mod pack;
mod plan;
mod pool;
mod proof;
mod remark;
mod retry_list;
mod row;
mod sink;
mod spool;
mod standing;
mod targets;
#[cfg(feature = "object-store")]
mod window;

pub use crate::request::roster::Shard;
pub use collector::{Summary, Watch};
pub use copy::{Copy, behind, pad};
pub use plan::{Destination, Merge, Plan, Stream};
pub use remark::{Remark, Remarks, own_column};
pub use standing::Others;

use crate::Engine;
use crate::diagnostic::path_shown;
use crate::request::roster::Roster;
use checkpoint::Checkpoint;
use collector::Collector;
use errors::FailedRows;
use ids::KeptIds;
use lock::Lock;
use manifest::Manifest;
use merged::Merged;
use pack::Pack;
use proof::Proof;
use standing::Standing;
use std::io::{self, Read};
use std::path::PathBuf;
use targets::Found;

/// Why a batch stopped before its end, or did not start. Rows with faults do not stop it. Never holds a patient's words.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    #[error("another run is working in `{}`", path_shown(.0))]
    Locked(PathBuf),
    #[error("another run is making `{}`", path_shown(.0))]
    Busy(PathBuf),
    /// The call names places that it may not write.
    #[error("{0}")]
    Places(crate::diagnostic::Faults),
    #[error("`{}` cannot be written: {}", path_shown(.path), why(.source))]
    Write { path: PathBuf, source: io::Error },
    #[error("this machine lets the run start no threads: {0}")]
    Threads(io::Error),
    #[error("the roster could not be read to its end: {0}")]
    Roster(crate::diagnostic::Faults),
    #[error("whoever read the archive went away")]
    ClosedPipe,
    #[error("another run has put an archive of other rows in this place meanwhile; it is left as it is")]
    Overtaken,
    #[error("another run is putting an archive in this place just now")]
    Contended,
    #[cfg(feature = "object-store")]
    #[error(transparent)]
    Store(crate::store::StoreError),
    #[error("the handouts could not be put into one file: {0}")]
    Merge(crate::diagnostic::Faults),
}

impl BatchError {
    /// Whether there is no room for what is written.
    pub fn is_for_want_of_room(&self) -> bool {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        matches!(self, BatchError::Write { source, .. }
            if [StorageFull, QuotaExceeded, FileTooLarge].contains(&source.kind()))
    }

    fn write(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> BatchError {
        let path = path.into();
        |source| BatchError::Write { path, source: without_path(source) }
    }
}

/// The system's error without what tempfile puts around it: a file's name while it is not finished says nothing to anybody.
fn without_path(error: io::Error) -> io::Error {
    match (error.raw_os_error(), error.kind()) {
        (Some(_), _) | (None, io::ErrorKind::Other) => error,
        (None, kind) => kind.into(),
    }
}

/// In the words of whoever has to do something about it.
fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::QuotaExceeded => "the disk has no more room for this user".to_owned(),
        io::ErrorKind::FileTooLarge => "the disk takes no larger file".to_owned(),
        _ => error.to_string(),
    }
}

/// How a batch ended. What was made stays, whatever the error.
#[derive(Debug)]
pub struct Ended {
    pub summary: Summary,
    pub error: Option<BatchError>,
}

/// Makes every row's handout. With `plan.dry_run` rows are only checked.
///
/// # Errors
///
/// [`BatchError::Places`], [`BatchError::Locked`], [`BatchError::Busy`] and [`BatchError::Write`] when the run cannot start; later errors stand in [`Ended`], beside
/// what was made.
pub fn run<R: Read + Send + 'static>(
    engine: &Engine,
    roster: Roster<R>,
    plan: &Plan,
    watch: &dyn Watch,
) -> Result<Ended, BatchError> {
    let columns: Vec<String> = roster.columns().into_iter().map(str::to_owned).collect();
    let (sign, is_part) = (roster.sign(), plan.shard.is_some() || roster.is_failed_rows());
    let roster = roster.with_shard(plan.shard);
    let Found { mending } = targets::look(plan)?;
    let mut dry = Collector::dry(columns.clone(), plan, mending, watch);
    if plan.dry_run {
        let roster = roster.with_ids(Box::new(KeptIds::new(std::env::temp_dir())));
        let error = pool::work(engine, roster, plan, &Checkpoint::default(), &mut dry);
        return Ok(dry.end(error));
    }
    if let Some(to) = &plan.pack {
        return packed(engine, roster, plan, to, dry);
    }
    // A place that cannot be taken is told before another one is made.
    let lock = plan.folder.is_dir().then(|| Lock::take(&plan.folder)).transpose()?;
    let merged = plan.merge.as_ref().map(|merge| Merged::new(engine, merge)).transpose()?;
    crate::atomic_file::make_folder(&plan.folder).map_err(BatchError::write(&plan.folder))?;
    let lock = lock.map_or_else(|| Lock::take(&plan.folder), Ok)?;
    let roster = roster.with_ids(Box::new(KeptIds::new(plan.folder.clone())));
    let goes_on = plan.goes_on(mending);
    // A second guard, held before anything of another run goes: somebody may have removed its lock.
    let failed = FailedRows::begin(&plan.folder, &columns, sign, mending)?;
    // A part of a list stands beside the others.
    let standing = (!is_part && !mending).then(|| Standing::read(&plan.folder)).transpose();
    let standing = standing.map_err(BatchError::write(plan.folder.join(manifest::NAME)))?;
    manifest::prepare(&plan.folder, goes_on)?;
    let checkpoint = if goes_on { Checkpoint::read(&plan.folder)? } else { Checkpoint::default() };
    let manifest = Manifest::begin(&plan.folder, &checkpoint, &engine.library().version)?;
    let mut collector = Collector::new(dry, manifest, failed, merged, standing);
    let error = pool::work(engine, roster, plan, &checkpoint, &mut collector);
    let ended = collector.end(error);
    drop(lock);
    Ok(ended)
}

/// The same into one archive, from the first row on.
fn packed<R: Read + Send + 'static>(
    engine: &Engine,
    roster: Roster<R>,
    plan: &Plan,
    to: &Destination,
    dry: Collector<'_>,
) -> Result<Ended, BatchError> {
    let kept = match to {
        Destination::Zip(path) => crate::atomic_file::folder(path).to_owned(),
        _ => std::env::temp_dir(),
    };
    let sign = roster.sign();
    let roster = roster.with_ids(Box::new(KeptIds::new(kept)));
    if plan.resume
        && let Some(proof) = Proof::of(to, &engine.library().version)?
    {
        return passed_over(engine, roster, plan, to, dry.proving(proof));
    }
    let merged = plan.merge.as_ref().map(|merge| Merged::new(engine, merge)).transpose()?;
    let pack = Pack::begin(to, plan.force, &dry.columns, sign, &engine.library().version)?;
    let mut collector = dry.packing(pack, merged);
    let error = pool::work(engine, roster, plan, &Checkpoint::default(), &mut collector);
    Ok(collector.end(error))
}

/// An archive stands: it stays if it is what these rows would make.
fn passed_over<R: Read + Send + 'static>(
    engine: &Engine,
    roster: Roster<R>,
    plan: &Plan,
    to: &Destination,
    mut collector: Collector<'_>,
) -> Result<Ended, BatchError> {
    let checkpoint = collector.checkpoint()?;
    let error = pool::work(engine, roster, plan, &checkpoint, &mut collector);
    match collector.end(error) {
        Ended { error: Some(BatchError::Places(faults)), .. } => Err(BatchError::Places(faults)),
        ended => {
            proof::clear(to);
            Ok(ended)
        }
    }
}

/// The name of standard output in messages.
const STDOUT: &str = "<stdout>";
