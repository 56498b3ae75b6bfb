//! What the form's sheet comes to: pages to show, files to send, or faults in plain words, each at its field.

use super::context::{Context, PageLanguage};
use super::faults::{left_out_said, said};
use super::form::Typed;
use super::site::Site;
use crate::Request;
use crate::batch::own_column;
use crate::diagnostic::{Diagnostic, Faults, LEFT_OUT, Place, Report};
use crate::options::Paper;
use crate::options::chosen::Chosen;
use serde::Serialize;

/// Something that the clinician should know, at the field it belongs to; an empty field: of the sheet as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub field: String,
    pub text: String,
    /// Nothing that anybody must do something about.
    pub calm: bool,
}

/// The live sheet.
#[derive(Debug, Default, Serialize)]
pub struct Preview {
    /// One SVG a page; empty when there is no sheet.
    pub pages: Vec<String>,
    /// Ids of the exercises that it shows.
    pub shown: Vec<String>,
    /// Why there is no sheet.
    pub faults: Vec<Notice>,
    /// What is worth knowing about the sheet.
    pub warnings: Vec<Notice>,
    /// What must be chosen is not yet: nothing is wrong, nothing can be shown.
    pub empty: bool,
    /// Ids of the facts that the treated areas make true: signs follow from them, which nobody can switch off.
    pub facts: Vec<String>,
    /// What the clinician asks before the patient leaves.
    pub questions: Vec<String>,
}

/// A file to print or to send on.
pub struct File {
    pub bytes: Vec<u8>,
    pub paper: Paper,
    /// Tells sheets of a day apart and says nothing of who the patient is: `aftercare-<what was treated>-1530`.
    pub name: String,
}

/// Regions that a file's name holds, at most.
const NAMED: usize = 3;

fn name(context: &Context<'_>, request: &Request) -> String {
    let treatment = &context.library().treatment;
    let mut what: Vec<&str> =
        treatment.regions_in(&request.chosen).iter().take(NAMED).map(|region| &**region).collect();
    if what.is_empty() {
        what.push(&treatment.id);
    }
    format!("aftercare-{}-{}", what.join("-"), request.session_at.format("%H%M"))
}

/// Makes a first sheet of each kind for nobody, so that the first patient's comes as fast as the next.
pub fn warm(site: &Site) {
    let context = &Context::new(site, &PageLanguage::default());
    let typed = Typed::usual(context.library());
    // What is wrong with it is told when somebody asks for one.
    let _ = preview(context, &typed);
    let _ = pdf(context, &typed);
    let _ = html(context, &typed);
}

/// The live sheet of a form.
pub fn preview(context: &Context<'_>, typed: &Typed) -> Preview {
    let context = &context.treating(typed.one("treatment"));
    let mut needed = context.library().treatment.options.values().filter(|option| option.required);
    if needed.any(|option| typed.all(&option.id).iter().all(|value| value.trim().is_empty())) {
        return Preview { empty: true, ..Preview::default() };
    }
    match drawn(context, typed) {
        Ok(preview) => preview,
        Err(faults) => Preview { faults: notices(context, &faults.0), ..Preview::default() },
    }
}

fn drawn(context: &Context<'_>, typed: &Typed) -> Result<Preview, Faults> {
    let Report { value: request, mut warnings } = resolved(context, typed)?;
    let document = context.site.engine.document(&request)?;
    warnings.extend(document.warnings);
    let layout = context.site.engine.layout(&document.value, &request)?;
    warnings.extend(layout.warnings);
    Ok(Preview {
        pages: context.site.engine.pictures(&layout.value),
        shown: context.site.engine.shown_exercises(&document.value),
        faults: Vec::new(),
        warnings: notices(context, &warnings),
        empty: false,
        facts: facts(context, &request.chosen),
        questions: context.site.engine.teach_back(&request)?,
    })
}

fn facts(context: &Context<'_>, chosen: &Chosen) -> Vec<String> {
    let facts = context.library().treatment.region_facts().filter(|fact| fact.is_true(chosen));
    facts.map(|fact| fact.id.to_string()).collect()
}

/// The PDF of a form.
///
/// # Errors
/// What the form lacks, each at its field.
pub fn pdf(context: &Context<'_>, typed: &Typed) -> Result<File, Vec<Notice>> {
    let context = &context.treating(typed.one("treatment"));
    let made = resolved(context, typed).and_then(|request| {
        let sheet = context.site.engine.render_pdf(&request.value)?;
        Ok(File { bytes: sheet.value.bytes, paper: request.value.paper, name: name(context, &request.value) })
    });
    made.map_err(|faults| notices(context, &faults.0))
}

/// The web page of a form.
///
/// # Errors
/// As [`pdf`].
pub fn html(context: &Context<'_>, typed: &Typed) -> Result<File, Vec<Notice>> {
    let context = &context.treating(typed.one("treatment"));
    let made = resolved(context, typed).and_then(|request| {
        let sheet = context.site.engine.render_html(&request.value)?;
        let name = name(context, &request.value);
        Ok(File { bytes: sheet.value.into_bytes(), paper: request.value.paper, name })
    });
    made.map_err(|faults| notices(context, &faults.0))
}

/// The note for the chart about the sheet of a form.
///
/// # Errors
/// As [`pdf`].
pub fn note(context: &Context<'_>, typed: &Typed) -> Result<File, Vec<Notice>> {
    let context = &context.treating(typed.one("treatment"));
    let engine = &context.site.engine;
    let made = resolved(context, typed).and_then(|request| {
        let document = engine.document(&request.value)?.value;
        let layout = engine.layout(&document, &request.value)?.value;
        let note = engine.chart_note(&request.value, &document, Some(&layout))?;
        let name = name(context, &request.value);
        Ok(File { bytes: note.into_bytes(), paper: request.value.paper, name })
    });
    made.map_err(|faults| notices(context, &faults.0))
}

fn resolved(context: &Context<'_>, typed: &Typed) -> Result<Report<Request>, Faults> {
    let resolved = context.site.engine.request(&typed.request(context.library()), context.site.now());
    let half: Vec<Diagnostic> = typed.half_filled(context.library()).into_iter().map(half_filled).collect();
    if half.is_empty() {
        return resolved;
    }
    let others = resolved.err().map_or_else(Vec::new, |faults| faults.0);
    Err(Faults(half.into_iter().chain(others).collect()))
}

fn half_filled(field: String) -> Diagnostic {
    Diagnostic::error("half-filled", format!("`{field}` is only half filled in")).at(Place::file(field))
}

/// Diagnostics in the page's words. A value that stands twice is nothing to tell; parts that the paper had no room for
/// are one line together, after what somebody must look at.
fn notices(context: &Context<'_>, diagnostics: &[Diagnostic]) -> Vec<Notice> {
    let worth = || diagnostics.iter().filter(|diagnostic| diagnostic.code != "duplicate-value");
    let mut notices: Vec<Notice> = Vec::new();
    for diagnostic in worth().filter(|diagnostic| diagnostic.code != LEFT_OUT) {
        let notice = Notice {
            field: field(context, diagnostic),
            text: said(context, &field(context, diagnostic), diagnostic),
            calm: false,
        };
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    let left_out: Vec<&Diagnostic> = worth().filter(|diagnostic| diagnostic.code == LEFT_OUT).collect();
    if !left_out.is_empty() {
        notices.push(Notice { field: String::new(), text: left_out_said(context, &left_out), calm: true });
    }
    notices
}

fn field(context: &Context<'_>, diagnostic: &Diagnostic) -> String {
    let file = diagnostic.place.as_ref().map_or("", |place| &place.file);
    let known = context.library().keys.of_column(file).is_some();
    let known = known.then_some(file);
    own_column(diagnostic.code).or(known).unwrap_or_default().to_owned()
}
