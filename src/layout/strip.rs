//! Strips: what layout stacks. A strip never splits; coordinates inside are from its own top left corner.

use super::glue::Glue;
use super::{ElementId, Fragment, LinkArea, Shape, Tag};
use crate::geometry::{Point, Pt, Rect};
use std::ops::Range;

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
    /// Where a box may close up.
    pub seams: Vec<Seam>,
}

/// The air inside of a box, above and below its content, which gives as a gap does.
#[derive(Clone, Debug, PartialEq)]
pub struct Inset {
    pub padding: Glue,
    /// So many fragments at the front are frames: they grow with it.
    pub frames: usize,
    /// So many behind them stay where they are, e.g. a band across the top.
    pub fixed: usize,
    /// How much lower the box is with its last seam closed, its last two, and so on.
    pub closing: Vec<Pt>,
}

/// Air between two paragraphs of a box, which is there or not: half of it would put lines that face each other beside each
/// other's.
#[derive(Clone, Debug, PartialEq)]
pub struct Seam {
    /// What stands below it.
    fragments: Range<usize>,
    links: Range<usize>,
    air: Pt,
    /// Counted from the top of its column.
    number: usize,
}

impl Inset {
    /// The air above or below as the side sees it: once that is least, seams close.
    pub fn air(&self) -> Glue {
        let closed = self.closing.last().copied().unwrap_or_default();
        Glue { least: self.padding.least - closed / 2.0, ..self.padding }
    }

    /// For so much air: how many seams are closed, and how much lower the box is for that.
    fn closed(&self, air: Pt) -> (usize, Pt) {
        let enough = |lower: &Pt| air + *lower / 2.0 >= self.padding.least;
        let choices = || std::iter::once(Pt::ZERO).chain(self.closing.iter().copied()).enumerate();
        choices().find(|(_, lower)| enough(lower)).or_else(|| choices().last()).unwrap_or_default()
    }
}

/// How much lower columns of these heights and seams are with the last seam closed, the last two, and so on.
pub fn closing(columns: &[Strip]) -> Vec<Pt> {
    let seams = columns.iter().map(|column| column.seams.len()).max().unwrap_or_default();
    let highest = |open: usize| {
        let closed = |column: &Strip| column.seams.iter().skip(open).map(|seam| seam.air).sum::<Pt>();
        columns.iter().map(|column| column.height - closed(column)).fold(Pt::ZERO, Pt::max)
    };
    (0..seams).rev().map(|open| highest(seams) - highest(open)).collect()
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
        let (closed, lower) = inset.closed(padding);
        let by = padding + lower / 2.0 - inset.padding.natural;
        self.close_seams(inset.closing.len() - closed);
        let still = inset.frames + inset.fixed;
        for (index, fragment) in self.fragments.iter_mut().enumerate() {
            match &mut fragment.shape {
                Shape::Rectangle { rect, .. } if index < inset.frames => rect.height += by * 2.0 - lower,
                shape if index >= still => shape.shift(Point::new(Pt::ZERO, by)),
                _ => {}
            }
        }
        self.links.iter_mut().for_each(|link| link.rect.y += by);
        self.height += by * 2.0 - lower;
    }

    /// Takes the air of all seams of a box away.
    pub fn close(&mut self) {
        if let Some(least) = self.inset.as_ref().map(|inset| inset.air().least) {
            self.pad(least);
        }
    }

    /// Takes the air of all seams but the first ones of each column away.
    fn close_seams(&mut self, open: usize) {
        for seam in std::mem::take(&mut self.seams).into_iter().filter(|seam| seam.number >= open) {
            let up = Point::new(Pt::ZERO, -seam.air);
            self.fragments[seam.fragments].iter_mut().for_each(|fragment| fragment.shape.shift(up));
            self.links[seam.links].iter_mut().for_each(|link| link.rect.y -= seam.air);
        }
    }

    /// Puts a paragraph below, so far away; of that, the air of a seam can be taken back.
    pub fn join(&mut self, below: Strip, gap: Pt, air: Pt) {
        let (fragments, links) = (self.fragments.len(), self.links.len());
        let top = self.height + gap;
        self.height = top + below.height;
        self.absorb(below, Point::new(Pt::ZERO, top));
        if air > Pt::ZERO {
            let number = self.seams.len();
            self.seams.push(Seam { fragments: fragments..fragments, links: links..links, air, number });
        }
        for seam in &mut self.seams {
            (seam.fragments.end, seam.links.end) = (self.fragments.len(), self.links.len());
        }
    }

    /// Takes over what stands in `other`, moved by `at`.
    pub fn absorb(&mut self, mut other: Strip, at: Point) {
        other.shift(at);
        let (fragments, links) = (self.fragments.len(), self.links.len());
        let moved = |range: &Range<usize>, by: usize| range.start + by..range.end + by;
        self.seams.extend(other.seams.drain(..).map(|seam| Seam {
            fragments: moved(&seam.fragments, fragments),
            links: moved(&seam.links, links),
            ..seam
        }));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brand::Colour;

    fn rectangle(y: f32, height: f32) -> Fragment {
        let rect = Rect { x: Pt::ZERO, y: Pt(y), width: Pt(50.0), height: Pt(height) };
        decoration(Shape::Rectangle {
            rect,
            radius: Pt::ZERO,
            fill: Some(Colour::new(0, 0, 0)),
            stroke: None,
        })
    }

    /// A column of a line of 10 with so many more below it, each 4 apart.
    fn column(more: usize) -> Strip {
        let line = || Strip::of(Pt(10.0), vec![rectangle(0.0, 10.0)]);
        let mut column = line();
        (0..more).for_each(|_| column.join(line(), Pt(4.0), Pt(4.0)));
        column
    }

    /// A box of columns side by side: its frame, then what stands in it.
    fn boxed(columns: Vec<Strip>) -> Strip {
        let padding = Glue::new(2.0, 6.0, 9.0, 1.0);
        let height =
            columns.iter().map(|column| column.height).fold(Pt::ZERO, Pt::max) + padding.natural * 2.0;
        let mut strip = Strip::of(height, vec![rectangle(0.0, height.0)]);
        strip.inset = Some(Inset { padding, frames: 1, fixed: 0, closing: closing(&columns) });
        columns.into_iter().for_each(|column| strip.absorb(column, Point::new(Pt::ZERO, padding.natural)));
        strip
    }

    /// Top and height of each rectangle.
    fn places(strip: &Strip) -> Vec<(f32, f32)> {
        let place = |fragment: &Fragment| match &fragment.shape {
            Shape::Rectangle { rect, .. } => Some((rect.y.0, rect.height.0)),
            _ => None,
        };
        strip.fragments.iter().filter_map(place).collect()
    }

    #[test]
    fn a_box_is_as_much_lower_with_its_seams_closed_as_its_highest_column_is() {
        let table: [(&[usize], &[f32]); 5] = [
            (&[0], &[]),
            (&[2], &[4.0, 8.0]),
            (&[2, 2], &[4.0, 8.0]),
            // The other column is lower: by one seam, by none.
            (&[2, 1], &[4.0, 8.0]),
            (&[3, 0], &[4.0, 8.0, 12.0]),
        ];
        for (columns, expected) in table {
            let columns: Vec<Strip> = columns.iter().map(|more| column(*more)).collect();
            let found: Vec<f32> = closing(&columns).iter().map(|lower| lower.0).collect();
            assert_eq!(found, expected);
        }
        let high = Strip::of(Pt(36.0), Vec::new());
        assert_eq!(closing(&[column(2), high]), [Pt(2.0), Pt(2.0)]);
    }

    #[test]
    fn seams_close_from_the_last_once_the_air_around_is_least() {
        // Air above, and the tops of three lines in a box.
        let table = [
            (9.0, [9.0, 23.0, 37.0], 56.0),
            (6.0, [6.0, 20.0, 34.0], 50.0),
            (2.0, [2.0, 16.0, 30.0], 42.0),
            // The last seam pays for the air around.
            (1.0, [3.0, 17.0, 27.0], 40.0),
            (0.0, [2.0, 16.0, 26.0], 38.0),
            (-2.0, [2.0, 12.0, 22.0], 34.0),
        ];
        for (air, tops, height) in table {
            let mut strip = boxed(vec![column(2)]);
            assert_eq!(strip.inset.as_ref().map(|inset| inset.air().least), Some(Pt(-2.0)));
            strip.pad(Pt(air));
            assert_eq!(strip.height, Pt(height), "{air}");
            let places = places(&strip);
            assert_eq!(places[0], (0.0, height), "{air}");
            assert_eq!(places[1..].iter().map(|place| place.0).collect::<Vec<_>>(), tops, "{air}");
        }
    }

    #[test]
    fn lines_that_face_each_other_keep_doing_so() {
        let mut closed = boxed(vec![column(2), column(1)]);
        let mut least = boxed(vec![column(2), column(1)]);
        closed.close();
        least.pad(Pt(-2.0));
        assert_eq!((closed.height, places(&closed)), (least.height, places(&least)));
        for air in [9.0, 6.0, 1.0, -2.0] {
            let mut strip = boxed(vec![column(2), column(1)]);
            strip.pad(Pt(air));
            let places = places(&strip);
            assert_eq!((places[1].0, places[2].0), (places[4].0, places[5].0), "{air}");
        }
    }
}
