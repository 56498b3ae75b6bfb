//! Cards: boxes for the patient's own matters, packed to take the least height.

use super::boxes::{panel, panel_of_height};
use super::builder::{Builder, ROOT, with_gap};
use super::columns::beside;
use super::group::Flow;
use super::strip::{Strip, merge, stack_height};
use super::{LayoutError, Role, Style};
use crate::document::{Block, Contact, Section, Text};
use crate::geometry::{Pt, Rect};

/// How cards stand: the first ones in two columns, read down then right, the others below over the whole measure.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Packing {
    left: usize,
    right: usize,
    /// The left column's part of the measure.
    share: f32,
}

impl Packing {
    /// Of the two columns.
    fn widths(self, style: &Style) -> (Pt, Pt) {
        let both = style.measure() - style.gutter;
        let left = both * self.share;
        (left, both - left)
    }
}

/// Half and half, or two thirds for a long note.
const SHARES: [f32; 2] = [0.5, 0.66];

/// Heights of the content of cards: (card, width, height).
type Measured = Vec<(usize, Pt, Pt)>;

impl Builder<'_> {
    pub fn cards(&mut self, sections: &[Section]) -> Result<Vec<Flow>, LayoutError> {
        let packings = self.packings(sections.len());
        let Some(packing) = self.lowest(sections, &packings)? else { return Ok(Vec::new()) };
        let mut strips = self.packed(sections, packing)?;
        if let Some(first) = strips.first_mut() {
            first.section_start = true;
        }
        Ok(vec![Flow::Stack(strips)])
    }

    /// The packing of least height, the first of equals. Each card is set once a width, however many packings
    /// it is part of.
    fn lowest(&mut self, sections: &[Section], packings: &[Packing]) -> Result<Option<Packing>, LayoutError> {
        if let [only] = packings {
            return Ok(Some(*only));
        }
        let mut measured = Measured::new();
        let mut best: Option<(Pt, Packing)> = None;
        for packing in packings {
            if best.is_some_and(|(least, _)| least <= self.least_height(packing, sections.len())) {
                continue;
            }
            let height = self.packed_height(sections, *packing, &mut measured)?;
            if best.is_none_or(|(least, _)| height < least) {
                best = Some((height, *packing));
            }
        }
        Ok(best.map(|(_, packing)| packing))
    }

    /// What a packing takes at the very least: a line in each card.
    fn least_height(&self, packing: &Packing, cards: usize) -> Pt {
        let style = self.style;
        let paired = packing.left + packing.right;
        let rows = packing.left.max(packing.right) + cards.saturating_sub(paired);
        let line = style.body.leading.min(style.subheading.leading);
        (line + style.panel.padding * 2.0) * rows as f32 + style.panel.gap * rows.saturating_sub(1) as f32
    }

    /// Height of [`Builder::packed`].
    fn packed_height(
        &mut self,
        sections: &[Section],
        packing: Packing,
        measured: &mut Measured,
    ) -> Result<Pt, LayoutError> {
        let style = self.style;
        let (left, right) = packing.widths(style);
        let (split, paired) = (packing.left, packing.left + packing.right);
        let mut column = |cards: std::ops::Range<usize>, width: Pt| -> Result<Pt, LayoutError> {
            let gaps = style.panel.gap * cards.len().saturating_sub(1) as f32;
            cards
                .map(|card| self.card_height(sections, card, width, measured))
                .sum::<Result<Pt, _>>()
                .map(|h| h + gaps)
        };
        let beside = column(0..split, left)?.max(column(split..paired, right)?);
        let below = column(paired..sections.len(), style.measure())?;
        let gap = if paired == 0 || paired == sections.len() { Pt::ZERO } else { style.panel.gap };
        Ok(beside + gap + below)
    }

    fn card_height(
        &mut self,
        sections: &[Section],
        card: usize,
        width: Pt,
        measured: &mut Measured,
    ) -> Result<Pt, LayoutError> {
        if let Some((.., height)) = measured.iter().find(|(other, at, _)| *other == card && *at == width) {
            return Ok(*height);
        }
        let mark = self.elements.len();
        let inner = self.card(&sections[card], self.style.inside(width))?;
        self.elements.truncate(mark);
        let height = box_height(self.style, &inner);
        measured.push((card, width, height));
        Ok(height)
    }

    fn packings(&self, count: usize) -> Vec<Packing> {
        let single = Packing { left: 0, right: 0, share: 1.0 };
        if self.style.columns == 1 || count < 2 {
            return vec![single];
        }
        let mut packings = Vec::new();
        for share in SHARES {
            for paired in (2..=count).rev() {
                packings.extend((1..paired).map(|left| Packing { left, right: paired - left, share }));
            }
        }
        packings.push(single);
        packings
    }

    fn packed(&mut self, sections: &[Section], packing: Packing) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let (paired, single) = sections.split_at(packing.left + packing.right);
        let mut strips: Vec<Strip> = Vec::new();
        if !paired.is_empty() {
            let (left, right) = paired.split_at(packing.left);
            let (left_width, right_width) = packing.widths(style);
            let left = self.inners(left, left_width)?;
            let right = self.inners(right, right_width)?;
            let height = column_height(style, &left).max(column_height(style, &right));
            let cells = [(left, left_width), (right, right_width)]
                .map(|(inners, width)| (column_of_boxes(style, inners, width, height), width));
            strips.push(beside(cells.into(), style.gutter));
        }
        for section in single {
            let inner = self.card(section, style.inside(style.measure()))?;
            let gap = if strips.is_empty() { Pt::ZERO } else { style.panel.gap };
            strips.extend(with_gap(panel(style, inner, style.measure(), style.bordered()), gap));
        }
        Ok(strips)
    }

    fn inners(&mut self, sections: &[Section], width: Pt) -> Result<Vec<Vec<Strip>>, LayoutError> {
        sections.iter().map(|section| self.card(section, self.style.inside(width))).collect()
    }

    /// Title and blocks; a single paragraph starts on the title's line.
    fn card(&mut self, section: &Section, width: Pt) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let element = self.open(Role::Section, ROOT);
        let Some(title) = &section.title else { return self.blocks(&section.blocks, width, element) };
        let heading = style.subheading.coloured(style.palette.brand);
        if let Some(text) = only_text(&section.blocks)
            && let Some(strips) = self.run_in((title, &heading, 2), text, width, element)?
        {
            return Ok(strips);
        }
        let mut strips = vec![self.heading(title, &heading, width, 2, element, None)?];
        strips.extend(self.blocks(&section.blocks, width, element)?);
        Ok(strips)
    }
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

fn box_height(style: &Style, inner: &[Strip]) -> Pt {
    stack_height(inner) + style.panel.padding * 2.0
}

fn column_height(style: &Style, inners: &[Vec<Strip>]) -> Pt {
    let boxes: Pt = inners.iter().map(|inner| box_height(style, inner)).sum();
    boxes + style.panel.gap * inners.len().saturating_sub(1) as f32
}

/// Boxes below each other, the last one stretched to the foot of the column.
fn column_of_boxes(style: &Style, inners: Vec<Vec<Strip>>, width: Pt, height: Pt) -> Strip {
    let last = inners.len().saturating_sub(1);
    let mut rest = height;
    let mut strips = Vec::with_capacity(inners.len());
    for (index, inner) in inners.into_iter().enumerate() {
        let tall = if index == last { rest } else { box_height(style, &inner) };
        let rect = Rect { width, height: tall, ..Rect::default() };
        let gap = if index == 0 { Pt::ZERO } else { style.panel.gap };
        strips.push(Strip { gap, ..panel_of_height(style, merge(inner), rect, style.bordered()) });
        rest -= tall + style.panel.gap;
    }
    merge(strips)
}
