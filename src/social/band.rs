//! The band at the foot of a picture: what goes round alone says when it is an emergency, and whom to call.

use super::SocialError;
use super::card::{Card, Measures, filled, style};
use crate::document::{Inline, Text, plain_text};
use crate::geometry::{Point, Pt, Rect};
use crate::layout::Shape;
use crate::layout::paragraph::{Align, ParagraphStyle};
use crate::text::Weight;

impl Card<'_> {
    /// When it is an emergency, and whom to call, on the warning's ground: side by side, else below each other.
    ///
    /// # Errors
    /// Words that have no room at the smallest size.
    pub(super) fn band(
        &self,
        shapes: &mut Vec<Shape>,
        measures: &Measures,
        page: Rect,
    ) -> Result<(), SocialError> {
        let palette = &self.brand.palette;
        let (top, sizes) = measures.band;
        let rect = Rect { y: Pt(top), height: page.height - Pt(top), ..page };
        shapes.push(filled(rect, 0.0, palette.warning));
        let (left, width) = (Pt(measures.margin), page.width - Pt(measures.margin * 2.0));
        let gap = Pt(measures.margin * 0.6);
        for size in sizes {
            let loud = style(*size, Weight::Bold, palette.paper, Align::Start);
            let quiet = ParagraphStyle { weight: Weight::Semibold, ..loud };
            let [emergency, call] = self.lines;
            let emergency = self.set(emergency, &loud, width)?;
            let call = self.set(&unlinked(call), &quiet, width)?;
            let beside = emergency.width + gap + call.width <= width;
            let height = if beside { emergency.height } else { emergency.height + call.height };
            if height > rect.height - Pt(size * 0.5) || (!beside && call.width.max(emergency.width) > width) {
                continue;
            }
            let y = rect.y + (rect.height - height) / 2.0;
            shapes.extend(self.draw(&emergency, Point::new(left, y)));
            let at = match beside {
                true => Point::new(left + width - call.width, y),
                false => Point::new(left, y + emergency.height),
            };
            shapes.extend(self.draw(&call, at));
            return Ok(());
        }
        Err(SocialError::NoRoom)
    }
}

/// Nobody presses a picture, and a link's colour is for paper.
fn unlinked(text: &Text) -> Text {
    vec![Inline::Text(plain_text(text))]
}
