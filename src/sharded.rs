//! One of a few caches for each thread. Threads that take the same shared value count its holders in the same place
//! of memory, and cores that do so hundreds of times a sheet wait for each other more than they work. In a shard of
//! its own a thread has values of its own. What a cache holds never changes a result, so neither does the shard.

use std::sync::atomic::{AtomicUsize, Ordering};

/// More threads than this share shards.
const SHARDS: usize = 4;

/// A value of a kind for each shard.
#[derive(Debug, Default)]
pub struct Sharded<T>([T; SHARDS]);

impl<T> Sharded<T> {
    pub fn new(mut make: impl FnMut() -> T) -> Sharded<T> {
        Sharded(std::array::from_fn(|_| make()))
    }

    /// The value of this thread's shard.
    pub fn own(&self) -> &T {
        &self.0[shard()]
    }
}

fn shard() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static SHARD: usize = NEXT.fetch_add(1, Ordering::Relaxed) % SHARDS;
    }
    SHARD.with(|shard| *shard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_keeps_its_shard_and_others_have_theirs() {
        let shards: Sharded<AtomicUsize> = Sharded::default();
        let place = || {
            let first: *const AtomicUsize = shards.own();
            assert!(std::ptr::eq(first, shards.own()), "the shard changed");
            first as usize
        };
        let places = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4 * SHARDS).map(|_| scope.spawn(place)).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect::<Vec<_>>()
        });
        assert!(places.iter().any(|place| *place != places[0]), "all threads share one shard");
    }
}
