//! No sheet without its warnings: every region, precaution, intensity and edition.

use crate::kit::*;
use crate::read::line;
use crate::values::{INTENSITIES, PRECAUTIONS, REGIONS};
use aftercare::document::{Safety, Text};
use aftercare::options::Edition;
use aftercare::options::chosen::Answer;

/// Precautions alone, none, and all together.
fn precaution_sets() -> Vec<Vec<&'static str>> {
    let one = PRECAUTIONS.iter().map(|precaution| vec![*precaution]);
    one.chain([Vec::new(), PRECAUTIONS.to_vec()]).collect()
}

fn names(names: &[&str]) -> Answer {
    Answer::Names(names.iter().map(|name| (*name).into()).collect())
}

/// The content brief's list, written here anew: the program's own must agree with it.
const OVER_LUNGS: [&str; 6] = ["neck", "shoulder", "upper-back", "mid-back", "chest", "ribs"];

const OVER_SPINE: [&str; 4] = ["neck", "upper-back", "mid-back", "lower-back"];
const OVER_BACK: [&str; 3] = ["upper-back", "mid-back", "lower-back"];

/// What a region lies over.
#[derive(Clone, Copy)]
struct Over {
    lungs: bool,
    spine: bool,
    back: bool,
}

impl Over {
    fn of(region: &str) -> Over {
        Over {
            lungs: OVER_LUNGS.contains(&region),
            spine: OVER_SPINE.contains(&region),
            back: OVER_BACK.contains(&region),
        }
    }
}

#[test]
fn every_sheet_carries_every_tier_whole() {
    let clinic = built_in();
    let mut sheets = 0;
    for region in REGIONS {
        for precautions in precaution_sets() {
            for intensity in INTENSITIES {
                for edition in Edition::ALL {
                    let mut request = clinic.request(&format!("{{session: {{regions: [{region}]}}}}"));
                    request.chosen.set("precautions".into(), names(&precautions));
                    request.chosen.set("intensity".into(), names(&[intensity]));
                    request.edition = *edition;
                    let made = clinic.merge(&request).unwrap_or_else(|faults| panic!("{region}: {faults}"));
                    check(made.value.safety(), Over::of(region), &precautions);
                    sheets += 1;
                }
            }
        }
    }
    assert_eq!(sheets, 21 * 7 * 3 * 3);
}

fn check(safety: &Safety, over: Over, precautions: &[&str]) {
    let has = |precaution| precautions.contains(&precaution);
    let says =
        |texts: &[Text], words: &str| texts.iter().any(|text| line(text).to_lowercase().contains(words));
    let emergency = safety.emergency();
    let Over { lungs, spine, back } = over;
    let immune = usize::from(has("immune"));
    let expected = 3 + if lungs { 5 } else { 0 } + usize::from(spine) + usize::from(back) + immune;
    assert_eq!(emergency.signs.len(), expected);
    assert_eq!(says(&emergency.signs, "sudden, very bad head, neck or back pain"), spine);
    assert_eq!(says(&emergency.signs, "cannot hold or pass urine"), back);
    for sign in ["collapse", "weakness or numbness", "bleeding after 10 minutes of firm pressure"] {
        assert!(says(&emergency.signs, sign), "{sign}");
    }
    for sign in ["chest pain", "breathing in hurts", "short of breath", "cough", "blue or grey lips"] {
        assert_eq!(says(&emergency.signs, sign), lungs, "{sign}");
    }
    assert!(line(&emergency.heading).contains("911") && line(&emergency.heading).contains("mild"));
    assert_eq!(says(&emergency.closing, "dry needling near my chest"), lungs);
    assert!(says(&emergency.closing, "do not drive."));
    assert_eq!(says(&emergency.signs, "fever while on chemo"), has("immune"));

    let same_day = safety.same_day();
    for sign in ["fever or chills", "red or hot skin", "pus", "swelling", "weak or numb spot that stays"] {
        assert!(says(&same_day.signs, sign), "{sign}");
    }
    assert!(same_day.intro.as_ref().is_some_and(|intro| line(intro).contains("811")));
    assert_eq!(says(&same_day.closing, "press longer"), has("blood-thinners"));
    assert_eq!(says(&same_day.closing, "keep taking them"), has("blood-thinners"));
    assert_eq!(says(&same_day.closing, "first of these signs"), has("immune"));
    assert_eq!(says(&same_day.closing, "maternity team"), has("pregnancy"));
    assert!(says(&same_day.closing, "no answer?"));

    let call = safety.call();
    for sign in ["sore", "worse", "bruise", "tired", "you faint but wake"] {
        assert!(says(&call.signs, sign), "{sign}");
    }
    assert!(!call.closing.is_empty());
    assert_eq!(line(&call.heading), format!("Call us: {}", "_".repeat(20)));
    assert_eq!(says(&call.closing, "bruise easily"), has("blood-thinners"));

    let lines = safety.precautions();
    assert_eq!(says(lines, "before you use heat"), has("pregnancy"));
    assert_eq!(says(lines, "do not drive"), has("faints"));
    assert_eq!(says(lines, "fluid limit"), has("fluid-limit"));
}

#[test]
fn one_region_over_the_lungs_among_many_is_enough() {
    let sheet = built_in().sheet("{session: {regions: [calf, foot, ribs]}}");
    assert_eq!(sheet.safety().emergency().signs.len(), 8);
}

#[test]
fn public_text_has_every_lung_sign() {
    let clinic = built_in();
    let language = aftercare::locale::Language::new("en");
    let today = "2026-11-24".parse().expect("a day");
    let made = clinic.merger.merge_public(&clinic.library, &language, today).expect("public text");
    let (sheet, text) = (&made.value, crate::read::read(&made.value));
    let signs = &sheet.safety().emergency().signs;
    assert_eq!(
        signs.len(),
        11,
        "with the one for readers on chemo: a sign never stands apart from its number"
    );
    assert!(!text.contains("your needles were"), "{text}");
    assert!(text.contains("for 24 to 48~hours") && !text.contains("until {"), "{text}");
    assert_eq!(sheet.masthead().name_line, None);
}

const SAFETY: &str = "content/treatments/dry-needling/en/safety.yaml";
const CALL: &str = "content/treatments/dry-needling/en/when-to-call.md";

/// Merges a sheet of the edited clinic on a day and gives what it says.
fn outcome(edits: &[(&str, &str, &str)], today: &str) -> String {
    let clinic = edited(edits).unwrap_or_else(|faults| panic!("{faults}"));
    let mut request = clinic.request("{session: {regions: [calf]}}");
    request.today = today.parse().expect("a day");
    match clinic.merge(&request) {
        Ok(made) => {
            made.warnings.iter().map(|warning| warning.message.clone()).collect::<Vec<_>>().join("; ")
        }
        Err(faults) => faults.to_string(),
    }
}

#[test]
fn safety_text_prints_on_its_last_day_and_no_longer() {
    let edits = [(SAFETY, "review-by: 2028-11-01", "review-by: 2026-12-31")];
    assert_eq!(outcome(&edits, "2026-12-31"), "");
    assert_eq!(
        outcome(&edits, "2027-01-01"),
        "content/treatments/dry-needling/en/safety.yaml: the safety text was to be reviewed by 2026-12-31, so it does not print; \
         read the text again, mend it, then set `reviewed` and `review-by`"
    );
}

#[test]
fn the_call_section_is_safety_text() {
    let edits = [(CALL, "review-by: 2028-11-01", "review-by: 2026-12-31")];
    assert!(
        outcome(&edits, "2027-01-01").contains("the section `when-to-call` was to be reviewed by 2026-12-31")
    );
}

#[test]
fn safety_text_does_not_print_on_an_expired_claim() {
    let old = "id: lung-injury-signs\n  statement: >-\n    A lung injury";
    let claims = String::from_utf8(folder(&[]).0["content/claims.yaml"].to_vec()).expect("text");
    let start = claims.find(old).expect("the claim");
    let end = start + claims[start..].find("review-by: 2028-11-01").expect("its date") + 21;
    let claim = &claims[start..end];
    let expired = claim.replace("2028-11-01", "2026-12-31");
    let told = outcome(&[("content/claims.yaml", claim, &expired)], "2027-01-01");
    assert!(
        told.contains("the claim `lung-injury-signs` was to be reviewed by 2026-12-31, so the safety text does not print"),
        "{told}"
    );
}

#[test]
fn other_expired_text_prints_and_is_named() {
    let edits =
        [("content/treatments/dry-needling/en/rest.md", "review-by: 2028-11-01", "review-by: 2026-12-31")];
    assert_eq!(outcome(&edits, "2027-01-01"), "the section `rest` was to be reviewed by 2026-12-31");
}

#[test]
fn safety_wording_that_could_come_out_blank_is_refused_when_the_folder_is_read() {
    let edits = [(SAFETY, "You collapse.", "\"{% if immune %}You collapse.{% endif %}\"")];
    let told = faults_of(&edits).to_string();
    assert!(
        told.contains("safety.yaml") && told.contains("`emergency.signs.collapse` comes out blank"),
        "{told}"
    );
}

#[test]
fn safety_wording_without_words_is_refused() {
    for nothing in [".", "\"!\"", "x"] {
        let told = faults_of(&[(SAFETY, "You collapse.", nothing)]).to_string();
        assert!(told.contains("`emergency.signs.collapse` has no words"), "{nothing}: {told}");
    }
}

const HEADING: &str = "Call 911 now, even if it is mild, at any time in the next days";

#[test]
fn the_emergency_heading_tells_the_clinics_number_and_no_other() {
    for other in ["Call 119", "Call {{ clinic.emergency }} or 112", "Call for help", "Call ٩١١"] {
        let told = faults_of(&[(SAFETY, HEADING, &format!("\"{other}\""))]).to_string();
        assert!(
            told.contains("`emergency.heading` must tell the clinic's emergency number, 911, and no other"),
            "{other}: {told}"
        );
        assert!(told.contains("write `{{ clinic.emergency }}`"), "{told}");
    }
}

const TREATMENT: &str = "content/treatments/dry-needling/treatment.yaml";

#[test]
fn a_sign_of_a_window_speaks_of_it() {
    let told = faults_of(&[(SAFETY, "{{ fatigue.after }}", "after a while")]).to_string();
    assert!(told.contains("`call.signs.tired-after` does not speak of the window `fatigue`"), "{told}");
}

#[test]
fn a_fact_has_no_name_that_text_uses_for_something_else() {
    let told =
        faults_of(&[(TREATMENT, "  immune: {prec", "  has-note: {precautions: [immune]}\n  immune: {prec")]);
    assert!(told.to_string().contains("text has another `has_note` than the fact `has_note`"), "{told}");
}

#[test]
fn a_fact_is_no_word_of_conditions() {
    for word in ["none", "not", "loop"] {
        let facts = format!("  {word}: {{precautions: [immune]}}\n  immune: {{prec");
        let told = faults_of(&[(TREATMENT, "  immune: {prec", &facts)]).to_string();
        assert!(told.contains(&format!("text has another `{word}` than the fact `{word}`")), "{told}");
    }
}

/// A sign of an author's own, that a fact of their own lets stand: not a line of the program knows either.
#[test]
fn an_author_adds_a_sign_and_says_when_it_stands() {
    let clinic = edited(&[
        (TREATMENT, "  immune: {prec", "  on-the-leg: {regions: [calf, ankle]}\n  immune: {prec"),
        (TREATMENT, "      pus: always", "      pus: always\n      hot-calf: on-the-leg"),
        (
            SAFETY,
            "    pus:",
            "    hot-calf: \"A calf that is hot{% if on_the_leg %} and hurts{% endif %}.\"\n    pus:",
        ),
    ]);
    let clinic = clinic.unwrap_or_else(|faults| panic!("{faults}"));
    let signs = |regions: &str| -> Vec<String> {
        let sheet = clinic.sheet(&format!("{{session: {{regions: [{regions}]}}}}"));
        sheet.safety().same_day().signs.iter().map(line).collect()
    };
    assert!(signs("calf").contains(&"A calf that is hot and hurts.".to_owned()));
    assert_eq!(signs("calf").len(), signs("neck").len() + 1);
}

#[test]
fn the_call_section_has_no_conditions() {
    let told = faults_of(&[(CALL, "claims:", "conditions: [\"not immune\"]\nclaims:")]).to_string();
    assert!(told.contains("safety text prints always and has no conditions"), "{told}");
}

#[test]
fn the_call_section_is_paragraphs() {
    let told = faults_of(&[(CALL, "Sharp pain", "- Sharp pain")]).to_string();
    assert!(told.contains("`when-to-call` holds paragraphs only"), "{told}");
}
