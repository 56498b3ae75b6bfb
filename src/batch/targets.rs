//! The places where a run writes, looked at before it makes anything. What others made is left as it is, and so is the
//! roster.

use super::manifest::{self, Manifest};
use super::plan::part_number;
use super::{BatchError, Destination, Merge, Plan, entry, errors, lock};
use crate::atomic_file::{self, unfinished};
use crate::diagnostic::{Diagnostic, Faults, Place, path_shown};
use crate::plain_file::{self, is_not_plain};
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What a run finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The roster is the folder's own list of failed rows, mended.
    pub mending: bool,
}

/// # Errors
///
/// [`BatchError::Places`]: every place that cannot be written, or must not be. Nothing is made.
pub fn look(plan: &Plan) -> Result<Found, BatchError> {
    let mut faults = Vec::new();
    if let Some(to) = &plan.pack {
        faults.extend(pack(plan, to)?);
        faults.extend(plan.merge.iter().flat_map(|merge| merged(plan, merge)));
        let found = Found { mending: false };
        return if faults.is_empty() { Ok(found) } else { Err(BatchError::Places(Faults(faults))) };
    }
    faults.extend(folder(&plan.folder));
    let mending = match list(plan) {
        Ok(mending) => mending,
        Err(fault) => {
            faults.push(fault);
            false
        }
    };
    faults.extend(own_files(plan));
    if let Some(merge) = &plan.merge {
        faults.extend(merged(plan, merge));
    }
    if faults.is_empty() { Ok(Found { mending }) } else { Err(BatchError::Places(Faults(faults))) }
}

fn fault(code: &'static str, path: &Path, message: &str) -> Diagnostic {
    Diagnostic::error(code, message).at(Place::file(path.to_string_lossy()))
}

fn not_ours(path: &Path, instead: &str) -> Diagnostic {
    fault("not-ours", path, "aftercare did not make this file, so it is left as it is")
        .hint(format!("move it away, {instead}, or write it over with `--force`"))
}

fn folder(path: &Path) -> Option<Diagnostic> {
    if path.as_os_str().is_empty() || path.as_os_str() == "-" {
        let message = "`-o` names no folder";
        return Some(Diagnostic::error("call", message).hint("name one for the handouts: `-o out/`"));
    }
    let is_other = path.metadata().is_ok_and(|data| !data.is_dir());
    is_other.then(|| fault("call", path, "this is a file, not a folder").hint("name a folder: `-o out/`"))
}

/// What is wrong with the place of an archive.
fn pack(plan: &Plan, to: &Destination) -> Result<Option<Diagnostic>, BatchError> {
    match to {
        Destination::Zip(path) => Ok(zip(plan, path)),
        Destination::Tar(_) => Ok(None),
        #[cfg(feature = "object-store")]
        Destination::Object(place) => {
            // A run for trial asks no store, and one that goes on looks into what stands.
            let stays = !(plan.dry_run || plan.resume || plan.force);
            let stands = stays && place.length().map_err(BatchError::Store)?.is_some();
            Ok(stands.then(|| other_part(Path::new(place.shown()))))
        }
    }
}

fn other_part(path: &Path) -> Diagnostic {
    let message = "an archive stands here already, and may be that of another part of the roster";
    fault("other-part", path, message)
        .hint("`--resume` keeps it, if it is of these rows")
        .hint("name an archive for each part, or write over it with `--force`")
}

/// The same of a file.
fn zip(plan: &Plan, path: &Path) -> Option<Diagnostic> {
    let making = unfinished(path);
    if is_something_else(&making) {
        return Some(not_plain(&making));
    }
    let found = path.symlink_metadata().ok()?;
    if plan.reads(path) {
        let message = "the archive would be written over the roster";
        return Some(fault("roster-in-the-way", path, message).hint("give one of them another name"));
    }
    if path.is_dir() {
        let hint = "for files in it, end its name in `/`";
        return Some(fault("call", path, "this is a folder with the name of an archive").hint(hint));
    }
    if !found.is_file() {
        return Some(not_plain(path));
    }
    match atomic_file::is_ours(path) {
        _ if plan.force => None,
        Ok(true) if plan.shard.is_some() && !plan.resume => Some(other_part(path)),
        Ok(true) => None,
        Ok(false) => Some(not_ours(path, "name another file with `-o`")),
        Err(error) => Some(unreadable(path, &error)),
    }
}

/// Whether the roster is the list of failed rows. What else stands under its name must be a list of ours.
fn list(plan: &Plan) -> Result<bool, Diagnostic> {
    let path = plan.folder.join(errors::NAME);
    let Ok(found) = path.symlink_metadata() else { return Ok(false) };
    if path.is_dir() {
        return Err(fault("call", &path, "this is a folder; the list of failed rows has its name"));
    }
    if !found.is_file() {
        return Err(not_plain(&path));
    }
    let is_roster = plan.roster.as_ref().is_some_and(|roster| same_file(roster, &path));
    match is_roster {
        true if !errors::is_list(&path) => Err(fault(
            "roster-in-the-way",
            &path,
            "this roster has the name and the place of the list of failed rows, which would be written over it",
        )
        .hint("give the roster another name, or name another folder with `-o`")),
        true if plan.shard.is_some() => {
            Err(fault("call", &path, "a part of this list would take the place of the whole")
                .hint("leave out `--shard`, or give the list another name"))
        }
        true => Ok(true),
        false if !(plan.force || errors::is_list(&path)) => {
            Err(not_ours(&path, "name another folder with `-o`"))
        }
        false => Ok(false),
    }
}

/// The manifest and the hidden files of a run.
fn own_files(plan: &Plan) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let names = [manifest::NAME, entry::EARLIER, errors::RECORD, lock::NAME];
    let making = [entry::EARLIER, errors::NAME].map(|name| unfinished(&plan.folder.join(name)));
    for path in names.map(|name| plan.folder.join(name)).into_iter().chain(making) {
        if plan.roster.as_ref().is_some_and(|roster| same_file(roster, &path)) {
            let message = "the run writes a file of its own here, so this cannot be its roster";
            faults.push(
                fault("roster-in-the-way", &path, message)
                    .hint("give the roster another name, or name another folder with `-o`"),
            );
        } else if path.is_dir() {
            faults.push(fault("call", &path, "this is a folder; a file of the run has its name"));
        } else if is_something_else(&path) {
            faults.push(not_plain(&path));
        }
    }
    if faults.is_empty() && !plan.force {
        faults.extend(foreign_manifest(&plan.folder.join(manifest::NAME)));
    }
    faults
}

fn foreign_manifest(path: &Path) -> Option<Diagnostic> {
    match manifest::is_ours(path) {
        Ok(true) => None,
        Ok(false) => Some(not_ours(path, "name another folder with `-o`")),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => Some(unreadable(path, &error)),
    }
}

/// Whether a name is taken by a link, a pipe or a device: a run would write to what it leads to, or wait for ever.
fn is_something_else(path: &Path) -> bool {
    plain_file::length(path).is_err_and(|error| is_not_plain(&error))
}

fn not_plain(path: &Path) -> Diagnostic {
    let message = "this is a link, a pipe or a device, and a file of the run has its name";
    fault("not-a-file", path, message).hint("remove it, or name another folder")
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    fault(
        "unreadable-file",
        path,
        &format!("what stands here cannot be read, so it is left as it is: {error}"),
    )
    .hint("name another place, or write it over with `--force`")
}

/// What is wrong with the place of the merged file, or of its parts.
fn merged(plan: &Plan, merge: &Merge) -> Vec<Diagnostic> {
    if let Some(fault) = merged_name(merge) {
        return vec![fault];
    }
    let paths = merge_targets(merge);
    let is_roster = |path: &Path| plan.roster.as_ref().is_some_and(|roster| same_file(roster, path));
    let handouts = handouts_among(merge, &paths);
    let check = |path: &PathBuf| -> Option<Diagnostic> {
        let found = path.symlink_metadata().ok()?;
        if is_roster(path) {
            let message = "the merged file would be written over the roster";
            return Some(fault("roster-in-the-way", path, message).hint("give one of them another name"));
        }
        if path.is_dir() {
            return Some(fault("call", path, "this is not a file that can be written"));
        }
        if !found.is_file() {
            return Some(not_plain(path));
        }
        if handouts.contains(path) {
            let message = "this is the handout of a row; the merged file would be written over it";
            return Some(fault("call", path, message).hint("give the merged file another name"));
        }
        match atomic_file::is_ours(path) {
            _ if plan.force => None,
            Ok(true) => None,
            Ok(false) => Some(not_ours(path, "name another file with `--merge`")),
            Err(error) => Some(unreadable(path, &error)),
        }
    };
    let making = unfinished(&merge.path(1));
    let in_the_way = is_something_else(&making).then(|| not_plain(&making));
    paths.iter().filter_map(check).chain(in_the_way).collect()
}

fn merged_name(merge: &Merge) -> Option<Diagnostic> {
    let path = &merge.file;
    let text = path.to_string_lossy();
    let hint = "name a file for all handouts: `--merge all.pdf`";
    if text.is_empty() || text == "-" {
        return Some(Diagnostic::error("call", "`--merge` names no file").hint(hint));
    }
    if path.is_dir() || text.ends_with(['/', std::path::MAIN_SEPARATOR]) || path.file_name().is_none() {
        let hint = format!("name a file in it: `--merge {}`", path_shown(&path.join("all.pdf")));
        return Some(fault("call", path, "this is a folder, not a file for all handouts").hint(hint));
    }
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    if !ending.eq_ignore_ascii_case("pdf") {
        let hint = format!("end its name in `.pdf`: `--merge {}`", path_shown(&path.with_extension("pdf")));
        return Some(
            fault("call", path, "the merged file is a PDF, and its name does not say so").hint(hint),
        );
    }
    None
}

/// The merged file, or what stands where its parts go.
fn merge_targets(merge: &Merge) -> Vec<PathBuf> {
    match merge.every {
        None => vec![merge.file.clone()],
        Some(_) => parts(merge).into_iter().map(|(_, path)| path).collect(),
    }
}

/// Files that have the names of parts, with their numbers, in order.
pub fn parts(merge: &Merge) -> Vec<(usize, PathBuf)> {
    let Ok(entries) = fs::read_dir(merge.folder()) else { return Vec::new() };
    let part = |name: OsString| {
        let path = merge.file.with_file_name(&name);
        let is_pdf = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
        let number = part_number(&merge.stem(), &path.file_stem()?.to_string_lossy())?;
        is_pdf.then_some((number, path))
    };
    let mut parts: Vec<_> = entries.filter_map(|entry| part(entry.ok()?.file_name())).collect();
    parts.sort();
    parts
}

/// Files that a run before this one bound, and that would be printed with this one's, or in their place. The names of
/// those that this run bound are `bound`.
pub fn left_over(merge: &Merge, bound: &[PathBuf]) -> Vec<PathBuf> {
    let mut others: Vec<PathBuf> = parts(merge).into_iter().map(|(_, path)| path).collect();
    others.push(merge.file.clone());
    // All of them stand in one folder.
    let bound: HashSet<_> = bound.iter().filter_map(|bound| bound.file_name()).collect();
    let is_bound = |path: &Path| path.file_name().is_some_and(|name| bound.contains(name));
    others.retain(|path| !is_bound(path) && atomic_file::is_ours(path).unwrap_or(false));
    let handouts = handouts_among(merge, &others);
    others.retain(|path| !handouts.contains(path));
    others
}

/// Those of the paths that are handouts of single rows, by the manifest of their folder.
fn handouts_among(merge: &Merge, paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut standing: HashMap<String, Vec<&PathBuf>> = HashMap::new();
    for path in paths.iter().filter(|path| path.symlink_metadata().is_ok()) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        standing.entry(stem).or_default().push(path);
    }
    if standing.is_empty() {
        return Vec::new();
    }
    let mut handouts = Vec::new();
    Manifest::ids_of_pdfs(merge.folder(), &mut |id| {
        let named = standing.get(&id.to_ascii_lowercase()).into_iter().flatten();
        handouts.extend(named.map(|path| (*path).clone()));
    });
    handouts
}

impl Plan {
    /// Whether the merged file, or a part of it, has the name of the PDF that is made for the row alone.
    pub(super) fn merged_has_the_name_of(&self, id: &str) -> bool {
        let named = |merge: &&Merge| self.pdf && self.pack.is_none() && merge.number(id).is_some();
        let Some(merge) = self.merge.as_ref().filter(named) else { return false };
        // In a dry run the folder may not be there yet.
        let written = |path: &Path| std::path::absolute(path).ok();
        same_file(merge.folder(), &self.folder) || written(merge.folder()) == written(&self.folder)
    }

    /// Whether a file is the one that the roster is read from.
    pub(super) fn reads(&self, path: &Path) -> bool {
        self.roster.as_ref().is_some_and(|roster| same_file(roster, path))
    }
}

/// Whether two paths lead to one file, whatever they are called. What is not there is no file.
#[cfg(unix)]
pub fn same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => one.ino() == other.ino() && one.dev() == other.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
pub fn same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
