//! Where a request comes from, and what flags do to it.

use crate::kit::Desk;

const SHOULDER: &str = "\
id: shoulder-1
patient: Zoë
session: {at: 2026-11-24T15:30, therapist: Valerie, intensity: light, regions: [shoulder]}
";

/// The sheet's words for a call of `render`.
fn words(desk: &Desk, line: &str) -> String {
    desk.call(&format!("render {line} --format text -o -")).succeeds().text()
}

#[test]
fn a_request_file_becomes_a_pdf_named_by_its_id() {
    let desk = Desk::new();
    desk.write("request.yaml", SHOULDER);
    let ended = desk.call("render request.yaml -o out/").succeeds();
    assert_eq!(desk.files(), ["out/shoulder-1.pdf", "request.yaml"]);
    assert!(desk.read("out/shoulder-1.pdf").starts_with(b"%PDF-1.7"));
    assert!(ended.stderr.contains("made out/shoulder-1.pdf (2 pages)"), "{}", ended.stderr);
    assert!(ended.stdout.is_empty());
}

#[test]
fn without_an_id_the_file_is_named_by_the_request_file_and_never_by_a_person() {
    let desk = Desk::new();
    desk.write("monday/third.yaml", "patient: Zoë\nsession: {regions: [neck]}");
    desk.call("render monday/third.yaml").succeeds();
    desk.pipe("render - -o out/", b"patient: Zo\nsession: {regions: [neck]}").succeeds();
    desk.call_words(&["render", "--name", "Zoë", "--region", "neck"]).succeeds();
    assert_eq!(desk.files(), ["handout.pdf", "monday/third.yaml", "out/handout.pdf", "third.pdf"]);
}

#[test]
fn file_standard_input_and_flags_say_the_same() {
    let desk = Desk::new();
    desk.write("request.yaml", SHOULDER);
    let from_file = desk.call("render request.yaml -o -").succeeds().stdout;
    let from_stdin = desk.pipe("render - -o -", SHOULDER.as_bytes()).succeeds().stdout;
    let flags =
        "--id shoulder-1 --name Zoë --session-at 2026-11-24T15:30 --therapist Valerie --intensity light";
    let from_flags = desk.call(&format!("render {flags} --region shoulder -o -")).succeeds().stdout;
    assert_eq!(from_file, from_stdin);
    assert_eq!(from_file, from_flags);
}

/// Nobody knows which of two is meant, whichever flags say them.
#[test]
fn a_key_that_two_flags_say_is_told() {
    let desk = Desk::new();
    for (line, key) in [
        ("--name Ann --set patient=Bob", "patient"),
        ("--set rest_hours=24 --set rest_hours=72", "rest_hours"),
        ("--intensity intense --set session.intensity=light", "intensity"),
    ] {
        let ended = desk.call(&format!("render --region hip {line} -o a.pdf"));
        ended.fails(2, &[&format!("`{key}` is given twice"), "give it once"]);
    }
    let areas = desk.call("render --region hip --set regions=neck --format note -o -").succeeds().text();
    assert!(areas.contains("hip") && areas.contains("neck"), "{areas}");
}

#[test]
fn every_key_of_a_request_is_a_flag() {
    let desk = Desk::new();
    let line = "--id a-1 --name Zoë --language en --session-at 2026-11-24T15:30 --therapist Valerie \
                --intensity intense --region shoulder --region hip,calf --rest-hours 50 --stretch calf-wall-stretch \
                --exercise wall-slide;ankle-circles --next-visit 2026-12-01T10:00 --note Slowly --activity running \
                --precaution immune,faints --edition ink-saver --paper a4 --exclude faq";
    let read = words(&desk, line);
    for part in ["Zoë", "Valerie", "calf", "Thursday, 5:30 pm", "Slowly", "Tuesday, December 1, 2026"] {
        assert!(read.contains(part), "{part} is not in {read}");
    }
    assert!(!read.contains("Questions people ask"));
}

#[test]
fn a_flag_takes_the_place_of_the_files_key() {
    let desk = Desk::new();
    desk.write("request.yaml", SHOULDER);
    let file = words(&desk, "request.yaml");
    assert!(file.contains("Wednesday afternoon\nNov 25, 3:30 pm") && file.contains("with Valerie"), "{file}");
    let read = words(&desk, "request.yaml --intensity intense --therapist Suzie --region calf --name=");
    assert!(read.contains("Take it easy until Thursday afternoon\nNov 26, 3:30 pm"), "{read}");
    assert!(read.contains("with Suzie") && read.contains("Calf") && !read.contains("Shoulder"), "{read}");
    assert!(!read.contains("Zoë"), "an empty name is a line to write on: {read}");
}

#[test]
fn a_session_without_a_time_was_now() {
    let desk = Desk::new();
    let epoch = words(&desk, "--region calf");
    assert!(epoch.contains("Tuesday, November 24, 2026, 3:30 pm"), "{epoch}");
    let now = words(&desk, "--region calf --now 2026-07-01T09:00");
    assert!(now.contains("Wednesday, July 1, 2026, 9 am"), "{now}");
    let ended = desk.call("render --region calf --now tomorrow -o -");
    ended.fails(2, &["`tomorrow` is no time", "2026-11-24T15:30"]);
    Desk::new()
        .with("SOURCE_DATE_EPOCH", "soon")
        .call("render --region calf")
        .fails(2, &["SOURCE_DATE_EPOCH"]);
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    let desk = Desk::new();
    let once =
        || desk.call("render --region neck --name Zoë --session-at 2026-11-24T15:30 -o -").succeeds().stdout;
    assert_eq!(once(), once());
    let html = || {
        desk.call("render --region neck --session-at 2026-11-24T15:30 --format html -o -").succeeds().stdout
    };
    assert_eq!(html(), html());
}

#[test]
fn what_did_not_fit_is_a_warning_and_no_failure() {
    let desk = Desk::new();
    let note = "Breathe slowly. ".repeat(37);
    let words = ["render", "--region", "neck,shoulder,hip,calf", "--edition", "large-print", "--note", &note];
    let ended = desk.call_words(&words).succeeds();
    assert!(ended.stderr.contains("warning: left out"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("Breathe"), "{}", ended.stderr);
    let quiet = desk.call_words(&[&words[..], &["--quiet"]].concat()).succeeds();
    assert_eq!(quiet.stderr, "");
}

#[test]
fn nothing_to_render_is_told() {
    Desk::new().call("render").fails(2, &["there is nothing to render", "give at least `--region "]);
}

#[test]
fn every_example_keeps_all_that_is_said_once() {
    let desk = Desk::new();
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let files = std::fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path());
    let requests: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    assert!(requests.len() >= 3);
    for request in requests {
        let ended =
            desk.call(&format!("--now 2026-11-26T19:00 render {} -o out/", request.display())).succeeds();
        // "In short" says again what stands above. Large print has no room for the questions either.
        let away = ["closing", "faq"].map(|id| format!("warning: left out `{id}`: the sheet is full"));
        let told = away.iter().fold(ended.stderr.clone(), |told, one| told.replace(one, ""));
        assert!(!told.contains("warning"), "{request:?}: {}", ended.stderr);
    }
}

#[test]
fn the_sources_of_a_sheet_are_listed_beside_it() {
    let desk = Desk::new();
    let told = desk.call("render --region neck -o neck.pdf --sources").succeeds().text();
    assert!(desk.path("neck.pdf").exists());
    let claim = "soreness-ends (strong; reviewed 2026-11-01, due 2028-11-01)\n  Soreness after ";
    assert!(told.contains(claim) && told.contains("https://doi.org/10.1016/j.jbmt.2018.01.003"), "{told}");
    assert!(told.contains("said in: warning signs, window soreness_starts"), "{told}");
    let excluded = desk.call("render --region neck -o neck.pdf --exclude faq --sources").succeeds().text();
    assert!(told.contains("question how-long-sore") && !excluded.contains("question "), "{excluded}");
    desk.call("render --region neck --format html -o - --sources").fails(2, &["-o FILE"]);
}
