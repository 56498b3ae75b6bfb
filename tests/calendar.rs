//! The sheet's times for a calendar: as printed, with the numbers to call, and nothing that tells others who or what.

use aftercare::document::plain_text;
use aftercare::{BuiltIn, Engine, Memory, RawRequest, Request};
use chrono::{DateTime, TimeZone, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::built_in().expect("the built-in folder").value);

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap()
}

fn request(engine: &Engine, given: &[(&str, &str)]) -> Request {
    let mut raw = RawRequest::new(Default::default());
    for (column, value) in given {
        let key = engine.keys().iter().find(|key| key.column == *column).expect("a column");
        raw.set(key, value, Default::default());
    }
    engine.request(&raw, now()).expect("a good request").value
}

const PATIENT: [(&str, &str); 6] = [
    ("id", "p-7"),
    ("patient", "Zoë Okonkwo"),
    ("note", "Ring at home about the brace."),
    ("session_at", "2026-11-24T15:30"),
    ("next_visit", "2026-12-01T10:00"),
    ("regions", "shoulder"),
];

/// A file's events, each its lines by name.
fn events(file: &str) -> Vec<Vec<(String, String)>> {
    let unfolded = file.replace("\r\n ", "");
    let parts = unfolded.split("BEGIN:VEVENT\r\n").skip(1);
    let lines = |part: &str| {
        let lines = part.split("\r\n").take_while(|line| *line != "END:VEVENT");
        lines.filter_map(|line| line.split_once(':')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
    };
    parts.map(lines).collect()
}

fn value<'e>(event: &'e [(String, String)], name: &str) -> &'e str {
    event.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
}

/// The moments of a request, by what a calendar knows them by.
fn by_uid(given: &[(&str, &str)]) -> BTreeMap<String, Vec<(String, String)>> {
    let file = ENGINE.calendar(&request(&ENGINE, given)).expect("a calendar");
    let events = events(&file);
    let found: BTreeMap<_, _> =
        events.iter().map(|event| (value(event, "UID").to_owned(), event.clone())).collect();
    assert_eq!(found.len(), events.len(), "each moment has its own\n{file}");
    found
}

/// Two people of one household, or a treatment each: nothing of the one takes the place of what the other was told.
#[test]
fn moments_of_one_minute_do_not_take_each_others_place() {
    let at = [("session_at", "2026-11-24T15:30"), ("next_visit", "2026-12-01T10:00")];
    let ann = [&at[..], &[("patient", "Ann"), ("regions", "shoulder")]].concat();
    let bob =
        [&at[..], &[("patient", "Bob"), ("regions", "calf"), ("precautions", "blood-thinners")]].concat();
    let cupping = [&ann[..], &[("treatment", "cupping")]].concat();
    for other in [&bob, &cupping] {
        let (own, others) = (by_uid(&ann), by_uid(other));
        for (uid, event) in &own {
            let same = others.get(uid).unwrap_or(event);
            assert_eq!(same, event, "another moment of the same name");
        }
    }
    let (own, others) =
        (by_uid(&[&ann[..], &[("id", "p-1")]].concat()), by_uid(&[&ann[..], &[("id", "p-2")]].concat()));
    assert!(own.keys().all(|uid| !others.contains_key(uid)), "{own:?} {others:?}");
    // Nothing of who the patient is.
    let cy = [&at[..], &[("patient", "Cy"), ("regions", "shoulder"), ("note", "Ring at home.")]].concat();
    assert_eq!(by_uid(&ann), by_uid(&cy));
}

#[test]
fn a_sheet_with_an_id_that_is_corrected_moves_its_moments() {
    let made = [&PATIENT[..], &[("intensity", "light")]].concat();
    let mut corrected = [&PATIENT[..], &[("intensity", "intense"), ("precautions", "pregnancy")]].concat();
    for (key, value) in &mut corrected {
        match *key {
            "session_at" => *value = "2026-11-24T16:45",
            "next_visit" => *value = "2026-12-02T10:00",
            "patient" => *value = "Zoe Okonkwo",
            _ => {}
        }
    }
    let (before, after) = (by_uid(&made), by_uid(&corrected));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert!(before.iter().all(|(uid, event)| value(event, "DTSTART") != value(&after[uid], "DTSTART")));
    // The next day the same number is another patient's.
    let next = made
        .iter()
        .map(|pair| if pair.0 == "session_at" { ("session_at", "2026-11-25T15:30") } else { *pair });
    let next = by_uid(&next.collect::<Vec<_>>());
    assert!(next.keys().all(|uid| !before.contains_key(uid)));
}

#[test]
fn limits_the_call_and_the_next_visit_stand_when_they_are_printed() {
    let more = [("intensity", "moderate")];
    let file = ENGINE.calendar(&request(&ENGINE, &[&PATIENT[..], &more].concat())).expect("a calendar");
    let told: Vec<(String, String)> = events(&file)
        .iter()
        .map(|event| (value(event, "DTSTART").to_owned(), value(event, "SUMMARY").to_owned()))
        .collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(at, title)| (&**at, &**title)).collect();
    // The rest ends at 3:30 am, so at 8 on the sheet; the call stands where its hours lead.
    assert_eq!(
        told,
        [
            ("20261126T130000Z", "Back to your usual day\\, if you feel well"),
            ("20261126T130000Z", "Hard exercise again\\, if you are not sore"),
            ("20261126T203000Z", "Alcohol and caffeine: limit over"),
            ("20261127T203000Z", "Still sore? Call us"),
            ("20261201T150000Z", "Next visit"),
        ]
    );
}

/// What may last longer is not "over" on the day of its least: a clinic that has no words of its own for it gets those of the
/// timeline.
#[test]
fn a_limit_that_may_last_longer_is_never_called_over() {
    let mut files = Memory::copy(&BuiltIn).expect("the built-in folder");
    let words = "content/treatments/dry-needling/en/words.yaml";
    let text = String::from_utf8(files.0[words].to_vec()).expect("text");
    let without = text.replace("  hard_exercise: Hard exercise again, if you are not sore\n", "");
    assert_ne!(text, without);
    files.0.insert(words.to_owned(), without.into_bytes().into());
    let engine = Engine::load(&files).expect("a folder").value;
    let file = engine.calendar(&request(&engine, &PATIENT)).expect("a calendar");
    let titles: Vec<String> = events(&file).iter().map(|event| value(event, "SUMMARY").to_owned()).collect();
    let own = titles.iter().find(|title| title.starts_with("No hard exercise until"));
    assert!(own.is_some_and(|title| title.ends_with("or longer if still sore")), "{titles:?}");
}

#[test]
fn a_session_at_midnight_ends_on_the_day_that_the_paper_says() {
    let midnight = [("regions", "calf"), ("session_at", "2026-11-24T00:00"), ("intensity", "light")];
    let request = request(&ENGINE, &midnight);
    let file = ENGINE.calendar(&request).expect("a calendar");
    let paper = ENGINE.render_text(&request).expect("a text").value.replace('\u{a0}', " ");
    assert!(paper.contains("Still sore after Thursday, Nov 26, 11:59 pm."), "{paper}");
    let call = events(&file).into_iter().find(|event| value(event, "SUMMARY") == "Still sore? Call us");
    // In Toronto Thursday, 11:59 pm.
    assert_eq!(value(&call.expect("the call"), "DTSTART"), "20261127T045900Z");
}

#[test]
fn a_clinic_without_a_number_is_named_in_place_of_a_number_that_is_on_no_sheet() {
    let file = ENGINE.calendar(&request(&ENGINE, &PATIENT)).expect("a calendar");
    for event in events(&file) {
        let text = value(&event, "DESCRIPTION");
        assert!(text.contains("Call us: Leaside Sports Medicine\\, Toronto\\n"), "{text}");
        assert!(!text.contains("number is on"), "{text}");
    }
}

#[test]
fn no_calendar_tells_the_patient_and_no_title_the_treatment() {
    for library in ENGINE.treatments() {
        let treatment = [("treatment", &*library.treatment.id)];
        let request = request(&ENGINE, &[&PATIENT[..], &treatment].concat());
        let file = ENGINE.calendar(&request).expect("a calendar").replace("\r\n ", "");
        for word in ["Zoë", "Okonkwo", "brace", "p-7"] {
            assert!(!file.contains(word), "{word} in\n{file}");
        }
        for event in events(&file) {
            let title = value(&event, "SUMMARY").to_lowercase();
            for word in ["needl", "cupping", "shockwave", "shoulder", "physio"] {
                assert!(!title.contains(word), "{title}");
            }
        }
    }
}

#[test]
fn a_label_that_names_the_treatment_is_no_title() {
    let mut files = Memory::copy(&BuiltIn).expect("the built-in folder");
    let path = "content/treatments/cupping/en/words.yaml";
    let text = String::from_utf8(files.0[path].to_vec()).expect("text");
    let own = text.find("\n  easy: Hard exercise again").expect("the title of a limit");
    let text = format!("{}{}", &text[..own], &text[own + "\n  easy: Hard exercise again".len()..]);
    let text = text.replacen("easy: No hard exercise", "easy: No sport after cupping", 1);
    files.0.insert(path.to_owned(), text.into_bytes().into());
    let engine = Engine::load(&files).expect("it loads").value;
    let request = request(&engine, &[&PATIENT[..], &[("treatment", "cupping")]].concat());
    let file = engine.calendar(&request).expect("a calendar").replace("\r\n ", "");
    assert!(file.contains("SUMMARY:A limit from your sheet is over now"), "{file}");
    assert!(!file.contains("SUMMARY:Over now: No sport after cupping"), "{file}");
}

#[test]
fn the_call_has_every_warning_of_the_sheet_and_each_moment_the_clinics_own_numbers() {
    let mut files = Memory::copy(&BuiltIn).expect("the built-in folder");
    let path = "content/clinic.yaml";
    let text = String::from_utf8(files.0[path].to_vec()).expect("text");
    let lines = text.lines().filter(|line| !line.starts_with("phone:") && !line.starts_with("emergency:"));
    let text =
        format!("{}\nphone: 020 7946 0018\nemergency: \"999\"\n", lines.collect::<Vec<_>>().join("\n"));
    files.0.insert(path.to_owned(), text.into_bytes().into());
    let engine = Engine::load(&files).expect("it loads").value;
    let precautions = [("precautions", "blood-thinners;pregnancy;faints;immune")];
    let request = request(&engine, &[&PATIENT[..], &precautions].concat());
    let file = engine.calendar(&request).expect("a calendar");
    let events = events(&file);
    for event in &events {
        let text = value(event, "DESCRIPTION");
        assert!(text.contains("020 7946 0018") && text.contains("999") && !text.contains("911"), "{text}");
    }
    let call =
        events.iter().find(|event| value(event, "SUMMARY") == "Still sore? Call us").expect("the call");
    let text = value(call, "DESCRIPTION").replace("\\,", ",").replace("\\;", ";").replace("\\n", "\n");
    let document = engine.document(&request).expect("a sheet").value;
    let safety = document.safety();
    for tier in [safety.emergency(), safety.same_day(), safety.call()] {
        for words in tier.signs.iter().chain(&tier.closing).chain([&tier.heading]).chain(safety.precautions())
        {
            let words = plain_text(words);
            assert!(text.contains(&words), "{words} is not in\n{text}");
        }
    }
}

#[test]
fn the_web_page_holds_the_file_in_a_link_that_knows_nobody() {
    let request = request(&ENGINE, &PATIENT);
    let page = ENGINE.render_html(&request).expect("a page").value;
    let start = "href=\"data:text/calendar;charset=utf-8,";
    let at = page.find(start).expect("the link") + start.len();
    let address = &page[at..at + page[at..].find('"').expect("its end")];
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let hex =
            |at: usize| more.get(at).and_then(|byte| char::from(*byte).to_digit(16)).expect("a digit") as u8;
        match first {
            b'%' => {
                bytes.push(hex(0) * 16 + hex(1));
                rest = &more[2..];
            }
            byte => {
                bytes.push(*byte);
                rest = more;
            }
        }
    }
    assert_eq!(String::from_utf8(bytes).expect("text"), ENGINE.calendar(&request).expect("a calendar"));
    assert!(page.contains("download=\"aftercare.ics\""));
}

#[test]
fn a_batch_writes_calendars_too_and_may_write_over_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("list.csv"), "id,regions,session_at\na,calf,2026-11-24T15:30\n").unwrap();
    let mut made = Vec::new();
    for _ in 0..2 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
        command.current_dir(folder.path()).args(["batch", "list.csv", "-o", "out", "--format", "ics,note"]);
        let done = command.env_remove("AFTERCARE_CLINIC").output().expect("the program runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        made.push(fs::read_to_string(folder.path().join("out/a.ics")).expect("a calendar"));
    }
    assert_eq!(made[0], made[1], "the same bytes");
    let manifest = fs::read_to_string(folder.path().join("out/manifest.jsonl")).unwrap();
    let line: serde_json::Value = serde_json::from_str(manifest.trim()).expect("a line");
    assert_eq!(line["ics"]["bytes"], made[0].len());
    assert!(!folder.path().join("out/a.pdf").exists());
}

#[test]
#[ignore = "needs Python with the packages of tests/requirements.txt"]
fn a_reader_that_is_not_ours_finds_nothing_wrong_with_it() {
    let root = env!("CARGO_MANIFEST_DIR");
    let folder = tempfile::tempdir().expect("a folder");
    for library in ENGINE.treatments() {
        let treatment = [("treatment", &*library.treatment.id)];
        let request = request(&ENGINE, &[&PATIENT[..], &treatment].concat());
        let path = folder.path().join("a.ics");
        fs::write(&path, ENGINE.calendar(&request).expect("a calendar")).unwrap();
        let mut python = Command::new(format!("{root}/.venv/bin/python"));
        let said = python.arg(format!("{root}/tests/checkers/calendar_read.py")).arg(&path).output();
        let said = said.expect("Python is installed");
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        let read: serde_json::Value = serde_json::from_slice(&said.stdout).expect("JSON");
        assert_eq!(read["faults"], serde_json::json!([]));
        let events = read["events"].as_array().expect("events");
        assert!(events.len() >= 3, "{read}");
        let uids: BTreeSet<&str> = events.iter().filter_map(|event| event["uid"].as_str()).collect();
        assert_eq!(uids.len(), events.len(), "{read}");
        let visit = events.iter().find(|event| event["title"] == "Next visit").expect("the next visit");
        assert_eq!(
            (&visit["at"], &visit["stamp"]),
            (&"2026-12-01T15:00Z".into(), &"2026-11-24T20:30Z".into())
        );
        assert!(events.iter().all(|event| event["text"].as_str().is_some_and(|text| text.contains("911"))));
    }
}
