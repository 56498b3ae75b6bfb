//! Clinics of three countries: what a reader must dial, and whom to ask, is the clinic's own in every output.

use aftercare::content::files::Memory;
use aftercare::diagnostic::Place;
use aftercare::document::{Document, plain_text, reading_order};
use aftercare::html::visible_text;
use aftercare::layout::{Layout, Shape, Tag};
use aftercare::options::{Fold, Marks, Paper, Purpose};
use aftercare::web::app;
use aftercare::{AccessGuard, BrochureRequest, BuiltIn, Engine, RawRequest, Request, Site};
use axum::body::{Body, to_bytes};
use axum::http::{Request as HttpRequest, header};
use chrono::{DateTime, Utc};
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use tower::ServiceExt;

const TREATMENTS: [&str; 3] = ["dry-needling", "shockwave", "cupping"];

/// What a profile must bring about, written here anew.
struct Profile {
    name: &'static str,
    emergency: &'static str,
    nurse_line: Option<&'static str>,
    phone: Option<&'static str>,
    paper: Paper,
    /// An instant in July, and what the clinic's clock says then.
    summer: (&'static str, &'static str),
}

const PROFILES: [Profile; 3] = [
    Profile {
        name: "uk",
        emergency: "999",
        nurse_line: Some("NHS 111 (dial 111)"),
        phone: Some("020 7946 0018"),
        paper: Paper::A4,
        summer: ("2026-07-01T14:30:00Z", "3:30 pm"),
    },
    Profile {
        name: "us",
        emergency: "911",
        nurse_line: None,
        phone: Some("312-555-0142"),
        paper: Paper::Letter,
        summer: ("2026-07-01T20:30:00Z", "3:30 pm"),
    },
    Profile {
        name: "au",
        emergency: "000",
        nurse_line: Some("healthdirect (1800 022 222)"),
        phone: None,
        paper: Paper::A4,
        // July is winter there.
        summer: ("2026-07-01T05:30:00Z", "3:30 pm"),
    },
];

/// What some country's readers dial, as whole words.
const NUMBERS: [&str; 5] = ["999", "911", "000", "111", "811"];
/// Names of services and places of one country alone.
const NAMES: [&str; 7] = ["Health811", "NHS", "healthdirect", "Ontario", "Toronto", "Canad", "collegept"];

/// The built-in folder with the profile in place of its own.
fn folder(profile: &Profile) -> Memory {
    let mut folder = Memory::copy(&BuiltIn).expect("the built-in folder");
    let path = "content/clinic.yaml";
    let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/profiles");
    let file = profiles.join(profile.name).join(path);
    folder.0.insert(path.into(), fs::read(file).expect("a profile").into());
    folder
}

fn load(profile: &Profile) -> Engine {
    Engine::load(&folder(profile)).unwrap_or_else(|faults| panic!("{}: {faults}", profile.name)).value
}

fn engine(profile: usize) -> &'static Engine {
    static ENGINES: [OnceLock<Engine>; 3] = [const { OnceLock::new() }; 3];
    ENGINES[profile].get_or_init(|| load(&PROFILES[profile]))
}

fn each() -> impl Iterator<Item = (&'static Profile, &'static Engine, &'static str)> {
    PROFILES.iter().enumerate().flat_map(|(at, profile)| TREATMENTS.map(|id| (profile, engine(at), id)))
}

fn winter() -> DateTime<Utc> {
    "2026-11-24T20:30:00Z".parse().expect("a time")
}

fn request(engine: &Engine, treatment: &str, now: DateTime<Utc>) -> Request {
    let mut raw = RawRequest::new(Place::file("test"));
    for (path, value) in [("treatment", treatment), ("session.regions", "shoulder")] {
        raw.set(engine.keys().at_path(path).expect("a key"), value, Place::file("test"));
    }
    engine.request(&raw, now).unwrap_or_else(|faults| panic!("{faults}")).value
}

fn sheet(engine: &Engine, treatment: &str) -> (Document, Request) {
    let request = request(engine, treatment, winter());
    (engine.document(&request).unwrap_or_else(|faults| panic!("{faults}")).value, request)
}

/// What a page of a clinic may dial.
fn check_links(profile: &Profile, place: &str, html: &str) {
    let digits = |line: &str| line.chars().filter(char::is_ascii_digit).collect::<String>();
    let nurse = profile.nurse_line.and_then(|line| Some(digits(line.split_once('(')?.1)));
    let own = [Some(profile.emergency.to_owned()), nurse, profile.phone.map(digits)];
    let dialled: Vec<String> = html
        .split("href=\"tel:")
        .skip(1)
        .map(|link| link.split('"').next().unwrap_or_default().to_owned())
        .collect();
    for number in &dialled {
        assert!(own.contains(&Some(number.clone())), "{} {place}: {number}", profile.name);
    }
    if html.contains("<section data-warnings") {
        for number in own.iter().flatten() {
            assert!(dialled.contains(number), "{} {place}: no {number}", profile.name);
        }
    }
}

fn page_one(layout: &Layout) -> String {
    let lines =
        layout.pages[0].fragments.iter().filter_map(|fragment| match (fragment.tag, &fragment.shape) {
            (Tag::Element(_), Shape::Line { line, .. }) => Some(line.text().trim_end().to_owned()),
            _ => None,
        });
    lines.collect::<Vec<_>>().join(" ")
}

/// One space between words, so that sentences can be looked for.
fn even(text: &str) -> String {
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text for the profile's readers: no other country's number or name, and no hole where a name was left out.
fn check_text(profile: &Profile, place: &str, text: &str) {
    let text = even(text);
    let own = [Some(profile.emergency), profile.nurse_line, profile.phone];
    let rest = own.into_iter().flatten().fold(text.clone(), |text, own| text.replace(own, "#"));
    // "1,000 sessions" is no number to dial.
    let words = rest.replace(",000", "");
    for foreign in NUMBERS {
        let dialled = words.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == foreign);
        assert!(!dialled, "{} {place}: `{foreign}` in {}", profile.name, around(&rest, foreign));
    }
    // Whoever wrote a source is named as the source is, from whichever country.
    let rest = rest.split("Our sources").next().unwrap_or_default();
    for foreign in NAMES {
        assert!(
            !rest.contains(foreign),
            "{} {place}: `{foreign}` in {}",
            profile.name,
            around(rest, foreign)
        );
    }
    for hole in
        [" or .", " or :", "or ,", "call .", "Call .", "dial )", "()", " ,", "{{", "{%", "us, your doctor:"]
    {
        assert!(!text.contains(hole), "{} {place}: `{hole}` in {}", profile.name, around(&text, hole));
    }
}

fn around(text: &str, found: &str) -> String {
    let (before, after) = text.split_once(found).unwrap_or_default();
    let before: Vec<char> = before.chars().rev().take(60).collect();
    let after: String = after.chars().take(40).collect();
    format!("…{}{found}{after}…", before.into_iter().rev().collect::<String>())
}

/// The warnings, each tier with what the profile says.
fn check_tiers(profile: &Profile, place: &str, text: &str) {
    let text = even(text);
    let doctor = match profile.nurse_line {
        Some(line) => format!("Call us, your doctor or {line}:"),
        None => "Call us or your doctor:".to_owned(),
    };
    // Without a number paper has a line to write it on, a screen only the words.
    let line = if text.contains("___") { "Call us: ___" } else { "Emergency. Call us " };
    let call = profile.phone.map_or(line.to_owned(), |phone| format!("Call us: {phone}"));
    for wanted in [doctor, call] {
        assert!(text.contains(&wanted), "{} {place}: no `{wanted}`", profile.name);
    }
    let heading = format!("all {}", profile.emergency);
    assert!(text.contains(&heading), "{} {place}: no `{heading}`", profile.name);
}

#[test]
fn a_sheet_tells_the_numbers_of_its_clinic_and_no_others() {
    for (profile, engine, treatment) in each() {
        let (document, request) = sheet(engine, treatment);
        let heading = plain_text(&document.safety().emergency().heading);
        let digits: String = heading.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, profile.emergency, "{} {treatment}: {heading}", profile.name);
        assert_eq!(request.paper, profile.paper);
        let read = reading_order(&document).join(" ");
        let html = engine.html(&document, &request).unwrap_or_else(|faults| panic!("{faults}"));
        for (kind, text) in [("words", read), ("HTML", visible_text(&html))] {
            let place = format!("{treatment} as {kind}");
            check_text(profile, &place, &text);
            check_tiers(profile, &place, &text);
        }
        check_links(profile, treatment, &html);
    }
}

#[test]
fn the_number_of_the_clinic_stands_on_side_1_with_the_signs_to_call_for() {
    for (profile, engine, treatment) in each() {
        let (document, request) = sheet(engine, treatment);
        let layout = engine.layout(&document, &request).unwrap_or_else(|faults| panic!("{faults}")).value;
        check_tiers(profile, &format!("{treatment}, side 1"), &page_one(&layout));
    }
}

#[test]
fn a_brochure_tells_the_numbers_of_its_clinic_and_no_others() {
    for (profile, engine, treatment) in each() {
        for fold in [Fold::Tri, Fold::Half] {
            let language = aftercare::locale::Language::new("en");
            let (paper, purpose) = (profile.paper, Purpose::Office);
            let asked = BrochureRequest {
                treatment: treatment.into(),
                fold,
                paper,
                purpose,
                language,
                proof: false,
                marks: Marks::Crop,
            };
            let day = "2026-11-24".parse().expect("a day");
            let text = engine.brochure_text(&asked, day).unwrap_or_else(|faults| panic!("{faults}"));
            check_text(profile, &format!("{treatment} brochure"), &text);
            check_tiers(profile, &format!("{treatment} brochure"), &text);
        }
    }
}

#[test]
fn a_site_tells_the_numbers_of_its_clinic_and_no_others() {
    for (at, profile) in PROFILES.iter().enumerate() {
        let day = "2026-11-24".parse().expect("a day");
        let site = engine(at).site(None, day).unwrap_or_else(|faults| panic!("{faults}")).value;
        let pages = site.iter().filter(|(name, _)| name.ends_with(".html"));
        for (name, bytes) in pages {
            let html = std::str::from_utf8(bytes).expect("UTF-8");
            let text = visible_text(html);
            check_text(profile, name, &text);
            if html.contains("<section data-warnings") {
                check_tiers(profile, name, &text);
            }
            check_links(profile, name, html);
        }
    }
}

#[tokio::test]
async fn the_clinicians_page_shows_the_numbers_of_its_clinic_and_no_others() {
    let host = "127.0.0.1:8017";
    for profile in &PROFILES {
        let address: SocketAddr = ([127, 0, 0, 1], 8017).into();
        let access = AccessGuard::new(address, None).expect("an address that may be served");
        let site = Site::new(load(profile), access, Box::new(winter)).expect("templates that are sound");
        let page = app(Arc::new(site));
        for (path, treatment) in TREATMENTS.iter().flat_map(|id| [("/", id), ("/sheet.html", id)]) {
            let asked = HttpRequest::post(path)
                .header(header::HOST, host)
                .header(header::ORIGIN, format!("http://{host}"))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(format!("treatment={treatment}&regions=shoulder")))
                .expect("a request");
            let answer = page.clone().oneshot(asked).await.expect("an answer");
            let bytes = to_bytes(answer.into_body(), 64 << 20).await.expect("a body");
            let text = visible_text(&String::from_utf8_lossy(&bytes));
            check_text(profile, &format!("{treatment} at {path}"), &text);
            if path == "/sheet.html" {
                check_tiers(profile, &format!("{treatment} at {path}"), &text);
            }
        }
    }
}

#[test]
fn clock_times_follow_the_zone_of_the_clinic_in_summer_and_winter() {
    let winters = ["8:30 pm", "2:30 pm", "7:30 am"];
    for (at, profile) in PROFILES.iter().enumerate() {
        let (summer, said) = profile.summer;
        for (now, said) in [(summer.parse().expect("a time"), said), (winter(), winters[at])] {
            let engine = engine(at);
            let request = request(engine, "dry-needling", now);
            let read = reading_order(&engine.document(&request).expect("a document").value).join(" ");
            assert!(even(&read).contains(said), "{}: no {said}", profile.name);
        }
    }
}

#[test]
fn no_sheet_is_made_whose_emergency_heading_tells_another_countrys_number() {
    let path = "content/treatments/cupping/en/safety.yaml";
    for heading in ["Emergency: call 911, even days later", "Call {{ clinic.emergency }} or 112 at once"] {
        let mut folder = folder(&PROFILES[0]);
        let text = String::from_utf8(folder.0[path].to_vec()).expect("text");
        let own = "Emergency: call {{ clinic.emergency }}, even days later";
        assert!(text.contains(own));
        folder.0.insert(path.into(), text.replace(own, heading).into_bytes().into());
        let made = Engine::load(&folder).and_then(|engine| {
            let request = request(&engine.value, "cupping", winter());
            engine.value.document(&request).map(drop)
        });
        let faults = made.expect_err("a heading with another number");
        assert!(faults.0.iter().any(|fault| fault.code == "emergency-number"), "{heading}: {faults}");
    }
}
