//! Every fact of the content brief has its sentence. A changed sentence changes its row here, so that nobody drops a
//! fact unknowingly.

use crate::{public, sheet};

/// Where a fact stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum On {
    Sheet,
    Public,
    Both,
}
use On::{Both, Public, Sheet};

/// The brief's id, where it stands, words that say it.
const FACTS: &[(&str, On, &str)] = &[
    ("Q1", Both, "Most people take it easy for 24 to 48 hours, more so if sore or stiff."),
    ("Q2", Both, "Easy does not mean lying still"),
    ("Q3", Both, "walk, stretch gently and drink water"),
    ("Q4", Both, "After a strong session or a large area, plan 24 to 48 hours of lighter activity."),
    ("Q4", Both, "Your health and how active you are matter too."),
    ("Q5", Both, "Your physiotherapist's own plan comes first."),
    ("E1", Both, "Mild soreness or a heavy feeling in the treated muscles is normal"),
    ("E2", Both, "Some people feel better at once."),
    ("E2", Public, "Others are sore for 24 to 72 hours or tired for 24 to 48 hours."),
    ("E2", Sheet, "Others are sore until Friday or tired until Thursday."),
    ("E3", Both, "as after a hard workout"),
    ("E4", Both, "Small bruises or brief aches, if any, soon fade."),
    ("R1", Both, "Rest is the most important part: it lets muscles recover."),
    ("R2", Public, "After a light session, going easy for the rest of the day is often enough."),
    ("R3", Both, "plan 24 to 48 hours of lighter activity"),
    ("R4", Both, "No need to stay in bed: gentle movement helps blood flow and eases stiffness."),
    ("H1", Sheet, "Drink more water than usual until Wednesday"),
    ("H1", Public, "Drink more water than usual for 24 hours, unless you must limit how much you drink."),
    ("H2", Sheet, "We suggest no alcohol or caffeine until Thursday"),
    ("H2", Public, "We suggest no alcohol or caffeine for 24 to 48 hours."),
    ("H3", Both, "Drinks with electrolytes (salts) are fine too"),
    ("S1", Sheet, "Stretch the treated area gently"),
    ("S1", Public, "Stretch gently where you were treated"),
    ("S2", Both, "It must feel good and never hurt"),
    ("S3", Both, "too much makes you more sore"),
    ("S4", Both, "Your physiotherapist's own plan comes first."),
    ("M1", Both, "slow and controlled"),
    ("M2", Both, "keep what you gained"),
    ("M3", Both, "ease tension and soreness"),
    ("A1", Both, "No heavy lifting, sprints, hard training, long runs or competitive sport"),
    ("A2", Both, "Walk and stretch gently. Both are fine."),
    ("A3", Both, "We suggest no alcohol or caffeine"),
    ("A4", Both, "Sharp or lasting pain is not normal."),
    ("C1", Sheet, "Still sore after Friday"),
    ("C1", Public, "Still sore after 72 hours."),
    ("C1", Both, "It gets worse each day."),
    ("C2", Both, "Ignoring it can hide a problem and slow recovery."),
    ("F1a", Sheet, "Soreness starts within a few hours and can last until Friday"),
    ("F1a", Public, "Soreness starts within a few hours and can last for 24 to 72 hours."),
    ("F1b", Both, "More trigger points (tight, sore spots), deeper needles or a tender muscle add to it."),
    ("F1c", Both, "Gentle stretching, water or mild heat (not on a bruise or numb skin) can help."),
    ("F2a", Sheet, "Most can by the end of Thursday."),
    ("F2a", Public, "Most people can in 24 to 48 hours."),
    ("F2b", Both, "Lasting relief and better muscle function may take several sessions."),
    ("F2c", Both, "Goals set the plan: movement, less stiffness, sport."),
    ("F3a", Both, "A gentle walk helps blood flow, eases tension and keeps joints moving."),
    ("F3b", Sheet, "competitive sport until at least"),
    ("F3b", Public, "competitive sport for at least 24 hours."),
    ("F3c", Both, "More sore? Walk less or stretch gently."),
    ("F3d", Both, "Your physiotherapist's own plan comes first."),
    ("F4a", Both, "Maybe, more so after many trigger points."),
    ("F4b", Both, "It is a normal reaction."),
    ("F4c", Both, "Tired? Try rest, water, a balanced meal."),
    ("F4d", Sheet, "Still tired after Thursday"),
    ("F4d", Public, "Still tired after 48 hours? Tell us: the plan can change."),
    ("K1", Public, "Take it easy for 24 to 48 hours. It varies."),
    ("K1", Sheet, "Take it easy until Thursday"),
    (
        "K2",
        Both,
        "Rest, drink water and move gently. No hard exercise yet. We suggest no alcohol or caffeine.",
    ),
    ("K3", Both, "Questions? Call us: Rachel, PT; Valerie, PT; Suzie, PT."),
    // Section 3: what a handout must have.
    ("911", Both, "Call 911 for any of these, even if mild or days later"),
    ("911", Both, "You collapse"),
    ("911", Both, "New weakness or numbness that spreads."),
    ("lungs", Both, "New chest pain."),
    ("lungs", Both, "Breathing in hurts: chest, back or shoulder."),
    ("lungs", Both, "You get short of breath."),
    ("lungs", Both, "A new dry cough, or you cough up blood."),
    ("lungs", Both, "Blue or grey lips."),
    ("lungs", Both, "I had dry needling near my chest."),
    ("today", Both, "Call us, your doctor or Health811 (dial 811):"),
    ("today", Both, "Fever or chills"),
    ("today", Both, "Red or hot skin that spreads."),
    ("today", Both, "Yellow fluid (pus)."),
    ("today", Both, "Swelling that grows."),
    ("bleeding", Both, "Bleeding after 10 minutes of firm pressure."),
    ("call", Both, "A large bruise, wider than your palm."),
];

#[test]
fn every_fact_of_the_brief_has_its_sentence() {
    let sheet = sheet(&[("session.regions", "neck"), ("session.intensity", "intense")]);
    let lacks = |text: &str, words: &str| !text.to_lowercase().contains(&words.to_lowercase());
    let missing: Vec<String> = FACTS
        .iter()
        .filter(|(_, on, words)| {
            (*on != Public && lacks(&sheet, words)) || (*on != Sheet && lacks(public(), words))
        })
        .map(|(id, on, words)| format!("{id} ({on:?}): {words}"))
        .collect();
    assert!(missing.is_empty(), "{}\n{sheet}\n{}", missing.join("\n"), public());
}

#[test]
fn every_id_of_the_brief_is_in_the_table() {
    let ids = "Q1 Q2 Q3 Q4 Q5 E1 E2 E3 E4 R1 R2 R3 R4 H1 H2 H3 S1 S2 S3 S4 M1 M2 M3 A1 A2 A3 A4 C1 C2 \
               F1a F1b F1c F2a F2b F2c F3a F3b F3c F3d F4a F4b F4c F4d K1 K2 K3";
    for id in ids.split_whitespace() {
        assert!(FACTS.iter().any(|(known, ..)| *known == id), "{id}");
    }
}

/// What each precaution adds.
const PRECAUTIONS: [(&str, &[&str]); 5] = [
    (
        "blood-thinners",
        &[
            "you may bruise easily",
            "Press longer if a spot bleeds",
            "Keep taking them",
            "If a bruise grows, get help today",
        ],
    ),
    ("fluid-limit", &["Keep to your own fluid limit. Do not drink extra."]),
    ("pregnancy", &["Ask us before you use heat", "No alcohol at all", "call your maternity team now"]),
    ("faints", &["Do not drive today, nor until your head is clear", "Lie down"]),
    ("immune", &["Weak immune system?", "even if mild.", "Fever while on chemo"]),
];

#[test]
fn a_precaution_says_what_it_changes_and_only_to_whom_it_is_for() {
    let plain = sheet(&[("session.regions", "calf")]);
    for (precaution, texts) in PRECAUTIONS {
        let sheet = sheet(&[("session.regions", "calf"), ("precautions", precaution)]);
        for text in texts {
            assert!(sheet.contains(text), "{precaution} lacks: {text}\n{sheet}");
            let shared = ["Lie down"].contains(text);
            assert!(shared || !plain.contains(text), "a plain sheet says: {text}");
            assert!(public().contains(text), "the general text lacks: {text}");
        }
    }
}
