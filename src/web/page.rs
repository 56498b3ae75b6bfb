//! The page as its templates see it.

use super::beside::{self, BESIDE};
use super::context::Context;
use super::controls::{Form, base, bodies, by_field, merge, most, treatment_name, values_of, word};
use super::form::Typed;
use super::notice::{Notice, at_field};
use super::sheet::{self, Preview};
use super::switch::ELSEWHERE;
use super::words::UiStrings;
use crate::locale::Direction;
use crate::options::{Edition, Paper};
use crate::{Library, OptionKind, Printer, icon};
use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use serde_json::{Value, json};

/// Fields that hold text.
const TEXTS: [&str; 5] = ["patient", "note", "next_visit", "session_at", "session_now"];

/// What the form says when the page is opened.
pub fn fresh(context: &Context<'_>, typed: Typed) -> Typed {
    let mut typed = typed;
    let library = context.treating(typed.one("treatment")).library();
    typed.set("treatment", [library.treatment.id.to_string()]);
    let mut start = |name: &str, value: &str| {
        if typed.one(name).is_empty() {
            typed.set(name, [value.to_owned()]);
        }
    };
    for option in library.treatment.options.values() {
        if let Some(default) = &option.default {
            start(&option.id, default);
        }
    }
    start("edition", Edition::Standard.name());
    start("paper", library.clinic.paper.name());
    start("choose", "region");
    // A sheet speaks the clinic's first language, whatever the page speaks, until somebody chooses.
    if let Some(language) = library.packs.keys().next() {
        start("language", language.tag());
    }
    let now = local(context.site.now(), library);
    if typed.one("session_at").is_empty() || typed.one("session_at") == typed.one("session_now") {
        typed.set("session_at", [now.clone()]);
    }
    typed.set("session_now", [now]);
    typed
}

/// The clinic's clock, as a form field writes it.
pub fn local(now: DateTime<Utc>, library: &Library) -> String {
    now.with_timezone(&library.clinic.time_zone).format("%Y-%m-%dT%H:%M").to_string()
}

/// What has just happened.
#[derive(Clone, Copy, Default)]
pub struct Said<'s> {
    pub text: &'s str,
    /// A sheet that was taken away, which a button brings back.
    pub taken: Option<&'s str>,
}

/// Everything that `page.html` shows.
pub fn view(context: &Context<'_>, typed: &Typed, preview: &Preview, said: Said<'_>) -> Option<Value> {
    let context = &context.treating(typed.one("treatment"));
    let library = context.library();
    let pack = context.pack()?;
    let form = Form { library, pack, typed, base: base(library, typed) };
    let mut view = frame(context);
    let parts = json!({
        "presets": form.presets(),
        "preset": typed.one("preset"),
        "elsewhere": typed.all(ELSEWHERE),
        "beside": typed.filled(BESIDE),
        "bodies": bodies(library),
        "treatments": treatments(context),
        "treatment": &*library.treatment.id,
        "own": form.own(context, &preview.shown, [&preview.faults, &preview.warnings]),
        "rules": form.rules().to_string(),
        "chooses_otherwise": form.chooses_otherwise(),
        "has_libraries": !library.treatment.libraries.is_empty(),
        "library_faults": preview.faults.iter().any(|fault| {
            let option = library.treatment.options.get(fault.field.as_str());
            option.is_some_and(|option| matches!(option.kind, OptionKind::Exercises { .. }))
        }),
        "editions": form.options("edition", "editions", Edition::NAMES),
        "papers": form.options("paper", "papers", Paper::NAMES),
        "languages": form.languages(),
        "copy": copy(context, typed),
        "therapists": form.therapists(),
        "chooses": typed.chooses(),
        "sections": form.sections(&context.ui().titles),
        "values": values_of(typed, &TEXTS),
        "of_choose": {
            "faults": at_field(&preview.faults, "choose"),
            "remarks": at_field(&preview.warnings, "choose"),
        },
        "differs": form.differing(),
        "faults": by_field(&preview.faults),
        "remarks": by_field(&preview.warnings),
        "most": most(),
        "zone": library.clinic.time_zone.name(),
        "opens": values_of(&fresh(context, Typed::default()), &["edition", "paper", "language"]),
        "preview": preview_view(context, typed, preview),
        "said": said.text,
        "taken": said.taken,
        "printers": printers(context),
        "facts": facts(context),
        "has_site": library.clinic.site.is_some(),
        "last_sheets": last_sheets(context, typed),
    });
    merge(&mut view, parts);
    Some(view)
}

/// The copy for a clinician who does not read the patient's language; of languages one of which is the original's.
pub(super) fn copy_label(context: &Context<'_>) -> String {
    context.word("paper.copy", &[("language", &sheet::original_name(context))])
}

fn copy(context: &Context<'_>, typed: &Typed) -> Value {
    let original = context.library().original().map(|pack| pack.language.tag());
    json!({
        "language": original,
        "label": copy_label(context),
        "wanted": sheet::wants_copy(typed),
    })
}

/// What the page's script has to know to give sheets again; nothing where the clinic wants none kept. `held`: those that
/// came along from another treatment's page.
fn last_sheets(context: &Context<'_>, typed: &Typed) -> Value {
    let kept = context.site.engine.library().clinic.last_sheets;
    if kept.keep == 0 {
        return Value::Null;
    }
    let minutes = kept.minutes.to_string();
    json!({
        "keep": kept.keep, "minutes": kept.minutes, "from_start": kept.from_start,
        "hint": context.word("again.hint", &[("minutes", &minutes)]), "held": typed.one("again"),
    })
}

/// What the frame of every page shows.
pub fn frame(context: &Context<'_>) -> Value {
    let library = context.site.engine.library();
    json!({
        "t": context.ui().words,
        "language": context.ui().language.tag(),
        "direction": context.pack().map_or(Direction::default(), |pack| pack.direction).name(),
        "page_languages": page_languages(context),
        "clinic": library.clinic.name,
        "logo": icon(&library.brand.logo),
        "assets": format!("/assets/{}", context.site.assets.version),
    })
}

/// Every language of the page by its own name, when there is a choice.
fn page_languages(context: &Context<'_>) -> Vec<Value> {
    let current = context.ui().language.tag();
    let view = |strings: &UiStrings| {
        let tag = strings.language.tag();
        json!({ "id": tag, "name": strings.name, "current": tag == current })
    };
    let all: Vec<Value> = context.site.ui.all().map(view).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

/// The treatments by their names, when there is a choice.
fn treatments(context: &Context<'_>) -> Vec<Value> {
    let current = &context.library().treatment.id;
    let view = |library: &Library| {
        let id = &library.treatment.id;
        json!({ "id": &**id, "name": treatment_name(context, library), "current": id == current })
    };
    let all: Vec<Value> = context.site.engine.treatments().map(view).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

/// Why an area locks a part of the sheet, for each fact that the page has words for.
fn facts(context: &Context<'_>) -> Vec<Value> {
    let why = |id: &str| format!("facts.{id}.why");
    let facts = context.library().treatment.region_facts().map(|fact| &*fact.id);
    let known = facts.filter(|id| context.knows(&why(id)));
    known.map(|id| json!({ "id": id, "why": context.word(&why(id), &[]) })).collect()
}

/// A button for each queue that the clinic names. It says when the queue's sheets are of another edition than the
/// form's.
pub fn printers(context: &Context<'_>) -> Vec<Value> {
    let label = |printer: &Printer| {
        let name = ("name", printer.name.as_str());
        match (printer.edition, context.pack()) {
            (Some(edition), Some(pack)) => {
                let edition = word(pack, "editions", edition.name());
                context.word("printer.button_edition", &[name, ("edition", &edition)])
            }
            _ => context.word("printer.button", &[name]),
        }
    };
    let view = |printer: &Printer| json!({ "name": printer.name, "label": label(printer) });
    context.site.engine.library().clinic.printers.iter().map(view).collect()
}

/// Where a page's picture goes. Pictures are most of an answer, so they are put in at the end and copied once; what
/// people type is escaped and can never look like this.
pub fn place(index: usize) -> String {
    format!("<!--picture {index}-->")
}

/// A text as the content of a `textarea`.
pub fn in_textarea(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A filled template with the pictures in their places.
pub fn with_pictures(html: &str, pictures: &[String]) -> String {
    let length = html.len() + pictures.iter().map(String::len).sum::<usize>();
    let mut whole = String::with_capacity(length);
    let mut rest = html;
    for (index, picture) in pictures.iter().enumerate() {
        if let Some((before, after)) = rest.split_once(&place(index)) {
            whole.push_str(before);
            whole.push_str(picture);
            rest = after;
        }
    }
    whole.push_str(rest);
    whole
}

/// What `preview.html` shows.
pub fn preview_view(context: &Context<'_>, typed: &Typed, preview: &Preview) -> Value {
    let behind: usize = preview.others.iter().map(|other| other.pages).sum();
    let count = preview.pages.len() - behind - preview.copied;
    let copy = [("language", &*sheet::original_name(context))];
    let copy = context.word("paper.copy_title", &copy);
    // A page among those of its sheet, and the sheet's title above its first one.
    let page = |index: usize, (page, pages): (usize, usize), title: &str| {
        let label = [("page", &*(page + 1).to_string()), ("pages", &*pages.to_string())];
        let title = if page == 0 { title } else { "" };
        json!({ "svg": place(index), "label": context.word("preview.page", &label), "title": title })
    };
    let sheets = [("", count), (copy.as_str(), preview.copied)]
        .into_iter()
        .chain(preview.others.iter().map(|other| (other.title.as_str(), other.pages)));
    let sheets = sheets.flat_map(|(title, pages)| (0..pages).map(move |page| (page, pages, title)));
    let pages: Vec<Value> =
        sheets.enumerate().map(|(index, (own, of, title))| page(index, (own, of), title)).collect();
    let notices = |calm: bool| -> Vec<&Notice> {
        preview.warnings.iter().filter(|warning| warning.calm == calm).collect()
    };
    json!({
        "whose": whose(context, typed),
        "pages": pages,
        "is_ready": count > 0 && preview.faults.is_empty(),
        "others": preview.others,
        "link": preview.link,
        "shown": preview.shown,
        "faults": preview.faults,
        "warnings": notices(false),
        "asides": notices(true),
        "empty": preview.empty,
        "questions": preview.questions,
        "asked_in": typed.one("language"),
        "now": local(context.site.now(), context.site.engine.library()),
        "summary": summary(context, typed, preview),
    })
}

/// Whose sheet it is, so that a shared desk sees it before it prints. Nothing where the clinic names nobody.
fn whose(context: &Context<'_>, typed: &Typed) -> String {
    match typed.one("therapist") {
        "" if context.site.engine.library().clinic.therapists.is_empty() => String::new(),
        "" => context.word("session.no_therapist", &[]),
        name => name.to_owned(),
    }
}

/// Whether nobody has signed the texts of a sheet as they are.
fn is_draft(context: &Context<'_>, typed: &Typed) -> bool {
    let library = context.treating(typed.one("treatment")).library();
    let today = context.site.now().with_timezone(&library.clinic.time_zone).date_naive();
    let pack = library.packs.values().find(|pack| pack.language.tag() == typed.one("language"));
    pack.or_else(|| library.packs.values().next()).is_some_and(|pack| pack.approval.on(today).is_err())
}

/// One line on what would print, with the sheets beside the form's own: `2 pages · Letter · standard`, and which facts about
/// the areas bring signs of their own.
fn summary(context: &Context<'_>, typed: &Typed, preview: &Preview) -> String {
    let context = &context.treating(typed.one("treatment"));
    let Some(pack) = context.pack() else { return String::new() };
    let others = beside::others(context, typed);
    let all = || std::iter::once(typed).chain(&others);
    let count = others.len() + 1;
    let sheets = (count > 1).then(|| context.word("beside.sheets", &[("count", &count.to_string())]));
    let sides = match preview.pages.len() {
        0 => return String::new(),
        1 => context.word("preview.one_page", &[]),
        pages => context.word("preview.pages", &[("pages", &pages.to_string())]),
    };
    let paper = match typed.one("paper") {
        "" => context.site.engine.library().clinic.paper.name(),
        paper => paper,
    };
    let words =
        std::iter::once(("papers", paper)).chain(all().map(|sheet| ("editions", sheet.one("edition"))));
    let chosen = words.filter(|(_, name)| !name.is_empty()).map(|(group, name)| word(pack, group, name));
    let draft = all().any(|sheet| is_draft(context, sheet)).then(|| context.word("preview.draft", &[]));
    let parts =
        sheets.into_iter().chain([sides]).chain(chosen).chain(preview.facts.iter().cloned()).chain(draft);
    // What several sheets have in common is said once.
    parts.collect::<IndexSet<String>>().into_iter().collect::<Vec<_>>().join(" · ")
}
