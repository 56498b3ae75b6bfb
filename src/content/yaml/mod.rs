//! YAML with places. A file becomes a tree of [`Node`]s, each with its line and column; a [`Reader`] then takes
//! typed values out of the tree and collects *every* fault on the way, where a derived decoder stops at the first.
//!
//! What makes YAML dangerous is refused while the events come in, before anything is built from it: anchors and
//! aliases (with them ten lines can stand for gigabytes), tags, more than one document, and nesting deeper than
//! [`DEPTH`]. Single values are decoded by `serde_yaml`.

mod key;
mod read;
mod spots;
mod tree;
mod typed_quotes;
mod values;

pub use key::{Key, Kind, optional, required};
pub use read::{Fields, Reader};
pub use tree::{DEPTH, Entry, Fault, Node, Scalar, Span, Value, parse, unpack};
pub use typed_quotes::{STRAIGHT, typed_quotes, typed_quotes_print};
pub use values::{UNWRITTEN, WRITE_IT, is_id, is_unwritten, is_variable};
