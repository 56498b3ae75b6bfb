//! Reads and checks every file of a clinic folder; all faults of all files are reported together.

mod brand;
mod claims;
mod clinic;
mod cross;
mod exercises;
mod options;
mod pack;
mod pictures;
mod protocol;
mod questions;
mod review;
mod section;
mod shelf;
mod templates;
mod web;
mod words;

use super::Library;
use super::files::Files;
use super::yaml::Key;
use crate::diagnostic::{Faults, Report, Sink};
use cross::References;
use shelf::Shelf;

pub use protocol::REST_BOUNDS;
pub use words::{SAFETY_WORDS, WORDS};

/// What the loaders share while they read: the faults so far, and which names refer to what.
#[derive(Default)]
struct Loading {
    sink: Sink,
    references: References,
}

/// A library from a clinic folder.
///
/// Errors: every fault of every file, in order of file kind, then of place. Warnings: what is odd but harmless,
/// e.g. a file that nothing reads.
pub fn load(files: &dyn Files) -> Result<Report<Library>, Faults> {
    let mut loading = Loading::default();
    let shelf = Shelf::read(files, &mut loading.sink)?;
    let library = read_all(&shelf, &mut loading);
    let Loading { mut sink, references } = loading;
    references.check(&mut sink);
    sink.finish(library)
}

fn read_all(shelf: &Shelf, loading: &mut Loading) -> Option<Library> {
    let clinic = clinic::read(shelf, loading);
    let protocol = protocol::read(shelf, loading);
    let claims = claims::read(shelf, loading);
    let options = options::read(shelf, loading);
    let drawn = pictures::read_all(shelf, loading);
    let brand = brand::read(shelf, loading);
    let templates = templates::read(shelf, loading);
    let (clinic, languages) = clinic?;
    let options = options?;
    let packs = pack::read_all(shelf, &languages, &options, loading);
    let (brand, fonts) = brand?;
    let (pictures, body_maps) = drawn?;
    Some(Library {
        clinic,
        protocol: protocol?,
        claims: claims?,
        options,
        packs: packs?,
        pictures,
        body_maps,
        brand,
        templates: templates?,
        fonts,
        version: shelf.version(),
    })
}

/// Every key that a file of a clinic folder may hold, file by file: the author's manual names each of them. The
/// keys of words and warning signs stand in [`WORDS`] and [`SAFETY_WORDS`].
pub fn keys() -> Vec<(&'static str, &'static str)> {
    let tables: [(&str, &[&[Key]]); 8] = [
        ("templates/brand.yaml", &[brand::FILE, brand::COLOURS, brand::FONTS, brand::FALLBACK]),
        ("content/claims.yaml", &[claims::CLAIM, claims::SOURCE]),
        (
            "content/clinic.yaml",
            &[clinic::FILE, clinic::THERAPIST, clinic::PRESET, clinic::SESSION, clinic::PLAN, clinic::PRINT],
        ),
        ("content/<language>/stretches.yaml, exercises.yaml", &[exercises::EXERCISE]),
        (
            "content/options.yaml",
            &[options::FILE, options::DEFAULTS, options::CONTRADICTION, options::CHOICE],
        ),
        (
            "content/protocol.yaml",
            &[protocol::FILE, protocol::WINDOW, protocol::BOUNDS, protocol::INTENSITIES],
        ),
        ("content/<language>/faq.yaml", &[questions::QUESTION]),
        ("content/<language>/*.md", &[section::SECTION]),
    ];
    let names = |(file, tables): (&'static str, &[&'static [Key]])| {
        tables.iter().flat_map(|keys| keys.iter()).map(|key| (file, key.name)).collect::<Vec<_>>()
    };
    tables.into_iter().flat_map(names).collect()
}
