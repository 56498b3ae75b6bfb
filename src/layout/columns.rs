//! Balanced columns, read down then right. Breaks fall between chunks: strips chained by `keep_next`.

use super::glue::Glue;
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

/// Strips in two columns; what is higher than `most` in bands below each other, each read down then right.
pub fn banded(strips: Vec<Strip>, columns: Columns, most: Pt) -> Vec<Strip> {
    let mut parts = chunks(strips);
    let mut bands = Vec::new();
    while !parts.is_empty() {
        let measured = Measured::of(&parts);
        let count = measured.fitting(most).max(1);
        let split = measured.best_split(count);
        let rest = parts.split_off(count);
        let gap = parts.first().and_then(|part| part.first()).map_or(Glue::NONE, |strip| strip.gap);
        bands.push(Strip { gap, ..side_by_side(parts, split, columns) });
        parts = rest;
    }
    bands
}

/// Chunks as their heights alone, to try breaks on.
struct Measured {
    /// Height of all chunks before each, with the gaps between them but without the first one's; and of all.
    before: Vec<Pt>,
    /// Above each, unless it begins a column.
    gaps: Vec<Pt>,
}

impl Measured {
    fn of(parts: &[Vec<Strip>]) -> Measured {
        let gap = |part: &Vec<Strip>| part.first().map_or(Pt::ZERO, |strip| strip.gap.natural);
        Measured::new(parts.iter().map(|part| (gap(part), stack_height(part))))
    }

    /// Of gaps and heights.
    fn new(chunks: impl Iterator<Item = (Pt, Pt)>) -> Measured {
        let (mut before, mut gaps) = (vec![Pt::ZERO], Vec::new());
        let mut total = Pt::ZERO;
        for (gap, height) in chunks {
            // The first one's gap never counts.
            total += height + if gaps.is_empty() { Pt::ZERO } else { gap };
            before.push(total);
            gaps.push(if gaps.is_empty() { Pt::ZERO } else { gap });
        }
        Measured { before, gaps }
    }

    /// Height of the chunks from `start` to before `end` in one column.
    fn height(&self, start: usize, end: usize) -> Pt {
        let gap = if start < end { self.gaps[start] } else { Pt::ZERO };
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
        let gap = self.gaps.iter().copied().fold(Pt::ZERO, Pt::max);
        let room = (height + ROUNDING) * 2.0 + gap;
        let holds = |count: &usize| self.height(0, *count) <= room;
        let most = (1..=self.gaps.len()).take_while(holds).last().unwrap_or(0);
        (1..=most).rev().find(|&count| self.tallest(count) <= height + ROUNDING).unwrap_or(0)
    }

    /// Where to break the first `count` chunks so that the taller column is least tall.
    fn best_split(&self, count: usize) -> usize {
        let cost = |split: usize| {
            let (left, right) = (self.height(0, split), self.height(split, count));
            // The left column may be taller, seldom the right one.
            let lopsided = if right > left { (right - left) * 0.25 } else { Pt::ZERO };
            left.max(right) + lopsided
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
    let mut row = Strip { gap: cells.first().map_or(Glue::NONE, |(strip, _)| strip.gap), ..Strip::default() };
    row.section_start = cells.first().is_some_and(|(strip, _)| strip.section_start);
    row.cost = cells.first().and_then(|(strip, _)| strip.cost);
    row.fragments.reserve(cells.iter().map(|(strip, _)| strip.fragments.len()).sum());
    let mut x = Pt::ZERO;
    for (strip, width) in cells {
        row.height = row.height.max(strip.height);
        row.absorb(strip, Point::new(x, Pt::ZERO));
        x += width + gutter;
    }
    row
}

/// In how many columns the fewest rows stand: items of these natural widths, read down then right, none of them broken.
/// `None`: not even in one. `gap`: between columns.
pub fn packed(widths: &[Pt], room: Pt, gap: Pt, most: usize) -> Option<Vec<Pt>> {
    let columns = |count: usize| {
        let rows = widths.len().div_ceil(count).max(1);
        let columns: Vec<Pt> =
            widths.chunks(rows).map(|items| items.iter().copied().fold(Pt::ZERO, Pt::max)).collect();
        let gaps = gap * columns.len().saturating_sub(1) as f32;
        (columns.iter().copied().sum::<Pt>() + gaps <= room).then_some(columns)
    };
    (1..=most.min(widths.len())).rev().find_map(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chunks of these heights, 4 apart.
    fn measured(heights: &[f32]) -> Measured {
        Measured::new(heights.iter().map(|height| (Pt(4.0), Pt(*height))))
    }

    #[test]
    fn columns_break_where_the_taller_one_is_least_tall() {
        let table: [(&[f32], usize); 6] = [
            (&[30.0], 1),
            (&[30.0, 30.0], 1),
            (&[10.0, 10.0, 30.0], 2),
            (&[30.0, 10.0, 10.0], 1),
            (&[16.0, 16.0, 16.0], 2),
            (&[10.0, 50.0, 10.0], 2),
        ];
        for (heights, split) in table {
            assert_eq!(measured(heights).best_split(heights.len()), split, "{heights:?}");
        }
    }

    #[test]
    fn a_band_holds_as_many_chunks_as_its_height_allows() {
        let table = [(100.0, 5), (36.0, 4), (16.0, 2), (5.0, 0)];
        for (most, count) in table {
            assert_eq!(measured(&[16.0; 5]).fitting(Pt(most)), count, "{most}");
        }
    }

    #[test]
    fn short_items_stand_in_as_many_columns_as_hold_them() {
        let table: [(&[f32], Option<&[f32]>); 4] = [
            (&[20.0, 60.0, 30.0, 40.0, 20.0, 25.0, 15.0], Some(&[60.0, 40.0, 15.0])),
            (&[70.0, 60.0, 30.0, 40.0], Some(&[70.0, 40.0])),
            (&[110.0, 60.0, 30.0], Some(&[110.0])),
            (&[170.0, 60.0], None),
        ];
        for (widths, expected) in table {
            let widths: Vec<Pt> = widths.iter().map(|width| Pt(*width)).collect();
            let expected = expected.map(|widths| widths.iter().map(|width| Pt(*width)).collect());
            assert_eq!(packed(&widths, Pt(140.0), Pt(10.0), 3), expected, "{widths:?}");
        }
    }
}
