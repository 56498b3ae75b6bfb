//! A language from right to left, on paper and on the screen.

#[path = "support/rtl.rs"]
mod rtl;

use aftercare::layout::{Layout, Shape, Tag};
use aftercare::text::{Glyph, Line, Run};
use aftercare::{Engine, Folder, request_from_yaml};
use chrono::{TimeZone, Utc};
use rtl::{aftercare, clinic, hebrew};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const PYTHON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/.venv/bin/python");
const CHECKERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pdf/check_pdf.py");

const REQUEST: &str = "patient: Zoë Tremblay
session: {regions: [neck], therapist: Rachel}
plan:
  note: \"טלפון (416) 555-0100, 9:00–17:00, 15:30. קוד 12-B שלך.\"
  stretches: [side-neck-stretch]
  next_visit: 2026-12-01T10:00
";

/// A sheet in each language, as it is laid out.
fn sheets(folder: &TempDir) -> [Layout; 2] {
    let engine = Engine::load(&Folder::new(folder.path().join("clinic"))).expect("the folder loads").value;
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    ["en", "he"].map(|language| {
        let typed = format!("language: {language}\n{REQUEST}");
        let typed = request_from_yaml("request.yaml", &typed, engine.keys());
        let request = engine.request(&typed, now).unwrap_or_else(|faults| panic!("{faults}")).value;
        let document = engine.document(&request).expect("a document").value;
        engine.layout(&document, &request).expect("a layout").value
    })
}

/// Each line of the tagged text with its left and right end.
fn lines(layout: &Layout) -> impl Iterator<Item = (&Line, f32, f32)> {
    let fragments = layout.pages.iter().flat_map(|page| &page.fragments);
    fragments.filter(|fragment| matches!(fragment.tag, Tag::Element(_))).filter_map(|fragment| {
        let Shape::Line { line, origin, .. } = &fragment.shape else { return None };
        Some((&**line, origin.x.0, origin.x.0 + line.width.0))
    })
}

fn line_with<'l>(layout: &'l Layout, text: &str) -> (&'l Line, f32, f32) {
    let found = lines(layout).find(|(line, ..)| line.text().contains(text));
    found.unwrap_or_else(|| panic!("no line has {text}: {}", layout.dump()))
}

/// The characters of a line as the eye meets them from the left.
fn seen(line: &Line) -> String {
    let mut runs: Vec<&Run> = line.runs.iter().collect();
    runs.sort_by(|a, b| a.x.0.total_cmp(&b.x.0));
    let glyph =
        |run: &Run, glyph: &Glyph| run.text[glyph.text.start as usize..glyph.text.end as usize].to_owned();
    runs.iter().flat_map(|run| run.glyphs.iter().map(|one| glyph(run, one))).collect()
}

#[test]
fn a_sentence_ends_at_the_left_and_numbers_run_as_they_do() {
    let Some(folder) = clinic() else { return };
    let [_, sheet] = sheets(&folder);
    for number in ["(416) 555-0100", "9:00–17:00", "15:30. "] {
        let seen = seen(line_with(&sheet, number).0);
        assert!(seen.contains(number.trim_end_matches(['.', ' '])), "{number} is turned round: {seen}");
    }
    let note = seen(line_with(&sheet, "15:30. ").0);
    assert!(note.find("15:30") < note.find("9:00–17:00"), "what comes later stands further left: {note}");
    let (sentence, ..) = line_with(&sheet, &hebrew("stretch gently and drink water."));
    assert!(seen(sentence).starts_with('.'), "{}", seen(sentence));
    let (title, ..) = line_with(&sheet, "Zoë");
    assert!(seen(title).contains("Zoë Tremblay"), "{}", seen(title));
}

#[test]
fn a_sheet_stands_turned_over_and_what_is_drawn_does_not() {
    let Some(folder) = clinic() else { return };
    let [english, sheet] = sheets(&folder);
    let middle = sheet.pages[0].size.width.0 / 2.0;
    let place = |layout: &Layout, text: &str| {
        let (_, left, right) = line_with(layout, text);
        (left + right) / 2.0
    };
    // Columns, the time axis, the column of its labels.
    for (first, second) in [("Do", "Do not"), ("Rest", "Stretching"), ("Tue 24", "Fri Nov 27")] {
        let (first, second) = (first.replace(' ', "\u{a0}"), second.replace(' ', "\u{a0}"));
        let at = |text: &str| {
            let texts = [text.to_owned(), text.replace('\u{a0}', " ")];
            let found =
                lines(&sheet).find(|(line, ..)| texts.iter().any(|one| line.text().trim() == hebrew(one)));
            found.unwrap_or_else(|| panic!("no {text}: {}", sheet.dump())).1
        };
        assert!(at(&first) > at(&second), "{first} stands right of {second}");
    }
    assert!(place(&sheet, &hebrew("Take it easy until")) > middle);
    assert!(place(&english, "Take it easy until") < middle);
    // Text begins at the right edge and its bullets stand right of it.
    let (_, _, right) = line_with(&sheet, &hebrew("New chest pain"));
    let bullets = sheet.pages[0].fragments.iter().filter_map(|fragment| match &fragment.shape {
        Shape::Rectangle { rect, radius, .. } if rect.width == *radius * 2.0 => Some(rect.x.0),
        _ => None,
    });
    assert!(bullets.clone().any(|x| x > right && x < right + 20.0), "a bullet right of {right}");
    let pictures = |layout: &Layout| {
        let fragments = layout.pages.iter().flat_map(|page| &page.fragments);
        let found = fragments.filter_map(|fragment| match &fragment.shape {
            Shape::Picture { picture, rect, .. } => {
                Some((picture.id.clone(), (format!("{:?}", picture.paths()), rect.x.0, rect.right().0)))
            }
            _ => None,
        });
        found.collect::<std::collections::BTreeMap<_, _>>()
    };
    let (own, other) = (pictures(&sheet), pictures(&english));
    for id in ["logo", "side-neck-stretch"] {
        assert_eq!(own[id].0, other[id].0, "{id} is the same drawing");
    }
    assert!((own["logo"].1 - (sheet.pages[0].size.width.0 - other["logo"].2)).abs() < 0.01);
    let (_, _, right) = line_with(&sheet, &hebrew("Side neck stretch"));
    assert!(own["side-neck-stretch"].1 > right, "the figure stands right of its words");
    let codes = |layout: &Layout| {
        let shapes = layout.pages.iter().flat_map(|page| &page.fragments);
        let code = shapes.filter_map(|fragment| match (&fragment.shape, fragment.tag) {
            (Shape::Path { segments, .. }, Tag::Element(_)) => Some(format!("{segments:?}").len()),
            _ => None,
        });
        code.collect::<Vec<_>>()
    };
    assert_eq!(codes(&sheet).len(), 1, "one code to scan");
    for page in &sheet.pages {
        for link in &page.links {
            // At the end of its line, behind a label or alone.
            let held = lines(&sheet).any(|(line, left, right)| {
                line.text().contains(&link.contents)
                    && (link.rect.x.0 - left).abs() < 0.5
                    && link.rect.right().0 < right + 0.1
            });
            assert!(held, "{}: {:?} {}", link.contents, link.rect, sheet.dump());
        }
    }
}

#[test]
fn a_viewer_is_told_that_pages_run_from_the_right() {
    let Some(folder) = clinic() else { return };
    let engine = Engine::load(&Folder::new(folder.path().join("clinic"))).expect("the folder loads").value;
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    for (language, is_told) in [("he", true), ("en", false)] {
        let typed =
            request_from_yaml("request.yaml", &format!("language: {language}\n{REQUEST}"), engine.keys());
        let request = engine.request(&typed, now).unwrap_or_else(|faults| panic!("{faults}")).value;
        let pdf = lopdf::Document::load_mem(&engine.render_pdf(&request).expect("a sheet").value.bytes);
        let pdf = pdf.expect("a file");
        let preferences = pdf.catalog().expect("a catalogue").get(b"ViewerPreferences").expect("some");
        let told = preferences.as_dict().expect("a dictionary").has(b"Direction");
        assert_eq!(told, is_told, "{language}");
    }
}

#[test]
fn a_page_says_its_direction_and_what_keeps_its_own() {
    let Some(folder) = clinic() else { return };
    let page = |language: &str| {
        std::fs::write(folder.path().join("request.yaml"), format!("language: {language}\n{REQUEST}"))
            .unwrap();
        let arguments = ["--clinic", "clinic", "render", "request.yaml", "--force", "-o", "page.html"];
        assert!(aftercare(folder.path(), &arguments).status.success());
        std::fs::read_to_string(folder.path().join("page.html")).expect("a page")
    };
    let hebrew = page("he");
    let root = hebrew.lines().find(|line| line.starts_with("<html")).expect("a root");
    assert!(root.contains("lang=\"he\"") && root.contains("dir=\"rtl\""), "{root}");
    for apart in [
        "<bdi>Zoë Tremblay</bdi>",
        "<bdi dir=\"ltr\">(416) 555-0199</bdi>",
        "<bdi dir=\"ltr\">9:00–17:00</bdi>",
        "<bdi dir=\"ltr\">15:30</bdi>",
        "#safety{all:initial!important;direction:rtl!important",
    ] {
        assert!(hebrew.contains(apart), "{apart}");
    }
    let english = page("en");
    assert!(!english.contains(" dir=") && !english.contains("<bdi dir"), "English says nothing of it");
    for page in [&hebrew, &english] {
        assert!(!page.contains(['\u{2066}', '\u{2068}', '\u{2069}']), "no marks are left in a page");
    }
    let output = aftercare(folder.path(), &["--clinic", "clinic", "site", "-o", "site"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let site = std::fs::read_to_string(folder.path().join("site/he.html")).expect("a page of the site");
    assert!(
        site.contains("dir=\"rtl\"") && site.contains("lang=\"en\" hreflang=\"en\" dir=\"auto\""),
        "{site:.3000}"
    );
}

fn read(program: &str, folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).current_dir(folder).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{program}: {text}{}", String::from_utf8_lossy(&output.stderr));
    // Poppler shows with marks of its own which way words run.
    let text = text.replace(['\u{202a}', '\u{202b}', '\u{202c}'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
#[ignore = "needs Poppler, MuPDF, the checkers and fonts"]
fn two_readers_read_it_in_logical_order_and_the_checkers_find_nothing() {
    let Some(folder) = clinic() else { return };
    std::fs::write(folder.path().join("request.yaml"), format!("language: he\n{REQUEST}")).expect("a file");
    let arguments = ["--clinic", "clinic", "render", "request.yaml", "-o", "sheet.pdf"];
    let output = aftercare(folder.path(), &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output =
        aftercare(folder.path(), &["--clinic", "clinic", "brochure", "--language", "he", "-o", "b.pdf"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tags = read("pdfinfo", folder.path(), &["-struct-text", "sheet.pdf"]);
    let mupdf = read("mutool", folder.path(), &["draw", "-F", "txt", "sheet.pdf"]);
    let title = format!("{}, Zoë Tremblay", hebrew("Your next few days"));
    let sentences = [
        title.as_str(),
        &hebrew("Easy does not mean lying still: walk, stretch gently and drink water."),
        &format!("{} 1, 2026, 10:00", hebrew("Tuesday, December")),
        "טלפון (416) 555-0100, 9:00–17:00, 15:30. קוד 12-B שלך.",
    ];
    for sentence in sentences {
        assert!(tags.contains(sentence), "Poppler does not read {sentence} in the tags: {tags:.900}");
        assert!(mupdf.contains(sentence), "MuPDF does not read {sentence}: {mupdf:.900}");
    }
    let text = read("pdftotext", folder.path(), &["sheet.pdf", "-"]);
    assert!(text.contains(&hebrew("stretch gently and drink water.")) && text.contains("(416) 555-0100"));
    for text in [&tags, &mupdf, &text] {
        assert!(!text.contains(['\u{2066}', '\u{2068}', '\u{2069}', '\u{200f}']), "no marks are left in it");
    }
    assert_eq!(read(PYTHON, folder.path(), &[CHECKERS, "sheet.pdf", "b.pdf"]), "");
}
