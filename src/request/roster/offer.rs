//! Somebody else's list before anybody has said which of its columns is what: its heading, and what its cells look like.

use super::beside;
use super::called_off::{is_outcome, is_status};
use super::encoding::{self, Opened};
use super::fields::FEW;
use super::grid::Grid;
use super::orders::Shown;
use super::passed::ABOVE;
use super::ticks::is_ticked;
use super::{csv, day, heading, sheet};
use crate::content::{Library, is_column_word};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::request::resolve::{Likeness, Looks, is_open, order_of, turned_name};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};
use std::io::{BufReader, Read};
use std::sync::Arc;

/// Columns that are offered, at most.
pub const MOST_COLUMNS: usize = 256;
/// Cells of a column that are looked at, from its first to its last.
const LOOKED_AT: usize = 60;
/// Examples of a column.
const SAMPLES: usize = 3;
/// Words by which rows may be chosen, at most, and bytes of one.
const WORDS: std::ops::RangeInclusive<usize> = 2..=8;
const LONGEST_WORD: usize = 40;
/// Letters of a column's name, at most: a longer text is a title.
const LONGEST_NAME: usize = 60;

/// A column that somebody may choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub name: String,
    /// Some of what stands in it.
    pub samples: Vec<String>,
    /// All that stands in it, where a few words are all; with them nothing, where cells are empty.
    pub words: Vec<String>,
    /// What most of its cells look like.
    pub looks: Option<Looks>,
    /// A name of it that stands as `Family, Given`, where most do.
    pub turned: Option<String>,
    /// What its name looks like: an area, or a side.
    pub name_looks: Option<Looks>,
    /// The column of a roster whose values most of its cells name.
    pub names: Option<String>,
    /// Whether nearly every row says something in it.
    pub is_full: bool,
    /// Whether it leaves open if days or months come first, with a day that may be either.
    pub open: Option<String>,
}

/// A list before anybody has said which of its columns is what.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    pub columns: Vec<Offered>,
    /// The day that a title above the heading says.
    pub day: Option<NaiveDate>,
}

/// The columns of a list of any kind, by the row that looks most like a heading.
///
/// # Errors
///
/// It cannot be read, or no row is a heading.
pub fn offered<R: Read>(source: R, file: &str, library: &Library) -> Result<Offer, Faults> {
    let file: Arc<str> = file.into();
    let grids = match encoding::checked(source, &file)? {
        Opened::Workbook(bytes) => sheet::grids(bytes, &file)?,
        Opened::Text(text, _) => {
            vec![csv::grid(BufReader::with_capacity(super::ROW, text), &file)?]
        }
    };
    let likeness = Likeness::by(library);
    let found = grids.iter().rev().filter_map(|grid| Some((grid, heading_of(grid, &likeness)?)));
    // A sheet that sums up others stands in front of them often.
    let known = |(grid, at): &(&Grid, usize)| {
        grid.get(*at).map_or(0, |names| names.iter().filter(|name| is_column_word(name, None)).count())
    };
    let found = found.max_by_key(known);
    let Some((grid, at)) = found else {
        if grids.iter().any(|grid| grid.iter().take(ABOVE).any(|row| is_doubled(row))) {
            return Err(beside::fault().at(Place::file(file)).into());
        }
        let fault = Diagnostic::error("no-header", "no row of the list names its columns");
        let hint = "one row must name the columns, above the patients' rows";
        return Err(fault.at(Place::file(file)).hint(hint).into());
    };
    let names = grid.get(at).map(Vec::as_slice).unwrap_or_default();
    if is_on_its_side(grid, names) {
        let fault = Diagnostic::error("list-on-its-side", "the names of the columns stand below each other");
        let hint = "turn the list round, so that each patient has a row: copy it, and paste it transposed";
        return Err(fault.at(Place::file(file)).hint(hint).into());
    }
    if names.iter().any(|name| name.contains('\u{fffd}')) {
        let fault = Diagnostic::error(super::NOT_UTF_8, "the names of the columns are not UTF-8");
        return Err(fault.at(Place::file(file)).hint("save the list as CSV UTF-8").into());
    }
    // Totals and remarks say nothing of what a column holds, and neither does the heading of the next page.
    let few = if filled(names) > FEW + 1 { FEW } else { 0 };
    let below = grid.get(at + 1..).unwrap_or_default();
    let is_row = |row: &&Vec<String>| filled(row) > few && row.as_slice() != names;
    let rows: Vec<&Vec<String>> = below.iter().filter(is_row).collect();
    let named = numbered(names);
    if named.len() > MOST_COLUMNS {
        return Err(too_many(named.len()).at(Place::file(file)).into());
    }
    let columns = named.iter().map(|(column, name)| of(name, *column, &rows, &likeness)).collect();
    let above = grid.get(..at).unwrap_or_default();
    Ok(Offer { columns, day: above.iter().flatten().find_map(|cell| day::of_title(cell)) })
}

/// Of a list that has more columns than anybody chooses from.
pub fn too_many(count: usize) -> Diagnostic {
    let message = format!("the list names {count} columns, at most {MOST_COLUMNS} are read");
    Diagnostic::error("too-many-columns", message).hint("take out those that no sheet needs")
}

/// The columns that have a name, and what each is called; one of several of a name has its number, as a file of columns
/// names it.
fn numbered(names: &[String]) -> Vec<(usize, String)> {
    let filled = names.iter().enumerate().filter(|(_, name)| !name.is_empty());
    let plain: Vec<(usize, String)> = filled.map(|(column, name)| (column, heading::plain(name))).collect();
    let mut all: HashMap<&str, usize> = HashMap::new();
    for (_, name) in &plain {
        *all.entry(name).or_default() += 1;
    }
    let mut met: HashMap<&str, usize> = HashMap::new();
    let mut named = Vec::new();
    for (column, plain) in &plain {
        let number = met.entry(plain).or_default();
        *number += 1;
        let Some(name) = names.get(*column) else { continue };
        let is_one = all.get(plain.as_str()) == Some(&1);
        named.push((*column, if is_one { name.clone() } else { format!("{name} ({number})") }));
    }
    named
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.is_empty()).count()
}

/// The first row that is nearly as wide as the widest, and has nothing but names: no number, no time, no area.
fn heading_of(grid: &Grid, likeness: &Likeness<'_>) -> Option<usize> {
    let first = grid.get(..grid.len().min(ABOVE)).unwrap_or_default();
    let widest = first.iter().map(|row| filled(row)).max()?;
    let is_name = |(at, column): (usize, usize), cell: &String| {
        cell.len() <= LONGEST_NAME
            && cell.parse::<f64>().is_err()
            // What a table that sums up is filtered by: `State | (All)`.
            && !(cell.starts_with('(') && cell.ends_with(')'))
            // A word for columns may be an everyday name of an area too.
            && likeness.of(cell).is_none_or(|looks| {
                looks == Looks::Side || is_column_word(cell, None) || is_ticked_below(grid, at, column)
            })
    };
    let is_heading = |at: usize, row: &[String]| {
        let mut named = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let cells: Vec<&String> = row.iter().filter(|cell| !cell.is_empty()).collect();
        let different: BTreeSet<&String> = cells.iter().copied().collect();
        cells.len() * 10 >= widest * 6
            && different.len() * 10 >= cells.len() * 6
            && named.all(|(column, cell)| is_name((at, column), cell))
    };
    let at = first.iter().enumerate().position(|(at, row)| is_heading(at, row))?;
    // Names of groups stand above those of columns: `Patient | Visit` over `First | Last | Date | Time`.
    let known = |at: usize| {
        first.get(at).map_or(0, |row| row.iter().filter(|cell| is_column_word(cell, None)).count())
    };
    let is_group = first.get(at + 1).is_some_and(|row| is_heading(at + 1, row)) && known(at + 1) > known(at);
    let at = if is_group { at + 1 } else { at };
    (at + 1 < grid.len()).then_some(at)
}

/// Whether there are ticks below a cell and nothing else: an area is a column's name there.
fn is_ticked_below(grid: &Grid, at: usize, column: usize) -> bool {
    let below = grid.iter().skip(at + 1).take(LOOKED_AT).filter_map(|row| row.get(column));
    let mut filled = below.filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some() && filled.all(|cell| is_ticked(cell).is_some())
}

/// Whether a row names the same columns twice, one list beside another.
fn is_doubled(row: &[String]) -> bool {
    let names: Vec<String> =
        row.iter().filter(|cell| !cell.is_empty()).map(|name| heading::plain(name)).collect();
    let (one, other) = names.split_at(names.len() / 2);
    one.len() > 1
        && one == other
        && one.iter().all(|name| is_column_word(name, None) && name.parse::<f64>().is_err())
}

/// Whether rows are called as columns are, and hardly a column is: each patient has a column.
fn is_on_its_side(grid: &Grid, names: &[String]) -> bool {
    let first = || grid.iter().filter_map(|row| row.first());
    let called = first().filter(|cell| is_column_word(cell, None)).count();
    let known = names.iter().filter(|name| is_column_word(name, None)).count();
    known < 2 && called > 1 && called * 10 >= first().count() * 6
}

fn of(name: &str, column: usize, rows: &[&Vec<String>], likeness: &Likeness<'_>) -> Offered {
    let cells: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.get(column))
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .collect();
    let mut different: Vec<&str> = Vec::new();
    for cell in &cells {
        if different.len() <= *WORDS.end() && !different.contains(cell) {
            different.push(cell);
        }
    }
    let looks = most(&sampled(&cells), likeness);
    let has_empty = cells.len() < rows.len();
    // What few rows say may be why a patient does not come: `yes`, or when it was cancelled.
    let are_few = has_empty && cells.len() * 2 <= rows.len();
    let is_like = looks.is_none() || are_few && matches!(looks, Some(Looks::Moment | Looks::Day));
    let is_status = is_status(name);
    // What stands in one row alone may be that patient's: of others than these columns no word is offered that does not recur.
    let comes_again = different.len() * 2 <= cells.len() || is_outcome(name);
    // Of an arrival `1` and `0` are words; other numbers are a patient's.
    let are_truths = is_status && different.iter().all(|word| ["0", "1"].contains(word));
    let are_words = WORDS.contains(&(different.len() + usize::from(has_empty)))
        && comes_again
        && (is_like || are_truths)
        && different
            .iter()
            .all(|word| word.len() <= LONGEST_WORD && (are_truths || word.parse::<f64>().is_err()));
    let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let mut words = if are_words { owned(&different) } else { Vec::new() };
    words.sort();
    if are_words && has_empty {
        words.push(String::new());
    }
    let samples = different.get(..different.len().min(SAMPLES)).unwrap_or_default();
    let (turned, open) = (turned(name, &cells, looks), open(&cells));
    let name_looks = likeness.of(name);
    let names = looks.is_none().then(|| named_by(&sampled(&cells), likeness)).flatten();
    let is_full = !cells.is_empty() && cells.len() * 10 >= rows.len() * 8;
    Offered {
        name: name.to_owned(),
        samples: owned(samples),
        words,
        looks,
        turned,
        name_looks,
        names,
        is_full,
        open,
    }
}

/// A cell with a family name in front, if most of them have one: words without a number around one comma.
fn turned(name: &str, cells: &[&str], looks: Option<Looks>) -> Option<String> {
    // A bar may part them either way, as the column's name does.
    let is_first = |(first, _): (&str, &str)| {
        ["first", "given"].iter().any(|group| is_column_word(first.trim(), Some(*group)))
    };
    let is_given_first = name.split_once('|').is_some_and(is_first);
    let is_name = |part: &str| part.len() <= LONGEST_WORD && !part.bytes().any(|byte| byte.is_ascii_digit());
    let is_turned =
        |cell: &&&str| turned_name(cell).is_some_and(|(given, family)| is_name(given) && is_name(family));
    let all: Vec<&&str> = cells.iter().filter(is_turned).collect();
    let are_most = looks.is_none() && !is_given_first && all.len() * 10 >= cells.len() * 8;
    all.first().filter(|_| are_most).map(|cell| (**cell).to_owned())
}

/// Some of the cells, spread over all of them.
fn sampled<'c>(cells: &[&'c str]) -> Vec<&'c str> {
    let count = cells.len().min(LOOKED_AT);
    (0..count).filter_map(|index| cells.get(index * cells.len() / count).copied()).collect()
}

/// What most of the cells look like.
fn most(cells: &[&str], likeness: &Likeness<'_>) -> Option<Looks> {
    let all = [Looks::Area, Looks::Side, Looks::Moment, Looks::Day, Looks::Clock, Looks::Share];
    let found: Vec<Looks> = cells.iter().filter_map(|cell| likeness.of(cell)).collect();
    all.into_iter()
        .find(|looks| found.iter().filter(|one| *one == looks).count() * 10 >= cells.len().max(1) * 6)
}

/// The column of a roster whose values most of the cells name.
fn named_by(cells: &[&str], likeness: &Likeness<'_>) -> Option<String> {
    let found: Vec<&str> = cells.iter().filter_map(|cell| likeness.value_of(cell)).collect();
    let most = |column: &&&str| found.iter().filter(|one| one == column).count() * 10 >= cells.len() * 6;
    found.iter().find(most).map(|column| (*column).to_owned())
}

/// A day of the column that may be either of two, if no other one tells.
fn open(cells: &[&str]) -> Option<String> {
    let mut shown = Shown::default();
    cells.iter().filter_map(|cell| order_of(cell)).for_each(|order| shown.add(order));
    let open = cells.iter().find(|cell| is_open(cell))?;
    shown.order().is_none().then(|| (*open).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_one_name_are_told_apart_by_their_numbers_and_many_at_once() {
        let names = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            numbered(&names).into_iter().map(|(column, name)| format!("{column} {name}")).collect::<Vec<_>>()
        };
        assert_eq!(names(&["Name", "", "Area", "name"]), ["0 Name (1)", "2 Area", "3 name (2)"]);
        let many: Vec<String> = (0..200_000).map(|number| format!("n{}", number % 100_000)).collect();
        let begun = std::time::Instant::now();
        assert_eq!(numbered(&many).last().map(|(_, name)| name.as_str()), Some("n99999 (2)"));
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
    }

    #[test]
    fn a_long_column_is_looked_at_from_its_first_to_its_last_cell() {
        let cells: Vec<String> = (0..600).map(|number| number.to_string()).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let sampled = sampled(&cells);
        assert_eq!((sampled.len(), sampled[0], sampled[59]), (LOOKED_AT, "0", "590"));
        assert_eq!(super::sampled(&cells[..7]), cells[..7]);
        assert!(super::sampled(&[]).is_empty());
    }
}
