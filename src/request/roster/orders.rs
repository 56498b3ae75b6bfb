//! How the columns of a roster write days: day first or month first, told from all of their values.

use super::Row;
use super::headed::Headings;
use super::namesakes::{self, Namesakes};
use super::time_alone::is_without_day;
use crate::request::resolve::{day_of, leaves_it_out, may_be_evening, order_of};
use crate::request::{Order, Orders, OwnDays, RawRequest};

pub use super::headed::{NAME, SESSION, THERAPIST};

/// The key of which treatment a row is of.
pub const TREATMENT: &str = "treatment";

/// The keys with times of a roster, by their paths.
pub const TIMES: [&str; 2] = [SESSION, NEXT_VISIT];

const NEXT_VISIT: &str = "plan.next_visit";

/// The keys of which a list shows something that its rows alone do not.
pub const SAID: [&str; 5] = [SESSION, NEXT_VISIT, NAME, THERAPIST, TREATMENT];

/// Reads a list for how its columns write days.
pub type Later = Box<dyn FnOnce() -> Orders + Send>;

/// Whether a time of a row may be one of two, so that its column has to say which, where nothing else does; or its session has
/// none, or no day, and others may; or it may be in the evening, by what others leave out; or its therapist has several names, and others may share one of them.
pub fn are_wanted(raw: &RawRequest, are_told: bool) -> bool {
    raw.one(SESSION).is_none_or(|given| is_without_day(&given.value) || may_be_evening(&given.value))
        || raw.one(THERAPIST).is_some_and(|given| namesakes::may_be_long(&given.value))
        || !are_told
            && TIMES.iter().filter_map(|path| raw.one(path)).any(|given| may_be_open(given.value.trim()))
}

/// Only a day as two numbers and a year is: not `2026-11-24T15:30`, and nothing without a sign between numbers. What is in
/// doubt may be one.
fn may_be_open(text: &str) -> bool {
    let is_sign = |byte: &u8| matches!(byte, b'-' | b'/' | b'.');
    let is_of_timestamps = |byte: &u8| byte.is_ascii_digit() || b"-:+.TZ ".contains(byte);
    let is_timestamp = || match text.as_bytes() {
        [a, b, c, d, b'-', rest @ ..] => {
            [a, b, c, d].iter().all(|digit| digit.is_ascii_digit()) && rest.iter().all(is_of_timestamps)
        }
        _ => false,
    };
    !text.is_ascii() || text.bytes().any(|byte| is_sign(&byte)) && !is_timestamp()
}

/// Adds the day of a session that has one, not a time of day alone.
fn say_own_day(days: &mut OwnDays, session: &str) {
    if let Some(day) = day_of(session).filter(|_| !is_without_day(session)) {
        days.add(day);
    }
}

/// What the rows of a list that can be read once only have said so far.
pub fn say_so_far(orders: &mut Orders, raw: &RawRequest) {
    orders.is_of_treatment |= raw.one(TREATMENT).is_some();
    if let Some(given) = raw.one(SESSION) {
        say_own_day(&mut orders.own_days, &given.value);
        orders.leaves_out_half |= leaves_it_out(&given.value);
    }
}

/// What a column has shown so far.
#[derive(Clone, Copy, Default)]
pub enum Shown {
    #[default]
    Nothing,
    Order(Order),
    /// Both: the column says nothing.
    Both,
}

impl Shown {
    pub fn add(&mut self, order: Order) {
        *self = match *self {
            Shown::Nothing => Shown::Order(order),
            Shown::Order(earlier) if earlier == order => return,
            Shown::Order(_) | Shown::Both => Shown::Both,
        };
    }

    pub fn order(self) -> Option<Order> {
        match self {
            Shown::Order(order) => Some(order),
            Shown::Nothing | Shown::Both => None,
        }
    }
}

#[derive(Default)]
pub struct Found {
    session_at: Shown,
    next_visit: Shown,
    is_timed: bool,
    is_named: bool,
    is_treated: bool,
    is_of_treatment: bool,
    leaves_out_half: bool,
    own_days: OwnDays,
    namesakes: Namesakes,
}

impl Found {
    pub fn add(&mut self, row: &Row) {
        self.add_own(&row.raw);
        self.add_above(&row.under);
    }

    /// What a row says itself; nothing stands above the rows of a table by columns.
    pub fn add_own(&mut self, raw: &RawRequest) {
        for path in SAID {
            raw.one(path).into_iter().for_each(|given| self.say(path, &given.value));
        }
    }

    /// What stands above a row says of it.
    pub fn add_above(&mut self, above: &Headings) {
        for path in [SESSION, THERAPIST] {
            above.of(path).into_iter().for_each(|said| self.say(path, said));
        }
        // One that no row has any more is missed all the same.
        self.is_timed |= above.had(SESSION);
        self.is_treated |= above.had(THERAPIST);
    }

    /// What a row says for one of [`SAID`].
    pub fn say(&mut self, path: &str, text: &str) {
        if path == TREATMENT {
            self.is_of_treatment |= !text.trim().is_empty();
            return;
        }
        if path == NAME {
            self.is_named |= !text.trim().is_empty();
            return;
        }
        if path == THERAPIST {
            self.is_treated |= !text.trim().is_empty();
            self.namesakes.say(text);
            return;
        }
        if path == SESSION && !text.trim().is_empty() {
            self.is_timed = true;
            self.leaves_out_half |= leaves_it_out(text);
            say_own_day(&mut self.own_days, text);
        }
        let Some(order) = order_of(text) else { return };
        match path {
            SESSION => self.session_at.add(order),
            _ => self.next_visit.add(order),
        }
    }

    pub fn orders(&self) -> Orders {
        let or = |one: Shown, other: Shown| match one {
            // A list writes both of its times alike.
            Shown::Nothing => other.order(),
            Shown::Order(_) | Shown::Both => one.order(),
        };
        let (session_at, next_visit) =
            (or(self.session_at, self.next_visit), or(self.next_visit, self.session_at));
        let borrowed = match (self.session_at, self.next_visit) {
            (Shown::Nothing, Shown::Order(_)) => Some(SESSION),
            (Shown::Order(_), Shown::Nothing) => Some(NEXT_VISIT),
            _ => None,
        };
        let namesakes = self.namesakes.shared();
        Orders {
            session_at,
            next_visit,
            borrowed,
            is_timed: self.is_timed,
            is_named: self.is_named,
            is_treated: self.is_treated,
            is_of_treatment: self.is_of_treatment,
            leaves_out_half: self.leaves_out_half,
            own_days: self.own_days,
            namesakes,
            day: None,
            no_day: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_timestamp_says_needs_no_column() {
        for text in ["2026-11-24T15:30", "2026-11-24 15:30:00", "2026-11-24", "9:30", "46350", "tomorrow", ""]
        {
            assert!(!may_be_open(text), "{text}");
        }
        for text in
            ["03/04/2026 9:00", "3.4.2026", "9:00 03-04-2026", "Tue 03/04/2026", "３/4", "24-Nov-26 15:30"]
        {
            assert!(may_be_open(text), "{text}");
        }
    }
}
