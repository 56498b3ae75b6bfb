//! What a workbook of the older kind unfolds to. Whoever reads it makes room for all that its sheets claim, and for each
//! text as often as a cell names it, so that both are counted before.

use super::fault::{claims_too_much, damaged, locked, other_kind, too_big};
use super::hidden::{self, Hidden};
use super::struck;
use crate::diagnostic::Diagnostic;
use crate::limits::{AREA, CELLS, SHEET_TEXT};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};

/// Sheets of a workbook, at most.
const SHEETS: usize = 255;

/// Record types.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const SHEET: u16 = 0x0085;
const TEXTS: u16 = 0x00FC;
const CONTINUED: u16 = 0x003C;
const EXTENT: u16 = 0x0200;
const TEXT_CELL: u16 = 0x00FD;
const NUMBERS: u16 = 0x00BD;
/// A row, with whether it is shown.
const ROW: u16 = 0x0208;
/// A comment on a cell.
const NOTE: u16 = 0x001c;
const IS_HIDDEN: u16 = 0x0020;
/// How letters look, with whether they are struck through; and a cell's format, which names such a look.
const FONT: u16 = 0x0031;
const IS_STRUCK: u16 = 0x0008;
const FORMAT: u16 = 0x00E0;
/// Numbers, texts, truth values, results and formulas, each with its row and its column first.
const CELL: [u16; 8] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x0006, TEXT_CELL, NUMBERS];

/// Rows of a sheet that are not shown, and those with words that are struck through.
#[derive(Clone, Default)]
pub struct Beside {
    pub hidden: Hidden,
    pub struck: Hidden,
    /// Rows with comments on their cells.
    pub commented: BTreeSet<u32>,
}

/// What the reader does not say of each sheet.
///
/// # Errors
///
/// It is no workbook, protected, damaged, or unfolds to more than a roster may hold.
pub fn checked(bytes: &[u8]) -> Result<Vec<Beside>, Diagnostic> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    if file.exists("/EncryptedPackage") {
        return Err(locked());
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let Some(name) = name else { return Err(other_kind("a file of an office program without a sheet")) };
    let mut stream = Vec::new();
    let opened = file.open_stream(name).map_err(|_| damaged())?;
    opened.take(bytes.len() as u64).read_to_end(&mut stream).map_err(|_| damaged())?;
    let (mut sheets, mut texts) = (Vec::new(), Vec::new());
    let (mut fonts, mut formats) = (Vec::new(), Vec::new());
    let mut records = Records { stream: &stream };
    while let Some((kind, data)) = records.next() {
        match kind {
            SHEET => sheets.push(u32_at(data, 0).ok_or_else(damaged)? as usize),
            TEXTS => {
                let mut parts = vec![data];
                let mut rest = Records { ..records };
                while let Some((CONTINUED, data)) = rest.next() {
                    parts.push(data);
                }
                texts = lengths(&parts).ok_or_else(damaged)?;
            }
            FONT => fonts.push(u16_at(data, 2).is_some_and(|flags| flags & IS_STRUCK != 0)),
            FORMAT => formats.push(usize::from(u16_at(data, 0).unwrap_or_default())),
            END => break,
            _ => {}
        }
    }
    // No look has the number 4.
    let is_struck = |font: usize| fonts.get(font - usize::from(font > 4)).copied().unwrap_or_default();
    let struck: Vec<bool> = formats.into_iter().map(is_struck).collect();
    if sheets.len() > SHEETS {
        return Err(too_big());
    }
    let mut all = Unfolded::default();
    let sheets = sheets.into_iter();
    sheets.map(|start| all.sheet(stream.get(start..).ok_or_else(damaged)?, &texts, &struck)).collect()
}

#[derive(Clone, Copy)]
struct Records<'s> {
    stream: &'s [u8],
}

impl<'s> Iterator for Records<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<(u16, &'s [u8])> {
        let (kind, length) = (u16_at(self.stream, 0)?, usize::from(u16_at(self.stream, 2)?));
        let data = self.stream.get(4..4 + length)?;
        self.stream = self.stream.get(4 + length..)?;
        Some((kind, data))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// What all sheets take together: each is held as a rectangle.
#[derive(Default)]
struct Unfolded {
    area: usize,
    cells: usize,
    text: usize,
}

impl Unfolded {
    fn sheet(&mut self, stream: &[u8], texts: &[usize], struck: &[bool]) -> Result<Beside, Diagnostic> {
        let (mut depth, mut rows, mut columns) = (0, None, None);
        let mut beside = Beside::default();
        for (kind, data) in (Records { stream }) {
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                EXTENT => claimed(data)?,
                ROW => hide(&mut beside.hidden, data),
                NOTE => beside.commented.extend(u16_at(data, 0).map(u32::from)),
                _ if CELL.contains(&kind) => {
                    let place = u16_at(data, 0).zip(u16_at(data, 2));
                    let (row, column) = place.ok_or_else(damaged)?;
                    let last = match kind {
                        NUMBERS => u16_at(data, data.len().saturating_sub(2)).ok_or_else(damaged)?,
                        _ => column,
                    };
                    if kind == TEXT_CELL {
                        let text = u32_at(data, 6).and_then(|index| texts.get(index as usize));
                        self.text += text.copied().unwrap_or_default();
                    }
                    if formats_of(kind, data).any(|format| struck.get(format).copied().unwrap_or_default()) {
                        struck::add(&mut beside.struck, row.into(), row.into());
                    }
                    grow(&mut rows, row, row);
                    grow(&mut columns, column, last);
                    self.cells += 1;
                }
                _ => {}
            }
            if self.cells > CELLS.most || self.text > 4 * SHEET_TEXT {
                return Err(too_big());
            }
        }
        let extent = |ends: Option<(u16, u16)>| ends.map_or(0, |(from, to)| usize::from(to - from) + 1);
        self.area = self.area.saturating_add(extent(rows) * extent(columns));
        if self.area > AREA { Err(claims_too_much()) } else { Ok(beside) }
    }
}

/// The formats of a cell, or of several numbers beside each other.
fn formats_of(kind: u16, data: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let all = (4..data.len().saturating_sub(2)).step_by(6).take(if kind == NUMBERS { data.len() } else { 1 });
    all.filter_map(|at| u16_at(data, at).map(usize::from))
}

/// Adds a row that is not shown.
fn hide(hidden: &mut Hidden, data: &[u8]) {
    let found = u16_at(data, 0).zip(u16_at(data, 12));
    if let Some((row, _)) = found.filter(|(_, flags)| flags & IS_HIDDEN != 0) {
        hidden::add(hidden, row.into(), row.into());
    }
}

fn grow(ends: &mut Option<(u16, u16)>, from: u16, to: u16) {
    let (low, high) = ends.unwrap_or((from, from));
    *ends = Some((low.min(from), high.max(to)));
}

/// Rows and columns that a sheet says it has: the first ones, and those behind the last.
fn claimed(data: &[u8]) -> Result<(), Diagnostic> {
    let (rows, columns) = match data.len() {
        10 => (
            u16_at(data, 0).map(u64::from).zip(u16_at(data, 2).map(u64::from)),
            u16_at(data, 4).zip(u16_at(data, 6)),
        ),
        _ => (
            u32_at(data, 0).map(u64::from).zip(u32_at(data, 4).map(u64::from)),
            u16_at(data, 8).zip(u16_at(data, 10)),
        ),
    };
    let ((top, bottom), (left, right)) = rows.zip(columns).ok_or_else(damaged)?;
    let (left, right) = (u64::from(left), u64::from(right));
    // An empty sheet has neither.
    if bottom == 0 || right == 0 {
        return Ok(());
    }
    if bottom < top {
        return Err(damaged());
    }
    let left = if left > 0xff || right < left { 0 } else { left };
    // In numbers of 64 bits: no two of a file's own come near their end.
    let area = (bottom - top + 1) * (right.saturating_sub(left) + 1);
    if area > AREA as u64 { Err(claims_too_much()) } else { Ok(()) }
}

/// Bytes of each text that cells name by its number; `None` where the list is damaged.
fn lengths(parts: &[&[u8]]) -> Option<Vec<usize>> {
    let mut texts = Texts { parts, part: 0, at: 8 };
    let mut lengths = Vec::new();
    while !texts.is_at_end() {
        lengths.push(texts.next_length()?);
    }
    Some(lengths)
}

struct Texts<'s> {
    parts: &'s [&'s [u8]],
    part: usize,
    at: usize,
}

impl Texts<'_> {
    fn left(&self) -> usize {
        self.parts.get(self.part).map_or(0, |part| part.len().saturating_sub(self.at))
    }

    fn is_at_end(&mut self) -> bool {
        while self.left() == 0 && self.part < self.parts.len() {
            (self.part, self.at) = (self.part + 1, 0);
        }
        self.part >= self.parts.len()
    }

    fn byte(&mut self) -> Option<u8> {
        if self.is_at_end() {
            return None;
        }
        let byte = self.parts.get(self.part)?.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut number = 0;
        for shift in 0..bytes {
            number |= usize::from(self.byte()?) << (8 * shift);
        }
        Some(number)
    }

    /// A text may go on in the next record, in one byte a letter or in two, as that says first.
    fn next_length(&mut self) -> Option<usize> {
        let letters = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { self.number(2)? };
        let more = if flags & 4 == 0 { 0 } else { self.number(4)? };
        let (mut left, mut wide) = (letters, flags & 1 != 0);
        while left > 0 {
            if self.left() == 0 {
                wide = self.byte()? & 1 != 0;
            }
            let width = if wide { 2 } else { 1 };
            let taken = (self.left() / width).min(left);
            if taken == 0 {
                return None;
            }
            self.at += taken * width;
            left -= taken;
        }
        let mut behind = runs * 4 + more;
        while behind > 0 {
            if self.is_at_end() {
                return None;
            }
            let taken = self.left().min(behind);
            self.at += taken;
            behind -= taken;
        }
        // Up to three bytes a letter in UTF-8.
        Some(letters * 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_extent_is_refused_and_never_wraps() {
        let extent = |rows: [u32; 2], columns: [u16; 2]| {
            let rows = rows.iter().flat_map(|row| row.to_le_bytes());
            let columns = columns.iter().flat_map(|column| column.to_le_bytes());
            claimed(&rows.chain(columns).chain([0, 0]).collect::<Vec<u8>>())
        };
        assert!(extent([0, 40], [0, 6]).is_ok());
        for (rows, columns) in [([0, u32::MAX], [0, 1]), ([0, u32::MAX], [0, u16::MAX]), ([9, 3], [0, 1])] {
            assert!(extent(rows, columns).is_err(), "{rows:?} {columns:?}");
        }
    }

    #[test]
    fn rows_that_are_not_shown_are_known() {
        let mut hidden = Hidden::new();
        let row = |number: u16, flags: u16| {
            let mut data = [0; 16];
            data[..2].copy_from_slice(&number.to_le_bytes());
            data[12..14].copy_from_slice(&flags.to_le_bytes());
            data
        };
        for (number, flags) in [(3, 0x0120), (4, 0x0020), (5, 0x0100), (7, 0x0020)] {
            hide(&mut hidden, &row(number, flags));
        }
        assert_eq!(hidden, [3..=4, 7..=7]);
    }
}
