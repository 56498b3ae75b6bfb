//! Balanced columns, read down then right. Breaks fall between chunks: strips chained by `keep_next`.

use super::strip::{Strip, merge, stack_height};
use crate::geometry::{Point, Pt};

/// How columns stand.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    pub width: Pt,
    pub gutter: Pt,
}

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
    let split = best_split(&parts, parts.len());
    side_by_side(parts, split, columns)
}

/// As many chunks as two columns of `height` hold, as one strip, and what is left.
/// `None` when not even the first chunk fits.
pub fn fill(strips: Vec<Strip>, columns: Columns, height: Pt) -> (Option<Strip>, Vec<Strip>) {
    let mut parts = chunks(strips);
    let count = fitting(&parts, height);
    let count = at_section(&parts, count, height);
    if count == 0 {
        return (None, parts.into_iter().flatten().collect());
    }
    let rest = parts.split_off(count);
    let split = best_split(&parts, count);
    (Some(side_by_side(parts, split, columns)), rest.into_iter().flatten().collect())
}

/// The largest number of leading chunks that fit two columns of `height`.
fn fitting(parts: &[Vec<Strip>], height: Pt) -> usize {
    (0..=parts.len())
        .rev()
        .find(|&count| count == 0 || tallest(parts, best_split(parts, count), count) <= height)
        .unwrap_or(0)
}

/// Steps back to the start of a section when that wastes less than half of the space.
fn at_section(parts: &[Vec<Strip>], count: usize, height: Pt) -> usize {
    if count == parts.len() {
        return count;
    }
    let starts =
        |index: usize| parts.get(index).and_then(|part| part.first()).is_some_and(|s| s.section_start);
    (1..=count)
        .rev()
        .find(|&index| starts(index))
        .filter(|&index| tallest(parts, best_split(parts, index), index) >= height * 0.5)
        .unwrap_or(count)
}

/// Where to break the first `count` chunks so that the taller column is least tall. A break at a section is
/// worth up to one line of imbalance.
fn best_split(parts: &[Vec<Strip>], count: usize) -> usize {
    let bonus = |split: usize| match parts.get(split).and_then(|part| part.first()) {
        Some(strip) if strip.section_start && split < count => strip.height * 0.75,
        _ => Pt::ZERO,
    };
    let cost = |split: usize| {
        let (left, right) = (column_height(&parts[..split]), column_height(&parts[split..count]));
        // The left column may be taller, seldom the right one.
        let lopsided = if right > left { (right - left) * 0.25 } else { Pt::ZERO };
        left.max(right) + lopsided - bonus(split)
    };
    (1..=count).min_by(|&a, &b| cost(a).0.total_cmp(&cost(b).0)).unwrap_or(0)
}

fn tallest(parts: &[Vec<Strip>], split: usize, count: usize) -> Pt {
    column_height(&parts[..split]).max(column_height(&parts[split..count]))
}

fn column_height(parts: &[Vec<Strip>]) -> Pt {
    let inner: Pt = parts.iter().map(|part| stack_height(part)).sum();
    let gaps: Pt = parts.iter().skip(1).filter_map(|part| part.first()).map(|strip| strip.gap).sum();
    inner + gaps
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
    let mut x = Pt::ZERO;
    for (strip, width) in cells {
        row.height = row.height.max(strip.height);
        row.absorb(strip, Point::new(x, Pt::ZERO));
        x += width + gutter;
    }
    row
}
