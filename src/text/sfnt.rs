//! The container of a font file (OpenType 1.9, "Organization of an OpenType Font"): its tables, read with checks,
//! and what a file must be for us to shape with it and to embed it.

use crate::limits::{PARTS_DEEP, POINTS};
use std::ops::Range;

/// Where the tables of a single TrueType or OpenType font lie. Every range is inside the file.
pub(super) struct Tables<'a> {
    file: &'a [u8],
    records: Vec<([u8; 4], Range<usize>)>,
}

/// How a font draws its glyphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlines {
    /// Quadratic curves in a `glyf` table.
    TrueType,
    /// Cubic curves in a `CFF ` table.
    Cff,
}

/// Why a font file cannot be used. Says what is wrong; the caller adds the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unusable {
    #[error("is not a TrueType or OpenType font")]
    NotAFont,
    #[error("is a web font (WOFF), which PDF cannot embed")]
    WebFont,
    #[error("is a font collection of {fonts}, and the font number {} of it is asked for", .index + 1)]
    NotInCollection { index: u32, fonts: u32 },
    #[error("is cut off: its `{0}` table ends after the end of the file")]
    Truncated(String),
    #[error("lacks the `{0}` table")]
    Missing(&'static str),
    #[error("has a broken `{0}` table")]
    Broken(&'static str),
    #[error("is a variable font, whose weights PDF cannot embed as they are")]
    Variable,
    #[error("holds only bitmaps, no outlines")]
    NoOutlines,
    #[error("does not allow embedding (OS/2 fsType {0:#06x})")]
    EmbeddingForbidden(u16),
    #[error("has no glyph for the space")]
    NoSpace,
    #[error("has a glyph (number {glyph}) of more than {} points", POINTS.most)]
    TooManyPoints { glyph: u16 },
    #[error("has a glyph (number {glyph}) of parts that are made of parts, more than {PARTS_DEEP} deep")]
    TooDeep { glyph: u16 },
}

impl Unusable {
    /// What the clinic can do about it.
    pub(super) fn hint(&self) -> &'static str {
        match self {
            Unusable::Variable => "take the static font files, one for each weight",
            Unusable::WebFont => "take the `.ttf` or `.otf` file of the font",
            Unusable::NotInCollection { .. } => {
                "write `#` and the number of one of its fonts behind the file's name"
            }
            Unusable::EmbeddingForbidden(_) => {
                "take a font whose licence allows embedding, e.g. one under the SIL OFL"
            }
            Unusable::NoOutlines | Unusable::NoSpace => "take a text font with outlines",
            Unusable::TooManyPoints { .. } | Unusable::TooDeep { .. } => {
                "take a text font, whose letters are simple shapes"
            }
            _ => "copy the font file again from its source",
        }
    }
}

impl<'a> Tables<'a> {
    /// Reads the table directory.
    pub(super) fn new(file: &'a [u8]) -> Result<Tables<'a>, Unusable> {
        match file.get(..4) {
            Some(b"\0\x01\0\0" | b"OTTO" | b"true") => {}
            Some(b"wOFF" | b"wOF2") => return Err(Unusable::WebFont),
            _ => return Err(Unusable::NotAFont),
        }
        let count = u16_at(file, 4).ok_or(Unusable::NotAFont)?;
        let records = (0..usize::from(count))
            .map(|index| record(file, 12 + 16 * index))
            .collect::<Result<Vec<_>, Unusable>>()?;
        Ok(Tables { file, records })
    }

    pub(super) fn get(&self, tag: &[u8; 4]) -> Option<&'a [u8]> {
        let (_, range) = self.records.iter().find(|(name, _)| name == tag)?;
        self.file.get(range.clone())
    }

    /// OS/2 usWeightClass: 400 is regular, 700 bold.
    pub(super) fn weight(&self) -> u16 {
        self.get(b"OS/2").and_then(|table| u16_at(table, 4)).unwrap_or(400)
    }

    fn need(&self, name: &'static str) -> Result<&'a [u8], Unusable> {
        name.as_bytes().try_into().ok().and_then(|tag| self.get(tag)).ok_or(Unusable::Missing(name))
    }

    /// Checks what shaping and embedding rely on: metrics for every glyph, outlines for every glyph, one
    /// design, and a licence that allows embedding a subset.
    pub(super) fn check(&self) -> Result<Outlines, Unusable> {
        if self.get(b"fvar").is_some() {
            return Err(Unusable::Variable);
        }
        let glyphs = u16_at(self.need("maxp")?, 4).filter(|count| *count > 0);
        let glyphs = usize::from(glyphs.ok_or(Unusable::Broken("maxp"))?);
        self.check_embedding()?;
        self.check_advances(glyphs)?;
        self.need("cmap")?;
        match (self.get(b"glyf"), self.get(b"CFF ")) {
            (Some(glyf), _) => self.check_locations(glyphs, glyf.len()).map(|()| Outlines::TrueType),
            (None, Some(_)) => Ok(Outlines::Cff),
            (None, None) => Err(Unusable::NoOutlines),
        }
    }

    /// OS/2 fsType: no restricted licence (2, unless a freer bit stands with it), subsets allowed (0x100
    /// unset), outlines allowed (0x200 unset).
    fn check_embedding(&self) -> Result<(), Unusable> {
        let rights = u16_at(self.need("OS/2")?, 8).ok_or(Unusable::Broken("OS/2"))?;
        let restricted = rights & 0x000e == 0x0002;
        if restricted || rights & 0x0300 != 0 {
            return Err(Unusable::EmbeddingForbidden(rights));
        }
        Ok(())
    }

    fn check_advances(&self, glyphs: usize) -> Result<(), Unusable> {
        let metrics = u16_at(self.need("hhea")?, 34).map(usize::from);
        let metrics = metrics.filter(|count| (1..=glyphs).contains(count)).ok_or(Unusable::Broken("hhea"))?;
        let length = 4 * metrics + 2 * (glyphs - metrics);
        if self.need("hmtx")?.len() < length {
            return Err(Unusable::Broken("hmtx"));
        }
        Ok(())
    }

    /// `loca` must rise and stay inside `glyf`.
    fn check_locations(&self, glyphs: usize, end: usize) -> Result<(), Unusable> {
        let loca = self.need("loca")?;
        let long = u16_at(self.need("head")?, 50).ok_or(Unusable::Broken("head"))? == 1;
        let mut last = 0;
        for index in 0..=glyphs {
            let offset = if long {
                u32_at(loca, 4 * index).map(|offset| offset as usize)
            } else {
                u16_at(loca, 2 * index).map(|half| 2 * usize::from(half))
            };
            last = offset.filter(|offset| (last..=end).contains(offset)).ok_or(Unusable::Broken("loca"))?;
        }
        Ok(())
    }
}

fn record(file: &[u8], at: usize) -> Result<([u8; 4], Range<usize>), Unusable> {
    let read = |offset| u32_at(file, at + offset).map(|value| value as usize);
    let tag = file.get(at..at + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
    let (Some(tag), Some(start), Some(length)) = (tag, read(8), read(12)) else {
        return Err(Unusable::NotAFont);
    };
    let end = start.checked_add(length).filter(|end| *end <= file.len());
    let end = end.ok_or_else(|| Unusable::Truncated(String::from_utf8_lossy(&tag).trim().to_owned()))?;
    Ok((tag, start..end))
}

pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes)
}

pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}
