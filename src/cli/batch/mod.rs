//! `batch`: a handout a row.

mod address;
mod archive;
mod job;
mod log;
mod progress;
mod stop;
#[cfg(feature = "object-store")]
mod store;

use super::args::Global;
use super::batch_args::BatchArgs;
use super::outcome::Failure;
use super::report::Reporter;
use super::{clinic, clock};
use crate::Engine;
use crate::batch::{self, BatchError, Destination, Ended, Others, Plan, Summary};
use crate::diagnostic::{Diagnostic, Faults, Place, Severity, path_shown};
use log::Log;
use progress::Progress;
use std::time::Instant;

pub fn run(args: &BatchArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let engine = clinic::engine(global, reporter)?;
    let now = clock::now(global, engine.library().clinic.time_zone)?;
    let plan = job::plan(args, now)?;
    refuse_drafts(&engine, &plan)?;
    let today = now.with_timezone(&engine.library().clinic.time_zone).date_naive();
    let roster = job::roster(args, engine.keys(), job::map(args, &engine, now)?, today)?;
    let passed = roster.passed();
    reporter.diagnostics(roster.remarks());
    // Nobody looks at how far a quiet run is, and the lines of a long list take time to count.
    let rows = if global.quiet { None } else { job::rows(args, &plan, &roster) };
    let progress = Progress::new(reporter, global.quiet, rows, args.json);
    let started = Instant::now();
    let ended = batch::run(&engine, roster, &plan, &progress).map_err(refused)?;
    let (failed, warned) = progress.end();
    if matches!(ended.error, Some(BatchError::ClosedPipe)) {
        return Err(Failure::ClosedPipe);
    }
    rest(&failed, &warned, &plan, reporter);
    let passed = Told {
        diagnostics: passed.remarks(&job::name(args)),
        unwanted: passed.unwanted(),
        totals: passed.totals(),
    };
    tell(args, &plan, (&ended, &passed), started.elapsed().as_secs_f64(), reporter, (failed, warned))?;
    outcome(args, &plan, ended, &passed, reporter)
}

/// Rows that were no patients', or not wanted.
struct Told {
    diagnostics: Vec<Diagnostic>,
    unwanted: u64,
    totals: u64,
}

/// Where nobody has signed anything, no row could be made.
fn refuse_drafts(engine: &Engine, plan: &Plan) -> Result<(), Failure> {
    let today = plan.now.with_timezone(&engine.library().clinic.time_zone).date_naive();
    let mut packs = engine.treatments().flat_map(|library| library.packs.values());
    if !plan.require_signed || packs.any(|pack| pack.approval.on(today).is_ok()) {
        return Ok(());
    }
    let fault = Diagnostic::error("draft", "nobody has signed the clinic's texts as they are");
    Err(fault.hint("`aftercare sign --status` says why; sign them, or leave `--require-signed` away").into())
}

/// A run that could not start has made nothing.
fn refused(error: BatchError) -> Failure {
    let diagnostic = Diagnostic::error("batch", error.to_string());
    match error {
        BatchError::Locked(_) => {
            diagnostic.hint("wait until it ends, or name another folder with `-o`").into()
        }
        BatchError::Busy(_) => {
            diagnostic.hint("wait until it ends, or name another file with `--merge`").into()
        }
        BatchError::Places(faults) => faults.into(),
        #[cfg(feature = "object-store")]
        BatchError::Store(error) => Failure::NotMade(diagnostic.hint(error.hint()).into()),
        _ => Failure::NotMade(diagnostic.into()),
    }
}

/// Where a file of the run stands.
fn place(plan: &Plan, file: &str) -> String {
    match &plan.pack {
        None => path_shown(&plan.folder.join(file)),
        Some(Destination::Zip(path)) => format!("{file} in {}", path_shown(path)),
        Some(Destination::Tar(_)) => format!("{file} in the archive"),
        #[cfg(feature = "object-store")]
        Some(Destination::Object(place)) => format!("{file} in {}", place.shown()),
    }
}

/// Where the faults and warnings are that were not shown.
fn rest(failed: &Log, warned: &Log, plan: &Plan, reporter: &Reporter) {
    let told = |file: &str, dry: &str| match plan.dry_run {
        true => dry.to_owned(),
        false => format!("see {}", place(plan, file)),
    };
    let json = "`--json` names them";
    let lines = [failed.more(&told("errors.csv", json)), warned.more(&told("manifest.jsonl", json))];
    lines.iter().flatten().for_each(|line| reporter.note(line));
}

fn tell(
    args: &BatchArgs,
    plan: &Plan,
    (ended, passed): (&Ended, &Told),
    seconds: f64,
    reporter: &Reporter,
    (mut failed, mut warned): (Log, Log),
) -> Result<(), Failure> {
    let summary = &ended.summary;
    if args.json {
        let mut json = serde_json::to_value(summary).unwrap_or_default();
        (json["unwanted"], json["passed_over"]) = (passed.unwanted.into(), passed.totals.into());
        json["seconds"] = ((seconds * 1000.0).round() / 1000.0).into();
        let place = if plan.pack.is_some() { "archive" } else { "folder" };
        json[place] = plan.folder.to_string_lossy().into();
        let (faults, warnings) = (failed.json(), warned.json());
        (json["faults"], json["warnings"]) = (faults.0, warnings.0);
        (json["more_faults"], json["more_warnings"]) = (faults.1.into(), warnings.1.into());
        super::output::to_stdout(format!("{json}\n").as_bytes())?;
    }
    reporter.diagnostics(&passed.diagnostics);
    for line in account(plan, ended, seconds) {
        reporter.note(&line);
    }
    reporter.diagnostics(&warnings(plan, summary));
    Ok(())
}

/// What stands and should not be printed, and what was given a new time.
fn warnings(plan: &Plan, summary: &Summary) -> Vec<Diagnostic> {
    let retimed = (summary.retimed > 0).then(|| {
        let rows = match summary.retimed {
            1 => "1 row has no `session_at` and was made again: its times count from now".to_owned(),
            count => {
                format!("{count} rows have no `session_at` and were made again: their times count from now")
            }
        };
        Diagnostic::warning("retimed", rows)
            .hint("give each row a `session_at`, or go on with the `--now` of the run before")
    });
    let left = summary.left_over.iter().map(|file| {
        Diagnostic::warning("left-over", "this merged file is of an earlier run")
            .at(Place::file(file.to_string_lossy()))
            .hint("remove it before you print: patients may be in it a second time")
    });
    let in_store = summary.left_in_store.iter().map(|place| {
        Diagnostic::warning(
            "left-in-store",
            "the store may hold parts of this archive, with patients' handouts in them",
        )
        .at(Place::file(&**place))
        .hint(
            "end its unfinished uploads there, and remove what stands under its name and `.aftercare-staged`",
        )
    });
    left.chain(in_store).chain(retimed).chain(others(plan, summary)).collect()
}

/// Handouts of an earlier run among those of this one.
fn others(plan: &Plan, summary: &Summary) -> Option<Diagnostic> {
    let Others { files, count } = &summary.others;
    let named = files.iter().map(|file| format!("`{file}`")).collect::<Vec<_>>().join(", ");
    let message = match (*count, count.saturating_sub(files.len())) {
        (0, _) => return None,
        (1, _) => format!("{named} of an earlier run still stands, and is of no row of this list"),
        (_, 0) => format!("{named} of an earlier run still stand, and are of no row of this list"),
        (_, more) => {
            format!("{named} and {more} more of an earlier run still stand, and are of no row of this list")
        }
    };
    let fault = Diagnostic::warning("left-over", message).at(Place::file(plan.folder.to_string_lossy()));
    Some(
        fault.hint("remove them before you print, if they are of another day or of patients who do not come"),
    )
}

/// What was made, what was not, and where to look.
fn account(plan: &Plan, ended: &Ended, seconds: f64) -> Vec<String> {
    let summary = &ended.summary;
    let made = if plan.dry_run { "would be made" } else { "made" };
    let mut lines = vec![format!(
        "{} {made}, {} kept from before, {} failed; {:.1} s, {:.0} documents a second",
        summary.made,
        summary.skipped,
        summary.failed,
        seconds,
        (summary.made + summary.skipped) as f64 / seconds.max(0.001)
    )];
    lines.extend(lost(plan, summary));
    match summary.shortened {
        0 => {}
        1 => lines.push("1 sheet was full and left parts out".to_owned()),
        count => lines.push(format!("{count} sheets were full and left parts out")),
    }
    match summary.warned {
        0 => {}
        1 => lines.push("1 sheet needs a look: it has a warning".to_owned()),
        count => lines.push(format!("{count} sheets need a look: they have warnings")),
    }
    for file in &summary.merged {
        lines.push(format!("bound {}", path_shown(file)));
    }
    if summary.sides > 0 {
        let Summary { sheets, sides, blanks, .. } = summary;
        lines.push(format!("{sheets} sheets of paper, {sides} sides, {blanks} of them blank"));
    }
    if let Some(kept) = &summary.kept_list {
        lines.push(format!(
            "an earlier list of failed rows is now {}: it has rows or changes that this run did not meet",
            path_shown(kept)
        ));
    }
    // A run that was stopped, or could not end it, leaves no archive.
    let is_packed = summary.whole && ended.error.is_none();
    if !plan.dry_run && (plan.pack.is_none() || is_packed) {
        lines.push(format!("the account of every row: {}", place(plan, "manifest.jsonl")));
    }
    lines
}

/// Handouts of an archive that did not come to its end.
fn lost(plan: &Plan, summary: &Summary) -> Option<String> {
    let ready = match summary.lost {
        0 => return None,
        1 => "1 handout was ready".to_owned(),
        count => format!("{count} handouts were ready"),
    };
    Some(match &plan.pack {
        Some(Destination::Tar(_)) => format!(
            "{ready} for the archive, which is cut short: use nothing of it, also where some of it can be unpacked"
        ),
        Some(_) => format!("{ready} for the archive, which was not kept: they stand nowhere"),
        None => return None,
    })
}

fn outcome(
    args: &BatchArgs,
    plan: &Plan,
    ended: Ended,
    passed: &Told,
    reporter: &Reporter,
) -> Result<(), Failure> {
    let mut faults = Vec::new();
    if ended.summary.whole && ended.summary.rows == 0 && passed.unwanted > 0 && plan.shard.is_none() {
        faults.push(no_wanted_rows(args, passed.unwanted));
    }
    if ended.summary.failed > 0 {
        let fault = failed_rows(args, plan, &ended.summary);
        // What stands in a file's way may be gone at the next try; what a row says will not.
        match args.faults_ok && ended.summary.blocked == 0 {
            true => reporter.diagnostics(&[Diagnostic { severity: Severity::Warning, ..fault }]),
            false => faults.push(fault),
        }
    }
    match &ended.error {
        Some(error) => faults.push(broken(error, to_go_on(args, plan.pack.is_some(), &ended.summary))),
        None if !ended.summary.whole => {
            faults.push(Diagnostic::error("stopped", "stopped before the end of the roster").hint(to_go_on(
                args,
                plan.pack.is_some(),
                &ended.summary,
            )))
        }
        None => {}
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::NotMade(Faults(faults))) }
}

/// Why a run broke off, and how to go on.
fn broken(error: &BatchError, to_go_on: String) -> Diagnostic {
    let fault = Diagnostic::error("batch", error.to_string());
    let fault = match error {
        #[cfg(feature = "object-store")]
        BatchError::Store(error) => fault.hint(error.hint()),
        error if error.is_for_want_of_room() => {
            fault.hint("make room there, or name a place on another disk")
        }
        _ => fault,
    };
    fault.hint(to_go_on)
}

/// A slip in a word of `only` leaves nothing, which must not look like a day without patients.
fn no_wanted_rows(args: &BatchArgs, unwanted: u64) -> Diagnostic {
    let rows =
        if unwanted == 1 { "the list's one row".to_owned() } else { format!("any of {unwanted} rows") };
    Diagnostic::error("no-wanted-rows", format!("`only` does not ask for {rows}"))
        .at(Place::file(job::name(args)))
        .hint("write its words as the list has them; capitals do not count")
}

fn failed_rows(args: &BatchArgs, plan: &Plan, summary: &Summary) -> Diagnostic {
    let rows = match (summary.failed, summary.blocked) {
        (1, 0) => "1 row has faults".to_owned(),
        (count, 0) => format!("{count} rows have faults"),
        (1, _) => "1 row was not made".to_owned(),
        (count, _) => format!("{count} rows were not made"),
    };
    let mut fault = Diagnostic::error("failed-rows", rows);
    if args.dry_run {
        return fault
            .at(Place::file(job::name(args)))
            .hint("mend them in the roster, or run without `--dry-run`: it lists them in `errors.csv`");
    }
    if summary.mending && !summary.whole {
        return fault.hint("a run that gets to the end of the list writes down why");
    }
    fault = fault.at(Place::file(place(plan, "errors.csv")));
    if summary.blocked < summary.failed {
        fault = fault.hint("mend the rows in this file and run it as a roster");
    }
    if summary.blocked > 0 {
        let message =
            "where aftercare did not make the file that stands, move it away or run again with `--force`";
        fault = fault.hint(message);
    }
    match summary.outdated {
        0 => fault,
        1 => fault.hint("1 of them has a handout of an earlier run: do not give it out"),
        count => fault.hint(format!("{count} of them have handouts of an earlier run: do not give them out")),
    }
}

/// What to do after a run that did not get to the end of its roster, or could not end what it made.
fn to_go_on(args: &BatchArgs, is_packed: bool, summary: &Summary) -> String {
    if is_packed {
        return "run again when you are ready: an archive is made from the first row on".to_owned();
    }
    if args.merge.is_some() {
        return "run again when you are ready: a merged file is made from the first row on".to_owned();
    }
    match summary.mending {
        true => "this list is left as it was, with all of its rows: run it again with `--resume`".to_owned(),
        false => "what was made stays; run again with `--resume` to make the rest".to_owned(),
    }
}
