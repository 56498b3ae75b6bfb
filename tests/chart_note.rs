//! The note for the chart: short, without the patient, and with every warning that the sheet gives.

use aftercare::document::{Inline, Text, Tier, plain_text, reading_order};
use aftercare::options::keys::Value;
use aftercare::{BuiltIn, Engine, Memory, RawRequest, Request};
use aftercare::{OptionKind, TreatmentOption};
use chrono::{DateTime, TimeZone, Utc};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::sync::LazyLock;

const NAME: &str = "Zoë Okonkwo-Laurent";
const NOTE: &str = "Ring Zoe at home about the brace.";

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::built_in().expect("the built-in folder").value);

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap()
}

/// A request of a treatment, by column.
fn request(engine: &Engine, given: &[(&str, &str)]) -> Request {
    let mut raw = RawRequest::new(Default::default());
    for (column, value) in given {
        let key = engine.keys().iter().find(|key| key.column == *column).expect("a column");
        raw.set(key, value, Default::default());
    }
    engine.request(&raw, now()).expect("a good request").value
}

fn note(engine: &Engine, request: &Request) -> String {
    let document = engine.document(request).expect("a sheet").value;
    let layout = engine.layout(&document, request).expect("a layout").value;
    let note = engine.chart_note(request, &document, Some(&layout)).expect("a note");
    String::from_utf8(engine.marked(&note)).expect("text")
}

/// Some values of an option, as somebody may type them.
fn some(option: &TreatmentOption, picks: &[Index]) -> Option<String> {
    let values: Vec<&str> = option.values().iter().map(|value| &**value).collect();
    let picked = |most: usize| {
        let picked: BTreeSet<&str> = picks.iter().take(most).map(|pick| *pick.get(&values)).collect();
        picked.into_iter().collect::<Vec<_>>().join(";")
    };
    match (&option.kind, &option.key.value) {
        (OptionKind::Choice(_), _) => Some(picked(1)),
        (OptionKind::Choices(_) | OptionKind::Regions { .. }, _) => Some(picked(picks.len())),
        (_, Value::Hours { from, to }) => Some((from + picks.len() as u32 * 7).min(*to).to_string()),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_note_is_short_names_nobody_and_gives_every_sign_of_the_sheet(
        treatment in 0usize..3,
        picks in prop::collection::vec(any::<Index>(), 1..14),
        leaves_out in any::<u16>(),
    ) {
        let engine = &*ENGINE;
        let library = engine.treatments().nth(treatment).expect("a treatment");
        let mut given = vec![
            ("treatment".to_owned(), library.treatment.id.to_string()),
            ("patient".to_owned(), NAME.to_owned()),
            ("note".to_owned(), NOTE.to_owned()),
            ("session_at".to_owned(), "2026-11-24T15:30".to_owned()),
            ("next_visit".to_owned(), "2026-12-01T10:00".to_owned()),
        ];
        for (index, option) in library.treatment.options.values().enumerate() {
            let leaves = !option.required && leaves_out & (1 << (index % 16)) != 0;
            if let Some(value) = some(option, &picks).filter(|_| !leaves) {
                given.push((option.id.to_string(), value));
            }
        }
        let pairs: Vec<(&str, &str)> = given.iter().map(|(key, value)| (&**key, &**value)).collect();
        let request = request(engine, &pairs);
        let note = note(engine, &request);
        prop_assert!(note.chars().count() <= 2_000, "{} characters:\n{note}", note.chars().count());
        for word in ["Zoë", "Okonkwo", "brace"] {
            prop_assert!(!note.contains(word), "{word} in\n{note}");
        }
        let document = engine.document(&request).expect("a sheet").value;
        let safety = document.safety();
        let stands = |text: &Text| note.contains(plain_text(text).replace('\u{a0}', " ").trim_end_matches('.'));
        for (index, tier) in [safety.emergency(), safety.same_day(), safety.call()].into_iter().enumerate() {
            let is_whole = tier.intro.iter().all(|text| stands(&intro(text)))
                && tier.signs.iter().chain(&tier.closing).all(stands);
            prop_assert!(is_whole || index > 0 && is_counted(&note, tier), "{tier:?} is not in\n{note}");
        }
        prop_assert!(note.contains("\nAlso on the sheet: words typed for this patient\n"), "{note}");
        let layout = engine.layout(&document, &request).expect("a layout").value;
        let gone: BTreeSet<&str> = layout.omitted.iter().map(|part| &*part.id).collect();
        let shown = engine.shown_exercises(&document);
        let shown = shown.iter().filter(|id| !gone.contains(&*format!("exercises/{id}")));
        prop_assert!(has_or_counts_exercises(&note, shown.count()), "{note}");
        // In its short form too.
        prop_assert!(note.contains("? Call us. ("), "no alarm in\n{note}");
        for advice in safety.precautions() {
            prop_assert!(stands(advice), "{advice:?} is not in\n{note}");
        }
        for heading in ["STRETCHES AND MOVEMENTS", "Next visit", "TO ASK BEFORE THE PATIENT LEAVES"] {
            prop_assert!(note.contains(heading), "{heading} is not in\n{note}");
        }
        prop_assert!(note.contains("Call 911") || note.contains("call 911"));
        prop_assert!(note.contains(&library.version) && note.contains("draft"));
    }
}

/// Whether a note gives each exercise of the sheet, says how many more there are, or that it has no room for them.
fn has_or_counts_exercises(note: &str, count: usize) -> bool {
    let mut lines = note.lines().skip_while(|line| *line != "STRETCHES AND MOVEMENTS").skip(1);
    let Some(line) = lines.next() else {
        return count == 0
            || note.lines().any(|line| line.starts_with("No room here for: ") && line.contains("STRETCHES"));
    };
    let listed: Vec<&str> = line.split("; ").collect();
    match listed.last().and_then(|last| last.strip_suffix(" more, as on the sheet")) {
        Some(more) => more.parse::<usize>().is_ok_and(|more| more + listed.len() - 1 == count),
        None => listed.len() == count,
    }
}

/// Whether the tier's own line says how many of its signs stand on the sheet alone, and gives the others.
fn is_counted(note: &str, tier: &Tier) -> bool {
    let plain = |text: &Text| plain_text(text).replace(['\u{a0}', '\u{202f}'], " ");
    let heading = plain(&tier.heading_on_screen());
    let Some(line) =
        note.lines().find(|line| line.starts_with(&format!("- {}", heading.trim_end_matches([':', ' ']))))
    else {
        return false;
    };
    let signs = tier.signs.len();
    let stand = tier.signs.iter().take_while(|sign| line.contains(plain(sign).trim_end_matches('.'))).count();
    line.ends_with(&format!(": {signs} signs, as on the sheet"))
        || stand < signs && line.contains(&format!("{} more, as on the sheet.", signs - stand))
}

/// Without the colon, which leads on to the signs on a sheet.
fn intro(text: &Text) -> Text {
    vec![Inline::Text(plain_text(text).trim_end_matches(':').to_owned())]
}

#[test]
fn a_note_of_a_complex_patient_gives_each_tier_whole_and_says_for_what_it_has_no_room() {
    let given = [
        ("regions", "shoulder;neck"),
        ("intensity", "intense"),
        ("precautions", "blood-thinners;pregnancy"),
        ("session_at", "2026-11-24T15:30"),
        ("next_visit", "2026-12-01T10:00"),
        ("therapist", "Valerie"),
    ];
    let note = note(&ENGINE, &request(&ENGINE, &given));
    for part in [
        "Say so: “I had dry needling near my chest.” Do not drive. Do not wait for our call.\n",
        "Get help today, day or night. Call us, your doctor or Health811 (dial 811): Fever",
        "Pregnant? Bleeding, cramps, leaking fluid or less movement: call your maternity team now.",
        "Blood thinners? Keep taking them. Press longer if a spot bleeds. No answer? Go to a walk-in or Emergency.\n",
        "Call us: Still sore after Friday, Nov 27, 3:30 pm;",
        "On blood thinners, you may bruise easily. If a bruise grows, get help today.\n",
        "- Pregnant? No alcohol at all.",
        "\n- Drink more water until Wed 3:30 pm\n- 1 more, as on the sheet\n- Still sore then? Call us. (Friday, Nov 27, 3:30 pm)\n",
        "\nNo room here for: STRETCHES AND MOVEMENTS; Next visit; TO ASK BEFORE THE PATIENT LEAVES\n",
    ] {
        assert!(note.contains(part), "{part} is not in\n{note}");
    }
}

#[test]
fn a_note_says_what_was_chosen_and_when_each_limit_ends() {
    let given = [
        ("regions", "shoulder;neck"),
        ("intensity", "intense"),
        ("rest_hours", "36"),
        ("precautions", "blood-thinners"),
        ("session_at", "2026-11-24T15:30"),
        ("therapist", "Rachel"),
        ("edition", "large-print"),
        ("exclude", "faq"),
    ];
    let note = note(&ENGINE, &request(&ENGINE, &given));
    for part in [
        "Dry needling",
        "Tuesday, November 24, 2026, 3:30 pm, with Rachel, PT",
        "Area: shoulder and neck",
        "Intensity: intense",
        "Rest (hours): 36",
        "Precautions: blood thinners",
        "Take it easy until Thursday, Nov 26, 8 am",
        "Questions people ask",
        "large print",
        "No room here for: TO ASK BEFORE THE PATIENT LEAVES",
    ] {
        assert!(note.contains(part), "{part} is not in\n{note}");
    }
}

#[test]
fn a_note_with_room_gives_the_limits_with_their_dates_and_when_to_call() {
    let note = note(&ENGINE, &request(&ENGINE, &[("regions", "calf"), ("session_at", "2026-11-24T15:30")]));
    for part in [
        "Take it easy until Thursday, Nov 26, 8 am",
        "You may feel sore until Friday, Nov 27, 3:30 pm",
        "Still sore then? Call us. (Friday, Nov 27, 3:30 pm)",
    ] {
        assert!(note.contains(part), "{part} is not in\n{note}");
    }
}

/// Of the most lines, so that an exercise gives way to it.
const LONG_NOTE: &str = "1 a\n2 b\n3 c\n4 d\n5 e\n6 f\n7 g\n8 h\n9 i\n10 j\n11 k\n12 l";

#[test]
fn what_the_sheet_had_no_room_for_was_not_given() {
    let given = [
        ("regions", "shoulder;neck"),
        ("edition", "large-print"),
        ("intensity", "intense"),
        ("precautions", "blood-thinners"),
        ("note", LONG_NOTE),
        ("session_at", "2026-11-24T15:30"),
    ];
    let request = request(&ENGINE, &given);
    let document = ENGINE.document(&request).expect("a sheet").value;
    let layout = ENGINE.layout(&document, &request).expect("a layout").value;
    assert!(
        layout.omitted.iter().any(|part| part.id == "exercises/wall-slide"),
        "the case has room for it: {:?}",
        layout.omitted
    );
    let note = note(&ENGINE, &request);
    assert!(!note.contains("Wall slide"), "{note}");
    let whole = ENGINE.chart_note(&request, &document, None).expect("a note");
    assert!(whole.contains("Wall slide"), "{whole}");
}

/// The built-in folder as earlier programs wrote it out: without the words that came later.
fn of_yesterday() -> Memory {
    let mut files = Memory::copy(&BuiltIn).expect("the built-in folder");
    files.0.retain(|path, _| !path.starts_with("content/records/"));
    files
}

#[test]
fn a_folder_without_the_newer_words_takes_the_programs_own() {
    let engine = Engine::load(&of_yesterday()).expect("it loads");
    assert!(engine.warnings.iter().all(|warning| warning.code != "missing-file"), "{:?}", engine.warnings);
    let given = [("regions", "calf"), ("session_at", "2026-11-24T15:30")];
    let note = note(&engine.value, &request(&engine.value, &given));
    assert!(note.starts_with("AFTERCARE GIVEN: Dry needling\n"), "{note}");
}

#[test]
fn the_note_is_in_the_clinics_first_language_and_says_that_of_the_sheet() {
    let mut files = of_yesterday();
    let english: Vec<_> = files.0.iter().map(|(path, data)| (path.clone(), data.clone())).collect();
    for (path, data) in english {
        if path.starts_with("content/") && path.contains("/en/") {
            files.0.insert(path.replace("/en/", "/fr/"), data);
        }
    }
    let profile = "content/clinic.yaml";
    let text = String::from_utf8(files.0[profile].to_vec()).expect("text");
    files.0.insert(
        profile.to_owned(),
        text.replace("languages: [en]", "languages: [fr, en]").into_bytes().into(),
    );
    let engine = Engine::load(&files).expect("it loads").value;
    let given = [("regions", "calf"), ("session_at", "2026-11-24T15:30"), ("language", "en")];
    let note = note(&engine, &request(&engine, &given));
    assert!(note.starts_with("CONSEILS DONNÉS : "), "{note}");
    assert!(note.contains("Feuille : English"), "{note}");
}

#[test]
fn the_ending_of_a_file_makes_a_note_and_a_batch_writes_them_beside_its_sheets() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
        command.current_dir(folder.path()).args(arguments).env_remove("AFTERCARE_CLINIC");
        let done = command.output().expect("the program runs");
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    let sheet = ["render", "--region", "calf", "--session-at", "2026-11-24T15:30", "-o"];
    // Twice: a note of ours may be written over.
    for _ in 0..2 {
        run(&[&sheet[..], &["x.note.txt"]].concat());
    }
    run(&[&sheet[..], &["x.txt"]].concat());
    assert!(read("x.note.txt").starts_with("AFTERCARE GIVEN"), "{}", read("x.note.txt"));
    assert!(!read("x.txt").contains("AFTERCARE GIVEN"), "a text stays the sheet's");

    fs::write(folder.path().join("list.csv"), "id,patient,regions,session_at\na,Zoë,neck,2026-11-24T15:30\n")
        .unwrap();
    let batch = ["batch", "list.csv", "-o", "out", "--format", "pdf,note"];
    run(&batch);
    let (note, manifest) = (read("out/a.note.txt"), read("out/manifest.jsonl"));
    assert!(note.contains("Area: neck") && !note.contains("Zoë"), "{note}");
    let line: serde_json::Value = serde_json::from_str(manifest.trim()).expect("a line");
    assert_eq!(line["note"]["bytes"], note.len());
    assert!(folder.path().join("out/a.pdf").exists());
    // A note that is gone is made again.
    fs::remove_file(folder.path().join("out/a.note.txt")).unwrap();
    run(&[&batch[..], &["--resume"]].concat());
    assert_eq!(read("out/a.note.txt"), note);
}

/// The questions on the page know nothing of what was typed for the patient, whatever a folder's words ask for.
#[test]
fn questions_to_ask_name_nobody() {
    let mut files = Memory::copy(&BuiltIn).expect("the built-in folder");
    let holds = |(path, data): &(&String, &std::borrow::Cow<'static, [u8]>)| {
        path.contains("dry-needling/en/words.yaml") && String::from_utf8_lossy(data).contains("teach-back:")
    };
    let (path, data) = files.0.iter().find(holds).expect("the questions");
    let (path, text) = (path.clone(), String::from_utf8(data.to_vec()).expect("text"));
    let before = text.lines().find(|line| line.starts_with("  limits:")).expect("a question").to_owned();
    let asked = "  limits: \"{{ patient }}{% if has_note %} a note{% endif %} {{ area }}?\"";
    files.0.insert(path, text.replacen(&before, asked, 1).into_bytes().into());
    let engine = Engine::load(&files).unwrap_or_else(|faults| panic!("{faults}")).value;
    let given = [("regions", "calf"), ("patient", NAME), ("note", NOTE)];
    let request = request(&engine, &given);
    let (document, questions) = engine.document_asking(&request).expect("a sheet");
    assert_eq!(questions.len(), 3);
    assert_eq!(questions[0].trim().to_lowercase(), "calf?");
    let alone = engine.document(&request).expect("a sheet").value;
    assert_eq!(reading_order(&document.value), reading_order(&alone));
}
