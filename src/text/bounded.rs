//! A cache of fixed size for threads to share. What it holds never changes a result, only how soon it comes.

use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many entries share a lock and compete for place.
const WAYS: usize = 8;

/// Set-associative: a key's hash names a set of eight places, and the entry of that set that was asked for
/// longest ago makes room. So memory, work and locking stay bounded whatever the keys are.
pub(crate) struct Bounded<K, V> {
    sets: Sets<K, V>,
    /// Where new entries wait once half of their set is taken: most of them are one patient's and never asked for by another sheet. They
    /// follow each other in little memory, which the processor has at hand, and push nothing out that sheets share.
    waiting: Sets<K, V>,
    /// How many came to wait.
    came: AtomicU64,
}

type Sets<K, V> = Box<[Mutex<Set<K, V>>]>;

/// Places of a set that new entries take at once; the others are for those that waited.
const AT_ONCE: usize = WAYS / 2;

/// Places to wait in.
const WAITING: usize = 256;

/// An entry that is asked for when so many have come after it is asked for by other sheets too: a sheet adds some thirty.
const SETTLED: u64 = 64;

/// Entries, with their hashes and when each was asked for last, both apart from them: looking for one touches few of the others.
struct Set<K, V> {
    hashes: [u64; WAYS],
    asked: [u64; WAYS],
    /// Of those that wait, how many had come before.
    born: [u64; WAYS],
    now: u64,
    entries: Vec<(K, V)>,
}

impl<K, V> Bounded<K, V> {
    /// Holds at most about `entries` entries.
    pub(crate) fn new(entries: usize) -> Bounded<K, V> {
        Bounded { sets: sets(entries), waiting: Box::default(), came: AtomicU64::new(0) }
    }

    /// As [`Bounded::new`], for entries of which most are asked for by one sheet only.
    pub(crate) fn settling(entries: usize) -> Bounded<K, V> {
        Bounded { waiting: sets(WAITING), ..Bounded::new(entries) }
    }

    /// What `read` makes of the entry with this hash that `is` the wanted one.
    pub(crate) fn get<R>(
        &self,
        hash: u64,
        is: impl Fn(&K, &V) -> bool,
        read: impl FnOnce(&V) -> Option<R>,
    ) -> Option<R> {
        if let Some(at) = self.set(hash).find(hash, &is) {
            return read(at);
        }
        let mut waiting = set(&self.waiting, hash)?;
        let result = read(waiting.find(hash, &is)?);
        if let Some((key, value)) = waiting.settled(hash, &is, self.came.load(Ordering::Relaxed)) {
            self.set(hash).put(hash, key, value);
        }
        result
    }

    /// What `read` makes of the entry, which is `new` unless another thread's came first.
    pub(crate) fn keep<R>(
        &self,
        hash: u64,
        is: impl Fn(&K, &V) -> bool,
        new: impl FnOnce() -> (K, V),
        read: impl FnOnce(&mut V) -> R,
    ) -> R {
        let mut own = self.set(hash);
        if let Some(earlier) = own.find(hash, &is) {
            return read(earlier);
        }
        let waits = own.entries.len() >= AT_ONCE && !self.waiting.is_empty();
        if waits {
            // Who holds a place to wait in asks for its set, and nobody the other way round.
            drop(own);
            return self.keep_waiting(hash, is, new, read);
        }
        let (key, mut value) = new();
        let result = read(&mut value);
        own.put(hash, key, value);
        result
    }

    fn keep_waiting<R>(
        &self,
        hash: u64,
        is: impl Fn(&K, &V) -> bool,
        new: impl FnOnce() -> (K, V),
        read: impl FnOnce(&mut V) -> R,
    ) -> R {
        let mut waiting = set(&self.waiting, hash);
        if let Some(earlier) = waiting.as_mut().and_then(|waiting| waiting.find(hash, is)) {
            return read(earlier);
        }
        let (key, mut value) = new();
        let result = read(&mut value);
        if let Some(waiting) = &mut waiting {
            let at = waiting.put(hash, key, value);
            waiting.born[at] = self.came.fetch_add(1, Ordering::Relaxed);
        }
        result
    }

    fn set(&self, hash: u64) -> MutexGuard<'_, Set<K, V>> {
        let index = (hash >> 32) as usize & (self.sets.len() - 1);
        lock(&self.sets[index])
    }
}

fn sets<K, V>(entries: usize) -> Sets<K, V> {
    let sets = (entries / WAYS).max(1).next_power_of_two();
    (0..sets).map(|_| Mutex::new(Set::new())).collect()
}

/// The set of a hash; `None` where there are none.
fn set<K, V>(sets: &Sets<K, V>, hash: u64) -> Option<MutexGuard<'_, Set<K, V>>> {
    let index = (hash >> 32) as usize & sets.len().wrapping_sub(1);
    sets.get(index).map(lock)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<K, V> Set<K, V> {
    fn new() -> Set<K, V> {
        Set { hashes: [0; WAYS], asked: [0; WAYS], born: [0; WAYS], now: 0, entries: Vec::new() }
    }

    fn find(&mut self, hash: u64, is: impl Fn(&K, &V) -> bool) -> Option<&mut V> {
        let mut entries = self.entries.iter().zip(&self.hashes);
        let found = entries.position(|((key, value), other)| *other == hash && is(key, value))?;
        self.now += 1;
        self.asked[found] = self.now;
        self.entries.get_mut(found).map(|(_, value)| value)
    }

    /// Takes out an entry that was there before many others came.
    fn settled(&mut self, hash: u64, is: impl Fn(&K, &V) -> bool, came: u64) -> Option<(K, V)> {
        let mut entries = self.entries.iter().zip(&self.hashes);
        let at = entries.position(|((key, value), other)| *other == hash && is(key, value))?;
        if came.saturating_sub(self.born[at]) < SETTLED {
            return None;
        }
        let last = self.entries.len() - 1;
        for of_each in [&mut self.hashes, &mut self.asked, &mut self.born] {
            of_each.swap(at, last);
        }
        Some(self.entries.swap_remove(at))
    }

    /// Tells where it is.
    fn put(&mut self, hash: u64, key: K, value: V) -> usize {
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
        at
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
    fn what_sheets_share_is_kept_and_what_one_asks_for_pushes_none_of_it_out() {
        let cache = Numbers { sets: sets(1), waiting: sets(1), came: AtomicU64::new(0) };
        for key in 0..4 {
            keep(&cache, 7, key, key);
        }
        for key in 100..200 {
            keep(&cache, 7, key, key);
            assert_eq!(get(&cache, 7, key), Some(key));
        }
        assert!(
            (0..4).all(|key| get(&cache, 7, key) == Some(key)),
            "one sheet's own pushed out a shared one"
        );
        assert_eq!(get(&cache, 7, 100), None);
        // This one is asked for as others come.
        for key in 200..300 {
            assert_eq!(get(&cache, 7, 199), Some(199));
            keep(&cache, 7, key, key);
        }
        let settled = lock(&cache.sets[0]).entries.iter().any(|(key, _)| *key == 199);
        let waits = lock(&cache.waiting[0]).entries.iter().any(|(key, _)| *key == 199);
        assert!(settled && !waits);
        assert_eq!(get(&cache, 7, 299), Some(299));
        assert_eq!(keep(&cache, 7, 299, 1), 299);
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
