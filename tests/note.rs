//! A note has its place on the sheet, and the sheet stays one sheet: two sides, in large print four. Where every precaution
//! meets every region a note of the widest letters may find no room there: it is refused then.

#[path = "support/values.rs"]
mod values;

use aftercare::diagnostic::Faults;
use aftercare::options::{Edition, Paper};
use aftercare::{Engine, request_from_yaml};
use proptest::prelude::*;
use std::sync::OnceLock;
use values::{PRECAUTIONS, REGIONS};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::built_in().expect("the built-in folder loads").value)
}

/// The fullest sheet that can be asked for, with this note.
fn fullest(note: &str, edition: Edition, paper: Paper, everything: bool) -> String {
    let (regions, precautions) = match everything {
        true => (REGIONS.join(", "), PRECAUTIONS.join(", ")),
        false => ("calf".to_owned(), String::new()),
    };
    let note = serde_json::to_string(note).expect("a text");
    format!(
        "patient: {}\nactivity: running\nprecautions: [{precautions}]\n\
         session: {{at: 2026-11-24T15:30, therapist: Valerie, intensity: intense, regions: [{regions}]}}\n\
         plan: {{note: {note}, next_visit: 2026-12-01T10:00}}\nprint: {{edition: {edition}, paper: {paper}}}",
        "W".repeat(80)
    )
}

/// Sides of paper.
fn sides(yaml: &str) -> Result<usize, Faults> {
    let request = engine().request(
        &request_from_yaml("r.yaml", yaml, engine().keys()),
        "2026-11-24T20:30:00Z".parse().expect("now"),
    )?;
    let document = engine().document(&request.value)?;
    Ok(engine().layout(&document.value, &request.value)?.value.pages.len())
}

/// A sheet that carries all of that has no room for a long note, and says so before anything is printed.
fn is_refused(made: &Result<usize, Faults>) -> bool {
    made.as_ref().is_err_and(|faults| faults.0.iter().all(|fault| fault.code == "note-off-sheet"))
}

fn allowed(edition: Edition) -> usize {
    if edition == Edition::LargePrint { 4 } else { 2 }
}

#[test]
fn the_longest_note_fits_beside_every_region_and_every_precaution() {
    let note = "Keep the elbow low and walk a little. ".repeat(20);
    for (edition, paper) in
        Edition::ALL.iter().flat_map(|edition| Paper::ALL.iter().map(move |it| (edition, it)))
    {
        let made = sides(&fullest(note[..600].trim(), *edition, *paper, true)).expect("a sheet");
        assert!(made <= allowed(*edition), "{edition} {paper}: {made} sides");
    }
}

#[test]
fn a_note_has_at_most_twelve_lines() {
    let lines = |count: usize| vec!["a"; count].join("\n");
    for (note, fits) in
        [(lines(12), true), (lines(13), false), (lines(300), false), (lines(12).replace('\n', "\n \n"), true)]
    {
        let made = sides(&fullest(&note, Edition::Standard, Paper::Letter, false));
        assert_eq!(made.is_ok(), fits, "{made:?}");
    }
    assert_eq!(sides(&fullest(&lines(12), Edition::Standard, Paper::Letter, true)).expect("a sheet"), 2);
    let found = sides(&fullest(&lines(300), Edition::Standard, Paper::Letter, true))
        .expect_err("a fault")
        .to_string();
    assert!(found.contains("`plan.note` has 300 lines, allowed are 12"), "{found}");
}

/// What stands on a sheet for one region with a note of these lines, read aloud, and what had to go.
fn noted(note: &str, edition: Edition) -> (String, Vec<String>) {
    let yaml = fullest(note, edition, Paper::Letter, false).replace(&"W".repeat(80), "Zoë");
    let now = "2026-11-24T20:30:00Z".parse().expect("now");
    let request =
        engine().request(&request_from_yaml("r.yaml", &yaml, engine().keys()), now).expect("a request");
    let document = engine().document(&request.value).expect("a document");
    let layout = engine().layout(&document.value, &request.value).expect("a layout").value;
    (layout.read_aloud(), layout.omitted.into_iter().map(|part| part.id).collect())
}

#[test]
fn typed_lines_stay_lines_and_cost_no_section_of_exercises() {
    let lines: Vec<String> = (1..=12).map(|line| format!("Line of a note that goes on {line}.")).collect();
    for edition in Edition::ALL {
        let (read, gone) = noted(&lines.join("\n"), *edition);
        assert!(read.contains(&lines.join("\n")), "{edition}: {read}");
        let lost = |id: &str| gone.iter().any(|one| one == id);
        assert!(!lost("exercises") && !lost("hydration") && !lost("range-of-motion"), "{edition}: {gone:?}");
    }
    // An empty line parts paragraphs, and neither is lost.
    let (read, _) = noted("Ice at night.\n\n  - ten minutes\n  - then rest", Edition::Standard);
    let tidy = read.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    assert!(tidy.contains("Ice at night.\n- ten minutes\n- then rest"), "{read}");
}

#[test]
fn the_widest_letters_on_the_most_lines_keep_the_sheet_one_sheet() {
    for edition in Edition::ALL {
        for width in [20, 46, 49] {
            let mut lines = vec!["W".repeat(width); 12];
            lines[11].push_str(&"W".repeat(600 - 11 - 12 * width));
            let made = sides(&fullest(&lines.join("\n"), *edition, Paper::Letter, true));
            let fits = made.as_ref().is_ok_and(|made| *made <= allowed(*edition));
            assert!(fits || is_refused(&made), "{edition}, {width}: {made:?}");
            let made = sides(&fullest(&lines.join("\n"), *edition, Paper::Letter, false)).expect("a sheet");
            assert!(made <= allowed(*edition), "{edition}, {width}, one region: {made} sides");
        }
    }
}

#[test]
fn a_note_that_no_sheet_has_room_for_is_refused_and_not_printed_on_a_third_side() {
    let mut lines = vec!["‱".repeat(5); 12];
    lines[11].push_str(&"‱".repeat(529));
    let found =
        sides(&fullest(&lines.join("\n"), Edition::Standard, Paper::Letter, true)).expect_err("a fault");
    assert_eq!(found.0[0].code, "note-off-sheet");
    assert!(!found.to_string().contains('‱'));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    /// Notes as people write them, in any edition, beside anything else that can be asked for.
    #[test]
    fn no_note_makes_the_sheet_longer(
        note in "([A-Za-zÀ-žΑ-ωА-я0-9,.;:!?()'—½ -]{0,59}\n){0,11}[A-Za-zÀ-žΑ-ωА-я ]{0,59}",
        edition in proptest::sample::select(Edition::ALL),
        paper in proptest::sample::select(Paper::ALL),
        everything: bool,
    ) {
        let note: String = note.chars().filter(|character| character.is_alphanumeric() || character.is_ascii() || "—½".contains(*character)).take(600).collect();
        match sides(&fullest(&note, edition, paper, everything)) {
            made if everything && is_refused(&made) => {}
            Ok(made) => prop_assert!(made <= allowed(edition), "{made} sides"),
            Err(faults) => prop_assert!(false, "{faults}"),
        }
    }
}
