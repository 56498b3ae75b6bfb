//! Pieces: what stands between two places where a line may end, measured.
//!
//! Text is shaped once, a stretch of one look at a time, and only then cut: kerning goes on over word spaces and
//! hyphens, and a piece's width does not depend on the line it comes to stand in.

use super::breaks::{Break, Kind};
use super::collect::{Collected, LookRun};
use super::{ParagraphStyle, Span};
use crate::brand::Colour;
use crate::geometry::Pt;
use crate::locale::Direction;
use crate::text::{
    FaceId, FontSet, Glyph, Item, Segment, Shaper, Stretch, Unset, bidi_levels, is_space, itemize,
};
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// Widths closer than this are the same, points: a text set to its own natural width stays on one line.
pub(super) const TOLERANCE: f64 = 0.005;

/// A stretch of the text that is shaped.
pub(super) struct Shaped {
    /// Bytes of the collected text; its glyphs count theirs from its start.
    pub(super) range: Range<usize>,
    pub(super) colour: Colour,
    pub(super) span: Option<u16>,
    pub(super) face: FaceId,
    pub(super) size: Pt,
    /// Embedding level (UAX #9).
    pub(super) level: u8,
    segment: Arc<Segment>,
    /// Points in a design unit.
    scale: f64,
}

/// A paragraph's text, shaped.
pub(super) struct Prepared {
    pub(super) text: String,
    pub(super) spans: Vec<Span>,
    pub(super) direction: Direction,
    /// They cover the text and touch.
    pub(super) shaped: Vec<Shaped>,
    stops: Stops,
}

/// By byte of the text, and its end: whether a cluster of characters starts there, which no line end may split, and the width of
/// all before the next start, points.
struct Stops {
    starts: Vec<bool>,
    before: Vec<f64>,
}

impl Stops {
    fn for_text(length: usize) -> Stops {
        Stops { starts: vec![false; length + 1], before: Vec::with_capacity(length + 1) }
    }

    /// A cluster starts, further on than all before.
    fn add(&mut self, at: usize, x: f64) {
        if at == self.before.len() && at < self.starts.len() {
            self.before.push(x);
            self.starts[at] = true;
        } else if at > self.before.len() && at < self.starts.len() {
            self.before.resize(at + 1, x);
            self.starts[at] = true;
        }
    }

    fn end(&mut self, x: f64) {
        self.before.resize(self.starts.len(), x);
        if let Some(last) = self.starts.last_mut() {
            *last = true;
        }
    }
}

pub(super) struct Piece {
    /// Bytes of the collected text, spaces at the end included.
    pub(super) range: Range<usize>,
    /// Points, without the spaces at the end.
    pub(super) width: f64,
    /// Of the spaces at the end, points.
    pub(super) space: f64,
    /// How the piece ends.
    pub(super) end: Kind,
}

impl Shaped {
    pub(super) fn is_right_to_left(&self) -> bool {
        !self.level.is_multiple_of(2)
    }

    /// The glyphs of a part of the text, in visual order.
    pub(super) fn glyphs(&self, part: &Range<usize>) -> impl Iterator<Item = &Glyph> {
        let part = part.start.saturating_sub(self.range.start)..part.end.saturating_sub(self.range.start);
        let glyphs = &self.segment.glyphs;
        let starts_before = |at: usize| move |glyph: &Glyph| (glyph.text.start as usize) < at;
        let glyphs = if self.is_right_to_left() {
            let from = glyphs.partition_point(|glyph| glyph.text.start as usize >= part.end);
            let to = glyphs.partition_point(|glyph| glyph.text.start as usize >= part.start);
            glyphs.get(from..to)
        } else {
            let from = glyphs.partition_point(starts_before(part.start));
            let to = glyphs.partition_point(starts_before(part.end));
            glyphs.get(from..to)
        };
        glyphs.unwrap_or_default().iter()
    }

    /// A length in the face's design units, in points.
    pub(super) fn points(&self, units: i64) -> f64 {
        units as f64 * self.scale
    }

    fn add_stops(&self, stops: &mut Stops, x: &mut f64) {
        let glyphs = self.segment.glyphs.iter();
        let mut add = |glyph: &Glyph| {
            stops.add(self.range.start + glyph.text.start as usize, *x);
            *x += self.points(glyph.advance.into());
        };
        if self.is_right_to_left() { glyphs.rev().for_each(add) } else { glyphs.for_each(&mut add) }
    }
}

impl Prepared {
    pub(super) fn new(
        shaper: &Shaper,
        collected: Collected<'_>,
        style: &ParagraphStyle,
    ) -> Result<Prepared, Unset> {
        let shaped = shape(shaper, &collected, style)?;
        let mut stops = Stops::for_text(collected.text.len());
        let mut x = 0.0;
        for stretch in &shaped {
            stretch.add_stops(&mut stops, &mut x);
        }
        stops.end(x);
        let Collected { text, spans, direction, .. } = collected;
        Ok(Prepared { text, spans, direction, shaped, stops })
    }

    /// Leaves out the places that lie within a cluster.
    pub(super) fn keep_stops(&self, places: &mut Vec<Break>) {
        places.retain(|place| place.kind == Kind::Forced || self.is_stop(place.at));
    }

    /// The text in pieces, each cut further where it is wider than the measure.
    pub(super) fn pieces(&self, places: &[Break], measure: f64) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(places.len());
        let (mut start, mut from) = (0, 0);
        for (index, place) in places.iter().enumerate() {
            if place.kind == Kind::Reluctant {
                continue;
            }
            let piece = self.piece(start..place.at, place.kind);
            if piece.width <= measure + TOLERANCE {
                pieces.push(piece);
            } else {
                self.cut(start, &places[from..=index], measure, &mut pieces);
            }
            (start, from) = (place.at, index + 1);
        }
        pieces
    }

    /// Cuts a piece at its reluctant places, and what is still too wide between grapheme clusters.
    fn cut(&self, mut start: usize, places: &[Break], measure: f64, pieces: &mut Vec<Piece>) {
        for place in places {
            let piece = self.piece(start..place.at, place.kind);
            if piece.width <= measure + TOLERANCE {
                pieces.push(piece);
            } else {
                self.cut_clusters(start..place.at, place.kind, pieces);
            }
            start = place.at;
        }
    }

    fn cut_clusters(&self, range: Range<usize>, end: Kind, pieces: &mut Vec<Piece>) {
        let text = &self.text[range.clone()];
        let drawn = text.trim_end_matches(is_space);
        let mut start = range.start;
        for (offset, _) in drawn.grapheme_indices(true).skip(1) {
            let at = range.start + offset;
            if self.is_stop(at) {
                pieces.push(self.piece(start..at, Kind::Emergency));
                start = at;
            }
        }
        pieces.push(self.piece(start..range.end, end));
    }

    /// Whether a cluster starts at a byte, so that no glyph stands for characters on both sides.
    fn is_stop(&self, at: usize) -> bool {
        self.stops.starts.get(at).copied().unwrap_or_default()
    }

    fn piece(&self, range: Range<usize>, end: Kind) -> Piece {
        let drawn = range.start + self.text[range.clone()].trim_end_matches(is_space).len();
        let (start, drawn, after) = (self.x(range.start), self.x(drawn), self.x(range.end));
        Piece { range, width: drawn - start, space: after - drawn, end }
    }

    /// The stretch that ends at a byte or goes on over it.
    pub(super) fn shaped_before(&self, at: usize) -> Option<&Shaped> {
        self.shaped.get(self.shaped.partition_point(|shaped| shaped.range.end < at))
    }

    /// Width of the text before a byte, points.
    pub(super) fn x(&self, at: usize) -> f64 {
        self.stops.before.get(at).copied().unwrap_or_default()
    }
}

/// A fallback face is set smaller than the text around it only down to these, points: what a reader of large
/// print and of any print is promised.
const LEAST_SIZES: [f32; 3] = [18.0, 12.0, 10.5];

fn size_of(fonts: &FontSet, item: &Item, size: f32, letter_size: f32) -> f32 {
    if letter_size != 1.0 && !fonts.has_small_letters(item.script) {
        // To tenths of a point, as all sizes beside the brand's.
        return (size * letter_size * 10.0).round() / 10.0;
    }
    let least = LEAST_SIZES.into_iter().find(|least| *least <= size).unwrap_or(size);
    fonts.size_beside(item.face, item.script, size).max(least)
}

fn shape(shaper: &Shaper, collected: &Collected<'_>, style: &ParagraphStyle) -> Result<Vec<Shaped>, Unset> {
    let fonts: &FontSet = shaper.fonts();
    let text = collected.text.as_str();
    let levels = bidi_levels(text, &collected.isolates, collected.direction);
    let mut shaped = Vec::with_capacity(collected.looks.len());
    let mut start = 0;
    for LookRun { end, look } in &collected.looks {
        for item in itemize(fonts, text, start..*end, (look.weight, look.italic), levels.as_deref())? {
            let segment = shaper.segment(&Stretch {
                text: &text[item.range.clone()],
                face: item.face,
                script: item.script,
                right_to_left: !item.level.is_multiple_of(2),
                language: look.language,
            })?;
            let (face, size) = (item.face, size_of(fonts, &item, style.size.0, collected.letter_size));
            let scale = f64::from(size) / f64::from(fonts.face(face).units_per_em());
            let (range, level) = (item.range, item.level);
            let (colour, span) = (look.colour, look.span);
            shaped.push(Shaped { range, colour, span, face, size: Pt(size), level, segment, scale });
        }
        start = *end;
    }
    Ok(shaped)
}
