//! The part of a roster that one machine makes.

use super::Row;
use crate::diagnostic::Faults;
use sha2::{Digest, Sha256};
use std::num::NonZeroU32;

/// Chosen by a hash of the id, so that shards need nothing of each other, rows with one id meet in one shard, and a row that
/// is mended or moved between two runs stays in its shard.
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

    /// Whether a row that was read is in this part.
    pub fn has(&self, row: &Row) -> bool {
        self.holds(row.raw.one("id").map(|given| given.value.trim()), row.number)
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

/// A row, where it is of a shard, or of all. `glanced`: what its id alone tells; where that is nothing, the row is read.
pub fn chosen(
    shard: Option<Shard>,
    glanced: impl FnOnce(Shard) -> Option<bool>,
    row: impl FnOnce() -> Row,
) -> Option<Row> {
    let Some(shard) = shard else { return Some(row()) };
    match glanced(shard) {
        Some(is_held) => is_held.then(row),
        None => Some(row()).filter(|row| shard.has(row)),
    }
}

/// The next row of a shard, or of all, where a row's id is known only when the row was read.
pub fn next_of(
    shard: Option<Shard>,
    mut next: impl FnMut() -> Result<Option<Row>, Faults>,
) -> Result<Option<Row>, Faults> {
    loop {
        let row = next()?;
        if shard.zip(row.as_ref()).is_none_or(|(shard, row)| shard.has(row)) {
            return Ok(row);
        }
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
