//! What the form's sheet comes to: pages to show, files to send, or faults in plain words, each at its field.

use super::beside;
use super::context::{Context, PageLanguage};
use super::faults::{left_out_said, said};
use super::form::{Role, Typed, roles};
use super::making::{Kind, Making};
use super::notice::Notice;
use super::site::Site;
use super::strays;
use crate::batch::own_column;
use crate::diagnostic::{Diagnostic, Faults, LEFT_OUT, Place, Report};
use crate::options::chosen::Chosen;
use crate::options::{Edition, Name, Paper};
use crate::{Document, Layout, Request};
use serde::Serialize;

/// The live sheet.
#[derive(Debug, Default, Serialize)]
pub struct Preview {
    /// One SVG a page; empty when there is no sheet.
    pub pages: Vec<String>,
    /// How many of them, behind the sheet's own, are of its copy for the clinician.
    pub copied: usize,
    /// Ids of the exercises that it shows.
    pub shown: Vec<String>,
    /// Why there is no sheet.
    pub faults: Vec<Notice>,
    /// What is worth knowing about the sheet.
    pub warnings: Vec<Notice>,
    /// What must be chosen is not yet: nothing is wrong, nothing can be shown.
    pub empty: bool,
    /// What the page calls the facts that the treated areas make true, of every sheet: signs follow from them, which nobody
    /// can switch off.
    pub facts: Vec<String>,
    /// What the clinician asks before the patient leaves.
    pub questions: Vec<String>,
    /// The patient's other sheets, whose pages stand behind this one's.
    pub others: Vec<Other>,
    /// Where the clinic's own site shows this sheet's times.
    pub link: Option<Link>,
}

/// An address to be sent or read off the screen, with its QR code.
#[derive(Debug, Serialize)]
pub struct Link {
    pub url: String,
    /// Whether it leads to this sheet's times, not only to the page for everybody.
    pub is_own: bool,
    pub code: String,
    pub side: usize,
}

/// A sheet that was set aside.
#[derive(Debug, Default, Serialize)]
pub struct Other {
    pub title: String,
    pub pages: usize,
}

/// A file to print or to send on.
pub struct File {
    pub bytes: Vec<u8>,
    pub paper: Paper,
    /// Tells sheets apart, so that the wrong one is not sent, and says nothing of who the patient is: the session's day and
    /// time, what was treated, and what kind of sheet it is (`aftercare-2026-11-24-1530-left-shoulder-large-print`).
    pub name: String,
}

/// Regions that a file's name holds, at most.
const NAMED: usize = 3;

fn name(context: &Context<'_>, request: &Request) -> String {
    let library = context.library();
    let treatment = &library.treatment;
    let area = |region: &Name| match request.chosen.side(region) {
        Some(side) => format!("{}-{region}", side.name()),
        None => region.to_string(),
    };
    let mut what: Vec<String> = treatment.regions_in(&request.chosen).iter().take(NAMED).map(area).collect();
    if what.is_empty() {
        what.push(treatment.id.to_string());
    }
    if request.edition != Edition::Standard {
        what.push(request.edition.to_string());
    }
    if library.packs.keys().next() != Some(&request.language) {
        what.push(request.language.tag().to_owned());
    }
    format!("aftercare-{}-{}", request.session_at.format("%Y-%m-%d-%H%M"), what.join("-"))
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

/// Whether a sheet can be made of the form's own fields.
pub fn is_whole(context: &Context<'_>, typed: &Typed) -> bool {
    !own(context, typed).pages.is_empty()
}

/// The live sheet of a form, and behind it those that were set aside.
pub fn preview(context: &Context<'_>, typed: &Typed) -> Preview {
    let mut preview = own(context, typed);
    for sheet in beside::others(context, typed) {
        let other = own(context, &sheet);
        let title = beside::title(context, &sheet);
        preview.others.push(Other { title: title.clone(), pages: other.pages.len() });
        preview.pages.extend(other.pages);
        preview.facts.extend(other.facts);
        let lacks = other.empty.then(|| context.word("status.empty", &[]));
        let lacks = lacks.map(|text| Notice { field: String::new(), text, calm: false });
        tell_of_other(&mut preview.faults, &title, lacks.into_iter().chain(other.faults));
        tell_of_other(&mut preview.warnings, &title, other.warnings);
    }
    preview
}

/// What is to be told of another sheet: its title first, unless the same is told already.
fn tell_of_other(told: &mut Vec<Notice>, title: &str, notices: impl IntoIterator<Item = Notice>) {
    for notice in notices {
        if !told.contains(&notice) {
            told.push(Notice { text: format!("{title}: {}", notice.text), ..notice });
        }
    }
}

fn own(context: &Context<'_>, typed: &Typed) -> Preview {
    let context = &context.treating(typed.one("treatment"));
    let strays = strays::found(context, typed);
    if !strays.is_empty() {
        return Preview { faults: notices(context, &strays), ..Preview::default() };
    }
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
    let (document, questions) = context.site.engine.document_asking(&request)?;
    warnings.extend(document.warnings);
    let layout = context.site.engine.layout(&document.value, &request)?;
    warnings.extend(layout.warnings);
    let mut warnings = notices(context, &warnings);
    warnings.extend(many(context, typed));
    let mut pages = context.site.engine.pictures(&layout.value);
    let own = pages.len();
    if let Some((_, _, copy)) = copied(context, typed, &request, &layout.value)? {
        pages.extend(context.site.engine.pictures(&copy));
    }
    Ok(Preview {
        copied: pages.len() - own,
        pages,
        shown: context.site.engine.shown_exercises(&document.value),
        faults: Vec::new(),
        warnings,
        empty: false,
        facts: facts(context, &request.chosen),
        questions,
        others: Vec::new(),
        link: context.site.engine.link(&request).map(|link| Link {
            is_own: link.url.contains('#'),
            url: link.url,
            code: link.code,
            side: link.side,
        }),
    })
}

/// Whether a clinician who does not read the patient's language wants the sheet in that of the original too.
pub fn wants_copy(typed: &Typed) -> bool {
    typed.has("with_source", "yes")
}

fn has_copy(context: &Context<'_>, typed: &Typed) -> bool {
    let library = context.treating(typed.one("treatment")).library();
    let original = library.original().map(|pack| pack.language.tag());
    wants_copy(typed) && !typed.one("language").is_empty() && original != Some(typed.one("language"))
}

/// What the language of the original is called on the page.
pub fn original_name(context: &Context<'_>) -> String {
    let original = context.library().original();
    original.map(|original| context.language_name(original.language.tag())).unwrap_or_default()
}

/// The copy for the clinician, where somebody wants one and the sheet is in another language.
fn copied(
    context: &Context<'_>,
    typed: &Typed,
    request: &Request,
    sheet: &Layout,
) -> Result<Option<(Request, Document, Layout)>, Faults> {
    let engine = &context.site.engine;
    let Some(copy) = wants_copy(typed).then(|| engine.source_request(request)).flatten() else {
        return Ok(None);
    };
    let document = engine.source_copy(&copy, sheet)?.value;
    let layout = engine.layout(&document, &copy)?.value;
    Ok(Some((copy, document, layout)))
}

/// More exercises than people keep up with, as the treatment says.
fn many(context: &Context<'_>, typed: &Typed) -> Option<Notice> {
    let treatment = &context.library().treatment;
    let above = treatment.many_exercises?;
    let libraries = roles(context.library()).filter(|(_, role)| *role == Role::Library);
    let count: usize = libraries.map(|(option, _)| typed.filled(&option.id).len()).sum();
    let values = [("count", &*count.to_string()), ("above", &*above.to_string())];
    let text = || context.word("plan.many", &values);
    (typed.chooses() && count > above).then(|| Notice {
        field: "choose".to_owned(),
        text: text(),
        calm: false,
    })
}

fn facts(context: &Context<'_>, chosen: &Chosen) -> Vec<String> {
    let facts = context.library().treatment.region_facts().filter(|fact| fact.is_true(chosen));
    let words = facts.map(|fact| format!("facts.{}.short", fact.id)).filter(|word| context.knows(word));
    words.map(|word| context.word(&word, &[])).collect()
}

/// The PDF of a form, with the sheets that were set aside.
///
/// # Errors
/// What the form lacks, each at its field.
pub fn pdf(context: &Context<'_>, typed: &Typed) -> Result<File, Vec<Notice>> {
    let sheets = beside::all(context, typed);
    match sheets.len() {
        1 if !has_copy(context, typed) => single(context, typed),
        _ => several(context, &sheets),
    }
}

/// Sheets of one patient, with their copies, as one PDF; each begins on a front side of its own.
fn several(context: &Context<'_>, sheets: &[Typed]) -> Result<File, Vec<Notice>> {
    let engine = &context.site.engine;
    let mut making = Making::new(engine, Kind::Merged);
    let mut faults: Vec<Notice> = Vec::new();
    let mut first: Option<(String, Paper)> = None;
    for (number, typed) in sheets.iter().enumerate() {
        let treating = context.treating(typed.one("treatment"));
        let made = resolved(&treating, typed).and_then(|request| {
            let mut request = request.value;
            first.get_or_insert_with(|| (name(&treating, &request), request.paper));
            request.id = Some(format!("sheet-{}", number + 1));
            let document = engine.document(&request)?.value;
            let layout = engine.layout(&document, &request)?.value;
            let copied = copied(&treating, typed, &request, &layout)?;
            making.add(&request, &document, layout)?;
            match copied {
                Some((mut copy, document, layout)) => {
                    copy.id = Some(format!("sheet-{}-{}", number + 1, copy.language.tag()));
                    making.add(&copy, &document, layout)
                }
                None => Ok(()),
            }
        });
        let title = beside::title(context, typed);
        let told = made.err().map(|told| notices(&treating, &told.0)).unwrap_or_default();
        tell_of_other(&mut faults, &title, told);
    }
    let broken = |told: Faults| notices(context, &told.0);
    match first.filter(|_| faults.is_empty()) {
        Some((name, paper)) => {
            let bytes = making.finish().map_err(broken)?;
            let name = if sheets.len() > 1 { format!("{name}-{}-sheets", sheets.len()) } else { name };
            Ok(File { bytes, paper, name })
        }
        None => Err(faults),
    }
}

fn single(context: &Context<'_>, typed: &Typed) -> Result<File, Vec<Notice>> {
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
    let mut notes = beside::all(context, typed).into_iter().map(|typed| own_note(context, &typed));
    let mut whole = notes.next().unwrap_or_else(|| own_note(context, typed))?;
    for note in notes {
        whole.bytes.extend(b"\n\n");
        whole.bytes.extend(note?.bytes);
    }
    Ok(whole)
}

fn own_note(context: &Context<'_>, typed: &Typed) -> Result<File, Vec<Notice>> {
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
    let half = typed.half_filled(context.library()).into_iter().map(half_filled);
    let own: Vec<Diagnostic> = strays::found(context, typed).into_iter().chain(half).collect();
    if own.is_empty() {
        return resolved;
    }
    let others = resolved.err().map_or_else(Vec::new, |faults| faults.0);
    Err(Faults(own.into_iter().chain(others).collect()))
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
