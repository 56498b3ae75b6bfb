//! The ids of a roster of any length.

use super::index::Index;
use crate::diagnostic::{Diagnostic, Faults, path_shown};
use crate::request::roster::{IdHash, Ids};
use std::io;
use std::path::PathBuf;

/// Hashes of ids with their lines: nothing that could be read back.
pub struct KeptIds {
    index: Index,
    folder: PathBuf,
}

impl KeptIds {
    /// `folder` is where they are kept when they are many.
    pub fn new(folder: PathBuf) -> KeptIds {
        KeptIds { index: Index::new(folder.clone()), folder }
    }

    fn fault(&self, error: &io::Error) -> Faults {
        let message = format!("the ids so far could not be kept in `{}`: {error}", path_shown(&self.folder));
        let hint = "up to 64 bytes a row are kept there while the run lasts, to find two rows with one `id`";
        Diagnostic::error("ids-not-kept", message).hint(hint).into()
    }
}

impl Ids for KeptIds {
    fn first(&mut self, id: IdHash, line: u64) -> Result<Option<u64>, Faults> {
        let first = self.index.get(&id).map_err(|error| self.fault(&error))?;
        if first.is_none() {
            self.index.put(id, line).map_err(|error| self.fault(&error))?;
        }
        Ok(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::keys::Keys;
    use crate::request::roster::{Format, Roster};

    /// Forty thousand rows, more than stay in memory; then ids of the first, a middle and the last row in capitals.
    #[test]
    fn doubles_are_found_among_more_ids_than_stay_in_memory() {
        let again = [1, 20_000, 40_000];
        let rows = (1..=40_000).map(|row| format!("row-{row},neck\n"));
        let doubles = again.iter().map(|row| format!("ROW-{row},neck\n"));
        let text: String = std::iter::once("id,note\n".to_owned()).chain(rows).chain(doubles).collect();
        let ids = KeptIds::new(std::env::temp_dir());
        let roster = Roster::open(text.as_bytes(), Format::Csv, "roster", &Keys::default())
            .unwrap()
            .with_ids(Box::new(ids));
        let faults: Vec<String> = roster
            .map(Result::unwrap)
            .flat_map(|row| row.raw.faults)
            .inspect(|fault| assert_eq!(fault.code, "duplicate-id"))
            .map(|fault| fault.message)
            .collect();
        assert_eq!(faults, again.map(|row| format!("the row on line {} has the same `id`", row + 1)));
    }

    #[test]
    fn a_folder_that_is_no_more_is_told_with_what_to_do() {
        let mut ids = KeptIds::new(PathBuf::from("/nowhere/at/all"));
        let fault = (0..100_000u64).find_map(|row| {
            let mut hash = IdHash::default();
            hash[..8].copy_from_slice(&row.to_be_bytes());
            ids.first(hash, row + 1).err()
        });
        let said = fault.expect("a fault").to_string();
        assert!(
            said.contains("could not be kept in `/nowhere/at/all`") && said.contains("64 bytes a row"),
            "{said}"
        );
    }
}
