//! Every answer's headers, and what goes wrong as a page that says so.

use super::context::Context;
use super::{controls, page};
use crate::diagnostic::Faults;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// What the page may load: its own files, nothing inline, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; \
                      connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// Headers of every answer that does not bring its own.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // With `no-referrer` a browser sends `Origin: null` from our own form.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// Adds the headers that an answer lacks.
pub fn sealed(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// A page from a template.
pub fn html(context: &Context<'_>, status: StatusCode, template: &str, view: &serde_json::Value) -> Response {
    pictured(context, status, template, view, &[])
}

/// A page from a template, with the pictures of a sheet in their places.
pub fn pictured(
    context: &Context<'_>,
    status: StatusCode,
    template: &str,
    view: &serde_json::Value,
    pictures: &[String],
) -> Response {
    match context.site.templates.fill(template, view) {
        Ok(text) => {
            let text = if pictures.is_empty() { text } else { page::with_pictures(&text, pictures) };
            let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
            (status, kind, text).into_response()
        }
        Err(faults) => broken(&faults),
    }
}

/// A fault of our own, told to whoever runs the program; it names a template's line, never what a patient's form
/// holds.
fn broken(faults: &Faults) -> Response {
    let codes: Vec<&str> = faults.0.iter().map(|fault| fault.code).collect();
    eprintln!("a page could not be made: {}", codes.join(", "));
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Why there is no page. Each has a heading and a text in `web.yaml`, under `errors`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    NotFound,
    NotAForm,
    TooBig,
    Busy,
    Slow,
    Host,
    Origin,
    Internal,
}

impl Problem {
    fn status(self) -> StatusCode {
        match self {
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::NotAForm => StatusCode::BAD_REQUEST,
            Problem::TooBig => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Slow => StatusCode::REQUEST_TIMEOUT,
            Problem::Host => StatusCode::MISDIRECTED_REQUEST,
            Problem::Origin => StatusCode::FORBIDDEN,
            Problem::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Problem::NotFound => "not_found",
            Problem::NotAForm => "not_a_form",
            Problem::TooBig => "too_big",
            Problem::Busy => "busy",
            Problem::Slow => "slow",
            Problem::Host => "host",
            Problem::Origin => "origin",
            Problem::Internal => "internal",
        }
    }

    pub fn page(self, context: &Context<'_>) -> Response {
        let mut view = page::frame(context);
        let text = |part: &str| context.word(&format!("errors.{}.{part}", self.key()), &[]);
        controls::merge(&mut view, json!({ "heading": text("heading"), "text": text("text") }));
        html(context, self.status(), "message.html", &view)
    }
}

/// A file for the browser to show, or to keep under a name that says nothing of a patient.
pub fn file(bytes: Vec<u8>, media_type: &'static str, name: &str, download: bool) -> Response {
    let disposition = if download { "attachment" } else { "inline" };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Ok(value) = HeaderValue::from_str(&format!("{disposition}; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
