//! ASK: what a person typed becomes a request that is meant.

mod meant;

pub use crate::options::keys;
pub use meant::*;
