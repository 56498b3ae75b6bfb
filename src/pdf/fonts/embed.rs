//! One subset of one face: its codes, known at once, and its files, made when a page uses it.

use super::cmap::to_unicode;
use super::opentype::{Metrics, cff_table, strip};
use super::{CodeWidth, Part};
use crate::pdf::number::push_thousandths;
use crate::pdf::write::{Objects, Ref, StaticStream};
use crate::text::{Face, Outlines};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::OnceLock;
use subsetter::GlyphRemapper;

/// Says nothing when read, and keeps words whole: what the second glyph of a cluster maps to, because every glyph
/// must map to some character (ISO 19005-2 6.2.11.7.2).
const SILENT: &str = "\u{2060}";

/// A subset: glyphs of a face with what they say. Codes are glyph ids of the subset, from 1.
pub(in crate::pdf) struct Embedded {
    /// By code, from 1.
    glyphs: Vec<(u16, Box<str>)>,
    /// By glyph id of the whole font; 0 where the subset lacks it.
    codes: Vec<u16>,
    files: OnceLock<Option<Files>>,
}

/// What the file holds of a subset.
pub(super) struct Files {
    program: StaticStream,
    to_unicode: StaticStream,
    outlines: Outlines,
    /// `QRSTUV+AtkinsonHyperlegibleNext-Bold`.
    name: String,
    /// Inside of the descriptor's dictionary, but for its name and program.
    descriptor: String,
    /// `/DW 556/W[1[…]]`.
    widths: String,
}

impl Embedded {
    pub fn new(glyphs: &BTreeMap<u16, Box<str>>) -> Embedded {
        let glyphs = reading_order(glyphs);
        let highest = glyphs.iter().map(|(glyph, _)| *glyph).max().unwrap_or(0);
        let mut codes = vec![0; usize::from(highest) + 1];
        for (code, (glyph, _)) in (1..).zip(&glyphs) {
            codes[usize::from(*glyph)] = code;
        }
        Embedded { glyphs, codes, files: OnceLock::new() }
    }

    /// How many bytes its codes take on a page.
    pub fn code_width(&self) -> CodeWidth {
        if self.glyphs.len() <= usize::from(u8::MAX) { CodeWidth::One } else { CodeWidth::Two }
    }

    /// The code of a glyph of the whole font.
    pub fn code(&self, glyph: u16) -> Option<u16> {
        self.codes.get(usize::from(glyph)).copied().filter(|code| *code > 0)
    }

    /// Its glyphs, by their numbers in the whole font, with their codes.
    pub fn codes(&self) -> impl Iterator<Item = (u16, u16)> {
        (1..).zip(&self.glyphs).map(|(code, (glyph, _))| (*glyph, code))
    }

    /// What a code says when it is read.
    pub fn text(&self, code: u16) -> &str {
        let index = usize::from(code).checked_sub(1);
        index.and_then(|index| self.glyphs.get(index)).map_or("", |(_, text)| text)
    }

    /// Code and glyph of the space.
    pub(super) fn space(&self) -> Option<(u16, u16)> {
        (1..).zip(&self.glyphs).find(|(_, (_, text))| &**text == " ").map(|(code, (glyph, _))| (code, *glyph))
    }

    /// The same for the same glyphs.
    pub(super) fn identity(&self) -> u64 {
        let mut hash = Sha256::new();
        for (glyph, text) in &self.glyphs {
            hash.update(glyph.to_be_bytes());
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        hash.finalize().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
    }

    /// `None` when the font's tables are broken.
    pub(super) fn files(&self, face: &Face, metrics: &Metrics, part: Part) -> Option<&Files> {
        let width = self.code_width();
        self.files.get_or_init(|| Files::new(&self.glyphs, width, face, metrics, part)).as_ref()
    }
}

impl Files {
    fn new(
        glyphs: &[(u16, Box<str>)],
        width: CodeWidth,
        face: &Face,
        metrics: &Metrics,
        part: Part,
    ) -> Option<Files> {
        let mut remapper = GlyphRemapper::new();
        for (glyph, _) in glyphs {
            remapper.remap(*glyph);
        }
        let subset = subsetter::subset(face.data(), 0, &remapper).ok()?;
        let program = match face.outlines() {
            Outlines::TrueType => strip(&subset)?,
            Outlines::Cff => cff_table(&subset)?,
        };
        // What many documents share is worth more time.
        let stream = if part == Part::Own { StaticStream::fast } else { StaticStream::small };
        let said: BTreeMap<u16, &str> = (1..).zip(glyphs.iter().map(|(_, text)| &**text)).collect();
        Some(Files {
            name: format!("{}+{}", tag(&program), metrics.name),
            to_unicode: stream("", to_unicode(&said, width).as_bytes()),
            program: stream(&program_entries(face.outlines(), program.len()), &program),
            outlines: face.outlines(),
            descriptor: descriptor(metrics),
            widths: widths(metrics, glyphs),
        })
    }

    /// Five objects; the font itself under the number that the pages know. `encoding` is how its codes are written.
    pub(super) fn write<W: Write>(
        &self,
        objects: &mut Objects<W>,
        font: Ref,
        encoding: &str,
    ) -> io::Result<()> {
        let [cid_font, descriptor, program, to_unicode] = [(); 4].map(|()| objects.reserve());
        let (kind, file, map) = match self.outlines {
            Outlines::TrueType => ("CIDFontType2", "FontFile2", "/CIDToGIDMap/Identity"),
            Outlines::Cff => ("CIDFontType0", "FontFile3", ""),
        };
        let (name, about, widths) = (&self.name, &self.descriptor, &self.widths);
        objects.open(font)?.push_str(&format!(
            "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding{encoding}/DescendantFonts[{cid_font}]\
             /ToUnicode {to_unicode}>>"
        ));
        objects.open(cid_font)?.push_str(&format!(
            "<</Type/Font/Subtype/{kind}/BaseFont/{name}\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
             /FontDescriptor {descriptor}{map}{widths}>>"
        ));
        objects
            .open(descriptor)?
            .push_str(&format!("<</Type/FontDescriptor/FontName/{name}{about}/{file} {program}>>"));
        objects.static_stream(program, &self.program)?;
        objects.static_stream(to_unicode, &self.to_unicode)
    }
}

/// Glyphs in the order of their characters: codes that follow each other make short ToUnicode maps.
fn reading_order(glyphs: &BTreeMap<u16, Box<str>>) -> Vec<(u16, Box<str>)> {
    let said = |text: &str| Box::from(if text.is_empty() { SILENT } else { text });
    let mut order: Vec<(u16, Box<str>)> = glyphs.iter().map(|(glyph, text)| (*glyph, said(text))).collect();
    order.sort_by(|(glyph, text), (other, than)| {
        (text.chars().count(), text, glyph).cmp(&(than.chars().count(), than, other))
    });
    order
}

/// Six letters that tell this subset from others of the face (ISO 32000-1 9.6.4).
fn tag(program: &[u8]) -> String {
    Sha256::digest(program).iter().take(6).map(|byte| (b'A' + byte % 26) as char).collect()
}

fn program_entries(outlines: Outlines, length: usize) -> String {
    match outlines {
        Outlines::TrueType => format!("/Length1 {length}"),
        Outlines::Cff => "/Subtype/CIDFontType0C".to_owned(),
    }
}

fn descriptor(metrics: &Metrics) -> String {
    const SYMBOLIC: u32 = 1 << 2;
    const ITALIC: u32 = 1 << 6;
    let flags = SYMBOLIC | if metrics.italic_angle == 0 { 0 } else { ITALIC };
    let [left, bottom, right, top] = metrics.bounds.map(|value| metrics.per_mille(value));
    let [ascent, descent, cap_height] =
        [metrics.ascent, metrics.descent, metrics.cap_height].map(|value| metrics.per_mille(value));
    // The stem is not in the font file; this is near enough for the only use it has, a substitute's weight.
    let stem = 10 + (u32::from(metrics.weight.clamp(100, 1000)) - 50) / 5;
    format!(
        "/Flags {flags}/FontBBox[{left} {bottom} {right} {top}]/ItalicAngle {}/Ascent {ascent}/Descent {descent}\
         /CapHeight {cap_height}/StemV {stem}",
        metrics.italic_angle
    )
}

/// Exact widths: a reader places the glyphs of a whole line by them.
fn widths(metrics: &Metrics, glyphs: &[(u16, Box<str>)]) -> String {
    let all: Vec<i64> = glyphs.iter().map(|(glyph, _)| metrics.width_per_million(*glyph)).collect();
    let mut counts = BTreeMap::new();
    for width in &all {
        *counts.entry(*width).or_insert(0) += 1;
    }
    let usual = counts.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(width, _)| width);
    let mut written = String::from("/DW ");
    push_thousandths(&mut written, usual);
    written.push_str("/W[1[");
    for (index, width) in all.iter().enumerate() {
        if index > 0 {
            written.push(' ');
        }
        push_thousandths(&mut written, *width);
    }
    written.push_str("]]");
    written
}
