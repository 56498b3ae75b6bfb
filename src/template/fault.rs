//! Tera's errors in the project's words, at the author's line and column.

use super::{Metered, Sources};
use crate::diagnostic::{Diagnostic, Faults, Hint, Place};
use serde::Serialize;
use std::collections::BTreeSet;
use tera::ErrorKind;

/// The place of a byte offset in the author's text.
pub fn place_at(text: &str, at: usize, length: usize, file: &Place) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or(before).chars().count() as u32 + 1;
    let marked = text.get(at..at + length).map_or(0, |marked| marked.chars().count() as u32);
    in_file(file, text, line, column, marked)
}

fn in_file(file: &Place, text: &str, line: u32, column: u32, length: u32) -> Place {
    let excerpt = text.lines().nth(line.saturating_sub(1) as usize).map(|excerpt| cut(excerpt).into());
    Place {
        line: line + file.line.saturating_sub(1),
        column,
        length,
        excerpt,
        ..Place::file(file.file.clone())
    }
}

/// A line of an embedded font is longer than anybody reads.
fn cut(line: &str) -> &str {
    line.char_indices().nth(200).map_or(line, |(at, _)| &line[..at])
}

pub(super) fn of_error(error: &tera::Error, sources: &Sources, names: &[String]) -> Faults {
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            at_span("template-syntax", report.message(), report.filename(), report.span(), sources).into()
        }
        ErrorKind::RenderingError(report) => {
            let fault = at_span("template", report.message(), report.filename(), report.span(), sources);
            with_nearest_name(fault, names).into()
        }
        ErrorKind::MissingParent { current, parent } => missing_parent(current, parent, sources).into(),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            in_template("the template extends or includes itself", tpl, sources).into()
        }
        ErrorKind::TemplateNotFound(name) => {
            let fault = Diagnostic::error("template", format!("there is no template `{name}`"));
            hint_nearest(fault, name, sources.keys().map(String::as_str)).into()
        }
        ErrorKind::Msg(message) => of_reports(message, sources),
        other => Diagnostic::error("template", sentence(&other.to_string())).into(),
    }
}

/// Tera tells what it finds when it links templates as drawn reports, one after the other.
fn of_reports(reports: &str, sources: &Sources) -> Faults {
    Faults(reports.split("\n\n").map(|report| of_report(report, sources)).collect())
}

fn of_report(report: &str, sources: &Sources) -> Diagnostic {
    let mut lines = report.lines();
    let message = lines.next().unwrap_or_default().trim_start_matches("error: ");
    let place =
        lines.next().and_then(|line| report_place(line.trim_start().strip_prefix("-->")?.trim(), sources));
    let fault = Diagnostic::error("template", sentence(message));
    let fault = match place {
        Some(place) => fault.at(place),
        None => fault,
    };
    match message.split('`').nth(1) {
        Some(word) if message.starts_with("Unknown") || message.starts_with("Block") => {
            let known = known_words(sources, message);
            hint_nearest(fault, word, known.iter().map(String::as_str))
        }
        _ => fault,
    }
}

/// `handout.html:3:14`, column from 1, in the metered text.
fn report_place(locus: &str, sources: &Sources) -> Option<Place> {
    let mut parts = locus.rsplitn(3, ':');
    let column: u32 = parts.next()?.parse().ok()?;
    let line: u32 = parts.next()?.parse().ok()?;
    let source = sources.get(parts.next()?)?;
    Some(author_place(source, line, column.saturating_sub(1), 0))
}

/// What an unknown word could have meant: the names that stand after the same tag elsewhere.
fn known_words(sources: &Sources, message: &str) -> BTreeSet<String> {
    let introducer = match message.split(' ').nth(1) {
        Some("template") => return sources.keys().cloned().collect(),
        Some("component") => "component ",
        _ => "block ",
    };
    let names = sources.values().flat_map(|source| source.author.split("{%").skip(1)).filter_map(|tag| {
        let name = tag.trim_start_matches('-').trim_start().strip_prefix(introducer)?;
        Some(name.trim_start().split(|c: char| !c.is_alphanumeric() && c != '_').next()?.to_string())
    });
    names.filter(|name| !name.is_empty()).collect()
}

fn at_span(
    code: &'static str,
    message: &str,
    template: &str,
    span: &tera::Span,
    sources: &Sources,
) -> Diagnostic {
    let fault = Diagnostic::error(code, sentence(message));
    let Some(source) = sources.get(template) else { return fault };
    let length = match span.start_line == span.end_line {
        true => span.end_col.saturating_sub(span.start_col),
        false => 0,
    };
    fault.at(author_place(source, span.start_line as u32, span.start_col as u32, length as u32))
}

/// A place in the metered text (column from 0) as a place in the author's.
fn author_place(source: &Metered, line: u32, column: u32, length: u32) -> Place {
    // The meter's calls hold no line break: lines are the author's.
    let lines_before = source.author.split_inclusive('\n').take(line.saturating_sub(1) as usize);
    let start: usize = lines_before.map(str::len).sum();
    let mut added = 0;
    for insertion in source.scanned.insertions.iter().filter(|insertion| insertion.at >= start) {
        let Some(before) = source.author.get(start..insertion.at).filter(|before| !before.contains('\n'))
        else {
            break;
        };
        if before.chars().count() as u32 + added >= column {
            break;
        }
        added += insertion.call.chars().count() as u32;
    }
    in_file(&source.place, &source.author, line, column.saturating_sub(added) + 1, length)
}

fn missing_parent(current: &str, parent: &str, sources: &Sources) -> Diagnostic {
    let fault = in_template(&format!("there is no template `{parent}` to extend"), current, sources);
    hint_nearest(fault, parent, sources.keys().map(String::as_str).filter(|name| *name != current))
}

fn in_template(message: &str, template: &str, sources: &Sources) -> Diagnostic {
    let fault = Diagnostic::error("template", message);
    match sources.get(template) {
        Some(source) => {
            let at = source.author.find("extends").or_else(|| source.author.find("include")).unwrap_or(0);
            fault.at(place_at(&source.author, at, 7, &source.place))
        }
        None => fault,
    }
}

/// The marked text is a path such as `masthead.titel`: its last name is the unknown one.
fn with_nearest_name(fault: Diagnostic, names: &[String]) -> Diagnostic {
    let Some(place) = &fault.place else { return fault };
    let marked: String = match &place.excerpt {
        Some(excerpt) => excerpt
            .chars()
            .skip(place.column.saturating_sub(1) as usize)
            .take(place.length as usize)
            .collect(),
        None => return fault,
    };
    let last = marked.rsplit(['.', ' ']).next().unwrap_or_default();
    let is_known = names.iter().any(|name| name == last);
    match last.chars().all(|c| c.is_alphanumeric() || c == '_') && !last.is_empty() && !is_known {
        true => hint_nearest(fault, last, names.iter().map(String::as_str)),
        false => fault,
    }
}

fn hint_nearest<'a>(mut fault: Diagnostic, word: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    fault.hints.extend(Hint::nearest(word, known));
    fault
}

/// Every name that a template can use of a view.
pub(super) fn names_in<V: Serialize>(view: &V) -> Vec<String> {
    let mut names = BTreeSet::new();
    if let Ok(value) = serde_json::to_value(view) {
        collect_names(&value, &mut names);
    }
    names.into_iter().collect()
}

fn collect_names(value: &serde_json::Value, names: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                names.insert(name.clone());
                collect_names(field, names);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_names(item, names)),
        _ => {}
    }
}

/// What Tera says, without the names that it lists. Its messages name types and fields, never values.
fn sentence(message: &str) -> String {
    let message = message.split(". Available ").next().unwrap_or(message);
    house_form(message).unwrap_or_else(|| "the template cannot be filled".into())
}

/// A message in the house form: lower-case first letter, no full stop. `None`: it says nothing.
pub fn house_form(message: &str) -> Option<String> {
    let mut characters = message.trim().trim_end_matches('.').chars();
    let first = characters.next()?;
    Some(first.to_lowercase().chain(characters).collect())
}
