//! Stretches and movements: for each area its own, and none that a precaution rules out.

use crate::values::{PRECAUTIONS, REGIONS};
use crate::{asked, engine, sheet};
use aftercare::content::Exercise;
use aftercare::document::Block;

fn library() -> impl Iterator<Item = (&'static str, &'static Exercise)> {
    let pack = engine().library().packs.values().next().expect("a language");
    pack.libraries.values().flatten().map(|(id, exercise)| (id.as_str(), exercise))
}

fn of(id: &str) -> &'static Exercise {
    library().find(|(known, _)| *known == id).map(|(_, exercise)| exercise).expect("an exercise")
}

fn is_for(id: &str, region: &str) -> bool {
    of(id).regions.iter().any(|own| **own == *region)
}

/// Ids on a sheet.
fn shown(regions: &str, precautions: &str) -> Vec<String> {
    let request = asked(&[("session.regions", regions), ("precautions", precautions)]).expect("a request");
    let document = engine().document(&request).expect("a document").value;
    let blocks = document.body().iter().flat_map(|group| &group.sections).flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| if let Block::Exercises(exercises) = block { Some(exercises) } else { None })
        .flatten()
        .map(|exercise| exercise.id.clone())
        .collect()
}

/// Every set of precautions.
fn sets() -> impl Iterator<Item = String> {
    (0u32..1 << PRECAUTIONS.len()).map(|bits| {
        let chosen = PRECAUTIONS.iter().enumerate().filter(|(index, _)| bits & (1 << index) != 0);
        chosen.map(|(_, name)| *name).collect::<Vec<_>>().join(";")
    })
}

#[test]
fn every_area_has_some_of_its_own_whatever_the_precautions() {
    for region in REGIONS {
        for set in sets() {
            let ids = shown(region, &set);
            assert!(!ids.is_empty(), "{region} with {set}: none");
            for id in ids {
                assert!(is_for(&id, region), "{region} with {set}: {id} is for another part");
            }
        }
    }
}

#[test]
fn each_of_several_areas_gets_one_before_any_gets_a_second() {
    for regions in
        ["chest;ribs;neck", "neck;calf;hand", "hand;foot;jaw;hip", "jaw;neck;hip;knee;foot;hand;elbow"]
    {
        let ids = shown(regions, "");
        for region in regions.split(';') {
            assert!(ids.iter().any(|id| is_for(id, region)), "{regions}: none for {region}: {ids:?}");
        }
    }
}

#[test]
fn what_is_made_for_the_area_comes_first() {
    for (region, first) in [
        ("jaw", "jaw-stretch"),
        ("hamstring", "hamstring-chair-stretch"),
        ("hand", "palm-up-stretch"),
        ("ribs", "side-bend-stretch"),
        ("chest", "doorway-chest-stretch"),
    ] {
        assert_eq!(shown(region, "")[0], first, "{region}");
    }
}

#[test]
fn who_felt_faint_or_is_pregnant_stands_on_both_feet() {
    for (region, precaution) in
        REGIONS.into_iter().flat_map(|one| ["faints", "pregnancy"].map(|it| (one, it)))
    {
        for id in shown(region, precaution) {
            assert!(!["thigh-front-stretch", "leg-swings"].contains(&id.as_str()), "{region}: {id}");
        }
    }
    let told = asked(&[
        ("session.regions", "thigh"),
        ("precautions", "faints"),
        ("plan.stretches", "thigh-front-stretch"),
    ]);
    assert!(told.expect_err("ruled out").contains("felt faint"));
}

#[test]
fn a_dose_cannot_be_read_as_times_a_day_and_names_the_side() {
    let both_sides = [
        "self-hug-stretch",
        "jaw-stretch",
        "chest-lift-stretch",
        "reach-up-stretch",
        "prayer-stretch",
        "head-turns",
        "shoulder-rolls",
        "seated-turns",
        "open-arms",
        "jaw-glides",
        "pelvic-tilts",
        "chin-tucks",
        "jaw-opens",
    ];
    for (id, exercise) in library() {
        let dose: &str = &exercise.steps.last().expect("steps").text;
        assert!(dose.contains("holds of ") || dose.starts_with("10 slow repeats"), "{id}: {dose}");
        assert!(!dose.contains("times"), "{id}: {dose}");
        assert_eq!(dose.ends_with(" a side."), !both_sides.contains(&id), "{id}: {dose}");
    }
    let sheet = sheet(&[("session.regions", "calf")]);
    assert_eq!(sheet.matches("once or twice a day").count(), 2, "{sheet}");
    assert!(sheet.contains("Dizzy or tingling? Stop."), "{sheet}");
}

#[test]
fn every_exercise_has_a_figure_of_its_own() {
    let mut figures: Vec<&str> = library().filter_map(|(_, exercise)| exercise.figure.as_deref()).collect();
    let all = figures.len();
    figures.sort_unstable();
    figures.dedup();
    assert_eq!((figures.len(), all), (library().count(), library().count()));
}
