//! What somebody should know of a row: why it failed, or what of its sheet needs a hand. Holds no patient's words.

use crate::diagnostic::{Diagnostic, Hint, LEFT_OUT, Place, Severity, left_out};
use crate::request::roster::Row;
use serde::{Deserialize, Serialize};

/// One thing about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The rule's short name: `unknown-value`, `uncovered-name`.
    pub code: String,
    /// The column that it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<String>,
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub hints: Vec<Hint>,
}

/// A row that failed, or whose sheet somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remarks {
    /// The row's number, from 1.
    pub row: u64,
    /// The line of the roster on which it starts, from 1.
    pub line: u64,
    /// `None` when it has none that could name a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub remarks: Vec<Remark>,
    /// Where it stands, as its reader finds it: by its line, or by a spreadsheet's own number.
    #[serde(skip)]
    pub place: Place,
}

impl Remarks {
    pub fn new(row: &Row, found: Vec<Remark>) -> Remarks {
        let cell = row.raw.place.cell.clone().map(|(row, _)| (row, "".into()));
        let place = Place { cell, column: 0, ..row.raw.place.clone() };
        let id = row.raw.file_id().map(str::to_owned);
        Remarks { row: row.number, line: row.line, id, remarks: found, place }
    }
}

impl Remark {
    pub fn of(found: &Diagnostic) -> Remark {
        let cell = found.place.as_ref().and_then(|place| place.cell.as_ref());
        let column = cell.map(|(_, column)| column.to_string()).filter(|column| !column.is_empty());
        let column = column.or_else(|| own_column(found.code).map(str::to_owned));
        Remark {
            code: found.code.to_owned(),
            column,
            message: found.message.clone(),
            hints: found.hints.clone(),
        }
    }
}

/// The column of what is found on the sheet, where no column is known.
pub fn own_column(code: &str) -> Option<&'static str> {
    match code {
        "uncovered-name" | "changed-name" => Some("patient"),
        "uncovered-note" | "changed-note" | "note-off-sheet" => Some("note"),
        "wrong-clock" => Some("session_at"),
        _ => None,
    }
}

/// Every error, or every warning, among what was found.
pub fn remarks(found: &[Diagnostic], severity: Severity) -> Vec<Remark> {
    found.iter().filter(|found| found.severity == severity).map(Remark::of).collect()
}

/// The warnings about a row, and those about the clinic folder, which are the same for many rows. All parts that a full
/// sheet left out are one warning.
pub fn sorted(found: Vec<Diagnostic>) -> (Vec<Remark>, Vec<Diagnostic>) {
    let of_row = |found: &Diagnostic| found.place.as_ref().is_none_or(|place| place.cell.is_some());
    let (own, clinics): (Vec<_>, Vec<_>) = found.into_iter().partition(of_row);
    let mut joined: Vec<Diagnostic> = Vec::new();
    for found in own {
        match joined.iter_mut().find(|other| other.code == LEFT_OUT && found.code == LEFT_OUT) {
            Some(other) => *other = left_out(other.names.iter().chain(&found.names).cloned().collect()),
            None => joined.push(found),
        }
    }
    (joined.iter().map(Remark::of).collect(), clinics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_were_left_out_are_one_warning_and_the_clinics_own_stand_apart() {
        let out = |id: &str| left_out(vec![id.to_owned()]);
        let old = Diagnostic::warning("expired-text", "old").at(Place::line(
            "content/treatments/dry-needling/en/rest.md",
            1,
            1,
        ));
        let name = Diagnostic::warning("uncovered-name", "the name …");
        let (own, clinics) = sorted(vec![name, out("faq/a"), out("b"), old.clone(), out("c")]);
        assert_eq!(clinics, [old]);
        let told: Vec<_> = own.iter().map(|one| (one.column.as_deref(), one.message.as_str())).collect();
        let parts = "left out `faq/a`, `b`, `c`: the sheet is full";
        assert_eq!(told, [(Some("patient"), "the name …"), (None, parts)]);
    }
}
