//! The form's sheet through a queue of the machine: with scripts a sentence comes back, without them the page.

use super::faults::sentence as sentence_of;
use super::form::Typed;
use super::page;
use super::printer::{self, NotPrinted};
use super::routes::{Posted, refused, shown, typed, working};
use super::sheet;
use super::site::Site;
use super::visit::{PageLanguage, Visit};
use crate::options::{Edition, Paper};
use crate::{Engine, Printer};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The value of `as` with which the page's script asks for a sentence alone.
const SENTENCE: &str = "sentence";

pub async fn print(State(site): State<Arc<Site>>, language: PageLanguage, form: Posted) -> Response {
    let mut typed = match typed(&Visit::new(&site, &language), form) {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    working(site, language, move |site| {
        let Some(printer) = named(&site.engine, typed.one("printer")) else {
            return told(site, &typed, StatusCode::NOT_FOUND, &site.word("printer.unknown", &[]));
        };
        if let Some(edition) = printer.edition.filter(|_| !typed.has("edition", Edition::LargePrint.name())) {
            typed.set("edition", [edition.to_string()]);
        }
        let sheet = match sheet::pdf(site, &typed) {
            Ok(sheet) => sheet,
            Err(faults) => return refused(site, &typed, faults),
        };
        let (status, said) = handed_over(site, printer, (Some(sheet.paper), sheet.bytes), "printer.sent");
        told(site, &typed, status, &said)
    })
    .await
}

/// The queue with this name.
pub fn named<'e>(engine: &'e Engine, name: &str) -> Option<&'e Printer> {
    engine.library().clinic.printers.iter().find(|printer| printer.name == name)
}

/// Prints, and says how it went: the word `sent` when the queue has it.
pub fn handed_over(
    site: &Visit<'_>,
    printer: &Printer,
    (paper, pdf): (Option<Paper>, Vec<u8>),
    sent: &str,
) -> (StatusCode, String) {
    let name = ("name", printer.name.as_str());
    match printer::print(printer, paper, pdf) {
        Ok(()) => (StatusCode::OK, site.word(sent, &[name])),
        Err(NotPrinted::Missing) => (StatusCode::BAD_GATEWAY, site.word("printer.missing", &[])),
        Err(NotPrinted::Slow) => (StatusCode::GATEWAY_TIMEOUT, site.word("printer.slow", &[name])),
        Err(NotPrinted::Refused(reason)) => {
            let reason = sentence_of(&reason);
            (StatusCode::BAD_GATEWAY, site.word("printer.refused", &[name, ("reason", &reason)]))
        }
    }
}

/// What has happened: alone, or on the page. A sheet that was taken leaves an empty form, as every print does.
fn told(site: &Visit<'_>, typed: &Typed, status: StatusCode, said: &str) -> Response {
    if typed.has("as", SENTENCE) {
        return sentence(status, said);
    }
    let typed = if status == StatusCode::OK { typed.for_the_next() } else { typed.clone() };
    shown(site, status, &page::fresh(site, typed), said)
}

pub fn sentence(status: StatusCode, said: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], said.to_owned()).into_response()
}
