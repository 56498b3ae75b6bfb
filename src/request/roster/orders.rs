//! How the columns of a roster write days: day first or month first, told from all of their values.

use crate::request::resolve::order_of;
use crate::request::{Order, Orders, RawRequest};

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
        let order = |path: &str| raw.one(path).and_then(|given| order_of(&given.value));
        order("session.at").into_iter().for_each(|order| self.session_at.add(order));
        order("plan.next_visit").into_iter().for_each(|order| self.next_visit.add(order));
    }

    pub fn orders(&self) -> Orders {
        Orders { session_at: self.session_at.order(), next_visit: self.next_visit.order() }
    }
}
