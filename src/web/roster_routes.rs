//! The addresses of the roster page. Its forms are multipart: a file comes as it is.

use super::answer::{self, Problem};
use super::faults::said;
use super::making::Kind;
use super::print_route::Job;
use super::roster::{Checked, MOST_ROWS, Table, Unread};
use super::routes::{PDF_POLICY, Started, with_policy, worked, working};
use super::site::Site;
use super::visit::{PageLanguage, Visit};
use super::{page, print_route};
use axum::Extension;
use axum::extract::multipart::MultipartRejection;
use axum::extract::rejection::PathRejection;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
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

impl Sent {
    /// A field that is no cell; empty when there is none.
    fn field(&self, name: &str) -> &str {
        self.edits.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }
}

pub async fn open(State(site): State<Arc<Site>>, language: PageLanguage) -> Response {
    shown(&Visit::new(&site, &language), StatusCode::OK, json!({}))
}

/// A file, or the table with cells mended: every row checked.
pub async fn check(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let sent = match sent(&Visit::new(&site, &language), form).await {
        Ok(sent) => sent,
        Err(problem) => return problem,
    };
    let switched = PageLanguage::chosen(&site, sent.field("page_language"));
    let cookie = switched.as_ref().and_then(|language| HeaderValue::from_str(&language.cookie()).ok());
    let mut response = working(site, switched.unwrap_or(language), move |site| match table(site, &sent) {
        Ok(table) => checked(site, StatusCode::OK, &table.check(site)),
        Err(unread) => unreadable(site, unread),
    })
    .await;
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// One PDF of all sound rows.
pub async fn pdf(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    made(site, language, form, Kind::Merged, |bytes| {
        with_policy(answer::file(bytes, "application/pdf", "aftercare.pdf", false), PDF_POLICY)
    })
    .await
}

/// An archive of all sound rows' sheets.
pub async fn zip(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    made(site, language, form, Kind::Single, |bytes| {
        answer::file(bytes, "application/zip", "aftercare.zip", true)
    })
    .await
}

/// The merged PDF through a queue of the machine.
pub async fn print(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    Extension(Started(started)): Extension<Started>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let (sent, pdf) = match bound(&site, &language, form, Kind::Merged).await {
        Ok(bound) => bound,
        Err(response) => return response,
    };
    let press = sent.field("press").to_owned();
    let printer = print_route::named(&site.engine, sent.field("printer")).cloned();
    let handed = match printer {
        None => None,
        Some(printer) => {
            let name = printer.name.clone();
            let job = Job { printer, paper: None, pdf, press };
            Some((name, print_route::hand_over(&site, started, job).await))
        }
    };
    working(site, language, move |site| {
        let (status, said) = match handed {
            None => (StatusCode::NOT_FOUND, site.word("printer.unknown", &[])),
            Some((name, handed)) => print_route::told_of(site, &name, handed, "printer.sent_many"),
        };
        told(site, &sent, status, &said)
    })
    .await
}

/// How far the making of a roster is: rows made, and rows in all.
pub async fn progress(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    job: Result<Path<String>, PathRejection>,
) -> Response {
    // An address that is no UTF-8 is none of ours.
    let Ok(Path(job)) = job else { return Problem::NotFound.page(&Visit::new(&site, &language)) };
    match site.progress.of(&job) {
        Some((made, of)) => {
            let told = json!({ "made": made, "of": of }).to_string();
            ([(header::CONTENT_TYPE, "application/json")], told).into_response()
        }
        // No fault: it has not begun, or it has ended.
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

async fn made(
    site: Arc<Site>,
    language: PageLanguage,
    form: Result<Multipart, MultipartRejection>,
    kind: Kind,
    answer: impl FnOnce(Vec<u8>) -> Response,
) -> Response {
    match bound(&site, &language, form, kind).await {
        Ok((_, bytes)) => answer(bytes),
        Err(response) => response,
    }
}

/// What was sent, and what was made of it; or the page that says what is wrong.
async fn bound(
    site: &Arc<Site>,
    language: &PageLanguage,
    form: Result<Multipart, MultipartRejection>,
    kind: Kind,
) -> Result<(Sent, Vec<u8>), Response> {
    let sent = sent(&Visit::new(site, language), form).await?;
    let making = move |site: &Visit<'_>| -> Result<(Sent, Vec<u8>), Response> {
        let table = table(site, &sent).map_err(|unread| unreadable(site, unread))?;
        let job = site.progress.begin(sent.field("job"));
        let printer = print_route::named(&site.engine, sent.field("printer"));
        let edition = printer.and_then(|printer| printer.edition);
        match table.make(site, kind, edition, &|made, of| job.tell(made, of)) {
            Ok(bytes) => {
                drop(job);
                Ok((sent, bytes))
            }
            Err(_) => Err(checked(site, StatusCode::UNPROCESSABLE_ENTITY, &table.check(site))),
        }
    };
    worked(site, language, making).await?
}

/// What the printer did: alone for the page's script, else on the page, without the table when it was taken.
fn told(site: &Visit<'_>, sent: &Sent, status: StatusCode, said: &str) -> Response {
    match (sent.field("as"), status) {
        ("sentence", _) => print_route::sentence(status, said),
        (_, StatusCode::OK) => shown(site, status, json!({ "said": said })),
        _ => match table(site, sent) {
            Ok(table) => checked_and(site, status, &table.check(site), said),
            Err(unread) => unreadable(site, unread),
        },
    }
}

fn table(site: &Visit<'_>, sent: &Sent) -> Result<Table, Unread> {
    let mut table = Table::read(site, &sent.name, &sent.roster)?;
    table.mend(sent.edits.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    Ok(table)
}

async fn sent(site: &Visit<'_>, form: Result<Multipart, MultipartRejection>) -> Result<Sent, Response> {
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

fn checked(site: &Visit<'_>, status: StatusCode, checked: &Checked) -> Response {
    checked_and(site, status, checked, "")
}

/// `said`: what has just happened.
fn checked_and(site: &Visit<'_>, status: StatusCode, checked: &Checked, said: &str) -> Response {
    let count = |number: usize| number.to_string();
    let words = match checked.faulty.len() {
        0 if checked.rows == 0 => site.word("roster.no_rows", &[]),
        1 if checked.rows == 1 => site.word("roster.to_mend_one", &[]),
        0 if checked.rows == 1 => site.word("roster.all_good_one", &[]),
        0 => site.word("roster.all_good", &[("rows", &count(checked.rows))]),
        faulty => site.word("roster.to_mend", &[("rows", &count(checked.rows)), ("faulty", &count(faulty))]),
    };
    let print = match checked.good {
        1 => site.word("roster.print_one", &[]),
        good => site.word("roster.print", &[("good", &count(good))]),
    };
    shown(site, status, json!({ "table": checked, "result": words, "print": print, "said": said }))
}

fn unreadable(site: &Visit<'_>, unread: Unread) -> Response {
    let faults = match unread {
        Unread::Faults(faults) => faults.iter().map(|fault| said(site, "", fault)).collect(),
        Unread::TooManyRows => vec![site.word("roster.too_many", &[("most", &MOST_ROWS.to_string())])],
    };
    shown(site, StatusCode::UNPROCESSABLE_ENTITY, json!({ "faults": faults }))
}

fn shown(site: &Visit<'_>, status: StatusCode, parts: Value) -> Response {
    let mut view = page::frame(site);
    let mut all = json!({
        "table": null,
        "faults": [],
        "result": "",
        "print": "",
        "said": "",
        "printers": page::printers(site),
    });
    page::merge(&mut all, parts);
    page::merge(&mut view, all);
    answer::html(site, status, "roster.html", &view)
}
