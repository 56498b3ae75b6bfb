//! The addresses of the roster page. Its forms are multipart: a file comes as it is.

use super::answer::{self, Problem};
use super::connection::Started;
use super::context::{Context, PageLanguage};
use super::making::Kind;
use super::print_route::Job;
use super::roster::{Done, Made, Mapping, Table, Unread};
use super::roster_page::{checked, shown, unreadable};
use super::routes::{PDF_POLICY, respond, run_blocking, with_policy};
use super::site::Site;
use super::uploads::Sent;
use super::{presses, print_route, roster};
use axum::Extension;
use axum::extract::multipart::MultipartRejection;
use axum::extract::rejection::PathRejection;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

/// The numbers of the rows that a file holds, for the page's script.
const ROWS: HeaderName = HeaderName::from_static("aftercare-rows");

pub async fn index(State(site): State<Arc<Site>>, language: PageLanguage) -> Response {
    shown(&Context::new(&site, &language), StatusCode::OK, json!({}))
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A roster to begin with.
pub async fn sample_file(State(site): State<Arc<Site>>, language: PageLanguage) -> Response {
    let context = Context::new(&site, &language);
    answer::file(roster::sample(&context), "text/csv; charset=utf-8", "aftercare-roster.csv", true)
}

/// The same as a workbook, with what may stand in its columns.
pub async fn sample_workbook(State(site): State<Arc<Site>>, language: PageLanguage) -> Response {
    let context = Context::new(&site, &language);
    match roster::workbook(&context) {
        Ok(bytes) => answer::file(bytes, XLSX, "aftercare-roster.xlsx", true),
        Err(_) => Problem::Internal.page(&context),
    }
}

/// The areas, as a list may name them.
pub async fn areas(State(site): State<Arc<Site>>, language: PageLanguage) -> Response {
    let context = Context::new(&site, &language);
    answer::file(roster::areas(&context), "text/csv; charset=utf-8", "aftercare-areas.csv", true)
}

/// Which column is what, as a file for `batch --columns`. What was sent besides is not looked at.
pub async fn columns(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let context = Context::new(&site, &language);
    let sent = match Sent::read(&context, form).await {
        Ok(sent) => sent,
        Err(problem) => return problem,
    };
    match Mapping::sent(sent.edits.iter().map(|(name, text)| (name.as_str(), text.as_str()))) {
        Some(mapping) => answer::file(mapping.yaml().into_bytes(), "application/yaml", "columns.yaml", true),
        None => Problem::NotAForm.page(&context),
    }
}

/// A file, or the table with cells mended: every row checked.
pub async fn check(
    State(site): State<Arc<Site>>,
    language: PageLanguage,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let sent = match Sent::read(&Context::new(&site, &language), form).await {
        Ok(sent) => sent,
        Err(problem) => return problem,
    };
    let switched = PageLanguage::chosen(&site, sent.field("page_language"));
    let cookie = switched.as_ref().and_then(|language| HeaderValue::from_str(&language.cookie()).ok());
    let mut response =
        respond(site, switched.unwrap_or(language), move |context| match table(context, &sent) {
            Ok(table) => checked(context, StatusCode::OK, &table.check(context), &table.remarks.join(" ")),
            Err(unread) => unreadable(context, unread),
        })
        .await;
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// One PDF of all sound rows that are wanted.
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

/// An archive of their sheets.
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
    let (sent, made) = match sent_and_made(&site, &language, form, Kind::Merged).await {
        Ok(bound) => bound,
        Err(response) => return response,
    };
    let Made { bytes, rows } = made;
    let press = presses::key(sent.fields());
    let printer = print_route::named(&site.engine, sent.field("printer")).cloned();
    let handed = match printer {
        None => None,
        Some(printer) => {
            let name = printer.name.clone();
            let job = Job { printer, paper: None, pdf: bytes, press };
            Some((name, print_route::hand_over(&site, started, job).await))
        }
    };
    respond(site, language, move |context| {
        let (status, said) = match handed {
            None => (StatusCode::NOT_FOUND, context.word("printer.unknown", &[])),
            Some((name, handed)) => print_route::told_of(context, &name, handed, "printer.sent_many"),
        };
        with_rows(told(context, &sent, status, &said, &rows), &rows)
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
    let Ok(Path(job)) = job else { return Problem::NotFound.page(&Context::new(&site, &language)) };
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
    match sent_and_made(&site, &language, form, kind).await {
        Ok((_, made)) => with_rows(answer(made.bytes), &made.rows),
        Err(response) => response,
    }
}

fn with_rows(mut response: Response, rows: &[u64]) -> Response {
    let rows = rows.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
    if let Ok(rows) = HeaderValue::from_str(&rows) {
        response.headers_mut().insert(ROWS, rows);
    }
    response
}

/// What was sent, and what was made of it; or the page that says what is wrong.
async fn sent_and_made(
    site: &Arc<Site>,
    language: &PageLanguage,
    form: Result<Multipart, MultipartRejection>,
    kind: Kind,
) -> Result<(Sent, Made), Response> {
    let sent = Sent::read(&Context::new(site, language), form).await?;
    let making = move |context: &Context<'_>| -> Result<(Sent, Made), Response> {
        let table = table(context, &sent).map_err(|unread| unreadable(context, unread))?;
        let job = context.site.progress.begin(sent.field("job"));
        let printer = print_route::named(&context.site.engine, sent.field("printer"));
        let edition = printer.and_then(|printer| printer.edition);
        match table.make(context, kind, edition, &|made, of| job.tell(made, of)) {
            Ok(made) => {
                drop(job);
                Ok((sent, made))
            }
            Err(_) => {
                let found = table.check(context);
                let said = match found.sound > 0 && found.wanted == 0 {
                    true => context.word("roster.none_ticked", &[]),
                    false => found.left_said(context),
                };
                Err(checked(context, StatusCode::UNPROCESSABLE_ENTITY, &found, &said))
            }
        }
    };
    run_blocking(site, language, making).await?
}

/// What the printer did: alone for the page's script, else on the page. The table stays, with what was printed marked.
fn told(context: &Context<'_>, sent: &Sent, status: StatusCode, said: &str, rows: &[u64]) -> Response {
    if sent.field("as") == "sentence" {
        return print_route::sentence(status, said);
    }
    match table(context, sent) {
        Ok(mut table) => {
            if status == StatusCode::OK {
                table.ended(rows, Done::Printed);
            }
            let found = table.check(context);
            let left = if status == StatusCode::OK { found.left_said(context) } else { String::new() };
            let said = [said, &left].join(" ");
            checked(context, status, &found, said.trim())
        }
        Err(unread) => unreadable(context, unread),
    }
}

fn table(context: &Context<'_>, sent: &Sent) -> Result<Table, Unread> {
    let mut table = Table::read(context, sent)?;
    table.mend(sent.edits.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    Ok(table)
}
