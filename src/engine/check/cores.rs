//! Many small jobs on all cores.

use std::num::NonZeroUsize;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What each job gives, in the order of the jobs, whichever ends first.
pub fn on_all_cores<T: Send + Sync>(jobs: &[impl Fn() -> T + Sync]) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done: Vec<OnceLock<T>> = jobs.iter().map(|_| OnceLock::new()).collect();
    let work = || {
        while let Some((job, place)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            jobs.get(index).zip(done.get(index))
        } {
            place.get_or_init(job);
        }
    };
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    thread::scope(|scope| {
        for _ in 1..cores.min(jobs.len()) {
            scope.spawn(work);
        }
        work();
    });
    done.into_iter().filter_map(OnceLock::into_inner).collect()
}

/// Two things at a time; what the first of them gives.
pub fn beside<T: Send>(one: impl FnOnce() -> T + Send, other: impl FnOnce()) -> T {
    thread::scope(|scope| {
        let made = scope.spawn(one);
        other();
        made.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let jobs: Vec<_> = (0..100).map(|number| move || number * 2).collect();
        assert_eq!(on_all_cores(&jobs), (0..100).map(|number| number * 2).collect::<Vec<_>>());
    }

    #[test]
    fn two_things_are_done_at_a_time() {
        let (to_other, from_one) = std::sync::mpsc::channel();
        let made = beside(|| to_other.send(7).map(|()| 8), || assert_eq!(from_one.recv(), Ok(7)));
        assert_eq!(made, Ok(8));
    }
}
