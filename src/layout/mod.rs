//! LAYOUT: a document becomes pages of placed fragments. After this stage everything has a position.
//!
//! Blocks become [`strip`]s with [`glue`] between them, strips become the rows of a [`plan`], and rows fill the [`sides`]
//! of a sheet. The emergency signs stand on page 1, or there is no layout; the other warnings follow right behind them.
//! Whatever else does not fit gives way ([`fit`]) and is listed in [`Layout::omitted`].

mod aloud;
mod block;
mod boxes;
pub mod brochure;
mod builder;
mod cards;
pub mod clash;
mod columns;
mod contact;
mod days;
mod dump;
mod first_page;
mod fit;
mod fragment;
mod glue;
mod group;
mod logo;
mod marks;
mod masthead;
mod mirror;
pub mod notice;
mod order;
mod packing;
mod pair;
pub mod paragraph;
mod place;
mod plan;
mod running;
mod safety;
mod sides;
mod strip;
mod style;
mod table;
mod ticks;
mod timeline;

pub use fragment::*;
pub use glue::Glue;
pub use logo::logo_size;
pub use mirror::mirror_shape;
pub use style::{Gaps, Margin, Panel, Style, paper_size};

use crate::brand::Brand;
use crate::document::{Document, Segment};
use crate::geometry::{Point, Pt, Rect};
use builder::Builder;
use paragraph::Setter;
use plan::{Plan, Row};
use std::collections::BTreeSet;

/// Why a document could not be laid out.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum LayoutError {
    #[error(transparent)]
    Unset(#[from] crate::text::Unset),
    #[error("the emergency signs do not fit on page 1")]
    SafetyOffPage,
}

/// Lays a document out in a style. All its parts are measured once; then rows, breaks and gaps are chosen, and what was
/// chosen is placed. Parts that do not fit the style's sides of paper even with the least gaps go: see [`fit`].
pub fn layout(
    document: &Document,
    style: &Style,
    brand: &Brand,
    setter: &Setter,
) -> Result<Layout, LayoutError> {
    let style = &style.taller(setter.line_height());
    let style = &running::with_room(&Builder::new(style, setter), style, document.running())?;
    let laid_out = laid_out(document, style, brand, setter)?;
    if laid_out.free_by_figures <= style.page.height * ROOMY || !laid_out.layout.omitted.is_empty() {
        return Ok(laid_out.layout);
    }
    // Empty paper helps nobody; larger figures do.
    let larger = Style { figure: style.figure * LARGER, ..style.clone() };
    let other = self::laid_out(document, &larger, brand, setter)?.layout;
    let as_good = other.omitted.is_empty() && other.pages.len() == laid_out.layout.pages.len();
    Ok(if as_good { other } else { laid_out.layout })
}

/// The part of a side that is free where figures grow, and by how much they do.
const ROOMY: f32 = 0.25;
const LARGER: f32 = 1.36;

/// A layout, and how much is free at the foot of a side with figures.
struct LaidOut {
    layout: Layout,
    free_by_figures: Pt,
}

fn laid_out(
    document: &Document,
    style: &Style,
    brand: &Brand,
    setter: &Setter,
) -> Result<LaidOut, LayoutError> {
    let mut builder = Builder::new(style, setter);
    let mut first = first_page::FirstPage::new(&mut builder, document, brand)?;
    let mut plan = std::mem::take(&mut first.plan);
    builder.plan_body(document.body(), &mut plan)?;
    let top = first.top(&mut builder, &mut plan)?;
    let mut sheet = Sheet { document, style, builder, plan, top };
    let left_out = sheet.left_out()?;
    sheet.placed(left_out)
}

/// What goes, how that is told, and on how many sides the rest stands.
#[derive(Default)]
struct LeftOut {
    ids: BTreeSet<String>,
    told: Vec<Omitted>,
    most: usize,
}

/// A sheet that is measured.
struct Sheet<'a> {
    document: &'a Document,
    style: &'a Style,
    builder: Builder<'a>,
    plan: Plan<'a>,
    top: first_page::Top,
}

impl Sheet<'_> {
    /// Height of a side, by its number from 0.
    fn room(&self, side: usize) -> Pt {
        let margin = &self.style.margin;
        self.style.page.height - margin.bottom - margin.foot - self.from(side)
    }

    /// Where its rows begin.
    fn from(&self, side: usize) -> Pt {
        let margin = &self.style.margin;
        margin.top + if running::begins_sheet(side) { margin.head } else { Pt::ZERO }
    }

    fn rows(&mut self, gone: &BTreeSet<&str>) -> Result<Vec<Row>, LayoutError> {
        while let Some((alone, place)) = self.plan.alone(gone) {
            let strip = self.builder.alone(alone)?;
            self.plan.set_alone(place, strip);
        }
        let mut rows = self.top.rows.clone();
        rows.extend(self.plan.rows(gone));
        Ok(rows)
    }

    /// The rows, if they fit so many sides. Before any part goes, the air between the paragraphs of a box does.
    fn arranged(&mut self, gone: &BTreeSet<&str>, most: usize) -> Result<Option<Vec<Row>>, LayoutError> {
        let rows = self.rows(gone)?;
        if let Some(rows) = self.ordered(&rows, most) {
            return Ok(Some(rows));
        }
        let closed: Vec<Row> = rows.into_iter().map(|row| Row { closes: true, ..row }).collect();
        Ok(self.ordered(&closed, most))
    }

    /// In their own order, or in one that leaves less of the sides empty.
    fn ordered(&self, rows: &[Row], most: usize) -> Option<Vec<Row>> {
        let items = self.plan.items(rows);
        let room = |side| self.room(side);
        if sides::fit(&items, &room, most) {
            return Some(rows.to_vec());
        }
        let parts: Vec<order::Of> = rows.iter().map(|row| row.of).collect();
        let order = order::filled(&items, &parts, self.top.warned, &room);
        if order.is_sorted() {
            return None;
        }
        let items: Vec<_> = order.iter().map(|index| items[*index]).collect();
        let is_better = sides::fit(&items, &room, most);
        is_better.then(|| order.into_iter().map(|index| rows[index].clone()).collect())
    }

    fn fits(&mut self, gone: &BTreeSet<&str>, most: usize) -> Result<bool, LayoutError> {
        Ok(self.arranged(gone, most)?.is_some())
    }

    /// What goes so that the rest fits; when nothing more may go, it takes the sides that it needs.
    fn left_out(&mut self) -> Result<LeftOut, LayoutError> {
        let most = self.style.max_pages;
        if self.fits(&BTreeSet::new(), most)? {
            return Ok(LeftOut { most, ..LeftOut::default() });
        }
        let document = self.document;
        let candidates = fit::candidates(document);
        let ids = |gone: &[bool]| -> BTreeSet<&str> {
            candidates.iter().zip(gone).filter(|(_, gone)| **gone).map(|(part, _)| part.id.as_str()).collect()
        };
        let within = |sheet: &mut Self, most: usize| {
            let attempt = |gone: &[bool]| {
                let stands = fit::is_guarded(document, &candidates, gone) && sheet.fits(&ids(gone), most)?;
                Ok::<_, LayoutError>(stands.then_some(()))
            };
            fit::leave_out(candidates.len(), attempt)
        };
        let (mut found, mut most) = (within(self, most)?, most);
        if found.is_none() {
            let bare = self.rows(&ids(&vec![true; candidates.len()]))?;
            let sides = sides::sides(&self.plan.items(&bare), &|side| self.room(side), usize::MAX);
            most = sides.map_or(0, |sides| sides.len());
            found = within(self, most)?;
        }
        let Some((gone, ())) = found else { return Ok(LeftOut::default()) };
        let ids = ids(&gone).into_iter().map(str::to_owned).collect();
        Ok(LeftOut { ids, told: fit::told(document, candidates, &gone), most })
    }

    /// Chooses breaks and gaps, and gives every row its place.
    fn placed(mut self, LeftOut { ids, told: omitted, most }: LeftOut) -> Result<LaidOut, LayoutError> {
        let gone = ids.iter().map(String::as_str).collect();
        let rows = match self.arranged(&gone, most)? {
            Some(rows) => rows,
            None => self.rows(&gone)?,
        };
        let sides = sides::sides(&self.plan.items(&rows), &|side| self.room(side), usize::MAX);
        let sides = sides.unwrap_or_default();
        if sides.first().is_none_or(|side| side.rows.end < self.top.must) {
            return Err(LayoutError::SafetyOffPage);
        }
        let froms: Vec<Pt> = (0..sides.len()).map(|side| self.from(side)).collect();
        let Sheet { document, style, mut builder, mut plan, .. } = self;
        let mut pages = place::Pages::new(&mut builder, style);
        for (side, from) in sides.into_iter().zip(froms) {
            pages.side(&mut plan, &rows[side.rows.clone()], &side.sizes, from);
        }
        let place::Placed { mut pages, outline, ends } = pages.done();
        let foot = style.page.height - style.margin.bottom - style.margin.foot;
        let figured = pages.iter().zip(&ends).filter(|(page, _)| page.fragments.iter().any(is_figure));
        let free_by_figures = figured.map(|(_, end)| foot - *end).fold(Pt::ZERO, Pt::max);
        running::run(&mut builder, style, document.running(), &mut pages)?;
        let mut layout = Layout { pages, outline, omitted, ..Layout::default() };
        let mirrored = builder.is_right_to_left();
        layout.elements = builder.elements;
        if mirrored {
            mirror::mirror(&mut layout);
        }
        Ok(LaidOut { layout, free_by_figures })
    }
}

fn is_figure(fragment: &Fragment) -> bool {
    matches!((&fragment.tag, &fragment.shape), (Tag::Element(_), Shape::Picture { .. }))
}

/// The box around segments, curve handles included.
pub(crate) fn bounds_of(segments: &[Segment], origin: Point) -> Rect {
    let (mut left, mut top, mut right, mut bottom) = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
    let mut take = |x: f32, y: f32| {
        (left, right) = (left.min(x), right.max(x));
        (top, bottom) = (top.min(y), bottom.max(y));
    };
    for segment in segments {
        match *segment {
            Segment::MoveTo(x, y) | Segment::LineTo(x, y) => take(x, y),
            Segment::CurveTo(a, b, c, d, x, y) => {
                take(a, b);
                take(c, d);
                take(x, y);
            }
            Segment::Close => {}
        }
    }
    if left > right {
        return Rect::default();
    }
    Rect { x: origin.x + Pt(left), y: origin.y + Pt(top), width: Pt(right - left), height: Pt(bottom - top) }
}
