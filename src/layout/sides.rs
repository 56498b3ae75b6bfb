//! Sides: where a sheet's rows break from one side of paper to the next, and what size each gap takes there. It knows
//! heights alone; nothing is placed before this has chosen.

use super::glue::{Glue, share};
use super::running;
use crate::geometry::Pt;
use std::ops::Range;

/// A row as its height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Item {
    /// With the natural air inside of it.
    pub height: Pt,
    /// Left out at the top of a side.
    pub above: Glue,
    /// The air inside of a box.
    pub inside: Glue,
    /// Stays with the row that follows.
    pub keep_next: bool,
    /// What a side's beginning here costs: nothing at the start of a group of sections.
    pub cost: f32,
    /// Height of what is said again above it, should a side begin here.
    pub again: Pt,
}

/// The rows of a side.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    pub rows: Range<usize>,
    /// For each row the gap above it and the air inside of it.
    pub sizes: Vec<(Pt, Pt)>,
}

/// Sums of heights may differ by this much, whatever order they are added in.
pub(super) const ROUNDING: Pt = Pt(0.01);

/// What a side costs that is as full as its gaps allow, or as empty.
const FULL: f32 = 10.0;

/// What it costs that a side is empty, over its whole height.
const EMPTY: f32 = 150.0;

/// So much more a break costs between two sheets of paper, which do not lie beside each other, than one at a turned leaf.
const NEXT_SHEET: f32 = 2.0;

/// The rows on as few sides as hold them, gaps as even as may be; `None`: it takes more than `most`. `room` is the height
/// of a side, by its number from 0.
pub fn sides(items: &[Item], room: &dyn Fn(usize) -> Pt, most: usize) -> Option<Vec<Side>> {
    let items = loosened(items, room);
    let breaks = breaks(&items, room, most)?;
    let ranges = breaks.windows(2).map(|pair| pair[0]..pair[1]).enumerate();
    Some(ranges.map(|(number, rows)| settled(&items, rows, room(number))).collect())
}

/// Whether the rows fit so many sides.
pub fn fit(items: &[Item], room: &dyn Fn(usize) -> Pt, most: usize) -> bool {
    let items = loosened(items, room);
    breaks(&items, room, most).is_some()
}

/// The height of rows on one side when every gap is least.
pub fn least_height(items: &[Item]) -> Pt {
    let sum = items.iter().map(least).sum::<Pt>();
    items.first().map_or(Pt::ZERO, |first| sum - first.above.least)
}

/// The height of rows on one side with every gap as it is meant.
pub fn natural_height(items: &[Item]) -> Pt {
    let sum = items.iter().map(|item| item.height + item.above.natural).sum::<Pt>();
    items.first().map_or(Pt::ZERO, |first| sum - first.above.natural)
}

/// The height of a row, with the gap above it.
pub(super) fn least(item: &Item) -> Pt {
    item.height + item.above.least + (item.inside.least - item.inside.natural) * 2.0
}

/// Rows that belong together and are higher than a side may part. The first of all stand on the first side; the others on
/// any, which may be a lower one.
fn loosened(items: &[Item], room: &dyn Fn(usize) -> Pt) -> Vec<Item> {
    let mut items = items.to_vec();
    let lowest = (0..3).map(room).fold(Pt(f32::MAX), Pt::min);
    let mut start = 0;
    while start < items.len() {
        let kept = items[start..].iter().take_while(|item| item.keep_next).count();
        let end = (start + kept + 1).min(items.len());
        let room = if start == 0 { room(0) } else { lowest };
        if least_height(&items[start..end]) > room + ROUNDING {
            items[start..end].iter_mut().for_each(|item| item.keep_next = false);
        }
        start = end;
    }
    items
}

/// Sums over all rows before each.
struct Heights<'a> {
    items: &'a [Item],
    least: Vec<Pt>,
    natural: Vec<Pt>,
    greatest: Vec<Pt>,
}

impl Heights<'_> {
    fn of(items: &[Item]) -> Heights<'_> {
        let sums = |size: fn(&Glue) -> Pt| {
            let mut sum = Pt::ZERO;
            let mut sums = Vec::with_capacity(items.len() + 1);
            sums.push(sum);
            for item in items {
                let inside = size(&item.inside) - item.inside.natural;
                sum += item.height + size(&item.above) + inside * 2.0;
                sums.push(sum);
            }
            sums
        };
        let [least, natural, greatest] =
            [sums(|glue| glue.least), sums(|glue| glue.natural), sums(|glue| glue.greatest)];
        Heights { items, least, natural, greatest }
    }

    fn side(&self, sums: &[Pt], size: fn(&Glue) -> Pt, from: usize, to: usize) -> Pt {
        let Some(first) = self.items.get(from).filter(|_| from < to) else { return Pt::ZERO };
        sums[to] - sums[from] - size(&first.above) + if from > 0 { first.again } else { Pt::ZERO }
    }

    fn least(&self, from: usize, to: usize) -> Pt {
        self.side(&self.least, |glue| glue.least, from, to)
    }

    /// What it costs that a side's gaps are not natural, and what is left at its foot.
    fn cost(&self, from: usize, to: usize, room: Pt) -> f32 {
        let natural = self.side(&self.natural, |glue| glue.natural, from, to);
        let limit = if natural > room {
            self.least(from, to)
        } else {
            self.side(&self.greatest, |glue| glue.greatest, from, to)
        };
        let part = (room - natural).0 / (limit - natural).0.abs().max(1.0);
        // More than in proportion: one side that is half empty is worse than three that are a little.
        let left = if natural > room { 0.0 } else { (room - limit).0.max(0.0) / room.0.max(1.0) };
        FULL * part.abs().min(1.0).powi(2) + EMPTY * left * (1.0 + left)
    }
}

#[derive(Clone, Copy)]
struct Best {
    sides: usize,
    cost: f32,
    /// Where the last side begins.
    start: usize,
}

/// Where sides begin, and the end.
fn breaks(items: &[Item], room: &dyn Fn(usize) -> Pt, most: usize) -> Option<Vec<usize>> {
    let heights = Heights::of(items);
    let mut best: Vec<Option<Best>> = vec![Some(Best { sides: 0, cost: 0.0, start: 0 })];
    for end in 1..=items.len() {
        let mut chosen: Option<Best> = None;
        let last = end == items.len();
        if last || !items[end - 1].keep_next {
            for start in (0..end).rev() {
                let alone = start + 1 == end;
                let Some(before) = best[start] else { continue };
                let room = room(before.sides);
                if heights.least(start, end) > room + ROUNDING && !alone {
                    // Earlier starts are higher still, whatever stands above them.
                    if heights.least(start, end) > room * 1.5 {
                        break;
                    }
                    continue;
                }
                let turns = if running::begins_sheet(before.sides) { NEXT_SHEET } else { 1.0 };
                let begins = if start == 0 { 0.0 } else { items[start].cost * turns };
                let cost = before.cost + begins + heights.cost(start, end, room);
                let way = Best { sides: before.sides + 1, cost, start };
                if way.sides <= most
                    && chosen.is_none_or(|best| (way.sides, way.cost) < (best.sides, best.cost))
                {
                    chosen = Some(way);
                }
            }
        }
        best.push(chosen);
    }
    let mut found = vec![items.len()];
    let mut end = items.len();
    while end > 0 {
        end = best[end]?.start;
        found.push(end);
    }
    found.reverse();
    Some(found)
}

/// Gives every gap of a side its size.
fn settled(items: &[Item], rows: Range<usize>, room: Pt) -> Side {
    let mut gaps = Vec::with_capacity(rows.len() * 2);
    let mut height = Pt::ZERO;
    for (index, item) in items[rows.clone()].iter().enumerate() {
        gaps.push(if index == 0 { Glue::NONE } else { item.above });
        gaps.push(item.inside.twice());
        height += item.height - item.inside.natural * 2.0;
        height += if index == 0 && rows.start > 0 { item.again } else { Pt::ZERO };
    }
    let natural: Pt = gaps.iter().map(|gap| gap.natural).sum();
    let sizes = share(&gaps, room - height - natural);
    let pairs = sizes.chunks(2).map(|pair| (pair[0], pair[1] / 2.0));
    Side { sizes: pairs.collect(), rows }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const GAP: Glue = Glue::new(6.0, 10.0, 20.0, 1.0);

    pub fn item(height: f32) -> Item {
        Item { height: Pt(height), above: GAP, cost: 1.0, ..Item::default() }
    }

    pub fn kept(height: f32) -> Item {
        Item { keep_next: true, ..item(height) }
    }

    /// Which rows stand on which side of 100 points.
    fn broken(items: &[Item], most: usize) -> Option<Vec<Range<usize>>> {
        sides(items, &|_| Pt(100.0), most).map(|sides| sides.into_iter().map(|side| side.rows).collect())
    }

    /// All on one side.
    fn whole(rows: usize) -> Vec<Range<usize>> {
        std::iter::once(0..rows).collect()
    }

    #[test]
    fn rows_stand_on_as_few_sides_as_hold_them() {
        let table: [(&[Item], Option<Vec<Range<usize>>>); 6] = [
            (&[], Some(vec![])),
            (&[item(40.0), item(40.0)], Some(whole(2))),
            // 106 with gaps as they are, 98 with the least.
            (&[item(43.0), item(43.0)], Some(whole(2))),
            (&[item(43.0), item(52.0)], Some(vec![0..1, 1..2])),
            // A heading never stands last.
            (&[item(70.0), kept(15.0), item(40.0)], Some(vec![0..1, 1..3])),
            (&[item(60.0), item(60.0), item(60.0)], None),
        ];
        for (items, expected) in table {
            assert_eq!(broken(items, 2), expected, "{items:?}");
        }
    }

    #[test]
    fn sides_are_as_even_as_the_rows_allow() {
        let items = [item(30.0), item(30.0), item(30.0), item(30.0)];
        assert_eq!(broken(&items, 2), Some(vec![0..2, 2..4]));
        // Unless a side would begin where it costs more than that.
        let dear = Item { cost: 90.0, ..item(25.0) };
        assert_eq!(broken(&[item(25.0), item(25.0), dear, item(25.0)], 1), None);
        assert_eq!(broken(&[item(25.0), item(25.0), dear, item(25.0)], 2), Some(vec![0..3, 3..4]));
    }

    #[test]
    fn one_side_that_is_half_empty_costs_more_than_three_that_are_stretched() {
        let cost = |items: &[Item]| Heights::of(items).cost(0, items.len(), Pt(100.0));
        let stretched = cost(&[item(40.0), item(40.0)]);
        assert!(cost(&[item(55.0)]) > 3.0 * (stretched + 12.0));
        // One that is pressed has nothing at its foot.
        assert!(cost(&[item(47.0), item(47.0)]) <= FULL);
    }

    #[test]
    fn rows_that_belong_together_part_only_where_no_side_holds_them() {
        let items = [kept(60.0), kept(60.0), item(30.0)];
        assert_eq!(broken(&items, 3), Some(vec![0..1, 1..3]));
        assert_eq!(broken(&[item(250.0), item(20.0)], 2), Some(vec![0..1, 1..2]));
    }

    #[test]
    fn the_first_rows_stay_together_though_a_later_side_is_lower() {
        let room = |side: usize| if side == 0 { Pt(100.0) } else { Pt(90.0) };
        let rows = |items: &[Item]| -> Vec<Range<usize>> {
            sides(items, &room, 9).expect("it fits").into_iter().map(|side| side.rows).collect()
        };
        assert_eq!(rows(&[kept(40.0), item(50.0), item(70.0)]), [0..2, 2..3]);
        // Rows that may come to stand on the lower side are held together where that holds them.
        assert_eq!(rows(&[item(70.0), kept(40.0), item(50.0)]), [0..1, 1..2, 2..3]);
    }

    #[test]
    fn what_is_said_again_takes_its_room() {
        let again = Item { again: Pt(30.0), ..item(75.0) };
        assert_eq!(broken(&[item(60.0), again, item(10.0)], 2), None);
        assert_eq!(broken(&[item(60.0), again, item(10.0)], 3), Some(vec![0..1, 1..2, 2..3]));
    }

    #[test]
    fn gaps_and_the_air_in_boxes_take_what_is_left_over() {
        let box_ = Item { inside: Glue::new(4.0, 6.0, 9.0, 1.0), ..item(32.0) };
        let found = sides(&[box_, item(30.0)], &|_| Pt(84.0), 1).expect("it fits");
        // 12 over, in three parts of equal weight: the gap, and the air above and below.
        assert_eq!(found[0].sizes, [(Pt::ZERO, Pt(9.0)), (Pt(16.0), Pt::ZERO)]);
    }
}
