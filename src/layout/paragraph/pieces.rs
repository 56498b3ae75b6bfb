//! Pieces: what stands between two places where a line may end, shaped and measured.

use super::breaks::{Break, Kind, breaks, last_word};
use super::collect::{Collected, Look};
use crate::text::{FontSet, Item, MissingGlyph, Segment, Shaper, Stretch, bidi_levels, is_space, itemize};
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// Widths closer than this are the same: a text set to its own natural width stays on one line.
pub(super) const TOLERANCE: f64 = 0.005;

/// A shaped stretch of one look.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) segment: Arc<Segment>,
    /// Index into the items.
    pub(super) item: usize,
}

/// Widths in points.
pub(super) struct Piece {
    /// Bytes of the collected text, spaces at the end included.
    pub(super) range: Range<usize>,
    pub(super) parts: Vec<Part>,
    /// Without the spaces at the end.
    pub(super) width: f64,
    /// Of the spaces at the end.
    pub(super) space: f64,
    /// How the piece ends.
    pub(super) end: Kind,
}

/// The text of a paragraph, ready to be cut.
pub(super) struct Prepared<'a> {
    pub(super) shaper: &'a Shaper,
    pub(super) collected: Collected<'a>,
    pub(super) items: Vec<StyledItem<'a>>,
    /// Points.
    pub(super) size: f64,
    pub(super) tabular: bool,
}

pub(super) struct StyledItem<'a> {
    pub(super) item: Item,
    pub(super) look: Look<'a>,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(
        shaper: &'a Shaper,
        collected: Collected<'a>,
        size: f64,
        tabular: bool,
    ) -> Result<Prepared<'a>, MissingGlyph> {
        let levels = bidi_levels(&collected.text);
        let mut items = Vec::new();
        let (mut start, mut found) = (0, Vec::new());
        for run in &collected.looks {
            let look = run.look;
            let (text, range) = (&collected.text, start..run.end);
            itemize(shaper.fonts(), text, range, look.weight, look.italic, levels.as_deref(), &mut found)?;
            items.extend(found.drain(..).map(|item| StyledItem { item, look }));
            start = run.end;
        }
        Ok(Prepared { shaper, collected, items, size, tabular })
    }

    /// The text in pieces, each cut further where it is wider than the measure.
    pub(super) fn pieces(&self, measure: f64) -> Result<Vec<Piece>, MissingGlyph> {
        let places = breaks(&self.collected);
        let mut pieces = Vec::with_capacity(places.len());
        let (mut start, mut from) = (0, 0);
        for (index, place) in places.iter().enumerate() {
            if place.kind == Kind::Reluctant {
                continue;
            }
            let piece = self.piece(start..place.at, place.kind)?;
            if piece.width <= measure + TOLERANCE {
                pieces.push(piece);
            } else {
                self.cut(start, &places[from..=index], measure, &mut pieces)?;
            }
            (start, from) = (place.at, index + 1);
        }
        Ok(pieces)
    }

    /// Cuts a piece at its reluctant places, and what is still too wide between grapheme clusters.
    fn cut(
        &self,
        mut start: usize,
        places: &[Break],
        measure: f64,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), MissingGlyph> {
        for place in places {
            let piece = self.piece(start..place.at, place.kind)?;
            if piece.width <= measure + TOLERANCE {
                pieces.push(piece);
            } else {
                self.cut_clusters(start..place.at, place.kind, pieces)?;
            }
            start = place.at;
        }
        Ok(())
    }

    fn cut_clusters(
        &self,
        range: Range<usize>,
        end: Kind,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), MissingGlyph> {
        let text = &self.collected.text[range.clone()];
        let drawn = text.trim_end_matches(' ').len();
        let mut clusters = text[..drawn].grapheme_indices(true).peekable();
        while let Some((offset, cluster)) = clusters.next() {
            let start = range.start + offset;
            let piece = match clusters.peek() {
                Some(_) => self.piece(start..start + cluster.len(), Kind::Emergency)?,
                None => self.piece(start..range.end, end)?,
            };
            pieces.push(piece);
        }
        Ok(())
    }

    fn piece(&self, range: Range<usize>, end: Kind) -> Result<Piece, MissingGlyph> {
        let parts = self.parts(range.clone())?;
        let (width, space) = self.measure(&parts);
        Ok(Piece { range, parts, width, space, end })
    }

    /// Width without and of the spaces at the end.
    pub(super) fn measure(&self, parts: &[Part]) -> (f64, f64) {
        let (mut width, mut space) = (0.0, 0.0);
        for part in parts {
            let segment = &part.segment;
            let trailing = self.points(part, segment.trailing);
            let drawn = self.points(part, segment.advance - segment.trailing);
            if segment.text.ends_with(' ') && segment.text.trim_end_matches(' ').is_empty() {
                space += trailing;
            } else {
                width += space + drawn;
                space = trailing;
            }
        }
        (width, space)
    }

    /// A length in the design units of a part's face, in points.
    pub(super) fn points(&self, part: &Part, units: i64) -> f64 {
        let face = self.fonts().face(self.items[part.item].item.face);
        units as f64 * self.size / f64::from(face.units_per_em())
    }

    pub(super) fn fonts(&self) -> &FontSet {
        self.shaper.fonts()
    }

    /// Shapes a range of the text, split where items begin.
    pub(super) fn parts(&self, range: Range<usize>) -> Result<Vec<Part>, MissingGlyph> {
        let first = self.items.partition_point(|styled| styled.item.range.end <= range.start);
        let mut parts = Vec::with_capacity(1);
        for (index, styled) in self.items.iter().enumerate().skip(first) {
            let item = &styled.item.range;
            if item.start >= range.end {
                break;
            }
            let own = &self.collected.text[item.start.max(range.start)..item.end.min(range.end)];
            if styled.item.level % 2 == 0 {
                parts.push(self.part(index, own)?);
                continue;
            }
            // The space after a right-to-left word may come to stand at the line's end, on the right.
            let drawn = own.trim_end_matches(is_space).len();
            for half in [&own[..drawn], &own[drawn..]].into_iter().filter(|half| !half.is_empty()) {
                parts.push(self.part(index, half)?);
            }
        }
        Ok(parts)
    }

    fn part(&self, index: usize, text: &str) -> Result<Part, MissingGlyph> {
        let StyledItem { item, look } = &self.items[index];
        let printed: String;
        let text = if text.is_ascii() {
            text
        } else {
            let face = self.fonts().face(item.face);
            printed = text.chars().map(|character| face.printed(character).unwrap_or(character)).collect();
            &printed
        };
        let segment = self.shaper.segment(&Stretch {
            text,
            face: item.face,
            script: item.script,
            right_to_left: item.level % 2 == 1,
            tabular: self.tabular,
            language: look.language,
        })?;
        Ok(Part { segment, item: index })
    }

    /// The last word of a piece, without spaces.
    pub(super) fn last_word(&self, piece: &Piece) -> &str {
        last_word(self.collected.text[piece.range.clone()].trim_end_matches(is_space))
    }
}
