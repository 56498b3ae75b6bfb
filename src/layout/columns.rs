//! Balanced columns, read down then right. Breaks fall between chunks: strips chained by `keep_next`.

use super::strip::{Strip, merge, stack_height};
use crate::geometry::{Point, Pt};

/// How columns stand.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    pub width: Pt,
    pub gutter: Pt,
}

/// Sums of heights may differ by this much, whatever order they are added in.
const ROUNDING: Pt = Pt(0.01);

/// Strips that belong together, in the order given.
pub fn chunks(strips: Vec<Strip>) -> Vec<Vec<Strip>> {
    let mut chunks: Vec<Vec<Strip>> = Vec::new();
    let mut open = false;
    for strip in strips {
        let keeps = strip.keep_next;
        match chunks.last_mut().filter(|_| open) {
            Some(chunk) => chunk.push(strip),
            None => chunks.push(vec![strip]),
        }
        open = keeps;
    }
    chunks
}

/// All strips in two columns of nearly equal height, as one strip.
pub fn balanced(strips: Vec<Strip>, columns: Columns) -> Strip {
    let parts = chunks(strips);
    let split = Measured::of(&parts).best_split(parts.len());
    side_by_side(parts, split, columns)
}

/// As many chunks as two columns of `height` hold, as one strip, and what is left.
/// `None` when not even the first chunk fits.
pub fn fill(strips: Vec<Strip>, columns: Columns, height: Pt) -> (Option<Strip>, Vec<Strip>) {
    let mut parts = chunks(strips);
    let measured = Measured::of(&parts);
    let count = measured.fitting(height);
    let count = measured.at_section(count, height);
    if count == 0 {
        return (None, parts.into_iter().flatten().collect());
    }
    let split = measured.best_split(count);
    let rest = parts.split_off(count);
    (Some(side_by_side(parts, split, columns)), rest.into_iter().flatten().collect())
}

/// Chunks as their heights alone, to try breaks on.
struct Measured {
    /// Height of all chunks before each, with the gaps between them but without the first one's; and of all.
    before: Vec<Pt>,
    chunks: Vec<Chunk>,
}

struct Chunk {
    /// Above it, unless it begins a column.
    gap: Pt,
    /// A section begins: height of its first strip.
    section: Option<Pt>,
}

impl Measured {
    fn of(parts: &[Vec<Strip>]) -> Measured {
        let mut before = Vec::with_capacity(parts.len() + 1);
        let mut chunks = Vec::with_capacity(parts.len());
        let mut height = Pt::ZERO;
        for part in parts {
            let first = part.first();
            let gap = first.map_or(Pt::ZERO, |strip| strip.gap);
            let section = first.filter(|strip| strip.section_start).map(|strip| strip.height);
            before.push(height);
            height += gap + stack_height(part);
            chunks.push(Chunk { gap, section });
        }
        before.push(height);
        Measured { before, chunks }
    }

    /// Height of the chunks from `start` to before `end` in one column.
    fn height(&self, start: usize, end: usize) -> Pt {
        let gap = if start < end { self.chunks[start].gap } else { Pt::ZERO };
        self.before[end] - self.before[start] - gap
    }

    /// Height of the taller column, for the first `count` chunks broken in the best place.
    fn tallest(&self, count: usize) -> Pt {
        let split = self.best_split(count);
        self.height(0, split).max(self.height(split, count))
    }

    /// The largest number of leading chunks that fit two columns of `height`.
    fn fitting(&self, height: Pt) -> usize {
        // More than both columns hold need not be tried: the time would grow with the square of the chunks.
        let gap = self.chunks.iter().map(|chunk| chunk.gap).fold(Pt::ZERO, Pt::max);
        let room = (height + ROUNDING) * 2.0 + gap;
        let holds = |count: &usize| self.height(0, *count) <= room;
        let most = (1..=self.chunks.len()).take_while(holds).last().unwrap_or(0);
        (1..=most).rev().find(|&count| self.tallest(count) <= height + ROUNDING).unwrap_or(0)
    }

    /// Steps back to the start of a section when that wastes less than half of the space.
    fn at_section(&self, count: usize, height: Pt) -> usize {
        let Some(next) = self.chunks.get(count) else { return count };
        if next.section.is_some() {
            return count;
        }
        let starts = |index: &usize| self.chunks[*index].section.is_some();
        let section = (1..count).rev().find(starts);
        section.filter(|&index| self.tallest(index) >= height * 0.5).unwrap_or(count)
    }

    /// Where to break the first `count` chunks so that the taller column is least tall. A break at a section is
    /// worth up to one line of imbalance.
    fn best_split(&self, count: usize) -> usize {
        let bonus = |split: usize| match self.chunks.get(split).and_then(|chunk| chunk.section) {
            Some(height) if split < count => height * 0.75,
            _ => Pt::ZERO,
        };
        let cost = |split: usize| {
            let (left, right) = (self.height(0, split), self.height(split, count));
            // The left column may be taller, seldom the right one.
            let lopsided = if right > left { (right - left) * 0.25 } else { Pt::ZERO };
            left.max(right) + lopsided - bonus(split)
        };
        (1..=count).min_by(|&a, &b| cost(a).0.total_cmp(&cost(b).0)).unwrap_or(0)
    }
}

fn side_by_side(mut parts: Vec<Vec<Strip>>, split: usize, columns: Columns) -> Strip {
    let right = parts.split_off(split);
    let left = merge(parts.into_iter().flatten().collect());
    let right = merge(right.into_iter().flatten().collect());
    beside(vec![(left, columns.width), (right, columns.width)], columns.gutter)
}

/// Strips side by side, tops aligned, as one strip.
pub fn beside(cells: Vec<(Strip, Pt)>, gutter: Pt) -> Strip {
    let mut row = Strip { gap: cells.first().map_or(Pt::ZERO, |(strip, _)| strip.gap), ..Strip::default() };
    row.section_start = cells.first().is_some_and(|(strip, _)| strip.section_start);
    row.fragments.reserve(cells.iter().map(|(strip, _)| strip.fragments.len()).sum());
    let mut x = Pt::ZERO;
    for (strip, width) in cells {
        row.height = row.height.max(strip.height);
        row.absorb(strip, Point::new(x, Pt::ZERO));
        x += width + gutter;
    }
    row
}
