//! What the page is served from now. Setting up the clinic puts another site in its place: requests that have begun hold the
//! one that they began with.

use super::site::Site;
use axum::extract::FromRef;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

#[derive(Clone)]
pub struct Desk(Arc<Shared>);

struct Shared {
    site: RwLock<Arc<Site>>,
    /// One change of the clinic folder at a time.
    changing: Mutex<()>,
}

impl Desk {
    pub fn new(site: Arc<Site>) -> Desk {
        Desk(Arc::new(Shared { site: RwLock::new(site), changing: Mutex::default() }))
    }

    pub fn site(&self) -> Arc<Site> {
        self.0.site.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on for every request that begins.
    pub fn put(&self, site: Arc<Site>) {
        *self.0.site.write().unwrap_or_else(PoisonError::into_inner) = site;
    }

    /// Held by who changes the clinic folder.
    pub fn changing(&self) -> MutexGuard<'_, ()> {
        self.0.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FromRef<Desk> for Arc<Site> {
    fn from_ref(desk: &Desk) -> Arc<Site> {
        desk.site()
    }
}
