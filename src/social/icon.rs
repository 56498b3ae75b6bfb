//! The clinic's logo as a picture for the home screens of phones, which take no drawing.

use super::{SocialError, with_mark};
use crate::brand::Colour;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Pixels a side, and what of it the logo takes: phones cut the corners.
const SIDE: u16 = 180;
const LOGO: f32 = 132.0;

/// The logo on paper: where a picture lets the ground through, phones make it black.
///
/// # Errors
/// The drawing cannot be painted.
pub fn icon(svg: &str, paper: Colour, mark: &str) -> Result<Vec<u8>, SocialError> {
    let fault = |error: &dyn std::fmt::Display| SocialError::Paint(error.to_string());
    let tree = Tree::from_str(svg, &Options::default()).map_err(|error| fault(&error))?;
    let mut pixels = Pixmap::new(SIDE.into(), SIDE.into()).ok_or_else(|| fault(&"it has no size"))?;
    pixels.fill(Color::from_rgba8(paper.red, paper.green, paper.blue, 255));
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = LOGO / width.max(height);
    let middle = |length: f32| (f32::from(SIDE) - length * scale) / 2.0;
    let placed = Transform::from_row(scale, 0.0, 0.0, scale, middle(width), middle(height));
    resvg::render(&tree, placed, &mut pixels.as_mut());
    Ok(with_mark(pixels.encode_png().map_err(|error| fault(&error))?, mark))
}
