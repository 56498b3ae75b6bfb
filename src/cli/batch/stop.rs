//! Ctrl-C: the first finishes the rows in hand, the second stops at once.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

static STOP: AtomicBool = AtomicBool::new(false);

/// The exit code of a program that a person stopped (128 + SIGINT).
const INTERRUPTED: i32 = 130;

/// Set when a person asks the run to stop.
pub fn flag() -> &'static AtomicBool {
    // A second handler in the same process, in tests, is refused; the first one serves.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED);
        }
        let _ = writeln!(std::io::stderr(), "stopping after the rows in hand; press again to stop at once");
    });
    &STOP
}
