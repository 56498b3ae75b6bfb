//! What stood in the clinic folder before the page changed it: a copy of each file, `.before/TIME-FILE`, and the way back.

use crate::atomic_file::{self, Readers};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// In the clinic folder. What begins with a dot is no part of it.
pub const FOLDER: &str = ".before";
/// Copies of one file that are kept.
const KEPT: usize = 20;
/// Stands for `/` in a copy's name.
const SLASH: &str = "+";
/// How the name of a copy ends that says that there was no such file.
const NONE: &str = ".none";

/// One change: when, and what stood there, by path; `None`: nothing.
#[derive(Debug)]
pub struct Step {
    /// Sorts by time.
    pub stamp: String,
    pub files: BTreeMap<String, Option<Vec<u8>>>,
    /// What the change put there, as digests by path. A change of before this was kept has none.
    left: BTreeMap<String, String>,
}

impl Step {
    /// The files that are no longer as the change left them: somebody went on in them by hand.
    pub fn edited<'b>(&self, now: &dyn Fn(&str) -> Option<&'b [u8]>) -> Vec<&str> {
        let is_edited = |(path, left): &(&String, &String)| digest(now(path)) != **left;
        self.left.iter().filter(is_edited).map(|(path, _)| path.as_str()).collect()
    }
}

/// Behind a stamp: the file that says what the change left.
const LEFT: &str = ".left";

fn digest(bytes: Option<&[u8]>) -> String {
    bytes.map_or_else(|| "-".to_owned(), |bytes| crate::hex::hex(&Sha256::digest(bytes)[..16]))
}

/// A stamp that is later than all that are there.
///
/// # Errors
/// The folder cannot be read.
pub fn stamp(folder: &Path, now: DateTime<Utc>) -> io::Result<String> {
    let time = now.format("%Y%m%dT%H%M%S").to_string();
    let last = names(folder)?.into_iter().filter_map(|name| Some(name.split_once('-')?.0.to_owned())).max();
    let (time, number) = match last.as_deref().and_then(|last| last.split_once('.')) {
        // The clock may have been set back.
        Some((before, number)) if *before >= *time => (before.to_owned(), number.parse().unwrap_or(0) + 1),
        _ => (time, 1),
    };
    Ok(format!("{time}.{number:03}"))
}

/// Keeps what stands there, and what is put in its place is known by.
///
/// # Errors
/// The copies cannot be written.
pub fn keep(
    folder: &Path,
    stamp: &str,
    files: &BTreeMap<String, Option<Vec<u8>>>,
    new: &BTreeMap<String, Option<Vec<u8>>>,
) -> io::Result<()> {
    let own = folder.join(FOLDER);
    atomic_file::make_folder(&own)?;
    for (path, bytes) in files {
        let end = if bytes.is_some() { "" } else { NONE };
        let name = format!("{stamp}-{}{end}", path.replace('/', SLASH));
        atomic_file::write(&own.join(name), bytes.as_deref().unwrap_or_default(), Readers::Anybody)?;
    }
    let left: String =
        new.iter().map(|(path, bytes)| format!("{} {path}\n", digest(bytes.as_deref()))).collect();
    atomic_file::write(&own.join(format!("{stamp}{LEFT}")), left.as_bytes(), Readers::Anybody)?;
    prune(folder)
}

/// Takes the copies of a change away that was not made after all.
pub fn forget(folder: &Path, stamp: &str) {
    let _ = atomic_file::remove(&folder.join(FOLDER).join(format!("{stamp}{LEFT}")));
    let own = names(folder).unwrap_or_default();
    for name in own.iter().filter(|name| name.split_once('-').is_some_and(|(own, _)| own == stamp)) {
        // A copy too many harms nobody.
        let _ = atomic_file::remove(&folder.join(FOLDER).join(name));
    }
}

/// The last change.
///
/// # Errors
/// A copy cannot be read.
pub fn last(folder: &Path) -> io::Result<Option<Step>> {
    let names = names(folder)?;
    let split = |name: &str| name.split_once('-').map(|(stamp, file)| (stamp.to_owned(), file.to_owned()));
    let all: Vec<(String, String)> = names.iter().filter_map(|name| split(name)).collect();
    let Some(stamp) = all.iter().map(|(stamp, _)| stamp.clone()).max() else { return Ok(None) };
    let mut files = BTreeMap::new();
    for (_, file) in all.iter().filter(|(own, _)| *own == stamp) {
        let copy = folder.join(FOLDER).join(format!("{stamp}-{file}"));
        match file.strip_suffix(NONE) {
            Some(path) => files.insert(path.replace(SLASH, "/"), None),
            None => files.insert(file.replace(SLASH, "/"), Some(fs::read(copy)?)),
        };
    }
    let left = fs::read_to_string(folder.join(FOLDER).join(format!("{stamp}{LEFT}"))).unwrap_or_default();
    let left = left.lines().filter_map(|line| line.split_once(' '));
    let left = left.map(|(digest, path)| (path.to_owned(), digest.to_owned())).collect();
    Ok(Some(Step { stamp, files, left }))
}

/// How many changes can be seen in the folder.
pub fn count(folder: &Path) -> usize {
    let names = names(folder).unwrap_or_default();
    let stamps: std::collections::BTreeSet<&str> =
        names.iter().filter_map(|name| Some(name.split_once('-')?.0)).collect();
    stamps.len()
}

/// Names of copies. A folder that is not there has none.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder.join(FOLDER)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    Ok(names.filter(|name| is_copy(name)).collect())
}

/// `20261124T203000.001-content+clinic.yaml`
fn is_copy(name: &str) -> bool {
    let Some((stamp, file)) = name.split_once('-') else { return false };
    let has_parts = file.split(SLASH).all(|part| !part.is_empty() && part != "." && part != "..");
    is_stamp(stamp) && has_parts
}

fn is_stamp(stamp: &str) -> bool {
    let Some((time, number)) = stamp.split_once('.') else { return false };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    time.split_once('T').is_some_and(|(day, hour)| is_number(day) && is_number(hour)) && is_number(number)
}

/// The oldest copies of each file go.
fn prune(folder: &Path) -> io::Result<()> {
    let mut by_file: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in names(folder)? {
        if let Some((_, file)) = name.split_once('-') {
            by_file.entry(file.trim_end_matches(NONE).to_owned()).or_default().push(name);
        }
    }
    for mut copies in by_file.into_values() {
        copies.sort();
        for name in copies.iter().rev().skip(KEPT) {
            atomic_file::remove(&folder.join(FOLDER).join(name))?;
        }
    }
    let kept = names(folder)?;
    let is_kept =
        |stamp: &str| kept.iter().any(|name| name.split_once('-').is_some_and(|(own, _)| own == stamp));
    for entry in fs::read_dir(folder.join(FOLDER))? {
        let name = entry?.file_name();
        let stamp = name.to_str().and_then(|name| name.strip_suffix(LEFT));
        if stamp.is_some_and(|stamp| is_stamp(stamp) && !is_kept(stamp)) {
            atomic_file::remove(&folder.join(FOLDER).join(&name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> BTreeMap<String, Option<Vec<u8>>> {
        BTreeMap::from([
            ("content/clinic.yaml".to_owned(), Some(text.into())),
            ("content/new.yaml".to_owned(), None),
        ])
    }

    #[test]
    fn the_last_change_can_be_read_and_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        assert!(last(folder).unwrap().is_none());
        fs::create_dir(folder.join(FOLDER)).unwrap();
        fs::write(folder.join(FOLDER).join("notes.txt"), "mine").unwrap();
        for number in 0..KEPT + 3 {
            let stamp = stamp(folder, DateTime::UNIX_EPOCH).unwrap();
            let old = files(&number.to_string());
            keep(folder, &stamp, &old, &old).unwrap();
        }
        let step = last(folder).unwrap().unwrap();
        assert_eq!(step.stamp, "19700101T000000.023");
        assert_eq!(step.files, files(&(KEPT + 2).to_string()));
        assert_eq!(fs::read_dir(folder.join(FOLDER)).unwrap().count(), 3 * KEPT + 1);
        forget(folder, &step.stamp);
        assert_eq!(last(folder).unwrap().unwrap().stamp, "19700101T000000.022");
        assert_eq!(fs::read(folder.join(FOLDER).join("notes.txt")).unwrap(), b"mine");
    }

    #[test]
    fn a_copy_leads_nowhere_else() {
        for name in ["x", "1T1.1-", "1T1.1-..+x", "1T1.1-a++b", "1T1-x", "T.-x", "1T1.1-+etc"] {
            assert!(!is_copy(name), "{name}");
        }
        assert!(is_copy("20261124T203000.001-content+clinic.yaml"));
    }
}
