//! The fonts of a clinic: four faces of the brand, two to fall back to.

use super::{Face, FaceFile, FaceId};
use crate::diagnostic::{Diagnostic, Faults};
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
        let mut faults: Vec<Diagnostic> = Vec::new();
        let faces = files.map(|file| Face::new(file).map_err(|fault| faults.push(fault)).ok());
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
        FontSet::choices(weight, italic).into_iter().find(|id| self.face(*id).printed(character).is_some())
    }

    /// Whether a character can be set: a face has it, or it is a mark that is never drawn.
    pub fn covers(&self, character: char) -> bool {
        super::is_undrawn(character) || self.faces.iter().any(|face| face.printed(character).is_some())
    }

    /// The first face of a style that can set every character of a word or cluster, composed if need be.
    pub(super) fn face_for_all(&self, weight: Weight, italic: bool, text: &str) -> Option<FaceId> {
        let choices = FontSet::choices(weight, italic);
        let first = self.face(choices[0]);
        if text.chars().all(|character| first.printed(character).is_some()) {
            return Some(choices[0]);
        }
        choices.into_iter().find(|id| {
            let face = self.face(*id);
            text.chars().all(|character| face.printed(character).is_some())
                || text.nfc().all(|character| face.printed(character).is_some())
        })
    }
}

impl fmt::Debug for FontSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.faces).finish()
    }
}
