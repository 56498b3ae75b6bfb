//! The fonts of a clinic: four faces of the brand, two to fall back to.

use super::characters::{is_space, is_undrawn};
use super::{Face, FaceFile, FaceId};
use crate::diagnostic::Faults;
use harfrust::Buffer;
use std::fmt;
use std::sync::Mutex;
use unicode_normalization::UnicodeNormalization;

/// How dark text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    Regular,
    Semibold,
    Bold,
}

/// The font files of a [`FontSet`].
#[derive(Clone, Debug)]
pub struct FaceFiles {
    pub regular: FaceFile,
    pub italic: FaceFile,
    pub semibold: FaceFile,
    pub bold: FaceFile,
    /// For characters that the brand's faces lack.
    pub fallback_regular: FaceFile,
    pub fallback_bold: FaceFile,
}

/// Loaded once, shared by all threads.
pub struct FontSet {
    faces: [Face; 6],
    /// Shaping buffers at rest, so that their memory is used again.
    pub(super) buffers: Mutex<Vec<Buffer>>,
}

const REGULAR: FaceId = FaceId(0);
const ITALIC: FaceId = FaceId(1);
const SEMIBOLD: FaceId = FaceId(2);
const BOLD: FaceId = FaceId(3);
const FALLBACK_REGULAR: FaceId = FaceId(4);
const FALLBACK_BOLD: FaceId = FaceId(5);

impl FontSet {
    /// Reads and checks all files.
    ///
    /// # Errors
    ///
    /// One fault a file that is broken, cut off, variable, without outlines, or whose licence forbids embedding.
    pub fn new(files: &FaceFiles) -> Result<FontSet, Faults> {
        let files = [
            &files.regular,
            &files.italic,
            &files.semibold,
            &files.bold,
            &files.fallback_regular,
            &files.fallback_bold,
        ];
        let mut faults = Vec::new();
        let faces = files.map(|file| Face::new(file).map_err(|found| faults.extend(found.0)).ok());
        match faces {
            [Some(a), Some(b), Some(c), Some(d), Some(e), Some(f)] => {
                Ok(FontSet { faces: [a, b, c, d, e, f], buffers: Mutex::default() })
            }
            _ => Err(Faults(faults)),
        }
    }

    /// The face of an id that this set gave.
    pub fn face(&self, id: FaceId) -> &Face {
        self.faces.get(usize::from(id.0)).unwrap_or(&self.faces[0])
    }

    /// All faces, in order of id.
    pub fn faces(&self) -> impl ExactSizeIterator<Item = (FaceId, &Face)> {
        self.faces.iter().enumerate().map(|(index, face)| (FaceId(index as u8), face))
    }

    /// The face whose metrics place the baseline in every line: the brand's regular.
    pub fn metrics_face(&self) -> &Face {
        &self.faces[0]
    }

    /// The face that a style asks for. There is one italic: heavier weights stay upright.
    pub fn first_choice(weight: Weight, italic: bool) -> FaceId {
        match (weight, italic) {
            (Weight::Regular, false) => REGULAR,
            (Weight::Regular, true) => ITALIC,
            (Weight::Semibold, _) => SEMIBOLD,
            (Weight::Bold, _) => BOLD,
        }
    }

    /// The faces to try for a style, best first: the style's, its upright, the fallback of the nearer weight, the rest.
    pub fn choices(weight: Weight, italic: bool) -> [FaceId; 6] {
        match (weight, italic) {
            (Weight::Regular, false) => [REGULAR, FALLBACK_REGULAR, ITALIC, SEMIBOLD, BOLD, FALLBACK_BOLD],
            (Weight::Regular, true) => [ITALIC, REGULAR, FALLBACK_REGULAR, SEMIBOLD, BOLD, FALLBACK_BOLD],
            (Weight::Semibold, _) => [SEMIBOLD, FALLBACK_BOLD, BOLD, REGULAR, FALLBACK_REGULAR, ITALIC],
            (Weight::Bold, _) => [BOLD, FALLBACK_BOLD, SEMIBOLD, REGULAR, FALLBACK_REGULAR, ITALIC],
        }
    }

    /// The face that sets a character in a style; `None` when no face has it.
    pub fn face_for(&self, weight: Weight, italic: bool, character: char) -> Option<FaceId> {
        FontSet::choices(weight, italic).into_iter().find(|id| self.face(*id).covers(character))
    }

    /// Whether a character can be set: a face has it or what prints in its place, or it is a mark that is never
    /// drawn. Text of such characters is never refused for a missing glyph.
    pub fn covers(&self, character: char) -> bool {
        let printed = self.printed(character);
        is_undrawn(character) || self.faces.iter().any(|face| face.covers(printed))
    }

    /// The size for a face beside the brand's regular at `size`: a fallback face that draws its small letters
    /// larger is set smaller, to tenths of a point, so that they are as high.
    pub fn size_beside(&self, id: FaceId, size: f32) -> f32 {
        if id < FALLBACK_REGULAR {
            return size;
        }
        let height = |face: &Face| face.x_height() as f32 / f32::from(face.units_per_em());
        let ratio = (height(self.metrics_face()) / height(self.face(id))).clamp(0.8, 1.0);
        (size * ratio * 10.0).round() / 10.0
    }

    /// What prints for a character: a no-break space is a plain one (a thin one where it was thin and the fonts
    /// have it), so that copied text holds what people type; a space that not all faces have is a plain one; the
    /// hyphens that most fonts lack are the one that all have.
    pub fn printed(&self, character: char) -> char {
        let space = match character {
            ' ' | '\u{a0}' | '\u{2007}' => return ' ',
            '\u{2010}' | '\u{2011}' => return '-',
            '\u{202f}' => '\u{2009}',
            _ if is_space(character) => character,
            _ => return character,
        };
        if self.faces.iter().all(|face| face.covers(space)) { space } else { ' ' }
    }

    /// The first face of a style that has every character of a word or cluster: its composed letters, so that a
    /// name looks the same however it was typed, else its letters and marks as they are.
    pub(super) fn face_for_all(&self, weight: Weight, italic: bool, text: &str) -> Option<FaceId> {
        let choices = FontSet::choices(weight, italic);
        if text.is_ascii() && self.face(choices[0]).covers_all(text) {
            return Some(choices[0]);
        }
        let composed = choices.into_iter().find(|id| text.nfc().all(|letter| self.face(*id).covers(letter)));
        composed.or_else(|| choices.into_iter().find(|id| self.face(*id).covers_all(text)))
    }
}

impl fmt::Debug for FontSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.faces).finish()
    }
}
