//! Results on standard output.

use crate::cli::outcome::Failure;
use std::io::{self, Write};

/// Writes to standard output.
pub fn to_stdout(bytes: &[u8]) -> Result<(), Failure> {
    open_stdout()?;
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(Failure::of_stdout)
}

/// For what is written to standard output bit by bit: that there is one.
pub fn open_stdout() -> Result<(), Failure> {
    if is_closed() { Err(Failure::of_stdout(io::Error::other("it is closed"))) } else { Ok(()) }
}

/// Whether the program was started without a standard output. Its runtime then opens `/dev/null` in its place, to be
/// read and written, and in no other way that it could be known by: who asks for no output opens it to be written, or
/// keeps it from being inherited.
#[cfg(target_os = "linux")]
fn is_closed() -> bool {
    use rustix::fs::{OFlags, fcntl_getfl, fstat, major, minor};
    /// The numbers of `/dev/null`.
    const NULL: (u32, u32) = (1, 3);
    let stdout = io::stdout();
    let is_null = fstat(&stdout).is_ok_and(|found| (major(found.st_rdev), minor(found.st_rdev)) == NULL);
    let flags = fcntl_getfl(&stdout).unwrap_or(OFlags::empty());
    is_null && flags.contains(OFlags::RDWR) && !flags.contains(OFlags::CLOEXEC)
}

#[cfg(not(target_os = "linux"))]
fn is_closed() -> bool {
    false
}
