//! The printing condition: which inks print a colour, and which colour inks print, by the tables of the profile that every
//! file for the press embeds (ICC.1, `B2A1` and `A2B1`: relative colorimetric).

use crate::brand::{Cmyk, Colour, MOST_INK};
use crate::pdf::PdfError;
use deltae::{DEMethod, DeltaE, LabValue};
use moxcms::{ColorProfile, Layout, RenderingIntent, TransformExecutor, TransformOptions};
use std::sync::{Arc, LazyLock};

/// See `profiles/README.md` for where it is from and its licence.
pub(super) const PROFILE: &[u8] = include_bytes!("../../../profiles/cgats-tr006-coated.icc");

/// The profile's tables, ready to be asked.
pub(super) struct Condition {
    to_inks: Arc<dyn TransformExecutor<f32> + Send + Sync>,
    of_inks: Arc<dyn TransformExecutor<f32> + Send + Sync>,
    of_screen: Arc<dyn TransformExecutor<f32> + Send + Sync>,
}

impl Condition {
    /// Read once: its tables are large, and a folder has many brochures.
    ///
    /// # Errors
    /// [`PdfError::Press`]: the embedded profile cannot be read.
    pub fn get() -> Result<&'static Condition, PdfError> {
        static CONDITION: LazyLock<Option<Condition>> = LazyLock::new(|| Condition::read().ok());
        CONDITION.as_ref().ok_or(PdfError::Press)
    }

    fn read() -> Result<Condition, PdfError> {
        let unreadable = |_| PdfError::Press;
        let press = ColorProfile::new_from_slice(PROFILE).map_err(unreadable)?;
        // Wide enough to hold every colour of screen and press.
        let (screen, wide) = (ColorProfile::new_srgb(), ColorProfile::new_pro_photo_rgb());
        let options = TransformOptions {
            rendering_intent: RenderingIntent::RelativeColorimetric,
            ..TransformOptions::default()
        };
        let table = |from: &ColorProfile, layout, to: &ColorProfile, into| {
            from.create_transform_f32(layout, to, into, options).map_err(unreadable)
        };
        Ok(Condition {
            to_inks: table(&screen, Layout::Rgb, &press, Layout::Rgba)?,
            of_inks: table(&press, Layout::Rgba, &wide, Layout::Rgb)?,
            of_screen: table(&screen, Layout::Rgb, &wide, Layout::Rgb)?,
        })
    }

    /// The inks of a colour, in whole per cent.
    pub fn inks(&self, colour: Colour) -> Result<Cmyk, PdfError> {
        let mut inks = [0.0; 4];
        self.to_inks.transform(&colour.shares(), &mut inks).map_err(|_| PdfError::Press)?;
        let inks = Cmyk(inks.map(|ink| (ink.clamp(0.0, 1.0) * 100.0).round()));
        self.with_fewer_plates(within_most(inks))
    }

    /// The inks of pixels, three bytes each, as four bytes each.
    pub fn inks_of_pixels(&self, pixels: &[u8]) -> Result<Vec<u8>, PdfError> {
        let mut out = Vec::with_capacity(pixels.len() / 3 * 4);
        let mut inks = Vec::new();
        for part in pixels.chunks(3 * PIXELS) {
            let shares: Vec<f32> = part.iter().map(|level| f32::from(*level) / 255.0).collect();
            inks.resize(part.len() / 3 * 4, 0.0);
            self.to_inks.transform(&shares, &mut inks).map_err(|_| PdfError::Press)?;
            for pixel in inks.chunks_exact(4) {
                out.extend(dried([pixel[0], pixel[1], pixel[2], pixel[3]]));
            }
        }
        Ok(out)
    }

    /// Fine type fringes with each plate that is off by a hair: of four inks, the palest goes where nobody sees it.
    fn with_fewer_plates(&self, inks: Cmyk) -> Result<Cmyk, PdfError> {
        let [coloured @ .., _] = inks.0;
        let palest = (0..coloured.len()).min_by(|a, b| coloured[*a].total_cmp(&coloured[*b]));
        let (Some(palest), true) = (palest, inks.0.iter().all(|ink| *ink > 0.0)) else { return Ok(inks) };
        let mut fewer = inks;
        fewer.0[palest] = 0.0;
        let difference = difference(self.printed(inks)?, self.printed(fewer)?);
        Ok(if difference < UNSEEN { fewer } else { inks })
    }

    /// CIEDE2000 between a colour on the screen and what inks print.
    pub fn difference(&self, colour: Colour, inks: Cmyk) -> Result<f32, PdfError> {
        let mut screen = [0.0; 3];
        self.of_screen.transform(&colour.shares(), &mut screen).map_err(|_| PdfError::Press)?;
        Ok(difference(lab(screen), self.printed(inks)?))
    }

    fn printed(&self, inks: Cmyk) -> Result<LabValue, PdfError> {
        let mut printed = [0.0; 3];
        let shares = inks.0.map(|ink| ink / 100.0);
        self.of_inks.transform(&shares, &mut printed).map_err(|_| PdfError::Press)?;
        Ok(lab(printed))
    }
}

/// Pixels that are looked up in one go.
const PIXELS: usize = 4_096;

/// A pixel's inks as bytes: where they are more than dries, the coloured ones give way alike.
fn dried(inks: [f32; 4]) -> [u8; 4] {
    let [cyan, magenta, yellow, black] = inks.map(|ink| ink.clamp(0.0, 1.0));
    let coloured = cyan + magenta + yellow;
    let room = MOST_INK / 100.0 - black;
    let less = if coloured > room { room / coloured } else { 1.0 };
    let byte = |share: f32| (share * 255.0).floor() as u8;
    [byte(cyan * less), byte(magenta * less), byte(yellow * less), (black * 255.0).round() as u8]
}

/// What rounding has brought over the most that dries is taken from the strongest of the coloured inks.
fn within_most(mut inks: Cmyk) -> Cmyk {
    while inks.total() > MOST_INK {
        let [coloured @ .., _] = &mut inks.0;
        let Some(strongest) = coloured.iter_mut().max_by(|a, b| a.total_cmp(b)) else { break };
        *strongest -= 1.0;
    }
    inks
}

/// A CIEDE2000 that no eye tells side by side.
const UNSEEN: f32 = 1.0;

fn difference(one: LabValue, other: LabValue) -> f32 {
    *DeltaE::new(one, other, DEMethod::DE2000).value()
}

/// ROMM RGB (ISO 22028-2) to XYZ under D50, in rows.
const TO_XYZ: [[f64; 3]; 3] =
    [[0.797_674_9, 0.135_191_7, 0.031_353_4], [0.288_040_2, 0.711_874_1, 0.000_085_7], [0.0, 0.0, 0.825_21]];
const D50: [f64; 3] = [0.964_2, 1.0, 0.824_9];

/// CIE L*a*b* of a ROMM RGB colour.
fn lab(colour: [f32; 3]) -> LabValue {
    let linear = colour.map(|share| {
        let share = f64::from(share).max(0.0);
        if share < 16.0 / 512.0 { share / 16.0 } else { share.powf(1.8) }
    });
    let root = |row: usize| {
        let sum: f64 = TO_XYZ[row].iter().zip(linear).map(|(factor, share)| factor * share).sum();
        let value = sum / D50[row];
        if value > 216.0 / 24_389.0 { value.cbrt() } else { (24_389.0 / 27.0 * value + 16.0) / 116.0 }
    };
    let [x, y, z] = [0, 1, 2].map(root);
    LabValue { l: (116.0 * y - 16.0) as f32, a: (500.0 * (x - y)) as f32, b: (200.0 * (y - z)) as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Colours that a clinic may have, with the inks and the difference that LittleCMS finds with the same profile.
    const KNOWN: [(&str, [f32; 4], f32); 6] = [
        ("#7a1fa2", [68.0, 93.0, 0.0, 3.0], 7.3),
        ("#00695c", [80.0, 2.0, 51.0, 51.0], 0.5),
        ("#1b7a3d", [73.0, 0.0, 87.0, 38.0], 1.8),
        ("#c2185b", [0.0, 96.0, 25.0, 18.0], 2.0),
        ("#0057b8", [91.0, 63.0, 0.0, 4.0], 2.7),
        ("#0b4f5c", [74.0, 22.0, 28.0, 60.0], 3.4),
    ];

    /// Every brochure for the press asks for it.
    #[test]
    fn the_profile_is_read_once() {
        let (one, other) = (Condition::get().expect("the profile"), Condition::get().expect("the profile"));
        assert!(std::ptr::eq(one, other));
    }

    #[test]
    fn the_profiles_own_table_gives_the_inks_and_how_far_they_are_off() {
        let condition = Condition::get().expect("the profile");
        for (hex, wanted, off) in KNOWN {
            let colour = Colour::from_hex(hex).expect("a colour");
            let mut inks = [0.0; 4];
            condition.to_inks.transform(&colour.shares(), &mut inks).expect("inks");
            for (ink, wanted) in inks.iter().zip(wanted) {
                assert!((ink * 100.0 - wanted).abs() <= 1.5, "{hex}: {inks:?}");
            }
            let inks = condition.inks(colour).expect("inks");
            let difference = condition.difference(colour, inks).expect("a difference");
            assert!((difference - off).abs() < 1.1, "{hex}: {inks:?} {difference}");
        }
    }

    #[test]
    fn a_plate_that_nobody_would_miss_is_left_out() {
        let condition = Condition::get().expect("the profile");
        let green = condition.inks(Colour::new(0x00, 0x69, 0x5c)).expect("inks");
        assert_eq!(green.0.iter().filter(|ink| **ink > 0.0).count(), 3, "{green:?}");
        let teal = condition.inks(Colour::new(0x0b, 0x4f, 0x5c)).expect("inks");
        assert_eq!(teal.0.iter().filter(|ink| **ink > 0.0).count(), 4, "{teal:?}");
    }

    #[test]
    fn no_colour_takes_more_ink_than_dries() {
        let condition = Condition::get().expect("the profile");
        let steps = || (0..=255).step_by(51).map(|level| level as u8);
        for red in steps() {
            for green in steps() {
                for blue in steps() {
                    let inks = condition.inks(Colour::new(red, green, blue)).expect("inks");
                    assert!(inks.total() <= MOST_INK, "{inks:?}");
                }
            }
        }
    }
}
