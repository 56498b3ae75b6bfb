//! What is told of single rows while a run goes on: the first faults and warnings, a line each, and how many more there
//! are. A roster may have a million of them.

use crate::batch::Remarks;
use crate::cli::report::Reporter;
use crate::diagnostic::{Diagnostic, Severity};
use serde_json::{Value, json};

/// Lines of one kind that a person is shown.
const LINES: usize = 20;
/// Rows of one kind that a summary for programs holds.
const ROWS: usize = 10_000;

/// Rows of one kind: those that failed, or those with warnings.
pub struct Log {
    severity: Severity,
    lines: usize,
    /// Lines that were not shown.
    more: u64,
    /// For the summary; `None` when none is asked for.
    rows: Option<Vec<Remarks>>,
    untold: u64,
}

impl Log {
    pub fn new(severity: Severity, json: bool) -> Log {
        Log { severity, lines: 0, more: 0, rows: json.then(Vec::new), untold: 0 }
    }

    /// Tells of a row, and keeps it for the summary.
    pub fn row(&mut self, row: &Remarks, reporter: &Reporter) {
        for line in lines(row) {
            if self.lines < LINES {
                self.lines += 1;
                reporter
                    .diagnostics(&[Diagnostic { severity: self.severity, ..Diagnostic::error("row", line) }]);
            } else {
                self.more += 1;
            }
        }
        match &mut self.rows {
            Some(rows) if rows.len() < ROWS => rows.push(row.clone()),
            _ => self.untold += 1,
        }
    }

    /// How many lines were not shown, with the place that has them all.
    pub fn more(&self, place: &str) -> Option<String> {
        let what = match (self.severity, self.more) {
            (Severity::Error, 1) => "fault",
            (Severity::Error, _) => "faults",
            (Severity::Warning, 1) => "warning",
            (Severity::Warning, _) => "warnings",
        };
        (self.more > 0).then(|| format!("… and {} more {what}: {place}", self.more))
    }

    /// The rows for programs, and how many of them there was no room for.
    pub fn json(&mut self) -> (Value, u64) {
        (json!(self.rows.take().unwrap_or_default()), self.untold)
    }
}

/// A line for each thing about a row.
fn lines(row: &Remarks) -> impl Iterator<Item = String> {
    let id = row.id.as_ref().map_or_else(String::new, |id| format!(", id {id}"));
    let start = format!("{}{id}", row.place);
    row.remarks.iter().map(move |remark| {
        let column = remark.column.as_ref().map_or_else(String::new, |column| format!(", column {column}"));
        let hints: String = remark.hints.iter().map(|hint| format!("; {}", hint.brief())).collect();
        format!("{start}{column}: {}{hints}", remark.message)
    })
}
