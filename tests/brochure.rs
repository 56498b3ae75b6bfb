//! The folded brochure as somebody prints, folds and reads it. What a press gets is tested in `tests/press`.

use aftercare::brand::Colour;
use aftercare::content::files::{Files, Memory};
use aftercare::document::Place;
use aftercare::geometry::{Mm, Pt};
use aftercare::layout::brochure::Sheet;
use aftercare::layout::brochure::safe_zone::{Edge, too_near};
use aftercare::layout::{Layout, Shape};
use aftercare::locale::Language;
use aftercare::options::{Fold, Marks, Paper, Purpose};
use aftercare::{BrochureRequest, Engine, Rendered};
use chrono::NaiveDate;

#[path = "pdf/tools.rs"]
#[allow(dead_code)]
mod tools;

#[path = "support/phone.rs"]
#[allow(dead_code)]
mod phone;

fn day() -> NaiveDate {
    "2026-11-24".parse().expect("a day")
}

fn asked(fold: Fold, paper: Paper, purpose: Purpose) -> BrochureRequest {
    let language = Language::new("en");
    BrochureRequest {
        treatment: "dry-needling".into(),
        fold,
        paper,
        purpose,
        language,
        proof: false,
        marks: Marks::Crop,
    }
}

fn built_in() -> Memory {
    phone::folder()
}

/// The built-in folder with texts of its files changed.
fn edited(edits: &[(&str, &str, &str)]) -> Memory {
    let mut folder = built_in();
    for (path, from, to) in edits {
        let text = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
        assert!(text.contains(from), "{path} holds no {from}");
        folder.0.insert((*path).into(), text.replace(from, to).into_bytes().into());
    }
    folder
}

fn engine() -> Engine {
    phone::engine()
}

#[test]
fn a_section_for_everybody_may_stand_on_a_panel_alone() {
    let unplaced = |section: &str| {
        let named = format!(", \"{section}\"");
        let folder = edited(&[("templates/handout.md.tera", named.as_str(), "")]);
        let warnings = Engine::load(&folder).expect("a folder").warnings;
        warnings.iter().any(|warning| warning.code == "unplaced-section")
    };
    assert!(!unplaced("who-we-are"), "a brochure shows it");
    assert!(unplaced("hydration"), "patients look for it on their sheets");
}

/// A clinic with all ways to reach it.
fn reachable() -> Memory {
    edited(&[
        ("content/clinic.yaml", "email: \"\"", "email: hello@clinic.example"),
        ("content/clinic.yaml", "web: \"\"", "web: https://www.clinic.example"),
        ("content/clinic.yaml", "address: \"\"", "address: 12 Sample Street"),
    ])
}

/// A brand that is too light for white words keeps its colour on the cover.
#[test]
fn a_light_cover_has_dark_words() {
    let colours = |solid: &str| {
        let brand = "  brand: \"#0b4f5c\" ";
        edited(&[("templates/brand.yaml", brand, &format!("  solid: \"{solid}\"\n{brand}"))])
    };
    let yellow = Colour::from_hex("#ffd200").expect("a colour");
    let engine = Engine::load(&colours("#ffd200")).expect("a folder").value;
    for (fold, paper, purpose) in every() {
        let layout = engine.brochure_layout(&asked(fold, paper, purpose), day()).expect("a layout");
        let outside = &layout.pages[0].fragments;
        let ground = outside.iter().find_map(|one| match &one.shape {
            Shape::Rectangle { rect, fill: Some(fill), .. } if *fill == yellow => Some(*rect),
            _ => None,
        });
        let ground = ground.expect("a yellow cover");
        let mut lines = 0;
        for one in outside {
            let Shape::Line { line, origin, .. } = &one.shape else { continue };
            if origin.x >= ground.x && origin.x <= ground.right() {
                lines += 1;
                let read = line.runs.iter().all(|run| run.colour.contrast(yellow) >= 4.5);
                assert!(read, "{fold} {paper}: {}", line.text());
            }
        }
        assert!(lines >= 3, "{fold} {paper}: {lines} lines on the cover");
    }
    let faults =
        Engine::load(&colours("#808080")).map(|_| ()).expect_err("neither white nor ink can be read on it");
    assert!(faults.to_string().contains("`ink` on `solid` has a contrast of"), "{faults}");
}

/// Whoever takes a brochure home has not been to the clinic.
#[test]
fn a_brochure_says_when_the_clinic_is_open() {
    let mut folder = reachable();
    let path = "content/clinic.yaml";
    let clinic = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
    let hours = "hours: [{days: mon-fri, opens: \"07:30\", closes: \"19:00\"}, {days: sat, opens: \"09:00\", closes: \"13:00\"}]";
    folder.0.insert(path.into(), format!("{clinic}\n{hours}\n").into_bytes().into());
    for (fold, paper, purpose) in every().filter(|(_, _, purpose)| *purpose == Purpose::Office) {
        let engine = Engine::load(&folder).expect("a folder").value;
        let layout = engine.brochure_layout(&asked(fold, paper, purpose), day()).expect("a layout");
        let fragments = layout.pages.iter().flat_map(|page| &page.fragments);
        let lines: Vec<String> = fragments
            .filter_map(|one| match &one.shape {
                Shape::Line { line, .. } => Some(line.text().replace('\u{a0}', " ")),
                _ => None,
            })
            .collect();
        for hours in ["Mon–Fri 7:30 am–7 pm", "Sat 9 am–1 pm"] {
            assert!(lines.iter().any(|line| line.contains(hours)), "{fold} {paper}: {hours} in {lines:?}");
        }
    }
}

/// The brochure of a folder, or what was wrong, from loading on.
fn made(folder: &Memory, asked: &BrochureRequest) -> Result<(Rendered, Vec<String>), String> {
    let engine = Engine::load(folder).map_err(|faults| faults.to_string())?.value;
    let report = engine.brochure(asked, day()).map_err(|faults| faults.to_string())?;
    Ok((report.value, report.warnings.into_iter().map(|warning| warning.message).collect()))
}

fn every() -> impl Iterator<Item = (Fold, Paper, Purpose)> {
    Fold::ALL.iter().flat_map(|fold| {
        Paper::ALL.iter().flat_map(|paper| Purpose::ALL.iter().map(|purpose| (*fold, *paper, *purpose)))
    })
}

/// What a line says.
fn words(fragment: &aftercare::layout::Fragment) -> Option<String> {
    match &fragment.shape {
        Shape::Line { line, .. } => Some(line.text().trim().to_owned()),
        _ => None,
    }
}

fn close(a: Pt, b: Pt) -> bool {
    (a.0 - b.0).abs() < 0.01
}

mod geometry {
    use super::*;

    fn widths(sheet: &Sheet, side: usize) -> Vec<Pt> {
        sheet.sides[side].iter().map(|panel| panel.rect.width).collect()
    }

    fn places(sheet: &Sheet, side: usize) -> Vec<Place> {
        sheet.sides[side].iter().map(|panel| panel.place).collect()
    }

    #[test]
    fn a_letter_tri_fold_has_a_shorter_panel_to_fold_in() {
        let sheet = Sheet::new(Fold::Tri, Paper::Letter, Purpose::Press);
        let inches = |widths: [f32; 3]| widths.map(|width| Pt(width * 72.0));
        assert_eq!(widths(&sheet, 0), inches([3.625, 3.6875, 3.6875]));
        assert_eq!(widths(&sheet, 1), inches([3.6875, 3.6875, 3.625]));
        assert_eq!(places(&sheet, 0), [Place::Flap, Place::Back, Place::Cover]);
        assert_eq!(places(&sheet, 1), [Place::Inside(1), Place::Inside(2), Place::Inside(3)]);
        assert_eq!((sheet.size.width, sheet.size.height), (Pt(792.0), Pt(612.0)));
    }

    #[test]
    fn an_a4_tri_fold_is_100_100_97() {
        let sheet = Sheet::new(Fold::Tri, Paper::A4, Purpose::Press);
        let millimetres = |widths: [f32; 3]| widths.map(|width| Pt::from(Mm(width)));
        assert_eq!(widths(&sheet, 0), millimetres([97.0, 100.0, 100.0]));
        assert_eq!(widths(&sheet, 1), millimetres([100.0, 100.0, 97.0]));
        assert!(
            close(sheet.size.width, Pt::from(Mm(297.0))) && close(sheet.size.height, Pt::from(Mm(210.0)))
        );
    }

    #[test]
    fn panels_fill_the_sheet_and_lie_back_to_back() {
        for (fold, paper, purpose) in every() {
            let sheet = Sheet::new(fold, paper, purpose);
            for side in 0..2 {
                let total: Pt = widths(&sheet, side).into_iter().sum();
                assert!(close(total, sheet.size.width), "{fold} {paper}: {total:?}");
            }
            // Flipped on the short edge, the left of one side lies behind the right of the other.
            let behind: Vec<Pt> = widths(&sheet, 1).into_iter().rev().collect();
            assert_eq!(widths(&sheet, 0), behind, "{fold} {paper}");
        }
    }

    /// Folds the paper in the head: the flap first, then the cover over it.
    #[test]
    fn the_panel_that_folds_in_is_covered_by_the_others() {
        for paper in Paper::ALL {
            let sheet = Sheet::new(Fold::Tri, *paper, Purpose::Office);
            let [flap, back, cover] =
                [Place::Flap, Place::Back, Place::Cover].map(|place| sheet.panel(place).expect("a panel").1);
            // Inside, the right panel turns about its left edge: it must end short of the left fold.
            assert!(flap.width < back.width && back.width - flap.width >= Pt::from(Mm(1.5)));
            assert_eq!(back.width, cover.width);
            // Seen from inside, behind the cover lies the first panel and behind the flap the last.
            let inside = |number: u8| sheet.panel(Place::Inside(number)).expect("a panel").1;
            assert!(close(inside(1).x, sheet.size.width - cover.right()));
            assert!(close(inside(3).x, sheet.size.width - flap.right()));
        }
    }

    #[test]
    fn colour_reaches_the_bleed_for_the_press_and_stays_off_the_edge_in_the_office() {
        for (fold, paper, purpose) in every() {
            let sheet = Sheet::new(fold, paper, purpose);
            let (_, cover) = sheet.panel(Place::Cover).expect("a cover");
            let ground = sheet.ground(Place::Cover, cover);
            let out = match (purpose, paper) {
                (Purpose::Press, Paper::Letter) => Pt(9.0),
                (Purpose::Press, Paper::A4) => Pt::from(Mm(3.0)),
                (Purpose::Office, _) => Pt(-18.0),
            };
            let round = (cover.x - ground.x).0 * 25.4 / 72.0;
            let wanted = if purpose == Purpose::Press { 0.75 } else { 0.0 };
            assert!((round - wanted).abs() < 0.01, "{purpose}: the solid goes {round} mm round the fold");
            assert!(close(ground.right(), sheet.size.width + out), "{fold} {paper} {purpose}");
            assert!(close(ground.y, -out) && close(ground.bottom(), sheet.size.height + out));
        }
    }
}

mod words {
    use super::*;

    #[test]
    fn it_reads_as_a_hand_opens_it_with_the_warnings_first() {
        let text = engine()
            .brochure_text(&asked(Fold::Tri, Paper::Letter, Purpose::Office), day())
            .expect("a reading");
        let order = [
            "# After dry needling",
            "## When to get help",
            "Take it easy for",
            "## Do",
            "## What to expect",
            "Your physiotherapists",
        ];
        let care = ["## When to get help", "## If this is you, take extra care"];
        for order in [&order[..], &care] {
            let mut rest = text.as_str();
            for words in order {
                let at =
                    rest.find(words).unwrap_or_else(|| panic!("{words:?} is not in its place in:\n{text}"));
                rest = &rest[at + words.len()..];
            }
        }
    }

    #[test]
    fn every_fold_on_every_paper_holds_every_warning_sign() {
        let engine = engine();
        let merged = engine.library().packs.values().next().expect("a language");
        for (fold, paper, purpose) in every() {
            let asked = asked(fold, paper, purpose);
            let text = engine.brochure_text(&asked, day()).expect("a reading");
            for sign in [
                "You collapse, or faint and do not wake.",
                "Blue or grey lips.",
                "Bleeding after 10 minutes of firm pressure.",
                "A large bruise, wider than your palm.",
            ] {
                assert!(text.contains(sign), "{fold} {paper}: {sign}");
            }
            for (key, source) in &merged.safety.words {
                if !source.text.contains("{%") && !source.text.contains("{{") {
                    let words = source.text.replace('\'', "\u{2019}").replace('"', "\u{201c}");
                    // What is for the same people as the advice before it does not ask again.
                    let asked = words.find('?').map_or(0, |at| at + 1);
                    let stands = text.contains(words.trim()) || text.contains(words[asked..].trim());
                    assert!(stands, "{fold} {paper}: {key}");
                }
            }
        }
    }

    #[test]
    fn a_template_that_leaves_the_warnings_out_is_refused_when_the_folder_is_loaded() {
        let template = "templates/brochure.md.tera";
        let told = |from: &str, to: &str| {
            made(&edited(&[(template, from, to)]), &asked(Fold::Tri, Paper::Letter, Purpose::Office))
                .map(|_| ())
                .expect_err("a fault")
        };
        let safety = "{{ inside(sections=[\"safety\"]) }}";
        let fault = told(safety, "{{ inside(sections=[\"rest\"]) }}");
        assert_eq!(
            fault,
            "templates/brochure.md.tera: `safety` stands on no panel; look at the panels of the tri-fold"
        );
        assert!(
            told("\"precautions\", \"who-we-are\", \"contact\"]", "\"who-we-are\", \"contact\"]")
                .contains("`precautions` stands on no panel")
        );
        assert!(
            told(safety, "{{ inside(sections=[\"rest\", \"safety\"]) }}")
                .contains("`rest` stands before the warning signs")
        );
        assert!(told(safety, "").contains("a tri-fold has 3 inside panels, but there are 2"));
        assert!(told("\"hydration\", \"faq\"]", "\"hydration\", \"faqs\"]").contains("did you mean `faq`?"));
        assert!(told(safety, &format!("Hello {safety}")).contains("`Hello` stands on no panel"));
    }

    /// The template is one for all languages.
    #[test]
    fn a_fault_of_the_template_is_told_once_whatever_the_languages() {
        let template = "templates/brochure.md.tera";
        let safety = "{{ inside(sections=[\"safety\"]) }}";
        for put in ["{{ inside(sections=[\"rest\"]) }}", "{{ inside(sections=[\"safety\"]) }}{{ 1 / 0 }}"] {
            let mut folder = edited(&[
                ("content/clinic.yaml", "languages: [en]", "languages: [en, fr]"),
                (template, safety, put),
            ]);
            let french = folder
                .0
                .iter()
                .filter(|(path, _)| path.contains("/en/"))
                .map(|(path, data)| (path.replace("/en/", "/fr/"), data.clone()));
            let french: Vec<_> = french.collect();
            folder.0.extend(french);
            let Err(faults) = Engine::load(&folder) else { panic!("{put}: no fault") };
            assert_eq!(faults.0.len(), 1, "{faults}");
        }
    }

    #[test]
    fn words_that_advertising_does_not_use_are_refused() {
        let folder = edited(&[(
            "content/treatments/dry-needling/en/words.yaml",
            "title: After dry needling",
            "title: The best care",
        )]);
        let fault = made(&folder, &asked(Fold::Tri, Paper::Letter, Purpose::Office))
            .map(|_| ())
            .expect_err("a fault");
        assert!(fault.contains("`best` is not for public text"), "{fault}");
    }
}

mod fitting {
    use super::*;

    const FAQ: &str = "content/treatments/dry-needling/en/faq.yaml";

    /// An answer that is a few lines longer.
    fn longer(lines: usize) -> Memory {
        let long = format!(
            "Yes. A gentle walk is good. {}",
            "Walk on flat ground and rest when you like. ".repeat(lines)
        );
        edited(&[(FAQ, "Yes. A gentle walk", &format!("{long}A gentle walk"))])
    }

    #[test]
    fn what_does_not_fit_goes_by_priority_and_is_named() {
        let asked = asked(Fold::Tri, Paper::Letter, Purpose::Office);
        let cupping = BrochureRequest { treatment: "cupping".into(), ..asked.clone() };
        let (rendered, warnings) = made(&built_in(), &cupping).expect("a brochure");
        assert!(rendered.omitted.is_empty() && warnings.is_empty(), "{warnings:?}");
        for folder in [built_in(), longer(15)] {
            let (rendered, warnings) = made(&folder, &asked).expect("a brochure");
            let gone: Vec<&str> = rendered.omitted.iter().map(|part| part.id.as_str()).collect();
            let order = ["pictograms", "who-we-are", "about-needling"];
            let is_early = |id: &&str| order.contains(id) || id.starts_with("faq/");
            assert!(!gone.is_empty() && gone.iter().all(is_early), "lowest priority first: {gone:?}");
            assert_eq!(warnings.len(), gone.len());
            for (warning, id) in warnings.iter().zip(gone) {
                let elsewhere = if id == "pictograms" { "" } else { "; the web page says it" };
                assert_eq!(*warning, format!("left out `{id}`: the panels are full{elsewhere}"));
            }
        }
    }

    #[test]
    fn what_only_the_other_fold_has_a_panel_for_is_named() {
        for (fold, told) in [(Fold::Tri, false), (Fold::Half, true)] {
            let (_, warnings) =
                made(&built_in(), &asked(fold, Paper::Letter, Purpose::Office)).expect("a brochure");
            let names = |warning: &String| warning.starts_with("left out `about-needling`: no panel");
            assert_eq!(warnings.iter().any(names), told, "{fold}: {warnings:?}");
        }
    }

    /// What a reader must know stands in each brochure, whatever ways the clinic has to be reached; in English a tri-fold has
    /// its line for the next visit too.
    #[test]
    fn no_brochure_loses_what_matters_most() {
        let kept = ["avoid", "precautions", "safety", "quick-answer", "timeline", "contact"];
        for clinic in [built_in(), reachable()] {
            let engine = Engine::load(&clinic).expect("a folder").value;
            for (fold, paper, purpose) in every() {
                for treatment in ["dry-needling", "shockwave", "cupping"] {
                    let asked =
                        BrochureRequest { treatment: treatment.into(), ..asked(fold, paper, purpose) };
                    let layout = engine.brochure_layout(&asked, day()).expect("a layout");
                    let gone: Vec<&str> = layout.omitted.iter().map(|part| part.id.as_str()).collect();
                    let is_kept = |id: &&&str| {
                        kept.contains(*id) || fold == Fold::Tri && ["next-visit", "hydration"].contains(*id)
                    };
                    assert_eq!(gone.iter().find(is_kept), None, "{treatment} {fold} {paper}: {gone:?}");
                    let least = layout.omitted.iter().map(|part| part.priority).max().unwrap_or_default();
                    assert!(least < 70, "{treatment} {fold} {paper}: {gone:?}");
                }
            }
        }
    }

    /// Hours, an address in three lines and an address for mail are what a clinic has, and nothing of it is torn.
    #[test]
    fn ways_to_reach_the_clinic_stand_in_one_piece_beside_and_above_the_code() {
        let mut folder = edited(&[
            ("content/clinic.yaml", "email: \"\"", "email: hello@harbourphysio.example"),
            ("content/clinic.yaml", "web: \"\"", "web: https://www.harbourphysio.example"),
        ]);
        let path = "content/clinic.yaml";
        let clinic = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
        let hours = "hours: [{days: mon-thu, opens: \"07:30\", closes: \"19:00\"}]";
        folder.0.insert(path.into(), format!("{clinic}\n{hours}\n").into_bytes().into());
        let engine = Engine::load(&folder).expect("a folder").value;
        for (fold, paper, purpose) in every() {
            let layout = engine.brochure_layout(&asked(fold, paper, purpose), day()).expect("a layout");
            let lines: Vec<String> = layout.pages[0].fragments.iter().filter_map(words).collect();
            for whole in ["hello@harbourphysio.example", "www.harbourphysio.example"] {
                assert!(
                    lines.iter().any(|line| line.contains(whole)),
                    "{fold} {paper}: {whole} in {lines:?}"
                );
            }
        }
    }

    /// What the template puts on a panel that is too full for it stands on another one, before any type gets small.
    #[test]
    fn parts_go_where_there_is_room_and_the_last_tier_beside_the_others() {
        let engine = Engine::load(&reachable()).expect("a folder").value;
        for paper in [Paper::Letter, Paper::A4] {
            let asked = asked(Fold::Tri, paper, Purpose::Office);
            let layout = engine.brochure_layout(&asked, day()).expect("a layout");
            let sizes =
                layout.pages.iter().flat_map(|page| &page.fragments).filter_map(|one| match &one.shape {
                    Shape::Line { line, .. } if line.text().starts_with("In dry needling") => {
                        Some(line.runs[0].size)
                    }
                    _ => None,
                });
            assert_eq!(sizes.reduce(Pt::max), Some(Pt(12.0)), "{paper}");
        }
        let text = |words: &str| {
            let long = format!("slow recovery. {}", "More words fill this line. ".repeat(4));
            let path = "content/treatments/dry-needling/en/when-to-call.md";
            let engine = Engine::load(&edited(&[(path, "slow recovery.", &long)])).expect("a folder").value;
            let asked = asked(Fold::Tri, Paper::A4, Purpose::Office);
            let text = engine.brochure_text(&asked, day()).expect("a reading");
            text.find(words).unwrap_or_else(|| panic!("{words} is not in:\n{text}"))
        };
        let order = ["When to get help", "Get help today", "### Call us", "What to expect"];
        assert!(order.map(text).is_sorted(), "the last tier is read before anything is called normal");
    }

    #[test]
    fn the_warnings_may_be_five_lines_longer_on_every_fold_and_paper() {
        let more = format!("slow recovery. {}", "More words fill this line. ".repeat(5));
        let folder =
            edited(&[("content/treatments/dry-needling/en/when-to-call.md", "slow recovery.", &more)]);
        for (fold, paper, purpose) in every() {
            let made = made(&folder, &asked(fold, paper, purpose));
            assert!(made.is_ok(), "{fold} {paper} {purpose}: {}", made.map(|_| ()).unwrap_err());
        }
    }

    #[test]
    fn a_long_title_takes_the_room_of_the_picture_and_no_more() {
        let titled = |times: usize| {
            let title = format!("  title: {}", "After dry needling ".repeat(times));
            let folder = edited(&[(
                "content/treatments/dry-needling/en/words.yaml",
                "  title: After dry needling",
                title.trim_end(),
            )]);
            made(&folder, &asked(Fold::Tri, Paper::Letter, Purpose::Office)).map(|_| ())
        };
        assert_eq!(titled(5), Ok(()));
        let fault = titled(12).expect_err("too long a title");
        assert!(fault.contains("the cover panel is too full"), "{fault}");
    }

    #[test]
    fn the_warnings_never_go() {
        let long = "You collapse. ".repeat(200);
        let folder = edited(&[(
            "content/treatments/dry-needling/en/safety.yaml",
            "collapse: You collapse, or faint and do not wake.",
            &format!("collapse: {long}"),
        )]);
        let fault = made(&folder, &asked(Fold::Tri, Paper::Letter, Purpose::Office))
            .map(|_| ())
            .expect_err("a fault");
        assert!(fault.contains("the inside 1 panel is too full"), "{fault}");
    }
}

#[test]
fn the_back_has_a_line_for_the_next_visit_and_the_pictures_have_captions() {
    let engine = Engine::built_in().expect("the folder loads").value;
    let asked =
        BrochureRequest { treatment: "cupping".into(), ..asked(Fold::Tri, Paper::Letter, Purpose::Office) };
    let layout = engine.brochure_layout(&asked, day()).expect("a layout");
    let lines: Vec<String> = layout.pages[0].fragments.iter().filter_map(words).collect();
    for words in ["Next visit", "Take it easy", "Movement"] {
        assert!(lines.iter().any(|line| line == words), "{words}: {lines:?}");
    }
}

/// The built-in brochure with everything in its place.
fn layout(asked: &BrochureRequest) -> Layout {
    engine().brochure_layout(asked, day()).expect("a layout")
}

mod folds_and_edges {
    use super::*;

    /// Moves the first line that says something.
    fn moved(layout: &mut Layout, words: &str, by: (f32, f32)) {
        let lines = layout.pages.iter_mut().flat_map(|page| &mut page.fragments);
        let origin = lines
            .filter_map(|fragment| match &mut fragment.shape {
                Shape::Line { line, origin, .. } if line.text().contains(words) => Some(origin),
                _ => None,
            })
            .next()
            .unwrap_or_else(|| panic!("no line says {words}"));
        origin.x = Pt(origin.x.0 + by.0);
        origin.y = Pt(origin.y.0 + by.1);
    }

    fn found(words: &str, by: (f32, f32)) -> (Place, Edge, String) {
        let asked = asked(Fold::Tri, Paper::Letter, Purpose::Office);
        let mut layout = layout(&asked);
        moved(&mut layout, words, by);
        let near = too_near(&layout, &Sheet::new(asked.fold, asked.paper, asked.purpose));
        assert_eq!(near.len(), 1, "{near:?}");
        (near[0].panel, near[0].edge, near[0].to_string())
    }

    #[test]
    fn no_text_is_near_a_fold_or_the_trim() {
        for (fold, paper, purpose) in every() {
            let asked = asked(fold, paper, purpose);
            assert_eq!(too_near(&layout(&asked), &Sheet::new(fold, paper, purpose)), [], "{fold} {paper}");
        }
    }

    /// Left and right end of a shape.
    fn extent(shape: &Shape) -> Option<(f32, f32)> {
        match shape {
            Shape::Line { line, origin, .. } => Some((origin.x.0, origin.x.0 + line.width.0)),
            Shape::Rectangle { rect, .. } | Shape::Picture { rect, .. } | Shape::Photo { rect, .. } => {
                Some((rect.x.0, rect.right().0))
            }
            Shape::Rule { from, to, .. } => Some((from.x.0.min(to.x.0), from.x.0.max(to.x.0))),
            Shape::Path { .. } => None,
        }
    }

    #[test]
    fn nothing_goes_across_a_fold() {
        for (fold, paper, purpose) in every() {
            let sheet = Sheet::new(fold, paper, purpose);
            for (side, page) in layout(&asked(fold, paper, purpose)).pages.iter().enumerate() {
                // The solid of the cover alone goes round its fold, in a print shop.
                let (_, cover) = sheet.panel(Place::Cover).expect("a cover");
                let solid = sheet.ground(Place::Cover, cover);
                for (left, right) in page.fragments.iter().filter_map(|fragment| extent(&fragment.shape)) {
                    if side == 0 && (left, right) == (solid.x.0, solid.right().0) {
                        continue;
                    }
                    let across = |at: &Pt| left < at.0 - 0.01 && right > at.0 + 0.01;
                    assert!(!sheet.folds(side).iter().any(across), "{fold} {paper}: {left} to {right}");
                }
            }
        }
    }

    #[test]
    fn an_office_printer_can_print_all_but_the_ends_of_the_fold_marks() {
        for (fold, paper) in
            every().filter(|every| every.2 == Purpose::Office).map(|every| (every.0, every.1))
        {
            let sheet = Sheet::new(fold, paper, Purpose::Office);
            for page in layout(&asked(fold, paper, Purpose::Office)).pages {
                let edge = sheet.size.width.0 - 17.99;
                let extents = page.fragments.iter().filter_map(|fragment| extent(&fragment.shape));
                extents
                    .for_each(|(left, right)| assert!(left >= 17.99 && right <= edge, "{left} to {right}"));
            }
        }
    }

    #[test]
    fn text_at_a_fold_is_told_with_its_panel_and_place() {
        let (panel, edge, message) = found("What to expect", (-50.0, 0.0));
        assert_eq!((panel, edge), (Place::Inside(3), Edge::Fold));
        assert!(message.starts_with("on the inside 3 panel, "), "{message}");
        assert!(
            message.contains("\"What to expect\" is -") && message.contains("mm from the fold; 3 mm"),
            "{message}"
        );
    }

    #[test]
    fn text_at_the_trim_is_told() {
        assert_eq!(found("Take it easy for", (-25.0, 0.0)).1, Edge::Trim);
        assert_eq!(found("When to get help", (0.0, -18.0)).0, Place::Inside(1));
        assert_eq!(found("Draft of", (0.0, 20.0)).0, Place::Back);
        assert_eq!(found("After dry", (0.0, -125.0)).0, Place::Cover);
    }

    #[test]
    fn three_millimetres_from_a_fold_are_enough_and_less_is_not() {
        let asked = asked(Fold::Tri, Paper::Letter, Purpose::Office);
        let sheet = Sheet::new(asked.fold, asked.paper, asked.purpose);
        for (to, count) in [(3.05, 0), (2.95, 1)] {
            let mut layout = layout(&asked);
            let of = |fragment: &aftercare::layout::Fragment| match &fragment.shape {
                Shape::Line { line, origin, .. } if line.text().starts_with("What to expect") => {
                    Some(*origin)
                }
                _ => None,
            };
            let at = layout.pages[1].fragments.iter().find_map(of).expect("a heading inside").x;
            let fold = sheet.folds(1).into_iter().filter(|fold| *fold < at).fold(Pt::ZERO, Pt::max);
            moved(&mut layout, "What to expect", ((fold + Pt::from(Mm(to)) - at).0, 0.0));
            assert_eq!(too_near(&layout, &sheet).len(), count, "{to} mm");
        }
    }

    /// The first baselines of paragraphs below a heading stand on one grid on all panels of both sides, and headings at the
    /// top of a panel on one line.
    #[test]
    fn lines_stand_level_across_the_panels() {
        for clinic in [built_in(), reachable()] {
            let engine = Engine::load(&clinic).expect("a folder").value;
            for (fold, paper, purpose) in every() {
                let layout = engine.brochure_layout(&asked(fold, paper, purpose), day()).expect("a layout");
                let lines = || {
                    let fragments = layout.pages.iter().flat_map(|page| &page.fragments);
                    fragments.filter_map(|fragment| match &fragment.shape {
                        Shape::Line { line, origin, .. } => Some((line.text(), *origin)),
                        _ => None,
                    })
                };
                let place = |words: &str| {
                    let found = lines().find(|(text, _)| text.starts_with(words));
                    found.unwrap_or_else(|| panic!("no line: {words}")).1
                };
                let baseline = |words: &str| place(words).y.0;
                let begin = place("In dry needling");
                let first = begin.y.0;
                // The paragraph's second line tells the leading.
                let below = lines().filter(|(_, at)| close(at.x, begin.x) && at.y.0 > first + 1.0);
                let leading = below.map(|(_, at)| at.y.0 - first).reduce(f32::min).expect("a second line");
                assert!((12.9..=16.1).contains(&leading), "{fold} {paper}: {leading}");
                let others = [
                    "Stretch gently where",
                    "Drink more water than",
                    "How long will I be",
                    "Blood thinners?",
                ];
                let there = |words: &&str| lines().any(|(text, _)| text.starts_with(words));
                let others: Vec<&str> = others.into_iter().filter(there).collect();
                assert!(!others.is_empty(), "{fold} {paper}: no paragraph below a heading");
                for words in others {
                    let apart = (baseline(words) - first) / (leading / 2.0);
                    assert!(
                        (apart - apart.round()).abs() < 0.02,
                        "{fold} {paper} {purpose}: {words} {apart}"
                    );
                }
                let top = baseline("When to get help");
                let beside = baseline("Take it easy for") - top;
                // The flap stays inside of its tint where the others begin a step of the grid higher.
                let step = if fold == Fold::Tri { leading / 2.0 } else { 0.0 };
                let is_level = [0.0, step].iter().any(|off| (beside - off).abs() < 0.02);
                assert!(is_level, "{fold} {paper} {purpose}: {top}, {beside} below");
            }
        }
    }

    /// The tint of the flap ends inside of an office printer's margin: words on its edge look cut.
    #[test]
    fn words_on_the_flap_stand_well_inside_its_tint() {
        for clinic in [built_in(), reachable()] {
            let engine = Engine::load(&clinic).expect("a folder").value;
            for paper in [Paper::Letter, Paper::A4] {
                let sheet = Sheet::new(Fold::Tri, paper, Purpose::Office);
                let (side, flap) = sheet.panel(Place::Flap).expect("a flap");
                let ground = sheet.ground(Place::Flap, flap);
                let asked = asked(Fold::Tri, paper, Purpose::Office);
                let layout = engine.brochure_layout(&asked, day()).expect("a layout");
                let lines =
                    layout.pages[side].fragments.iter().filter_map(|fragment| match &fragment.shape {
                        Shape::Line { line, origin, .. } if origin.x < ground.right() => {
                            Some((line, *origin))
                        }
                        _ => None,
                    });
                for (line, at) in lines {
                    let size = line.runs.iter().map(|run| run.size.0).fold(0.0, f32::max);
                    let above = at.y.0 - 0.668 * size - ground.y.0;
                    let aside = (at.x - ground.x).min(ground.right() - at.x - line.width);
                    let inside = above.min(aside.0).min(ground.bottom().0 - at.y.0 + 4.0);
                    assert!(inside >= 12.0, "{paper}: {} is {inside} pt inside", line.text());
                }
            }
        }
    }

    /// In every language and of each treatment; the imprint alone is smaller. Letters of Tamil are as large as the Latin ones
    /// beside them at nine tenths of their size.
    #[test]
    fn no_type_is_under_twelve_points_but_the_imprint() {
        const LEAST: f32 = 12.0 * 0.9 - 0.01;
        let path = "content/clinic.yaml";
        let engines = [built_in(), reachable()].map(|mut folder| {
            let clinic = String::from_utf8(folder.read(path).expect("a file").into_owned()).expect("text");
            let clinic = clinic.replace("languages: [en]", "languages: [en, fr, es, fa, ta, zh-Hans]");
            folder.0.insert(path.into(), clinic.into_bytes().into());
            Engine::load(&folder).expect("a folder").value
        });
        for engine in &engines {
            for (fold, paper, _) in every().filter(|(_, _, purpose)| *purpose == Purpose::Office) {
                for treatment in ["dry-needling", "shockwave", "cupping"] {
                    for language in ["en", "fr", "es", "fa", "ta", "zh-Hans"] {
                        let asked = BrochureRequest {
                            treatment: treatment.into(),
                            language: Language::new(language),
                            ..asked(fold, paper, Purpose::Office)
                        };
                        let layout = engine.brochure_layout(&asked, day()).expect("a layout");
                        let muted = engine.library().brand.palette.muted;
                        for one in layout.pages.iter().flat_map(|page| &page.fragments) {
                            let Shape::Line { line, .. } = &one.shape else { continue };
                            let least = if language == "ta" { LEAST } else { 12.0 };
                            let read = line
                                .runs
                                .iter()
                                .all(|run| run.size.0 >= least || run.colour == muted && run.size.0 >= 9.4);
                            assert!(read, "{treatment} {fold} {paper} {language}: {}", line.text());
                        }
                    }
                }
            }
        }
    }
}

mod proof {
    use super::*;

    #[test]
    fn panels_are_numbered_in_the_order_of_reading_with_up_and_folds() {
        let numbered = |fold| {
            let asked = BrochureRequest {
                treatment: "dry-needling".into(),
                proof: true,
                marks: Marks::Crop,
                ..asked(fold, Paper::Letter, Purpose::Press)
            };
            engine().brochure_text(&asked, day()).expect("a reading")
        };
        let tri = numbered(Fold::Tri);
        let lines: Vec<&str> = tri.lines().filter(|line| *line != "This side up").collect();
        assert_eq!(tri.lines().count() - lines.len(), 6, "up is told on each panel");
        assert_eq!(
            lines,
            [
                "1",
                "Cover",
                "Outside",
                "2",
                "Inside 1",
                "2. Fold the cover over",
                "3",
                "Flap",
                "Outside",
                "4",
                "Inside 2",
                "5",
                "Inside 3",
                "1. Fold the flap in",
                "6",
                "Back",
                "Outside",
                "Print at full size on both sides. Flip on the short edge.",
            ]
        );
        assert!(numbered(Fold::Half).contains("1. Fold the cover over"));
    }

    #[test]
    fn it_is_for_office_paper_whoever_prints_the_brochure() {
        let of = |purpose| {
            let asked = BrochureRequest {
                treatment: "dry-needling".into(),
                proof: true,
                marks: Marks::Crop,
                ..asked(Fold::Tri, Paper::A4, purpose)
            };
            made(&built_in(), &asked).expect("a proof").0.bytes
        };
        assert!(of(Purpose::Press) == of(Purpose::Office));
    }
}

mod files {
    use super::*;

    fn office() -> impl Iterator<Item = (String, Vec<u8>)> {
        let engine = engine();
        Fold::ALL.iter().flat_map(|fold| Paper::ALL.iter().map(|paper| (*fold, *paper))).map(
            move |(fold, paper)| {
                let bytes = engine.brochure(&asked(fold, paper, Purpose::Office), day()).expect("a brochure");
                (format!("{fold} {paper}"), bytes.value.bytes)
            },
        )
    }

    #[test]
    fn the_checkers_find_no_fault_in_the_office_files() {
        let proof = BrochureRequest {
            treatment: "dry-needling".into(),
            proof: true,
            marks: Marks::Crop,
            ..asked(Fold::Tri, Paper::Letter, Purpose::Office)
        };
        let proof = made(&built_in(), &proof).expect("a proof").0.bytes;
        for (name, bytes) in office().chain([("proof".to_owned(), proof)]) {
            let Some(findings) = tools::findings(&tools::File::new(&bytes)) else { return };
            assert_eq!(findings, Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn links_on_the_back_can_be_followed_and_the_code_is_there() {
        let clinic = [("content/clinic.yaml", "web: \"\"", "web: \"https://clinic.example/aftercare\"")];
        let engine = Engine::load(&edited(&clinic)).expect("a folder").value;
        for fold in Fold::ALL {
            let asked = asked(*fold, Paper::Letter, Purpose::Office);
            let layout = engine.brochure_layout(&asked, day()).expect("a layout");
            let urls: Vec<&str> =
                layout.pages.iter().flat_map(|page| &page.links).map(|link| link.url.as_str()).collect();
            assert_eq!(
                urls.iter().filter(|url| **url == "tel:4165550100").count(),
                2,
                "at \"Call us\" and on the back"
            );
            assert!(urls.contains(&"https://clinic.example/aftercare"), "{urls:?}");
            assert!(
                layout.read_aloud().contains("[Scan for the web page: https://clinic.example/aftercare]")
            );
            // The advice itself, where the clinic has a site, and where from.
            let own =
                [("content/clinic.yaml", "web: \"\"", "web: \"\"\nsite: \"https://clinic.example/a/\"")];
            let of_site = Engine::load(&edited(&own)).expect("a folder").value;
            let read = of_site.brochure_layout(&asked, day()).expect("a layout").read_aloud();
            assert!(read.contains("[Scan for the web page: https://clinic.example/a/en.html?b]"), "{read}");
            let bytes = engine.brochure(&asked, day()).expect("a brochure").value.bytes;
            let Some(findings) = tools::findings(&tools::File::new(&bytes)) else { return };
            assert_eq!(findings, Vec::<String>::new(), "{fold}");
            let press =
                BrochureRequest { treatment: "dry-needling".into(), purpose: Purpose::Press, ..asked };
            assert!(engine.brochure(&press, day()).is_ok());
        }
    }

    #[test]
    fn it_is_the_same_bytes_on_another_day() {
        let engine = engine();
        for purpose in Purpose::ALL {
            let asked = asked(Fold::Tri, Paper::Letter, *purpose);
            let of = |day: &str| {
                engine.brochure(&asked, day.parse().expect("a day")).expect("a brochure").value.bytes
            };
            assert!(of("2026-11-24") == of("2027-03-01"));
        }
    }

    #[test]
    fn it_sounds_as_it_did() {
        let asked = asked(Fold::Tri, Paper::Letter, Purpose::Office);
        let engine = engine();
        let text = engine.brochure_text(&asked, day()).expect("a reading");
        insta::assert_snapshot!(text.replace(&engine.library().version, "VERSION"));
    }
}
