//! Remarks: what a `#` behind a space makes of the rest of its line. The parser drops them, and with them the end of a text
//! that holds such a sign and stands without quotes (`Do exercise #1 twice a day`).

use super::node::Span;

/// The remarks of a text, looked up line by line.
#[derive(Default)]
pub(super) struct Remarks<'t> {
    lines: Vec<&'t str>,
    /// The line that was looked at last, and each place of it, in characters from 0, with the byte there, where space
    /// that ends in a `#` begins. Values come in the order of the file, so that a line is looked at once.
    line: u32,
    starts: Vec<(usize, usize)>,
}

impl<'t> Remarks<'t> {
    pub(super) fn new(text: &'t str) -> Remarks<'t> {
        // As YAML ends its lines.
        let lines = text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'));
        Remarks { lines: lines.collect(), line: 0, starts: Vec::new() }
    }

    /// The remark behind a place, with the space before it.
    pub(super) fn behind(&mut self, end: Span) -> Option<String> {
        let line = self.lines.get((end.line as usize).checked_sub(1)?)?;
        if self.line != end.line {
            (self.line, self.starts) = (end.line, starts(line));
        }
        let column = (end.column as usize).checked_sub(1)?;
        let index = self.starts.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        let (_, byte) = self.starts.get(index)?;
        line.get(*byte..).map(str::to_owned)
    }

    /// What stands in place of a key's value when it begins with a `#` that no space follows: `note: #1 first`. A `#` with
    /// a space behind it begins a remark beside a value that was left open.
    pub(super) fn instead(&mut self, key: Span) -> Option<String> {
        let after = Span { column: key.column + key.length + 1, ..key };
        let remark = self.behind(after)?;
        let meant = remark.trim_start().strip_prefix('#')?.chars().next()?;
        (!meant.is_whitespace() && meant != '#').then_some(remark)
    }
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
