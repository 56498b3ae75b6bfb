//! Plain files, opened as such: in a folder that others can write to, a name of ours may be a link that leads
//! elsewhere, or a pipe that never answers. The check is made on what was opened, so that nobody can change it between.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Something other than a plain file has the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is a link, a pipe or a device, not a plain file")]
pub struct NotPlain;

impl From<NotPlain> for io::Error {
    fn from(not_plain: NotPlain) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidInput, not_plain)
    }
}

/// Whether an error says that the file is none that may be opened.
pub fn is_not_plain(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<NotPlain>())
}

/// Opens a file to be read.
///
/// # Errors
///
/// [`NotPlain`], or what the system says.
pub fn open(path: &Path) -> io::Result<File> {
    open_with(OpenOptions::new().read(true), path)
}

/// Opens a file to be held: a lock is all that becomes of it.
///
/// # Errors
///
/// As [`open`].
pub fn open_to_hold(path: &Path) -> io::Result<File> {
    open_with(OpenOptions::new().write(true), path)
}

/// # Errors
///
/// As [`open`].
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut open(path)?, &mut bytes)?;
    Ok(bytes)
}

/// What stands under a name, without opening it: its length.
///
/// # Errors
///
/// As [`open`].
pub fn length(path: &Path) -> io::Result<u64> {
    let data = fs::symlink_metadata(path)?;
    if data.is_file() { Ok(data.len()) } else { Err(NotPlain.into()) }
}

fn open_with(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let file = unfollowed(options).open(path).map_err(|error| match fs::symlink_metadata(path) {
        // The system refuses links, and pipes that nobody reads, each with a word of its own.
        Ok(data) if !data.is_file() => NotPlain.into(),
        _ => error,
    })?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(NotPlain.into()) }
}

#[cfg(unix)]
fn unfollowed(options: &mut OpenOptions) -> &mut OpenOptions {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    options.custom_flags(flags.bits().cast_signed())
}

/// Where links are rare and need a right of their own, what [`open_with`] finds afterwards is enough.
#[cfg(not(unix))]
fn unfollowed(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_pipes_and_folders_are_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("plain"), "words").unwrap();
        symlink(path("plain"), path("link")).unwrap();
        symlink(path("nothing"), path("dangling")).unwrap();
        fs::create_dir(path("folder")).unwrap();
        let _listens = std::os::unix::net::UnixListener::bind(path("socket")).unwrap();
        for name in ["link", "dangling", "folder", "socket"] {
            assert!(is_not_plain(&open(&path(name)).unwrap_err()), "{name}");
            assert!(is_not_plain(&open_to_hold(&path(name)).unwrap_err()), "{name}");
            assert!(is_not_plain(&length(&path(name)).unwrap_err()), "{name}");
        }
        assert_eq!(read(&path("plain")).unwrap(), b"words");
        assert_eq!(length(&path("plain")).unwrap(), 5);
        assert_eq!(open(&path("nothing")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
