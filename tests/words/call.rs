//! A number with every "Call us", or a line to write it on.

use crate::phone::{self, PHONE};
use crate::{engine, public_texts, public_texts_of, sheet, sheet_of};

/// Pages that only lead to others.
fn is_signpost(name: &str) -> bool {
    ["404.html", "index.html"].contains(&name)
}

const LINE: &str = "Call us: ____________________";

#[test]
fn a_clinic_without_a_number_has_a_line_to_write_it_on() {
    let request = crate::asked(&[("session.regions", "calf")]).expect("a request");
    let paper = engine().render_text(&request).expect("a text").value;
    assert!(paper.contains(LINE), "{paper}");
    let printed = |name: &str| !name.ends_with(".html") && !name.ends_with(".svg");
    for (name, text) in public_texts().iter().filter(|(name, _)| printed(name)) {
        assert!(text.contains(LINE), "{name}: {text}");
    }
}

#[test]
fn no_web_page_has_a_line_to_write_on() {
    let request = crate::asked(&[("session.regions", "calf")]).expect("a request");
    let own = engine().render_html(&request).expect("a page").value;
    let pages = public_texts().iter().filter(|(name, _)| name.ends_with(".html") && !is_signpost(name));
    let pages: Vec<&str> = pages.map(|(_, text)| text.as_str()).collect();
    assert!(!pages.is_empty());
    for text in pages.into_iter().chain([own.as_str()]) {
        assert!(text.contains("Call us") && !text.contains("____"), "{text}");
    }
}

#[test]
fn a_clinic_with_a_number_has_it_beside_the_words() {
    let engine = phone::engine();
    let text = sheet_of(&engine, &[("session.regions", "calf")]);
    assert!(text.contains(&format!("Call us: {PHONE}")) && !text.contains("____"), "{text}");
    for (name, text) in public_texts_of(&engine) {
        assert!(is_signpost(&name) || text.contains(PHONE), "{name}: {text}");
        assert!(!text.contains("____"), "{name}: {text}");
    }
}

#[test]
fn the_number_can_be_touched_on_a_screen() {
    let request = crate::asked(&[("session.regions", "calf")]).expect("a request");
    let html = phone::engine().render_html(&request).expect("a page").value;
    assert!(html.contains("href=\"tel:4165550100\""));
}

#[test]
fn a_physiotherapist_stands_with_the_title() {
    let sheet = sheet(&[
        ("session.regions", "calf"),
        ("session.therapist", "Valerie, PT"),
        ("plan.note", "Left leg only."),
    ]);
    assert!(sheet.contains("with Valerie, PT"), "{sheet}");
    assert!(sheet.contains("Note from Valerie, PT"), "{sheet}");
}

#[test]
fn only_the_clinics_own_file_holds_a_number_to_call() {
    for pack in engine().library().packs.values() {
        for (key, word) in pack.web.iter() {
            assert!(!word.contains("911") && !word.contains("811"), "web.yaml {key}: {word}");
        }
        for (key, word) in pack.words.iter() {
            assert!(
                !word.text.contains("911") && !word.text.contains("811"),
                "words.yaml {key}: {}",
                word.text
            );
        }
    }
}
