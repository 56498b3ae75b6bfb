//! RULES: what stands on a sheet, and how long things take.
//!
//! Time windows, facts, exercises and the signs of the safety tiers are decided here, from the treatment's data and the
//! choices of the request. Content can put these decisions into words; it cannot change a figure or drop a sign. The words
//! themselves do not concern a rule.

pub mod exercises;
pub mod keep;
mod review;
mod sheet;
mod situation;
pub mod steps;
pub mod tiers;
mod windows;

pub use sheet::Sheet;
pub use situation::Situation;
pub use windows::{Elapsed, Session, Windows};
