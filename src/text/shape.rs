//! Shaping: an item's characters become positioned glyphs, by way of harfrust.

use super::bounded::{Bounded, hash_of};
use super::{Face, FaceId, FontSet, Glyph, Unset};
use crate::limits::GLYPHS;
use crate::locale::Language;
use crate::sharded::Sharded;
use harfrust::{
    Buffer, BufferFlags, ClusterLevel, Direction, GlyphInfo, ShapeOptions, ShapePlan, ShapePlanKey,
    ShaperFont, Tag,
};
use std::hash::Hash;
use std::ops::Range;
use std::sync::{Arc, PoisonError};
use unicode_script::Script;

/// Shape plans kept a face: a plan for each script and language that occurs.
const PLANS: usize = 64;
/// Segments kept, for texts that are set to several measures: in practice some 1 MB when full.
const SEGMENTS: usize = 512;
/// Words kept a shard: the words of a clinic folder with what follows them, and the last patients' own.
const WORDS: usize = 2048;
/// Longer segments, in bytes, are shaped anew each time, so that the cache's memory is bounded.
const LONGEST_KEPT: usize = 512;
/// Longer segments, in bytes, are shaped in pieces.
const LONGEST_SHAPED: usize = 4096;

/// What to shape: characters of one face, script and direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Stretch<'a> {
    pub(crate) text: &'a str,
    pub(crate) face: FaceId,
    pub(crate) script: Script,
    pub(crate) right_to_left: bool,
    pub(crate) language: Option<&'a Language>,
}

/// A shaped stretch.
#[derive(Debug)]
pub(crate) struct Segment {
    text: Box<str>,
    /// In visual order, left to right: `text.start` never falls, in right-to-left text never rises.
    pub(crate) glyphs: Vec<Glyph>,
}

/// Shapes, and remembers the stretches that it has met, and their words: a sentence with a patient's clock time in it
/// is new, its words are not.
pub(crate) struct Shaper {
    fonts: Arc<FontSet>,
    segments: Bounded<Key, Arc<Segment>>,
    words: Sharded<Bounded<Key, Segment>>,
}

struct Key {
    face: FaceId,
    script: Script,
    right_to_left: bool,
    language: Option<Language>,
}

impl Key {
    fn is(&self, stretch: &Stretch) -> bool {
        self.face == stretch.face
            && self.script == stretch.script
            && self.right_to_left == stretch.right_to_left
            && self.language.as_ref() == stretch.language
    }

    fn of(stretch: &Stretch) -> Key {
        Key {
            face: stretch.face,
            script: stretch.script,
            right_to_left: stretch.right_to_left,
            language: stretch.language.cloned(),
        }
    }
}

impl Shaper {
    pub(crate) fn new(fonts: Arc<FontSet>) -> Shaper {
        Shaper { fonts, segments: Bounded::new(SEGMENTS), words: Sharded::new(|| Bounded::new(WORDS)) }
    }

    pub(crate) fn fonts(&self) -> &Arc<FontSet> {
        &self.fonts
    }

    pub(crate) fn segment(&self, stretch: &Stretch) -> Result<Arc<Segment>, Unset> {
        if stretch.text.len() > LONGEST_KEPT {
            return self.in_pieces(stretch).map(Arc::new);
        }
        let hash = hash_of(|hasher| stretch.hash(hasher));
        let is = |key: &Key, segment: &Arc<Segment>| *segment.text == *stretch.text && key.is(stretch);
        if let Some(segment) = self.segments.get(hash, is, |segment| Some(segment.clone())) {
            return Ok(segment);
        }
        let segment = match holds_times(stretch.text) {
            true => self.by_words(stretch)?,
            false => self.fonts.shape(stretch)?,
        };
        let segment = Arc::new(segment);
        Ok(self.segments.keep(hash, is, || (Key::of(stretch), segment), |kept| kept.clone()))
    }

    /// As [`FontSet::shape`], in pieces that end with a word, so that no font's rules can make very much of one.
    fn in_pieces(&self, stretch: &Stretch) -> Result<Segment, Unset> {
        let mut glyphs = Vec::with_capacity(stretch.text.len());
        let mut rest = stretch.text;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(piece_end(rest));
            let start = (stretch.text.len() - rest.len()) as u32;
            let shaped = self.fonts.shape(&Stretch { text: piece, ..*stretch })?;
            let shifted = shaped
                .glyphs
                .iter()
                .map(|glyph| Glyph { text: glyph.text.start + start..glyph.text.end + start, ..*glyph });
            // In visual order, what comes later stands further left.
            if stretch.right_to_left {
                glyphs.splice(0..0, shifted);
            } else {
                glyphs.extend(shifted);
            }
            rest = after;
        }
        Ok(Segment { text: stretch.text.into(), glyphs })
    }

    /// As [`FontSet::shape`], a word at a time. A word is shaped with the space behind it and with the character after
    /// that, so that kerning over the space is kept; nothing in common fonts looks further.
    pub(super) fn by_words(&self, stretch: &Stretch) -> Result<Segment, Unset> {
        let text = stretch.text;
        if stretch.right_to_left || !stands_in_words(stretch.script) || word_ends(text).next().is_none() {
            return self.fonts.shape(stretch);
        }
        let mut glyphs = Vec::with_capacity(text.len());
        let mut start = 0;
        for end in word_ends(text).chain([text.len()]) {
            let next = text[end..].chars().next().map_or(0, char::len_utf8);
            let word = Stretch { text: &text[start..end + next], ..*stretch };
            let own = (end - start) as u32;
            let shifted = |glyph: &Glyph| Glyph {
                text: glyph.text.start + start as u32..glyph.text.end.min(own) + start as u32,
                ..*glyph
            };
            self.word(&word, |shaped| {
                glyphs.extend(shaped.glyphs.iter().filter(|glyph| glyph.text.start < own).map(shifted));
            })?;
            start = end;
        }
        Ok(Segment { text: text.into(), glyphs })
    }

    fn word(&self, stretch: &Stretch, mut read: impl FnMut(&Segment)) -> Result<(), Unset> {
        let hash = hash_of(|hasher| stretch.hash(hasher));
        let is = |key: &Key, segment: &Segment| *segment.text == *stretch.text && key.is(stretch);
        let met = self.words.own().get(hash, is, |segment| {
            read(segment);
            Some(())
        });
        if met.is_some() {
            return Ok(());
        }
        let segment = self.fonts.shape(stretch)?;
        self.words.own().keep(hash, is, || (Key::of(stretch), segment), |segment| read(segment));
        Ok(())
    }
}

/// Behind the last space of the first [`LONGEST_SHAPED`] bytes, or there.
fn piece_end(text: &str) -> usize {
    if text.len() <= LONGEST_SHAPED {
        return text.len();
    }
    let most = (0..=LONGEST_SHAPED).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text[..most].rfind(' ').map_or(most, |at| at + 1)
}

/// Sentences with dates and clock times are those that differ from sheet to sheet while their words do not. A list of
/// single characters has no words.
fn holds_times(text: &str) -> bool {
    let spaces = text.bytes().filter(|byte| *byte == b' ').count();
    text.bytes().any(|byte| byte.is_ascii_digit()) && spaces * 3 < text.len()
}

/// Scripts in which letters meet within words only.
fn stands_in_words(script: Script) -> bool {
    matches!(script, Script::Latin | Script::Common | Script::Cyrillic | Script::Greek)
}

/// Bytes behind a space before a character that begins a word.
fn word_ends(text: &str) -> impl Iterator<Item = usize> {
    let begins = |at: usize| match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric() || byte.is_ascii_punctuation(),
        _ => text[at..].chars().next().is_some_and(char::is_alphanumeric),
    };
    let spaces = text.bytes().enumerate().filter(|(_, byte)| *byte == b' ');
    spaces.map(|(at, _)| at + 1).filter(move |end| begins(*end))
}

impl FontSet {
    /// Shapes a stretch: kerning, the font's standard ligatures, its letters for the language.
    pub(crate) fn shape(&self, stretch: &Stretch) -> Result<Segment, Unset> {
        let mut buffer = self.lend_buffer();
        let segment = shape_in(&mut buffer, self.face(stretch.face), stretch);
        buffer.clear();
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
        segment
    }

    fn lend_buffer(&self) -> Buffer {
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }
}

fn shape_in(buffer: &mut Buffer, face: &Face, stretch: &Stretch) -> Result<Segment, Unset> {
    let script = Tag::new_checked(stretch.script.short_name().as_bytes()).ok();
    let script = script.and_then(harfrust::Script::from_iso15924_tag);
    let direction = if stretch.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
    let language = stretch.language.and_then(|language| harfrust::Language::new(language.tag()));
    let plan = plan_for(face, script, direction, language.as_ref());

    for (offset, character) in stretch.text.char_indices() {
        buffer.push(u32::from(character), offset as u32);
    }
    buffer.set_cluster_level(ClusterLevel::MonotoneCharacters);
    // Readers of a PDF turn right-to-left text round by its glyphs. A joiner that was part of its neighbour's text would come
    // to stand on the neighbour's other side: it is a glyph of its own, a space without width.
    let joiners = match stretch.right_to_left {
        true => BufferFlags::default(),
        false => BufferFlags::REMOVE_DEFAULT_IGNORABLES,
    };
    buffer.set_flags(joiners | BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE);
    buffer.set_direction(direction);
    buffer.set_script(script);
    buffer.set_language(language);
    let options = ShapeOptions::new().plan(Some(&plan));
    // The errors of `shape` are wrong uses of it (a plan for another script): the plan is this buffer's.
    let _ = harfrust::shape(&ShaperFont::new(&face.font), buffer, options);
    glyphs_of(buffer, stretch, face)
}

fn plan_for(
    face: &Face,
    script: Option<harfrust::Script>,
    direction: Direction,
    language: Option<&harfrust::Language>,
) -> Arc<ShapePlan> {
    let key = ShapePlanKey::new(&face.font, script, direction).language(language);
    let known = face.plans.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(plan) = known.iter().find(|plan| key.matches(plan)) {
        return plan.clone();
    }
    drop(known);
    let plan = Arc::new(ShapePlan::new(&face.font, direction, script, language, &[]));
    let mut known = face.plans.write().unwrap_or_else(PoisonError::into_inner);
    if known.len() < PLANS {
        known.push(plan.clone());
    }
    plan
}

/// How far a mark may be moved down and up from where its glyph stands, per cent of an em: two on a letter, which is
/// what living languages write. More are printed over each other, and never over another line.
const MARKS: [i32; 2] = [-25, 40];

/// The finest kerning that is kept, in thousandths of an em: 0.19 pt in body text, less than a dot of a screen. Most pairs of
/// a font are finer, and what differs from the widths of its glyphs is written into each file.
const LEAST_KERNING: i32 = 16;

/// What kerning is rounded to, in thousandths of an em: no eye tells 0.12 pt, and few values are quick to say.
const KERNING_STEP: i32 = 20;

/// How far the pen goes on behind a glyph of a script in which letters stand side by side. Lines are measured with what this
/// says, so that nothing adds up.
fn in_steps(advance: i32, width: i32, em: i32) -> i32 {
    let kerning = advance - width;
    // Marks have no width, or lose theirs.
    if width == 0 || advance == 0 {
        return advance;
    }
    if kerning.abs() * 1000 <= LEAST_KERNING * em {
        return width;
    }
    let steps = (kerning.abs() * 1000 + KERNING_STEP * em / 2) / (KERNING_STEP * em);
    width + kerning.signum() * steps * KERNING_STEP * em / 1000
}

fn glyphs_of(buffer: &Buffer, stretch: &Stretch, face: &Face) -> Result<Segment, Unset> {
    let (text, em) = (stretch.text, i32::from(face.units_per_em()));
    let [low, high] = MARKS.map(|share| share * em / 100);
    let steps = !stretch.right_to_left && stands_in_words(stretch.script);
    let (infos, positions) = (buffer.glyph_infos(), buffer.glyph_positions());
    if infos.len() > GLYPHS * text.len() {
        return Err(Unset::Growing { font: face.path().into() });
    }
    let mut glyphs = Vec::with_capacity(infos.len());
    for (index, (info, position)) in infos.iter().zip(positions).enumerate() {
        let id = u16::try_from(info.glyph_id).unwrap_or(0);
        if id == 0 {
            let character = text.get(info.cluster as usize..).and_then(|rest| rest.chars().next());
            return Err(Unset::MissingGlyph { character: character.unwrap_or(char::REPLACEMENT_CHARACTER) });
        }
        glyphs.push(Glyph {
            id,
            advance: if steps {
                in_steps(position.x_advance, face.advance(id), em)
            } else {
                position.x_advance
            },
            x_offset: position.x_offset,
            y_offset: if position.x_advance == 0 {
                position.y_offset.clamp(low, high)
            } else {
                position.y_offset
            },
            text: source_of(infos, index, text.len() as u32, stretch.right_to_left),
        });
    }
    Ok(Segment { text: text.into(), glyphs })
}

/// The characters that a glyph stands for. Of the glyphs that share a cluster, the first in reading order stands
/// for all its characters and the others for none.
fn source_of(infos: &[GlyphInfo], index: usize, end: u32, right_to_left: bool) -> Range<u32> {
    let cluster = infos[index].cluster;
    let (before, after) = (&infos[..index], &infos[index + 1..]);
    let same = |glyph: &GlyphInfo| glyph.cluster == cluster;
    let next = |glyph: Option<&GlyphInfo>| glyph.map_or(end, |glyph| glyph.cluster);
    let (repeats, next) = if right_to_left {
        (after.first().is_some_and(same), next(before.iter().rev().find(|glyph| !same(glyph))))
    } else {
        (before.last().is_some_and(same), next(after.iter().find(|glyph| !same(glyph))))
    };
    cluster..if repeats { cluster } else { next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kerning_is_kept_in_steps() {
        let cases = [
            // Advance, width, design units in an em; what is left.
            (590, 600, 1000, 600),
            (584, 600, 1000, 600),
            (583, 600, 1000, 580),
            (631, 600, 1000, 640),
            (1200, 1290, 2048, 1290 - 81),
            // A mark over a letter.
            (0, 600, 1000, 0),
            (12, 0, 1000, 12),
        ];
        for (advance, width, em, expected) in cases {
            assert_eq!(in_steps(advance, width, em), expected, "{advance} of {width}");
        }
    }
}
