//! LAYOUT: a document becomes pages of placed fragments. After this stage everything has a place.
//!
//! Blocks become [`strip`]s, strips stack into columns and pages. The safety tiers stand on page 1 or there is no
//! layout; what does not fit elsewhere goes by declared priority and is named in [`Layout::omitted`].

mod aloud;
mod block;
mod boxes;
pub mod brochure;
mod builder;
mod cards;
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
    MissingGlyph(#[from] crate::text::MissingGlyph),
    #[error("the safety tiers do not fit on page 1")]
    SafetyOffPage,
}

/// Lays a document out in a style: with more air where there is room for it, closer where there is none. Parts that
/// do not fit the style's sides of paper even so go, lowest priority first.
pub fn layout(
    document: &Document,
    style: &Style,
    brand: &Brand,
    setter: &Setter,
) -> Result<Layout, LayoutError> {
    let fill = |style: &Style| pages(document, document.body(), style, style.max_pages, brand, setter);
    if let Ok(Some(filled)) = fill(style) {
        let roomier = if filled.room < least_air(document, style) { None } else { fill(&style.airy())? };
        return Ok(roomier.unwrap_or(filled).layout);
    }
    let snug = style.snug();
    match fill(&snug)? {
        Some(filled) => Ok(filled.layout),
        None => fitted(document, &snug, brand, setter),
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

/// Leaves parts out until the rest fits; when nothing more may go, it takes the pages that it needs.
fn fitted(document: &Document, style: &Style, brand: &Brand, setter: &Setter) -> Result<Layout, LayoutError> {
    let mut omitted = Vec::new();
    for part in fit::candidates(document) {
        if part.id.split_once('/').is_some_and(|(section, _)| is_gone(&omitted, section)) {
            continue;
        }
        omitted.push(part);
        let body = fit::without(document.body(), &omitted);
        if let Some(filled) = pages(document, &body, style, style.max_pages, brand, setter)? {
            return Ok(Layout { omitted, ..filled.layout });
        }
    }
    let body = fit::without(document.body(), &omitted);
    let filled = pages(document, &body, style, usize::MAX, brand, setter)?;
    Ok(Layout { omitted, ..filled.map(|filled| filled.layout).unwrap_or_default() })
}

fn is_gone(omitted: &[Omitted], id: &str) -> bool {
    omitted.iter().any(|part| part.id == id)
}

/// How page 1 is packed, from roomy to tight, until the safety tiers stand on it.
#[derive(Clone, Copy)]
struct Packing {
    /// The timeline and the advice beside the quick answer follow the tiers.
    below: bool,
    /// Share of the edition's type sizes.
    scale: f32,
}

/// Shares of an edition's type, from full to small.
const SCALES: [f32; 7] = [1.0, 0.95, 0.89, 0.84, 0.78, 0.72, 0.67];

/// Every sheet must be made, whatever was chosen: where all precautions meet a long name, the order gives way
/// first, then the type of page 1, in large print down to the standard edition's 12 pt, else to 10.5 pt.
fn packings(document: &Document, style: &Style) -> Vec<Packing> {
    let above = (!document.masthead().details_below).then_some(Packing { below: false, scale: 1.0 });
    let scales = SCALES.into_iter().filter(|scale| *scale >= style.tightest);
    above.into_iter().chain(scales.map(|scale| Packing { below: true, scale })).collect()
}

/// `None` when it takes more than `most` pages.
fn pages(
    document: &Document,
    body: &[Group],
    style: &Style,
    most: usize,
    brand: &Brand,
    setter: &Setter,
) -> Result<Option<Filled>, LayoutError> {
    let mut result = Err(LayoutError::SafetyOffPage);
    for packing in packings(document, style) {
        result = packed(document, body, style, packing, most, brand, setter);
        if !matches!(result, Err(LayoutError::SafetyOffPage)) {
            break;
        }
    }
    result
}

fn packed(
    document: &Document,
    body: &[Group],
    style: &Style,
    packing: Packing,
    most: usize,
    brand: &Brand,
    setter: &Setter,
) -> Result<Option<Filled>, LayoutError> {
    let mut builder = Builder::new(style, setter);
    let mut paginator = Paginator::new(style, most);
    let letterhead = running::letterhead(&mut builder, style, brand, document.running())?;
    first_page(document, style, packing, &mut builder, &mut paginator)?;
    for group in body {
        for flow in builder.group(group)? {
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
    document: &Document,
    style: &Style,
    packing: Packing,
    builder: &mut Builder<'_>,
    paginator: &mut Paginator<'_>,
) -> Result<(), LayoutError> {
    let (masthead, gap) = (document.masthead(), style.grid);
    let scaled = style.scaled(packing.scale);
    let top = builder.with_style(&scaled, |builder| -> Result<Vec<strip::Strip>, LayoutError> {
        let mut top = builder.title_block(masthead)?;
        top.extend(with_gap(builder.quick_answer(&masthead.quick, !packing.below)?, gap));
        if !packing.below {
            top.extend(with_gap(builder.timeline(&masthead.timeline)?, gap));
        }
        top.extend(with_gap(builder.safety(document.safety())?, gap));
        Ok(top)
    })?;
    paginator.first_page(builder, top)?;
    if packing.below {
        let advice = builder.blocks(&masthead.quick.blocks, style.measure(), builder::ROOT)?;
        paginator.flow(builder, group::Flow::Stack(with_gap(advice, gap)));
        let timeline = with_gap(builder.timeline(&masthead.timeline)?, gap);
        paginator.flow(builder, group::Flow::Stack(timeline));
    }
    Ok(())
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
