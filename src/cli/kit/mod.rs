//! `kit`: everything of the general text in one folder, and an index of it.

mod index;

use super::args::Global;
use super::brochure::language;
use super::kit_args::KitArgs;
use super::outcome::Failure;
use super::output::{Spot, prepare, refuse_address};
use super::report::Reporter;
use super::{clinic, site};
use crate::atomic_file::Readers;
use crate::diagnostic::{Diagnostic, Faults, path_shown};
use crate::{BaseUrl, Engine, KitRequest, Language, Library};
use chrono::NaiveDate;
use index::{Entry, Index, What};

/// Of the web pages, in the kit.
const SITE: &str = "site";

pub fn run(args: &KitArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    refuse_address(&args.output, site::A_FOLDER)?;
    let (engine, base, today) = site::begin(args.base_url.as_deref(), global, reporter)?;
    let treatments = treatments(args, &engine)?;
    let languages = languages(args, &engine)?;
    let mut kit = Kit { args, engine: &engine, today, index: Index::new(&engine), told: Told::default() };
    for library in treatments {
        for language in languages.iter().filter(|language| library.packs.contains_key(*language)) {
            kit.folder(library, language);
        }
    }
    kit.site(base.as_ref());
    kit.finish(reporter)
}

fn treatments<'e>(args: &KitArgs, engine: &'e Engine) -> Result<Vec<&'e Library>, Failure> {
    match args.treatment.as_slice() {
        [] => Ok(engine.treatments().collect()),
        named => named.iter().map(|one| clinic::treatment(engine, Some(one))).collect(),
    }
}

fn languages(args: &KitArgs, engine: &Engine) -> Result<Vec<Language>, Failure> {
    match args.language.as_slice() {
        [] => Ok(engine.library().packs.keys().cloned().collect()),
        named => named.iter().map(|one| language(Some(one), engine)).collect(),
    }
}

/// A kit in the making.
struct Kit<'a> {
    args: &'a KitArgs,
    engine: &'a Engine,
    today: NaiveDate,
    index: Index,
    told: Told,
}

impl Kit<'_> {
    /// The files of a treatment in a language, each written as soon as it is made.
    fn folder(&mut self, library: &Library, language: &Language) {
        let asked = KitRequest { treatment: library.treatment.id.clone(), language: language.clone() };
        let folder = format!("{}/{language}", asked.treatment);
        let signed = library.packs.get(language).is_some_and(|pack| pack.approval.on(self.today).is_ok());
        self.index.begin(&asked, &folder, signed, self.engine.no_press(&asked, self.today));
        for piece in self.engine.kit(&asked, self.today) {
            let path = format!("{folder}/{}", piece.name);
            self.told.warnings(&path, &piece.warnings);
            match piece.made.map_err(Failure::Refused).and_then(|bytes| {
                self.write(&path, &bytes)?;
                Ok(bytes.len())
            }) {
                Ok(length) => self.index.add(Entry { path, what: What::Piece(piece.kind), bytes: length }),
                Err(failure) => self.told.not_made(&path, failure),
            }
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let spot = Spot::within(&self.args.output, path);
        prepare(&[spot], self.args.force, Readers::Anybody)?
            .into_iter()
            .try_for_each(|target| target.write(bytes))
    }

    fn site(&mut self, base: Option<&BaseUrl>) {
        let folder = self.args.output.join(SITE);
        let made = self.engine.site(base, self.today).map_err(Failure::Refused);
        let written = made.and_then(|made| {
            site::write(&folder, &made.value, self.args.force)?;
            Ok(made)
        });
        match written {
            Ok(made) => {
                self.told.warnings(SITE, &made.warnings);
                let bytes = made.value.values().map(Vec::len).sum();
                let what = What::Site { files: made.value.len() };
                self.index.add(Entry { path: format!("{SITE}/"), what, bytes });
            }
            Err(failure) => self.told.not_made(SITE, failure),
        }
    }

    /// The index last: what stands in it is there.
    fn finish(mut self, reporter: &Reporter) -> Result<(), Failure> {
        reporter.diagnostics(&warnings(&self.told.warnings));
        let nothing = self.index.is_empty();
        if !nothing {
            for (path, bytes) in [("README.md", self.index.readme()), ("manifest.json", self.index.json())] {
                if let Err(failure) = self.write(path, bytes.as_bytes()) {
                    self.told.not_made(path, failure);
                }
            }
            let files = self.index.count();
            reporter.note(&format!(
                "made {} ({files} files; README.md says what each is for)",
                path_shown(&self.args.output)
            ));
        }
        match (faults(self.told.faults), nothing) {
            (faults, _) if faults.0.is_empty() => Ok(()),
            (faults, true) => Err(Failure::Refused(faults)),
            (faults, false) => Err(Failure::NotMade(faults)),
        }
    }
}

/// What is to be told, once however many files it is about, with their names.
#[derive(Default)]
struct Told {
    warnings: Vec<(Diagnostic, Vec<String>)>,
    faults: Vec<(Diagnostic, Vec<String>)>,
}

/// Files that a message names before it counts the others.
const NAMED: usize = 3;

impl Told {
    fn warnings(&mut self, path: &str, warnings: &[Diagnostic]) {
        warnings.iter().for_each(|warning| add(&mut self.warnings, warning, path));
    }

    fn not_made(&mut self, path: &str, failure: Failure) {
        match failure {
            Failure::Refused(faults) | Failure::NotMade(faults) => {
                faults.0.iter().for_each(|fault| add(&mut self.faults, fault, path));
            }
            Failure::Reported | Failure::ClosedPipe => {}
        }
    }
}

fn add(told: &mut Vec<(Diagnostic, Vec<String>)>, found: &Diagnostic, path: &str) {
    match told.iter_mut().find(|(other, _)| other == found) {
        Some((_, paths)) => paths.push(path.to_owned()),
        None => told.push((found.clone(), vec![path.to_owned()])),
    }
}

/// Each fault names every file that the kit has not.
fn faults(told: Vec<(Diagnostic, Vec<String>)>) -> Faults {
    let named = |(fault, paths): (Diagnostic, Vec<String>)| {
        fault.hint(format!("for this the kit has no {}", paths.join(", ")))
    };
    Faults(told.into_iter().map(named).collect())
}

fn warnings(told: &[(Diagnostic, Vec<String>)]) -> Vec<Diagnostic> {
    let named = |(warning, paths): &(Diagnostic, Vec<String>)| {
        let first = paths.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = paths.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        warning.clone().hint(format!("in {first}{more}"))
    };
    told.iter().map(named).collect()
}
