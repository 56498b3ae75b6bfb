//! The setter: fonts, and what has been set before.

use super::breaks::{Kind, is_address};
use super::collect::collect;
use super::fit::{BEFORE_A_TIME, DANGLING_WORD, FEW_LETTERS};
use super::fit::{Shape, Stock, fit, on_one_line, penalty, stands_in};
use super::line::{hold_space, line};
use super::pieces::{Piece, Prepared};
use super::tongue::Tongue;
use super::{Align, Paragraph, ParagraphStyle, SetLine};
use crate::document::{Inline, Text};
use crate::geometry::Pt;
use crate::letter::{is_letter, is_letter_or_digit};
use crate::locale::{Direction, Language, first_word, last_word};
use crate::sharded::Sharded;
use crate::text::{Bounded, FontSet, Line, Shaper, Unset, hash_of, is_space};
use std::hash::Hash;
use std::sync::Arc;
use unicode_script::{Script, UnicodeScript};

/// Texts kept a shard: twice those of a clinic folder, and the last sheets' own.
const TEXTS: usize = 2048;
/// Measures kept a text.
const MEASURES: usize = 8;
/// At the end of a line that is cut inside of a word.
pub const HYPHEN: &str = "-";
/// Fewer letters of a cut word on either line are hard to read as part of it.
const FEW: usize = 3;
/// Longer texts, in bytes, are set anew each time, so that the cache's memory is bounded.
const LONGEST_KEPT: usize = 2048;

/// Sets paragraphs. Cheap to clone and shared by threads: clones use one cache, whose hits change no result.
#[derive(Clone)]
pub struct Setter {
    shared: Arc<Shared>,
    tongue: Arc<Tongue>,
}

struct Shared {
    shaper: Shaper,
    texts: Sharded<Bounded<Key, Settings>>,
}

struct Key {
    text: Text,
    style: ParagraphStyle,
    language: Option<Language>,
    direction: Direction,
}

/// How a text was set.
#[derive(Default)]
struct Settings {
    /// On one line, which serves every measure that the line's width stands in.
    line: Option<(f64, Arc<Paragraph>)>,
    by_measure: Vec<(Pt, Arc<Paragraph>)>,
}

impl Settings {
    fn at(&self, width: Pt) -> Option<Arc<Paragraph>> {
        let line = self.line.as_ref().filter(|(natural, _)| stands_in(*natural, measure(width)));
        let same = || self.by_measure.iter().find(|(other, _)| *other == width);
        line.map(|(_, set)| set).or_else(|| same().map(|(_, set)| set)).cloned()
    }

    fn add(&mut self, width: Pt, set: SetText) -> Arc<Paragraph> {
        if let Some(earlier) = self.at(width) {
            return earlier;
        }
        let paragraph = Arc::new(set.paragraph);
        if let Some(natural) = set.natural {
            self.line = Some((natural, paragraph.clone()));
            return paragraph;
        }
        if self.by_measure.len() == MEASURES {
            self.by_measure.remove(0);
        }
        self.by_measure.push((width, paragraph.clone()));
        paragraph
    }
}

/// A paragraph fresh from the fit.
struct SetText {
    paragraph: Paragraph,
    /// Bytes of its text.
    length: usize,
    /// Its width, when it stands on one line and begins at the start whatever the measure.
    natural: Option<f64>,
}

impl Setter {
    pub fn new(fonts: Arc<FontSet>) -> Setter {
        let shared = Shared { shaper: Shaper::new(fonts), texts: Sharded::new(|| Bounded::new(TEXTS)) };
        Setter { shared: Arc::new(shared), tongue: Arc::default() }
    }

    /// The same setter for text in a language.
    pub fn in_tongue(&self, tongue: Tongue) -> Setter {
        Setter { shared: self.shared.clone(), tongue: Arc::new(tongue) }
    }

    pub fn direction(&self) -> Direction {
        self.tongue.direction
    }

    /// How high the lines of the language are, times those of Latin letters.
    pub fn line_height(&self) -> f32 {
        self.tongue.letters.line
    }

    pub fn fonts(&self) -> &Arc<FontSet> {
        self.shared.shaper.fonts()
    }

    /// Sets a text to a measure. No line is wider than the measure, but for a single character that is.
    ///
    /// # Errors
    ///
    /// The first character that no font has; [`FontSet::covers`] tells beforehand.
    pub fn set(&self, text: &[Inline], style: &ParagraphStyle, width: Pt) -> Result<Arc<Paragraph>, Unset> {
        let hash = hash_of(|hasher| {
            text.hash(hasher);
            style.hash(hasher);
            self.tongue.language.hash(hasher);
            self.tongue.direction.hash(hasher);
        });
        let is = |key: &Key, _: &Settings| {
            key.style == *style
                && key.text == text
                && key.language == self.tongue.language
                && key.direction == self.tongue.direction
        };
        if let Some(paragraph) = self.shared.texts.own().get(hash, is, |settings| settings.at(width)) {
            return Ok(paragraph);
        }
        let set = self.set_anew(text, style, width)?;
        if set.length > LONGEST_KEPT {
            return Ok(Arc::new(set.paragraph));
        }
        let (language, direction) = (self.tongue.language.clone(), self.tongue.direction);
        let key = || Key { text: text.to_vec(), style: *style, language, direction };
        let new = || (key(), Settings::default());
        Ok(self.shared.texts.own().keep(hash, is, new, |settings| settings.add(width, set)))
    }

    /// A text on a line of its own, however long, and not kept: to see which glyphs it takes.
    ///
    /// # Errors
    ///
    /// As [`Setter::set`].
    pub fn one_line(&self, text: &[Inline], style: &ParagraphStyle) -> Result<Line, Unset> {
        let collected = collect(self.fonts(), text, style, &self.tongue);
        let prepared = Prepared::new(&self.shared.shaper, collected, style)?;
        let whole = 0..prepared.collected.text.len();
        Ok(line(&prepared, whole))
    }

    /// The width of a text that is set in one line, or the widest of its lines if it holds breaks.
    ///
    /// # Errors
    ///
    /// As [`Setter::set`].
    pub fn width_of(&self, text: &[Inline], style: &ParagraphStyle) -> Result<Pt, Unset> {
        self.set(text, style, Pt(f32::MAX)).map(|paragraph| paragraph.width)
    }

    /// From the top of a paragraph to its first baseline: the line's box is centred in the leading.
    pub fn baseline(&self, style: &ParagraphStyle) -> Pt {
        let face = self.fonts().metrics_face();
        let em = style.size.0 / f32::from(face.units_per_em());
        let (ascent, descent) = (face.ascent() as f32 * em, face.descent() as f32 * em);
        Pt((style.leading.0 - (ascent + descent)) / 2.0 + ascent)
    }

    fn set_anew(&self, text: &[Inline], style: &ParagraphStyle, width: Pt) -> Result<SetText, Unset> {
        let collected = collect(self.fonts(), text, style, &self.tongue);
        let length = collected.text.len();
        if length == 0 {
            return Ok(SetText { paragraph: Paragraph::default(), length, natural: None });
        }
        let prepared = Prepared::new(&self.shared.shaper, collected, style)?;
        let mut lines = Vec::new();
        let mut natural = None;
        let pieces = prepared.pieces(measure(width));
        let hyphen = match pieces.iter().any(|piece| piece.end == Kind::Emergency) {
            true => self.width_of(&[Inline::Text(HYPHEN.to_owned())], style)?,
            false => Pt::ZERO,
        };
        for passage in pieces.chunk_by(|piece, _| piece.end != Kind::Forced) {
            natural = Some(add_lines(&mut lines, &prepared, passage, style, (width, hyphen)));
        }
        let baseline = self.baseline(style);
        let mut longest = Pt::ZERO;
        for (row, line) in lines.iter_mut().enumerate() {
            line.baseline = baseline + style.leading * row as f32;
            longest = longest.max(line.line.width + if row == 0 { style.indent } else { Pt::ZERO });
        }
        let natural = natural.filter(|_| lines.len() == 1 && style.align == Align::Start);
        let height = style.leading * lines.len() as f32;
        let spans = prepared.collected.spans;
        Ok(SetText { paragraph: Paragraph { lines, spans, height, width: longest }, length, natural })
    }
}

/// A measure that is no length is a very narrow one.
fn measure(width: Pt) -> f64 {
    f64::from(width.0).max(0.1)
}

/// Sets a passage without forced breaks; the baselines are still to be given. Tells its width on one line.
fn add_lines(
    lines: &mut Vec<SetLine>,
    prepared: &Prepared,
    passage: &[Piece],
    style: &ParagraphStyle,
    (width, hyphen): (Pt, Pt),
) -> f64 {
    let stock: Vec<Stock> = passage.iter().map(|piece| stock(prepared, piece, hyphen)).collect();
    let mut indent = if lines.is_empty() { style.indent } else { Pt::ZERO };
    let natural = on_one_line(&stock, f64::from(indent.0));
    let mut start = 0;
    let shape = match style {
        ParagraphStyle { align: Align::Centre, .. } => Shape::Balanced,
        ParagraphStyle { even: true, .. } => Shape::Even,
        _ => Shape::Prose,
    };
    for end in fit(&stock, measure(width), f64::from(indent.0), shape) {
        let range = passage[start].range.start..passage[end - 1].range.end;
        let mut line = line(prepared, range.clone());
        line.cut = stock[end - 1].hyphen > 0.0
            && stands_in(f64::from((line.width + hyphen + indent).0), measure(width));
        let aside = aligned(style.align, width - indent, line.width);
        line.ends = passage[end - 1].end == Kind::Forced && range.end < prepared.collected.text.len();
        hold_space(&mut line, prepared, &range, f64::from((width - indent - aside).0));
        lines.push(SetLine { x: indent + aside, baseline: Pt::ZERO, line: Arc::new(line) });
        (start, indent) = (end, Pt::ZERO);
    }
    natural
}

fn aligned(align: Align, measure: Pt, width: Pt) -> Pt {
    let rest = (measure - width).max(Pt::ZERO);
    match align {
        Align::Start => Pt::ZERO,
        // A natural width is asked for with an endless measure.
        _ if measure.0 >= f32::MAX => Pt::ZERO,
        Align::Centre => rest / 2.0,
        Align::End => rest,
    }
}

fn stock(prepared: &Prepared, piece: &Piece, hyphen: Pt) -> Stock {
    let text = prepared.collected.text.as_str();
    let piece_text = text[piece.range.clone()].trim_end();
    let word = last_word(piece_text);
    let letters = word.chars().filter(|character| is_letter_or_digit(*character)).count();
    let starts_sentence = || {
        let before = text[..piece.range.start].trim_end();
        letters <= 5 && piece_text == word && before.ends_with(['.', '!', '?', ':', '”', '»'])
    };
    let dangling =
        piece.end == Kind::Space && word.ends_with(is_letter) && (letters <= 2 || starts_sentence());
    let mut penalty = penalty(piece.end) + if dangling { DANGLING_WORD } else { 0.0 };
    let after = &text[piece.range.end..];
    if piece.end == Kind::Space && before_a_time(word, after) {
        penalty += BEFORE_A_TIME;
    }
    // A word is broken with a hyphen where scripts have one; an address that had one would be another.
    let broken = (piece.end == Kind::Emergency).then(|| letters_beside(text, piece.range.end));
    if broken.is_some_and(|beside| beside.is_some_and(|(before, after)| before.min(after) < FEW)) {
        penalty += FEW_LETTERS;
    }
    Stock {
        width: piece.width,
        space: piece.space,
        penalty,
        hyphen: if broken.flatten().is_some() { f64::from(hyphen.0) } else { 0.0 },
        short: letters <= 5,
        letters: piece_text.chars().count(),
        sentence: ends_sentence(piece_text, &text[piece.range.end..]),
    }
}

/// A clock time that goes on with a date: "Wednesday, 3:30 pm".
fn before_a_time(word: &str, after: &str) -> bool {
    let next = after.split(is_space).next().unwrap_or_default();
    word.ends_with([',', '،']) && next.contains(':') && next.starts_with(|c: char| c.is_ascii_digit())
}

/// How many letters of a word stand before and behind a place in it; none where the word is an address, or of a script
/// without hyphens.
fn letters_beside(text: &str, at: usize) -> Option<(usize, usize)> {
    let (before, after) = (last_word(&text[..at]), first_word(&text[at..]));
    let hyphened = |c: char| {
        is_letter(c)
            && matches!(c.script(), Script::Latin | Script::Greek | Script::Cyrillic | Script::Armenian)
    };
    let behind = after.chars().take_while(|c| hyphened(*c)).count();
    let ahead = before.chars().rev().take_while(|c| hyphened(*c)).count();
    let whole = !is_address(before) && !is_address(after);
    (whole && ahead > 0 && behind > 0).then_some((ahead, behind))
}

/// Not after an abbreviation: a small letter or a number goes on behind it.
fn ends_sentence(piece: &str, after: &str) -> bool {
    let piece = piece.trim_end_matches(['”', '»', '"', ')', '’']).trim_end();
    let begins = after.trim_start().trim_start_matches(['“', '«', '"', '(', '¿', '¡', '‘']).chars().next();
    piece.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟'])
        && begins.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}
