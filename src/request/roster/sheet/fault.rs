//! Why a workbook cannot be read, and what to do.

use crate::diagnostic::Diagnostic;
use crate::limits::{CELLS, WORKBOOK};

const AS_CSV: &str = "save the sheet as CSV UTF-8, which may be of any length, and take that file";

pub fn damaged() -> Diagnostic {
    Diagnostic::error("damaged-workbook", "this workbook is damaged, or not whole")
        .hint("open it in the program that made it and save it anew, or save the sheet as CSV UTF-8")
}

pub fn locked() -> Diagnostic {
    Diagnostic::error("locked-workbook", "this workbook is protected by a password")
        .hint("open it with the password, take the password off, and save it; or save the sheet as CSV UTF-8")
}

pub fn too_big() -> Diagnostic {
    let message = format!("this workbook holds more than a roster may: {} cells", thousands(CELLS.most));
    Diagnostic::error("big-workbook", message).hint(AS_CSV)
}

pub fn claims_too_much() -> Diagnostic {
    let message = "this workbook claims to hold far more than stands in it";
    Diagnostic::error("big-workbook", message)
        .hint("open it in the program that made it and save it anew, or save the sheet as CSV UTF-8")
}

pub fn too_long_a_file() -> Diagnostic {
    let message = format!("this workbook is longer than {} MiB", WORKBOOK >> 20);
    Diagnostic::error("big-workbook", message).hint(AS_CSV)
}

/// A file of a kind that holds tables, but not in a form that is read.
pub fn other_kind(what: &str) -> Diagnostic {
    Diagnostic::error("workbook", format!("this is {what}"))
        .hint("open it, save it as a workbook (`.xlsx` or `.ods`) or as CSV UTF-8, and take that file")
}

fn thousands(number: usize) -> String {
    match number / 1000 {
        0 => number.to_string(),
        more => format!("{},{:03}", thousands(more), number % 1000),
    }
}
