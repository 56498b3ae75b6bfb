//! Printable aftercare handouts for dry needling.
//!
//! A handout is made by five stages, each a verb, a folder and a pure function:
//!
//! - **load** ([`content`]): a clinic folder becomes a [`Library`];
//! - **ask** ([`request`]): a request file, a row of a roster or flags become a [`Request`];
//! - **merge** ([`merge`]): both become a [`Document`], which says everything and knows no sizes;
//! - **html** ([`html`]): the document becomes a web page, or
//! - **layout** ([`layout`]) gives everything its place and **pdf** ([`pdf`]) writes it down.
//!
//! [`Engine`] drives them:
//!
//! ```
//! use aftercare::{Engine, RawRequest, request_from_yaml};
//! use chrono::{TimeZone, Utc};
//!
//! let engine = Engine::built_in()?.value;
//! let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
//! let typed: RawRequest = request_from_yaml("request.yaml", "session: {regions: [shoulder]}");
//! let request = engine.request(&typed, now)?.value;
//! let sheet = engine.render_pdf(&request)?.value;
//! assert!(sheet.bytes.starts_with(b"%PDF-1.7"));
//! # Ok::<(), aftercare::diagnostic::Faults>(())
//! ```
//!
//! No stage reads the clock, the environment or the network; `now` and the files come in from outside.

pub mod atomic_file;
pub mod batch;
pub mod brand;
#[cfg(feature = "cli")]
pub mod cli;
pub mod content;
pub mod diagnostic;
pub mod document;
mod engine;
pub mod geometry;
mod hex;
pub mod html;
pub mod layout;
mod lazy;
mod limits;
pub mod locale;
pub mod merge;
pub mod options;
pub mod pdf;
mod plain_file;
pub mod preview;
pub mod request;
mod sharded;
pub mod social;
pub mod template;
pub mod text;
#[cfg(feature = "web")]
pub mod web;

pub use content::files::{Embedded as BuiltIn, Files, Folder, Memory};
pub use content::schema as clinic_schema;
pub use content::{BodyMap, Exercise, Library, Pack, Preset, Printer, Source};
pub use document::Document;
pub use engine::{BrochureRequest, Engine, Inspected, Rendered};
pub use html::Theme;
pub use html::site::{BaseUrl, SiteFiles};
pub use layout::Layout;
pub use pdf::PdfWriter;
pub use pdf::preflight::Preflight;
pub use preview::{icon, path_data};
pub use request::{LIMIT as REQUEST_LIMIT, RawRequest, Request, from_yaml as request_from_yaml};
pub use template::{TemplateSource, Templates};
#[cfg(feature = "web")]
pub use web::{AccessGuard, ServeError, Site, serve};
