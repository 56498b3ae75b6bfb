//! A made-up brand, so that tests need no clinic folder.

use super::{Brand, Colour, Inks, Palette};
use crate::document::sample::{circle, filled, picture, stroke};
use crate::document::{Paint, PicturePath};
use std::collections::BTreeMap;

/// A brand of made-up colours with a round logo.
pub fn sample_brand() -> Brand {
    let palette = Palette {
        brand: Colour::new(0x0b, 0x4f, 0x5c),
        accent: Colour::new(0xb4, 0x5f, 0x06),
        warning: Colour::new(0xa3, 0x12, 0x1b),
        ink: Colour::new(0x17, 0x20, 0x2c),
        muted: Colour::new(0x4a, 0x55, 0x63),
        rule: Colour::new(0xc3, 0xcf, 0xd4),
        tint: Colour::new(0xec, 0xf3, 0xf5),
        paper: Colour::new(0xff, 0xff, 0xff),
        solid: Colour::new(0x0b, 0x4f, 0x5c),
    };
    let mut mark = stroke("M 14 32 L 21 22 L 27 22 L 34 32", Paint::Paper, 3.0);
    mark.segments.extend(circle(24.0, 15.0, 2.5));
    let disc = PicturePath { fill: Some(Paint::Line), stroke: None, ..filled(circle(24.0, 24.0, 23.0)) };
    Brand {
        inks: Inks::new(&palette, Vec::new()),
        palette,
        logo: picture("logo", 48.0, vec![disc, mark]),
        logo_on_dark: None,
        cover: None,
        photos: BTreeMap::new(),
    }
}
