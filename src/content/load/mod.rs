//! Reads and checks every file of a clinic folder; all faults of all files are reported together.

mod advertising;
mod brand;
mod claims;
mod clinic;
mod cross;
mod exercises;
mod names;
mod options;
mod pack;
mod pictures;
mod protocol;
mod questions;
mod review;
mod section;
mod shelf;
mod templates;
mod treatment;
mod web;
mod words;

use super::files::Files;
use super::yaml::Key;
use super::{HEADINGS, Library};
use crate::diagnostic::{Faults, Report, Sink};
use cross::References;
use shelf::Shelf;

pub use clinic::PATH as PROFILE;
pub use protocol::REST_BOUNDS;
pub use words::WORDS;

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
    let treatment = treatment::read(shelf, loading);
    let drawn = pictures::read_all(shelf, loading);
    let brand = brand::read(shelf, loading);
    let templates = templates::read(shelf, loading);
    let advertising = advertising::read(shelf, loading);
    let (clinic, languages) = clinic?;
    let (options, treatment) = (options?, treatment?);
    let packs = pack::read_all(shelf, &languages, (&options, &treatment), loading);
    let (brand, fonts) = brand?;
    let (pictures, body_maps) = drawn?;
    if let Some(packs) = packs.as_ref().filter(|_| !shelf.is_tried()) {
        pictures::check_lines(
            &pictures,
            packs.values().flat_map(|pack| [&pack.stretches, &pack.exercises]),
            loading,
        );
    }
    Some(Library {
        clinic,
        protocol: protocol?,
        claims: claims?,
        options,
        treatment,
        packs: packs?,
        pictures,
        body_maps,
        brand,
        templates: templates?,
        advertising: advertising?,
        fonts,
        version: shelf.version().to_owned(),
    })
}

/// What a file of a clinic folder holds.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    Keys(&'static [Key]),
    /// A list of such mappings.
    List(&'static [Key]),
    /// Texts by dotted key, with the keys that stand beside them.
    Words(&'static [&'static str], &'static [Key]),
}

/// Every kind of file that holds keys, by the name of its chapter in the author's manual.
pub const FILES: [(&str, Shape); 13] = [
    ("content/clinic.yaml", Shape::Keys(clinic::FILE)),
    ("content/protocol.yaml", Shape::Keys(protocol::FILE)),
    ("content/claims.yaml", Shape::List(claims::CLAIM)),
    ("content/advertising.yaml", Shape::List(advertising::RULE)),
    ("content/options.yaml", Shape::Keys(options::FILE)),
    ("content/treatments/<id>/treatment.yaml", Shape::Keys(treatment::FILE)),
    ("content/<language>/*.md", Shape::Keys(section::SECTION)),
    ("content/<language>/faq.yaml", Shape::List(questions::QUESTION)),
    ("content/<language>/stretches.yaml, exercises.yaml", Shape::List(exercises::EXERCISE)),
    ("content/<language>/safety.yaml", Shape::Words(&HEADINGS, review::KEYS)),
    ("content/<language>/words.yaml", Shape::Words(WORDS, &[])),
    ("content/<language>/names.yaml", Shape::Keys(names::FILE)),
    ("templates/brand.yaml", Shape::Keys(brand::FILE)),
];
