//! A clinic folder of one's own, made as `aftercare init` makes it.

use crate::atomic_file::{self, Readers};
use crate::{BuiltIn, Files};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder that is offered.
const NAME: &str = "aftercare-clinic";

/// Why none was made.
#[derive(Debug)]
pub enum NotMade {
    /// Something stands in it.
    NotEmpty,
    Disk(io::Error),
}

/// Where one would stand.
pub fn usual() -> PathBuf {
    env::current_dir().unwrap_or_default().join(NAME)
}

/// What somebody typed as a place: from where the program was started, or from home.
pub fn place(typed: &str) -> Option<PathBuf> {
    let typed = typed.trim();
    if typed.is_empty() || typed.contains('\0') {
        return None;
    }
    let from_home = typed.strip_prefix("~/").or_else(|| typed.strip_prefix("~\\"));
    match from_home.zip(env::home_dir()) {
        Some((rest, home)) => Some(home.join(rest)),
        None => std::path::absolute(typed).ok(),
    }
}

/// Copies the built-in folder out.
///
/// # Errors
/// The folder is not empty, or cannot be written. What was written of it goes again.
pub fn make(folder: &Path) -> Result<(), NotMade> {
    let was_there = match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => true,
        Ok(false) => return Err(NotMade::NotEmpty),
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(NotMade::Disk(error)),
    };
    let made = copy(folder);
    if made.is_err() {
        // Nothing but ours can stand there, and who tries again begins anew.
        let parts = ["content", "fonts", "templates"].map(|part| folder.join(part));
        parts.iter().for_each(|part| drop(fs::remove_dir_all(part)));
        if !was_there {
            let _ = fs::remove_dir(folder);
        }
    }
    made.map_err(NotMade::Disk)
}

fn copy(folder: &Path) -> io::Result<()> {
    let told = |faults: crate::Faults| io::Error::other(faults.to_string());
    for file in BuiltIn.list().map_err(told)? {
        let place = folder.join(&file.path);
        atomic_file::make_folder(atomic_file::folder(&place))?;
        atomic_file::write(&place, &BuiltIn.read(&file.path).map_err(told)?, Readers::Anybody)?;
    }
    Ok(())
}
