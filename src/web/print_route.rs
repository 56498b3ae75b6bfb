//! The form's sheet through a queue of the machine: with scripts a sentence comes back, without them the page.

use super::beside;
use super::connection::Started;
use super::context::{Context, PageLanguage};
use super::faults::sentence as sentence_of;
use super::form::Typed;
use super::page;
use super::presses::{self, Ended, Entry, Key};
use super::printer::{self, NotPrinted};
use super::routes::{Posted, read_form, refused, respond, run_blocking, shown};
use super::sheet;
use super::site::Site;
use crate::options::Paper;
use crate::{Engine, Printer};
use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The value of `as` with which the page's script asks for a sentence alone.
const SENTENCE: &str = "sentence";
/// A job that has not begun so long after its request is not begun any more: its answer would come too late, and a sheet
/// that was told as not printed would be printed.
const BEGIN: Duration = Duration::from_secs(12);

pub async fn print(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    Extension(Started(started)): Extension<Started>,
    form: Posted,
) -> Response {
    let typed = match read_form(&Context::new(&site, &language), form) {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    let sent = typed.clone();
    let job = match run_blocking(&site, &language, move |context| job(context, typed)).await {
        Ok(Ok(job)) => job,
        Ok(Err(response)) | Err(response) => return response,
    };
    let printer = job.printer.name.clone();
    let handed = hand_over(&site, started, job).await;
    respond(site, language, move |context| {
        let (status, said) = told_of(context, &printer, handed, "printer.sent");
        told(context, &sent, status, &said)
    })
    .await
}

/// What is to be printed, and where.
pub struct Job {
    pub printer: Printer,
    /// Of all pages; `None` when they differ.
    pub paper: Option<Paper>,
    pub pdf: Vec<u8>,
    /// Of the press; none where the page gives it no number.
    pub press: Option<Key>,
}

fn job(context: &Context<'_>, mut typed: Typed) -> Result<Job, Response> {
    let Some(printer) = named(&context.site.engine, typed.one("printer")).cloned() else {
        return Err(told(context, &typed, StatusCode::NOT_FOUND, &context.word("printer.unknown", &[])));
    };
    let press = presses::key(asked(&typed));
    // A queue's own edition never takes a patient's large print away.
    if let Some(edition) = printer.edition {
        beside::set_edition(context, &mut typed, edition);
    }
    match sheet::pdf(context, &typed) {
        Ok(sheet) => Ok(Job { printer, paper: Some(sheet.paper), pdf: sheet.bytes, press }),
        Err(faults) => Err(refused(context, &typed, faults)),
    }
}

/// What a press asks for. Its page gives the session the time of the moment, so that a second press a minute later would be
/// another one; who types another time presses by another number.
fn asked(typed: &Typed) -> impl Iterator<Item = (&str, &[u8])> {
    let pairs = typed.pairs().filter(|(name, _)| !matches!(*name, "session_at" | "session_now"));
    pairs.map(|(name, value)| (name, value.as_bytes()))
}

/// The queue with this name.
pub fn named<'e>(engine: &'e Engine, name: &str) -> Option<&'e Printer> {
    engine.library().clinic.printers.iter().find(|printer| printer.name == name)
}

/// How a job ended.
#[derive(Clone, Debug)]
pub enum Handed {
    Over(Ended),
    /// Not begun: too many wait for the print system.
    Busy,
}

/// Prints, once for each press. While the print system is waited for, no processor is held; when the asker goes before it
/// has begun, it is not begun; when they go later, it is ended all the same, and a second press is told how.
pub async fn hand_over(site: &Arc<Site>, started: Instant, job: Job) -> Handed {
    let first = loop {
        let Some(press) = job.press else { break None };
        match site.presses.enter(press) {
            Entry::First(first) => break Some(first),
            Entry::Again(mut ended) => {
                if let Ok(end) = ended.wait_for(Option::is_some).await
                    && let Some(end) = end.clone()
                {
                    return Handed::Over(end);
                }
            }
        }
    };
    let left = BEGIN.saturating_sub(started.elapsed());
    let Ok(Ok(place)) = tokio::time::timeout(left, site.printing.clone().acquire_owned()).await else {
        return Handed::Busy;
    };
    if started.elapsed() > BEGIN {
        return Handed::Busy;
    }
    let printing = tokio::task::spawn_blocking(move || {
        let _place = place;
        let ended = printer::print(&job.printer, job.paper, job.pdf);
        if let Some(first) = first {
            first.end(ended.clone());
        }
        ended
    });
    Handed::Over(printing.await.unwrap_or(Err(NotPrinted::Refused(String::new()))))
}

/// Says how it went: the word `sent` when the queue has it.
pub fn told_of(context: &Context<'_>, printer: &str, handed: Handed, sent: &str) -> (StatusCode, String) {
    let name = ("name", printer);
    match handed {
        Handed::Busy => (StatusCode::SERVICE_UNAVAILABLE, context.word("errors.busy.text", &[])),
        Handed::Over(Ok(())) => (StatusCode::OK, context.word(sent, &[name])),
        Handed::Over(Err(NotPrinted::Missing)) => {
            (StatusCode::BAD_GATEWAY, context.word("printer.missing", &[]))
        }
        Handed::Over(Err(NotPrinted::Slow)) => {
            (StatusCode::GATEWAY_TIMEOUT, context.word("printer.slow", &[name]))
        }
        Handed::Over(Err(NotPrinted::Refused(reason))) => {
            let reason = sentence_of(&reason);
            (StatusCode::BAD_GATEWAY, context.word("printer.refused", &[name, ("reason", &reason)]))
        }
    }
}

/// What has happened: alone, or on the page. A sheet that was taken leaves an empty form, as every print does.
fn told(context: &Context<'_>, typed: &Typed, status: StatusCode, said: &str) -> Response {
    if typed.has("as", SENTENCE) {
        return sentence(status, said);
    }
    let typed = if status == StatusCode::OK { typed.for_the_next() } else { typed.clone() };
    shown(context, status, &page::fresh(context, typed), said)
}

pub fn sentence(status: StatusCode, said: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], said.to_owned()).into_response()
}
