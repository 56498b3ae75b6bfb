//! The live sheet's pictures say what the layout says, where it says it.

use aftercare::layout::{Layout, Page, Shape};
use aftercare::options::Edition;
use aftercare::{Engine, request_from_yaml};
use chrono::{TimeZone, Utc};
use std::sync::OnceLock;
use usvg::roxmltree::Document;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::built_in().expect("the built-in folder is sound").value)
}

fn layout(yaml: &str) -> Layout {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap();
    let request = engine()
        .request(&request_from_yaml("request.yaml", yaml, engine().keys()), now)
        .expect("a sound request")
        .value;
    let document = engine().document(&request).expect("a document").value;
    engine().layout(&document, &request).expect("a layout").value
}

/// The words of a page in painting order; every kind of space is one.
fn words_of(page: &Page) -> Vec<String> {
    let lines = page.fragments.iter().filter_map(|fragment| match &fragment.shape {
        Shape::Line { line, .. } => Some(line.text()),
        _ => None,
    });
    words(&lines.collect::<Vec<_>>().join(" "))
}

fn words(text: &str) -> Vec<String> {
    text.split([' ', '\u{a0}', '\u{2007}']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn drawn_words(svg: &str) -> Vec<String> {
    let picture = Document::parse(svg).expect("well-formed SVG");
    let lines = picture.descendants().filter(|node| node.has_tag_name("text"));
    let line = |node: usvg::roxmltree::Node| -> String {
        node.descendants().filter_map(|part| part.is_text().then(|| part.text()).flatten()).collect()
    };
    words(&lines.map(line).collect::<Vec<_>>().join(" ")).concat().chars().map(String::from).collect()
}

#[test]
fn every_page_is_drawn_with_every_word() {
    for edition in Edition::NAMES {
        let layout = layout(&format!(
            "patient: Zoë Ωμέγα\nsession: {{regions: [neck, calf], therapist: Valerie}}\nprint: {{edition: {edition}}}"
        ));
        let pictures = engine().pictures(&layout);
        assert_eq!(pictures.len(), layout.pages.len(), "{edition}");
        for (page, picture) in layout.pages.iter().zip(&pictures) {
            assert_eq!(drawn_words(picture).concat(), words_of(page).concat(), "{edition}");
        }
    }
}

#[test]
fn a_name_is_text_and_never_markup() {
    let layout = layout("patient: '</text><script>alert(1)</script> & \"x\"'\nsession: {regions: [calf]}");
    let picture = &engine().pictures(&layout)[0];
    let parsed = Document::parse(picture).expect("well-formed SVG");
    assert!(!parsed.descendants().any(|node| node.has_tag_name("script")));
    assert!(drawn_words(picture).concat().contains("</text><script>alert(1)</script>&"));
}

#[test]
fn pictures_hold_nothing_that_a_strict_policy_refuses() {
    for picture in engine().pictures(&layout("session: {regions: [neck]}")) {
        for refused in [" style=", "<style", "href=", "url(", " on"] {
            let markup: Vec<&str> =
                picture.split('<').map(|tag| tag.split('>').next().unwrap_or_default()).collect();
            assert!(!markup.iter().any(|tag| format!("<{tag}").contains(refused)), "{refused}");
        }
    }
}
