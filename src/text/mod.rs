//! Fonts, itemizing and shaping: the only place that knows the shaper.

mod bounded;
mod characters;
mod face;
mod fonts;
#[cfg(test)]
mod hostile_tests;
mod itemize;
mod line;
#[cfg(test)]
pub(crate) mod samples;
mod sfnt;
mod shape;
#[cfg(test)]
mod tests;

pub(crate) use bounded::{Bounded, hash_of};
pub use characters::*;
pub use face::{Face, FaceFile};
pub use fonts::{FaceFiles, FontSet, Weight};
pub use itemize::MissingGlyph;
pub(crate) use itemize::{bidi_levels, itemize};
pub use line::*;
pub use sfnt::Outlines;
pub(crate) use shape::{Segment, Shaper, Stretch};
