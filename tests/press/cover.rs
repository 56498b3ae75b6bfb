//! Photographs on the cover and on panels: what each is in the file for an office and in that for a press, and what is told of a bad one.

use super::{asked, phone, rules, tools};
use aftercare::content::files::{Files, Memory};
use aftercare::diagnostic::{Diagnostic, Faults};
use aftercare::options::{Fold, Paper, Purpose};
use aftercare::pdf::preflight::Preflight;
use aftercare::{BrochureRequest, Engine};

const NAME: &str = "templates/desk.jpg";

/// A photograph as a camera makes one: every pixel differs.
fn photo(width: u16, height: u16) -> Vec<u8> {
    let pixel = |at: usize| {
        let (x, y) = (at % usize::from(width), at / usize::from(width));
        let noise = (at.wrapping_mul(2_654_435_761) >> 20) as u8 & 31;
        [
            (x * 220 / usize::from(width)) as u8 + noise,
            (y * 220 / usize::from(height)) as u8 + noise,
            90 + noise,
        ]
    };
    let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height)).flat_map(pixel).collect();
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).expect("a photograph");
    bytes
}

/// A clinic with a photograph.
fn folder(bytes: Vec<u8>) -> Memory {
    let mut folder = phone::folder();
    let path = "templates/brand.yaml";
    let text = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
    let cover = "logo: logo.svg\ncover: {picture: desk.jpg, alt: {en: Our front desk}}";
    folder.0.insert(path.into(), text.replace("logo: logo.svg", cover).into_bytes().into());
    folder.0.insert(NAME.into(), bytes.into());
    folder
}

fn engine(bytes: Vec<u8>) -> Engine {
    Engine::load(&folder(bytes)).unwrap_or_else(|faults| panic!("{faults}")).value
}

fn day() -> chrono::NaiveDate {
    "2026-11-24".parse().expect("a day")
}

/// The file, and what is told beside it.
fn made(engine: &Engine, asked: &BrochureRequest) -> Result<(Vec<u8>, Vec<Diagnostic>), Faults> {
    engine.brochure(asked, day()).map(|report| (report.value.bytes, report.warnings))
}

fn found(bytes: &[u8], asked: &BrochureRequest) -> Preflight {
    Engine::preflight(bytes, asked)
}

#[test]
fn a_press_gets_its_inks_and_an_office_its_colours() {
    let engine = engine(photo(2400, 1800));
    for fold in Fold::ALL {
        let press = asked(*fold, Paper::Letter);
        let (bytes, told) = made(&engine, &press).unwrap_or_else(|faults| panic!("{faults}"));
        assert!(told.iter().all(|warning| warning.code == "left-out"), "{told:?}");
        let found = found(&bytes, &press);
        assert_eq!(rules(&found), [""; 0], "{found}");
        let outside = &found.pages[0];
        assert_eq!(
            (outside.images, &*outside.spaces),
            (1, &["DeviceCMYK".to_owned(), "Separation All".to_owned()][..])
        );
        assert!(outside.most_ink <= 300.0, "{}", outside.most_ink);
        assert!(
            outside.lowest_ppi.is_some_and(|ppi| (299.0..=301.5).contains(&ppi)),
            "{:?}",
            outside.lowest_ppi
        );
        assert!(bytes.len() < 12_000_000, "{}", bytes.len());
        let office = BrochureRequest { purpose: Purpose::Office, ..press };
        let (bytes, _) = made(&engine, &office).expect("a brochure");
        assert!(bytes.len() < 2_500_000, "{}", bytes.len());
        let holds = |words: &[u8]| bytes.windows(words.len()).any(|part| part == words);
        assert!(holds(b"/Filter/DCTDecode") && holds(b"/ColorSpace/DeviceRGB"));
        if let Some(findings) = tools::findings(&tools::File::new(&bytes)) {
            assert_eq!(findings, Vec::<String>::new(), "{fold}");
        }
    }
}

/// The same words in the same order, but for what the picture shows: no picture takes the place of a warning.
#[test]
fn a_photograph_displaces_no_word() {
    let with = engine(photo(2400, 3200));
    let without = phone::engine();
    for (fold, paper) in [(Fold::Tri, Paper::Letter), (Fold::Tri, Paper::A4), (Fold::Half, Paper::Letter)] {
        let asked = BrochureRequest { purpose: Purpose::Office, ..asked(fold, paper) };
        let read = |engine: &Engine| {
            let text = engine.brochure_text(&asked, day()).expect("a text");
            text.replace(&engine.library().version, "VERSION")
        };
        let (own, drawn) = (read(&with), read(&without));
        let told: Vec<&str> = own.lines().filter(|line| line.contains("Our front desk")).collect();
        assert_eq!(told.len(), 1, "{own}");
        let rest = |text: &str, figure: &str| -> Vec<String> {
            text.lines().filter(|line| !line.contains(figure)).map(str::to_owned).collect()
        };
        let figure = drawn.lines().find(|line| !own.contains(*line)).expect("the drawing");
        assert_eq!(rest(&own, "Our front desk"), rest(&drawn, figure), "{fold} {paper}");
    }
}

#[test]
fn a_photograph_with_too_few_pixels_is_told_with_what_is_needed() {
    let press = asked(Fold::Tri, Paper::Letter);
    let shown = |fault: &Diagnostic| {
        let hints: Vec<String> = fault.hints.iter().map(ToString::to_string).collect();
        format!(
            "{}: {}; {}",
            fault.place.as_ref().map(|place| &*place.file).unwrap_or_default(),
            fault.message,
            hints.join("; ")
        )
    };
    // 3.842 inches wide with its bleed and what goes round the fold.
    let (bytes, told) = made(&engine(photo(800, 600)), &press).expect("a brochure");
    let of_cover = |told: &[Diagnostic]| {
        told.iter().filter(|one| one.code == "cover-resolution").map(shown).collect::<Vec<_>>()
    };
    assert_eq!(
        of_cover(&told),
        [
            "templates/desk.jpg: the photograph of the cover has 208 pixels an inch; 300 are needed; 800 × 600 of its 800 × 600 \
          pixels stand on 98 × 73 mm of paper: take one with 1154 × 866 pixels or more"
        ]
    );
    let found = found(&bytes, &press);
    assert!(found.ready && found.warnings.len() == 1, "{found}");
    assert!(found.to_string().contains("  warning  page 1: an image "), "{found}");
    let small = engine(photo(400, 300));
    let faults = made(&small, &press).expect_err("too few pixels");
    assert!(of_cover(&faults.0)[0].contains("has 104 pixels an inch; 300 are needed"), "{faults}");
    let office = BrochureRequest { purpose: Purpose::Office, ..press };
    let (_, told) = made(&small, &office).expect("an office prints it");
    assert!(of_cover(&told)[0].contains("pixels an inch; 150 are needed"), "{told:?}");
}

#[test]
fn a_photograph_that_nobody_would_see_is_a_fault() {
    let whole = photo(900, 700);
    // Its head is sound: the folder is read, and no brochure is made.
    let broken = engine(whole[..700].to_vec());
    let faults = made(&broken, &asked(Fold::Tri, Paper::Letter)).err();
    if let Some(faults) = &faults {
        assert_eq!(faults.0[0].code, "bad-picture", "{faults}");
    }
    let mut lost = folder(whole.clone());
    lost.0.remove(NAME);
    let told = Engine::load(&lost).expect_err("a cover that is not there").to_string();
    assert!(told.contains("there is no picture `templates/desk.jpg` for the cover"), "{told}");
    let mut misplaced = phone::folder();
    misplaced.0.insert("content/figures/cover.jpg".into(), whole.into());
    let faults = Engine::load(&misplaced).expect_err("a cover that nobody prints");
    assert_eq!(faults.0[0].code, "misplaced-cover", "{faults}");
    // No picture at all is a wish, and is told.
    let mut bare = phone::folder();
    bare.0.remove("content/figures/cover.svg");
    let bare = Engine::load(&bare).expect("a folder").value;
    let (_, told) = made(&bare, &asked(Fold::Tri, Paper::Letter)).expect("a brochure");
    assert!(told.iter().any(|warning| warning.code == "no-cover"), "{told:?}");
}

/// A clinic with a photograph on the back.
fn on_the_back(bytes: Vec<u8>) -> Memory {
    let mut folder = phone::folder();
    let mut edit = |path: &str, from: &str, to: &str| {
        let text = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
        assert!(text.contains(from), "{path} holds no {from}");
        folder.0.insert(path.into(), text.replace(from, to).into_bytes().into());
    };
    let photos = "logo: logo.svg\nphotos: {front-desk: {picture: desk.jpg, alt: {en: Our front desk}}}";
    edit("templates/brand.yaml", "logo: logo.svg", photos);
    let named = "\"photo:front-desk\", \"contact\"]";
    edit("templates/brochure.md.tera", "\"contact\"]", named);
    // A photograph takes the place of words.
    edit("templates/brochure.md.tera", ", \"about-needling\"", "");
    edit("templates/brochure.md.tera", ", \"hydration\", \"faq\"", "");
    edit("templates/brochure.md.tera", "\"precautions\", \"who-we-are\"", "\"precautions\"");
    folder.0.insert(NAME.into(), bytes.into());
    folder
}

#[test]
fn a_photograph_on_a_panel_is_a_figure_in_the_inks_of_the_press() {
    let engine =
        Engine::load(&on_the_back(photo(1200, 600))).unwrap_or_else(|faults| panic!("{faults}")).value;
    for (fold, paper) in [(Fold::Tri, Paper::Letter), (Fold::Tri, Paper::A4)] {
        let press = asked(fold, paper);
        let (bytes, told) = made(&engine, &press).unwrap_or_else(|faults| panic!("{faults}"));
        assert!(told.iter().all(|one| one.code == "left-out"), "{told:?}");
        let found = found(&bytes, &press);
        assert_eq!(rules(&found), [""; 0], "{found}");
        assert_eq!(found.pages.iter().map(|page| page.images).sum::<usize>(), 1, "{fold} {paper}");
        let office = BrochureRequest { purpose: Purpose::Office, ..press };
        let read = engine.brochure_text(&office, day()).expect("a text");
        let at = |words: &str| read.find(words).unwrap_or_else(|| panic!("{words} is not in:\n{read}"));
        assert!(at("Our front desk") > at("When to get help"), "behind the warnings");
        let (bytes, _) = made(&engine, &office).expect("a brochure");
        if let Some(findings) = tools::findings(&tools::File::new(&bytes)) {
            assert_eq!(findings, Vec::<String>::new(), "{fold} {paper}");
        }
    }
}

#[test]
fn a_photograph_on_a_panel_is_told_when_it_is_coarse_lost_or_unknown() {
    let press = asked(Fold::Tri, Paper::Letter);
    let small = Engine::load(&on_the_back(photo(300, 150))).expect("a folder").value;
    let faults = made(&small, &press).expect_err("too few pixels");
    assert!(faults.0.iter().any(|one| one.code == "photo-resolution"), "{faults}");
    assert!(faults.to_string().contains("the photograph on a panel has "), "{faults}");
    let mut lost = on_the_back(photo(300, 150));
    lost.0.remove(NAME);
    let told = Engine::load(&lost).expect_err("a photograph that is not there").to_string();
    assert!(told.contains("there is no picture `templates/desk.jpg` for `photos.front-desk`"), "{told}");
    let mut other = on_the_back(photo(300, 150));
    let path = "templates/brochure.md.tera";
    let text = String::from_utf8(other.read(path).expect("a file").into_owned()).expect("text");
    other.0.insert(path.into(), text.replace("photo:front-desk", "photo:front-desc").into_bytes().into());
    let told = Engine::load(&other).expect_err("a photograph that nobody named").to_string();
    assert!(told.contains("did you mean `photo:front-desk`?"), "{told}");
    // Before the warnings stands nothing that could be taken for the message.
    let early = text.replace(
        "{{ inside(sections=[\"safety\"]) }}",
        "{{ inside(sections=[\"photo:front-desk\", \"safety\"]) }}",
    );
    let early = early.replace("\"photo:front-desk\", \"contact\"]", "\"contact\"]");
    other.0.insert(path.into(), early.into_bytes().into());
    let told = Engine::load(&other).expect_err("a photograph before the warnings").to_string();
    assert!(told.contains("stands before the warning signs"), "{told}");
}
