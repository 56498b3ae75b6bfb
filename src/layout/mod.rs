//! LAYOUT: a document becomes pages of placed fragments. After this stage everything has a place.

mod fragment;
pub mod paragraph;

pub use fragment::*;
