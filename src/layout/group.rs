//! Groups of sections: stacked, in columns, or as cards.

use super::boxes::{panel, panel_of_height};
use super::builder::{Builder, ROOT, with_gap};
use super::columns::{Columns, beside};
use super::strip::{Strip, merge, stack_height};
use super::{LayoutError, Role, Style};
use crate::document::{Arrangement, Block, Group, Section};
use crate::geometry::{Point, Pt, Rect};

/// What the paginator places.
#[derive(Debug)]
pub enum Flow {
    /// Below each other, broken between chunks.
    Stack(Vec<Strip>),
    /// A head across the measure, then balanced columns; broken anywhere between chunks.
    Columns { head: Vec<Strip>, strips: Vec<Strip>, columns: Columns },
}

impl Builder<'_> {
    pub fn group(&mut self, group: &Group) -> Result<Vec<Flow>, LayoutError> {
        let one_column = self.style.columns == 1;
        match group.arrangement {
            Arrangement::Columns if !one_column && group.sections.len() > 1 => {
                Ok(vec![self.section_columns(&group.sections)?])
            }
            Arrangement::Cards => self.cards(&group.sections),
            _ => {
                let mut flows = Vec::new();
                for section in &group.sections {
                    flows.extend(self.stacked(section)?);
                }
                Ok(flows)
            }
        }
    }

    /// Whole sections that flow through two columns.
    fn section_columns(&mut self, sections: &[Section]) -> Result<Flow, LayoutError> {
        let width = self.style.column_width(2);
        let mut strips: Vec<Strip> = Vec::new();
        for section in sections {
            let element = self.open(Role::Section, ROOT);
            let mut built = self.section_head(section, width, element)?;
            built.extend(with_gap(self.blocks(&section.blocks, width, element)?, Pt::ZERO));
            if let Some(first) = built.first_mut() {
                first.section_start = true;
                first.gap = if strips.is_empty() { Pt::ZERO } else { self.section_gap() };
            }
            strips.extend(built);
        }
        Ok(Flow::Columns { head: Vec::new(), strips, columns: self.two_columns() })
    }

    fn two_columns(&self) -> Columns {
        Columns { width: self.style.column_width(2), gutter: self.style.gutter }
    }

    /// Gap above a section's heading.
    pub fn section_gap(&self) -> Pt {
        self.style.grid
    }

    /// One section over the whole measure. Running text would make lines too long to read, so it stands in
    /// two columns below the heading; parts with an arrangement of their own keep the whole width.
    fn stacked(&mut self, section: &Section) -> Result<Vec<Flow>, LayoutError> {
        let element = self.open(Role::Section, ROOT);
        let width = self.style.measure();
        let head = self.section_head(section, width, element)?;
        if self.style.columns == 1 || section.blocks.iter().any(spans_measure) {
            let mut strips = head;
            strips.extend(self.blocks(&section.blocks, width, element)?);
            return Ok(vec![Flow::Stack(strips)]);
        }
        let columns = self.two_columns();
        let strips = self.blocks(&section.blocks, columns.width, element)?;
        Ok(vec![Flow::Columns { head, strips, columns }])
    }

    /// Icon and heading.
    fn section_head(
        &mut self,
        section: &Section,
        width: Pt,
        element: super::ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let Some(title) = &section.title else { return Ok(Vec::new()) };
        let Some(icon) = &section.icon else {
            return Ok(vec![self.heading(title, &style.heading, width, 2, element, None)?]);
        };
        let side = style.heading.size * 1.2;
        let indent = side + style.heading.size * 0.4;
        let mut strip = self.heading(title, &style.heading, width - indent, 2, element, None)?;
        strip.shift(Point::new(indent, Pt::ZERO));
        let y = (style.heading.leading - side) / 2.0;
        strip.fragments.push(self.icon(icon, Rect { x: Pt::ZERO, y, width: side, height: side }));
        Ok(vec![strip])
    }

    /// Boxes in two columns with level feet, the last one below them over the whole measure when that is less
    /// tall; a single one takes the whole measure.
    fn cards(&mut self, sections: &[Section]) -> Result<Vec<Flow>, LayoutError> {
        let columns = if self.style.columns > 1 { sections.len() } else { 0 };
        let mut best: Option<(Pt, usize)> = None;
        for paired in [columns, columns.saturating_sub(1)] {
            let mark = self.elements.len();
            let height = stack_height(&self.boxes(sections, paired)?);
            self.elements.truncate(mark);
            if best.is_none_or(|(least, _)| height < least) {
                best = Some((height, paired));
            }
        }
        let paired = best.map_or(0, |(_, paired)| paired);
        let mut strips = self.boxes(sections, paired)?;
        if let Some(first) = strips.first_mut() {
            (first.gap, first.section_start) = (self.style.grid, true);
        }
        Ok(vec![Flow::Stack(strips)])
    }

    /// The first `paired` sections in two columns, the others below each other.
    fn boxes(&mut self, sections: &[Section], paired: usize) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let (pairs, singles) = sections.split_at(if paired > 1 { paired } else { 0 });
        let columns = self.two_columns();
        let mut inners = Vec::with_capacity(pairs.len());
        for section in pairs {
            inners.push(self.card(section, style.inside(columns.width))?);
        }
        let mut strips: Vec<Strip> = Vec::new();
        if !inners.is_empty() {
            strips.push(level_columns(style, inners, columns));
        }
        for section in singles {
            let inner = self.card(section, style.inside(style.measure()))?;
            let gap = if strips.is_empty() { Pt::ZERO } else { style.panel.gap };
            strips.extend(with_gap(panel(style, inner, style.measure(), style.bordered()), gap));
        }
        Ok(strips)
    }

    /// Title and blocks; a title and one short line share the line.
    fn card(&mut self, section: &Section, width: Pt) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let element = self.open(Role::Section, ROOT);
        let Some(title) = &section.title else { return self.blocks(&section.blocks, width, element) };
        let heading = style.subheading.coloured(style.palette.brand);
        let title_width = self.width_of(title, &heading)? + style.body.size * 0.75;
        let mut strips = vec![self.heading(title, &heading, width, 2, element, None)?];
        let rest = width - title_width;
        let mark = self.elements.len();
        if title_width < width / 2.0 {
            let beside_it = self.blocks(&section.blocks, rest, element)?;
            if beside_it.len() == 1 && stack_height(&beside_it) <= style.body.leading {
                let cells =
                    strips.into_iter().map(|strip| (strip, title_width)).chain([(merge(beside_it), rest)]);
                return Ok(vec![beside(cells.collect(), Pt::ZERO)]);
            }
            self.elements.truncate(mark);
        }
        strips.extend(self.blocks(&section.blocks, width, element)?);
        Ok(strips)
    }
}

/// Parts that arrange themselves over the whole measure.
fn spans_measure(block: &Block) -> bool {
    matches!(block, Block::DoDont(_) | Block::Exercises(_) | Block::Table(_) | Block::Contact(_))
}

/// Boxes in two columns: broken where the taller column is least tall, the last box of the shorter one stretched.
fn level_columns(style: &Style, inners: Vec<Vec<Strip>>, columns: Columns) -> Strip {
    let heights: Vec<Pt> = inners
        .iter()
        .map(|inner| stack_height(inner) + style.panel.padding * 2.0 + style.panel.gap)
        .collect();
    let total = |range: &[Pt]| range.iter().copied().sum::<Pt>();
    let taller = |split: usize| total(&heights[..split]).max(total(&heights[split..]));
    let split = (1..heights.len()).min_by(|&a, &b| taller(a).0.total_cmp(&taller(b).0)).unwrap_or(1);
    let height = taller(split) - style.panel.gap;
    let mut inners = inners;
    let right = inners.split_off(split);
    let cells =
        [inners, right].map(|inners| (column_of_boxes(style, inners, columns.width, height), columns.width));
    beside(cells.into(), columns.gutter)
}

fn column_of_boxes(style: &Style, inners: Vec<Vec<Strip>>, width: Pt, height: Pt) -> Strip {
    let last = inners.len().saturating_sub(1);
    let mut left = height;
    let mut strips = Vec::with_capacity(inners.len());
    for (index, inner) in inners.into_iter().enumerate() {
        let natural = stack_height(&inner) + style.panel.padding * 2.0;
        let tall = if index == last { left } else { natural };
        let rect = Rect { width, height: tall, ..Rect::default() };
        let gap = if index == 0 { Pt::ZERO } else { style.panel.gap };
        strips.push(Strip { gap, ..panel_of_height(style, merge(inner), rect, style.bordered()) });
        left -= tall + style.panel.gap;
    }
    merge(strips)
}
