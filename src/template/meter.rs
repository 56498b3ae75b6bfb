//! What one filling of a template may cost.

use std::cell::Cell;
use std::io;
use tera::{Kwargs, State, Tera, TeraResult};

/// The function that the scanner puts into every loop, block, part and file.
pub(super) const SPEND: &str = "_spend";

/// Tags that one filling may run through. The built-in pages take about 3 000.
const PURSE: u64 = 1_000_000;

/// Bytes that one filling may write. A handout is about 60 KB.
pub(super) const LONGEST_OUTPUT: usize = 8 << 20;

/// `range` makes no more numbers than this.
const LONGEST_RANGE: u64 = 1_000;

thread_local! {
    /// What is left for the filling that runs on this thread. A filling starts and ends on one thread, and Tera
    /// gives a function nothing else of its own to count on.
    static LEFT: Cell<u64> = const { Cell::new(0) };
}

/// Runs one filling with a full purse.
pub(super) fn with_full_purse<T>(filling: impl FnOnce() -> T) -> T {
    let before = LEFT.replace(PURSE);
    let result = filling();
    LEFT.set(before);
    result
}

pub(super) fn register(tera: &mut Tera) {
    tera.register_function(SPEND, |arguments: Kwargs, _: &State| -> TeraResult<String> {
        spend(arguments.must_get::<u64>("tags")?)
    });
    tera.register_function("range", |arguments: Kwargs, _: &State| -> TeraResult<Vec<u64>> {
        let start = arguments.get::<u64>("start")?.unwrap_or(0);
        let end = arguments.must_get::<u64>("end")?;
        match end.saturating_sub(start) <= LONGEST_RANGE {
            true => Ok((start..end).collect()),
            false => Err(tera::Error::message(format!("`range` makes at most {LONGEST_RANGE} numbers"))),
        }
    });
}

fn spend(tags: u64) -> TeraResult<String> {
    match LEFT.get().checked_sub(tags.max(1)) {
        Some(left) => {
            LEFT.set(left);
            Ok(String::new())
        }
        None => Err(tera::Error::message("The template repeats too much")),
    }
}

/// Takes what a template writes, up to [`LONGEST_OUTPUT`].
#[derive(Default)]
pub(super) struct BoundedOutput {
    written: Vec<u8>,
    overflown: bool,
}

impl BoundedOutput {
    pub(super) fn overflown(&self) -> bool {
        self.overflown
    }

    /// `None` if it is not UTF-8, which a template cannot write.
    pub(super) fn into_string(self) -> Option<String> {
        String::from_utf8(self.written).ok()
    }
}

impl io::Write for BoundedOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.written.len() + bytes.len() > LONGEST_OUTPUT {
            self.overflown = true;
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
