//! Posters and cards as readers that share nothing with the program find them: whole, tagged, large enough.

use aftercare::content::files::{Files, Memory};
use aftercare::document::{Safety, Tier, plain_text};
use aftercare::layout::{Layout, Shape, Tag};
use aftercare::locale::Language;
use aftercare::merge::Merger;
use aftercare::options::NoticeShape;
use aftercare::{Engine, KitRequest, NoticeRequest, PieceKind};
use chrono::NaiveDate;
use std::process::Command;

#[path = "support/phone.rs"]
#[allow(dead_code)]
mod phone;
#[path = "pdf/reader.rs"]
#[allow(dead_code)]
mod reader;
#[path = "pdf/tools.rs"]
#[allow(dead_code)]
mod tools;

use reader::Reader;

const LANGUAGES: [&str; 6] = ["en", "fr", "es", "fa", "ta", "zh-Hans"];
const CLINIC: &str = "content/clinic.yaml";

fn day() -> NaiveDate {
    "2026-11-24".parse().expect("a day")
}

/// The built-in folder in all its languages, with all that a clinic can say of itself.
fn folder() -> Memory {
    let mut folder = phone::folder();
    edit(&mut folder, CLINIC, "languages: [en]", &format!("languages: [{}]", LANGUAGES.join(", ")));
    edit(&mut folder, CLINIC, "email: \"\"", "email: hello@clinic.example");
    edit(&mut folder, CLINIC, "web: \"\"", "web: https://clinic.example");
    edit(
        &mut folder,
        CLINIC,
        "address: \"\"",
        "address: 1234 Bayview Avenue, Suite 200, Toronto, ON M4G 3A1\nsite: https://clinic.example/aftercare/",
    );
    folder
}

fn edit(folder: &mut Memory, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
    assert!(text.contains(from), "{path} holds no {from}");
    folder.0.insert(path.into(), text.replacen(from, to, 1).into_bytes().into());
}

fn engine(folder: &Memory) -> Engine {
    Engine::load(folder).unwrap_or_else(|faults| panic!("{faults}")).value
}

/// Every treatment in every language.
fn asked(engine: &Engine) -> Vec<NoticeRequest> {
    let all = engine.treatments().flat_map(|library| {
        let treatment = library.treatment.id.clone();
        let languages = library.packs.keys().cloned();
        languages.flat_map(move |language| {
            let treatment = treatment.clone();
            NoticeShape::PRINTED.iter().map(move |shape| NoticeRequest {
                treatment: treatment.clone(),
                language: language.clone(),
                shape: *shape,
            })
        })
    });
    all.collect()
}

fn safety(engine: &Engine, asked: &NoticeRequest) -> Safety {
    let library = engine.library_of(&asked.treatment);
    let merger = Merger::tried_before(library).expect("texts").value;
    merger.merge_public(library, &asked.language, day()).expect("a document").value.safety().clone()
}

/// Letters and digits, in order: spaces and the marks of direction are the setter's.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// All that a tier says.
fn said(tier: &Tier) -> impl Iterator<Item = String> {
    let texts = [&tier.heading].into_iter().chain(&tier.intro).chain(&tier.signs).chain(&tier.closing);
    texts
        .map(|text| letters(&plain_text(text)))
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

/// Points: what the trade calls the size.
fn size(shape: NoticeShape) -> (f32, f32, usize) {
    match shape {
        NoticeShape::PosterLetter => (612.0, 792.0, 1),
        NoticeShape::PosterTabloid => (792.0, 1224.0, 1),
        NoticeShape::PosterA4 => (595.28, 841.89, 1),
        NoticeShape::PosterA3 => (841.89, 1190.55, 1),
        NoticeShape::Card => (288.0, 432.0, 2),
        other => unreachable!("{other} is not printed"),
    }
}

#[test]
fn every_size_treatment_and_language_holds_every_warning_and_is_accessible() {
    let engine = engine(&folder());
    let home = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    for asked in asked(&engine) {
        let what = format!("{} {} {}", asked.treatment, asked.language, asked.shape);
        let made = engine.notice(&asked, day()).unwrap_or_else(|faults| panic!("{what}: {faults}")).value;
        assert_eq!(made.bytes, engine.notice(&asked, day()).expect("again").value.bytes, "{what}");
        let reader = Reader::open(&made.bytes);
        assert_eq!(reader.faults(), Vec::<String>::new(), "{what}");
        let read = letters(&reader.words().join(" "));
        let safety = safety(&engine, &asked);
        for text in [safety.emergency(), safety.same_day(), safety.call()].into_iter().flat_map(said) {
            assert!(read.contains(&text), "{what} does not say {text}:\n{read}");
        }
        for clinic in ["LeasideSportsMedicine", "4165550100"] {
            assert!(read.contains(clinic), "{what} does not name {clinic}");
        }
        let (width, height, sides) = size(asked.shape);
        let document = lopdf::Document::load_mem(&made.bytes).expect("a PDF");
        let pages = document.get_pages();
        assert_eq!((pages.len(), made.pages), (sides, sides), "{what}");
        for page in pages.values() {
            let media = document.get_dictionary(*page).and_then(|page| page.get(b"MediaBox")).expect("a box");
            let edges: Vec<f32> = media
                .as_array()
                .expect("edges")
                .iter()
                .map(|edge| edge.as_float().expect("a number"))
                .collect();
            assert!((edges[2] - width).abs() < 0.02 && (edges[3] - height).abs() < 0.02, "{what}: {edges:?}");
        }
        let path = home.path().join(format!("{}.pdf", what.replace(' ', "-")));
        std::fs::write(&path, &made.bytes).expect("a file");
        files.push(path);
    }
    assert_eq!(files.len(), 90);
    // One start of Python for all of them.
    let python = concat!(env!("CARGO_MANIFEST_DIR"), "/.venv/bin/python");
    let python = if std::path::Path::new(python).exists() { python } else { "python3" };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pdf/check_pdf.py");
    let judged = Command::new(python).arg(script).args(&files).output().expect("Python");
    match judged.status.code() {
        Some(3) => assert!(std::env::var("CI").is_err(), "the checkers are not installed"),
        _ => assert_eq!(
            found(&judged.stdout),
            Vec::<String>::new(),
            "{}",
            String::from_utf8_lossy(&judged.stderr)
        ),
    }
}

#[test]
fn other_programs_read_the_same_words() {
    let engine = engine(&folder());
    for shape in &NoticeShape::PRINTED {
        let asked =
            NoticeRequest { treatment: "dry-needling".into(), language: Language::new("en"), shape: *shape };
        let bytes = engine.notice(&asked, day()).expect("a notice").value.bytes;
        let file = tools::File::new(&bytes);
        let Some(text) = tools::printed("pdftotext", &["-raw"], &file) else { return };
        let text = letters(&text);
        for sign in safety(&engine, &asked).emergency().signs.iter().map(|sign| letters(&plain_text(sign))) {
            assert!(text.contains(&sign), "{shape}: {sign}");
        }
        assert!(text.contains("DraftofNov2026"), "{shape}: a draft says so");
        if let Some(found) = tools::printed("qpdf", &["--check"], &file) {
            assert!(found.contains("No syntax or stream encoding errors"), "{shape}: {found}");
        }
    }
}

/// What the checkers say, but for what they say of every file in Chinese, handouts too: the width that the subset font's own
/// program gives its first character, beside the one that the file gives and every reader takes.
fn found(told: &[u8]) -> Vec<String> {
    let told = String::from_utf8_lossy(told);
    let known = |line: &&str| line.contains("-zh-Hans-") && line.contains("GLYPH-WIDTH");
    told.lines().filter(|line| !line.is_empty() && !known(line)).map(str::to_owned).collect()
}

/// The least size of tagged words.
fn least(layout: &Layout, words: &str) -> f32 {
    let fragments = layout.pages.iter().flat_map(|page| &page.fragments);
    let lines = fragments.filter(|fragment| matches!(fragment.tag, Tag::Element(_)));
    let sizes = lines.filter_map(|fragment| match &fragment.shape {
        Shape::Line { line, .. } if line.text().contains(words) => {
            line.runs.iter().map(|run| run.size.0).reduce(f32::min)
        }
        _ => None,
    });
    sizes.reduce(f32::min).unwrap_or_else(|| panic!("no line says {words}: {}", layout.dump()))
}

/// At two metres capitals of 2.9 mm are seen at 5 minutes of arc; in our face those of 12.5 pt are that high.
#[test]
fn a_poster_is_read_from_two_metres() {
    let engine = engine(&folder());
    for treatment in ["dry-needling", "shockwave", "cupping"] {
        for (shape, signs, answer) in [
            (NoticeShape::PosterLetter, 12.5, 27.0),
            (NoticeShape::PosterA4, 12.5, 27.0),
            (NoticeShape::PosterTabloid, 16.0, 40.0),
            (NoticeShape::PosterA3, 16.0, 40.0),
            (NoticeShape::Card, 10.5, 10.5),
        ] {
            let asked = NoticeRequest { treatment: treatment.into(), language: Language::new("en"), shape };
            let layout = engine.notice_layout(&asked, day()).expect("a layout");
            let found = least(&layout, "short of breath.");
            assert!(found >= signs, "{treatment} {shape}: {found}");
            let found = least(&layout, "hours");
            let large =
                layout.pages.iter().flat_map(|page| &page.fragments).filter_map(|one| match &one.shape {
                    Shape::Line { line, .. } => line.runs.iter().map(|run| run.size.0).reduce(f32::max),
                    _ => None,
                });
            assert!(large.reduce(f32::max).unwrap_or(found) >= answer, "{treatment} {shape}");
        }
    }
}

/// Each of the words below a tier's signs is about something else.
#[test]
fn words_below_the_signs_stand_off_them_where_there_is_room() {
    let engine = engine(&folder());
    // A poster takes the largest type first.
    for shape in [NoticeShape::Card, NoticeShape::Screen, NoticeShape::Slides, NoticeShape::Story] {
        let asked = NoticeRequest { treatment: "dry-needling".into(), language: Language::new("en"), shape };
        let layout = engine.notice_layout(&asked, day()).expect("a layout");
        let at = |words: &str| {
            let fragments = layout.pages.iter().flat_map(|page| &page.fragments);
            let mut found = fragments.filter_map(|one| match &one.shape {
                Shape::Line { line, origin, .. } if line.text().contains(words) => Some(origin.y.0),
                _ => None,
            });
            found.next().unwrap_or_else(|| panic!("{shape}: no line says {words}"))
        };
        let (last, line) = (at("You faint but wake"), at("You faint but wake") - at("Still tired after"));
        let closing = at("Sharp or lasting pain") - last;
        // A sign of two lines, or a second column, may stand between.
        assert!(closing > line.max(10.0) * 1.15, "{shape}: {closing} below lines of {line}");
    }
}

#[test]
fn what_does_not_hold_its_warnings_is_not_made() {
    let mut folder = folder();
    let path = "content/treatments/dry-needling/en/safety.yaml";
    let long =
        "New chest pain that comes on as you walk up a hill or a stair and goes when you rest. ".repeat(4);
    edit(&mut folder, path, "New chest pain.", long.trim());
    let engine = engine(&folder);
    let asked =
        |shape| NoticeRequest { treatment: "dry-needling".into(), language: Language::new("en"), shape };
    let faults = engine.notice(&asked(NoticeShape::Card), day()).expect_err("it is too long");
    assert_eq!(faults.0[0].code, "notice-full", "{faults}");
    assert!(faults.0[0].message.contains("card-4x6"), "{faults}");
    // A large one holds it, whole.
    let read =
        Reader::open(&engine.notice(&asked(NoticeShape::PosterA3), day()).expect("room").value.bytes).words();
    assert!(letters(&read.join(" ")).contains(&letters(&long)));
}

#[test]
fn a_clinic_with_every_way_to_reach_it_gets_every_poster_and_no_links_on_paper() {
    let mut folder = folder();
    let more = "booking: https://clinic.example/book\nmap: https://maps.example/clinic\n\
                hours: [{days: mon-fri, opens: \"07:30\", closes: \"19:00\"}, {days: sat, opens: \"09:00\", closes: \"13:00\"}]\n";
    edit(&mut folder, CLINIC, "site: ", &format!("{more}site: "));
    let engine = engine(&folder);
    for asked in asked(&engine) {
        let what = format!("{} {} {}", asked.treatment, asked.language, asked.shape);
        let layout = engine.notice_layout(&asked, day()).unwrap_or_else(|faults| panic!("{what}: {faults}"));
        let links: Vec<&str> =
            layout.pages.iter().flat_map(|page| &page.links).map(|link| link.url.as_str()).collect();
        assert!(links.contains(&"tel:4165550100"), "{what}: {links:?}");
        // Those that have room stay when others go.
        let held = asked.shape == NoticeShape::Card || links.iter().any(|link| link.starts_with("mailto:"));
        assert!(held, "{what}: {links:?}");
        assert!(
            !links.iter().any(|link| link.contains("maps.example")),
            "{what}: nobody can press a map on paper"
        );
        let aloud = layout.read_aloud();
        let (opens, closes) =
            (aloud.find("7:30").or(aloud.find("7 h 30")).or(aloud.find("07:30")), aloud.lines().count());
        assert!(
            opens.is_some()
                || layout.omitted.iter().any(|one| one.id == "contact")
                || asked.shape == NoticeShape::Card,
            "{what}, {closes} lines: {aloud}"
        );
    }
}

/// A name that leaves the city no room on its line.
#[test]
fn no_line_ends_in_the_dot_between_clinic_and_city() {
    let mut folder = folder();
    let long = "name: Saint-Barth\u{e9}lemy Centre for Sports Medicine, Physiotherapy and Rehabilitation";
    edit(&mut folder, CLINIC, "name: Leaside Sports Medicine", long);
    let engine = engine(&folder);
    for asked in asked(&engine)
        .iter()
        .filter(|asked| asked.treatment.as_ref() == "dry-needling" && asked.language == Language::new("en"))
    {
        let layout = engine.notice_layout(asked, day()).unwrap_or_else(|faults| panic!("{faults}"));
        for fragment in layout.pages.iter().flat_map(|page| &page.fragments) {
            let Shape::Line { line, .. } = &fragment.shape else { continue };
            assert!(!line.text().trim_end().ends_with('\u{b7}'), "{}: {}", asked.shape, line.text());
        }
    }
}

/// A clinic's folder from before there was a kit.
#[test]
fn a_folder_without_the_words_of_the_kit_makes_its_sheets() {
    let mut folder = phone::folder();
    for (path, line) in [
        ("content/languages/en/words.yaml", "more: "),
        ("content/treatments/dry-needling/en/words.yaml", "emergency: "),
    ] {
        let text = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
        let kept: Vec<&str> = text.lines().filter(|one| !one.trim_start().starts_with(line)).collect();
        let group = |one: &&str| !["kit:", "pictures:"].contains(&one.trim_end());
        let kept: Vec<&str> = kept.into_iter().filter(group).collect();
        assert!(kept.len() + 2 == text.lines().count(), "{path}");
        folder.0.insert(path.into(), (kept.join("\n") + "\n").into_bytes().into());
    }
    let engine = engine(&folder);
    let now = "2026-11-24T20:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().expect("a time");
    let mut raw = aftercare::RawRequest::new(aftercare::diagnostic::Place::file("test"));
    let key = engine.keys().at_path("session.regions").expect("a key");
    raw.set(key, "neck", aftercare::diagnostic::Place::file("test"));
    let request = engine.request(&raw, now).expect("a request").value;
    assert!(engine.render_pdf(&request).is_ok());
    let asked = NoticeRequest {
        treatment: "dry-needling".into(),
        language: Language::new("en"),
        shape: NoticeShape::PosterA4,
    };
    let faults = engine.notice(&asked, day()).expect_err("a word is missing");
    assert_eq!(faults.0[0].code, "missing-key", "{faults}");
    let told = Engine::check(&folder, |_| Ok::<_, std::convert::Infallible>(now)).expect("a time");
    let missing = |word: &str| told.iter().any(|one| one.code == "missing-key" && one.message.contains(word));
    assert!(missing("kit.more") || missing("pictures.emergency"), "{}", aftercare::diagnostic::Faults(told));
}

#[test]
fn a_code_leads_to_the_page_of_its_treatment() {
    let engine = engine(&folder());
    let asked = NoticeRequest {
        treatment: "cupping".into(),
        language: Language::new("fr"),
        shape: NoticeShape::PosterA4,
    };
    let layout = engine.notice_layout(&asked, day()).expect("a layout");
    let links: Vec<&str> =
        layout.pages.iter().flat_map(|page| &page.links).map(|link| link.url.as_str()).collect();
    assert!(links.contains(&"https://clinic.example/aftercare/cupping-fr.html?p"), "{links:?}");
    assert!(links.contains(&"tel:4165550100"), "{links:?}");
    // What is shared on screens is told apart from paper.
    let shared = NoticeRequest { shape: NoticeShape::Screen, ..asked };
    let read = engine.notice_layout(&shared, day()).expect("a layout").read_aloud();
    assert!(read.contains("https://clinic.example/aftercare/cupping-fr.html?s"), "{read}");
}

/// Width and height in the header of a PNG.
fn pixels(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
fn a_picture_never_goes_round_without_treatment_clinic_number_and_emergency() {
    let engine = engine(&folder());
    for (treatment, language) in [("dry-needling", "en"), ("cupping", "fa"), ("shockwave", "zh-Hans")] {
        let asked = KitRequest { treatment: treatment.into(), language: Language::new(language) };
        let pieces = engine.kit(&asked, day());
        let made = |name: &str| {
            let piece = pieces.iter().find(|piece| piece.name == format!("pictures/{name}"));
            let piece = piece.unwrap_or_else(|| panic!("no {name}"));
            piece.made.as_ref().unwrap_or_else(|faults| panic!("{name}: {faults}")).clone()
        };
        for (name, size) in [
            ("wide", (1200, 630)),
            ("square", (1080, 1080)),
            ("slides-1", (1080, 1350)),
            ("slides-2", (1080, 1350)),
            ("slides-3", (1080, 1350)),
            ("story-1", (1080, 1920)),
            ("story-2", (1080, 1920)),
            ("story-3", (1080, 1920)),
            ("screen", (1920, 1080)),
        ] {
            assert_eq!(pixels(&made(&format!("{name}.png"))), size, "{name}");
            let words = String::from_utf8(made(&format!("{name}.txt"))).expect("text");
            for said in
                ["911", "416 555-0100", "Leaside Sports Medicine", "https://clinic.example/aftercare/"]
            {
                assert!(words.contains(said), "{treatment} {name}: no {said} in {words}");
            }
        }
        let pictures = pieces.iter().filter(|piece| matches!(piece.kind, PieceKind::Picture { .. }));
        assert_eq!(pictures.count(), 9);
        for shape in NoticeShape::SHOWN {
            let asked =
                NoticeRequest { treatment: treatment.into(), language: Language::new(language), shape };
            let layout =
                engine.notice_layout(&asked, day()).unwrap_or_else(|faults| panic!("{shape}: {faults}"));
            for (index, page) in layout.pages.iter().enumerate() {
                let lines = page.fragments.iter().filter_map(|fragment| match &fragment.shape {
                    Shape::Line { line, .. } => Some(line.text().to_string()),
                    _ => None,
                });
                let read = letters(&lines.collect::<String>());
                for said in ["911", "4165550100", "LeasideSportsMedicine"] {
                    assert!(read.contains(said), "{treatment} {shape} {index}: no {said} in {read}");
                }
            }
        }
    }
}

#[test]
fn a_picture_that_would_not_say_whom_to_call_is_not_made() {
    let mut folder = folder();
    edit(&mut folder, CLINIC, &format!("phone: {}", phone::PHONE), "phone: \"\"");
    let site = |folder: &Memory| engine(folder).site(None, day()).expect("a site");
    let with_line = site(&folder);
    assert!(with_line.value.keys().any(|name| name.ends_with("-wide.png")), "the nurse line answers");
    edit(&mut folder, CLINIC, "nurse-line: {", "nurse-line: {} # {");
    let without = site(&folder);
    assert!(
        !without.value.keys().any(|name| name.ends_with("-wide.png") || name.ends_with("-square.png")),
        "{:?}",
        without.value.keys()
    );
    assert!(without.warnings.iter().any(|warning| warning.code == "no-way-to-call"));
    let engine = engine(&folder);
    let shown = |shape| NoticeRequest { treatment: "cupping".into(), language: Language::new("en"), shape };
    for shape in NoticeShape::SHOWN {
        let faults = engine.notice(&shown(shape), day()).expect_err("nobody can be called");
        assert_eq!(faults.0[0].code, "no-phone", "{faults}");
    }
    // On paper there is a line to write the number on.
    assert!(engine.notice(&shown(NoticeShape::Card), day()).is_ok());
}

#[test]
fn the_line_for_an_emergency_tells_the_clinics_number() {
    let mut folder = folder();
    let path = "content/treatments/cupping/en/words.yaml";
    edit(&mut folder, path, "Call {{ clinic.emergency }}.\"", "Call 999.\"");
    let engine = engine(&folder);
    let asked = NoticeRequest {
        treatment: "cupping".into(),
        language: Language::new("en"),
        shape: NoticeShape::Card,
    };
    let faults = engine.notice(&asked, day()).expect_err("another number");
    assert_eq!(faults.0[0].code, "emergency-number", "{faults}");
}
