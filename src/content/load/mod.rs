//! Reads and checks every file of a clinic folder; all faults of all files are reported together.

mod advertising;
mod agree;
mod altered;
mod brand;
mod claims;
mod clinic;
mod comparison;
mod contact;
mod contrast;
mod cover;
mod cross;
mod dates;
mod day_order;
mod dialled;
mod dialling;
mod digest;
mod dose;
mod emergency;
mod exercises;
mod file_keys;
mod hosts;
mod keyed;
mod list_words;
mod localized;
mod location;
mod names;
mod origin;
mod pack;
mod pictures;
mod presets;
mod printed;
mod prose;
mod questions;
mod reading;
mod records;
mod review;
mod section;
mod setting;
mod shelf;
mod shipped;
mod signoff;
mod supports;
mod templates;
mod trackers;
mod translation;
mod treatment;
mod values;
mod visiting;
mod web;
mod wordings;
mod words;

use super::names::CalledByKey;
use super::{AdvertisingRule, BodyMap, Claim, Clinic, Folder, FontFiles, Library, Protocol, Treatment};
use super::{dates::Dates, files::Files};
use crate::brand::Brand;
use crate::diagnostic::{Diagnostic, Faults, Report, Sink};
use crate::lazy::Lazy;
use crate::locale::Language;
use crate::options::Name;
use crate::options::keys::Keys;
use cross::References;
use indexmap::IndexMap;
use shelf::Shelf;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

pub use dialling::{Extension, extension};
pub use file_keys::{FILES, Shape};
pub use list_words::{column_words, is_column_word, list_words, plural_endings};
pub use shipped::{as_it_came, other_claims, other_warnings};
pub use signoff::{
    MONTHS as SIGNING_MONTHS, path as signing_path, signed as signed_record, until as signing_ends,
};
pub use translation::{NAME as TRANSLATION, path as translation_path, translation};
pub use {altered::other_treatments, origin::Origins, supports::supports, templates::panels_as_they_came};
pub use {
    brand::PATH as BRAND, clinic::PATH as PROFILE, dates::built_in as built_in_dates, digest::file_digest,
};
pub use {dialled::odd_numbers, emergency::other_emergency, hosts::odd_hosts, location::odd_location};
pub use {pack::LANGUAGES, pack::OF_TREATMENT, words::LANGUAGE_WORDS, words::TREATMENT_WORDS};
pub use {pictures::Shape as DrawnShape, pictures::shapes, values::values};
pub use {prose::FOLDER as PROSE, prose::read as prose_words};
pub use {treatment::FOLDER as TREATMENTS, wordings::unlike_in_languages};

/// What the loaders share while they read: the faults so far, and which names refer to what.
#[derive(Default)]
struct Loading {
    sink: Sink,
    references: References,
}

/// What a clinic folder holds, treatment by treatment.
///
/// Errors: every fault of every file, in order of file kind, then of place. Warnings: what is odd but harmless,
/// e.g. a file that nothing reads.
pub fn load(files: &dyn Files) -> Result<Report<Folder>, Faults> {
    let mut loading = Loading::default();
    let shelf = Arc::new(Shelf::read(files, &mut loading.sink)?);
    let folder = read_all(&shelf, &mut loading);
    // Files that several treatments share are read for each of them.
    loading.sink.keep_first();
    loading.sink.finish(folder)
}

/// The keys of requests for the treatments of a folder, as far as it can be read: nothing is told of what cannot.
pub fn keys(files: &dyn Files) -> Keys {
    let mut loading = Loading::default();
    let is_read = |path: &str| path == clinic::PATH || path.ends_with(treatment::NAME);
    let Ok(paths) = files.paths(&is_read) else { return Keys::default() };
    let shelf = Shelf::of(files, paths.into_iter());
    let listed = clinic::read(&shelf, &mut loading).and_then(|(_, listed)| listed.treatments);
    let ids = treatment::ids(&shelf, listed, &mut loading);
    let read = ids.iter().filter_map(|id| own_file(&shelf, id, &mut loading));
    let treatments: Vec<Treatment> = read.map(|read| read.treatment).collect();
    keyed::keys_of(&treatments, &mut loading.sink)
}

/// What all treatments share.
struct Shared {
    clinic: Arc<Clinic>,
    languages: Vec<Language>,
    /// Those that the folder holds beside them.
    unlisted: Arc<[Language]>,
    claims: Lazy<IndexMap<String, Claim>>,
    pictures: Arc<BTreeMap<String, Arc<crate::document::Picture>>>,
    body_maps: Arc<[BodyMap]>,
    dates: Arc<Dates>,
    brand: Brand,
    fonts: Arc<FontFiles>,
    advertising: Lazy<Vec<AdvertisingRule>>,
    known: exercises::Known,
    keys: Keys,
    treatments: Arc<[Name]>,
}

fn read_all(shelf: &Arc<Shelf>, loading: &mut Loading) -> Option<Folder> {
    let clinic = clinic::read(shelf, loading);
    let claims = shelf.read_or_later(loading, |shelf, loading| claims::read(shelf, claims::SHARED, loading));
    let listed = clinic.as_ref().and_then(|(_, listed)| listed.treatments.clone());
    let ids = treatment::ids(shelf, listed, loading);
    let drawn = pictures::read_all(shelf, loading);
    let dates = dates::read_all(shelf, clinic.as_ref().map(|(_, listed)| &*listed.languages), loading);
    let read: Vec<Option<Read>> = ids.iter().map(|id| own_file(shelf, id, loading)).collect();
    let speaks = clinic.as_ref().map_or(&[][..], |(_, listed)| &listed.languages);
    let brand = brand::read(shelf, speaks, loading);
    let advertising = shelf.read_or_later(loading, advertising::read);
    let (clinic, listed) = clinic?;
    let cares: Vec<Read> = read.into_iter().flatten().collect();
    let treatments: Vec<Treatment> = cares.iter().map(|care| care.treatment.clone()).collect();
    keyed::one_place_for_each_option(&treatments, &mut loading.sink);
    let keys = keyed::keys_of(&treatments, &mut loading.sink).treated_by(clinic.names());
    let (brand, fonts) = brand?;
    let (pictures, body_maps) = drawn?;
    let shared = Shared {
        clinic: Arc::new(clinic),
        claims: claims?,
        // With a faulty file of dates the texts are read all the same, for their own faults.
        dates: dates.clone().unwrap_or_else(|| Arc::clone(dates::built_in())),
        pictures: Arc::new(pictures),
        body_maps: body_maps.into(),
        brand,
        fonts,
        advertising: advertising?,
        known: known(treatments.iter().chain(&treatment::unlisted(shelf, &ids))),
        keys,
        treatments: ids.iter().cloned().collect(),
        unlisted: pack::unlisted(shelf, &listed.languages),
        languages: listed.languages,
    };
    let told = loading.sink.len();
    let libraries: Vec<Option<Library>> =
        cares.into_iter().map(|care| library(shelf, care, &shared, loading)).collect();
    if shelf.is_tried() {
        // Nothing to be found, and the texts are still to be read.
    } else if treatments.len() == ids.len() {
        pack::warn_unread(shelf, &shared.languages, &treatments, loading);
    } else {
        forget_shared(told, &mut loading.sink);
        let is_faulty = |id: &&Name| !treatments.iter().any(|one| one.id == **id);
        ids.iter().filter(is_faulty).for_each(|id| read_texts(shelf, id, &shared.languages, loading));
    }
    if !shelf.is_tried() {
        let packs = libraries.iter().flatten().flat_map(|library| library.packs.values());
        pictures::check_lines(&shared.pictures, packs.flat_map(|pack| pack.libraries.values()), loading);
    }
    let mut libraries = libraries.into_iter().collect::<Option<Vec<Library>>>()?.into_iter();
    let first = libraries.next().filter(|_| treatments.len() == ids.len())?;
    let folder = Folder { first, others: libraries.collect() };
    if !shelf.is_tried() {
        agree::check_names(&folder, &mut loading.sink);
    }
    dates.map(|_| folder)
}

/// While a treatment is faulty nobody knows what files that several share may name: what was told of these goes.
fn forget_shared(told: usize, sink: &mut Sink) {
    let is_shared = |fault: &Diagnostic| {
        let file = fault.place.as_ref().map_or("", |place| &place.file);
        [pack::LANGUAGES, exercises::SHARED].iter().any(|folder| file.starts_with(folder))
    };
    let all = std::mem::take(sink).into_vec();
    let kept = all.into_iter().enumerate().filter(|(index, fault)| *index < told || !is_shared(fault));
    kept.for_each(|(_, fault)| sink.push(fault));
}

/// A faulty treatment's own texts, as far as they hang on nothing.
fn read_texts(shelf: &Shelf, id: &Name, languages: &[Language], loading: &mut Loading) {
    let folder = format!("{}/{id}", treatment::FOLDER);
    // Another treatment may have a claim of the same name.
    let before = loading.references.clone();
    claims::read(shelf, &format!("{folder}/claims.yaml"), loading);
    for language in languages {
        let folder = format!("{folder}/{language}");
        section::read_all(shelf, &folder, loading);
        questions::read_all(shelf, &folder, loading);
    }
    loading.references = before;
}

/// A treatment's own file, and what that names.
#[derive(Clone)]
struct Read {
    treatment: Treatment,
    protocol: Protocol,
    references: References,
}

fn own_file(shelf: &Shelf, id: &Name, loading: &mut Loading) -> Option<Read> {
    /// The program's own are asked for twice: for the keys of requests, and with all that belongs to them.
    static BUILT_IN: Mutex<BTreeMap<Name, Read>> = Mutex::new(BTreeMap::new());
    if !shelf.is_tried() {
        return read_own_file(shelf, id, loading);
    }
    let mut known = BUILT_IN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(read) = known.get(id) {
        return Some(read.clone());
    }
    let read = read_own_file(shelf, id, loading)?;
    known.insert(id.clone(), read.clone());
    Some(read)
}

fn read_own_file(shelf: &Shelf, id: &Name, loading: &mut Loading) -> Option<Read> {
    // The claims that its windows name may be its own, which no other treatment knows.
    let shared = loading.references.clone();
    let care = treatment::read(shelf, id, loading);
    let references = std::mem::replace(&mut loading.references, shared);
    care.map(|(treatment, protocol)| Read { treatment, protocol, references })
}

/// Everything of one treatment.
fn library(
    shelf: &Arc<Shelf>,
    Read { treatment, protocol, references }: Read,
    shared: &Shared,
    loading: &mut Loading,
) -> Option<Library> {
    let folder = format!("{}/{}", treatment::FOLDER, treatment.id);
    // What one treatment names no other may use.
    let before = std::mem::replace(&mut loading.references, references);
    let own = format!("{folder}/claims.yaml");
    let own = shelf.read_or_later(loading, move |shelf, loading| claims::read(shelf, &own, loading));
    let templates = templates::read(shelf, &folder, loading);
    let care = (treatment.clone(), protocol.clone(), shared.known.clone(), shared.languages.clone());
    let packs = shelf.read_or_later(loading, move |shelf, loading| {
        let (treatment, protocol, known, languages) = &care;
        pack::read_all(shelf, languages, &pack::Care { treatment, protocol, known }, loading)
    });
    let care = (treatment.clone(), protocol.clone());
    let presets =
        shelf.read_or_later(loading, move |shelf, loading| presets::read(shelf, &care.0, &care.1, loading));
    if !shelf.is_tried() {
        loading.references.check(&mut loading.sink);
    }
    loading.references = before;
    if !shelf.is_tried()
        && let Some(packs) = packs.as_ref().filter(|_| !loading.sink.has_errors())
    {
        agree::check(&treatment, packs, &mut loading.sink);
    }
    let (all, own) = (shared.claims.clone(), own?);
    let claims = Lazy::new(move || {
        all.iter().chain(own.iter()).map(|(id, claim)| (id.clone(), claim.clone())).collect()
    });
    let mut library = Library {
        clinic: shared.clinic.clone(),
        protocol,
        claims,
        treatment,
        keys: shared.keys.clone(),
        treatments: shared.treatments.clone(),
        presets: presets?,
        packs: packs?,
        unlisted: shared.unlisted.clone(),
        dates: shared.dates.clone(),
        pictures: shared.pictures.clone(),
        body_maps: shared.body_maps.clone(),
        brand: shared.brand.clone(),
        templates: templates?,
        advertising: shared.advertising.clone(),
        fonts: shared.fonts.clone(),
        version: shelf.version().to_owned(),
        called: CalledByKey::default(),
    };
    signoff::read(shelf, &mut library, loading);
    Some(library)
}

fn known<'t>(treatments: impl Iterator<Item = &'t Treatment>) -> exercises::Known {
    let mut known = exercises::Known { regions: Vec::new(), facts: Vec::new() };
    let add = |names: &mut Vec<Name>, name: &Name| {
        if !names.contains(name) {
            names.push(name.clone());
        }
    };
    for treatment in treatments {
        let regions = treatment.regions().map(|option| option.values()).unwrap_or_default();
        regions.iter().for_each(|region| add(&mut known.regions, region));
        treatment.facts.iter().for_each(|fact| add(&mut known.facts, &fact.id));
    }
    known
}
