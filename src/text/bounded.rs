//! A cache of fixed size for threads to share. What it holds never changes a result, only how soon it comes.

use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many entries share a lock and compete for place.
const WAYS: usize = 8;

/// Set-associative: a key's hash names a set of eight places, and the entry of that set that was asked for
/// longest ago makes room. So memory, work and locking stay bounded whatever the keys are.
pub(crate) struct Bounded<K, V> {
    sets: Box<[Mutex<Set<K, V>>]>,
}

/// Entries, with their hashes and when each was asked for last, both apart from them: looking for one touches few of the others.
struct Set<K, V> {
    hashes: [u64; WAYS],
    asked: [u64; WAYS],
    now: u64,
    entries: Vec<(K, V)>,
}

impl<K, V> Bounded<K, V> {
    /// Holds at most about `entries` entries.
    pub(crate) fn new(entries: usize) -> Bounded<K, V> {
        let sets = (entries / WAYS).max(1).next_power_of_two();
        Bounded { sets: (0..sets).map(|_| Mutex::new(Set::new())).collect() }
    }

    /// What `read` makes of the entry with this hash that `is` the wanted one.
    pub(crate) fn get<R>(
        &self,
        hash: u64,
        is: impl Fn(&K, &V) -> bool,
        read: impl FnOnce(&V) -> Option<R>,
    ) -> Option<R> {
        read(self.set(hash).find(hash, is)?)
    }

    /// What `read` makes of the entry, which is `new` unless another thread's came first.
    pub(crate) fn keep<R>(
        &self,
        hash: u64,
        is: impl Fn(&K, &V) -> bool,
        new: impl FnOnce() -> (K, V),
        read: impl FnOnce(&mut V) -> R,
    ) -> R {
        let mut set = self.set(hash);
        if let Some(earlier) = set.find(hash, is) {
            return read(earlier);
        }
        let (key, mut value) = new();
        let result = read(&mut value);
        set.put(hash, key, value);
        result
    }

    fn set(&self, hash: u64) -> MutexGuard<'_, Set<K, V>> {
        let index = (hash >> 32) as usize & (self.sets.len() - 1);
        self.sets[index].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, V> Set<K, V> {
    fn new() -> Set<K, V> {
        Set { hashes: [0; WAYS], asked: [0; WAYS], now: 0, entries: Vec::new() }
    }

    fn find(&mut self, hash: u64, is: impl Fn(&K, &V) -> bool) -> Option<&mut V> {
        let mut entries = self.entries.iter().zip(&self.hashes);
        let found = entries.position(|((key, value), other)| *other == hash && is(key, value))?;
        self.now += 1;
        self.asked[found] = self.now;
        self.entries.get_mut(found).map(|(_, value)| value)
    }

    fn put(&mut self, hash: u64, key: K, value: V) {
        let at = if self.entries.len() < WAYS {
            self.entries.push((key, value));
            self.entries.len() - 1
        } else {
            let oldest = (0..WAYS).min_by_key(|at| self.asked[*at]).unwrap_or(0);
            self.entries[oldest] = (key, value);
            oldest
        };
        self.now += 1;
        (self.hashes[at], self.asked[at]) = (hash, self.now);
    }
}

/// The hash of whatever `feed` writes; the same on every run.
pub(crate) fn hash_of(feed: impl FnOnce(&mut FxHasher)) -> u64 {
    let mut hasher = FxHasher::default();
    feed(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Numbers = Bounded<u32, u32>;

    fn keep(cache: &Numbers, hash: u64, key: u32, value: u32) -> u32 {
        cache.keep(hash, |other, _| *other == key, || (key, value), |kept| *kept)
    }

    fn get(cache: &Numbers, hash: u64, key: u32) -> Option<u32> {
        cache.get(hash, |other, _| *other == key, |kept| Some(*kept))
    }

    #[test]
    fn the_entry_asked_for_longest_ago_makes_room() {
        let cache = Numbers::new(1);
        for key in 0..8 {
            keep(&cache, 7, key, key * 10);
        }
        assert_eq!(get(&cache, 7, 0), Some(0));
        keep(&cache, 7, 8, 80);
        assert_eq!(get(&cache, 7, 1), None);
        assert_eq!(get(&cache, 7, 0), Some(0));
        assert_eq!(get(&cache, 7, 8), Some(80));
    }

    #[test]
    fn the_first_of_two_equal_values_stays() {
        let cache = Numbers::new(1);
        assert_eq!(keep(&cache, 7, 1, 10), 10);
        assert_eq!(keep(&cache, 7, 1, 11), 10);
    }

    #[test]
    fn memory_stays_bounded_when_all_keys_share_a_hash() {
        let cache = Numbers::new(64);
        for key in 0..10_000 {
            keep(&cache, 0, key, key);
        }
        let held: usize = cache.sets.iter().map(|set| set.lock().unwrap().entries.len()).sum();
        assert_eq!(held, WAYS);
    }
}
