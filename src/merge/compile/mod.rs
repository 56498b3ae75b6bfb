//! COMPILE: the texts of a language, checked and ready to be filled.
//!
//! Every text is held against the names that it may use ([`names`]), every template against the sections that there are.
//! Nothing here knows a patient, a time or a rule.

mod escape;
mod marks;
pub mod names;
mod pack;
mod phrases;
mod qr_cache;
mod signs;
mod templates;
mod texts;

pub use marks::{CLOSE, OPEN};
pub use pack::{Compiled, DUMMY, Exercise, Question, Review, Section, compile, is_plain};
pub use phrases::{Phrases, Span, fill};
pub use templates::PHOTO;
pub use texts::{TextId, Texts, Values, quoted};
