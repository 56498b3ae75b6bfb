//! Around every request: who may ask, how long it may take, and the answer's headers.

use super::answer::{self, Problem};
use super::connection::{Peer, Started};
use super::door::Refused;
use super::routes::{HELD_BACK, locked, set_cookie};
use super::site::Site;
use super::visit::{PageLanguage, Visit};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Peer the first byte of a request to the first of its answer.
const TIME: Duration = Duration::from_secs(30);

pub async fn guard(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let open = ["/key", "/language"].contains(&path) || path.starts_with("/assets/");
    let language = PageLanguage::of(request.headers());
    let visit = Visit::new(&site, &language);
    request.extensions_mut().insert(Started(Instant::now()));
    let from = Peer::of(request.extensions());
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

/// The places that are left when all others are taken are for who has the key.
fn turned_away(site: &Visit<'_>, from: &Peer, headers: &HeaderMap) -> Option<Response> {
    let place = from.place.as_ref().filter(|place| place.is_reserved())?;
    if site.door.is_open_to(headers) {
        place.keep();
        return None;
    }
    let mut response = Problem::Busy.page(site);
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    Some(response)
}
