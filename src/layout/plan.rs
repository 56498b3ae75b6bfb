//! The plan of a sheet: its strips, each measured once, and the rows that they make when some of its parts are gone.
//! Leaving out and breaking look at rows; only the rows of the last choice are placed.

use super::glue::Glue;
use super::order::Of;
use super::sides::Item;
use super::strip::Strip;
use crate::document::Section;
use crate::geometry::Pt;
use std::collections::BTreeSet;

/// Strips and what they are part of.
#[derive(Default)]
pub struct Plan<'a> {
    pub strips: Vec<Strip>,
    parts: Vec<Part<'a>>,
}

/// A strip by its index in [`Plan::strips`].
pub type StripId = usize;

/// What goes or stays.
struct Part<'a> {
    /// A section's id.
    id: String,
    /// Its rows may stand before others, to fill a side.
    may_move: bool,
    rows: Rows<'a>,
}

enum Rows<'a> {
    /// Below each other.
    Stack(Vec<StripId>),
    /// A head, then cells side by side, each of which can go: `faq/tired-next-day`. Without cells the head goes too.
    Grid(Cells<'a>),
}

struct Cells<'a> {
    /// What stands beside the head, and never goes: in a row of its own once the head has gone.
    beside: Option<Cell>,
    head: Vec<Cell>,
    cells: Vec<(String, StripId)>,
    /// Of each cell, for where it would stand alone in its row; or none.
    wide: Vec<Wide<'a>>,
    grid: Grid,
}

/// A cell over the whole measure.
enum Wide<'a> {
    /// Most cells never stand alone: it is set when it is first asked for.
    Unset(&'a Section),
    Set(StripId),
}

/// A cell by the part that it is of.
#[derive(Clone, Copy)]
pub struct Place {
    part: usize,
    cell: usize,
}

/// How cells stand.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    pub columns: usize,
    /// From one cell's left edge to the next one's.
    pub pitch: Pt,
    /// Between rows.
    pub gap: Glue,
    /// What it costs that a side begins with a row of it.
    pub cost: f32,
    /// Stands together, or is parted in its middle.
    pub is_set: bool,
}

/// A strip in a row.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    pub strip: StripId,
    pub x: Pt,
    /// It stands on the row's foot.
    pub low: bool,
}

/// Strips side by side, in the order of reading.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub gap: Glue,
    pub keep_next: bool,
    pub cost: f32,
    /// What is said again above it at the top of a side.
    pub again: Option<StripId>,
    /// The part that it is of.
    pub of: Of,
    /// The air between the paragraphs of its box may go.
    pub closes: bool,
}

/// What a side's beginning costs inside of a section, and at the start of one inside of a group.
const INSIDE: f32 = 12.0;
const SECTION: f32 = 2.0;

impl<'a> Plan<'a> {
    pub fn add(&mut self, strip: Strip) -> StripId {
        self.strips.push(strip);
        self.strips.len() - 1
    }

    fn add_all(&mut self, strips: Vec<Strip>) -> Vec<StripId> {
        strips.into_iter().map(|strip| self.add(strip)).collect()
    }

    /// A part that goes as a whole.
    pub fn stack(&mut self, id: &str, strips: Vec<Strip>) {
        let rows = Rows::Stack(self.add_all(strips));
        self.parts.push(Part { id: id.to_owned(), may_move: false, rows });
    }

    /// The same, of a part that says what it says wherever it stands.
    pub fn stack_anywhere(&mut self, id: &str, strips: Vec<Strip>) {
        self.stack(id, strips);
        if let Some(part) = self.parts.last_mut() {
            part.may_move = true;
        }
    }

    /// A part of cells. What stands beside the head is read first, then the head's cells in the order given.
    pub fn grid(
        &mut self,
        id: &str,
        beside: Option<(Strip, Pt)>,
        head: Vec<(Strip, Pt, bool)>,
        cells: Vec<(String, Strip)>,
        alone: Vec<&'a Section>,
        grid: Grid,
    ) {
        let beside = beside.map(|(strip, x)| Cell { strip: self.add(strip), x, low: true });
        let head = head.into_iter().map(|(strip, x, low)| Cell { strip: self.add(strip), x, low }).collect();
        let cells = cells.into_iter().map(|(id, strip)| (id, self.add(strip))).collect();
        let wide = alone.into_iter().map(Wide::Unset).collect();
        let rows = Rows::Grid(Cells { beside, head, cells, wide, grid });
        self.parts.push(Part { id: id.to_owned(), may_move: false, rows });
    }

    /// A cell that stands alone in its row when these parts are gone and is not set so yet, and its place.
    pub fn alone(&self, gone: &BTreeSet<&str>) -> Option<(&'a Section, Place)> {
        self.parts.iter().enumerate().find_map(|(part, Part { id, rows, .. })| {
            let Rows::Grid(Cells { cells, wide, grid, .. }) = rows else { return None };
            let stays = |(id, _): &(String, StripId)| !gone.contains(id.as_str());
            let left = cells.iter().filter(|cell| stays(cell)).count();
            if gone.contains(id.as_str()) || grid.columns < 2 || left % grid.columns != 1 {
                return None;
            }
            let cell = cells.iter().rposition(stays)?;
            match wide.get(cell)? {
                Wide::Unset(alone) => Some((*alone, Place { part, cell })),
                Wide::Set(_) => None,
            }
        })
    }

    /// The cell at a place over the whole measure, where it is not as it is in its column.
    pub fn set_alone(&mut self, Place { part, cell }: Place, strip: Option<Strip>) {
        let Some(Rows::Grid(Cells { cells, wide, .. })) = self.parts.get_mut(part).map(|part| &mut part.rows)
        else {
            return;
        };
        let strip = match strip {
            Some(strip) => {
                self.strips.push(strip);
                self.strips.len() - 1
            }
            None => cells[cell].1,
        };
        wide[cell] = Wide::Set(strip);
    }

    /// All rows without what is gone.
    pub fn rows(&self, gone: &BTreeSet<&str>) -> Vec<Row> {
        let mut rows = Vec::new();
        for (number, part) in self.parts.iter().enumerate() {
            let first = rows.len();
            let is_gone = gone.contains(part.id.as_str());
            match &part.rows {
                Rows::Stack(strips) if !is_gone => {
                    rows.extend(strips.iter().map(|strip| self.row(*strip)));
                }
                Rows::Stack(_) => {}
                Rows::Grid(cells) if !is_gone => self.grid_rows(cells, gone, &mut rows),
                Rows::Grid(cells) => rows.extend(cells.beside.map(|beside| self.row(beside.strip))),
            }
            let of = Of { part: Some(number), may_move: part.may_move };
            rows[first..].iter_mut().for_each(|row| row.of = of);
        }
        rows
    }

    /// A row of one strip.
    pub fn row(&self, strip: StripId) -> Row {
        let own = &self.strips[strip];
        let cost = own.cost.unwrap_or(if own.section_start { SECTION } else { INSIDE });
        let cells = vec![Cell { strip, x: Pt::ZERO, low: false }];
        Row { cells, gap: own.gap, keep_next: own.keep_next, cost, ..Row::default() }
    }

    fn grid_rows(&self, cells: &Cells, gone: &BTreeSet<&str>, rows: &mut Vec<Row>) {
        let Cells { beside, head, cells, wide, grid } = cells;
        let stays = |(_, (id, _)): &(usize, &(String, StripId))| !gone.contains(id.as_str());
        let left: Vec<usize> = cells.iter().enumerate().filter(stays).map(|(index, _)| index).collect();
        let Some(first) = left.first().map(|index| cells[*index].1) else {
            rows.extend(beside.map(|beside| self.row(beside.strip)));
            return;
        };
        let top: Vec<Cell> = beside.iter().chain(head).copied().collect();
        if let Some(cell) = top.first() {
            let mut row = self.row(cell.strip);
            (row.cells, row.keep_next) = (top, true);
            rows.push(row);
        }
        for (index, row) in left.chunks(grid.columns.max(1)).enumerate() {
            let strips: Vec<StripId> = match row {
                [only] if grid.columns > 1 => match wide.get(*only) {
                    Some(Wide::Set(wide)) => vec![*wide],
                    _ => vec![cells[*only].1],
                },
                _ => row.iter().map(|index| cells[*index].1).collect(),
            };
            let begins = head.is_empty() && beside.is_none() && index == 0;
            let gap = if index == 0 { self.strips[first].gap } else { grid.gap };
            // A set is parted in its middle before its first is parted from the others.
            let count = left.len().div_ceil(grid.columns.max(1));
            let uneven = (index * 2).abs_diff(count) as f32 / count as f32;
            let cost = if begins { self.row(first).cost } else { grid.cost * (1.0 + uneven * 2.0) };
            let place = |(column, strip): (usize, &StripId)| Cell {
                strip: *strip,
                x: grid.pitch * column as f32,
                low: false,
            };
            let cells = strips.iter().enumerate().map(place).collect();
            let keep_next = grid.is_set && !may_part_after(index + 1, count);
            rows.push(Row { cells, gap, keep_next, cost, ..Row::default() });
        }
    }

    fn height(&self, row: &Row) -> Pt {
        row.cells.iter().map(|cell| self.strips[cell.strip].height).fold(Pt::ZERO, Pt::max)
    }

    /// Rows as their heights.
    pub fn items(&self, rows: &[Row]) -> Vec<Item> {
        rows.iter().map(|row| self.item(row)).collect()
    }

    fn item(&self, row: &Row) -> Item {
        let inset = match row.cells.as_slice() {
            [only] => self.strips[only.strip].inset.as_ref(),
            _ => None,
        };
        Item {
            height: self.height(row),
            above: row.gap,
            inside: inset.map_or(Glue::NONE, |inset| if row.closes { inset.air() } else { inset.padding }),
            keep_next: row.keep_next,
            cost: row.cost,
            again: row.again.map_or(Pt::ZERO, |strip| self.strips[strip].height),
        }
    }

    /// The strips of a row, each with its place in it; the height of the row. `padding`: the air inside of a box.
    pub fn take(&mut self, row: &Row, padding: Pt) -> (Vec<(Strip, Pt, Pt)>, Pt) {
        if let [only] = row.cells.as_slice() {
            self.strips[only.strip].pad(padding);
        }
        let height = self.height(row);
        let taken = row.cells.iter().map(|cell| {
            let strip = std::mem::take(&mut self.strips[cell.strip]);
            let y = if cell.low { height - strip.height } else { Pt::ZERO };
            (strip, cell.x, y)
        });
        (taken.collect(), height)
    }
}

/// Whether a set of so many rows may be parted behind some of them: one that is short not at all.
fn may_part_after(rows: usize, count: usize) -> bool {
    rows == count || count > 3 && (rows == count / 2 || rows == count.div_ceil(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(height: f32) -> Strip {
        Strip::of(Pt(height), Vec::new())
    }

    const PAIRS: Grid =
        Grid { columns: 2, pitch: Pt(50.0), gap: Glue::fixed(Pt(4.0)), cost: 1.0, is_set: false };

    /// Heights of the rows that are left.
    fn heights(plan: &Plan<'_>, gone: &[&str]) -> Vec<f32> {
        let rows = plan.rows(&gone.iter().copied().collect());
        plan.items(&rows).iter().map(|item| item.height.0).collect()
    }

    #[test]
    fn cells_close_up_when_one_goes_and_their_head_goes_with_the_last() {
        let mut plan = Plan::default();
        plan.stack("rest", vec![strip(18.0), strip(30.0)]);
        let cells = [("faq/a", 40.0), ("faq/b", 20.0), ("faq/c", 30.0)];
        let cells = cells.map(|(id, height)| (id.to_owned(), strip(height))).into();
        plan.grid("faq", None, vec![(strip(18.0), Pt::ZERO, false)], cells, Vec::new(), PAIRS);
        let table: [(&[&str], &[f32]); 5] = [
            (&[], &[18.0, 30.0, 18.0, 40.0, 30.0]),
            (&["faq/a"], &[18.0, 30.0, 18.0, 30.0]),
            (&["faq/a", "faq/b", "faq/c"], &[18.0, 30.0]),
            (&["faq"], &[18.0, 30.0]),
            (&["rest", "faq/b"], &[18.0, 40.0]),
        ];
        for (gone, expected) in table {
            assert_eq!(heights(&plan, gone), expected, "without {gone:?}");
        }
    }

    #[test]
    fn a_cell_that_is_left_alone_in_its_row_has_the_whole_of_it() {
        let mut plan = Plan::default();
        let cells = [("faq/a", 40.0), ("faq/b", 30.0), ("faq/c", 30.0), ("faq/d", 50.0)];
        let sections = cells.map(|(id, _)| Section {
            id: id.to_owned(),
            title: None,
            icon: None,
            priority: 1,
            guards: BTreeSet::new(),
            blocks: Vec::new(),
        });
        let alone = sections.iter().collect();
        let half = |id: &str| cells.iter().find(|(own, _)| *own == id).map(|(_, height)| strip(height / 2.0));
        let cells = cells.map(|(id, height)| (id.to_owned(), strip(height))).into();
        plan.grid("faq", None, Vec::new(), cells, alone, PAIRS);
        let table: [(&[&str], &[f32]); 4] = [
            (&[], &[40.0, 50.0]),
            (&["faq/b"], &[40.0, 25.0]),
            (&["faq/d"], &[40.0, 15.0]),
            (&["faq/b", "faq/c", "faq/d"], &[20.0]),
        ];
        for (gone, expected) in table {
            while let Some((section, place)) = plan.alone(&gone.iter().copied().collect()) {
                plan.set_alone(place, half(&section.id));
            }
            assert_eq!(heights(&plan, gone), expected, "without {gone:?}");
        }
    }

    #[test]
    fn what_stands_beside_a_head_stays_when_head_and_cells_have_gone() {
        let mut plan = Plan::default();
        let head = vec![(strip(18.0), Pt::ZERO, true)];
        let cells = vec![("exercises/a".to_owned(), strip(40.0))];
        plan.grid("exercises", Some((strip(36.0), Pt(60.0))), head, cells, Vec::new(), PAIRS);
        assert_eq!(heights(&plan, &[]), [36.0, 40.0]);
        assert_eq!(heights(&plan, &["exercises/a"]), [36.0]);
        assert_eq!(heights(&plan, &["exercises"]), [36.0]);
    }

    #[test]
    fn a_head_never_stands_without_its_first_row() {
        let mut plan = Plan::default();
        plan.grid(
            "faq",
            None,
            vec![(strip(18.0), Pt::ZERO, false)],
            vec![("faq/a".to_owned(), strip(9.0))],
            Vec::new(),
            PAIRS,
        );
        let rows = plan.rows(&BTreeSet::new());
        assert_eq!(rows.iter().map(|row| row.keep_next).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn a_set_is_parted_in_its_middle_or_not_at_all() {
        let kept = |count: usize| {
            let mut plan = Plan::default();
            let cells = (0..count).map(|number| (format!("exercises/{number}"), strip(40.0))).collect();
            let head = vec![(strip(18.0), Pt::ZERO, false)];
            plan.grid("exercises", None, head, cells, Vec::new(), Grid { columns: 1, is_set: true, ..PAIRS });
            plan.rows(&BTreeSet::new()).iter().map(|row| row.keep_next).collect::<Vec<_>>()
        };
        assert_eq!(kept(3), [true, true, true, false]);
        assert_eq!(kept(4), [true, true, false, true, false]);
        assert_eq!(kept(5), [true, true, false, false, true, false]);
        assert_eq!(kept(6), [true, true, true, false, true, true, false]);
    }
}
