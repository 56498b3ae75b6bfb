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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let jobs: Vec<_> = (0..100).map(|number| move || number * 2).collect();
        assert_eq!(on_all_cores(&jobs), (0..100).map(|number| number * 2).collect::<Vec<_>>());
    }
}
