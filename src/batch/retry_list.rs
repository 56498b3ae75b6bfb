//! The rows of an earlier list of failures that a run has not met: they are of another roster, or of another part. Where it is
//! not clear whether a row is one of them, it is not: a list that is kept once more costs nobody a handout.

use super::checkpoint::key;
use super::index::{Index, MET};
use crate::plain_file;
use crate::request::roster::{ADDED, UNREAD, is_moment, is_open, sign_of, unguarded};
use std::io::{self, Read};
use std::path::Path;

/// Bytes of a header, at most.
const HEADER: u64 = 64 << 10;
/// Digits of an id that may be the number of its row, at most: more call an appointment.
const DIGITS: usize = 6;

const PATIENT: &str = "patient";
const SESSION: &str = "session_at";

/// Names of rows, as many as a disk holds.
pub struct RetryList {
    /// What rows are known by, with their numbers in the list.
    names: Index,
    /// Rows that were met, by these numbers.
    met: Index,
    left: u64,
}

impl RetryList {
    /// The rows of a list as we wrote it.
    ///
    /// # Errors
    ///
    /// The list cannot be read, or the names not be kept beside it.
    pub fn read(list: &Path) -> io::Result<RetryList> {
        let folder = list.parent().unwrap_or(Path::new("."));
        let index = || Index::new(folder.to_owned());
        let mut retries = RetryList { names: index(), met: index(), left: 0 };
        let mut start = Vec::new();
        plain_file::open(list)?.take(HEADER).read_to_end(&mut start)?;
        let sign = sign_of(&start);
        let mut reader = csv::ReaderBuilder::new().delimiter(sign).from_reader(plain_file::open(list)?);
        let columns: Vec<String> =
            reader.headers().map_err(io::Error::from)?.iter().map(str::to_owned).collect();
        let mut row = csv::ByteRecord::new();
        let mut number = 0;
        while reader.read_byte_record(&mut row).map_err(io::Error::from)? {
            let cells: Vec<_> = row.iter().map(String::from_utf8_lossy).collect();
            let cells = columns.iter().map(String::as_str).zip(cells.iter().map(|cell| unguarded(cell)));
            number += 1;
            retries.add(&Said::of(cells), number)?;
        }
        Ok(retries)
    }

    fn add(&mut self, row: &Said<'_>, number: u64) -> io::Result<()> {
        let mut is_new = false;
        for name in row.names(|column| row.may_be_mended(column)) {
            let key = key(&name);
            if self.names.get(&key)?.is_none() {
                self.names.put(key, number)?;
                is_new = true;
            }
        }
        // One that is called as another is that one.
        self.left += u64::from(is_new);
        Ok(())
    }

    /// The run has a row of these cells, by column.
    ///
    /// # Errors
    ///
    /// That cannot be kept.
    pub fn meet<'c>(&mut self, cells: impl Iterator<Item = (&'c str, &'c str)>) -> io::Result<()> {
        if self.left == 0 {
            return Ok(());
        }
        for name in Said::of(cells).names(|_| true) {
            let Some(number) = self.names.get(&key(&name))? else { continue };
            let number = key(&number.to_string());
            if self.met.get(&number)?.is_none() {
                self.met.put(number, MET)?;
                self.left -= 1;
                return Ok(());
            }
        }
        Ok(())
    }

    pub fn any(&self) -> bool {
        self.left > 0
    }
}

/// What a row says, by column.
struct Said<'c> {
    id: Option<&'c str>,
    columns: Vec<&'c str>,
    /// Those cells that say something, without the id.
    cells: Vec<(&'c str, &'c str)>,
}

impl<'c> Said<'c> {
    fn of(cells: impl Iterator<Item = (&'c str, &'c str)>) -> Said<'c> {
        let cells = cells.map(|(column, cell)| (column, cell.trim()));
        let all: Vec<_> = cells.filter(|(column, _)| !ADDED.contains(column)).collect();
        let columns = all.iter().map(|(column, _)| *column).collect();
        let (ids, mut cells): (Vec<_>, Vec<_>) =
            all.into_iter().filter(|(_, cell)| !cell.is_empty()).partition(|(column, _)| *column == "id");
        cells.sort_unstable();
        Said { id: ids.first().map(|(_, id)| *id), columns, cells }
    }

    fn cell(&self, wanted: &str) -> &'c str {
        self.cells.iter().find(|(column, _)| *column == wanted).map_or("", |(_, cell)| cell)
    }

    /// What it is known by: its id, in which capitals and small letters are the same; without one, all that it says. An id that
    /// may be the number of a row is another person in the next list: with it, who comes and when. `mended`: columns that may
    /// say something else in the row that is meant.
    fn names(&self, mended: impl Fn(&str) -> bool) -> Vec<String> {
        match self.id {
            None => vec![joined(self.cells.iter())],
            Some(id) if !may_be_number(id) => vec![id.to_ascii_lowercase()],
            Some(id) => {
                let all = joined(self.cells.iter());
                let mended = self.columns.iter().filter(|column| !OWN.contains(*column) && mended(column));
                let others = mended.filter_map(|column| self.without(id, column));
                std::iter::once(format!("all\0{id}{all}")).chain(self.who(id)).chain(others).collect()
            }
        }
    }

    /// Who comes, and when.
    fn who(&self, id: &str) -> Option<String> {
        let (patient, session) = (self.cell(PATIENT).to_lowercase(), self.cell(SESSION));
        match (patient.as_str(), session) {
            (_, "") => None,
            ("", _) => Some(format!("when\0{id}\0{session}")),
            _ => Some(format!("who\0{patient}\0{session}")),
        }
    }

    /// All but one cell: that was mended.
    fn without(&self, id: &str, column: &str) -> Option<String> {
        let others = joined(self.cells.iter().filter(|(other, _)| *other != column && *other != UNREAD));
        (!others.is_empty()).then(|| format!("but\0{id}\0{column}\0{others}"))
    }

    /// Whether a cell may have been why a row failed. Another name, or another day than one that can be read, is another row.
    fn may_be_mended(&self, column: &str) -> bool {
        match (column, self.cell(column)) {
            (PATIENT, name) => name.is_empty(),
            (SESSION, time) => !is_moment(time) || is_open(time),
            _ => true,
        }
    }
}

/// Columns that are no cells of a row's own.
const OWN: [&str; 2] = ["id", UNREAD];

fn may_be_number(id: &str) -> bool {
    id.len() <= DIGITS && id.bytes().all(|byte| byte.is_ascii_digit())
}

fn joined<'c>(cells: impl Iterator<Item = &'c (&'c str, &'c str)>) -> String {
    cells.flat_map(|(column, cell)| ["\0", *column, "\0", *cell]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of these rows.
    fn read(rows: &str) -> RetryList {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("errors.csv");
        std::fs::write(&list, rows).unwrap();
        RetryList::read(&list).unwrap()
    }

    #[test]
    fn a_list_is_met_when_each_of_its_ids_is() {
        let mut retries = read("regions,id,line\nnek,a,2\nnek,B,3\nnek,b,4\nnek, no file,5\nnek,,6\n");
        for id in ["c", "A", "a", "", "no file", "b"] {
            retries.meet([("id", id)].into_iter()).unwrap();
            assert!(retries.any());
        }
        for (row, left) in
            [([("regions", "hip"), ("id", "")], true), ([("id", ""), ("regions", "nek ")], false)]
        {
            retries.meet(row.into_iter()).unwrap();
            assert_eq!(retries.any(), left);
        }
    }

    #[test]
    fn a_number_of_a_row_is_met_with_who_comes_and_when() {
        let columns = ["id", "patient", "session_at", "regions", "note"];
        let is_left = |old: &[&str], new: &[&str]| {
            let mut retries = read(&format!("{},line,reason\n{},2,x\n", columns.join(","), old.join(",")));
            retries.meet(columns.into_iter().zip(new.iter().copied())).unwrap();
            retries.any()
        };
        let (day, next) = ("2026-11-30 9:00", "2026-12-01 9:00");
        for (old, new) in [
            // As it was; with another area and a note; higher up in the list.
            (["1", "Zoe", day, "nekk", ""], ["1", "Zoe", day, "nekk", ""]),
            (["1", "Zoe", day, "nekk", "x"], ["1", "Zoe", day, "neck", "y"]),
            (["2", "Zoe", day, "nekk", ""], ["1", "zoe", day, "neck", ""]),
            // A time, a day that may be either, or a name that was missing.
            (["1", "Zoe", "9:00", "neck", ""], ["1", "Zoe", day, "neck", ""]),
            (["1", "Zoe", "03/04/2026 9:00", "neck", ""], ["1", "Zoe", "2026-04-03T09:00", "neck", ""]),
            (["1", "", day, "neck", ""], ["1", "Zoe", day, "neck", ""]),
            (["1", "", day, "nekk", ""], ["1", "", day, "neck", ""]),
            (["1", "Zoe", "", "nekk", ""], ["1", "Zoe", "", "neck", ""]),
        ] {
            assert!(!is_left(&old, &new), "{old:?}, {new:?}");
        }
        for (old, new) in [
            (["1", "Zoe", day, "nekk", ""], ["1", "Di", next, "neck", ""]),
            (["1", "Zoe", day, "neck", ""], ["1", "Zoe", next, "neck", ""]),
            (["1", "Zoe", day, "neck", ""], ["1", "Di", day, "neck", ""]),
            (["1", "Zoe", "", "nekk", ""], ["1", "Di", "", "nekk", ""]),
            (["1", "", day, "nekk", ""], ["1", "", next, "nekk", ""]),
            (["1", "", "", "nekk", ""], ["1", "", "", "neck", ""]),
        ] {
            assert!(is_left(&old, &new), "{old:?}, {new:?}");
        }
    }

    #[test]
    fn two_rows_of_one_person_are_met_one_by_one() {
        let mut retries =
            read("id,patient,session_at,regions\n1,Zoe,2026-11-30 9:00,nekk\n2,Zoe,2026-11-30 9:00,hipp\n");
        let row = ["1", "Zoe", "2026-11-30 9:00", "neck"];
        retries.meet(["id", "patient", "session_at", "regions"].into_iter().zip(row)).unwrap();
        assert!(retries.any(), "the second is not the first");
    }
}
