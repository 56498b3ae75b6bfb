//! Posters and cards: the answer, all warnings and how to call, on one or two sides. Everything is measured at each type
//! size; the largest size at which it fits is chosen and placed once.
//!
//! Posters and cards show all three tiers in full. No sign is ever dropped for lack of space: a card with some of them reads
//! as if there were no others. Only the advice for single precautions, which the patients concerned have on their own
//! sheets, gives way to a line that points there. If the tiers do not fit at the smallest size, nothing is made.

mod card;
mod parts;
mod poster;
mod shown;
mod style;

use super::builder::Builder;
use super::clash::{Clash, clashes};
use super::mirror::mirror;
use super::paragraph::Setter;
use super::strip::{Strip, stack_height};
use super::{Fragment, Layout, LayoutError, Omitted, OutlineEntry, Page, Style};
use crate::brand::Brand;
use crate::document::Notice;
use crate::geometry::{Point, Pt};
use crate::options::NoticeShape;
use style::Choice;

/// Why a notice could not be laid out.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum NoticeError {
    #[error(transparent)]
    Layout(#[from] LayoutError),
    #[error("the {shape} is too full by {:.0} pt in its smallest type, and warnings never go", over.0)]
    TooFull { shape: NoticeShape, over: Pt },
    #[error("the {0} says \"Call us\" and has no number to call")]
    NoNumber(NoticeShape),
    #[error("{}", .0.iter().map(Clash::to_string).collect::<Vec<_>>().join("\n"))]
    Clashes(Vec<Clash>),
}

/// A side in the making: rows from its top, what stands at its foot, and what is painted under all of it.
#[derive(Debug, Default)]
struct Side {
    ground: Vec<Fragment>,
    rows: Vec<Strip>,
    foot: Strip,
    /// What stands beside the rows, and how wide it is.
    beside: Option<(Strip, Pt)>,
    /// How much more stands here than has room; what is left when it is negative.
    over: Pt,
}

impl Side {
    /// `closed`: the air between a tier's paragraphs may go, from the last box.
    fn new(style: &Style, mut rows: Vec<Strip>, foot: Strip, closed: bool) -> Side {
        let room = style.page.height - style.margin.top - style.margin.bottom;
        let mut over = stack_height(&rows) + style.gaps.heading.natural + foot.height - room;
        for row in rows.iter_mut().rev().filter(|_| closed) {
            if over <= Pt::ZERO {
                break;
            }
            over -= row.height;
            row.close();
            over += row.height;
        }
        Side { ground: Vec::new(), rows, foot, beside: None, over }
    }
}

/// A notice in one of its shapes.
///
/// # Errors
///
/// The warnings do not fit; words meet; a character that no font has.
pub fn notice(
    notice: &Notice,
    shape: NoticeShape,
    brand: &Brand,
    setter: &Setter,
) -> Result<Layout, NoticeError> {
    // Nobody writes a number on a picture.
    if shape.is_shown() && !notice.has_number {
        return Err(NoticeError::NoNumber(shape));
    }
    let mut least = Pt(f32::MAX);
    for choice in style::choices(shape) {
        let style = style::style(shape, choice, &brand.palette);
        let mut builder = Builder::new(&style, setter);
        let work = Work { notice, shape, brand, choice };
        let sides = match shape {
            NoticeShape::Card => work.card(&mut builder)?,
            NoticeShape::Screen => work.screen(&mut builder)?,
            NoticeShape::Slides | NoticeShape::Story => work.slides(&mut builder)?,
            _ => work.poster(&mut builder)?,
        };
        let over = sides.iter().map(|side| side.over).fold(Pt(f32::MIN), Pt::max);
        if over <= Pt::ZERO {
            return work.placed(builder, sides, setter);
        }
        least = least.min(over);
    }
    Err(NoticeError::TooFull { shape, over: least })
}

/// What is laid out, and how.
struct Work<'a> {
    notice: &'a Notice,
    shape: NoticeShape,
    brand: &'a Brand,
    choice: Choice,
}

impl Work<'_> {
    fn placed(
        &self,
        mut builder: Builder<'_>,
        sides: Vec<Side>,
        setter: &Setter,
    ) -> Result<Layout, NoticeError> {
        let (style, choice) = (builder.style, self.choice);
        let mut layout = Layout::default();
        let mut inside = style.inside_margins();
        for side in sides {
            let width = put_side(&mut builder, &mut layout, side);
            inside.width = width - style.margin.side * 2.0;
        }
        let mirrored = builder.is_right_to_left();
        layout.elements = builder.elements;
        let stands = [
            (choice.explained, "quick-answer/advice"),
            (choice.precautions, "precautions"),
            (self.notice.contact.len() <= choice.ways.saturating_add(1), "contact"),
        ];
        for (stands, id) in stands {
            if !stands {
                layout.omitted.push(Omitted { id: id.to_owned(), priority: 0 });
            }
        }
        if mirrored {
            mirror(&mut layout);
        }
        match clashes(&layout, setter.fonts(), inside, self.brand.palette.paper) {
            met if met.is_empty() => Ok(layout),
            met => Err(NoticeError::Clashes(met)),
        }
    }
}

/// A side on a page of its own; how wide the page is.
fn put_side(builder: &mut Builder<'_>, layout: &mut Layout, side: Side) -> Pt {
    let style = builder.style;
    let index = layout.pages.len();
    let mut size = style.page;
    let Point { mut x, mut y } = Point::new(style.margin.side, style.margin.top);
    layout.pages.push(Page { size, fragments: side.ground, ..Page::default() });
    if let Some((strip, width)) = side.beside {
        put(builder, layout, index, strip, Point::new(x, y));
        x += width;
        size.width += width;
    }
    for (row, strip) in side.rows.into_iter().enumerate() {
        y += if row == 0 { Pt::ZERO } else { strip.gap.natural };
        let height = strip.height;
        put(builder, layout, index, strip, Point::new(x, y));
        y += height;
    }
    let top = style.page.height - style.margin.bottom - side.foot.height;
    put(builder, layout, index, side.foot, Point::new(x, top));
    if let Some(page) = layout.pages.last_mut() {
        page.size = size;
    }
    size.width
}

fn put(builder: &mut Builder<'_>, layout: &mut Layout, page: usize, mut strip: Strip, at: Point) {
    strip.shift(at);
    for fragment in &strip.fragments {
        super::place::note_bounds(builder, fragment, page);
    }
    let entries = strip.outline.iter().map(|heading| OutlineEntry {
        level: heading.level,
        title: heading.title.clone(),
        page,
        y: heading.y,
        element: heading.element,
    });
    layout.outline.extend(entries);
    if let Some(page) = layout.pages.get_mut(page) {
        page.fragments.append(&mut strip.fragments);
        page.links.append(&mut strip.links);
    }
}
