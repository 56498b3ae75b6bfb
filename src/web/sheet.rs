//! What the form's sheet comes to: pages to show, files to send, or faults in plain words, each at its field.

use super::form::Typed;
use super::site::Site;
use crate::Request;
use crate::diagnostic::{Diagnostic, Faults, Report, Severity};
use serde::Serialize;

/// Something that the clinician should know, at the field it belongs to; an empty field: of the sheet as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub field: String,
    pub text: String,
}

/// The live sheet.
#[derive(Debug, Default, Serialize)]
pub struct Preview {
    /// One SVG a page; empty when there is no sheet.
    pub pages: Vec<String>,
    /// Ids of the stretches and movements that it shows.
    pub shown: Vec<String>,
    /// Why there is no sheet.
    pub faults: Vec<Notice>,
    /// What is worth knowing about the sheet.
    pub warnings: Vec<Notice>,
    /// No region is chosen yet: nothing is wrong, nothing can be shown.
    pub empty: bool,
    /// The sheet carries the lung signs, which nobody can switch off.
    pub over_lungs: bool,
}

/// A file to print or to send on.
pub struct File {
    pub bytes: Vec<u8>,
}

/// The live sheet of a form.
pub fn preview(site: &Site, typed: &Typed) -> Preview {
    if typed.all("regions").is_empty() {
        return Preview { empty: true, ..Preview::default() };
    }
    match drawn(site, typed) {
        Ok(preview) => preview,
        Err(faults) => Preview { faults: notices(site, &faults.0), ..Preview::default() },
    }
}

fn drawn(site: &Site, typed: &Typed) -> Result<Preview, Faults> {
    let Report { value: request, mut warnings } = resolved(site, typed)?;
    let document = site.engine.document(&request)?;
    warnings.extend(document.warnings);
    let layout = site.engine.layout(&document.value, &request)?;
    warnings.extend(layout.warnings);
    Ok(Preview {
        pages: site.engine.pictures(&layout.value),
        shown: site.engine.shown_exercises(&document.value),
        faults: Vec::new(),
        warnings: notices(site, &warnings),
        empty: false,
        over_lungs: request.regions.iter().any(|region| region.over_lungs()),
    })
}

/// The PDF of a form.
///
/// # Errors
/// What the form lacks, each at its field.
pub fn pdf(site: &Site, typed: &Typed) -> Result<File, Vec<Notice>> {
    let made = resolved(site, typed).and_then(|request| site.engine.render_pdf(&request.value));
    made.map(|sheet| File { bytes: sheet.value.bytes }).map_err(|faults| notices(site, &faults.0))
}

/// The web page of a form.
///
/// # Errors
/// As [`pdf`].
pub fn html(site: &Site, typed: &Typed) -> Result<File, Vec<Notice>> {
    let made = resolved(site, typed).and_then(|request| site.engine.render_html(&request.value));
    made.map(|sheet| File { bytes: sheet.value.into_bytes() }).map_err(|faults| notices(site, &faults.0))
}

fn resolved(site: &Site, typed: &Typed) -> Result<Report<Request>, Faults> {
    site.engine.request(&typed.request(), site.now())
}

/// Diagnostics in the page's words. A value that stands twice is nothing to tell.
fn notices(site: &Site, diagnostics: &[Diagnostic]) -> Vec<Notice> {
    let worth = diagnostics.iter().filter(|diagnostic| diagnostic.code != "duplicate-value");
    let mut notices: Vec<Notice> = Vec::new();
    for diagnostic in worth {
        let notice = Notice { field: field(diagnostic), text: said(site, diagnostic) };
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    notices
}

fn field(diagnostic: &Diagnostic) -> String {
    let file = diagnostic.place.as_ref().map_or("", |place| &place.file);
    let known = crate::options::keys::Key::of_column(file).is_some();
    match diagnostic.code {
        "uncovered-name" => "patient".to_owned(),
        "uncovered-note" => "note".to_owned(),
        _ if known => file.to_owned(),
        _ => String::new(),
    }
}

/// The page's own words for a fault; the clinic's reason for two options that cannot stand together; else what the
/// engine says.
fn said(site: &Site, diagnostic: &Diagnostic) -> String {
    let field = field(diagnostic);
    let own = [format!("faults.{field}-{}", diagnostic.code), format!("faults.{}", diagnostic.code)];
    let known = |key: &&String| site.pack().is_some_and(|pack| pack.web.contains_key(key.as_str()));
    if let Some(key) = own.iter().find(known) {
        let named = diagnostic.message.split('`').nth(1).unwrap_or_default();
        return site.word(key, &[("name", &name_of(site, named))]);
    }
    match (diagnostic.code, diagnostic.hints.first()) {
        ("contradiction", Some(reason)) => reason.clone(),
        (_, Some(hint)) if diagnostic.severity == Severity::Error => {
            format!("{} {}", sentence(&diagnostic.message), sentence(hint))
        }
        _ => sentence(&diagnostic.message),
    }
}

/// The title of a part that was left out: `faq/tired-next-day`, `exercises/wall-slide`, `closing`.
fn name_of(site: &Site, id: &str) -> String {
    let Some(pack) = site.pack() else { return id.to_owned() };
    let last = id.rsplit('/').next().unwrap_or(id);
    if let Some(title) = site.titles.get(last) {
        return title.clone();
    }
    let exercise = pack.stretches.get(last).or_else(|| pack.exercises.get(last)).map(|one| &one.name);
    let section = || pack.sections.get(last).map(|section| &section.title);
    let question = || pack.questions.iter().find(|question| question.id == last).map(|one| &one.question);
    exercise
        .or_else(section)
        .or_else(question)
        .map_or_else(|| id.to_owned(), |source| source.text.to_string())
}

/// A message as a sentence, without the marks around names.
pub fn sentence(message: &str) -> String {
    let plain = message.replace('`', "");
    let mut letters = plain.chars();
    match letters.next() {
        Some(first) => {
            let end = if plain.starts_with("did you mean") && !plain.ends_with('?') { '?' } else { '.' };
            let end = if plain.ends_with(['?', '.', '!']) { String::new() } else { end.to_string() };
            format!("{}{}{end}", first.to_uppercase(), letters.as_str())
        }
        None => plain,
    }
}
