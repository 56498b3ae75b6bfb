//! Sheets of the built-in folder as they are laid out, full ones above all: what may not go stays, and nothing stands on
//! anything.

use aftercare::diagnostic::{Faults, Place};
use aftercare::document::{Block, Document, Paint, plain_text};
use aftercare::geometry::Pt;
use aftercare::layout::{Layout, Shape, Tag};
use aftercare::options::{Fold, Marks, Paper, Purpose};
use aftercare::{BrochureRequest, BuiltIn, Engine, Memory, RawRequest, Request};
use chrono::{TimeZone, Utc};
use std::sync::OnceLock;

const EDITIONS: [&str; 3] = ["standard", "large-print", "ink-saver"];
const PAPERS: [&str; 2] = ["letter", "a4"];
const EVERY_PRECAUTION: &str = "blood-thinners; fluid-limit; pregnancy; faints; immune";

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::built_in().expect("the built-in folder loads").value)
}

fn request(values: &[(&str, &str)]) -> Request {
    request_of(engine(), values)
}

fn request_of(engine: &Engine, values: &[(&str, &str)]) -> Request {
    asked(engine, values).unwrap_or_else(|faults| panic!("{values:?}: {faults}"))
}

fn faults_of(engine: &Engine, values: &[(&str, &str)]) -> Result<(), Faults> {
    asked(engine, values).map(drop)
}

fn asked(engine: &Engine, values: &[(&str, &str)]) -> Result<Request, Faults> {
    let mut raw = RawRequest::new(Place::file("test"));
    for (path, value) in values {
        raw.set(engine.keys().at_path(path).expect("a key"), value, Place::file("test"));
    }
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    Ok(engine.request(&raw, now)?.value)
}

fn laid_out(request: &Request) -> (Document, Layout) {
    let document = engine().document(request).expect("a document").value;
    let layout = engine().layout(&document, request).expect("a layout").value;
    (document, layout)
}

/// Tagged words of some pages, one space between lines.
fn words_of(layout: &Layout, pages: std::ops::Range<usize>) -> String {
    let mut words = String::new();
    for fragment in layout.pages[pages].iter().flat_map(|page| &page.fragments) {
        if let (Tag::Element(_), Shape::Line { line, .. }) = (fragment.tag, &fragment.shape) {
            words.push_str(line.text().trim_end());
            words.push(' ');
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Six stretches or movements that go with a fluid limit.
fn six(stretches: bool) -> String {
    let pack = engine().library().packs.values().next().expect("a language");
    let library = &pack.libraries[if stretches { "stretches" } else { "exercises" }];
    let ids = library.iter().filter(|(_, exercise)| exercise.not_with.is_empty()).map(|(id, _)| id.as_str());
    ids.take(6).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_sheet_without_a_name_has_all_that_one_with_a_name_has() {
    for edition in ["standard", "ink-saver"] {
        let (_, layout) = laid_out(&request(&[("session.regions", "shoulder"), ("print.edition", edition)]));
        let first = words_of(&layout, 0..1);
        assert!(first.contains("Name") && first.contains("What to expect"), "{edition}: {first}");
        assert_eq!(layout.omitted, [], "{edition}");
    }
}

/// Air between the warnings' paragraphs goes before any part does.
#[test]
fn a_plain_sheet_of_one_area_leaves_nothing_out() {
    for paper in PAPERS {
        for area in ["neck", "lower-back", "knee", "calf"] {
            let values = [("session.regions", area), ("patient", "Ann"), ("print.paper", paper)];
            let (_, layout) = laid_out(&request(&values));
            assert_eq!(layout.omitted, [], "{area} on {paper}");
        }
    }
}

#[test]
fn a_full_sheet_keeps_what_a_request_may_not_leave_out() {
    let (stretches, movements) = (six(true), six(false));
    let note = "Keep the elbow low. ".repeat(20);
    for (edition, paper) in EDITIONS.iter().flat_map(|edition| PAPERS.map(|paper| (*edition, paper))) {
        for length in [100, 300, 400] {
            let request = request(&[
                ("session.regions", "neck; shoulder; calf"),
                ("plan.stretches", &stretches),
                ("plan.exercises", &movements),
                ("plan.note", note[..length].trim()),
                ("plan.rest_hours", "60"),
                ("precautions", "fluid-limit"),
                ("print.edition", edition),
                ("print.paper", paper),
            ]);
            let (_, layout) = laid_out(&request);
            let read = words_of(&layout, 0..layout.pages.len());
            for sentence in [
                "It must feel good and never hurt",
                "low and controlled",
                "Keep to your own fluid limit.",
                "Your physiotherapist chose your rest time",
                "Keep the elbow low.",
            ] {
                let gone: Vec<&str> = layout.omitted.iter().map(|part| part.id.as_str()).collect();
                assert!(read.contains(sentence), "{edition} {paper}: {sentence:?} is gone, beside {gone:?}");
            }
        }
    }
}

#[test]
fn stretches_chosen_by_area_stand_beside_how_to_stretch_or_not_at_all() {
    let (regions, note) = ("neck; calf", "Keep the elbow low. ".repeat(25));
    for note in ["", &note] {
        let (document, layout) =
            laid_out(&request(&[("session.regions", regions), ("plan.note", note.trim())]));
        assert!(!engine().shown_exercises(&document).is_empty());
        let read = words_of(&layout, 0..layout.pages.len());
        assert!(read.contains("It must feel good and never hurt"), "{read}");
    }
}

#[test]
fn how_to_stretch_cannot_be_left_out_beside_stretches_that_the_areas_bring() {
    let exclude = "print.sections.exclude";
    let found = |values: &[(&str, &str)]| faults_of(engine(), values).map_err(|faults| faults.to_string());
    for (section, kind) in [("stretching", "Stretches"), ("range-of-motion", "Movements")] {
        let fault = found(&[("session.regions", "neck; calf"), (exclude, section)]).expect_err(kind);
        assert!(fault.contains("contradicts what the treated areas bring"), "{fault}");
        assert!(fault.contains("leave out `exercises` as well, or neither"), "{fault}");
        assert!(fault.contains("must stay while"), "{fault}");
    }
    let both = found(&[("session.regions", "neck"), (exclude, "stretching; range-of-motion; exercises")]);
    assert_eq!(both, Ok(()), "nothing is shown that needs advice");
    // A request that a program makes itself cannot print the one without the other either.
    let mut made = request(&[("session.regions", "neck; calf")]);
    made.exclude.insert("stretching".to_owned());
    let (document, _) = laid_out(&made);
    let shown = engine().shown_exercises(&document);
    let stretches = &engine().library().packs.values().next().expect("a language").libraries["stretches"];
    assert!(!shown.is_empty() && shown.iter().all(|id| !stretches.contains_key(id)), "{shown:?}");
}

#[test]
fn a_full_sheet_shows_an_exercise_for_each_area_while_anything_lesser_could_go() {
    let note = "Keep the elbow low. ".repeat(25);
    for (edition, paper) in EDITIONS.iter().flat_map(|edition| PAPERS.map(|paper| (*edition, paper))) {
        for regions in ["jaw; hand; calf", "neck; shoulder; hip; foot"] {
            let request = request(&[
                ("session.regions", regions),
                ("plan.note", note.trim()),
                ("precautions", EVERY_PRECAUTION),
                ("activity", "running"),
                ("print.edition", edition),
                ("print.paper", paper),
            ]);
            let (document, layout) = laid_out(&request);
            let gone = |id: &str| layout.omitted.iter().any(|part| part.id == id);
            // A question may come back into less room than an exercise takes.
            let left_out = layout.omitted.iter().filter(|part| part.id.starts_with("faq")).count();
            let questions = !gone("faq") && left_out < 3;
            let shown = exercises_of(&document);
            for area in request.chosen.names("regions") {
                let own = shown.iter().filter(|exercise| exercise.areas.contains(area));
                let mut left =
                    own.clone().filter(|it| !gone("exercises") && !gone(&format!("exercises/{}", it.id)));
                let lost = own.count() > 0 && left.next().is_none();
                let omitted: Vec<&str> = layout.omitted.iter().map(|part| part.id.as_str()).collect();
                assert!(!(lost && questions), "{edition} {paper}: none for the {} beside {omitted:?}", area);
            }
        }
    }
}

#[test]
fn nothing_lesser_stands_where_the_exercises_had_no_room_and_no_text_points_at_them() {
    let note = ["Keep the elbow low and rest after each set, too."; 12].join("\n");
    let mut lost = 0;
    for (edition, paper) in EDITIONS.iter().flat_map(|edition| PAPERS.map(|paper| (*edition, paper))) {
        for regions in ["jaw; hand; calf", "neck; shoulder; hip; foot", "shoulder; knee"] {
            let values = [
                ("session.regions", regions),
                ("plan.note", note.trim()),
                ("precautions", EVERY_PRECAUTION),
                ("print.edition", edition),
                ("print.paper", paper),
            ];
            let (_, layout) = laid_out(&request(&values));
            let gone: Vec<&str> = layout.omitted.iter().map(|part| part.id.as_str()).collect();
            if gone.contains(&"exercises") {
                lost += 1;
                // One question may stand in room that is too small for an exercise.
                let asked = gone.iter().filter(|id| id.starts_with("faq/")).count();
                let lesser = gone.contains(&"closing") && (gone.contains(&"faq") || asked >= 3);
                assert!(lesser, "{edition} {paper} {regions}: {gone:?}");
                let read = words_of(&layout, 0..layout.pages.len());
                assert!(!read.contains("our movements") && !read.contains("our stretches"), "{read}");
            }
        }
    }
    assert!(lost > 0, "no sheet is so full any more");
}

fn exercises_of(document: &Document) -> Vec<&aftercare::document::Exercise> {
    let sections = document.body().iter().flat_map(|group| &group.sections);
    let blocks = sections.flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Exercises(exercises) => Some(exercises),
        _ => None,
    });
    blocks.flatten().collect()
}

/// The longest and widest names that a request may hold.
const NAMES: [&str; 3] = [
    "",
    "Wilhelmina Mamamamammamma-Wammawammawamma Wwmwwmwwm Mmmwwwmmm Wammammamammamam",
    "WmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWmWm",
];

#[test]
fn no_warning_is_ever_set_smaller_than_its_edition_promises() {
    let lungs = "neck; shoulder; upper-back; mid-back; chest; ribs";
    for (edition, least) in [("standard", 12.0), ("large-print", 18.0), ("ink-saver", 12.0)] {
        for paper in PAPERS {
            for (name, regions) in
                NAMES.iter().flat_map(|name| ["calf", lungs].map(|regions| (*name, regions)))
            {
                let request = request(&[
                    ("patient", name),
                    ("session.regions", regions),
                    ("precautions", EVERY_PRECAUTION),
                    ("print.edition", edition),
                    ("print.paper", paper),
                ]);
                let (document, layout) = laid_out(&request);
                warnings_hold(&document, &layout, least, &format!("{edition} {paper} {regions} {name}"));
            }
        }
    }
}

/// Every warning is there, in its size, before anything else of the body; the emergency signs are on side 1.
fn warnings_hold(document: &Document, layout: &Layout, least: f32, what: &str) {
    let safety = document.safety();
    let tiers = [safety.emergency(), safety.same_day(), safety.call()];
    let texts =
        tiers.iter().flat_map(|tier| std::iter::once(&tier.heading).chain(&tier.signs).chain(&tier.closing));
    let texts: Vec<String> =
        texts.chain(safety.precautions()).map(|text| plain_text(text).replace('\u{a0}', " ")).collect();
    let (first, all) = (words_of(layout, 0..1), words_of(layout, 0..layout.pages.len()));
    let expect = all.find("Dry needling puts thin needles").unwrap_or(all.len());
    for text in &texts {
        assert!(all.find(text).is_some_and(|at| at < expect), "{what}: {text:?} comes late or not at all");
    }
    for sign in safety.emergency().signs.iter().chain(&safety.emergency().closing) {
        let sign = plain_text(sign).replace('\u{a0}', " ");
        assert!(first.contains(&sign), "{what}: {sign:?} is not on side 1");
    }
    let joined = texts.join(" ");
    for fragment in layout.pages.iter().flat_map(|page| &page.fragments) {
        let (Tag::Element(_), Shape::Line { line, .. }) = (fragment.tag, &fragment.shape) else { continue };
        let words = line.text();
        if words.split_whitespace().count() < 2 || !joined.contains(words.trim()) {
            continue;
        }
        for run in &line.runs {
            assert!(run.size.0 >= least, "{what}: {words:?} is set in {} pt", run.size.0);
        }
    }
}

/// The built-in folder with a file changed.
fn folder_with(changes: &[(&str, &str, &str)]) -> Engine {
    let mut folder = Memory::copy(&BuiltIn).expect("the built-in folder");
    for (path, from, to) in changes {
        let text = String::from_utf8(folder.0[*path].to_vec()).expect("text");
        assert!(text.contains(from), "{path} has no {from:?}");
        folder.0.insert((*path).to_owned(), text.replace(from, to).into_bytes().into());
    }
    Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value
}

const WORDS: &str = "content/languages/en/words.yaml";
const OWN_WORDS: &str = "content/treatments/dry-needling/en/words.yaml";

/// As words are in French, and longer than fifty letters.
fn with_long_words() -> Engine {
    folder_with(&[
        (OWN_WORDS, "rest: Take it easy", "rest: Y aller doucement et se reposer plus que d’habitude"),
        (
            OWN_WORDS,
            "hard_exercise: No hard exercise",
            "hard_exercise: No hard exercise, heavy lifting, sprints, long runs or competitive sport",
        ),
        (OWN_WORDS, "or longer if still sore", "et jusqu’à ce que vous alliez de nouveau tout à fait bien"),
        (
            OWN_WORDS,
            "soreness: You may feel sore",
            "soreness: Il se peut que vous soyez encore un peu endolori",
        ),
        (
            OWN_WORDS,
            "Still sore then? Call us.",
            "Encore endolori à ce moment-là ? Appelez-nous tout de suite.",
        ),
        (WORDS, "until: \"until {time}\"", "until: \"jusqu’au moment précis de {time}\""),
    ])
}

/// The longest windows that the manual allows.
fn with_long_windows(hours: u32) -> Engine {
    let hard = "hard_exercise:\n    from: 24\n    to: 24";
    folder_with(&[
        (
            "content/treatments/dry-needling/treatment.yaml",
            hard,
            &hard.replace("to: 24", &format!("to: {hours}")),
        ),
        (
            "content/treatments/dry-needling/treatment.yaml",
            "soreness:\n    from: 24\n    to: 72",
            "soreness:\n    from: 24\n    to: 60",
        ),
    ])
}

fn nothing_meets(engine: &Engine, what: &str, values: &[(&str, &str)]) {
    let request = request_of(engine, values);
    let document = engine.document(&request).expect("a document").value;
    let layout = engine.layout(&document, &request).expect("a layout").value;
    let clashes: Vec<String> = engine.clashes(&layout, &request).iter().map(ToString::to_string).collect();
    assert!(clashes.is_empty(), "{what}, {values:?}:\n{}\n{}", clashes.join("\n"), layout.dump());
}

fn at_every_half_hour(engine: &Engine, what: &str, minutes: &[u32], rests: &[&str]) {
    for (edition, paper) in EDITIONS.iter().flat_map(|edition| PAPERS.map(|paper| (*edition, paper))) {
        for (hour, minute) in (0..24).flat_map(|hour| minutes.iter().map(move |minute| (hour, *minute))) {
            let at = format!("2026-11-24T{hour:02}:{minute:02}");
            for rest in rests {
                nothing_meets(
                    engine,
                    what,
                    &[
                        ("session.regions", "calf"),
                        ("session.at", &at),
                        ("plan.rest_hours", rest),
                        ("print.edition", edition),
                        ("print.paper", paper),
                    ],
                );
            }
        }
    }
}

#[test]
fn nothing_stands_on_anything_at_any_time_of_day() {
    at_every_half_hour(engine(), "the built-in folder", &[0, 30], &["", "72"]);
}

#[test]
fn nothing_stands_on_anything_in_long_words() {
    at_every_half_hour(&with_long_words(), "long words", &[30], &["12", "72"]);
}

#[test]
fn nothing_stands_on_anything_in_long_windows() {
    for (hours, minute) in [(48, 30), (72, 0), (96, 30), (168, 0)] {
        let engine = with_long_windows(hours);
        at_every_half_hour(&engine, &format!("{hours} hours"), &[minute], &["72"]);
    }
}

#[test]
fn nothing_stands_on_anything_on_full_sheets() {
    let (stretches, movements) = (six(true), six(false));
    let note = "Keep the elbow low. ".repeat(20);
    let lungs = "neck; shoulder; upper-back; mid-back; chest; ribs";
    for (edition, paper) in EDITIONS.iter().flat_map(|edition| PAPERS.map(|paper| (*edition, paper))) {
        for name in NAMES {
            let common = [
                ("patient", name),
                ("print.edition", edition),
                ("print.paper", paper),
                ("session.regions", lungs),
            ];
            let plan = [
                ("plan.stretches", stretches.as_str()),
                ("plan.exercises", &movements),
                ("plan.note", note.trim()),
            ];
            nothing_meets(engine(), "a full sheet", &[common.as_slice(), &plan].concat());
            let precautions = [("precautions", EVERY_PRECAUTION), ("plan.next_visit", "2026-12-01T10:00")];
            nothing_meets(engine(), "every precaution", &[common.as_slice(), &precautions].concat());
        }
    }
}

#[test]
fn nothing_stands_on_anything_in_a_brochure() {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
    let folders = [with_long_words(), with_long_windows(72), with_long_windows(168)];
    for engine in folders.iter().chain([engine()]) {
        for (fold, paper) in
            Fold::ALL.iter().flat_map(|fold| Paper::ALL.iter().map(move |paper| (*fold, *paper)))
        {
            let language = engine.library().packs.keys().next().expect("a language").clone();
            let asked = BrochureRequest {
                treatment: "dry-needling".into(),
                fold,
                paper,
                purpose: Purpose::Office,
                language,
                proof: false,
                marks: Marks::Crop,
            };
            let layout = engine.brochure_layout(&asked, today);
            assert!(layout.is_ok(), "{fold} {paper}: {}", layout.unwrap_err());
        }
    }
}

#[test]
fn a_long_name_of_a_clinic_stands_on_more_lines_and_is_never_cut() {
    let name = "The Leaside and East York Centre for Sports Medicine, Dry Needling and Physiotherapy after Operations, Limited";
    let therapists = ["Anastasia-Wilhelmina", "Bartholomew", "Christabella", "Maximiliane", "Hildegard"];
    let therapists: String = therapists.iter().map(|name| format!("  - name: {name}\n")).collect();
    let engine = folder_with(&[
        ("content/clinic.yaml", "name: Leaside Sports Medicine", &format!("name: {name}")),
        (
            "content/clinic.yaml",
            "  - {name: Rachel, title: PT}\n",
            &format!("{therapists}  - {{name: Rachel, title: PT}}\n"),
        ),
    ]);
    for (edition, paper) in EDITIONS.iter().flat_map(|edition| PAPERS.map(|paper| (*edition, paper))) {
        let values = [("session.regions", "calf"), ("print.edition", edition), ("print.paper", paper)];
        nothing_meets(&engine, "a long name", &values);
        let request = request_of(&engine, &values);
        let document = engine.document(&request).expect("a document").value;
        let layout = engine.layout(&document, &request).expect("a layout").value;
        for (index, page) in layout.pages.iter().enumerate() {
            let words = printed(page);
            // Every sheet of paper has it; on its back it gives way to how to get another format.
            let last = index + 1 == layout.pages.len();
            assert!(last || words.contains(name), "{edition} {paper} page {}: {words}", index + 1);
        }
    }
}

/// All words of a page, heads and feet included.
fn printed(page: &aftercare::layout::Page) -> String {
    let lines = page.fragments.iter().filter_map(|fragment| match &fragment.shape {
        Shape::Line { line, .. } => Some(line.text().trim().to_owned()),
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ")
}

#[test]
fn each_sheet_of_paper_says_whose_it_is() {
    let whose = |values: &[(&str, &str)]| {
        let (document, layout) = laid_out(&request(values));
        let meta = format!("{:?} {:?}", document.meta(), layout.outline);
        let pages: Vec<String> = layout.pages.iter().map(printed).collect();
        (pages, meta)
    };
    let edition = ("print.edition", "large-print");
    let (pages, meta) =
        whose(&[("patient", "Zoë Nguyen"), ("id", "p-17"), ("session.regions", "calf"), edition]);
    let sheets: Vec<&String> = pages.iter().step_by(2).collect();
    assert!(sheets.len() > 1 && sheets.iter().all(|front| front.contains("Zoë Nguyen")), "{pages:?}");
    assert!(pages.iter().all(|page| !page.contains("p-17")), "{pages:?}");
    assert!(!meta.contains("Nguyen") && !meta.contains("p-17"), "{meta}");
    let (pages, meta) = whose(&[("id", "p-17"), ("session.regions", "calf"), edition]);
    assert!(pages.iter().step_by(2).skip(1).all(|front| front.contains("p-17")), "{pages:?}");
    assert!(!meta.contains("p-17"), "{meta}");
}

#[test]
fn sheets_for_office_printers_set_their_text_in_black_alone() {
    for edition in EDITIONS {
        let (_, layout) = laid_out(&request(&[("session.regions", "neck"), ("print.edition", edition)]));
        let (mut body, mut coloured) = (0, Vec::new());
        for fragment in layout.pages.iter().flat_map(|page| &page.fragments) {
            let (Tag::Element(_), Shape::Line { line, .. }) = (fragment.tag, &fragment.shape) else {
                continue;
            };
            for run in &line.runs {
                match run.colour.to_hex().as_str() {
                    "#000000" => body += run.text.len(),
                    _ => coloured.push(run.text.to_string()),
                }
            }
        }
        assert!(body > 1500, "{edition}: {body} letters in black");
        assert!(edition != "ink-saver" || coloured.is_empty(), "{coloured:?}");
        assert!(!coloured.iter().any(|text| text.contains("Dry needling puts")), "{coloured:?}");
    }
}

/// A hyphen that nobody typed would change a name.
#[test]
fn a_name_without_a_space_breaks_between_letters_without_a_hyphen_and_loses_none() {
    let name = NAMES[2];
    for edition in EDITIONS {
        let values = [("session.regions", "calf"), ("patient", name), ("print.edition", edition)];
        let (_, layout) = laid_out(&request(&values));
        let lines: Vec<String> = layout.pages[0]
            .fragments
            .iter()
            .filter_map(|fragment| match &fragment.shape {
                Shape::Line { line, .. } if matches!(fragment.tag, Tag::Element(_)) => {
                    Some(line.text().trim().to_owned())
                }
                _ => None,
            })
            .collect();
        let pieces: Vec<&str> = lines
            .iter()
            .filter_map(|line| line.rsplit(' ').next())
            .filter(|word| word.contains("WmW"))
            .collect();
        assert_eq!(pieces.concat(), name, "{edition}: {lines:?}");
        assert!(
            pieces.len() > 1 && pieces.iter().all(|piece| piece.chars().count() >= 3),
            "{edition}: {pieces:?}"
        );
    }
}

/// The built-in clinic under a long name, with therapists who have long ones.
fn long_names() -> Engine {
    use aftercare::content::files::Files;
    let mut folder = Memory::copy(&BuiltIn).expect("the built-in folder");
    let path = "content/clinic.yaml";
    let text = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
    let name = "Eglinton East Physiotherapy, Sports Medicine and Rehabilitation Centre of Leaside";
    let text = text.replace("name: Leaside Sports Medicine", &format!("name: {name}"));
    let text = text.replace("{name: Suzie,", "{name: Konstantinos Papadimitrakopoulos-Featherstonehaugh,");
    assert!(text.contains(name) && text.contains("Featherstonehaugh"));
    folder.0.insert(path.into(), text.into_bytes().into());
    Engine::load(&folder).expect("the folder loads").value
}

/// Lines of a page with what they are, from its top.
fn lines(layout: &Layout, page: usize) -> Vec<(bool, String)> {
    let line = |fragment: &aftercare::layout::Fragment| match &fragment.shape {
        Shape::Line { line, .. } => Some((matches!(fragment.tag, Tag::Artifact(_)), line.text())),
        _ => None,
    };
    layout.pages[page].fragments.iter().filter_map(line).collect()
}

#[test]
fn a_long_name_of_a_clinic_costs_no_sheet_its_room() {
    let engine = long_names();
    for edition in EDITIONS {
        let values = [
            ("session.regions", "neck"),
            ("precautions", EVERY_PRECAUTION),
            ("plan.next_visit", "2026-12-01T10:00"),
            ("print.edition", edition),
        ];
        let request = request_of(&engine, &values);
        let document = engine.document(&request).expect("a document").value;
        let layout =
            engine.layout(&document, &request).unwrap_or_else(|faults| panic!("{edition}: {faults}")).value;
        // Beside the next visit it would take five lines.
        let first: Vec<String> = lines(&layout, 0).into_iter().map(|(_, text)| text).take(3).collect();
        assert!(first[1].contains("Leaside") || first[0].contains("Leaside"), "{edition}: {first:?}");
        // Who works there goes before a foot takes a line more than the clinic's name does.
        for page in 0..layout.pages.len() {
            let feet = lines(&layout, page).into_iter().filter(|(is_foot, _)| *is_foot);
            let feet: Vec<String> = feet.map(|(_, text)| text).collect();
            assert!(!feet.iter().any(|line| line.contains("Featherstonehaugh")), "{edition}: {feet:?}");
        }
    }
}

#[test]
fn large_print_leaves_no_side_half_empty_while_exercises_go() {
    let values = [
        ("session.regions", "ankle; hamstring"),
        ("session.at", "2026-11-24T12:15"),
        ("patient", "Zo\u{eb}"),
        ("session.therapist", "Rachel"),
        ("plan.next_visit", "2026-12-08T17:00"),
        ("precautions", EVERY_PRECAUTION),
        ("print.edition", "large-print"),
    ];
    let request = request(&values);
    let document = engine().document(&request).expect("a document").value;
    let layout = engine().layout(&document, &request).expect("a layout").value;
    assert!(!layout.omitted.iter().any(|one| one.id == "exercises"), "{:?}", layout.omitted);
    assert!(aloud_has(&layout, "Calf stretch"));
    // The limit on drinking has no end, and says so.
    assert!(aloud_has(&layout, "Keep to your fluid limit always"), "{}", layout.read_aloud());
}

fn aloud_has(layout: &Layout, words: &str) -> bool {
    layout.read_aloud().contains(words)
}

/// Two dots at the end of an axis look like a misprint.
#[test]
fn what_goes_on_after_its_end_is_seen_to() {
    for edition in EDITIONS {
        for at in ["2026-11-24T09:00", "2026-11-24T12:00", "2026-11-24T19:45", "2026-11-24T23:30"] {
            let values = [
                ("plan.rest_hours", "72"),
                ("session.regions", "hip"),
                ("session.at", at),
                ("print.edition", edition),
            ];
            let (_, layout) = laid_out(&request(&values));
            let dots = layout.pages.iter().flat_map(|page| &page.fragments).filter_map(|fragment| {
                match &fragment.shape {
                    Shape::Rule { from, to, pen } if pen.dash.is_some() => Some((to.x - from.x).0),
                    _ => None,
                }
            });
            let longest = dots.fold(0.0, f32::max);
            assert!(longest >= 21.0, "{edition} {at}: {longest}");
        }
    }
}

/// What a code is for stands at its side, not at the other end of the box.
#[test]
fn the_words_about_the_code_end_beside_it() {
    let engine = folder_with(&[(
        "content/clinic.yaml",
        "web: \"\"\naddress: \"\"",
        "web: www.clinic.example\naddress: 1 Long Street, Unit 200",
    )]);
    for edition in ["standard", "large-print", "ink-saver"] {
        let values =
            [("session.regions", "neck"), ("print.edition", edition), ("print.sections.exclude", "faq")];
        let request = request_of(&engine, &values);
        let document = engine.document(&request).expect("a document").value;
        let layout = engine.layout(&document, &request).expect("a layout").value;
        let page = layout.pages.iter().rev().find_map(|page| {
            let fragments = || page.fragments.iter().map(|fragment| &fragment.shape);
            let words = fragments().find_map(|shape| match shape {
                Shape::Line { line, origin, .. } if line.text().starts_with("Scan for") => {
                    Some((origin.x + line.width, origin.y))
                }
                _ => None,
            })?;
            let code = fragments().find_map(|shape| match shape {
                Shape::Path { origin, middle, stroke: None, .. } if *middle > Pt(30.0) => {
                    Some((*origin, *middle * 2.0))
                }
                _ => None,
            })?;
            Some((words, code))
        });
        let ((right, baseline), (code, side)) = page.expect("a code and its words");
        assert!((code.x - right).0 < 30.0, "{edition}: {right:?} {code:?}");
        assert!(code.y < baseline && baseline < code.y + side, "{edition}: {baseline:?} {code:?}");
    }
}

/// Advice by precaution parted from the warnings, on the next sheet of paper, looks like something else. Where the emergency's
/// side has room for it and for no other tier, it stands there.
#[test]
fn advice_by_precaution_stands_with_the_warnings_where_their_side_has_room() {
    for paper in PAPERS {
        let values = [
            ("session.regions", "neck"),
            ("session.at", "2026-11-24T10:00"),
            ("precautions", "immune; blood-thinners; pregnancy"),
            ("print.edition", "large-print"),
            ("print.paper", paper),
        ];
        let (_, layout) = laid_out(&request(&values));
        let side = |words: &str| {
            (0..layout.pages.len()).find(|side| words_of(&layout, *side..*side + 1).contains(words))
        };
        let warnings = [side("You collapse"), side("It gets worse each day")];
        assert!(warnings.contains(&side("No alcohol at all")), "{paper}: {warnings:?}");
    }
}

/// Colours of a page's logo as they print.
fn logo_colours(layout: &Layout) -> Vec<String> {
    let picture = |fragment: &aftercare::layout::Fragment| match &fragment.shape {
        Shape::Picture { picture, paints, .. } if picture.id == "logo" => Some((picture.clone(), *paints)),
        _ => None,
    };
    let (logo, paints) = layout.pages[0].fragments.iter().find_map(picture).expect("a logo");
    let colour = |paint: Paint| match paint {
        Paint::Line => paints.line,
        Paint::Accent => paints.accent,
        Paint::Paper => paints.paper,
        Paint::Colour(own) => own,
    };
    logo.paths().iter().filter_map(|path| path.fill).map(|paint| colour(paint).to_hex()).collect()
}

#[test]
fn the_ink_saver_prints_a_logo_in_black_and_its_shades_in_grey() {
    let printed = |ring: &str, edition: &str| {
        let disc = |r: &str, fill: &str| format!("<circle cx='24' cy='24' r='{r}' fill='{fill}'/>");
        let drawn = [disc("23", "#b3261e"), disc("15", "#ffffff"), disc("10", ring)].concat();
        let logo = format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 48'>{drawn}</svg>");
        let mut folder = Memory::copy(&BuiltIn).expect("the built-in folder");
        folder.0.insert("templates/logo.svg".to_owned(), logo.into_bytes().into());
        let engine = Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
        let request = request_of(&engine, &[("session.regions", "neck"), ("print.edition", edition)]);
        let document = engine.document(&request).expect("a document").value;
        logo_colours(&engine.layout(&document, &request).expect("a layout").value)
    };
    assert_eq!(printed("#b3261e", "standard"), ["#b3261e", "#ffffff", "#b3261e"]);
    assert_eq!(printed("#b3261e", "ink-saver"), ["#000000", "#ffffff", "#000000"]);
    let shades = printed("#f2b8b5", "ink-saver");
    assert!(
        shades.iter().all(|shade| shade[1..3] == shade[3..5] && shade[3..5] == shade[5..7]),
        "{shades:?}"
    );
    assert!(shades[0] < shades[2] && shades[2] < shades[1], "as dark as they are: {shades:?}");
}

/// Where heads stand over every second day, a ground of one day would say that a bar ends in another column than it does.
#[test]
fn grounds_of_a_long_timeline_are_the_columns_of_its_heads() {
    for (treatment, region) in [("shockwave", "foot"), ("cupping", "upper-back"), ("dry-needling", "neck")] {
        let request = request(&[("treatment", treatment), ("session.regions", region)]);
        let (document, layout) = laid_out(&request);
        let days = document.masthead().timeline.days.len();
        let fragments = || layout.pages[0].fragments.iter().map(|fragment| &fragment.shape);
        let lines: Vec<f32> = fragments()
            .filter_map(|shape| match shape {
                Shape::Rule { from, to, .. } if from.x == to.x && from.y < to.y => Some(from.x.0),
                _ => None,
            })
            .collect();
        let tint = engine().library().brand.palette.tint;
        let grounds: Vec<f32> = fragments()
            .filter_map(|shape| match shape {
                Shape::Rectangle { rect, fill: Some(fill), stroke: None, radius }
                    if *fill == tint && *radius == Pt::ZERO && rect.height < Pt(120.0) =>
                {
                    Some(rect.x.0)
                }
                _ => None,
            })
            .filter(|x| *x > 100.0)
            .collect();
        assert!(!grounds.is_empty(), "{treatment}: {days} days");
        let has_line = |x: &f32| lines.iter().any(|line| (line - x).abs() < 0.1);
        assert!(grounds.iter().all(has_line), "{treatment}: grounds at {grounds:?}, lines at {lines:?}");
    }
}

/// Text over the whole measure has too many letters on a line to be read, and looks like another kind of part.
#[test]
fn the_last_of_an_odd_number_of_questions_keeps_to_its_column() {
    let note = "Start with the wall slide and stop if it pinches. Keep the elbow low, and rest. ";
    let mut odd = 0;
    let sheets = PAPERS.iter().flat_map(|paper| (0..7).map(move |lines| (*paper, note.repeat(lines))));
    for (paper, note) in sheets {
        let mut values = vec![
            ("session.regions", "neck"),
            ("precautions", "pregnancy"),
            ("activity", "desk"),
            ("plan.next_visit", "2026-12-01T10:00"),
            ("print.paper", paper),
        ];
        values.extend((!note.is_empty()).then_some(("plan.note", note.trim())));
        let (document, layout) = laid_out(&request(&values));
        let questions: Vec<String> = document
            .body()
            .iter()
            .flat_map(|group| &group.sections)
            .flat_map(|section| &section.blocks)
            .filter_map(|block| if let Block::Questions(all) = block { Some(all) } else { None })
            .flatten()
            .filter(|one| !layout.omitted.iter().any(|gone| gone.id.ends_with(&one.id)))
            .map(|one| plain_text(&one.question))
            .collect();
        if questions.len().is_multiple_of(2) {
            continue;
        }
        odd += 1;
        let last = questions.last().expect("a question");
        for fragment in layout.pages.iter().flat_map(|page| &page.fragments) {
            let Shape::Line { line, .. } = &fragment.shape else { continue };
            let is_wide = line.text().starts_with(last.as_str()) && line.width > Pt(265.0);
            assert!(!is_wide, "{paper}: {}", line.text());
        }
    }
    assert!(odd > 0, "{odd} sheets have an odd number of questions");
}

/// A loose sheet of paper says whose it is, on each of its sides or on none.
#[test]
fn where_a_long_name_takes_two_lines_of_the_feet_the_last_one_names_the_clinic_too() {
    let name = "Leaside Sports Medicine and Physiotherapy Associates";
    let engine =
        folder_with(&[("content/clinic.yaml", "name: Leaside Sports Medicine", &format!("name: {name}"))]);
    let request = request_of(&engine, &[("session.regions", "neck"), ("print.edition", "large-print")]);
    let document = engine.document(&request).expect("a document").value;
    let layout = engine.layout(&document, &request).expect("a layout").value;
    let last = layout.pages.len() - 1;
    let words: Vec<String> = lines(&layout, last).into_iter().map(|(_, text)| text).collect();
    let foot = words.iter().rev().take(3).cloned().collect::<Vec<_>>().join(" ");
    assert!(foot.contains("Leaside Sports Medicine and"), "{foot}");
}

/// A side that is empty for a tenth of it, beside words that are left out, looks like a mistake.
#[test]
fn large_print_fills_its_sides_before_it_leaves_anything_out() {
    let note = "Start with the wall slide and stop if it pinches.".to_owned();
    let (mut sides, mut left_out) = (0, 0);
    for (index, regions) in
        ["hip; chest", "shoulder; jaw", "upper-back", "calf", "neck; knee"].iter().enumerate()
    {
        for precautions in ["", "pregnancy; blood-thinners", "immune; faints; fluid-limit"] {
            let mut values = vec![
                ("session.regions", *regions),
                ("print.edition", "large-print"),
                ("print.paper", PAPERS[index % 2]),
                ("plan.note", note.as_str()),
            ];
            values.extend((!precautions.is_empty()).then_some(("precautions", precautions)));
            let (_, layout) = laid_out(&request(&values));
            if layout.omitted.is_empty() {
                continue;
            }
            left_out += 1;
            for (number, page) in layout.pages.iter().enumerate() {
                let foot = page.size.height.0 - 36.0 - 27.0;
                let bottom = |fragment: &aftercare::layout::Fragment| match &fragment.shape {
                    Shape::Line { origin, .. } => origin.y.0,
                    Shape::Rectangle { rect, .. } | Shape::Picture { rect, .. } => (rect.y + rect.height).0,
                    _ => 0.0,
                };
                let bottoms = page.fragments.iter().map(bottom).filter(|bottom| *bottom < foot + 1.0);
                let free = foot - bottoms.fold(0.0, f32::max);
                sides += usize::from(free > 44.0);
                assert!(free < 60.0, "{regions} {precautions}: {free} pt of side {} are free", number + 1);
            }
        }
    }
    assert!(left_out > 8 && sides < 3, "{left_out} sheets, {sides} sides with a hole");
}

/// On the next side it would be the first thing, and nobody would know what it is about.
#[test]
fn what_explains_the_answer_opens_no_side() {
    for (treatment, region, words) in [
        ("shockwave", "foot", "That is what we suggest to most people"),
        ("cupping", "upper-back", "That is what we suggest to most people"),
    ] {
        let values =
            [("treatment", treatment), ("session.regions", region), ("print.edition", "large-print")];
        let (_, layout) = laid_out(&request(&values));
        for page in 0..layout.pages.len() {
            let read = words_of(&layout, page..page + 1);
            assert!(!read.starts_with(words), "{treatment}: {read}");
        }
        assert!(words_of(&layout, 0..layout.pages.len()).contains(words), "{treatment}");
    }
}
