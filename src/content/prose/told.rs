//! Findings about figures, as they are told.

use super::text::Text;
use crate::diagnostic::Diagnostic;

pub const CLAIM: &str =
    "or, if it is another figure, list it under `figures` of a claim that this text names";

pub fn fault(text: &Text<'_>, code: &'static str, at: usize, written: &str, message: String) -> Diagnostic {
    Diagnostic::error(code, message).at(text.source.at(at, length(written))).about(written.trim())
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(0)
}

pub fn one_line(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}
