//! What a batch is asked to do.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// A batch as meant.
#[derive(Debug)]
pub struct Plan {
    /// Where handouts, manifest and list of failures go.
    pub folder: PathBuf,
    /// A file a row: `<id>.pdf`.
    pub pdf: bool,
    /// `<id>.html`.
    pub html: bool,
    /// All rows in one PDF.
    pub merge: Option<Merge>,
    /// Rows made at the same time.
    pub jobs: NonZeroUsize,
    /// Keep what an earlier run is proven to have done.
    pub resume: bool,
    /// Write over files that aftercare did not make.
    pub force: bool,
    /// Check all rows and write nothing.
    pub dry_run: bool,
    pub shard: Option<Shard>,
    /// The session's time of rows that name none, and "today" for review dates.
    pub now: DateTime<Utc>,
    /// Set from outside to finish the rows in hand and stop.
    pub stop: &'static AtomicBool,
}

/// One print-ready PDF: each record starts on a front side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    pub file: PathBuf,
    /// A new file after so many records: `FILE-0001.pdf`, `FILE-0002.pdf`, …
    pub every: Option<NonZeroU32>,
}

/// The part of a roster that one machine makes: by a hash of the id, so that shards need nothing of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub index: u32,
    pub count: NonZeroU32,
}

impl Shard {
    /// From `K/N`, `1 <= K <= N`.
    pub fn parse(text: &str) -> Option<Shard> {
        let (index, count) = text.split_once('/')?;
        let (index, count) = (index.trim().parse().ok()?, count.trim().parse::<NonZeroU32>().ok()?);
        (1..=count.get()).contains(&index).then_some(Shard { index, count })
    }

    /// Whether a row is in this part: by its id, or by its number when it has none.
    pub fn holds(&self, id: Option<&str>, number: u64) -> bool {
        let part = match id {
            Some(id) => {
                let hash = Sha256::digest(id.to_ascii_lowercase());
                hash.iter().take(8).fold(0u64, |sum, byte| sum << 8 | u64::from(*byte))
            }
            None => number,
        };
        part % u64::from(self.count.get()) == u64::from(self.index - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_exactly_one_shard() {
        let shards: Vec<Shard> = (1..=3).filter_map(|index| Shard::parse(&format!("{index}/3"))).collect();
        for number in 0..200 {
            let id = format!("row-{number}");
            assert_eq!(shards.iter().filter(|shard| shard.holds(Some(&id), number)).count(), 1);
            assert_eq!(shards.iter().filter(|shard| shard.holds(None, number)).count(), 1);
        }
    }

    #[test]
    fn a_shard_is_a_part_of_a_whole() {
        assert!(Shard::parse("1/4").is_some());
        for text in ["0/4", "5/4", "1", "1/0", "a/b", "-1/2", "1/2/3"] {
            assert_eq!(Shard::parse(text), None, "{text}");
        }
    }
}
