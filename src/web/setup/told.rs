//! What `check` and the disk say, at the field that it is about.

use super::fields::{COLOUR, LOGO, LOOK, PROFILE, TABLES, TICKED};
use super::writing::{NotWritten, Plan};
use crate::diagnostic::{Diagnostic, printable};
use crate::edit;
use crate::web::context::Context;
use crate::web::controls::treatment_name;
use crate::web::notice::Notice;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Faults that are told of a folder at most.
const MOST: usize = 12;

/// Why nothing was written, each at its field.
pub fn notices(context: &Context<'_>, plan: &Plan, refused: &NotWritten) -> Vec<Notice> {
    match refused {
        NotWritten::Faulty(faults) => faulty(context, plan, faults),
        NotWritten::Drafts(texts) => {
            let named: Vec<String> = texts.iter().map(|text| named(context, text)).collect();
            vec![general(context.word("setup.told.drafts", &[("what", &named.join(", "))]))]
        }
        NotWritten::Meanwhile(path) => {
            vec![general(context.word("setup.told.now", &[("path", &printable(path))]))]
        }
        NotWritten::Disk(path, error) => vec![general(disk(context, path, error))],
    }
}

fn named(context: &Context<'_>, (treatment, language): &(String, String)) -> String {
    let name = treatment_name(context, context.treating(treatment).library());
    format!("{name} ({language})")
}

pub fn general(text: String) -> Notice {
    Notice { field: String::new(), text, calm: false }
}

fn faulty(context: &Context<'_>, plan: &Plan, faults: &[Diagnostic]) -> Vec<Notice> {
    let mut told: Vec<Notice> = Vec::new();
    for fault in faults {
        let field = field(plan, fault);
        let notice = Notice { text: sentence(fault, field.is_empty()), field, calm: false };
        if !told.contains(&notice) {
            told.push(notice);
        }
    }
    let others = told.len().saturating_sub(MOST);
    told.truncate(MOST);
    if others > 0 {
        told.push(general(context.word("roster.more_faults", &[("count", &others.to_string())])));
    }
    told
}

/// The field of a fault; empty when it is about none of them.
fn field(plan: &Plan, fault: &Diagnostic) -> String {
    let Some(place) = &fault.place else { return String::new() };
    let text = plan.get(&*place.file).and_then(Option::as_deref).map(String::from_utf8_lossy);
    let key = text.and_then(|text| edit::key_at(&text, place.line)).unwrap_or_default();
    let top = key.split('.').next().unwrap_or_default();
    match &*place.file {
        PROFILE if TABLES.iter().any(|(table, _)| *table == top) || TICKED.contains(&top) => top.to_owned(),
        PROFILE => key,
        LOOK if key.starts_with(COLOUR) => key,
        LOOK => String::new(),
        file if file.starts_with("templates/") && [".svg", ".png"].iter().any(|end| file.ends_with(end)) => {
            LOGO.to_owned()
        }
        _ => String::new(),
    }
}

/// The very words of the command line; where there is no field for them, with their place.
fn sentence(fault: &Diagnostic, with_place: bool) -> String {
    let mut text = crate::locale::capitalised(&fault.message);
    text.push('.');
    for hint in &fault.hints {
        text.push_str(&format!(" {}.", crate::locale::capitalised(&hint.to_string()).trim_end_matches('.')));
    }
    match fault.place.as_ref().filter(|_| with_place) {
        Some(place) => format!("{place}: {text}"),
        None => text,
    }
}

/// What the disk says, and what to do about it.
pub fn disk(context: &Context<'_>, path: &Path, error: &io::Error) -> String {
    let key = match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "setup.told.read-only",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "setup.told.full",
        _ => "setup.told.disk",
    };
    let (path, reason) = (printable(&path.to_string_lossy()), error.to_string());
    context.word(key, &[("path", &path), ("reason", &reason)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn a_fault_stands_at_the_field_of_its_line() {
        let text = |text: &str| Some(text.as_bytes().to_vec());
        let plan = Plan::from([
            (PROFILE.to_owned(), text("name: A\ntherapists:\n- B\n- B\nphone: x\n")),
            (LOOK.to_owned(), text("colours:\n  ink: x\nlogo: l.svg\n")),
        ]);
        for (file, line, expected) in [
            (PROFILE, 4, "therapists"),
            (PROFILE, 5, "phone"),
            (LOOK, 2, "colours.ink"),
            (LOOK, 3, ""),
            ("templates/l.svg", 1, "logo"),
            ("content/languages/fr/words.yaml", 1, ""),
        ] {
            let fault = Diagnostic::error("x", "y").at(Place::line(file, line, 1));
            assert_eq!(field(&plan, &fault), expected, "{file}:{line}");
        }
        let fault =
            Diagnostic::error("x", "`a` is wrong").at(Place::line("f", 1, 2)).hint("write `b`".to_owned());
        assert_eq!(sentence(&fault, true), "f:1:2: `a` is wrong. Write `b`.");
    }
}
