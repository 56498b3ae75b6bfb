//! The handout in a real browser: axe, HTML validity, widths from 320 px, dark and forced colours, no requests.
//! Needs Node and Chromium: `npm install --prefix tests/browser`, then `cargo test --test html_browser -- --ignored`.

#[path = "support/html_pages.rs"]
#[allow(dead_code)] // shared with tests/html.rs, which uses all of it
mod html_pages;

use aftercare::content::files::{Embedded, Files, Memory};
use aftercare::document::{Alarm, Day, Document, Inline, Text, sample};
use aftercare::options::Edition;
use std::process::Command;

fn text(words: &str) -> Text {
    vec![Inline::Text(words.replace('~', "\u{a0}"))]
}

/// A long name, long words on the timeline, a very short bar, and an alarm before the axis ends.
fn stretched() -> Document {
    let plain = sample::sample();
    let mut masthead = plain.masthead().clone();
    masthead.title =
        text("Vos prochains jours, Marie-Philomène Wolfeschlegelsteinhausenbergerdorff-Saint-Exupéry");
    let bars = &mut masthead.timeline.bars;
    for (bar, words) in
        bars.iter_mut().zip(["Allez-y doucement", "Pas d’exercice intense", "Ni alcool ni caféine"])
    {
        bar.label = text(words);
        bar.until = text("jusqu’au mercredi, 15~h~30");
    }
    bars[0].hours = 12;
    bars[1].open_end = Some(text("tant que vous ne vous sentez pas bien"));
    masthead.timeline.alarm = Alarm { hours: 60, label: text("Encore mal ici? Appelez-nous.") };
    let parts =
        (plain.meta().clone(), plain.safety().clone(), plain.body().to_vec(), plain.running().clone());
    Document::new(parts.0, masthead, parts.1, parts.2, parts.3)
}

/// The longest axis, each day with a label, in a language of long words.
fn week() -> Document {
    let plain = stretched();
    let mut masthead = plain.masthead().clone();
    masthead.timeline.hours = 168;
    let days = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lundi"];
    let heads = days.iter().zip(0..);
    masthead.timeline.days = heads
        .map(|(day, index)| Day {
            minutes: 24 * 60 * index - 210,
            label: text(&format!("{day}~{}", index + 23)),
            forms: [text(&format!("{day}~{}", index + 23)), text(&format!("{day}~Nov~{}", index + 23))],
            brief: Text::new(),
            month: 0,
        })
        .collect();
    masthead.timeline.alarm.hours = 168;
    let parts =
        (plain.meta().clone(), plain.safety().clone(), plain.body().to_vec(), plain.running().clone());
    Document::new(parts.0, masthead, parts.1, parts.2, parts.3)
}

/// Days in square letters without a space, after an evening's session: half a column for the first of them.
fn squares() -> Document {
    let plain = sample::sample();
    let mut masthead = plain.masthead().clone();
    let names = ["24日（周二）", "25日（周三）", "26日（周四）", "27日（周五）"];
    let begins = [-675, 45, 1485, 2925];
    let day = |(name, minutes): (&str, i32)| Day {
        minutes,
        label: text(name),
        forms: [text(name), text(name)],
        brief: Text::new(),
        month: 0,
    };
    masthead.timeline.days = names.into_iter().zip(begins).map(day).collect();
    let parts =
        (plain.meta().clone(), plain.safety().clone(), plain.body().to_vec(), plain.running().clone());
    Document::new(parts.0, masthead, parts.1, parts.2, parts.3)
}

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn pages_pass_in_a_browser() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let documents = [
        ("everything", sample::sample_of_everything()),
        ("stretched", stretched()),
        ("week", week()),
        ("squares", squares()),
    ];
    for (name, document) in documents {
        for edition in Edition::ALL {
            let path = folder.path().join(format!("{name}-{edition}.html"));
            std::fs::write(path, html_pages::page(&document, *edition)).expect("a writable folder");
        }
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/check.mjs");
    let status = Command::new("node").arg(script).arg(folder.path()).status().expect("Node is installed");
    assert!(status.success(), "see the faults above");
}

/// From the plainest to the fullest sheet of a patient.
const SHEETS: [(&str, &str); 5] = [
    ("plain", "session: {at: 2026-11-24T15:30, regions: [knee]}"),
    (
        "usual",
        "session: {at: 2026-11-24T15:30, regions: [shoulder], therapist: Rachel}\nplan: {next_visit: 2026-12-01T10:00}",
    ),
    (
        "noted",
        "session: {at: 2026-11-24T15:30, regions: [shoulder, upper-back, neck], therapist: Rachel}\nplan: {next_visit: 2026-12-01T10:00, note: NOTE}",
    ),
    (
        "careful",
        "session: {at: 2026-11-24T15:30, regions: [shoulder, upper-back, neck]}\nprecautions: [blood-thinners, pregnancy, faints]",
    ),
    (
        "full",
        "session: {at: 2026-11-24T15:30, regions: [shoulder, upper-back, neck], intensity: intense, therapist: Rachel}\nprecautions: [blood-thinners, pregnancy, faints]\nplan: {next_visit: 2026-12-01T10:00, note: NOTE}",
    ),
];
/// With all that is said of precautions, and a next visit beside the title.
const GUARDED: &str = "session: {at: 2026-11-24T15:30, regions: [shoulder, upper-back], therapist: Rachel}\n\
                       precautions: [blood-thinners, pregnancy, faints]\nplan: {next_visit: 2026-12-01T09:00}";
const NOTE: &str = "Ice ten minutes after work. Try the wall slide twice a day and call if the arm tingles. We look at the \
                    desk height together next time. Please bring a photo of your chair and screen from the side.";

const CONTACT: &str = "phone: \"416-555-0199\"\nemail: hello@clinic.example\nweb: www.clinic.example\n\
                       address: {street: \"1100 Long Avenue East, Unit 12\", region: ON, postal-code: \"M3C 1H8\", country: CA}\n\
                       site: https://after.clinic.example/\n";

#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn a_patients_page_prints_on_two_sides() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let engine = aftercare::Engine::built_in().expect("the built-in folder").value;
    let now = chrono::DateTime::parse_from_rfc3339("2026-11-24T20:30:00Z").unwrap().to_utc();
    for (name, text) in SHEETS {
        let text = format!("patient: Alexandra\n{}", text.replace("NOTE", NOTE));
        let raw = aftercare::request_from_yaml("request.yaml", &text, engine.keys());
        let request = engine.request(&raw, now).unwrap_or_else(|faults| panic!("{faults}")).value;
        let html = engine.render_html(&request).expect("a page").value;
        std::fs::write(folder.path().join(format!("{name}.html")), html).expect("a writable folder");
    }
    // In longer languages, and of a clinic with every way to reach it.
    for (contact, name) in [("", "no-contact"), (CONTACT, "contact")] {
        let mut files = Memory::copy(&Embedded).expect("the built-in folder");
        let clinic = files.read("content/clinic.yaml").expect("a file").into_owned();
        let clinic = String::from_utf8(clinic)
            .expect("text")
            .replace("languages: [en]", "languages: [en, fr, es, fa, zh-Hans]");
        let clinic = match contact {
            "" => clinic,
            _ => clinic.replace("phone: \"\"\nemail: \"\"\nweb: \"\"\naddress: \"\"\n", contact),
        };
        files.0.insert("content/clinic.yaml".into(), clinic.into_bytes().into());
        let engine = aftercare::Engine::load(&files).expect("the folder").value;
        for language in ["en", "fr", "es", "fa", "zh-Hans"] {
            for (sheet, session) in [("usual", SHEETS[1].1), ("guarded", GUARDED)] {
                let text =
                    format!("patient: Maria Del Carmen\nlanguage: {language}\nactivity: desk\n{session}");
                let raw = aftercare::request_from_yaml("request.yaml", &text, engine.keys());
                let request = engine.request(&raw, now).unwrap_or_else(|faults| panic!("{faults}")).value;
                let html = engine.render_html(&request).expect("a page").value;
                std::fs::write(folder.path().join(format!("{name}-{sheet}-{language}.html")), html)
                    .expect("a writable folder");
            }
        }
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/paper.mjs");
    let status = Command::new("node").arg(script).arg(folder.path()).status().expect("Node is installed");
    assert!(status.success(), "see the faults above");
}

/// Typefaces for Grantha stand beside those for Tamil on many machines and lack most of its letters: left to choose, a browser
/// took one, and "Do not drive" took its room without ink.
#[test]
#[ignore = "needs Node, Chromium and `npm install --prefix tests/browser`"]
fn every_word_of_a_page_has_ink_in_each_language() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let languages = ["en", "fr", "es", "fa", "zh-Hans", "ta"];
    let mut files = Memory::copy(&Embedded).expect("the built-in folder");
    let clinic = String::from_utf8(files.read("content/clinic.yaml").expect("a file").into_owned());
    let clinic =
        clinic.expect("text").replace("languages: [en]", &format!("languages: [{}]", languages.join(", ")));
    files.0.insert("content/clinic.yaml".into(), clinic.into_bytes().into());
    let engine = aftercare::Engine::load(&files).expect("the folder").value;
    let now = chrono::DateTime::parse_from_rfc3339("2026-11-24T20:30:00Z").unwrap().to_utc();
    for language in languages {
        let text = format!("patient: Maria\nlanguage: {language}\nactivity: desk\n{GUARDED}");
        let raw = aftercare::request_from_yaml("request.yaml", &text, engine.keys());
        let request = engine.request(&raw, now).unwrap_or_else(|faults| panic!("{faults}")).value;
        let html = engine.render_html(&request).expect("a page").value;
        std::fs::write(folder.path().join(format!("copy-{language}.html")), html).expect("a writable folder");
    }
    for (name, bytes) in engine.site(None, now.date_naive()).expect("a site").value {
        let is_wanted =
            languages.iter().any(|language| name.eq_ignore_ascii_case(&format!("{language}.html")));
        if is_wanted || name.ends_with(".css") || name.ends_with(".woff2") {
            std::fs::write(folder.path().join(name), bytes).expect("a writable folder");
        }
    }
    let pages = std::fs::read_dir(folder.path()).expect("the folder").flatten();
    let pages = pages.filter(|file| file.path().extension().is_some_and(|kind| kind == "html"));
    assert_eq!(pages.count(), 2 * languages.len());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/ink.mjs");
    let status = Command::new("node").arg(script).arg(folder.path()).status().expect("Node is installed");
    assert!(status.success(), "see the words above");
}
