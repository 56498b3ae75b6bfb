//! Places for connections. One address may not take them all; and who comes when it has its share, or when all are taken,
//! is heard if it has the key. So nobody can keep out those who have it.

use super::guesses::network;
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// Connections at a time, for everybody, and of those for one address.
const EVERYBODY: usize = 192;
const EACH: usize = 32;
/// Those that have yet to show the key; the oldest makes room. Whoever has it shows it at once.
const WAITING: usize = 64;

#[derive(Default)]
pub struct Places(Mutex<Taken>);

#[derive(Default)]
struct Taken {
    all: usize,
    by: HashMap<IpAddr, usize>,
    waiting: VecDeque<(u64, Arc<Notify>)>,
    next: u64,
}

/// A connection's place; free again when it is dropped.
pub struct Place {
    places: Arc<Places>,
    kind: Kind,
}

enum Kind {
    /// Of an address.
    Common(IpAddr),
    /// For who has the key; told when it has to go.
    Reserved { number: u64, gone: Arc<Notify> },
}

impl Places {
    /// `is_proxy`: everybody comes from this address.
    pub fn take(self: &Arc<Places>, address: IpAddr, is_proxy: bool) -> Arc<Place> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let address = network(address);
        let own = taken.by.get(&address).copied().unwrap_or_default();
        let kind = if taken.all < EVERYBODY && (is_proxy || own < EACH) {
            taken.all += 1;
            *taken.by.entry(address).or_default() += 1;
            Kind::Common(address)
        } else {
            let (number, gone) = (taken.next, Arc::new(Notify::new()));
            taken.next += 1;
            if taken.waiting.len() >= WAITING
                && let Some((_, oldest)) = taken.waiting.pop_front()
            {
                oldest.notify_one();
            }
            taken.waiting.push_back((number, gone.clone()));
            Kind::Reserved { number, gone }
        };
        Arc::new(Place { places: self.clone(), kind })
    }

    fn forget(taken: &mut Taken, number: u64) {
        taken.waiting.retain(|(other, _)| *other != number);
    }
}

impl Place {
    /// Whether only requests with the key are answered here.
    pub fn is_reserved(&self) -> bool {
        matches!(self.kind, Kind::Reserved { .. })
    }

    /// The key was shown: this one does not make room for others.
    pub fn keep(&self) {
        if let Kind::Reserved { number, .. } = self.kind {
            Places::forget(&mut self.places.0.lock().unwrap_or_else(PoisonError::into_inner), number);
        }
    }

    /// Ends when this one has to make room.
    pub async fn gone(&self) {
        match &self.kind {
            Kind::Common(_) => std::future::pending().await,
            Kind::Reserved { gone, .. } => gone.notified().await,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.0.lock().unwrap_or_else(PoisonError::into_inner);
        match self.kind {
            Kind::Reserved { number, .. } => Places::forget(&mut taken, number),
            Kind::Common(address) => {
                taken.all -= 1;
                let own = taken.by.entry(address).or_default();
                *own = own.saturating_sub(1);
                if *own == 0 {
                    taken.by.remove(&address);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_address_has_its_share_and_the_newest_is_heard() {
        let places = Arc::new(Places::default());
        let [greedy, other] = ["192.0.2.1", "192.0.2.2"].map(|address| address.parse::<IpAddr>().unwrap());
        let share: Vec<_> = (0..EACH).map(|_| places.take(greedy, false)).collect();
        assert!(share.iter().all(|place| !place.is_reserved()));
        assert!(!places.take(other, false).is_reserved(), "others have theirs");
        let holder = places.take(greedy, false);
        holder.keep();
        let waiting: Vec<_> = (0..=WAITING).map(|_| places.take(greedy, false)).collect();
        assert!(waiting.iter().all(|place| place.is_reserved()));
        waiting[0].gone().await;
        let is_gone = |place: Arc<Place>| async move {
            tokio::time::timeout(std::time::Duration::from_millis(1), place.gone()).await.is_ok()
        };
        assert!(!is_gone(holder).await, "who has shown the key stays");
        assert!(!is_gone(waiting[WAITING].clone()).await, "the newest stays");
        drop(share);
        assert!(!places.take(greedy, false).is_reserved(), "places come back");
        assert!(places.0.lock().unwrap().by.is_empty());
    }
}
