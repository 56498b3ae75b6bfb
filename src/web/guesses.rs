//! Wrong tokens and wrong cookies, counted over all connections: who guesses waits longer and longer. Who has a good
//! cookie never waits.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What the first wrong one costs, and the longest that an address waits for its next try.
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(60);
/// So many cost the same before the next doubling: a person mistypes.
const STEP: u32 = 3;
/// Wrong ones of all addresses before each of them waits for the others too, and how long at most.
const MANY: u32 = 32;
const LONGEST_OF_ALL: Duration = Duration::from_secs(2);
/// After so long without a wrong one, all is forgotten.
const QUIET: Duration = Duration::from_secs(900);
/// Addresses that are told apart.
const ADDRESSES: usize = 4096;

/// Who has guessed how often.
#[derive(Default)]
pub struct Guesses(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    all: Count,
    by: HashMap<IpAddr, Count>,
}

#[derive(Clone, Copy, Default)]
struct Count {
    wrong: u32,
    last: Option<Instant>,
    /// No try before.
    until: Option<Instant>,
    /// The hash of the cookie that came last: a browser sends an old one again and again, which is one guess.
    cookie: [u8; 32],
}

impl Guesses {
    /// # Errors
    /// How long this address has to wait before its next try is looked at.
    pub fn may_try(&self, address: Option<IpAddr>, now: Instant) -> Result<(), Duration> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = address.and_then(|address| seen.by.get(&network(address)));
        let until = own.and_then(|own| own.until).max(seen.all.until);
        match until.and_then(|until| until.checked_duration_since(now)).filter(|left| !left.is_zero()) {
            Some(left) => Err(left),
            None => Ok(()),
        }
    }

    /// Counts a wrong token. How long its answer is held back.
    pub fn wrong(&self, address: Option<IpAddr>, now: Instant) -> Duration {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.all.add(now);
        if seen.all.wrong > MANY {
            let wait = grown(FIRST / 4, (seen.all.wrong - MANY) / MANY).min(LONGEST_OF_ALL);
            seen.all.until = Some(now + wait);
        }
        let Some(own) = address.and_then(|address| seen.own(network(address), now)) else { return FIRST };
        own.add(now);
        let wait = grown(FIRST, (own.wrong - 1) / STEP).min(LONGEST);
        own.until = Some(now + wait);
        wait
    }

    /// Counts a wrong cookie, once. How long its answer is held back.
    pub fn wrong_cookie(&self, address: Option<IpAddr>, cookie: [u8; 32], now: Instant) -> Duration {
        {
            let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let own = address.and_then(|address| seen.own(network(address), now));
            match own {
                Some(own) if own.cookie == cookie => return Duration::ZERO,
                Some(own) => own.cookie = cookie,
                None => {}
            }
        }
        self.wrong(address, now)
    }
}

impl Seen {
    fn own(&mut self, address: IpAddr, now: Instant) -> Option<&mut Count> {
        if self.by.len() >= ADDRESSES && !self.by.contains_key(&address) {
            self.by.retain(|_, count| !count.is_past(now));
        }
        let has_room = self.by.len() < ADDRESSES || self.by.contains_key(&address);
        has_room.then(|| self.by.entry(address).or_default())
    }
}

impl Count {
    fn is_past(&self, now: Instant) -> bool {
        self.last.is_none_or(|last| now.saturating_duration_since(last) > QUIET)
    }

    fn add(&mut self, now: Instant) {
        self.wrong = if self.is_past(now) { 1 } else { self.wrong.saturating_add(1) };
        self.last = Some(now);
    }
}

fn grown(first: Duration, doublings: u32) -> Duration {
    first.saturating_mul(2u32.saturating_pow(doublings.min(16)))
}

/// The part of an address that one customer of a network has.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) >> 64 << 64).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<IpAddr> {
        text.parse().ok()
    }

    #[test]
    fn who_guesses_waits_longer_and_longer_and_others_do_not() {
        let guesses = Guesses::default();
        let start = Instant::now();
        let (mut now, mut tried) = (start, 0);
        while now < start + Duration::from_secs(3600) {
            match guesses.may_try(at("192.0.2.1"), now) {
                Ok(()) => {
                    guesses.wrong(at("192.0.2.1"), now);
                    tried += 1;
                }
                Err(wait) => now += wait,
            }
        }
        assert!((30..120).contains(&tried), "{tried} tries in an hour");
        assert_eq!(guesses.may_try(at("192.0.2.2"), now + LONGEST_OF_ALL), Ok(()), "another address");
    }

    #[test]
    fn many_addresses_together_wait_for_each_other() {
        let guesses = Guesses::default();
        let now = Instant::now();
        let tried = (0..2000u32).filter(|number| {
            let address = Some(IpAddr::V4((0x0a00_0000 + number).into()));
            let may = guesses.may_try(address, now).is_ok();
            if may {
                guesses.wrong(address, now);
            }
            may
        });
        assert_eq!(tried.count(), MANY as usize + 1);
    }

    #[test]
    fn an_old_cookie_that_comes_again_is_one_guess() {
        let guesses = Guesses::default();
        let now = Instant::now();
        assert_eq!(guesses.wrong_cookie(at("2001:db8::1"), [1; 32], now), FIRST);
        for _ in 0..100 {
            assert_eq!(guesses.wrong_cookie(at("2001:db8::2"), [1; 32], now), Duration::ZERO);
        }
        for cookie in 2..100 {
            guesses.wrong_cookie(at("2001:db8::1"), [cookie; 32], now);
        }
        assert!(guesses.may_try(at("2001:db8::7"), now).is_err_and(|wait| wait > FIRST * 8), "one network");
    }
}
