//! A folder with files that cannot be read: the built-in ones stand in for them, so that the faults of the others are
//! found in the same run.

use super::{fonts, templates};
use crate::content::files::{Embedded, Files, Memory};
use crate::content::{self, Folder, check_advertising};
use crate::diagnostic::{Diagnostic, Faults, Severity};
use crate::merge::Merger;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A stand-in may lack what another file names; then that file is replaced as well, and so on, so many times.
const ROUNDS: usize = 4;

/// Faults that say how files hang together: beside a stand-in they could be its own doing. They are told once every
/// file can be read.
const ABOUT_OTHER_FILES: [&str; 22] = [
    "blank",
    "blank-safety",
    "brochure",
    "idle-file",
    "incomplete-safety",
    "missing-file",
    "missing-key",
    "no-claim",
    "other-condition",
    "other-number",
    "other-window",
    "out-of-range",
    "ruled-out",
    "same-text",
    "unknown-exercise",
    "unknown-figure",
    "unknown-language",
    "unknown-section",
    "unknown-value",
    "unplaced-section",
    "untranslated",
    "unused-claim",
];

/// The faults of all files but those that `faults` name.
pub fn rest(files: &dyn Files, faults: &Faults) -> Vec<Diagnostic> {
    let Some((folder, replaced)) = mended(files, faults) else { return Vec::new() };
    let mut found = templates(&folder.first);
    for library in folder.treatments() {
        found.extend(check_advertising(library));
        found.extend(Merger::new(library).map_or_else(|faults| faults.0, |report| report.warnings));
    }
    let (prose, _) = content::prose_words(files);
    found.extend(content::proofread(files, &folder, &prose, None));
    found.extend(fonts(&folder.first).err().into_iter().flat_map(|faults| faults.0));
    found.retain(|fault| {
        let file = fault.place.as_ref().map(|place| &*place.file);
        file.is_some_and(|file| !replaced.contains(file)) && !ABOUT_OTHER_FILES.contains(&fault.code)
    });
    found
}

/// A library without the faulty files, and which these are. `None`: there is no such folder, or no end to its faults.
fn mended(files: &dyn Files, faults: &Faults) -> Option<(Folder, BTreeSet<String>)> {
    let mut folder = Memory::copy(files).ok()?;
    let mut replaced = BTreeSet::new();
    let mut faults = faults.clone();
    for _ in 0..ROUNDS {
        let faulty = faulty(&faults);
        for file in &faulty {
            match Embedded.read(file).ok().or_else(|| of_another_language(&folder, file, &faulty)) {
                Some(data) => folder.0.insert(file.clone(), data),
                None => folder.0.remove(file),
            };
        }
        replaced.extend(faulty);
        match content::load(&folder) {
            Ok(report) => return Some((report.value, replaced)),
            Err(found) => faults = found,
        }
    }
    None
}

/// Of a language that the program does not bring along: the same file in another one, so that what is written of it already is
/// read while the rest is not.
fn of_another_language(folder: &Memory, file: &str, faulty: &BTreeSet<String>) -> Option<Cow<'static, [u8]>> {
    let (before, name, behind) = language_of(file)?;
    let is_other = |other: &&String| {
        let parts = language_of(other);
        parts.is_some_and(|(own, other, rest)| own == before && rest == behind && other != name)
    };
    let other = folder.0.keys().filter(is_other).find(|other| !faulty.contains(*other))?;
    folder.0.get(other).cloned()
}

/// What stands before a language's name in a path, the name, and what stands behind it.
fn language_of(path: &str) -> Option<(&str, &str, &str)> {
    let at = IN_FOLDERS.iter().find_map(|(folder, depth)| {
        let rest = path.strip_prefix(folder)?;
        let parts: Vec<&str> = rest.splitn(depth + 1, '/').collect();
        (parts.len() == depth + 1).then(|| path.len() - parts[*depth].len())
    });
    if let Some(at) = at {
        let (name, _) = path[at..].split_once('/')?;
        return Some((&path[..at], name, &path[at + name.len()..]));
    }
    let folder = BY_NAME.iter().find(|folder| path.starts_with(*folder))?;
    let name = path[folder.len()..].strip_suffix(".yaml")?;
    Some((folder, name, &path[folder.len() + name.len()..]))
}

/// Folders in which a language has a folder, and how many stand between them.
const IN_FOLDERS: [(&str, usize); 3] =
    [("content/treatments/", 1), ("content/languages/", 0), ("content/exercises/", 0)];
/// Folders in which it has a file.
const BY_NAME: [&str; 2] = ["content/dates/", "content/records/"];

fn faulty(faults: &Faults) -> BTreeSet<String> {
    let errors = faults.0.iter().filter(|fault| fault.severity == Severity::Error);
    errors.filter_map(|fault| Some(fault.place.as_ref()?.file.to_string())).collect()
}
