//! Many small jobs on all cores.

use std::num::NonZeroUsize;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Something to do on any thread.
pub type Job<'j, T> = Box<dyn Fn() -> T + Send + Sync + 'j>;

/// What each job gives, in the order of the jobs, whichever ends first.
pub fn on_all_cores<T: Send + Sync>(jobs: &[Job<'_, T>]) -> Vec<T> {
    on_all_cores_beside(jobs, || ()).0
}

/// The same beside something that only this thread can do.
pub fn on_all_cores_beside<T: Send + Sync, O>(jobs: &[Job<'_, T>], own: impl FnOnce() -> O) -> (Vec<T>, O) {
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
    let made = thread::scope(|scope| {
        for _ in 1..cores.min(jobs.len() + 1) {
            // A machine that starts no more threads leaves more to this one.
            if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        let made = own();
        work();
        made
    });
    (done.into_iter().filter_map(OnceLock::into_inner).collect(), made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let job = |number: u32| -> Job<'_, u32> { Box::new(move || number * 2) };
        let jobs: Vec<_> = (0..100).map(job).collect();
        let (doubled, own) = on_all_cores_beside(&jobs, || 7);
        assert_eq!(doubled, (0..100).map(|number| number * 2).collect::<Vec<_>>());
        assert_eq!((own, on_all_cores(&jobs)), (7, doubled));
    }
}
