//! Every sheet reads at grade 5: measured by textstat over intensities, activities, precautions and regions.

#[path = "support/values.rs"]
mod values;

use aftercare::diagnostic::Place;
use aftercare::{Engine, RawRequest};
use chrono::{TimeZone, Utc};
use std::path::Path;
use std::process::Command;
use values::{ACTIVITIES, INTENSITIES, PRECAUTIONS, REGIONS};

/// One sheet's choices: key and value.
type Choices<'a> = Vec<(&'a str, &'a str)>;

fn every_choice() -> Vec<Choices<'static>> {
    let mut all = Vec::new();
    let activities = ACTIVITIES.iter().map(|name| Some(*name)).chain([None]);
    for (activity, intensity) in
        activities.flat_map(|activity| INTENSITIES.iter().map(move |i| (activity, *i)))
    {
        let base = |region| [("session.regions", region), ("session.intensity", intensity)];
        let with = |region, more: &[(&'static str, &'static str)]| -> Choices<'static> {
            let activity = activity.map(|name| ("activity", name));
            base(region).into_iter().chain(activity).chain(more.iter().copied()).collect()
        };
        all.push(with("neck;shoulder", &[]));
        all.push(with("calf", &[("precautions", "blood-thinners;fluid-limit;pregnancy;faints;immune")]));
        all.extend(PRECAUTIONS.iter().map(|name| with("lower-back", &[("precautions", name)])));
    }
    all.extend(REGIONS.iter().map(|region| vec![("session.regions", *region)]));
    all
}

fn write_sheets(folder: &Path) {
    let engine = Engine::built_in().expect("the built-in folder loads").value;
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    for (index, choices) in every_choice().iter().enumerate() {
        let mut raw = RawRequest::new(Place::file("test"));
        for (path, value) in choices {
            raw.set(engine.keys().at_path(path).unwrap(), value, Place::file("test"));
        }
        let request = engine.request(&raw, now).expect("a good request").value;
        let words = engine.render_text(&request).expect("a sheet").value;
        let values: Vec<&str> = choices.iter().map(|(_, value)| *value).collect();
        std::fs::write(folder.join(format!("{index}-{}.txt", values.join("-"))), words).unwrap();
    }
}

#[test]
#[ignore = "needs Python with the packages of tests/requirements.txt"]
fn every_sheet_reads_at_grade_five() {
    let folder = tempfile::tempdir().unwrap();
    write_sheets(folder.path());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/checkers/reading_level.py");
    let output =
        Command::new("python3").arg(script).arg(folder.path()).output().expect("Python is installed");
    let text = String::from_utf8_lossy(&output.stdout);
    println!("{text}");
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
}
