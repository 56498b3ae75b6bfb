//! LOAD: a clinic folder becomes a library.

mod library;
mod source;

pub use library::*;
pub use source::{Source, Spot};
