//! The brochure for the press: what its preflight finds, what it finds in files that are broken, and what programs of
//! others see.

mod broken;
mod cover;
#[path = "../support/phone.rs"]
#[allow(dead_code)]
mod phone;
mod plates;
#[path = "../pdf/tools.rs"]
#[allow(dead_code)]
mod tools;

use aftercare::locale::Language;
use aftercare::options::{Fold, Marks, Paper, Purpose};
use aftercare::pdf::preflight::Preflight;
use aftercare::{BrochureRequest, Engine};
use std::sync::OnceLock;

fn asked(fold: Fold, paper: Paper) -> BrochureRequest {
    BrochureRequest {
        treatment: "dry-needling".into(),
        fold,
        paper,
        purpose: Purpose::Press,
        language: Language::new("en"),
        proof: false,
        marks: Marks::Crop,
    }
}

/// Every brochure for the press, made once.
fn every() -> &'static [(BrochureRequest, Vec<u8>)] {
    static FILES: OnceLock<Vec<(BrochureRequest, Vec<u8>)>> = OnceLock::new();
    FILES.get_or_init(|| {
        let engine = phone::engine();
        let day = "2026-11-24".parse().expect("a day");
        let all = Fold::ALL.iter().flat_map(|fold| Paper::ALL.iter().map(|paper| asked(*fold, *paper)));
        all.map(|asked| {
            let bytes = engine.brochure(&asked, day).expect("a brochure").value.bytes;
            (asked, bytes)
        })
        .collect()
    })
}

fn letter() -> &'static (BrochureRequest, Vec<u8>) {
    every().iter().find(|(asked, _)| *asked == self::asked(Fold::Tri, Paper::Letter)).expect("a tri-fold")
}

/// The rules that a file breaks.
fn rules(found: &Preflight) -> Vec<&'static str> {
    let mut rules: Vec<&str> = found.faults.iter().map(|fault| fault.rule).collect();
    rules.dedup();
    rules
}

#[test]
fn every_brochure_is_ready_for_the_press() {
    for (asked, bytes) in every() {
        let found = Engine::preflight(bytes, asked);
        assert!(found.ready, "{asked:?}\n{found}");
        assert_eq!(found.standard.as_deref(), Some("PDF/X-4"));
        let intent = found.intent.as_ref().expect("an intent");
        let profile = intent.profile.as_ref().expect("a profile");
        assert_eq!((intent.condition.as_str(), profile.space.as_str()), ("CGATS TR 006", "CMYK"));
        let trimmed = match asked.paper {
            Paper::Letter => [279.4, 215.9],
            Paper::A4 => [297.0, 210.0],
        };
        for page in &found.pages {
            assert_eq!(page.trimmed_mm, Some(trimmed));
            assert!(page.most_ink <= 300.0 && page.most_ink > 200.0, "{}", page.most_ink);
            assert_eq!(page.spaces, ["DeviceCMYK", "Separation All"]);
            assert_eq!((page.crop_marks, page.fold_marks), (8, if asked.fold == Fold::Tri { 4 } else { 2 }));
            assert!(page.overprinting_texts > 0);
        }
    }
}

#[test]
fn the_boxes_lie_inside_each_other_with_the_bleed_of_the_paper() {
    for (asked, bytes) in every() {
        let wanted = if asked.paper == Paper::Letter { 9.0 } else { 3.0 * 72.0 / 25.4 };
        for page in Engine::preflight(bytes, asked).pages {
            let [media, bleed, trim] = [page.media, page.bleed, page.trim].map(|edges| edges.expect("a box"));
            for edge in 0..4 {
                let out = (trim[edge] - bleed[edge]).abs();
                assert!((out - wanted).abs() < 0.02, "{asked:?}: {out}");
                assert!((bleed[edge] - media[edge]).abs() > 18.0);
            }
        }
    }
}

/// Version and side stand where they are cut off, and on no file without room for them.
#[test]
fn an_untrimmed_sheet_says_which_it_is() {
    let engine = phone::engine();
    let day = "2026-11-24".parse().expect("a day");
    let version = engine.library().version.clone();
    for (asked, bytes) in every() {
        let words = |bytes: &[u8]| tools::printed("pdftotext", &["-layout"], &tools::File::new(bytes));
        let Some(whole) = words(bytes) else { return };
        for (page, side) in whole.split('\x0c').zip(["outside, side 1 of 2", "inside, side 2 of 2"]) {
            let line = format!("dry-needling · en · {} · {} · v{version} · {side}", asked.fold, asked.paper);
            assert!(page.contains(&line), "{line}\n{page}");
        }
        let bare = BrochureRequest { marks: Marks::None, ..asked.clone() };
        let bare = engine.brochure(&bare, day).expect("a brochure").value.bytes;
        assert!(!words(&bare).expect("words").contains("side 1 of 2"));
    }
}

#[test]
fn the_report_is_for_people_and_for_programs() {
    let (asked, bytes) = letter();
    let found = Engine::preflight(bytes, asked);
    let text = found.to_string();
    assert!(text.starts_with("Preflight: ready for the press\n"), "{text}");
    assert!(text.contains("trim 279.4 × 215.9 mm, bleed 285.8 × 222.3 mm"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&found.json()).expect("JSON");
    assert_eq!(json["ready"], true);
    assert_eq!(json["intent"]["profile"]["class"], "prtr");
    assert_eq!(json["pages"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_same_brochure_is_the_same_bytes() {
    let (asked, bytes) = letter();
    let engine = phone::engine();
    let day = "2026-11-24".parse().expect("a day");
    assert!(engine.brochure(asked, day).expect("a brochure").value.bytes == *bytes);
}

#[test]
fn qpdf_and_poppler_find_it_sound() {
    for (asked, bytes) in every() {
        let file = tools::File::new(bytes);
        let Some(output) = tools::run("qpdf", &["--check"], &file) else { return };
        assert!(output.status.success(), "{asked:?}: {}", String::from_utf8_lossy(&output.stderr));
        let Some(fonts) = tools::printed("pdffonts", &[], &file) else { return };
        let fonts: Vec<_> = fonts.lines().skip(2).collect();
        assert!(!fonts.is_empty() && fonts.iter().all(|font| font.contains("yes yes yes")), "{fonts:?}");
    }
}

/// PyPI's proof-pdf needs a Python that few systems have yet (3.15), so its absence is no failure: see docs/brochure.md.
#[test]
fn proof_pdf_finds_it_sound_where_it_is_installed() {
    for (asked, bytes) in every() {
        let file = tools::File::new(bytes);
        let (trim, bleed) = match asked.paper {
            Paper::Letter => ("279.4x215.9", "3.175"),
            Paper::A4 => ("297x210", "3"),
        };
        // Crop marks are on all plates: 400 %.
        let rules = "--no-pdfa --strict-cmyk --min-text-pt 10.5 --safe-mm 5 --require-bleed --uniform-pages --allow-spot All \
                     --max-tac 400";
        let mut program = std::process::Command::new("proof-pdf");
        program.arg("verify").args(rules.split_whitespace()).args(["--trim-mm", trim, "--bleed-mm", bleed]);
        match program.args(["--output-condition", "CGATS TR 006"]).arg(file.path()).output() {
            Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
            Err(error) => return eprintln!("\n*** NOT CHECKED: proof-pdf: {error} ***\n"),
        }
    }
}

/// The built-in folder of a clinic with a number to call, and another colour.
fn in_colour(hex: &str) -> Engine {
    let mut folder = phone::folder();
    let path = "templates/brand.yaml";
    let text = String::from_utf8(folder.0[path].to_vec()).expect("text");
    let text = text.replacen("brand: \"#0b4f5c\"", &format!("brand: \"{hex}\""), 1);
    folder.0.insert(path.into(), text.into_bytes().into());
    Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value
}

#[test]
fn another_brand_colour_prints_as_itself_or_is_warned_of() {
    let day = "2026-11-24".parse().expect("a day");
    let inks = |hex: &str| {
        let inspected = in_colour(hex).inspected_brochure(&asked(Fold::Half, Paper::A4), day);
        let made = inspected.brochure.expect("a brochure");
        let codes: Vec<_> = made.warnings.iter().map(|warning| warning.code).collect();
        let colours = inspected.preflight.expect("a report").colours;
        let brand = colours.into_iter().find(|colour| colour.role == "brand").expect("the brand");
        (brand.inks, brand.difference, codes.contains(&"press-colour"))
    };
    let (teal, off, is_told) = inks("#0b4f5c");
    assert_eq!((teal, is_told), ([92.0, 40.0, 42.0, 42.0], false));
    assert!(off < 2.5, "{off}");
    let (green, off, is_told) = inks("#00695c");
    assert!(green[0] > 70.0 && green[2] > 40.0 && off < 2.0 && !is_told, "{green:?} {off}");
    let (violet, off, is_told) = inks("#7a1fa2");
    assert!(violet[1] > 85.0 && violet[2] == 0.0 && off > 6.0 && is_told, "{violet:?} {off}");
}

/// Black alone is a dark grey beside the near-black of a screen: over a whole cover everybody sees it.
#[test]
fn a_near_black_brand_has_inks_below_the_black_of_its_grounds() {
    let day = "2026-11-24".parse().expect("a day");
    let asked = asked(Fold::Half, Paper::A4);
    for (hex, is_rich) in [("#000000", true), ("#111111", true), ("#2b2d2e", false), ("#0b4f5c", false)] {
        let inspected = in_colour(hex).inspected_brochure(&asked, day);
        let made = inspected.brochure.expect("a brochure");
        let report = inspected.preflight.expect("a report");
        let brand = report.colours.iter().find(|colour| colour.role == "brand").expect("the brand");
        assert_eq!(brand.grounds.is_some(), is_rich, "{hex}: {brand:?}");
        assert!(report.to_string().starts_with("Preflight: ready for the press\n"), "{hex}: {report}");
        assert!(!made.warnings.iter().any(|warning| warning.code == "press-colour"), "{hex}");
        let Some(grounds) = &brand.grounds else { continue };
        assert!(brand.inks == [0.0, 0.0, 0.0, 100.0] && brand.difference > 6.0, "{hex}: {brand:?}");
        assert!(grounds.difference < 6.0 && grounds.inks.iter().sum::<f32>() <= 300.0, "{hex}: {grounds:?}");
        let line = format!("Colour: brand {hex}, grounds inks ");
        let line = report.to_string().lines().find(|told| told.starts_with(&line)).map(str::to_owned);
        let line = line.expect("the brand's line");
        assert!(line.contains("type and lines of black alone, inks 0 0 0 100, ΔE00"), "{line}");
        plates::has_a_rich_cover(&made.value.bytes, grounds.inks);
    }
}

/// Inks that somebody gave are used as they are, and what they print is told.
#[test]
fn a_brand_that_is_given_black_alone_is_told_how_far_it_is_off() {
    let mut folder = phone::folder();
    let path = "templates/brand.yaml";
    let text = String::from_utf8(folder.0[path].to_vec()).expect("text");
    let given = text.replacen("inks: [92, 40, 42, 42]", "inks: [0, 0, 0, 100]", 1);
    folder.0.insert(path.into(), given.into_bytes().into());
    let engine = Engine::load(&folder).unwrap_or_else(|faults| panic!("{faults}")).value;
    let day = "2026-11-24".parse().expect("a day");
    let inspected = engine.inspected_brochure(&asked(Fold::Half, Paper::A4), day);
    let told = inspected.brochure.expect("a brochure").warnings;
    assert!(
        told.iter().any(|warning| warning.message.starts_with("`brand`, #0b4f5c, prints as another colour"))
    );
    let report = inspected.preflight.expect("a report").to_string();
    assert!(
        report.starts_with("Preflight: ready for the press, but 1 colour prints as another one\n"),
        "{report}"
    );
}

#[test]
fn a_file_without_marks_ends_with_its_bleed() {
    let engine = phone::engine();
    let day = "2026-11-24".parse().expect("a day");
    let asked = BrochureRequest { marks: Marks::None, ..asked(Fold::Tri, Paper::Letter) };
    let bytes = engine.brochure(&asked, day).expect("a brochure").value.bytes;
    let found = Engine::preflight(&bytes, &asked);
    assert!(found.ready, "{found}");
    for page in &found.pages {
        assert_eq!(page.media, page.bleed);
        assert_eq!((page.crop_marks, page.fold_marks), (0, 0));
    }
    let with_marks = BrochureRequest { marks: Marks::Crop, ..asked.clone() };
    assert!(!Engine::preflight(&bytes, &with_marks).ready, "marks were asked for");
    let (asked, bytes) = letter();
    let without = BrochureRequest { marks: Marks::None, ..asked.clone() };
    assert!(rules(&Engine::preflight(bytes, &without)).contains(&"marks"));
}
