//! What a batch tells of single rows: which sheets need a hand, which rows failed and why; never a patient's words.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const NOW: &str = "2026-11-24T15:30";
const ROSTER: &str = "id,patient,regions,session_at,note\n\
                      p1,王小明,neck;hip,1990-01-01T10:00,Secret 🙂\n\
                      p2,Secret,calf,,\n\
                      p3,Secret,forarm,tomorrow,Secret\n\
                      ,Secret,hip,,\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.current_dir(folder).args(arguments).args(["--now", NOW]).env_remove("AFTERCARE_CLINIC");
    command.output().expect("the program runs")
}

fn shop(roster: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("r.csv"), roster).expect("a roster");
    folder
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn sheets_that_need_a_hand_are_named_and_nobodys_words_are_shown() {
    let shop = shop(ROSTER);
    let done = run(shop.path(), &["batch", "r.csv", "-o", "out"]);
    let told = said(&done);
    for line in [
        "warning: r.csv:2, row 1, id p1, column session_at: `session.at` is on 1990-01-01, 13476 days before today (2026-11-24): is the date right?",
        "warning: r.csv:2, row 1, id p1, column patient: the patient's name holds a character of the Han script",
        "warning: r.csv:2, row 1, id p1, column note: the note prints without U+1F642 (line 1, character 8)",
        "warning: r.csv:3, row 2, id p2, column session_at: `session.at` is empty here and not in other rows",
        "2 sheets need a look",
    ] {
        assert!(told.contains(line), "{line} is not in {told}");
    }
    let manifest = fs::read_to_string(shop.path().join("out/manifest.jsonl")).expect("a manifest");
    let first = manifest.lines().next().expect("a line");
    for code in ["far-time", "uncovered-name", "changed-note"] {
        assert!(first.contains(&format!("\"code\":\"{code}\"")), "{first}");
    }
    assert!(manifest.lines().nth(1).expect("a line").contains("\"code\":\"untimed-row\""), "{manifest}");
    assert!(!told.contains("Secret") && !told.contains('王') && !manifest.contains("Secret"), "{told}");
}

#[test]
fn failed_rows_are_named_with_the_reason_by_a_run_and_by_a_dry_run() {
    let shop = shop(ROSTER);
    for dry in [&["--dry-run"][..], &[]] {
        let done = run(shop.path(), &[&["batch", "r.csv", "-o", "out", "-q"], dry].concat());
        let told = said(&done);
        assert_eq!(done.status.code(), Some(1));
        for line in [
            "error: r.csv:4, row 3, id p3, column session_at: `session.at`: this is no time (8 characters)",
            "error: r.csv:4, row 3, id p3, column regions: unknown region `forarm`; did you mean `forearm`?\n",
            "error: r.csv:5, row 4, column id: `id` is missing",
        ] {
            assert!(told.contains(line), "{line} is not in {told}");
        }
        assert!(!told.contains("Secret") && !told.contains("warning"), "{told}");
        assert_eq!(shop.path().join("out").exists(), dry.is_empty());
    }
}

#[test]
fn programs_read_faults_and_warnings_in_the_account() {
    let shop = shop(ROSTER);
    let account = json(&run(shop.path(), &["batch", "r.csv", "-o", "out", "--dry-run", "--json", "-q"]));
    assert_eq!((&account["failed"], &account["warned"]), (&2.into(), &2.into()), "{account}");
    let fault = &account["faults"][0];
    assert_eq!((&fault["id"], &fault["row"], &fault["line"]), (&"p3".into(), &3.into(), &4.into()));
    assert_eq!(fault["remarks"][1]["code"], "unknown-value");
    assert_eq!(fault["remarks"][1]["column"], "regions");
    assert_eq!(account["warnings"][0]["id"], "p1");
    assert_eq!(account["warnings"][1]["remarks"][0]["code"], "untimed-row", "{account}");
    assert_eq!(account["more_faults"], 0);
    assert!(!account.to_string().contains("Secret"));
}

#[test]
fn a_run_that_goes_on_tells_the_warnings_of_rows_that_it_keeps() {
    let shop = shop("id,regions,session_at\np1,calf,1990-01-01T10:00\n");
    run(shop.path(), &["batch", "r.csv", "-o", "out"]);
    let manifest = fs::read(shop.path().join("out/manifest.jsonl")).expect("a manifest");
    let again = run(shop.path(), &["batch", "r.csv", "-o", "out", "--resume", "--json"]);
    assert!(said(&again).contains("row 1, id p1, column session_at"), "{}", said(&again));
    assert_eq!((&json(&again)["skipped"], &json(&again)["warned"]), (&1.into(), &1.into()));
    assert!(fs::read(shop.path().join("out/manifest.jsonl")).expect("a manifest") == manifest);
}

#[test]
fn a_thousand_faults_are_twenty_lines_and_a_count() {
    let rows: String = (0..1000).map(|row| format!("p{row},sholder,\n")).collect();
    let shop = shop(&format!("id,regions,session_at\n{rows}"));
    let told = said(&run(shop.path(), &["batch", "r.csv", "-o", "out"]));
    assert_eq!(told.matches("did you mean `shoulder`?").count(), 20, "{told}");
    assert!(told.contains("… and 980 more faults: see out/errors.csv"), "{told}");
    let dry = said(&run(shop.path(), &["batch", "r.csv", "-o", "out", "--dry-run"]));
    assert!(dry.contains("… and 980 more faults: `--json` names them"), "{dry}");
}
