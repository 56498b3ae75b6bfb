//! What a check need not try again. The suite makes every sheet, page and brochure of the built-in folder; of files that are
//! still the same, byte for byte, only what the clinic's own profile may do to them is left to be seen.

use super::super::face_files;
use crate::content::files::{Embedded, Files};
use crate::content::{Library, Pack};

/// Drawings that texts show.
const FIGURES: &str = "content/figures/";

/// Whether what all languages share came with the program.
#[derive(Clone, Copy)]
pub struct Known(bool);

impl Known {
    pub fn of(files: &dyn Files, library: &Library) -> Known {
        let mut figures = Embedded.all().filter(|path| path.starts_with(FIGURES));
        let came = |path: &str| files.read(path).is_ok_and(|data| Embedded.holds(path, &data));
        let fonts = face_files(library);
        let brand = [&fonts.regular, &fonts.italic, &fonts.semibold, &fonts.bold];
        let mut faces = brand
            .into_iter()
            .chain([&fonts.fallback_regular, &fonts.fallback_bold])
            .chain(fonts.scripts.iter().chain(&fonts.found));
        Known(faces.all(|face| face.is_tried) && figures.all(came))
    }

    /// Whether all that a sheet in this language is made of, but the clinic's profile, came with the program.
    pub fn has(self, pack: &Pack) -> bool {
        self.0 && pack.is_tried
    }
}
