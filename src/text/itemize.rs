//! Itemizing: text of one style becomes stretches of one face, script and direction.

use super::{FaceId, FontSet, Weight, is_space};
use crate::limits::GLYPHS;
use crate::locale::Direction;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
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

/// Why a text cannot be set. Callers who know where a character came from say where: it may be a patient's, so only they
/// decide whether to show it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unset {
    /// No face can draw it.
    #[error("no font has a glyph for U+{:04X}", *.character as u32)]
    MissingGlyph { character: char },
    /// A font whose rules make text longer without end.
    #[error("the font {font} makes more than {GLYPHS} glyphs of each character")]
    Growing { font: Arc<str> },
}

/// Levels by byte; `None` when base and text run from left to right. `isolates` are marks that the text does not hold, with
/// the bytes before which they stand.
pub(crate) fn bidi_levels(text: &str, isolates: &[(usize, char)], base: Direction) -> Option<Vec<Level>> {
    // The first right-to-left character is U+0590's block.
    if !base.is_right_to_left() && text.chars().all(|character| character < '\u{590}') {
        return None;
    }
    let marked = with_marks(text, isolates);
    let level = if base.is_right_to_left() { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(&marked, Some(level));
    if !base.is_right_to_left() && !info.has_rtl() {
        return None;
    }
    let mut levels = info.levels;
    let mut marks = isolates.iter().rev().map(|(at, mark)| (*at, mark.len_utf8()));
    let before = |count: usize| isolates[..count].iter().map(|(_, mark)| mark.len_utf8()).sum::<usize>();
    for count in (0..isolates.len()).rev() {
        let Some((at, length)) = marks.next() else { break };
        let start = at + before(count);
        levels.drain(start..start + length);
    }
    Some(levels)
}

fn with_marks<'a>(text: &'a str, isolates: &[(usize, char)]) -> Cow<'a, str> {
    if isolates.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len() + 3 * isolates.len());
    let mut from = 0;
    for (at, mark) in isolates {
        marked.push_str(&text[from..*at]);
        marked.push(*mark);
        from = *at;
    }
    marked.push_str(&text[from..]);
    Cow::Owned(marked)
}

/// Splits `text[range]`, all of one weight and slope. Items cover the range and touch.
///
/// A face is chosen by the word, and by the name where capital words stand together, so that a name is never set in
/// two faces: one letter that the brand lacks moves all of it to the fallback. Only a word that no face has whole is
/// split, between grapheme clusters.
pub(crate) fn itemize(
    fonts: &FontSet,
    text: &str,
    range: Range<usize>,
    style: (Weight, bool),
    levels: Option<&[Level]>,
) -> Result<Vec<Item>, Unset> {
    let face = FontSet::first_choice(style.0, style.1);
    let own = text.get(range.clone()).unwrap_or_default();
    if own.is_ascii() && levels.is_none() && fonts.face(face).covers_all(own) {
        return Ok(vec![Item { range, face, script: Script::Latin, level: 0 }]);
    }
    let mut itemizer = Itemizer { fonts, text, style, levels, items: Vec::new() };
    let mut name = range.start..range.start;
    for word in own.split_inclusive(|character| is_space(character) || is_wide_mark(character)) {
        if !name.is_empty() && !continues_name(&text[name.clone()], word) {
            itemizer.add_name(name.clone())?;
            name.start = name.end;
        }
        name.end += word.len();
    }
    itemizer.add_name(name)?;
    Ok(itemizer.items)
}

/// Whether a word may belong to the same name as the words before it: both are capital words or initials.
fn continues_name(before: &str, word: &str) -> bool {
    let capital = |word: &str| {
        let mut characters = word.chars();
        characters.next().is_some_and(char::is_uppercase)
            && characters.next().is_some_and(|second| second.is_alphabetic() || second == '.')
    };
    let last = before.trim_end_matches(' ');
    let last = last.rsplit(is_space).next().unwrap_or_default();
    let initial = last.chars().count() == 2 && last.ends_with('.');
    (initial || last.ends_with(|c: char| c.is_alphabetic() || is_mark(c))) && capital(last) && capital(word)
}

/// A mark between parts of a sentence in scripts without spaces: a name in front of it takes its face, not what is behind.
fn is_wide_mark(character: char) -> bool {
    matches!(character, '，' | '。' | '、' | '；' | '：' | '！' | '？')
}

fn is_mark(character: char) -> bool {
    character.script() == Script::Inherited
}

struct Itemizer<'a> {
    fonts: &'a FontSet,
    text: &'a str,
    style: (Weight, bool),
    levels: Option<&'a [Level]>,
    items: Vec<Item>,
}

impl Itemizer<'_> {
    fn face(&self, text: &str) -> Option<FaceId> {
        self.fonts.face_for_all(self.style.0, self.style.1, text.trim_end_matches(is_space))
    }

    /// Words that should have one face, else each its own, else each cluster its own.
    fn add_name(&mut self, name: Range<usize>) -> Result<(), Unset> {
        let text = &self.text[name.clone()];
        if let Some(face) = self.face(text) {
            self.push(name, face);
            return Ok(());
        }
        let mut at = name.start;
        for word in text.split_inclusive(is_space) {
            let end = at + word.len();
            match self.face(word) {
                Some(face) => self.push(at..end, face),
                None => self.add_clusters(at..end)?,
            }
            at = end;
        }
        Ok(())
    }

    fn add_clusters(&mut self, word: Range<usize>) -> Result<(), Unset> {
        let mut at = word.start;
        for cluster in self.text[word].graphemes(true) {
            let end = at + cluster.len();
            match self.face(cluster) {
                Some(face) => self.push(at..end, face),
                None => self.add_characters(at..end)?,
            }
            at = end;
        }
        Ok(())
    }

    fn add_characters(&mut self, cluster: Range<usize>) -> Result<(), Unset> {
        for (offset, character) in self.text[cluster.clone()].char_indices() {
            let face = self.fonts.face_for(self.style.0, self.style.1, character);
            let start = cluster.start + offset;
            self.push(start..start + character.len_utf8(), face.ok_or(Unset::MissingGlyph { character })?);
        }
        Ok(())
    }

    /// Adds a stretch of one face, split where script or level change; joins what is the same as the item before.
    fn push(&mut self, stretch: Range<usize>, face: FaceId) {
        let text = &self.text[stretch.clone()];
        // Characters of no script of their own go with the one before them, or at the start the one that follows.
        let mut script = text.chars().find_map(own_script).unwrap_or(Script::Latin);
        for (offset, character) in text.char_indices() {
            let start = stretch.start + offset;
            let end = start + character.len_utf8();
            script = own_script(character).unwrap_or(script);
            let level = self.levels.and_then(|levels| levels.get(start)).map_or(0, |level| level.number());
            match self.items.last_mut() {
                Some(item) if item.face == face && item.script == script && item.level == level => {
                    item.range.end = end;
                }
                _ => self.items.push(Item { range: start..end, face, script, level }),
            }
        }
    }
}

fn own_script(character: char) -> Option<Script> {
    if character.is_ascii() {
        return character.is_ascii_alphabetic().then_some(Script::Latin);
    }
    Some(character.script()).filter(|script| !matches!(script, Script::Common | Script::Inherited))
}
