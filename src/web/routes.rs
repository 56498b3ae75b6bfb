//! Which address does what.

use super::answer::{self, Problem};
use super::door::{Refused, Tried};
use super::form::Typed;
use super::places::Place;
use super::sheet::{self, Notice, Preview};
use super::site::Site;
use super::visit::{PageLanguage, Visit};
use super::{page, print_route, roster_routes, start, uploads};
use axum::Router;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{DefaultBodyLimit, Form, FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Bytes of one form, at most.
const FORM: usize = 256 << 10;
/// From the first byte of a request to the first of its answer.
const TIME: Duration = Duration::from_secs(30);
/// An answer about a token or a cookie is held back so long at most.
const HELD_BACK: Duration = Duration::from_secs(5);

/// A PDF is shown by the browser's own viewer, which styles and nests itself.
pub(super) const PDF_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";
/// The web copy is one file with everything inside. In the sandbox it runs nothing and goes nowhere by itself; a reader may
/// follow a link or call a number.
const COPY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; \
                           base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                           sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

pub(super) type Posted = Result<Form<Vec<(String, String)>>, FormRejection>;

/// The page as a service, without a port.
pub fn app(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(open).post(again))
        .route("/preview", post(preview))
        .route("/sheet.pdf", post(pdf))
        .route("/sheet.html", post(copy))
        .route("/print", post(print_route::print))
        .route("/language", post(language))
        .route("/key", get(key).post(unlock))
        .route("/assets/{version}/{name}", get(asset))
        .layer(DefaultBodyLimit::max(FORM))
        .merge(rosters())
        .method_not_allowed_fallback(nothing_so)
        .fallback(nothing_here)
        .layer(from_fn_with_state(site.clone(), guard))
        .with_state(site)
}

/// A roster is bigger than a form.
fn rosters() -> Router<Arc<Site>> {
    Router::new()
        .route("/roster", get(roster_routes::open).post(roster_routes::check))
        .route("/roster.pdf", post(roster_routes::pdf))
        .route("/roster.zip", post(roster_routes::zip))
        .route("/roster/print", post(roster_routes::print))
        .route("/roster/sample.csv", get(roster_routes::sample_file))
        .route("/roster/progress/{job}", get(roster_routes::progress))
        .layer(DefaultBodyLimit::max(uploads::FORM))
}

/// Around every request: who may ask, how long it may take, and the answer's headers.
async fn guard(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let open = ["/key", "/language"].contains(&path) || path.starts_with("/assets/");
    let language = PageLanguage::of(request.headers());
    let visit = Visit::new(&site, &language);
    request.extensions_mut().insert(Started(Instant::now()));
    let from = From::of(request.extensions());
    if let Some(turned_away) = turned_away(&visit, &from, request.headers()) {
        return answer::sealed(turned_away);
    }
    let response = match site.door.check(request.method(), request.headers(), open, from.address) {
        Ok(()) => match tokio::time::timeout(TIME, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Problem::Slow.page(&visit),
        },
        Err(Refused::Host) => Problem::Host.page(&visit),
        Err(Refused::Origin) => Problem::Origin.page(&visit),
        Err(Refused::Key) => locked(&visit, StatusCode::UNAUTHORIZED, false),
        Err(Refused::Cookie(wait)) => {
            tokio::time::sleep(wait.min(HELD_BACK)).await;
            let mut response = locked(&visit, StatusCode::UNAUTHORIZED, false);
            set_cookie(&mut response, &site.door.no_cookie());
            response
        }
    };
    answer::sealed(response)
}

/// When a request began.
#[derive(Clone, Copy)]
pub(super) struct Started(pub Instant);

/// Who asks, and on which place; unknown where there is no port.
#[derive(Clone, Default)]
pub(super) struct From {
    pub address: Option<IpAddr>,
    pub place: Option<Arc<Place>>,
}

impl From {
    fn of(extensions: &axum::http::Extensions) -> From {
        extensions.get::<From>().cloned().unwrap_or_default()
    }
}

impl<S: Sync> FromRequestParts<S> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<From, Infallible> {
        Ok(From::of(&parts.extensions))
    }
}

/// The places that are left when all others are taken are for who has the key.
fn turned_away(site: &Visit<'_>, from: &From, headers: &HeaderMap) -> Option<Response> {
    let place = from.place.as_ref().filter(|place| place.is_reserved())?;
    if site.door.is_open_to(headers) {
        place.keep();
        return None;
    }
    let mut response = Problem::Busy.page(site);
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    Some(response)
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

async fn nothing_here(State(site): State<Arc<Site>>, language: PageLanguage) -> Response {
    Problem::NotFound.page(&Visit::new(&site, &language))
}

/// Somebody typed or reloaded the address of what a form is sent to.
async fn nothing_so(state: State<Arc<Site>>, language: PageLanguage) -> Response {
    let mut response = nothing_here(state, language).await;
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

async fn open(State(site): State<Arc<Site>>, language: PageLanguage) -> Response {
    working(site, language, |site| {
        let typed = page::fresh(site, Typed::default());
        shown(site, StatusCode::OK, &typed, "")
    })
    .await
}

/// The page again, with what was typed: a preset's button, or a look at the sheet, without scripts.
async fn again(State(site): State<Arc<Site>>, language: PageLanguage, form: Posted) -> Response {
    let mut typed = match typed(&Visit::new(&site, &language), form) {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    let switched = PageLanguage::chosen(&site, typed.one("page_language"));
    let cookie = switched.as_ref().and_then(|language| HeaderValue::from_str(&language.cookie()).ok());
    let mut response = working(site, switched.unwrap_or(language), move |site| {
        let started = start::from_preset(site, &mut typed);
        let typed = page::fresh(site, typed);
        shown(site, StatusCode::OK, &typed, &start::said(site, &typed, &started))
    })
    .await;
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// The page's language, chosen where there is no form to keep.
async fn language(State(site): State<Arc<Site>>, language: PageLanguage, form: Posted) -> Response {
    let typed = match typed(&Visit::new(&site, &language), form) {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    let back = if typed.one("back") == "/roster" { "/roster" } else { "/" };
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response();
    let chosen = PageLanguage::chosen(&site, typed.one("page_language"));
    if let Some(cookie) = chosen.and_then(|language| HeaderValue::from_str(&language.cookie()).ok()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// The whole page; `said`: what has just happened.
pub(super) fn shown(site: &Visit<'_>, status: StatusCode, typed: &Typed, said: &str) -> Response {
    let preview = sheet::preview(site, typed);
    whole_page(site, status, typed, &preview, said)
}

fn whole_page(
    site: &Visit<'_>,
    status: StatusCode,
    typed: &Typed,
    preview: &Preview,
    said: &str,
) -> Response {
    match page::view(site, typed, preview, said) {
        Some(view) => answer::pictured(site, status, "page.html", &view, &preview.pages),
        None => Problem::Internal.page(site),
    }
}

/// The live sheet alone.
async fn preview(State(site): State<Arc<Site>>, language: PageLanguage, form: Posted) -> Response {
    let typed = match typed(&Visit::new(&site, &language), form) {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    working(site, language, move |site| {
        let preview = sheet::preview(site, &typed);
        let words = json!({ "preview": site.speech().words["preview"] });
        let view = json!({ "t": words, "preview": page::preview_view(site, &typed, &preview) });
        answer::pictured(site, StatusCode::OK, "preview.html", &view, &preview.pages)
    })
    .await
}

async fn pdf(State(site): State<Arc<Site>>, language: PageLanguage, form: Posted) -> Response {
    let typed = match typed(&Visit::new(&site, &language), form) {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    working(site, language, move |site| match sheet::pdf(site, &typed) {
        Ok(file) => {
            let download = typed.has("as", "download");
            let name = format!("{}.pdf", file.name);
            with_policy(answer::file(file.bytes, "application/pdf", &name, download), PDF_POLICY)
        }
        Err(faults) => refused(site, &typed, faults),
    })
    .await
}

async fn copy(State(site): State<Arc<Site>>, language: PageLanguage, form: Posted) -> Response {
    let typed = match typed(&Visit::new(&site, &language), form) {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    working(site, language, move |site| match sheet::html(site, &typed) {
        Ok(file) => {
            let (kind, name) = ("text/html; charset=utf-8", format!("{}.html", file.name));
            with_policy(answer::file(file.bytes, kind, &name, typed.has("as", "download")), COPY_POLICY)
        }
        Err(faults) => refused(site, &typed, faults),
    })
    .await
}

pub(super) fn with_policy(mut response: Response, policy: &'static str) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

/// No sheet: the page again, with what is wrong at each field.
pub(super) fn refused(site: &Visit<'_>, typed: &Typed, faults: Vec<Notice>) -> Response {
    let typed = page::fresh(site, typed.clone());
    let preview = Preview { faults, ..Preview::default() };
    whole_page(site, StatusCode::UNPROCESSABLE_ENTITY, &typed, &preview, "")
}

pub(super) fn typed(site: &Visit<'_>, form: Posted) -> Result<Typed, Response> {
    match form {
        Ok(Form(pairs)) => Ok(Typed::new(pairs)),
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Problem::TooBig.page(site))
        }
        Err(_) => Err(Problem::NotAForm.page(site)),
    }
}

/// Does the work on a thread of its own, a few at a time. A panic is this request's alone.
pub(super) async fn working(
    site: Arc<Site>,
    language: PageLanguage,
    work: impl FnOnce(&Visit<'_>) -> Response + Send + 'static,
) -> Response {
    worked(&site, &language, work).await.unwrap_or_else(|response| response)
}

/// What came of the work.
///
/// # Errors
/// There was no room for it, or it broke: the page that says so.
pub(super) async fn worked<T: Send + 'static>(
    site: &Arc<Site>,
    language: &PageLanguage,
    work: impl FnOnce(&Visit<'_>) -> T + Send + 'static,
) -> Result<T, Response> {
    let visit = Visit::new(site, language);
    let Ok(_place) = site.queue.try_acquire() else { return Err(Problem::Busy.page(&visit)) };
    let Ok(processor) = site.processors.clone().acquire_owned().await else {
        return Err(Problem::Internal.page(&visit));
    };
    let (shared, chosen) = (site.clone(), language.clone());
    let worked = tokio::task::spawn_blocking(move || {
        // Held until the work ends, also when nobody waits for it any more.
        let _processor = processor;
        work(&Visit::new(&shared, &chosen))
    });
    worked.await.map_err(|_| Problem::Internal.page(&visit))
}

async fn asset(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Response {
    let asset = path.ok().and_then(|Path((version, name))| site.assets.get(&version, &name));
    let Some(asset) = asset else {
        return Problem::NotFound.page(&Visit::new(&site, &language));
    };
    let headers = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
    ];
    (headers, asset.data.to_vec()).into_response()
}

async fn key(State(site): State<Arc<Site>>, language: PageLanguage) -> Response {
    locked(&Visit::new(&site, &language), StatusCode::OK, false)
}

fn locked(site: &Visit<'_>, status: StatusCode, wrong: bool) -> Response {
    let mut view = page::frame(site);
    page::merge(&mut view, json!({ "wrong": wrong }));
    answer::html(site, status, "key.html", &view)
}

async fn unlock(State(site): State<Arc<Site>>, language: PageLanguage, from: From, form: Posted) -> Response {
    let typed = match typed(&Visit::new(&site, &language), form) {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    let (status, wait) = match site.door.try_token(typed.one("token"), from.address) {
        Tried::Right(cookie) => {
            let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response();
            set_cookie(&mut response, &cookie);
            return response;
        }
        Tried::Wrong(wait) => (StatusCode::FORBIDDEN, wait),
        Tried::TooSoon(wait) => (StatusCode::TOO_MANY_REQUESTS, wait),
    };
    tokio::time::sleep(wait.min(HELD_BACK)).await;
    let mut response = locked(&Visit::new(&site, &language), status, true);
    if status == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Door;
    use std::net::SocketAddr;

    fn site() -> Arc<Site> {
        let engine = crate::Engine::built_in().unwrap().value;
        let door = Door::new(SocketAddr::from(([127, 0, 0, 1], 8017)), None).unwrap();
        Arc::new(Site::new(engine, door, Box::new(|| chrono::DateTime::UNIX_EPOCH)).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_one_requests_alone() {
        let site = site();
        let fallen = working(site.clone(), PageLanguage::default(), |_| panic!("a fault of ours")).await;
        assert_eq!(fallen.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let next = working(site, PageLanguage::default(), |_| StatusCode::OK.into_response()).await;
        assert_eq!(next.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn who_comes_when_the_queue_is_full_is_told_to_come_again() {
        let site = site();
        let all = u32::try_from(site.queue.available_permits()).unwrap();
        let _full = site.queue.try_acquire_many(all).unwrap();
        let turned_away =
            working(site.clone(), PageLanguage::default(), |_| StatusCode::OK.into_response()).await;
        assert_eq!(turned_away.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
