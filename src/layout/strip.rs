//! Strips: what layout stacks. A strip never splits; coordinates inside are from its own top left corner.

use super::glue::Glue;
use super::{ElementId, Fragment, LinkArea, Shape, Tag};
use crate::geometry::{Point, Pt, Rect};

/// A piece of a column, placed as a whole.
#[derive(Debug, Default)]
pub struct Strip {
    pub height: Pt,
    /// Space above, left out at the top of a page or column.
    pub gap: Glue,
    /// Stays with the strip that follows: headings, first and last lines of paragraphs.
    pub keep_next: bool,
    /// A section begins here: a good place to break.
    pub section_start: bool,
    /// What a side's beginning here costs, where it is not the usual.
    pub cost: Option<f32>,
    pub fragments: Vec<Fragment>,
    pub links: Vec<LinkArea>,
    pub outline: Vec<Heading>,
    pub inset: Option<Inset>,
}

/// The air inside of a box, above and below its content, which gives as a gap does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inset {
    pub padding: Glue,
    /// So many fragments at the front are frames: they grow with it.
    pub frames: usize,
    /// So many behind them stay where they are, e.g. a band across the top.
    pub fixed: usize,
}

/// A heading that the outline will name once its page is known.
#[derive(Debug, Clone)]
pub struct Heading {
    pub level: u8,
    pub title: String,
    pub element: ElementId,
    /// Top, from the strip's top.
    pub y: Pt,
}

impl Strip {
    pub fn of(height: Pt, fragments: Vec<Fragment>) -> Strip {
        Strip { height, fragments, ..Strip::default() }
    }

    /// Moves everything in the strip.
    pub fn shift(&mut self, by: Point) {
        for fragment in &mut self.fragments {
            fragment.shape.shift(by);
        }
        for link in &mut self.links {
            link.rect.x += by.x;
            link.rect.y += by.y;
        }
        for heading in &mut self.outline {
            heading.y += by.y;
        }
    }

    /// Makes the air inside a box of a size.
    pub fn pad(&mut self, padding: Pt) {
        let Some(inset) = self.inset.take() else { return };
        let by = padding - inset.padding.natural;
        let still = inset.frames + inset.fixed;
        for (index, fragment) in self.fragments.iter_mut().enumerate() {
            match &mut fragment.shape {
                Shape::Rectangle { rect, .. } if index < inset.frames => rect.height += by * 2.0,
                shape if index >= still => shape.shift(Point::new(Pt::ZERO, by)),
                _ => {}
            }
        }
        self.links.iter_mut().for_each(|link| link.rect.y += by);
        self.height += by * 2.0;
    }

    /// Takes over what stands in `other`, moved by `at`.
    pub fn absorb(&mut self, mut other: Strip, at: Point) {
        other.shift(at);
        self.fragments.append(&mut other.fragments);
        self.links.append(&mut other.links);
        self.outline.append(&mut other.outline);
    }
}

/// Height of strips in one stack, without the first one's gap.
pub fn stack_height(strips: &[Strip]) -> Pt {
    let gaps: Pt = strips.iter().skip(1).map(|strip| strip.gap.natural).sum();
    gaps + strips.iter().map(|strip| strip.height).sum::<Pt>()
}

/// Merges a stack into a single strip that does not split.
pub fn merge(mut strips: Vec<Strip>) -> Strip {
    if strips.len() == 1
        && let Some(only) = strips.pop()
    {
        return only;
    }
    let mut merged = Strip {
        gap: strips.first().map_or(Glue::NONE, |strip| strip.gap),
        section_start: strips.first().is_some_and(|strip| strip.section_start),
        cost: strips.first().and_then(|strip| strip.cost),
        keep_next: strips.last().is_some_and(|strip| strip.keep_next),
        ..Strip::default()
    };
    merged.fragments.reserve(strips.iter().map(|strip| strip.fragments.len()).sum());
    for (index, strip) in strips.into_iter().enumerate() {
        if index > 0 {
            merged.height += strip.gap.natural;
        }
        let top = merged.height;
        merged.height += strip.height;
        merged.absorb(strip, Point::new(Pt::ZERO, top));
    }
    merged
}

impl Shape {
    pub fn shift(&mut self, by: Point) {
        match self {
            Shape::Line { origin, .. } | Shape::Path { origin, .. } => shift_point(origin, by),
            Shape::Rectangle { rect, .. } | Shape::Picture { rect, .. } | Shape::Photo { rect, .. } => {
                shift_rect(rect, by);
            }
            Shape::Rule { from, to, .. } => {
                shift_point(from, by);
                shift_point(to, by);
            }
        }
    }
}

fn shift_point(point: &mut Point, by: Point) {
    point.x += by.x;
    point.y += by.y;
}

fn shift_rect(rect: &mut Rect, by: Point) {
    rect.x += by.x;
    rect.y += by.y;
}

/// A fragment that is no content: panels, rules, marks.
pub fn decoration(shape: Shape) -> Fragment {
    Fragment { tag: Tag::Artifact(super::Artifact::Decoration), shape }
}
