//! How hard sheets are to read: every sheet reads at grade 5, measured by textstat over intensities, activities, precautions
//! and regions, and by the program itself, which tells authors of what is harder.

#[path = "support/values.rs"]
mod values;

use aftercare::diagnostic::{Faults, Place};
use aftercare::{BuiltIn, Engine, Memory, RawRequest, Verdict};
use chrono::{TimeZone, Utc};
use std::collections::BTreeMap;
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
        let name = format!("{index}-{}", values.join("-"));
        std::fs::write(folder.join(format!("{name}.txt")), words).unwrap();
        let card = engine.scorecard(&BuiltIn, &request).expect("a sheet").expect("a list of words");
        let levels = card.levels.iter().map(|level| (level.measure.name(), level.figure));
        let levels = serde_json::to_vec(&levels.collect::<BTreeMap<_, _>>()).unwrap();
        std::fs::write(folder.join(format!("{name}.json")), levels).unwrap();
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

const TREATMENT: &str = "content/treatments/dry-needling/en";

/// The built-in folder with one treatment, and a text of it changed.
fn with(file: &str, from: &str, to: &str) -> Memory {
    let mut folder = Memory::copy(&BuiltIn).expect("the built-in folder");
    let others = |path: &str| {
        path.strip_prefix("content/treatments/").is_some_and(|path| !path.starts_with("dry-needling/"))
    };
    folder.0.retain(|path, _| !others(path));
    edit(
        &mut folder,
        "content/clinic.yaml",
        "treatments: [dry-needling, shockwave, cupping]",
        "treatments: [dry-needling]",
    );
    edit(&mut folder, file, from, to);
    folder
}

fn edit(folder: &mut Memory, file: &str, from: &str, to: &str) {
    let text = String::from_utf8(folder.0[file].to_vec()).expect("text");
    assert!(text.contains(from), "{file}: {from}");
    folder.0.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes().into());
}

/// What `check` says about how hard texts are to read.
fn told(folder: &Memory) -> Vec<String> {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    let found = Engine::check(folder, |_| Ok::<_, ()>(now)).expect("a time");
    let codes =
        ["hard-text", "hard-sheet", "long-sentence", "long-on-average", "many-passives", "plain-word"];
    let hard = found.into_iter().filter(|fault| codes.contains(&fault.code));
    hard.map(|fault| format!("{}: {}", fault.code, Faults(vec![fault.clone()]))).collect()
}

#[test]
fn the_built_in_texts_are_easy_to_read() {
    assert_eq!(told(&Memory::copy(&BuiltIn).expect("the built-in folder")), Vec::<String>::new());
}

#[test]
fn a_hard_text_is_told_with_its_hardest_sentence() {
    let hard = with(
        &format!("{TREATMENT}/stretching.md"),
        "Your physiotherapist's own plan comes first.",
        "Individualised rehabilitation recommendations communicated by your physiotherapist necessarily supersede this \
         generalised informational documentation, which is provided only in order to facilitate recuperation afterwards.",
    );
    let told = told(&hard);
    let of = |code: &str| told.iter().find(|one| one.starts_with(code)).cloned().unwrap_or_default();
    let place = format!("{TREATMENT}/stretching.md:12");
    assert!(
        of("hard-text: ").contains(&place) && of("hard-text: ").contains("this text reads at grade "),
        "{told:#?}"
    );
    assert!(of("hard-text: ").contains("by Flesch-Kincaid; 6 is the most"), "{told:#?}");
    assert!(
        of("long-sentence: ").contains(&place)
            && of("long-sentence: ").contains("a sentence of 23 words; 20 are the most"),
        "{told:#?}"
    );
    let plain: Vec<&String> = told.iter().filter(|one| one.starts_with("plain-word: ")).collect();
    assert!(plain.len() == 3 && plain[0].contains("few people say “in order to”; say “to”"), "{told:#?}");
}

/// The limits are data: with a stricter file the same texts are too hard.
#[test]
fn limits_of_the_reading_level_are_the_language_files_to_set() {
    const FILE: &str = "content/prose/en.yaml";
    let mut strict = with(FILE, "sheet: {flesch-kincaid: 5, smog: 7}", "sheet: {flesch-kincaid: 1, smog: 3}");
    edit(&mut strict, FILE, "  average: 12", "  average: 5");
    edit(&mut strict, FILE, "  passive: 10", "  passive: 0");
    let (text, passive) = ("Your physiotherapist's own plan", "Your plan is written for you, and our plan");
    edit(&mut strict, &format!("{TREATMENT}/stretching.md"), text, passive);
    let told = told(&strict);
    let has = |words: &str| told.iter().any(|one| one.contains(words));
    assert!(
        has("by Flesch-Kincaid; 1 is the most; shorter words and sentences; the hardest: “"),
        "{told:#?}"
    );
    assert!(has("by SMOG; 3 is the most"), "{told:#?}");
    assert!(has("words on average; 5 are the most; cut long sentences in two: “"), "{told:#?}");
    assert!(has("in a hundred are passive; 0 are the most; say who does it; passive: “"), "{told:#?}");
}

#[test]
fn a_scorecard_has_every_question_once_with_evidence() {
    let engine = Engine::built_in().expect("the built-in folder loads").value;
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    let cards = engine.scorecards(&BuiltIn, now).expect("sheets");
    assert_eq!(cards.cards.len(), 3);
    for card in &cards.cards {
        let mut questions: Vec<(&str, &str)> =
            card.items.iter().map(|item| (item.list.name, item.number)).collect();
        let of = |list: &str| questions.iter().filter(|(name, _)| *name == list).count();
        let counts = ["PEMAT-P", "Clear Communication Index", "SHeLL editor", "PODS", "NHS numbers"].map(of);
        assert_eq!(counts, [24, 20, 6, 5, 4]);
        assert!(card.items.iter().all(|item| !item.evidence.is_empty()));
        let not_met: Vec<_> = card.items.iter().filter(|item| item.verdict == Verdict::No).collect();
        // The built-in clinic has no number to call.
        assert!(
            matches!(not_met[..], [item] if (item.list.name, item.number) == ("PODS", "5")),
            "{not_met:#?}"
        );
        questions.dedup();
        assert_eq!(questions.len(), 59);
    }
    // Three editions on two papers.
    assert_eq!(cards.fullness.len(), 18);
    for sheet in cards.fullness.iter().flat_map(|one| &one.left_out) {
        assert!(sheet.lines > 0 && !sheet.parts.is_empty(), "{sheet:?}");
    }
}
