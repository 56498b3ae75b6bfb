//! Sheets of the built-in folder as they are laid out, full ones above all: what may not go stays.

use aftercare::diagnostic::Place;
use aftercare::document::{Document, plain_text};
use aftercare::layout::{Layout, Shape, Tag};
use aftercare::options::keys::Key;
use aftercare::{Engine, RawRequest, Request};
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
    let mut raw = RawRequest::new(Place::file("test"));
    for (path, value) in values {
        raw.set(Key::at_path(path).expect("a key"), value, Place::file("test"));
    }
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    engine().request(&raw, now).unwrap_or_else(|faults| panic!("{values:?}: {faults}")).value
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
    let library = if stretches { &pack.stretches } else { &pack.exercises };
    let ids = library.iter().filter(|(_, exercise)| exercise.not_with.is_empty()).map(|(id, _)| id.as_str());
    ids.take(6).collect::<Vec<_>>().join("; ")
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
                "slow and controlled",
                "Follow your own fluid limit.",
                "Your physiotherapist set your rest time",
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
    let excluded = [("session.regions", regions), ("print.sections.exclude", "stretching")];
    let (document, _) = laid_out(&request(&excluded));
    let shown = engine().shown_exercises(&document);
    let stretches = &engine().library().packs.values().next().expect("a language").stretches;
    assert!(!shown.is_empty() && shown.iter().all(|id| !stretches.contains_key(id)), "{shown:?}");
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
