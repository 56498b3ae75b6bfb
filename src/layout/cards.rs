//! Cards: boxes for what is said in short, for the patient's own matters, and for how to reach the clinic.

use super::boxes::panel;
use super::builder::{Builder, ROOT, UNBROKEN, with_gap};
use super::glue::Glue;
use super::strip::{Strip, decoration, stack_height};
use super::{ElementId, LayoutError, Pen, Role, Shape};
use crate::document::{Block, Contact, Section, Text};
use crate::geometry::{Point, Pt};

/// Lines of a card that can stand beside a heading.
const SHORT: usize = 2;
/// The bar at the left of a note.
const BAR: Pt = Pt(3.0);
/// From the bar at the left of a note to its words.
const BESIDE_BAR: Pt = Pt(9.0);

impl Builder<'_> {
    /// A box over the whole measure: in a tint, or outlined where it holds what a camera or an eye must find.
    pub fn card(&mut self, section: &Section) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let width = style.measure();
        let inner = match section.blocks.as_slice() {
            [before @ .., Block::Contact(contact)]
                if style.columns > 1 && only_text(&section.blocks).is_none() =>
            {
                self.contact_card(section.title.as_ref(), (before, contact), style.inside(width))?
            }
            _ => self.card_text(section, style.inside(width))?,
        };
        if inner.len() > UNBROKEN && is_text(&section.blocks) {
            return Ok(self.beside_bar(inner));
        }
        let look = if only_text(&section.blocks).is_some() { style.tinted() } else { style.bordered() };
        let mut strips = panel(style, inner, width, look);
        if let Some(first) = strips.first_mut() {
            (first.gap, first.section_start) = (style.gaps.part, true);
        }
        Ok(strips)
    }

    /// Text of more lines than a box keeps together: beside a bar as high as it is, which can break between its lines.
    fn beside_bar(&self, inner: Vec<Strip>) -> Vec<Strip> {
        let style = self.style;
        let pen = Pen { width: BAR, ..style.border(style.palette.accent) };
        // The air between two paragraphs is the bar's as well.
        let airs: Vec<Pt> = inner.iter().skip(1).map(|strip| strip.gap.natural).chain([Pt::ZERO]).collect();
        let count = inner.len();
        let beside = inner.into_iter().zip(airs).enumerate().map(|(index, (mut strip, air))| {
            strip.shift(Point::new(BESIDE_BAR, Pt::ZERO));
            (strip.gap, strip.section_start) = (Glue::NONE, false);
            strip.height += air;
            // Each reaches a little into the next, so that no seam shows.
            let over = if index + 1 < count { Pt(0.5) } else { Pt::ZERO };
            let (from, to) = (Point::new(BAR / 2.0, Pt::ZERO), Point::new(BAR / 2.0, strip.height + over));
            strip.fragments.insert(0, decoration(Shape::Rule { from, to, pen }));
            strip
        });
        let mut strips = with_gap(beside.collect(), style.gaps.part);
        if let Some(first) = strips.first_mut() {
            first.section_start = true;
        }
        strips
    }

    /// A card of a column's width beside a bar, to stand beside a heading; `None` when it is too long for that.
    pub fn side_note(&mut self, section: &Section) -> Result<Option<Strip>, LayoutError> {
        let style = self.style;
        if style.columns < 2 {
            return Ok(None);
        }
        let mark = self.elements.len();
        let width = style.column_width(2) - BESIDE_BAR;
        let inner = self.card_text(section, width)?;
        let most = style.body.leading.max(style.subheading.leading) * SHORT as f32;
        if stack_height(&inner) > most + Pt(0.1) || only_text(&section.blocks).is_none() {
            self.elements.truncate(mark);
            return Ok(None);
        }
        let mut strip = super::strip::merge(inner);
        strip.shift(Point::new(BESIDE_BAR, Pt::ZERO));
        let pen = Pen { width: BAR, ..style.border(style.palette.accent) };
        let x = BAR / 2.0;
        let (from, to) = (Point::new(x, Pt(1.0)), Point::new(x, strip.height - Pt(1.0)));
        strip.fragments.insert(0, decoration(Shape::Rule { from, to, pen }));
        Ok(Some(strip))
    }

    fn card_text(&mut self, section: &Section, width: Pt) -> Result<Vec<Strip>, LayoutError> {
        let mut style = self.style.clone();
        style.body = style.body.evened();
        self.with_style(&style, |builder| {
            let element = builder.open(Role::Section, ROOT);
            builder.titled(section.title.as_ref(), &section.blocks, width, element)
        })
    }

    /// Title and blocks; a single paragraph starts on the title's line.
    pub(super) fn titled(
        &mut self,
        title: Option<&Text>,
        blocks: &[Block],
        width: Pt,
        element: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let heading = self.style.subheading.coloured(self.style.palette.brand);
        let Some(title) = title else { return self.blocks(blocks, width, element) };
        if let Some(text) = only_text(blocks)
            && let Some(strips) = self.run_in((title, &heading, 2), text, width, element)?
        {
            return Ok(strips);
        }
        let mut strips = vec![self.heading(title, &heading, width, 2, element, None)?];
        strips.extend(self.blocks(blocks, width, element)?);
        Ok(strips)
    }
}

/// Nothing but paragraphs, e.g. a note.
fn is_text(blocks: &[Block]) -> bool {
    blocks.iter().all(|block| matches!(block, Block::Paragraph(_)))
}

fn only_text(blocks: &[Block]) -> Option<&Text> {
    match blocks {
        [Block::Paragraph(text)] => Some(text),
        [Block::Contact(Contact { lines, qr: None })] => match lines.as_slice() {
            [line] if line.label.is_empty() => Some(&line.value),
            _ => None,
        },
        _ => None,
    }
}
