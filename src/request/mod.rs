//! ASK: what a person typed becomes a request that is meant.

pub mod keys;
mod meant;

pub use meant::*;
