//! Colours, and how well they are told apart.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// How much light a channel gives, by its level; each is reckoned when it is first asked for. A channel without any light is
/// reckoned each time.
static LIGHT: [AtomicU64; 256] = [const { AtomicU64::new(0) }; 256];

fn linear(channel: u8) -> f64 {
    let known = &LIGHT[usize::from(channel)];
    let light = f64::from_bits(known.load(Relaxed));
    if light > 0.0 {
        return light;
    }
    let value = f64::from(channel) / 255.0;
    let light = if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
    known.store(light.to_bits(), Relaxed);
    light
}

/// Levels between the channels of a colour that nobody sees as a hue.
const UNSEEN: u8 = 4;

impl Colour {
    pub const fn new(red: u8, green: u8, blue: u8) -> Colour {
        Colour { red, green, blue }
    }

    /// From `#rrggbb`.
    pub fn from_hex(hex: &str) -> Option<Colour> {
        let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        Some(Colour::new((value >> 16) as u8, (value >> 8) as u8, value as u8))
    }

    pub fn to_hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// Contrast ratio with another colour, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    pub(crate) fn luminance(self) -> f64 {
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// A mix: `share` 0 is this colour, 1 the other.
    pub fn towards(self, other: Colour, share: f32) -> Colour {
        let mix = |from: u8, to: u8| (from as f32 + (to as f32 - from as f32) * share).round() as u8;
        Colour::new(mix(self.red, other.red), mix(self.green, other.green), mix(self.blue, other.blue))
    }

    /// The same hue, as strong, as light as `lightness` says: halfway between its least and its greatest channel.
    pub fn lit(self, lightness: f32) -> Colour {
        let channels = [self.red, self.green, self.blue].map(|channel| f32::from(channel) / 255.0);
        let least = channels.into_iter().fold(1.0, f32::min);
        let most = channels.into_iter().fold(0.0, f32::max);
        let (middle, spread) = ((least + most) / 2.0, most - least);
        let reach = |middle: f32| 1.0 - (2.0 * middle - 1.0).abs();
        let strength = if spread > 0.0 { reach(lightness) / reach(middle) } else { 0.0 };
        let [red, green, blue] =
            channels.map(|channel| ((lightness + (channel - middle) * strength) * 255.0).round() as u8);
        Colour::new(red, green, blue)
    }

    /// This colour, as much nearer to paper as keeps a contrast with it of at least `ratio` (WCAG 2.2, 1.4.3).
    pub fn softened(self, paper: Colour, ratio: f64) -> Colour {
        let steps = (1..=64).map(|step| self.towards(paper, step as f32 / 64.0));
        steps.take_while(|softer| softer.contrast(paper) >= ratio).last().unwrap_or(self)
    }

    /// This colour, as much darker or lighter in its own hue as a contrast of at least `ratio` with all `grounds` takes
    /// (WCAG 2.2, 1.4.3), the nearest first; `None`: no shade of it has that.
    pub fn readable_on(self, grounds: &[Colour], ratio: f64) -> Option<Colour> {
        let ends = [Colour::new(0, 0, 0), Colour::new(255, 255, 255)];
        let shades = (0..=128).flat_map(|step| ends.map(|end| self.towards(end, step as f32 / 128.0)));
        let mut readable =
            shades.filter(|shade| grounds.iter().all(|ground| shade.contrast(*ground) >= ratio));
        readable.next()
    }

    /// Without any hue.
    pub fn is_grey(self) -> bool {
        self.red == self.green && self.green == self.blue
    }

    /// Whether nobody sees a hue in it.
    pub fn is_nearly_grey(self) -> bool {
        let levels = [self.red, self.green, self.blue];
        let (least, most) = (levels.iter().min(), levels.iter().max());
        least.zip(most).is_some_and(|(least, most)| most - least <= UNSEEN)
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn the_nearest_shade_that_can_be_read_is_the_lightest_dark_one() {
        let (paper, tint) = (Colour::new(255, 255, 255), Colour::new(0xed, 0xf3, 0xf4));
        let yellow = Colour::new(0xff, 0xd4, 0x00);
        let shade = yellow.readable_on(&[paper, tint], 4.5).expect("a shade");
        assert!(shade.contrast(paper) >= 4.5 && shade.contrast(tint) >= 4.5, "{}", shade.to_hex());
        assert!(shade.contrast(tint) < 4.7, "not much darker than it must be: {}", shade.to_hex());
        assert!(shade.red > shade.green && shade.green > shade.blue, "still a yellow: {}", shade.to_hex());
        // What can be read stays as it is; no shade can be read on black and on white.
        assert_eq!(shade.readable_on(&[paper, tint], 4.5), Some(shade));
        assert_eq!(yellow.readable_on(&[paper, Colour::new(0, 0, 0)], 7.0), None);
    }
}
