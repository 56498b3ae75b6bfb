//! ASK: what a person typed becomes a request that is meant.
//!
//! In two steps: a [`RawRequest`] holds every value as typed and where (a line of a file, a flag, a cell of a
//! roster); [`resolve()`] checks all of them against the library and reports every fault together.

mod file;
mod meant;
mod raw;
mod resolve;
pub mod roster;

pub use crate::options::keys;
pub use file::{LIMIT, from_yaml};
pub use meant::*;
pub use raw::{Given, Order, Orders, OwnDays, RawRequest, SaidDay, is_file_id};
pub use resolve::{
    Misread, exact_treatment, is_invisible, moment, names_therapist, resolve, resolve_among,
    speaks_of_treatment, turned_name,
};
