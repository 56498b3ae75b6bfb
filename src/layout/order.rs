//! The order of a plan's parts: where the next is too high for the rest of a side, one behind it may come first.

use super::sides::{Item, ROUNDING, least};
use crate::geometry::Pt;
use std::collections::BTreeSet;
use std::ops::Range;

/// So much may be free at the foot of a side.
const HOLE: Pt = Pt(36.0);

/// Which part of a plan a row is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Of {
    /// By its place in the plan; `None`: it stands above all of them.
    pub part: Option<usize>,
    /// The part may stand before others, to fill a side.
    pub may_move: bool,
}

/// The order in which sides end as late as can be: where the next part is too high for the rest of a side, the highest behind
/// it that has room there comes before it. Nothing moves in front of row `from`, nor into the middle of a part, whose rest
/// would stand below another heading than its own.
pub fn filled(items: &[Item], of: &[Of], from: usize, room: &dyn Fn(usize) -> Pt) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    // Each moves once: two of them could take each other's place for ever.
    let mut moved = BTreeSet::new();
    let (mut start, mut side) = (0, 0);
    while start < order.len() {
        let (end, free) = reach(items, &order, start, room(side));
        // Where the part begins that the side's end is in.
        let begins = |at: &usize| *at == from || *at > from && of[order[*at]].part != of[order[at - 1]].part;
        let next = (start + 1..(end + 1).min(order.len())).rev().find(begins).filter(|_| free > HOLE);
        let run = next.and_then(|next| {
            let free = order[next..end].iter().fold(free, |free, index| free + least(&items[*index]));
            Some((next, filler(items, of, &order[next..], free, &moved)?))
        });
        match run {
            Some((next, run)) => {
                moved.insert(of[order[next + run.start]].part);
                order[next..next + run.end].rotate_right(run.len());
            }
            None => (start, side) = (end, side + 1),
        }
    }
    order
}

/// Where a side ends that begins with a row, and what is free at its foot.
fn reach(items: &[Item], order: &[usize], start: usize, room: Pt) -> (usize, Pt) {
    let first = &items[order[start]];
    let mut free = room + first.above.least - if start > 0 { first.again } else { Pt::ZERO };
    let mut last = None;
    for (end, index) in (start + 1..).zip(&order[start..]) {
        free -= least(&items[*index]);
        if free < Pt::ZERO - ROUNDING {
            break;
        }
        if !items[*index].keep_next || end == order.len() {
            last = Some((end, free));
        }
    }
    // What is higher than a side has one of its own.
    let parts = |index: &usize| !items[*index].keep_next;
    let alone = || order[start..].iter().position(parts).map_or(order.len(), |at| start + at + 1);
    last.unwrap_or_else(|| (alone(), Pt::ZERO))
}

/// The highest part that has so much room, but for the first, and for those that moved or ask for what follows.
fn filler(
    items: &[Item],
    of: &[Of],
    order: &[usize],
    free: Pt,
    moved: &BTreeSet<Option<usize>>,
) -> Option<Range<usize>> {
    let (mut best, mut start) = (None, 0);
    for rows in order.chunk_by(|one, next| of[*one].part == of[*next].part) {
        let run = start..start + rows.len();
        start = run.end;
        let own = of[rows[0]];
        let stays = run.start == 0 || !own.may_move || moved.contains(&own.part);
        let height = rows.iter().map(|index| least(&items[*index])).sum::<Pt>();
        let is_higher = best.as_ref().is_none_or(|(highest, _)| height > *highest);
        if !stays && !items[rows[rows.len() - 1]].keep_next && height <= free && is_higher {
            best = Some((height, run));
        }
    }
    best.map(|(_, run)| run)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::sides::tests::{item, kept};

    #[test]
    fn what_is_too_high_for_the_rest_of_a_side_lets_a_lower_part_before_it() {
        let of = |parts: &[usize], moving: &[usize]| -> Vec<Of> {
            parts.iter().map(|part| Of { part: Some(*part), may_move: moving.contains(part) }).collect()
        };
        let order = |items: &[Item], of: &[Of], from: usize| filled(items, of, from, &|_| Pt(100.0));
        let items = [item(50.0), item(60.0), kept(15.0), item(20.0), item(30.0)];
        let parts = of(&[0, 1, 2, 2, 3], &[2, 3]);
        // The higher of the two that fit, both of its rows.
        assert_eq!(order(&items, &parts, 0), [0, 2, 3, 1, 4]);
        // Not before what must come first, only on a side behind it; and not where little is free.
        assert_eq!(order(&items, &parts, 2), [0, 1, 4, 2, 3]);
        assert_eq!(order(&[item(65.0), item(60.0), item(20.0)], &of(&[0, 1, 2], &[2]), 0), [0, 1, 2]);
        // Not into the middle of another, whose rest would stand below the wrong heading.
        assert_eq!(order(&items, &of(&[0, 0, 2, 2, 3], &[2, 3]), 0), [0, 1, 4, 2, 3]);
        // Where two of them find room, both come.
        let items = [item(20.0), item(90.0), item(25.0), item(30.0)];
        assert_eq!(order(&items, &of(&[0, 1, 2, 3], &[2, 3]), 0), [0, 3, 2, 1]);
        // What is too high for any side has one.
        assert_eq!(order(&[item(150.0), item(20.0)], &of(&[0, 1], &[]), 0), [0, 1]);
    }

    /// Two parts that end in a heading took each other's place for ever.
    #[test]
    fn parts_that_ask_for_what_follows_stay_where_they_are() {
        let items = [item(50.0), item(60.0), kept(15.0), kept(15.0), item(10.0)];
        let of = [(0, false), (1, false), (2, true), (3, true), (4, false)];
        let of = of.map(|(part, may_move)| Of { part: Some(part), may_move });
        assert_eq!(filled(&items, &of, 0, &|_| Pt(100.0)), [0, 1, 2, 3, 4]);
    }
}
