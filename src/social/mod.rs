//! The quick answer as a picture: what a link to the site shows where it is shared, and what a screen in a waiting room
//! shows. The same words and colours as the sheet; text as outlines, so that it looks the same everywhere.

mod card;
mod letters;

pub use card::{Card, Format};

use crate::layout::Shape;
use crate::preview;
use crate::text::Unset;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum SocialError {
    #[error(transparent)]
    Text(Unset),
    /// The drawing could not be painted.
    #[error("the picture cannot be painted: {0}")]
    Paint(String),
}

/// A finished picture, twice.
#[derive(Clone, Debug)]
pub struct Pictures {
    pub svg: String,
    pub png: Vec<u8>,
}

/// Whether a picture is painted, or only drawn: to see whether it can be made, its pixels are not needed, and they take
/// longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    Painted,
    DrawnOnly,
}

/// Draws a card. `mark` tells which program and content made it.
///
/// # Errors
/// A character that no font has.
pub fn pictures(card: &Card<'_>, format: Format, mark: &str, paint: Paint) -> Result<Pictures, SocialError> {
    let svg = svg(card, format, &card.shapes(format)?, mark);
    let png = match paint {
        Paint::Painted => painted(&svg, format, mark)?,
        Paint::DrawnOnly => Vec::new(),
    };
    Ok(Pictures { svg, png })
}

fn svg(card: &Card<'_>, format: Format, shapes: &[Shape], mark: &str) -> String {
    let (width, height) = format.size();
    let (title, description) = (preview::escaped(&card.title()), preview::escaped(&card.description()));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"title description\" lang=\"{}\">\n<title id=\"title\">{title}</title>\n\
         <desc id=\"description\">{description}</desc>\n",
        card.language
    );
    for shape in shapes {
        preview::push_shape(&mut svg, shape);
        svg.push('\n');
    }
    svg.push_str(&format!("</svg>\n<!-- {mark} -->\n"));
    svg
}

/// One pixel a unit of the drawing.
fn painted(svg: &str, format: Format, mark: &str) -> Result<Vec<u8>, SocialError> {
    let fault = |error: &dyn std::fmt::Display| SocialError::Paint(error.to_string());
    let tree = Tree::from_str(svg, &Options::default()).map_err(|error| fault(&error))?;
    let (width, height) = format.size();
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| fault(&"it has no size"))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    let png = pixels.encode_png().map_err(|error| fault(&error))?;
    Ok(with_mark(png, mark))
}

/// Says in a text chunk what made the picture (PNG, 11.3.3.3 `tEXt`), right after the header's chunk.
fn with_mark(png: Vec<u8>, mark: &str) -> Vec<u8> {
    /// The signature and the whole `IHDR` chunk.
    const HEADER: usize = 8 + 25;
    let text = format!("tEXtSoftware\0{mark}");
    let (head, rest) = png.split_at(HEADER.min(png.len()));
    let length = u32::try_from(text.len().saturating_sub(4)).unwrap_or_default();
    let sum = crc32fast::hash(text.as_bytes());
    [head, &length.to_be_bytes(), text.as_bytes(), &sum.to_be_bytes(), rest].concat()
}
