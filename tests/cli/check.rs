//! `check`: every fault of a clinic folder, for people and for programs.

use crate::kit::{Desk, Ended};
use serde_json::Value;

fn json(ended: &Ended) -> Value {
    serde_json::from_slice(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {}", ended.stderr))
}

/// A folder of the clinic's own with faults of three kinds: a key, a text, a page's template.
fn broken() -> Desk {
    let desk = Desk::new();
    desk.call("init clinic --quiet").succeeds();
    edit(&desk, "content/clinic.yaml", "time-zone: ", "time-zone: Mars/");
    let rest = "clinic/content/treatments/dry-needling/en/rest.md";
    let text = String::from_utf8(desk.read(rest)).unwrap() + "\nRest well, {{ patientt }}.\n";
    desk.write(rest, text);
    let page = String::from_utf8(desk.read("clinic/templates/html/handout.html")).unwrap();
    desk.write("clinic/templates/html/handout.html", page + "\n{% if %}\n");
    desk
}

fn edit(desk: &Desk, path: &str, from: &str, to: &str) {
    let path = format!("clinic/{path}");
    let text = String::from_utf8(desk.read(&path)).unwrap();
    assert!(text.contains(from), "{path}");
    desk.write(&path, text.replacen(from, to, 1));
}

const BROKEN: [&str; 3] =
    ["content/clinic.yaml", "content/treatments/dry-needling/en/rest.md", "templates/html/handout.html"];

#[test]
fn the_built_in_folder_lacks_a_number_to_call_and_no_more() {
    let desk = Desk::new();
    let text = desk.call("check").succeeds().text();
    assert!(text.contains("`phone` is empty") && text.contains("also empty"), "{text}");
    assert!(text.contains("no errors, 1 warning in 1 file"), "{text}");
    desk.call("init clinic --quiet").succeeds();
    edit(&desk, "content/clinic.yaml", "phone: \"\"", "phone: 416 555-0100");
    let ended = desk.call("check --clinic clinic").succeeds();
    let text = ended.text();
    assert!(text.starts_with("no faults in ") && text.contains(" files; time zones 20"), "{text}");
    assert_eq!(ended.stderr, "");
    assert_eq!(desk.call("check --clinic clinic --format json").succeeds().text(), "[]\n");
    let sarif = json(&desk.call("check --clinic clinic --format sarif").succeeds());
    assert_eq!(sarif["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn a_zone_whose_clocks_never_change_is_told_and_no_word_is_too_long() {
    let desk = Desk::new();
    desk.call("init clinic --quiet").succeeds();
    edit(&desk, "content/clinic.yaml", "time-zone: America/Toronto", "time-zone: EST");
    edit(&desk, "content/clinic.yaml", "name: Rachel,", &format!("name: {},", "Ra".repeat(40)));
    let text = desk.call("check --clinic clinic --format json").text();
    assert!(text.contains("fixed-zone") && text.contains("its clocks never change"), "{text}");
}

#[test]
fn two_names_that_differ_by_capitals_alone_are_one() {
    let desk = Desk::new();
    desk.call("init clinic --quiet").succeeds();
    edit(&desk, "content/clinic.yaml", "name: Suzie", "name: rachel");
    desk.call("check --clinic clinic").fails(1, &[]);
}

#[test]
fn a_logo_of_another_kind_is_told_as_that() {
    let desk = Desk::new();
    desk.call("init clinic --quiet").succeeds();
    desk.write("clinic/templates/logo.svg", "%PDF-1.4");
    let text = desk.call("check --clinic clinic").fails(1, &[]).text();
    assert!(text.contains("this is a PDF"), "{text}");
}

#[test]
fn faults_of_three_files_come_in_one_run() {
    let desk = broken();
    let ended = desk.call("check --clinic clinic").fails(1, &[]);
    let text = ended.text();
    for file in BROKEN {
        assert!(text.contains(&format!("{file}:")), "{file} has no line: {text}");
    }
    assert!(text.contains("did you mean `patient`?"), "{text}");
    assert!(text.contains("\n3 errors in 3 files; time zones "), "{text}");
}

#[test]
fn programs_read_the_same_faults_as_people() {
    let desk = broken();
    let found = json(&desk.call("check --clinic clinic --format json").fails(1, &[]));
    let found = found.as_array().unwrap();
    let files: Vec<&str> = found.iter().map(|fault| fault["file"].as_str().unwrap()).collect();
    assert_eq!(files, BROKEN, "the number that is not there is told once the folder can be read");
    for fault in found {
        let keys: Vec<&str> = fault.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["severity", "code", "message", "file", "line", "column", "hints"]);
        assert_eq!(fault["severity"], "error");
        assert!(fault["line"].as_u64().unwrap() >= 1 && fault["hints"].is_array(), "{fault}");
    }
    assert_eq!(
        desk.call("check --clinic clinic --format json").stdout,
        desk.call("check --clinic clinic --format json").stdout
    );
}

#[test]
fn sarif_is_as_its_standard_says() {
    let sarif = json(&broken().call("check --clinic clinic --format sarif").fails(1, &[]));
    assert_eq!(sarif["version"], "2.1.0");
    assert!(sarif["$schema"].as_str().unwrap().ends_with("sarif-schema-2.1.0.json"));
    let run = &sarif["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "aftercare");
    assert!(driver["version"].is_string());
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for (result, file) in results.iter().zip(BROKEN) {
        let rule = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(driver["rules"][rule]["id"], result["ruleId"]);
        assert_eq!(result["level"], "error");
        let rule = &driver["rules"][rule];
        assert!(
            rule["shortDescription"]["text"].is_string() && rule["help"]["markdown"].is_string(),
            "{rule}"
        );
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], file);
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1, "{place}");
        assert!(place["region"]["startColumn"].as_u64().is_none_or(|column| column >= 1), "{place}");
    }
}

#[test]
#[ignore = "needs Python with the packages of tests/requirements.txt"]
fn sarif_is_valid_by_the_schema_of_its_standard() {
    let desk = broken();
    let report = desk.call("check --clinic clinic --format sarif").fails(1, &[]).stdout;
    desk.write("report.sarif", report);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/checkers/sarif_schema.py");
    let checked = std::process::Command::new("python3").arg(script).arg(desk.path("report.sarif")).output();
    let checked = checked.expect("Python is installed");
    let said = [checked.stdout, checked.stderr].concat();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&said));
}

/// Reading alone does not find these.
#[test]
fn what_only_finished_sheets_and_pages_show_is_told() {
    let desk = Desk::new();
    desk.call("init clinic --quiet").succeeds();
    let rest = "clinic/content/treatments/dry-needling/en/rest.md";
    let text = String::from_utf8(desk.read(rest)).unwrap() + "\nThe best care, guaranteed. \u{1f642}\n";
    desk.write(rest, text);
    let found = json(&desk.call("check --clinic clinic --format json").fails(1, &[]));
    let told: Vec<(&str, &str)> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (fault["code"].as_str().unwrap(), fault["file"].as_str().unwrap()))
        .collect();
    assert!(told.contains(&("missing-glyph", "content/treatments/dry-needling/en/rest.md")), "{found:#}");
    assert!(told.contains(&("advertising", "content/treatments/dry-needling/en/rest.md")), "{found:#}");
    let others = told.iter().filter(|(code, _)| *code != "no-phone");
    assert!(
        others.clone().all(|(_, file)| *file == "content/treatments/dry-needling/en/rest.md"),
        "{found:#}"
    );
}

#[test]
fn warning_signs_too_long_for_a_sheet_are_told_once() {
    let desk = Desk::new();
    desk.call("init clinic --quiet").succeeds();
    let long = format!("collapse: {}", "You fall down and stay there for a while. ".repeat(60));
    edit(
        &desk,
        "content/treatments/dry-needling/en/safety.yaml",
        "collapse: You collapse, or faint and do not wake.",
        &long,
    );
    let found = json(&desk.call("check --clinic clinic --format json").fails(1, &[]));
    let sheets: Vec<&Value> =
        found.as_array().unwrap().iter().filter(|fault| fault["code"] == "layout").collect();
    assert_eq!(sheets.len(), 1, "{found:#}");
    assert_eq!(sheets[0]["file"], "content/treatments/dry-needling/en/safety.yaml");
    assert!(sheets[0]["hints"][0].as_str().unwrap().ends_with("and 11 more"), "{found:#}");
}

#[test]
fn warnings_alone_are_no_failure() {
    let desk = Desk::new();
    desk.call("init clinic --quiet").succeeds();
    desk.write("clinic/content/treatments/dry-needling/en/notes.yaml", "a: b\n");
    let text = desk.call("check --clinic clinic").succeeds().text();
    assert!(text.contains("\nno errors, 2 warnings in 2 files; time zones "), "{text}");
    assert_eq!(desk.call("check --clinic clinic --quiet").succeeds().text(), "");
}

#[test]
fn a_call_that_cannot_be_understood_is_no_report() {
    let desk = Desk::new();
    let ended = desk.call("check --clinic nowhere").fails(2, &["there is no such clinic folder"]);
    assert!(ended.stdout.is_empty());
    desk.call("check --format xml").fails(2, &["xml"]);
}

/// A folder of the clinic's own, ready to be broken.
fn folder() -> Desk {
    let desk = Desk::new();
    desk.call("init clinic --quiet").succeeds();
    desk
}

#[test]
fn what_a_template_says_of_few_patients_is_tried_with_them() {
    for few in [
        "{% if not masthead.name_line %}{{ nosuchname }}{% endif %}",
        "{% if masthead.name_line %}{{ nosuchname }}{% endif %}",
        "{% for precaution in safety.precautions %}{{ nosuchname }}{% endfor %}",
    ] {
        let desk = folder();
        edit(&desk, "templates/html/handout.html", "{% for group", &format!("{few}{{% for group"));
        let text = desk.call("check --clinic clinic").fails(1, &[]).text();
        assert!(
            text.contains("nosuchname") && text.contains("templates/html/handout.html:"),
            "{few}: {text}"
        );
    }
}

#[test]
fn a_page_that_would_lead_away_is_told_with_its_line() {
    let desk = folder();
    let away =
        "<meta http-equiv=\"refresh\" content=\"0;url=http://a.example/?n={{ masthead.title.plain }}\">";
    edit(
        &desk,
        "templates/html/handout.html",
        "{% endblock robots %}",
        &format!("{away}{{% endblock robots %}}"),
    );
    let text = desk.call("check --clinic clinic").fails(1, &[]).text();
    assert!(
        text.contains("leads away from the page") && text.contains("templates/html/handout.html:5:"),
        "{text}"
    );
    desk.call("render --region neck --name Zoe --clinic clinic -o x.html").fails(2, &["leads away"]);
    assert!(!desk.files().contains(&"x.html".to_owned()));
}

#[test]
fn files_whose_work_the_program_does_now_are_named() {
    let desk = folder();
    desk.write(
        "clinic/templates/html/safety.html",
        "{% component Safety(safety: Map) %}{% endcomponent Safety %}",
    );
    edit(&desk, "templates/site/yours.js", "'use strict';", "'use strict'; location = 'http://a.example';");
    let text = desk.call("check --clinic clinic").succeeds().text();
    for told in
        ["safety.html", "the program itself writes the warnings", "yours.js", "the program's own script"]
    {
        assert!(text.contains(told), "{told}: {text}");
    }
    let html = desk.call("render --region neck --clinic clinic -o -  --format html").succeeds().text();
    assert!(html.contains("<section data-warnings"));
}

#[cfg(unix)]
#[test]
fn a_files_name_gives_the_terminal_no_orders() {
    let desk = folder();
    desk.write("clinic/content/figures/\u{1b}]0;pwned\u{7}\u{1b}[2JX.svg", "<svg/>");
    desk.write("clinic/content/treatments/dry-needling/en/a\nerror: all is well.md", "x");
    let ended = desk.call("check --clinic clinic").fails(1, &[]);
    let text = ended.text() + &ended.stderr;
    assert!(!text.contains(['\u{1b}', '\u{7}']), "{text:?}");
    assert!(text.contains("\\u{1b}]0;pwned"), "{text}");
    assert!(!text.lines().any(|line| line.starts_with("error: all is well")), "{text}");
}

#[test]
fn addresses_that_are_more_than_an_address_are_refused() {
    for (path, from, to, told) in [
        ("content/claims.yaml", "url: https://pmc", "url: javascript:pmc", "is no web address"),
        ("content/claims.yaml", "url: https://pmc", "url: //pmc", "is no web address"),
        ("content/clinic.yaml", "email: \"\"", "email: a@b.c%0aBcc:x@evil.example", "is no e-mail address"),
        ("content/clinic.yaml", "email: \"\"", "email: a%0aBcc@b.example", "is no e-mail address"),
        ("content/clinic.yaml", "web: \"\"", "web: javascript:x.y", "is no web address"),
        ("content/clinic.yaml", "web: \"\"", "web: https://javascript:x.y", "is no web address"),
    ] {
        let desk = folder();
        edit(&desk, path, from, to);
        let text = desk.call("check --clinic clinic").fails(1, &[]).text();
        assert!(text.contains(told) && text.contains(path), "{to}: {text}");
    }
    for web in ["clinic.example", "http://clinic.example:8080/a?b=c#d", "https://www.clinic.example/"] {
        let desk = folder();
        edit(&desk, "content/clinic.yaml", "web: \"\"", &format!("web: {web}"));
        desk.call("check --clinic clinic").succeeds();
    }
}

#[test]
fn a_scorecard_is_made_of_a_request_beside_the_findings() {
    let desk = Desk::new();
    desk.write("request.yaml", "session: {at: 2026-11-24T15:30, regions: [calf]}\n");
    let report = json(&desk.call("check --scorecard request.yaml --format json").succeeds());
    assert_eq!(report["findings"][0]["code"], "no-phone");
    let card = &report["scorecards"][0];
    assert_eq!((&card["treatment"], &card["language"]), (&"dry-needling".into(), &"en".into()));
    assert_eq!(card["items"].as_array().map(Vec::len), Some(59));
    assert!(card["levels"][0]["figure"].as_f64().is_some_and(|grade| grade <= 5.0), "{card}");
    desk.call("check --scorecard --format sarif").fails(2, &["a scorecard is no SARIF report"]);
    desk.call("check request.yaml").fails(2, &["--scorecard"]);
}
