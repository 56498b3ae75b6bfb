//! The clinician's page: choose, see, print. Served on this machine only, nothing kept.
//!
//! [`Site`] holds what all requests share; [`app`] makes a router of it, without a port; [`serve`] puts it on one.
//! A request becomes a [`form`], the form a request of the engine, and the answer is HTML from `templates/web/` or
//! the engine's own PDF. A patient's words come in a POST and leave in its answer: never in an address, a log or a
//! file.

mod access_guard;
mod answer;
mod archive;
mod assets;
mod beside;
mod connection;
mod context;
mod controls;
mod desk;
mod dose_fields;
mod doses;
mod faults;
mod folder_mark;
mod form;
mod guard;
mod guesses;
mod making;
mod notice;
mod page;
mod places;
mod presses;
mod print_route;
mod printer;
mod progress;
mod public_url;
mod roster;
mod roster_page;
mod roster_routes;
mod router;
mod routes;
mod server;
mod sessions;
mod setup;
mod sheet;
mod site;
mod slow;
mod start;
mod strays;
mod switch;
mod upload_budget;
mod uploads;
mod words;

pub use access_guard::AccessGuard;
pub use router::app;
pub use server::{ServeError, serve};
pub use site::Site;
