//! A change of the clinic folder: tried in memory first, by the very checks of the command line, then written whole.

use super::before;
use crate::approval::Approval;
use crate::atomic_file::{self, Readers};
use crate::diagnostic::{Diagnostic, Faults, Severity};
use crate::{Engine, Files, Folder, Memory};
use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Files as they are to be, by path; `None`: not there.
pub type Plan = BTreeMap<String, Option<Vec<u8>>>;

/// Why nothing was written.
#[derive(Debug)]
pub enum NotWritten {
    /// What `check` says.
    Faulty(Vec<Diagnostic>),
    /// Texts that were signed and would be drafts: treatment and language.
    Drafts(Vec<(String, String)>),
    /// A file that was changed by another program since it was read.
    Meanwhile(String),
    /// The disk, with the path that it is about.
    Disk(PathBuf, io::Error),
}

impl From<Faults> for NotWritten {
    fn from(faults: Faults) -> NotWritten {
        NotWritten::Faulty(faults.0)
    }
}

/// A clinic folder as it was read.
pub struct Base {
    pub folder: PathBuf,
    files: Memory,
}

impl Base {
    /// # Errors
    /// Those of the folder.
    pub fn read(folder: &Path) -> Result<Base, Faults> {
        let files = Memory::copy(&Folder::new(folder))?;
        Ok(Base { folder: folder.to_owned(), files })
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.0.keys().map(String::as_str)
    }

    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.0.get(path).map(|data| &**data)
    }

    /// # Errors
    /// There is no such text.
    pub fn text(&self, path: &str) -> Result<&str, Faults> {
        let bytes = self.bytes(path).ok_or_else(|| self.missing(path))?;
        std::str::from_utf8(bytes).map_err(|_| self.missing(path))
    }

    fn missing(&self, path: &str) -> Faults {
        let message = "the file is not there, or is no text in UTF-8";
        Diagnostic::error("unreadable-file", message).at(crate::diagnostic::Place::file(path)).into()
    }

    /// What some files are known by.
    pub fn hash(&self, paths: &[&str]) -> String {
        let mut hash = Sha256::new();
        for path in paths {
            let bytes = self.bytes(path).unwrap_or_default();
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        crate::hex::hex(&hash.finalize()[..16])
    }

    /// Writes what is sound, and keeps what was there. `drafts`: whether signed texts may become drafts by it.
    ///
    /// # Errors
    /// Why nothing was written.
    pub fn write(
        mut self,
        plan: &Plan,
        former: &Engine,
        now: DateTime<Utc>,
        drafts: bool,
    ) -> Result<Engine, NotWritten> {
        let was: Plan =
            plan.keys().map(|path| (path.clone(), self.bytes(path).map(<[u8]>::to_vec))).collect();
        for (path, bytes) in plan {
            match bytes {
                Some(bytes) => drop(self.files.0.insert(path.clone(), bytes.clone().into())),
                None => drop(self.files.0.remove(path)),
            }
        }
        let engine = tried(&self.files, &self.folder, now)?;
        let today = now.with_timezone(&engine.library().clinic.time_zone).date_naive();
        let fallen = fallen(former, &engine, today);
        if !drafts && !fallen.is_empty() {
            return Err(NotWritten::Drafts(fallen));
        }
        self.put(plan, &was, now)?;
        Ok(engine)
    }

    fn put(&self, plan: &Plan, was: &Plan, now: DateTime<Utc>) -> Result<(), NotWritten> {
        let disk = |path: PathBuf| move |error| NotWritten::Disk(path, error);
        let own = self.folder.join(before::FOLDER);
        let stamp = before::stamp(&self.folder, now).map_err(disk(own.clone()))?;
        // Who saves in an editor in this very moment loses nothing either.
        for (path, bytes) in was {
            let now = Folder::new(&self.folder).read(path).ok();
            if now.as_deref() != bytes.as_deref() {
                return Err(NotWritten::Meanwhile(path.clone()));
            }
        }
        before::keep(&self.folder, &stamp, was, plan).map_err(disk(own))?;
        // A folder whose templates are the built-in ones gets all of them: a part would stand for the whole.
        let parts = ["templates", "fonts"].map(|part| format!("{part}/"));
        let missing = |part: &&String| {
            plan.keys().any(|path| path.starts_with(*part))
                && !self.folder.join(part.trim_end_matches('/')).is_dir()
        };
        let missing: Vec<&String> = parts.iter().filter(missing).collect();
        let also = self.files.0.iter().filter(|(path, _)| missing.iter().any(|part| path.starts_with(*part)));
        let also = also
            .filter(|(path, _)| !plan.contains_key(*path))
            .map(|(path, data)| (path.as_str(), Some(&**data)));
        let own = plan.iter().map(|(path, bytes)| (path.as_str(), bytes.as_deref()));
        let mut done: Vec<&str> = Vec::new();
        for (path, bytes) in also.chain(own) {
            if let Err(error) = write_one(&self.folder, path, bytes) {
                // What is written of a change that is not whole goes back.
                for path in done {
                    let _ = was.get(path).map(|bytes| write_one(&self.folder, path, bytes.as_deref()));
                }
                before::forget(&self.folder, &stamp);
                return Err(NotWritten::Disk(self.folder.join(path), error));
            }
            done.push(path);
        }
        Ok(())
    }
}

/// Puts a file in its place, or takes it away. A link of the folder goes on pointing at what it names.
fn write_one(folder: &Path, path: &str, bytes: Option<&[u8]>) -> io::Result<()> {
    let named = folder.join(path);
    let inside = fs::canonicalize(folder)?;
    let place = fs::canonicalize(&named).ok().filter(|place| place.starts_with(&inside)).unwrap_or(named);
    match bytes {
        Some(bytes) => {
            let is_locked = fs::metadata(&place).is_ok_and(|data| data.permissions().readonly());
            if is_locked {
                return Err(ErrorKind::PermissionDenied.into());
            }
            atomic_file::make_folder(atomic_file::folder(&place))?;
            atomic_file::write(&place, bytes, Readers::Anybody)
        }
        None => atomic_file::remove(&place),
    }
}

/// The engine of files that have no error which the folder on disk does not have already.
fn tried(files: &Memory, folder: &Path, now: DateTime<Utc>) -> Result<Engine, NotWritten> {
    let mut errors = errors(files, now);
    if !errors.is_empty() {
        let known = self::errors(&Folder::new(folder), now);
        let same = |one: &Diagnostic, other: &Diagnostic| {
            let file = |one: &Diagnostic| one.place.as_ref().map(|place| place.file.clone());
            one.code == other.code && one.message == other.message && file(one) == file(other)
        };
        errors.retain(|error| !known.iter().any(|other| same(error, other)));
    }
    if !errors.is_empty() {
        return Err(NotWritten::Faulty(errors));
    }
    Ok(Engine::load(files)?.value)
}

fn errors(files: &dyn Files, now: DateTime<Utc>) -> Vec<Diagnostic> {
    let Ok(found) = Engine::check(files, |_| Ok::<_, Infallible>(now));
    found.into_iter().filter(|one| one.severity == Severity::Error).collect()
}

/// Texts whose signature holds before and not after.
fn fallen(former: &Engine, engine: &Engine, today: NaiveDate) -> Vec<(String, String)> {
    let signed = |engine: &Engine| -> Vec<(String, String)> {
        let packs =
            engine.treatments().flat_map(|library| library.packs.values().map(move |pack| (library, pack)));
        packs
            .filter(|(_, pack)| {
                matches!(pack.approval, Approval::Whole(_)) && pack.approval.on(today).is_ok()
            })
            .map(|(library, pack)| (library.treatment.id.to_string(), pack.language.tag().to_owned()))
            .collect()
    };
    let after = signed(engine);
    let are_there = |one: &(String, String)| {
        engine.treatments().any(|library| {
            *library.treatment.id == *one.0 && library.packs.keys().any(|language| language.tag() == one.1)
        })
    };
    signed(former).into_iter().filter(|one| !after.contains(one) && are_there(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn who_saves_in_an_editor_in_the_same_moment_loses_nothing() {
        let own = tempfile::tempdir().unwrap();
        let disk = |path: &str| fs::read_to_string(own.path().join(path)).ok();
        let put = |path: &str, text: &str| fs::write(own.path().join(path), text).unwrap();
        fs::create_dir(own.path().join("content")).unwrap();
        put("content/clinic.yaml", "name: Ours\n");
        let base = Base::read(own.path()).unwrap();
        let plan = Plan::from([
            ("content/clinic.yaml".to_owned(), Some(b"name: Of the page\n".to_vec())),
            ("content/new.yaml".to_owned(), Some(b"a: b\n".to_vec())),
        ]);
        let was: Plan =
            plan.keys().map(|path| (path.clone(), base.bytes(path).map(<[u8]>::to_vec))).collect();
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
        // Between the reading and the writing somebody saves.
        put("content/clinic.yaml", "name: Of the editor\n");
        let refused = base.put(&plan, &was, now);
        assert!(
            matches!(&refused, Err(NotWritten::Meanwhile(path)) if path == "content/clinic.yaml"),
            "{refused:?}"
        );
        assert_eq!(disk("content/clinic.yaml").as_deref(), Some("name: Of the editor\n"));
        assert_eq!(disk("content/new.yaml"), None, "nothing of the change is written");
        // A file that came meanwhile is nobody's to write over either.
        put("content/clinic.yaml", "name: Ours\n");
        put("content/new.yaml", "of: the editor\n");
        let refused = base.put(&plan, &was, now);
        assert!(
            matches!(&refused, Err(NotWritten::Meanwhile(path)) if path == "content/new.yaml"),
            "{refused:?}"
        );
        fs::remove_file(own.path().join("content/new.yaml")).unwrap();
        base.put(&plan, &was, now).unwrap();
        assert_eq!(disk("content/clinic.yaml").as_deref(), Some("name: Of the page\n"));
    }
}
