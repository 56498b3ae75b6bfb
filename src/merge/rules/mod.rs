//! RULES: what stands on a sheet, and how long things take.
//!
//! Time windows, facts, exercises and the signs of the safety tiers are decided here, from the data of the treatment and
//! what was chosen. Content can say them in words, and neither change a figure nor leave a sign out. Which words those are
//! is no matter of a rule.

pub mod exercises;
pub mod keep;
mod review;
mod sheet;
mod situation;
pub mod tiers;
mod windows;

pub use sheet::Sheet;
pub use situation::Situation;
pub use windows::{Elapsed, Session, Windows};
