//! The dummy: a numbered paper model for any office printer. Folded before anything is printed, it shows whether the
//! panels come in order, which side is up and where the folds are.

use super::sheet::{PanelPlace, Sheet};
use super::style::{Air, SMALLEST, Setting, TOGETHER, style};
use super::{BrochureError, safe_zone};
use crate::brand::{Brand, Palette};
use crate::document::{Brochure, Inline, Place, Segment};
use crate::geometry::{Point, Pt, Rect};
use crate::layout::boxes::{Look, panel_of_height};
use crate::layout::builder::{Builder, ROOT};
use crate::layout::mirror::mirror;
use crate::layout::paragraph::{Align, ParagraphStyle, Setter, Weight};
use crate::layout::strip::{Strip, decoration, merge};
use crate::layout::{Fragment, Layout, LayoutError, Page, Pen, Role, Shape, Style};
use std::sync::Arc;

/// The number of a panel.
const NUMERAL: (f32, f32) = (72.0, 84.0);

/// The card on each panel: its width, and the room for its arrow.
const CARD: Pt = Pt(166.0);
const ARROW: Pt = Pt(40.0);

/// Two sides with the brochure in grey bars, and a numbered card a panel in the order of reading.
///
/// # Errors
///
/// As the brochure's own layout; a character that no font has.
pub fn dummy(
    brochure: &Brochure,
    sheet: &Sheet,
    brand: &Brand,
    setter: &Setter,
) -> Result<Layout, BrochureError> {
    let mut real = super::brochure(brochure, sheet, brand, setter)?;
    let mirrored = setter.direction().is_right_to_left();
    if mirrored {
        mirror(&mut real);
    }
    let base = Style::typeset(&crate::layout::style::STANDARD, &brand.palette);
    let mut builder = Builder::new(&base, setter);
    let pages = real.pages.iter().map(|page| greeked(page, &brand.palette)).collect();
    let mut layout = Layout { pages, omitted: real.omitted, by_element: true, ..Layout::default() };
    for side in 0..2 {
        folds(&mut layout, sheet, side, brand);
    }
    let places = [Place::Cover].into_iter().chain(sheet.fold.places());
    for (index, place) in places.enumerate() {
        let Some((side, rect)) = sheet.panel(place) else { continue };
        let style = style(
            sheet,
            place,
            rect,
            &brand.palette,
            Setting { body: SMALLEST, air: Air::Even, spread: TOGETHER },
        );
        let panel = PanelPlace { place, rect };
        let strip = builder.with_style(&style, |builder| card(builder, brochure, panel, index))?;
        if let Some(page) = layout.pages.get_mut(side) {
            page.fragments.extend(strip.fragments);
        }
    }
    layout.elements = builder.elements;
    match safe_zone::too_near(&layout, sheet) {
        near if near.is_empty() => {
            if mirrored {
                mirror(&mut layout);
            }
            Ok(layout)
        }
        near => Err(BrochureError::TooNear(near)),
    }
}

/// A page without its words and colours: a bar a line, a frame a picture.
fn greeked(page: &Page, palette: &Palette) -> Page {
    let grey = palette.rule.towards(palette.paper, 0.35);
    let pen = Pen { colour: grey, width: Pt(1.0), dash: None, round: false };
    let mut out = Page { size: page.size, ..Page::default() };
    for fragment in &page.fragments {
        let (rect, radius, fill, stroke) = match &fragment.shape {
            Shape::Line { line, origin, .. } => {
                let size = line.runs.iter().map(|run| run.size).fold(Pt::ZERO, Pt::max);
                let y = origin.y - size * 0.5;
                (Rect { x: origin.x, y, width: line.width, height: size * 0.5 }, Pt(1.0), Some(grey), None)
            }
            Shape::Picture { rect, .. } | Shape::Photo { rect, .. } => (*rect, Pt(2.0), None, Some(pen)),
            Shape::Rectangle { rect, radius, .. } => (*rect, *radius, None, Some(pen)),
            _ => continue,
        };
        out.fragments.push(decoration(Shape::Rectangle { rect, radius, fill, stroke }));
    }
    out
}

/// Dashed lines from edge to edge.
fn folds(layout: &mut Layout, sheet: &Sheet, side: usize, brand: &Brand) {
    let pen =
        Pen { colour: brand.palette.brand, width: Pt(1.0), dash: Some((Pt(6.0), Pt(4.0))), round: false };
    let Some(page) = layout.pages.get_mut(side) else { return };
    for x in sheet.folds(side) {
        let (from, to) = (Point::new(x, Pt::ZERO), Point::new(x, sheet.size.height));
        page.fragments.push(decoration(Shape::Rule { from, to, pen }));
    }
}

/// An arrow up with its words, the number, the name, and how to fold or print.
fn card(
    builder: &mut Builder<'_>,
    brochure: &Brochure,
    panel: PanelPlace,
    index: usize,
) -> Result<Strip, LayoutError> {
    let (style, dummy) = (builder.style, brochure.dummy());
    let centred = |set: ParagraphStyle| set.aligned(Align::Centre);
    let numeral = ParagraphStyle { size: Pt(NUMERAL.0), leading: Pt(NUMERAL.1), ..style.title };
    let name = dummy.names.get(index).cloned().unwrap_or_default();
    let lines = [
        (dummy.up.clone(), centred(style.body)),
        ((index + 1).to_string(), centred(numeral.coloured(style.palette.brand))),
        (name, centred(style.heading)),
    ];
    let inside = CARD - style.panel.padding.natural * 2.0;
    let mut strips = vec![Strip::of(ARROW, vec![arrow(style, inside)])];
    for (text, set) in lines.into_iter().chain(instructions(brochure, panel.place, style)) {
        strips.extend(builder.text(&[Inline::Text(text)], &set, inside, Role::Paragraph, ROOT)?);
    }
    let inner = merge(strips);
    let height = inner.height + style.panel.padding.natural * 2.0;
    let rect = Rect { x: Pt::ZERO, y: Pt::ZERO, width: CARD, height };
    let border = Pen { width: Pt(1.5), ..style.border(style.palette.brand) };
    let look = Look { fill: Some(style.palette.paper), border: Some(border) };
    let mut card = panel_of_height(style, inner, rect, look);
    let x = panel.rect.x + (panel.rect.width - CARD) / 2.0;
    card.shift(Point::new(x, (panel.rect.height - height) / 2.0));
    Ok(card)
}

/// The side, on the cover and on the first panel inside; the folds on the panels that they turn; on the back how to
/// print.
fn instructions(brochure: &Brochure, place: Place, style: &Style) -> Vec<(String, ParagraphStyle)> {
    let dummy = brochure.dummy();
    let plain = style.body.aligned(Align::Centre);
    let bold = style.subheading.aligned(Align::Centre).coloured(style.palette.warning);
    let fold = |number: usize| {
        let words = dummy.folds.get(number).map(|words| format!("{}. {words}", number + 1));
        words.map(|words| (words, bold)).into_iter().collect()
    };
    match place {
        Place::Cover | Place::Flap => vec![(dummy.outside.clone(), plain)],
        Place::Back => {
            vec![(dummy.outside.clone(), plain), (dummy.print.clone(), bold.weighing(Weight::Semibold))]
        }
        Place::Inside(3) => fold(0),
        Place::Inside(1) => fold(dummy.folds.len().saturating_sub(1)),
        Place::Inside(_) => Vec::new(),
    }
}

/// Up is up.
fn arrow(style: &Style, width: Pt) -> Fragment {
    let middle = width.0 / 2.0;
    let segments = [
        Segment::MoveTo(middle, 36.0),
        Segment::LineTo(middle, 4.0),
        Segment::MoveTo(middle - 10.0, 14.0),
        Segment::LineTo(middle, 4.0),
        Segment::LineTo(middle + 10.0, 14.0),
    ];
    let pen = Pen { colour: style.palette.brand, width: Pt(3.0), dash: None, round: true };
    decoration(Shape::Path {
        segments: Arc::from(segments),
        origin: Point::default(),
        middle: width / 2.0,
        fill: None,
        stroke: Some(pen),
    })
}
