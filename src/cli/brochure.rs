//! `brochure`: the general text on one folded sheet.

use super::args::Global;
use super::brochure_args::{self as args, BrochureArgs};
use super::formats::Format;
use super::outcome::Failure;
use super::output::{Destination, Spot, meant, prepare, to_stdout};
use super::report::Reporter;
use super::sign::why;
use super::{clinic, clock};
use crate::atomic_file::Readers;
use crate::diagnostic::{Diagnostic, Faults, Place, Sink, allowed, path_shown};
use crate::locale::Language;
use crate::options::{Fold, Marks, Paper, Purpose};
use crate::{BrochureRequest, Engine, Inspected, Preflight};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

pub fn run(args: &BrochureArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let destination = destination(args)?;
    let engine = clinic::engine(global, reporter)?;
    let zone = engine.library().clinic.time_zone;
    let today = clock::now(global, zone)?.with_timezone(&zone).date_naive();
    let all = asked(args, &engine)?;
    for asked in &all {
        refuse_draft(args, asked, &engine, today)?;
    }
    // All or none: with one of two languages missing, half of the readers would have no warnings.
    let mut products = Vec::new();
    let mut reports = Vec::new();
    let mut faults = Sink::default();
    for asked in &all {
        let Inspected { brochure, preflight } = engine.inspected_brochure(asked, today);
        let path = args.preflight.as_deref().map(|path| report_path(path, asked, all.len()));
        reports.extend(path.zip(preflight).map(|(path, found)| report(&path, &found)));
        match brochure {
            Ok(made) => {
                reporter.diagnostics(&made.warnings);
                let spot = spot(&destination, asked, &engine);
                products.push(Product { spot, bytes: made.value.bytes, pages: Some(made.value.pages) });
            }
            Err(found) => found.0.into_iter().for_each(|fault| faults.push_once(fault)),
        }
    }
    if faults.has_errors() {
        return Err(refused(Faults(faults.into_vec()), reports, args.force, reporter));
    }
    deliver(products.into_iter().chain(reports), args.force, reporter)
}

fn spot(destination: &Destination, asked: &BrochureRequest, engine: &Engine) -> Spot {
    match destination {
        Destination::Stdout => Spot::named(Path::new(STDOUT)),
        Destination::File(path) => Spot::named(path),
        Destination::Folder(folder) => Spot::within(folder, &file_name(asked, engine)),
    }
}

/// Of several brochures, each report has its language before its ending.
fn report_path(path: &Path, asked: &BrochureRequest, count: usize) -> PathBuf {
    if count < 2 || path.as_os_str() == STDOUT {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}-{}{ending}", asked.language))
}

const STDOUT: &str = "-";

/// Paper is bought by the thousand: a draft goes to no print shop by oversight.
fn refuse_draft(
    args: &BrochureArgs,
    asked: &BrochureRequest,
    engine: &Engine,
    today: NaiveDate,
) -> Result<(), Failure> {
    let library = engine.library_of(&asked.treatment);
    let approval = library.packs.get(&asked.language).map(|pack| pack.approval.on(today));
    match approval {
        Some(Err(draft)) if is_for_press(args) && !args.draft => {
            let message = format!("`{}` in {} is a draft: {}", asked.treatment, asked.language, why(&draft));
            let hint = "sign it with `aftercare sign`, fold a paper model with `--proof`, or print the draft with `--draft`";
            let fault = Diagnostic::error("draft", message);
            Err(fault.hint(hint).into())
        }
        _ => Ok(()),
    }
}

fn is_for_press(args: &BrochureArgs) -> bool {
    args.purpose == args::Purpose::Press && !args.proof
}

/// What a call makes.
struct Product {
    /// Or `-`.
    spot: Spot,
    bytes: Vec<u8>,
    pages: Option<usize>,
}

/// As text, or for programs where the file's name asks for it.
fn report(path: &Path, found: &Preflight) -> Product {
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let text = if is_json { found.json() } else { found.to_string() };
    Product { spot: Spot::named(path), bytes: text.into_bytes(), pages: None }
}

/// Checks all places before anything is written.
fn deliver(products: impl Iterator<Item = Product>, force: bool, reporter: &Reporter) -> Result<(), Failure> {
    let (shown, files): (Vec<_>, Vec<_>) =
        products.partition(|product| product.spot.path.as_os_str() == STDOUT);
    let spots: Vec<Spot> = files.iter().map(|file| file.spot.clone()).collect();
    for (target, file) in prepare(&spots, force, Readers::Anybody)?.into_iter().zip(files) {
        target.write(&file.bytes)?;
        let pages = file.pages.map(|pages| format!(" ({pages} pages)")).unwrap_or_default();
        reporter.note(&format!("made {}{pages}", path_shown(&file.spot.path)));
    }
    shown.iter().try_for_each(|product| to_stdout(&product.bytes))
}

/// No brochure, but a report of what is wrong with it if one was asked for.
fn refused(mut faults: Faults, reports: Vec<Product>, force: bool, reporter: &Reporter) -> Failure {
    match deliver(reports.into_iter(), force, reporter) {
        Err(Failure::NotMade(more) | Failure::Refused(more)) => faults.0.extend(more.0),
        Err(Failure::Reported | Failure::ClosedPipe) | Ok(()) => {}
    }
    Failure::Refused(faults)
}

fn destination(args: &BrochureArgs) -> Result<Destination, Failure> {
    if args.preflight.is_some() && !is_for_press(args) {
        return Err(Failure::call("there is no preflight but for the press", "add `--for press`"));
    }
    let is_stdout = |path: &Option<PathBuf>| path.as_deref().is_some_and(|path| path.as_os_str() == STDOUT);
    if is_stdout(&args.preflight) && is_stdout(&args.output) {
        return Err(Failure::call("standard output takes one thing", "name a file for the report"));
    }
    let is_pdf = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    if args.preflight.as_deref().is_some_and(|path| is_pdf(path) || args.output.as_deref() == Some(path)) {
        return Err(Failure::call("the report is no PDF", "end its name in `.txt` or `.json`"));
    }
    let (destination, _) = meant(args.output.as_deref(), &[Format::Pdf])?;
    let tags: BTreeSet<&String> = args.language.iter().collect();
    if tags.len() > 1 && !matches!(destination, Destination::Folder(_)) {
        let hint = "name a folder, with `/` at its end";
        return Err(Failure::call("a brochure in each language is a file of its own", hint));
    }
    match destination == Destination::Stdout && std::io::stdout().is_terminal() {
        true => Err(Failure::call(
            "a PDF is no text for a terminal",
            "name a file with `-o FILE`, or send it on with `|` or `>`",
        )),
        false => Ok(destination),
    }
}

/// One for each language.
fn asked(args: &BrochureArgs, engine: &Engine) -> Result<Vec<BrochureRequest>, Failure> {
    let paper = args.paper.map(|paper| match paper {
        args::Paper::Letter => Paper::Letter,
        args::Paper::A4 => Paper::A4,
    });
    let treatment = clinic::treatment(engine, args.treatment.as_deref())?.treatment.id.clone();
    let mut languages = Vec::new();
    let named = args.language.iter().map(|tag| Some(tag.as_str()));
    let usual = args.language.is_empty().then_some(None);
    for tag in named.chain(usual) {
        let language = language(tag, engine)?;
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    let of = |language| BrochureRequest {
        treatment: treatment.clone(),
        fold: match args.fold {
            args::Fold::Tri => Fold::Tri,
            args::Fold::Half => Fold::Half,
        },
        paper: paper.unwrap_or(engine.library().clinic.paper),
        purpose: match args.purpose {
            args::Purpose::Office => Purpose::Office,
            args::Purpose::Press => Purpose::Press,
        },
        language,
        proof: args.proof,
        marks: match args.marks {
            args::Marks::Crop => Marks::Crop,
            args::Marks::None => Marks::None,
        },
    };
    Ok(languages.into_iter().map(of).collect())
}

pub(super) fn language(named: Option<&str>, engine: &Engine) -> Result<Language, Failure> {
    let mut known = engine.library().packs.keys();
    let Some(named) = named else {
        return known.next().cloned().ok_or_else(|| Failure::call("the clinic has no language", "add one"));
    };
    let tags: Vec<&str> = engine.library().packs.keys().map(Language::tag).collect();
    let at_hand = engine.library().unlisted.iter().find(|language| language.tag() == named);
    known.find(|language| language.tag() == named).cloned().ok_or_else(|| {
        if let Some(at_hand) = at_hand {
            return engine.library().not_listed(at_hand).at(Place::file("--language")).into();
        }
        let message = format!("unknown language `{}`", crate::diagnostic::shown(named));
        let fault = Diagnostic::error("unknown-language", message).at(Place::file("--language"));
        fault.hint(allowed(named, tags.into_iter())).into()
    })
}

/// `brochure-tri-letter.pdf`, with the language where there are several, and what else is not as usual.
fn file_name(asked: &BrochureRequest, engine: &Engine) -> String {
    let mut parts = vec!["brochure", asked.fold.name(), asked.paper.name()];
    let library = engine.library();
    if *library.treatment.id != *asked.treatment {
        parts.insert(1, &asked.treatment);
    }
    if library.packs.len() > 1 {
        parts.push(asked.language.tag());
    }
    match (asked.proof, asked.purpose) {
        (true, _) => parts.push("proof"),
        (false, Purpose::Press) => parts.push("press"),
        (false, Purpose::Office) => {}
    }
    format!("{}.pdf", parts.join("-"))
}
