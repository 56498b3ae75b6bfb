//! `brochure`: the general text on one folded sheet.

use super::args::{Format, Global};
use super::brochure_args::{self as args, BrochureArgs};
use super::outcome::Failure;
use super::output::{Destination, meant, prepare, to_stdout};
use super::report::Reporter;
use super::{clinic, clock};
use crate::diagnostic::{Diagnostic, Place, allowed};
use crate::locale::Language;
use crate::options::{Fold, Paper, Purpose};
use crate::{BrochureRequest, Engine};
use std::io::IsTerminal;
use std::path::PathBuf;

pub fn run(args: &BrochureArgs, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let destination = destination(args)?;
    let engine = clinic::engine(global, reporter)?;
    let zone = engine.library().clinic.time_zone;
    let today = clock::now(global, zone)?.with_timezone(&zone).date_naive();
    let asked = asked(args, &engine)?;
    let made = engine.brochure(&asked, today)?;
    reporter.diagnostics(&made.warnings);
    let path = match destination {
        Destination::Stdout => return to_stdout(&made.value.bytes),
        Destination::File(path) => path,
        Destination::Folder(folder) => folder.join(file_name(&asked, &engine)),
    };
    for target in prepare(std::slice::from_ref(&path), args.force)? {
        target.write(&made.value.bytes)?;
    }
    reporter.note(&format!("made {} ({} pages)", path.display(), made.value.pages));
    Ok(())
}

fn destination(args: &BrochureArgs) -> Result<Destination, Failure> {
    let (destination, _) = meant(args.output.as_deref(), &[Format::Pdf])?;
    match destination == Destination::Stdout && std::io::stdout().is_terminal() {
        true => Err(Failure::call(
            "a PDF is no text for a terminal",
            "name a file with `-o FILE`, or send it on with `|` or `>`",
        )),
        false => Ok(destination),
    }
}

fn asked(args: &BrochureArgs, engine: &Engine) -> Result<BrochureRequest, Failure> {
    let paper = args.paper.map(|paper| match paper {
        args::Paper::Letter => Paper::Letter,
        args::Paper::A4 => Paper::A4,
    });
    Ok(BrochureRequest {
        fold: match args.fold {
            args::Fold::Tri => Fold::Tri,
            args::Fold::Half => Fold::Half,
        },
        paper: paper.unwrap_or(engine.library().clinic.paper),
        purpose: match args.purpose {
            args::Purpose::Office => Purpose::Office,
            args::Purpose::Press => Purpose::Press,
        },
        language: language(args.language.as_deref(), engine)?,
        proof: args.proof,
    })
}

fn language(named: Option<&str>, engine: &Engine) -> Result<Language, Failure> {
    let mut known = engine.library().packs.keys();
    let Some(named) = named else {
        return known.next().cloned().ok_or_else(|| Failure::call("the clinic has no language", "add one"));
    };
    let tags: Vec<&str> = engine.library().packs.keys().map(Language::tag).collect();
    known.find(|language| language.tag() == named).cloned().ok_or_else(|| {
        let message = format!("unknown language `{}`", crate::diagnostic::shown(named));
        let fault = Diagnostic::error("unknown-language", message).at(Place::file("--language"));
        fault.hint(allowed(named, tags.into_iter())).into()
    })
}

/// `brochure-tri-letter.pdf`, with the language where there are several, and what else is not as usual.
fn file_name(asked: &BrochureRequest, engine: &Engine) -> PathBuf {
    let mut parts = vec!["brochure", asked.fold.name(), asked.paper.name()];
    if engine.library().packs.len() > 1 {
        parts.push(asked.language.tag());
    }
    match (asked.proof, asked.purpose) {
        (true, _) => parts.push("proof"),
        (false, Purpose::Press) => parts.push("press"),
        (false, Purpose::Office) => {}
    }
    PathBuf::from(format!("{}.pdf", parts.join("-")))
}
