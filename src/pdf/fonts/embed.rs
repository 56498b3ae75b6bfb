//! One subset of one face: its program, its codes, and the dictionaries that describe it.

use super::cmap::to_unicode;
use super::opentype::{Metrics, cff_table, strip};
use crate::pdf::number::push_thousandths;
use crate::pdf::write::{Flate, Objects, Ref, StaticStream};
use crate::text::{Face, Outlines};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Write};
use subsetter::GlyphRemapper;

/// Says nothing when read, and keeps words whole: what the second glyph of a cluster maps to, because every glyph
/// must map to some character (ISO 19005-2 6.2.11.7.2).
const SILENT: &str = "\u{2060}";

/// An embedded subset. Codes are glyph ids of the subset, from 1.
pub(in crate::pdf) struct Embedded {
    /// By glyph id of the whole font; 0 where the subset lacks it.
    codes: Vec<u16>,
    /// By code.
    texts: Vec<Box<str>>,
    program: StaticStream,
    to_unicode: StaticStream,
    outlines: Outlines,
    /// `QRSTUV+AtkinsonHyperlegibleNext-Bold`.
    name: String,
    /// Inside of the descriptor's dictionary, but for its name and program.
    descriptor: String,
    /// `/DW 556/W[1[…]]`.
    widths: String,
    identity: u64,
}

impl Embedded {
    /// `None` when the font's tables are broken.
    pub(super) fn new(face: &Face, metrics: &Metrics, glyphs: &BTreeMap<u16, Box<str>>) -> Option<Embedded> {
        let order = reading_order(glyphs);
        let mut remapper = GlyphRemapper::new();
        let mut codes = vec![0; usize::from(*glyphs.keys().next_back()?) + 1];
        for (glyph, _) in &order {
            *codes.get_mut(usize::from(*glyph))? = remapper.remap(*glyph);
        }
        let subset = subsetter::subset(face.data(), 0, &remapper).ok()?;
        let program = match face.outlines() {
            Outlines::TrueType => strip(&subset)?,
            Outlines::Cff => cff_table(&subset)?,
        };
        let said: BTreeMap<u16, &str> = (1..).zip(order.iter().map(|(_, text)| *text)).collect();
        let digest = Sha256::digest(&program);
        let flate = Flate::smallest();
        Some(Embedded {
            texts: std::iter::once("").chain(order.iter().map(|(_, text)| *text)).map(Box::from).collect(),
            program: flate.stream(&program_entries(face.outlines(), program.len()), &program),
            to_unicode: flate.stream("", to_unicode(&said).as_bytes()),
            outlines: face.outlines(),
            name: format!("{}+{}", tag(&digest), metrics.name),
            descriptor: descriptor(metrics),
            widths: widths(metrics, &order),
            identity: digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes)),
            codes,
        })
    }

    /// The two-byte code of a glyph of the whole font.
    pub fn code(&self, glyph: u16) -> Option<u16> {
        self.codes.get(usize::from(glyph)).copied().filter(|code| *code > 0)
    }

    /// What a code says when it is read.
    pub fn text(&self, code: u16) -> &str {
        self.texts.get(usize::from(code)).map_or("", |text| text)
    }

    pub fn identity(&self) -> u64 {
        self.identity
    }

    /// Writes the font's five objects; the font itself under the number that the pages know.
    pub fn write<W: Write>(&self, objects: &mut Objects<W>, font: Ref) -> io::Result<()> {
        let [cid_font, descriptor, program, to_unicode] = [(); 4].map(|()| objects.reserve());
        let (kind, file, map) = match self.outlines {
            Outlines::TrueType => ("CIDFontType2", "FontFile2", "/CIDToGIDMap/Identity"),
            Outlines::Cff => ("CIDFontType0", "FontFile3", ""),
        };
        let (name, about, widths) = (&self.name, &self.descriptor, &self.widths);
        objects.open(font)?.push_str(&format!(
            "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{cid_font}]\
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
fn reading_order(glyphs: &BTreeMap<u16, Box<str>>) -> Vec<(u16, &str)> {
    let mut order: Vec<(u16, &str)> =
        glyphs.iter().map(|(glyph, text)| (*glyph, if text.is_empty() { SILENT } else { &**text })).collect();
    order.sort_by_key(|(glyph, text)| (text.chars().count(), *text, *glyph));
    order
}

/// Six letters that tell this subset from others of the face (ISO 32000-1 9.6.4).
fn tag(digest: &[u8]) -> String {
    digest.iter().skip(8).take(6).map(|byte| (b'A' + byte % 26) as char).collect()
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
fn widths(metrics: &Metrics, order: &[(u16, &str)]) -> String {
    let all: Vec<i64> = order.iter().map(|(glyph, _)| metrics.width_per_million(*glyph)).collect();
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
