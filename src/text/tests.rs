//! Shaping as a reader of the letters sees it.

use super::samples::fonts;
use super::*;
use crate::locale::{Direction, Language};
use unicode_script::Script;

const REGULAR: FaceId = FaceId(0);
const FALLBACK: FaceId = FaceId(4);

fn stretch(text: &str, face: FaceId) -> Stretch<'_> {
    Stretch { text, face, script: Script::Latin, right_to_left: false, language: None }
}

fn glyphs(text: &str, face: FaceId) -> Vec<Glyph> {
    fonts().shape(&stretch(text, face)).expect("the face has every character").glyphs
}

fn advance(glyphs: &[Glyph]) -> i32 {
    glyphs.iter().map(|glyph| glyph.advance).sum()
}

fn sources<'a>(text: &'a str, glyphs: &[Glyph]) -> Vec<&'a str> {
    glyphs.iter().map(|glyph| &text[glyph.text.start as usize..glyph.text.end as usize]).collect()
}

/// The faces that a text falls into, as (text, face).
fn faces(text: &str) -> Vec<(&str, u8)> {
    let levels = bidi_levels(text, &[], Direction::LeftToRight);
    let items = itemize(&fonts(), text, 0..text.len(), (Weight::Regular, false), levels.as_deref());
    let items = items.expect("a face for every character");
    items.into_iter().map(|item| (&text[item.range], item.face.0)).collect()
}

#[test]
fn letters_that_lean_apart_are_kerned() {
    let apart = advance(&glyphs("A", REGULAR)) + advance(&glyphs("V", REGULAR));
    assert!(advance(&glyphs("AV", REGULAR)) < apart);
}

/// Twice: as met for the first time, and from words that were met before.
fn in_words(text: &str, face: FaceId) -> [Vec<Glyph>; 2] {
    let shaper = Shaper::new(fonts());
    let met = shaper.by_words(&stretch(text, face)).expect("the face has every character").glyphs;
    [met, shaper.by_words(&stretch(text, face)).expect("the face has every character").glyphs]
}

#[test]
fn a_sentence_shaped_word_by_word_is_the_sentence_shaped_at_once() {
    let content = concat!(
        include_str!("../../content/treatments/dry-needling/en/words.yaml"),
        include_str!("../../content/treatments/dry-needling/en/faq.yaml"),
        include_str!("../../content/treatments/dry-needling/en/avoid.md")
    );
    let dates = "Take it easy until Tuesday 24 Nov, 3:30 pm. Yves, AVA  Tom’s (first) T y V. 7 W";
    for text in content.lines().chain([dates, "", " ", "one", " two words ", "a\u{301} e\u{301}t \u{301}"]) {
        for face in 0..4 {
            let whole = glyphs(text, FaceId(face));
            assert_eq!(in_words(text, FaceId(face)), [whole.clone(), whole], "{text:?} in face {face}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_letters_word_by_word_are_the_same_at_once(text in "[A-Za-zÀ-ÿ0-9 .,;:'’()/&-]{0,60}", face in 0..6u8) {
        let whole = glyphs(&text, FaceId(face));
        proptest::prop_assert_eq!(in_words(&text, FaceId(face)), [whole.clone(), whole]);
    }
}

#[test]
fn a_ligature_stands_for_all_its_letters() {
    let text = "fi off";
    assert_eq!(sources(text, &glyphs(text, FALLBACK)), ["fi", " ", "o", "ff"]);
}

#[test]
fn a_mark_sits_on_its_letter_and_keeps_its_own_source() {
    // M and a combining acute accent: no font has them as one character.
    let text = "M\u{301}a";
    let glyphs = glyphs(text, REGULAR);
    assert_eq!(sources(text, &glyphs), ["M", "\u{301}", "a"]);
    assert_eq!(glyphs[1].advance, 0);
    assert!(glyphs[1].x_offset < 0, "the accent is moved back over the M");
}

#[test]
fn a_letter_and_mark_that_the_font_has_as_one_are_one_glyph() {
    let text = "e\u{301}";
    let decomposed = glyphs(text, REGULAR);
    assert_eq!(sources(text, &decomposed), ["e\u{301}"]);
    assert_eq!(decomposed[0].id, glyphs("é", REGULAR)[0].id);
}

#[test]
fn a_word_that_the_brand_lacks_falls_back_whole() {
    assert_eq!(faces("call Олена and rest"), [("call ", 0), ("Олена ", 4), ("and rest", 0)]);
    assert_eq!(faces("naïve ệ – rest"), [("naïve ", 0), ("ệ ", 4), ("– rest", 0)]);
}

#[test]
fn a_name_is_set_in_one_face() {
    assert_eq!(faces("for An Nguyễn, who"), [("for ", 0), ("An Nguyễn, ", 4), ("who", 0)]);
    assert_eq!(faces("to Nguyễn T. Nhung: Rest"), [("to ", 0), ("Nguyễn T. Nhung: ", 4), ("Rest", 0)]);
    assert_eq!(faces("days, Nguyễn"), [("days, ", 0), ("Nguyễn", 4)]);
    assert_eq!(faces("Rest. Олена"), [("Rest. ", 0), ("Олена", 4)]);
}

#[test]
fn fallback_letters_are_as_high_as_those_beside_them() {
    let fonts = fonts();
    let height = |id: FaceId, size: f32| fonts.face(id).x_height() as f32 / 1000.0 * size;
    let size = fonts.size_beside(FALLBACK, Script::Latin, 12.0);
    assert!((height(FALLBACK, size) - height(REGULAR, 12.0)).abs() < 0.05);
    assert_eq!(fonts.size_beside(REGULAR, Script::Latin, 12.0), 12.0);
}

#[test]
fn a_decomposed_word_takes_the_face_of_its_composed_letters() {
    assert_eq!(faces("Nguye\u{302}\u{303}n"), [("Nguye\u{302}\u{303}n", 4)]);
    assert_eq!(faces("cafe\u{301}"), [("cafe\u{301}", 0)]);
}

#[test]
fn a_word_of_two_scripts_is_split_where_they_meet() {
    assert_eq!(faces("COVIDвирус"), [("COVID", 4), ("вирус", 4)]);
}

#[test]
fn no_fallback_text_shows_the_missing_glyph() {
    for text in ["Nguyễn Thị Hồng Nhung", "Ωραία Ελλάδα", "Привет, Щёкин", "Ơ ư ợ", "Ștefan Ağaoğlu Ł"]
    {
        let items = itemize(&fonts(), text, 0..text.len(), (Weight::Bold, false), None).expect("faces");
        for item in items {
            let shaped = fonts()
                .shape(&Stretch { script: item.script, ..stretch(&text[item.range.clone()], item.face) });
            assert!(shaped.expect("glyphs").glyphs.iter().all(|glyph| glyph.id != 0));
        }
    }
}

#[test]
fn a_character_without_a_glyph_is_named_and_not_boxed() {
    let missing = itemize(&fonts(), "a 汉", 0..5, (Weight::Regular, false), None);
    assert_eq!(missing, Err(Unset::MissingGlyph { character: '汉' }));
    assert_eq!(missing.unwrap_err().to_string(), "no font has a glyph for U+6C49");
    assert!(!fonts().covers('汉'));
    for covered in ['a', 'ễ', 'я', '\u{a0}', '\u{202f}', '\u{2011}', '\u{200d}', '\u{3000}', '\n', '\u{301}']
    {
        assert!(fonts().covers(covered), "U+{:04X}", covered as u32);
    }
}

#[test]
fn a_style_picks_its_face() {
    let face = |weight, italic, character| fonts().face_for(weight, italic, character).map(|id| id.0);
    assert_eq!(face(Weight::Regular, false, 'a'), Some(0));
    assert_eq!(face(Weight::Regular, true, 'a'), Some(1));
    assert_eq!(face(Weight::Semibold, false, 'a'), Some(2));
    assert_eq!(face(Weight::Bold, true, 'a'), Some(3));
    assert_eq!(face(Weight::Regular, true, 'я'), Some(4));
    assert_eq!(face(Weight::Semibold, false, 'я'), Some(5));
    assert_eq!(face(Weight::Regular, false, '汉'), None);
}

#[test]
fn a_face_tells_its_measures() {
    let fonts = fonts();
    let face = fonts.face(REGULAR);
    assert_eq!((face.units_per_em(), face.ascent(), face.descent()), (1000, 984, 316));
    assert_eq!((face.cap_height(), face.x_height()), (668, 496));
    assert_eq!(face.outlines(), Outlines::TrueType);
    let digit = face.glyph('0').expect("a nought");
    assert_eq!(face.advance(digit), 648);
    assert_eq!(face.advance(u16::MAX), 0);
}

#[test]
fn shaping_in_a_language_is_the_same_twice() {
    let shaper = Shaper::new(fonts());
    let french = Language::new("fr");
    let wanted = Stretch { language: Some(&french), ..stretch("après l’effort", REGULAR) };
    let first = shaper.segment(&wanted).expect("glyphs");
    let again = shaper.segment(&wanted).expect("glyphs");
    assert!(std::sync::Arc::ptr_eq(&first, &again));
    assert_eq!(first.glyphs, fonts().shape(&wanted).expect("glyphs").glyphs);
}
