//! The letterhead of page 1, which is read aloud; the name on the second sheet of paper and the foot, which are artefacts.

use super::builder::{Builder, ROOT};
use super::paragraph::{Paragraph, ParagraphStyle};
use super::strip::{Strip, decoration, merge};
use super::{Artifact, Fragment, LayoutError, Page, Role, Shape, Style, Tag, logo_size};
use crate::brand::Brand;
use crate::document::{Inline, Running, Text};
use crate::geometry::{Point, Pt, Rect, Size};
use std::sync::Arc;

/// From the logo to the name.
const BESIDE: Pt = Pt(8.0);
/// From the name to what stands at its right, at the least.
const APART: Pt = Pt(12.0);
/// A line that a name is written on.
const SHORTEST_LINE: Pt = Pt(120.0);
const LONGEST_LINE: Pt = Pt(300.0);
/// Left and right of the words in the box of the next visit.
const BOX_SIDE: Pt = Pt(9.0);
/// The part of the measure that this box takes beside the name at the most.
const MOST_BOX: f32 = 0.62;

/// The style with room for feet and names that need more than a line: nothing in them is ever cut.
pub fn with_room(builder: &Builder<'_>, style: &Style, running: &Running) -> Result<Style, LayoutError> {
    let beyond = |lines: usize, leading: Pt| leading * lines.saturating_sub(1) as f32;
    let head = beyond(whose(builder, style, running)?.lines.len(), style.body.leading);
    let foot = beyond(lines_of(&foot_lefts(builder, style, running)?), style.small.leading);
    let margin = style.margin;
    let margin = super::Margin { head: margin.head + head, foot: margin.foot + foot, ..margin };
    Ok(Style { margin, ..style.clone() })
}

/// Whether a page begins a sheet of paper after the first, printed on both sides.
pub fn begins_sheet(page: usize) -> bool {
    page > 0 && page.is_multiple_of(2)
}

/// Draws names and feet on all pages.
pub fn run(
    builder: &mut Builder<'_>,
    style: &Style,
    running: &Running,
    pages: &mut [Page],
) -> Result<(), LayoutError> {
    let count = pages.len();
    let lefts = foot_lefts(builder, style, running)?;
    for (index, page) in pages.iter_mut().enumerate() {
        if begins_sheet(index) {
            let mut fragments = sheet_head(builder, style, running)?;
            fragments.append(&mut page.fragments);
            page.fragments = fragments;
        }
        page.fragments.extend(foot(builder, style, running, &lefts, (index, count))?);
    }
    Ok(())
}

fn plain(text: &str) -> [Inline; 1] {
    [Inline::Text(text.to_owned())]
}

/// Side of the logo.
fn logo(style: &Style) -> Pt {
    style.body.leading * 1.95
}

/// A wordmark is as wide as its letters need.
fn sign(style: &Style, brand: &Brand) -> Size {
    logo_size(&brand.logo, logo(style), style.measure() * 0.35)
}

/// On a leading that is hardly more than the type's size: a name of a line or two.
fn close(style: ParagraphStyle) -> ParagraphStyle {
    ParagraphStyle { leading: style.size * 1.15, ..style }
}

/// Logo, clinic and subject, and at the right the next visit: who speaks, and when again. Content, so that a screen
/// reader says it too.
pub fn letterhead(
    builder: &mut Builder<'_>,
    style: &Style,
    brand: &Brand,
    running: &Running,
    next_visit: Option<&Text>,
) -> Result<Strip, LayoutError> {
    let measure = style.measure();
    let visit = match next_visit {
        Some(visit) => Some((builder.width_of(visit, &style.body)? + BOX_SIDE * 2.0 + Pt(0.5), visit)),
        None => None,
    };
    let name = style.heading.coloured(style.palette.brand);
    let left = sign(style, brand).width + BESIDE;
    let shortest = builder.width_of(&plain(&running.clinic), &name)?.min(measure * 0.3);
    let room = (measure - left - shortest - APART).min(measure * MOST_BOX);
    let visit = match visit {
        // Two lines beside the name before a line of its own.
        Some((width, visit)) if width > room => {
            let set = builder.set(visit, &style.body.evened(), room - BOX_SIDE * 2.0)?;
            let two = set.lines.len() <= 2;
            Some((if two { set.width + BOX_SIDE * 2.0 + Pt(0.5) } else { width }, visit))
        }
        visit => visit,
    };
    let taken = visit.filter(|(width, _)| *width <= room).map_or(Pt::ZERO, |(width, _)| width + APART);
    // A long name has the whole measure before it takes a third line.
    let small = style.subheading;
    let is_long = builder.set(&plain(&running.clinic), &small, measure - taken - left)?.lines.len() > 2;
    let taken = if is_long { Pt::ZERO } else { taken };
    let mut strip = clinic(builder, style, brand, running, measure - taken)?;
    let Some((width, visit)) = visit else { return Ok(strip) };
    if taken > Pt::ZERO {
        let box_ = visit_box(builder, style, visit, width)?;
        let y = ((logo(style) - box_.height) / 2.0).max(Pt::ZERO);
        strip.height = strip.height.max(box_.height);
        strip.absorb(box_, Point::new(measure - width, y));
    } else {
        // On a line of its own, below.
        let box_ = visit_box(builder, style, visit, width.min(measure))?;
        let y = strip.height + style.grid;
        strip.height = y + box_.height;
        strip.absorb(box_, Point::new(Pt::ZERO, y));
    }
    Ok(strip)
}

/// Logo, name and subject.
fn clinic(
    builder: &mut Builder<'_>,
    style: &Style,
    brand: &Brand,
    running: &Running,
    width: Pt,
) -> Result<Strip, LayoutError> {
    let (logo, sign) = (logo(style), sign(style, brand));
    let y = (logo - sign.height) / 2.0;
    let place = Rect { x: Pt::ZERO, y, width: sign.width, height: sign.height };
    let picture = if style.outlined { brand.logo_in_black() } else { brand.logo.clone() };
    let mut strip = Strip::of(logo, vec![decoration(builder.picture_shape(&picture, place))]);
    let room = width - sign.width - BESIDE;
    let name = plain(&running.clinic);
    let large = style.heading.coloured(style.palette.brand);
    // A long name on fewer lines of the body's size.
    let fits = builder.set(&name, &large, room)?.lines.len() < 2;
    let set = if fits { large } else { style.subheading.coloured(style.palette.brand) };
    let mut lines = builder.text(&name, &close(set.evened()), room, Role::Paragraph, ROOT)?;
    let subject = close(style.body.coloured(style.palette.muted));
    lines.extend(builder.text(&plain(&running.subject), &subject, room, Role::Paragraph, ROOT)?);
    let words = merge(lines);
    strip.height = logo.max(words.height);
    let y = (strip.height - words.height) / 2.0;
    strip.absorb(words, Point::new(sign.width + BESIDE, y));
    Ok(strip)
}

fn visit_box(
    builder: &mut Builder<'_>,
    style: &Style,
    visit: &Text,
    width: Pt,
) -> Result<Strip, LayoutError> {
    let words =
        merge(builder.text(visit, &style.body.evened(), width - BOX_SIDE * 2.0, Role::Paragraph, ROOT)?);
    let padding = style.grid * 0.75;
    let height = words.height + padding * 2.0;
    let rect = Rect { x: Pt::ZERO, y: Pt::ZERO, width, height };
    let stroke = Some(style.border(style.palette.brand));
    let frame = Shape::Rectangle { rect, radius: style.panel.radius, fill: None, stroke };
    let mut strip = Strip::of(height, vec![decoration(frame)]);
    strip.absorb(words, Point::new(BOX_SIDE, padding));
    Ok(strip)
}

/// Whose sheet of paper it is: the patient's name, the request's id, or that it goes on; and whose it was made by.
fn whose(builder: &Builder<'_>, style: &Style, running: &Running) -> Result<Arc<Paragraph>, LayoutError> {
    let text = running.whose.as_ref().unwrap_or(&running.continued);
    let set = ParagraphStyle { colour: style.palette.ink, weight: style.body.strong, ..style.body };
    builder.set(&plain(text), &set, style.measure())
}

fn sheet_head(builder: &Builder<'_>, style: &Style, running: &Running) -> Result<Vec<Fragment>, LayoutError> {
    let set = whose(builder, style, running)?;
    let at = Point::new(style.margin.side, style.margin.top);
    let Some(label) = running.write_on.as_ref().filter(|_| running.whose.is_none()) else {
        return Ok(builder.artifact_lines(&set, Artifact::Header, at));
    };
    // Two sheets without a name could not be told apart: the name is written here too, and what goes on stands at the end.
    let name = builder.set(&plain(label), &style.body, style.measure())?;
    let end = style.measure() - set.width;
    let (from, to) = (name.width + BESIDE, (end - APART).min(name.width + LONGEST_LINE));
    if to - from < SHORTEST_LINE {
        return Ok(builder.artifact_lines(&set, Artifact::Header, at));
    }
    let mut fragments = builder.artifact_lines(&name, Artifact::Header, at);
    let rule = |x: Pt| Point::new(at.x + x, at.y + style.body.leading * 0.8);
    let pen = style.border(style.palette.muted);
    fragments.push(decoration(Shape::Rule { from: rule(from), to: rule(to), pen }));
    fragments.extend(builder.artifact_lines(&set, Artifact::Header, Point::new(at.x + end, at.y)));
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

/// Between the parts of a foot.
const DOT: &str = " · ";

/// What the left side of a foot may say, from all of it to the least. On the last page that is the clinic, since no head
/// names it there, and how to get another format; on the others who speaks, which the letterhead says too.
fn lefts(running: &Running, last: bool, one_sheet: bool) -> Vec<String> {
    if last {
        let whole = format!("{}{DOT}{}", running.clinic, running.foot_left_last);
        return vec![whole, running.foot_left_last.clone()];
    }
    if running.clinic.contains(DOT) {
        return vec![running.foot_left.clone()];
    }
    let parts: Vec<&str> = running.foot_left.split(DOT).collect();
    let mut lefts: Vec<String> = (1..=parts.len()).rev().map(|count| parts[..count].join(DOT)).collect();
    // The letterhead of the same side has the whole name.
    if one_sheet && let Some(rest) = parts[0].strip_prefix(&running.clinic) {
        lefts.push(rest.trim_start_matches(|letter: char| !letter.is_alphanumeric()).to_owned());
    }
    lefts
}

/// As much of it as so many lines hold: a line more on each side would cost a question of the sheet. The least is never cut.
fn foot_left(
    builder: &Builder<'_>,
    style: &Style,
    running: &Running,
    (last, lines): (bool, usize),
) -> Result<Arc<Paragraph>, LayoutError> {
    let (width, _) = foot_widths(builder, style, &foot_right(running, 8, 8))?;
    let lefts = lefts(running, last, style.max_pages <= 2);
    let mut least = Arc::default();
    for left in &lefts {
        least = builder.set(&plain(left), &style.small, width)?;
        if least.lines.len() <= lines {
            break;
        }
    }
    Ok(least)
}

/// The left sides of all feet but the last one, and of that.
fn foot_lefts(
    builder: &Builder<'_>,
    style: &Style,
    running: &Running,
) -> Result<[Arc<Paragraph>; 2], LayoutError> {
    let usual = foot_left(builder, style, running, (false, 1))?;
    // Where a long name takes two lines of the other feet, the last one has them too, and names the clinic as they do.
    let lines = usual.lines.len().max(1);
    let last = foot_left(builder, style, running, (true, lines))?;
    Ok([usual, last])
}

/// Lines of the longer foot.
fn lines_of(lefts: &[Arc<Paragraph>; 2]) -> usize {
    lefts.iter().map(|left| left.lines.len()).fold(1, usize::max)
}

fn foot(
    builder: &mut Builder<'_>,
    style: &Style,
    running: &Running,
    lefts: &[Arc<Paragraph>; 2],
    (index, count): (usize, usize),
) -> Result<Vec<Fragment>, LayoutError> {
    let side = style.margin.side;
    let lines = lines_of(lefts);
    let top = style.page.height - style.margin.bottom - style.small.leading * lines as f32;
    let last = index + 1 == count && count > 1;
    let right = foot_right(running, index + 1, count);
    let (_, right_width) = foot_widths(builder, style, &right)?;
    let mut fragments = vec![rule(style, top - Pt(4.0))];
    let left = &lefts[usize::from(last)];
    let mut left = builder.artifact_lines(left, Artifact::Footer, Point::new(side, top));
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

fn rule(style: &Style, y: Pt) -> Fragment {
    let pen = super::Pen { width: Pt(0.5), ..style.border(style.palette.rule) };
    let (from, to) = (Point::new(style.margin.side, y), Point::new(style.margin.side + style.measure(), y));
    decoration(Shape::Rule { from, to, pen })
}
