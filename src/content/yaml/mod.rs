//! YAML with places. A file becomes a tree of [`Node`]s, each with its line and column; a [`Reader`] then takes
//! typed values out of the tree and collects *every* fault on the way, where a derived decoder stops at the first.
//!
//! What makes YAML dangerous is refused while the events come in, before anything is built from it: anchors and
//! aliases (with them ten lines can stand for gigabytes), tags, more than one document, and nesting deeper than
//! [`DEPTH`]. Single values are decoded by `serde_yaml`.

mod key;
mod node;
mod read;
mod remarks;
mod span;
mod spots;
mod values;

pub use key::{Key, Kind, optional, required};
pub use node::{Entry, Fault, Node, Scalar, Value, parse};
pub use read::{Fields, Reader};
pub use span::Span;
pub use values::{UNWRITTEN, WRITE_IT, is_id, is_unwritten, is_variable};

/// Lists and mappings inside each other, at most.
pub const DEPTH: usize = 16;
