//! Browsers that have given the token. Each has a random value of its own, which no other page and no restart knows.

use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A working day, and some more.
pub const LIFETIME: Duration = Duration::from_secs(12 * 60 * 60);
/// Browsers at a time; the oldest makes room.
const MOST: usize = 256;

/// Hashes of the values that were given out, oldest first.
#[derive(Default)]
pub struct Sessions(Mutex<VecDeque<([u8; 32], Instant)>>);

impl Sessions {
    /// A new value for a browser; `None` when the system has no random numbers.
    pub fn begin(&self, now: Instant) -> Option<String> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).ok()?;
        let value = crate::hex::hex(&bytes);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(_, until)| *until > now);
        if held.len() == MOST {
            held.pop_front();
        }
        held.push_back((hash(&value), now + LIFETIME));
        Some(value)
    }

    /// Whether a value was given out and has not aged. All are compared, so that time tells nothing.
    pub fn holds(&self, value: &str, now: Instant) -> bool {
        let given = hash(value);
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().fold(false, |found, (own, until)| found | (same(own, &given) & (*until > now)))
    }
}

pub fn hash(value: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update("aftercare serve ");
    hash.update(value.as_bytes());
    hash.finalize().into()
}

/// Compares without telling by its time where two values differ.
pub fn same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_good_for_a_day_of_work_and_for_one_page() {
        let (here, elsewhere) = (Sessions::default(), Sessions::default());
        let now = Instant::now();
        let (one, other) = (here.begin(now).unwrap(), here.begin(now).unwrap());
        assert!(one.len() == 32 && one != other);
        assert!(here.holds(&one, now) && here.holds(&other, now + LIFETIME / 2));
        assert!(!here.holds(&one, now + LIFETIME), "it has aged");
        assert!(!elsewhere.holds(&one, now), "another run knows nothing of it");
        assert!(!here.holds("", now) && !here.holds(&one[1..], now));
    }

    #[test]
    fn the_oldest_makes_room() {
        let sessions = Sessions::default();
        let now = Instant::now();
        let first = sessions.begin(now).unwrap();
        let others: Vec<String> = (0..MOST).map(|_| sessions.begin(now).unwrap()).collect();
        assert!(!sessions.holds(&first, now) && others.iter().all(|value| sessions.holds(value, now)));
    }
}
