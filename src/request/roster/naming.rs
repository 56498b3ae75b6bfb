//! Who names the files of rows.

/// Who names a row's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The roster, by the id that each row must have.
    Roster,
    /// Whoever reads it, where a row has no id.
    Reader,
}
