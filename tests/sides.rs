//! Left, right and both: as people write them, as the sheet prints them; nothing else hangs on a side.

use aftercare::document::{plain_text, reading_order};
use aftercare::{BuiltIn, Engine, Memory, RawRequest, Request};
use chrono::{DateTime, TimeZone, Utc};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::built_in().expect("the built-in folder").value);

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap()
}

fn raw(engine: &Engine, regions: &str, language: &str) -> RawRequest {
    let mut raw = RawRequest::new(Default::default());
    for (column, value) in [("regions", regions), ("session_at", "2026-11-24T15:30"), ("language", language)]
    {
        let key = engine.keys().iter().find(|key| key.column == column).expect("a column");
        raw.set(key, value, Default::default());
    }
    raw
}

fn request(engine: &Engine, regions: &str) -> Request {
    engine
        .request(&raw(engine, regions, ""), now())
        .unwrap_or_else(|fault| panic!("{regions}: {fault}"))
        .value
}

/// The areas as the sheet prints them.
fn printed(engine: &Engine, request: &Request) -> String {
    let document = engine.document(request).expect("a sheet").value;
    document.masthead().facts.first().map(|fact| plain_text(fact)).unwrap_or_default()
}

fn refused(regions: &str) -> String {
    ENGINE.request(&raw(&ENGINE, regions, ""), now()).expect_err(regions).to_string()
}

#[test]
fn a_side_prints_however_it_was_written() {
    for (cell, area) in [
        ("shoulder", "Shoulder"),
        ("shoulder:left", "Left shoulder"),
        ("Shoulder:LEFT", "Left shoulder"),
        ("left shoulder", "Left shoulder"),
        ("R knee", "Right knee"),
        ("Knee (L)", "Left knee"),
        ("L upper trap", "Left shoulder"),
        ("bilateral knees", "Both knees"),
        ("left and right knee", "Both knees"),
        ("Both knees", "Both knees"),
        ("left side of the lower back", "Left side of the lower back"),
        ("LBP left", "Left side of the lower back"),
        ("shoulder:left;neck", "Left shoulder and neck"),
        ("left shoulder and neck", "Left shoulder and neck"),
        ("calf:both;foot:right;hip", "Both calves, right foot and hip"),
    ] {
        assert_eq!(printed(&ENGINE, &request(&ENGINE, cell)), area, "{cell}");
    }
}

#[test]
fn a_wrong_side_says_what_is_allowed() {
    for (cell, told) in [
        ("neck:left", "the region `neck` has no sides; did you mean `neck`?"),
        ("left neck", "the region `neck` has no sides; did you mean `neck`?"),
        (
            "shoulder:middle",
            "`middle` is no side; allowed are `shoulder:left`, `shoulder:right`, `shoulder:both`",
        ),
        ("shoulder:", "`` is no side; allowed are `shoulder:left`, `shoulder:right`, `shoulder:both`"),
        (
            "shoulder:left;shoulder:right",
            "`shoulder` stands twice with different sides; write it once: `shoulder:both` for both sides",
        ),
        (
            "shoulder;right shoulder",
            "`shoulder` stands twice with different sides; write it once: `shoulder:both` for both sides",
        ),
        ("sholder:left", "unknown region `sholder`; did you mean `shoulder`?"),
        ("left arm", "may mean several of the regions"),
    ] {
        let fault = refused(cell);
        assert!(fault.contains(told), "{cell}: {fault}");
    }
    assert_eq!(printed(&ENGINE, &request(&ENGINE, "knee:left;left knee")), "Left knee", "once is enough");
}

#[test]
fn nothing_but_the_areas_name_hangs_on_a_side() {
    for region in ["shoulder", "ribs", "calf", "lower-back"] {
        let plain = request(&ENGINE, region);
        let document = |request: &Request| ENGINE.document(request).expect("a sheet").value;
        let words = |request: &Request| -> Vec<String> {
            let document = document(request);
            let area = document.masthead().facts.first().map(|fact| plain_text(fact)).unwrap_or_default();
            let order = reading_order(&document);
            order.into_iter().map(|text| if text == area { "AREA".to_owned() } else { text }).collect()
        };
        for side in ["left", "right", "both"] {
            let sided = request(&ENGINE, &format!("{region}:{side}"));
            assert_eq!(words(&plain), words(&sided), "{region}:{side}");
            let shown = |request: &Request| ENGINE.shown_exercises(&document(request));
            assert_eq!(shown(&plain), shown(&sided), "{region}:{side}");
            assert_eq!(document(&plain).safety(), document(&sided).safety(), "{region}:{side}");
        }
    }
}

#[test]
fn the_note_and_the_text_say_the_side_too() {
    let request = request(&ENGINE, "knee:both");
    let document = ENGINE.document(&request).expect("a sheet").value;
    let note = ENGINE.chart_note(&request, &document, None).expect("a note");
    assert!(note.contains("Area: both knees"), "{note}");
    let text = ENGINE.render_text(&request).expect("a reading").value;
    assert!(text.contains("Both knees"), "{text}");
    assert!(ENGINE.render_html(&request).expect("a page").value.contains("Both knees"));
}

/// The built-in folder with its English copied as French, and changed.
fn changed(change: impl FnOnce(&mut Memory)) -> Engine {
    let mut files = Memory::copy(&BuiltIn).expect("the built-in folder");
    change(&mut files);
    Engine::load(&files).unwrap_or_else(|faults| panic!("{faults}")).value
}

fn replace(files: &mut Memory, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files.0[path].to_vec()).expect("text");
    assert!(text.contains(from), "{path} has no {from}");
    files.0.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes().into());
}

#[test]
fn a_language_says_a_side_in_its_own_words() {
    let engine = changed(|files| {
        let english: Vec<_> = files.0.iter().map(|(path, data)| (path.clone(), data.clone())).collect();
        for (path, data) in english {
            if path.starts_with("content/") && path.contains("/en/") {
                files.0.insert(path.replace("/en/", "/fr/"), data);
            }
        }
        replace(files, "content/clinic.yaml", "languages: [en]", "languages: [en, fr]");
    });
    for (cell, area) in [
        ("shoulder:left", "Épaule gauche"),
        ("knee:left", "Genou gauche"),
        ("knee:both", "Les deux genoux"),
        ("genou gauche", "Genou gauche"),
        ("lower-back:left", "Côté gauche du bas du dos"),
    ] {
        let request = engine.request(&raw(&engine, cell, "fr"), now()).expect("a good request").value;
        assert_eq!(printed(&engine, &request), area, "{cell}");
    }
}

#[test]
fn a_folder_of_before_there_were_sides_refuses_them_with_what_is_allowed() {
    let engine = changed(|files| {
        files.0.retain(|path, _| !path.starts_with("content/records/"));
        let path = "content/languages/en/names.yaml";
        let text = String::from_utf8(files.0[path].to_vec()).expect("text");
        let (before, _) = text.split_once("\nsides:").expect("words for sides");
        files.0.insert(
            path.to_owned(),
            format!("{before}\nsides: [left, right, both, l, r]\n").into_bytes().into(),
        );
        for treatment in ["dry-needling", "shockwave", "cupping"] {
            let path = format!("content/treatments/{treatment}/treatment.yaml");
            let text = String::from_utf8(files.0[&path].to_vec()).expect("text");
            let lines: Vec<&str> =
                text.lines().filter(|line| !line.trim_start().starts_with("sides:")).collect();
            files.0.insert(path, lines.join("\n").into_bytes().into());
        }
    });
    for cell in ["shoulder:left", "left shoulder"] {
        let fault = engine.request(&raw(&engine, cell, ""), now()).expect_err(cell).to_string();
        assert!(fault.contains("the region `shoulder` has no sides; did you mean `shoulder`?"), "{fault}");
    }
    let fault = engine.request(&raw(&engine, "L shoulder", ""), now()).expect_err("a side").to_string();
    assert!(fault.contains("does not say which side"), "{fault}");
}
