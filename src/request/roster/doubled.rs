//! Rows that name the same patient at the same time: one is too many, or one patient's areas stand in two rows.

use super::Row;
use crate::diagnostic::Diagnostic;
use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The warning's code.
pub const DOUBLED: &str = "double-row";

/// Rows that are remembered: lists of a day are shorter, and a long roster takes no more memory than this.
const REMEMBERED: usize = 1_024;

/// Rows that are told, at most: where more are alike, what stands for names is something else.
const MOST_TOLD: usize = 10;

/// The last rows, each by its patient and time.
#[derive(Default)]
pub struct Doubled {
    told: usize,
    rows: HashMap<u64, (u64, u64)>,
    order: VecDeque<u64>,
}

impl Doubled {
    /// Remarks on a row that a row above it is like.
    pub fn check(&mut self, row: &mut Row) {
        let is_read = !row.raw.broken && self.told < MOST_TOLD;
        let Some(name) = row.raw.one("patient").filter(|_| is_read) else { return };
        let said = |path| row.raw.one(path).map(|given| given.value.trim().to_lowercase());
        let mut hash = DefaultHasher::new();
        (said("patient"), said("treatment"), said("language")).hash(&mut hash);
        let time = said("session.at");
        match &time {
            Some(time) => time.hash(&mut hash),
            // Without a time, all that it says but its id.
            None => {
                let id = row.raw.one("id").map(|id| id.value.as_str());
                row.given
                    .iter()
                    .filter(|cell| Some(cell.as_str()) != id)
                    .for_each(|cell| cell.hash(&mut hash));
            }
        }
        let key = hash.finish();
        let Some((number, line)) = self.rows.get(&key) else {
            self.rows.insert(key, (row.number, row.line));
            self.order.push_back(key);
            if self.order.len() > REMEMBERED
                && let Some(oldest) = self.order.pop_front()
            {
                self.rows.remove(&oldest);
            }
            return;
        };
        let same = if time.is_some() { "has the same name and time" } else { "says the same" };
        let message = format!("the row on line {line} {same}: is one of them too many?");
        let told = Diagnostic::warning(DOUBLED, message).about(number.to_string()).at(name.place.clone());
        let told = told.hint("one row has all areas of a patient, with `;` between them");
        self.told += 1;
        row.raw.faults.push(match self.told {
            MOST_TOLD => told.hint("no further row like another is told"),
            _ => told,
        });
    }
}
