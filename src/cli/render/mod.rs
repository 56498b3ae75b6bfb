//! `render`: one handout.

mod job;
mod sources;

use super::args::{Global, RenderArgs};
use super::formats::Format;
use super::outcome::Failure;
use super::output::{Destination, Spot, prepare, to_stdout};
use super::report::Reporter;
use super::{clinic, clock};
use crate::atomic_file::Readers;
use crate::batch::{Copy, behind};
use crate::diagnostic::{Diagnostic, Faults, path_shown};
use crate::options::keys::Keys;
use crate::{Document, Engine, Request};
use job::RenderJob;
use std::io::IsTerminal;

pub fn run(args: &RenderArgs, keys: &Keys, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let job = RenderJob::meant(args, keys)?;
    refuse_bytes_on_a_terminal(&job)?;
    if args.sources && job.destination == Destination::Stdout {
        let message = "the handout and its sources cannot both go to standard output";
        return Err(Failure::call(message, "name a file for the handout: `-o FILE`"));
    }
    if args.with_source && !job.formats.iter().any(|format| [Format::Pdf, Format::Text].contains(format)) {
        let message = "a copy for the clinician goes with a PDF or a text";
        return Err(Failure::call(message, "ask for one: `--format pdf`"));
    }
    let typed = job.request(keys)?;
    let engine = clinic::engine(global, reporter)?;
    let now = clock::now(global, engine.library().clinic.time_zone)?;
    let request = engine.request(&typed, now)?;
    reporter.diagnostics(&request.warnings);
    let copied = args.with_source.then(|| engine.source_request(&request.value)).flatten();
    if args.with_source && copied.is_none() {
        reporter.note("the sheet is in the language in which its texts were written: it has no copy");
    }
    let made = make(&engine, &request.value, copied, &job.formats)?;
    reporter.diagnostics(&made.warnings);
    deliver(&job, &request.value, &made.sheets, reporter)?;
    if args.sources {
        to_stdout(sources::text(&engine.sources(&made.document, &request.value)).as_bytes())?;
    }
    Ok(())
}

fn refuse_bytes_on_a_terminal(job: &RenderJob<'_>) -> Result<(), Failure> {
    let bytes = job.destination == Destination::Stdout && job.formats.contains(&Format::Pdf);
    match bytes && std::io::stdout().is_terminal() {
        true => Err(Failure::call(
            "a PDF is no text for a terminal",
            "name a file with `-o FILE`, or send it on with `|` or `>`",
        )),
        false => Ok(()),
    }
}

struct Made {
    document: Document,
    sheets: Vec<Sheet>,
    warnings: Vec<Diagnostic>,
}

struct Sheet {
    bytes: Vec<u8>,
    /// Sides of paper, where there are sides.
    pages: Option<usize>,
}

/// Makes every format from one document. Nothing is written before all are made.
fn make(
    engine: &Engine,
    request: &Request,
    copied: Option<Request>,
    formats: &[Format],
) -> Result<Made, Faults> {
    let document = engine.document(request)?;
    let mut warnings = document.warnings;
    let document = document.value;
    let mut layout = match formats.iter().any(|format| ![Format::Html, Format::Ics].contains(format)) {
        true => {
            let layout = engine.layout(&document, request)?;
            warnings.extend(layout.warnings);
            Some(layout.value)
        }
        false => None,
    };
    let copy = copied.zip(layout.as_ref()).map(|(request, sheet)| Copy::of(engine, request, sheet));
    let mut copy = copy.transpose()?;
    warnings.extend(copy.iter().flat_map(|copy| copy.warnings.iter().cloned()));
    let mut sheets = Vec::new();
    for format in formats {
        sheets.push(match (format, &mut layout) {
            (Format::Pdf, Some(layout)) => {
                let (bytes, pages) = match &mut copy {
                    Some(copy) => behind(engine, (&document, layout), copy)?,
                    None => (engine.pdf(layout, &document)?, layout.pages.len()),
                };
                Sheet { bytes, pages: Some(pages) }
            }
            (Format::Text, Some(layout)) => {
                let mut text = engine.text(layout, &document);
                copy.iter().for_each(|copy| text.push_str(&copy.text(engine)));
                Sheet { bytes: engine.marked(&text), pages: None }
            }
            (Format::Note, layout) => {
                let note = engine.chart_note(request, &document, layout.as_ref())?;
                Sheet { bytes: engine.marked(&note), pages: None }
            }
            (Format::Ics, _) => Sheet { bytes: engine.calendar(request)?.into_bytes(), pages: None },
            _ => Sheet { bytes: engine.html(&document, request)?.into_bytes(), pages: None },
        });
    }
    Ok(Made { document, sheets, warnings })
}

fn deliver(
    job: &RenderJob<'_>,
    request: &Request,
    sheets: &[Sheet],
    reporter: &Reporter,
) -> Result<(), Failure> {
    if job.destination == Destination::Stdout {
        return sheets.iter().try_for_each(|sheet| to_stdout(&sheet.bytes));
    }
    let spots = job.spots(request);
    let targets = prepare(&spots, job.force, Readers::Owner)?;
    for ((sheet, target), Spot { path, .. }) in sheets.iter().zip(targets).zip(&spots) {
        target.write(&sheet.bytes)?;
        reporter.note(&match sheet.pages {
            Some(1) => format!("made {} (1 page)", path_shown(path)),
            Some(pages) => format!("made {} ({pages} pages)", path_shown(path)),
            None => format!("made {}", path_shown(path)),
        });
    }
    Ok(())
}
