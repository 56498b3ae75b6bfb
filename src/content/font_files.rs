//! The font files of a clinic folder, raw: `text` reads them.

use std::sync::Arc;

/// Font files of the brand, raw.
#[derive(Clone, Debug)]
pub struct FontFiles {
    pub regular: FontFile,
    pub italic: FontFile,
    pub semibold: FontFile,
    pub bold: FontFile,
    /// For characters that the brand's faces lack.
    pub fallback_regular: FontFile,
    pub fallback_bold: FontFile,
    /// For the scripts that none of the others has, first choice first.
    pub scripts: Vec<FontFile>,
    /// Fonts of the folder that nothing names, in order of path: they serve the scripts that are still lacking.
    pub found: Vec<FontFile>,
}

#[derive(Clone)]
pub struct FontFile {
    /// Path in the clinic folder.
    pub path: Arc<str>,
    pub data: std::borrow::Cow<'static, [u8]>,
    /// Which font of a collection; 0 in a file of one font.
    pub index: u32,
    /// It comes with the program.
    pub is_tried: bool,
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FontFile({}, {} bytes)", self.path, self.data.len())
    }
}
