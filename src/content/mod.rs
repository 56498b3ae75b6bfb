//! LOAD: a clinic folder becomes a [`Library`].
//!
//! [`files`] says what a folder holds, [`yaml`] and [`front_matter`] read its text with places, [`load()`] checks every
//! file and how they hang together.

mod advertising;
pub mod approval;
mod dated;
pub mod dates;

pub mod edit;
pub mod files;
mod font_files;
pub mod front_matter;
mod language_skeleton;
mod library;
mod load;
pub mod markdown;
pub mod names;
pub(crate) mod phrases;
pub mod picture;
mod profile;
mod prose;
mod prose_words;
mod protocol;
mod reading_limits;
mod schema;
mod source;
mod treatment;
pub mod yaml;

pub use advertising::{AdvertisingRule, advertised, check_advertising, places as advertising_places};

pub use font_files::{FontFile, FontFiles};
pub use language_skeleton::{
    Skeleton, empty_lists, lacking, listed_languages, listed_zone, skeleton, unwritten,
};
pub use library::*;
pub use load::{BRAND, FILES, LANGUAGE_WORDS, PROFILE, Shape, TREATMENT_WORDS, built_in_dates, keys, load};
pub use load::{Extension, as_it_came, extension, panels_as_they_came};
pub use load::{SIGNING_MONTHS, signed_record, signing_ends, signing_path};
pub use load::{column_words, is_column_word, list_words, plural_endings};
pub use load::{prose_words, translation, translation_path};
pub use profile::{
    Clinic, LastSheets, LocalizedLine, Opening, PostalAddress, Printer, Therapist, Tracker, WHOLE,
};
pub use prose::{once_a_line, place_of, proofread, proofread_beside, proofreading};
pub use prose_words::{Prose, ProseWords};
pub use protocol::{Protocol, Waking, Window};
pub use reading_limits::ReadingLimits;
pub use schema::{file_schema, schema};
pub use source::{Source, Spot};
pub use treatment::{
    ExerciseLibrary, FOR_PATIENT, Fact, HEADINGS, OptionKind, Row, RowStyle, Rows, Rule, Step, Tier,
    Treatment, TreatmentOption, When,
};
