//! The addresses of the roster page. Its forms are multipart: a file comes as it is.

use super::answer::{self, Problem};
use super::page;
use super::roster::{Checked, MOST_ROWS, Table, Unread};
use super::routes::{PDF_POLICY, with_policy, working};
use super::site::Site;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;

/// Bytes of a roster's form, at most.
pub const ROSTER: usize = 8 << 20;

/// The fields of a roster's form.
#[derive(Default)]
struct Sent {
    /// A file's name; empty for a table that comes back from the page.
    name: String,
    roster: Vec<u8>,
    edits: Vec<(String, String)>,
}

pub async fn open(State(site): State<Arc<Site>>) -> Response {
    shown(&site, StatusCode::OK, json!({}))
}

/// A file, or the table with cells mended: every row checked.
pub async fn check(State(site): State<Arc<Site>>, form: Result<Multipart, MultipartRejection>) -> Response {
    let sent = match sent(&site, form).await {
        Ok(sent) => sent,
        Err(problem) => return problem,
    };
    working(site, move |site| match table(&sent) {
        Ok(table) => checked(site, StatusCode::OK, &table.check(site)),
        Err(unread) => unreadable(site, unread),
    })
    .await
}

/// One PDF of all sound rows.
pub async fn pdf(State(site): State<Arc<Site>>, form: Result<Multipart, MultipartRejection>) -> Response {
    let sent = match sent(&site, form).await {
        Ok(sent) => sent,
        Err(problem) => return problem,
    };
    working(site, move |site| {
        let table = match table(&sent) {
            Ok(table) => table,
            Err(unread) => return unreadable(site, unread),
        };
        match table.pdf(site) {
            Ok(bytes) => {
                with_policy(answer::file(bytes, "application/pdf", "aftercare.pdf", false), PDF_POLICY)
            }
            Err(_) => checked(site, StatusCode::UNPROCESSABLE_ENTITY, &table.check(site)),
        }
    })
    .await
}

fn table(sent: &Sent) -> Result<Table, Unread> {
    let mut table = Table::read(&sent.name, &sent.roster)?;
    table.mend(sent.edits.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    Ok(table)
}

async fn sent(site: &Site, form: Result<Multipart, MultipartRejection>) -> Result<Sent, Response> {
    let mut form = form.map_err(|_| Problem::NotAForm.page(site))?;
    let mut sent = Sent::default();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(sent),
            Err(error) => return Err(problem(error.status()).page(site)),
        };
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|error| problem(error.status()).page(site))?;
        match name.as_str() {
            "roster" => {
                sent.name = file.unwrap_or_default();
                sent.roster = bytes.to_vec();
            }
            _ => sent.edits.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
}

fn problem(status: StatusCode) -> Problem {
    if status == StatusCode::PAYLOAD_TOO_LARGE { Problem::TooBig } else { Problem::NotAForm }
}

fn checked(site: &Site, status: StatusCode, checked: &Checked) -> Response {
    let count = |number: usize| number.to_string();
    let words = match checked.faulty.len() {
        0 => site.word("roster.all_good", &[("rows", &count(checked.rows))]),
        faulty => site.word("roster.to_mend", &[("rows", &count(checked.rows)), ("faulty", &count(faulty))]),
    };
    let print = match checked.good {
        1 => site.word("roster.print_one", &[]),
        good => site.word("roster.print", &[("good", &count(good))]),
    };
    shown(site, status, json!({ "table": checked, "result": words, "print": print }))
}

fn unreadable(site: &Site, unread: Unread) -> Response {
    let faults = match unread {
        Unread::Faults(faults) => faults,
        Unread::TooManyRows => vec![site.word("roster.too_many", &[("most", &MOST_ROWS.to_string())])],
    };
    shown(site, StatusCode::UNPROCESSABLE_ENTITY, json!({ "faults": faults }))
}

fn shown(site: &Site, status: StatusCode, parts: Value) -> Response {
    let Some(mut view) = page::frame(site) else { return Problem::Internal.page(site) };
    let mut all = json!({ "table": null, "faults": [], "result": "", "print": "" });
    page::merge(&mut all, parts);
    page::merge(&mut view, all);
    answer::html(site, status, "roster.html", &view)
}
