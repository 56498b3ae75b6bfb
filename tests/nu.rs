//! Every page is valid by the Nu checker, the HTML standard's own. Needs Java and `npm install --prefix tests/browser`,
//! then `cargo test --test nu -- --ignored`.

use aftercare::web::app;
use aftercare::{AccessGuard, BaseUrl, BuiltIn, Engine, Memory, Site, request_from_yaml};
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use chrono::{DateTime, TimeZone, Utc};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use tower::ServiceExt;

/// What is meant as it is.
const MEANT: [&str; 3] = [
    // Keeps a list a list for VoiceOver where the style takes its bullets.
    "The “list” role is unnecessary",
    // The checker reads files: `'self'` has no origin there, and data for search engines is no script.
    "violates Content Security Policy (meta tag)",
    // Where the clinic has no French, the second language of this test is English under its name.
    "This document appears to be written in English but",
];

/// Newer than the checker's reading of style sheets: CSS Containment, level 3.
const NEWER: [&str; 3] = ["container-type", "@container", "cqi"];

/// The faults of the pages and pictures of a folder, by the checker; the first twenty.
fn faults(folder: &Path) -> Vec<String> {
    let jar = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/node_modules/vnu-jar/build/dist/vnu.jar");
    let mut checker = Command::new("java");
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    let read = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "html" || ending == "svg");
    checker.args(["-jar", jar, "--format", "json", "--also-check-svg"]).args(files.filter(read));
    let output = checker.output().expect("Java runs");
    let told = String::from_utf8_lossy(&output.stderr);
    let report: Value = serde_json::from_str(&told).unwrap_or_else(|error| panic!("{error}: {told}"));
    let messages = report["messages"].as_array().expect("a list of messages");
    messages.iter().filter(|message| is_fault(message)).map(line).take(20).collect()
}

fn is_fault(message: &Value) -> bool {
    let (text, source) = (message["message"].as_str().unwrap_or_default(), &message["extract"]);
    let source = source.as_str().unwrap_or_default();
    let newer =
        text.starts_with("CSS: ") && NEWER.iter().any(|word| text.contains(word) || source.contains(word));
    !newer && !MEANT.iter().any(|meant| text.contains(meant))
}

fn line(message: &Value) -> String {
    let file = message["url"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    format!("{file}:{}: {}", message["lastLine"], message["message"].as_str().unwrap_or_default())
}

fn written(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a writable folder");
    }
    folder
}

/// The built-in folder with its words a second time, under the name of French, where it has no French.
fn in_two_languages() -> Memory {
    let mut folder = Memory::copy(&BuiltIn).expect("the built-in folder");
    let clinic = String::from_utf8(folder.0["content/clinic.yaml"].to_vec()).expect("UTF-8");
    let clinic = clinic.replace("languages: [en]", "languages: [en, fr]");
    folder.0.insert("content/clinic.yaml".into(), clinic.into_bytes().into());
    if !folder.0.keys().any(|path| path.starts_with("content/treatments/dry-needling/fr/")) {
        let english = folder
            .0
            .iter()
            .filter(|(path, _)| path.contains("/en/"))
            .map(|(path, data)| (path.replace("/en/", "/fr/"), data.clone()));
        let french: Vec<_> = english.collect();
        folder.0.extend(french);
    }
    folder
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap()
}

#[test]
#[ignore = "needs Java and `npm install --prefix tests/browser`"]
fn every_page_of_the_site_is_valid() {
    let engine = Engine::load(&in_two_languages()).unwrap_or_else(|faults| panic!("{faults}")).value;
    let base = BaseUrl::new("https://www.example.org/aftercare/").expect("an address");
    for base in [Some(&base), None] {
        let site = engine.site(base, now().date_naive()).unwrap_or_else(|faults| panic!("{faults}")).value;
        let folder = written(site);
        assert_eq!(faults(folder.path()), [""; 0]);
    }
}

#[test]
#[ignore = "needs Java and `npm install --prefix tests/browser`"]
fn every_handout_is_valid() {
    let engine = Engine::built_in().expect("the built-in folder is sound").value;
    let mut pages = Vec::new();
    for edition in ["standard", "large-print", "ink-saver"] {
        for (name, request) in [
            ("plain", "session: {regions: [calf], at: 2026-11-24T15:30}"),
            (
                "full",
                "patient: Zoë <b>\nsession: {regions: [neck, chest], at: 2026-11-24T15:30, therapist: Valerie, \
                 intensity: intense}\nactivity: running\nprecautions: [blood-thinners, fluid-limit, pregnancy, faints, \
                 immune]\nplan: {next_visit: 2026-12-01T10:00, note: 'Two & three'}",
            ),
        ] {
            let typed = request_from_yaml(
                "r.yaml",
                &format!("{request}\nprint: {{edition: {edition}}}\n"),
                engine.keys(),
            );
            let made = engine.request(&typed, now()).and_then(|request| engine.render_html(&request.value));
            let html = made.unwrap_or_else(|faults| panic!("{faults}")).value;
            pages.push((format!("{name}-{edition}.html"), html.into_bytes()));
        }
    }
    assert_eq!(faults(written(pages).path()), [""; 0]);
}

#[tokio::test]
#[ignore = "needs Java and `npm install --prefix tests/browser`"]
async fn the_clinicians_page_is_valid() {
    let engine = Engine::load(&in_two_languages()).unwrap_or_else(|faults| panic!("{faults}")).value;
    let access =
        AccessGuard::new(([127, 0, 0, 1], 8017).into(), None).expect("an address that may be served");
    let page = app(Arc::new(Site::new(engine, access, Box::new(now)).expect("sound templates")));
    let form = "regions=neck&patient=Ann&rest_hours=500&preset=runners-calf&choose=own";
    let mut pages = Vec::new();
    for (name, path, body) in [
        ("fresh", "/", None),
        ("roster", "/roster", None),
        ("setup", "/setup", None),
        ("key", "/key", None),
        ("nowhere", "/nowhere", None),
        ("chosen", "/", Some("regions=neck&edition=large-print")),
        ("faulty", "/", Some(form)),
    ] {
        let request = match body {
            None => Request::get(path).body(Body::empty()),
            Some(form) => Request::post(path)
                .header(header::ORIGIN, "http://127.0.0.1:8017")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(form)),
        };
        let mut request = request.expect("a request");
        request.headers_mut().insert(header::HOST, "127.0.0.1:8017".parse().expect("a host"));
        let answer = page.clone().oneshot(request).await.expect("an answer");
        let html = to_bytes(answer.into_body(), 64 << 20).await.expect("a whole body");
        pages.push((format!("{name}.html"), html.to_vec()));
    }
    assert_eq!(faults(written(pages).path()), [""; 0]);
}

#[test]
#[ignore = "needs Java and `npm install --prefix tests/browser`"]
fn a_broken_page_is_found() {
    let broken = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>x</title></head><body><p><div id=\"a\"></div></p>\n\
                  <span id=\"a\"></span></body></html>";
    let found = faults(written([("broken.html".to_owned(), broken.as_bytes().to_vec())]).path());
    assert!(found.iter().any(|fault| fault.contains("No “p” element in scope")), "{found:?}");
    assert!(found.iter().any(|fault| fault.contains("Duplicate ID")), "{found:?}");
}
