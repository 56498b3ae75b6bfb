//! The fonts of a clinic: four faces of the brand, two to fall back to, and any number for the scripts of names.

use super::characters::{is_space, is_undrawn};
use super::{Face, FaceFile, FaceId};
use crate::diagnostic::{Diagnostic, Faults, Severity};
use harfrust::Buffer;
use std::fmt;
use std::sync::Mutex;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_script::Script;

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
    /// For scripts that none of these has, first choice first.
    pub scripts: Vec<FaceFile>,
    /// As `scripts`, behind them; one that cannot be used is passed over.
    pub found: Vec<FaceFile>,
}

/// Loaded once, shared by all threads.
pub struct FontSet {
    /// The brand's four, the two fallbacks, then those for scripts.
    faces: Vec<Face>,
    passed_over: Vec<Diagnostic>,
    /// Shaping buffers at rest, so that their memory is used again.
    pub(super) buffers: Mutex<Vec<Buffer>>,
}

fn as_warning(fault: Diagnostic) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..fault }
}

const REGULAR: FaceId = FaceId(0);
const ITALIC: FaceId = FaceId(1);
const SEMIBOLD: FaceId = FaceId(2);
const BOLD: FaceId = FaceId(3);
const FALLBACK_REGULAR: FaceId = FaceId(4);
const FALLBACK_BOLD: FaceId = FaceId(5);
/// Faces that every sheet is set in; those behind them are for scripts that these lack.
const OWN: usize = 6;

impl FontSet {
    /// Reads and checks all files.
    ///
    /// # Errors
    ///
    /// One fault a file that is broken, cut off, variable, without outlines, or whose licence forbids embedding.
    pub fn new(files: &FaceFiles) -> Result<FontSet, Faults> {
        let own = [
            &files.regular,
            &files.italic,
            &files.semibold,
            &files.bold,
            &files.fallback_regular,
            &files.fallback_bold,
        ];
        let mut faults = Vec::new();
        let mut faces = Vec::with_capacity(OWN + files.scripts.len());
        for file in own.into_iter().chain(&files.scripts) {
            match Face::new(file) {
                Ok(face) => faces.push(face),
                Err(found) => faults.extend(found.0),
            }
        }
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let mut passed_over = Vec::new();
        for file in &files.found {
            match Face::new(file) {
                Ok(face) => faces.push(face),
                Err(found) => passed_over.extend(found.0.into_iter().map(as_warning)),
            }
        }
        // A face's number is a byte; the loader allows far fewer.
        faces.truncate(usize::from(u8::MAX));
        Ok(FontSet { faces, passed_over, buffers: Mutex::default() })
    }

    /// Why fonts that nothing names are not used, a warning each.
    pub fn passed_over(&self) -> &[Diagnostic] {
        &self.passed_over
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

    /// The faces to try for a style, best first: the style's, its upright, the fallback of the nearer weight, the rest;
    /// then those for scripts, of the nearer weight first.
    fn choices(&self, weight: Weight, italic: bool) -> impl Iterator<Item = FaceId> {
        let own = match (weight, italic) {
            (Weight::Regular, false) => [REGULAR, FALLBACK_REGULAR, ITALIC, SEMIBOLD, BOLD, FALLBACK_BOLD],
            (Weight::Regular, true) => [ITALIC, REGULAR, FALLBACK_REGULAR, SEMIBOLD, BOLD, FALLBACK_BOLD],
            (Weight::Semibold, _) => [SEMIBOLD, FALLBACK_BOLD, BOLD, REGULAR, FALLBACK_REGULAR, ITALIC],
            (Weight::Bold, _) => [BOLD, FALLBACK_BOLD, SEMIBOLD, REGULAR, FALLBACK_REGULAR, ITALIC],
        };
        let heavy = weight != Weight::Regular;
        let of_weight = move |wanted: bool| {
            let ids = self.faces().skip(OWN);
            ids.filter(move |(_, face)| face.is_heavy() == wanted).map(|(id, _)| id)
        };
        own.into_iter().chain(of_weight(heavy)).chain(of_weight(!heavy))
    }

    /// The face that sets a character in a style; `None` when no face has it.
    pub fn face_for(&self, weight: Weight, italic: bool, character: char) -> Option<FaceId> {
        if is_undrawn(character) {
            return Some(FontSet::first_choice(weight, italic));
        }
        self.choices(weight, italic).find(|id| self.face(*id).covers(character))
    }

    /// Whether a character can be set: a face has it or what prints in its place, or it is a mark that is never
    /// drawn. Text of such characters is never refused for a missing glyph.
    pub fn covers(&self, character: char) -> bool {
        let printed = self.printed(character);
        is_undrawn(character) || self.faces.iter().any(|face| face.covers(printed))
    }

    /// The size for a face beside the brand's regular at `size`: a fallback face that draws its small letters
    /// larger is set smaller, to tenths of a point, so that they are as high. The letters of a script without small
    /// ones keep the size: how high the face draws an x says nothing of them.
    pub fn size_beside(&self, id: FaceId, script: Script, size: f32) -> f32 {
        if id < FALLBACK_REGULAR || !self.has_small_letters(script) {
            return size;
        }
        let height = |face: &Face| face.x_height() as f32 / f32::from(face.units_per_em());
        let ratio = (height(self.metrics_face()) / height(self.face(id))).clamp(0.8, 1.0);
        (size * ratio * 10.0).round() / 10.0
    }

    /// Whether a script has small letters, whose height says how large it looks.
    pub fn has_small_letters(&self, script: Script) -> bool {
        matches!(script, Script::Latin | Script::Greek | Script::Cyrillic | Script::Common)
    }

    /// What prints for a character: a no-break space is a plain one (a thin one where it was thin and the fonts
    /// have it), so that copied text holds what people type; a space that not all faces of every sheet have is a plain one; the
    /// hyphens that most fonts lack are the one that all have.
    pub fn printed(&self, character: char) -> char {
        let space = match character {
            ' ' | '\u{a0}' | '\u{2007}' => return ' ',
            '\u{2010}' | '\u{2011}' => return '-',
            '\u{202f}' => '\u{2009}',
            _ if is_space(character) => character,
            _ => return character,
        };
        if self.faces.iter().take(OWN).all(|face| face.covers(space)) { space } else { ' ' }
    }

    /// The first face of a style that has every character of a word or cluster: its composed letters, so that a
    /// name looks the same however it was typed, else its letters and marks as they are.
    pub(super) fn face_for_all(&self, weight: Weight, italic: bool, text: &str) -> Option<FaceId> {
        let first = FontSet::first_choice(weight, italic);
        if text.is_ascii() && self.face(first).covers_all(text) {
            return Some(first);
        }
        let draws = |id: &FaceId, letter| is_undrawn(letter) || self.face(*id).covers(letter);
        let as_they_are = |id: &FaceId| text.chars().all(|letter| draws(id, letter));
        let mut choices = self.choices(weight, italic);
        if is_nfc_quick(text.chars()) == IsNormalized::Yes {
            return choices.find(as_they_are);
        }
        let composed = |id: &FaceId| text.nfc().all(|letter| draws(id, letter));
        choices.find(composed).or_else(|| self.choices(weight, italic).find(as_they_are))
    }
}

impl fmt::Debug for FontSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.faces).finish()
    }
}
