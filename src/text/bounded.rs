//! A cache of fixed size for threads to share. What it holds never changes a result, only how soon it comes.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many entries share a lock and compete for place.
const WAYS: usize = 8;

/// Set-associative: a key's hash names a set of eight places, and the entry of that set that was asked for
/// longest ago makes room. So memory, work and locking stay bounded whatever the keys are.
pub(crate) struct Bounded<K, V> {
    sets: Box<[Mutex<Set<K, V>>]>,
}

/// Entries by hash; the one asked for last stands last.
type Set<K, V> = Vec<(u64, K, V)>;

impl<K, V: Clone> Bounded<K, V> {
    /// Holds at most about `entries` entries.
    pub(crate) fn new(entries: usize) -> Bounded<K, V> {
        let sets = (entries / WAYS).max(1).next_power_of_two();
        Bounded { sets: (0..sets).map(|_| Mutex::default()).collect() }
    }

    /// The value of the entry with this hash that `is` the wanted one.
    pub(crate) fn get(&self, hash: u64, is: impl Fn(&K, &V) -> bool) -> Option<V> {
        find(&mut self.set(hash), hash, is)
    }

    /// Keeps a value, and gives back the one to use: another thread's if that came first.
    pub(crate) fn keep(&self, hash: u64, key: K, value: V, is: impl Fn(&K, &V) -> bool) -> V {
        let mut set = self.set(hash);
        if let Some(earlier) = find(&mut set, hash, is) {
            return earlier;
        }
        if set.len() >= WAYS {
            set.remove(0);
        }
        set.push((hash, key, value.clone()));
        value
    }

    fn set(&self, hash: u64) -> MutexGuard<'_, Set<K, V>> {
        let index = (hash >> 32) as usize & (self.sets.len() - 1);
        self.sets[index].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn find<K, V: Clone>(set: &mut [(u64, K, V)], hash: u64, is: impl Fn(&K, &V) -> bool) -> Option<V> {
    let found = set.iter().position(|(other, key, value)| *other == hash && is(key, value))?;
    set.get_mut(found..)?.rotate_left(1);
    set.last().map(|(_, _, value)| value.clone())
}

/// The hash of whatever `feed` writes; the same on every run.
pub(crate) fn hash_of(feed: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut hasher = DefaultHasher::new();
    feed(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_asked_for_longest_ago_makes_room() {
        let cache: Bounded<u32, u32> = Bounded::new(1);
        for key in 0..8 {
            cache.keep(7, key, key * 10, |other, _| *other == key);
        }
        assert_eq!(cache.get(7, |key, _| *key == 0), Some(0));
        cache.keep(7, 8, 80, |other, _| *other == 8);
        assert_eq!(cache.get(7, |key, _| *key == 1), None);
        assert_eq!(cache.get(7, |key, _| *key == 0), Some(0));
        assert_eq!(cache.get(7, |key, _| *key == 8), Some(80));
    }

    #[test]
    fn the_first_of_two_equal_values_stays() {
        let cache: Bounded<u32, u32> = Bounded::new(1);
        assert_eq!(cache.keep(7, 1, 10, |key, _| *key == 1), 10);
        assert_eq!(cache.keep(7, 1, 11, |key, _| *key == 1), 10);
    }

    #[test]
    fn memory_stays_bounded_when_all_keys_share_a_hash() {
        let cache: Bounded<u32, u32> = Bounded::new(64);
        for key in 0..10_000 {
            cache.keep(0, key, key, |other, _| *other == key);
        }
        let held: usize = cache.sets.iter().map(|set| set.lock().unwrap().len()).sum();
        assert_eq!(held, WAYS);
    }
}
