//! The façade: one engine for many threads, the same bytes from each.

use aftercare::diagnostic::Place;
use aftercare::layout::Shape;
use aftercare::{BuiltIn, Engine, RawRequest, Request};
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
    assert_eq!(Engine::load(&BuiltIn).expect("every text can be filled").warnings, []);
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
