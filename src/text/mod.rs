//! Fonts, itemizing and shaping: the only place that knows the shaper.

mod line;

pub use line::*;
