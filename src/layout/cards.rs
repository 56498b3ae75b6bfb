//! Cards: boxes for what is said in short, for the patient's own matters, and for how to reach the clinic.

use super::boxes::panel;
use super::builder::{Builder, ROOT};
use super::strip::{Strip, decoration, stack_height};
use super::{LayoutError, Pen, Role, Shape};
use crate::document::{Block, Contact, Section, Text};
use crate::geometry::{Point, Pt};

/// Lines of a card that can stand beside a heading.
const SHORT: usize = 2;
/// From the bar at the left of a note to its words.
const BESIDE_BAR: Pt = Pt(9.0);

impl Builder<'_> {
    /// A box over the whole measure: in a tint, or outlined where it holds what a camera or an eye must find.
    pub fn card(&mut self, section: &Section) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let width = style.measure();
        let inner = self.card_text(section, style.inside(width))?;
        let look = if only_text(&section.blocks).is_some() { style.tinted() } else { style.bordered() };
        let mut strips = panel(style, inner, width, look);
        if let Some(first) = strips.first_mut() {
            (first.gap, first.section_start) = (style.gaps.part, true);
        }
        Ok(strips)
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
        let pen = Pen { width: Pt(3.0), ..style.border(style.palette.accent) };
        let (from, to) = (Point::new(Pt(1.5), Pt(1.0)), Point::new(Pt(1.5), strip.height - Pt(1.0)));
        strip.fragments.insert(0, decoration(Shape::Rule { from, to, pen }));
        Ok(Some(strip))
    }

    /// Title and blocks; a single paragraph starts on the title's line.
    fn card_text(&mut self, section: &Section, width: Pt) -> Result<Vec<Strip>, LayoutError> {
        let mut style = self.style.clone();
        style.body = style.body.evened();
        self.with_style(&style, |builder| {
            let element = builder.open(Role::Section, ROOT);
            let Some(title) = &section.title else {
                return builder.blocks(&section.blocks, width, element);
            };
            let heading = style.subheading.coloured(style.palette.brand);
            if let Some(text) = only_text(&section.blocks)
                && let Some(strips) = builder.run_in((title, &heading, 2), text, width, element)?
            {
                return Ok(strips);
            }
            let mut strips = vec![builder.heading(title, &heading, width, 2, element, None)?];
            strips.extend(builder.blocks(&section.blocks, width, element)?);
            Ok(strips)
        })
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
