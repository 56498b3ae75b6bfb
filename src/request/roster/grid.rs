//! A list as a table of texts, before anybody knows what its columns are.

/// Rows that are looked at.
pub const MOST_ROWS: usize = 600;

/// Its rows, as far as they are looked at, without empty ones.
pub type Grid = Vec<Vec<String>>;
