//! The letterhead of page 1, which is read aloud, and running head and foot, which are artefacts.

use super::builder::{Builder, ROOT};
use super::paragraph::{Align, Weight};
use super::strip::{Strip, decoration};
use super::{Artifact, Fragment, LayoutError, Page, Role, Shape, Style, Tag};
use crate::brand::Brand;
use crate::document::{Inline, Running};
use crate::geometry::{Point, Pt, Rect};

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

/// Logo, clinic and subject: who speaks. Content, so that a screen reader says it too.
pub fn letterhead(
    builder: &mut Builder<'_>,
    style: &Style,
    brand: &Brand,
    running: &Running,
) -> Result<Vec<Fragment>, LayoutError> {
    let (side, top) = (style.margin.side, style.margin.top);
    let logo = style.heading.leading * 1.2;
    let place = Rect { x: side, y: top, width: logo, height: logo };
    let mut fragments = vec![decoration(builder.picture_shape(&brand.logo, place))];
    let name = style.heading.coloured(style.palette.brand);
    let width = style.measure() - logo - Pt(8.0);
    let subject = [Inline::Text(running.subject.clone())];
    let subject_width = builder.width_of(&subject, &style.small)?;
    let clinic = builder.text(
        &[Inline::Text(running.clinic.clone())],
        &name,
        width - subject_width - style.small.size,
        Role::Paragraph,
        ROOT,
    )?;
    let subject = builder.text(&subject, &style.small, width, Role::Paragraph, ROOT)?;
    let at = Point::new(side + logo + Pt(8.0), top + (logo - name.leading) / 2.0);
    fragments.extend(placed(clinic, at));
    let at = Point::new(side + style.measure() - subject_width, top + (logo - style.small.leading) / 2.0);
    fragments.extend(placed(subject, at));
    fragments.push(rule(style, top + logo + Pt(5.0), Pt(1.5)));
    Ok(fragments)
}

/// The first line only: a longer name of a clinic is refused by nobody, but a letterhead has one line.
fn placed(strips: Vec<Strip>, at: Point) -> Vec<Fragment> {
    let Some(mut strip) = strips.into_iter().next() else { return Vec::new() };
    strip.shift(at);
    strip.fragments
}

fn later_head(builder: &Builder<'_>, style: &Style, running: &Running) -> Result<Vec<Fragment>, LayoutError> {
    let side = style.margin.side;
    let top = style.margin.top;
    let name = style.small.coloured(style.palette.brand).weighing(Weight::Bold);
    let mut fragments = Vec::new();
    fragments.extend(builder.artifact_line(
        &running.clinic,
        &name,
        Artifact::Header,
        |_| Point::new(side, top),
        style.measure() * 0.6,
    )?);
    fragments.extend(right_side(builder, style, &running.continued, top)?);
    fragments.push(rule(style, top + style.small.leading + Pt(4.0), Pt(1.5)));
    Ok(fragments)
}

fn right_side(
    builder: &Builder<'_>,
    style: &Style,
    text: &str,
    top: Pt,
) -> Result<Option<Fragment>, LayoutError> {
    let width = style.measure() * 0.4;
    let start = style.margin.side + style.measure() - width;
    let right = style.small.aligned(Align::Right);
    builder.artifact_line(text, &right, Artifact::Header, |_| Point::new(start, top), width)
}

fn foot(
    builder: &mut Builder<'_>,
    style: &Style,
    running: &Running,
    index: usize,
    count: usize,
) -> Result<Vec<Fragment>, LayoutError> {
    let side = style.margin.side;
    let top = style.page.height - style.margin.bottom - style.small.leading;
    let last = index + 1 == count && count > 1;
    let left = if last { &running.foot_left_last } else { &running.foot_left };
    let right =
        running.foot_right.replace("{page}", &(index + 1).to_string()).replace("{pages}", &count.to_string());
    // The page number's side takes what it needs; the left side has the rest.
    let right_width = builder.width_of(&[Inline::Text(right.clone())], &style.small)? + Pt(0.5);
    let left_width = style.measure() - right_width - style.small.size;
    let left = fitting(builder, style, left, left_width)?;
    let mut fragments = vec![rule(style, top - Pt(4.0), Pt(0.75))];
    let from = Point::new(side, top);
    let mut left = builder.artifact_line(left, &style.small, Artifact::Footer, |_| from, left_width)?;
    if let Some(line) = left.as_mut().filter(|_| last) {
        // It stands on no other page, so it is content: who needs another format must hear of it.
        line.tag = Tag::Element(builder.open(Role::Paragraph, ROOT));
    }
    fragments.extend(left);
    let from = Point::new(side + style.measure() - right_width, top);
    fragments.extend(builder.artifact_line(&right, &style.small, Artifact::Footer, |_| from, right_width)?);
    Ok(fragments)
}

/// As many parts of a foot, between middle dots, as fit its width.
fn fitting<'t>(
    builder: &Builder<'_>,
    style: &Style,
    text: &'t str,
    width: Pt,
) -> Result<&'t str, LayoutError> {
    let mut text = text;
    while builder.width_of(&[Inline::Text(text.to_owned())], &style.small)? > width {
        match text.rfind(" · ") {
            Some(end) => text = &text[..end],
            None => break,
        }
    }
    Ok(text)
}

fn rule(style: &Style, y: Pt, width: Pt) -> Fragment {
    let width = if style.outlined { Pt(0.5) } else { width };
    let pen = super::Pen { width, ..style.border(style.palette.brand) };
    let (from, to) = (Point::new(style.margin.side, y), Point::new(style.margin.side + style.measure(), y));
    decoration(Shape::Rule { from, to, pen })
}
