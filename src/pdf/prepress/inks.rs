//! The inks of a brochure's colours, and how near they come to what a screen shows.

use super::condition::Condition;
use crate::brand::{Cmyk, Colour, Inks, share_of};
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
}

/// Above this CIEDE2000, people call it another colour.
const ANOTHER: f32 = 6.0;

impl PrintedColour {
    /// Whether people call it another colour in print. A neutral of black alone is no hue to miss.
    pub fn is_another(&self) -> bool {
        let [cyan, magenta, yellow, _] = self.inks;
        self.difference > ANOTHER && cyan + magenta + yellow > 0.0
    }
}

/// Every role of the palette as it prints, in the order of the brand file.
///
/// # Errors
/// [`PdfError::Press`]: the built-in profile cannot be read.
pub fn printed_colours(inks: &Inks) -> Result<Vec<PrintedColour>, PdfError> {
    let press = PressInks::new(inks)?;
    let printed = |(role, colour, inks): &(&'static str, Colour, Cmyk)| {
        let difference = press.condition.difference(*colour, *inks)?;
        let difference = (difference * 10.0).round() / 10.0;
        Ok(PrintedColour { role, rgb: colour.to_hex(), inks: inks.0, difference })
    };
    press.roles.iter().map(printed).collect()
}

/// The inks of every colour that a file may hold.
pub(super) struct PressInks {
    condition: &'static Condition,
    roles: Vec<(&'static str, Colour, Cmyk)>,
}

impl PressInks {
    pub fn new(inks: &Inks) -> Result<PressInks, PdfError> {
        let condition = Condition::get()?;
        let found = |(role, colour, known): (&'static str, Colour, Option<Cmyk>)| {
            let inks = known.map_or_else(|| condition.inks(colour), Ok)?;
            Ok((role, colour, inks))
        };
        let roles = inks.roles().map(found).collect::<Result<_, PdfError>>()?;
        Ok(PressInks { condition, roles })
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
