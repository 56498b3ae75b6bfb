//! The few tables of an OpenType file that a PDF font dictionary repeats, and the six that a CIDFontType2
//! program needs (ISO 32000-1 9.9).

use std::collections::BTreeMap;

/// What a face is called that has no name which a PDF can hold: nobody reads it, and a sheet needs its letters.
const NAMELESS: &str = "Font";

/// A face's numbers, in font design units.
#[derive(Clone, Debug)]
pub(super) struct Metrics {
    pub name: String,
    pub units_per_em: u16,
    pub bounds: [i16; 4],
    pub ascent: i16,
    pub descent: i16,
    pub cap_height: i16,
    /// Degrees, counter-clockwise.
    pub italic_angle: i16,
    pub weight: u16,
    advances: Vec<u16>,
}

impl Metrics {
    /// `None` when a table is missing or cut.
    pub fn read(font: &[u8]) -> Option<Metrics> {
        let tables = tables(font)?;
        let (head, hhea, hmtx) = (tables.get(b"head")?, tables.get(b"hhea")?, tables.get(b"hmtx")?);
        let os2 = tables.get(b"OS/2").copied().unwrap_or_default();
        let post = tables.get(b"post").copied().unwrap_or_default();
        let count = usize::from(u16_at(hhea, 34)?);
        let ascent = i16_at(hhea, 4)?;
        Some(Metrics {
            name: tables
                .get(b"name")
                .and_then(|name| postscript_name(name))
                .unwrap_or_else(|| NAMELESS.to_owned()),
            units_per_em: u16_at(head, 18).filter(|units| *units > 0)?,
            bounds: [i16_at(head, 36)?, i16_at(head, 38)?, i16_at(head, 40)?, i16_at(head, 42)?],
            ascent,
            descent: i16_at(hhea, 6)?,
            cap_height: i16_at(os2, 88).unwrap_or(ascent),
            italic_angle: i16_at(post, 4).unwrap_or(0),
            weight: u16_at(os2, 4).unwrap_or(400),
            advances: (0..count).map(|index| u16_at(hmtx, index * 4)).collect::<Option<_>>()?,
        })
    }

    /// Advance width in design units; glyphs past the end of `hmtx` take the last one.
    pub fn advance(&self, glyph: u16) -> u16 {
        self.advances.get(usize::from(glyph)).or(self.advances.last()).copied().unwrap_or(0)
    }

    /// Design units to thousandths of an em, rounded to nearest.
    pub fn per_mille(&self, value: i16) -> i64 {
        let units = i64::from(self.units_per_em);
        (i64::from(value) * 2000 + units).div_euclid(2 * units)
    }

    /// A glyph's width in millionths of an em: exact enough that thousands of glyphs do not drift.
    pub fn width_per_million(&self, glyph: u16) -> i64 {
        let units = i64::from(self.units_per_em);
        (i64::from(self.advance(glyph)) * 2_000_000 + units) / (2 * units)
    }
}

/// A subset program without what no PDF reader uses: hinting, names, PostScript data.
pub(super) fn strip(font: &[u8]) -> Option<Vec<u8>> {
    let tables = tables(font)?;
    let (glyf, loca) = strip_instructions(&tables)?;
    let mut head = tables.get(b"head")?.to_vec();
    let (loca, long) = pack_loca(&loca);
    *head.get_mut(51)? = u8::from(long);
    head.get_mut(8..12)?.fill(0);
    let kept: [(&[u8; 4], Vec<u8>); 6] = [
        (b"glyf", glyf),
        (b"head", head),
        (b"hhea", tables.get(b"hhea")?.to_vec()),
        (b"hmtx", tables.get(b"hmtx")?.to_vec()),
        (b"loca", loca),
        (b"maxp", tables.get(b"maxp")?.to_vec()),
    ];
    Some(assemble(&kept))
}

/// The compact font of an OpenType subset, which a PDF embeds bare.
pub(super) fn cff_table(font: &[u8]) -> Option<Vec<u8>> {
    tables(font)?.get(b"CFF ").map(|table| table.to_vec())
}

fn tables(font: &[u8]) -> Option<BTreeMap<[u8; 4], &[u8]>> {
    let count = usize::from(u16_at(font, 4)?);
    (0..count)
        .map(|index| {
            let record = font.get(12 + index * 16..28 + index * 16)?;
            let (offset, length) = (u32_at(record, 8)? as usize, u32_at(record, 12)? as usize);
            Some((record.first_chunk().copied()?, font.get(offset..offset.checked_add(length)?)?))
        })
        .collect()
}

fn postscript_name(table: &[u8]) -> Option<String> {
    let (count, storage) = (usize::from(u16_at(table, 2)?), usize::from(u16_at(table, 4)?));
    (0..count).find_map(|index| {
        let record = table.get(6 + index * 12..18 + index * 12)?;
        let (platform, id) = (u16_at(record, 0)?, u16_at(record, 6)?);
        let (length, offset) = (usize::from(u16_at(record, 8)?), usize::from(u16_at(record, 10)?));
        let bytes = table.get(storage + offset..storage + offset + length)?;
        let step = if platform == 1 { 1 } else { 2 };
        let name: String =
            bytes.chunks(step).filter_map(|unit| unit.last()).map(|&byte| byte as char).collect();
        (id == 6 && is_plain(&name)).then_some(name)
    })
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The glyphs without their instructions, and where each starts.
fn strip_instructions(tables: &BTreeMap<[u8; 4], &[u8]>) -> Option<(Vec<u8>, Vec<u32>)> {
    let (glyf, loca, head) = (tables.get(b"glyf")?, tables.get(b"loca")?, tables.get(b"head")?);
    let count = usize::from(u16_at(tables.get(b"maxp")?, 4)?);
    let offset = |index: usize| match u16_at(head, 50)? {
        0 => Some(usize::from(u16_at(loca, index * 2)?) * 2),
        _ => Some(u32_at(loca, index * 4)? as usize),
    };
    let (mut stripped, mut starts) = (Vec::with_capacity(glyf.len()), vec![0]);
    for index in 0..count {
        let glyph = glyf.get(offset(index)?..offset(index + 1)?)?;
        if !glyph.is_empty() {
            match i16_at(glyph, 0)? {
                ..0 => strip_composite(glyph, &mut stripped)?,
                contours => strip_simple(glyph, contours as usize, &mut stripped)?,
            }
            stripped.resize(stripped.len().next_multiple_of(2), 0);
        }
        starts.push(stripped.len() as u32);
    }
    Some((stripped, starts))
}

fn strip_simple(glyph: &[u8], contours: usize, out: &mut Vec<u8>) -> Option<()> {
    let length_at = 10 + contours * 2;
    let instructions = usize::from(u16_at(glyph, length_at)?);
    out.extend_from_slice(glyph.get(..length_at)?);
    out.extend_from_slice(&[0, 0]);
    out.extend_from_slice(glyph.get(length_at + 2 + instructions..)?);
    Some(())
}

fn strip_composite(glyph: &[u8], out: &mut Vec<u8>) -> Option<()> {
    const WORDS: u16 = 1;
    const SCALE: u16 = 1 << 3;
    const MORE: u16 = 1 << 5;
    const XY_SCALE: u16 = 1 << 6;
    const TWO_BY_TWO: u16 = 1 << 7;
    const INSTRUCTIONS: u16 = 1 << 8;
    out.extend_from_slice(glyph.get(..10)?);
    let mut at = 10;
    loop {
        let flags = u16_at(glyph, at)?;
        let transform = match flags {
            f if f & SCALE != 0 => 2,
            f if f & XY_SCALE != 0 => 4,
            f if f & TWO_BY_TWO != 0 => 8,
            _ => 0,
        };
        let length = 4 + if flags & WORDS != 0 { 4 } else { 2 } + transform;
        out.extend_from_slice(&(flags & !INSTRUCTIONS).to_be_bytes());
        out.extend_from_slice(glyph.get(at + 2..at + length)?);
        at += length;
        if flags & MORE == 0 {
            return Some(());
        }
    }
}

fn pack_loca(starts: &[u32]) -> (Vec<u8>, bool) {
    match starts.last() {
        Some(end) if end / 2 > u32::from(u16::MAX) => {
            (starts.iter().flat_map(|start| start.to_be_bytes()).collect(), true)
        }
        _ => (starts.iter().flat_map(|start| ((start / 2) as u16).to_be_bytes()).collect(), false),
    }
}

/// A font file of these tables, which stand in the order of their tags.
fn assemble(tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = 1 << count.ilog2();
    let mut file = vec![0, 1, 0, 0];
    for value in [count, power * 16, count.ilog2() as u16, (count - power) * 16] {
        file.extend_from_slice(&value.to_be_bytes());
    }
    let mut offset = 12 + tables.len() * 16;
    for (tag, data) in tables {
        file.extend_from_slice(*tag);
        for value in [checksum(data), offset as u32, data.len() as u32] {
            file.extend_from_slice(&value.to_be_bytes());
        }
        offset += data.len().next_multiple_of(4);
    }
    let mut head_at = None;
    for (tag, data) in tables {
        head_at = head_at.or((*tag == b"head").then_some(file.len()));
        file.extend_from_slice(data);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&file));
    if let Some(place) = head_at.and_then(|at| file.get_mut(at + 8..at + 12)) {
        place.copy_from_slice(&adjustment.to_be_bytes());
    }
    file
}

fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
}

fn i16_at(data: &[u8], at: usize) -> Option<i16> {
    data.get(at..)?.first_chunk().map(|bytes| i16::from_be_bytes(*bytes))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_without_a_good_name_can_be_embedded() {
        let font = include_bytes!("../../../fonts/NotoSans-Regular.ttf");
        let named = Metrics::read(font).expect("a font");
        assert_eq!(named.name, "NotoSans-Regular");
        let at = font.windows(4).position(|tag| tag == b"name").expect("a table of names");
        let mut nameless = font.to_vec();
        nameless[at..at + 4].copy_from_slice(b"nema");
        let nameless = Metrics::read(&nameless).expect("a font");
        assert_eq!((nameless.name.as_str(), nameless.ascent), (NAMELESS, named.ascent));
    }
}
