//! What posters and cards share.

use super::Work;
use crate::document::{Inline, QrCode, Text};
use crate::geometry::{Point, Pt, Rect};
use crate::layout::builder::{Builder, ROOT, with_gap};
use crate::layout::columns::{Columns, balanced, beside};
use crate::layout::logo_size;
use crate::layout::marks::Mark;
use crate::layout::paragraph::Align;
use crate::layout::strip::{Strip, decoration, merge};
use crate::layout::{ElementId, LayoutError, Pen, Role, Shape};
use crate::options::NoticeShape;

impl Work<'_> {
    /// Nobody can scan the phone that is in the hand.
    fn code(&self) -> Option<&QrCode> {
        let in_hand = [NoticeShape::Story, NoticeShape::Slides].contains(&self.shape);
        self.notice.code.as_ref().filter(|_| !in_hand)
    }

    /// Logo, clinic and city on a line.
    pub(super) fn sender(&self, builder: &mut Builder<'_>, width: Pt) -> Result<Strip, LayoutError> {
        let style = builder.style;
        let side = style.body.leading * if style.columns > 1 { 1.6 } else { 1.2 };
        let logo = self.brand.logo_on(style.palette.paper);
        let size = logo_size(&logo, side, width * 0.4);
        let rect =
            Rect { x: Pt::ZERO, y: (side - size.height) / 2.0, width: size.width, height: size.height };
        let mut strip = Strip::of(side, vec![builder.icon(&logo, rect)]);
        let indent = size.width + style.grid;
        let clinic: Text = vec![Inline::Strong(self.notice.clinic.clone())];
        let mut words = clinic.clone();
        words.push(Inline::Text(" · ".to_owned()));
        words.extend(self.notice.city.iter().cloned());
        // No line ends in the dot between both.
        let paragraphs = match builder.width_of(&words, &style.body)? <= width - indent {
            true => vec![words],
            false => vec![clinic, self.notice.city.clone()],
        };
        let mut lines = Vec::new();
        for words in &paragraphs {
            lines.extend(builder.text(words, &style.body, width - indent, Role::Paragraph, ROOT)?);
        }
        let lines = merge(lines);
        let top = ((side - lines.height) / 2.0).max(Pt::ZERO);
        strip.height = side.max(lines.height);
        strip.absorb(lines, Point::new(indent, top));
        Ok(strip)
    }

    /// The three tiers, and the advice by precaution.
    pub(super) fn warnings(&self, builder: &mut Builder<'_>) -> Result<Vec<Strip>, LayoutError> {
        let section = builder.open(Role::Section, ROOT);
        let mut strips = builder.tiers(&self.notice.safety, section)?;
        strips.extend(self.precautions(builder, section)?);
        Ok(strips)
    }

    /// Whole under a heading, or a line that says where it stands.
    pub(super) fn precautions(
        &self,
        builder: &mut Builder<'_>,
        section: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let (style, notice) = (builder.style, self.notice);
        let advice = notice.safety.precautions();
        if advice.is_empty() {
            return Ok(Vec::new());
        }
        let width = style.measure();
        if !self.choice.precautions {
            let lines =
                builder.text(&notice.more, &style.subheading.evened(), width, Role::Paragraph, section)?;
            return Ok(vec![Strip { gap: style.gaps.row, ..merge(lines) }]);
        }
        let heading = builder.heading(&notice.precautions, &style.subheading, width, 3, section, None)?;
        let list = builder.open(Role::List { ordered: false }, section);
        let columns = Columns { width: style.column_width(style.columns), gutter: style.gutter };
        let mut items = Vec::new();
        for one in advice {
            let item = builder.marked_item(one, Mark::Bullet, columns.width, list)?;
            items.push(Strip { keep_next: false, ..merge(item) });
        }
        let items = if style.columns > 1 { balanced(items, columns) } else { merge(items) };
        Ok(vec![Strip { gap: style.gaps.heading, ..heading }, items])
    }

    /// How to reach the clinic, large, beside the code; then the imprint.
    pub(super) fn poster_foot(&self, builder: &mut Builder<'_>) -> Result<Strip, LayoutError> {
        let (style, notice) = (builder.style, self.notice);
        let width = style.measure();
        let code = style.body.leading * 4.6;
        let side = self.code().map_or(Pt::ZERO, |_| code + style.gutter);
        let mut lines = Vec::new();
        if let Some((first, others)) = notice.contact.split_first() {
            // Where every line counts, in the type of a heading.
            let large =
                if self.choice.explained { style.title.coloured(style.palette.brand) } else { style.heading };
            lines.extend(builder.text(&first.value, &large, width - side, Role::Paragraph, ROOT)?);
            let others = &others[..others.len().min(self.choice.ways)];
            lines.extend(builder.contact_lines(others, width - side, ROOT)?);
        }
        let mut strips = Vec::new();
        if let Some(qr) = self.code() {
            lines.extend(builder.text(&qr.label, &style.body, width - side, Role::Paragraph, ROOT)?);
            let mut row = beside(vec![(merge(lines), width - side)], style.gutter);
            if let Some(drawn) = builder.qr_code(qr, code, ROOT)? {
                row.height = row.height.max(code);
                row.absorb(drawn, Point::new(width - code, Pt::ZERO));
            }
            strips.push(row);
        } else if !lines.is_empty() {
            strips.push(merge(lines));
        }
        let imprint = self.imprint(builder, width)?;
        strips.push(Strip { gap: (style.grid * 0.8).into(), ..imprint });
        Ok(merge(strips))
    }

    /// A rule, and below it whom to ask for other formats and which texts these are.
    fn imprint(&self, builder: &mut Builder<'_>, width: Pt) -> Result<Strip, LayoutError> {
        let (style, notice) = (builder.style, self.notice);
        let pen = Pen { width: style.panel.border * 0.75, ..style.border(style.palette.rule) };
        let rule = Shape::Rule { from: Point::default(), to: Point::new(width, Pt::ZERO), pen };
        let mut strip = Strip::of(Pt(4.0), vec![decoration(rule)]);
        let both = builder.width_of(&notice.other_format, &style.small)?
            + builder.width_of(&notice.imprint, &style.small)?;
        let end = style.small.aligned(Align::End);
        let first = merge(builder.text(&notice.other_format, &style.small, width, Role::Paragraph, ROOT)?);
        let is_short = both + style.gutter <= width;
        let second = if is_short { end } else { style.small };
        let second = builder.text(&notice.imprint, &second, width, Role::Paragraph, ROOT)?;
        let (top, height) = (strip.height, first.height);
        strip.absorb(first, Point::new(Pt::ZERO, top));
        let second = merge(with_gap(second, Pt::ZERO));
        let below = if is_short { top } else { top + height };
        strip.height = below + second.height.max(height);
        strip.absorb(second, Point::new(Pt::ZERO, below));
        Ok(strip)
    }
}
