//! A card of two sides for the fridge door or the purse: when it is an emergency, and what needs help today where it has room
//! beside that; whom else to call, and when to come again.

use super::{Side, Work};
use crate::document::Inline;
use crate::geometry::{Point, Pt};
use crate::layout::builder::{Builder, ROOT, with_gap};
use crate::layout::columns::beside;
use crate::layout::glue::Glue;
use crate::layout::safety::Tiers;
use crate::layout::strip::{Strip, merge, stack_height};
use crate::layout::{ElementId, LayoutError, Role};

/// Side of the code: 0.5 mm a module for an address of 80 letters, as phones read it in the hand.
const CODE: Pt = Pt(60.0);

impl Work<'_> {
    pub(super) fn card(&self, builder: &mut Builder<'_>) -> Result<Vec<Side>, LayoutError> {
        let (style, safety) = (builder.style, &self.notice.safety);
        let mut front = vec![self.card_head(builder)?];
        let section = builder.open(Role::Section, ROOT);
        front.extend(builder.emergency_tier(safety, section)?);
        let same_day = self.same_day_in_front(builder, section, &front)?;
        let is_in_front = same_day.is_some();
        front.extend(same_day);
        let imprint = self.card_imprint(builder)?;
        let front = Side::new(style, front, imprint, self.choice.closed);
        let mut back = match is_in_front {
            true => vec![Strip { gap: Glue::NONE, ..builder.call_tier(safety, section)? }],
            false => builder.lesser_tiers(safety, section, Tiers::Stacked)?,
        };
        back.extend(self.precautions(builder, section)?);
        let foot = self.card_foot(builder)?;
        Ok(vec![front, Side::new(style, back, foot, self.choice.closed)])
    }

    /// What needs help today, where the front has room for it too.
    fn same_day_in_front(
        &self,
        builder: &mut Builder<'_>,
        section: ElementId,
        front: &[Strip],
    ) -> Result<Option<Strip>, LayoutError> {
        let style = builder.style;
        let mark = builder.elements.len();
        let imprint = self.card_imprint(builder)?.height + style.gaps.heading.natural;
        builder.elements.truncate(mark);
        let tier = builder.same_day_tier(&self.notice.safety, section)?;
        let room = style.page.height - style.margin.top - style.margin.bottom;
        if stack_height(front) + tier.gap.natural + tier.height + imprint > room {
            builder.elements.truncate(mark);
            return Ok(None);
        }
        Ok(Some(tier))
    }

    fn card_imprint(&self, builder: &mut Builder<'_>) -> Result<Strip, LayoutError> {
        let style = builder.style;
        Ok(merge(builder.text(&self.notice.imprint, &style.small, style.measure(), Role::Paragraph, ROOT)?))
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
