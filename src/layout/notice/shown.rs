//! What is shown: a waiting room's screen, with the answer beside the warnings, and sets to leaf through (slides, stories). Each
//! picture of a set can go round alone, so each says what it is about, who says so, when it is an emergency, and whom to call.

use super::poster::landscape;
use super::style::{ANSWERS, LEFT, answer};
use super::{Side, Work};
use crate::document::{Inline, Text};
use crate::geometry::{Point, Pt, Rect, Size};
use crate::layout::builder::{Builder, ROOT, with_gap};
use crate::layout::safety::Tiers;
use crate::layout::strip::{Strip, decoration, merge, stack_height};
use crate::layout::{Fragment, LayoutError, Role, Shape, Style, Tag};
use std::sync::Arc;

/// A picture that would be less high is left out.
const SMALLEST_PICTURE: Pt = Pt(280.0);

impl Work<'_> {
    pub(super) fn screen(&self, builder: &mut Builder<'_>) -> Result<Vec<Side>, LayoutError> {
        let style = builder.style;
        let left = Style { page: Size { width: LEFT, ..style.page }, ..style.reversed() };
        let room = style.page.height - style.margin.top - style.margin.bottom;
        let mut side = Side::default();
        for size in ANSWERS {
            builder.begin_again();
            let size = size * self.choice.body;
            let mut head = builder.with_style(&left, |builder| self.head(builder, size, left.measure()))?;
            let over = head.height - room;
            let whole = self.picture_below(builder, &left, &mut head, room);
            let rows = self.warnings(builder)?;
            let foot = self.poster_foot(builder)?;
            side = Side::new(style, rows, foot, self.choice.closed);
            side.over = side.over.max(over);
            let ground = Rect { width: LEFT, height: style.page.height, ..Rect::default() };
            side.ground = vec![painted(ground, style)];
            side.beside = Some((head, LEFT));
            if side.over <= Pt::ZERO && whole {
                break;
            }
        }
        Ok(vec![side])
    }

    /// In the room that a head leaves below it. Whether there was room, if it has one.
    fn picture_below(&self, builder: &mut Builder<'_>, style: &Style, head: &mut Strip, room: Pt) -> bool {
        let Some((picture, alt)) = &self.notice.picture else { return true };
        let height = room - head.height - style.grid * 2.0;
        if height < SMALLEST_PICTURE {
            return false;
        }
        let element = builder.open_figure(ROOT, alt);
        // Out to the right edge of the ground, and to the left one where it is high enough for that.
        let height = height.min(style.page.width * (picture.height / picture.width));
        let width = height * (picture.width / picture.height);
        let x = style.page.width - style.margin.side - width;
        let rect = Rect { x, y: room - height, width, height };
        // The edge at which the drawing ends is that of the ground, on either side.
        let flipped = builder.is_right_to_left().then(|| Arc::new(picture.flipped()));
        let shape = landscape(style, flipped.as_ref().unwrap_or(picture), rect);
        head.fragments.push(Fragment { tag: Tag::Element(element), shape });
        true
    }

    /// The answer; the emergency signs; the others.
    pub(super) fn slides(&self, builder: &mut Builder<'_>) -> Result<Vec<Side>, LayoutError> {
        let style = builder.style;
        let reversed = style.reversed();
        let first = self.first_slide(builder, &reversed)?;
        let section = builder.open(Role::Section, ROOT);
        let mut rows = self.topic(builder)?;
        rows.extend(builder.emergency_tier(&self.notice.safety, section)?);
        let foot = self.slide_foot(builder, style)?;
        let second = Side::new(style, rows, foot, self.choice.closed);
        let mut rows = self.topic(builder)?;
        rows.extend(builder.lesser_tiers(&self.notice.safety, section, Tiers::Stacked)?);
        rows.extend(self.precautions(builder, section)?);
        let foot = self.slide_foot(builder, style)?;
        let third = Side::new(style, rows, foot, self.choice.closed);
        Ok(vec![first, second, third])
    }

    fn first_slide(&self, builder: &mut Builder<'_>, reversed: &Style) -> Result<Side, LayoutError> {
        let style = builder.style;
        let mut side = Side::default();
        for size in ANSWERS {
            builder.begin_again();
            let size = size * self.choice.body;
            let mut head =
                builder.with_style(reversed, |builder| self.head(builder, size, style.measure()))?;
            let mark = builder.elements.len();
            let foot = builder.with_style(reversed, |builder| self.slide_foot(builder, style))?;
            let room = style.page.height - style.margin.top - style.margin.bottom - foot.height;
            // The foot is read last.
            builder.elements.truncate(mark);
            let room = room - style.gaps.heading.natural * 2.0;
            let whole = self.picture_below(builder, reversed, &mut head, room);
            let foot = builder.with_style(reversed, |builder| self.slide_foot(builder, style))?;
            side = Side::new(style, vec![head], foot, self.choice.closed);
            let ground = Rect { width: style.page.width, height: style.page.height, ..Rect::default() };
            side.ground = vec![painted(ground, style)];
            if side.over <= Pt::ZERO && whole {
                break;
            }
        }
        Ok(side)
    }

    /// Who says so and what it is about, on a slide after the first.
    fn topic(&self, builder: &mut Builder<'_>) -> Result<Vec<Strip>, LayoutError> {
        let style = builder.style;
        let sender = self.sender(builder, style.measure())?;
        let title = answer(style, style.title.size.0).coloured(style.palette.brand);
        let title = builder.text(&self.notice.title, &title, style.measure(), Role::Paragraph, ROOT)?;
        let title = Strip { gap: style.grid.into(), ..merge(title) };
        Ok(vec![sender, title])
    }

    /// When it is an emergency and whom to call, on the warning's ground; then which texts these are. `style`: of the set.
    fn slide_foot(&self, builder: &mut Builder<'_>, style: &Style) -> Result<Strip, LayoutError> {
        let paper = style.palette.paper;
        let width = style.measure();
        let inside = width - style.panel.side * 2.0;
        let loud = style.heading.coloured(paper).evened();
        let mut lines = builder.text(&self.notice.emergency, &loud, inside, Role::Paragraph, ROOT)?;
        let reach = self.notice.reach.as_ref().map(in_one_colour);
        if let Some(reach) = &reach {
            let call = style.subheading.coloured(paper);
            lines.extend(builder.text(reach, &call, inside, Role::Paragraph, ROOT)?);
        }
        let pad = style.panel.side * 0.7;
        let height = stack_height(&lines) + pad * 2.0;
        let rect = Rect { width, height, ..Rect::default() };
        let (radius, fill) = (style.panel.radius, Some(style.palette.warning));
        let ground = Shape::Rectangle { rect, radius, fill, stroke: None };
        let mut band = Strip::of(height, vec![decoration(ground)]);
        band.absorb(merge(lines), Point::new(style.panel.side, pad));
        let imprint = builder.style.small;
        let imprint = builder.text(&self.notice.imprint, &imprint, width, Role::Paragraph, ROOT)?;
        let mut strips = vec![band];
        strips.extend(with_gap(imprint, style.grid * 0.5));
        Ok(merge(strips))
    }
}

/// Links have the brand's colour, which no warning's ground lets show.
fn in_one_colour(text: &Text) -> Text {
    text.iter()
        .flat_map(|inline| match inline {
            Inline::Link { text, .. } => text.clone(),
            other => vec![other.clone()],
        })
        .collect()
}

fn painted(rect: Rect, style: &Style) -> Fragment {
    let fill = Some(style.palette.solid);
    decoration(Shape::Rectangle { rect, radius: Pt::ZERO, fill, stroke: None })
}
