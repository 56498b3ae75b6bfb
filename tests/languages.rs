//! The language packs that come with the program: each is whole, says what the English says, and makes every sheet.

use aftercare::content::files::{Embedded, Memory};
use aftercare::diagnostic::{Faults, Severity};
use aftercare::document::plain_text;
use aftercare::layout::Shape;
use aftercare::locale::Language;
use aftercare::options::{Edition, Fold, Marks, Paper, Purpose};
use aftercare::{BrochureRequest, Engine, request_from_yaml};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::OnceLock;

/// Those that wait in every clinic folder for a clinic to list them.
const PACKS: [&str; 5] = ["es", "fa", "fr", "ta", "zh-Hans"];

fn now() -> DateTime<Utc> {
    "2026-11-24T20:30:00Z".parse().expect("a time")
}

/// The built-in folder of a clinic that lists every language.
fn folder() -> &'static Memory {
    static FOLDER: OnceLock<Memory> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let mut folder = Memory::copy(&Embedded).expect("the built-in folder");
        let path = "content/clinic.yaml";
        let text = String::from_utf8(folder.0[path].to_vec()).expect("text");
        let listed = format!("languages: [en, {}]", PACKS.join(", "));
        let text =
            text.replacen("languages: [en]", &listed, 1).replacen("phone: \"\"", "phone: 416 555-0100", 1);
        assert!(text.contains(&listed));
        folder.0.insert(path.into(), text.into_bytes().into());
        folder
    })
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::load(folder()).unwrap_or_else(|faults| panic!("{faults}")).value)
}

/// Whom to call is said in the reader's language: "dial" is no word of any other.
#[test]
fn who_answers_at_night_is_named_in_the_languages_own_words() {
    for (language, own) in
        [("en", "Health811 (dial 811)"), ("fr", "Santé811 (au 811)"), ("es", "Health811 (marque 811)")]
    {
        let text = format!("treatment: dry-needling\nlanguage: {language}\nsession: {{regions: [neck]}}\n");
        let raw = request_from_yaml("r.yaml", &text, engine().keys());
        let request = engine().request(&raw, now()).unwrap_or_else(|faults| panic!("{faults}")).value;
        let document = engine().document(&request).unwrap_or_else(|faults| panic!("{faults}")).value;
        let signs = format!("{:?}", document.safety());
        assert!(signs.contains(own), "{language}: {signs}");
    }
}

/// A Chinese face sets a number smaller than its own letters: what was measured is what prints, up to the edge of a panel.
#[test]
fn a_number_in_the_face_of_another_script_prints_as_wide_as_it_was_measured() {
    let mut folder = folder().clone();
    let path = "content/clinic.yaml";
    let text =
        String::from_utf8(folder.0[path].to_vec()).expect("text").replace("416 555-0100", "416-555-0142");
    folder.0.insert(path.into(), text.into_bytes().into());
    let engine = Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    for (fold, paper) in [Fold::Half, Fold::Tri]
        .into_iter()
        .flat_map(|fold| Paper::ALL.iter().map(move |paper| (fold, *paper)))
    {
        let asked = BrochureRequest {
            treatment: "dry-needling".into(),
            fold,
            paper,
            purpose: Purpose::Press,
            language: Language::new("zh-Hans"),
            proof: false,
            marks: Marks::Crop,
        };
        let made = engine.brochure(&asked, now().date_naive());
        assert!(made.is_ok(), "{fold:?} {paper:?}: {}", made.err().unwrap());
    }
}

/// Also before a clinic has written its number: the line to write it on makes another panel full.
#[test]
fn a_clinic_without_a_number_has_its_brochure_in_every_language() {
    let mut folder = folder().clone();
    let path = "content/clinic.yaml";
    let text = String::from_utf8(folder.0[path].to_vec()).expect("text").replace("416 555-0100", "\"\"");
    folder.0.insert(path.into(), text.into_bytes().into());
    let engine = Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    let treatments: Vec<_> = engine.treatments().map(|library| library.treatment.id.clone()).collect();
    for language in PACKS {
        for (fold, paper) in [Fold::Half, Fold::Tri]
            .into_iter()
            .flat_map(|fold| Paper::ALL.iter().map(move |paper| (fold, *paper)))
        {
            for treatment in &treatments {
                let asked = BrochureRequest {
                    treatment: treatment.clone(),
                    fold,
                    paper,
                    purpose: Purpose::Office,
                    language: Language::new(language),
                    proof: false,
                    marks: Marks::Crop,
                };
                let made = engine.brochure(&asked, now().date_naive());
                let name = format!("{language} {treatment} {fold:?} {paper:?}");
                assert!(made.is_ok(), "{name}: {}", made.err().unwrap());
            }
        }
    }
}

/// Who works at a clinic reads the page in the language that they choose, and not half of it in English.
#[test]
fn every_pack_says_every_word_of_the_page_and_names_every_language() {
    let file = |tag: &str, name: &str| {
        let path = format!("content/languages/{tag}/{name}");
        let words: serde_yaml::Value = serde_yaml::from_slice(&folder().0[&*path]).expect("YAML");
        let mut keys = BTreeSet::new();
        dotted("", &words, &mut keys);
        keys
    };
    let page = file("en", "web.yaml");
    for tag in PACKS {
        let missing: Vec<_> = page.difference(&file(tag, "web.yaml")).cloned().collect();
        assert!(missing.is_empty(), "{tag}: {missing:?}");
    }
    for tag in PACKS.into_iter().chain(["en"]) {
        let words = file(tag, "words.yaml");
        let unnamed =
            PACKS.iter().chain(&["en"]).find(|other| !words.contains(&format!(".languages.{other}")));
        assert_eq!(unnamed, None, "{tag} has no name for it");
    }
}

fn dotted(key: &str, words: &serde_yaml::Value, keys: &mut BTreeSet<String>) {
    match words.as_mapping() {
        Some(group) => {
            for (name, word) in group {
                dotted(&format!("{key}.{}", name.as_str().expect("a name")), word, keys);
            }
        }
        None => drop(keys.insert(key.to_owned())),
    }
}

#[test]
fn check_finds_no_error_in_any_pack() {
    let found = Engine::check(folder(), |_| Ok::<_, Infallible>(now())).expect("a time");
    let (errors, warnings): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|fault| fault.severity == Severity::Error);
    assert!(errors.is_empty(), "{}", Faults(errors));
    // What falls from a full brochure is told; nothing else is.
    let others: Vec<_> = warnings.into_iter().filter(|fault| fault.code != "left-out").collect();
    assert!(others.is_empty(), "{}", Faults(others));
}

#[test]
fn a_side_close_to_its_area_and_a_list_in_marks_of_its_script_are_understood() {
    for (typed, read) in [
        ("左肩膀", "Left shoulder"),
        ("左侧肩膀、颈部", "Left shoulder and neck"),
        ("شانه چپ، گردن", "Left shoulder and neck"),
        ("இடது தோள், கழுத்து", "Left shoulder and neck"),
    ] {
        let text = format!("session: {{at: 2026-11-24T15:30, regions: [\"{typed}\"]}}");
        let raw = request_from_yaml("r.yaml", &text, engine().keys());
        let request =
            engine().request(&raw, now()).unwrap_or_else(|faults| panic!("{typed}: {faults}")).value;
        let text = engine().render_text(&request).expect("a text").value;
        assert!(text.contains(read), "{typed}: {text}");
    }
}

#[test]
fn a_note_and_a_sheet_join_their_parts_as_the_language_does() {
    let mut folder = folder().clone();
    let path = "content/clinic.yaml";
    let text = String::from_utf8(folder.0[path].to_vec()).expect("text");
    let text =
        text.replacen("languages: [en, ", "languages: [zh-Hans, en, ", 1).replacen(", zh-Hans]", "]", 1);
    folder.0.insert(path.into(), text.into_bytes().into());
    let engine = Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    let text = "session: {at: 2026-11-24T13:59, therapist: Rachel, regions: [neck, \"shoulder:left\", jaw]}";
    let raw = request_from_yaml("r.yaml", text, engine.keys());
    let request = engine.request(&raw, now()).unwrap_or_else(|faults| panic!("{faults}")).value;
    let document = engine.document(&request).unwrap_or_else(|faults| panic!("{faults}")).value;
    let note = engine.chart_note(&request, &document, None).unwrap_or_else(|faults| panic!("{faults}"));
    assert!(note.contains("颈部、左侧肩部和下颌"), "{}", note);
    assert!(note.contains("2026年11月24日（星期二）13:59，"), "{}", note);
    for wrong in ["。；", "; ", ". ", ", "] {
        let own = note.replace("Rachel, PT", "");
        assert!(!own.contains(wrong), "{wrong}: {own}");
    }
    let sheet = engine.render_text(&request).expect("a text").value;
    assert!(!sheet.contains("。 "), "{sheet}");
}

#[test]
fn every_pack_makes_every_edition_on_both_papers() {
    for language in PACKS {
        for treatment in ["dry-needling", "shockwave", "cupping"] {
            for edition in Edition::ALL {
                for paper in Paper::ALL {
                    let text = format!(
                        "treatment: {treatment}\npatient: Zoë\nlanguage: {language}\nsession: {{at: 2026-11-24T15:30, regions: [shoulder]}}\n\
                         plan: {{note: \"416 555-0100\", next_visit: 2026-12-01T10:00}}\nprint: {{edition: {edition}, paper: {paper}}}"
                    );
                    let raw = request_from_yaml("r.yaml", &text, engine().keys());
                    let request =
                        engine().request(&raw, now()).unwrap_or_else(|faults| panic!("{faults}")).value;
                    let document =
                        engine().document(&request).unwrap_or_else(|faults| panic!("{faults}")).value;
                    let layout =
                        engine().layout(&document, &request).unwrap_or_else(|faults| panic!("{faults}"));
                    let sides = layout.value.pages.len();
                    let most = if *edition == Edition::LargePrint { 4 } else { 2 };
                    assert!(sides <= most, "{language} {treatment} {edition} {paper}: {sides} sides");
                    assert_eq!(
                        engine().clashes(&layout.value, &request),
                        [],
                        "{language} {treatment} {edition} {paper}"
                    );
                }
            }
        }
    }
}

/// The signs that cannot wait stand on the first side, whoever the patient is, in every language, edition and size.
#[test]
fn the_emergency_signs_stand_on_side_one_of_every_sheet() {
    let patients = [
        "session: {at: 2026-11-24T15:30, regions: [shoulder]}",
        "patient: Zoë\nplan: {next_visit: 2026-12-01T10:00, note: Start with the wall slide.}\n\
         session: {at: 2026-11-24T15:30, therapist: Rachel, regions: [neck, shoulder]}",
        "precautions: [pregnancy, immune, faints, blood-thinners, fluid-limit]\n\
         plan: {next_visit: 2026-12-01T10:00}\n\
         session: {at: 2026-11-24T10:00, intensity: intense, regions: [jaw, neck, upper-back, 'shoulder:left']}",
    ];
    for language in ["en"].iter().chain(&PACKS) {
        for (patient, edition) in patients.iter().flat_map(|one| Edition::ALL.iter().map(move |it| (one, it)))
        {
            for paper in Paper::ALL {
                let text =
                    format!("language: {language}\nprint: {{edition: {edition}, paper: {paper}}}\n{patient}");
                let raw = request_from_yaml("r.yaml", &text, engine().keys());
                let request = engine().request(&raw, now()).unwrap_or_else(|faults| panic!("{faults}")).value;
                let document = engine().document(&request).unwrap_or_else(|faults| panic!("{faults}")).value;
                let layout =
                    engine().layout(&document, &request).unwrap_or_else(|faults| panic!("{faults}")).value;
                let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                let lines = layout.pages[0].fragments.iter().filter_map(|fragment| match &fragment.shape {
                    Shape::Line { line, .. } => Some(letters(&line.text())),
                    _ => None,
                });
                let first: String = lines.collect();
                let tier = document.safety().emergency();
                for sign in tier.signs.iter().chain(&tier.closing) {
                    let sign = plain_text(sign);
                    assert!(
                        first.contains(&letters(&sign)),
                        "{language} {edition} {paper}, {patient}: side 1 lacks “{sign}”"
                    );
                }
            }
        }
    }
}

/// A short note stands beside the heading of the exercises: it stays where a full sheet has room for none of them.
#[test]
fn a_note_stands_on_the_fullest_sheet_of_every_language() {
    for language in ["en"].iter().chain(&PACKS) {
        for paper in Paper::ALL {
            let text = format!(
                "language: {language}\nprecautions: [pregnancy, immune, faints, blood-thinners, fluid-limit]\n\
                 session: {{at: 2026-11-24T15:30, therapist: Rachel, intensity: intense, regions: [jaw, neck, upper-back, 'shoulder:left']}}\n\
                 plan: {{note: \"Zzyzx. Qwrtz.\"}}\nprint: {{paper: {paper}}}"
            );
            let raw = request_from_yaml("r.yaml", &text, engine().keys());
            let request = engine().request(&raw, now()).unwrap_or_else(|faults| panic!("{faults}")).value;
            let document = engine().document(&request).unwrap_or_else(|faults| panic!("{faults}")).value;
            let layout =
                engine().layout(&document, &request).unwrap_or_else(|faults| panic!("{faults}")).value;
            let told = engine().text(&layout, &document);
            assert!(told.contains("Zzyzx"), "{language} {paper}: the note is gone:\n{told}");
        }
    }
}

/// Every precaution, near the lungs, in longer languages: the boxes of the warnings take the room that they need, and no more.
/// In Tamil, whose lines are a quarter higher, no side holds all of that.
#[test]
fn a_sheet_with_every_precaution_keeps_an_exercise() {
    for language in ["en"].iter().chain(PACKS.iter().filter(|pack| **pack != "ta")) {
        for region in ["neck", "upper-back", "shoulder", "knee"] {
            for edition in Edition::ALL {
                let text = format!(
                    "language: {language}\npatient: Zoë\nprint: {{edition: {edition}}}\n\
                     precautions: [pregnancy, immune, faints, blood-thinners, fluid-limit]\n\
                     session: {{at: 2026-11-24T15:30, regions: [{region}]}}"
                );
                let raw = request_from_yaml("r.yaml", &text, engine().keys());
                let request = engine().request(&raw, now()).unwrap_or_else(|faults| panic!("{faults}")).value;
                let document = engine().document(&request).unwrap_or_else(|faults| panic!("{faults}")).value;
                let layout = engine().layout(&document, &request).unwrap_or_else(|faults| panic!("{faults}"));
                let gone: Vec<&str> = layout.value.omitted.iter().map(|part| part.id.as_str()).collect();
                assert!(!gone.contains(&"exercises"), "{language} {region} {edition}: without {gone:?}");
            }
        }
    }
}

#[test]
fn a_pack_that_the_clinic_does_not_list_is_told_and_costs_no_warning() {
    let built_in = Engine::built_in().expect("the built-in folder");
    assert!(built_in.warnings.is_empty(), "{:?}", built_in.warnings);
    let engine = built_in.value;
    for language in PACKS {
        let text = format!("language: {language}\nsession: {{at: 2026-11-24T15:30, regions: [calf]}}");
        let refused = engine.request(&request_from_yaml("r.yaml", &text, engine.keys()), now());
        let faults = refused.map(|_| ()).expect_err("not listed");
        assert_eq!(faults.0.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["unlisted-language"]);
        assert!(faults.to_string().contains("add it to `languages` in content/clinic.yaml"), "{faults}");
    }
}
