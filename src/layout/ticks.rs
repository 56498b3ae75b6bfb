//! The labels of a time axis, on a handout and on a panel: on one line, wrapped, or fewer of them, whatever first keeps
//! them apart.

use super::builder::Builder;
use super::paragraph::{Align, ParagraphStyle};
use super::strip::{Strip, merge};
use super::{ElementId, LayoutError};
use crate::document::{Inline, Text, Tick, plain_text};
use crate::geometry::{Point, Pt};

/// Between two labels at the least, as a share of their type's size.
const APART: f32 = 0.5;

/// A label of more lines than this is set less often instead.
const MOST_LINES: usize = 2;

/// Where labels may stand.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub left: Pt,
    pub right: Pt,
}

/// A label's place: its left end and its width.
struct Place<'t> {
    label: &'t Text,
    start: Pt,
    width: Pt,
}

impl Builder<'_> {
    /// The labels of moments on an axis; `at` says where an hour stands on it. A label is over its moment, or as near to
    /// that as `span` allows.
    pub(super) fn tick_labels(
        &mut self,
        ticks: &[Tick],
        at: impl Fn(u32) -> Pt,
        span: Span,
        element: ElementId,
    ) -> Result<Strip, LayoutError> {
        let style = self.style.small;
        let mut places = Vec::new();
        for (step, wrapped) in (1..=ticks.len()).flat_map(|step| [(step, false), (step, true)]) {
            if let Some(found) = self.apart(ticks, &at, span, step, wrapped)? {
                places = found;
                break;
            }
        }
        let mut strip = Strip::default();
        for Place { label, start, width } in places {
            let align = match () {
                () if start <= span.left + Pt(0.5) => Align::Start,
                () if start + width >= span.right - Pt(0.5) => Align::End,
                () => Align::Centre,
            };
            let lines = self.text_in(&spaced(label), &style.aligned(align), width, element)?;
            let label = merge(lines);
            strip.height = strip.height.max(label.height);
            strip.absorb(label, Point::new(start, Pt::ZERO));
        }
        Ok(strip)
    }

    /// Every `step`th label in its place, if none meets the next.
    fn apart<'t>(
        &self,
        ticks: &'t [Tick],
        at: &impl Fn(u32) -> Pt,
        span: Span,
        step: usize,
        wrapped: bool,
    ) -> Result<Option<Vec<Place<'t>>>, LayoutError> {
        let style = self.style.small;
        let gap = style.size * APART;
        let chosen: Vec<&Tick> = ticks.iter().step_by(step).collect();
        let slot = match chosen.as_slice() {
            [first, second, ..] => at(second.hours) - at(first.hours) - gap,
            _ => span.right - span.left,
        };
        let mut places: Vec<Place<'t>> = Vec::with_capacity(chosen.len());
        for tick in chosen {
            let width = match wrapped {
                true => self.wrapped_width(&tick.label, &style, slot)?,
                false => Some(self.width_of(&tick.label, &style)? + Pt(0.5)),
            };
            let Some(width) = width.filter(|width| *width <= span.right - span.left) else { return Ok(None) };
            let start = (at(tick.hours) - width / 2.0).min(span.right - width).max(span.left);
            if places.last().is_some_and(|last| last.start + last.width + gap > start) {
                return Ok(None);
            }
            places.push(Place { label: &tick.label, start, width });
        }
        Ok(Some(places))
    }

    /// How wide a label is when it is broken between words to stand in a slot.
    fn wrapped_width(
        &self,
        label: &Text,
        style: &ParagraphStyle,
        slot: Pt,
    ) -> Result<Option<Pt>, LayoutError> {
        for word in plain_text(label).split(' ') {
            if self.width_of(&[Inline::Text(word.to_owned())], style)? > slot {
                return Ok(None);
            }
        }
        let set = self.set(label, style, slot.max(Pt(1.0)))?;
        Ok((set.lines.len() <= MOST_LINES).then_some(set.width + Pt(0.5)))
    }
}

/// With a space behind it, so that what follows does not glue in copied text.
pub(super) fn spaced(text: &Text) -> Text {
    let mut text = text.clone();
    text.push(Inline::Text(" ".to_owned()));
    text
}
