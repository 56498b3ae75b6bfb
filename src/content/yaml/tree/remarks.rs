//! Remarks: what a `#` behind a space makes of the rest of its line. The parser drops them, and with them the end of a text
//! that holds such a sign and stands without quotes (`Do exercise #1 twice a day`).

use super::span::Span;

/// The remarks of a text, looked up line by line.
#[derive(Default)]
pub(super) struct Remarks<'t> {
    lines: Vec<&'t str>,
    /// The line that was looked at last, and each place of it, in characters from 0, with the byte there, where space
    /// that ends in a `#` begins. Values come in the order of the file, so that a line is looked at once.
    line: u32,
    starts: Vec<(usize, usize)>,
    /// Characters of that line before the space at its end.
    length: usize,
}

impl<'t> Remarks<'t> {
    pub(super) fn new(text: &'t str) -> Remarks<'t> {
        // As YAML ends its lines.
        let lines = text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'));
        Remarks { lines: lines.collect(), line: 0, starts: Vec::new(), length: 0 }
    }

    /// The remark behind a place, with the space before it.
    pub(super) fn behind(&mut self, end: Span) -> Option<String> {
        let line = self.look_at(end.line)?;
        let column = (end.column as usize).checked_sub(1)?;
        let index = self.starts.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        let (_, byte) = self.starts.get(index)?;
        line.get(*byte..).map(str::to_owned)
    }

    fn look_at(&mut self, number: u32) -> Option<&'t str> {
        let line = *self.lines.get((number as usize).checked_sub(1)?)?;
        if self.line != number {
            (self.line, self.starts) = (number, starts(line));
            self.length = line.trim_end().chars().count();
        }
        Some(line)
    }

    /// What stands in place of a key's value when it begins with a `#` that no space follows: `note: #1 first`, there or on a
    /// line below. A `#` with a space behind it begins a remark beside a value that was left open.
    pub(super) fn instead(&mut self, key: Span) -> Option<String> {
        let after = Span { column: key.column + key.length + 1, ..key };
        match self.behind(after) {
            Some(remark) if is_meant(remark.trim_start()) => Some(remark),
            Some(_) => self.below(Span { column: u32::MAX, ..key }, key.column, false),
            None => self.below(after, key.column, false),
        }
    }

    /// Remarks on lines of their own below a value that ends its line, further right than `column`: there they may as well
    /// be the value's next lines. `any`: whatever follows the `#`; else only when no space follows one of them.
    pub(super) fn below(&mut self, end: Span, column: u32, any: bool) -> Option<String> {
        self.look_at(end.line)?;
        if (end.column as usize).checked_sub(1)? < self.length {
            return None;
        }
        let lines = self.lines.get(end.line as usize..)?.iter();
        let remarks = lines.map(|line| (line, line.trim_start()));
        let remarks = remarks.take_while(|(_, text)| text.is_empty() || text.starts_with('#'));
        let is_inside =
            |line: &str, text: &str| !text.is_empty() && line.len() - text.len() >= column as usize;
        let inside: Vec<&str> =
            remarks.filter(|(line, text)| is_inside(line, text)).map(|(_, text)| text).collect();
        // As YAML joins the lines of a text.
        let is_lost = !inside.is_empty() && (any || inside.iter().any(|text| is_meant(text)));
        is_lost.then(|| inside.iter().flat_map(|text| [" ", text]).collect())
    }
}

/// Whether a remark may be text: `#1 first`. A `#` with a space behind it begins a remark.
fn is_meant(remark: &str) -> bool {
    let next = remark.strip_prefix('#').and_then(|rest| rest.chars().next());
    next.is_some_and(|next| !next.is_whitespace() && next != '#')
}

/// Where a run of spaces and tabs begins that ends in a `#`.
fn starts(line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut space = None;
    for (column, (byte, character)) in line.char_indices().enumerate() {
        match character {
            ' ' | '\t' => space = space.or(Some((column, byte))),
            '#' => found.extend(space.take()),
            _ => space = None,
        }
    }
    found
}
