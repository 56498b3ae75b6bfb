//! The letterhead of page 1, which is read aloud, and running head and foot, which are artefacts.

use super::builder::{Builder, ROOT};
use super::paragraph::{Align, Paragraph, ParagraphStyle, Weight};
use super::strip::{Strip, decoration, merge};
use super::{Artifact, Fragment, LayoutError, Page, Role, Shape, Style, Tag};
use crate::brand::Brand;
use crate::document::{Inline, Running};
use crate::geometry::{Point, Pt, Rect};
use std::sync::Arc;

/// What long names add to the heights of head and foot, which are for one line.
pub struct Longer {
    first_head: Pt,
    head: Pt,
    foot: Pt,
}

impl Longer {
    /// The style with that much higher heads and feet.
    pub fn of(self, style: &Style) -> Style {
        let margin = style.margin;
        let margin = super::Margin {
            first_head: margin.first_head + self.first_head,
            head: margin.head + self.head,
            foot: margin.foot + self.foot,
            ..margin
        };
        Style { margin, ..style.clone() }
    }
}

/// Measures head and foot: nothing in them is ever cut.
pub fn longer(builder: &Builder<'_>, style: &Style, running: &Running) -> Result<Longer, LayoutError> {
    let beyond = |lines: usize, leading: Pt| leading * lines.saturating_sub(1) as f32;
    let (name, clinic) = clinic_name(builder, style, running)?;
    let first_head = (name.leading * clinic.lines.len() as f32 - logo(style)).max(Pt::ZERO);
    let [left, right] = later_heads(builder, style, running)?;
    let head = beyond(left.lines.len().max(right.lines.len()), style.small.leading);
    let foot = beyond(foot_lines(builder, style, running)?, style.small.leading);
    Ok(Longer { first_head, head, foot })
}

/// Draws head and foot on all pages; `letterhead` stands on the first.
pub fn run(
    builder: &mut Builder<'_>,
    style: &Style,
    running: &Running,
    letterhead: Vec<Fragment>,
    pages: &mut [Page],
) -> Result<(), LayoutError> {
    let count = pages.len();
    let mut letterhead = Some(letterhead);
    for (index, page) in pages.iter_mut().enumerate() {
        let mut fragments = match letterhead.take() {
            Some(fragments) => fragments,
            None => later_head(builder, style, running)?,
        };
        fragments.append(&mut page.fragments);
        fragments.extend(foot(builder, style, running, index, count)?);
        page.fragments = fragments;
    }
    Ok(())
}

fn plain(text: &str) -> [Inline; 1] {
    [Inline::Text(text.to_owned())]
}

/// Side of the logo.
fn logo(style: &Style) -> Pt {
    style.heading.leading * 1.2
}

/// The clinic's name as the letterhead sets it: on one line as a heading, else on as many as it needs in the body's size.
fn clinic_name(
    builder: &Builder<'_>,
    style: &Style,
    running: &Running,
) -> Result<(ParagraphStyle, Arc<Paragraph>), LayoutError> {
    let subject = builder.width_of(&plain(&running.subject), &style.small)?;
    let width = style.measure() - logo(style) - Pt(8.0) - subject - style.small.size;
    let name = plain(&running.clinic);
    let large = style.heading.coloured(style.palette.brand);
    let set = builder.set(&name, &large, width)?;
    if set.lines.len() < 2 {
        return Ok((large, set));
    }
    let smaller = style.subheading.coloured(style.palette.brand);
    Ok((smaller, builder.set(&name, &smaller, width)?))
}

/// Logo, clinic and subject: who speaks. Content, so that a screen reader says it too.
pub fn letterhead(
    builder: &mut Builder<'_>,
    style: &Style,
    brand: &Brand,
    running: &Running,
) -> Result<Vec<Fragment>, LayoutError> {
    let (side, top, logo) = (style.margin.side, style.margin.top, logo(style));
    let place = Rect { x: side, y: top, width: logo, height: logo };
    let mut fragments = vec![decoration(builder.picture_shape(&brand.logo, place))];
    let subject_width = builder.width_of(&plain(&running.subject), &style.small)?;
    let (name, _) = clinic_name(builder, style, running)?;
    let width = style.measure() - logo - Pt(8.0);
    let clinic = builder.text(
        &plain(&running.clinic),
        &name,
        width - subject_width - style.small.size,
        Role::Paragraph,
        ROOT,
    )?;
    let clinic = merge(clinic);
    let subject =
        merge(builder.text(&plain(&running.subject), &style.small, width, Role::Paragraph, ROOT)?);
    let height = logo.max(clinic.height);
    let at = Point::new(side + logo + Pt(8.0), top + (height - clinic.height) / 2.0);
    fragments.extend(placed(clinic, at));
    let at = Point::new(side + style.measure() - subject_width, top + (logo - style.small.leading) / 2.0);
    fragments.extend(placed(subject, at));
    fragments.push(rule(style, top + height + Pt(5.0), Pt(1.5)));
    Ok(fragments)
}

fn placed(mut strip: Strip, at: Point) -> Vec<Fragment> {
    strip.shift(at);
    strip.fragments
}

/// The two sides of the head on the pages after the first: clinic, and whose sheet it is.
fn later_heads(
    builder: &Builder<'_>,
    style: &Style,
    running: &Running,
) -> Result<[Arc<Paragraph>; 2], LayoutError> {
    let name = style.small.coloured(style.palette.brand).weighing(Weight::Bold);
    let left = builder.set(&plain(&running.clinic), &name, style.measure() * LEFT)?;
    let right = match &running.whose {
        Some(whose) => (whose, style.small.coloured(style.palette.ink).weighing(Weight::Bold)),
        None => (&running.continued, style.small),
    };
    let right = builder.set(&plain(right.0), &right.1.aligned(Align::Right), style.measure() * RIGHT)?;
    Ok([left, right])
}

/// Parts of the measure for the two sides of a head.
const LEFT: f32 = 0.48;
const RIGHT: f32 = 0.48;

fn later_head(builder: &Builder<'_>, style: &Style, running: &Running) -> Result<Vec<Fragment>, LayoutError> {
    let (side, top) = (style.margin.side, style.margin.top);
    let [left, right] = later_heads(builder, style, running)?;
    let mut fragments = builder.artifact_lines(&left, Artifact::Header, Point::new(side, top));
    let start = side + style.measure() * (1.0 - RIGHT);
    fragments.extend(builder.artifact_lines(&right, Artifact::Header, Point::new(start, top)));
    let height = left.height.max(right.height);
    fragments.push(rule(style, top + height + Pt(4.0), Pt(1.5)));
    Ok(fragments)
}

/// The page number's side takes what it needs; the left side has the rest.
fn foot_widths(builder: &Builder<'_>, style: &Style, right: &str) -> Result<(Pt, Pt), LayoutError> {
    let right = builder.width_of(&plain(right), &style.small)? + Pt(0.5);
    Ok((style.measure() - right - style.small.size, right))
}

fn foot_right(running: &Running, page: usize, pages: usize) -> String {
    running.foot_right.replace("{page}", &page.to_string()).replace("{pages}", &pages.to_string())
}

/// Lines of the longer foot.
fn foot_lines(builder: &Builder<'_>, style: &Style, running: &Running) -> Result<usize, LayoutError> {
    let (left, _) = foot_widths(builder, style, &foot_right(running, 8, 8))?;
    let mut most = 1;
    for text in [&running.foot_left, &running.foot_left_last] {
        most = most.max(builder.set(&plain(text), &style.small, left)?.lines.len());
    }
    Ok(most)
}

fn foot(
    builder: &mut Builder<'_>,
    style: &Style,
    running: &Running,
    index: usize,
    count: usize,
) -> Result<Vec<Fragment>, LayoutError> {
    let side = style.margin.side;
    let lines = foot_lines(builder, style, running)?;
    let top = style.page.height - style.margin.bottom - style.small.leading * lines as f32;
    let last = index + 1 == count && count > 1;
    let left = if last { &running.foot_left_last } else { &running.foot_left };
    let right = foot_right(running, index + 1, count);
    let (left_width, right_width) = foot_widths(builder, style, &right)?;
    let mut fragments = vec![rule(style, top - Pt(4.0), Pt(0.75))];
    let left = builder.set(&plain(left), &style.small, left_width)?;
    let mut left = builder.artifact_lines(&left, Artifact::Footer, Point::new(side, top));
    if last {
        // It stands on no other page, so it is content: who needs another format must hear of it.
        let element = builder.open(Role::Paragraph, ROOT);
        left.iter_mut().for_each(|line| line.tag = Tag::Element(element));
    }
    fragments.extend(left);
    let right = builder.set(&plain(&right), &style.small, right_width)?;
    let from = Point::new(side + style.measure() - right_width, top);
    fragments.extend(builder.artifact_lines(&right, Artifact::Footer, from));
    Ok(fragments)
}

fn rule(style: &Style, y: Pt, width: Pt) -> Fragment {
    let width = if style.outlined { Pt(0.5) } else { width };
    let pen = super::Pen { width, ..style.border(style.palette.brand) };
    let (from, to) = (Point::new(style.margin.side, y), Point::new(style.margin.side + style.measure(), y));
    decoration(Shape::Rule { from, to, pen })
}
