//! The tree of a YAML file, and a packed form of it. `build.rs` reads the program's own files with this folder as it stands, so
//! that they need not be scanned at each start: it names nothing outside of itself.

mod node;
pub mod packed;
mod remarks;
mod span;

pub use node::{Entry, Fault, Node, Scalar, Value, parse};
pub use packed::unpack;
pub use span::Span;

/// Lists and mappings inside each other, at most.
pub const DEPTH: usize = 16;
