//! The example of docs/scale.md for Ray, run for real: a worker is killed and a row is bad, and the sheets are those of one run.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_aftercare");

/// In place of the program on the first call: kills the worker that calls it.
const KILLER: &str =
    "#!/bin/sh\nif mkdir \"$KILLED\" 2>/dev/null; then kill -9 $PPID; exit 1; fi\nexec \"$PROGRAM\" \"$@\"\n";

const NOW: [&str; 2] = ["--now", "2026-11-24T15:30"];

fn roster() -> String {
    let regions = ["neck", "calf", "hip", "hand"];
    let mut roster = "id,patient,regions,session_at,note\n".to_owned();
    for row in 0..40 {
        let region = if row == 17 { "nek" } else { regions[row % 4] };
        let note = if row % 9 == 0 { "\"Two,\nlines\"" } else { "" };
        writeln!(roster, "{row:03},Zoë {row},{region},2026-11-24T15:30,{note}").expect("a string");
    }
    roster
}

/// What an archive holds.
fn members(archive: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive =
        zip::ZipArchive::new(File::open(archive).expect("an archive")).expect("a whole archive");
    (0..archive.len())
        .map(|index| {
            let mut member = archive.by_index(index).expect("a member");
            let (name, mut bytes) = (member.name().expect("a name").into_owned(), Vec::new());
            member.read_to_end(&mut bytes).expect("its bytes");
            (name, bytes)
        })
        .collect()
}

#[test]
fn parts_made_on_ray_are_the_sheets_of_one_run() {
    if !Command::new("python3").args(["-c", "import ray"]).output().is_ok_and(|run| run.status.success()) {
        let loud = "*** NOT CHECKED: the Python package ray is missing ***";
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{loud}");
        return eprintln!("{loud}");
    }
    let shop = tempfile::tempdir().expect("a folder");
    let at = |name: &str| shop.path().join(name);
    fs::write(at("roster.csv"), roster()).expect("a roster");
    fs::create_dir(at("bin")).expect("a folder");
    fs::write(at("bin/aftercare"), KILLER).expect("a script");
    fs::set_permissions(at("bin/aftercare"), PermissionsExt::from_mode(0o755)).expect("a program");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ray_sheets.py");
    let path = format!("{}:{}", at("bin").display(), std::env::var("PATH").unwrap_or_default());
    let run = Command::new("python3")
        .arg(example)
        .args(["roster.csv", "parts"])
        .args(NOW)
        .current_dir(shop.path())
        .env("PATH", path)
        .env("PROGRAM", PROGRAM)
        .env("KILLED", at("killed"))
        .env("ROWS_A_PART", "10")
        .output()
        .expect("python runs");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    assert!(at("killed").is_dir(), "no worker was killed");
    assert!(!said.contains("Zoë"), "a patient's name in the messages: {said}");
    // Ray has said of the lost worker there, before.
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(!said.contains("Zoë"), "a patient's name in the messages: {said}");
    let account = said.lines().last().unwrap_or_default();
    let total: serde_json::Value = serde_json::from_str(account).expect("an account");
    assert_eq!((&total["made"], &total["failed"]), (&39.into(), &1.into()));

    let whole = Command::new(PROGRAM)
        .args(NOW)
        .args(["batch", "roster.csv", "-o", "whole.zip", "-q", "--faults-ok"])
        .current_dir(shop.path())
        .status()
        .expect("the program runs");
    assert!(whole.success());
    let (mut sheets, mut bad) = (BTreeMap::new(), Vec::new());
    for part in fs::read_dir(at("parts")).expect("parts") {
        for (name, bytes) in members(&part.expect("a part").path()) {
            match name.as_str() {
                "manifest.jsonl" => {}
                "errors.csv" => bad.push(String::from_utf8(bytes).expect("text")),
                _ => assert!(sheets.insert(name.clone(), bytes).is_none(), "{name} twice"),
            }
        }
    }
    let mut one_run = members(&at("whole.zip"));
    one_run.retain(|name, _| name.ends_with(".pdf"));
    assert!(one_run.len() == 39 && sheets == one_run, "the parts hold other sheets");
    assert!(bad.len() == 1 && bad[0].contains("017") && bad[0].contains("nek"), "{bad:?}");
}
