//! The rows of an earlier list of failures that a run has not met: they are of another roster, or of another part.

use super::index::{Index, MOST};
use super::proven::key;
use std::fs::File;
use std::io;
use std::path::Path;

/// Stands in the place of a row that the run has met.
const MET: u64 = MOST - 1;

/// Ids, as many as a disk holds.
pub struct Unmet {
    ids: Index,
    left: u64,
}

impl Unmet {
    /// The rows of a list as we wrote it. Rows without an id are not counted: a run cannot meet them.
    ///
    /// # Errors
    ///
    /// The list cannot be read, or the ids not be kept beside it.
    pub fn read(list: &Path) -> io::Result<Unmet> {
        let folder = list.parent().unwrap_or(Path::new("."));
        let mut unmet = Unmet { ids: Index::new(folder.to_owned()), left: 0 };
        let mut reader = csv::Reader::from_reader(File::open(list)?);
        let column = reader.headers().map_err(io::Error::from)?.iter().position(|name| name == "id");
        let mut row = csv::ByteRecord::new();
        while reader.read_byte_record(&mut row).map_err(io::Error::from)? {
            let id = column.and_then(|column| std::str::from_utf8(row.get(column)?).ok());
            if let Some(id) = id.map(plain).filter(|id| !id.is_empty())
                && unmet.ids.get(&key(&id))?.is_none()
            {
                unmet.ids.put(key(&id), 0)?;
                unmet.left += 1;
            }
        }
        Ok(unmet)
    }

    /// The run has a row of this id.
    ///
    /// # Errors
    ///
    /// That cannot be kept.
    pub fn meet(&mut self, id: &str) -> io::Result<()> {
        let key = key(&plain(id));
        if self.left > 0 && self.ids.get(&key)?.is_some_and(|met| met != MET) {
            self.left -= 1;
            self.ids.put(key, MET)?;
        }
        Ok(())
    }

    pub fn any(&self) -> bool {
        self.left > 0
    }
}

/// Capitals and small letters are the same in an id.
fn plain(id: &str) -> String {
    id.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_met_when_each_of_its_ids_is() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("errors.csv");
        std::fs::write(&list, "regions,id\nnek,a\nnek,B\nnek,b\nnek, no file\nnek,\n").unwrap();
        let mut unmet = Unmet::read(&list).unwrap();
        for id in ["c", "A", "a", "", "no file"] {
            unmet.meet(id).unwrap();
            assert!(unmet.any());
        }
        unmet.meet("b").unwrap();
        assert!(!unmet.any());
    }
}
