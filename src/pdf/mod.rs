//! PDF: a layout becomes bytes that are **PDF/UA-1** (ISO 14289-1) and **PDF/A-2a** (ISO 19005-2) at once, PDF 1.7
//! (ISO 32000-1). The only place that knows printpdf and lopdf. `docs/pdf-ua.md` lists what the standards ask, clause
//! by clause, and where it is done.
//!
//! [`draw`] makes content of fragments, [`tags`] makes the structure tree of elements, [`press`] is where printpdf
//! turns operations into pages, and [`mod@write`] puts objects into the file. [`PdfWriter`] drives them; a single sheet
//! is a file of one record.

mod body;
mod colour_profile;
mod draw;
mod engine;
mod fonts;
mod metadata;
mod number;
mod outline;
mod photo;
pub mod preflight;
pub mod prepress;
mod press;
mod record;
mod tags;
mod write;
mod writer;

pub use engine::PdfEngine;
pub use fonts::{PdfFonts, Repertoire};
pub use writer::PdfWriter;

use crate::document::Meta;
use crate::layout::Layout;
use crate::text::Face;

/// Why a PDF could not be made. Never holds a patient's words.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error("the font `{0}` cannot be embedded")]
    Font(String),
    #[error("a character that no font has would be drawn as an empty box")]
    MissingGlyph,
    #[error("the date is beyond the years that a PDF can name")]
    Date,
    #[error("content names an element that the layout does not have")]
    Element,
    #[error("the layout has no page")]
    Empty,
    #[error("printpdf gave no page for what it was given")]
    Press,
    #[error("the photograph `{file}` cannot be shown: {message}")]
    Photo { file: String, message: String },
    #[error("the file could not be written")]
    Write(#[from] std::io::Error),
}

impl PdfError {
    fn font(face: &Face) -> PdfError {
        PdfError::Font(face.path().to_owned())
    }
}

/// One sheet as a file. The same layout and meta give the same bytes, in any order, on any thread.
///
/// # Errors
///
/// See [`PdfError`].
pub fn render(engine: &PdfEngine, layout: &Layout, meta: &Meta) -> Result<Vec<u8>, PdfError> {
    let mut writer = PdfWriter::new(Vec::with_capacity(40 * 1024), engine, meta)?;
    writer.add(layout)?;
    writer.finish()
}
