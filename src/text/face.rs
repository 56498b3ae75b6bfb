//! One font file, checked and ready to shape with.

use super::sfnt::{Outlines, Tables, Unusable};
use crate::diagnostic::{Diagnostic, Faults, Place};
use harfrust::font::Blob;
use harfrust::{Font, ShapePlan};
use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock, RwLock};

/// The least weight (OS/2 usWeightClass) that stands beside semibold text.
const HEAVY: u16 = 550;

/// A font file as it came.
#[derive(Clone)]
pub struct FaceFile {
    /// Path as the user knows it.
    pub path: Arc<str>,
    pub data: Cow<'static, [u8]>,
    /// Which font of a collection; 0 in a file of one font.
    pub index: u32,
    /// Whether its glyphs were looked through before: those of the program's own fonts are, by the test suite.
    pub is_tried: bool,
}

/// A face of a [`FontSet`](super::FontSet). Measures are in font design units, y up: ascent is above the baseline and
/// positive, descent is below it and positive too.
pub struct Face {
    path: Arc<str>,
    data: Blob,
    pub(super) font: Font,
    /// Shape plans made so far; see `shape`.
    pub(super) plans: RwLock<Vec<Arc<ShapePlan>>>,
    /// The ink of each glyph that was asked for; see [`Face::ink`].
    pub(super) inks: OnceLock<Box<[OnceLock<Option<Ink>>]>>,
    outlines: Outlines,
    ascent: i32,
    descent: i32,
    cap_height: i32,
    x_height: i32,
    heavy: bool,
    /// Which of U+0000 to U+007F have a glyph, a bit each.
    ascii: u128,
    /// Others that were asked for: a code, and in the lowest bit whether it has a glyph.
    asked: OnceLock<Box<[AtomicU32]>>,
}

/// Characters whose answer is remembered, at most.
const ASKED: usize = 1024;

impl Face {
    /// Reads and checks a font file.
    pub(super) fn new(file: &FaceFile) -> Result<Face, Faults> {
        Face::read(file).map_err(|reason| {
            let fault = Diagnostic::error("unusable-font", format!("this font {reason}"));
            Faults::from(fault.at(Place::file(file.path.clone())).hint(reason.hint()))
        })
    }

    fn read(file: &FaceFile) -> Result<Face, Unusable> {
        let single = super::collection::font(&file.data, file.index)?;
        let data = single.as_ref().unwrap_or(&file.data);
        let tables = Tables::new(data)?;
        let outlines = tables.check()?;
        if !file.is_tried {
            super::heavy::check(data, outlines)?;
        }
        let heavy = tables.weight() >= HEAVY;
        let data = match data {
            Cow::Borrowed(bytes) => Blob::Static(bytes),
            Cow::Owned(bytes) => Blob::from(bytes.clone()),
        };
        let font = Font::new(data.clone(), 0).ok_or(Unusable::NotAFont)?;
        let metrics = font.metrics();
        if metrics.raw_units_per_em != metrics.units_per_em {
            return Err(Unusable::Broken("head"));
        }
        let line = metrics.h_line().ok_or(Unusable::Missing("hhea"))?;
        let (ascent, descent) = (line.ascender.to_i32(), -line.descender.to_i32());
        if ascent <= 0 || descent < 0 || ascent + descent > 8 * i32::from(metrics.units_per_em) {
            return Err(Unusable::Broken("hhea"));
        }
        let height_of = |letter: char, given: Option<i32>| {
            let given = given.filter(|height| (1..=ascent).contains(height));
            given.or_else(|| height(&font, letter)).unwrap_or(ascent)
        };
        let cap_height = height_of('H', metrics.cap_height.map(|height| height.to_i32()));
        let x_height = height_of('x', metrics.x_height.map(|height| height.to_i32()));
        let ascii = (0..128u32)
            .filter(|code| font.charmap().map_unicode(*code).is_some())
            .fold(0, |bits: u128, code| bits | 1 << code);
        if ascii & 1 << 0x20 == 0 {
            return Err(Unusable::NoSpace);
        }
        Ok(Face {
            path: file.path.clone(),
            data,
            plans: RwLock::default(),
            inks: OnceLock::new(),
            outlines,
            ascent,
            descent,
            cap_height,
            x_height,
            heavy,
            ascii,
            asked: OnceLock::new(),
            font,
        })
    }

    /// Path of the file as the user knows it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole font file.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    pub fn outlines(&self) -> Outlines {
        self.outlines
    }

    /// Design units in an em: 16 to 16384.
    pub fn units_per_em(&self) -> u16 {
        self.font.units_per_em()
    }

    pub fn ascent(&self) -> i32 {
        self.ascent
    }

    pub fn descent(&self) -> i32 {
        self.descent
    }

    /// Height of a capital letter.
    pub fn cap_height(&self) -> i32 {
        self.cap_height
    }

    /// Height of a small x.
    pub fn x_height(&self) -> i32 {
        self.x_height
    }

    /// The glyph that stands for a character before any substitution. Never the missing-glyph box.
    pub fn glyph(&self, character: char) -> Option<u16> {
        self.font.charmap().map_unicode(character).and_then(|glyph| u16::try_from(glyph.to_u32()).ok())
    }

    /// Whether the face has a glyph for a character.
    pub fn covers(&self, character: char) -> bool {
        if character.is_ascii() {
            return self.ascii & 1 << character as u32 != 0;
        }
        let code = u32::from(character);
        let asked = self.asked.get_or_init(|| (0..ASKED).map(|_| AtomicU32::new(0)).collect());
        let place = &asked[code as usize % ASKED];
        let known = place.load(Ordering::Relaxed);
        if known >> 1 == code {
            return known & 1 == 1;
        }
        let covers = self.glyph(character).is_some();
        place.store(code << 1 | u32::from(covers), Ordering::Relaxed);
        covers
    }

    pub(super) fn covers_all(&self, text: &str) -> bool {
        text.chars().all(|character| self.covers(character))
    }

    /// Whether its strokes are those of semibold or more.
    pub(super) fn is_heavy(&self) -> bool {
        self.heavy
    }

    /// How far the pen moves for a glyph, without kerning; 0 for a glyph that the face lacks.
    pub fn advance(&self, glyph: u16) -> i32 {
        self.font.glyph_metrics().h_advance(u32::from(glyph).into()) as i32
    }
}

/// How high the ink of a letter stands.
fn height(font: &Font, letter: char) -> Option<i32> {
    let glyph = font.charmap().map_unicode(letter)?;
    font.glyph_metrics().extents(glyph).map(|extents| extents.y_bearing as i32)
}

/// The box around a glyph's ink, design units, y up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    pub left: i32,
    pub right: i32,
    pub top: i32,
    pub bottom: i32,
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Face({})", self.path)
    }
}

impl fmt::Debug for FaceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FaceFile({}, {} bytes)", self.path, self.data.len())
    }
}
