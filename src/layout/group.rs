//! Groups of sections: what each of them adds to the plan of a sheet.

use super::builder::{Builder, ROOT, with_gap};
use super::columns::{Columns, banded};
use super::glue::Glue;
use super::plan::{Grid, Plan};
use super::strip::{Strip, decoration, merge};
use super::{ElementId, LayoutError, Pen, Role, Shape};
use crate::document::{Arrangement, Block, Exercise, Group, Question, Section};
use crate::geometry::{Point, Pt};

/// The part of a sheet's measure that holds 80 characters in a line, the most that is read with ease (WCAG 2.2, 1.4.8).
const READABLE: f32 = 0.8;
/// Under the rule of a cell.
const BELOW_RULE: Pt = Pt(3.0);
/// Lines of a section of text that is read as one, and what it costs that a side begins within it.
const SHORT: usize = 10;
const TORN: f32 = 40.0;
/// Under a note's bar, more than under a heading.
const BELOW_BAR: Pt = Pt(5.0);
/// What a side's beginning with a later row of questions or exercises costs.
const QUESTIONS: f32 = 5.0;
const EXERCISES: f32 = 9.0;

/// A card that waits for the heading that it stands beside.
pub type Waiting = Option<(String, Strip)>;

impl Builder<'_> {
    /// All groups, in order.
    pub fn plan_body<'d>(&mut self, body: &'d [Group], plan: &mut Plan<'d>) -> Result<(), LayoutError> {
        let mut waiting: Waiting = None;
        for (index, group) in body.iter().enumerate() {
            let before_exercises = body.get(index + 1).is_some_and(begins_with_exercises);
            if let ([card], Arrangement::Cards, true) =
                (group.sections.as_slice(), group.arrangement, before_exercises)
                && let Some(note) = self.side_note(card)?
            {
                waiting = Some((card.id.clone(), note));
                continue;
            }
            self.plan_group(group, waiting.take(), plan)?;
        }
        Ok(())
    }

    fn plan_group<'d>(
        &mut self,
        group: &'d Group,
        mut waiting: Waiting,
        plan: &mut Plan<'d>,
    ) -> Result<(), LayoutError> {
        let ruled = group.arrangement == Arrangement::Columns && self.style.columns > 1;
        let mut cells = Vec::new();
        for (index, section) in group.sections.iter().enumerate() {
            let cost = if index == 0 { 0.0 } else { 2.0 };
            let width = self.style.column_width(2);
            if ruled && let Some(cell) = self.ruled_cell(section, width, width)? {
                cells.push((section, cell));
                continue;
            }
            self.plan_ruled(std::mem::take(&mut cells), plan);
            match group.arrangement {
                Arrangement::Cards => {
                    let card = self.card(section)?;
                    plan.stack(&section.id, costing(card, cost));
                }
                _ => self.plan_section(section, waiting.take(), cost, plan)?,
            }
        }
        self.plan_ruled(cells, plan);
        Ok(())
    }

    /// Sections as cells with a rule above each, two a row.
    fn plan_ruled<'d>(&self, cells: Vec<(&'d Section, Strip)>, plan: &mut Plan<'d>) {
        if cells.is_empty() {
            return;
        }
        let alone = cells.iter().map(|(section, _)| *section).collect();
        let cells = cells.into_iter().map(|(section, strip)| (section.id.clone(), strip)).collect();
        let grid = self.pairs(self.style.gaps.part, QUESTIONS);
        plan.grid("", None, Vec::new(), cells, alone, grid);
    }

    /// Whichever is left alone in its row has the whole of it.
    pub fn alone(&mut self, section: &Section) -> Result<Option<Strip>, LayoutError> {
        let measure = self.style.measure();
        self.ruled_cell(section, measure, measure * READABLE)
    }

    /// `None`: it arranges itself, or is too high for a cell. Its rule may be wider than its words.
    fn ruled_cell(&mut self, section: &Section, rule: Pt, width: Pt) -> Result<Option<Strip>, LayoutError> {
        let arranged = |block: &Block| spans_measure(block) || matches!(block, Block::Questions(_));
        if section.blocks.iter().any(arranged) {
            return Ok(None);
        }
        let style = self.style;
        let element = self.open(Role::Section, ROOT);
        let mut strips = Vec::new();
        self.inner_level = if section.title.is_some() { 3 } else { 2 };
        if let Some(title) = &section.title {
            let heading = style.subheading.coloured(style.palette.brand);
            strips.push(self.heading(title, &heading, width, 2, element, None)?);
        }
        strips.extend(self.blocks(&section.blocks, width, element)?);
        let mut cell = merge(strips);
        if cell.height > style.tallest_cell() {
            return Ok(None);
        }
        cell.shift(Point::new(Pt::ZERO, BELOW_RULE));
        cell.height += BELOW_RULE;
        let pen = Pen { width: Pt(0.75), ..style.border(style.palette.brand) };
        let rule = Shape::Rule { from: Point::default(), to: Point::new(rule, Pt::ZERO), pen };
        cell.fragments.insert(0, decoration(rule));
        (cell.gap, cell.section_start, cell.keep_next) = (style.gaps.part, true, false);
        cell.cost = Some(1.0);
        Ok(Some(cell))
    }

    fn pairs(&self, gap: Glue, cost: f32) -> Grid {
        let style = self.style;
        let columns = style.columns;
        let pitch = style.cells(style.measure()).1 + style.gutter;
        Grid { columns, pitch, gap, cost, is_set: false }
    }

    /// One section over the whole measure.
    fn plan_section<'d>(
        &mut self,
        section: &'d Section,
        waiting: Waiting,
        cost: f32,
        plan: &mut Plan<'d>,
    ) -> Result<(), LayoutError> {
        match section.blocks.as_slice() {
            [Block::Exercises(exercises)] => self.plan_exercises(section, exercises, waiting, cost, plan),
            [Block::Questions(questions)] => self.plan_questions(section, questions, cost, plan),
            _ => {
                let strips = costing(self.stacked(section)?, cost);
                // Words alone: what stands beside them does not explain them.
                match section.blocks.iter().any(spans_measure) {
                    true => plan.stack(&section.id, strips),
                    false => plan.stack_anywhere(&section.id, strips),
                }
                Ok(())
            }
        }
    }

    fn plan_exercises(
        &mut self,
        section: &Section,
        exercises: &[Exercise],
        waiting: Waiting,
        cost: f32,
        plan: &mut Plan<'_>,
    ) -> Result<(), LayoutError> {
        let style = self.style;
        let element = self.open(Role::Section, ROOT);
        let (_, each) = style.cells(style.measure());
        let width = if waiting.is_some() { each } else { style.measure() };
        let beside = waiting.map(|(_, note)| {
            let note = Strip { gap: style.gaps.heading, section_start: true, cost: Some(cost), ..note };
            (note, each + style.gutter)
        });
        let low = beside.as_ref().is_some_and(|(note, _)| note.height > style.heading.leading);
        let head = costing(self.section_head(section, width, element)?, cost);
        let head = head.into_iter().map(|strip| (strip, Pt::ZERO, true)).collect();
        let mut cells = Vec::with_capacity(exercises.len());
        for exercise in exercises {
            let mut cell = self.exercise(exercise, each, element)?;
            // A bar that stands beside the heading ends lower than its letters.
            let bar = if low { BELOW_BAR } else { Pt::ZERO };
            cell.gap = (style.gaps.below_heading + bar).into();
            cells.push((format!("{}/{}", section.id, exercise.id), cell));
        }
        // One below the other they are a set that is done in a row: nobody looks for the last one on another page.
        let grid = Grid { is_set: style.columns == 1, ..self.pairs(style.gaps.row, EXERCISES) };
        plan.grid(&section.id, beside, head, cells, Vec::new(), grid);
        Ok(())
    }

    fn plan_questions(
        &mut self,
        section: &Section,
        questions: &[Question],
        cost: f32,
        plan: &mut Plan<'_>,
    ) -> Result<(), LayoutError> {
        let style = self.style;
        let element = self.open(Role::Section, ROOT);
        let (_, each) = style.cells(style.measure());
        let head = costing(self.section_head(section, style.measure(), element)?, cost);
        let mut cells = Vec::with_capacity(questions.len());
        for question in questions {
            let mut cell = merge(self.question(question, each, element)?);
            (cell.gap, cell.keep_next) = (style.gaps.below_heading.into(), false);
            cells.push((format!("{}/{}", section.id, question.id), cell));
        }
        let head = head.into_iter().map(|strip| (strip, Pt::ZERO, false)).collect();
        // The last of an odd number keeps to its column: over the whole measure its lines would be too long to read.
        let grid = self.pairs(style.gaps.question, QUESTIONS);
        plan.grid(&section.id, None, head, cells, Vec::new(), grid);
        Ok(())
    }

    /// Running text would make lines too long to read, so it stands in two columns below the heading; parts with an
    /// arrangement of their own keep the whole width.
    fn stacked(&mut self, section: &Section) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let element = self.open(Role::Section, ROOT);
        let width = style.measure();
        let mut strips = self.section_head(section, width, element)?;
        let gap: Glue = match section.blocks.first() {
            Some(Block::DoDont(_) | Block::Callout(_)) => style.gaps.heading_to_box.into(),
            _ => style.gaps.below_heading.into(),
        };
        let mut text = self.section_text(section, width, element)?;
        if text.len() <= SHORT && section.blocks.iter().all(|block| matches!(block, Block::Paragraph(_))) {
            text.iter_mut().skip(1).for_each(|strip| strip.cost = Some(TORN));
        }
        let begins = strips.is_empty();
        strips.extend(with_gap(text, if begins { style.gaps.part } else { gap }));
        Ok(strips)
    }

    fn section_text(
        &mut self,
        section: &Section,
        width: Pt,
        element: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        if style.columns == 1 || section.blocks.iter().any(spans_measure) {
            return self.blocks(&section.blocks, width, element);
        }
        let columns = Columns { width: style.column_width(2), gutter: style.gutter };
        let mark = self.elements.len();
        let strips = self.blocks(&section.blocks, columns.width, element)?;
        // A paragraph that may not break would leave a column empty.
        if strips.iter().rev().skip(1).all(|strip| strip.keep_next) {
            self.elements.truncate(mark);
            return self.blocks(&section.blocks, width, element);
        }
        Ok(banded(strips, columns, style.tallest_cell()))
    }

    pub(super) fn section_head(
        &mut self,
        section: &Section,
        width: Pt,
        element: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        self.inner_level = if section.title.is_some() { 3 } else { 2 };
        let Some(title) = &section.title else { return Ok(Vec::new()) };
        let heading = self.heading(title, &style.heading, width, 2, element, None)?;
        let boxed = matches!(section.blocks.first(), Some(Block::DoDont(_) | Block::Callout(_)));
        let gap = if boxed { style.gaps.box_heading } else { style.gaps.heading };
        Ok(vec![Strip { gap, section_start: true, ..heading }])
    }
}

/// Says what a side's beginning with them costs.
fn costing(mut strips: Vec<Strip>, cost: f32) -> Vec<Strip> {
    if let Some(first) = strips.first_mut() {
        (first.section_start, first.cost) = (true, Some(cost));
    }
    strips
}

fn begins_with_exercises(group: &Group) -> bool {
    let first = group.sections.first().map(|section| section.blocks.as_slice());
    matches!(first, Some([Block::Exercises(_)])) && group.arrangement != Arrangement::Cards
}

/// Parts that arrange themselves over the whole measure.
fn spans_measure(block: &Block) -> bool {
    matches!(block, Block::DoDont(_) | Block::Exercises(_) | Block::Table(_) | Block::Contact(_))
}
