//! How finished sheets are set, measured by a reader of PDF that knows nothing of the layout: sizes, gaps around headings,
//! breaks, line ends, facing lines, margins; over option sets drawn at random, the same in every run.

use aftercare::diagnostic::Place;
use aftercare::{Engine, RawRequest};
use chrono::{TimeZone, Utc};
use std::path::Path;
use std::process::Command;

/// Numbers that only look random (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % most.max(1) as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// Some of them, at most so many.
    fn some(&mut self, of: &[&str], most: usize) -> String {
        let count = self.below(most + 1);
        let first = self.below(of.len());
        (0..count).map(|index| of[(first + index * 3) % of.len()]).collect::<Vec<_>>().join("; ")
    }
}

const REGIONS: [&str; 10] =
    ["neck", "shoulder", "calf", "hip", "hand", "lower-back", "knee", "ribs", "jaw", "upper-back"];
const PRECAUTIONS: [&str; 5] = ["blood-thinners", "fluid-limit", "pregnancy", "faints", "immune"];
const NAMES: [&str; 5] = ["", "Zoë", "Anne-Marie Featherstonehaugh", "Li", "Maximilian Bartholomew Oyelaran"];
const NOTE: &str =
    "Start with the wall slide and stop if it pinches. Keep the elbow low, and rest after each set. ";

/// Key and value; empty values are left out.
fn drawn(dice: &mut Dice) -> Vec<(&'static str, String)> {
    let first = dice.one(&REGIONS);
    let more = dice.some(&REGIONS, 2);
    let regions =
        if more.is_empty() || more.contains(first) { first.to_owned() } else { format!("{first}; {more}") };
    let minutes = 9 * 60 + dice.below(40) * 15;
    let note = NOTE.repeat(dice.below(7));
    let notes = [String::new(), "Start with the wall slide.".to_owned(), note.trim().to_owned()];
    let precautions = if dice.below(3) == 0 { dice.some(&PRECAUTIONS, 5) } else { String::new() };
    let visit = ["", "2026-12-01T10:00"];
    let editions = ["standard", "standard", "large-print", "ink-saver"];
    vec![
        ("session.regions", regions),
        ("session.at", format!("2026-11-24T{:02}:{:02}", minutes / 60, minutes % 60)),
        ("session.intensity", dice.one(&["light", "moderate", "intense"]).to_owned()),
        ("patient", dice.one(&NAMES).to_owned()),
        ("plan.note", notes[dice.below(3)].clone()),
        ("plan.next_visit", dice.one(&visit).to_owned()),
        ("precautions", precautions),
        ("activity", dice.one(&["", "desk", "manual", "running", "lifting", "sport"]).to_owned()),
        ("print.edition", dice.one(&editions).to_owned()),
        ("print.paper", dice.one(&["letter", "a4"]).to_owned()),
    ]
}

fn write_sheets(folder: &Path, count: usize) {
    let engine = Engine::built_in().expect("the built-in folder loads").value;
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    let half = |first: usize| {
        for index in (first..count).step_by(2) {
            let options = drawn(&mut Dice(index as u64 * 7919));
            let mut raw = RawRequest::new(Place::file("test"));
            for (path, value) in options.iter().filter(|(_, value)| !value.is_empty()) {
                raw.set(engine.keys().at_path(path).unwrap(), value, Place::file("test"));
            }
            let request =
                engine.request(&raw, now).unwrap_or_else(|faults| panic!("{options:?}: {faults}")).value;
            let sheet =
                engine.render_pdf(&request).unwrap_or_else(|faults| panic!("{options:?}: {faults}")).value;
            let value =
                |key: &str| options.iter().find(|(path, _)| *path == key).map_or("", |(_, value)| value);
            let name = format!("{}-{}-{index}.pdf", value("print.edition"), value("print.paper"));
            for part in &sheet.omitted {
                println!("left out of {}: {}", value("print.edition"), part.id);
            }
            std::fs::write(folder.join(name), sheet.bytes).unwrap();
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| half(1));
        half(0);
    });
}

#[test]
#[ignore = "needs Python with the packages of tests/requirements.txt"]
fn sheets_of_random_options_keep_the_rules_of_the_look() {
    let folder = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("KEEP_SHEETS").map(std::path::PathBuf::from);
    let folder = kept.as_deref().unwrap_or(folder.path());
    // Some seconds; `SHEETS=500` looks at many more.
    let count = std::env::var("SHEETS").ok().and_then(|count| count.parse().ok()).unwrap_or(60);
    write_sheets(folder, count);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/checkers/sheet_look.py");
    let output = Command::new("python3").arg(script).arg(folder).output().expect("Python is installed");
    let text = String::from_utf8_lossy(&output.stdout);
    println!("{text}");
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
}
