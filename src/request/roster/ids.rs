//! The ids that a roster has had: an id names a file, so that no two rows may have one.

use super::Row;
use super::naming::Naming;
use crate::diagnostic::{Diagnostic, Faults, Place};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// What is kept of an id: the start of its SHA-256, 80 bits. Two of a million ids are taken for one once in two million
/// million rosters.
pub type IdHash = [u8; 10];

/// Remembers ids. A roster may have any number of rows: who reads one without bound keeps them out of memory.
pub trait Ids: Send {
    /// The line of the row that had this id first. `None`: no row had it; `line`, from 1, is that row's from now on.
    ///
    /// # Errors
    ///
    /// The ids can be kept no longer; the roster ends here.
    fn first(&mut self, id: IdHash, line: u64) -> Result<Option<u64>, Faults>;
}

/// All of them, some 40 bytes each.
#[derive(Default)]
pub struct InMemory(HashMap<IdHash, u64>);

impl Ids for InMemory {
    fn first(&mut self, id: IdHash, line: u64) -> Result<Option<u64>, Faults> {
        use std::collections::hash_map::Entry::{Occupied, Vacant};
        Ok(match self.0.entry(id) {
            Occupied(first) => Some(*first.get()),
            Vacant(place) => {
                place.insert(line);
                None
            }
        })
    }
}

/// Tells the row's fault if it has no id and needs one, or one that a row before it has.
pub fn check(ids: &mut dyn Ids, row: &mut Row, naming: Naming) -> Result<(), Faults> {
    if row.raw.broken {
        return Ok(());
    }
    let Some(id) = row.raw.one("id") else {
        if naming == Naming::Roster && !row.raw.is_unread("id") {
            let place = Place { cell: Some((row.number, "id".into())), ..row.raw.place.clone() };
            let fault = Diagnostic::error("missing-key", "`id` is missing: it names the row's file");
            row.raw.faults.push(fault.at(place));
        }
        return Ok(());
    };
    if let Some(first) = ids.first(hash(&id.value), row.line)? {
        let message = match first == row.line {
            true => "another row on this line has the same `id`".to_owned(),
            false => format!("the row on line {first} has the same `id`"),
        };
        let fault = Diagnostic::error("duplicate-id", message);
        let fault = fault.at(id.place.clone()).hint("capitals and small letters are the same in an id");
        row.raw.faults.push(fault);
    }
    Ok(())
}

/// A file system may not tell capitals from small letters.
fn hash(id: &str) -> IdHash {
    let mut hash = IdHash::default();
    hash.iter_mut().zip(Sha256::digest(id.trim().to_ascii_lowercase())).for_each(|(to, from)| *to = from);
    hash
}
