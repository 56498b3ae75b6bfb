//! Results into a pipe or a device.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a pipe or a device that a person has named, to be written. A pipe that nobody reads is waited for only shortly.
///
/// # Errors
///
/// Nobody reads it, or what the system says.
#[cfg(unix)]
pub fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
    use std::os::unix::fs::OpenOptionsExt;
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let until = std::time::Instant::now() + READER;
    loop {
        match OpenOptions::new().write(true).custom_flags(flags.bits().cast_signed()).open(path) {
            Ok(stream) => {
                fcntl_setfl(&stream, fcntl_getfl(&stream)? - OFlags::NONBLOCK)?;
                return Ok(stream);
            }
            Err(error) if error.raw_os_error() != Some(rustix::io::Errno::NXIO.raw_os_error()) => {
                return Err(error);
            }
            Err(_) if std::time::Instant::now() > until => {
                return Err(io::Error::new(io::ErrorKind::TimedOut, "nobody reads this pipe"));
            }
            Err(_) => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
}

/// Whoever reads a pipe may be started a moment later.
#[cfg(unix)]
const READER: std::time::Duration = std::time::Duration::from_secs(5);

/// # Errors
///
/// What the system says.
#[cfg(not(unix))]
pub fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).open(path)
}
