//! A poster: the answer on the brand's ground, the warnings, the foot.

use super::style::{ANSWERS, answer, edge};
use super::{Side, Work};
use crate::document::Picture;
use crate::geometry::{Point, Pt, Rect};
use crate::layout::builder::{Builder, ROOT, with_gap};
use crate::layout::paragraph::Weight;
use crate::layout::strip::{Strip, decoration, merge};
use crate::layout::{Fragment, LayoutError, Paints, Role, Shape, Style, Tag};
use std::sync::Arc;

/// The picture's part of the measure.
const PICTURE: f32 = 0.36;

/// The cover's landscape on the brand's ground: hills in a tone between both.
pub(super) fn landscape(reversed: &Style, picture: &Arc<Picture>, rect: Rect) -> Shape {
    let palette = &reversed.palette;
    let paints = Paints { line: reversed.hills(), accent: palette.accent, paper: palette.paper };
    Shape::Picture { picture: picture.clone(), rect, paints }
}

impl Work<'_> {
    /// The one side; over where even the smallest answer has no room.
    pub(super) fn poster(&self, builder: &mut Builder<'_>) -> Result<Vec<Side>, LayoutError> {
        let mut side = Side::default();
        for size in ANSWERS.into_iter().filter(|size| *size >= self.choice.least_answer) {
            builder.begin_again();
            side = self.with_answer(builder, size * self.choice.body)?;
            if side.over <= Pt::ZERO {
                break;
            }
        }
        Ok(vec![side])
    }

    fn with_answer(&self, builder: &mut Builder<'_>, size: f32) -> Result<Side, LayoutError> {
        let style = builder.style;
        let reversed = style.reversed();
        let width = style.measure() - self.picture_width(style);
        let mut head = builder.with_style(&reversed, |builder| self.head(builder, size, width))?;
        let pad = style.margin.side - edge(self.shape);
        head.height += pad;
        let mut rows = vec![head];
        rows.extend(self.warnings(builder)?);
        let foot = self.poster_foot(builder)?;
        let mut side = Side::new(style, rows, foot, self.choice.closed);
        if side.over <= Pt::ZERO {
            // What is left over goes to the answer's ground, and its words stand in the middle of it.
            let left = -side.over;
            self.finish_head(builder, &reversed, &mut side, (left, pad));
        }
        Ok(side)
    }

    /// Who says so, after what, and the answer.
    pub(super) fn head(&self, builder: &mut Builder<'_>, size: f32, width: Pt) -> Result<Strip, LayoutError> {
        let (style, notice) = (builder.style, self.notice);
        let mut strips = vec![self.sender(builder, style.measure())?];
        let title = builder.heading(&notice.title, &style.title, width, 1, ROOT, None)?;
        strips.push(Strip { gap: (style.grid * 1.6).into(), ..title });
        let lead = style.heading.weighing(Weight::Regular);
        let lead = builder.text(&notice.quick.lead, &lead, width, Role::Paragraph, ROOT)?;
        strips.extend(with_gap(lead, style.grid * 0.8));
        let words = notice.quick.in_large_type();
        let set = |size: f32| answer(style, size).coloured(style.palette.tint).evened();
        // A range or a number with its unit is in one piece, also where the type must be smaller for that.
        let mut answer = set(size);
        for smaller in ANSWERS.map(|size| size * self.choice.body).into_iter().filter(|other| *other < size) {
            if builder.widest_piece(&words, &answer)? <= width {
                break;
            }
            answer = set(smaller);
        }
        strips.extend(builder.text(&words, &answer, width, Role::Paragraph, ROOT)?);
        if self.choice.explained {
            let text = builder.blocks(&notice.quick.blocks, width, ROOT)?;
            strips.extend(with_gap(text, style.grid * 0.8));
        }
        Ok(merge(strips))
    }

    fn picture_width(&self, style: &Style) -> Pt {
        match self.notice.picture {
            Some(_) => style.measure() * PICTURE,
            None => Pt::ZERO,
        }
    }

    /// Ground and picture, now that the head's height is known.
    fn finish_head(
        &self,
        builder: &mut Builder<'_>,
        reversed: &Style,
        side: &mut Side,
        (left, pad): (Pt, Pt),
    ) {
        let Some(head) = side.rows.first_mut() else { return };
        let style = builder.style;
        let words = head.height - pad;
        head.shift(Point::new(Pt::ZERO, left / 2.0));
        head.height += left;
        let edge = edge(self.shape);
        let ground = Rect {
            x: edge,
            y: edge,
            width: style.page.width - edge * 2.0,
            height: style.margin.top - edge + head.height,
        };
        // Square, as a brochure's are: the landscape fills a corner of it.
        let (radius, fill) = (Pt::ZERO, Some(style.palette.solid));
        let shape = Shape::Rectangle { rect: ground, radius, fill, stroke: None };
        side.ground.push(decoration(shape));
        let Some((picture, alt)) = &self.notice.picture else { return };
        let element = builder.open_figure(ROOT, alt);
        // From beside the words out to the ground's right and lower edge, as on a brochure's cover.
        let right = ground.right() - style.margin.side;
        let widest = self.picture_width(style) - style.gutter + right - style.measure();
        let height = (words * 0.82 + left / 2.0 + pad).min(widest * (picture.height / picture.width));
        let width = height * (picture.width / picture.height);
        let rect = Rect { x: right - width, y: head.height - height, width, height };
        // The edge at which the drawing ends is that of the ground, on either side.
        let flipped = builder.is_right_to_left().then(|| Arc::new(picture.flipped()));
        let shape = landscape(reversed, flipped.as_ref().unwrap_or(picture), rect);
        head.fragments.push(Fragment { tag: Tag::Element(element), shape });
    }
}
