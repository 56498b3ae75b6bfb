//! How far a long piece of work is, for as long as it lasts: two numbers under a name that the page made up.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Work that is told of at a time. More than the program can do at once; what comes on top is done untold.
const MOST: usize = 64;
/// Characters of a name.
const NAME: usize = 64;

/// All work that is going on.
#[derive(Default)]
pub struct Progress(Mutex<BTreeMap<String, Arc<Count>>>);

#[derive(Default)]
struct Count {
    made: AtomicUsize,
    of: AtomicUsize,
}

/// One piece of work; forgotten when dropped.
pub struct Job<'p> {
    progress: &'p Progress,
    name: String,
    count: Arc<Count>,
}

impl Progress {
    /// Begins to tell of a piece of work. Without a name, or under one that is taken, nobody is told.
    pub fn begin(&self, name: &str) -> Job<'_> {
        let count = Arc::new(Count::default());
        let mut all = self.all();
        let tells = !name.is_empty() && name.len() <= NAME && all.len() < MOST && !all.contains_key(name);
        if tells {
            all.insert(name.to_owned(), count.clone());
        }
        drop(all);
        Job { progress: self, name: if tells { name.to_owned() } else { String::new() }, count }
    }

    /// Made, and of how many; `None` when there is no such work, or no more.
    pub fn of(&self, name: &str) -> Option<(usize, usize)> {
        let count = self.all().get(name)?.clone();
        Some((count.made.load(Ordering::Relaxed), count.of.load(Ordering::Relaxed)))
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Count>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Job<'_> {
    pub fn tell(&self, made: usize, of: usize) {
        self.count.of.store(of, Ordering::Relaxed);
        self.count.made.store(made, Ordering::Relaxed);
    }
}

impl Drop for Job<'_> {
    fn drop(&mut self) {
        if !self.name.is_empty() {
            self.progress.all().remove(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_told_of_as_long_as_it_lasts() {
        let progress = Progress::default();
        let job = progress.begin("a");
        job.tell(3, 12);
        assert_eq!(progress.of("a"), Some((3, 12)));
        drop(progress.begin("a"));
        assert_eq!(progress.of("a"), Some((3, 12)), "a name that is taken stays with the first");
        drop(job);
        assert_eq!(progress.of("a"), None, "nothing is left");
        assert_eq!(progress.all().len(), 0);
    }

    #[test]
    fn names_that_are_long_or_many_fill_no_memory() {
        let progress = Progress::default();
        let _long = progress.begin(&"x".repeat(65));
        let _none = progress.begin("");
        let jobs: Vec<Job<'_>> = (0..100).map(|name| progress.begin(&name.to_string())).collect();
        assert_eq!(progress.all().len(), MOST);
        drop(jobs);
        assert_eq!(progress.all().len(), 0);
    }
}
