//! Handouts of earlier runs that stand beside those of this one and are of none of its rows: of a patient who does not come
//! any more, or of another day. Nothing of them goes; somebody is told.

use super::checkpoint::key;
use super::entry::{EARLIER, Line, NOTE_ENDING, next_line};
use super::index::{Index, MET};
use super::manifest;
use crate::atomic_file;
use crate::plain_file;
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

/// Files that are named.
const NAMED: usize = 5;

/// Ids of this run and of those before it, as many as a disk holds.
pub struct Standing {
    folder: PathBuf,
    ids: Index,
}

/// Such files: some of their names, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Others {
    pub files: Vec<String>,
    pub count: usize,
}

impl Others {
    pub fn is_none(&self) -> bool {
        self.count == 0
    }
}

impl Standing {
    /// Before the manifest that stands in a folder is set aside or forgotten.
    ///
    /// # Errors
    ///
    /// It cannot be read, or its ids not be kept.
    pub fn read(folder: &Path) -> io::Result<Standing> {
        let mut ids = Index::new(folder.to_owned());
        for name in [EARLIER, manifest::NAME] {
            let Ok(file) = plain_file::open(&folder.join(name)) else { continue };
            let (mut file, mut text) = (BufReader::new(file), Vec::new());
            while next_line(&mut file, &mut text)? > 0 {
                if let Some(line) = Line::read(&text) {
                    ids.put(key(&line.id), 0)?;
                }
            }
        }
        Ok(Standing { folder: folder.to_owned(), ids })
    }

    /// The run has a row of this id.
    ///
    /// # Errors
    ///
    /// That cannot be kept.
    pub fn meet(&mut self, id: &str) -> io::Result<()> {
        self.ids.put(key(id), MET)
    }

    /// What stands there of rows that the run did not meet. `bound`: merged files, which are told by themselves.
    ///
    /// # Errors
    ///
    /// The folder or the ids cannot be read.
    pub fn others(mut self, bound: &[&Path]) -> io::Result<Others> {
        let bound: HashSet<&OsStr> = bound.iter().filter_map(|path| path.file_name()).collect();
        let (mut first, mut count) = (BTreeSet::new(), 0);
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            let Some(text) = name.to_str().filter(|_| !bound.contains(&*name)) else { continue };
            let Some(id) = id_of(text) else { continue };
            if !self.is_other(id, text)? {
                continue;
            }
            count += 1;
            // In the order of a list: 9 before 10.
            first.insert((id.len(), text.to_owned()));
            if first.len() > NAMED {
                first.pop_last();
            }
        }
        Ok(Others { files: first.into_iter().map(|(_, name)| name).collect(), count })
    }

    /// Rows without an id of their own have numbers, and no manifest says any more which ones an earlier list had.
    fn is_other(&mut self, id: &str, name: &str) -> io::Result<bool> {
        Ok(match self.ids.get(&key(id))? {
            Some(MET) => false,
            Some(_) => true,
            None => {
                let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
                is_number && atomic_file::is_ours(&self.folder.join(name)).unwrap_or(false)
            }
        })
    }
}

/// The id of the row that a file may be of.
fn id_of(name: &str) -> Option<&str> {
    let id = |ending: &str| name.strip_suffix(ending)?.strip_suffix('.');
    ["pdf", "html", NOTE_ENDING, "ics"].into_iter().find_map(id).filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handout_is_known_by_its_name() {
        for (name, id) in [
            ("3.pdf", Some("3")),
            ("3.note.txt", Some("3")),
            ("a.b.ics", Some("a.b")),
            (".pdf", None),
            ("errors.csv", None),
            ("pdf", None),
        ] {
            assert_eq!(id_of(name), id, "{name}");
        }
    }
}
