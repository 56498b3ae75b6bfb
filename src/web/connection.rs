//! What is known of a request beside its words: when it began, and who asks.

use super::places::Place;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

/// When a request began.
#[derive(Clone, Copy)]
pub struct Started(pub Instant);

/// Who asks, and on which place; unknown where there is no port.
#[derive(Clone, Default)]
pub struct Peer {
    pub address: Option<IpAddr>,
    pub place: Option<Arc<Place>>,
}

impl Peer {
    pub fn of(extensions: &axum::http::Extensions) -> Peer {
        extensions.get::<Peer>().cloned().unwrap_or_default()
    }
}

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Peer, Infallible> {
        Ok(Peer::of(&parts.extensions))
    }
}
