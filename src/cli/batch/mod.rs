//! `batch`: a handout a row.

mod job;
mod progress;
mod stop;

use super::args::{BatchArgs, Global};
use super::outcome::Failure;
use super::report::Reporter;
use super::{clinic, clock};
use crate::batch::{self, BatchError, Ended, Plan, Summary};
use crate::diagnostic::{Diagnostic, Faults, Place};
use progress::Progress;
use std::time::Instant;

pub fn run(args: &BatchArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let engine = clinic::engine(global, reporter)?;
    let now = clock::now(global, engine.library().clinic.time_zone)?;
    let plan = job::plan(args, now)?;
    let roster = job::roster(args)?;
    let progress = Progress::new(global.quiet, job::rows(args, &plan));
    let started = Instant::now();
    let ended = batch::run(&engine, roster, &plan, &progress).map_err(refused)?;
    progress.end();
    tell(args, &plan, &ended, started.elapsed().as_secs_f64(), reporter)?;
    outcome(args, ended)
}

/// A run that could not start has made nothing.
fn refused(error: BatchError) -> Failure {
    let diagnostic = Diagnostic::error("batch", error.to_string());
    match error {
        BatchError::Locked(_) => {
            diagnostic.hint("wait until it ends, or name another folder with `-o`").into()
        }
        _ => Failure::NotMade(diagnostic.into()),
    }
}

fn tell(
    args: &BatchArgs,
    plan: &Plan,
    ended: &Ended,
    seconds: f64,
    reporter: &Reporter,
) -> Result<(), Failure> {
    let summary = &ended.summary;
    if args.json {
        let mut json = serde_json::to_value(summary).unwrap_or_default();
        json["seconds"] = ((seconds * 1000.0).round() / 1000.0).into();
        json["folder"] = plan.folder.to_string_lossy().into();
        super::output::to_stdout(format!("{json}\n").as_bytes())?;
    }
    for line in account(plan, summary, seconds) {
        reporter.note(&line);
    }
    Ok(())
}

/// What was made, what was not, and where to look.
fn account(plan: &Plan, summary: &Summary, seconds: f64) -> Vec<String> {
    let made = if plan.dry_run { "would be made" } else { "made" };
    let mut lines = vec![format!(
        "{} {made}, {} kept from before, {} failed; {:.1} s, {:.0} documents a second",
        summary.made,
        summary.skipped,
        summary.failed,
        seconds,
        (summary.made + summary.skipped) as f64 / seconds.max(0.001)
    )];
    if summary.shortened > 0 {
        lines.push(format!("{} sheets left parts out because they were full", summary.shortened));
    }
    for file in &summary.merged {
        lines.push(format!("bound {}", file.display()));
    }
    if !summary.merged.is_empty() {
        let Summary { sheets, sides, blanks, .. } = summary;
        lines.push(format!("{sheets} sheets of paper, {sides} sides, {blanks} of them blank"));
    }
    if !plan.dry_run {
        lines.push(format!("the account of every row: {}", plan.folder.join("manifest.jsonl").display()));
    }
    lines
}

fn outcome(args: &BatchArgs, ended: Ended) -> Result<(), Failure> {
    let mut faults = Vec::new();
    if ended.summary.failed > 0 {
        let count = ended.summary.failed;
        let rows =
            if count == 1 { "1 row has faults".to_owned() } else { format!("{count} rows have faults") };
        let fault = Diagnostic::error("failed-rows", rows);
        faults.push(match args.dry_run {
            true => fault.hint("a run without `--dry-run` lists them in `errors.csv`"),
            false => fault
                .at(Place::file(args.output.join("errors.csv").to_string_lossy()))
                .hint("mend the rows in this file and run it as a roster"),
        });
    }
    match ended.error {
        Some(error) => faults.push(
            Diagnostic::error("batch", error.to_string())
                .hint("what was made stays; run again with `--resume` to make the rest"),
        ),
        None if !ended.summary.whole => faults.push(
            Diagnostic::error("stopped", "stopped before the end of the roster")
                .hint("run again with `--resume` to make the rest"),
        ),
        None => {}
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::NotMade(Faults(faults))) }
}
