//! Limits that the system sets for the process: each ends with a sentence, as far as a program may have its say.

/// A file that grows over the limit on its size is a failed write from now on, and not the end of the process.
#[cfg(unix)]
pub fn heed() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    // Nobody asks whether it came: the write tells. Where it cannot be set, all is as it was.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
}

#[cfg(not(unix))]
pub fn heed() {}
