//! How far a run is: a bar on a terminal, a plain line now and then elsewhere.

use crate::batch::{Summary, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt;
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
    /// `rows`: about how many there are, when that can be known.
    pub fn new(quiet: bool, rows: Option<u64>) -> Progress {
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
