//! What a request means, key by key.

use aftercare::content::files::Embedded;
use aftercare::content::{Library, load};
use aftercare::diagnostic::{Place, Report};
use aftercare::options::{Edition, Paper};
use aftercare::request::{RawRequest, Request, from_yaml, resolve};
use std::sync::OnceLock;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| load(&Embedded).unwrap_or_else(|faults| panic!("{faults}")).value.first)
}

fn meant(raw: &RawRequest) -> Report<Request> {
    let now = "2026-11-24T20:30:45Z".parse().expect("a time");
    resolve(raw, library(), now).unwrap_or_else(|faults| panic!("{faults}"))
}

fn ask(text: &str) -> Request {
    meant(&from_yaml("request.yaml", text, &library().keys)).value
}

#[test]
fn a_request_that_names_only_regions_has_every_default() {
    let request = ask("session: {regions: [neck]}");
    assert_eq!(request.session_at.to_rfc3339(), "2026-11-24T15:30:00-05:00");
    assert_eq!(request.chosen.ids("regions"), ["neck"]);
    assert_eq!((request.id, request.patient, request.note), (None, None, None));
    assert_eq!(request.language.tag(), "en");
    assert_eq!(
        (request.chosen.one("intensity"), request.edition, request.paper),
        (Some("moderate"), Edition::Standard, Paper::Letter)
    );
    for option in ["stretches", "exercises", "rest_hours", "activity", "precautions"] {
        assert!(!request.chosen.has(option), "{option}");
    }
    assert_eq!(request.today.to_string(), "2026-11-24");
}

#[test]
fn every_key_is_taken() {
    let request = ask(
        "id: A.1_b-c\npatient: Zoë\nlanguage: EN\nsession:\n  at: 2026-11-20 09:15\n  therapist: Suzie\n  intensity: intense\n  regions: [calf, ankle]\n\
         plan:\n  rest_hours: 72\n  stretches: [calf-wall-stretch]\n  exercises: []\n  next_visit: 2026-12-01T10:00\n  note: \"Line one\\r\\nline\\ttwo\"\n\
         activity: running\nprecautions: [immune, faints]\nprint:\n  edition: large-print\n  paper: a4\n  sections:\n    exclude: [closing]\n",
    );
    assert_eq!(request.id.as_deref(), Some("A.1_b-c"));
    assert_eq!(request.session_at.to_rfc3339(), "2026-11-20T09:15:00-05:00");
    assert_eq!(request.therapist.as_deref(), Some("Suzie"));
    assert_eq!(
        (request.chosen.one("intensity"), request.chosen.one("activity")),
        (Some("intense"), Some("running"))
    );
    assert_eq!(request.chosen.hours("rest_hours"), Some(72));
    assert_eq!(request.chosen.ids("stretches"), ["calf-wall-stretch"]);
    assert!(request.chosen.has("exercises") && request.chosen.ids("exercises").is_empty());
    assert_eq!(request.next_visit.map(|at| at.to_rfc3339()).as_deref(), Some("2026-12-01T10:00:00-05:00"));
    assert_eq!(request.note.as_deref(), Some("Line one\nline\ttwo"));
    assert_eq!(request.chosen.ids("precautions"), ["immune", "faints"]);
    assert_eq!((request.edition, request.paper), (Edition::LargePrint, Paper::A4));
    assert_eq!(Vec::from_iter(request.exclude), ["closing"]);
}

#[test]
fn what_yaml_would_make_of_a_name_is_still_the_name() {
    for (typed, name) in [
        ("123", "123"),
        ("no", "no"),
        ("1e3", "1e3"),
        ("'null'", "null"),
        ("2026-11-24", "2026-11-24"),
        ("\" Zoe\\u0308 \"", "Zoë"),
    ] {
        let request = ask(&format!("patient: {typed}\nsession: {{regions: [neck]}}"));
        assert_eq!(request.patient.as_deref(), Some(name), "{typed}");
    }
    for nothing in ["", "~", "null", "\"  \""] {
        assert_eq!(
            ask(&format!("patient: {nothing}\nsession: {{regions: [neck]}}")).patient,
            None,
            "{nothing}"
        );
    }
}

#[test]
fn names_of_every_script_are_taken() {
    for name in ["Nguyễn Thị Ánh", "Ελένη", "Ольга", "محمد", "שרה", "王小明", "नेहा", "👩‍⚕️ Ann"]
    {
        let request = ask(&format!("patient: {name}\nsession: {{regions: [neck]}}"));
        assert_eq!(request.patient.map(|patient| patient.chars().count() > 0), Some(true), "{name}");
    }
    let longest = "x".repeat(80);
    assert_eq!(ask(&format!("patient: {longest}\nsession: {{regions: [neck]}}")).patient, Some(longest));
}

#[test]
fn a_name_that_nobody_can_see_is_none() {
    for name in ["\u{200b}", "\u{ad}", "\u{2060}\u{200d}", " \u{3164}\u{fe0f} "] {
        let request =
            ask(&format!("patient: \"{name}\"\nsession: {{regions: [neck]}}\nplan: {{note: \"{name}\"}}"));
        assert_eq!((request.patient, request.note), (None, None), "{}", name.escape_unicode());
    }
}

#[test]
fn capitals_do_not_count_in_names_that_are_fixed() {
    let request = ask(
        "session: {regions: [Neck, UPPER-BACK], intensity: Intense}\nactivity: Desk\nprecautions: [Immune]\n\
         print: {edition: Large-Print, paper: A4}",
    );
    assert_eq!(request.chosen.ids("regions"), ["neck", "upper-back"]);
    assert_eq!(
        (request.chosen.one("intensity"), request.chosen.one("activity")),
        (Some("intense"), Some("desk"))
    );
    assert_eq!(request.chosen.ids("precautions"), ["immune"]);
    assert_eq!((request.edition, request.paper), (Edition::LargePrint, Paper::A4));
}

#[test]
fn an_exercise_that_a_precaution_rules_out_is_refused_whatever_its_capitals() {
    let now = "2026-11-24T20:30:45Z".parse().expect("a time");
    let mut ruled_out = 0;
    let pack = library().packs.values().next().expect("a language");
    for (path, exercises) in &pack.libraries {
        for (id, exercise) in exercises.iter() {
            for precaution in exercise.not_with.keys() {
                ruled_out += 1;
                let precaution = precaution.to_uppercase();
                let text = format!(
                    "session: {{regions: [neck]}}\nprecautions: [{precaution}]\nplan: {{{path}: [{id}]}}"
                );
                let found = resolve(&from_yaml("r.yaml", &text, &library().keys), library(), now)
                    .expect_err("a fault")
                    .to_string();
                assert!(found.contains("does not go with"), "{found}");
            }
        }
    }
    assert!(ruled_out > 0, "the clinic rules some out");
}

#[test]
fn a_language_of_a_country_is_the_language_that_the_clinic_has() {
    for tag in ["en-CA", "en-us", "EN_GB", "en-Latn-x-own"] {
        let request = ask(&format!("language: {tag}\nsession: {{regions: [neck]}}"));
        assert_eq!(request.language.tag(), "en", "{tag}");
    }
    let now = "2026-11-24T20:30:45Z".parse().expect("a time");
    for tag in ["eng", "englisch", "de-CA", "-en", "x-en"] {
        let text = format!("language: {tag}\nsession: {{regions: [neck]}}");
        assert!(resolve(&from_yaml("r.yaml", &text, &library().keys), library(), now).is_err(), "{tag}");
    }
}

#[test]
fn all_that_is_allowed_is_listed_once() {
    let now = "2026-11-24T20:30:45Z".parse().expect("a time");
    let told = |regions: &str| {
        let text = format!("session: {{regions: [{regions}]}}");
        resolve(&from_yaml("r.yaml", &text, &library().keys), library(), now).expect_err("faults")
    };
    let found = told("x, y, sholder, x, x");
    assert_eq!(found.to_string().matches("`hamstring`").count(), 1, "{found}");
    assert_eq!(found.0.len(), 3, "a value that stands twice is told once: {found}");
    assert!(found.to_string().contains("did you mean `shoulder`?"));
    let many = (0..500).map(|number| format!("z{number}")).collect::<Vec<_>>().join(", ");
    assert_eq!(told(&many).0.len(), 9);
}

#[test]
fn flags_go_over_the_file() {
    let file = from_yaml(
        "request.yaml",
        "patient: Ann\nsession: {regions: [nek], intensity: light}",
        &library().keys,
    );
    let mut flags = RawRequest::new(Place::file("--region"));
    for region in ["jaw", "hand"] {
        flags.add(library().keys.at_path("session.regions").expect("a key"), region, Place::file("--region"));
    }
    let request = meant(&flags.over(file)).value;
    assert_eq!(request.chosen.ids("regions"), ["jaw", "hand"]);
    assert_eq!((request.patient.as_deref(), request.chosen.one("intensity")), (Some("Ann"), Some("light")));
}

#[test]
fn a_faulty_flag_is_named_as_a_flag() {
    let mut flags = RawRequest::new(Place::file("--region"));
    flags.add(library().keys.at_path("session.regions").expect("a key"), "sholder", Place::file("--region"));
    let now = "2026-11-24T20:30:45Z".parse().expect("a time");
    let found = resolve(&flags, library(), now).expect_err("a fault").to_string();
    assert!(found.starts_with("--region: unknown region `sholder`; did you mean `shoulder`?"), "{found}");
}

#[test]
fn what_is_odd_is_a_warning() {
    let report = meant(&from_yaml(
        "request.yaml",
        "session: {at: 2062-11-24T15:30, regions: [neck, jaw, neck]}\nprint: {sections: {exclude: [closing, closing]}}",
        &library().keys,
    ));
    let warnings: Vec<&str> = report.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(
        warnings,
        [
            "`session.at` is on 2062-11-24, 13149 days after today (2026-11-24): is the date right?",
            "the region `neck` stands twice; once is enough",
            "the section `closing` stands twice; once is enough"
        ]
    );
    assert_eq!(report.value.chosen.ids("regions"), ["neck", "jaw"]);
}

#[test]
fn no_debug_text_shows_a_patient() {
    let raw = from_yaml(
        "request.yaml",
        "patient: Zebediah\nplan: {note: Zebediah}\nsession: {regions: [neck]}",
        &library().keys,
    );
    assert!(!format!("{raw:?} {:?}", meant(&raw)).contains("Zebediah"));
}

#[test]
fn no_message_and_no_excerpt_shows_a_patients_words_under_a_wrong_key() {
    let now = "2026-11-24T20:30:45Z".parse().expect("a time");
    for text in [
        "activity: HIV positive\nsession: {regions: [neck]}\n",
        "session: {regions: [nekk], therapist: Zoë Smith}\n",
        "session: {regions: Zoë Smith}\n",
        "session:\n  regions: [neck]\n  at: Zoë Smith\n",
        "session: {regions: [neck]}\nactivity: {Zoë: Smith}\n",
        "session: {regions: [neck]}\nplan: {rest_hours: HIV positive}\n",
        "session: {regions: [neck]}\nZoë: 1\nZoë: 2\n",
        "{session: {regions: [neck]}, patient:Zoë Smith}\n",
    ] {
        let faults =
            resolve(&from_yaml("request.yaml", text, &library().keys), library(), now).expect_err("faults");
        let excerpts = faults.0.iter().filter_map(|fault| fault.place.as_ref()?.excerpt.as_deref());
        let told = format!("{faults}\n{}", excerpts.collect::<Vec<_>>().join("\n"));
        assert!(
            !["Zoë", "Smith", "HIV", "positive"].iter().any(|word| told.contains(word)),
            "{text}\n{told}"
        );
    }
}

#[test]
fn line_ends_of_word_processors_are_line_ends() {
    for end in ["\\r\\n", "\\r", "\\v", "\\f", "\\N", "\\L", "\\P"] {
        let request = ask(&format!("session: {{regions: [neck]}}\nplan: {{note: \"one{end}two\"}}\n"));
        assert_eq!(request.note.as_deref(), Some("one\ntwo"), "{end}");
    }
}

#[test]
fn what_takes_no_ink_goes_and_what_was_typed_stays() {
    let request =
        ask("patient: \"\\uFEFFZo\\u00EB\\u200B \\u202ASmith\\u202C\"\nsession: {regions: [neck]}\n\
         plan: {note: \"\\n  Mon    10 reps\\nTue\\t20 reps \\n\"}\n");
    assert_eq!(request.patient.as_deref(), Some("Zoë Smith"));
    assert_eq!(request.note.as_deref(), Some("  Mon    10 reps\nTue\t20 reps"));
    let persian = "\u{645}\u{6cc}\u{200c}\u{631}\u{648}\u{645}";
    let behind_a_vowel_sign = "\u{646}\u{647}\u{64f}\u{200c}\u{645}";
    // The sign that takes a letter its vowel, then the joiner that makes one letter of two.
    let sinhala = "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}";
    for name in [persian, behind_a_vowel_sign, sinhala] {
        let request = ask(&format!("patient: {name}\nsession: {{regions: [neck]}}\n"));
        assert_eq!(request.patient.as_deref(), Some(name));
    }
}

#[test]
fn a_remark_may_follow_a_value_that_is_whole_without_it() {
    let request = ask(
        "patient: \"Zoë #1\" # quoted\nsession:\n  regions: [neck] # remark\n  intensity: light  # remark\n\
         plan:\n  note: | # a block\n    Do #1 # twice\n  next_visit: # none yet\nactivity: # none\n",
    );
    assert_eq!(request.patient.as_deref(), Some("Zoë #1"));
    assert_eq!(
        (request.note.as_deref(), request.chosen.one("intensity")),
        (Some("Do #1 # twice"), Some("light"))
    );
}

#[test]
fn no_line_of_a_text_is_taken_for_a_remark() {
    let now = "2026-11-24T20:30:45Z".parse().expect("a time");
    let told = |yaml: &str| {
        let raw =
            from_yaml("request.yaml", &format!("session: {{regions: [neck]}}\n{yaml}"), &library().keys);
        let faults = resolve(&raw, library(), now).err().map(|faults| faults.0).unwrap_or_default();
        let is_told = faults.iter().any(|fault| fault.code == "cut-short");
        assert!(is_told || faults.is_empty(), "{yaml}{faults:?}");
        is_told
    };
    for lost in [
        "plan:\n  note:\n    #1 knee bends\n",
        "plan:\n  note: # the day's\n    #1 knee bends\n",
        "plan:\n  note: knee bends\n    #2 heel slides\n",
        "plan:\n  note: knee bends\n\n    # then rest\n  rest_hours: 36\n",
        "plan:\n  note: knee\n    bends\n   #2 heel slides\n",
        "patient:\n  #1 Ann\n",
    ] {
        assert!(told(lost), "{lost}");
    }
    for remark in [
        "plan:\n  note: knee bends\n  #2 heel slides\n  rest_hours: 36\n",
        "plan:\n  note:\n    # none yet\n",
        "plan:\n  note:\n    # on one leg\n    knee bends\n",
        "plan:\n  rest_hours: 36\n    # as the doctor says\n",
        "plan: {note: knee bends,\n    # or more\n  rest_hours: 36}\n",
        "patient: Ann\n# a remark\n",
    ] {
        assert!(!told(remark), "{remark}");
    }
}

#[test]
fn what_a_program_left_for_a_name_is_remarked_on_and_printed() {
    let told = |name: &str| {
        let mut raw = from_yaml("request.yaml", "session: {regions: [neck]}", &library().keys);
        raw.set(library().keys.at_path("patient").expect("a key"), name, Place::file("patient"));
        let report = meant(&raw);
        assert_eq!(report.value.patient.as_deref(), Some(name));
        report.warnings.iter().any(|warning| warning.code == "odd-name")
    };
    for name in [
        "#REF!",
        "#N/A",
        "#NAME?",
        "None",
        "null",
        "nan",
        "undefined",
        "{{name}}",
        "«FirstName»",
        "<<Name>>",
        "%NAME%",
        "O&#39;Brien",
        "ZoÃ«",
        "zoe@example.org",
        "2026-11-24",
        "-",
        "...",
        "O&apos;Neil",
        "#BUSY!",
        "#CONNECT!",
        "Err:502",
        "$name",
        "*|FNAME|*",
        "__NAME__",
        "=A1",
        "0",
        "1.00E+05",
        "\\u00e9lise",
        "Ren\\xe9e",
        "Zo?",
        "First Last",
    ] {
        assert!(told(name), "{name}");
    }
    for name in [
        "Zoë",
        "O'Brien",
        "Nulla",
        "Nonetta",
        "SÃO",
        "João",
        "Anne-Marie",
        "Nan Goldin",
        "X Æ A-12",
        "J. R.",
        "王小明",
        "Tom & Ann",
        "Léa; Tom",
        "Li",
        "Test Pilot",
        "Âme",
        "Henry 8",
    ] {
        assert!(!told(name), "{name}");
    }
}

#[test]
fn a_tab_behind_a_colon_is_named() {
    let now = "2026-11-24T20:30:45Z".parse().expect("a time");
    let typed = from_yaml("r.yaml", "patient:\tAnn\nsession: {regions: [neck]}", &library().keys);
    let found = resolve(&typed, library(), now).expect_err("a fault").to_string();
    assert!(found.contains("a tab stands behind the colon; write a space"), "{found}");
}
