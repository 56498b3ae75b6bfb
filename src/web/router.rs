//! Which address does what.

use super::desk::Desk;
use super::guard::guard;
use super::site::Site;
use super::{print_route, roster_routes, routes, setup, uploads};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use std::sync::Arc;

/// Bytes of one form, at most.
const FORM: usize = 256 << 10;
/// The page as a service, without a port.
pub fn app(site: Arc<Site>) -> Router {
    let desk = Desk::new(site);
    Router::new()
        .route("/", get(routes::index).post(routes::post_form))
        .route("/preview", post(routes::preview))
        .route("/sheet.pdf", post(routes::pdf))
        .route("/sheet.html", post(routes::web_copy))
        .route("/sheet.note.txt", post(routes::note))
        .route("/print", post(print_route::print))
        .route("/language", post(routes::set_language))
        .route("/key", get(routes::token_page).post(routes::post_token))
        .route("/assets/{version}/{name}", get(routes::asset))
        .route("/setup/undo", post(setup::undo))
        .route("/setup/folder", post(setup::make_folder))
        .route("/setup/preset", post(setup::preset))
        .route("/setup/presets", post(setup::presets))
        .layer(DefaultBodyLimit::max(FORM))
        .merge(rosters())
        .merge(own_profile())
        .method_not_allowed_fallback(routes::method_not_allowed)
        .fallback(routes::not_found)
        .layer(from_fn_with_state(desk.clone(), guard))
        .with_state(desk)
}

/// A roster is bigger than a form.
fn rosters() -> Router<Desk> {
    Router::new()
        .route("/roster", get(roster_routes::index).post(roster_routes::check))
        .route("/roster.pdf", post(roster_routes::pdf))
        .route("/roster.zip", post(roster_routes::zip))
        .route("/roster/print", post(roster_routes::print))
        .route("/roster/columns.yaml", post(roster_routes::columns))
        .route("/roster/sample.csv", get(roster_routes::sample_file))
        .route("/roster/sample.xlsx", get(roster_routes::sample_workbook))
        .route("/roster/areas.csv", get(roster_routes::areas))
        .route("/roster/progress/{job}", get(roster_routes::progress))
        .layer(DefaultBodyLimit::max(uploads::FORM))
}

/// With a logo the form is bigger too.
fn own_profile() -> Router<Desk> {
    Router::new()
        .route("/setup", get(setup::index).post(setup::save))
        .layer(DefaultBodyLimit::max(setup::FORM))
}
