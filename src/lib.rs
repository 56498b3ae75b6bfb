//! Printable aftercare handouts: one sheet a patient, as tagged PDF, as a web page and as text.
//!
//! [`Engine`] is loaded once from a clinic folder and makes any number of sheets, on any number of threads. A request is
//! what somebody typed ([`RawRequest`]); checked against the folder it is a [`Request`]. Whatever can be wrong with either
//! comes back as [`Faults`], all at once, each with its place; what somebody should know of a result comes beside it in its
//! [`Report`].
//!
//! ```
//! use aftercare::{Engine, Faults, Folder, Report, request_from_yaml};
//! use chrono::{TimeZone, Utc};
//!
//! // A clinic's own folder: `Engine::load(&Folder::new("our-clinic"))`.
//! let engine = Engine::built_in()?.value;
//! let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
//!
//! let typed = request_from_yaml("request.yaml", "session: {regions: [shoulder]}", engine.keys());
//! let Report { value: request, warnings } = engine.request(&typed, now)?;
//! assert!(warnings.is_empty());
//! let sheet = engine.render_pdf(&request)?.value;
//! assert!(sheet.bytes.starts_with(b"%PDF-1.7"));
//! assert!(engine.render_html(&request)?.value.starts_with("<!DOCTYPE html>"));
//!
//! // The same words without sizes, and with them.
//! let document = engine.document(&request)?.value;
//! let layout = engine.layout(&document, &request)?.value;
//! assert_eq!(layout.pages.len(), sheet.pages);
//!
//! // Faults have a code, a place, a message and hints.
//! let mistyped = request_from_yaml("request.yaml", "session: {regions: [shulder]}", engine.keys());
//! let Faults(faults) = engine.request(&mistyped, now).unwrap_err();
//! assert_eq!(faults[0].place.as_ref().unwrap().to_string(), "request.yaml:1:21");
//! assert!(faults[0].hints[0].to_string().starts_with("did you mean `shoulder`?"));
//! # Ok::<(), Faults>(())
//! ```
//!
//! Nothing here reads the clock, the environment or the network; `now` and the files come in from outside. A roster of many
//! patients is for [`batch`].
//!
//! # Features
//!
//! The first two are on by default; with `default-features = false` the library alone is built.
//!
//! - `cli`: the program. Signals, panic messages and the allocator are set there and nowhere else.
//! - `web`: the clinician's page, as a service and on a port.
//! - `parquet`: rosters in Parquet.
//! - `object-store`: archives into the object stores of clouds.

pub mod batch;
pub mod diagnostic;
pub mod options;

mod atomic_file;
mod calendar;
mod colour;
mod engine;
mod hex;
mod lazy;
mod letter;
mod limits;
mod plain_file;
mod preview;
mod readability;
mod sharded;
mod social;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "object-store")]
pub mod store;
#[cfg(feature = "web")]
pub mod web;

// The stages, for the program's own tests: how they are cut may change with any version.
#[doc(hidden)]
pub mod brand;
#[doc(hidden)]
pub mod content;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod geometry;
#[doc(hidden)]
pub mod html;
#[doc(hidden)]
pub mod layout;
#[doc(hidden)]
pub mod locale;
#[doc(hidden)]
pub mod merge;
#[doc(hidden)]
pub mod pdf;
#[doc(hidden)]
pub mod request;
#[doc(hidden)]
pub mod template;
#[doc(hidden)]
pub mod text;

pub use content::Library;
pub use content::files::{Embedded as BuiltIn, Files, Folder, Memory};
pub use diagnostic::{Diagnostic, Faults, Report};
pub use document::Document;
pub use engine::{BrochureRequest, Engine, Rendered};
pub use html::site::{BaseUrl, Outlet, SiteFiles};
pub use layout::Layout;
pub use request::{RawRequest, Request, from_yaml as request_from_yaml};

#[cfg(feature = "web")]
pub use web::{AccessGuard, ServeError, Site, serve};

// What the program, the page and batches use of the stages besides.
#[doc(hidden)]
pub use content::Citation;
#[doc(hidden)]
pub use content::approval;
#[doc(hidden)]
pub use content::column_words;
#[doc(hidden)]
pub use content::edit;
#[doc(hidden)]
pub use content::list_words;
#[doc(hidden)]
pub use content::picture::is_png;
#[doc(hidden)]
pub use content::plural_endings;
#[doc(hidden)]
pub use content::schema as clinic_schema;
#[doc(hidden)]
pub use content::yaml::is_id;
#[doc(hidden)]
pub use content::{BodyMap, Exercise, OptionKind, Pack, Preset, Printer, Source, TreatmentOption};
#[doc(hidden)]
pub use content::{SIGNING_MONTHS, signed_record, signing_ends, signing_path};
#[doc(hidden)]
pub use content::{
    empty_lists, lacking as lacking_words, listed_languages, listed_zone, skeleton as language_skeleton,
    unwritten,
};
#[doc(hidden)]
pub use content::{file_schema, keys as folder_keys};
#[doc(hidden)]
pub use content::{translation, translation_path};
#[doc(hidden)]
pub use engine::Link;
#[doc(hidden)]
pub use engine::{
    Cited, Fullness, Inspected, Item, LeftOut, Level, Scorecard, Scorecards, Verdict, WordBudget,
};
#[doc(hidden)]
pub use engine::{KitRequest, NoPress, NoticeRequest, Piece, PieceKind};
#[doc(hidden)]
pub use html::Theme;
#[doc(hidden)]
pub use locale::Language;
#[doc(hidden)]
pub use pdf::{PdfWriter, preflight::Preflight};
#[doc(hidden)]
pub use preview::{icon, path_data};
#[doc(hidden)]
pub use request::LIMIT as REQUEST_LIMIT;
#[doc(hidden)]
pub use template::{TemplateSource, Templates};
