//! Fonts in the file: Type 0 with the glyphs' numbers as codes, embedded subsets, widths and ToUnicode maps
//! (ISO 32000-1 9.7, ISO 14289-1 7.21, ISO 19005-2 6.2.11).
//!
//! Each face is subset **once per engine** over the glyphs that its content can use, in parts: plain text in one,
//! rarer signs and accented letters in others, so that a sheet carries only what it needs. A part is made when the
//! first sheet needs it. A glyph outside of all of them, e.g. in a name, comes in a small font of the sheet's own.

mod cmap;
mod embed;
mod opentype;
mod repertoire;

pub use repertoire::Repertoire;

pub(super) use embed::Embedded;
pub(super) use repertoire::glyph_texts;

use super::PdfError;
use super::write::{Objects, Ref, StaticStream};
use crate::text::{Face, FaceId, FontSet};
use opentype::Metrics;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The faces of an engine as PDF embeds them. Made once, shared by all threads.
pub struct PdfFonts {
    set: Arc<FontSet>,
    metrics: Vec<Metrics>,
    parts: BTreeMap<FontName, Embedded>,
    /// By face and glyph.
    codes: Vec<Vec<Option<Code>>>,
    identity: u64,
    short_codes: StaticStream,
}

/// What shows a glyph: the part that holds it, and its code there.
#[derive(Clone, Copy)]
struct Code {
    part: Part,
    code: u16,
    /// What it says, where that is one character of ASCII.
    says: Option<u8>,
}

/// How many bytes each code of a font takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeWidth {
    One,
    Two,
}

/// A font as pages name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FontName {
    pub face: FaceId,
    pub part: Part,
}

impl FontName {
    /// The font that a document has for itself.
    pub fn own(face: FaceId) -> FontName {
        FontName { face, part: Part::Own }
    }
}

/// Which glyphs of a face a font holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Letters without accents, figures, everyday punctuation, what lines to write on are made of, and what joins them.
    Plain,
    /// Other signs of the repertoire.
    Signs,
    /// Other letters that the texts hold.
    Letters,
    /// Letters that names may hold, by the ASCII letter below the accents, or `0` where there is none: a name has few.
    Accents(char),
    /// What one document needs beyond the repertoire.
    Own,
}

/// Glyphs of faces beyond the repertoire, with what they say.
pub(super) type Missing = BTreeMap<FaceId, BTreeMap<u16, Box<str>>>;

/// The fonts that one document has for itself.
pub(super) type Extras = BTreeMap<FaceId, Embedded>;

impl PdfFonts {
    /// Parts the repertoire; each part is subset and compressed when it is first used.
    ///
    /// # Errors
    ///
    /// [`PdfError::Font`] when a face lacks a table that PDF needs.
    pub fn new(set: Arc<FontSet>, repertoire: &Repertoire) -> Result<PdfFonts, PdfError> {
        let metrics = set
            .faces()
            .map(|(_, face)| Metrics::read(face.data()).ok_or_else(|| PdfError::font(face)))
            .collect::<Result<Vec<_>, _>>()?;
        let mut glyphs: BTreeMap<FontName, BTreeMap<u16, Box<str>>> = BTreeMap::new();
        for (face, said) in repertoire.faces() {
            for (glyph, text) in said {
                let text = own_text(set.face(face), *glyph, text);
                let name = FontName { face, part: Part::of(text, repertoire) };
                glyphs.entry(name).or_default().insert(*glyph, text.into());
            }
        }
        let parts: BTreeMap<_, _> =
            glyphs.into_iter().map(|(name, glyphs)| (name, Embedded::new(&glyphs))).collect();
        let codes = (0..metrics.len()).map(|face| codes(&parts, FaceId(face as u8))).collect();
        let identity = parts.values().fold(0_u64, |all, part| all.rotate_left(7) ^ part.identity());
        let short_codes = StaticStream::small(cmap::SHORT_ENTRIES, cmap::SHORT_CODES.as_bytes());
        Ok(PdfFonts { set, metrics, parts, codes, identity, short_codes })
    }

    /// Tells the fonts of one engine from another's: codes are only good for the fonts that they were made with.
    pub(super) fn identity(&self) -> u64 {
        self.identity
    }

    /// The font and the code in it for a glyph of a face; `None` outside of the repertoire.
    pub(super) fn code(&self, face: FaceId, glyph: u16) -> Option<(FontName, u16)> {
        let Code { part, code, .. } = self.known(face, glyph)?;
        Some((FontName { face, part }, code))
    }

    /// The one font that shows all of these glyphs, each of which says just the text beside it.
    pub(super) fn that_says<'t>(
        &self,
        face: FaceId,
        said: impl Iterator<Item = (u16, Option<&'t [u8]>)>,
    ) -> Option<FontName> {
        let codes = self.codes.get(usize::from(face.0))?;
        let mut font: Option<FontName> = None;
        for (glyph, text) in said {
            let known = (*codes.get(usize::from(glyph))?)?;
            let name = *font.get_or_insert(FontName { face, part: known.part });
            let says = match (known.says, text?) {
                (Some(own), [byte]) => own == *byte,
                (None, text @ [_, ..]) => self.part(name)?.text(known.code).as_bytes() == text,
                _ => false,
            };
            if !says || name.part != known.part {
                return None;
            }
        }
        font
    }

    fn known(&self, face: FaceId, glyph: u16) -> Option<Code> {
        *self.codes.get(usize::from(face.0))?.get(usize::from(glyph))?
    }

    pub(super) fn part(&self, name: FontName) -> Option<&Embedded> {
        self.parts.get(&name)
    }

    /// A font with a space, of this face if it has one.
    pub(super) fn with_space(&self, face: FaceId) -> Option<(FontName, Space)> {
        let own = FontName { face, part: Part::Plain };
        let others = self.parts.keys().copied();
        std::iter::once(own).chain(others).find_map(|name| {
            let part = self.parts.get(&name)?;
            let (code, glyph) = part.space()?;
            let width = self.metrics.get(usize::from(name.face.0))?.width_per_million(glyph);
            Some((name, Space { code, code_width: part.code_width(), width }))
        })
    }

    /// What a glyph says in a font of a document's own, that stands for this text there.
    pub(super) fn own_text<'a>(&self, face: FaceId, glyph: u16, text: &'a str) -> &'a str {
        own_text(self.set.face(face), glyph, text)
    }

    /// Width of a glyph without kerning, in font design units.
    pub(super) fn advance(&self, face: FaceId, glyph: u16) -> i32 {
        self.metrics.get(usize::from(face.0)).map_or(0, |metrics| i32::from(metrics.advance(glyph)))
    }

    pub(super) fn units_per_em(&self, face: FaceId) -> i32 {
        self.metrics.get(usize::from(face.0)).map_or(1000, |metrics| i32::from(metrics.units_per_em))
    }

    /// The map of codes of one byte, once a file.
    pub(super) fn short_codes(&self) -> &StaticStream {
        &self.short_codes
    }

    /// Whether a font's codes are of one byte.
    pub(super) fn is_short(&self, name: FontName, extras: &Extras) -> bool {
        self.embedded(name, extras).is_some_and(|font| font.code_width() == CodeWidth::One)
    }

    fn embedded<'a>(&'a self, name: FontName, extras: &'a Extras) -> Option<&'a Embedded> {
        if name.part == Part::Own { extras.get(&name.face) } else { self.parts.get(&name) }
    }

    /// Writes a font's objects; the font itself under the number that the pages know. `short_codes` is where the map of
    /// codes of one byte stands, for a font that has such.
    pub(super) fn write<W: Write>(
        &self,
        name: FontName,
        extras: &Extras,
        objects: &mut Objects<W>,
        (id, short_codes): (Ref, Option<Ref>),
    ) -> Result<(), PdfError> {
        let embedded = self.embedded(name, extras);
        let face = self.set.face(name.face);
        let failed = || PdfError::font(face);
        let metrics = self.metrics.get(usize::from(name.face.0)).ok_or_else(failed)?;
        let files = embedded.and_then(|font| font.files(face, metrics, name.part)).ok_or_else(failed)?;
        let encoding = short_codes.map_or_else(|| "/Identity-H".to_owned(), |map| format!(" {map}"));
        Ok(files.write(objects, id, &encoding)?)
    }
}

/// What a glyph that stands for several characters says by itself: where it is the glyph of one of them (a vowel sign, drawn
/// before the letter behind which it is read), that one, so that who takes each glyph alone finds no letter twice.
fn own_text<'a>(face: &Face, glyph: u16, text: &'a str) -> &'a str {
    let own = || text.char_indices().find(|(_, character)| face.glyph(*character) == Some(glyph));
    let of_many = text.chars().nth(1).is_some();
    of_many.then(own).flatten().map_or(text, |(at, character)| &text[at..at + character.len_utf8()])
}

/// What shows each glyph of a face, by its number.
fn codes(parts: &BTreeMap<FontName, Embedded>, face: FaceId) -> Vec<Option<Code>> {
    let mut codes = Vec::new();
    let of_face = parts.iter().filter(|(name, _)| name.face == face);
    for (&FontName { part, .. }, embedded) in of_face {
        for (glyph, code) in embedded.codes() {
            let at = usize::from(glyph);
            if codes.len() <= at {
                codes.resize(at + 1, None);
            }
            let says = match embedded.text(code).as_bytes() {
                [byte] => Some(*byte),
                _ => None,
            };
            codes[at] = Some(Code { part, code, says });
        }
    }
    codes
}

/// The space of a font: its code, and its width in millionths of an em.
#[derive(Clone, Copy)]
pub(super) struct Space {
    pub code: u16,
    pub code_width: CodeWidth,
    pub width: i64,
}

impl Part {
    fn of(text: &str, repertoire: &Repertoire) -> Part {
        let plain = |c: char| c.is_ascii_alphanumeric() || " .,:;!?'-()/&‘’“”–—…·_".contains(c);
        if text.is_empty() {
            // The second glyph of a letter, of a script that has such: by the others of its letters.
            Part::Letters
        } else if text.chars().all(plain) {
            Part::Plain
        } else if let Some(letter) = text.chars().find(|c| c.is_alphabetic() || is_combining_mark(*c)) {
            if repertoire.is_written(letter) { Part::Letters } else { Part::Accents(base(letter)) }
        } else {
            Part::Signs
        }
    }
}

/// The small ASCII letter that carries a letter's accents, or `0`.
fn base(letter: char) -> char {
    let base = letter.nfd().next().filter(char::is_ascii_alphabetic);
    base.map_or('0', |base| base.to_ascii_lowercase())
}

impl std::fmt::Debug for PdfFonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PdfFonts({:016x})", self.identity)
    }
}
