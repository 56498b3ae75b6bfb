//! Fonts in the file: Type 0 with Identity-H codes, embedded subsets, widths and ToUnicode maps
//! (ISO 32000-1 9.7, ISO 14289-1 7.21, ISO 19005-2 6.2.11).
//!
//! Each face is subset **once per engine** over the glyphs that its content can use. A sheet that needs a glyph
//! outside of them, e.g. for a name, gets a second, small font of its own.

mod cmap;
mod embed;
mod opentype;
mod repertoire;

pub use repertoire::Repertoire;

pub(super) use embed::Embedded;
pub(super) use repertoire::glyph_texts;

use super::PdfError;
use crate::text::{FaceId, FontSet};
use opentype::Metrics;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The faces of an engine as PDF embeds them. Made once, shared by all threads.
pub struct PdfFonts {
    set: Arc<FontSet>,
    metrics: Vec<Metrics>,
    base: Vec<Option<Embedded>>,
    identity: u64,
}

/// Glyphs of faces beyond the engine's subsets, with what they say.
pub(super) type Missing = BTreeMap<FaceId, BTreeMap<u16, Box<str>>>;

/// The fonts that one document has for itself.
pub(super) type Extras = BTreeMap<FaceId, Embedded>;

impl PdfFonts {
    /// Subsets and compresses the faces that the repertoire names.
    ///
    /// # Errors
    ///
    /// [`PdfError::Font`] when a face cannot be subset.
    pub fn new(set: Arc<FontSet>, repertoire: &Repertoire) -> Result<PdfFonts, PdfError> {
        let metrics = set
            .faces()
            .map(|(_, face)| Metrics::read(face.data()).ok_or_else(|| PdfError::font(face)))
            .collect::<Result<Vec<_>, _>>()?;
        let mut fonts = PdfFonts { base: metrics.iter().map(|_| None).collect(), set, metrics, identity: 0 };
        for (face, glyphs) in repertoire.faces() {
            let embedded = fonts.embed(face, glyphs)?;
            fonts.identity = fonts.identity.rotate_left(7) ^ embedded.identity();
            if let Some(place) = fonts.base.get_mut(usize::from(face.0)) {
                *place = Some(embedded);
            }
        }
        Ok(fonts)
    }

    /// Tells the subsets of one engine from another's: codes are only good for the fonts that they were made with.
    pub(super) fn identity(&self) -> u64 {
        self.identity
    }

    pub(super) fn base(&self, face: FaceId) -> Option<&Embedded> {
        self.base.get(usize::from(face.0))?.as_ref()
    }

    /// Width of a glyph without kerning, in font design units.
    pub(super) fn advance(&self, face: FaceId, glyph: u16) -> i32 {
        self.metrics.get(usize::from(face.0)).map_or(0, |metrics| i32::from(metrics.advance(glyph)))
    }

    pub(super) fn units_per_em(&self, face: FaceId) -> i32 {
        self.metrics.get(usize::from(face.0)).map_or(1000, |metrics| i32::from(metrics.units_per_em))
    }

    pub(super) fn extras(&self, missing: &Missing) -> Result<Extras, PdfError> {
        missing.iter().map(|(face, glyphs)| Ok((*face, self.embed(*face, glyphs)?))).collect()
    }

    fn embed(&self, face: FaceId, glyphs: &BTreeMap<u16, Box<str>>) -> Result<Embedded, PdfError> {
        let file = self.set.face(face);
        let metrics = self.metrics.get(usize::from(face.0)).ok_or_else(|| PdfError::font(file))?;
        Embedded::new(file, metrics, glyphs).ok_or_else(|| PdfError::font(file))
    }
}

impl std::fmt::Debug for PdfFonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PdfFonts({:016x})", self.identity)
    }
}
