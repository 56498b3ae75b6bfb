//! Running head and foot: artefacts on every page.

use super::builder::Builder;
use super::paragraph::{Align, Weight};
use super::strip::decoration;
use super::{Artifact, Fragment, LayoutError, Page, Shape, Style, Tag};
use crate::brand::Brand;
use crate::document::{Inline, Running};
use crate::geometry::{Point, Pt, Rect};

/// Draws head and foot on all pages.
pub fn run(
    builder: &Builder<'_>,
    style: &Style,
    brand: &Brand,
    running: &Running,
    pages: &mut [Page],
) -> Result<(), LayoutError> {
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        let mut fragments = match index {
            0 => first_head(builder, style, brand, running)?,
            _ => later_head(builder, style, running)?,
        };
        fragments.append(&mut page.fragments);
        fragments.extend(foot(builder, style, running, index, count)?);
        page.fragments = fragments;
    }
    Ok(())
}

fn first_head(
    builder: &Builder<'_>,
    style: &Style,
    brand: &Brand,
    running: &Running,
) -> Result<Vec<Fragment>, LayoutError> {
    let side = style.margin.side;
    let logo = style.heading.leading * 1.2;
    let top = style.margin.top;
    let mut fragments = vec![tagged(
        builder.picture_shape(&brand.logo, Rect { x: side, y: top, width: logo, height: logo }),
        Artifact::Header,
    )];
    let name = style.heading.coloured(style.palette.brand);
    let text_top = top + (logo - name.leading) / 2.0;
    let start = side + logo + Pt(8.0);
    let width = style.measure() * 0.6;
    fragments.extend(builder.artifact_line(
        &running.clinic,
        &name,
        Artifact::Header,
        |_| Point::new(start, text_top),
        width,
    )?);
    fragments.extend(right_side(builder, style, &running.subject, top + (logo - style.small.leading) / 2.0)?);
    fragments.push(rule(style, top + logo + Pt(5.0), Pt(1.5)));
    Ok(fragments)
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
    builder: &Builder<'_>,
    style: &Style,
    running: &Running,
    index: usize,
    count: usize,
) -> Result<Vec<Fragment>, LayoutError> {
    let side = style.margin.side;
    let top = style.page.height - style.margin.bottom - style.small.leading;
    let left = if index + 1 == count && count > 1 { &running.foot_left_last } else { &running.foot_left };
    let right =
        running.foot_right.replace("{page}", &(index + 1).to_string()).replace("{pages}", &count.to_string());
    // The page number's side takes what it needs; the left side has the rest.
    let right_width = builder.width_of(&[Inline::Text(right.clone())], &style.small)? + Pt(0.5);
    let left_width = style.measure() - right_width - style.small.size;
    let mut fragments = vec![rule(style, top - Pt(4.0), Pt(0.75))];
    let from = Point::new(side, top);
    fragments.extend(builder.artifact_line(left, &style.small, Artifact::Footer, |_| from, left_width)?);
    let from = Point::new(side + style.measure() - right_width, top);
    fragments.extend(builder.artifact_line(&right, &style.small, Artifact::Footer, |_| from, right_width)?);
    Ok(fragments)
}

fn rule(style: &Style, y: Pt, width: Pt) -> Fragment {
    let pen = super::Pen { width, ..style.border(style.palette.brand) };
    let (from, to) = (Point::new(style.margin.side, y), Point::new(style.margin.side + style.measure(), y));
    decoration(Shape::Rule { from, to, pen })
}

fn tagged(shape: Shape, kind: Artifact) -> Fragment {
    Fragment { tag: Tag::Artifact(kind), shape }
}
