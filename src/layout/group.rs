//! Groups of sections: stacked, in columns, or as cards.

use super::builder::{Builder, ROOT, with_gap};
use super::columns::Columns;
use super::strip::Strip;
use super::{LayoutError, Role};
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
        self.style.section_gap
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
    pub(super) fn section_head(
        &mut self,
        section: &Section,
        width: Pt,
        element: super::ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        self.inner_level = if section.title.is_some() { 3 } else { 2 };
        let Some(title) = &section.title else { return Ok(Vec::new()) };
        // The ink saver does without pictures that only adorn.
        let Some(icon) = section.icon.as_ref().filter(|_| !style.outlined) else {
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
}

/// Parts that arrange themselves over the whole measure.
fn spans_measure(block: &Block) -> bool {
    matches!(block, Block::DoDont(_) | Block::Exercises(_) | Block::Table(_) | Block::Contact(_))
}
