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
/// A ground without an edge that differs from the paper by no more than this contrast may end behind words: it is as easy
/// to read on as paper is.
const WASH: f64 = 1.2;
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
    let look = |(index, page): (usize, &Page)| {
        let shapes = page.fragments.iter().enumerate();
        let drawn = shapes.filter_map(|(order, fragment)| Drawn::of(order, &fragment.shape, paper)).collect();
        Look { page, number: index + 1, fonts, inside, drawn }.found()
    };
    pages.flat_map(look).collect()
}

/// A line of text with its ink.
struct Words<'a> {
    /// In the order of painting.
    order: usize,
    line: &'a Line,
    origin: Point,
    ink: Rect,
}

/// What is drawn, with all that is asked of it for each line of text.
struct Drawn {
    /// In the order of painting.
    order: usize,
    bounds: Rect,
    kind: DrawnKind,
}

#[derive(Clone, Copy)]
enum DrawnKind {
    /// `is_seen`: by its edge, or by a ground that is no wash.
    Rectangle {
        fill: Option<Colour>,
        is_seen: bool,
    },
    HeavyRule,
    Picture,
}

impl Drawn {
    /// Nothing for words, and for hairlines, which stand behind them.
    fn of(order: usize, shape: &Shape, paper: Colour) -> Option<Drawn> {
        let (bounds, kind) = match shape {
            Shape::Line { .. } => return None,
            Shape::Rectangle { rect, fill, stroke, .. } => {
                let is_seen = stroke.is_some() || fill.is_some_and(|fill| fill.contrast(paper) > WASH);
                (*rect, DrawnKind::Rectangle { fill: *fill, is_seen })
            }
            Shape::Rule { pen, .. } if pen.width < HEAVY => return None,
            Shape::Rule { from, to, pen } => {
                let half = pen.width / 2.0;
                let rect = Rect {
                    x: from.x.min(to.x) - half,
                    y: from.y.min(to.y) - half,
                    width: (from.x.max(to.x) - from.x.min(to.x)) + pen.width,
                    height: (from.y.max(to.y) - from.y.min(to.y)) + pen.width,
                };
                (rect, DrawnKind::HeavyRule)
            }
            Shape::Picture { rect, .. } | Shape::Photo { rect, .. } => (*rect, DrawnKind::Picture),
            Shape::Path { segments, origin, .. } => (super::bounds_of(segments, *origin), DrawnKind::Picture),
        };
        Some(Drawn { order, bounds, kind })
    }
}

struct Look<'a> {
    page: &'a Page,
    number: usize,
    fonts: &'a FontSet,
    inside: Rect,
    drawn: Vec<Drawn>,
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
                    let ink = ink_of(self.fonts, line, *origin)?;
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
            if !within(text.ink, around_hooks(self.inside)) {
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
        let others: Vec<Rect> = glyph_boxes(self.fonts, other.line, other.origin).collect();
        let mut boxes = glyph_boxes(self.fonts, one.line, one.origin);
        boxes.any(|glyph| others.iter().any(|other| overlap(glyph, *other)))
    }

    fn shapes_that_meet<'w>(&'w self, words: &'w Words<'_>) -> impl Iterator<Item = ClashKind> + 'w {
        let near = self.drawn.iter().filter(|drawn| overlap(drawn.bounds, words.ink));
        near.filter_map(move |drawn| self.meets(words, drawn))
    }

    fn meets(&self, words: &Words<'_>, drawn: &Drawn) -> Option<ClashKind> {
        let is_held = |fill| self.is_held(words, drawn.order, fill);
        match drawn.kind {
            DrawnKind::Rectangle { fill, .. } if drawn.order > words.order => {
                fill.is_some().then_some(ClashKind::Hidden)
            }
            DrawnKind::Rectangle { fill, is_seen } => {
                let is_parted = is_seen && !within(words.ink, drawn.bounds);
                (is_parted && !is_held(fill)).then_some(ClashKind::Box)
            }
            DrawnKind::HeavyRule => {
                let is_behind = drawn.order < words.order && is_held(None);
                (!is_behind).then_some(ClashKind::Line)
            }
            DrawnKind::Picture => Some(ClashKind::Picture),
        }
    }

    /// Whether a ground holds the words whole: one of the same fill, or one that was painted in between.
    fn is_held(&self, words: &Words<'_>, behind: usize, fill: Option<Colour>) -> bool {
        let before = self.drawn.iter().take_while(|drawn| drawn.order < words.order);
        before.filter(|drawn| drawn.order != behind).any(|drawn| match drawn.kind {
            DrawnKind::Rectangle { fill: other, .. } => {
                let is_ground = other.is_some() && (drawn.order > behind || other == fill);
                is_ground && within(words.ink, drawn.bounds)
            }
            _ => false,
        })
    }
}

/// The ink of a line; nothing for one without any.
pub(super) fn ink_of(fonts: &FontSet, line: &Line, origin: Point) -> Option<Rect> {
    around(glyph_boxes(fonts, line, origin))
}

/// The ink of each glyph, from the page's corner.
fn glyph_boxes<'a>(fonts: &'a FontSet, line: &'a Line, origin: Point) -> impl Iterator<Item = Rect> + 'a {
    line.runs.iter().flat_map(move |run| {
        let face = fonts.face(run.face);
        let scale = run.size.0 / f32::from(face.units_per_em());
        let at = move |units: i32| Pt(units as f32 * scale);
        let mut pen = 0;
        run.glyphs.iter().filter_map(move |glyph| {
            let from = pen + glyph.x_offset;
            pen += glyph.advance;
            let ink = face.ink(glyph.id)?;
            Some(Rect {
                x: origin.x + run.x + at(from + ink.left),
                y: origin.y - at(glyph.y_offset + ink.top),
                width: at(ink.right - ink.left),
                height: at(ink.top - ink.bottom),
            })
        })
    })
}

fn around(mut boxes: impl Iterator<Item = Rect>) -> Option<Rect> {
    let first = boxes.next()?;
    Some(boxes.fold(first, |all, one| {
        let (x, y) = (all.x.min(one.x), all.y.min(one.y));
        let (right, bottom) = (all.right().max(one.right()), all.bottom().max(one.bottom()));
        Rect { x, y, width: right - x, height: bottom - y }
    }))
}

/// Letters as j and f hang over their place, at the edge of a margin too.
fn around_hooks(inside: Rect) -> Rect {
    const HOOK: Pt = Pt(1.5);
    Rect { x: inside.x - HOOK, width: inside.width + HOOK * 2.0, ..inside }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Inline;
    use crate::layout::paragraph::{Align, ParagraphStyle, Setter, Weight};
    use crate::layout::strip::decoration;
    use crate::layout::{Artifact, Fragment, Pen, Tag};
    use crate::text::samples::fonts;
    use std::sync::Arc;

    const PAPER: Colour = Colour::new(255, 255, 255);
    const DARK: Colour = Colour::new(10, 80, 90);

    fn words(text: &str, x: f32, y: f32) -> Fragment {
        let style = ParagraphStyle {
            size: Pt(12.0),
            leading: Pt(16.0),
            weight: Weight::Regular,
            strong: Weight::Bold,
            colour: Colour::new(0, 0, 0),
            link: Colour::new(0, 0, 0),
            align: Align::Start,
            indent: Pt::ZERO,
            even: false,
        };
        let text = [Inline::Text(text.to_owned())];
        let set = Setter::new(fonts()).set(&text, &style, Pt(900.0)).expect("glyphs");
        let (line, origin) = (set.lines[0].line.clone(), Point::new(Pt(x), Pt(y)));
        Fragment {
            tag: Tag::Artifact(Artifact::Decoration),
            shape: Shape::Line { line, origin, spans: Arc::from([]) },
        }
    }

    fn bar(x: f32, width: f32, fill: Option<Colour>) -> Fragment {
        let rect = Rect { x: Pt(x), y: Pt(85.0), width: Pt(width), height: Pt(20.0) };
        let stroke = fill.is_none().then_some(Pen { colour: DARK, width: Pt(1.0), dash: None, round: false });
        decoration(Shape::Rectangle { rect, radius: Pt::ZERO, fill, stroke })
    }

    fn found(fragments: Vec<Fragment>) -> Vec<ClashKind> {
        let page = Page { fragments, ..Page::default() };
        let layout = Layout { pages: vec![page], ..Layout::default() };
        let inside = Rect { x: Pt(36.0), y: Pt(36.0), width: Pt(540.0), height: Pt(720.0) };
        clashes(&layout, &fonts(), inside, PAPER).into_iter().map(|clash| clash.kind).collect()
    }

    #[test]
    fn words_on_words_are_found_and_words_below_them_are_not() {
        let on = found(vec![words("until Thursday", 50.0, 100.0), words("and until", 90.0, 103.0)]);
        assert_eq!(on, [ClashKind::Text("until Thursday".to_owned())]);
        assert_eq!(found(vec![words("gypsy until", 50.0, 100.0), words("Étude", 50.0, 116.0)]), []);
        assert_eq!(found(vec![words("until", 50.0, 100.0), words("until", 200.0, 100.0)]), []);
    }

    #[test]
    fn words_that_leave_their_bar_their_page_or_the_light_are_found() {
        assert_eq!(
            found(vec![bar(40.0, 60.0, Some(DARK)), words("until Thursday", 50.0, 100.0)]),
            [ClashKind::Box]
        );
        assert_eq!(
            found(vec![bar(40.0, 60.0, None), words("until Thursday", 50.0, 100.0)]),
            [ClashKind::Box]
        );
        assert_eq!(found(vec![bar(40.0, 200.0, Some(DARK)), words("until Thursday", 50.0, 100.0)]), []);
        assert_eq!(
            found(vec![words("until Thursday", 50.0, 100.0), bar(40.0, 200.0, Some(PAPER))]),
            [ClashKind::Hidden]
        );
        assert_eq!(found(vec![words("until Thursday", 540.0, 100.0)]), [ClashKind::Margin]);
        assert_eq!(found(vec![words("until Thursday", 50.0, 30.0)]), [ClashKind::Margin]);
    }

    #[test]
    fn words_run_from_paper_onto_a_wash_but_not_onto_a_tint_that_darkens_them() {
        let [wash, tint] = [Colour::new(238, 243, 244), Colour::new(190, 210, 214)];
        assert_eq!(found(vec![bar(40.0, 60.0, Some(wash)), words("until Thursday", 50.0, 100.0)]), []);
        let on_tint = found(vec![bar(40.0, 60.0, Some(tint)), words("until Thursday", 50.0, 100.0)]);
        assert_eq!(on_tint, [ClashKind::Box]);
    }

    #[test]
    fn a_heavy_line_through_words_is_found_but_not_behind_a_ground() {
        let line = |width: f32| {
            let pen = Pen { colour: DARK, width: Pt(width), dash: None, round: false };
            let (from, to) = (Point::new(Pt(70.0), Pt(80.0)), Point::new(Pt(70.0), Pt(120.0)));
            decoration(Shape::Rule { from, to, pen })
        };
        let text = || words("until Thursday", 50.0, 100.0);
        assert_eq!(found(vec![text(), line(3.0)]), [ClashKind::Line]);
        assert_eq!(found(vec![line(3.0), bar(40.0, 200.0, Some(PAPER)), text()]), []);
        assert_eq!(found(vec![line(1.0), text()]), []);
    }

    #[test]
    fn marks_heaped_on_a_letter_stay_beside_its_line() {
        for mark in ['\u{330}', '\u{301}', '\u{323}'] {
            let heap = format!("W{}", mark.to_string().repeat(79));
            let lines = [words("Gyp", 50.0, 84.0), words(&heap, 50.0, 100.0), words("HÉ", 50.0, 116.0)];
            assert_eq!(found(lines.into()), [], "{mark:?}");
        }
    }
}
