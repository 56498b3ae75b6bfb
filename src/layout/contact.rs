//! How to reach the clinic: label and value lines, with the QR code beside them.

use super::builder::{Builder, ROOT, with_gap};
use super::columns::beside;
use super::paragraph::Align;
use super::strip::{Strip, decoration, merge, stack_height};
use super::{ElementId, Fragment, LayoutError, Role, Shape, Tag};
use crate::document::{Block, Contact, ContactLine, Inline, QrCode, Segment, Text};
use crate::geometry::{Point, Pt, Rect};
use std::sync::Arc;

/// Side of the code: at 10 mm and more a phone reads a short address (ISO/IEC 18004 leaves size open; 25 mm
/// suits a distance of 25 cm).
const QR_SIDE: Pt = Pt(64.0);
/// Nothing stands nearer above the code than four of its modules (ISO/IEC 18004, 6.3.8), of which the shortest address has 25
/// a side.
const QUIET: Pt = Pt(QR_SIDE.0 * 4.0 / 25.0);
/// Between what stands on one line.
const APART: Pt = Pt(18.0);
/// Between who we are and how to reach us.
const LINES_APART: Pt = Pt(2.0);

impl Builder<'_> {
    pub fn contact(
        &mut self,
        contact: &Contact,
        width: Pt,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let Some(qr) = &contact.qr else { return self.contact_lines(&contact.lines, width, parent) };
        let text_width = width - QR_SIDE - style.gutter;
        let above = self.above_code(contact, qr, (width, text_width), parent)?;
        let (above, lines) = contact.lines.split_at(above);
        let mut strips = self.contact_in_rows(above, width, parent)?;
        let mut lines = self.contact_lines(lines, text_width, parent)?;
        let code = self.qr_code(qr, QR_SIDE, parent)?;
        lines.extend(self.code_label(qr, text_width, parent)?);
        let mut row = beside(vec![(merge(lines), text_width)], style.gutter);
        row.height = row.height.max(QR_SIDE + QUIET);
        strips.push(with_code(row, code, text_width + style.gutter));
        Ok(strips)
    }

    /// How many lines stand above the code, over the whole measure: so many that all is lowest, and a line that must be torn
    /// beside the code costs as much again. An address for mail that is broken is typed wrong.
    fn above_code(
        &mut self,
        contact: &Contact,
        qr: &QrCode,
        (width, narrow): (Pt, Pt),
        parent: ElementId,
    ) -> Result<usize, LayoutError> {
        let mark = self.elements.len();
        let label = stack_height(&self.code_label(qr, narrow, parent)?);
        let (mut best, mut lowest) = (0, Pt(f32::MAX));
        for above in 0..=contact.lines.len() {
            let (above_it, beside_it) = contact.lines.split_at(above);
            let rows = stack_height(&self.contact_in_rows(above_it, width, parent)?);
            let lines = stack_height(&self.contact_lines(beside_it, narrow, parent)?);
            let torn = lines - stack_height(&self.contact_lines(beside_it, width, parent)?);
            let height = rows + (lines + label).max(QR_SIDE + QUIET) + torn;
            if height + Pt(0.5) < lowest {
                (best, lowest) = (above, height);
            }
        }
        self.elements.truncate(mark);
        Ok(best)
    }

    /// All of a card over a whole sheet's measure: as many ways to reach the clinic on a line as it holds, beside the code.
    pub(super) fn contact_card(
        &mut self,
        title: Option<&Text>,
        (before, contact): (&[Block], &Contact),
        width: Pt,
    ) -> Result<Vec<Strip>, LayoutError> {
        let element = self.open(Role::Section, ROOT);
        let for_code = if contact.qr.is_some() { QR_SIDE + self.style.gutter } else { Pt::ZERO };
        let text_width = width - for_code;
        let mut strips = self.titled(title, before, text_width, element)?;
        let (rows, ends) = self.rows_of(&contact.lines, text_width, element)?;
        let heights: Vec<Pt> = rows.iter().map(|row| row.height).collect();
        let mut rows = merge(rows);
        let Some(qr) = &contact.qr else {
            strips.extend(with_gap(vec![rows], LINES_APART));
            return Ok(vec![merge(strips)]);
        };
        let code = self.qr_code(qr, QR_SIDE, element)?;
        // At the end of the lowest row with room for it, where the code stands, else below all of them; read after them.
        let label = merge(self.code_label(qr, text_width, element)?);
        let room = text_width - self.width_of(&qr.label, &self.style.body)? - APART;
        let has_room = |at: &usize| ends[*at] <= room && heights[*at] <= label.height;
        let above = (0..ends.len()).rfind(has_room).unwrap_or(ends.len());
        let top = heights[..above].iter().copied().sum::<Pt>();
        rows.height = rows.height.max(top + label.height);
        rows.absorb(label, Point::new(Pt::ZERO, top));
        strips.extend(with_gap(vec![rows], LINES_APART));
        let row = beside(vec![(merge(strips), text_width)], self.style.gutter);
        Ok(vec![with_code(row, code, width - QR_SIDE)])
    }

    /// What the code is for, at its side.
    fn code_label(&mut self, qr: &QrCode, width: Pt, parent: ElementId) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style.body.aligned(Align::End);
        self.text(&qr.label, &style, width, Role::Paragraph, parent)
    }

    fn contact_in_rows(
        &mut self,
        lines: &[ContactLine],
        width: Pt,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        Ok(self.rows_of(lines, width, parent)?.0)
    }

    /// Rows of as many lines as each holds, and where each ends.
    fn rows_of(
        &mut self,
        lines: &[ContactLine],
        width: Pt,
        parent: ElementId,
    ) -> Result<(Vec<Strip>, Vec<Pt>), LayoutError> {
        let style = self.style.body;
        let (mut rows, mut ends): (Vec<Strip>, Vec<Pt>) = (Vec::new(), Vec::new());
        for line in lines {
            let text = labelled(line);
            let natural = self.width_of(&text, &style)?;
            let strips = self.text(&text, &style, width, Role::Paragraph, parent)?;
            match rows.last_mut().zip(ends.last_mut()).filter(|(_, end)| **end + APART + natural <= width) {
                Some((row, end)) => {
                    row.absorb(merge(strips), Point::new(*end + APART, Pt::ZERO));
                    *end += APART + natural;
                }
                None => {
                    rows.push(merge(strips));
                    ends.push(natural);
                }
            }
        }
        Ok((rows, ends))
    }

    pub(super) fn contact_lines(
        &mut self,
        lines: &[ContactLine],
        width: Pt,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style.body;
        let mut strips = Vec::new();
        for line in lines {
            strips.extend(self.text(&labelled(line), &style, width, Role::Paragraph, parent)?);
        }
        Ok(strips)
    }

    /// The code as one path of squares. A URL that is too long for a code is left to the text line.
    pub(super) fn qr_code(
        &mut self,
        qr: &QrCode,
        whole: Pt,
        parent: ElementId,
    ) -> Result<Option<Strip>, LayoutError> {
        let Some(modules) = qr.modules() else { return Ok(None) };
        let element = self.open_figure(parent, &qr.alt);
        let size = modules.len();
        let side = whole.0 / size as f32;
        let mut segments = Vec::new();
        for (row, line) in modules.iter().enumerate() {
            for (column, _) in line.iter().enumerate().filter(|(_, dark)| **dark) {
                square(&mut segments, column as f32 * side, row as f32 * side, side);
            }
        }
        let shape = Shape::Path {
            segments: Arc::from(segments),
            origin: Point::default(),
            middle: whole / 2.0,
            fill: Some(self.style.palette.ink),
            stroke: None,
        };
        let rect = Rect { x: Pt::ZERO, y: Pt::ZERO, width: whole, height: whole };
        self.elements[element.0 as usize].bounds = Some((0, rect));
        let ground =
            Shape::Rectangle { rect, radius: Pt::ZERO, fill: Some(self.style.palette.paper), stroke: None };
        let fragments = vec![decoration(ground), Fragment { tag: Tag::Element(element), shape }];
        Ok(Some(Strip::of(whole, fragments)))
    }
}

/// The code at the foot of its row, where its label ends.
fn with_code(mut row: Strip, code: Option<Strip>, x: Pt) -> Strip {
    if let Some(code) = code {
        row.height = row.height.max(QR_SIDE);
        let y = row.height - QR_SIDE;
        row.absorb(code, Point::new(x, y));
    }
    row
}

fn labelled(line: &ContactLine) -> Text {
    let mut text = Vec::new();
    if !line.label.is_empty() {
        text.push(Inline::Strong(line.label.clone()));
        text.push(Inline::Text(" ".to_owned()));
    }
    text.extend(line.value.iter().cloned());
    text
}

fn square(segments: &mut Vec<Segment>, x: f32, y: f32, side: f32) {
    segments.extend([
        Segment::MoveTo(x, y),
        Segment::LineTo(x + side, y),
        Segment::LineTo(x + side, y + side),
        Segment::LineTo(x, y + side),
        Segment::Close,
    ]);
}
