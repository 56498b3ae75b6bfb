//! What is made once for all files.

use super::colour_profile;
use super::draw::Stamps;
use super::fonts::PdfFonts;
use super::press::{Sheets, Skeletons};
use super::write::StaticStream;

/// What all PDFs of a clinic folder share: fonts, shapes and the colour profile. Made once, shared by all threads.
pub struct PdfEngine {
    pub(super) fonts: PdfFonts,
    pub(super) stamps: Stamps,
    pub(super) sheets: Sheets,
    pub(super) skeletons: Skeletons,
    pub(super) profile: StaticStream,
}

impl PdfEngine {
    pub fn new(fonts: PdfFonts) -> PdfEngine {
        let profile = StaticStream::small("/N 3", &colour_profile::srgb());
        PdfEngine {
            fonts,
            stamps: Stamps::default(),
            sheets: Sheets::default(),
            skeletons: Skeletons::default(),
            profile,
        }
    }
}
