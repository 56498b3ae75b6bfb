//! How far a run is: a bar on a terminal, a plain line now and then elsewhere.

use crate::batch::{Summary, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Between plain lines.
const PAUSE: Duration = Duration::from_secs(10);

pub struct Progress {
    bar: ProgressBar,
    /// When the last plain line was written; `None` writes none.
    plain: Option<Mutex<Instant>>,
}

impl Progress {
    pub fn new(quiet: bool) -> Progress {
        let terminal = std::io::stderr().is_terminal();
        let bar = ProgressBar::no_length();
        match terminal && !quiet {
            true => bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8)),
            false => bar.set_draw_target(ProgressDrawTarget::hidden()),
        }
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} rows, {per_sec}, {elapsed} {msg}") {
            bar.set_style(style);
        }
        let plain = (!terminal && !quiet).then(|| Mutex::new(Instant::now()));
        Progress { bar, plain }
    }

    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Progress {
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
