//! The detector: what must not meet on a finished page. Text on text, text that leaves its box, its page or its margins,
//! words that something was painted over. It looks at placed fragments alone, so it holds for every edition, paper and
//! fold, and at the ink of glyphs, so a mark that stands far from its letter counts.

use super::{Layout, Page, Shape};
use crate::brand::Colour;
use crate::geometry::{Point, Pt, Rect};
use crate::text::{FontSet, Line};
use std::fmt;

/// What may overlap unseen: ink is rounded, and boxes are drawn around it.
const SLACK: Pt = Pt(0.75);
/// A rule of this width and more may not run through words; hairlines stand behind them.
const HEAVY: Pt = Pt(2.0);

/// Two things that meet, or one that left its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// From 1.
    pub page: usize,
    pub kind: ClashKind,
    /// The words that suffer.
    pub text: String,
    /// Where their ink is, from the page's top left corner.
    pub place: Rect,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ClashKind {
    /// These other words are printed over them.
    Text(String),
    /// Partly inside of a box or bar, partly outside.
    Box,
    /// Something is painted over them later.
    Hidden,
    /// A picture or a drawn mark meets them.
    Picture,
    /// A heavy line runs through them.
    Line,
    /// They are not inside of the margins.
    Margin,
}

/// Everything that meets, page by page. `inside`: where words may stand; `paper`: the colour of what is empty.
pub fn clashes(layout: &Layout, fonts: &FontSet, inside: Rect, paper: Colour) -> Vec<Clash> {
    let pages = layout.pages.iter().enumerate();
    pages.flat_map(|(index, page)| Look { page, number: index + 1, fonts, inside, paper }.found()).collect()
}

/// A line of text with its ink.
struct Words<'a> {
    /// In the order of painting.
    order: usize,
    line: &'a Line,
    origin: Point,
    ink: Rect,
}

struct Look<'a> {
    page: &'a Page,
    number: usize,
    fonts: &'a FontSet,
    inside: Rect,
    paper: Colour,
}

impl Look<'_> {
    fn found(&self) -> Vec<Clash> {
        let mut words: Vec<Words> = self
            .page
            .fragments
            .iter()
            .enumerate()
            .filter_map(|(order, fragment)| match &fragment.shape {
                Shape::Line { line, origin, .. } => {
                    let ink = around(&glyph_boxes(self.fonts, line, *origin))?;
                    Some(Words { order, line, origin: *origin, ink })
                }
                _ => None,
            })
            .collect();
        words.sort_by(|a, b| a.ink.y.0.total_cmp(&b.ink.y.0).then(a.order.cmp(&b.order)));
        let mut found = Vec::new();
        for (index, text) in words.iter().enumerate() {
            let below = words[index + 1..].iter().take_while(|other| other.ink.y < text.ink.bottom());
            found.extend(
                below
                    .filter(|other| self.meet(text, other))
                    .map(|other| self.clash(other, ClashKind::Text(text.line.text().trim().to_owned()))),
            );
            found.extend(self.shapes_that_meet(text).map(|kind| self.clash(text, kind)));
            if !within(text.ink, self.inside) {
                found.push(self.clash(text, ClashKind::Margin));
            }
        }
        found
    }

    fn clash(&self, words: &Words<'_>, kind: ClashKind) -> Clash {
        Clash { page: self.number, kind, text: words.line.text().trim().to_owned(), place: words.ink }
    }

    /// Whether glyphs of two lines overlap.
    fn meet(&self, one: &Words<'_>, other: &Words<'_>) -> bool {
        if !overlap(one.ink, other.ink) {
            return false;
        }
        let others = glyph_boxes(self.fonts, other.line, other.origin);
        let boxes = glyph_boxes(self.fonts, one.line, one.origin);
        boxes.iter().any(|glyph| others.iter().any(|other| overlap(*glyph, *other)))
    }

    fn shapes_that_meet<'w>(&'w self, words: &'w Words<'_>) -> impl Iterator<Item = ClashKind> + 'w {
        let shapes = self.page.fragments.iter().enumerate();
        shapes.filter_map(move |(order, fragment)| self.meets(words, order, &fragment.shape))
    }

    fn meets(&self, words: &Words<'_>, order: usize, shape: &Shape) -> Option<ClashKind> {
        match shape {
            Shape::Line { .. } => None,
            Shape::Rectangle { rect, fill, .. } if order > words.order => {
                (fill.is_some() && overlap(*rect, words.ink)).then_some(ClashKind::Hidden)
            }
            Shape::Rectangle { rect, fill, stroke, .. } => {
                let seen = stroke.is_some() || fill.is_some_and(|fill| fill != self.paper);
                let parted = seen && overlap(*rect, words.ink) && !within(words.ink, *rect);
                (parted && !self.is_held(words, order, *fill)).then_some(ClashKind::Box)
            }
            Shape::Rule { from, to, pen } => {
                let half = pen.width / 2.0;
                let rect = Rect {
                    x: from.x.min(to.x) - half,
                    y: from.y.min(to.y) - half,
                    width: (from.x.max(to.x) - from.x.min(to.x)) + pen.width,
                    height: (from.y.max(to.y) - from.y.min(to.y)) + pen.width,
                };
                let crossed = pen.width >= HEAVY && overlap(rect, words.ink);
                let behind = order < words.order && self.is_held(words, order, None);
                (crossed && !behind).then_some(ClashKind::Line)
            }
            Shape::Picture { rect, .. } => overlap(*rect, words.ink).then_some(ClashKind::Picture),
            Shape::Path { segments, origin, .. } => {
                overlap(super::bounds_of(segments, *origin), words.ink).then_some(ClashKind::Picture)
            }
        }
    }

    /// Whether a ground holds the words whole: one of the same fill, or one that was painted in between.
    fn is_held(&self, words: &Words<'_>, behind: usize, fill: Option<Colour>) -> bool {
        let shapes = self.page.fragments.iter().enumerate().take(words.order);
        shapes.filter(|(order, _)| *order != behind).any(|(order, fragment)| match &fragment.shape {
            Shape::Rectangle { rect, fill: other, .. } => {
                let ground = other.is_some() && (order > behind || *other == fill);
                ground && within(words.ink, *rect)
            }
            _ => false,
        })
    }
}

/// The ink of each glyph, from the page's corner.
fn glyph_boxes(fonts: &FontSet, line: &Line, origin: Point) -> Vec<Rect> {
    let mut boxes = Vec::new();
    for run in &line.runs {
        let face = fonts.face(run.face);
        let scale = run.size.0 / f32::from(face.units_per_em());
        let mut pen = 0;
        for glyph in &run.glyphs {
            if let Some(ink) = face.ink(glyph.id) {
                let at = |units: i32| Pt(units as f32 * scale);
                boxes.push(Rect {
                    x: origin.x + run.x + at(pen + glyph.x_offset + ink.left),
                    y: origin.y - at(glyph.y_offset + ink.top),
                    width: at(ink.right - ink.left),
                    height: at(ink.top - ink.bottom),
                });
            }
            pen += glyph.advance;
        }
    }
    boxes
}

fn around(boxes: &[Rect]) -> Option<Rect> {
    let mut boxes = boxes.iter();
    let first = *boxes.next()?;
    Some(boxes.fold(first, |all, one| {
        let (x, y) = (all.x.min(one.x), all.y.min(one.y));
        let (right, bottom) = (all.right().max(one.right()), all.bottom().max(one.bottom()));
        Rect { x, y, width: right - x, height: bottom - y }
    }))
}

fn overlap(one: Rect, other: Rect) -> bool {
    let across = one.right().min(other.right()) - one.x.max(other.x);
    let down = one.bottom().min(other.bottom()) - one.y.max(other.y);
    across > SLACK && down > SLACK
}

fn within(inner: Rect, outer: Rect) -> bool {
    inner.x >= outer.x - SLACK
        && inner.y >= outer.y - SLACK
        && inner.right() <= outer.right() + SLACK
        && inner.bottom() <= outer.bottom() + SLACK
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = crate::diagnostic::shown(&self.text);
        write!(f, "on page {}, \"{text}\" ", self.page)?;
        match &self.kind {
            ClashKind::Text(other) => write!(f, "is printed over \"{}\"", crate::diagnostic::shown(other)),
            ClashKind::Box => write!(f, "stands half in a box, half outside"),
            ClashKind::Hidden => write!(f, "is hidden behind a box"),
            ClashKind::Picture => write!(f, "is printed over a picture"),
            ClashKind::Line => write!(f, "is crossed by a line"),
            ClashKind::Margin => write!(f, "is outside of the margins"),
        }
    }
}
