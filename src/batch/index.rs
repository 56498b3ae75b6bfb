//! Numbers by hash, as many as a disk holds: in memory while they are few, then in a file without a name, so that a
//! long roster takes no more memory than a short one. The file goes when the run ends, however it ends.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The start of a hash whose bits are spread evenly.
pub type Key = [u8; 10];

/// Numbers that wait in memory, some 40 bytes each.
const FEW: usize = 32_768;

/// Keys with a number each.
pub struct Index {
    folder: PathBuf,
    room: usize,
    /// What came last; it is put into the table in the order of the table's pages.
    few: BTreeMap<Key, u64>,
    many: Option<(Table, Filter)>,
}

impl Index {
    /// An empty one; `folder` is where its file will be if one is needed.
    pub fn new(folder: PathBuf) -> Index {
        Index::with_room(folder, FEW)
    }

    fn with_room(folder: PathBuf, room: usize) -> Index {
        Index { folder, room, few: BTreeMap::new(), many: None }
    }

    /// # Errors
    ///
    /// The file cannot be read.
    pub fn get(&mut self, key: &Key) -> io::Result<Option<u64>> {
        match (self.few.get(key), &mut self.many) {
            (None, Some((table, filter))) if filter.may_hold(key) => table.get(key),
            (number, _) => Ok(number.copied()),
        }
    }

    /// Gives a key its number, below [`MOST`]; one that it had before is forgotten.
    ///
    /// # Errors
    ///
    /// The file cannot be made or written.
    pub fn put(&mut self, key: Key, number: u64) -> io::Result<()> {
        self.few.insert(key, number);
        if self.few.len() > self.room { self.spill() } else { Ok(()) }
    }

    /// Makes room in memory.
    fn spill(&mut self) -> io::Result<()> {
        let more = self.few.len() as u64;
        let (mut table, mut filter) = match self.many.take() {
            Some(many) => many,
            None => (Table::new(&self.folder, 2 * more.next_power_of_two())?, Filter::default()),
        };
        if !table.has_room_for(more) {
            table = table.grown(&self.folder)?;
        }
        for (key, number) in std::mem::take(&mut self.few) {
            filter.add(&key);
            table.put(&key, number)?;
        }
        self.many = Some((table, filter));
        Ok(())
    }
}

/// Bits in memory that tell of most keys that are not in the table that they are not, so that a new key needs no
/// reading: of 98 in 100 when it holds a million, of none when it holds tens of millions.
struct Filter(Vec<u64>);

/// 1 MiB.
const BITS: u64 = 1 << 23;

impl Default for Filter {
    fn default() -> Filter {
        Filter(vec![0; (BITS / 64) as usize])
    }
}

impl Filter {
    fn add(&mut self, key: &Key) {
        bits(key).for_each(|bit| self.0[(bit / 64) as usize] |= 1 << (bit % 64));
    }

    fn may_hold(&self, key: &Key) -> bool {
        bits(key).all(|bit| self.0[(bit / 64) as usize] >> (bit % 64) & 1 == 1)
    }
}

/// Five bits of a key, from two halves of it (Kirsch and Mitzenmacher, 2006).
fn bits(key: &Key) -> impl Iterator<Item = u64> {
    let (first, step) = (number_of(&key[..5]), number_of(&key[5..]) | 1);
    (0..5).map(move |turn| first.wrapping_add(step.wrapping_mul(turn)) % BITS)
}

fn number_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Bytes that are read and written at once.
const PAGE: usize = 4096;
/// A key, and its number and one, so that a slot of zeros is empty.
const SLOT: usize = 16;
const KEY: usize = size_of::<Key>();
/// Numbers are below it: they have six bytes.
pub const MOST: u64 = (1 << (8 * (SLOT - KEY))) - 1;

/// Stands in the place of what the run at work has met.
pub const MET: u64 = MOST - 1;

/// Open addressing: a key stands in the first free slot from the one that its first bits name. So keys are nearly in
/// order, and a table is copied into one of twice its size page after page.
struct Table {
    file: File,
    /// A power of two.
    slots: u64,
    used: u64,
    /// The page in hand.
    page: [u8; PAGE],
    number: u64,
    changed: bool,
}

impl Table {
    fn new(folder: &Path, slots: u64) -> io::Result<Table> {
        let slots = slots.max((PAGE / SLOT) as u64);
        let file = tempfile::tempfile_in(folder)?;
        file.set_len(slots * SLOT as u64)?;
        Ok(Table { file, slots, used: 0, page: [0; PAGE], number: 0, changed: false })
    }

    /// So many more leave a quarter of the slots empty.
    fn has_room_for(&self, more: u64) -> bool {
        (self.used + more) * 4 <= self.slots * 3
    }

    fn get(&mut self, key: &Key) -> io::Result<Option<u64>> {
        let slot = self.find(key)?;
        Ok(self.slot(slot)?.map(|(_, number)| number))
    }

    fn put(&mut self, key: &Key, number: u64) -> io::Result<()> {
        let slot = self.find(key)?;
        self.used += u64::from(self.slot(slot)?.is_none());
        let (to_key, to_number) = self.page[place(slot)..][..SLOT].split_at_mut(KEY);
        to_key.copy_from_slice(key);
        to_number.copy_from_slice(&(number.min(MOST - 1) + 1).to_le_bytes()[..SLOT - KEY]);
        self.changed = true;
        Ok(())
    }

    /// The slot where a key stands or would stand. There is one: a quarter of the slots is empty.
    fn find(&mut self, key: &Key) -> io::Result<u64> {
        let mut slot = number_of(&key[..8]) >> (u64::BITS - self.slots.trailing_zeros());
        while self.slot(slot)?.is_some_and(|(found, _)| found != *key) {
            slot = (slot + 1) % self.slots;
        }
        Ok(slot)
    }

    /// What stands in a slot, whose page is then in hand.
    fn slot(&mut self, slot: u64) -> io::Result<Option<(Key, u64)>> {
        self.turn_to(slot / (PAGE / SLOT) as u64)?;
        let mut key = Key::default();
        let mut number = [0; 8];
        let (from_key, from_number) = self.page[place(slot)..][..SLOT].split_at(KEY);
        key.copy_from_slice(from_key);
        number[..SLOT - KEY].copy_from_slice(from_number);
        Ok(u64::from_le_bytes(number).checked_sub(1).map(|number| (key, number)))
    }

    fn turn_to(&mut self, number: u64) -> io::Result<()> {
        if self.number == number {
            return Ok(());
        }
        if std::mem::take(&mut self.changed) {
            self.file.seek(SeekFrom::Start(self.number * PAGE as u64))?;
            self.file.write_all(&self.page)?;
        }
        self.file.seek(SeekFrom::Start(number * PAGE as u64))?;
        self.file.read_exact(&mut self.page)?;
        self.number = number;
        Ok(())
    }

    /// All of it in one of twice the size.
    fn grown(mut self, folder: &Path) -> io::Result<Table> {
        let mut into = Table::new(folder, 2 * self.slots)?;
        for slot in 0..self.slots {
            if let Some((key, number)) = self.slot(slot)? {
                into.put(&key, number)?;
            }
        }
        Ok(into)
    }
}

/// Where a slot starts in its page.
fn place(slot: u64) -> usize {
    slot as usize % (PAGE / SLOT) * SLOT
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    /// Keys that come again, that want the same slot, and that want the last one.
    fn key() -> impl Strategy<Value = Key> {
        let near =
            |first: u8| any::<u8>().prop_map(move |last| [first, first, first, 0, 0, 0, 0, 0, 0, last]);
        prop_oneof![any::<Key>(), near(0), near(u8::MAX), near(77)]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn it_says_what_a_map_in_memory_says(
            steps in prop::collection::vec((key(), 0..MOST), 0..1500),
            room in 0..200usize,
        ) {
            let mut index = Index::with_room(std::env::temp_dir(), room);
            let mut map = HashMap::new();
            for (key, number) in &steps {
                prop_assert_eq!(index.get(key).unwrap(), map.get(key).copied());
                index.put(*key, *number).unwrap();
                map.insert(*key, *number);
            }
            for (key, _) in &steps {
                prop_assert_eq!(index.get(key).unwrap(), map.get(key).copied());
            }
            prop_assert!(index.many.is_some() || map.len() <= room);
            prop_assert!(index.few.len() <= room);
        }
    }

    #[test]
    fn a_missing_folder_is_a_fault_only_when_the_file_is_needed() {
        let mut index = Index::with_room(PathBuf::from("/nowhere/at/all"), 1);
        index.put([1; 10], 1).unwrap();
        assert_eq!(index.get(&[1; 10]).unwrap(), Some(1));
        assert!(index.put([2; 10], 2).is_err());
    }
}
