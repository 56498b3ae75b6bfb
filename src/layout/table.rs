//! Tables: a head row, rules between rows, columns as wide as their words want.

use super::builder::Builder;
use super::columns::beside;
use super::paragraph::Align as LineAlign;
use super::strip::{Strip, decoration, merge};
use super::{ElementId, LayoutError, Role, Shape};
use crate::document::{Align, Table, Text};
use crate::geometry::{Point, Pt};

const CELL_GAP: Pt = Pt(12.0);

impl Builder<'_> {
    pub fn table(&mut self, table: &Table, width: Pt, parent: ElementId) -> Result<Vec<Strip>, LayoutError> {
        let widths = self.column_widths(table, width)?;
        let element = self.open(Role::Table, parent);
        let mut head = self.table_row(table, &table.head, &widths, Role::TableHeader, element)?;
        head.keep_next = true;
        let mut rows = vec![head];
        let mut height = Pt::ZERO;
        for cells in &table.rows {
            let row = self.table_row(table, cells, &widths, Role::TableCell, element)?;
            height += row.height;
            rows.push(row);
            if self.overflows(height) {
                break;
            }
        }
        let pen = self.style.border(self.style.palette.rule);
        for row in &mut rows {
            let y = row.height - Pt(2.0);
            row.fragments.push(decoration(Shape::Rule {
                from: Point::new(Pt::ZERO, y),
                to: Point::new(width, y),
                pen,
            }));
        }
        Ok(rows)
    }

    fn table_row(
        &mut self,
        table: &Table,
        cells: &[Text],
        widths: &[Pt],
        role: Role,
        parent: ElementId,
    ) -> Result<Strip, LayoutError> {
        let row = self.open(Role::TableRow, parent);
        let base = if role == Role::TableHeader { self.style.subheading } else { self.style.body };
        let mut placed = Vec::with_capacity(widths.len());
        let empty = Text::new();
        for (index, width) in widths.iter().enumerate() {
            let style = base.aligned(line_align(table.align.get(index)));
            let text = cells.get(index).unwrap_or(&empty);
            placed.push((merge(self.text(text, &style, *width, role, row)?), *width));
        }
        let mut strip = beside(placed, CELL_GAP);
        strip.height += Pt(4.0);
        Ok(strip)
    }

    /// Natural widths when they fit; else each column gets its share, at least a sixth of an equal part.
    fn column_widths(&self, table: &Table, width: Pt) -> Result<Vec<Pt>, LayoutError> {
        let count = table.head.len().max(1);
        let room = width - CELL_GAP * (count - 1) as f32;
        let mut natural = vec![Pt(24.0); count];
        for (cells, style) in std::iter::once((&table.head, &self.style.subheading))
            .chain(table.rows.iter().map(|row| (row, &self.style.body)))
        {
            for (widest, text) in natural.iter_mut().zip(cells) {
                *widest = widest.max(self.width_of(text, style)? + Pt(0.5));
            }
        }
        let total: Pt = natural.iter().copied().sum();
        if total <= room {
            return Ok(natural);
        }
        let floor = room / (count * 2) as f32;
        let share = room - floor * count as f32;
        Ok(natural.into_iter().map(|wanted| floor + share * (wanted.0 / total.0)).collect())
    }
}

fn line_align(align: Option<&Align>) -> LineAlign {
    match align {
        Some(Align::End) => LineAlign::End,
        Some(Align::Centre) => LineAlign::Centre,
        _ => LineAlign::Start,
    }
}
