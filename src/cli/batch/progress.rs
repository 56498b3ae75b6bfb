//! How far a run is: a bar on a terminal, a plain line now and then elsewhere.

use super::log::Log;
use crate::batch::{Remarks, Summary, Watch};
use crate::cli::report::Reporter;
use crate::diagnostic::{Diagnostic, Severity};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt;
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Between plain lines.
const PAUSE: Duration = Duration::from_secs(10);

pub struct Progress<'a> {
    bar: ProgressBar,
    /// When the last plain line was written; `None` writes none.
    plain: Option<Mutex<Instant>>,
    reporter: &'a Reporter,
    failed: Mutex<Log>,
    warned: Mutex<Log>,
}

impl<'a> Progress<'a> {
    /// `rows`: about how many there are, when that can be known. `json`: rows with faults and warnings are kept for a
    /// summary.
    pub fn new(reporter: &'a Reporter, quiet: bool, rows: Option<u64>, json: bool) -> Progress<'a> {
        let terminal = std::io::stderr().is_terminal();
        let bar = rows.map_or_else(ProgressBar::no_length, ProgressBar::new);
        let template = match rows {
            Some(_) => "{wide_bar} {pos} of about {len} rows, {rate}, {eta} left {msg}",
            None => "{spinner} {pos} rows, {rate}, {elapsed} {msg}",
        };
        match terminal && !quiet {
            true => bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8)),
            false => bar.set_draw_target(ProgressDrawTarget::hidden()),
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
                let _ = write!(out, "{:.0} a second", state.per_sec());
            }));
        }
        let plain = (!terminal && !quiet).then(|| Mutex::new(Instant::now()));
        let told = |severity| Mutex::new(Log::new(severity, json));
        let (failed, warned) = (told(Severity::Error), told(Severity::Warning));
        Progress { bar, plain, reporter, failed, warned }
    }

    /// Takes the bar away: what was told of single rows, faults and warnings.
    pub fn end(self) -> (Log, Log) {
        self.bar.finish_and_clear();
        let told = |told: Mutex<Log>| told.into_inner().unwrap_or_else(PoisonError::into_inner);
        (told(self.failed), told(self.warned))
    }

    fn tell(&self, told: &Mutex<Log>, row: &Remarks) {
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        self.bar.suspend(|| told.row(row, self.reporter));
    }
}

impl Watch for Progress<'_> {
    fn failed(&self, row: &Remarks) {
        self.tell(&self.failed, row);
    }

    fn warned(&self, row: &Remarks) {
        self.tell(&self.warned, row);
    }

    fn clinic(&self, found: &Diagnostic) {
        self.bar.suspend(|| self.reporter.diagnostics(std::slice::from_ref(found)));
    }

    fn row(&self, summary: &Summary) {
        self.bar.set_position(summary.rows);
        if summary.failed > 0 && self.plain.is_none() {
            self.bar.set_message(format!("({} failed)", summary.failed));
        }
        let Some(last) = &self.plain else { return };
        let Ok(mut last) = last.lock() else { return };
        if last.elapsed() >= PAUSE {
            *last = Instant::now();
            // Nobody may be there to read it.
            let _ = writeln!(
                std::io::stderr(),
                "{} rows: {} made, {} kept, {} failed",
                summary.rows,
                summary.made,
                summary.skipped,
                summary.failed
            );
        }
    }
}
