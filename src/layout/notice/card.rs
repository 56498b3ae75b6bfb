//! A card of two sides for the fridge door or the purse: when it is an emergency; whom else to call, and when to come again.

use super::{Side, Work};
use crate::document::Inline;
use crate::geometry::{Point, Pt};
use crate::layout::builder::{Builder, ROOT, with_gap};
use crate::layout::columns::beside;
use crate::layout::safety::Tiers;
use crate::layout::strip::{Strip, merge};
use crate::layout::{LayoutError, Role};

/// Side of the code: 0.5 mm a module for an address of 80 letters, as phones read it in the hand.
const CODE: Pt = Pt(60.0);

impl Work<'_> {
    pub(super) fn card(&self, builder: &mut Builder<'_>) -> Result<Vec<Side>, LayoutError> {
        let style = builder.style;
        let width = style.measure();
        let section = {
            let mut front = vec![self.card_head(builder)?];
            let section = builder.open(Role::Section, ROOT);
            front.extend(builder.emergency_tier(&self.notice.safety, section)?);
            let foot =
                merge(builder.text(&self.notice.imprint, &style.small, width, Role::Paragraph, ROOT)?);
            (section, Side::new(style, front, foot, self.choice.closed))
        };
        let (section, front) = section;
        let mut back = builder.lesser_tiers(&self.notice.safety, section, Tiers::Stacked)?;
        back.extend(self.precautions(builder, section)?);
        let foot = self.card_foot(builder)?;
        Ok(vec![front, Side::new(style, back, foot, self.choice.closed)])
    }

    fn card_head(&self, builder: &mut Builder<'_>) -> Result<Strip, LayoutError> {
        let (style, notice) = (builder.style, self.notice);
        let mut strips = vec![self.sender(builder, style.measure())?];
        let title = style.title.coloured(style.palette.brand);
        let title = builder.heading(&notice.title, &title, style.measure(), 1, ROOT, None)?;
        strips.push(Strip { gap: Pt(4.0).into(), ..title });
        let mut answer = notice.quick.lead.clone();
        answer.push(Inline::Text(" ".to_owned()));
        answer.push(Inline::Strong(notice.quick.answer.clone()));
        let lines = builder.text(&answer, &style.body, style.measure(), Role::Paragraph, ROOT)?;
        strips.extend(lines);
        Ok(merge(strips))
    }

    /// A line to write the next visit on; the ways to reach the clinic beside the code.
    fn card_foot(&self, builder: &mut Builder<'_>) -> Result<Strip, LayoutError> {
        let (style, notice) = (builder.style, self.notice);
        let width = style.measure();
        let mut strips = builder.name_line(&notice.next_visit, width)?;
        let side = notice.code.as_ref().map_or(Pt::ZERO, |_| CODE + style.gutter);
        let mut lines = Vec::new();
        for line in notice.contact.iter().take(2) {
            lines.extend(builder.text(&line.value, &style.body, width - side, Role::Paragraph, ROOT)?);
        }
        if let Some(code) = &notice.code {
            lines.extend(builder.text(&code.label, &style.body, width - side, Role::Paragraph, ROOT)?);
            let mut row = beside(vec![(merge(lines), width - side)], style.gutter);
            if let Some(drawn) = builder.qr_code(code, CODE, ROOT)? {
                row.height = row.height.max(CODE);
                row.absorb(drawn, Point::new(width - CODE, Pt::ZERO));
            }
            strips.push(Strip { gap: style.grid.into(), ..row });
        } else {
            strips.extend(with_gap(lines, style.grid));
        }
        Ok(merge(strips))
    }
}
