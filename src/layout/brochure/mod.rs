//! A brochure becomes two sides of a folded sheet. What it says stands in [`Brochure`]; this gives every panel its place.
//! The order of reading is not that of the pages: see [`Layout::by_element`].

mod deal;
mod fit;
mod heights;
mod marks;
mod panel;
mod piece;
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
use super::clash::{Clash, ClashKind, clashes};
use super::mirror::mirror;
use super::paragraph::Setter;
use super::strip::{Strip, decoration, stack_height};
use super::{Fragment, Layout, LayoutError, Omitted, OutlineEntry, Page, Shape, Style, Tag};
use crate::brand::Brand;
use crate::document::{Brochure, Panel, Part, Place};
use crate::geometry::{Point, Pt, Rect};
use crate::options::Purpose;
use safe_zone::TooNear;
use style::{Air, SMALLEST, SPREADS, Setting, TOGETHER, TYPES, style, top};

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
    let is_line_on_line = |met: &[Clash]| met.iter().all(|clash| matches!(clash.kind, ClashKind::Text(_)));
    match set_out((brochure, sheet, brand), setter, &TYPES) {
        // Lines that are close may meet where a mark under one letter stands above another with one: the others have room.
        Err(BrochureError::Clashes(met)) if is_line_on_line(&met) => {
            let airiest = TYPES.get(..1).unwrap_or_default();
            set_out((brochure, sheet, brand), setter, airiest).map_err(|_| BrochureError::Clashes(met))
        }
        made => made,
    }
}

/// In the first of the types that has room.
fn set_out(
    (brochure, sheet, brand): (&Brochure, &Sheet, &Brand),
    setter: &Setter,
    types: &[(f32, f32)],
) -> Result<Layout, BrochureError> {
    let base = Style::typeset(&super::style::STANDARD, &brand.palette).taller(setter.line_height());
    let mut work =
        Work { brochure, sheet, brand, types, body: SMALLEST, visit: true, layout: Layout::default() };
    work.layout.by_element = true;
    work.layout.pages = vec![work.page(), work.page()];
    work.grounds();
    let mut builder = Builder::new(&base, setter);
    let dealt = work.dealt(&mut builder)?;
    work.layout.omitted.extend(dealt.omitted);
    work.cover(&mut builder)?;
    let is_raised = dealt.panels.iter().any(|(_, air)| air.is_tight());
    for (panel, air) in &dealt.panels {
        work.panel(&mut builder, panel, (*air, is_raised))?;
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
    /// Those of [`TYPES`] that may be taken.
    types: &'a [(f32, f32)],
    /// Type and leading of the body, on all panels.
    body: (f32, f32),
    /// Whether the back has a line for the next visit.
    visit: bool,
    layout: Layout,
}

/// Parts in the style of a panel, and what stands at its foot.
struct Set {
    style: Style,
    strips: Vec<Strip>,
    foot: Option<Strip>,
}

impl Set {
    /// Whether the panel holds it.
    fn has_room(&self) -> bool {
        let parts = stack_height(&self.strips);
        let foot = self.foot.as_ref().map_or(Pt::ZERO, |foot| foot.height + self.style.gaps.heading.natural);
        parts + foot <= self.style.room()
    }
}

impl Work<'_> {
    /// How a panel is set; in scripts with tall letters on a grid that is as much larger.
    fn style(&self, builder: &Builder<'_>, (place, rect): (Place, Rect), (air, spread): (Air, f32)) -> Style {
        let (size, leading) = self.body;
        let setting = Setting { body: (size, leading * builder.line_height()), air, spread };
        style(self.sheet, place, rect, &self.brand.palette, setting)
    }

    fn page(&self) -> Page {
        Page { size: self.sheet.size, ..Page::default() }
    }

    /// The cover in the brand's colour, the flap in its tint.
    fn grounds(&mut self) {
        let palette = &self.brand.palette;
        for (place, colour) in [(Place::Cover, palette.solid), (Place::Flap, palette.tint)] {
            let Some((side, rect)) = self.sheet.panel(place) else { continue };
            let rect = self.sheet.ground(place, rect);
            let ground = Shape::Rectangle { rect, radius: Pt::ZERO, fill: Some(colour), stroke: None };
            self.layout.pages[side].fragments.push(decoration(ground));
        }
    }

    fn cover(&mut self, builder: &mut Builder<'_>) -> Result<(), BrochureError> {
        let Some((side, rect)) = self.sheet.panel(Place::Cover) else { return Ok(()) };
        let style = self.style(builder, (Place::Cover, rect), (Air::Even, TOGETHER)).reversed();
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

    fn panel(
        &mut self,
        builder: &mut Builder<'_>,
        panel: &Panel,
        (air, is_raised): (Air, bool),
    ) -> Result<(), BrochureError> {
        let Some((side, rect)) = self.sheet.panel(panel.place) else { return Ok(()) };
        let Some(Set { style, strips, foot }) = self.spread(builder, panel, air)? else {
            return Ok(());
        };
        // Where one panel needs the line above, all but the flap begin there: headings stand level across the folds.
        let top = top(panel.place, style.grid, is_raised);
        let x = rect.x + style.margin.side + self.sheet.off_centre(panel.place);
        let mut y = top;
        for strip in strips {
            y += strip.gap.natural;
            let height = strip.height;
            self.place(builder, side, strip, Point::new(x, y));
            y += height;
        }
        if let Some(foot) = foot {
            let y = style.margin.top + style.room() - foot.height;
            self.place(builder, side, foot, Point::new(x, y));
        }
        Ok(())
    }

    /// The parts of a panel, its items and questions as far apart as it has room for.
    fn spread(
        &self,
        builder: &mut Builder<'_>,
        panel: &Panel,
        air: Air,
    ) -> Result<Option<Set>, BrochureError> {
        let mark = builder.elements.len();
        for spread in SPREADS {
            builder.elements.truncate(mark);
            let set = self.set(builder, panel.place, (air, spread), &panel.parts)?;
            if spread == TOGETHER || set.as_ref().is_none_or(|set| !builder.is_over() && set.has_room()) {
                return Ok(set);
            }
        }
        Ok(None)
    }

    /// Parts on a panel; nothing where the fold has no such panel.
    fn set(
        &self,
        builder: &mut Builder<'_>,
        place: Place,
        air: (Air, f32),
        parts: &[Part],
    ) -> Result<Option<Set>, BrochureError> {
        let Some((_, rect)) = self.sheet.panel(place) else { return Ok(None) };
        let mut style = self.style(builder, (place, rect), air);
        if place == Place::Flap {
            style = style.on_tint();
        }
        builder.within_height(style.page.height);
        let exact = self.sheet.purpose == Purpose::Press;
        let (strips, foot) = builder.with_style(&style, |builder| {
            let strips = builder.parts(self.brochure, parts, exact)?;
            let pictograms = parts.iter().find_map(|part| match part {
                Part::Pictograms(row) => Some(row),
                _ => None,
            });
            let foot = match (place, pictograms) {
                (Place::Back, _) => Some(builder.imprint(self.brochure.imprint(), self.brand, self.visit)?),
                (_, Some(row)) => Some(builder.pictograms(row)?),
                _ => None,
            };
            Ok::<_, LayoutError>((strips, foot))
        })?;
        Ok(Some(Set { style, strips, foot }))
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
