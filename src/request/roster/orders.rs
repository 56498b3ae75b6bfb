//! How the columns of a roster write days: day first or month first, told from all of their values.

use crate::request::resolve::order_of;
use crate::request::{Order, Orders, RawRequest};

/// The keys with times of a roster, by their paths.
pub const TIMES: [&str; 2] = ["session.at", "plan.next_visit"];

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
}

impl Found {
    pub fn add(&mut self, raw: &RawRequest) {
        for path in TIMES {
            raw.one(path).into_iter().for_each(|given| self.say(path, &given.value));
        }
    }

    /// A row's time for one of [`TIMES`].
    pub fn say(&mut self, path: &str, text: &str) {
        let Some(order) = order_of(text) else { return };
        match path {
            "session.at" => self.session_at.add(order),
            _ => self.next_visit.add(order),
        }
    }

    pub fn orders(&self) -> Orders {
        Orders { session_at: self.session_at.order(), next_visit: self.next_visit.order() }
    }
}
