//! The rows of an earlier list of failures that a run has not met: they are of another roster, or of another part.

use super::checkpoint::key;
use super::index::{Index, MET};
use crate::plain_file;
use crate::request::roster::{ADDED, sign_of, unguarded};
use std::io::{self, Read};
use std::path::Path;

/// Bytes of a header, at most.
const HEADER: u64 = 64 << 10;

/// Ids, as many as a disk holds.
pub struct RetryList {
    ids: Index,
    left: u64,
}

impl RetryList {
    /// The rows of a list as we wrote it.
    ///
    /// # Errors
    ///
    /// The list cannot be read, or the ids not be kept beside it.
    pub fn read(list: &Path) -> io::Result<RetryList> {
        let folder = list.parent().unwrap_or(Path::new("."));
        let mut retries = RetryList { ids: Index::new(folder.to_owned()), left: 0 };
        let mut start = Vec::new();
        plain_file::open(list)?.take(HEADER).read_to_end(&mut start)?;
        let sign = sign_of(&start);
        let mut reader = csv::ReaderBuilder::new().delimiter(sign).from_reader(plain_file::open(list)?);
        let columns: Vec<String> =
            reader.headers().map_err(io::Error::from)?.iter().map(str::to_owned).collect();
        let mut row = csv::ByteRecord::new();
        while reader.read_byte_record(&mut row).map_err(io::Error::from)? {
            let cells: Vec<_> = row.iter().map(String::from_utf8_lossy).collect();
            let name = name(columns.iter().map(String::as_str).zip(cells.iter().map(|cell| unguarded(cell))));
            if retries.ids.get(&key(&name))?.is_none() {
                retries.ids.put(key(&name), 0)?;
                retries.left += 1;
            }
        }
        Ok(retries)
    }

    /// The run has a row of this id.
    ///
    /// # Errors
    ///
    /// That cannot be kept.
    pub fn meet(&mut self, id: &str) -> io::Result<()> {
        self.meet_row(std::iter::once(("id", id)))
    }

    /// The run has a row of these cells, by column.
    ///
    /// # Errors
    ///
    /// That cannot be kept.
    pub fn meet_row<'c>(&mut self, cells: impl Iterator<Item = (&'c str, &'c str)>) -> io::Result<()> {
        let key = key(&name(cells));
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

/// What a row is known by: its id, in which capitals and small letters are the same; without one, all that it says.
fn name<'c>(cells: impl Iterator<Item = (&'c str, &'c str)>) -> String {
    let cells = cells.map(|(column, cell)| (column, cell.trim()));
    let mut cells: Vec<_> =
        cells.filter(|(column, cell)| !cell.is_empty() && !ADDED.contains(column)).collect();
    if let Some((_, id)) = cells.iter().find(|(column, _)| *column == "id") {
        return id.to_ascii_lowercase();
    }
    cells.sort_unstable();
    cells.iter().flat_map(|(column, cell)| ["\0", *column, "\0", *cell]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_met_when_each_of_its_ids_is() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("errors.csv");
        std::fs::write(&list, "regions,id,line\nnek,a,2\nnek,B,3\nnek,b,4\nnek, no file,5\nnek,,6\n")
            .unwrap();
        let mut retries = RetryList::read(&list).unwrap();
        for id in ["c", "A", "a", "", "no file", "b"] {
            retries.meet(id).unwrap();
            assert!(retries.any());
        }
        for (row, left) in
            [([("regions", "hip"), ("id", "")], true), ([("id", ""), ("regions", "nek ")], false)]
        {
            retries.meet_row(row.into_iter()).unwrap();
            assert_eq!(retries.any(), left);
        }
    }
}
