//! LOAD: a clinic folder becomes a library.

mod library;

pub use library::*;
