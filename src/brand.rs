//! The clinic's look: colours by role and the logo. Sizes and spacing are the styles' (`layout::style`), not the brand's.

mod inks;
mod sample;

pub use crate::colour::Colour;
pub use inks::{Cmyk, Inks, MOST_INK, RoleInks, share_of};
#[doc(hidden)]
pub use sample::sample_brand;

use crate::document::{Photo, Picture};
use crate::locale::Language;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Colours by what they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Headings, bars, the line of pictures.
    pub brand: Colour,
    /// Arrows and small marks.
    pub accent: Colour,
    /// The emergency tier and the moment to call.
    pub warning: Colour,
    /// Body text, at least 7:1 on paper.
    pub ink: Colour,
    /// Secondary text, at least 4.5:1 on paper.
    pub muted: Colour,
    /// Thin lines.
    pub rule: Colour,
    /// Panels: at most 8 % of the brand colour.
    pub tint: Colour,
    pub paper: Colour,
}

impl Palette {
    /// The colour of a role, by its name in the brand file.
    pub fn of(&self, role: &str) -> Option<Colour> {
        let colour = match role {
            "brand" => self.brand,
            "accent" => self.accent,
            "warning" => self.warning,
            "ink" => self.ink,
            "muted" => self.muted,
            "rule" => self.rule,
            "tint" => self.tint,
            "paper" => self.paper,
            _ => return None,
        };
        Some(colour)
    }
}

#[derive(Clone, Debug)]
pub struct Brand {
    pub palette: Palette,
    /// What is known of the palette in print.
    pub inks: Inks,
    pub logo: Arc<Picture>,
    /// On brochures in place of the drawing.
    pub cover: Option<CoverPhoto>,
}

/// The clinic's own photograph.
#[derive(Clone, Debug)]
pub struct CoverPhoto {
    pub photo: Arc<Photo>,
    /// What it shows, in each language of the clinic.
    pub alt: BTreeMap<Language, String>,
}
