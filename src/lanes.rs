//! One of a few caches for each thread. Threads that take the same shared value count its holders in the same place
//! of memory, and cores that do so hundreds of times a sheet wait for each other more than they work. In a lane of its
//! own a thread has values of its own. What a cache holds never changes a result, so neither does the lane.

use std::sync::atomic::{AtomicUsize, Ordering};

/// More threads than this share lanes.
const LANES: usize = 4;

/// A value of a kind for each lane.
#[derive(Debug, Default)]
pub struct Lanes<T>([T; LANES]);

impl<T> Lanes<T> {
    pub fn new(mut make: impl FnMut() -> T) -> Lanes<T> {
        Lanes(std::array::from_fn(|_| make()))
    }

    /// The value of this thread's lane.
    pub fn own(&self) -> &T {
        &self.0[lane()]
    }
}

fn lane() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static LANE: usize = NEXT.fetch_add(1, Ordering::Relaxed) % LANES;
    }
    LANE.with(|lane| *lane)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_keeps_its_lane_and_others_have_theirs() {
        let lanes: Lanes<AtomicUsize> = Lanes::default();
        let place = || {
            let first: *const AtomicUsize = lanes.own();
            assert!(std::ptr::eq(first, lanes.own()), "the lane changed");
            first as usize
        };
        let places = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4 * LANES).map(|_| scope.spawn(place)).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect::<Vec<_>>()
        });
        assert!(places.iter().any(|place| *place != places[0]), "all threads share one lane");
    }
}
