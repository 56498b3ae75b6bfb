//! Fonts, itemizing and shaping: the only place that knows the shaper.
//!
//! - [`FontSet`] holds checked [`Face`]s: four of the brand, two to fall back to, and those for other scripts. It is loaded once from
//!   [`FaceFiles`] and shared by threads. [`FontSet::covers`] tells whether a character can be set at all.
//! - `itemize` cuts text of one style into stretches of one face, script and direction; `shape` turns a stretch into
//!   [`Glyph`]s in design units, each with the characters that it stands for.
//! - [`Line`]s of [`Run`]s are what `layout::paragraph` makes of them and what `pdf` draws.
//!
//! Text keeps what copying it should give: no-break spaces print as plain ones ([`FontSet::printed`]) and marks that
//! only steer text ([`is_undrawn`]) never reach a run.

mod bounded;
mod characters;
mod collection;
mod face;
mod fonts;
mod heavy;
#[cfg(test)]
mod hostile_tests;
mod itemize;
mod line;
mod outline;
#[cfg(test)]
pub(crate) mod samples;
mod sfnt;
mod shape;
#[cfg(test)]
mod tests;

pub(crate) use bounded::{Bounded, hash_of};
pub use characters::*;
pub use face::{Face, FaceFile, Ink};
pub use fonts::{FaceFiles, FontSet, Weight};
pub use itemize::Unset;
pub(crate) use itemize::{Item, bidi_levels, itemize};
pub use line::*;
pub use outline::Step;
pub use sfnt::Outlines;
pub(crate) use shape::{Segment, Shaper, Stretch};
