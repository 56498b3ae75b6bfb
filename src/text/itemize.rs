//! Itemizing: text of one style becomes stretches of one face, script and direction.

use super::{FaceId, FontSet, Weight, is_space};
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// A stretch that is shaped in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Bytes of the itemized text.
    pub(crate) range: Range<usize>,
    pub(crate) face: FaceId,
    pub(crate) script: Script,
    /// Embedding level (UAX #9): even is left to right.
    pub(crate) level: u8,
}

/// A character that no face can draw. Callers who know where the text came from say where: the character itself
/// may be a patient's, so only they decide whether to show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no font has a glyph for U+{:04X}", *.character as u32)]
pub struct MissingGlyph {
    pub character: char,
}

/// Levels by byte, base direction left to right; `None` when all of the text runs that way.
pub(crate) fn bidi_levels(text: &str) -> Option<Vec<Level>> {
    // The first right-to-left character is U+0590's block.
    if text.chars().all(|character| character < '\u{590}') {
        return None;
    }
    let info = BidiInfo::new(text, Some(Level::ltr()));
    info.has_rtl().then_some(info.levels)
}

/// Splits `text[range]`, all of one weight and slope. Items cover the range and touch.
///
/// A face is chosen by the word, so that a name is not set in two: one letter that the brand lacks moves its
/// whole word to the fallback. Only a word that no face has whole is split, between grapheme clusters.
pub(crate) fn itemize(
    fonts: &FontSet,
    text: &str,
    range: Range<usize>,
    weight: Weight,
    italic: bool,
    levels: Option<&[Level]>,
    items: &mut Vec<Item>,
) -> Result<(), MissingGlyph> {
    let first = items.len();
    let face = FontSet::first_choice(weight, italic);
    let own = text.get(range.clone()).unwrap_or_default();
    if own.is_ascii() && levels.is_none() && fonts.face(face).covers_all(own) {
        items.push(Item { range, face, script: Script::Latin, level: 0 });
        return Ok(());
    }
    let mut at = range.start;
    for word in own.split_inclusive(is_space) {
        let drawn = word.trim_end_matches(is_space);
        match fonts.face_for_all(weight, italic, drawn) {
            Some(face) => push_word(items, first, text, at..at + word.len(), face, levels),
            None => push_clusters(fonts, items, first, text, at..at + word.len(), (weight, italic), levels)?,
        }
        at += word.len();
    }
    Ok(())
}

fn push_clusters(
    fonts: &FontSet,
    items: &mut Vec<Item>,
    first: usize,
    text: &str,
    word: Range<usize>,
    (weight, italic): (Weight, bool),
    levels: Option<&[Level]>,
) -> Result<(), MissingGlyph> {
    let mut at = word.start;
    for cluster in text[word].graphemes(true) {
        if let Some(face) = fonts.face_for_all(weight, italic, cluster.trim_end_matches(is_space)) {
            push_word(items, first, text, at..at + cluster.len(), face, levels);
        } else {
            for (offset, character) in cluster.char_indices() {
                let face = fonts.face_for(weight, italic, character).ok_or(MissingGlyph { character })?;
                let range = at + offset..at + offset + character.len_utf8();
                push_word(items, first, text, range, face, levels);
            }
        }
        at += cluster.len();
    }
    Ok(())
}

/// Adds a stretch of one face, split where script or level change; joins what is the same as the item before.
fn push_word(
    items: &mut Vec<Item>,
    first: usize,
    text: &str,
    word: Range<usize>,
    face: FaceId,
    levels: Option<&[Level]>,
) {
    // Characters of no script of their own go with the one before them, or at the start the one that follows.
    let mut script = text[word.clone()].chars().find_map(own_script).unwrap_or(Script::Latin);
    for (offset, character) in text[word.clone()].char_indices() {
        let start = word.start + offset;
        let end = start + character.len_utf8();
        script = own_script(character).unwrap_or(script);
        let level = levels.and_then(|levels| levels.get(start)).map_or(0, |level| level.number());
        match items[first..].last_mut() {
            Some(item) if item.face == face && item.script == script && item.level == level => {
                item.range.end = end;
            }
            _ => items.push(Item { range: start..end, face, script, level }),
        }
    }
}

fn own_script(character: char) -> Option<Script> {
    if character.is_ascii() {
        return character.is_ascii_alphabetic().then_some(Script::Latin);
    }
    Some(character.script()).filter(|script| !matches!(script, Script::Common | Script::Inherited))
}
