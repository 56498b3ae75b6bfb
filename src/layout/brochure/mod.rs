//! A brochure becomes two sides of a folded sheet. What it says stands in [`Brochure`]; this gives every panel its place.
//! The order of reading is not that of the pages: see [`Layout::by_element`].

mod deal;
mod fit;
mod marks;
mod panel;
mod proof;
pub mod safe_zone;
mod sheet;
mod slug;
mod style;
mod timeline;

pub use proof::dummy;
pub use sheet::{PanelPlace, Sheet};
pub use slug::slug;

use super::builder::Builder;
use super::clash::{Clash, clashes};
use super::fit::leave_out;
use super::mirror::mirror;
use super::paragraph::Setter;
use super::strip::{Strip, decoration, stack_height};
use super::{Fragment, Layout, LayoutError, Omitted, OutlineEntry, Page, Shape, Style, Tag};
use crate::brand::Brand;
use crate::document::{Brochure, Panel, Part, Place};
use crate::geometry::{Point, Pt, Rect};
use crate::options::Purpose;
use safe_zone::TooNear;
use style::{Air, SMALLEST, Setting, TOP, style};

/// Why a brochure could not be laid out.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum BrochureError {
    #[error(transparent)]
    Layout(#[from] LayoutError),
    #[error("the {panel} panel is too full by {:.0} pt, and what is left of it never goes", over.0)]
    TooFull { panel: Place, over: Pt },
    #[error("{}", .0.iter().map(TooNear::to_string).collect::<Vec<_>>().join("\n"))]
    TooNear(Vec<TooNear>),
    #[error("{}", .0.iter().map(Clash::to_string).collect::<Vec<_>>().join("\n"))]
    Clashes(Vec<Clash>),
}

/// Both sides, outside first.
///
/// # Errors
///
/// What never goes does not fit its panel; text too near a fold or the trim, or on other text.
pub fn brochure(
    brochure: &Brochure,
    sheet: &Sheet,
    brand: &Brand,
    setter: &Setter,
) -> Result<Layout, BrochureError> {
    let base = Style::typeset(&super::style::STANDARD, &brand.palette).taller(setter.line_height());
    let mut work = Work { brochure, sheet, brand, body: SMALLEST, layout: Layout::default() };
    work.layout.by_element = true;
    work.layout.pages = vec![work.page(), work.page()];
    work.grounds();
    let mut builder = Builder::new(&base, setter);
    let panels = work.dealt(&mut builder)?;
    work.cover(&mut builder)?;
    for panel in &panels {
        work.panel(&mut builder, panel)?;
    }
    let mirrored = builder.is_right_to_left();
    work.layout.elements = builder.elements;
    if sheet.purpose == Purpose::Office {
        marks::fold_marks(&mut work.layout, sheet, brand.palette.muted);
    } else {
        // Paper has no links, and PDF/X no annotations where it prints (ISO 15930-7, 6.17).
        work.layout.pages.iter_mut().for_each(|page| page.links.clear());
    }
    let mut layout = work.layout;
    let near = safe_zone::too_near(&layout, sheet);
    if !near.is_empty() {
        return Err(BrochureError::TooNear(near));
    }
    // The sheet of a language from right to left folds the other way: its cover is at the left.
    if mirrored {
        mirror(&mut layout);
    }
    let whole = Rect { width: sheet.size.width, height: sheet.size.height, ..Rect::default() };
    match clashes(&layout, setter.fonts(), whole, brand.palette.paper) {
        met if met.is_empty() => Ok(layout),
        met => Err(BrochureError::Clashes(met)),
    }
}

struct Work<'a> {
    brochure: &'a Brochure,
    sheet: &'a Sheet,
    brand: &'a Brand,
    /// Type and leading of the body, on all panels.
    body: (f32, f32),
    layout: Layout,
}

/// A panel's parts that fit, and what went.
struct Fitted {
    style: Style,
    strips: Vec<Strip>,
    foot: Option<Strip>,
    omitted: Vec<Omitted>,
}

impl Work<'_> {
    fn setting(&self, air: Air) -> Setting {
        Setting { body: self.body, air }
    }

    fn page(&self) -> Page {
        Page { size: self.sheet.size, ..Page::default() }
    }

    /// The cover in the brand's colour, the flap in its tint.
    fn grounds(&mut self) {
        let palette = &self.brand.palette;
        for (place, colour) in [(Place::Cover, palette.brand), (Place::Flap, palette.tint)] {
            let Some((side, rect)) = self.sheet.panel(place) else { continue };
            let rect = self.sheet.ground(place, rect);
            let ground = Shape::Rectangle { rect, radius: Pt::ZERO, fill: Some(colour), stroke: None };
            self.layout.pages[side].fragments.push(decoration(ground));
        }
    }

    fn cover(&mut self, builder: &mut Builder<'_>) -> Result<(), BrochureError> {
        let Some((side, rect)) = self.sheet.panel(Place::Cover) else { return Ok(()) };
        let style = style(self.sheet, Place::Cover, rect, &self.brand.palette, self.setting(Air::Even));
        let style = style.taller(builder.line_height()).reversed();
        let x = rect.x + self.sheet.off_centre(Place::Cover);
        let ground = self.sheet.ground(Place::Cover, rect);
        let ground = Rect { x: ground.x - x, y: ground.y - rect.y, ..ground };
        let cover = self.brochure.cover();
        let exact = self.sheet.purpose == Purpose::Press;
        let cover =
            builder.with_style(&style, |builder| builder.cover(cover, self.brand, (ground, exact)))?;
        if cover.height > rect.height {
            return Err(BrochureError::TooFull { panel: Place::Cover, over: cover.height - rect.height });
        }
        let shows =
            |fragment: &Fragment| matches!(fragment.shape, Shape::Picture { .. } | Shape::Photo { .. });
        let is_shown = cover.fragments.iter().any(|one| shows(one) && matches!(one.tag, Tag::Element(_)));
        if self.brochure.cover().picture.is_some() && !is_shown {
            self.layout.omitted.push(Omitted { id: "cover".to_owned(), priority: 0 });
        }
        self.place(builder, side, cover, Point::new(x, rect.y));
        Ok(())
    }

    fn panel(&mut self, builder: &mut Builder<'_>, panel: &Panel) -> Result<(), BrochureError> {
        let Some((side, rect)) = self.sheet.panel(panel.place) else { return Ok(()) };
        let Fitted { style, strips, foot, omitted } = self.fitted(builder, panel, rect)?;
        self.layout.omitted.extend(omitted);
        let foot_height = foot.as_ref().map_or(Pt::ZERO, |foot| foot.height + style.gaps.heading.natural);
        // Closer set, it still begins level with its neighbours where there is room.
        let spare = (style.room() - stack_height(&strips) - foot_height).max(Pt::ZERO);
        let top = TOP.min(style.margin.top + spare).max(style.margin.top);
        let x = rect.x + style.margin.side + self.sheet.off_centre(panel.place);
        let mut y = top;
        for strip in strips {
            y += strip.gap.natural;
            let height = strip.height;
            self.place(builder, side, strip, Point::new(x, y));
            y += height;
        }
        if let Some(foot) = foot {
            let y = rect.height - style.margin.bottom - foot.height;
            self.place(builder, side, foot, Point::new(x, y));
        }
        Ok(())
    }

    /// With air if it fits so, else closer, else without the parts of the lowest priority.
    fn fitted(&self, builder: &mut Builder<'_>, panel: &Panel, rect: Rect) -> Result<Fitted, BrochureError> {
        // A line for the next visit costs no panel its type, its leading or a part.
        if panel.place == Place::Back {
            for air in [Air::Airy, Air::Even, Air::Snug] {
                if let Ok(fitted) = self.attempt(builder, panel, rect, (air, true), &[])? {
                    return Ok(fitted);
                }
            }
        }
        for air in Air::ALL {
            if let Ok(fitted) = self.attempt(builder, panel, rect, (air, false), &[])? {
                return Ok(fitted);
            }
        }
        let candidates = fit::candidates(&panel.parts);
        let mut over = Pt::ZERO;
        let found = leave_out(candidates.len(), |gone| {
            let omitted = fit::gone(&candidates, gone);
            // Where a part went, the others may stand with more air.
            for air in Air::ALL {
                match self.attempt(builder, panel, rect, (air, false), &omitted)? {
                    Ok(fitted) => return Ok(Some(fitted)),
                    Err(short) => over = short,
                }
            }
            Ok::<_, BrochureError>(None)
        })?;
        if let Some((gone, fitted)) = found {
            return Ok(Fitted { omitted: fit::gone(&candidates, &gone), ..fitted });
        }
        Err(BrochureError::TooFull { panel: panel.place, over })
    }

    /// The panel without some parts, with a line for the next visit or without; how much it is over when it does not fit.
    fn attempt(
        &self,
        builder: &mut Builder<'_>,
        panel: &Panel,
        rect: Rect,
        (air, visit): (Air, bool),
        omitted: &[Omitted],
    ) -> Result<Result<Fitted, Pt>, BrochureError> {
        let mark = builder.elements.len();
        let mut style = style(self.sheet, panel.place, rect, &self.brand.palette, self.setting(air))
            .taller(builder.line_height());
        if panel.place == Place::Flap {
            style = style.on_tint();
        }
        let parts: Vec<Part> = fit::without(&panel.parts, omitted);
        builder.within_height(style.page.height);
        let (strips, foot) = builder.with_style(&style, |builder| {
            let strips = builder.parts(self.brochure, &parts)?;
            let pictograms = parts.iter().find_map(|part| match part {
                Part::Pictograms(row) => Some(row),
                _ => None,
            });
            let foot = match (panel.place, pictograms) {
                (Place::Back, _) => Some(builder.imprint(self.brochure.imprint(), self.brand, visit)?),
                (_, Some(row)) => Some(builder.pictograms(row)?),
                _ => None,
            };
            Ok::<_, LayoutError>((strips, foot))
        })?;
        let foot_height = foot.as_ref().map_or(Pt::ZERO, |foot| foot.height + style.gaps.heading.natural);
        let over = stack_height(&strips) + foot_height - style.room();
        if builder.is_over() || over > Pt::ZERO {
            builder.elements.truncate(mark);
            return Ok(Err(over));
        }
        Ok(Ok(Fitted { style, strips, foot, omitted: Vec::new() }))
    }

    fn place(&mut self, builder: &mut Builder<'_>, side: usize, mut strip: Strip, at: Point) {
        strip.shift(at);
        for fragment in &strip.fragments {
            super::place::note_bounds(builder, fragment, side);
        }
        let entries = strip.outline.iter().map(|heading| OutlineEntry {
            level: heading.level,
            title: heading.title.clone(),
            page: side,
            y: heading.y,
            element: heading.element,
        });
        self.layout.outline.extend(entries);
        if let Some(page) = self.layout.pages.get_mut(side) {
            page.fragments.append(&mut strip.fragments);
            page.links.append(&mut strip.links);
        }
    }
}
