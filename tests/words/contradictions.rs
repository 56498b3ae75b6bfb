//! Nothing that one line allows and another forbids.

use crate::{public, public_texts, sheet};

#[test]
fn a_light_session_has_one_answer() {
    let sheet = sheet(&[("session.regions", "calf"), ("session.intensity", "light")]);
    for other in ["24 to 48 hours", "rest of the day", "Thursday, 3:30 pm of"] {
        assert!(!sheet.contains(other), "{other}: {sheet}");
    }
    assert!(public().contains("rest of the day"));
}

#[test]
fn a_rest_that_the_physiotherapist_set_stands_alone() {
    for hours in ["12", "24", "60", "72"] {
        let sheet = sheet(&[("session.regions", "neck"), ("plan.rest_hours", hours)]);
        for general in ["24 to 48 hours", "Most people", "rest of the day", "It varies"] {
            assert!(!sheet.contains(general), "{hours}: {general}: {sheet}");
        }
        assert!(sheet.contains("Your physiotherapist chose your rest time."), "{sheet}");
        assert!(sheet.contains("When your rest time is over. Hard exercise can take longer."), "{sheet}");
    }
}

#[test]
fn tired_and_sore_are_normal_for_one_time_each_and_then_a_reason_to_call() {
    let sheet = sheet(&[("session.regions", "calf")]);
    assert!(sheet.contains("Others are sore until Friday or tired until Thursday."), "{sheet}");
    assert!(sheet.contains("Still sore after Friday") && sheet.contains("Still tired after Thursday"));
    assert_eq!(sheet.matches("till tired after Thursday").count(), 2, "in the box and in the question");
    for (name, text) in public_texts() {
        assert!(!text.contains("after 24 to"), "{name}: nobody can call after a range: {text}");
    }
}

#[test]
fn every_red_heading_says_if() {
    for text in [sheet(&[("session.regions", "calf")]).as_str(), public()] {
        assert!(text.contains("Call 911 for any of these"), "{text}");
    }
}

#[test]
fn no_date_ends_a_pregnancys_rule_on_alcohol() {
    let choices = [("session.regions", "hip"), ("precautions", "pregnancy")];
    let sheet = sheet(&choices);
    for part in sheet.split(['.', ':', '?']) {
        assert!(!part.contains("alcohol") || !part.contains("until"), "{part}");
    }
    assert!(sheet.contains("No alcohol while pregnant.") && sheet.contains("No alcohol at all"), "{sheet}");
}

#[test]
fn nothing_under_do_starts_sport_on_the_day() {
    for (activity, words) in [
        ("running", "Your first run back: short and slow."),
        ("lifting", "Your first lift back: light weights."),
        ("sport", "Play again only when you can train with no pain."),
    ] {
        let sheet = sheet(&[("session.regions", "calf"), ("activity", activity)]);
        assert!(sheet.contains(words), "{sheet}");
        assert!(!sheet.contains("Start again"), "{sheet}");
    }
}

#[test]
fn no_sport_is_forbidden_without_an_end() {
    for activity in crate::values::ACTIVITIES {
        let sheet = sheet(&[("session.regions", "calf"), ("activity", activity)]);
        let forbids = |part: &&str| part.contains("competitive sport") || part.contains("long runs");
        let parts: Vec<&str> = sheet.split('.').filter(forbids).collect();
        assert!(!parts.is_empty(), "{sheet}");
        for part in parts {
            assert!(part.contains("until at least") || part.contains("Until then"), "{activity}: {part}");
        }
    }
}

#[test]
fn usual_things_come_back_no_sooner_than_the_rest_is_over() {
    let sheet = sheet(&[("session.regions", "calf"), ("session.intensity", "intense")]);
    assert!(
        sheet.contains("Take it easy until Thursday") && sheet.contains("by the end of Thursday"),
        "{sheet}"
    );
}

#[test]
fn who_lifts_at_work_lifts_nothing_heavy_at_home_either() {
    let sheet = sheet(&[("session.regions", "lower-back"), ("activity", "manual")]);
    assert!(sheet.contains("No heavy lifting at work or at home until at least"), "{sheet}");
}

#[test]
fn a_pregnant_reader_adds_nothing_to_the_movements_of_the_sheet_and_lies_on_the_side() {
    let sheet = sheet(&[("session.regions", "hip"), ("precautions", "pregnancy;faints")]);
    assert!(sheet.contains("Ask us before you use heat or add an exercise."), "{sheet}");
    assert!(sheet.contains("Lie on your side.") && !sheet.contains("Lie down"), "{sheet}");
}

#[test]
fn movements_say_when_to_stop_without_the_stretches_beside_them() {
    let choices = [
        ("session.regions", "thigh"),
        ("precautions", "pregnancy"),
        ("print.sections.exclude", "stretching"),
    ];
    assert!(sheet(&choices).contains("Stop if dizzy or in pain."));
}

#[test]
fn general_text_never_says_to_drink_more_without_the_limit() {
    for (name, text) in public_texts().iter().filter(|(_, text)| text.contains("Drink more water than usual"))
    {
        assert!(text.contains("unless you must limit how much you drink"), "{name}: {text}");
    }
}
