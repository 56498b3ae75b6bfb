//! One thing, one name, in all that the product prints: sheets, pages, brochures, pictures, the clinician's page.

use crate::values::{ACTIVITIES, INTENSITIES, PRECAUTIONS, REGIONS};
use crate::{engine, plain, public_texts, sheet};

/// What nobody writes, and what stands in its place. Whole words; capitals do not count.
const NOT_THIS: &[(&str, &str)] = &[
    ("easing off", "take it easy"),
    ("rest up", "take it easy"),
    ("lightly", "gently"),
    ("your moves", "movements"),
    ("simple moves", "movements"),
    ("pm at least", "until at least"),
    ("am at least", "until at least"),
    ("noon at least", "until at least"),
    ("morning at least", "until at least"),
    ("and until you feel", "or longer if still sore"),
    ("past thursday", "after Thursday"),
    ("past friday", "after Friday"),
    ("after 24 to 48 hours", "after 48 hours"),
    ("after 24 to 72 hours", "after 72 hours"),
    ("follow your own fluid limit", "keep to your own fluid limit"),
    ("keep your fluid limit", "keep to your fluid limit"),
    ("limit your drinks", "limit how much you drink"),
    ("therapist", "physiotherapist"),
    ("therapists", "physiotherapists"),
    ("physio", "physiotherapist"),
    ("drowsy", "sleepy"),
    ("had needling", "had dry needling"),
    ("reviewed nov", "draft of Nov"),
    ("above all", "more so"),
    ("goes first", "come first"),
    ("my routine", "usual things"),
    ("your routine", "usual things"),
    ("still sore here", "still sore then"),
    ("signs that need help", "when to get help"),
    ("count too", "matter too"),
    ("mobile", "moving"),
    ("day by day", "each day"),
    ("is this you", "if this is you, take extra care"),
    ("what this rests on", "our sources"),
    ("another format", "help to read this"),
];

/// Each found name in a text.
fn found(name: &str, text: &str) -> Vec<String> {
    let words = |text: &str| {
        let only = text.to_lowercase().replace(|c: char| !c.is_alphanumeric() && c != '\'', " ");
        format!(" {} ", only.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let text = words(text);
    let wrong = NOT_THIS.iter().filter(|(wrong, _)| text.contains(&words(wrong)));
    wrong.map(|(wrong, right)| format!("{name}: “{wrong}”, write “{right}”")).collect()
}

#[test]
fn every_text_calls_a_thing_by_its_one_name() {
    let mut wrong = Vec::new();
    for region in REGIONS {
        wrong.extend(found(region, &sheet(&[("session.regions", region), ("session.therapist", "Rachel")])));
    }
    for precaution in PRECAUTIONS {
        wrong.extend(found(precaution, &sheet(&[("session.regions", "neck"), ("precautions", precaution)])));
    }
    for activity in ACTIVITIES {
        for intensity in INTENSITIES {
            let choices =
                [("session.regions", "neck"), ("activity", activity), ("session.intensity", intensity)];
            wrong.extend(found(activity, &sheet(&choices)));
        }
    }
    wrong.extend(found("rest set", &sheet(&[("session.regions", "neck"), ("plan.rest_hours", "72")])));
    wrong.extend(public_texts().iter().flat_map(|(name, text)| found(name, text)));
    for pack in engine().library().packs.values() {
        // What other people's lists call a column is theirs.
        let own = pack.web.iter().filter(|(key, _)| !key.starts_with("roster.like."));
        wrong.extend(own.flat_map(|(key, word)| found(&format!("web.yaml {key}"), &plain(word))));
        wrong.extend(
            pack.words
                .iter()
                .flat_map(|(key, word)| found(&format!("words.yaml {key}"), &without_names(&word.text))),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A text without the names that it is filled with.
fn without_names(text: &str) -> String {
    let parts = text.split("{{").map(|part| part.split_once("}}").map_or(part, |(_, after)| after));
    parts.collect()
}

#[test]
fn nobody_is_said_to_have_reviewed_what_nobody_signed() {
    let foot = |text: &str| text.contains("Draft of Nov 2026") && !text.contains("Reviewed");
    assert!(foot(&sheet(&[("session.regions", "neck")])));
    for (name, text) in public_texts().iter().filter(|(name, _)| name.ends_with("fold")) {
        assert!(foot(text), "{name}: {text}");
    }
}
