//! Places in a file of YAML.

/// Where a node stands in its file: counted in characters, from 1. `length` is 0 for what spans lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub line: u32,
    pub column: u32,
    pub length: u32,
}
