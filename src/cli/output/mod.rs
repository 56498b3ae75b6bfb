//! Where results go and how they get there whole.

mod destination;
mod write;

pub use destination::{Destination, meant};
pub use write::{prepare, to_stdout};
