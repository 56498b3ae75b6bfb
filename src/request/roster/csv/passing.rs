//! Records looked at for one thing alone: a shard passes over the rows of the others, and a first reading wants days. No
//! request is made of them.

use super::super::headed::{CELLS, Head, Headings, Holds, SLOT, head_of, says_nothing};
use super::super::heading::Header;
use super::super::orders::{Found, SAID, SESSION, THERAPIST};
use super::super::passed::LINE;
use super::super::shard::Shard;
use super::super::western;
use super::{Reader, Role};
use crate::diagnostic::Faults;
use crate::options::keys::Keys;
use std::borrow::Cow;
use std::io::Read;

/// Rows of which one asks what stands further down.
const FIRST: u64 = 3;

impl<R: Read> Reader<R> {
    pub fn is_failed_rows(&self) -> bool {
        self.header.is_failed_rows
    }

    /// Whether the row in hand is a shard's, where its id tells. One that is no UTF-8 is read as a whole: the first such row
    /// of the list tells it, whichever shard has it.
    pub(super) fn is_in(&self, shard: Shard) -> Option<bool> {
        let record = &self.records.record;
        std::str::from_utf8(&record.raw).ok()?;
        let cell = self.column_of("id").filter(|_| !record.is_unread()).and_then(|at| record.cells().nth(at));
        let id = cell.map(|cell| String::from_utf8_lossy(self.typed(cell)));
        let id = id.as_ref().map(|id| id.trim()).filter(|id| !id.is_empty());
        Some(shard.holds(id, self.rows))
    }

    /// Reads on to the next row for the times that it says; `false` at the end.
    pub fn next_times(&mut self, found: &mut Found) -> Result<bool, Faults> {
        if !self.next_record()? {
            return Ok(false);
        }
        let record = &self.records.record;
        if record.is_unread() {
            return Ok(true);
        }
        for path in SAID {
            let cell = self.column_of(path).and_then(|at| record.cells().nth(at));
            let text = cell.map(|cell| self.typed(cell)).and_then(|cell| match std::str::from_utf8(cell) {
                Ok(text) => Some(Cow::Borrowed(text)),
                Err(_) => western::read(cell).filter(|_| !self.is_utf_8).map(Cow::Owned),
            });
            text.into_iter().for_each(|text| found.say(path, &text));
        }
        found.add_above(&self.under);
        Ok(true)
    }

    /// What the record in hand says of the day of the rows below it.
    pub(super) fn head(&self) -> Option<Head> {
        let record = &self.records.record;
        let is_filled = |cell: &&[u8]| !cell.trim_ascii().is_empty();
        // Rows of patients, as most are, are told by their first cells.
        if record.is_unread() || record.cells().filter(is_filled).take(CELLS + 1).count() > CELLS {
            return None;
        }
        let cells: Vec<Cow<'_, str>> = record.cells().map(western::or_lossy).collect();
        let cells = cells.iter().map(|cell| cell.trim()).enumerate();
        let filled: Vec<(usize, &str)> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
        head(&filled, &self.header, &self.keys).filter(|_| self.quote_fault().is_none())
    }

    /// Takes what the record in hand says of those below it; `true`: it says nothing else, and is no row.
    pub(super) fn heads(&mut self, line: u64) -> bool {
        if let Some(head) = self.head() {
            let is_heading = head.is_heading();
            if is_heading {
                self.passed.add_heading(&head, LINE, line);
            }
            self.under.take(head, LINE, line);
            self.above.clone_from(&self.under);
            return is_heading;
        }
        self.above.clone_from(&self.under);
        if self.under != Headings::default() {
            self.end_headings(line);
        }
        false
    }

    /// What the record in hand says by itself is under no heading, and what is below it neither.
    fn end_headings(&mut self, line: u64) {
        let record = &self.records.record;
        let is_said = |path: &str| {
            let cell = self.column_of(path).and_then(|at| record.cells().nth(at));
            cell.is_some_and(|cell| !cell.trim_ascii().is_empty())
        };
        let said = [SESSION, THERAPIST].map(|path| (path, is_said(path)));
        let (is_slot, takes_lines_in) = (self.is_slot(), self.takes_lines_in());
        self.under.pass(|path| said.contains(&(path, true)));
        if is_slot {
            self.under.end_time();
        }
        if takes_lines_in {
            self.under.doubt(LINE, line);
        }
    }

    /// Whether the record in hand is a place of a list that nobody has.
    fn is_slot(&self) -> bool {
        let columns = self.header.columns.iter().zip(self.records.record.cells());
        let mut filled = columns.filter(|(_, cell)| !cell.trim_ascii().is_empty());
        filled.all(|(column, cell)| match &column.role {
            Role::Of(key) => SLOT.contains(&&*key.path) || says_nothing(&western::or_lossy(cell)),
            Role::Unread | Role::Added => true,
        })
    }

    /// Whether a therapist stands above rows further down, as far as the list is in hand when its first rows are read: a day's list
    /// is, and no other is read twice for it.
    pub fn names_therapist_ahead(&self) -> bool {
        self.rows <= FIRST
            && self.records.ahead().split(|byte| *byte == b'\n').any(|line| self.may_name(line))
    }

    fn may_name(&self, line: &[u8]) -> bool {
        let (text, sign) = (western::or_lossy(line), char::from(self.sign));
        let is_edge = |letter: char| letter == sign || letter == '"' || letter.is_whitespace();
        let cells = text.split(sign).map(|cell| cell.trim_matches(is_edge)).enumerate();
        let filled: Vec<(usize, &str)> = cells.filter(|(_, cell)| !cell.is_empty()).take(CELLS + 1).collect();
        let all = (0, text.trim_matches(is_edge));
        let heads = |cells: &[(usize, &str)]| match &self.mapped {
            Some(mapped) => mapped.head(cells, &self.keys),
            None => head(cells, &self.header, &self.keys),
        };
        let is_therapist = |cells: &[(usize, &str)]| matches!(heads(cells), Some(Head::Therapist(_)));
        filled.len() <= CELLS && (is_therapist(&filled) || is_therapist(&[all]))
    }

    /// Whether a fault of quotes made lines of others part of the record in hand.
    pub(super) fn takes_lines_in(&self) -> bool {
        let record = &self.records.record;
        self.records.last_line() > record.line && (record.is_unread() || self.quote_fault().is_some())
    }

    /// The column of a key, by its path.
    fn column_of(&self, path: &str) -> Option<usize> {
        let mut columns = self.header.columns.iter();
        columns.position(|column| matches!(&column.role, Role::Of(key) if key.path == path))
    }
}

/// What a row of these cells heads others with.
pub(super) fn head(filled: &[(usize, &str)], header: &Header, keys: &Keys) -> Option<Head> {
    let holds = |column: usize| match header.columns.get(column).map(|column| &column.role) {
        Some(Role::Of(key)) => Holds::of([&*key.path]),
        Some(Role::Unread) => Holds::Words,
        Some(Role::Added) | None => Holds::Headings,
    };
    head_of(filled, 0, keys, holds)
}
