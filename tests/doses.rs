//! How often and how long a stretch or movement is done: within the bounds of its library, on every form of the sheet.

use aftercare::document::reading_order;
use aftercare::{BuiltIn, Engine, Memory, RawRequest, Request};
use chrono::{DateTime, TimeZone, Utc};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::built_in().expect("the built-in folder").value);

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap()
}

fn raw(engine: &Engine, given: &[(&str, &str)]) -> RawRequest {
    let mut raw = RawRequest::new(Default::default());
    for (column, value) in [("regions", "neck")].iter().chain(given) {
        let key = engine.keys().iter().find(|key| key.column == *column).expect("a column");
        raw.set(key, value, Default::default());
    }
    raw
}

fn request(engine: &Engine, given: &[(&str, &str)]) -> Request {
    engine.request(&raw(engine, given), now()).unwrap_or_else(|fault| panic!("{given:?}: {fault}")).value
}

fn text(request: &Request) -> String {
    reading_order(&ENGINE.document(request).expect("a sheet").value).join("\n")
}

fn refused(given: &[(&str, &str)]) -> String {
    ENGINE.request(&raw(&ENGINE, given), now()).expect_err("a fault").to_string()
}

fn note(request: &Request) -> String {
    let document = ENGINE.document(request).expect("a sheet").value;
    let layout = ENGINE.layout(&document, request).expect("a layout").value;
    ENGINE.chart_note(request, &document, Some(&layout)).expect("a note")
}

#[test]
fn a_dose_is_said_on_sheet_page_and_note_however_it_was_written() {
    for (cell, said) in [
        ("side-neck-stretch:2x30", "2 holds of 30 seconds a side"),
        ("side-neck-stretch: 2 × 30 s", "2 holds of 30 seconds a side"),
        ("Side neck stretch:2x30", "2 holds of 30 seconds a side"),
        ("side-neck-stretch:4", "4 holds of 20 seconds a side"),
        ("side-neck-stretch:x10", "3 holds of 10 seconds a side"),
        ("arm-across-stretch;side-neck-stretch:2", "2 holds of 20 seconds a side"),
    ] {
        let request = request(&ENGINE, &[("stretches", cell)]);
        assert!(text(&request).contains(said), "{cell}: {}", text(&request));
        let html = ENGINE.render_html(&request).expect("a page").value;
        // A number and its unit are held together by an element of the page.
        let html = html.replace('\u{a0}', " ").replace("<span class=\"nb\">", "").replace("</span>", "");
        assert!(html.contains(said), "{cell}");
        assert!(note(&request).contains(&format!("Side neck stretch: {said}")), "{}", note(&request));
    }
    let movement = request(&ENGINE, &[("exercises", "head-turns:6")]);
    assert!(text(&movement).contains("6 slow repeats"), "{}", text(&movement));
}

#[test]
fn the_usual_dose_is_no_change() {
    let bytes =
        |cell| ENGINE.render_pdf(&request(&ENGINE, &[("stretches", cell)])).expect("a sheet").value.bytes;
    assert_eq!(bytes("side-neck-stretch:3x20"), bytes("side-neck-stretch"));
    assert_ne!(bytes("side-neck-stretch:3x30"), bytes("side-neck-stretch"));
    assert!(!note(&request(&ENGINE, &[("stretches", "side-neck-stretch:3x20")])).contains("3 holds"));
}

#[test]
fn each_language_says_the_dose() {
    let mut every = Memory::copy(&BuiltIn).expect("the built-in folder");
    let profile = String::from_utf8(every.0["content/clinic.yaml"].to_vec()).expect("text");
    let all = profile.replace("languages: [en]", "languages: [en, es, fr, fa, ta, zh-Hans]");
    assert_ne!(all, profile);
    every.0.insert("content/clinic.yaml".to_owned(), all.into_bytes().into());
    let engine = Engine::load(&every).expect("a folder").value;
    for language in ["en", "es", "fr", "fa", "ta", "zh-Hans"] {
        let given =
            [("stretches", "side-neck-stretch:4x15"), ("exercises", "head-turns:13"), ("language", language)];
        let request = request(&engine, &given);
        let text = reading_order(&engine.document(&request).expect("a sheet").value).join("\n");
        for number in ["4", "15", "13"] {
            let is_it = |part: &str| part == number;
            assert!(
                text.split(|sign: char| !sign.is_ascii_digit()).any(is_it),
                "{language}: {number}\n{text}"
            );
        }
        assert!(!text.contains(['\u{e000}', '\u{e001}']), "{language}: {text}");
    }
}

#[test]
fn a_dose_beyond_the_bounds_is_refused_with_what_is_allowed() {
    let beyond = "is not allowed as the dose of `side-neck-stretch`; \
                  write `side-neck-stretch:2x10` to `side-neck-stretch:4x30`";
    for dose in ["5", "1x20", "3x31", "x9", "left", "3x", "", "99999999999"] {
        let told = refused(&[("stretches", &format!("side-neck-stretch:{dose}"))]);
        assert!(told.contains(beyond), "{dose}: {told}");
    }
    let told = refused(&[("exercises", "head-turns:10x20")]);
    assert!(told.contains("write `head-turns:5` to `head-turns:15`"), "{told}");
    let told = refused(&[("stretches", "side-neck-stretch:2;side-neck-stretch:3x30")]);
    assert!(told.contains("stands twice with different doses"), "{told}");
    // A slip in the name is told as ever.
    let told = refused(&[("stretches", "side-neck-strech:2x30")]);
    assert!(told.contains("side-neck-stretch"), "{told}");
    let told = refused(&[("stretches", "head-turns:6")]);
    assert!(told.contains("belongs under `plan.exercises`"), "{told}");
}

/// Who makes a request without resolving it gets no other dose either.
#[test]
fn no_request_prints_a_dose_beyond_the_bounds() {
    let mut request = request(&ENGINE, &[("stretches", "side-neck-stretch")]);
    let dose = aftercare::options::dose::Dose { times: Some(50), hold: None };
    request.chosen.set_dose("stretches".into(), "side-neck-stretch".into(), dose);
    assert_eq!(ENGINE.document(&request).expect_err("a fault").0[0].code, "wrong-dose");
}

#[test]
fn what_a_precaution_rules_out_is_refused_with_its_dose_too() {
    let ruled_out =
        |cell| refused(&[("regions", "low-back"), ("stretches", cell), ("precautions", "pregnancy")]);
    assert!(ruled_out("knee-hug-stretch:2").contains("does not go with `pregnancy`"));
}
