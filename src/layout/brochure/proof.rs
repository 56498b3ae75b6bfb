//! The dummy: a numbered paper model for any office printer. Folded before anything is printed, it shows whether the
//! panels come in order, which side is up and where the folds are.

use super::sheet::{PanelPlace, Sheet};
use super::style::{Air, style};
use super::{BrochureError, safe_zone};
use crate::brand::Brand;
use crate::document::{Brochure, Inline, Place, Segment};
use crate::geometry::{Point, Pt};
use crate::layout::builder::{Builder, ROOT};
use crate::layout::paragraph::{Align, ParagraphStyle, Setter, Weight};
use crate::layout::strip::{Strip, decoration, merge};
use crate::layout::{Layout, LayoutError, Page, Pen, Role, Shape, Style};
use std::sync::Arc;

/// The number of a panel.
const NUMERAL: (f32, f32) = (96.0, 112.0);

/// Two sides with a number a panel, in the order of reading.
///
/// # Errors
///
/// A character that no font has; words that are too long for a panel.
pub fn dummy(
    brochure: &Brochure,
    sheet: &Sheet,
    brand: &Brand,
    setter: &Setter,
) -> Result<Layout, BrochureError> {
    let base = Style::typeset(&crate::layout::style::STANDARD, &brand.palette);
    let mut builder = Builder::new(&base, setter);
    let mut layout = Layout { by_element: true, ..Layout::default() };
    layout.pages = vec![page(sheet), page(sheet)];
    for side in 0..2 {
        folds(&mut layout, sheet, side, brand);
    }
    let places = [Place::Cover].into_iter().chain(sheet.fold.places());
    for (index, place) in places.enumerate() {
        let Some((side, rect)) = sheet.panel(place) else { continue };
        let style = style(sheet, place, rect, &brand.palette, Air::Even);
        let panel = PanelPlace { place, rect };
        let strip = builder.with_style(&style, |builder| numbered(builder, brochure, panel, index))?;
        if let Some(page) = layout.pages.get_mut(side) {
            page.fragments.extend(strip.fragments);
        }
    }
    layout.elements = builder.elements;
    match safe_zone::too_near(&layout, sheet) {
        near if near.is_empty() => Ok(layout),
        near => Err(BrochureError::TooNear(near)),
    }
}

fn page(sheet: &Sheet) -> Page {
    Page { size: sheet.size, ..Page::default() }
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
fn numbered(
    builder: &mut Builder<'_>,
    brochure: &Brochure,
    panel: PanelPlace,
    index: usize,
) -> Result<Strip, LayoutError> {
    let (style, dummy) = (builder.style, brochure.dummy());
    let centred = |set: ParagraphStyle| set.aligned(Align::Centre);
    let mut strips = vec![Strip::of(Pt(44.0), vec![arrow(style)])];
    let outside = matches!(panel.place, Place::Cover | Place::Flap | Place::Back);
    let side = if outside { &dummy.outside } else { &dummy.inside };
    let numeral = ParagraphStyle { size: Pt(NUMERAL.0), leading: Pt(NUMERAL.1), ..style.title }
        .coloured(style.palette.brand);
    let name = dummy.names.get(index).map_or("", String::as_str);
    let mut lines = vec![
        (dummy.up.clone(), centred(style.body)),
        ((index + 1).to_string(), centred(numeral)),
        (name.to_owned(), centred(style.heading)),
    ];
    if name.strip_prefix(side.as_str()).is_none() {
        lines.push((side.clone(), centred(style.body)));
    }
    let titles = titles(brochure, panel.place);
    lines.extend(titles.into_iter().map(|title| (title, centred(style.small))));
    for (text, set) in lines.into_iter().chain(instructions(brochure, panel.place, style)) {
        let inlines = [Inline::Text(text)];
        strips.extend(builder.text(&inlines, &set, style.measure(), Role::Paragraph, ROOT)?);
    }
    let mut strip = merge(strips);
    strip.shift(Point::new(panel.rect.x + style.margin.side, style.margin.top + Pt(20.0)));
    Ok(strip)
}

/// What stands on a panel, in the words of its parts.
fn titles(brochure: &Brochure, place: Place) -> Vec<String> {
    use crate::document::{Part, plain_text};
    let parts = brochure.panels().iter().filter(|panel| panel.place == place).flat_map(|panel| &panel.parts);
    let title = |part: &Part| match part {
        Part::Quick(quick) => Some(plain_text(&quick.answer)),
        Part::Tiers => Some(plain_text(brochure.safety().heading())),
        Part::Precautions(heading) => Some(plain_text(heading)),
        Part::Section(section) => section.title.as_deref().map(plain_text),
        Part::Timeline(_) => None,
    };
    parts.filter_map(title).collect()
}

/// The folds on the panels that they turn, and on the back how to print.
fn instructions(brochure: &Brochure, place: Place, style: &Style) -> Vec<(String, ParagraphStyle)> {
    let bold = style.subheading.aligned(Align::Centre).coloured(style.palette.warning);
    let folds = &brochure.dummy().folds;
    let number = match place {
        Place::Inside(3) => 0,
        Place::Inside(1) => folds.len() - 1,
        Place::Back => return vec![(brochure.dummy().print.clone(), bold.weighing(Weight::Semibold))],
        _ => return Vec::new(),
    };
    folds.get(number).map(|words| (format!("{}. {words}", number + 1), bold)).into_iter().collect()
}

/// Up is up.
fn arrow(style: &Style) -> crate::layout::Fragment {
    let middle = style.measure().0 / 2.0;
    let segments = [
        Segment::MoveTo(middle, 38.0),
        Segment::LineTo(middle, 4.0),
        Segment::MoveTo(middle - 10.0, 14.0),
        Segment::LineTo(middle, 4.0),
        Segment::LineTo(middle + 10.0, 14.0),
    ];
    let pen = Pen { colour: style.palette.brand, width: Pt(3.0), dash: None, round: true };
    decoration(Shape::Path {
        segments: Arc::from(segments),
        origin: Point::default(),
        fill: None,
        stroke: Some(pen),
    })
}
