//! What the addresses of the set-up page answer.

use super::fields::{Fields, LINES, LOOK, PROFILE};
use super::first::{self, NotMade};
use super::logo;
use super::told;
use super::view::{self, State as Shown};
use super::writing::{Base, NotWritten, Plan};
use super::{before, preset as presets};
use crate::diagnostic::Faults;
use crate::edit;
use crate::web::answer::{self, Problem};
use crate::web::context::{Context, PageLanguage};
use crate::web::desk::Desk;
use crate::web::folder_mark::mark;
use crate::web::form::Typed;
use crate::web::routes::{Posted, read_form, run_blocking, set_cookie};
use crate::web::sheet;
use crate::web::uploads::Sent;
use crate::{Engine, Folder};
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::path::Path;

/// What has just been done, as the page's address says it: words of ours, nothing of anybody's.
const DONE: [&str; 4] = ["saved", "undone", "made", "found"];

/// Does the work with the folder, on a thread of its own.
pub(super) async fn respond(
    desk: Desk,
    language: PageLanguage,
    work: impl FnOnce(&Desk, &Context<'_>) -> Response + Send + 'static,
) -> Response {
    let site = desk.site();
    let work = move |context: &Context<'_>| work(&desk, context);
    run_blocking(&site, &language, work).await.unwrap_or_else(|response| response)
}

pub async fn index(State(desk): State<Desk>, language: PageLanguage, RawQuery(query): RawQuery) -> Response {
    respond(desk, language, move |desk, context| {
        match taken_in(desk, context) {
            Ok(true) => return to_page("found"),
            Ok(false) => {}
            Err(response) => return *response,
        }
        let done = query.as_deref().filter(|done| DONE.contains(done));
        let said = done.map(|done| context.word(&format!("setup.told.{done}"), &[])).unwrap_or_default();
        match context.site.folder() {
            None => {
                answer::html(context, StatusCode::OK, "setup.html", &view::first_start(context, None, &[]))
            }
            Some(folder) => match Opened::of(folder) {
                Ok(opened) => {
                    let state = Shown { said, ..opened.state() };
                    shown(context, StatusCode::OK, folder, &opened.fields, &state)
                }
                Err(faults) => unread(context, folder, &faults),
            },
        }
    })
    .await
}

/// Changes that were made beside the page, by an editor or on the command line: from now on the page is served with them. `Err`:
/// the page with what is wrong with them; sheets are made with the folder as it was before.
fn taken_in(desk: &Desk, context: &Context<'_>) -> Result<bool, Box<Response>> {
    let Some(folder) = context.site.folder() else { return Ok(false) };
    let _alone = desk.changing();
    if desk.site().is_fresh() {
        return Ok(false);
    }
    let mark = mark(folder);
    let loaded = Engine::load(&Folder::new(folder)).map_err(NotWritten::from);
    let refused = match loaded.and_then(|engine| serve_as(desk, context, engine.value, folder, mark)) {
        Ok(()) => return Ok(true),
        Err(refused) => refused,
    };
    let mut notices = vec![told::general(context.word("setup.told.found-broken", &[]))];
    notices.extend(told::notices(context, &Plan::new(), &refused));
    let (fields, state) = match Opened::of(folder) {
        Ok(opened) => (opened.fields.clone(), opened.state()),
        Err(_) => Default::default(),
    };
    let state = Shown { notices, ..state };
    Err(Box::new(shown(context, StatusCode::INTERNAL_SERVER_ERROR, folder, &fields, &state)))
}

pub(super) fn shown(
    context: &Context<'_>,
    status: StatusCode,
    folder: &Path,
    fields: &Fields,
    state: &Shown,
) -> Response {
    answer::html(context, status, "setup.html", &view::whole(context, folder, fields, state))
}

/// A folder that was broken by hand while it was served.
fn unread(context: &Context<'_>, folder: &Path, faults: &Faults) -> Response {
    let refused = NotWritten::Faulty(faults.0.clone());
    let state = Shown { notices: told::notices(context, &Plan::new(), &refused), ..Shown::default() };
    shown(context, StatusCode::INTERNAL_SERVER_ERROR, folder, &Fields::default(), &state)
}

/// The folder as the page opens with it.
pub(super) struct Opened {
    pub(super) base: Base,
    pub(super) fields: Fields,
}

impl Opened {
    fn of(folder: &Path) -> Result<Opened, Faults> {
        let base = Base::read(folder)?;
        let read = |path: &str| edit::read(path, base.text(path)?).map_err(|fault| Faults::from(*fault));
        let known = |root: &str| -> Vec<String> {
            let own = base.paths().filter_map(|path| path.strip_prefix(root)?.split_once('/'));
            let mut names: Vec<String> = own.map(|(name, _)| name.to_owned()).collect();
            names.dedup();
            names
        };
        let known = [known("content/languages/"), known("content/treatments/")];
        let fields = Fields::of(&read(PROFILE)?, &read(LOOK)?, known);
        Ok(Opened { base, fields })
    }

    fn hash(&self) -> String {
        self.base.hash(&[PROFILE, LOOK])
    }

    pub(super) fn state(&self) -> Shown {
        Shown { opened: self.fields.clone(), hash: self.hash(), ..Shown::default() }
    }
}

pub async fn save(
    State(desk): State<Desk>,
    language: PageLanguage,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Response> {
    let site = desk.site();
    let sent = Sent::read(&Context::new(&site, &language), form).await?;
    let typed = Typed::new(sent.edits);
    let switched = PageLanguage::chosen(&site, typed.one("page_language"));
    let cookie = switched.as_ref().map(PageLanguage::cookie);
    let mut response = respond(desk, switched.unwrap_or(language), move |desk, context| {
        alone(desk, context, |opened| saved(desk, context, opened, &typed))
    })
    .await;
    if let Some(cookie) = cookie {
        set_cookie(&mut response, &cookie);
    }
    Ok(response)
}

/// A change of the folder as it is now, while nobody else changes it.
pub(super) fn alone(desk: &Desk, context: &Context<'_>, change: impl FnOnce(Opened) -> Response) -> Response {
    let Some(folder) = context.site.folder() else { return to_page("") };
    let _alone = desk.changing();
    match Opened::of(folder) {
        Ok(opened) => change(opened),
        Err(faults) => unread(context, folder, &faults),
    }
}

/// A press that changes the form alone, or all of it into the folder.
fn saved(desk: &Desk, context: &Context<'_>, opened: Opened, typed: &Typed) -> Response {
    let folder = opened.base.folder.clone();
    let mut fields = Fields::typed(typed);
    let before: Fields = serde_json::from_str(typed.one("opened")).unwrap_or_default();
    let press = typed.one("do");
    if !press.is_empty() || !typed.one("page_language").is_empty() {
        fields.press(press);
        let state = Shown { opened: before, hash: typed.one("hash").to_owned(), ..Shown::default() };
        return shown(context, StatusCode::OK, &folder, &fields, &state);
    }
    let mut state = opened.state();
    if typed.one("hash") != opened.hash() {
        state.notices = meanwhile(context, &mut fields, &before, &opened.fields);
        return shown(context, StatusCode::CONFLICT, &folder, &fields, &state);
    }
    let plan = match plan(&opened, &fields) {
        Ok(plan) => plan,
        Err(faults) => {
            let refused = NotWritten::Faulty(faults.0);
            state.notices = told::notices(context, &Plan::new(), &refused);
            return shown(context, StatusCode::UNPROCESSABLE_ENTITY, &folder, &fields, &state);
        }
    };
    if plan.is_empty() {
        state.said = context.word("setup.told.same", &[]);
        return shown(context, StatusCode::OK, &folder, &fields, &state);
    }
    let written =
        opened.base.write(&plan, &context.site.engine, context.site.now(), typed.has("drafts", "yes"));
    match written.and_then(|engine| serve(desk, context, engine, &folder)) {
        Ok(()) => to_page("saved"),
        Err(refused) => {
            state.asks = matches!(refused, NotWritten::Drafts(_));
            state.notices = told::notices(context, &plan, &refused);
            shown(context, StatusCode::UNPROCESSABLE_ENTITY, &folder, &fields, &state)
        }
    }
}

/// What others saved since the page was opened.
fn meanwhile(
    context: &Context<'_>,
    fields: &mut Fields,
    before: &Fields,
    now: &Fields,
) -> Vec<crate::web::notice::Notice> {
    let all = fields.merged(before, now);
    let mut told = vec![told::general(context.word("setup.told.meanwhile", &[]))];
    for one in all {
        let theirs = match LINES.contains(&&*one.field) || one.field.contains('.') {
            true => format!("“{}”", now.line(&one.field)),
            false => {
                let rows = now.rows(&one.field).iter().filter_map(|row| row.cells.first().cloned());
                let ticks = now.ticked(&one.field).iter().filter(|tick| tick.on).map(|tick| tick.id.clone());
                rows.chain(ticks).collect::<Vec<_>>().join(", ")
            }
        };
        let key = if one.both { "setup.told.both" } else { "setup.told.theirs" };
        let text = context.word(key, &[("theirs", &theirs)]);
        told.push(crate::web::notice::Notice { field: one.field, text, calm: false });
    }
    told
}

/// The files as they are to be.
fn plan(opened: &Opened, fields: &Fields) -> Result<Plan, Faults> {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for (file, path, change) in fields.changes(&opened.fields) {
        let text = match texts.remove(file) {
            Some(text) => text,
            None => opened.base.text(file)?.to_owned(),
        };
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        texts.insert(file, edit::change(file, &text, &path, &change).map_err(|fault| Faults::from(*fault))?);
    }
    let mut plan: Plan =
        texts.into_iter().map(|(file, text)| (file.to_owned(), Some(text.into_bytes()))).collect();
    if !fields.logo.trim().is_empty() {
        logo::put(&fields.logo, &opened.base, &mut plan)?;
    }
    Ok(plan)
}

/// From now on the page is served from the folder as it is now.
pub(super) fn serve(
    desk: &Desk,
    context: &Context<'_>,
    engine: Engine,
    folder: &Path,
) -> Result<(), NotWritten> {
    serve_as(desk, context, engine, folder, mark(folder))
}

fn serve_as(
    desk: &Desk,
    context: &Context<'_>,
    engine: Engine,
    folder: &Path,
    mark: String,
) -> Result<(), NotWritten> {
    let site = std::sync::Arc::new(context.site.renewed(engine, folder.to_owned(), mark)?);
    let warming = site.clone();
    std::thread::spawn(move || sheet::warm(&warming));
    desk.put(site);
    Ok(())
}

/// The page anew, so that reloading it sends nothing again.
pub(super) fn to_page(done: &str) -> Response {
    let place = if done.is_empty() { "/setup".to_owned() } else { format!("/setup?{done}#said") };
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

/// What stood there before the last change stands there again; what stands there now is kept as well.
pub async fn undo(
    State(desk): State<Desk>,
    language: PageLanguage,
    form: Posted,
) -> Result<Response, Response> {
    let typed = read_form(&Context::new(&desk.site(), &language), form)?;
    Ok(respond(desk, language, move |desk, context| {
        alone(desk, context, |opened| undone(desk, context, opened, &typed))
    })
    .await)
}

fn undone(desk: &Desk, context: &Context<'_>, opened: Opened, typed: &Typed) -> Response {
    let (folder, fields) = (&*opened.base.folder.clone(), opened.fields.clone());
    let mut state = opened.state();
    state.notices = match before::last(folder) {
        Ok(Some(step)) if !step.edited(&|path| opened.base.bytes(path)).is_empty() => {
            let what = step.edited(&|path| opened.base.bytes(path)).join(", ");
            vec![told::general(context.word("setup.told.edited", &[("what", &what)]))]
        }
        Ok(Some(step)) if step.stamp == typed.one("stamp") && opened.hash() == typed.one("hash") => {
            let (engine, now) = (&context.site.engine, context.site.now());
            let written = opened.base.write(&step.files, engine, now, typed.has("drafts", "yes"));
            match written.and_then(|engine| serve(desk, context, engine, folder)) {
                Ok(()) => return to_page("undone"),
                Err(refused) => {
                    state.asks_undo = matches!(refused, NotWritten::Drafts(_));
                    told::notices(context, &step.files, &refused)
                }
            }
        }
        Ok(_) => vec![told::general(context.word("setup.told.meanwhile", &[]))],
        Err(error) => vec![told::general(told::disk(context, &folder.join(before::FOLDER), &error))],
    };
    shown(context, StatusCode::CONFLICT, folder, &fields, &state)
}

/// A folder of one's own, and the page from it.
pub async fn make_folder(
    State(desk): State<Desk>,
    language: PageLanguage,
    form: Posted,
) -> Result<Response, Response> {
    let typed = read_form(&Context::new(&desk.site(), &language), form)?;
    Ok(respond(desk, language, move |desk, context| {
        let _alone = desk.changing();
        if desk.site().folder().is_some() {
            return to_page("");
        }
        let path = typed.one("path");
        let refused = match first::place(path) {
            None => context.word("setup.told.no-path", &[]),
            Some(folder) => match made(desk, context, &folder) {
                Ok(()) => return to_page("made"),
                Err(refused) => refused,
            },
        };
        let view = view::first_start(context, Some(path), &[told::general(refused)]);
        answer::html(context, StatusCode::UNPROCESSABLE_ENTITY, "setup.html", &view)
    })
    .await)
}

fn made(desk: &Desk, context: &Context<'_>, folder: &Path) -> Result<(), String> {
    first::make(folder).map_err(|not_made| match not_made {
        NotMade::NotEmpty => context.word("setup.told.not-empty", &[]),
        NotMade::Disk(error) => told::disk(context, folder, &error),
    })?;
    let told = |refused: NotWritten| {
        let notices = told::notices(context, &Plan::new(), &refused);
        notices.first().map(|notice| notice.text.clone()).unwrap_or_default()
    };
    let engine = Engine::load(&Folder::new(folder)).map_err(NotWritten::from).map_err(told)?;
    serve(desk, context, engine.value, folder).map_err(told)
}

/// The choices of the form as a preset of the clinic: shown first, then saved under a name.
pub async fn preset(
    State(desk): State<Desk>,
    language: PageLanguage,
    form: Posted,
) -> Result<Response, Response> {
    let typed = read_form(&Context::new(&desk.site(), &language), form)?;
    Ok(respond(desk, language, move |desk, context| {
        let context = &context.treating(typed.one("treatment"));
        let chosen = presets::Chosen::of(context.library(), &typed);
        let page = |status, told: &str, done: bool| {
            answer::html(context, status, "preset.html", &chosen.view(context, &typed, told, done))
        };
        if !typed.has("save", "yes") || context.site.folder().is_none() {
            return page(StatusCode::OK, "", false);
        }
        let _alone = desk.changing();
        let Some(folder) = context.site.folder() else { return Problem::Internal.page(context) };
        let refused = match presets::label(&typed) {
            Err(wrong) => context.word(wrong, &[]),
            Ok(label) => {
                let (path, written) = chosen.write(context, folder, &label);
                match written.and_then(|engine| serve(desk, context, engine, folder)) {
                    Ok(()) => return page(StatusCode::OK, "", true),
                    Err(refused) => {
                        let plan = Plan::from([(path, None)]);
                        let all = told::notices(context, &plan, &refused);
                        all.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(" ")
                    }
                }
            }
        };
        page(StatusCode::UNPROCESSABLE_ENTITY, &refused, false)
    })
    .await)
}
