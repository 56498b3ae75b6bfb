//! Objects to bytes: object streams and a cross-reference stream (ISO 32000-1 7.5.7 and 7.5.8), written as they
//! come, so that a file of a hundred thousand sheets needs no more memory than one.

mod flate;
mod object;
mod objects;
mod xref;

pub(super) use super::number::push_int;
pub(super) use flate::StaticStream;
pub(super) use object::{push_dictionary_entries, push_hex, push_text};
pub(super) use objects::Objects;

use std::fmt;

/// An indirect object by its number; all have generation 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ref(pub u32);

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}
