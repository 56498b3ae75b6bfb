//! The setter: fonts, and what has been set before.

use super::breaks::Kind;
use super::collect::collect;
use super::fit::{Shape, Stock, fit, on_one_line, stands_in};
use super::line::{hold_space, line};
use super::measured::{self, Measured};
use super::pieces::{Piece, Prepared};
use super::tongue::Tongue;
use super::{Align, Paragraph, ParagraphStyle, SetLine};
use crate::document::{Inline, Text};
use crate::geometry::Pt;
use crate::locale::{Direction, Language};
use crate::sharded::Sharded;
use crate::text::{Bounded, FontSet, Line, Shaper, Unset, hash_of};
use std::hash::Hash;
use std::sync::Arc;

/// Texts kept a shard: twice those of a clinic folder, and the last sheets' own.
const TEXTS: usize = 2048;
/// Texts kept a shard whose measure is still open: those of a sheet that are tried in several widths.
const MEASURED: usize = 64;
/// Measures kept a text.
const MEASURES: usize = 8;
/// At the end of a line that is cut inside of a word.
pub const HYPHEN: &str = "-";
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
    measured: Sharded<Bounded<Key, Arc<Measured>>>,
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
        let shared = Shared {
            shaper: Shaper::new(fonts),
            texts: Sharded::new(|| Bounded::new(TEXTS)),
            measured: Sharded::new(|| Bounded::new(MEASURED)),
        };
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
        let hash = self.hash(text, style);
        let is = |key: &Key, _: &Settings| self.is(key, text, style);
        if let Some(paragraph) = self.shared.texts.own().get(hash, is, |settings| settings.at(width)) {
            return Ok(paragraph);
        }
        let set = self.set_anew(text, style, width)?;
        if set.length > LONGEST_KEPT {
            return Ok(Arc::new(set.paragraph));
        }
        let new = || (self.key(text, style), Settings::default());
        Ok(self.shared.texts.own().keep(hash, is, new, |settings| settings.add(width, set)))
    }

    fn hash(&self, text: &[Inline], style: &ParagraphStyle) -> u64 {
        hash_of(|hasher| {
            text.hash(hasher);
            style.hash(hasher);
            self.tongue.language.hash(hasher);
            self.tongue.direction.hash(hasher);
        })
    }

    fn is(&self, key: &Key, text: &[Inline], style: &ParagraphStyle) -> bool {
        key.style == *style
            && key.text == text
            && key.language == self.tongue.language
            && key.direction == self.tongue.direction
    }

    fn key(&self, text: &[Inline], style: &ParagraphStyle) -> Key {
        let (language, direction) = (self.tongue.language.clone(), self.tongue.direction);
        Key { text: text.to_vec(), style: *style, language, direction }
    }

    /// A text on a line of its own, however long, and not kept: to see which glyphs it takes.
    ///
    /// # Errors
    ///
    /// As [`Setter::set`].
    pub fn one_line(&self, text: &[Inline], style: &ParagraphStyle) -> Result<Line, Unset> {
        let collected = collect(self.fonts(), text, style, &self.tongue);
        let prepared = Prepared::new(&self.shared.shaper, collected, style)?;
        let whole = 0..prepared.text.len();
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
        let Some(measured) = self.measured(text, style)? else {
            return Ok(SetText { paragraph: Paragraph::default(), length: 0, natural: None });
        };
        let (prepared, cut) = (&measured.prepared, measured.cut(measure(width)));
        let pieces = cut.as_deref().unwrap_or(&measured.pieces);
        let hyphen = match pieces.iter().any(|piece| piece.end == Kind::Emergency) {
            true => self.width_of(&[Inline::Text(HYPHEN.to_owned())], style)?,
            false => Pt::ZERO,
        };
        let restocked = cut.as_ref().map(|pieces| measured::stock(prepared, pieces, hyphen));
        let mut stock = restocked.as_deref().unwrap_or(&measured.stock);
        let (mut lines, mut natural) = (Vec::new(), None);
        for passage in pieces.chunk_by(|piece, _| piece.end != Kind::Forced) {
            let (own, others) = stock.split_at(passage.len());
            natural = Some(add_lines(&mut lines, prepared, (passage, own), style, (width, hyphen)));
            stock = others;
        }
        let baseline = self.baseline(style);
        let mut longest = Pt::ZERO;
        for (row, line) in lines.iter_mut().enumerate() {
            line.baseline = baseline + style.leading * row as f32;
            longest = longest.max(line.line.width + if row == 0 { style.indent } else { Pt::ZERO });
        }
        let natural = natural.filter(|_| lines.len() == 1 && style.align == Align::Start);
        let height = style.leading * lines.len() as f32;
        let spans = prepared.spans.clone();
        let length = prepared.text.len();
        Ok(SetText { paragraph: Paragraph { lines, spans, height, width: longest }, length, natural })
    }

    /// A text as it is before its measure is known; `None` where nothing of it prints.
    fn measured(&self, text: &[Inline], style: &ParagraphStyle) -> Result<Option<Arc<Measured>>, Unset> {
        // What only the lines have to do with.
        let style = ParagraphStyle {
            leading: Pt::ZERO,
            indent: Pt::ZERO,
            align: Align::Start,
            even: false,
            ..*style
        };
        let hash = self.hash(text, &style);
        let is = |key: &Key, _: &Arc<Measured>| self.is(key, text, &style);
        if let Some(known) = self.shared.measured.own().get(hash, is, |known| Some(known.clone())) {
            return Ok(Some(known));
        }
        let collected = collect(self.fonts(), text, &style, &self.tongue);
        if collected.text.is_empty() {
            return Ok(None);
        }
        let measured = Arc::new(Measured::new(&self.shared.shaper, collected, &style)?);
        if measured.prepared.text.len() > LONGEST_KEPT {
            return Ok(Some(measured));
        }
        let new = || (self.key(text, &style), measured);
        Ok(Some(self.shared.measured.own().keep(hash, is, new, |kept| kept.clone())))
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
    (passage, stock): (&[Piece], &[Stock]),
    style: &ParagraphStyle,
    (width, hyphen): (Pt, Pt),
) -> f64 {
    let mut indent = if lines.is_empty() { style.indent } else { Pt::ZERO };
    let natural = on_one_line(stock, f64::from(indent.0));
    let mut start = 0;
    let shape = match style {
        ParagraphStyle { align: Align::Centre, .. } => Shape::Balanced,
        ParagraphStyle { even: true, .. } => Shape::Even,
        _ => Shape::Prose,
    };
    for end in fit(stock, measure(width), f64::from(indent.0), shape) {
        let range = passage[start].range.start..passage[end - 1].range.end;
        let mut line = line(prepared, range.clone());
        line.cut = stock[end - 1].hyphen > 0.0
            && stands_in(f64::from((line.width + hyphen + indent).0), measure(width));
        let aside = aligned(style.align, width - indent, line.width);
        line.ends = passage[end - 1].end == Kind::Forced && range.end < prepared.text.len();
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
