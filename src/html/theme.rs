//! The brand's colours for a light and a dark screen.

use crate::brand::{Colour, Palette};
use serde::Serialize;

/// Body text and large coloured text on a dark screen (WCAG 2.2, 1.4.6).
const DARK_CONTRAST: f64 = 7.0;

/// The brand's colours as CSS takes them, for a light and a dark screen.
#[derive(Clone, Debug, Serialize)]
pub struct Theme {
    light: Shades,
    dark: Shades,
}

/// CSS colours by what they are for.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Shades {
    /// Headings, links, pictures.
    pub(super) brand: String,
    /// The quick answer's panel, and the text on it.
    pub(super) panel: String,
    pub(super) on_panel: String,
    pub(super) accent: String,
    /// Text and marks that warn.
    pub(super) warning: String,
    /// The emergency band, and the text on it.
    pub(super) band: String,
    pub(super) on_band: String,
    pub(super) ink: String,
    pub(super) muted: String,
    pub(super) rule: String,
    pub(super) tint: String,
    /// A bar for what to do.
    pub(super) soft: String,
    pub(super) paper: String,
    /// Around the sheet.
    pub(super) desk: String,
}

impl Theme {
    /// From the brand's own colours; those for a dark screen are lifted until they read.
    pub fn of(palette: &Palette) -> Theme {
        Theme { light: light(palette), dark: dark(palette) }
    }

    /// The ground of a page on a dark screen.
    pub(super) fn dark_paper(palette: &Palette) -> Colour {
        Colour::new(0x1a, 0x1d, 0x20).towards(palette.brand, 0.08)
    }

    pub(super) fn light(&self) -> &Shades {
        &self.light
    }

    pub(super) fn dark(&self) -> &Shades {
        &self.dark
    }
}

fn light(palette: &Palette) -> Shades {
    let Palette { brand, accent, warning, ink, muted, rule, tint, paper, .. } = *palette;
    Shades {
        brand: brand.to_hex(),
        panel: brand.to_hex(),
        on_panel: readable_on(brand, palette).to_hex(),
        accent: accent.to_hex(),
        warning: warning.to_hex(),
        band: warning.to_hex(),
        on_band: readable_on(warning, palette).to_hex(),
        ink: ink.to_hex(),
        muted: muted.to_hex(),
        rule: rule.to_hex(),
        tint: tint.to_hex(),
        soft: paper.towards(brand, 0.25).to_hex(),
        paper: paper.to_hex(),
        desk: paper.towards(tint, 0.7).to_hex(),
    }
}

fn dark(palette: &Palette) -> Shades {
    let black = Colour::new(0, 0, 0);
    let paper = Theme::dark_paper(palette);
    let ink = Colour::new(0xee, 0xf1, 0xf3);
    let lifted = |colour| lift(colour, paper, DARK_CONTRAST);
    let brand = lifted(palette.brand);
    Shades {
        brand: brand.to_hex(),
        panel: palette.brand.to_hex(),
        on_panel: readable_on(palette.brand, palette).to_hex(),
        accent: lifted(palette.accent).to_hex(),
        warning: lifted(palette.warning).to_hex(),
        band: palette.warning.to_hex(),
        on_band: readable_on(palette.warning, palette).to_hex(),
        ink: ink.to_hex(),
        muted: ink.towards(paper, 0.25).to_hex(),
        rule: paper.towards(ink, 0.25).to_hex(),
        tint: paper.towards(ink, 0.06).to_hex(),
        soft: paper.towards(brand, 0.3).to_hex(),
        paper: paper.to_hex(),
        desk: paper.towards(black, 0.35).to_hex(),
    }
}

/// Paper or ink, whichever reads better on the colour.
fn readable_on(colour: Colour, palette: &Palette) -> Colour {
    match colour.contrast(palette.paper) >= colour.contrast(palette.ink) {
        true => palette.paper,
        false => palette.ink,
    }
}

/// The colour's hue, lighter until it stands out from a dark paper.
fn lift(colour: Colour, paper: Colour, contrast: f64) -> Colour {
    let shades = (0..=40).map(|step| lightened(colour, step as f32 / 40.0));
    shades.into_iter().find(|shade| shade.contrast(paper) >= contrast).unwrap_or(Colour::new(255, 255, 255))
}

/// The most saturated that a text colour on dark paper may be: above it, colours glow.
const CALM: f32 = 0.62;

/// The colour with its lightness (HSL) moved towards 1 by `share`.
fn lightened(colour: Colour, share: f32) -> Colour {
    let channels = [colour.red, colour.green, colour.blue].map(|channel| f32::from(channel) / 255.0);
    let high = channels.into_iter().fold(0.0, f32::max);
    let low = channels.into_iter().fold(1.0, f32::min);
    let lightness = (high + low) / 2.0;
    let room = 1.0 - (high + low - 1.0).abs();
    let saturation = if room > 0.0 { ((high - low) / room).min(CALM) } else { 0.0 };
    let lighter = lightness + (1.0 - lightness) * share;
    let spread = saturation * (1.0 - (2.0 * lighter - 1.0).abs());
    let placed = channels.map(|channel| match high > low {
        true => lighter + spread * ((channel - low) / (high - low) - 0.5),
        false => lighter,
    });
    let [red, green, blue] = placed.map(|channel| (channel.clamp(0.0, 1.0) * 255.0).round() as u8);
    Colour::new(red, green, blue)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brand::sample_brand;

    fn contrast(one: &str, other: &str) -> f64 {
        match (Colour::from_hex(one), Colour::from_hex(other)) {
            (Some(one), Some(other)) => one.contrast(other),
            _ => 0.0,
        }
    }

    #[test]
    fn text_reads_at_seven_to_one_on_light_and_dark_paper() {
        let theme = Theme::of(&sample_brand().palette);
        for shades in [theme.light, theme.dark] {
            for background in [&shades.paper, &shades.tint] {
                assert!(contrast(&shades.ink, background) >= 7.0, "ink on {background}");
                assert!(contrast(&shades.muted, background) >= 4.5, "muted on {background}");
                assert!(contrast(&shades.brand, background) >= 4.5, "brand on {background}");
                assert!(contrast(&shades.warning, background) >= 4.5, "warning on {background}");
            }
            assert!(contrast(&shades.on_panel, &shades.panel) >= 7.0);
            assert!(contrast(&shades.on_band, &shades.band) >= 7.0);
            assert!(contrast(&shades.ink, &shades.soft) >= 7.0, "ink on a soft bar {}", shades.soft);
        }
    }

    #[test]
    fn a_pale_brand_gets_dark_words_on_its_panel() {
        let mut palette = sample_brand().palette;
        palette.brand = Colour::new(0xff, 0xd0, 0x30);
        let theme = Theme::of(&palette);
        assert_eq!(theme.light.on_panel, palette.ink.to_hex());
    }
}
