//! Choices that a sheet makes: exercises, names that no font has, the clinic's own lines.

use crate::kit::*;
use crate::read::{line, read};
use aftercare::document::{Block, Document, Inline, Running, plain_text};
use aftercare::options::chosen::Answer;

/// Ids of the stretches and movements of a sheet.
fn exercises(sheet: &Document) -> Vec<&str> {
    let blocks = sheet.body().iter().flat_map(|group| &group.sections).flat_map(|section| &section.blocks);
    let exercises = blocks.filter_map(|block| match block {
        Block::Exercises(exercises) => Some(exercises),
        _ => None,
    });
    exercises.flatten().map(|exercise| exercise.id.as_str()).collect()
}

fn section<'d>(sheet: &'d Document, id: &str) -> Option<&'d aftercare::document::Section> {
    sheet.body().iter().flat_map(|group| &group.sections).find(|section| section.id == id)
}

#[test]
fn each_region_has_its_turn() {
    let of = |regions: &str| {
        exercises(&small().sheet(&format!("{{session: {{regions: [{regions}]}}}}"))).join(" ")
    };
    assert_eq!(of("neck"), "neck-one neck-two turn move-one");
    assert_eq!(of("neck, calf"), "neck-one calf-one turn pump");
    assert_eq!(of("calf, neck"), "calf-one neck-one pump turn");
    // Three regions, two places: the first two have them.
    assert_eq!(of("hip, neck, calf"), "any-one neck-one move-one turn");
    // What names the jaw first goes before what names it later; and nothing stands twice.
    assert_eq!(of("jaw, neck"), "any-one neck-one move-one turn");
}

#[test]
fn what_a_precaution_rules_out_is_not_chosen() {
    let sheet = small().sheet("{session: {regions: [calf]}, precautions: [pregnancy]}");
    assert_eq!(exercises(&sheet), ["any-one", "any-two", "pump", "move-one"]);
    let mut request = small().request("{session: {regions: [calf]}, plan: {stretches: [calf-one]}}");
    request.chosen.set("precautions".into(), Answer::Names(vec!["pregnancy".into()]));
    let told = small().merge(&request).expect_err("a fault").to_string();
    assert!(told.contains("`calf-one` is not for this patient"), "{told}");
}

#[test]
fn a_chosen_exercise_that_there_is_not_names_the_nearest() {
    let mut request = small().request("{session: {regions: [calf]}}");
    request.chosen.set("exercises".into(), Answer::Names(vec!["pmup".into()]));
    let told = small().merge(&request).expect_err("a fault").to_string();
    assert_eq!(told, "there is no exercise `pmup`; did you mean `pump`?");
}

#[test]
fn a_clinic_may_choose_no_exercises() {
    let edits = [(
        "content/treatments/dry-needling/treatment.yaml",
        "stretches: {per-sheet: 2",
        "stretches: {per-sheet: 0",
    )];
    let clinic = edited(&edits).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(exercises(&clinic.sheet("{session: {regions: [neck]}}")), ["turn", "move-one"]);
}

#[test]
fn a_name_that_no_font_has_becomes_a_line_to_write_on() {
    let clinic = small();
    let mut request = clinic.request("{session: {regions: [neck]}}");
    request.patient = Some("Anna สมชาย".into());
    request.note = Some("Walk 🙂 daily".into());
    let covered = |character: char| character.is_ascii() || character == '\u{a0}';
    let made = clinic.merger.merge(&clinic.library, &request, &covered).expect("a sheet");
    let sheet = &made.value;
    assert_eq!(plain_text(&sheet.masthead().title), "Your next few days");
    assert_eq!(sheet.masthead().name_line.as_ref().map(line).as_deref(), Some("Name"));
    let note = Block::Paragraph(vec![Inline::Text("Walk daily".into())]);
    assert_eq!(section(sheet, "note").expect("the note").blocks, [note]);
    let told: Vec<&str> = made.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(told[0].contains("Thai") && told[1].contains("U+1F642"), "{told:?}");
    assert!(!read(sheet).contains("Anna") && !format!("{:?}", made.warnings).contains("Anna"));
}

#[test]
fn nothing_of_the_patient_stands_in_what_files_say_of_themselves() {
    let sheet = small().sheet("{patient: Zebediah, session: {regions: [neck]}, plan: {note: Zebedee}}");
    // Whose sheet it is stands in the head of later pages, and in nothing that the file says of itself.
    let running = Running { whose: None, ..sheet.running().clone() };
    let meta = format!("{:?} {running:?}", sheet.meta());
    assert!(!meta.contains("Zebe"), "{meta}");
    assert!(!sheet.masthead().outline_title.contains("Zebe"));
}

#[test]
fn no_message_holds_a_patient_s_word() {
    // A text that only real names break: none should be, so this one is forced past the trial by its length.
    let body = "{% for r in regions %}{{ patient }}{% endfor %}";
    let clinic = edited(&[(
        "content/treatments/dry-needling/en/rest.md",
        "{% if rest_set %}",
        &format!("{body}{{% if rest_set %}}"),
    )]);
    let clinic = clinic.unwrap_or_else(|faults| panic!("{faults}"));
    let all = crate::values::REGIONS;
    let mut request = clinic.request(&format!("{{session: {{regions: [{}]}}}}", all.join(", ")));
    request.patient = Some("Zebediah*".repeat(400));
    let faults = clinic.merge(&request).expect_err("the text is too long");
    let told = format!("{faults:?}");
    assert!(told.contains("this text cannot be filled for this request") && !told.contains("Zebe"), "{told}");
}

#[test]
fn a_clinic_that_can_be_reached_says_how() {
    let clinic = edited(&[
        ("content/clinic.yaml", "phone: \"\"", "phone: \"416 555-0100 ext 7\""),
        ("content/clinic.yaml", "email: \"\"", "email: \"care@clinic.example\""),
        ("content/clinic.yaml", "web: \"\"", "web: \"https://clinic.example/care\""),
        ("content/clinic.yaml", "address: \"\"", "address: \"1 Main Street *north*\""),
    ]);
    let clinic = clinic.unwrap_or_else(|faults| panic!("{faults}"));
    let text = read(&clinic.sheet("{session: {regions: [neck]}}"));
    for wanted in [
        "    Phone: [416 555-0100 ext 7](tel:4165550100;ext=7)\n",
        "    Email: [care@clinic.example](mailto:care@clinic.example)\n",
        "    Web: [clinic.example/care](https://clinic.example/care)\n",
        "    Address: 1 Main Street *north*\n",
        "    [QR https://clinic.example/care Scan for the web page]\n",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}

#[test]
fn the_foot_says_when_the_oldest_text_was_reviewed() {
    let clinic = edited(&[(
        "content/treatments/dry-needling/en/heat.md",
        "reviewed: 2026-11-01",
        "reviewed: 2026-03-09",
    )]);
    let clinic = clinic.unwrap_or_else(|faults| panic!("{faults}"));
    let foot = |yaml: &str| clinic.sheet(yaml).running().foot_right.clone();
    let version = &clinic.library.version;
    assert_eq!(
        foot("{session: {regions: [neck]}}"),
        format!("Draft of Mar 2026 · v{version} · Page {{page}} of {{pages}}")
    );
    // The sheet without that section says its own month.
    assert!(foot("{session: {regions: [neck]}, precautions: [pregnancy]}").starts_with("Draft of Nov 2026"));
}

#[test]
fn a_language_that_the_clinic_has_not_is_a_fault() {
    let mut request = small().request("{session: {regions: [neck]}}");
    request.language = aftercare::locale::Language::new("xx");
    let told = small().merge(&request).expect_err("a fault").to_string();
    assert_eq!(told, "the clinic has no texts in the language `xx`; known are `en`");
}

#[test]
fn the_same_request_gives_the_same_document() {
    let yaml = "{patient: Zoë, session: {at: 2026-11-24T15:30, regions: [neck, calf]}, precautions: [immune, faints]}";
    let first = format!("{:?}", small().sheet(yaml));
    let again = clinic(&folder(&[])).unwrap_or_else(|faults| panic!("{faults}"));
    again.sheet("{session: {regions: [ribs]}}");
    assert_eq!(first, format!("{:?}", again.sheet(yaml)));
    assert_eq!(first, format!("{:?}", small().sheet(yaml)));
}

#[test]
fn threads_share_one_merger() {
    let clinic = small();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                for minute in 1..60 {
                    let at = format!("2026-11-24T{:02}:{minute:02}", 8 + thread);
                    let sheet = clinic.sheet(&format!("{{session: {{at: {at}, regions: [neck]}}}}"));
                    let fact = &sheet.masthead().facts[1];
                    assert!(matches!(fact.as_slice(), [Inline::Text(text)] if text.contains(&format!("{}:{minute:02}", 8 + thread))));
                }
            });
        }
    });
}
