//! One press, one print: a browser or a person that asks again for the same sheet by the same press gets the answer of
//! the first, and no second sheet.

use super::printer::NotPrinted;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How the handing over ended.
pub type Ended = Result<(), NotPrinted>;
/// What a press is known by: a hash of its number and of all that was asked for. Not of the sheet: a session without a time
/// is one of now, and the sheet of a minute later is another one of the same press.
pub type Key = [u8; 32];

/// The key of what a form asks for; nothing without a number. Fields that say nothing of the sheets are left out.
pub fn key<'f>(fields: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Option<Key> {
    let mut hash = Sha256::new();
    let mut is_numbered = false;
    for (name, value) in fields.into_iter().filter(|(name, _)| *name != "job") {
        is_numbered |= name == "press" && !value.is_empty();
        for part in [name.as_bytes(), value] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    is_numbered.then(|| hash.finalize().into())
}

/// How long a press is remembered, and how many.
const REMEMBERED: Duration = Duration::from_secs(600);
const MOST: usize = 1024;

/// The presses of the last minutes: hashes, nothing of a patient.
#[derive(Default)]
pub struct Presses(Mutex<HashMap<Key, Press>>);

struct Press {
    at: Instant,
    ended: watch::Receiver<Option<Ended>>,
}

/// What somebody who presses finds.
pub enum Entry {
    /// Theirs is the first.
    First(First),
    /// Another is on its way with the same, or has been: its end is told here.
    Again(watch::Receiver<Option<Ended>>),
}

/// The right to print for a press. Dropped before the end, it leaves the press free for another try.
pub struct First {
    presses: Arc<Presses>,
    key: Key,
    end: watch::Sender<Option<Ended>>,
    keeps: bool,
}

impl Presses {
    pub fn enter(self: &Arc<Presses>, key: Key) -> Entry {
        let now = Instant::now();
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, press| now.saturating_duration_since(press.at) < REMEMBERED);
        if let Some(press) = held.get(&key) {
            return Entry::Again(press.ended.clone());
        }
        let oldest = held.iter().min_by_key(|(_, press)| press.at).map(|(key, _)| *key);
        if let Some(oldest) = oldest.filter(|_| held.len() >= MOST) {
            held.remove(&oldest);
        }
        let (end, ended) = watch::channel(None);
        held.insert(key, Press { at: now, ended });
        Entry::First(First { presses: self.clone(), key, end, keeps: false })
    }
}

impl First {
    /// Tells how it ended. What was surely not printed may be tried again.
    pub fn end(mut self, ended: Ended) {
        self.keeps = matches!(ended, Ok(()) | Err(NotPrinted::Slow));
        let _ = self.end.send(Some(ended));
    }
}

impl Drop for First {
    fn drop(&mut self) {
        if !self.keeps {
            self.presses.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_is_known_by_what_was_asked_for_and_not_by_how_far_it_is_watched() {
        let asked = |job: &str, name: &str, press: &str| {
            let form = [("regions", "calf"), ("patient", name), ("press", press), ("job", job)];
            key(form.iter().map(|(name, value)| (*name, value.as_bytes())))
        };
        assert!(asked("1", "Ann", "").is_none(), "without a number each is its own");
        assert_eq!(asked("1", "Ann", "a"), asked("2", "Ann", "a"));
        assert_ne!(asked("1", "Ann", "a"), asked("1", "Bob", "a"));
        assert_ne!(asked("1", "Ann", "a"), asked("1", "Ann", "b"));
    }

    #[test]
    fn a_press_is_remembered_when_it_was_printed_and_free_when_it_was_not() {
        let presses = Arc::new(Presses::default());
        let first = |key| match presses.enter(key) {
            Entry::First(first) => Some(first),
            Entry::Again(_) => None,
        };
        let one = first([1; 32]).unwrap();
        assert!(first([1; 32]).is_none(), "it is on its way");
        drop(one);
        first([1; 32]).expect("nothing was printed").end(Err(NotPrinted::Missing));
        first([1; 32]).expect("nothing was printed").end(Ok(()));
        let Entry::Again(ended) = presses.enter([1; 32]) else { panic!("it was printed") };
        assert_eq!(*ended.borrow(), Some(Ok(())));
        assert!(first([2; 32]).is_some(), "another sheet");
    }
}
