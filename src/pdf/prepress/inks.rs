//! The inks of a brochure's colours, and how near they come to what a screen shows.

use super::condition::Condition;
use crate::brand::{Cmyk, Colour, Inks, is_neutral, share_of};
use crate::pdf::PdfError;
use serde::Serialize;

/// A role of the palette in print.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PrintedColour {
    /// As `brand.yaml` names it.
    pub role: &'static str,
    /// On a screen: `#rrggbb`.
    pub rgb: String,
    /// Cyan, magenta, yellow, black, per cent.
    pub inks: [f32; 4],
    /// CIEDE2000 between screen and print, by the profile of the file, paper as white.
    pub difference: f32,
    /// Grounds of it, where black alone would print as another colour: type and lines stay of black alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grounds: Option<PrintedGround>,
}

/// A dark neutral over a whole panel: with the other inks below the black.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PrintedGround {
    pub inks: [f32; 4],
    pub difference: f32,
}

/// Above this CIEDE2000, people call it another colour.
const ANOTHER: f32 = 6.0;

impl PrintedColour {
    /// How far it is off where most of it shows: on its grounds, if these have inks of their own.
    pub fn shown_difference(&self) -> f32 {
        self.grounds.as_ref().map_or(self.difference, |grounds| grounds.difference)
    }

    /// Whether people call it another colour in print. Body text is of black alone for good reason, and there is no hue to miss.
    pub fn is_another(&self) -> bool {
        let [cyan, magenta, yellow, _] = self.inks;
        let is_of_black = is_neutral(self.role) && cyan + magenta + yellow == 0.0;
        self.shown_difference() > ANOTHER && !is_of_black
    }
}

/// Every role of the palette as it prints, in the order of the brand file.
///
/// # Errors
/// [`PdfError::Press`]: the built-in profile cannot be read.
pub fn printed_colours(inks: &Inks) -> Result<Vec<PrintedColour>, PdfError> {
    let press = PressInks::new(inks)?;
    let off = |colour: Colour, inks: Cmyk| {
        let difference = press.condition.difference(colour, inks)?;
        Ok::<f32, PdfError>((difference * 10.0).round() / 10.0)
    };
    let printed = |(role, colour, inks): &(&'static str, Colour, Cmyk)| {
        let difference = off(*colour, *inks)?;
        let ground = |ground: Cmyk| {
            Ok::<_, PdfError>(PrintedGround { inks: ground.0, difference: off(*colour, ground)? })
        };
        let grounds = press.ground(*colour).filter(|_| !is_neutral(role)).map(ground).transpose()?;
        Ok(PrintedColour { role, rgb: colour.to_hex(), inks: inks.0, difference, grounds })
    };
    press.roles.iter().map(printed).collect()
}

/// The inks of every colour that a file may hold.
pub(super) struct PressInks {
    condition: &'static Condition,
    roles: Vec<(&'static str, Colour, Cmyk)>,
    /// Dark neutrals that black alone prints too light, with the inks of their grounds.
    grounds: Vec<(Colour, Cmyk)>,
}

impl PressInks {
    pub fn new(inks: &Inks) -> Result<PressInks, PdfError> {
        let condition = Condition::get()?;
        let found = |(role, colour, known): (&'static str, Colour, Option<Cmyk>)| {
            let inks = known.map_or_else(|| condition.inks(colour), Ok)?;
            Ok((role, colour, inks))
        };
        let roles = inks.roles().map(found).collect::<Result<Vec<_>, PdfError>>()?;
        let mut grounds = Vec::new();
        for (role, colour, inks) in &roles {
            let is_chosen = is_neutral(role) || *inks != Cmyk::neutral(*colour);
            if !is_chosen && condition.difference(*colour, *inks)? > ANOTHER {
                grounds.push((*colour, condition.inks(*colour)?));
            }
        }
        Ok(PressInks { condition, roles, grounds })
    }

    /// Of a dark neutral's grounds, where black alone would print as another colour.
    pub fn ground(&self, colour: Colour) -> Option<Cmyk> {
        self.grounds.iter().find(|(dark, _)| *dark == colour).map(|(_, inks)| *inks)
    }

    /// Of pixels, by the profile's table alone.
    pub fn of_pixels(&self, pixels: &[u8]) -> Result<Vec<u8>, PdfError> {
        self.condition.inks_of_pixels(pixels)
    }

    /// A role's inks, a role's thinned where the colour is one mixed with white, black alone for a grey, else those of the
    /// profile's table.
    pub fn of(&self, colour: Colour) -> Result<Cmyk, PdfError> {
        if let Some((.., inks)) = self.roles.iter().find(|(_, role, _)| *role == colour) {
            return Ok(*inks);
        }
        if colour.is_grey() {
            return Ok(Cmyk::neutral(colour));
        }
        let thinned = |(_, role, inks): &(&str, Colour, Cmyk)| Some(inks.thinned(share_of(colour, *role)?));
        self.roles.iter().find_map(thinned).map_or_else(|| self.condition.inks(colour), Ok)
    }
}
