//! Printable aftercare handouts. The pipeline: **load** a clinic folder, **ask** for a request, **merge** both into
//! a document, and make HTML of it directly or a PDF through **layout**.

pub mod brand;
pub mod content;
pub mod diagnostic;
pub mod document;
pub mod geometry;
pub mod html;
pub mod layout;
pub mod locale;
pub mod merge;
pub mod options;
pub mod pdf;
pub mod request;
pub mod template;
pub mod text;
