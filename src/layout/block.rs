//! Blocks of a section: each becomes a stack of strips.

use super::boxes::{Look, panel};
use super::builder::{Builder, UNBROKEN, with_gap};
use super::marks::{Mark, mark};
use super::strip::{Strip, decoration, merge, stack_height};
use super::{ElementId, Fragment, LayoutError, Role, Shape, Tag};
use crate::document::{Block, Callout, CalloutRole, Figure, Inline, List};
use crate::geometry::{Point, Pt, Rect};

impl Builder<'_> {
    /// Blocks below each other.
    pub fn blocks(
        &mut self,
        blocks: &[Block],
        width: Pt,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let mut strips: Vec<Strip> = Vec::new();
        let mut height = Pt::ZERO;
        for block in blocks {
            let gap = if strips.is_empty() { Pt::ZERO } else { self.gap_above(block) };
            let built = with_gap(self.block(block, width, parent)?, gap);
            height += stack_height(&built);
            strips.extend(built);
            if self.overflows(height) {
                break;
            }
        }
        Ok(strips)
    }

    fn gap_above(&self, block: &Block) -> Pt {
        match block {
            Block::List(_) => self.style.grid / 2.0,
            _ => self.style.grid,
        }
    }

    fn block(&mut self, block: &Block, width: Pt, parent: ElementId) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        match block {
            Block::Heading { level, text } => {
                Ok(vec![self.heading(text, &style.subheading, width, *level, parent, None)?])
            }
            Block::Paragraph(text) => self.text(text, &style.body, width, Role::Paragraph, parent),
            Block::List(list) => self.list(list, width, parent),
            Block::DoDont(pair) => self.do_dont(pair, width, parent),
            Block::Callout(callout) => self.callout(callout, width, parent),
            Block::Figure(figure) => self.figure(figure, width, parent),
            Block::Exercises(exercises) => self.exercises(exercises, width, parent),
            Block::Questions(questions) => self.questions(questions, width, parent),
            Block::Contact(contact) => self.contact(contact, width, parent),
            Block::Table(table) => self.table(table, width, parent),
            Block::WriteOn { lines } => Ok(self.write_on(*lines, width)),
        }
    }

    fn list(&mut self, list: &List, width: Pt, parent: ElementId) -> Result<Vec<Strip>, LayoutError> {
        let element = self.open(Role::List { ordered: list.start.is_some() }, parent);
        let mut strips = Vec::new();
        let mut height = Pt::ZERO;
        for (index, item) in list.items.iter().enumerate() {
            let number = list.start.map(|start| start + index as u64);
            let built = self.list_item(item, number, width, element)?;
            height += stack_height(&built);
            strips.extend(built);
            if self.overflows(height) {
                break;
            }
        }
        Ok(strips)
    }

    fn list_item(
        &mut self,
        blocks: &[Block],
        number: Option<u64>,
        width: Pt,
        list: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let item = self.open(Role::ListItem, list);
        let indent = self.style.body.size * if number.is_some() { 1.75 } else { 1.1 };
        let label = match number {
            Some(number) => self.number(number, indent, item)?,
            None => mark(Mark::Bullet, self.style, self.style.palette.brand),
        };
        let body = self.open(Role::ListBody, item);
        let mut inner = self.item_blocks(blocks, width - indent, body)?;
        // An item stays whole unless it is longer than a paragraph that does.
        if inner.len() <= UNBROKEN {
            let last = inner.len().saturating_sub(1);
            inner.iter_mut().take(last).for_each(|strip| strip.keep_next = true);
        }
        Ok(hang(inner, label, indent))
    }

    /// Text of an item: evened out where it is a paragraph alone.
    fn item_blocks(
        &mut self,
        blocks: &[Block],
        width: Pt,
        body: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        match blocks {
            [Block::Paragraph(text)] => {
                self.text(text, &self.style.body.evened(), width, Role::Paragraph, body)
            }
            _ => self.blocks(blocks, width, body),
        }
    }

    fn number(&mut self, number: u64, indent: Pt, item: ElementId) -> Result<Vec<Fragment>, LayoutError> {
        let text = [Inline::Text(format!("{number}."))];
        let style = self.style.body;
        Ok(merge(self.text(&text, &style, indent.max(Pt(20.0)), Role::Label, item)?).fragments)
    }

    /// One item with a drawn mark before it.
    pub fn marked_item(
        &mut self,
        text: &[Inline],
        kind: Mark,
        width: Pt,
        list: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let item = self.open(Role::ListItem, list);
        let body = self.open(Role::ListBody, item);
        let indent = style.body.size * kind.indent();
        let colour = match kind {
            Mark::Cross => style.palette.warning,
            _ => style.palette.brand,
        };
        let strips = self.text_in(text, &style.body.evened(), width - indent, body)?;
        Ok(hang(strips, mark(kind, style, colour), indent))
    }

    fn callout(
        &mut self,
        callout: &Callout,
        width: Pt,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let aside = self.open(Role::Aside, parent);
        let inner = self.blocks(&callout.blocks, self.style.inside(width), aside)?;
        let look = match callout.role {
            CalloutRole::Note => self.style.bordered(),
            CalloutRole::Tip => self.style.tinted(),
            CalloutRole::Warning => {
                Look { fill: None, border: Some(self.style.border(self.style.palette.warning)) }
            }
        };
        Ok(panel(self.style, inner, width, look))
    }

    fn figure(&mut self, figure: &Figure, width: Pt, parent: ElementId) -> Result<Vec<Strip>, LayoutError> {
        let element = self.open_figure(parent, &figure.alt);
        let side = self.style.figure * 2.0;
        let height = (side * (figure.picture.height / figure.picture.width)).min(side * 2.0);
        let rect = Rect { x: Pt::ZERO, y: Pt::ZERO, width: side.min(width), height };
        let shape = self.picture_shape(&figure.picture, rect);
        let mut strips = vec![Strip::of(height, vec![Fragment { tag: Tag::Element(element), shape }])];
        if let Some(caption) = &figure.caption {
            strips[0].keep_next = true;
            let style = self.style.body;
            strips.extend(self.text(caption, &style, width, Role::Caption, parent)?);
        }
        Ok(strips)
    }

    /// Rule lines for a pen, a line and a half apart.
    fn write_on(&self, lines: u8, width: Pt) -> Vec<Strip> {
        let pitch = self.style.body.leading * 1.5;
        let pen = self.style.border(self.style.palette.muted);
        let line = || {
            let y = pitch - Pt(2.0);
            let rule = Shape::Rule { from: Point::new(Pt::ZERO, y), to: Point::new(width, y), pen };
            Strip::of(pitch, vec![decoration(rule)])
        };
        (0..lines).map(|_| line()).collect()
    }
}

/// Text that hangs to the right of a label: the label stands on the first strip's line.
pub fn hang(strips: Vec<Strip>, label: Vec<Fragment>, indent: Pt) -> Vec<Strip> {
    let mut label = Some(label);
    let hung = strips.into_iter().map(|mut strip| {
        strip.shift(Point::new(indent, Pt::ZERO));
        if let Some(label) = label.take() {
            strip.fragments.splice(0..0, label);
        }
        strip
    });
    hung.collect()
}
