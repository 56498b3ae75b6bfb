//! Parts that stand in pairs: do and don't, exercises as figure and lines, questions.

use super::boxes::{Look, panel_row};
use super::builder::{Builder, with_gap};
use super::columns::beside;
use super::glue::Glue;
use super::marks::Mark;
use super::strip::{Strip, merge, stack_height};
use super::{ElementId, Fragment, LayoutError, Pen, Role, Tag};
use crate::document::{Block, DoDont, Exercise, Inline, MarkedList, Question, Text, plain_text};
use crate::geometry::{Point, Pt, Rect};
use crate::locale::{is_close_set, is_unspaced};

/// What a side's beginning with the second of two boxes costs.
const BETWEEN: f32 = 45.0;
/// From an exercise's figure to its words.
const FIGURE_GAP: Pt = Pt(7.0);

impl Builder<'_> {
    /// Two panels side by side, or below each other in one column.
    pub fn do_dont(
        &mut self,
        pair: &DoDont,
        width: Pt,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let (count, each) = style.cells(width);
        let do_ = self.marked_list(&pair.do_, Mark::Check, style.inside(each), parent)?;
        let dont = self.marked_list(&pair.dont, Mark::Cross, style.inside(each), parent)?;
        let width = if style.outlined { style.panel.border } else { Pt(1.5) };
        let border = |colour| Some(Pen { width, ..style.border(colour) });
        let fill = (!style.outlined).then_some(style.palette.tint);
        let good = Look { fill, border: border(style.palette.brand) };
        let bad = Look { fill: None, border: border(style.palette.warning) };
        if count == 1 {
            let first = panel_row(style, vec![(do_, each, good)]);
            // Below each other they are two boxes, of which a side may end with the first.
            let second = panel_row(style, vec![(dont, each, bad)]);
            let second = Strip { gap: style.panel.gap, cost: Some(BETWEEN), ..second };
            return Ok(vec![first, second]);
        }
        Ok(vec![panel_row(style, vec![(do_, each, good), (dont, each, bad)])])
    }

    fn marked_list(
        &mut self,
        list: &MarkedList,
        kind: Mark,
        width: Pt,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let colour = if kind == Mark::Cross { self.style.palette.warning } else { self.style.palette.brand };
        let style = self.style.heading.coloured(colour);
        let mut strips = vec![self.heading(&list.heading, &style, width, self.inner_level, parent, None)?];
        let element = self.open(Role::List { ordered: false }, parent);
        let first_gap = self.style.gaps.below_heading + Pt(0.5) + self.style.gaps.item / 2.0;
        for (index, item) in list.items.iter().enumerate() {
            let gap = if index == 0 { first_gap } else { self.style.gaps.item };
            strips.extend(with_gap(self.marked_item(item, kind, width, element)?, gap));
        }
        Ok(strips)
    }

    /// Figure and lines, two a row.
    pub fn exercises(
        &mut self,
        exercises: &[Exercise],
        width: Pt,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let (count, each) = style.cells(width);
        let mut rows: Vec<Strip> = Vec::new();
        for row in exercises.chunks(count) {
            let mut cells = Vec::with_capacity(count);
            for exercise in row {
                cells.push((self.exercise(exercise, each, parent)?, each));
            }
            let gap = if rows.is_empty() { Glue::NONE } else { style.gaps.row };
            rows.push(Strip { gap, ..beside(cells, style.gutter) });
        }
        Ok(rows)
    }

    pub fn exercise(
        &mut self,
        exercise: &Exercise,
        width: Pt,
        parent: ElementId,
    ) -> Result<Strip, LayoutError> {
        let style = self.style;
        let indent = style.figure + FIGURE_GAP;
        let text_width = width - indent;
        // The heading comes first in reading order: it says what the figure shows.
        let mut strips =
            vec![self.heading(&exercise.name, &style.subheading, text_width, 3, parent, None)?];
        let figure = self.exercise_figure(exercise, parent);
        strips.extend(self.steps(&exercise.steps, text_width, parent)?);
        let mut cell = merge(strips);
        cell.shift(Point::new(indent, Pt::ZERO));
        if let Some(figure) = figure {
            // After the heading's fragments: the order of contents is the order of reading.
            let after = cell.fragments.iter().position(|fragment| !self.is_heading(fragment)).unwrap_or(0);
            cell.fragments.insert(after, figure);
            cell.height = cell.height.max(style.figure + Pt(2.0));
        }
        Ok(cell)
    }

    /// The steps run on, so that the name and two lines stand beside the figure: a line a step would leave out a question
    /// of the sheet for each exercise. The last, how often and how long, stays on one line where it can, else it breaks behind
    /// a comma.
    fn steps(&mut self, steps: &[Text], width: Pt, parent: ElementId) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style.body;
        let Some((last, before)) = steps.split_last() else { return Ok(Vec::new()) };
        let mut text = run_on(before, last);
        let lines = self.set(&text, &style, width)?.lines.len();
        // Large print has the room for a line more.
        let most = if self.style.columns > 1 { lines } else { lines + 1 };
        for held in [Held::Whole, Held::Clauses] {
            let whole = run_on(before, &held_together(last, held));
            if self.set(&whole, &style, width)?.lines.len() <= most {
                text = whole;
                break;
            }
        }
        self.text(&text, &style, width, Role::Paragraph, parent)
    }

    fn exercise_figure(&mut self, exercise: &Exercise, parent: ElementId) -> Option<Fragment> {
        let picture = exercise.picture.as_ref()?;
        let element = self.open_figure(parent, &exercise.alt);
        let side = self.style.figure;
        let rect = Rect { x: Pt::ZERO, y: Pt(2.0), width: side, height: side };
        let shape = match self.style.outlined {
            true => self.picture_shape(&picture.outlined(), rect),
            false => self.picture_shape(picture, rect),
        };
        Some(Fragment { tag: Tag::Element(element), shape })
    }

    fn is_heading(&self, fragment: &Fragment) -> bool {
        match fragment.tag {
            Tag::Element(id) => self
                .elements
                .get(id.0 as usize)
                .is_some_and(|element| matches!(element.role, Role::Heading(_))),
            Tag::Artifact(_) => false,
        }
    }

    /// Questions as headings, their answers below. None is broken.
    pub fn questions(
        &mut self,
        questions: &[Question],
        width: Pt,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        let mut strips: Vec<Strip> = Vec::new();
        let mut height = Pt::ZERO;
        for question in questions {
            let gap = if strips.is_empty() { Glue::NONE } else { style.gaps.question };
            let mut built = self.question(question, width, parent)?;
            if stack_height(&built) <= style.tallest_cell() {
                let last = built.len().saturating_sub(1);
                built.iter_mut().take(last).for_each(|strip| strip.keep_next = true);
            }
            if let Some(first) = built.first_mut() {
                (first.gap, first.section_start) = (gap, true);
            }
            height += stack_height(&built);
            strips.extend(built);
            if self.overflows(height) {
                break;
            }
        }
        Ok(strips)
    }

    /// Where space is dear the answer starts on the question's line.
    pub fn question(
        &mut self,
        question: &Question,
        width: Pt,
        parent: ElementId,
    ) -> Result<Vec<Strip>, LayoutError> {
        let style = self.style;
        if let ([Block::Paragraph(answer)], true) = (question.answer.as_slice(), style.columns > 1) {
            let title = (question.question.as_slice(), &style.subheading, 3);
            if let Some(strips) = self.run_in(title, answer, width, parent)? {
                return Ok(strips);
            }
        }
        let mut strips = vec![self.heading(&question.question, &style.subheading, width, 3, parent, None)?];
        strips.extend(self.blocks(&question.answer, width, parent)?);
        Ok(strips)
    }
}

/// What of a sentence no line end parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Whole,
    /// What stands between commas.
    Clauses,
}

fn run_on(before: &[Text], last: &Text) -> Text {
    let mut text = Text::new();
    for step in before.iter().chain([last]) {
        let spaced = plain_text(&text).chars().next_back().is_some_and(|last| !is_close_set(last));
        text.extend(spaced.then(|| Inline::Text(" ".to_owned())));
        text.extend(step.iter().cloned());
    }
    text
}

/// A sentence with no-break spaces, and word joiners in scripts without spaces.
fn held_together(text: &Text, held: Held) -> Text {
    let hold = |words: &str| {
        let mut out = String::with_capacity(words.len() * 2);
        let mut before = None;
        for letter in words.chars() {
            let is_free = held == Held::Clauses && before.is_some_and(is_comma);
            let is_close = is_unspaced(letter) || before.is_some_and(is_unspaced);
            match letter {
                ' ' if !is_free => out.push('\u{a0}'),
                _ => {
                    out.extend((before.is_some() && is_close && !is_free).then_some('\u{2060}'));
                    out.push(letter);
                }
            }
            before = Some(letter);
        }
        out
    };
    let held = |inline: &Inline| match inline {
        Inline::Text(words) => Inline::Text(hold(words)),
        other => other.clone(),
    };
    text.iter().map(held).collect()
}

fn is_comma(letter: char) -> bool {
    matches!(letter, ',' | '，' | '、' | '،' | ';' | '；')
}
