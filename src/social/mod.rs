//! The quick answer as a picture, for link previews and for screens in waiting rooms. It has the words and colours of the
//! sheet; its text is drawn as outlines, so that it looks the same everywhere.

mod band;
mod bars;
mod card;
mod head;
mod icon;
mod letters;

pub use card::{Card, Format};
pub use icon::icon;

use crate::brand::Colour;
use crate::geometry::{Pt, Rect};
use crate::layout::{Page, Shape};
use crate::preview;
use crate::text::{FontSet, Unset};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum SocialError {
    #[error(transparent)]
    Text(Unset),
    #[error("when it is an emergency and whom to call has no room on the picture")]
    NoRoom,
    /// The same of what says when to call the clinic, on any number of lines.
    #[error("when to call has no room on the picture")]
    NoRoomToCall,
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
    let told = Told { title: &card.title(), description: &card.description(), language: card.language, mark };
    let svg = svg(&told, format.size(), &card.shapes(format)?);
    let png = match paint {
        Paint::Painted => painted(&svg, format.size(), mark)?,
        Paint::DrawnOnly => Vec::new(),
    };
    Ok(Pictures { svg, png })
}

/// What a picture says of itself.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub language: &'a str,
    /// Which program and content made it.
    pub mark: &'a str,
}

/// A laid-out page as a picture, a pixel a point.
///
/// # Errors
/// It cannot be painted.
pub fn of_page(page: &Page, told: &Told<'_>, fonts: &FontSet, paper: Colour) -> Result<Vec<u8>, SocialError> {
    let (width, height) = (page.size.width, page.size.height);
    let rect = Rect { width, height, ..Rect::default() };
    let ground = Shape::Rectangle { rect, radius: Pt::ZERO, fill: Some(paper), stroke: None };
    let size = (width.0 as u32, height.0 as u32);
    let mut svg = opened(told, size);
    preview::push_shape(&mut svg, &ground);
    for fragment in &page.fragments {
        match &fragment.shape {
            Shape::Line { line, origin, .. } => {
                letters::line(line, *origin, fonts)
                    .iter()
                    .for_each(|shape| preview::push_shape(&mut svg, shape));
            }
            shape => preview::push_shape(&mut svg, shape),
        }
    }
    svg.push_str("</svg>\n");
    painted(&svg, size, told.mark)
}

fn svg(told: &Told<'_>, size: (u32, u32), shapes: &[Shape]) -> String {
    let mut svg = opened(told, size);
    for shape in shapes {
        preview::push_shape(&mut svg, shape);
        svg.push('\n');
    }
    svg.push_str(&format!("</svg>\n<!-- {} -->\n", told.mark));
    svg
}

fn opened(told: &Told<'_>, (width, height): (u32, u32)) -> String {
    let (title, description) = (preview::escaped(told.title), preview::escaped(told.description));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"title description\" lang=\"{}\">\n<title id=\"title\">{title}</title>\n\
         <desc id=\"description\">{description}</desc>\n",
        told.language
    )
}

/// One pixel a unit of the drawing.
fn painted(svg: &str, (width, height): (u32, u32), mark: &str) -> Result<Vec<u8>, SocialError> {
    let fault = |error: &dyn std::fmt::Display| SocialError::Paint(error.to_string());
    let tree = Tree::from_str(svg, &Options::default()).map_err(|error| fault(&error))?;
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
