//! What each address of the form and its sheet answers.

use super::access_guard::Tried;
use super::answer::{self, Problem};
use super::connection::Peer;
use super::context::{Context, PageLanguage};
use super::form::Typed;
use super::notice::Notice;
use super::page::Said;
use super::sheet::{self, Preview};
use super::site::Site;
use super::{beside, controls, page, start, switch};
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Form, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// An answer about a token or a cookie is held back so long at most.
pub(super) const HELD_BACK: Duration = Duration::from_secs(5);

/// A PDF is shown by the browser's own viewer, which styles and nests itself.
pub(super) const PDF_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";
/// The web copy is one file with everything inside. In the sandbox it runs nothing and goes nowhere by itself; a reader may
/// follow a link or call a number.
const COPY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; \
                           base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                           sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

pub(super) type Posted = Result<Form<Vec<(String, String)>>, FormRejection>;

pub(super) fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

pub(super) async fn not_found(State(site): State<Arc<Site>>, language: PageLanguage) -> Response {
    Problem::NotFound.page(&Context::new(&site, &language))
}

/// Somebody typed or reloaded the address of what a form is sent to.
pub(super) async fn method_not_allowed(state: State<Arc<Site>>, language: PageLanguage) -> Response {
    let mut response = not_found(state, language).await;
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

pub(super) async fn index(State(site): State<Arc<Site>>, language: PageLanguage) -> Response {
    respond(site, language, |context| {
        let typed = page::fresh(context, Typed::default());
        shown(context, StatusCode::OK, &typed, "")
    })
    .await
}

/// The page again, with what was typed: a preset's button, or a look at the sheet, without scripts.
pub(super) async fn post_form(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    form: Posted,
) -> Result<Response, Response> {
    let mut typed = read_form(&Context::new(&site, &language), form)?;
    let switched = PageLanguage::chosen(&site, typed.one("page_language"));
    let cookie = switched.as_ref().and_then(|language| HeaderValue::from_str(&language.cookie()).ok());
    let mut response = respond(site, switched.unwrap_or(language), move |context| {
        let is_there = beside::switches_to(context, &mut typed);
        let switched = if is_there { String::new() } else { switch::to_treatment(context, &mut typed) };
        let started = start::from_preset(context, &mut typed);
        let mut typed = page::fresh(context, typed);
        let changed = if is_there { beside::changing(context, &typed) } else { Default::default() };
        let set_aside = beside::pressed(context, &mut typed, |typed| sheet::is_whole(context, typed));
        let begun = start::said(context, &typed, &started);
        let said = [switched, changed, set_aside.said, begun]
            .into_iter()
            .find(|said| !said.is_empty())
            .unwrap_or_default();
        let typed = page::fresh(context, typed);
        let preview = sheet::preview(context, &typed);
        let said = Said { text: &said, taken: set_aside.taken.as_deref() };
        whole_page(context, StatusCode::OK, &typed, &preview, said)
    })
    .await;
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The page's language, chosen where there is no form to keep.
pub(super) async fn set_language(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    form: Posted,
) -> Result<Response, Response> {
    let typed = read_form(&Context::new(&site, &language), form)?;
    let pages = ["/roster", "/setup"];
    let back = pages.into_iter().find(|page| *page == typed.one("back")).unwrap_or("/");
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response();
    let chosen = PageLanguage::chosen(&site, typed.one("page_language"));
    if let Some(cookie) = chosen.and_then(|language| HeaderValue::from_str(&language.cookie()).ok()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The whole page; `said`: what has just happened.
pub(super) fn shown(context: &Context<'_>, status: StatusCode, typed: &Typed, said: &str) -> Response {
    let preview = sheet::preview(context, typed);
    whole_page(context, status, typed, &preview, Said { text: said, taken: None })
}

fn whole_page(
    context: &Context<'_>,
    status: StatusCode,
    typed: &Typed,
    preview: &Preview,
    said: Said<'_>,
) -> Response {
    match page::view(context, typed, preview, said) {
        Some(view) => answer::pictured(context, status, "page.html", &view, &preview.pages),
        None => Problem::Internal.page(context),
    }
}

/// The live sheet alone.
pub(super) async fn preview(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    form: Posted,
) -> Result<Response, Response> {
    let typed = read_form(&Context::new(&site, &language), form)?;
    Ok(respond(site, language, move |context| {
        let preview = sheet::preview(context, &typed);
        let words = &context.ui().words;
        let words = json!({ "preview": words["preview"], "beside": words["beside"], "send": words["send"] });
        let view = json!({ "t": words, "preview": page::preview_view(context, &typed, &preview) });
        answer::pictured(context, StatusCode::OK, "preview.html", &view, &preview.pages)
    })
    .await)
}

pub(super) async fn pdf(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    form: Posted,
) -> Result<Response, Response> {
    let typed = read_form(&Context::new(&site, &language), form)?;
    Ok(respond(site, language, move |context| match sheet::pdf(context, &typed) {
        Ok(file) => {
            let download = typed.has("as", "download");
            let name = format!("{}.pdf", file.name);
            with_policy(answer::file(file.bytes, "application/pdf", &name, download), PDF_POLICY)
        }
        Err(faults) => refused(context, &typed, faults),
    })
    .await)
}

pub(super) async fn web_copy(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    form: Posted,
) -> Result<Response, Response> {
    let typed = read_form(&Context::new(&site, &language), form)?;
    Ok(respond(site, language, move |context| match sheet::html(context, &typed) {
        Ok(file) => {
            let (kind, name) = ("text/html; charset=utf-8", format!("{}.html", file.name));
            with_policy(answer::file(file.bytes, kind, &name, typed.has("as", "download")), COPY_POLICY)
        }
        Err(faults) => refused(context, &typed, faults),
    })
    .await)
}

/// The note for the chart, to be copied: plain text, which no page of ours keeps.
pub(super) async fn note(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    form: Posted,
) -> Result<Response, Response> {
    let typed = read_form(&Context::new(&site, &language), form)?;
    Ok(respond(site, language, move |context| match sheet::note(context, &typed) {
        Ok(file) => {
            let name = format!("{}.note.txt", file.name);
            answer::file(file.bytes, "text/plain; charset=utf-8", &name, false)
        }
        Err(faults) => refused(context, &typed, faults),
    })
    .await)
}

pub(super) fn with_policy(mut response: Response, policy: &'static str) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

/// No sheet: the page again, with what is wrong at each field.
pub(super) fn refused(context: &Context<'_>, typed: &Typed, faults: Vec<Notice>) -> Response {
    let typed = page::fresh(context, typed.clone());
    let preview = Preview { faults, ..Preview::default() };
    whole_page(context, StatusCode::UNPROCESSABLE_ENTITY, &typed, &preview, Said::default())
}

pub(super) fn read_form(context: &Context<'_>, form: Posted) -> Result<Typed, Response> {
    match form {
        Ok(Form(pairs)) => Ok(Typed::new(pairs)),
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Problem::TooBig.page(context))
        }
        Err(_) => Err(Problem::NotAForm.page(context)),
    }
}

/// Does the work on a thread of its own, a few at a time. A panic is this request's alone.
pub(super) async fn respond(
    site: Arc<Site>,
    language: PageLanguage,
    work: impl FnOnce(&Context<'_>) -> Response + Send + 'static,
) -> Response {
    run_blocking(&site, &language, work).await.unwrap_or_else(|response| response)
}

/// What came of the work.
///
/// # Errors
/// There was no room for it, or it broke: the page that says so.
pub(super) async fn run_blocking<T: Send + 'static>(
    site: &Arc<Site>,
    language: &PageLanguage,
    work: impl FnOnce(&Context<'_>) -> T + Send + 'static,
) -> Result<T, Response> {
    let context = Context::new(site, language);
    let Ok(_place) = site.queue.try_acquire() else { return Err(Problem::Busy.page(&context)) };
    let Ok(processor) = site.processors.clone().acquire_owned().await else {
        return Err(Problem::Internal.page(&context));
    };
    let (shared, chosen) = (site.clone(), language.clone());
    let work = tokio::task::spawn_blocking(move || {
        // Held until the work ends, also when nobody waits for it any more.
        let _processor = processor;
        work(&Context::new(&shared, &chosen))
    });
    work.await.map_err(|_| Problem::Internal.page(&context))
}

pub(super) async fn asset(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Response {
    let asset = path.ok().and_then(|Path((version, name))| site.assets.get(&version, &name));
    let Some(asset) = asset else {
        return Problem::NotFound.page(&Context::new(&site, &language));
    };
    let headers = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
    ];
    (headers, asset.data.to_vec()).into_response()
}

pub(super) async fn token_page(State(site): State<Arc<Site>>, language: PageLanguage) -> Response {
    locked(&Context::new(&site, &language), StatusCode::OK, false)
}

pub(super) fn locked(context: &Context<'_>, status: StatusCode, wrong: bool) -> Response {
    let mut view = page::frame(context);
    controls::merge(&mut view, json!({ "wrong": wrong }));
    answer::html(context, status, "key.html", &view)
}

pub(super) async fn post_token(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    peer: Peer,
    form: Posted,
) -> Result<Response, Response> {
    let typed = read_form(&Context::new(&site, &language), form)?;
    let (status, wait) = match site.access.try_token(typed.one("token"), peer.address) {
        Tried::Right(cookie) => {
            let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response();
            set_cookie(&mut response, &cookie);
            return Ok(response);
        }
        Tried::Wrong(wait) => (StatusCode::FORBIDDEN, wait),
        Tried::TooSoon(wait) => (StatusCode::TOO_MANY_REQUESTS, wait),
    };
    tokio::time::sleep(wait.min(HELD_BACK)).await;
    let mut response = locked(&Context::new(&site, &language), status, true);
    if status == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::AccessGuard;
    use std::net::SocketAddr;

    fn site() -> Arc<Site> {
        let engine = crate::Engine::built_in().unwrap().value;
        let access = AccessGuard::new(SocketAddr::from(([127, 0, 0, 1], 8017)), None).unwrap();
        Arc::new(Site::new(engine, access, Box::new(|| chrono::DateTime::UNIX_EPOCH)).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_one_requests_alone() {
        let site = site();
        let fallen = respond(site.clone(), PageLanguage::default(), |_| panic!("a fault of ours")).await;
        assert_eq!(fallen.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let next = respond(site, PageLanguage::default(), |_| StatusCode::OK.into_response()).await;
        assert_eq!(next.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn who_comes_when_the_queue_is_full_is_told_to_come_again() {
        let site = site();
        let all = u32::try_from(site.queue.available_permits()).unwrap();
        let _full = site.queue.try_acquire_many(all).unwrap();
        let turned_away =
            respond(site.clone(), PageLanguage::default(), |_| StatusCode::OK.into_response()).await;
        assert_eq!(turned_away.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
