//! The rows of somebody else's list: columns that are not read, rows that nobody wants, and totals below.

use super::sign::SIGNS;
use super::{Reader, no_utf_8};
use crate::diagnostic::{Diagnostic, Faults};
use crate::options::keys::Keys;
use crate::request::RawRequest;
use crate::request::roster::fields::{Cell, FEW, Fields};
use crate::request::roster::headed::{Head, Headings, SESSION, THERAPIST, head_of};
use crate::request::roster::passed::BELOW;
use crate::request::roster::second::Second;
use crate::request::roster::{Passed, Reading, Row, broken_at, lacking, western};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::Read;
use std::sync::Arc;

pub struct Mapped {
    pub fields: Fields,
    passed: Arc<Passed>,
    /// Rows that were read and are to be given.
    ready: VecDeque<Row>,
    /// Rows that are totals if no other row comes.
    waiting: Vec<Row>,
    /// Whether one of them has words, which may head the rows below it if it is none.
    waits_with_words: bool,
    /// Rows in a row that look like totals.
    run: usize,
    /// What rows are told by.
    noun: &'static str,
    /// Whether the row before was empty.
    is_apart: bool,
    /// Whether any row was found: what stands alone is the list itself.
    has_rows: bool,
    /// What rows above say of those below them.
    under: Headings,
}

impl<R: Read> Reader<R> {
    pub(super) fn next_mapped(&mut self) -> Result<Option<Row>, Faults> {
        loop {
            if let Some(row) = self.mapped.as_mut().and_then(|mapped| mapped.ready.pop_front()) {
                return Ok(Some(row));
            }
            if !self.records.next()? {
                if let Some(mapped) = &mut self.mapped {
                    mapped.end();
                }
                return Ok(None);
            }
            self.look();
            if let Some(mapped) = self.mapped.as_mut().filter(|_| self.records.record.is_apart) {
                mapped.under.end_time();
            }
            let taken = self.mapped.as_ref().map(|mapped| self.taken(mapped));
            self.rows += 1;
            if let Some((mapped, taken)) = self.mapped.as_mut().zip(taken) {
                mapped.take(taken);
            }
        }
    }

    /// What the record in hand is.
    fn taken(&self, mapped: &Mapped) -> Taken {
        let record = &self.records.record;
        let number = self.rows + 1;
        if record.is_unread() {
            let given = vec![String::new(); self.columns().len()];
            let row = broken_at(self.row_place(number), number, record.line, given, self.unread());
            return Taken::Row(Box::new(Row { under: self.below(mapped.under.clone()), ..row }));
        }
        let cells: Vec<Cow<'_, str>> = record.cells().map(western::or_lossy).collect();
        let filled: Vec<(usize, &str)> =
            cells.iter().map(|cell| cell.trim()).enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
        if filled.is_empty() {
            return Taken::Empty;
        }
        if let Some(is_heading) = self.said_above() {
            let head = mapped.head(&filled, &self.keys);
            return Taken::Again { line: record.line, is_heading, head };
        }
        if mapped.fields.says_beside(&filled) {
            self.passed.add_beside();
        }
        let misplaced = self.misplaced();
        let is_sound = self.quote_fault().is_none() && self.second.fault().is_none();
        let head = mapped.head(&filled, &self.keys).filter(|_| is_sound);
        if let Some(head) = head.clone().filter(Head::is_heading) {
            return Taken::Head { line: record.line, head };
        }
        let mut under = mapped.under.clone();
        under.pass(|path| mapped.fields.says(path, &filled));
        if mapped.fields.is_slot(&filled) {
            under.end_time();
        }
        let cell = |column: usize| {
            record.cells().nth(column).map_or(Cell::Said("".into()), |cell| self.said(self.typed(cell)))
        };
        if misplaced.is_none() && is_sound && !mapped.fields.wants(cell) {
            if let Some(head) = head {
                under.take(head, self.records.noun(), record.line);
            }
            return Taken::Unwanted { under };
        }
        let is_apart = mapped.is_apart || record.is_apart;
        let is_total = is_sound && self.is_short() && mapped.fields.is_total(&self.keys, &filled, is_apart);
        let row = Box::new(Row { under: self.below(under), ..self.mapped_row(mapped, number, misplaced) });
        match head {
            Some(head @ Head::Unclear) => Taken::Unclear { row, head, is_total },
            head if is_total => Taken::Total { row, is_words: head.is_some() },
            Some(head) => Taken::Unclear { row, head, is_total },
            None => Taken::Row(row),
        }
    }

    /// What stands above the rows below the record in hand.
    fn below(&self, mut under: Headings) -> Headings {
        if self.takes_lines_in() {
            under.doubt(self.records.noun(), self.records.record.line);
        }
        under
    }

    /// Whether the record in hand stands on a line and has few cells, by whatever sign they are parted: one with another
    /// sign, or whose quotes took other lines in, is a row.
    fn is_short(&self) -> bool {
        let raw = self.records.record.raw.trim_ascii();
        let is_few = |sign: &u8| {
            let parts = raw.split(|byte| byte == sign);
            parts.filter(|part| !part.trim_ascii().is_empty()).count() <= FEW
        };
        let has_line_ends = raw.contains(&b'\n') || raw.contains(&b'\r');
        !has_line_ends && SIGNS.iter().all(|(sign, _)| is_few(sign))
    }

    /// What a cell of a column that says which rows are wanted says.
    fn said<'c>(&self, cell: &'c [u8]) -> Cell<'c> {
        match std::str::from_utf8(cell) {
            Ok(text) => Cell::Said(text.into()),
            Err(_) => match self.western(cell) {
                Some(text) => Cell::Said(text.into()),
                None => Cell::Wrong(Box::new(no_utf_8(cell)), "not UTF-8".to_owned()),
            },
        }
    }

    fn mapped_row(&self, mapped: &Mapped, number: u64, misplaced: Option<Diagnostic>) -> Row {
        let record = &self.records.record;
        let line = record.line;
        let cells: Vec<&[u8]> = record.cells().collect();
        let mut raw = RawRequest::new(self.place(number, line, lacking(&self.keys)));
        let mut noted = RawRequest::default();
        let texts: Vec<Option<Cow<'_, str>>> =
            cells.iter().map(|cell| self.text(self.typed(cell), &mut noted, &raw.place)).collect();
        raw.faults = noted.faults;
        let cell = |column: usize| match texts.get(column) {
            Some(Some(text)) => Cell::Said(text.as_ref().into()),
            Some(None) => {
                let cell = cells.get(column).copied().unwrap_or_default();
                Cell::Wrong(Box::new(no_utf_8(cell)), "not UTF-8".to_owned())
            }
            None => Cell::Said("".into()),
        };
        let place = |column| self.place(number, line, column);
        let mut given = mapped.fields.fill(&mut raw, place, |column, _| cell(column), number);
        if let Some(fault) = misplaced {
            raw.faults.push(fault.at(self.row_place(number)));
            raw.broken = true;
        }
        self.check_quotes(&mut raw, number);
        self.check_heading(&mut raw, number);
        if raw.broken && mapped.fields.keeps_all() {
            self.put_text(&mut given);
        } else if raw.broken
            && let Some(unread) = given.last_mut()
        {
            // Its text holds columns that are not kept.
            *unread = format!("see {} {line} of the list", self.records.noun());
        }
        Row { number, line, raw, under: Headings::default(), given }
    }
}

impl Mapped {
    pub fn of(fields: Fields, reading: &Reading, second: &Second, noun: &'static str) -> Mapped {
        let head = |cells: &[(usize, &str)]| {
            head_of(cells, 0, &reading.keys, |column| fields.holds(column, &reading.keys))
        };
        Mapped {
            under: second.headings(noun, &reading.passed, head),
            fields,
            passed: reading.passed.clone(),
            ready: VecDeque::new(),
            waiting: Vec::new(),
            waits_with_words: false,
            run: 0,
            noun,
            is_apart: false,
            has_rows: false,
        }
    }

    /// What a row of these cells heads others with.
    pub(super) fn head(&self, filled: &[(usize, &str)], keys: &Keys) -> Option<Head> {
        head_of(filled, 0, keys, |column| self.fields.holds(column, keys))
    }

    fn take(&mut self, taken: Taken) {
        self.is_apart = matches!(taken, Taken::Empty);
        let taken = self.headed(taken);
        let is_words = matches!(taken, Taken::Total { is_words: true, .. });
        self.run = match &taken {
            Taken::Total { .. } if self.has_rows => self.run + 1,
            Taken::Empty | Taken::Again { is_heading: false, .. } => self.run,
            _ => 0,
        };
        match taken {
            Taken::Total { row, is_words } if (1..=BELOW).contains(&self.run) => {
                let says = |path: &str| row.under.of(path) != self.under.of(path);
                self.waits_with_words |= is_words || says(THERAPIST);
                if says(SESSION) {
                    self.under.end_time();
                }
                self.waiting.push(*row);
            }
            Taken::Row(row) | Taken::Total { row, .. } => self.add(*row, is_words),
            Taken::Unwanted { under } => {
                self.has_rows = true;
                self.under = under;
                self.passed.add_unwanted();
            }
            Taken::Again { line, is_heading, head } => {
                // What stands above the next page's heading is the foot of the page before it.
                if is_heading {
                    if std::mem::take(&mut self.waits_with_words) {
                        self.under.lose();
                    }
                    self.end();
                }
                self.passed.add_repeated(self.noun, line);
                self.under.end_time();
                if let Some(head) = head {
                    self.under.take_title(head, self.noun, line);
                }
            }
            Taken::Head { line, head } => {
                // An empty slot ends no part of a list.
                if !matches!(head, Head::Time(_)) {
                    self.end();
                }
                self.passed.add_heading(&head, self.noun, line);
                self.under.take(head, self.noun, line);
            }
            Taken::Empty => self.under.end_time(),
            Taken::Unclear { .. } => {}
        }
    }

    /// A row that may head those below it is under itself, and then a total or a row as others are.
    fn headed(&mut self, taken: Taken) -> Taken {
        let Taken::Unclear { mut row, head, is_total } = taken else { return taken };
        self.under.take(head, self.noun, row.line);
        row.under = self.under.clone();
        if is_total { Taken::Total { row, is_words: false } } else { Taken::Row(row) }
    }

    /// A row, and those that waited whether any comes.
    fn add(&mut self, mut row: Row, is_words: bool) {
        self.has_rows = true;
        let mut above = std::mem::replace(&mut self.under, row.under);
        if std::mem::take(&mut self.waits_with_words) {
            above.lose();
            self.under.lose();
        }
        // Cells under the wrong names end nothing that stands above their own row.
        row.under = if row.raw.broken { above } else { self.under.clone() };
        if is_words {
            self.under.lose();
        }
        self.ready.extend(self.waiting.drain(..));
        self.ready.push_back(row);
    }

    /// At the end of the list, or of one of its pages, rows that wait are totals.
    fn end(&mut self) {
        self.waits_with_words = false;
        self.passed.add_totals(self.noun, self.waiting.drain(..).map(|row| row.line));
    }
}

enum Taken {
    Row(Box<Row>),
    Total {
        row: Box<Row>,
        is_words: bool,
    },
    Unwanted {
        under: Headings,
    },
    /// What stands above it once more.
    Again {
        line: u64,
        is_heading: bool,
        head: Option<Head>,
    },
    /// A row that may head those below it, and nobody knows with what.
    Unclear {
        row: Box<Row>,
        head: Head,
        /// What says when a list was printed is a total if no other row comes.
        is_total: bool,
    },
    /// What heads the rows below it.
    Head {
        line: u64,
        head: Head,
    },
    Empty,
}
