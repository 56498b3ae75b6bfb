//! The façade: one engine for many threads, the same bytes from each.

use aftercare::content::files::Memory;
use aftercare::diagnostic::Place;
use aftercare::layout::Shape;
use aftercare::{BuiltIn, Engine, Folder, RawRequest, Request};
use chrono::{TimeZone, Utc};

fn engine() -> Engine {
    Engine::built_in().expect("the built-in folder loads").value
}

fn request(engine: &Engine, values: &[(&str, &str)]) -> Request {
    let mut raw = RawRequest::new(Place::file("test"));
    for (path, value) in values {
        raw.set(engine.keys().at_path(path).unwrap(), value, Place::file("test"));
    }
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    engine.request(&raw, now).expect("a good request").value
}

#[test]
fn an_engine_is_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Engine>();
}

#[test]
fn the_built_in_folder_loads_without_a_warning() {
    assert_eq!(Engine::built_in().expect("it loads").warnings, []);
    // Every text is tried out here, since the program takes the built-in ones as they are.
    let copy = Memory::copy(&BuiltIn).expect("the built-in folder");
    assert_eq!(Engine::load(&copy).expect("every text can be filled").warnings, []);
}

#[test]
fn bytes_do_not_depend_on_what_was_made_before_or_beside() {
    let patients = ["Zoë", "Nguyễn Thị Hương", "Γιώργος", "Ольга", "Jo"];
    let alone = |name: &str| {
        let engine = engine();
        engine
            .render_pdf(&request(&engine, &[("patient", name), ("session.regions", "neck")]))
            .unwrap()
            .value
            .bytes
    };
    let expected = patients.map(alone);
    let shared = engine();
    std::thread::scope(|scope| {
        for start in 0..4 {
            let (shared, expected) = (&shared, &expected);
            scope.spawn(move || {
                for turn in 0..patients.len() {
                    let at = (start + turn) % patients.len();
                    let values = [("patient", patients[at]), ("session.regions", "neck")];
                    let bytes = shared.render_pdf(&request(shared, &values)).unwrap().value.bytes;
                    assert!(bytes == expected[at], "{} differs", patients[at]);
                }
            });
        }
    });
}

#[test]
fn common_letters_need_no_font_of_their_own() {
    // Accented Latin letters are a second part of each face, made once for all sheets: 4 KB where a name needs it. A
    // sheet whose letters no part has embeds a font of its own, which costs time too.
    let engine = engine();
    let size = |name: &str| {
        engine
            .render_pdf(&request(&engine, &[("patient", name), ("session.regions", "neck")]))
            .unwrap()
            .value
            .bytes
            .len()
    };
    let plain = size("Anna Bell");
    for name in ["Zoë Müller", "François Côté", "O'Brien-Sjöström", "QWXYZ Jffi"] {
        assert!(size(name) < plain + 4_000, "{name}: {} and {plain} bytes", size(name));
    }
    assert!(size("Ольга") > plain + 400 && size("Anna Bell") == plain, "Cyrillic has a font of its own");
}

/// Every edition and paper, each with the shortest and the longest windows.
#[test]
fn no_line_of_words_stands_outside_of_the_margins() {
    let engine = engine();
    let (editions, papers) = (["standard", "large-print", "ink-saver"], ["letter", "a4"]);
    let sheets = editions.iter().flat_map(|edition| papers.iter().map(move |paper| (edition, paper)));
    for ((edition, paper), rest) in
        sheets.flat_map(|sheet| ["12", "24", "48", "72"].map(|rest| (sheet, rest)))
    {
        let values = [
            ("session.regions", "neck"),
            ("plan.rest_hours", rest),
            ("patient", "Wilhelmina Featherstonehaugh-Cholmondeley"),
            ("print.edition", edition),
            ("print.paper", paper),
        ];
        let request = request(&engine, &values);
        let document = engine.document(&request).expect("a document").value;
        let layout = engine.layout(&document, &request).expect("a layout").value;
        for page in &layout.pages {
            let margins = 36.0 - 0.1..page.size.width.0 - 36.0 + 0.1;
            for fragment in &page.fragments {
                if let Shape::Line { line, origin, .. } = &fragment.shape {
                    let (start, end) = (origin.x.0, origin.x.0 + line.width.0);
                    let said: String = line.runs.iter().map(|run| &*run.text).collect();
                    assert!(
                        margins.contains(&start) && margins.contains(&end),
                        "{said:?} from {start} to {end} ({edition}, {paper}, rest of {rest} hours)"
                    );
                }
            }
        }
    }
}

/// A folder as `aftercare init` writes it, where two languages are listed; in one file `from` is `to`.
fn written(path: &str, from: &str, to: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, data) in Memory::copy(&BuiltIn).unwrap().0 {
        let place = folder.path().join(&name);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        let edited = |text: &str, from: &str, to: &str| {
            assert!(text.contains(from), "{name} has no {from}");
            text.replacen(from, to, 1).into_bytes()
        };
        let data = match std::str::from_utf8(&data) {
            Ok(text) if name == "content/clinic.yaml" => {
                edited(text, "languages: [en]", "languages: [en, fr]")
            }
            Ok(text) if name == path => edited(text, from, to),
            _ => data.into_owned(),
        };
        std::fs::write(place, data).unwrap();
    }
    folder
}

#[test]
fn files_as_they_came_make_the_sheets_that_the_same_files_of_ones_own_make() {
    let folder = written("content/README.md", "", "");
    let known = Folder::new(folder.path());
    let own = Memory::copy(&known).unwrap();
    let [known, own] = [Engine::load(&known), Engine::load(&own)].map(|loaded| {
        let report = loaded.unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!(report.warnings, []);
        report.value
    });
    for (engine, is_tried) in [(&known, true), (&own, false)] {
        let mut packs = engine.treatments().flat_map(|library| library.packs.values());
        assert!(packs.all(|pack| pack.is_tried == is_tried));
    }
    for language in ["en", "fr"] {
        let values = [("language", language), ("session.regions", "neck"), ("patient", "Zoë")];
        let made = |engine: &Engine| engine.render_pdf(&request(engine, &values)).unwrap().value.bytes;
        assert!(made(&known) == made(&own), "{language}");
    }
}

#[test]
fn a_text_of_ones_own_is_tried_when_the_folder_is_loaded() {
    let path = "content/treatments/dry-needling/fr/faq.yaml";
    let folder = written(path, "question: ", "question: \"{{ nothing }}\" # ");
    let Err(faults) = Engine::load(&Folder::new(folder.path())) else { panic!("no fault") };
    assert!(faults.to_string().contains(path), "{faults}");
}
