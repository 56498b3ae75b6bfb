//! Messages for texts, at the place in the author's file.

use super::Values;
use crate::content::Source;
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::limits;
use crate::merge::compile::names;
use crate::template::house_form;
use tera::{Error, ErrorKind, ReportError};

/// The first line of what Tera says.
pub fn sentence(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    house_form(line).unwrap_or_else(|| "the text cannot be read".to_owned())
}

/// A parser's error. `None`: not about syntax (an unknown name of a filter is found by `check`).
pub fn syntax(error: &Error, source: &Source) -> Option<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) => Some(reported(report, source)),
        _ => None,
    }
}

/// An error while a text is filled.
pub fn filling(error: &Error, source: &Source) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => reported(report, source),
        ErrorKind::Io(_) => {
            let message = format!("the text comes out longer than {} KiB", limits::TEXT >> 10);
            let hint = "part it into sections or questions of their own";
            Diagnostic::error("text-too-long", message).at(source.place.clone()).hint(hint)
        }
        _ => Diagnostic::error("template", sentence(&error.to_string())).at(source.place.clone()),
    }
}

fn reported(report: &ReportError, source: &Source) -> Diagnostic {
    let range = &report.span().range;
    let marked = source.text.get(range.clone()).unwrap_or_default();
    let length = marked.lines().next().unwrap_or_default().chars().count();
    let place = source.at(range.start, u32::try_from(length).unwrap_or(0));
    // What follows lists every name there is.
    let message = report.message().split(" Available ").next().unwrap_or_default();
    let fault = Diagnostic::error("template-syntax", sentence(message)).at(place);
    match is_patients(marked) {
        true => fault.hint("public text (brochure, site) has no session and no clock times: use `.when`, `.after` or `.span`, or ask `{% if for_patient %}` first"),
        false => fault,
    }
}

/// Whether what cannot be filled is a name that only a patient's text has. Unknown names were refused before.
fn is_patients(marked: &str) -> bool {
    let field = marked.trim().rsplit('.').next().unwrap_or_default();
    names::is_patients(field)
}

/// The place that Markdown's own places are counted from.
pub fn from_the_start(source: &Source) -> Place {
    Place::line(source.place.file.clone(), 1, 1)
}

/// A Markdown fault, moved from the filled text to the author's.
pub fn relocated(fault: Diagnostic, output: &str, source: &Source) -> Diagnostic {
    let Some(place) = &fault.place else { return fault };
    let (start, line) = line_of(output, place.line.saturating_sub(1) as usize);
    let column = place.column.saturating_sub(1) as usize;
    let in_line = line.char_indices().nth(column).map_or(line.len(), |(index, _)| index);
    let found = match output == &*source.text {
        true => Some(start + in_line),
        false => find_in_source(line, in_line, &source.text),
    };
    let place = match found {
        Some(offset) => source.at(offset, 0),
        None => Place { column: 0, ..source.place.clone() },
    };
    fault.at(place)
}

/// A line by its index, and its first byte.
fn line_of(text: &str, index: usize) -> (usize, &str) {
    let mut start = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if at == index {
            return (start, line.trim_end_matches(['\n', '\r']));
        }
        start += line.len();
    }
    (text.len(), "")
}

/// Where the author wrote a line that came out; else, where its part from the fault on.
fn find_in_source(line: &str, in_line: usize, text: &str) -> Option<usize> {
    if line.trim().is_empty() {
        return None;
    }
    if let Some(at) = text.find(line) {
        return Some(at + in_line);
    }
    let rest = &line[in_line..];
    let up_to = |count| rest.char_indices().nth(count).map_or(rest.len(), |(index, _)| index);
    let parts = [rest.len(), up_to(16), up_to(8), up_to(3)].map(|end| &rest[..end]);
    parts.into_iter().filter(|part| !part.trim().is_empty()).find_map(|part| text.find(part))
}

/// With real values, a message could show a patient's words: it only says which text.
pub fn hidden_unless_trial(faults: Vec<Diagnostic>, values: &Values, source: &Source) -> Faults {
    if values.trial {
        return Faults(faults);
    }
    let place = Place { column: 0, length: 0, ..source.place.clone() };
    Diagnostic::error("text-unfit", "this text cannot be filled for this request").at(place).into()
}

/// A text asked for as what it is not: a slip of the program, told rather than hidden.
pub fn misused(source: Option<&Source>) -> Faults {
    let fault = Diagnostic::error("text-unfit", "this text cannot be used here");
    match source {
        Some(source) => fault.at(source.place.clone()).into(),
        None => fault.into(),
    }
}
