//! The words of the built-in clinic as a physiotherapist and an editor for patients read them: nothing that one line
//! allows and another forbids, one name for one thing, every fact of the brief somewhere.

mod call;
mod contradictions;
mod facts;
mod names;
#[path = "../support/phone.rs"]
mod phone;
mod stretches;
#[path = "../support/values.rs"]
mod values;

use aftercare::diagnostic::Place;
use aftercare::html::visible_text;
use aftercare::locale::Language;
use aftercare::options::{Fold, Marks, Paper, Purpose};
use aftercare::{BrochureRequest, Engine, RawRequest, Request, SiteFiles};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::OnceLock;

/// Key and value of a request.
pub type Choices<'a> = &'a [(&'a str, &'a str)];

pub fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::built_in().expect("the built-in folder loads").value)
}

fn now() -> DateTime<Utc> {
    "2026-11-24T20:30:00Z".parse().expect("a time")
}

pub fn today() -> NaiveDate {
    "2026-11-24".parse().expect("a day")
}

/// What the request means, or why it is refused.
pub fn asked(choices: Choices<'_>) -> Result<Request, String> {
    let mut raw = RawRequest::new(Place::file("test"));
    for (path, value) in choices {
        raw.set(engine().keys().at_path(path).expect("a key"), value, Place::file("test"));
    }
    engine().request(&raw, now()).map(|made| made.value).map_err(|faults| faults.to_string())
}

/// All that a sheet says, as words with single spaces; a web copy leaves nothing out.
pub fn sheet(choices: Choices<'_>) -> String {
    sheet_of(engine(), choices)
}

pub fn sheet_of(engine: &Engine, choices: Choices<'_>) -> String {
    let request = asked(choices).expect("a good request");
    plain(&visible_text(&engine.render_html(&request).expect("a page").value))
}

/// The general text: pages of the site by name, and both brochures.
pub fn public_texts() -> &'static [(String, String)] {
    static TEXTS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    TEXTS.get_or_init(|| public_texts_of(engine()))
}

pub fn public_texts_of(engine: &Engine) -> Vec<(String, String)> {
    let site: SiteFiles = engine.site(None, today()).expect("pages").value;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let pages = site.iter().filter(|(name, _)| name.ends_with(".html"));
    let mut texts: Vec<(String, String)> =
        pages.map(|(name, bytes)| (name.clone(), plain(&visible_text(&text(bytes))))).collect();
    let drawn = site.iter().filter(|(name, _)| name.starts_with("en-") && name.ends_with(".svg"));
    texts.extend(drawn.map(|(name, bytes)| (name.clone(), plain(&text(bytes)))));
    for fold in Fold::ALL {
        let language = Language::new("en");
        let asked = BrochureRequest {
            treatment: "dry-needling".into(),
            fold: *fold,
            paper: Paper::Letter,
            purpose: Purpose::Office,
            language,
            proof: false,
            marks: Marks::Crop,
        };
        texts.push((
            format!("{fold}-fold"),
            plain(&engine.brochure_text(&asked, today()).expect("a brochure")),
        ));
    }
    texts
}

/// The whole of the general text.
pub fn public() -> &'static str {
    let found = public_texts().iter().find(|(name, _)| name == "en.html").or(public_texts().first());
    found.map(|(_, text)| text.as_str()).expect("the whole page")
}

pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\n'], " ").split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'")
}
