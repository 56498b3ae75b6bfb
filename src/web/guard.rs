//! Around every request: who may ask, how long it may take, and the answer's headers.

use super::access_guard::Refused;
use super::answer::{self, Problem};
use super::connection::{Peer, Started};
use super::context::{Context, PageLanguage};
use super::routes::{HELD_BACK, locked, set_cookie};
use super::site::Site;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// From the first byte of a request to the first of its answer.
const TIME: Duration = Duration::from_secs(30);

pub async fn guard(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let open = ["/key", "/language"].contains(&path) || path.starts_with("/assets/");
    let language = PageLanguage::of(request.headers());
    let context = Context::new(&site, &language);
    request.extensions_mut().insert(Started(Instant::now()));
    let from = Peer::of(request.extensions());
    if let Some(turned_away) = turned_away(&context, &from, request.headers()) {
        return answer::sealed(turned_away);
    }
    let response = match site.access.check(request.method(), request.headers(), open, from.address) {
        Ok(()) => match tokio::time::timeout(TIME, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Problem::Slow.page(&context),
        },
        Err(Refused::Host) => Problem::Host.page(&context),
        Err(Refused::Origin) => Problem::Origin.page(&context),
        Err(Refused::Key) => locked(&context, StatusCode::UNAUTHORIZED, false),
        Err(Refused::Cookie(wait)) => {
            tokio::time::sleep(wait.min(HELD_BACK)).await;
            let mut response = locked(&context, StatusCode::UNAUTHORIZED, false);
            set_cookie(&mut response, &site.access.no_cookie());
            response
        }
    };
    answer::sealed(response)
}

/// The places that are left when all others are taken are for who has the key.
fn turned_away(context: &Context<'_>, from: &Peer, headers: &HeaderMap) -> Option<Response> {
    let place = from.place.as_ref().filter(|place| place.is_reserved())?;
    if context.site.access.is_open_to(headers) {
        place.keep();
        return None;
    }
    let mut response = Problem::Busy.page(context);
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    Some(response)
}
