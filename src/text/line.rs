//! Set text: what `layout` places and `pdf` draws.

use crate::brand::Colour;
use crate::geometry::Pt;
use std::any::Any;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A face of a font set: its index in load order (brand faces first, then fallbacks).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u8);

/// One glyph, in font design units (see the face's units per em), so that sums are exact on every machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Glyph id in the whole font file, before subsetting.
    pub id: u16,
    /// How far the pen moves, kerning included.
    pub advance: i32,
    pub x_offset: i32,
    pub y_offset: i32,
    /// Byte range of its source characters in the run's text (a ligature covers several; a mark may be empty).
    pub text: Range<u32>,
}

/// Glyphs of one face, size, colour and span.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub face: FaceId,
    pub size: Pt,
    pub colour: Colour,
    /// Start of the run from the start of the line.
    pub x: Pt,
    /// Index into the paragraph's spans (link, other language); `None` belongs to the paragraph itself.
    pub span: Option<u16>,
    /// The source characters, in reading order.
    pub text: Box<str>,
    /// In visual order, left to right.
    pub glyphs: Vec<Glyph>,
}

/// One set line. A line of a paragraph that goes on ends in a space glyph that `width` leaves out, so that
/// extracted words do not glue.
#[derive(Debug, Default)]
pub struct Line {
    pub runs: Vec<Run>,
    /// Without the trailing space.
    pub width: Pt,
    /// Whoever wrote the text ended the line here, and the paragraph goes on.
    pub ends: bool,
    /// It ends inside of a word that no line holds, with room behind it for a hyphen.
    pub cut: bool,
    /// What an exporter made of the line the first time: lines of common text are shared by all documents
    /// of an engine, so they are drawn once. Filled by `pdf`, opaque to everybody else.
    pub drawn: OnceLock<Arc<dyn Any + Send + Sync>>,
}

impl PartialEq for Line {
    fn eq(&self, other: &Line) -> bool {
        let ends = |line: &Line| (line.ends, line.cut);
        self.runs == other.runs && self.width == other.width && ends(self) == ends(other)
    }
}

impl Line {
    /// The line's characters, trailing space included.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| &*run.text).collect()
    }
}
