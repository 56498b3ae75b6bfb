//! A clinic folder in memory, e.g. the built-in one with a file changed.

use super::{Files, Listed};
use crate::diagnostic::{Diagnostic, Faults, Place};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Path → bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory(pub BTreeMap<String, Cow<'static, [u8]>>);

impl Memory {
    /// Every file of another clinic folder, read. Copies of the built-in ones count as anybody's: all of them is tried.
    ///
    /// Errors: those of the other folder.
    pub fn copy(files: &dyn Files) -> Result<Memory, Faults> {
        let listed = files.list()?;
        super::check_sizes(&listed)?;
        let read = listed
            .into_iter()
            .map(|file| files.read(&file.path).map(|data| (file.path, Cow::Owned(data.into_owned()))));
        read.collect::<Result<_, _>>().map(Memory)
    }
}

impl Files for Memory {
    fn list(&self) -> Result<Vec<Listed>, Faults> {
        Ok(self
            .0
            .iter()
            .map(|(path, data)| Listed { path: path.clone(), bytes: data.len() as u64 })
            .collect())
    }

    fn read(&self, path: &str) -> Result<Cow<'static, [u8]>, Faults> {
        self.0
            .get(path)
            .cloned()
            .ok_or_else(|| Diagnostic::error("no-such-file", "no such file").at(Place::file(path)).into())
    }
}
