//! Many sheets at once: a roster is read, each row is checked, faulty cells are corrected in place, and the chosen rows become
//! one PDF. The table lives in the page itself; the server keeps none of it.

mod cells;
mod checked;
mod guess;
mod made;
mod mapping;
mod numbers;
mod read;
mod sample;
mod step;

pub use checked::{Checked, Glance};
pub use made::Made;
pub use mapping::Mapping;
pub use sample::{areas, guide, sample, workbook};
pub use step::Step;

use super::context::Context;
use super::faults::said;
use crate::diagnostic::{Diagnostic, Faults};
use crate::request::roster::{Format, Roster, Row};
use cells::column_of;
use std::collections::{BTreeMap, BTreeSet};

/// Rows that the page takes: a day's patients. More are a job for `aftercare batch`.
pub const MOST_ROWS: usize = 500;
/// What a roster is called in messages.
const FILE: &str = "roster";
/// Sentences that are kept of what could not be read of one row.
const MOST_LOST: usize = 8;

/// A roster as text, whatever it was read from: the columns, and a text for each cell. Rows are numbered from 1.
#[derive(Default)]
pub struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    /// What could not be read of a row and is not in its cells, in the page's words. The row is not made until somebody
    /// has mended it or says that its cells are right. It travels with the table.
    lost: BTreeMap<u64, Vec<String>>,
    /// What the list says of a row in columns that are not among its cells, in the page's words: that its session did not take
    /// place. It travels with the table too.
    told: BTreeMap<u64, Vec<String>>,
    /// The rows that somebody wants; `None`: nobody has been asked yet, so that it is all of them.
    wanted: Option<BTreeSet<u64>>,
    done: BTreeMap<u64, Done>,
    /// How the file was read, in the page's words: which sheet of a workbook, and what was passed over.
    pub remarks: Vec<String>,
    /// Rows that somebody wants to change though nothing is wrong with them.
    opened: BTreeSet<u64>,
    /// Rows that are no patient's, as somebody said. They stay in the table, and can be taken back.
    aside: BTreeSet<u64>,
    /// Whether sheets in other languages get their copies in that of the original.
    copies: bool,
}

/// What a row's sheet has become already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Printed,
    Saved,
}

impl Done {
    pub fn name(self) -> &'static str {
        match self {
            Done::Printed => "printed",
            Done::Saved => "saved",
        }
    }

    fn named(name: &str) -> Option<Done> {
        [Done::Printed, Done::Saved].into_iter().find(|done| done.name() == name)
    }
}

/// What the page sent back with a table.
#[derive(Default)]
struct Mended<'a> {
    /// Rows that somebody has looked at.
    right: BTreeSet<u64>,
    wanted: BTreeSet<u64>,
    is_listed: bool,
    only: Option<BTreeSet<u64>>,
    /// What cells said that were changed.
    before: BTreeMap<(u64, &'a str), String>,
    same: Vec<(u64, &'a str, &'a str)>,
    back: BTreeSet<u64>,
}

/// Why a file is no roster; or a roster without rows, or one that is too long for the page.
pub enum Unread {
    Faults(Vec<Diagnostic>),
    /// With what was said of how it was read: all of them may be left out.
    NoRows(Vec<String>),
    TooManyRows,
    /// Nobody knows which of its columns is what.
    Columns(Box<Step>),
}

impl Table {
    /// Those faults or warnings of rows that the table does not show when it is read again.
    fn not_shown(
        &self,
        context: &Context<'_>,
        mut faults: BTreeMap<u64, Vec<Diagnostic>>,
    ) -> BTreeMap<u64, Vec<String>> {
        for row in requests(context, &self.csv()).unwrap_or_default() {
            let again = |fault: &Diagnostic| row.raw.faults.iter().any(|other| other.code == fault.code);
            if let Some(faults) = faults.get_mut(&row.number) {
                faults.retain(|fault| !again(fault));
            }
        }
        faults.retain(|_, faults| !faults.is_empty());
        let words = |faults: Vec<Diagnostic>| {
            let faults = faults.iter().take(MOST_LOST);
            faults.map(|fault| said(context, column_of(fault), fault)).collect::<Vec<_>>()
        };
        faults.into_iter().map(|(number, faults)| (number, words(faults))).collect()
    }

    /// Takes what the page sends back with the table; names that mean nothing are passed over.
    ///
    /// `cell.3.regions` is the third row's text under `regions`; `same.3.regions` names the rows that had the same wrong text
    /// there, for which it stands too. `lost.3` is what could not be read of the row, `told.3` what its list says of it, `right.3` that its cells are right. With `listed`
    /// the rows that somebody wants are those of `row.3`, or the one that `only` names. `done.3` says what it has become, `open`
    /// which row to change, `out` which one to leave out, as `out.3` does on its way with the table, and `back` which to take back.
    pub fn mend<'a>(&mut self, edits: impl Iterator<Item = (&'a str, &'a str)>) {
        let mut sent = Mended::default();
        for (name, text) in edits {
            self.take(&mut sent, name, text);
        }
        let Mended { mut right, wanted, is_listed, only, before, same, back } = sent;
        self.wanted = only.or_else(|| is_listed.then_some(wanted));
        for (row, column, others) in same {
            if let Some(old) = before.get(&(row, column)) {
                let others = others.split(',').filter_map(|row| row.parse().ok()).collect();
                right.extend(self.put_for_others(row, column, old, &others));
            }
        }
        for row in back.into_iter().filter(|row| self.aside.remove(row)).collect::<Vec<_>>() {
            self.wanted.iter_mut().for_each(|wanted| wanted.extend([row]));
        }
        self.lost.retain(|row, _| !right.contains(row));
        for row in right {
            self.changed(row);
        }
        self.number();
    }

    fn take<'a>(&mut self, sent: &mut Mended<'a>, name: &'a str, text: &'a str) {
        sent.is_listed |= name == "listed";
        self.copies |= name == "with_source" && text == "yes";
        let mut parts = name.splitn(3, '.');
        let (kind, row, column) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let row = row.or(["open", "only", "out", "back"].contains(&kind).then_some(text));
        let row = row.and_then(|row| row.parse::<u64>().ok());
        let Some(row) = row.filter(|row| (1..=self.rows.len() as u64).contains(row)) else { return };
        match (kind, column) {
            ("cell", Some(column)) => {
                if let Some(old) = self.put(row, column, text) {
                    sent.before.insert((row, column), old);
                    sent.right.insert(row);
                }
            }
            ("same", Some(column)) => sent.same.push((row, column, text)),
            ("lost", None) => {
                let lost = self.lost.entry(row).or_default();
                if lost.len() < MOST_LOST {
                    lost.push(text.to_owned());
                }
            }
            ("told", None) => {
                let told = self.told.entry(row).or_default();
                if told.len() < MOST_LOST {
                    told.push(text.to_owned());
                }
            }
            ("right", None) => drop(sent.right.insert(row)),
            ("row", None) => drop(sent.wanted.insert(row)),
            ("done", None) => self.done.extend(Done::named(text).map(|done| (row, done))),
            ("open", None) => drop(self.opened.insert(row)),
            ("out", None) => drop(self.aside.insert(row)),
            ("back", None) => drop(sent.back.insert(row)),
            ("only", None) => sent.only = Some(BTreeSet::from([row])),
            _ => {}
        }
    }

    /// A sheet that was made of a row says what the row said then: the row is to be made anew.
    fn changed(&mut self, row: u64) {
        if self.done.remove(&row).is_some()
            && let Some(wanted) = &mut self.wanted
        {
            wanted.insert(row);
        }
    }

    /// What the cell said before; `None` when it says the same.
    fn put(&mut self, row: u64, column: &str, text: &str) -> Option<String> {
        let column = self.columns.iter().position(|known| known == column)?;
        let cell = self.rows.get_mut(index(row))?.get_mut(column)?;
        let text = one_line_end(text);
        (*cell != text).then(|| std::mem::replace(cell, text))
    }

    /// Puts the row's text into those others that say `old` there still; those rows. A row that nobody was told of may
    /// say the same and be sound. What could not be read whole is mended by itself only.
    fn put_for_others(&mut self, row: u64, column: &str, old: &str, others: &BTreeSet<u64>) -> Vec<u64> {
        let Some(column) = self.columns.iter().position(|known| known == column) else { return Vec::new() };
        let Some(text) = self.rows.get(index(row)).and_then(|cells| cells.get(column)).cloned() else {
            return Vec::new();
        };
        let mut put = Vec::new();
        for (number, cells) in (1..).zip(&mut self.rows) {
            if self.lost.contains_key(&number) || !others.contains(&number) {
                continue;
            }
            if let Some(cell) = cells.get_mut(column).filter(|cell| *cell == old) {
                cell.clone_from(&text);
                put.push(number);
            }
        }
        put
    }

    /// Those rows were made now: nobody wants them again.
    pub fn ended(&mut self, rows: &[u64], done: Done) {
        let all = 1..=self.rows.len() as u64;
        let wanted = self.wanted.get_or_insert_with(|| all.collect());
        for row in rows {
            wanted.remove(row);
            self.done.insert(*row, done);
        }
    }

    fn is_wanted(&self, row: u64) -> bool {
        !self.aside.contains(&row) && self.wanted.as_ref().is_none_or(|wanted| wanted.contains(&row))
    }

    fn cell(&self, row: u64, column: &str) -> &str {
        let column = self.columns.iter().position(|known| known == column);
        let cells = self.rows.get(index(row));
        cells.zip(column).and_then(|(cells, column)| cells.get(column)).map_or("", String::as_str)
    }

    fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let records = std::iter::once(&self.columns).chain(&self.rows);
        for record in records {
            // Writing to memory cannot fail, and every record has a cell a column.
            let _ = writer.write_record(record);
        }
        writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}

fn index(row: u64) -> usize {
    usize::try_from(row).unwrap_or(0).saturating_sub(1)
}

/// Browsers send every line end of a form as two signs.
fn one_line_end(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn requests(context: &Context<'_>, csv: &str) -> Result<Vec<Row>, Faults> {
    let open = || Roster::open(csv.as_bytes(), Format::Csv, FILE, &context.library().keys);
    open()?.with_orders(open()?.orders()).collect()
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}
