//! The clinic's look: colours by role and the logo. Sizes and spacing are the styles' (`layout::style`), not the brand's.

mod inks;
mod sample;

pub use crate::colour::Colour;
pub use inks::{Cmyk, Inks, MOST_INK, RoleInks, is_neutral, share_of};
#[doc(hidden)]
pub use sample::sample_brand;

use crate::document::{Paint, Photo, Picture, PicturePath, Stroke};
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
    /// The ground of covers, of posters' heads and of pictures: `brand`, or a colour that is too light for words.
    pub solid: Colour,
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
            "solid" => self.solid,
            _ => return None,
        };
        Some(colour)
    }

    /// Of words on `solid`.
    pub fn on_solid(&self) -> Colour {
        if self.solid.contrast(self.paper) >= READ { self.paper } else { self.ink }
    }
}

/// Contrast that words need on their ground (WCAG 2.2, 1.4.3).
const READ: f64 = 4.5;

#[derive(Clone, Debug)]
pub struct Brand {
    pub palette: Palette,
    /// What is known of the palette in print.
    pub inks: Inks,
    pub logo: Arc<Picture>,
    /// The clinic's own for dark grounds.
    pub logo_on_dark: Option<Arc<Picture>>,
    /// On brochures in place of the drawing.
    pub cover: Option<ClinicPhoto>,
    /// For panels of brochures, by name.
    pub photos: BTreeMap<String, ClinicPhoto>,
}

/// Contrast that a logo's areas need on their ground (WCAG 2.2, 1.4.11).
const SEEN: f64 = 3.0;
/// And under which nobody tells them from it.
const HARDLY: f64 = 1.2;
const BLACK: Colour = Colour::new(0, 0, 0);

impl Brand {
    /// The logo for a ground: on another than paper the clinic's own for dark grounds; without one, areas that nobody would
    /// see there are drawn in the light of the paper.
    pub fn logo_on(&self, ground: Colour) -> Arc<Picture> {
        if ground == self.palette.paper {
            return self.logo.clone();
        }
        let is_dark = ground.contrast(self.palette.paper) >= READ;
        if let Some(own) = self.logo_on_dark.as_ref().filter(|_| is_dark) {
            return own.clone();
        }
        let is_lost = |paint: Paint| matches!(paint, Paint::Colour(own) if own.contrast(ground) < SEEN);
        // What is as light as paper is cut out of the others: there the ground shows.
        let is_cut_out =
            |paint: Paint| matches!(paint, Paint::Colour(own) if own.contrast(self.palette.paper) < HARDLY);
        let seen = |paint: Paint| match paint {
            paint if is_lost(paint) => Paint::Line,
            paint if is_cut_out(paint) => Paint::Paper,
            paint => paint,
        };
        if self.logo_paints().any(is_lost) { self.repainted(seen) } else { self.logo.clone() }
    }

    /// Whether nobody would see some of the logo on a ground.
    pub fn logo_is_lost_on(&self, ground: Colour) -> bool {
        self.logo_paints().any(|paint| matches!(paint, Paint::Colour(own) if own.contrast(ground) < SEEN))
    }

    /// The logo for black ink alone. What is as light as paper stays so; one colour becomes black, of several each a grey that is
    /// as dark.
    pub fn logo_in_black(&self) -> Arc<Picture> {
        let paper = self.palette.paper;
        let colour = |paint: Paint| match paint {
            Paint::Colour(own) if own.contrast(paper) >= HARDLY => Some(own),
            _ => None,
        };
        let mut seen: Vec<Colour> = Vec::new();
        for own in self.logo_paints().filter_map(colour) {
            if !seen.contains(&own) {
                seen.push(own);
            }
        }
        let is_drawn = self.logo_paints().any(|paint| matches!(paint, Paint::Line | Paint::Accent));
        let is_one = seen.len() + usize::from(is_drawn) <= 1;
        self.repainted(|paint| match (paint, colour(paint)) {
            (Paint::Colour(_), None) => Paint::Paper,
            (Paint::Colour(_), Some(_)) if is_one => Paint::Line,
            (Paint::Colour(_), Some(own)) => Paint::Colour(BLACK.softened(paper, own.contrast(paper))),
            (paint, _) => paint,
        })
    }

    fn logo_paints(&self) -> impl Iterator<Item = Paint> {
        let paints = |path: &PicturePath| [path.fill, path.stroke.map(|stroke| stroke.paint)];
        self.logo.paths().iter().flat_map(paints).flatten()
    }

    fn repainted(&self, paint: impl Fn(Paint) -> Paint) -> Arc<Picture> {
        let mut paths = self.logo.paths().to_vec();
        for path in &mut paths {
            path.fill = path.fill.map(&paint);
            path.stroke = path.stroke.map(|stroke| Stroke { paint: paint(stroke.paint), ..stroke });
        }
        Arc::new(Picture::new(&self.logo.id, (self.logo.width, self.logo.height), paths))
    }
}

/// A photograph of the clinic's own.
#[derive(Clone, Debug)]
pub struct ClinicPhoto {
    pub photo: Arc<Photo>,
    /// What it shows, in each language of the clinic.
    pub alt: BTreeMap<Language, String>,
}
