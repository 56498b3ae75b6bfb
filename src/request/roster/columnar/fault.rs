//! Why a Parquet file, or a column of one, cannot be read, and what to do.

use crate::diagnostic::Diagnostic;

const ANEW: &str = "write it anew, or save the table as CSV UTF-8";

pub fn damaged() -> Diagnostic {
    Diagnostic::error("damaged-parquet", "this Parquet file is damaged, or not whole").hint(ANEW)
}

pub fn locked() -> Diagnostic {
    Diagnostic::error("parquet", "this Parquet file is encrypted").hint("write it without encryption")
}

pub fn claims_too_much() -> Diagnostic {
    let message = "this Parquet file claims to hold far more than stands in it, or than a roster may";
    Diagnostic::error("big-parquet", message)
        .hint("write it with pages of 1 MiB, as most programs do, or save the table as CSV UTF-8")
}

/// A column that is written in a way that is not read.
pub fn column(name: &str, written: &str, hint: &'static str) -> Diagnostic {
    Diagnostic::error("parquet-column", format!("the column `{name}` {written}")).hint(hint)
}

/// A value of a kind that is read, and that says nothing.
pub fn value() -> Diagnostic {
    let message = "what stands here is no text in UTF-8, and no time or number that there is";
    Diagnostic::error("cell-error", message).hint("write what it should say")
}
