//! How many bytes of forms may be in hand at a time.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of all such forms together. Reading one takes some times its size, but that is done as often at a time as there are
/// processors; what waits takes no more than this. A clinic's tables are a thousand times smaller, so that nobody meets it
/// but who sends too much.
const ALL: usize = 64 << 20;

/// Why no more bytes are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRoom {
    /// They are more than any form has.
    Ever,
    /// Others hold them.
    Now,
}

/// The bytes that all requests hold.
pub struct UploadBudget(Arc<Semaphore>);

impl Default for UploadBudget {
    fn default() -> UploadBudget {
        UploadBudget(Arc::new(Semaphore::new(ALL)))
    }
}

/// The bytes that one request holds; given back when dropped.
#[derive(Default)]
pub struct Share(Option<OwnedSemaphorePermit>);

impl Share {
    /// # Errors
    /// There is no room for them now.
    pub fn add(&mut self, all: &UploadBudget, bytes: usize) -> Result<(), NoRoom> {
        let bytes = u32::try_from(bytes).map_err(|_| NoRoom::Ever)?;
        let more = all.0.clone().try_acquire_many_owned(bytes).map_err(|_| NoRoom::Now)?;
        match &mut self.0 {
            Some(held) => held.merge(more),
            None => self.0 = Some(more),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: usize = 8 << 20;

    #[test]
    fn what_all_hold_together_is_bounded_and_given_back() {
        let all = UploadBudget::default();
        let mut held: Vec<Share> = Vec::new();
        let eight = |held: &mut Vec<Share>| {
            let mut one = Share::default();
            let added = one.add(&all, FILE / 2).and_then(|()| one.add(&all, FILE / 2));
            held.push(one);
            added
        };
        for _ in 0..ALL / FILE {
            assert_eq!(eight(&mut held), Ok(()));
        }
        assert_eq!(eight(&mut held), Err(NoRoom::Now));
        held.clear();
        assert_eq!(eight(&mut held), Ok(()));
    }
}
