//! LAYOUT: a document becomes pages of placed fragments. After this stage everything has a place.
//!
//! Blocks become [`strip`]s, strips stack into columns and pages. The emergency signs stand on page 1 or there is no
//! layout, the other warnings behind them before anything else; what does not fit elsewhere gives way ([`fit`]) and is
//! named in [`Layout::omitted`].

mod aloud;
mod block;
mod boxes;
pub mod brochure;
mod builder;
mod cards;
pub mod clash;
mod columns;
mod contact;
mod dump;
mod fit;
mod fragment;
mod group;
mod marks;
mod masthead;
mod paginate;
mod pair;
pub mod paragraph;
mod running;
mod safety;
mod strip;
mod style;
mod table;
mod ticks;
mod timeline;

pub use fragment::*;
pub use style::{Margin, Panel, Style, paper_size};

use crate::brand::Brand;
use crate::document::{Document, Group, Segment};
use crate::geometry::{Point, Pt, Rect};
use builder::{Builder, with_gap};
use paginate::Paginator;
use paragraph::Setter;

/// Why a document could not be laid out.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum LayoutError {
    #[error(transparent)]
    Unset(#[from] crate::text::Unset),
    #[error("the emergency signs do not fit on page 1")]
    SafetyOffPage,
}

/// Lays a document out in a style: with more air where there is room for it, closer where there is none. Parts that
/// do not fit the style's sides of paper even so go: see [`fit`].
pub fn layout(
    document: &Document,
    style: &Style,
    brand: &Brand,
    setter: &Setter,
) -> Result<Layout, LayoutError> {
    let sheet = Sheet { document, brand, setter };
    let fill = |style: &Style| sheet.pages(document.body(), style, style.max_pages);
    if let Some(filled) = fill(style)? {
        let roomier = if filled.room < least_air(document, style) { None } else { fill(&style.airy())? };
        return Ok(roomier.unwrap_or(filled).layout);
    }
    let snug = style.snug();
    if let Some(filled) = fill(&snug)? {
        return Ok(filled.layout);
    }
    let close = style.close();
    match fill(&close)? {
        Some(filled) => Ok(filled.layout),
        None => sheet.fitted(&close),
    }
}

/// What [`Style::airy`] adds to a sheet at the least: on the sheets of the test suite four section gaps a group and
/// more. A sheet with less room than three need not be tried.
fn least_air(document: &Document, style: &Style) -> Pt {
    style.section_gap * 3.0 * document.body().len() as f32
}

/// Pages, and the room that is left on the last of them; endless, when there could be more pages.
struct Filled {
    layout: Layout,
    room: Pt,
}

/// How page 1 is packed, from the usual to what only a long name with every precaution asks for. No type of the body
/// or of the warnings ever gets smaller.
#[derive(Clone, Copy, Default)]
struct Packing {
    /// The title in the size of a heading.
    small_title: bool,
    /// The lesser tiers below each other, over the whole measure.
    stacked: bool,
    /// The timeline and the advice beside the quick answer follow the tiers.
    below: bool,
    /// What follows the emergency tier may go on at the top of side 2, under the heading again.
    runs_on: bool,
    /// Of what runs on, only the advice by precaution does: the lesser tiers stay on page 1.
    tiers_stay: bool,
    /// The quick answer follows the tiers too.
    answer_below: bool,
}

impl Packing {
    /// Each gives way further than the one before.
    fn all(document: &Document) -> [Packing; 8] {
        let usual = Packing { below: document.masthead().details_below, ..Packing::default() };
        let small_title = Packing { small_title: true, ..usual };
        let stacked = Packing { stacked: true, ..small_title };
        let beside = Packing { below: true, ..small_title };
        let below = Packing { below: true, ..stacked };
        let lines_run_on = Packing { runs_on: true, tiers_stay: true, ..beside };
        let runs_on = Packing { runs_on: true, ..below };
        let last = Packing { answer_below: true, ..runs_on };
        [usual, small_title, stacked, beside, below, lines_run_on, runs_on, last]
    }
}

/// What every attempt at a layout shares.
struct Sheet<'a> {
    document: &'a Document,
    brand: &'a Brand,
    setter: &'a Setter,
}

impl Sheet<'_> {
    /// Leaves parts out until the rest fits; when nothing more may go, it takes the pages that it needs.
    fn fitted(&self, style: &Style) -> Result<Layout, LayoutError> {
        let (document, candidates) = (self.document, fit::candidates(self.document));
        let within = |most: usize| {
            fit::leave_out(candidates.len(), |gone| {
                if !fit::is_guarded(document, &candidates, gone) {
                    return Ok(None);
                }
                self.pages(&fit::without(document.body(), &candidates, gone), style, most)
            })
        };
        let found = match within(style.max_pages)? {
            Some(found) => Some(found),
            None => {
                let bare = fit::without(document.body(), &candidates, &vec![true; candidates.len()]);
                let needed = self.pages(&bare, style, usize::MAX)?.map_or(0, |it| it.layout.pages.len());
                within(needed)?
            }
        };
        let Some((gone, filled)) = found else { return Ok(Layout::default()) };
        Ok(Layout { omitted: fit::told(document, candidates, &gone), ..filled.layout })
    }

    /// `None` when it takes more than `most` pages.
    fn pages(&self, body: &[Group], style: &Style, most: usize) -> Result<Option<Filled>, LayoutError> {
        let mut result = Err(LayoutError::SafetyOffPage);
        for packing in Packing::all(self.document) {
            result = self.packed(body, style, packing, most);
            if !matches!(result, Err(LayoutError::SafetyOffPage)) {
                break;
            }
        }
        result
    }

    fn packed(
        &self,
        body: &[Group],
        style: &Style,
        packing: Packing,
        most: usize,
    ) -> Result<Option<Filled>, LayoutError> {
        let (document, running) = (self.document, self.document.running());
        let longer = running::longer(&Builder::new(style, self.setter), style, running)?;
        let style = &longer.of(style);
        let mut builder = Builder::new(style, self.setter);
        builder.within(most);
        let letterhead = running::letterhead(&mut builder, style, self.brand, running)?;
        let mut paginator = Paginator::new(style, most);
        self.first_page(style, packing, &mut builder, &mut paginator)?;
        for group in body {
            let flows = builder.group(group)?;
            if builder.is_over() {
                return Ok(None);
            }
            for flow in flows {
                paginator.space(builder.section_gap());
                paginator.flow(&mut builder, flow);
            }
            if paginator.is_over() {
                return Ok(None);
            }
        }
        let room = paginator.room();
        let mut pages = std::mem::take(&mut paginator.pages);
        let room = if pages.len() < most { Pt(f32::MAX) } else { room };
        running::run(&mut builder, style, document.running(), letterhead, &mut pages)?;
        let outline = paginator.outline;
        let layout = Layout { pages, elements: builder.elements, outline, ..Layout::default() };
        Ok(Some(Filled { layout, room }))
    }

    /// Title, quick answer, timeline and safety tiers.
    fn first_page(
        &self,
        style: &Style,
        packing: Packing,
        builder: &mut Builder<'_>,
        paginator: &mut Paginator<'_>,
    ) -> Result<(), LayoutError> {
        let (masthead, safety, gap) = (self.document.masthead(), self.document.safety(), style.grid);
        let mut top = builder.title_block(masthead, packing.small_title)?;
        if !packing.answer_below {
            top.extend(with_gap(builder.quick_answer(&masthead.quick, !packing.below)?, gap));
        }
        if !packing.below {
            top.extend(with_gap(builder.timeline(&masthead.timeline)?, gap));
        }
        let mut warnings = builder.safety(safety, packing.stacked)?;
        warnings.first = with_gap(warnings.first, gap);
        top.append(&mut warnings.first);
        let staying = match packing {
            Packing { runs_on: false, .. } => warnings.rest.len(),
            Packing { tiers_stay: true, .. } => {
                warnings.rest.len().saturating_sub(safety.precautions().len())
            }
            _ => 0,
        };
        top.extend(warnings.rest.drain(..staying));
        paginator.first_page(builder, top)?;
        if packing.runs_on {
            let again = builder.repeated_heading(safety)?;
            paginator.run_on(builder, warnings.rest, again);
        }
        if packing.answer_below {
            let answer = with_gap(builder.quick_answer(&masthead.quick, false)?, gap);
            paginator.flow(builder, group::Flow::Stack(answer));
        }
        if packing.below {
            let advice = builder.blocks(&masthead.quick.blocks, style.measure(), builder::ROOT)?;
            paginator.flow(builder, group::Flow::Stack(with_gap(advice, gap)));
            let timeline = with_gap(builder.timeline(&masthead.timeline)?, gap);
            paginator.flow(builder, group::Flow::Stack(timeline));
        }
        Ok(())
    }
}

/// The box around segments, curve handles included.
fn bounds_of(segments: &[Segment], origin: Point) -> Rect {
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
